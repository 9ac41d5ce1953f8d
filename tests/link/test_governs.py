"""Which plan governs which, why, and how sure that is."""

import pytest

from kg.link.citations import resolve
from kg.link.governs import governing
from kg.link.peers import PEERS, peers
from kg.link.periods import period, periods_meet
from kg.link.subjects import Subjects, subjects
from kg.model import Citation, Document, Evidence, Governs

NATION, JIANGXI, NANCHANG, XIHU = "100000", "360000", "360100", "360103"
SHANGQIU, JINGYUAN = "411400", "640424"
LEVELS = {NATION: "national", JIANGXI: "province", NANCHANG: "prefecture", SHANGQIU: "prefecture"}


def plan(doc: str, place: str | None, title: str = "养老服务体系建设规划", **fields) -> Document:
    fields = {"period": (2021, 2025), "level": LEVELS.get(place or "", "county")} | fields
    return Document(doc=doc, start=0, end=1, quote="", place=place, title=title, **fields)


def basis(doc: str, title: str | None = None, number: str | None = None, start: int = 7) -> Citation:
    return Citation(
        doc=doc, start=start, end=start + 9, quote="", title=title, number=number, relation="basis"
    )


def pairs(documents: list[Document], *citations: Citation) -> list[tuple[str, str, str]]:
    """(upper, lower, basis) between documents of the corpus."""
    held = {each.doc for each in documents}
    return [(g.upper, g.lower, g.basis) for g in relations(documents, *citations) if g.upper in held]


def relations(documents: list[Document], *citations: Citation) -> tuple[Governs, ...]:
    found, stubs = resolve(documents, citations)
    return governing(documents, found, stubs)


def test_nearest_parent_first_then_up():
    corpus = [plan("n", NATION), plan("p", JIANGXI), plan("c", NANCHANG), plan("d", XIHU)]
    assert [pair for pair in pairs(corpus) if pair[1] == "d"] == [
        ("c", "d", "implied"),
        ("p", "d", "implied"),
        ("n", "d", "implied"),
    ]


def test_a_citation_makes_it_explicit_and_keeps_its_characters():
    upper = plan("c", NANCHANG, "南昌市养老服务规划", doc_number="洪府办发〔2022〕26号")
    (relation,) = relations([upper, plan("d", XIHU)], basis("d", number="洪府办发〔2022〕26号", start=436))
    assert (relation.basis, relation.start, relation.end, relation.confidence) == ("cited", 436, 445, 1.0)
    assert "洪府办发〔2022〕26号" in relation.reason


UNRELATED = [
    pytest.param(plan("a", NANCHANG), plan("b", SHANGQIU), id="two places"),
    pytest.param(plan("a", NANCHANG), plan("b", JINGYUAN), id="a county elsewhere"),
    pytest.param(plan("a", NANCHANG), plan("b", NANCHANG), id="same place, same kind"),
    pytest.param(plan("a", NANCHANG), plan("b", None), id="unknown place"),
    pytest.param(plan("a", NANCHANG, "设备更新实施方案"), plan("b", XIHU), id="another subject"),
    pytest.param(plan("a", NANCHANG, trusted=False), plan("b", XIHU), id="spun upper text"),
    pytest.param(plan("a", NANCHANG), plan("b", XIHU, trusted=False), id="spun lower text"),
    pytest.param(plan("a", NANCHANG, status="draft"), plan("b", XIHU), id="a draft governs nobody"),
    pytest.param(plan("a", NANCHANG, period=(2016, 2020)), plan("b", XIHU), id="periods apart"),
    pytest.param(plan("a", NANCHANG, period=(2026, 2030)), plan("b", XIHU), id="the next period"),
    pytest.param(
        plan("a", NANCHANG, "南昌市“十三五”养老服务规划", period=None),
        plan("b", XIHU),
        id="period from the title",
    ),
    pytest.param(
        plan("a", NANCHANG, period=None, issued="2015", valid_until="2020-12-31"),
        plan("b", XIHU),
        id="expired",
    ),
]


@pytest.mark.parametrize(("upper", "lower"), UNRELATED)
def test_these_do_not_govern_each_other(upper, lower):
    assert pairs([upper, lower]) == []


def test_a_plan_of_elsewhere_that_is_cited_is_a_model_not_a_basis():
    elsewhere = plan("s", SHANGQIU, "商丘市养老服务规划")
    assert pairs([elsewhere, plan("d", XIHU)], basis("d", "商丘市养老服务规划")) == []


SAME_PLACE = [
    pytest.param(
        {"issuer": "南昌市人民政府"},
        {"issuer": "南昌市民政局"},
        ["implied"],
        id="a government above its bureau",
    ),
    pytest.param(
        {"title": "南昌市养老服务规划"},
        {"title": "南昌市养老服务三年行动计划"},
        ["implied"],
        id="plan above action plan",
    ),
    pytest.param(
        {"title": "南昌市国民经济和社会发展第十四个五年规划"},
        {"title": "南昌市养老服务规划"},
        ["implied"],
        id="outline above a sector's plan",
    ),
    pytest.param(
        {"title": "南昌市养老服务规划", "period": (2023, 2027)},
        {"title": "南昌市养老服务三年行动计划", "period": (2021, 2023)},
        [],
        id="no later plan above an earlier one",
    ),
]


@pytest.mark.parametrize(("upper", "lower", "expected"), SAME_PLACE)
def test_rank_within_one_place(upper, lower, expected):
    corpus = [plan("a", NANCHANG, **upper), plan("b", NANCHANG, **lower)]
    found = pairs(corpus)
    assert [basis for _, _, basis in found] == expected
    assert all(pair[:2] == ("a", "b") for pair in found)


