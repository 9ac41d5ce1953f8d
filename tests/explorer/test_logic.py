"""The explorer's logic without a page: filters, rankings, drawings, charts, marked text, limits."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from kg.errors import UsageError
from kg.explorer import asking, lacking, lists, meaning, neighbours, plots, reviewing, wording
from kg.explorer.agencies import due
from kg.explorer.choosing import Filter, answering, of_chain, wanted
from kg.explorer.drawing import MISSING, drawing, folded, quoted
from kg.explorer.exporting import exported
from kg.explorer.lists import Plan
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
from kg.vocabulary import finding_iri, names_in, record_iri
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
    held = lists.identities(SOURCE, ["city", "peer"])
    assert held["city"].number == "洪府办发〔2022〕26号"
    assert set(held) == {"city", "peer"}


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
    found = lists.counts(SOURCE, [each.doc for each in KNOWN.documents])
    assert sum(sum(each.values()) for each in found.values()) == len(KNOWN.findings)
    assert lists.totals(SOURCE) == Counter(names(KNOWN.findings))
    of_one = lists.counts(SOURCE, ["district"])
    assert of_one == {pair: each for pair, each in found.items() if pair[1] == "district"}
    assert lists.counts(SOURCE, []) == {}


def test_plans_that_somebody_must_act_on_come_with_how_much():
    asking = ("short", "late", "weaker", "conflict")
    expected = {}
    for one in KNOWN.findings:
        if one.verdict in asking:
            expected.setdefault(one.lower_doc, Counter())[one.verdict] += 1
    assert expected
    assert lists.grave(SOURCE) == expected


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
    gone = lists.changes(SOURCE, previous(tmp_path))
    assert not gone
    assert not lists.verdicts(SOURCE, [])
    assert len(lists.verdicts(SOURCE, [finding_iri(one) for one in KNOWN.findings])) == len(KNOWN.findings)


RECORDS = (
    *KNOWN.quantities,
    *KNOWN.citations,
    *KNOWN.goals,
    *KNOWN.assignments,
    *KNOWN.tasks,
    *KNOWN.deadlines,
)


def says(record):
    label = getattr(record, "indicator", "") or getattr(record, "what", "") or getattr(record, "task", "")
    return record.quote, label or ""


def searched(words, **more):
    texts = tuple(wording.having(wording.texts(SOURCE), words).items())
    return wording.records_having(SOURCE, texts, **more)


@pytest.mark.parametrize("words", ["床位", "探访", '"); DROP', "\\", "民政局"])
def test_exact_search_finds_what_quotes_metrics_and_tasks_hold(words):
    expected = {
        record_iri(each.doc, each.id) for each in RECORDS if any(words in text for text in says(each))
    }
    found = searched(words)
    assert set(found.texts) == expected
    assert all(words in text for text in found.texts.values())
    assert {(hit.doc, hit.id) for hit in wording.hits(SOURCE, list(found.texts))} == {
        tuple(names_in(name)[1:]) for name in expected
    }


def test_exact_search_by_kind_and_year():
    every = searched("")
    assert set(every.texts) == {record_iri(each.doc, each.id) for each in RECORDS}
    due = {record_iri(each.doc, each.id): each.time for each in KNOWN.deadlines}
    assert set(searched("", kinds=["deadline"]).texts) == set(due)
    assert wording.times(SOURCE, sorted(due)) == due
    in_year = {
        record_iri(each.doc, each.id) for each in RECORDS if (getattr(each, "time", "") or "")[:4] == "2025"
    }
    assert in_year
    assert set(searched("", years=["2025"]).texts) == in_year
    assert not searched("", years=["1066"]).texts


def test_a_search_that_finds_too_much_says_so(monkeypatch):
    assert not searched("").cut
    monkeypatch.setattr(wording, "MOST", 3)
    found = searched("")
    assert found.cut
    assert len(found.texts) == 3


def test_search_filters():
    held = {
        "a": Plan(doc="a", title="A", level="county", where="甲"),
        "b": Plan(doc="b", title="B", level="province"),
    }
    found = [record_iri("a", "1"), record_iri("b", "2")]
    assert passing(found, held) == found
    assert passing(found, held, levels=["province"]) == found[1:]
    assert passing(found, held, places=["甲"]) == found[:1]
    assert passing(found, held, places=["甲"], levels=["province"]) == []


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
    index = meaning.Meanings(lambda: ["丙", "甲乙", "甲"], Letters())
    assert index.nearest("甲") == {}
    index.encode()
    near = index.nearest("甲")
    assert list(near) == ["甲", "甲乙"]
    assert near["甲"] > near["甲乙"]
    nothing = meaning.Meanings(lambda: [], Letters())
    nothing.encode()
    assert nothing.nearest("甲") == {}


def test_texts_that_are_not_encoded_yet_are_not_found(monkeypatch):
    monkeypatch.setattr(meaning, "CHUNK", 1)
    index = meaning.Meanings(lambda: ["甲", "甲乙"], Halting(1))
    with pytest.raises(RuntimeError):
        index.encode()
    assert index.done == 1
    assert list(index.nearest("甲")) == ["甲"]


class Halting(Letters):
    """An encoder that answers so many times, then only for questions."""

    def __init__(self, times):
        self.left = times

    def encode(self, sentences):
        if self.left == 0 and sentences != ["甲"]:
            raise RuntimeError
        self.left -= self.left > 0
        return super().encode(sentences)


def test_every_text_is_encoded_once_and_kept(tmp_path):
    path = tmp_path / "explorer" / "vectors.npz"
    index = meaning.Meanings(lambda: ["甲", "甲  乙", "甲\n乙"], Letters(), path)
    index.encode()
    again = meaning.Meanings(lambda: ["甲 乙", "甲"], Halting(0), path)
    again.encode()
    assert again.nearest("甲") == {"甲": 1.0, "甲 乙": pytest.approx(0.7071, abs=1e-3)}
    path.write_bytes(b"half of a fi")
    spoilt = meaning.Meanings(lambda: ["甲"], Letters(), path)
    spoilt.encode()
    assert spoilt.nearest("甲") == {"甲": 1.0}


def test_what_records_are_about_holds_every_metric_due_task_and_quote_without_them():
    found = set(wording.meanings(SOURCE))
    assert {text for record in RECORDS for text in says(record)[1:] if text} <= found
    assert {record.quote for record in (*KNOWN.goals, *KNOWN.citations, *KNOWN.tasks)} <= found


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
    steps.append(Step("s", "缺的规划", None, None, "甲省", False))
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
    assert lists.totals(empty) == {}
    assert lists.grave(empty) == {}
    assert lists.metrics(empty) == {}
    assert lists.agencies(empty) == {}
    assert lists.due(empty) == {}
    assert lacking.lacks(empty, lacking.lacking(empty).items()) == []
    assert wording.hits(empty, []) == []
    assert not any(wording.texts(empty).values())
    assert reviewing.doubtful(empty) == {"finding": (), "record": ()}
