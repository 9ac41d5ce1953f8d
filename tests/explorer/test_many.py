"""Lists too long to be read whole: what they count, their order, their first and last part, and none at all."""

import io
import json
import re
from dataclasses import replace

import networkx as nx
import pytest

from kg import queries
from kg.explorer import compare, exporting, firsts, graph, lists, many, overview, parts, picking, reviewing
from kg.explorer.choosing import Filter
from kg.explorer.firsts import FORMS
from kg.explorer.many import Many
from kg.explorer.nearby import nearby
from kg.listing import GRAVEST_FIRST
from kg.model import Deadline, Document, Finding, Quantity
from kg.network import network, of_kinds
from kg.report.material import Scope
from kg.review import finding_key, record_key
from kg.store import open_memory
from kg.vocabulary import finding_iri, iri, record_iri
from tests.explorer.conftest import html, lay_out, show
from tests.graph_fixtures import TEXTS, knowledge

KNOWN = knowledge()
SOURCE = open_memory(KNOWN, TEXTS)
DOCS = [each.doc for each in KNOWN.documents]


def ask(question, **arguments):
    return question(SOURCE, **arguments)


def found(asked=Filter(), docs=None):  # noqa: B008
    return Many(ask, asked, docs, lists.totals(SOURCE))


def expected(passes):
    return {finding_iri(one) for one in KNOWN.findings if passes(one)}


# ---------------------------------------------------------------- verdicts by their names


@pytest.mark.parametrize(
    ("asked", "docs", "passes"),
    [
        (Filter(), None, lambda one: True),
        (Filter(verdicts=["late"]), None, lambda one: one.verdict == "late"),
        (Filter(verdicts=["late", "absent"]), None, lambda one: one.verdict in ("late", "absent")),
        (Filter(), ["district"], lambda one: one.lower_doc == "district"),
        (Filter(), [], lambda one: False),
        (
            Filter(metric="床位"),
            None,
            lambda one: (
                "床位" in one.upper.indicator or (one.lower is not None and "床位" in one.lower.indicator)
            ),
        ),
        (Filter(metric="没有这个指标"), None, lambda one: False),
        (Filter(natures=["binding"]), None, lambda one: one.upper.nature == "binding"),
        (Filter(natures=["none"]), None, lambda one: one.upper.nature is None),
        (Filter(natures=["none", "binding"]), None, lambda one: one.upper.nature in (None, "binding")),
        (
            Filter(natures=["expected"], verdicts=["late"]),
            ["district"],
            lambda one: (one.upper.nature, one.verdict, one.lower_doc) == ("expected", "late", "district"),
        ),
    ],
)
@pytest.mark.parametrize("most", [0, 1500])
def test_a_filter_lets_the_same_pass_as_one_by_one(monkeypatch, asked, docs, passes, most):
    monkeypatch.setattr(many, "MOST_PLANS", most)
    left = found(asked, docs)
    count = sum(left.counts().values())
    assert set(left.part(0, count)) == expected(passes)
    assert count == len(expected(passes))


def test_every_part_follows_the_one_before_and_the_gravest_come_first():
    whole = found()
    count = sum(whole.counts().values())
    assert count == len(KNOWN.findings) > 3
    pieces = [name for at in range(0, count, 3) for name in whole.part(at, at + 3)]
    assert pieces == whole.part(0, count)
    verdict = {finding_iri(one): one.verdict for one in KNOWN.findings}
    ranks = [GRAVEST_FIRST.index(verdict[name]) for name in pieces]
    assert ranks == sorted(ranks)
    assert whole.part(count, count + 3) == []
    assert whole.part(0, 0) == []


def test_the_first_part_of_all_verdicts_asks_for_no_more_than_it_shows():
    asked = []

    def noted(question, **arguments):
        asked.append(arguments)
        return question(SOURCE, **arguments)

    totals = lists.totals(SOURCE)
    first = next(verdict for verdict in GRAVEST_FIRST if totals[verdict])
    Many(noted, Filter(), None, totals).part(0, totals[first])
    assert asked == [{"verdict": first}]


