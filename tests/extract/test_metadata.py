"""Who a document is: title, number, issuer, place, date, status, period, validity, and their evidence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.metadata import read_document
from kg.text.plan import read_plan


def read(text, **stated):
    document = read_document(read_plan("doc", text, stated=stated or None))
    for one in document.evidence:
        assert text[one.start : one.end] == one.quote
    return document


def fields(document, names):
    return {name: getattr(document, name) for name in names}


NOTICE = """湖北省人民政府文件

鄂政发〔2024〕10号

省人民政府关于印发湖北省推动大规模设备更新
和消费品以旧换新实施方案的通知

各市、州、县人民政府，省政府各部门：
现将《湖北省推动大规模设备更新和消费品以旧换新实施方案》印发给你们，请认真贯彻执行。
2024年5月12日
湖北省推动大规模设备更新和消费品以旧换新实施方案
为贯彻落实国家部署，制定本方案。
一、总体目标
到2027年，设备投资规模较2023年增长25%以上。
"""

WEB = """首页 > 政务公开 > 政策文件
索引号：	014000319-00021	主题分类：	工业
发布机构：	苏州市人民政府办公室	成文日期：	2023-02-14
文号：	苏府办〔2023〕18号	发布日期：	2023-02-20
市政府办公室关于印发《关于推进新能源产业发展的若干意见》的通知
各市、区人民政府；市各委办局：
《关于推进新能源产业发展的若干意见》已经市政府常务会议通过，现印发给你们，请认真组织实施。
关于推进新能源产业发展的若干意见
到2026年，全市新能源产业规模超3500亿元。
本意见自2023年3月1日起施行，有效期3年。
"""

JOINT = """国家发展改革委 国家数据局 财政部关于深化智慧城市发展的指导意见
发改数据〔2024〕660号
各省、自治区、直辖市发展改革委：
到2027年，全国城市全域数字化转型取得明显成效。
国家发展改革委
国家数据局
财  政  部
2024年5月14日
"""

DRAFT = """关于公开征求《杭州市优化营商环境2024年工作要点（征求意见稿）》意见的公告
我委起草了《杭州市优化营商环境2024年工作要点（征求意见稿）》（以下简称《工作要点》），现公开征求意见。
征求意见时间：2024年3月1日至2024年3月15日。
杭州市发展和改革委员会
2024年3月1日
杭州市优化营商环境2024年工作要点
（征求意见稿）
为持续优化营商环境，制定本要点。
"""

COVER = """六安市“十四五”生态环境保护规划

六安市生态环境局
二〇二一年十二月

