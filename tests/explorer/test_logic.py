"""The explorer's logic without a page: filters, rankings, drawings, charts, marked text, limits."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kg.errors import UsageError
from kg.explorer import asking, lists, meaning, neighbours, plots, reviewing
from kg.explorer.agencies import due
from kg.explorer.choosing import Filter, answering, of_chain, wanted
from kg.explorer.drawing import MISSING, drawing, folded, quoted
from kg.explorer.exporting import exported
from kg.explorer.lists import Hit, Plan
from kg.explorer.query import as_csv
from kg.explorer.ranking import rankings
from kg.explorer.reading import marked, outline
from kg.explorer.search import passing
from kg.explorer.tracing import step_names, traced
from kg.model import Alignment, Concept, Deadline, Knowledge, Quantity
from kg.network import network
from kg.report.material import Scope
from kg.store import open_memory, previous, write
from kg.trace import Step
from tests.graph_fixtures import TEXTS, knowledge

KNOWN = knowledge()
SOURCE = open_memory(KNOWN, TEXTS)


def names(findings):
    return [each.verdict for each in findings]


# ---------------------------------------------------------------- which findings


@pytest.mark.parametrize(
    ("asked", "passes"),
    [
        (Filter(), lambda one: True),
        (Filter(verdicts=["late"]), lambda one: one.verdict == "late"),
        (Filter(metric="月探访率"), lambda one: "月探访率" in one.upper.indicator),
        (Filter(natures=["binding"]), lambda one: one.upper.nature == "binding"),
        (Filter(agencies=["甲局"]), lambda one: one.verdict == "late"),
    ],
)
def test_filters(asked, passes):
    kept = wanted(KNOWN.findings, asked, lambda one: ["甲局"] if one.verdict == "late" else ["乙局"])
    assert sorted(names(kept)) == sorted(names(one for one in KNOWN.findings if passes(one)))
    assert kept


def test_an_empty_filter_is_false_and_any_other_true():
    assert not Filter()
    assert Filter(metric="a")


def test_a_chain_keeps_verdicts_between_its_own_plans():
    assert {(one.upper_doc, one.lower_doc) for one in of_chain(KNOWN.findings, {"city", "district"})} <= {
        ("city", "district"),
        ("city", "city"),
        ("district", "district"),
    }
    assert not of_chain(KNOWN.findings, {"peer"})


def test_who_answers_for_a_value_is_read_from_its_innermost_task():
    task = next(each for each in KNOWN.tasks)
    duty = next(each for each in KNOWN.assignments if each.doc == task.doc)
    inside = Quantity(doc=task.doc, start=task.start, end=task.start + 1, quote="x")
    outside = replace(inside, start=task.body_end + 100, end=task.body_end + 101)
    assert answering(inside, [task], [duty]) == tuple(role.name for role in duty.agencies)
    assert answering(outside, [task], [duty]) == ()


# ---------------------------------------------------------------- lists


def test_plans_come_higher_levels_first_and_show_their_place():
    plans = lists.plans(SOURCE)
    levels = [plan.level for plan in plans.values()]
    assert levels == sorted(levels, key=["prefecture", "county", None].index)
    assert plans["city"].number == "洪府办发〔2022〕26号"


@pytest.mark.parametrize(
    ("plan", "name"),
    [
        (Plan(doc="a", title="南昌市养老规划", where="江西省南昌市"), "南昌市养老规划"),
        (Plan(doc="a", title="养老规划", where="江西省南昌市"), "江西省南昌市 · 养老规划"),
        (Plan(doc="a", title=None), "a"),
    ],
)
def test_a_plan_is_called_by_title_and_place(plan, name):
    assert plan.name == name


def test_counts_add_up_to_all_findings():
    assert sum(sum(each.values()) for each in lists.counts(SOURCE).values()) == len(KNOWN.findings)


def test_changes_between_two_builds():
    fewer = open_memory(replace(KNOWN, findings=KNOWN.findings[1:]), TEXTS)
    found = lists.changes(SOURCE, fewer)
    assert len(found.findings_added) == 1
    assert not found.findings_gone
    assert not lists.changes(SOURCE, SOURCE)
    assert len(lists.changes(fewer, SOURCE).findings_gone) == 1


def test_the_build_before_is_found_while_it_is_there(tmp_path):
    write(KNOWN, TEXTS, tmp_path)
    assert previous(tmp_path) is None
    write(replace(KNOWN, findings=()), TEXTS, tmp_path)
    assert lists.verdicts(previous(tmp_path)).keys() == lists.verdicts(SOURCE).keys()


@pytest.mark.parametrize("words", ["床位", "探访", '"); DROP', "\\", "民政局"])
def test_exact_search_finds_what_quotes_metrics_and_tasks_hold(words):
    every = lists.texts(SOURCE)
    assert {hit.id for hit in lists.hits(SOURCE, words)} == {
        hit.id for hit in every if words in hit.quote or words in hit.label
    }


def test_search_filters():
    held = {
        "a": Plan(doc="a", title="A", level="county", where="甲"),
        "b": Plan(doc="b", title="B", level="province"),
    }
    found = [Hit("a", "1", "goal", "x", "", "2025", 0), Hit("b", "2", "task", "y", "", "", 0)]
    assert passing(found, held) == found
    assert passing(found, held, kinds=["goal"]) == found[:1]
    assert passing(found, held, levels=["province"]) == found[1:]
    assert passing(found, held, places=["甲"], years=["2025"]) == found[:1]
    assert passing(found, held, years=["2024"]) == []


class Letters:
    """An encoder by letters: a text is what of 甲乙丙 stands in it."""

    name = "letters"

    def encode(self, sentences):
        import numpy as np

        rows = np.array([[letter in text for letter in "甲乙丙"] for text in sentences], dtype=float).reshape(
            -1, 3
        )
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)


def test_search_by_meaning_ranks_by_nearness_and_leaves_the_far_out():
    found = [Hit("a", str(at), "goal", text, "", "", at) for at, text in enumerate(["丙", "甲乙", "甲"])]
    near = meaning.nearest(meaning.indexed(found, Letters()), "甲", Letters())
    assert [hit.quote for hit in near] == ["甲", "甲乙"]
    assert near[0].score > near[1].score
    assert meaning.nearest(meaning.indexed([], Letters()), "甲", Letters()) == []


# ---------------------------------------------------------------- rankings and dates


def value(doc, number, **more):
    fields = {"unit": "%", "time": "2025", "class_": "target"} | more
    return Quantity(doc=doc, start=0, end=1, quote="x", value=Decimal(number), indicator="率", **fields)


def test_a_ranking_keeps_targets_and_today_apart_and_takes_the_latest():
    found = rankings(
        Concept(id="m", label="率", names=()),
        {
            "a": [value("a", 50, time="2023"), value("a", 60), value("a", 10, class_="baseline")],
            "b": [value("b", 70)],
            "c": [value("c", 60)],
        },
    )
    assert [(row.place, row.quantity.doc, row.value) for row in found[0].rows] == [
        (1, "b", 70),
        (2, "a", 60),
        (2, "c", 60),
    ]
    assert len(found) == 1


def test_where_less_is_better_the_lowest_stands_on_top():
    less = Concept(id="m", label="事故率", names=(), direction=-1)
    found = rankings(less, {"a": [value("a", 5)], "b": [value("b", 3)]})
    assert [row.quantity.doc for row in found[0].rows] == ["b", "a"]


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"b": [value("b", 3, unit="张")]},
        {"b": [value("b", 3, class_="project")]},
        {"b": [value("b", 3, per="县区")]},
    ],
)
def test_what_cannot_be_ranked_is_not(others):
    assert rankings(Concept(id="m", label="率", names=()), {"a": [value("a", 5)], **others}) == []


def test_a_duty_is_due_by_the_first_date_of_its_task():
    duty = replace(KNOWN.assignments[0], task_start=10, task_end=50)
    dates = [
        Deadline(doc=duty.doc, start=at, end=at + 1, quote="x", time=time)
        for at, time in ((20, "2025"), (60, "2023"))
    ]
    duty = replace(duty, start=30, end=40)
    assert due(duty, dates) == "2025"
    assert due(duty, []) is None
    assert due(replace(duty, task_start=None), dates) is None


# ---------------------------------------------------------------- drawings and charts


@pytest.mark.parametrize("text", ['a"]; b', "a\\", 'x\\" [URL="javascript:1"]', "甲\n乙"])
def test_no_text_leaves_its_graphviz_string(text):
    inner = quoted(text)[1:-1]
    assert not inner.replace("\\\\", "").replace('\\"', "").count('"')
    assert not inner.replace("\\\\", "").endswith("\\")


def test_long_titles_are_folded():
    assert max(map(len, folded("字" * 100).split("\n"))) <= 18


def test_a_chain_is_drawn_with_few_missing_documents_and_the_rest_counted():
    bottom = Step("b", "底", None, "county", "乙县", True)
    lacking = [Step(f"s{at}", f"缺{at}", None, None, "甲市", False) for at in range(MISSING + 3)]
    text = drawing([[*lacking, bottom]], "zh", lambda step: 'document?doc=b"' if step.held else "")
    assert text.count("语料缺失") == MISSING
    assert text.count("URL=") == text.count('URL="document?doc=b\\""') == 1
    assert "另有 3 份" in text.replace("\\n", "")


def test_plans_of_a_chain_are_called_by_place_and_by_title_where_two_share_it():
    steps = [Step(doc, title, None, None, place, True) for doc, title, place in CHAIN]
    assert step_names(steps) == {"a": "甲省", "b": "乙市 规划", "c": "乙市 c", "d": "无地"}


CHAIN = [("a", "总规", "甲省"), ("b", "规划", "乙市"), ("c", None, "乙市"), ("d", "无地", None)]


def test_a_plot_has_every_year_and_months_before_their_years_end():
    found = plots.points([value("a", 1, time="2023"), value("a", 2, time="2025-06"), value("a", 3)], {})
    option = plots.over_time(found, "zh")
    assert option["xAxis"]["data"] == ["2023", "2024", "2025-06", "2025"]
    assert [point["value"] for point in option["series"][0]["data"]] == [
        ["2023", 1.0],
        ["2025-06", 2.0],
        ["2025", 3.0],
    ]


def test_what_has_no_number_or_no_date_is_not_plotted():
    assert plots.points([value("a", 1, time=None), replace(value("a", 1), value=None)], {}) == []


def test_the_network_around_a_node_is_cut_to_what_can_be_looked_at():
    import networkx as nx

    star = nx.MultiDiGraph()
    star.add_node("metric:0", kind="metric", label="0")
    for at in range(1, neighbours.MOST + 50):
        star.add_node(f"metric:{at}", kind="metric", label=str(at))
        star.add_edge("metric:0", f"metric:{at}", "aligned", kind="aligned", weight=1)
    near, cut = neighbours.around(star, "metric:0", 1)
    assert (len(near), cut) == (neighbours.MOST, True)
    assert "metric:0" in near


@pytest.mark.parametrize(
    ("kind", "places", "node"),
    [("node", [1], "b"), ("node", [9], None), ("node", [], None), ("edge", [1], None)],
)
def test_a_click_on_a_drawn_node_names_it(kind, places, node):
    group = {"series_index": 0, "series_id": None, "series_name": None}
    event = {"selection": {"selected": [group | {"data_type": kind, "data_indices": places}], "areas": []}}
    assert neighbours.clicked(event, ["a", "b"]) == node
    assert neighbours.clicked(None, ["a", "b"]) is None


def test_a_drawn_network_has_each_node_and_edge_and_marks_missing_ones():
    whole = network(SOURCE)
    near, cut = neighbours.around(whole, "document:district", 1)
    option = neighbours.drawn(near, "document:district", list(neighbours.KINDS), str)
    series = option["series"][0]
    assert (len(series["data"]), len(series["links"]), cut) == (len(near), near.number_of_edges(), False)
    dashed = [each["id"] for each in series["data"] if each["itemStyle"].get("borderType") == "dashed"]
    assert dashed
    assert all(name.startswith("missing:") for name in dashed)


# ---------------------------------------------------------------- text


def plain(record):
    return "#"


def test_marked_text_is_the_text_with_links():
    import re

    from kg.model import Goal

    text = "甲<b>乙</b>&丙\n\n\n丁"
    goals = [
        Goal(doc="d", start=start, end=end, quote=text[start:end], id=f"g{start}")
        for start, end in ((1, 5), (4, 8))
    ]
    made = marked(text, (0, len(text)), goals, lang="zh", where=plain)
    assert "<b>" not in made
    assert made.count("<a ") == 1
    opened = marked(text, (0, len(text)), goals, lang="zh", where=plain, on="g4")
    assert 'id="g4" class="kg-on"' in opened
    assert opened.count("<a ") == 1
    assert re.sub(r"<[^>]+>", "", made) == "甲&lt;b&gt;乙&lt;/b&gt;&amp;丙\n丁"


def test_an_outline_lists_each_heading_once_in_reading_order():
    found = outline([], [replace(each, section=("一、总", "(一)分")) for each in KNOWN.goals])
    assert [(depth, heading) for depth, heading, _ in found] == [(1, "一、总"), (2, "(一)分")]


# ---------------------------------------------------------------- tracing, exporting, asking


def test_the_part_of_the_graph_gives_the_same_trace_as_the_whole():
    from kg import queries
    from kg.trace import trace

    whole = trace(queries.knowledge(SOURCE), "月探访率")
    assert traced(SOURCE, "月探访率").chains == whole.chains
    assert traced(SOURCE, "district").chains == trace(queries.knowledge(SOURCE), "district").chains


def test_an_unknown_metric_is_said_with_near_ones():
    with pytest.raises(UsageError) as caught:
        traced(SOURCE, "月巡访率")
    assert "月探访率" in caught.value.remedy


def test_an_export_holds_the_filtered_findings_alone():
    import io

    from docx import Document as Docx
    from openpyxl import load_workbook

    late = [one for one in KNOWN.findings if one.verdict == "late"]
    scope = Scope(upper="city", lower="district")
    made = exported(SOURCE, "nowhere", scope, late, lang="zh", ending=".xlsx", filtered=True)
    sheet = load_workbook(io.BytesIO(made)).worksheets[0]
    assert sum("滞后" in [cell.value for cell in row] for row in sheet.iter_rows()) == len(late)
    assert sum("缺失" in [cell.value for cell in row] for row in sheet.iter_rows()) == 0
    word = exported(SOURCE, "nowhere", scope, late, lang="zh", ending=".docx", filtered=True)
    assert "筛选" in "".join(each.text for each in Docx(io.BytesIO(word)).paragraphs)


def test_free_queries_answer_are_cut_and_are_stopped(small, monkeypatch):
    found = asking.answer(str(small), "SELECT ?d WHERE { ?d a kg:PlanDocument }")
    assert len(found.rows) == 3
    assert not found.cut
    monkeypatch.setattr(asking, "ROWS", 2)
    assert asking.answer(str(small), "SELECT ?d WHERE { ?d a kg:PlanDocument }").cut


@pytest.mark.parametrize(
    "sparql",
    ["SELECT", "SELECT ?x WHERE { SERVICE <http://192.0.2.1/> { ?x ?y ?z } }", "DELETE WHERE { ?s ?p ?o }"],
)
def test_a_free_query_that_may_not_be_asked_is_refused_in_words(small, sparql):
    with pytest.raises(UsageError) as caught:
        asking.answer(str(small), sparql)
    assert caught.value.fault


def test_a_query_that_takes_too_long_is_stopped(small):
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(UsageError, match="2"):
        asking.answer(str(small), endless, seconds=2)


@pytest.mark.parametrize(
    ("rows", "bars"),
    [
        (({"name": "a", "n": 2}, {"name": "b", "n": 1}), [("a", 2.0, "a: 2"), ("b", 1.0, "b: 1")]),
        (({"name": "a", "n": 2},), None),
        (({"a": 1, "b": 2}, {"a": 1, "b": 2}), None),
        (({"a": "x", "b": "y"}, {"a": "x", "b": "y"}), None),
        ((), None),
    ],
)
def test_counts_are_drawn_as_bars(rows, bars):
    assert asking.chart_of(rows) == bars


def test_no_cell_of_a_download_is_a_formula():
    text = as_csv([{"a": "=1+1", "b": "@x", "c": 3, "d": "-"}]).decode("utf-8-sig")
    assert text.splitlines()[1] == "'=1+1,'@x,3,'-"


# ---------------------------------------------------------------- review


def test_what_to_review_comes_by_rising_confidence_and_decided_things_are_left_out():
    links = [
        Alignment(left="a", right=name, relation="close", score=score, method="m", reason="r")
        for name, score in (("b", 0.9), ("c", 0.5))
    ]
    assert [item.confidence for item in reviewing.links(links, set())] == [0.5, 0.9]
    assert [item.key for item in reviewing.links(links, {("alignment", "a|c")})] == ["a|b"]
    sure = [value("a", 1), replace(value("a", 2), confidence=0.4, id="q")]
    assert [item.key for item in reviewing.facts(sure, set())] == ["a/q"]
    assert reviewing.named(links[0], {"a": Concept(id="a", label="甲", names=())}) == ("甲", "b")


def test_a_graph_on_a_server_or_without_its_paths_has_no_ledger(small):
    assert reviewing.ledger_of("http://127.0.0.1:1") is None
    assert reviewing.ledger_of(str(small)) is None
    assert reviewing.entries(str(small)) == []


def test_an_empty_graph_needs_no_more_than_words():
    empty = open_memory(Knowledge(), {})
    assert lists.plans(empty) == {}
    assert lists.counts(empty) == {}
    assert lists.hits(empty, "x") == []