def test_named_verdicts_are_read_whole():
    names = [finding_iri(one) for one in KNOWN.findings]
    assert queries.findings_named(SOURCE, names) == queries.findings(SOURCE)
    assert queries.findings_named(SOURCE, [iri("kg:nothing")]) == []
    upper = KNOWN.findings[0].upper
    on = [one for one in KNOWN.findings if upper.id in (one.upper.id, one.lower and one.lower.id)]
    assert on
    assert queries.findings_on(SOURCE, upper.doc, upper.id) == {finding_iri(one): one.verdict for one in on}
    assert queries.findings_on(SOURCE, upper.doc, "nothing") == {}


# ---------------------------------------------------------------- parts of lists on the page


PLACES = """
import streamlit as st
st.session_state["page"] = "overview"
from kg.explorer.parts import places
st.session_state["places"] = places({count}, "overview", "part", 10)
"""


@pytest.mark.parametrize(
    ("count", "part", "places", "leads"),
    [
        (0, None, (0, 0), []),
        (10, "3", (0, 10), []),
        (11, None, (0, 10), ["part=1"]),
        (11, "1", (10, 11), ["part=0"]),
        (35, "2", (20, 30), ["part=0", "part=1", "part=3"]),
        (35, "99", (30, 35), ["part=0", "part=2"]),
        (35, "-3", (0, 10), ["part=1", "part=3"]),
        (35, "x", (0, 10), ["part=1", "part=3"]),
    ],
)
def test_the_address_says_which_part_is_shown(opened, count, part, places, leads):
    from streamlit.testing.v1 import AppTest

    test = AppTest.from_string(PLACES.format(count=count))
    if part is not None:
        test.query_params["part"] = part
    test.run()
    assert test.session_state["places"] == places
    assert all(lead in html(test) for lead in leads)
    assert (f"{count}" in html(test)) == (count > 10)


@pytest.fixture(scope="module")
def towns(tmp_path_factory):
    """A graph of one province's plan and thirty counties', each behind it in one metric."""
    plans = [
        Document(doc="above", start=0, end=1, quote="省", title="甲省规划", level="province", place="360000")
    ]
    plans += [
        Document(doc=f"town{at:02}", start=0, end=1, quote="县", title=f"{at:02}县规划", level="county")
        for at in range(30)
    ]
    said = {
        each.doc: Quantity(
            doc=each.doc, id="quantity-1", start=0, end=1, quote="率", indicator="率", nature="binding"
        )
        for each in plans
    }
    verdicts = tuple(
        Finding(
            upper=said["above"],
            lower=said[plan.doc],
            upper_doc="above",
            lower_doc=plan.doc,
            verdict="late" if at % 3 else "short",
            explanation="差",
            explanation_en="behind",
            confidence=0.5 + at / 100,
        )
        for at, plan in enumerate(plans[1:])
    )
    known = replace(
        knowledge(),
        documents=tuple(plans),
        quantities=tuple(said.values()),
        findings=verdicts,
        citations=(),
        goals=(),
        assignments=(),
        tasks=(),
        deadlines=tuple(
            Deadline(
                doc=plan.doc, id="deadline-1", start=0, end=1, quote="办", what="办", time=f"{2030 - at % 7}"
            )
            for at, plan in enumerate(plans)
        ),
        repairs=(),
        governs=(),
        stubs=(),
        similar=(),
        concepts=(),
        concept_of={},
        alignments=(),
    )
    return lay_out(tmp_path_factory.mktemp("towns"), known, {each.doc: "规划" for each in plans})


