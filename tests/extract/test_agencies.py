"""Names of agencies: proved by grammar, taken out of lists, completed with the document's place."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.agencies import leading_names, split_names
from kg.extract.agency_grammar import is_agency, is_listed
from kg.extract.homes import complete, home_of
from kg.model import Document


def document(jurisdiction=None, level=None, place=None):
    return Document(doc="d", start=0, end=0, quote="", jurisdiction=jurisdiction, level=level, place=place)


PROVED = """
市民政局 市发展改革委 省发展和改革委员会 县卫健局 省工业和信息化厅 市住房和城乡建设局 市政府金融办 市委人才办
县委组织部(老干部局) 组织部(老干部局) 民政局 生态环境局 市场监管局 省委宣传部 团市委 市总工会 县残联 省工商联
国家税务总局南昌市税务局 南昌市税务局 泾源县民政局 国家发展改革委 民政部 工业和信息化部 财政部 市教委 市政务服务办
市人民政府办公室 县人民政府 市中级人民法院 区人民检察院 市消防救援支队 省气象局 市供销社 市行政审批服务局
省数据局 市数据和政务服务局 县农业农村和水务局 市商务局 省能源局 市营商环境建设局 市大数据发展管理局
市养老服务体系建设发展领导小组 县健康养老产业专班 健康养老产业转型发展工作领导小组 市推进设备更新工作联席会议
各县(市、区)人民政府 各设区市人民政府 各市、县(市、区)人民政府 各乡(镇) 各街道 各县区 各级各部门 各级财政部门
各级医疗保障行政部门 县直各部门(单位) 市直有关部门 省直有关单位 市级有关部门 全市各级政府 地方各级政府 属地县(区)人民政府
市县政府 各有关部门 各地区 各地各部门 各成员单位 各责任(配合)单位 各级党委和政府 各乡镇人民政府 各开发区管委会 民政部门
教育行政部门 各市县党委和政府 卫生健康部门 各市(州)人民政府 各区人民政府 各镇(街道) 国务院国资委 中国人民银行 海关总署 全国总工会 南昌海关 江西证监局
西湖自然资源和规划分局 各省、自治区、直辖市人民政府 区政府教育督导室 市有关部门 各街镇 乡镇人民政府 县(市、区)人民政府
"""


@pytest.mark.parametrize("name", PROVED.split())
def test_grammar_proves_agencies(name):
    assert is_agency(name)


NOT_PROVED = """
格局 大局 布局 市场主体 养老机构 社会力量 老年人 展厅 餐厅 全部 干部 内部 局部 街道 社区 企业 区委托管 市场格局
有关部门 相关单位 政府 党委 部门 医疗机构 市场化运营 县域医共体 领导小组 专班 举办 民办 公办 节省 市区 城区
完善产业布局 县级福利院 市属医院 敬老院 行业协会 物业企业 委 局 推进城市管理局面 建设局面 市民 国有企业
省内外企业 加强海关 支持税务局 中央财政 全国文明城市 各类主体 各类养老服务机构 各方 各项工作 各个环节 要求市民政局 加强市民政局
"""


@pytest.mark.parametrize("text", NOT_PROVED.split())
def test_grammar_leaves_other_words_alone(text):
    assert not is_agency(text)


@pytest.mark.parametrize(
    "text", ["见附件2", "2025年6月", "下同", "排第一位的为牵头单位", "略", "持续推进(见表3)"]
)
def test_remarks_in_a_list_are_no_agencies(text):
    assert not is_listed(text)


LISTS = [
    ("区民政局、区住建局、西湖城投公司,各街道", ["区民政局", "区住建局", "西湖城投公司", "各街道"]),
    ("住房和城乡建设局和财政局及各乡镇", ["住房和城乡建设局", "财政局", "各乡镇"]),
    ("市工业和信息化局与市人力资源和社会保障局", ["市工业和信息化局", "市人力资源和社会保障局"]),
    ("市发改委、市财政局等部门,各县(市、区)人民政府", ["市发改委", "市财政局", "各县(市、区)人民政府"]),
    ("市教育局、市人社局等6部门按职责", ["市教育局", "市人社局", "按职责"]),
    ("各市、县(市、区)人民政府", ["各市、县(市、区)人民政府"]),
    ("各市、县级人民政府", ["各市、县级人民政府"]),
    ("市直有关部门、单位", ["市直有关部门、单位"]),
    ("各县(市、区)党委、政府", ["各县(市、区)党委、政府"]),
    ("市财政局、各有关部门、单位", ["市财政局", "各有关部门、单位"]),
    ("市经信局 市商务局", ["市经信局", "市商务局"]),
    ("市民政局市财政局", ["市民政局", "市财政局"]),
    ("县教体局、组织部(老干部局)", ["县教体局", "组织部(老干部局)"]),
    ("民政局\n卫健局\n\n\t发改局、\n自然资源和\n规划局", ["民政局", "卫健局", "发改局", "自然资源和规划局"]),
    ("各市(区)人民政府,医药高新区管委会", ["各市(区)人民政府", "医药高新区管委会"]),
    ("州委编办及州直相关单位,各县市人民政府", ["州委编办", "州直相关单位", "各县市人民政府"]),
    ("", []),
    ("、,;", []),
]


@pytest.mark.parametrize(("text", "names"), LISTS)
def test_lists_part_into_names(text, names):
    assert [name.text for name in split_names(text, 0, len(text))] == names


SHARED = [
    ("民政、财政、卫生健康等部门", ["民政部门", "财政部门", "卫生健康部门"]),
    ("市教育、财政部门", ["市教育部门", "财政部门"]),
    (
        "各市经济和信息化、民政、科技主管部门",
        ["各市经济和信息化主管部门", "各市民政主管部门", "各市科技主管部门"],
    ),
    ("各镇乡人民政府、街道办事处", ["各镇乡人民政府", "各街道办事处"]),
    ("各县区政府、开发区管委会", ["各县区政府", "各开发区管委会"]),
    # a town has one zone, a list may end before the comma, a zone of its own name is one
    ("各镇人民政府、开发区管委会", ["各镇人民政府", "开发区管委会"]),
    ("各镇人民政府,街道办事处", ["各镇人民政府", "街道办事处"]),
    ("各县区政府、高新区管委会", ["各县区政府", "高新区管委会"]),
    ("各镇人民政府、县民政局", ["各镇人民政府", "县民政局"]),
    ("市民政局、财政局", ["市民政局", "财政局"]),
    ("市民政局(牵头)、市财政局", ["市民政局", "市财政局"]),
]


@pytest.mark.parametrize(("text", "names"), SHARED)
def test_names_of_one_list_share_what_is_printed_once(text, names):
    assert [name.full for name in split_names(text, 0, len(text))] == names


FIRST = [
    ("市民政局、市财政局等部门制定办法", ["市民政局", "市财政局"], "制定办法"),
    ("市教育局按认定结果执行", ["市教育局"], "按认定结果执行"),
    ("省民政厅提请省政府组织", ["省民政厅"], "提请省政府组织"),
    ("县民政局、卫生健康局,民政局", ["县民政局", "卫生健康局", "民政局"], ""),
    ("市自然资源和规划局和市水利局负责", ["市自然资源和规划局", "市水利局"], "负责"),
    ("养老机构自行确定", [], "养老机构自行确定"),
    ("市场形成价格", [], "市场形成价格"),
]


@pytest.mark.parametrize(("text", "names", "rest"), FIRST)
def test_names_at_the_head_of_a_clause(text, names, rest):
    found, end = leading_names(text, 0, len(text))
    assert ([name.text for name in found], text[end:]) == (names, rest)


XIHU = document("江西省南昌市西湖区", "county")
JINGYUAN = document("宁夏回族自治区固原市泾源县", "county")
NANCHANG = document("江西省南昌市", "prefecture")
JIANGXI = document("江西省", "province")
NINGXIA = document("宁夏回族自治区", "province")
PUDONG = document("上海市浦东新区", "county")
ZHANGSHU = document("江西省宜春市樟树市", "county")
XIANGXI = document("湖南省湘西土家族苗族自治州", "prefecture")
TOWN = document("江西省南昌市西湖区朝阳洲街道", "township", "360103")
NATION = document("全国", "national")
UNKNOWN = document()
COMPLETED = [
    (XIHU, "区民政局", "南昌市西湖区民政局"),
    (XIHU, "区市场监管局", "南昌市西湖区市场监管局"),
    (XIHU, "区委组织部", "南昌市西湖区委组织部"),
    (XIHU, "各街道", "南昌市西湖区各街道"),
    (XIHU, "西湖自然资源和规划分局", "西湖自然资源和规划分局"),
    (XIHU, "西湖城投公司", "西湖城投公司"),
    (XIHU, "西湖区民政局", "南昌市西湖区民政局"),
    (XIHU, "市民政局", "南昌市民政局"),
    (XIHU, "区直有关单位", "南昌市西湖区直有关单位"),
    (JINGYUAN, "县民政局", "泾源县民政局"),
    (JINGYUAN, "民政局", "泾源县民政局"),
    (JINGYUAN, "市监局", "泾源县市监局"),
    (JINGYUAN, "县市监局", "泾源县市监局"),
    (JINGYUAN, "县直各部门(单位)", "泾源县直各部门（单位）"),
    (JINGYUAN, "组织部(老干部局)", "泾源县委组织部（老干部局）"),
    (JINGYUAN, "区民政厅", "宁夏回族自治区民政厅"),
    (JINGYUAN, "固原市民政局", "固原市民政局"),
    (NANCHANG, "市教育局", "南昌市教育局"),
    (NANCHANG, "市市场监管局", "南昌市市场监管局"),
    (NANCHANG, "市场监管局", "南昌市市场监管局"),
    (NANCHANG, "市政府金融办", "南昌市政府金融办"),
    (NANCHANG, "市民政局", "南昌市民政局"),
    (NANCHANG, "市委人才办", "南昌市委人才办"),
    (NANCHANG, "团市委", "共青团南昌市委"),
    (NANCHANG, "省民政厅", "江西省民政厅"),
    (NANCHANG, "属地县(区)人民政府", "南昌市各县（区）人民政府"),
    (NANCHANG, "全市各级政府", "南昌市各级政府"),
    (NANCHANG, "西湖区人民政府", "南昌市西湖区人民政府"),
    (NANCHANG, "进贤县人民政府", "进贤县人民政府"),
    (NANCHANG, "南昌海关", "南昌海关"),
    (NANCHANG, "国家税务总局南昌市税务局", "国家税务总局南昌市税务局"),
    (NANCHANG, "中国人民银行南昌中心支行", "中国人民银行南昌中心支行"),
    (JIANGXI, "省发展改革委", "江西省发展改革委"),
    (JIANGXI, "省直有关单位", "江西省直有关单位"),
    (JIANGXI, "各设区市政府", "江西省各设区市政府"),
    (JIANGXI, "江西证监局", "江西证监局"),
    (JIANGXI, "国网江西省电力公司", "国网江西省电力公司"),
    (NINGXIA, "自治区民政厅", "宁夏回族自治区民政厅"),
    (NINGXIA, "自治区党委组织部", "宁夏回族自治区党委组织部"),
    (NINGXIA, "组织部", "宁夏回族自治区党委组织部"),
    (PUDONG, "区民政局", "上海市浦东新区民政局"),
    (PUDONG, "市民政局", "上海市民政局"),
    (ZHANGSHU, "市民政局", "樟树市民政局"),
    (XIANGXI, "州司法局", "湘西土家族苗族自治州司法局"),
    (TOWN, "区民政局", "南昌市西湖区民政局"),
    (TOWN, "街道党工委", "南昌市西湖区朝阳洲街道党工委"),
    (NATION, "国家发展改革委", "国家发展改革委"),
    (NATION, "各省级人民政府", "各省级人民政府"),
    (UNKNOWN, "市民政局", "市民政局"),
]


@pytest.mark.parametrize(("home", "printed", "name"), COMPLETED)
def test_names_carry_their_place(home, printed, name):
    assert complete(printed, home_of(home))[0] == name


def test_a_level_word_holds_for_the_names_after_it():
    # "县卫健局、民政局": 县 counts for both, also where the document is another level's
    home = home_of(NANCHANG)
    first, carried = complete("省卫生健康委", home)
    assert (first, complete("民政厅", home, carried)[0]) == ("江西省卫生健康委", "江西省民政厅")


@given(st.text(alphabet="市县区省各级局委部办厅政府民财发展改革和、,()等\n 领导小组", max_size=60))
def test_any_list_gives_pieces_of_itself(text):
    names = split_names(text, 0, len(text))
    assert all(0 <= name.start < name.end <= len(text) for name in names)
    assert all(a.end <= b.start for a, b in itertools.pairwise(names))