def test_no_bureau_stands_above_its_government():
    bureau = plan("bureau", NANCHANG, "南昌市养老服务规划", issuer="南昌市民政局")
    government = plan("government", NANCHANG, "南昌市养老服务行动方案", issuer="南昌市人民政府")
    assert pairs([bureau, government]) == [("government", "bureau", "implied")]


def test_the_state_council_stands_above_a_ministry():
    corpus = [plan("council", NATION, issuer="国务院办公厅"), plan("ministry", NATION, issuer="民政部")]
    assert pairs(corpus) == [("council", "ministry", "implied")]


def test_what_makes_an_implied_relation_less_sure_is_said():
    """The anonymised province's plan: placed by inference, and the city cites another name of it."""
    proof = Evidence(field="place", start=0, end=3, quote="新余市", rule="places", confidence=0.8)
    upper = plan("jiangxi", JIANGXI, "十四五养老服务体系建设发展规划", evidence=(proof,))
    lower = plan("nanchang", NANCHANG, "南昌市养老服务体系建设“十四五”规划")
    title = "江西省“十四五”养老服务体系建设规划"
    held, missing = relations([upper, lower], basis("nanchang", title))
    assert (held.upper, held.basis, held.start) == ("jiangxi", "implied", None)
    assert held.confidence < 0.8
    assert title in held.reason
    assert "推断" in held.reason
    assert (missing.basis, missing.upper.startswith("stub-")) == ("cited", True)


def test_an_unknown_period_leaves_doubt():
    sure, doubtful = (
        relations([plan("a", NANCHANG, period=known), plan("b", XIHU)])[0].confidence
        for known in ((2021, 2025), None)
    )
    assert doubtful < sure


def test_a_missing_basis_on_another_subject_governs_nothing():
    found = relations(
        [plan("d", XIHU)], basis("d", "南昌市设备更新实施方案"), basis("d", "南昌市养老服务规划")
    )
    assert [relation.upper.startswith("stub-") for relation in found] == [True]


SUBJECTS = [
    ("南昌市养老服务体系建设规划", "西湖区健康养老产业高质量发展行动计划", True),
    ("南昌市国民经济和社会发展第十四个五年规划", "西湖区健康养老产业行动计划", True),
    ("南昌市服务业高质量发展规划", "西湖区健康养老产业行动计划", True),
    ("南昌市基本公共服务规划", "西湖区养老服务方案", True),
    ("西湖区产业高质量发展规划", "西湖区健康养老产业行动计划", True),
    ("推动大规模设备更新行动方案", "西湖区健康养老产业行动计划", False),
    ("优化营商环境条例", "养老服务规划", False),
    ("生态环境保护规划", "学前教育发展提升行动计划", False),
    ("数字经济发展规划", "数字经济发展三年行动计划", True),
    ("乡村振兴规划", "农业农村现代化规划", True),
    ("殡葬事业发展规划", "殡葬事业发展行动方案", True),
    ("殡葬事业发展规划", "婚姻登记工作方案", False),
]


@pytest.mark.parametrize(("left", "right", "expected"), SUBJECTS)
def test_subjects_overlap(left, right, expected):
    assert (Subjects().overlap(plan("a", NANCHANG, left), plan("b", XIHU, right)) is not None) is expected


def test_a_title_without_a_sector_takes_its_issuers():
    assert subjects(plan("a", XIHU, "2023年工作要点", issuer="南昌市西湖区民政局")) == {"社会保障"}


PERIODS = [
    ({"period": (2023, 2025)}, (2023, 2025, True)),
    ({"period": None, "title": "养老服务“十四五”规划"}, (2021, 2025, True)),
    ({"period": None, "title": "养老服务行动计划（2023—2025年）"}, (2023, 2025, True)),
    ({"period": None, "title": "泾源县2023年养老工作方案"}, (2023, 2023, True)),
    ({"period": None, "issued": "2018-04-20"}, (2018, None, False)),
    ({"period": None}, (None, None, False)),
]


@pytest.mark.parametrize(("fields", "expected"), PERIODS)
def test_period(fields, expected):
    found = period(plan("a", XIHU, **fields))
    assert (found.first, found.last, found.printed) == expected


def test_periods_meet_only_where_both_are_known():
    known, open_ended = plan("a", XIHU), plan("b", XIHU, period=None, issued="2023")
    assert periods_meet(known, known) is True
    assert periods_meet(known, open_ended) is None


def test_peers_are_of_one_level_and_subject_and_of_unrelated_places():
    corpus = [
        plan("nanchang", NANCHANG),
        plan("shangqiu", SHANGQIU),
        plan("xihu", XIHU),
        plan("jingyuan", JINGYUAN),
        plan("equipment", SHANGQIU, "设备更新实施方案"),
        plan("spun", SHANGQIU, trusted=False),
    ]
    assert peers(corpus, relations(corpus)) == (("jingyuan", "xihu"), ("nanchang", "shangqiu"))


def test_a_plan_chooses_its_nearest_peers():
    """Counties of Nanchang before one of Jiangxi elsewhere, that before one of Hebei; no more than PEERS."""
    own, province, far = ["360102", "360104"], ["360202"], ["130102", "130104", "130105"]
    corpus = [plan("xihu", XIHU), *(plan(f"p{code}", code) for code in [*own, *province])]
    corpus += [plan(f"p{code}", code) for code in far]
    chosen = [(f"p{code}", "xihu") for code in (*own, *province, "130102")]
    assert len(chosen) == PEERS
    assert {pair for pair in peers(corpus, ()) if "xihu" in pair} == set(chosen)
