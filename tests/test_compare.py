"""Verdicts: every row is an upper statement, the lower ones, and what a person would sign."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kg.compare import compare, compare_document
from kg.link.governs import governing
from kg.model import Alignment, Concept, Document, Finding, Quantity, identify

JIANGXI, NANCHANG, XIHU, JINGYUAN, WENZHOU = "360000", "360100", "360103", "640424", "330300"
LEVELS = {JIANGXI: "province", NANCHANG: "prefecture", WENZHOU: "prefecture"}
RATE = Concept(id="rate", label="月探访率", names=("月探访率",), intensive=True, unit="%")
LESS = Concept(
    id="less", label="PM2.5浓度", names=("PM2.5浓度",), direction=-1, intensive=True, unit="微克/立方米"
)
TOTAL = Concept(id="total", label="新增床位数", names=("新增床位数",), intensive=False, unit="张")
OTHER = Concept(id="other", label="健康管理率", names=("健康管理率",), intensive=True, unit="%")
UNSURE = Concept(id="unsure", label="某数", names=("某数",), intensive=None, unit="个")
EITHER = Concept(
    id="either", label="床位使用率", names=("床位使用率",), direction=0, intensive=True, unit="%"
)
CONCEPTS = (RATE, LESS, TOTAL, OTHER, UNSURE, EITHER)


def plan(doc: str, place: str | None, **fields) -> Document:
    known = {"title": "养老服务规划", "level": LEVELS.get(place or "", "county"), "period": (2021, 2025)}
    return Document(doc=doc, start=0, end=999, quote="", place=place, **(known | fields))


def says(text: str, concept: str = "rate", **fields) -> tuple[Quantity, str]:
    """A statement written short: "2025 >=60%" is value 60, unit %, comparator >=, time 2025; "?" is no time."""
    time, _, rest = text.partition(" ")
    comparator = next((sign for sign in (">=", "<=", ">", "<", "~") if rest.startswith(sign)), "=")
    rest = rest.removeprefix(comparator)
    digits = rest[: len(rest) - len(rest.lstrip("0123456789.-"))]
    low, _, high = digits.partition("-")
    known = {
        "value": Decimal(low) if low else None,
        "value_high": Decimal(high) if high else None,
        "comparator": "range" if high else comparator,
        "unit": rest[len(digits) :] or None,
        "time": None if time == "?" else time,
    }
    known |= {"quote": text, "indicator": next(c.label for c in CONCEPTS if c.id == concept)}
    return Quantity(doc="", start=0, end=1, **(known | fields)), concept


Said = list[tuple[Quantity, str]]


def run(
    statements: dict[str, Said], documents: list[Document], alignments=(), only=None
) -> tuple[Finding, ...]:
    """The findings on these plans; statements by document, in the order of reading."""
    quantities, concept_of = [], {}
    for doc, said in statements.items():
        records = identify(replace(q, doc=doc, start=at, end=at + 1) for at, (q, _) in enumerate(said))
        quantities += records
        concept_of |= {(doc, record.id): concept for record, (_, concept) in zip(records, said, strict=True)}
    governs = governing(documents, (), ())
    if only:
        return compare_document(only, documents, quantities, CONCEPTS, concept_of, alignments, governs)
    return compare(documents, quantities, CONCEPTS, concept_of, alignments, governs)


def verdicts(upper: Said, lower: Said, alignments=(), upper_plan=None, lower_plan=None) -> list[Finding]:
    """The findings on a city's plan and a district's plan, conflicts left out."""
    documents = [upper_plan or plan("h", NANCHANG), lower_plan or plan("l", XIHU)]
    found = run({"h": upper, "l": lower}, documents, alignments)
    return [finding for finding in found if finding.verdict != "conflict"]


PAIRS = [
    # upper, lower, verdict, gap
    ("2025 100%", ["2025 100%"], "meets", None),
    ("2025 >=60%", ["2025 60%"], "meets", None),
    ("2025 60%", ["2025 >60%"], "meets", None),
    ("2025 60%", ["2024 60%"], "meets", None),
    ("2025 60%", ["2023 60%", "2025 62%"], "exceeds", "2个百分点"),
    ("2025 >30%", ["2025 60%"], "exceeds", "30个百分点"),
    ("2025 60%", ["2025 55%"], "short", "低5个百分点（相对低8.3%）"),
    ("2025 100%", ["2023 80%", "2024 85%", "2025 90%"], "short", "低10个百分点（相对低10%）"),
    ("2022 100%", ["2023 90%", "2024 95%", "2025 100%"], "late", "3年"),
    ("2023 60%", ["2023 50%", "2025 60%"], "late", "2年"),
    ("2023-06 60%", ["2023-03 50%", "2023-09 60%"], "late", "3个月"),
    ("2023-06 60%", ["2023 60%"], "meets", None),
    ("2022-06 60%", ["2024-06 60%"], "late", "2年"),
    ("2025 >1‰", ["2025 >1‰"], "meets", None),
    ("2025 >45%", ["2025 45%"], "weaker", None),
    ("2025 >=45%", ["2025 ~45%"], "weaker", None),
    ("2025 3-5%", ["2025 4%"], "meets", None),
    ("2025 3-5%", ["2025 6%"], "exceeds", "1个百分点"),
    ("2025 3-5%", ["2025 2-6%"], "short", "低1个百分点（相对低33.3%）"),
    ("2025 60%", ["2025 600‰"], "meets", None),
    ("2025 60%", ["2025 550‰"], "short", "低5个百分点（相对低8.3%）"),
    ("2025 60%", ["2025 60"], "meets", None),
    ("2025 60%", ["2025 60张"], "incomparable", None),
    ("2025 >=60%", ["2025 <=80%"], "incomparable", None),
    ("2025 60%", ["2025 "], "incomparable", None),
    ("2025 ", ["2025 60%"], "incomparable", None),
    ("? 60%", ["2025 60%"], "meets", None),
    ("2025 60%", ["? 60%"], "meets", None),
    ("2023 60%", ["? 60%"], "late", "2年"),
]


@pytest.mark.parametrize(("upper", "lower", "verdict", "gap"), PAIRS)
def test_verdict_on_a_pair(upper, lower, verdict, gap):
    (finding,) = verdicts([says(upper)], [says(each) for each in lower])
    assert (finding.verdict, finding.gap) == (verdict, gap)


LESS_IS_BETTER = [
    ("2025 <=35微克/立方米", ["2025 <=33微克/立方米"], "exceeds", "2微克/立方米"),
    ("2025 <=35微克/立方米", ["2025 35微克/立方米"], "meets", None),
    ("2025 <35微克/立方米", ["2025 <=35微克/立方米"], "weaker", None),
    ("2025 35微克/立方米", ["2025 38微克/立方米"], "short", "高3微克/立方米（相对高8.6%）"),
    ("2023 35微克/立方米", ["2023 38微克/立方米", "2025 35微克/立方米"], "late", "2年"),
]


@pytest.mark.parametrize(("upper", "lower", "verdict", "gap"), LESS_IS_BETTER)
def test_less_is_better(upper, lower, verdict, gap):
    (finding,) = verdicts([says(upper, "less")], [says(each, "less") for each in lower])
    assert (finding.verdict, finding.gap) == (verdict, gap)


def test_an_upper_bound_turns_the_direction_of_any_metric():
    (finding,) = verdicts([says("2025 <=50%")], [says("2025 40%")])
    assert (finding.verdict, finding.gap) == ("exceeds", "10个百分点")


def test_unknown_direction_is_no_shortfall():
    equal, other = (
        verdicts([says("2025 60%", "either")], [says(lower, "either")])[0]
        for lower in ("2025 60%", "2025 50%")
    )
    assert (equal.verdict, other.verdict, other.reason) == ("meets", "incomparable", "reason.direction")


WEAKER = [
    ({"nature": "binding"}, {"nature": "expected"}, "weaker", "reason.nature"),
    ({"nature": "binding"}, {"nature": "binding"}, "meets", None),
    ({"nature": "binding"}, {}, "meets", None),
    ({"nature": "expected"}, {"nature": "binding"}, "meets", None),
    ({}, {"soft": "力争"}, "weaker", "reason.soft"),
    ({"soft": "力争"}, {"soft": "力争"}, "meets", None),
]


@pytest.mark.parametrize(("upper", "lower", "verdict", "reason"), WEAKER)
def test_weaker_words_for_the_same_value(upper, lower, verdict, reason):
    (finding,) = verdicts([says("2025 60%", **upper)], [says("2025 60%", **lower)])
    assert (finding.verdict, finding.reason) == (verdict, reason)


def test_striving_for_more_than_asked_is_no_weakening_but_said():
    (finding,) = verdicts([says("2025 60%")], [says("2025 65%", soft="力争")])
    assert finding.verdict == "exceeds"
    assert any("力争" in note for note in finding.notes)


def test_the_example_that_must_be_found():
    """月探访率: 100 % by 2022 and in 2025, against 90, 95 and 100 %: met for 2025, three years late for 2022."""
    upper = [says("2025 100%", source="table"), says("2022 100%")]
    lower = [says(text, source="table") for text in ("2023 90%", "2024 95%", "2025 100%")]
    found = {
        finding.upper.time: finding
        for finding in verdicts(upper, lower, lower_plan=plan("l", XIHU, period=(2023, 2025)))
    }
    assert {time: each.verdict for time, each in found.items()} == {"2022": "late", "2025": "meets"}
    late = found["2022"]
    assert (late.gap, late.gap_value, late.gap_unit, late.lower.time) == ("3年", 3, "年", "2025")
    assert late.confidence == found["2025"].confidence
    for word in ("南昌市", "2022年", "西湖区", "2023年90%", "2025年", "100%", "迟3年", "保持不变"):
        assert word in late.explanation
    for word in ("100% by 2022", "100% by 2025", "3 years late", "95% by 2024"):
        assert word in late.explanation_en


def test_without_an_earlier_value_lateness_is_less_sure_and_says_so():
    (shown,) = verdicts([says("2022 100%")], [says("2023 90%"), says("2025 100%")])
    (assumed,) = verdicts([says("2022 100%")], [says("2025 100%")])
    assert (shown.verdict, assumed.verdict) == ("late", "late")
    assert assumed.confidence < shown.confidence
    assert any("更早时点" in note for note in assumed.notes)


def test_a_value_that_is_kept_is_not_late():
    (kept,) = verdicts([says("2022 100%")], [says("2025 100%", quote="月探访率保持在100%")])
    assert kept.verdict == "meets"
    behind = [says("2023 90%"), says("2025 100%", quote="月探访率保持在100%")]
    assert verdicts([says("2022 100%")], behind)[0].verdict == "late"


@pytest.mark.parametrize(
    ("upper", "lower", "later"),
    [("2021-12-12", "2021-09-15", True), ("2021-09", "2021-12-12", False), ("2021", "2021-09", False)],
)
def test_an_upper_plan_issued_later_is_said_to_be_so(upper, lower, later):
    (finding,) = verdicts(
        [says("2025 60%")],
        [says("2025 50%")],
        upper_plan=plan("h", NANCHANG, issued=upper),
        lower_plan=plan("l", XIHU, issued=lower),
    )
    assert any("印发在后" in note for note in finding.notes) is later


def test_a_yearly_plan_is_not_short_of_a_later_target():
    year = plan("l", XIHU, period=(2023, 2023))
    (short,) = verdicts([says("2025 60%")], [says("2023 50%")], lower_plan=year)
    (reached,) = verdicts([says("2025 60%")], [says("2023 60%")], lower_plan=year)
    assert (short.verdict, short.reason, reached.verdict) == ("incomparable", "reason.not_due", "meets")


def test_an_undated_value_does_not_prove_lateness_before_the_plan_begins():
    (finding,) = verdicts(
        [says("2022 100%")], [says("? 100%")], lower_plan=plan("l", XIHU, period=(2023, 2025))
    )
    assert (finding.verdict, finding.reason) == ("incomparable", "reason.time")


def test_inferred_deadlines_cost_confidence_and_are_said():
    (sure,) = verdicts([says("2025 60%")], [says("2025 60%")])
    (upper,) = verdicts([says("? 60%")], [says("2025 60%")])
    (lower,) = verdicts([says("2025 60%")], [says("? 60%")])
    assert sure.confidence > upper.confidence > lower.confidence
    assert any("上位目标未写时限" in note for note in upper.notes)
    assert any("下位目标未写时限" in note for note in lower.notes)


EXACT = (
    Alignment(left="other", right="rate", relation="exact", score=0.9, method="scheme", reason="措辞不同"),
)
NEAR = (
    Alignment(
        left="other", right="rate", relation="close", score=0.9, method="structure", reason="人群不同：老／残"
    ),
)
FAR = (
    Alignment(
        left="other", right="rate", relation="close", score=0.9, method="structure", reason="对象不同：甲／乙"
    ),
)


def test_aligned_metrics_are_compared_and_the_link_is_named():
    (finding,) = verdicts([says("2025 60%")], [says("2025 60%", "other")], EXACT)
    assert (finding.verdict, finding.alignment) == ("meets", "other~rate")
    assert any("措辞不同" in note for note in finding.notes)
    assert "健康管理率" in finding.explanation


def test_near_metrics_of_one_thing_are_not_comparable():
    (finding,) = verdicts([says("2025 60%")], [says("2025 50%", "other")], NEAR)
    assert (finding.verdict, finding.reason) == ("incomparable", "reason.close")
    assert "人群不同" in finding.explanation


@pytest.mark.parametrize("alignments", [(), FAR])
def test_another_metric_is_no_counterpart(alignments):
    (finding,) = verdicts([says("2025 60%")], [says("2025 50%", "other")], alignments)
    assert (finding.verdict, finding.lower, finding.lower_doc) == ("absent", None, "l")


def test_the_same_metric_goes_before_an_aligned_one():
    (finding,) = verdicts([says("2025 60%")], [says("2025 70%", "other"), says("2025 65%")], EXACT)
    assert (finding.verdict, finding.gap_value) == ("exceeds", 5)


def test_an_aligned_one_fills_times_that_the_metric_itself_leaves_open():
    upper = [says("2023 60%"), says("2025 70%")]
    found = verdicts(upper, [says("2025 70%"), says("2023 60%", "other")], EXACT)
    assert [finding.verdict for finding in found] == ["meets", "meets"]


STANDARD = {"class_": "standard", "indicator": "每百户配建面积"}


def test_standards_are_compared_with_the_same_standard_alone():
    (met,) = verdicts([says("? >=20%", **STANDARD)], [says("? >=20%", **STANDARD)])
    (short,) = verdicts([says("? >=20%", **STANDARD)], [says("2023 >=15%", **STANDARD)])
    assert (met.verdict, short.verdict) == ("meets", "short")
    assert met.confidence == 0.9
    assert verdicts([says("? >=20%", **STANDARD)], [says("2025 10%")]) == []
    assert verdicts([says("? >=20%", **STANDARD)], []) == []
    (kinds,) = verdicts([says("2025 20%")], [says("? >=10%", **STANDARD)])
    assert (kinds.verdict, kinds.reason) == ("incomparable", "reason.kind")


@pytest.mark.parametrize("kind", ["baseline", "forecast", "project"])
def test_facts_that_are_no_targets_take_no_part(kind):
    assert verdicts([says("2025 60%", class_=kind)], [says("2025 50%")]) == []
    (finding,) = verdicts([says("2025 60%")], [says("2020 50%", class_=kind)])
    assert finding.verdict == "absent"
    assert any("现状值" in note for note in finding.notes) is (kind == "baseline")


def test_a_shortfall_says_where_the_lower_plan_starts_from():
    start = [says("2018 30%", class_="baseline"), says("2020 40%", class_="baseline")]
    (short,) = verdicts([says("2025 60%")], [*start, says("2025 50%")])
    assert any("下位现状：2020 40%" in note for note in short.notes)
    (met,) = verdicts([says("2025 60%")], [*start, says("2025 60%")])
    assert met.notes == ()


def test_an_average_over_a_wide_area_is_less_sure_a_norm_for_its_parts():
    plain, forest = (
        verdicts([says("2025 60%", indicator=name)], [says("2025 50%")])[0]
        for name in ("月探访率", "森林覆盖率")
    )
    assert (plain.verdict, forest.verdict) == ("short", "short")
    assert forest.confidence < plain.confidence
    assert any("全域平均" in note for note in forest.notes)


TOTALS = [
    ("2025 50000张", ["2025 2000张"], "contributes", "4%"),
    ("2025 5万张", ["2025 2000张"], "contributes", "4%"),
    ("2025 100张", ["2023 2张", "2024 1张", "2025 1张"], "contributes", "4%"),
    ("2025 100张", ["2023 1张", "2024 2张", "2025 4张"], "contributes", "4%"),
    ("2023 100张", ["2023 1张", "2024 2张", "2025 4张"], "contributes", "1%"),
]


@pytest.mark.parametrize(("upper", "lower", "verdict", "gap"), TOTALS)
def test_a_part_of_a_total_is_never_short(upper, lower, verdict, gap):
    (finding,) = verdicts([says(upper, "total")], [says(each, "total") for each in lower])
    assert (finding.verdict, finding.gap) == (verdict, gap)


def test_a_part_that_comes_later_than_asked_says_so():
    (finding,) = verdicts([says("2024 100张", "total")], [says("2025 4张", "total")])
    assert (finding.verdict, finding.gap) == ("contributes", "4%")
    assert any("晚于上位时限" in note for note in finding.notes)


def test_all_known_parts_of_a_total_are_added_up():
    districts = {"a": XIHU, "b": "360102", "c": "360104"}
    documents = [plan("h", NANCHANG), *(plan(doc, place) for doc, place in districts.items())]
    statements = {doc: [says("2025 300张", "total")] for doc in districts}
    found = run({"h": [says("2025 1000张", "total")], **statements}, documents)
    assert [(each.lower_doc, each.verdict, each.gap) for each in found] == [
        (doc, "contributes", "30%") for doc in districts
    ]
    assert all("3份同级规划合计900张，占90%" in each.explanation for each in found)


def test_two_plans_of_one_place_count_once():
    documents = [plan("h", NANCHANG), plan("a", XIHU), plan("b", XIHU), plan("c", "360102")]
    statements = {doc: [says("2025 300张", "total")] for doc in "abc"}
    found = run({"h": [says("2025 1000张", "total")], **statements}, documents)
    assert all("2份同级规划合计600张" in each.explanation for each in found)


def test_totals_of_one_place_compare_directly():
    action = plan("l", NANCHANG, title="养老服务三年行动计划")
    (finding,) = verdicts([says("2025 1000张", "total")], [says("2025 800张", "total")], lower_plan=action)
    assert (finding.verdict, finding.gap) == ("short", "低200张（相对低20%）")


def test_whether_total_or_rate_must_be_known():
    (finding,) = verdicts([says("2025 10个", "unsure")], [says("2025 5个", "unsure")])
    assert (finding.verdict, finding.reason) == ("incomparable", "reason.sort")


ADDRESSED = [
    ("各设区市", NANCHANG, "short"),
    ("各设区市", XIHU, None),
    ("每个县区", XIHU, "short"),
    ("每个县区", NANCHANG, None),
    ("各县（市、区）", XIHU, "short"),
    ("各市、县（市）", NANCHANG, "short"),
    ("各市、县（市）", XIHU, "short"),
    ("各乡镇（街道）", XIHU, None),
]


@pytest.mark.parametrize(("per", "place", "verdict"), ADDRESSED)
def test_targets_put_on_each_government_meet_that_governments_plan_alone(per, place, verdict):
    upper, lower = plan("h", JIANGXI), plan("l", place)
    asked = [says("2025 >=2张", "total", per=per)]
    found = verdicts(asked, [says("2025 1张", "total")], upper_plan=upper, lower_plan=lower)
    assert [finding.verdict for finding in found] == ([verdict] if verdict else [])
    missing = verdicts(asked, [], upper_plan=upper, lower_plan=lower)
    assert [finding.verdict for finding in missing] == (["absent"] if verdict else [])


def test_addressees_are_read_from_unit_and_name_too():
    upper = plan("h", NANCHANG)
    for asked in (says("2025 2张/县区", "total"), says("2025 2张", "total", indicator="每个县区新增床位数")):
        (finding,) = verdicts([asked], [says("2025 1张", "total")], upper_plan=upper)
        assert (finding.verdict, finding.gap_value) == ("short", 1)


def test_a_number_for_each_below_is_no_total():
    (finding,) = verdicts([says("2025 1000张", "total")], [says("2025 10张", "total", per="各街道")])
    assert (finding.verdict, finding.reason) == ("incomparable", "reason.per")


ABSENT_NOTES = [
    ({"indicator": "乡镇敬老院改造率"}, "乡镇类指标"),
    ({"indicator": "义务教育巩固率"}, "其他部门"),
    ({"indicator": "养老机构消防达标率", "time": "2021"}, "早于下位规划期"),
    ({"indicator": "养老机构达标率", "time": "2030"}, "晚于下位规划期"),
    ({"indicator": "市级养护院建成率"}, "上级本级"),
]


@pytest.mark.parametrize(("fields", "note"), ABSENT_NOTES)
def test_an_absence_says_why_it_may_be_right(fields, note):
    doubtful, plain = (
        verdicts([says("2025 60%", **each)], [], lower_plan=plan("l", XIHU, period=(2023, 2025)))[0]
        for each in (fields, {"indicator": "养老机构医养结合率"})
    )
    assert (doubtful.verdict, plain.verdict, plain.notes) == ("absent", "absent", ())
    assert any(note in each for each in doubtful.notes)
    assert doubtful.confidence < plain.confidence


def test_absent_once_a_metric_with_its_last_point():
    (finding,) = verdicts([says("2023 50%"), says("2024 55%"), says("2025 60%")], [])
    assert (finding.verdict, finding.upper.time) == ("absent", "2025")


def test_an_outlines_other_subjects_are_not_absent():
    outline = plan("h", NANCHANG, title="南昌市国民经济和社会发展第十四个五年规划")
    asked = [
        says("2025 6%", indicator="地区生产总值增长率"),
        says("2025 60%", "other", indicator="养老机构护理型床位占比"),
    ]
    found = verdicts(asked, [], upper_plan=outline)
    assert [finding.upper.indicator for finding in found] == ["养老机构护理型床位占比"]


def conflicts(*said: tuple[Quantity, str]) -> list[Finding]:
    return [each for each in run({"l": list(said)}, [plan("l", XIHU)]) if each.verdict == "conflict"]


CONFLICTS = [
    ([says("2025 90%", source="table"), says("2025 100%")], ["conflict.values"]),
    ([says("2025 60%"), says("2025 >=60%")], []),
    ([says("2025 60%"), says("2025 600‰")], []),
    ([says("2025 60%"), says("2024 50%")], []),
    ([says("2025 60%"), says("? 60%")], []),
    ([says("2025 60%"), says("2025 50%", "other")], []),
    ([says("2025 60%"), says("2025 50%", class_="baseline")], []),
    ([says("2025 60%"), says("2025 50%", **STANDARD)], []),
    ([says("2025 60%"), says("2025 50%", per="各街道")], []),
    ([says("2025 60%"), says("2025 ")], []),
    ([says("2025 58%"), says("2025 60%", soft="力争")], []),
    ([says("2025 60%", soft="力争"), says("2025 58%")], []),
    ([says("2025 58%", soft="力争"), says("2025 60%", soft="力争")], ["conflict.values"]),
    ([says("2023 90%", source="table"), says("2025 100%", quote="月探访率保持在100%")], ["conflict.steady"]),
    ([says("2023 100%", source="table"), says("2025 100%", quote="月探访率保持在100%")], []),
]


@pytest.mark.parametrize(("said", "rules"), CONFLICTS)
def test_one_plan_against_itself(said, rules):
    found = conflicts(*said)
    assert [finding.rule for finding in found] == rules
    assert all(finding.upper_doc == finding.lower_doc == "l" and finding.basis is None for finding in found)


def test_bounds_that_could_both_hold_are_a_less_sure_conflict():
    (sure,), (unsure,) = (
        conflicts(says("2025 80%"), says("2025 90%")),
        conflicts(says("2025 >=80%"), says("2025 90%")),
    )
    assert unsure.confidence < sure.confidence


def test_verdicts_use_what_is_firm_before_what_is_striven_for():
    (finding,) = verdicts([says("2025 60%")], [says("2025 60%", soft="力争"), says("2025 58%")])
    assert (finding.verdict, finding.lower.value) == ("short", 58)


def test_verdicts_use_the_table_before_the_text_and_the_plan_before_its_drafting_note():
    note = says("2025 50%", section=("起草说明", "主要内容"), source="table")
    text, table = says("2025 55%"), says("2025 60%", source="table")
    (finding,) = verdicts([says("2025 60%")], [note, text, table])
    assert (finding.verdict, finding.lower.value) == ("meets", 60)
    assert any("前后不一" in each for each in finding.notes)
    (finding,) = verdicts([says("2025 60%")], [note, text])
    assert (finding.verdict, finding.lower.value) == ("short", 55)


def test_the_same_target_in_table_and_text_is_one_verdict_with_both_proofs():
    (finding,) = verdicts([says("2025 60%", source="table"), says("2025 60%")], [says("2025 60%")])
    assert finding.upper.source == "table"
    assert any("h[1:2]" in note for note in finding.notes)


def test_peers_are_only_held_side_by_side():
    documents = [plan("a", XIHU, period=(2023, 2025)), plan("b", JINGYUAN, period=(2023, 2023))]
    statements = {
        "a": [says("2025 100%"), says("2025 300张", "total")],
        "b": [says("2023 80%"), says("2023 100张", "total"), says("2023 5%", "other")],
    }
    (finding,) = run(statements, documents)
    assert (finding.verdict, finding.gap, finding.basis) == ("benchmark", "20个百分点", None)
    assert "互不隶属" in finding.explanation


def test_namesakes_are_called_by_their_full_names():
    documents = [plan("a", XIHU), plan("b", "330106")]
    (finding,) = run({doc: [says("2025 60%")] for doc in "ab"}, documents)
    assert "江西省南昌市西湖区" in finding.explanation
    assert "浙江省杭州市西湖区" in finding.explanation


def test_unrelated_untrusted_and_governed_drafts():
    upper = [says("2025 60%")]
    assert run({"a": upper, "b": [says("2025 50%", "other")]}, [plan("a", WENZHOU), plan("b", XIHU)]) == ()
    spun = plan("h", NANCHANG, trusted=False)
    assert run({"h": upper, "l": [says("2025 50%")]}, [spun, plan("l", XIHU)]) == ()
    (finding,) = verdicts(upper, [says("2025 50%")], lower_plan=plan("l", XIHU, status="draft"))
    assert finding.verdict == "short"
    assert any("征求意见稿" in note for note in finding.notes)


def test_a_draft_alone_is_checked_against_what_governs_it():
    documents = [
        plan("p", JIANGXI),
        plan("h", NANCHANG),
        plan("l", XIHU, status="draft"),
        plan("x", JINGYUAN),
    ]
    statements = {
        doc: [says(f"2025 {value}%")] for doc, value in {"p": 50, "h": 60, "l": 55, "x": 99}.items()
    }
    found = run(statements, documents, only="l")
    assert [(each.upper_doc, each.verdict) for each in found] == [("h", "short"), ("p", "exceeds")]


def test_every_verdict_names_both_sides_and_its_rule_in_both_languages():
    upper = [
        says("2022 100%"),
        says("2025 60%", "other"),
        says("2025 1000张", "total"),
        says("2025 30微克/立方米", "less"),
    ]
    lower = [says("2025 100%"), says("2025 50%", "other"), says("2025 100张", "total")]
    found = verdicts(upper, lower)
    assert {each.verdict for each in found} == {"late", "short", "contributes", "absent"}
    for each in found:
        assert each.rule
        assert each.explanation.endswith("。")
        assert each.explanation_en.endswith(".")
        for sentence in (each.explanation, each.explanation_en):
            assert "南昌市" in sentence
            assert "西湖区" in sentence
            assert not {"{", "}", "None"} & set(sentence)
            assert str(each.upper.value) in sentence
            assert each.lower is None or str(each.lower.value) in sentence


def test_plans_of_one_place_are_called_by_their_titles():
    action = plan("l", NANCHANG, title="养老服务三年行动计划")
    (finding,) = verdicts([says("2025 60%")], [says("2025 50%")], lower_plan=action)
    assert "《养老服务规划》" in finding.explanation
    assert "《养老服务三年行动计划》" in finding.explanation


def test_the_same_input_gives_the_same_findings_in_the_same_order():
    upper = [says("2025 100%"), says("2025 60%", "other"), says("2025 1000张", "total")]
    assert verdicts(upper, upper) == verdicts(upper, upper)


def test_two_upper_targets_do_not_both_meet_one_lower_metric():
    """50 % of one sort beside 60 % of the very metric: the 50 % are not held against the lower plan."""
    upper = [says("2025 60%"), says("2025 50%", "other")]
    found = {f.upper.value: f for f in verdicts(upper, [says("2025 60%")], EXACT)}
    assert (found[60].verdict, found[50].verdict, found[50].reason) == (
        "meets",
        "incomparable",
        "reason.ambiguous",
    )
    same = verdicts([says("2025 60%"), says("2025 60%", "other")], [says("2025 60%")], EXACT)
    assert [finding.verdict for finding in same] == ["meets", "meets"]


RIVALS = [
    ("2025 60%", ["2025 60%"], "2025 50%", "incomparable"),  # meets or short: not clear
    ("2025 40%", ["2025 60%"], "2025 50%", "exceeds"),  # both do
    ("2025 60%", ["2025 60%"], "2024 50%", "meets"),  # another time: no rival
]


@pytest.mark.parametrize(("upper", "lower", "rival", "verdict"), RIVALS)
def test_two_lower_metrics_of_nearly_one_name_must_agree(upper, lower, rival, verdict):
    said = [*map(says, lower), says(rival, "other")]
    (finding,) = verdicts([says(upper)], said, EXACT)
    assert finding.verdict == verdict
    assert any("相近指标" in note for note in finding.notes) is rival.startswith("2025")


@pytest.mark.parametrize(("place", "doubtful"), [(XIHU, True), ("360121", False)])
def test_a_district_that_is_not_named_among_the_counties_is_said(place, doubtful):
    asked = [says("2025 2张", "total", per="各市、县（市）")]
    for lower in ([], [says("2025 1张", "total")]):
        (finding,) = verdicts(asked, lower, upper_plan=plan("h", JIANGXI), lower_plan=plan("l", place))
        assert any("未写区" in note for note in finding.notes) is doubtful
