"""Which document a citation means: never a wrong one, unknown where it is not sure."""

import pytest

from kg.link.citations import resolve
from kg.link.numbers import NumberKey, number_key
from kg.link.titles import read_title
from kg.model import Citation, Document, Stub

NATION, JIANGXI, NANCHANG, XIHU = "100000", "360000", "360100", "360103"
NINGXIA, GUYUAN, JINGYUAN, HANGZHOU_XIHU = "640000", "640400", "640424", "330106"


def document(doc: str, place: str | None, title: str, **fields) -> Document:
    return Document(doc=doc, start=0, end=1, quote="", place=place, title=title, **fields)


def cites(doc: str, title: str | None = None, number: str | None = None, **fields) -> Citation:
    fields = {"relation": "basis"} | fields
    return Citation(doc=doc, start=0, end=1, quote="", title=title, number=number, **fields)


def resolved(documents: list[Document], *citations: Citation) -> list[str | None]:
    """Ids of corpus documents; None for missing and for unknown ones alike."""
    held = {each.doc for each in documents}
    found, _ = resolve(documents, citations)
    return [each.resolves_to if each.resolves_to in held else None for each in found]


def stubs_of(documents: list[Document], *citations: Citation) -> tuple[Stub, ...]:
    return resolve(documents, citations)[1]