@pytest.fixture
def large(towns, monkeypatch):
    """The pages on that graph, as if it were too large to be read whole."""
    monkeypatch.setenv("KG_GRAPH", str(towns))
    monkeypatch.setattr(parts, "ROWS", 10)
    monkeypatch.setattr(parts.places, "__defaults__", ("part", 10))
    monkeypatch.setattr(compare, "WHOLE", 5)
    monkeypatch.setattr(compare, "MOST_EXPORTED", 7)
    for module in (picking, compare):
        monkeypatch.setattr(module, "MOST", 5)
    monkeypatch.setattr(graph, "_WHOLE", 5)
    monkeypatch.setattr(reviewing, "ledger_of", lambda where: towns / "review.jsonl")
    return show


def rows(test):
    return html(test).count("<tr") - html(test).count("<thead><tr")


def test_all_verdicts_are_paged_the_gravest_first(large):
    first, last = large("compare", scope="all"), large("compare", scope="all", part="2")
    assert not first.exception
    assert rows(first) == rows(last) == 10
    assert html(first).count(">▼") == 10
    assert html(last).count(">▼") == 0
    assert "第1–10条，共30条" in html(first)
    assert "第21–30条，共30条" in html(last)
    assert any("7" in each.value and "30" in each.value for each in first.warning)


def test_verdicts_of_a_place_are_read_whole_once_they_are_few(large):
    test = large("compare", scope="all", where="07县")
    assert not test.exception
    assert rows(test) == 1
    assert not test.warning
    assert rows(large("compare", scope="all", level="county", verdict="short")) == 10


def test_a_place_without_verdicts_says_so(large):
    test = large("compare", scope="all", where="没有这个县")
    assert not test.exception
    assert rows(test) == 0
    assert test.info


def test_a_verdict_opens_though_its_part_is_not_shown(large):
    name = html(large("compare", scope="all", part="2")).split("open=")[1][:12]
    test = large("compare", scope="all", open=name)
    assert "<blockquote>" in html(test)


def test_the_overview_shows_the_most_lagging_first_and_the_rest_by_parts(large, monkeypatch):
    monkeypatch.setattr(overview, "_PLANS", 10)
    first = html(large("overview"))
    assert "pairs=1" in first
    assert first.index("00县规划") < first.index("03县规划")
    assert "第31–31条，共31条" in html(large("overview", pairs="3"))
    narrowed = html(large("overview", where="07县"))
    assert "07县规划" in narrowed
    assert "08县规划" not in narrowed


def test_a_box_offers_few_plans_and_says_how_many_there_are(large):
    test = large("compare")
    lower = next(box for box in test.selectbox if box.key == "compare.lower")
    assert len(lower.options) == 5
    assert any("31" in each.value for each in test.caption)
    narrowed = large("compare", lower_find="29县")
    lower = next(box for box in narrowed.selectbox if box.key == "compare.lower")
    assert lower.value == "town29"
    assert (
        next(box for box in large("compare", lower="town29").selectbox if box.key == "compare.lower").value
        == "town29"
    )
    assert not large("compare", lower_find="没有").exception


def test_what_to_review_comes_part_by_part_the_least_certain_first(large):
    test = large("review", about="finding")
    assert not test.exception
    assert "0.50" in html(test)
    assert "第1–10条，共30条" in html(test)
    last = html(large("review", about="finding", part="2"))
    assert "0.79" in last


def test_the_graph_page_asks_for_neighbours_only(large):
    test = large("graph", node="document:above", kind="late")
    assert not test.exception
    assert "town01" in html(test)
    assert "town00" not in html(test)


def test_agencies_are_paged_by_their_duties(opened, monkeypatch):
    monkeypatch.setattr(parts.places, "__defaults__", ("part", 1))
    everyone = list(lists.agencies(SOURCE))
    assert len(everyone) > 1
    for at, name in enumerate(everyone):
        shown = html(opened("agencies", part=str(at)))
        assert [other for other in everyone if f">{other}</a>" in shown] == [name]