前  言
规划期限为2021—2025年，展望到2035年。
"""

TOWN = """岳西县来榜镇人民政府文件
来政〔2024〕5号
关于印发《来榜镇2024年防汛抗旱应急预案》的通知
各村、镇直各单位：
经镇政府研究同意，现印发给你们。
来榜镇人民政府
2024年4月8日
来榜镇2024年防汛抗旱应急预案
"""

FORWARDED = """北京市海淀区人民政府办公室
关于转发区商务局《海淀区促进首店经济发展实施办法》的通知
海行规发〔2022〕3号
各镇政府、各街道办事处：
区商务局制定的《海淀区促进首店经济发展实施办法》已经区政府同意，现转发给你们。
北京市海淀区人民政府办公室
2022年5月16日
海淀区促进首店经济发展实施办法
第一条 为发展首店经济，制定本办法。
第二条 本办法自发布之日起施行，有效期三年。
"""

HEADLINE = """中共江西省委办公厅　江西省人民政府办公厅印发《关于进一步优化营商环境的若干措施》
　　近日，省委办公厅、省政府办公厅印发了《关于进一步优化营商环境的若干措施》，并发出通知。
　　为深入优化营商环境，现提出如下措施。
"""

REGULATION = """《佛山市科技创新条例（草案征求意见稿）》起草说明
现将《佛山市科技创新条例（草案征求意见稿）》（以下简称《条例》）起草情况说明如下：
一、主要依据
（一）《中华人民共和国科学技术进步法》；
佛山市科技创新条例
（草案征求意见稿）
第一章 总则
第一条 为了促进科技创新，制定本条例。
"""

BROKEN_NOTICE = """青海省人民政府办公厅关于
印发青海省促进农产品加工业发展若干措施的通知
青政办〔2023〕44号
各市、自治州人民政府：
经省政府同意，现印发给你们。
青海省促进农产品加工业发展若干措施
（2023年5月）
为贯彻落实国家部署，制定如下措施。
"""

TWO_MASTHEADS = """云阳县发展和改革委员会
云阳县财政局文件
云发改发〔2024〕8号
关于印发《云阳县以工代赈管理办法》的通知
各乡镇：
现印发给你们。
"""

DOCUMENTS = [
    (
        TWO_MASTHEADS,
        {
            "title": "云阳县以工代赈管理办法",
            "doc_number": "云发改发〔2024〕8号",
            "issuer": "云阳县发展和改革委员会",
            "joint_issuers": ("云阳县财政局",),
            "jurisdiction": "重庆市云阳县",
            "issued": "2024",
        },
    ),
    (
        HEADLINE,
        {
            "title": "关于进一步优化营商环境的若干措施",
            "issuer": "中共江西省委办公厅",
            "joint_issuers": ("江西省人民政府办公厅",),
            "jurisdiction": "江西省",
            "status": "issued",
        },
    ),
    (
        REGULATION,
        {
            "title": "佛山市科技创新条例(草案征求意见稿)",
            "status": "draft",
            "genre": "条例",
            "aliases": ("条例",),
            "jurisdiction": "广东省佛山市",
        },
    ),
    (
        BROKEN_NOTICE,
        {
            "title": "青海省促进农产品加工业发展若干措施",
            "doc_number": "青政办〔2023〕44号",
            "issuer": "青海省人民政府办公厅",
            "level": "province",
            "issued": "2023-05",
            "genre": "若干措施",
        },
    ),
    (
        NOTICE,
        {
            "title": "湖北省推动大规模设备更新和消费品以旧换新实施方案",
            "doc_number": "鄂政发〔2024〕10号",
            "issuer": "湖北省人民政府",
            "jurisdiction": "湖北省",
            "place": "420000",
            "level": "province",
            "issued": "2024-05-12",
            "status": "issued",
            "period": (2024, 2027),
            "genre": "实施方案",
        },
    ),
    (
        WEB,
        {
            "title": "关于推进新能源产业发展的若干意见",
            "doc_number": "苏府办〔2023〕18号",
            "issuer": "苏州市人民政府办公室",
            "jurisdiction": "江苏省苏州市",
            "issued": "2023-02-14",
            "period": (2023, 2026),
            "valid_until": "2026-02-28",
        },
    ),
    (
        JOINT,
        {
            "title": "国家发展改革委国家数据局财政部关于深化智慧城市发展的指导意见",
            "issuer": "国家发展改革委",
            "joint_issuers": ("国家数据局", "财政部"),
            "jurisdiction": "全国",
            "place": "100000",
            "level": "national",
            "period": (2024, 2027),
        },
    ),
    (
        DRAFT,
        {
            "title": "杭州市优化营商环境2024年工作要点(征求意见稿)",
            "doc_number": None,
            "issuer": None,
            "issued": None,
            "status": "draft",
            "jurisdiction": "浙江省杭州市",
            "period": (2024, 2024),
            "aliases": ("工作要点",),
        },
    ),
    (
        COVER,
        {
            "title": "六安市“十四五”生态环境保护规划",
            "issuer": "六安市生态环境局",
            "issued": "2021-12",
            "period": (2021, 2025),
            "level": "prefecture",
        },
    ),
    (
        TOWN,
        {
            "issuer": "来榜镇人民政府",
            "jurisdiction": "安徽省安庆市岳西县来榜镇",
            "place": "340828",
            "level": "township",
            "issued": "2024-04-08",
        },
    ),
    (
        FORWARDED,
        {
            "title": "海淀区促进首店经济发展实施办法",
            "aliases": (
                "北京市海淀区人民政府办公室关于转发区商务局《海淀区促进首店经济发展实施办法》的通知",
            ),
            "jurisdiction": "北京市海淀区",
            "level": "county",
            "valid_until": "2025-05-15",
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_documents_of_every_make(text, expected):
    assert fields(read(text), expected) == expected


def test_every_printed_field_shows_its_characters():
    shown = {one.field for one in read(NOTICE).evidence}
    assert shown == {"title", "doc_number", "issuer", "issued", "status", "period", "jurisdiction"}


TITLES = [
    ("某县人民政府办公室\n关于印发《云阳县数字经济\n发展规划》的通知\n", "云阳县数字经济发展规划"),
    ("关于印发云阳县学前教育行动计划的通知\n", "云阳县学前教育行动计划"),
    ("云阳县水土保持规划（2021—2030年）\n第一章 总则\n", "云阳县水土保持规划(2021—2030年)"),
    (
        "云阳县人民政府关于加快发展现代农业的若干措施\n各乡镇：\n",
        "云阳县人民政府关于加快发展现代农业的若干措施",
    ),
    ("《云阳县招商引资办法》已经县政府同意，现印发给你们，请认真贯彻执行。\n", "云阳县招商引资办法"),
    ("云阳：公布《云阳县水网规划》，打造水网。《云阳县水网规划》明确了任务。\n", "云阳县水网规划"),
    ("为贯彻落实国务院印发的《水网规划》，推进建设。《水网规划》明确了任务。\n", None),
    ("水网建设是重点。" * 120 + "\n云阳县2024年水网项目清单\n", None),
    (
        "关于《云阳县绿化条例（草案）》的起草说明\n一、背景\n云阳县绿化条例\n（草案）\n第一条 略。\n",
        "云阳县绿化条例(草案)",
    ),
    ("完善养老服务体系\n落实安全责任制度\n今天天气很好。\n", None),
    ("一、发展规划\n（一）实施方案\n1.工作计划\n", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_the_plan_s_own_title(text, title):
    assert read(text).title == title


NUMBERS = [
    ("云阳府发〔2024〕8号\n云阳县水网建设规划\n为加快建设。\n", "云阳府发〔2024〕8号"),
    ("云阳县水网建设规划\n（云阳府发〔2024〕8号）\n为加快建设。\n", "云阳府发〔2024〕8号"),
    ("发文字号：云阳府发〔2024〕8号\n云阳县水网建设规划\n", "云阳府发〔2024〕8号"),
    ("云阳府发〔2024〕8号 签发人：张三\n云阳县水网建设规划\n", "云阳府发〔2024〕8号"),
    ("云阳县水网建设规划\n根据国发〔2024〕1号，制定本规划。\n", None),
    ("云阳县水网建设规划\n为加快建设，制定本规划。\n附件\n国发〔2024〕1号\n", None),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_the_own_number_stands_at_its_own_places(text, number):
    assert read(text).doc_number == number


HEAD = "云阳县水网建设规划\n"
DATES = [
    (HEAD + "为加快建设。\n云阳县人民政府\n2024年4月5日\n", "2024-04-05"),
    (HEAD + "为加快建设。\n云阳县人民政府 2024年4月5日\n", "2024-04-05"),
    (HEAD + "为加快建设。\n云阳县人民政府\n二〇二四年四月十五日\n", "2024-04-15"),
    (HEAD + "为加快建设。\n云阳县人民政府办公室 2024年4月5日印发\n", "2024-04-05"),
    (HEAD + "（2024年4月）\n为加快建设。\n", "2024-04"),
    ("成文日期：2024-04-05\n" + HEAD, "2024-04-05"),
    ("云阳府发〔2024〕8号\n" + HEAD + "为加快建设。\n", "2024"),
    ("云阳县绿化条例\n（2021年9月29日云阳县人大常委会通过）\n第一条 略。\n", "2021-09-29"),
    ("发布时间：2024-04-09 投稿作者：网友\n" + HEAD + "为加快建设。\n", None),
    (HEAD + "2023-05-03 17:54:03 点击：\n到2025年12月31日前完成建设。\n", None),
    (HEAD + "为加快建设。\n一、公示期限\n2024年3月1日至2024年3月15日\n", None),
]


@pytest.mark.parametrize(("text", "issued"), DATES)
def test_the_date_of_issue_is_never_one_of_posting(text, issued):
    assert read(text).issued == issued


PERIODS = [
    ("云阳县工业行动计划（2023—2025年）", "", (2023, 2025)),
    ("云阳县工业行动计划（2023年-2025年）", "", (2023, 2025)),
    ("云阳县“十四五”工业规划", "", (2021, 2025)),
    ("云阳县国民经济和社会发展第十四个五年规划和2035年远景目标纲要", "", (2021, 2025)),
    ("云阳县2024年工业工作要点", "", (2024, 2024)),
    ("云阳县工业三年行动计划", "云阳县人民政府\n2024年4月5日\n", (2024, 2026)),
    ("云阳县工业规划", "规划期限为2021—2035年。\n", (2021, 2035)),
    (
        "云阳县工业意见",
        "云阳县人民政府\n2024年4月5日\n一、目标\n到2027年，产值翻番。展望2035年。\n",
        (2024, 2027),
    ),
    ("云阳县工业意见", "到2027年，产值翻番。\n", None),
    ("云阳县工业意见", "自2010年以来快速发展。\n", None),
]


@pytest.mark.parametrize(("title", "text", "period"), PERIODS)
def test_the_years_of_the_plan(title, text, period):
    assert read(f"{title}\n{text}").period == period


VALIDITY = [
    ("有效期至2026年12月31日", "2026-12-31"),
    ("自2024年5月1日起施行，有效期5年", "2029-04-30"),
    ("自印发之日起施行，有效期两年", "2026-04-04"),
    ("本办法自印发之日起施行", None),
    ("许可证有效期五年以上", None),
]


@pytest.mark.parametrize(("sentence", "end"), VALIDITY)
def test_until_when_it_holds(sentence, end):
    assert read(f"{HEAD}云阳县人民政府\n2024年4月5日\n本规划{sentence}。\n").valid_until == end


PLACES = [
    ("南昌市西湖区教育发展规划\n", "江西省南昌市西湖区", 1.0),
    ("西湖区教育发展规划\n电话：0791-86589707，地址：南昌市抚生路。\n", "江西省南昌市西湖区", None),
    ("西湖区教育发展规划\n杭州市西湖区教育局负责。\n", "浙江省杭州市西湖区", None),
    ("西湖区教育发展规划\n", None, 1.0),
    ("国家教育发展规划\n", "全国", 1.0),
    ("国家税务总局广东省税务局\n国家税务总局广东省税务局关于优化服务的若干措施\n", "广东省", 1.0),
    ("关于加快南昌市轨道交通发展的若干措施\n", "江西省南昌市", 1.0),
    ("全省教育发展规划\n我省基础扎实。全省推广新余市经验。各设区市落实。\n", "江西省", None),
    ("全省教育发展规划\n我省起步。全省推广。各设区市学习浙江省经验，南昌市先行。\n", "江西省", None),
    ("全市教育发展规划\n我市启动。全市推广。我市在椒江区试点，接入“浙里办”。\n", "浙江省台州市", None),
    ("全市教育发展规划\n我市启动。全市推广。我市学习椒江区、西湖区、泾源县、云阳县经验。\n", None, 1.0),
]


@pytest.mark.parametrize(("text", "jurisdiction", "confidence"), PLACES)
def test_the_place_and_how_sure_it_is(text, jurisdiction, confidence):
    document = read(text)
    assert document.jurisdiction == jurisdiction
    if confidence is None:
        assert 0 < document.confidence < 1
        assert [one for one in document.evidence if one.field == "jurisdiction"]
    else:
        assert document.confidence == confidence


def test_what_the_manifest_states_wins_and_says_so():
    text = "云阳县水网建设规划\n云阳府发〔2024〕8号\n"
    document = read(text, jurisdiction="江西省", period="[2021, 2025]", status="draft", trusted="False")
    assert (document.jurisdiction, document.place, document.level) == ("江西省", "360000", "province")
    assert (document.period, document.status, document.trusted) == ((2021, 2025), "draft", False)
    assert document.doc_number == "云阳府发〔2024〕8号"
    assert {one.rule for one in document.evidence if one.field in ("place", "period")} == {"manifest"}


def test_a_piece_of_a_file_counts_its_offsets_from_the_file():
    raw = "前文\n" * 20 + NOTICE
    document = read_document(read_plan("doc", raw, 60, len(raw)))
    assert (document.start, document.end) == (60, len(raw))
    assert all(raw[one.start : one.end] == one.quote for one in document.evidence)


PARTS = [
    *"《》（）：。\n\n \t?",
    "关于印发",
    "的通知",
    "云阳县",
    "规划",
    "人民政府",
    "文件",
    "国发〔2021〕2号",
    "附件",
]
MORE = ["2024年4月5日", "征求意见稿", "有效期三年", "我省", "2023—2025年"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PARTS + MORE), max_size=40).map("".join))
def test_any_text_is_read_and_every_quote_is_its_own(text):
    read(text)


@pytest.mark.parametrize(
    "piece", ["字", "\n", "关于印发", "人民政府\n", "2024年", "规划\n", "文件\n", "我省"]
)
def test_a_long_text_of_one_piece_ends(piece):
    read(piece * (100_000 // len(piece)))