HONGFU = NumberKey("洪府办发", 2022, "26")
NUMBERS = [
    ("洪府办发〔2022〕26号", HONGFU),
    ("洪府办发 〔2022〕 26 号", HONGFU),
    ("洪府办发〔 2022 〕26号", HONGFU),
    ("洪府办发[2022]26号", HONGFU),
    ("洪府办发［2022］26号", HONGFU),
    ("洪府办发【2022】26号", HONGFU),
    ("洪府办发（2022）26号", HONGFU),
    ("洪府办发(2022)26号", HONGFU),
    ("洪府办发﹝2022﹞26号", HONGFU),
    ("洪府办发〈2022〉26号", HONGFU),
    ("洪府办发《2022》26号", HONGFU),
    ("洪府办发〔２０２２〕２６号", HONGFU),
    ("洪府办发〔2022〕第26号", HONGFU),
    ("洪府办发〔2022〕026号", HONGFU),
    ("洪府办发〔2022〕\n26号", HONGFU),
    ("洪府办发\n〔2022〕26号", HONGFU),
    ("洪府办发〔2022〕26", HONGFU),
    ("根据洪府办发〔2022〕26号", HONGFU),
    ("按照洪府办发〔2022〕26号", HONGFU),
    ("现将洪府办发〔2022〕26号", HONGFU),
    ("和洪府办发〔2022〕26号", HONGFU),
    ("（洪府办发〔2022〕26号）", HONGFU),
    ("苏州市住房和城乡建设局苏住建规〔2021〕3号", NumberKey("苏住建规", 2021, "3")),
    ("豫政办〔 2017 〕 108 号", NumberKey("豫政办", 2017, "108")),
    ("国办发[2019]5号", NumberKey("国办发", 2019, "5")),
    ("民政部令第66号", NumberKey("民政部令", None, "66")),
    ("民政部令第六十六号", NumberKey("民政部令", None, "66")),
    ("国务院令第 722 号", NumberKey("国务院令", None, "722")),
    ("财政部公告2019年第1号", NumberKey("财政部公告", 2019, "1")),
    ("建标144", NumberKey("建标", None, "144")),
    ("建标 144-2010", NumberKey("建标", 2010, "144")),
    ("GB/T 29353", NumberKey("GB/T", None, "29353")),
    ("GB/T 37276—2018", NumberKey("GB/T", 2018, "37276")),
    ("总第3期", None),
    ("第九号", None),
    ("2022年第5号", None),
    ("26号", None),
    ("〔2022〕26号", None),
    (None, None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_number_key(text, expected):
    assert number_key(text) == expected


ONE_WORK = [
    ("南昌市养老服务体系建设“十四五”规划", "南昌市“十四五”养老服务体系建设规划"),
    ('南昌市 养老服务体系\n建设"十四五"规划', "南昌市养老服务体系建设〃十四五〃规划"),
    (
        "南昌市养老服务体系建设“十四五”规划",
        "南昌市人民政府办公室关于印发《南昌市养老服务体系建设“十四五”规划》的通知",
    ),
    ("南昌市养老服务体系建设第十四个五年规划", "南昌市养老服务体系建设“十四五”规划"),
    (
        "南昌市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要",
        "南昌市国民经济和社会发展第十四个五年规划和2035年远景目标纲要",
    ),
    (
        "南昌市国民经济和社会发展第十四个五年规划和二○三五远景目标纲要",
        "江西省南昌市国民经济和社会发展第十四个五年规划和2035年远景目标纲要",
    ),
    (
        "关于印发南昌市西湖区产业高质量发展规划(2022—2025年)的通知",
        "南昌市西湖区产业高质量发展规划（2022-2025年）",
    ),
    (
        "关于加快推进农村居家养老服务体系建设实施意见(试行)的通知",
        "关于加快推进农村居家养老服务体系建设实施意见(试行)",
    ),
    ("西湖区健康养老三年行动计划（征求意见稿）", "南昌市西湖区健康养老三年行动计划"),
    ("关于推进养老服务发展的意见", "推进养老服务发展的意见"),
    ("南昌市2023年健康养老工作方案", "南昌市健康养老2023年工作方案"),
]


@pytest.mark.parametrize(("left", "right"), ONE_WORK)
def test_two_titles_of_one_work(left, right):
    a, b = read_title(left, XIHU), read_title(right, XIHU)
    assert (a.key, a.place) == (b.key, b.place)


TWO_WORKS = [
    ("南昌市养老服务体系建设“十四五”规划", "江西省养老服务体系建设“十四五”规划"),
    ("南昌市养老服务体系建设“十四五”规划", "南昌市养老服务体系建设发展“十四五”规划"),
    ("南昌市养老服务体系建设“十四五”规划", "南昌市养老服务体系建设“十三五”规划"),
    ("南昌市2022年民生实事实施方案", "南昌市2023年民生实事实施方案"),
    ("老年人权益保障法", "《老年人权益保障法》实施办法"),
    ("老年人权益保障法", "老年人权益保障法释义"),
    ("南昌市居家养老服务条例", "南昌市居家养老服务条例实施细则"),
    ("南昌市居家养老服务条例", "关于修改《南昌市居家养老服务条例》的决定"),
    ("西湖区养老服务规划", "杭州市西湖区养老服务规划"),
]


@pytest.mark.parametrize(("left", "right"), TWO_WORKS)
def test_two_works(left, right):
    a, b = read_title(left, XIHU), read_title(right, XIHU)
    assert (a.key, a.place) != (b.key, b.place)


PLACES = [
    ("江西省养老服务条例", XIHU, JIANGXI),
    ("南昌市西湖区产业高质量发展规划", XIHU, XIHU),
    ("西湖区养老服务设施空间布局规划", XIHU, XIHU),
    ("西湖区养老服务设施空间布局规划", HANGZHOU_XIHU, HANGZHOU_XIHU),
    ("西湖区养老服务设施空间布局规划", None, None),
    ("杭州市西湖区养老服务规划", XIHU, HANGZHOU_XIHU),
    ("自治区健康养老产业发展实施方案", JINGYUAN, NINGXIA),
    ("宁夏养老服务条例", JINGYUAN, NINGXIA),
    ("省养老服务条例", XIHU, JIANGXI),
    ("我省养老服务条例", XIHU, JIANGXI),
    ("市居家养老服务条例", XIHU, NANCHANG),
    ("市居家养老服务条例", "321281", None),  # 兴化市 in 泰州市: two cities
    ("区养老服务规划", XIHU, XIHU),
    ("市场监管规划", XIHU, None),
    ("区域卫生规划", XIHU, None),
    ("县域商业体系建设方案", JINGYUAN, None),
    ("省级示范区评定办法", XIHU, None),
    ("新建居住区配套养老设施办法", "360112", None),  # 新建区 is a district, 新建居住区 is none
    ("老城区改造计划", XIHU, None),  # 洛阳市老城区 is not meant
    ("“十四五”国家老龄事业发展和养老服务体系规划", XIHU, NATION),
    ("国务院办公厅关于推进养老服务发展的意见", XIHU, NATION),
    ("民政部关于加快民政标准化工作的意见", XIHU, NATION),
    ("中华人民共和国老年人权益保障法", XIHU, NATION),
    ("全国文明城市创建方案", XIHU, None),
    ("国家级经开区发展规划", XIHU, None),
    ("养老机构管理办法", XIHU, None),
]


@pytest.mark.parametrize(("title", "home", "place"), PLACES)
def test_place_of_a_title(title, home, place):
    assert read_title(title, home).place == place


NANCHANG_PLAN = document(
    "nanchang",
    NANCHANG,
    "南昌市养老服务体系建设“十四五”规划",
    doc_number="洪府办发〔2022〕26号",
    issuer="南昌市人民政府办公室",
)
XIHU_PLAN = document("xihu", XIHU, "南昌市西湖区健康养老产业高质量发展三年行动计划（2023—2025年）")
JINGYUAN_PLAN = document("jingyuan", JINGYUAN, "泾源县2023年健康养老产业专班工作方案")
NATION_PLAN = document(
    "national",
    NATION,
    "中华人民共和国国民经济和社会发展第十四个五年规划和2035年远景目标纲要",
)
CORPUS = [NANCHANG_PLAN, XIHU_PLAN, JINGYUAN_PLAN, NATION_PLAN]

HELD = [
    pytest.param(cites("xihu", number="洪府办发[2022]026号"), "nanchang", id="number in another form"),
    pytest.param(cites("xihu", "南昌市“十四五”养老服务体系建设规划"), "nanchang", id="title, words moved"),
    pytest.param(cites("xihu", "市养老服务体系建设“十四五”规划"), "nanchang", id="relative title"),
    pytest.param(
        cites("xihu", "养老服务体系建设“十四五”规划", issuer="市政府"), "nanchang", id="agency beside it"
    ),
    pytest.param(
        cites("xihu", "养老服务体系建设“十四五”规划", issuer="南昌市人民政府"),
        "nanchang",
        id="full agency beside it",
    ),
    pytest.param(
        cites("xihu", "关于印发《南昌市养老服务体系建设“十四五”规划》的通知"),
        "nanchang",
        id="the notice is the plan",
    ),
    pytest.param(
        cites("xihu", "规划", alias_of="南昌市养老服务体系建设“十四五”规划"),
        "nanchang",
        id="alias of a full title",
    ),
    pytest.param(
        cites("xihu", "国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", issuer="国家"),
        "national",
        id="the nation's own",
    ),
    pytest.param(cites("xihu", "行动计划", relation="self"), "xihu", id="itself by alias"),
    pytest.param(
        cites("xihu", "南昌市西湖区健康养老产业高质量发展三年行动计划(2023-2025年)(征求意见稿)"),
        "xihu",
        id="itself by title",
    ),
]


@pytest.mark.parametrize(("citation", "expected"), HELD)
def test_a_document_of_the_corpus_is_found(citation, expected):
    assert resolved(CORPUS, citation) == [expected]


NOT_HELD = [
    pytest.param(cites("xihu", "南昌市养老服务规划", relation="plans"), id="to be drawn up"),
    pytest.param(cites("xihu", "养老服务体系建设“十四五”规划"), id="whose is not said"),
    pytest.param(cites("xihu", "江西省养老服务体系建设“十四五”规划"), id="the province's"),
    pytest.param(cites("xihu", "省养老服务体系建设“十四五”规划"), id="the province's, relative"),
    pytest.param(cites("xihu", "南昌市养老服务体系建设发展“十四五”规划"), id="a word more"),
    pytest.param(cites("xihu", "南昌市养老服务体系建设规划"), id="no years: unknown"),
    pytest.param(cites("xihu", "南昌市养老服务体系建设“十三五”规划"), id="other years"),
    pytest.param(cites("jingyuan", number="洪府办发〔2022〕25号"), id="other number"),
    pytest.param(
        cites("xihu", "南昌市住房发展规划", number="洪府办发〔2022〕26号"),
        id="the number beside another title",
    ),
    pytest.param(
        cites("xihu", "南昌市养老服务体系建设“十四五”规划", number="洪府办发〔2021〕9号"),
        id="the title beside another number",
    ),
]


@pytest.mark.parametrize("citation", NOT_HELD)
def test_no_document_is_guessed(citation):
    assert resolved(CORPUS, citation) == [None]


OUTLINES = [
    ("nanchang", "江西省国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", JIANGXI),
    ("nanchang", "省国民经济和社会发展第十四个五年规划和2035年远景目标纲要", JIANGXI),
    ("xihu", "南昌市西湖区国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", XIHU),
    ("xihu", "区国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", XIHU),
    ("xihu", "南昌市国民经济和社会发展第十四个五年规划和二○三五远景目标纲要", NANCHANG),
    ("jingyuan", "宁夏回族自治区国民经济和社会发展第十四个五年规划和2035年远景目标纲要", NINGXIA),
    ("jingyuan", "自治区国民经济和社会发展第十四个五年规划和2035年远景目标纲要", NINGXIA),
    ("jingyuan", "固原市国民经济和社会发展第十四个五年规划和2035年远景目标纲要", GUYUAN),
    ("jingyuan", "泾源县国民经济和社会发展第十四个五年规划和2035年远景目标纲要", JINGYUAN),
]


@pytest.mark.parametrize(("doc", "title", "place"), OUTLINES)
def test_an_outline_never_resolves_to_the_national_one(doc, title, place):
    citation = cites(doc, title)
    assert resolved(CORPUS, citation) == [None]
    (stub,) = stubs_of(CORPUS, citation)
    assert (stub.place, stub.title) == (place, title)


def test_an_outline_without_a_place_is_nobodys():
    title = "国民经济和社会发展第十四个五年规划和2035年远景目标纲要"
    assert resolved(CORPUS, cites("xihu", title)) == [None]
    (stub,) = stubs_of(CORPUS, cites("xihu", title))
    assert stub.place is None


def test_one_code_of_two_governments_is_decided_by_the_citing_place():
    nanjing = document("nanjing", "320100", "南京市养老办法", doc_number="宁政办发〔2021〕5号")
    yinchuan = document("yinchuan", "640100", "银川市养老方案")
    gulou = document("gulou", "320106", "鼓楼区养老方案")
    corpus = [nanjing, yinchuan, gulou]
    same = "宁政办发〔2021〕5号"
    assert resolved(corpus, cites("gulou", number=same), cites("yinchuan", number=same)) == ["nanjing", None]
    of_ningxia, elsewhere = (
        stubs_of(corpus[1:], cites(doc, number=same))[0].place for doc in ("yinchuan", "nobody")
    )
    assert (of_ningxia, elsewhere) == (NINGXIA, None)


def test_a_generic_name_needs_place_and_year():
    report = document("report", NANCHANG, "2023年南昌市政府工作报告")
    corpus = [report, XIHU_PLAN]
    assert resolved(
        corpus,
        cites("xihu", "2023年南昌市政府工作报告"),
        cites("xihu", "市政府工作报告（2023年）"),
        cites("xihu", "政府工作报告"),
        cites("xihu", "南昌市政府工作报告"),
        cites("xihu", "2023年政府工作报告"),
        cites("xihu", "2022年南昌市政府工作报告"),
    ) == ["report", "report", None, None, None, None]


def test_a_law_without_a_place_is_the_nations_an_opinion_is_not():
    law = document("law", NATION, "养老机构管理办法", doc_number="民政部令第66号")
    opinion = document("opinion", NATION, "关于推进养老服务发展的意见", doc_number="国办发〔2019〕5号")
    corpus = [law, opinion, XIHU_PLAN]
    assert resolved(
        corpus,
        cites("xihu", "养老机构管理办法"),
        cites("xihu", "养老机构管理办法实施细则"),
        cites("xihu", "关于推进养老服务发展的意见"),
        cites("xihu", "国务院办公厅关于推进养老服务发展的意见"),
    ) == ["law", None, None, "opinion"]


def test_spun_texts_are_no_documents_and_drafts_give_way_to_issued_editions():
    title = "南昌市养老服务体系建设“十四五”规划"
    spun = document("spun", NANCHANG, title, trusted=False)
    draft = document("draft", NANCHANG, f"{title}（征求意见稿）", status="draft")
    citation = cites("xihu", title)
    assert resolved([spun, XIHU_PLAN], citation) == [None]
    assert resolved([draft, XIHU_PLAN], citation) == ["draft"]
    assert resolved([draft, NANCHANG_PLAN, XIHU_PLAN], citation) == ["nanchang"]


def test_two_documents_of_one_name_leave_it_unknown():
    twin = document("twin", NANCHANG, "南昌市“十四五”养老服务体系建设规划")
    assert resolved(
        [twin, NANCHANG_PLAN, XIHU_PLAN], cites("xihu", "南昌市养老服务体系建设“十四五”规划")
    ) == [None]


STUBS = [
    pytest.param(
        cites("xihu", "南昌市国民经济和社会发展第十四个五年规划", number="洪府发〔2021〕6号"),
        ("prefecture", NANCHANG, "南昌市人民政府"),
        id="number and title",
    ),
    pytest.param(
        cites("xihu", number="洪府办发〔2021〕9号"),
        ("prefecture", NANCHANG, "南昌市人民政府办公室"),
        id="proven head",
    ),
    pytest.param(
        cites("xihu", number="赣府厅发〔2021〕9号"),
        ("province", JIANGXI, "江西省人民政府办公厅"),
        id="province's hall",
    ),
    pytest.param(
        cites("xihu", number="国办发〔2019〕5号"), ("national", NATION, "国务院办公厅"), id="national head"
    ),
    pytest.param(
        cites("xihu", "养老机构管理办法", "民政部令第66号"),
        ("national", NATION, "民政部"),
        id="ministry's order",
    ),
    pytest.param(
        cites("xihu", "民政部关于加快民政标准化工作的意见"),
        ("national", NATION, "民政部"),
        id="issuer in the title",
    ),
    pytest.param(cites("xihu", "江西省养老服务条例"), ("province", JIANGXI, None), id="place in the title"),
    pytest.param(
        cites("xihu", "互助养老设施指引", issuer="省民政厅"),
        ("province", JIANGXI, "江西省民政厅"),
        id="relative agency",
    ),
    pytest.param(
        cites("xihu", "互助养老设施指引", issuer="区政府"),
        ("county", XIHU, "南昌市西湖区人民政府"),
        id="relative government",
    ),
    pytest.param(cites("xihu", "老年人权益保障法"), ("national", NATION, None), id="a law is the nation's"),
    pytest.param(cites("xihu", "养老服务工作方法"), (None, None, None), id="a method is no law"),
    pytest.param(
        cites("jingyuan", "自治区健康养老产业发展实施方案"), ("province", NINGXIA, None), id="relative title"
    ),
    pytest.param(
        cites("xihu", "关于加强农村养老服务体系建设的指导意见"), (None, None, None), id="nothing sure"
    ),
    pytest.param(cites("xihu", number="惠府〔2021〕5号"), (None, None, None), id="惠府: 惠州 or 惠山"),
]


@pytest.mark.parametrize(("citation", "expected"), STUBS)
def test_what_a_missing_document_is_known_to_be(citation, expected):
    (stub,) = stubs_of(CORPUS, citation)
    assert (stub.level, stub.place, stub.issuer) == expected


def test_a_stub_gathers_all_who_cite_the_work_and_citations_point_to_it():
    citations = [
        cites("nanchang", "南昌市国民经济和社会发展第十四个五年规划和二○三五远景目标纲要"),
        cites(
            "xihu", "南昌市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", "洪府发〔2021〕6号"
        ),
        cites("xihu", "市国民经济和社会发展“十四五”规划和2035年远景目标纲要"),
    ]
    found, stubs = resolve(CORPUS, citations)
    assert [stub.cited_by for stub in stubs] == [("nanchang", "xihu")]
    assert {each.resolves_to for each in found} == {stubs[0].id}
    assert stubs[0].number == "洪府发〔2021〕6号"


APART = [
    pytest.param("南昌市养老规划", "江西省养老规划", id="two places"),
    pytest.param("南昌市2022年养老方案", "南昌市2023年养老方案", id="two years"),
    pytest.param("南昌市养老条例", "南昌市养老条例实施细则", id="law and measures"),
]


@pytest.mark.parametrize(("left", "right"), APART)
def test_two_missing_works_stay_two(left, right):
    assert len(stubs_of(CORPUS, cites("xihu", left), cites("xihu", right))) == 2


def test_a_title_joins_the_same_title_that_the_document_places_elsewhere():
    bare = cites("xihu", "关于加快推进农村养老的实施意见(试行)")
    placed = cites("xihu", "关于加快推进农村养老的实施意见(试行)的通知", issuer="南昌市人民政府办公厅")
    (stub,) = stubs_of(CORPUS, bare, placed)
    assert (stub.place, stub.issuer) == (NANCHANG, "南昌市人民政府办公厅")


def test_titles_without_a_place_are_one_work_only_within_one_document():
    title = "关于加强农村养老服务体系建设的指导意见"
    assert len(stubs_of(CORPUS, cites("xihu", title), cites("xihu", title))) == 1
    assert len(stubs_of(CORPUS, cites("xihu", title), cites("nanchang", title))) == 2


NOTHING_MISSING = [
    pytest.param(cites("xihu", "南昌市养老布局规划", relation="plans"), id="to be drawn up"),
    pytest.param(cites("xihu", "实施方案"), id="no name"),
    pytest.param(cites("xihu", "南昌市养老服务体系建设规划"), id="nearly the name of a held one"),
]


@pytest.mark.parametrize("citation", NOTHING_MISSING)
def test_what_names_no_missing_document(citation):
    assert stubs_of(CORPUS, citation) == ()


def test_stub_ids_do_not_depend_on_the_order_of_citations():
    citations = [cites("xihu", "江西省养老服务条例"), cites("nanchang", "南昌市居家养老服务条例")]
    assert stubs_of(CORPUS, *citations) == stubs_of(CORPUS, *citations[::-1])
