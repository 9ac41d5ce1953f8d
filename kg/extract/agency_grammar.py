"""Names of agencies: the words they are made of and the grammar that proves them.

Two measures of a name. In a place that holds nothing but agencies (责任单位:…) anything that is not
plainly something else counts as one (`is_listed`). In prose a name must be proved by its grammar
(`is_agency`): [各|各级|place|省 市 县 区] + field of duty + organ (局, 委, 办公室 …).
"""

import re
from functools import lru_cache


def _any(words: str) -> str:
    """An alternation of the words of a text that tries longer ones first."""
    return "(?:" + "|".join(sorted(set(words.split()), key=lambda word: (-len(word), word))) + ")"


#: fields of duty: what stands before 局, 委, 厅, 部, 部门
FIELD = _any(
    """
    发展改革 发展和改革 发改 经济和信息化 经济信息化 经信 工业和信息化 工业信息化 工信 教育
    教育体育 教育和体育 教体 教科 教育科技 科学技术 科技 民族宗教 民族和宗教 民宗 民族 宗教
    公安 民政 司法 财政 人力资源社会保障 人力资源和社会保障 人社 自然资源 自然资源和规划
    国土资源 国土 规划 城乡规划 生态环境 环境保护 环保 住房城乡建设 住房和城乡建设 住建 住房
    建设 房管 住房保障 房产管理 交通运输 交通 水利 水务 农业农村 农业 农牧 畜牧 畜牧兽医
    渔业 商务 文化和旅游 文化旅游 文旅 文广新旅 文广旅 文广旅体 文旅体 文体旅游 文化广电和旅游
    文化广电旅游 文化广电旅游体育 文化 旅游 广电 广播电视 新闻出版 体育 文体 卫生健康 卫健
    卫生计生 卫生和计划生育 卫计 卫生 退役军人事务 退役军人 应急管理 应急 安全生产监督管理 安监
    审计 国资 国有资产监督管理 国资监管 市场监督管理 市场监管 市监 工商 质监 质量技术监督
    食品药品监督管理 食药监 药品监督管理 药监 药品监管 知识产权 医疗保障 医保 统计 税务 国税
    地税 气象 金融 地方金融监管 地方金融监督管理 金融监管 金融监督管理 信访 机关事务
    机关事务管理 档案 乡村振兴 扶贫 粮食 粮食和物资储备 粮食和储备 物资储备 能源 林业
    林业和草原 林草 园林 园林绿化 绿化市容 城市管理 城管 综合执法 城市管理综合执法 城管执法
    城市管理执法 行政审批 行政审批服务 政务服务 政务服务管理 政务服务和数据管理 政务服务数据管理
    政数 数据 大数据 大数据发展 大数据管理 大数据发展管理 数据管理 数字经济 数据资源
    公共资源交易 供销 侨务 外事 邮政 邮政管理 通信管理 通信 烟草 烟草专卖 消防 消防救援 海事
    地震 测绘 人防 人民防空 国防动员 港口 口岸 海洋 海洋渔业 海洋和渔业 水产 住房公积金
    公积金 投资促进 招商 服务业发展 中医药 中医药管理 疾控 疾病预防控制 市政 市政园林 市容
    营商环境 营商环境建设 交警 交通警察 网信 老龄 国家安全 保密 统战 电力 供电 新闻 出版
    版权 老干部 民营经济 民营经济发展 中小企业 军民融合 河湖 移民 库区移民 监狱 戒毒 证券监管
    银保监 银监 保监 证监 教育行政 卫生健康行政 经济 商贸 流通 物价 价格 劳动 劳动保障 人事
    编制 机构编制 计划生育 妇女儿童 残疾人 红十字 慈善 宣传 组织 政法 监察 纪检监察
    """
)
#: no name is longer
LONGEST = 45
HAN = "[\u4e00-\u9fff]"
LEVEL = "(?:自治区|自治州|自治县|国家|省|市|区|县|旗|州|盟|镇|乡)"
#: bodies that several agencies form together
BODY = "(?:领导小组|协调小组|工作专班|专班|联席会议|指挥部|工作组|委员会|推进组)"
_DEPARTMENT = (
    "(?:组织部|宣传部|统战部|统一战线工作部|社会工作部|武装部|人武部|政法委(?:员会)?|老干部局|编办|党校|政研室|"
    "网信办|直属机关工委|机关工委|党史研究室|巡察办|改革办)"
)
_OFFICE = (
    "(?:政府办公[室厅]|政府办公?|党办|委办公?|办公[室厅]|金融(?:工作)?办|人才办|老龄办|智慧办|编办|扶贫办|外[事侨]?办|"
    "侨办|台办|法制办|农办|河长办|林长办|食安办|安委办|财经办|依法治[省市县区]办|(?:政研|研究|督查|督导)室|营商办|双创办|乡村振兴办|医改办|文明办|大数据办|数改办|信访办|目标办|考核办|"
    "绩效办|重点办|项目办|招商办|清欠办|城管办|住保办|(?:公积金|融媒体|金融服务|疾控|就业服务|政务服务|数据)中心)"
)
_MASS = (
    "(?:总?工会|妇联|残联|残疾人联合会|工商联|科协|文联|侨联|社科联|团委|红十字会|供销(?:合作)?社|关工委|"
    "慈善总会|计生协会?)"
)
_YOUTH = "(?:共青)?团(?:自治区党|[省市区县州旗盟])委"
_ORGAN = (
    "(?:委员会|管委会|管理(?:委员会|局|处|中心|办)|(?:总|分|支|监管|监督|执法)?局(?![部面势限域长地])|厅|署(?!名)|"
    "委(?![托派培员任身屈曲])|人民政府|政府|人大|政协|纪委监委|法院|检察院|街道办事处|街道办|办事处|海关|"
    "总队|支队|大队|中心支行|支行|分行|监管分局|专员办)"
)
#: the ending of a whole name
TAIL = f"(?:{_ORGAN}|{_OFFICE}|{FIELD}办(?![公事学理法])|{_DEPARTMENT}|{_MASS}|{BODY})"
_BRACKET = r"(?:\([^()\n]{1,16}\))"
_SECTORAL = "(?:行政主管|行政|主管|监管)"
_SOME = "(?:有关|相关)"