def test_deadlines_are_paged_the_earliest_first(large):
    shown = [html(large("deadlines", part=str(at))) for at in range(4)]
    assert [page.count("fact=deadline-1") for page in shown] == [10, 10, 10, 1]
    assert "第31–31条，共31条" in shown[3]
    assert "<strong>2024</strong> · 4<ul>" in shown[0]
    assert "<strong>2026</strong> · 2 / 4<ul>" in shown[0]
    times = [time for page in shown for time in re.findall("<strong>(20..)</strong>", page)]
    assert times == sorted(times)
    assert set(times) == {str(2030 - at) for at in range(7)}
    of_one = html(large("deadlines", doc="town03", doc_find="03县"))
    assert of_one.count("fact=deadline-1") == 1
    assert html(large("deadlines", q="办", year="2030")).count("fact=deadline-1") == 5
    assert large("deadlines", q="没有这件事").info


# ---------------------------------------------------------------- neighbours


@pytest.mark.parametrize("start", ["document:city", "metric:visits", "agency:南昌市民政局", "place:360100"])
def test_one_step_of_neighbours_is_what_the_whole_network_has(start):
    whole = network(SOURCE)
    if start not in whole:
        start = next(node for node in whole if node.startswith(start.partition(":")[0]))
    kinds = tuple({key for *_, key in whole.edges(keys=True)})
    near, cut = nearby(SOURCE, start, kinds, 1)
    assert not cut
    assert set(near) == {start, *nx.all_neighbors(whole, start)}
    touching = {edge for edge in whole.edges(keys=True) if start in edge[:2]}
    assert set(near.edges(keys=True)) == touching
    for edge in touching:
        assert near.edges[edge]["weight"] == whole.edges[edge]["weight"]
    assert {node: near.nodes[node]["label"] for node in near} == {
        node: whole.nodes[node]["label"] for node in near
    }


def test_two_steps_reach_what_two_steps_of_the_network_reach():
    whole = network(SOURCE)
    near, _ = nearby(SOURCE, "document:district", ("governs", "duty"), 2)
    assert set(near) == set(
        nx.ego_graph(of_kinds(whole, ("governs", "duty")), "document:district", 2, undirected=True)
    )


def test_too_many_neighbours_are_cut_and_that_is_said(monkeypatch):
    from kg.explorer import nearby as module

    monkeypatch.setattr(module, "MOST", 2)
    near, cut = nearby(SOURCE, "document:city", ("duty", "targets"), 1)
    assert cut
    assert len(near) == 2
    assert "document:city" in near


def test_a_node_that_there_is_not_stands_alone():
    near, cut = nearby(SOURCE, "document:nobody", ("governs",), 2)
    assert (set(near), cut) == ({"document:nobody"}, False)


# ---------------------------------------------------------------- what is kept


@pytest.mark.parametrize("name", FORMS)
def test_what_is_kept_reads_back_as_it_was(name):
    form = FORMS[name]
    made = form.ask(SOURCE)
    back = form.read(json.loads(json.dumps(form.write(made), ensure_ascii=False)))
    assert back == made
    assert list(back) == list(made)


def test_first_lists_of_a_large_build_are_kept_beside_it_and_asked_once(tmp_path, monkeypatch):
    folder = lay_out(tmp_path, KNOWN, TEXTS)
    monkeypatch.setattr(firsts, "LARGE", 1)
    monkeypatch.setattr(firsts, "_held", {})
    version = str(next((folder / "graph").glob("store-*")))
    plans = firsts.first("plans", lambda: SOURCE, str(folder), version)
    assert plans == lists.plans(SOURCE)
    kept = folder / "explorer" / f"{version.rpartition('/')[2]}-plans.json"
    assert kept.is_file()
    monkeypatch.setattr(firsts, "_held", {})
    assert firsts.first("plans", lambda: None, str(folder), version) == plans
    kept.write_text("[{", "utf-8")
    monkeypatch.setattr(firsts, "_held", {})
    assert firsts.first("plans", lambda: SOURCE, str(folder), version) == plans
    assert json.loads(kept.read_text("utf-8"))
    stale = folder / "explorer" / "store-0000-plans.json"
    stale.write_text("[]", "utf-8")
    firsts.first("totals", lambda: SOURCE, str(folder), version)
    assert not stale.exists()


