"""What the five files of the corpus come to: links, governing pairs and the verdicts that must be found."""

from pathlib import Path

import pytest

from kg.corpus import find
from kg.knowledge import conclude
from kg.model import Finding, Knowledge
from kg.stage import read_source

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The whole corpus read and linked by structure alone, without an encoder."""
    sources, faults = find([DATA])
    assert not faults
    return conclude(record for source in sources for record in read_source(source).records)


def test_of_all_citations_only_one_leads_to_another_held_document(knowledge):
    held = {document.doc for document in knowledge.documents}
    links = {(c.doc, c.resolves_to) for c in knowledge.citations if c.resolves_to in held}
    assert {link for link in links if link[0] != link[1]} == {("xihu", "nanchang")}


def test_who_governs_whom(knowledge):
    held = {document.doc for document in knowledge.documents}
    pairs = [(g.upper, g.lower, g.basis) for g in knowledge.governs if g.upper in held]
    assert pairs == [
        ("jiangxi", "nanchang", "implied"),
        ("nanchang", "xihu", "cited"),
        ("jiangxi", "xihu", "implied"),
    ]


def verdict_on(knowledge: Knowledge, upper: str, lower: str, metric: str) -> list[Finding]:
    return [
        each
        for each in knowledge.findings
        if (each.upper_doc, each.lower_doc) == (upper, lower) and metric in each.upper.indicator
    ]


def test_the_monthly_visits_are_met_for_2025_and_three_years_late_for_2022(knowledge):
    found = {each.upper.time: each for each in verdict_on(knowledge, "nanchang", "xihu", "月探访率")}
    assert {time: each.verdict for time, each in found.items()} == {"2022": "late", "2025": "meets"}
    assert (found["2022"].gap, found["2022"].lower.time, found["2022"].basis) == ("3年", "2025", "cited")


MET = [
    "新建居住(小)区按标配套建设社区养老服务设施达标率",
    "养老机构护理型床位占比",
    "每千名老年人社会工作者配比",
    "有意愿入住的特困人员集中供养率",
    "养老机构医养结合服务覆盖率",
]
NOT_MENTIONED = [
    "设立老年医学科的二级及以上综合型医院占比",
    "基本养老保险参保率",
    "养老护理人员培训上岗率",
    "县级失能专业照护机构",
]


@pytest.mark.parametrize("metric", MET)
def test_what_xihu_meets(knowledge, metric):
    assert [each.verdict for each in verdict_on(knowledge, "nanchang", "xihu", metric)] == ["meets"]


@pytest.mark.parametrize("metric", NOT_MENTIONED)
def test_what_xihu_does_not_mention(knowledge, metric):
    assert [each.verdict for each in verdict_on(knowledge, "nanchang", "xihu", metric)] == ["absent"]


def test_what_jiangxi_puts_on_every_prefecture_is_asked_of_nanchang_and_of_no_district(knowledge):
    for metric in ("养老服务联合体", "标准化养老院"):
        assert [each.verdict for each in verdict_on(knowledge, "jiangxi", "nanchang", metric)] == ["absent"]
        assert verdict_on(knowledge, "jiangxi", "xihu", metric) == []


def test_nobody_is_called_short_and_no_verdict_stands_between_unrelated_places(knowledge):
    related = {(g.upper, g.lower) for g in knowledge.governs}
    for each in knowledge.findings:
        assert each.verdict != "short"
        if each.verdict not in ("benchmark", "conflict"):
            assert (each.upper_doc, each.lower_doc) in related


def test_xihus_kept_rate_contradicts_its_table(knowledge):
    found = [each for each in knowledge.findings if each.verdict == "conflict"]
    assert [(each.upper_doc, each.rule) for each in found] == [("xihu", "conflict.steady")]


def test_every_finding_quotes_both_sides(knowledge):
    records = {(quantity.doc, quantity.id): quantity for quantity in knowledge.quantities}
    for each in knowledge.findings:
        for side in filter(None, (each.upper, each.lower)):
            assert records[side.doc, side.id] == side
            assert side.quote
