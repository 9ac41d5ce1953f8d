"""Passages of plans from many domains, each with the quantities a reader would note, and with none.

A quantity is said in short: "class indicator comparator value unit @time". Passages are our own.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.quantities import find_quantities
from kg.model import Document
from kg.text.plan import read_plan


def read(text, period=(2024, 2027), issued="2024-03"):
    """The quantities of a text, each checked to quote its own characters."""
    plan = read_plan("d", text)
    document = Document(doc="d", start=0, end=len(text), quote="", period=period, issued=issued)
    found = find_quantities(plan, document)
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.quote
        assert quantity.start <= quantity.value_start < quantity.value_end <= quantity.end
        assert 0 < quantity.confidence <= 1
        assert quantity.rule
    return found


def say(quantity):
    sign = "" if quantity.comparator in ("=", "range") else quantity.comparator
    high = f"~{quantity.value_high}" if quantity.value_high is not None else ""
    time = f" @{quantity.time}" if quantity.time else ""
    return f"{quantity.class_} {quantity.indicator} {sign}{quantity.value}{high}{quantity.unit or ''}{time}"


# --- a metric and its number -----------------------------------------------------------------------
METRICS = [
    (
        "到2027年，关键工序数控化率达到75%以上，单位产品能耗控制在120千克标准煤/吨以内。",
        [
            "target 关键工序数控化率 >=75% @2027",
            "target 单位产品能耗 <=120千克标准煤/吨 @2027",
        ],
    ),
    ("PM2.5平均浓度控制在35微克/立方米以内。", ["target PM2.5平均浓度 <=35微克/立方米"]),
    ("地表水达到或好于Ⅲ类水体比例达到93%。", ["target 地表水达到或好于Ⅲ类水体比例 93%"]),
    ("劣Ⅴ类水体比例为0。", ["target 劣Ⅴ类水体比例 0%"]),
    ("劣Ⅴ类水体比例降至0%。", ["target 劣Ⅴ类水体比例 0%"]),
    ("森林覆盖率稳定在45%以上。", ["target 森林覆盖率 >=45%"]),
    ("城镇调查失业率控制在5.5%左右。", ["target 城镇调查失业率 ~5.5%"]),
    ("“一网通办”率达98%。", ['target "一网通办"率 98%']),
    ("孕产妇死亡率控制在10/10万以下。", ["target 孕产妇死亡率 <=10/10万"]),
    ("城乡居民收入比缩小到2.2以内。", ["target 城乡居民收入比 <=2.2"]),
    ("数据中心PUE值降至1.3以下。", ["target 数据中心PUE值 <=1.3"]),
    ("护理人员岗前培训率达到80以上。", ["target 护理人员岗前培训率 >=80%"]),
    ("数字经济核心产业增加值占GDP比重达到10%。", ["target 数字经济核心产业增加值占GDP比重 10%"]),
    ("稳定粮食播种面积在500万亩以上。", ["target 粮食播种面积 >=500万亩"]),
    ("推动软件业务收入突破千亿元。", ["target 软件业务收入 >1000亿元"]),
    ("每万人拥有5G基站数26个以上。", ["target 每万人拥有5G基站数 >=26个"]),
    ("空气质量优良天数达到320天以上。", ["target 空气质量优良天数 >=320天"]),
    ("人均预期寿命达到79岁。", ["target 人均预期寿命 79岁"]),
    (
        "新能源汽车保有量达到10万辆，占汽车保有量的比重达到20%。",
        ["target 新能源汽车保有量 10万辆", "target 新能源汽车保有量占汽车保有量的比重 20%"],
    ),
    (
        "产业规模突破5000亿元，年均增速保持在10%以上。",
        ["target 产业规模 >5000亿元", "target 产业规模年均增速 >=10%"],
    ),
    (
        "研发活动覆盖率达到60%以上，其中大中型工业企业达到90%以上。",
        ["target 研发活动覆盖率 >=60%", "target 大中型工业企业占比 >=90%"],
    ),
    ("营商环境评价进入全省前20名。", ["target 营商环境评价全省排名 <=20名"]),
]

# --- things that are counted ------------------------------------------------------------------------
COUNTED = [
    ("培育3家省级工业互联网平台。", ["target 培育省级工业互联网平台数量 3家"]),
    ("培育省级工业互联网平台3家。", ["target 培育省级工业互联网平台数量 3家"]),
    ("新改建农村公路1000公里。", ["target 新改建农村公路里程 1000公里"]),
    ("建设一所市级特殊教育学校。", ["target 建设市级特殊教育学校数量 1所"]),
    ("引进两家检验检测机构。", ["target 引进检验检测机构数量 2家"]),
    ("打造“灯塔工厂”3—5家。", ['target 打造"灯塔工厂"数量 3~5家']),
    (
        "建设充电桩1万个、换电站50座。",
        ["target 建设充电桩数量 1万个", "target 建设换电站数量 50座"],
    ),
    (
        "完成100个老旧小区、50个城中村改造。",
        ["target 完成老旧小区改造数量 100个", "target 完成城中村改造数量 50个"],
    ),
    ("在全县10所中学开设人工智能课程。", ["target 开设人工智能课程的中学数量 10所"]),
    ("推动10万家以上中小企业上云上平台。", ["target 上云上平台的中小企业数量 >=10万家"]),
    ("完成《绿色工厂评价导则》等5项地方标准的制订。", ["target 完成制订的地方标准数量 5项"]),
    (
        "新增学位6000个，其中2024年新增2000个、2025年新增4000个。",
        ["target 新增学位 6000个", "target 新增学位 2000个 @2024", "target 新增学位 4000个 @2025"],
    ),
    (
        "新建高标准农田3万亩、改造提升1.5万亩。",
        ["target 新建高标准农田面积 3万亩", "target 改造提升高标准农田面积 1.5万亩"],
    ),
    ("每年遴选10家左右企业给予支持。", ["target 每年遴选企业数量 ~10家/年"]),
    ("每季度召开1次政企座谈会。", ["target 每季度召开政企座谈会次数 1次/季度"]),
    ("引进投资5亿元以上项目3个。", ["target 引进投资5亿元以上项目数量 3个"]),
    ("营业收入2000万元以上企业达到100家。", ["target 营业收入2000万元以上企业数量 100家"]),
    ("淘汰35蒸吨/小时以下燃煤锅炉300台。", ["target 淘汰35蒸吨/小时以下燃煤锅炉数量 300台"]),
    ("培训农村转移劳动力2万人次以上。", ["target 培训农村转移劳动力人次 >=2万人次"]),
    (
        "新建体育公园5个，其中占地10公顷以上的不少于2个。",
        ["target 新建体育公园数量 5个", "target 占地10公顷以上的体育公园数量 >=2个"],
    ),
    ("设立100亿元数字经济产业基金。", ["target 设立数字经济产业基金 100亿元"]),
]

# --- a time between the metric and its number -------------------------------------------------------
TIMED = [
    ("九年义务教育巩固率到2025年达到96%。", ["target 九年义务教育巩固率 96% @2025"]),
    (
        "全市森林覆盖率力争到2025年底达到45%，2027年达到46%。",
        ["target 森林覆盖率 45% @2025", "target 森林覆盖率 46% @2027"],
    ),
    ("病床使用率2025年底前不低于60%。", ["target 病床使用率 >=60% @2025"]),
    ("单位GDP能耗到2025年比2020年下降14%。", ["target 单位GDP能耗比2020年下降率 14% @2025"]),
    ("设施配建率，到2025年达到100%。", ["target 设施配建率 100% @2025"]),
    ("新建社区食堂到2025年达到100家。", ["target 新建社区食堂数量 100家 @2025"]),
    ("城区体育设施到2025年实现全覆盖。", ["target 城区体育设施覆盖率 100% @2025"]),
    (
        "床位数从2020年的5000张增加到2025年的8000张。",
        ["baseline 床位数 5000张 @2020", "target 床位数 8000张 @2025"],
    ),
    # what stands before the number is no metric, or its time belongs to its name
    ("进一步优化结构，到2025年达到5家。", []),
    ("提高覆盖率，到2025年达到90%。", []),
    ("能耗强度较2020年下降13.5%。", ["target 能耗强度较2020年下降率 13.5%"]),
    ("浓度比2020年下降10%。", ["target 浓度比2020年下降率 10%"]),
]

# --- shares of a whole, and the whole itself --------------------------------------------------------
SHARES = [
    ("60%以上的街道建有健身中心。", ["target 建有健身中心的街道占比 >=60%"]),
    ("推动全市60%以上规上企业实现数字化改造。", ["target 实现数字化改造的规上企业占比 >=60%"]),
    ("三分之二以上的社区设立服务站。", ["target 设立服务站的社区占比 >=66.67%"]),
    ("体育设施覆盖全市80%以上的行政村。", ["target 体育设施行政村覆盖率 >=80%"]),
    ("实现县级以上医院100%覆盖。", ["target 县级以上医院覆盖率 100%"]),
    ("重点企业100%安装在线监测设备。", ["target 重点企业安装在线监测设备的比例 100%"]),
    (
        "90%以上的乡镇和60%以上的行政村建立快递网点。",
        ["target 建立快递网点的乡镇占比 >=90%", "target 建立快递网点的行政村占比 >=60%"],
    ),
    ("实现高速公路服务区充电设施全覆盖。", ["target 高速公路服务区充电设施覆盖率 100%"]),
    ("2025年底城市社区实现助餐服务全覆盖。", ["target 城市社区助餐服务覆盖率 100% @2025"]),
    (
        "快递服务网点1200个，实现建制村全覆盖。",
        ["target 快递服务网点数量 1200个", "target 快递服务网点建制村覆盖率 100%"],
    ),
    ("所有存量燃煤机组全面实现超低排放改造。", ["target 存量燃煤机组实现超低排放改造的比例 100%"]),
    ("实现全部乡镇卫生院设置中医馆。", ["target 设置中医馆的乡镇卫生院占比 100%"]),
    ("重大安全隐患全部清零。", ["target 重大安全隐患清零率 100%"]),
    ("确保符合条件的家庭全部实现应保尽保。", ["target 符合条件的家庭应保尽保率 100%"]),
    ("体育设施覆盖全部行政村。", ["target 体育设施行政村覆盖率 100%"]),
]

# --- change against a base --------------------------------------------------------------------------
GROWTH = [
    (
        "到2027年，工业、农业、建筑、交通等领域设备投资规模较2023年增长25%以上；报废汽车回收量较2023年增加约一倍。",
        [
            "target 工业、农业、建筑、交通等领域设备投资规模较2023年增长率 >=25% @2027",
            "target 报废汽车回收量较2023年增加幅度 ~1倍 @2027",
        ],
    ),
    ("单位GDP能耗比2020年下降13.5%。", ["target 单位GDP能耗比2020年下降率 13.5%"]),
    ("软件业收入较2022年翻一番。", ["target 软件业收入较2022年翻番 1番"]),
    ("申报材料精简30%以上。", ["target 申报材料精简率 >=30%"]),
    ("农业信息化率提高5个百分点。", ["target 农业信息化率提高幅度 5个百分点"]),
    (
        "进出口总额达到800亿元，同比增长8%。",
        ["target 进出口总额 800亿元", "target 进出口总额同比增长率 8%"],
    ),
    (
        "化学需氧量、氨氮排放总量较2020年分别下降8%、10%。",
        [
            "target 化学需氧量排放总量较2020年下降率 8%",
            "target 氨氮排放总量较2020年下降率 10%",
        ],
    ),
    (
        "一体化办理事项由30项增加到50项。",
        ["baseline 一体化办理事项数 30项", "target 一体化办理事项数量 50项"],
    ),
    (
        "绿色建筑占比由2023年的60%提高到80%。",
        ["baseline 绿色建筑占比 60% @2023", "target 绿色建筑占比 80%"],
    ),
]

# --- 分别, 均 ----------------------------------------------------------------------------------------
DISTRIBUTED = [
    (
        "数字化研发设计工具普及率、关键工序数控化率分别超过90%、75%。",
        ["target 数字化研发设计工具普及率 >90%", "target 关键工序数控化率 >75%"],
    ),
    (
        "城区、乡镇、行政村5G网络覆盖率分别达到100%、95%、90%。",
        ["target 城区5G网络覆盖率 100%", "target 乡镇5G网络覆盖率 95%", "target 行政村5G网络覆盖率 90%"],
    ),
    (
        "新建或改造小区绿地率分别不低于35%、30%。",
        ["standard 新建小区绿地率 >=35%", "standard 改造小区绿地率 >=30%"],
    ),
    (
        "公办园和民办园按每班不少于2名和3名配备教师。",
        ["standard 公办园配备教师人数 >=2名/班", "standard 民办园配备教师人数 >=3名/班"],
    ),
    ("化肥、农药利用率均达到43%以上。", ["target 化肥利用率 >=43%", "target 农药利用率 >=43%"]),
    (
        "普惠园覆盖率和公办园占比分别稳定在92%和60%以上。",
        ["target 普惠园覆盖率 >=92%", "target 公办园占比 >=60%"],
    ),
    (
        "到2025年、2027年，建筑垃圾资源化利用率分别达到60%、80%。",
        ["target 建筑垃圾资源化利用率 60% @2025", "target 建筑垃圾资源化利用率 80% @2027"],
    ),
    (
        "逐步提高绿色建筑占比（城区90%、乡镇60%）。",
        ["target 城区绿色建筑占比 90%", "target 乡镇绿色建筑占比 60%"],
    ),
]

# --- norms, terms and grants ------------------------------------------------------------------------
NORMS = [
    (
        "社区托育点建筑面积不低于200平方米，托位不少于20个。",
        ["standard 社区托育点建筑面积 >=200平方米", "standard 社区托育点托位 >=20个"],
    ),
    (
        "新建小区按照每百户不低于30平方米的标准配建托育设施。",
        ["standard 新建小区配建托育设施面积 >=30平方米/百户"],
    ),
    (
        "新建2个占地面积50亩以上、投资强度300万元以上的产业园。",
        ["target 新建产业园数量 2个", "standard 产业园占地面积 >=50亩", "standard 产业园投资强度 >=300万元"],
    ),
    ("企业开办时间压缩至0.5个工作日以内。", ["target 企业开办时间 <=0.5个工作日"]),
    (
        "施工许可办理时限由5个工作日压缩至2个工作日。",
        ["baseline 施工许可办理时限 5个工作日", "target 施工许可办理时限 2个工作日"],
    ),
    ("抵押登记1个工作日内办结。", ["standard 抵押登记办结时限 1个工作日"]),
    ("利用存量厂房建设的，可在五年内继续按原用途使用土地。", ["standard 继续按原用途使用土地的年限 <=5年"]),
    (
        "对上云企业按实际支出的30%给予最高20万元补助。",
        ["standard 上云企业补助占实际支出的比例 30%", "standard 上云企业补助 <=20万元"],
    ),
    ("对新认定的国家级平台给予500万元奖励。", ["standard 新认定的国家级平台奖励 500万元"]),
    (
        "技术改造投资按设备投资额的8%—10%给予奖励，单个企业最高1000万元。",
        ["standard 技术改造投资补助占设备投资额的比例 8~10%", "standard 单个企业奖励 <=1000万元"],
    ),
    ("投标保证金不得超过采购预算金额的2%。", ["standard 投标保证金占采购预算金额的比例 <=2%"]),
    ("设备更新贷款给予1.5个百分点贴息。", ["standard 设备更新贷款贴息 1.5个百分点"]),
    (
        "城乡低保标准分别提高到每人每月650元、480元。",
        ["target 城市低保标准 650元/人/月", "target 农村低保标准 480元/人/月"],
    ),
    (
        "县道、乡道路面宽度分别不低于6.5米、4.5米。",
        ["standard 县道路面宽度 >=6.5米", "standard 乡道路面宽度 >=4.5米"],
    ),
    ("家电补贴标准为销售价格的15%。", ["standard 家电补贴标准占销售价格的比例 15%"]),
    ("2018年4月30日前登记的，给予一次性补贴2万元。", ["standard 登记一次性补贴 2万元"]),
    ("每50人配备1名生活教师。", ["standard 生活教师人数 1名/50人"]),
    ("县城污水处理率不低于95%。", ["target 县城污水处理率 >=95%"]),
    ("全年组织对接活动不少于12场。", ["target 组织对接活动场次 >=12场"]),
]

ALL = [*METRICS, *COUNTED, *TIMED, *SHARES, *GROWTH, *DISTRIBUTED, *NORMS]


@pytest.mark.parametrize(("text", "expected"), ALL, ids=[text[:24] for text, _ in ALL])
def test_passages(text, expected):
    assert [say(quantity) for quantity in read(text)] == expected


# --- left alone -------------------------------------------------------------------------------------
LEFT_ALONE = [
    "为65岁以上老年人提供免费体检。",
    "打造15分钟便民生活圈。",
    "建设“一刻钟”养老服务圈。",
    "提供24小时自助服务。",
    "开展“四个一”活动，落实“五个到位”。",
    "本方案包括4个部分，提出18项具体举措。",
    "坚持政府引导、市场驱动等4个原则。",
    "建立健全三项制度、五个清单。",
    "高标准建设五个中心、三大平台。",
    "瞄准世界500强、中国100强企业开展招商。",
    "100张床位以上的养老机构应当内设医务室。",
    "入住50人以上的机构应设置护理站。",
    "凡利用建筑面积1000平方米以下的独栋建筑改造的，可不出具说明。",
    "连续就业满3年的，给予支持。",
    "大楼1层为大厅，3-4层为生活区。",
    "拨打12345热线或0791-88886666咨询。",
    "地址：中山路365号。",
    "认真贯彻党的二十届三中全会精神。",
    "根据《发展规划（2021—2025年）》（洪府发〔2021〕6号）要求。",
    "构建市、县、乡、村四级服务网络。",
    "推进5G、4K超高清视频应用。",
    "实行全覆盖、全方位、全过程监管。",
    "织密全覆盖服务网络。",
    "在确保特困人员应养尽养基础上，优先保障困难家庭。",
    "购买2.0升及以下排量乘用车的。",
    "支持160千瓦及以下小微企业接入。",
    "提供一个温馨的港湾。",
    "一个平台管理全市服务。",
    "实施新一轮三年行动计划。",
    "打造一批示范项目，培育一系列品牌。",
    "全面消除66人以上超大班额。",
    "2024年4月20日印发。",
    "形成一核两带三区格局。",
    "每月向专班报送进度。",
    "企业应具备年销售额500万元以上的条件。",
    "发放一次性扩岗补助。",
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text):
    assert [say(quantity) for quantity in read(text)] == []


# --- norms, sums and counts that look alike ------------------------------------------------------------
ALIKE = [
    # a level of a place or what it builds, and a norm for each facility
    ("公共领域新建充电桩不少于2000个。", ["target 公共领域新建充电桩数量 >=2000个"]),
    ("新建居住区配建停车位不少于1个。", ["standard 新建居住区配建停车位 >=1个"]),
    ("社区便利店每万人拥有量不少于3家。", ["target 社区便利店每万人拥有量 >=3家"]),
    ("每10万人拥有回收中转站不少于1个。", ["target 每10万人拥有回收中转站数量 >=1个"]),
    ("新建农田亩均投入不低于3000元。", ["standard 新建农田亩均投入 >=3000元"]),
    ("规上企业亩均税收不低于15万元。", ["target 规上企业亩均税收 >=15万元"]),
    ("县级医院传染病床位不少于20张。", ["standard 县级医院传染病床位 >=20张"]),
    ("项目审批时限控制在15个工作日以内。", ["target 项目审批时限 <=15个工作日"]),
    # what all get together, and what each may get
    ("发放汽车消费补贴3000万元。", ["target 发放汽车消费补贴 3000万元"]),
    ("对个人发放最高1万元补贴。", ["standard 发放补贴 <=1万元"]),
    ("新增“财园信贷通”贷款10亿元。", ['target 新增"财园信贷通"贷款 10亿元']),
    ("中小微企业返还比例为60%。", ["standard 中小微企业返还比例 60%"]),
    # a number that only says of how many a rate is, or of what size a thing
    ("全市4个国控断面水质达标率为100%。", ["target 4个国控断面水质达标率 100%"]),
    ("新建12个站点，覆盖率达到100%。", ["target 新建站点数量 12个", "target 新建站点覆盖率 100%"]),
    ("培育年产值5亿元以上的企业3家。", ["target 培育年产值5亿元以上的企业数量 3家"]),
    ("培育年回收能力5万吨以上的企业3家。", ["target 培育年回收能力5万吨以上的企业数量 3家"]),
    # the whole name of what is counted
    (
        "每个市（州）至少建成1所达到三级水平的传染病医院。",
        ["target 每个市(州)建成达到三级水平的传染病医院数量 >=1所/市(州)"],
    ),
    (
        "建成零工市场8家，每个县（市、区）至少建成1家。",
        ["target 建成零工市场数量 8家", "target 每个县(市、区)建成零工市场数量 >=1家/县(市、区)"],
    ),
    (
        "完成投资862亿元，是“十二五”时期的2.1倍。",
        ["target 完成投资 862亿元", 'target 完成投资与"十二五"时期之比 2.1倍'],
    ),
    (
        "每年完成营造林100万亩、种草120万亩。",
        ["target 每年完成营造林面积 100万亩/年", "target 每年完成种草面积 120万亩/年"],
    ),
    ("设立总规模50亿元的数字经济发展基金。", ["target 数字经济发展基金总规模 50亿元"]),
    (
        "更新改造燃气管道95公里、供水管网210公里。",
        ["target 更新改造燃气管道里程 95公里", "target 更新改造供水管网里程 210公里"],
    ),
    (
        "新建便民生活圈30个，覆盖全部街道。",
        ["target 新建便民生活圈数量 30个", "target 新建便民生活圈街道覆盖率 100%"],
    ),
    (
        "铺排重点项目18个，年度计划投资9.6亿元。",
        ["target 铺排重点项目数量 18个", "target 年度计划投资 9.6亿元"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ALIKE)
def test_alike_and_told_apart(text, expected):
    assert [say(quantity) for quantity in read(text)] == expected


# --- facts of a project ------------------------------------------------------------------------------
PROJECTS = [
    (
        "建设中部新能源基地，规划总装机160万千瓦，其中光伏80万千瓦，总投资80亿元，到2027年并网率达到90%。",
        [
            "project 中部新能源基地规划总装机 160万千瓦",
            "project 中部新能源基地光伏 80万千瓦",
            "project 中部新能源基地总投资 80亿元",
            "target 并网率 90% @2027",
        ],
    ),
    (
        "二、重点任务\n（一）建设中部数据中心集群。总投资40亿元，占地120亩。",
        ["project 中部数据中心集群总投资 40亿元", "project 中部数据中心集群占地面积 120亩"],
    ),
    (
        "新建高标准农田8万亩，总投资2亿元。",
        ["target 新建高标准农田面积 8万亩", "target 新建高标准农田总投资 2亿元"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PROJECTS)
def test_projects(text, expected):
    assert [say(quantity) for quantity in read(text)] == expected


# --- time -------------------------------------------------------------------------------------------
TIMES = [
    # of the clause, of the sentence, of the paragraph
    ("到2025年，甲类占比达到50%，乙类占比达到60%。", ["2025", "2025"]),
    ("到2027年，甲类占比达到50%。丙类占比达到30%。", ["2027", "2027"]),
    ("到2025年，甲类占比达到50%。丙类占比达到30%。", ["2025", None]),
    ("2024年6月底前，建成泵站5座；举办活动12场。", ["2024-06", None]),
    ("2024年，建成泵站5座；2025年，建成泵站8座。", ["2024", "2025"]),
    ("6月底前建成泵站5座。", ["2024-06"]),
    ("7月底完成验收，力争12月底前投入运营。新建泵站5座。", [None]),
    ("2024年全面完成普查，逐步提高覆盖率（城区60%、乡镇50%）。", [None, None]),
    ("三年内建成泵站5座。", ["2027"]),
    ("四年内建成泵站5座。", ["2027"]),  # the plan's own four years
    ("力争用三年时间，建成泵站5座。", ["2027"]),
    ("用3年左右的时间，建成泵站5座。", ["2027"]),
    ("经过三年时间，建成泵站5座。", [None]),
    # between a metric and its number
    ("甲类占比到2025年达到50%，2027年达到60%。", ["2025", "2027"]),
    ("甲类占比2025年底前不低于50%。", ["2025"]),
    ("甲类覆盖率，力争到2026年达到50%。", ["2026"]),
    ("“十四五”期间，新增泵站5座。", ["2025"]),
    ("从2024年起，新建泵站5座。", [None]),
    ("根据《水利规划（2021—2035年）》，新建泵站5座。", [None]),
    # of the heading
    ("一、2025年主要目标\n新建泵站5座。", ["2025"]),
    ("二、发展目标\n到2026年，形成新格局。\n——设施更加完善。新建泵站5座以上。", ["2026"]),
    ("二、发展目标\n到2026年，形成新格局。\n三、主要任务\n新建泵站5座。", [None]),
    ("时间节点：2025年，启动试点。力争签约企业3家以上。", ["2025"]),
]


@pytest.mark.parametrize(("text", "times"), TIMES)
def test_time(text, times):
    assert [quantity.time for quantity in read(text)] == times


def test_a_yearly_plan_lends_its_year():
    (quantity,) = read("新建泵站5座。", period=(2024, 2024))
    assert (quantity.time, quantity.time_from) == ("2024", "plan")


def test_time_from_says_where_the_time_was_read():
    text = "一、2025年主要目标\n新建泵站5座。到2026年，新建水库2座。"
    assert [(q.time, q.time_from) for q in read(text)] == [("2025", "heading"), ("2026", "clause")]


# --- class by section and words ---------------------------------------------------------------------
CLASSES = [
    ("一、发展基础\n全市共有图书馆12家，藏书300万册。", ["baseline", "baseline"]),
    ("一、发展基础\n截至2023年底，建成泵站5座。", ["baseline"]),
    ("第一节 “十三五”时期的主要成就\n建成泵站5座。", ["baseline"]),
    ("目前，全市已建成泵站5座。", ["baseline"]),
    ("2022年，建成泵站5座。", ["baseline"]),
    ("一、面临形势\n到2030年，老年人口预计达到120万人，占总人口比重超过25%。", ["forecast", "forecast"]),
    ("一、发展目标\n到2026年，预计产值达到50亿元。", ["target"]),
    ("实施职业学校扩建项目，投入1200万元。", ["project"]),
    ("完成固定资产投资120亿元。", ["target"]),
    ("专栏1 重点项目\n1.城东水厂工程。总投资2亿元，占地30亩，日供水能力5万吨。", ["project"] * 3),
    ("专栏1 重点项目\n1.社区食堂建设项目。在全区新建4家社区食堂。", ["target"]),
    ("专栏1 重点项目\n1.健康促进项目。到2025年，体检覆盖率达到80%。", ["target"]),
]


@pytest.mark.parametrize(("text", "classes"), CLASSES)
def test_class(text, classes):
    assert [quantity.class_ for quantity in read(text)] == classes


def test_the_as_of_time_of_a_background_section_holds_for_all_of_it():
    text = "一、发展基础\n截至2022年底，建成泵站5座。共有水库3座。\n二、目标\n新建泵站2座。"
    assert [quantity.time for quantity in read(text)] == ["2022", "2022", None]


def test_the_end_of_the_last_five_years_dates_their_achievements():
    (quantity,) = read("第一节 “十三五”时期的主要成就\n出台了50余个政策文件。", period=(2021, 2025))
    assert say(quantity) == "baseline 出台政策文件数 ~50个 @2020"


def test_project_facts_carry_the_projects_name():
    text = "专栏1 重点项目\n1.城东水厂工程。项目总投资超2亿元，项目用地30亩，共4座泵房。"
    assert [say(q) for q in read(text)] == [
        "project 城东水厂工程总投资 >2亿元",
        "project 城东水厂工程用地面积 30亩",
        "project 城东水厂工程泵房数量 4座",
    ]


def test_a_sum_spent_on_a_project_named_before_it():
    assert [say(q) for q in read("实施敬老院改造项目，投入250万元对200张床位进行护理型改造。")] == [
        "project 敬老院改造项目投入 250万元",
        "target 床位护理型改造数量 200张",
    ]


# --- the other fields -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "per", "unit"),
    [
        ("每个县区建成1所实训基地。", "县区", "所/县区"),
        ("各设区市培育至少2个产业集群。", "设区市", "个"),
        ("每个乡镇配备2名以上环保专职人员。", "乡镇", "名/乡镇"),
        ("各县（市、区）每年至少开展2次演练。", "县(市、区)", "次/年"),
        ("市、县（区）两级分别建设1—2所医院。", "市、县(区)", "所"),
        ("每千人口拥有医师3.2人。", None, "人"),
        ("各单位培训人员100人次。", None, "人次"),
    ],
)
def test_per(text, per, unit):
    (quantity,) = read(text)
    assert (quantity.per, quantity.unit) == (per, unit)


@pytest.mark.parametrize(
    ("text", "soft"),
    [
        ("到2025年，力争建成泵站5座。", "力争"),
        ("争取引进企业2家。", "争取"),
        ("原则上每班不超过45人。", None),
        ("建成泵站5座。", None),
    ],
)
def test_soft(text, soft):
    (quantity,) = read(text)
    assert quantity.soft == soft


@pytest.mark.parametrize(
    ("text", "scope", "population"),
    [
        ("新建小区绿地率达到35%。", "新建", None),
        ("65岁以上老年人健康管理率达到75%。", None, "65岁以上老年人"),
        ("农村失能老年人集中照护率达到60%。", "农村", "农村失能老年人"),
        ("建成泵站5座。", None, None),
    ],
)
def test_scope_and_population(text, scope, population):
    (quantity,) = read(text)
    assert (quantity.scope, quantity.population) == (scope, population)


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("到2025年,乡镇敬老院设施设备普遍提档升级,护理型床位占比达到50%以上。", "乡镇敬老院护理型床位占比"),
        ("到2025年,社区服务中心功能更加完善,建筑面积达到800平方米。", "社区服务中心建筑面积"),
        ("到2025年,公办幼儿园全面达标,新建居住区配套率达到100%。", "新建居住区配套率"),
        ("到2025年,养老机构管理更加规范,特殊困难老年人月探访率达到100%。", "特殊困难老年人月探访率"),
    ],
)
def test_an_attribute_belongs_to_the_institution_of_the_clause_before(text, indicator):
    assert [quantity.indicator for quantity in read(text)] == [indicator]


def test_bare_names_are_completed_from_the_document():
    """月探访率 leans on the one fuller name that the document gives."""
    text = "一、目标\n特困老年人月探访率达到90%。\n二、任务\n到2025年，月探访率保持在100%。"
    assert [q.indicator for q in read(text)] == ["特困老年人月探访率", "特困老年人月探访率"]


def test_bare_names_with_two_readings_stay_bare():
    text = "一、目标\n街道设施覆盖率达到90%，社区食堂覆盖率达到80%。\n二、任务\n到2025年，覆盖率达到95%。"
    assert [q.indicator for q in read(text)] == ["街道设施覆盖率", "社区食堂覆盖率", "覆盖率"]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("1.补短板。到2025 年，新建泵站 5 座。", ["到2025 年，新建泵站 5 座"]),
        ("加强保障，引进2家特色医院，惠及群众。", ["引进2家特色医院"]),
        ("——设施完善。建成泵站5座以上，\n水库2座。", ["建成泵站5座以上", "水库2座"]),
        ("甲率、乙率分别达到50%、60%。", ["甲率、乙率分别达到50%、60%"] * 2),
    ],
)
def test_quotes_are_the_clause_as_printed(text, quotes):
    assert [quantity.quote for quantity in read(text)] == quotes


ALPHABET = "0123456789%.,，。；：、（）“”《》\n\t| 到至年月底前较比增长下降提高新建培育达不低于超过分别均每县区个家所张人次万元平方米工作日以上内全覆盖部所有清零占比率的和或实现项目投资按给予奖励一二三十百"


@given(st.text(alphabet=ALPHABET, max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_records_that_quote_themselves(text):
    read(text)


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_no_character_upsets_the_reader(text):
    read(text, period=None, issued=None)