def test_what_first_screens_need_is_prepared_once_a_build(tmp_path, monkeypatch):
    folder = lay_out(tmp_path, KNOWN, TEXTS)
    monkeypatch.setattr(firsts, "LARGE", 1)
    monkeypatch.setattr(firsts, "_held", {})
    begun = []
    firsts.prepare(str(folder), lambda: begun.append("begun"))
    names = {path.stem.rpartition("-")[2] for path in (folder / "explorer").iterdir()}
    assert names == set(FORMS) - firsts.LATER
    monkeypatch.setattr(firsts, "_held", {})
    monkeypatch.setattr(firsts, "first", lambda *_: pytest.fail("asked again"))
    firsts.prepare(str(folder), lambda: begun.append("begun again"))
    assert begun == ["begun"]


def test_a_small_build_keeps_no_files(tmp_path, monkeypatch):
    folder = lay_out(tmp_path, KNOWN, TEXTS)
    monkeypatch.setattr(firsts, "_held", {})
    firsts.first("plans", lambda: SOURCE, str(folder), "store")
    assert not (folder / "explorer").exists()


# ---------------------------------------------------------------- review


def test_doubt_is_read_from_nodes_as_from_records():
    names = [finding_iri(one) for one in KNOWN.findings]
    every = {*reviewing.doubtful(SOURCE)["finding"], *reviewing.certain(SOURCE)}
    assert every == set(names)
    doubted = [one for one in KNOWN.findings if one.confidence < 1]
    assert set(reviewing.doubtful(SOURCE)["finding"]) == {finding_iri(one) for one in doubted}
    assert [item.of for item in reviewing.read(SOURCE, "finding", names)] == [
        item.of for item in reviewing.verdicts(KNOWN.findings, ())
    ]


def test_keys_of_a_ledger_lead_to_their_nodes():
    for one in KNOWN.findings:
        assert finding_iri(one) in reviewing.nodes_of(SOURCE, "finding", [finding_key(one)])
    record = KNOWN.quantities[0]
    assert reviewing.nodes_of(SOURCE, "record", [record_key(record)]) == {record_iri(record.doc, record.id)}
    assert reviewing.nodes_of(SOURCE, "finding", []) == set()


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("ending", exporting.MEDIA)
def test_a_file_of_a_large_graph_says_what_the_file_of_the_whole_says(monkeypatch, ending):
    late = [one for one in KNOWN.findings if one.lower_doc == "district"]
    scope = Scope(upper="city", lower="district")
    wanted = {"lang": "zh", "ending": ending, "filtered": True}
    late = [one for one in late if one.upper_doc == "city"]
    assert late
    gathered = exporting.exported(SOURCE, "nowhere", scope, late, **wanted)
    monkeypatch.setattr(exporting, "LARGE", 0)
    named = exporting.exported(SOURCE, "nowhere", scope, late, **wanted)
    assert texts_in(named, ending) == texts_in(gathered, ending)


def test_a_file_on_very_many_plans_holds_every_finding_and_the_targets_compared(monkeypatch):
    monkeypatch.setattr(exporting, "BESIDE", 0)
    made = exporting.about(SOURCE, "nowhere", Scope(), KNOWN.findings)
    assert made.findings == KNOWN.findings
    compared = {side.id for one in KNOWN.findings for side in (one.upper, one.lower) if side}
    assert {each.id for each in made.quantities} == compared
    assert set(made.contexts) == {(each.doc, each.id) for each in made.quantities}


def texts_in(made, ending):
    if ending == ".xlsx":
        from openpyxl import load_workbook

        return [
            [cell.value for cell in row]
            for sheet in load_workbook(io.BytesIO(made))
            for row in sheet.iter_rows()
        ]
    from docx import Document as Docx

    return [each.text for each in Docx(io.BytesIO(made)).paragraphs]
