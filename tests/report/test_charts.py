"""What the charts show is what the records say."""

from dataclasses import replace

from lxml import etree

from kg.report import svg
from kg.report.charts import Load, Mark, Matrix, Timeline, loads, matrix, timelines
from kg.report.material import Material, Scope, gather
from tests import graph_fixtures
from tests.corpus_graph import corpus_graph


def material() -> Material:
    return gather(corpus_graph(), Scope(lower="xihu"))


def texts(picture: str) -> list[str]:
    return [node.text for node in etree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]


def test_one_lower_plan_is_shown_under_each_upper_plan():
    assert set(matrix(material()).columns) <= {"南昌市", "江西省"}


def test_several_lower_plans_stand_side_by_side():
    chart = matrix(gather(corpus_graph(), Scope(chain="xihu")))
    assert set(chart.columns) == {"西湖区", "南昌市"}


def test_a_cell_shows_the_gravest_verdict_of_its_metric():
    held = material()
    visits = next(cells for metric, cells in matrix(held).rows if "月探访率" in metric)
    verdicts = {
        each.verdict for each in held.findings if "月探访率" in each.upper.indicator and each.basis == "cited"
    }
    assert verdicts == {"late", "meets"}
    assert "late" in visits
    assert "meets" not in visits


def test_metrics_that_nobody_mentions_are_counted_not_drawn():
    chart = matrix(material())
    assert chart.silent > 0
    assert all(set(cells) - {None} != {"absent"} for _, cells in chart.rows)


def test_the_matrix_is_cut_to_what_fits_and_says_so():
    fixture = graph_fixtures.knowledge()
    short = next(each for each in fixture.findings if each.verdict == "short")
    many = tuple(
        replace(short, upper=replace(short.upper, id=f"quantity-{n}", indicator=f"指标{n}"))
        for n in range(50)
    )
    documents = {each.doc: each for each in fixture.documents}
    chart = matrix(Material(lowers=("district",), documents=documents, findings=many))
    assert (len(chart.rows), chart.left_out) == (40, (10, 0))


def test_a_time_line_has_both_paths_in_the_upper_unit():
    line = next(each for each in timelines(material()) if "月探访率" in each.metric)
    assert (line.upper, line.lower, line.verdict, line.unit) == ("南昌市", "西湖区", "late", "%")
    assert [(mark.year, mark.value) for mark in line.asked] == [(2022.0, 100.0), (2025.0, 100.0)]
    assert [(mark.year, mark.value) for mark in line.committed] == [
        (2023.0, 90.0),
        (2024.0, 95.0),
        (2025.0, 100.0),
    ]


def test_duties_are_counted_once_a_role():
    duty = graph_fixtures.knowledge().assignments[0]
    twice = replace(duty, agencies=(*duty.agencies, duty.agencies[0]))
    found = loads(Material(lowers=("city",), assignments=(twice,)))
    assert found == (Load("南昌市民政局", 1, 0, 0), Load("南昌市财政局", 0, 0, 1))


def test_pictures_carry_their_words():
    chart = Matrix(("甲市", "乙市"), (("床位<占比>", ("short", None)), ("探访率", ("absent", "meets"))))
    (picture,) = svg.matrix(chart, "zh")
    assert texts(picture) == ["甲市", "乙市", "床位<占比>", "低于", "探访率", "缺失", "达到"]
    line = Timeline(
        "探访率",
        "%",
        "甲市",
        "乙区",
        "late",
        (Mark(2022, 100, "2022 100%"),),
        (Mark(2025, 100, "2025 100%"),),
    )
    said = " ".join(texts(svg.timeline(line, "zh")))
    assert all(word in said for word in ("2022 100%", "2025 100%", "甲市", "乙区", "滞后"))
    assert texts(svg.loads((Load("民政局", 2, 1, 0),), "zh")) == [
        "牵头",
        "责任",
        "配合",
        "民政局",
        "2",
        "1",
        "3",
    ]


def test_many_plans_make_several_pictures():
    chart = Matrix(tuple(f"{n}市" for n in range(20)), (("占比", ("short",) * 20),))
    assert [len(texts(each)) for each in svg.matrix(chart, "en")] == [17, 17, 9]