#: what governments, towns and zones are called when all of one kind are meant
_TERRITORY = (
    "(?:自治区|直辖市|街镇|镇街|街乡|省级|设区市|区市|市州|市县|县市区?|县区|区县|乡镇|省|市|州|盟|地|县|区|旗|乡|镇|街道|社区|行政村|村|苏木|"
    "园区|新区|开发区|功能区|片区|产业园区|高新区|经开区|自贸片区)"
)
TERRITORIES = rf"{_TERRITORY}(?:{_BRACKET}|[、和]?{_TERRITORY})*"
AUTHORITY = (
    "(?:党委(?:[、和]?(?:人民)?政府)?|党工委|人民政府|政府|行政公署|行署|管委会|管理委员会|办事处|街道办事处)"
)
_ALL_LEVELS = (
    f"各级(?:(?:各|有关)*(?:部门|单位|党组织|机关)|党委和?(?:[、和](?:人民)?政府)?|人民政府|政府|财政|"
    f"{FIELD}(?:{_SECTORAL}?部门|局))"
)
_ALL_UNITS = (
    "各(?:有关|相关|成员|任务|直属|职能|业务|行业|牵头|责任|配合|主管|实施|市直|省直|县直|区直)*"
    rf"(?:\(配合\)|\(协办\)|\(责任\))?(?:单位|部门|机关|地方|分局){_BRACKET}?|各地区?(?:[、和]?各?{_SOME}*(?:部门|单位))?"
)
_ALL_PLACES = (
    f"各{TERRITORIES}(?:(?:级?{AUTHORITY}|{FIELD}(?:行政主管|行政|主管)?(?:部门|局|委))"
    f"(?:[、和](?:{AUTHORITY}|各?{_SOME}*部门)|{_BRACKET})*)?"
)
#: 各级…, 各街道, 各县(市、区)人民政府, 市直各部门 …: many bodies under one name
COLLECTIVE = (
    f"(?:{LEVEL}[级直属](?:各|有关|相关|单位|部门|、|和|及)*(?:部门|单位){_BRACKET}?|"
    f"(?:[全我本][省市区县州旗])?(?:地方|属地|{LEVEL}[级直属]?)?(?:{_ALL_LEVELS}|{_ALL_UNITS}|{_ALL_PLACES})|"
    f"国务院各?{_SOME}?(?:部门|部委)|属地{TERRITORIES}?{AUTHORITY}|{TERRITORIES}{AUTHORITY}{_BRACKET}?|"
    f"{LEVEL}级(?:(?:人民)?政府|财政)|市县乡?(?:人民)?政府|{LEVEL}{_SOME}(?:部门|单位))"
)
#: 市民政局, 市政府金融办, 县委组织部(老干部局), 国家税务总局南昌市税务局
_SINGLE = (
    f"(?:{LEVEL}|{HAN}{{2,9}}?(?:省|市|区|县|旗|州|盟))(?:委|政府|人民政府)?{HAN}{{0,16}}?{TAIL}"
    f"(?:{_OFFICE}|{_DEPARTMENT}|(?<=总局){HAN}{{2,9}}?{_ORGAN})?{_BRACKET}?"
)
#: bodies of the nation
_NATIONAL = (
    f"(?:国务院|中共中央|中央|中国|全国){HAN}{{1,12}}?(?:{TAIL}|总社|银行|科学院|工程院|联合会|中央)|中国?人民银行|"
    "证监会|银保监会|海关总署|外交部|国防部|民航局|铁路局|国铁集团|供销合作总社|共青团中央|最高人民(?:法院|检察院)"
)
#: branches of vertical services, named after their place without its suffix: 南昌海关, 江西证监局
_BRANCH = (
    f"{HAN}{{2,4}}?(?:海关|海事局|证监局|银保监局|金融监管局|通信管理局|邮政管理局|铁路局|铁路办事处|气象局|地震局|"
    "烟草专卖局|税务局|电力公司|供电公司|城投公司|(?:自然资源和?规划|资规|规划|公安|生态环境)分局|消防救援[总支大]队)"
)
_JOINT = f"{HAN}{{2,24}}?(?:领导小组|协调小组|工作专班|专班|联席会议|指挥部)(?:办公室)?"
#: 民政部门, 教育行政主管部门, 民政部, 市场监管局, 卫生和计划生育局
_BARE = (
    f"{FIELD}(?:(?:{_SECTORAL}|管理)?部门|部(?!门)|(?:和{FIELD})?(?:{_ORGAN}|部(?!门)){_BRACKET}?)|"
    f"{_DEPARTMENT}{_BRACKET}?|(?:党委|政府){_OFFICE}"
)
#: any name that its grammar proves
NAME = re.compile(f"{COLLECTIVE}|{_BARE}|{_YOUTH}|{_NATIONAL}|{_SINGLE}|{_BRANCH}|{_JOINT}")
#: a name without any place, though its first character may look like one: 市场监管局, 市政园林局
PLACELESS = re.compile(f"{FIELD}{_ORGAN}{_BRACKET}?")
_BRACKETED = re.compile(r"\([^()]*\)")
_NO_ORGAN = ("格局", "布局", "全局", "大局", "结局", "大厅", "餐厅", "展厅")
#: words that no agency's name holds: what precedes the organ word is then a clause
_CLAUSE = re.compile(
    "负责|牵头|配合|落实|推进|推动|加强|完善|建立|支持|鼓励|引导|提升|提高|促进|实施|开展|制定|举办|依托|纳入|实现|成立|结合|按照|根据"
    "|提请|发挥|充分|报请|指导|以下|均[需由]|组织(?!部)|做好|要求|[的了将把对由向从被使让与]"
)
#: endings of what is named beside agencies though no grammar proves it
_COMPANION = re.compile(
    f"(?:{TAIL}|公司|集团|银行|开发区|园区|新区|示范区|管委会|大学|学院|中心|研究院|协会|商会|分局|分公司|营业部|街道|镇|乡|成员单位)$"
)
#: a body may be named for what it does: 市推进设备更新工作联席会议
_BODY_NAME = re.compile(f"{LEVEL}(?:推进|推动|促进|加强|落实|实施)?{HAN}{{2,20}}?{BODY}$")
_CLAUSE_AROUND_BODY = re.compile("负责|牵头|成立|发挥|要求|[的了将把对由向从被使让]")
#: what stands in a list of agencies and is none: cross-references, dates, remarks
_REMARK = re.compile(
    r"见|同上|下同|[排列]第|[排列]在?首|不再|均需|均为|以下|上述|^(?:略|无|/|-+)$|\d{4}年|^\d|时限|[年月]底|底前|%|《|》|"
    "主要领导|分管领导|"
    "为牵头|第一责任人|组长|其他|标注"
)


@lru_cache(maxsize=8192)
def is_agency(text: str) -> bool:
    """Whether the grammar alone proves that these characters name an agency or a group of them."""
    bare = _BRACKETED.sub("", text)
    if not 2 <= len(text) <= LONGEST or bare.endswith(_NO_ORGAN):
        return False
    if not NAME.fullmatch(text):
        return False
    clause = _CLAUSE_AROUND_BODY if _BODY_NAME.match(text) else _CLAUSE
    return text.startswith("各") or not clause.search(bare)


def accompanies(text: str) -> bool:
    """Whether a piece that stands in a list with proved agencies is another one: a company, a zone."""
    return is_listed(text) and not _CLAUSE.search(text) and bool(_COMPANION.search(text))


def is_listed(text: str) -> bool:
    """Whether a piece of a list that holds agencies only may be one: it is not plainly a remark."""
    return 2 <= len(text) <= LONGEST and not _REMARK.search(text) and "\u4e00" <= text[0] <= "\u9fff"
