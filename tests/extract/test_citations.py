"""What a text cites, and how: titles, numbers, both as one, short names, laws, and what is no document."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.citations import find_citations
from kg.model import Document
from kg.text.plan import read_plan

OWN = "云阳县推动大规模设备更新行动方案"


def cite(text, **fields):
    """The citations of a text whose own title is OWN unless `fields` say otherwise."""
    plan = read_plan("doc", text)
    own = {"title": OWN, "genre": "行动方案", "level": "county", "issued": "2024-06-01"} | fields
    found = find_citations(plan, Document(doc="doc", start=0, end=len(text), quote="", **own))
    assert all(text[one.start : one.end] == one.quote for one in found)
    return found


def said(text, **fields):
    return [(one.relation, one.title or one.number) for one in cite(text, **fields)]


BASIS = [
    (
        "根据《国务院关于印发〈推动大规模设备更新行动方案〉的通知》精神",
        "国务院关于印发〈推动大规模设备更新行动方案〉的通知",
    ),
    ("为深入贯彻落实《重庆市优化营商环境条例》，结合我县实际", "重庆市优化营商环境条例"),
    ("依据《电动汽车充电站设计规范》国家标准开展验收", "电动汽车充电站设计规范"),
    ("按《公共机构节能条例》规定报送", "公共机构节能条例"),
    ("严格按照《危险废物转移管理办法》执行联单制度", "危险废物转移管理办法"),
    ("实施《数字乡村建设指南2.0》", "数字乡村建设指南2.0"),
    ("全面推进《长江保护法》落地见效", "长江保护法"),
    ("确保《“十四五”数字经济发展规划》贯彻落实", "“十四五”数字经济发展规划"),
    ("以《义务教育质量评价指南》为依据，开展督导", "义务教育质量评价指南"),
    ("对照《市场准入负面清单》清理隐性壁垒", "市场准入负面清单"),
    ("按照市发展改革委印发《重庆市充电设施规划》要求", "重庆市充电设施规划"),
    ("制定《数据安全法》配套实施细则", "数据安全法"),
    ("一、编制依据\n《中华人民共和国防洪法》。", "中华人民共和国防洪法"),
    ("持续贯彻新修订的《职业教育法》", "职业教育法"),
    ("推动《节能减排方案》落地落实", "节能减排方案"),
    ("参照《工业园区污水处理技术指南》执行", "工业园区污水处理技术指南"),
]

PLANS = [
    ("编制《云阳县充电设施专项规划（2024—2030年）》", "云阳县充电设施专项规划(2024—2030年)"),
    ("加快制定《云阳县家电以旧换新实施细则》，年底前印发", "云阳县家电以旧换新实施细则"),
    ("2024年底前，完成《云阳县高标准农田建设规划》编制", "云阳县高标准农田建设规划"),
    ("推进《云阳县数据条例》立法", "云阳县数据条例"),
    ("适时出台《云阳县科技创新十条》", "云阳县科技创新十条"),
    ("启动《云阳县国土空间总体规划》修编工作", "云阳县国土空间总体规划"),
    ("研究起草《云阳县学前教育普及普惠督导评估工作方案》", "云阳县学前教育普及普惠督导评估工作方案"),
    ("发布《云阳面条加工技术规程》", "云阳面条加工技术规程"),
    ("做好《云阳县年鉴编纂规范》等3个标准的制订", "云阳县年鉴编纂规范"),
    ("一、夯实产业基础\n编制《云阳县工业园区规划》，加快建设。", "云阳县工业园区规划"),
    ("支持企业牵头制（修）订《柑橘采后处理技术规范》", "柑橘采后处理技术规范"),
    ("修订《云阳县物业管理办法》，完善制度", "云阳县物业管理办法"),
    ("提请县人大常委会审议《云阳县乡村清洁条例》", "云阳县乡村清洁条例"),
]

MENTIONS = [
    ("出台了《云阳县工业十条》", "云阳县工业十条"),
    ("近年来，我县先后制定《云阳县招商引资办法》", "云阳县招商引资办法"),
    ("2019年印发《云阳县扶贫规划》", "云阳县扶贫规划"),
    ("2023年，我县出台《云阳县数字经济十条》", "云阳县数字经济十条"),
    ("一、发展基础\n制定《云阳县工业规划》，产值增长。", "云阳县工业规划"),
    ("印发《关于做好秸秆利用的通知》（云农字〔2024〕12号）", "关于做好秸秆利用的通知"),
    ("依托《区域全面经济伙伴关系协定》扩大开放", "区域全面经济伙伴关系协定"),
    ("开展《反不正当竞争法》执法检查", "反不正当竞争法"),
    ("国务院印发《关于促进服务消费高质量发展的意见》", "关于促进服务消费高质量发展的意见"),
    ("市政府出台《重庆市数字经济促进条例》", "重庆市数字经济促进条例"),
    ("一、工作成效\n制定《云阳县政务服务标准》，办件提速。", "云阳县政务服务标准"),
    ("符合《人才分类认定办法》条件的给予补贴", "人才分类认定办法"),
    ("对违反《畜禽规模养殖污染防治条例》的行为", "畜禽规模养殖污染防治条例"),
    ("《意见》明确提出五项任务", "意见"),
    ("《云阳县扶贫规划》印发以来，成效显著", "云阳县扶贫规划"),
    ("《云阳县工业十条》（云阳府发〔2018〕5号）同时废止", "云阳县工业十条"),
    ("开展《公平竞争审查条例》宣传", "公平竞争审查条例"),
]


@pytest.mark.parametrize(("text", "title"), BASIS)
def test_what_a_plan_stands_on(text, title):
    assert said(text) == [("basis", title)]


@pytest.mark.parametrize(("text", "title"), PLANS)
def test_what_a_plan_announces(text, title):
    assert said(text) == [("plans", title)]


@pytest.mark.parametrize(("text", "title"), MENTIONS)
def test_what_a_plan_merely_names(text, title):
    assert said(text) == [("mention", title)]


SELF = [
    (f"现将《{OWN}》印发给你们", OWN),
    (f"《{OWN}》已经县政府同意，现印发给你们", OWN),
    (f"关于《{OWN}（征求意见稿）》的起草说明", f"{OWN}(征求意见稿)"),
    ("起草了本《行动方案》", "行动方案"),
    ("云阳府发〔2024〕8号\n", "云阳府发〔2024〕8号"),
]


@pytest.mark.parametrize(("text", "name"), SELF)
def test_its_own_title_and_number_are_the_document_itself(text, name):
    [one] = cite(text, doc_number="云阳府发〔2024〕8号")
    assert (one.relation, one.title or one.number, one.resolves_to) == ("self", name, "doc")


NOT_ITSELF = [
    (f"落实省《{OWN}》", "basis"),  # the same words, but another's
    (f"《{OWN}》（渝府发〔2024〕15号）", "mention"),  # another number
    ("落实《行动方案》", "basis"),  # a short name that nobody defined
]


@pytest.mark.parametrize(("text", "relation"), NOT_ITSELF)
def test_a_like_name_is_not_the_document_itself(text, relation):
    assert [one.relation for one in cite(text, doc_number="云阳府发〔2024〕8号")] == [relation]


JOINED = [
    ("《X办法》（国办发〔2020〕23号）要求", "《X办法》（国办发〔2020〕23号）", "国办发〔2020〕23号"),
    ("《X办法》国办发〔2020〕23号", "《X办法》国办发〔2020〕23号", "国办发〔2020〕23号"),
    ("国办发〔2020〕23号《X办法》", "国办发〔2020〕23号《X办法》", "国办发〔2020〕23号"),
    ("《X办法》（民政部令第66号）", "《X办法》（民政部令第66号）", "民政部令第66号"),
    ("《X标准》（建标 144）", "《X标准》（建标 144）", "建标144"),
    ("《X标准》（GB/T 29353—2012）", "《X标准》（GB/T 29353—2012）", "GB/T29353-2012"),
    ("《X标准》\n（GB 50867-2013）", "《X标准》", None),
    ("《X意见》（国发〔2021〕2号，以下简称《意见》）", "《X意见》（国发〔2021〕2号", "国发〔2021〕2号"),
    (
        "关于印发《X方案》的通知（赣府发〔2020〕1号）",
        "《X方案》的通知（赣府发〔2020〕1号）",
        "赣府发〔2020〕1号",
    ),
]


@pytest.mark.parametrize(("text", "quote", "number"), JOINED)
def test_a_title_and_the_number_beside_it_are_one_citation(text, quote, number):
    first = cite(text)[0]
    assert (first.quote, first.number) == (quote, number)


def test_titles_of_one_list_share_their_verb_and_keep_their_numbers():
    text = "根据《A规划》（洪府发〔2021〕6号）、省政府《B意见》和市民政局《C办法》（洪民字〔2021〕9号）等文件"
    assert [(one.relation, one.title, one.number, one.issuer) for one in cite(text)] == [
        ("basis", "A规划", "洪府发〔2021〕6号", None),
        ("basis", "B意见", None, "省政府"),
        ("basis", "C办法", "洪民字〔2021〕9号", "市民政局"),
    ]


def test_each_verb_governs_its_own_titles():
    text = "按照《A条例》要求，完成《B规划》《C规划》编制，落实《D意见》。"
    assert said(text) == [
        ("basis", "A条例"),
        ("plans", "B规划"),
        ("plans", "C规划"),
        ("basis", "D意见"),
    ]


TITLES = [
    ("根据《江西省 养老服务\n体系建设规划》", ["江西省养老服务体系建设规划"]),
    ("根据《关于修改〈X条例〉的决定》", ["关于修改〈X条例〉的决定"]),
    ("根据《关于修改《X条例》的决定》", ["关于修改《X条例》的决定"]),
    ("根据《A发展规划、《B条例》", ["A发展规划", "B条例"]),
    ("根据《关于加快发展的若干意见精神，制定措施。《B条例》规定", ["关于加快发展的若干意见", "B条例"]),
    (
        "落实《关于推进医疗、养老、托育，以及家政服务一体化发展的指导意见》",
        ["关于推进医疗、养老、托育,以及家政服务一体化发展的指导意见"],
    ),
    ("贯彻《" + "长" * 80 + "的通知》", ["长" * 80 + "的通知"]),
    ("落实《养老机构等级划分与评定》", ["养老机构等级划分与评定"]),
    (
        "落实《中华人民共和国民法典》《产业结构调整指导目录（2024年本）》",
        ["中华人民共和国民法典", "产业结构调整指导目录(2024年本)"],
    ),
    (
        "执行《食品安全地方标准管理规则》《操作规程》《2024年工作要点》",
        ["食品安全地方标准管理规则", "操作规程", "2024年工作要点"],
    ),
]


@pytest.mark.parametrize(("text", "titles"), TITLES)
def test_titles_as_they_are_printed(text, titles):
    assert [one.title for one in cite(text)] == titles


@pytest.mark.parametrize(
    "text",
    [
        "企业凭《营业执照》《食品经营许可证》申请",
        "签订《安全生产责任书》，填写《申报表》",
        "在《人民日报》《中国社会报》刊发经验文章",
        "演出《红楼梦》等经典剧目",
        "签署《告知承诺书》",
        "公布《拟认定企业名单》",
        "开展“敬老月”“银龄行动”活动，落实“十四五”规划",
        "实施“健康中国”战略",
        "依法治理，按照有关法律法规和相关条例规定",
        "总结好做法，研究立法，落实这一办法",
        "《》",
        "编制预算，落实资金。",
    ],
)
def test_what_is_no_document(text):
    assert cite(text) == []


UNBRACKETED = [
    ("落实老年人权益保障法，强化赡养责任", [("basis", "老年人权益保障法")]),
    ("依据城乡规划法、环境保护法和优化营商环境条例规定", [("basis", "城乡规划法"), ("basis", "环境保护法")]),
    ("严格执行政府信息公开条例，", [("basis", "政府信息公开条例")]),
    (
        "根据国务院办公厅关于促进内外贸一体化发展的意见（国办发〔2021〕59号）精神",
        [("basis", "国务院办公厅关于促进内外贸一体化发展的意见")],
    ),
    (
        "根据市政府关于城市更新的实施意见（以下简称《实施意见》），落实《实施意见》。",
        [("basis", "市政府关于城市更新的实施意见"), ("basis", "实施意见"), ("basis", "实施意见")],
    ),
    ("按照国办发〔2020〕23号文件要求", [("basis", "国办发〔2020〕23号")]),
]


@pytest.mark.parametrize(("text", "expected"), UNBRACKETED)
def test_names_without_brackets_that_something_proves(text, expected):
    assert said(text) == expected


def test_a_short_name_means_the_full_title_from_its_definition_on():
    text = "落实《数字中国建设整体布局规划》（以下简称《布局规划》），对标《布局规划》。"
    first, defined, later = cite(text)
    assert first.alias_of is None
    assert (defined.relation, defined.alias_of) == ("basis", "数字中国建设整体布局规划")
    assert later.alias_of == "数字中国建设整体布局规划"


def test_the_own_short_name_is_the_document_itself():
    text = f"特制定《{OWN}》（以下简称《行动方案》）。《行动方案》共五章。"
    assert [(one.relation, one.title) for one in cite(text)] == [
        ("self", OWN),
        ("self", "行动方案"),
        ("self", "行动方案"),
    ]


ISSUERS = [
    ("按照南昌市人民政府办公厅印发《X意见》", "南昌市人民政府办公厅"),
    ("落实省民政厅《X指引》", "省民政厅"),
    ("根据《河南省人民政府办公厅关于加快X的意见》", "河南省人民政府办公厅"),
    ("根据《国务院关于X的意见》", "国务院"),
    ("根据省《X规划》", None),
    ("落实《X规划》", None),
]


@pytest.mark.parametrize(("text", "issuer"), ISSUERS)
def test_the_issuer_when_the_text_names_it(text, issuer):
    assert [one.issuer for one in cite(text)] == [issuer]


PIECES = st.sampled_from(
    [
        *"《》〈〉（）()〔〕、，。；\n \t",
        "根据",
        "编制",
        "以下简称",
        "规划",
        "意见",
        "国发〔2021〕2号",
        "养老",
        "?",
        "“",
        "关于",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=50).map("".join))
def test_any_text_is_read_and_every_quote_is_its_own(text):
    for one in cite(text):
        assert text[one.start : one.end] == one.quote
        assert one.title or one.number


@pytest.mark.parametrize(
    "piece", ["《", "》", "《规划", "《规划、", "根据《规划》", "字", "(以下简称", "落实", "关于"]
)
def test_a_long_text_of_one_piece_ends(piece):
    cite(piece * (100_000 // len(piece)))
