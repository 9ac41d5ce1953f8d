"""What a report says is what the graph says: its figures are counted again by SPARQL, its quotes looked up."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from kg.errors import UsageError
from kg.model import Finding
from kg.report import dated
from kg.report.content import compose, gap_of
from kg.report.material import Material, Scope, gather, text_keys_of
from kg.report.words import note_in, plan_names, printable
from kg.store import open_memory
from tests import graph_fixtures
from tests.corpus_graph import corpus, corpus_graph

SCOPES = {
    "lower": Scope(lower="xihu"),
    "upper": Scope(upper="jiangxi"),
    "pair": Scope(lower="xihu", upper="nanchang"),
    "place": Scope(place="360000"),
    "chain": Scope(chain="xihu"),
    "corpus": Scope(),
}
#: what a scope means, in SPARQL over ?lower and ?upper (documents' ids)
FILTERS = {
    "lower": '?lower = "xihu"',
    "upper": '?upper = "jiangxi"',
    "pair": '?lower = "xihu" && ?upper = "nanchang"',
    "place": '?lower IN ("jiangxi", "nanchang", "xihu")',
    "chain": '?lower IN ("xihu", "nanchang", "jiangxi") && ?upper IN ("xihu", "nanchang", "jiangxi")',
    "corpus": "true",
}
COUNT = """
SELECT ?verdict (COUNT(?f) AS ?n) WHERE {
  ?f a kg:Finding ; kg:verdict ?v ; kg:upperDocument ?u ; kg:lowerDocument ?l .
  BIND(REPLACE(STR(?v), "^.*verdict-", "") AS ?verdict)
  BIND(REPLACE(STR(?u), "^.*/", "") AS ?upper) BIND(REPLACE(STR(?l), "^.*/", "") AS ?lower)
  FILTER(?verdict != "benchmark" && (%s))
} GROUP BY ?verdict"""


@pytest.fixture(scope="module", params=SCOPES)
def scoped(request):
    return request.param, compose(gather(corpus_graph(), SCOPES[request.param]), "zh", "2026-01-31")


def test_the_counts_are_those_of_the_graph(scoped):
    name, report = scoped
    rows = corpus_graph().select(COUNT % FILTERS[name])
    assert {verdict: n for verdict, _, n in report.counts if n} == {row["verdict"]: row["n"] for row in rows}


def test_every_finding_stands_in_exactly_one_section(scoped):
    _, report = scoped
    shown = [entry.id for entry in report.entries]
    assert Counter(shown) == Counter(set(shown))
    assert len(shown) == len(report.material.findings)


def test_the_tally_adds_up(scoped):
    _, report = scoped
    asked = sum(n for verdict, _, n in report.counts if verdict != "conflict")
    said = f"共{asked}项" if asked else "没有可以对照的要求"
    assert any(said in line for line in report.summary)


def test_every_quote_stands_where_the_report_says(scoped):
    _, report = scoped
    _, texts = corpus()
    for entry in report.entries:
        for side in filter(None, (entry.upper, entry.lower)):
            quoted = texts[side.doc][side.start : side.end]
            assert " ".join(quoted.split()) == side.quote
            assert (
                "".join(side.before.split())
                == "".join(texts[side.doc][: side.start].split())[-len("".join(side.before.split())) :]
                or not side.before
            )


def test_the_missing_documents_are_those_that_the_chain_cites():
    report = compose(gather(corpus_graph(), Scope(lower="nanchang")))
    rows = corpus_graph().select(
        "SELECT DISTINCT ?stub WHERE { ?c kg:inDocument ?doc ; kg:resolvesTo ?stub . "
        '?stub a kg:MissingDocument . FILTER(STRENDS(STR(?doc), "/nanchang")) }'
    )
    ids = {row.stub.id for row in report.material.missing if "nanchang" in row.stub.cited_by}
    assert len(ids) == len(rows) > 0
    assert [each.governs for each in report.missing] == sorted(
        (each.governs for each in report.missing), reverse=True
    )


def test_duties_are_counted_agency_by_agency():
    report = compose(gather(corpus_graph(), Scope(lower="xihu")))
    rows = corpus_graph().select(
        'SELECT ?name ?n WHERE { ?a skos:prefLabel ?name ; kg:dutyCount ?n . FILTER(CONTAINS(?name, "西湖")) }'
    )
    known = {row["name"]: row["n"] for row in rows}
    assert report.loads
    assert {load.agency: load.total for load in report.loads} == {
        load.agency: known[load.agency] for load in report.loads
    }


# ---------------------------------------------------------------- order


def fixture_findings() -> dict[str, Finding]:
    return {each.verdict: each for each in graph_fixtures.knowledge().findings}


def natured(finding: Finding, nature: str | None, verdict: str) -> Finding:
    return replace(finding, verdict=verdict, upper=replace(finding.upper, nature=nature))


def test_binding_stands_before_expected_and_short_before_late():
    one = fixture_findings()["short"]
    drawn = [
        natured(one, nature, verdict)
        for nature in ("expected", None, "binding")
        for verdict in ("weaker", "late", "short")
    ]
    documents = {each.doc: each for each in graph_fixtures.documents()}
    report = compose(Material(lowers=("district",), documents=documents, findings=tuple(drawn)))
    assert [(entry.finding.upper.nature, entry.verdict) for entry in report.shortfalls] == [
        (nature, verdict)
        for nature in ("binding", None, "expected")
        for verdict in ("short", "late", "weaker")
    ]


@pytest.mark.parametrize(
    ("verdict", "gap", "value", "unit", "zh", "en"),
    [
        ("late", "3年", 3, "年", "迟3年", "3 years late"),
        (
            "short",
            "低5个百分点（相对低8.3%）",
            5,
            "个百分点",
            "低5个百分点（相对低8.3%）",
            "5 percentage points",
        ),
        ("exceeds", "5个百分点", 5, "个百分点", "优于要求5个百分点", "5 percentage points better than asked"),
        ("contributes", "12.5%", "12.5", "%", "占12.5%", "12.5% of it"),
        ("meets", None, None, None, "", ""),
    ],
)
def test_a_gap_says_which_way_it_goes(verdict, gap, value, unit, zh, en):
    finding = replace(
        fixture_findings()["short"],
        verdict=verdict,
        gap=gap,
        gap_value=None if value is None else Decimal(value),
        gap_unit=unit,
    )
    assert (gap_of(finding, "zh"), gap_of(finding, "en")) == (zh, en)


# ---------------------------------------------------------------- words


def test_a_draft_and_untrusted_texts_are_named_at_the_head():
    report = compose(gather(corpus_graph(), Scope()))
    assert any("征求意见稿" in line and "西湖区" in line for line in report.summary)
    assert any("不可信" in line for line in report.summary)
    assert not any("征求意见稿" in note for entry in report.entries for note in entry.notes if entry.basis)


def test_plans_of_one_place_are_told_apart():
    one, other = (
        replace(graph_fixtures.documents()[0], doc=doc, title=title)
        for doc, title in (("a", "甲规划"), ("b", "乙规划"))
    )
    assert plan_names([one]) == {"a": "南昌市"}
    assert plan_names([one, other]) == {"a": "南昌市《甲规划》", "b": "南昌市《乙规划》"}


@pytest.mark.parametrize(
    ("note", "zh", "en"),
    [
        ("总量指标 (a total)", "总量指标", "a total"),
        ("同一内容另见 a[1:2] (also at a[1:2] (twice))", "同一内容另见 a[1:2]", "also at a[1:2] (twice)"),
        ("张三 已复核 (reviewed): 属实", "张三 已复核 (reviewed): 属实", "张三 已复核 (reviewed): 属实"),
    ],
)
def test_a_caution_is_given_in_the_reports_language(note, zh, en):
    assert (note_in(note, "zh"), note_in(note, "en")) == (zh, en)


def test_what_no_format_can_hold_is_shown_as_such():
    assert printable("老\x0b人\ud800\ttab") == "老�人�\ttab"


# ---------------------------------------------------------------- scope, date, hash


def test_an_unknown_document_is_refused():
    with pytest.raises(UsageError, match="known"):
        gather(corpus_graph(), Scope(lower="nowhere"))


def test_an_unknown_place_is_refused():
    with pytest.raises(UsageError, match="six digits"):
        gather(corpus_graph(), Scope(place="999999"))


def test_a_plan_that_nothing_governs_says_so():
    report = compose(gather(corpus_graph(), Scope(lower="shangqiu")))
    assert "没有高于" in report.summary[0]
    assert not report.shortfalls


def test_the_hash_follows_the_records():
    knowledge = graph_fixtures.knowledge()
    one = gather(open_memory(knowledge), Scope(lower="district"))
    again = gather(open_memory(knowledge), Scope(lower="district"))
    changed = replace(one, findings=(replace(one.findings[0], confidence=0.5), *one.findings[1:]))
    assert one.digest() == again.digest() != changed.digest()


def test_the_date_is_never_the_clocks(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert dated(tmp_path) is None
    assert dated("http://127.0.0.1:1/query") is None
    pointer = tmp_path / "graph" / "CURRENT"
    pointer.parent.mkdir()
    pointer.write_text("store-1")
    import os

    os.utime(pointer, (1_700_000_000, 1_700_000_000))
    assert dated(tmp_path) == "2023-11-15", "half past six in the morning in China"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert dated(tmp_path) == "2023-11-14", "UTC, as the convention has it"
    assert dated(tmp_path, "2026-01-31") == "2026-01-31"
    with pytest.raises(UsageError, match="not a date"):
        dated(tmp_path, "31.1.2026")


def test_text_hashes_come_from_the_build(tmp_path):
    (tmp_path / "build.json").write_text('{"texts": {"a": "0123"}}')
    assert text_keys_of(tmp_path) == {"a": "0123"}
    assert text_keys_of(tmp_path / "none") == text_keys_of("http://127.0.0.1/") == {}
