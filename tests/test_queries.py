"""The query layer gives back the very records that were written, from disk, from memory, from a server."""

from dataclasses import fields, replace

import pytest

from kg import queries, rebuild
from kg.errors import UsageError
from kg.model import AgencyRole, Knowledge
from kg.store import open_memory
from tests.graph_fixtures import TEXTS, knowledge


@pytest.fixture(scope="module")
def graph():
    return open_memory(knowledge(), TEXTS)


def key(value):
    """An order for records of one kind, whatever order they came in."""
    return str(value)


@pytest.mark.parametrize("part", [slot.name for slot in fields(Knowledge)])
def test_every_part_of_the_knowledge_comes_back_as_it_went_in(graph, part):
    found, expected = getattr(queries.knowledge(graph), part), getattr(knowledge(), part)
    if part == "concept_of":
        assert found == expected
    else:
        assert sorted(found, key=key) == sorted(expected, key=key)


def verdicts(found):
    return [(each.lower_doc, each.verdict) for each in found]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, [("district", "late"), ("district", "short"), ("district", "absent"), ("peer", "benchmark")]),
        ({"lower": "peer"}, [("peer", "benchmark")]),
        ({"upper": "district"}, []),
        ({"verdicts": ["short", "absent"]}, [("district", "short"), ("district", "absent")]),
        ({"lower": "district", "verdicts": ["late"]}, [("district", "late")]),
        ({"verdicts": []}, []),
        ({"place": "360103"}, [("district", "late"), ("district", "short"), ("district", "absent")]),
        ({"place": "360000", "verdicts": ["short"]}, [("district", "short")]),
        ({"place": "411400"}, [("peer", "benchmark")]),
        ({"place": "110000"}, []),
    ],
)
def test_findings_are_narrowed(graph, wanted, expected):
    assert verdicts(queries.findings(graph, **wanted)) == expected


def test_a_finding_holds_both_sides_whole(graph):
    [short] = queries.findings(graph, verdicts=["short"])
    assert (short.upper.value, short.lower.value, short.gap) == (60, 55, "低 5 个百分点")
    assert short.upper.quote == TEXTS["city"][short.upper.start : short.upper.end]
    assert short.lower.section == ("一、目标",)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"doc": "city"}, ["月探访率", "护理型床位占比", "新增养老床位"]),
        ({"doc": "peer", "class_": "target"}, ["机构护理型床位占比"]),
        ({"class_": "baseline"}, ["养老机构"]),
        ({"concept": "beds"}, ["护理型床位占比", "护理型床位占比"]),
        ({"concept": "beds", "doc": "district"}, ["护理型床位占比"]),
        ({"concept": "nothing"}, []),
    ],
)
def test_quantities_are_narrowed(graph, wanted, expected):
    assert [each.indicator for each in queries.quantities(graph, **wanted)] == expected


def test_records_of_one_document(graph):
    assert [each.title for each in queries.citations(graph, "district")] == [
        "南昌市养老规划",
        "江西省养老规划",
    ]
    assert queries.citations(graph, "city") == []
    assert [each.time for each in queries.goals(graph, "city")] == ["2022"]
    assert [each.title for each in queries.tasks(graph, "district")] == ["推进床位建设"]
    assert [each.mended for each in queries.repairs(graph, "district")] == ["老"]
    assert queries.repairs(graph, "city") == []


def test_duties_of_an_agency(graph):
    assert [each.task for each in queries.assignments(graph, agency="南昌市财政局")] == ["新增养老床位"]
    assert queries.assignments(graph, doc="district", agency="南昌市财政局") == []
    assert [each.task for each in queries.assignments(graph, doc="district")] == ["推进床位建设"]
    assert queries.assignments(graph, agency="没有的局") == []


def test_deadlines_of_a_year(graph):
    assert [each.what for each in queries.deadlines(graph, year=2025)] == ["完成评估"]
    assert queries.deadlines(graph, year=2024) == []
    assert queries.deadlines(graph, doc="city") == []


def test_missing_documents_with_who_cites_them(graph):
    [missing] = queries.missing(graph)
    assert missing.stub.title == "江西省养老规划"
    assert [(each.doc, each.number) for each in missing.citations] == [("district", "赣府发〔2021〕1号")]
    [bare] = queries.missing(graph, with_citations=False)
    assert (bare.stub, bare.citations) == (missing.stub, ())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("beds", ["beds"]),
        ("护理型床位占比", ["beds"]),
        ("护理型床位比例", ["beds"]),
        ("床位", ["beds", "new-beds", "beds-peer"]),
        ("机构护理型", ["beds-peer"]),
        ("空气质量", []),
    ],
)
def test_a_metric_is_found_by_id_label_name_or_part(graph, name, expected):
    assert sorted(each.id for each in queries.concept(graph, name)) == sorted(expected)


def test_a_metric_is_measured_in_all_documents_that_mean_it(graph):
    found = queries.measured(graph, "beds")
    assert {doc: [each.value for each in values] for doc, values in found.items()} == {
        "city": [60],
        "district": [55],
        "peer": [58],
    }
    assert [each.time for each in queries.measured(graph, "visits")["district"]] == ["2023", "2025"]


def test_chain_names_what_is_held_and_what_is_missing(graph):
    steps = queries.chain(graph, "district")
    assert [(step.doc, step.held, step.level) for step in steps] == [
        ("district", True, "county"),
        ("city", True, "prefecture"),
        ("stub-1", False, "province"),
    ]
    assert [step.governs.basis if step.governs else None for step in steps] == [None, "cited", "implied"]


def test_governing_of_one_side(graph):
    assert [(each.upper, each.lower) for each in queries.governs(graph, "district")] == [("city", "district")]
    assert [(each.upper, each.lower) for each in queries.governs(graph, lower=["city"])] == [
        ("stub-1", "city")
    ]


def test_agencies_with_their_load(graph):
    first = queries.agencies(graph)[0]
    assert (first.name, first.duties, first.leads, first.documents) == ("南昌市民政局", 1, 1, ("city",))
    assert {each.name for each in queries.agencies(graph)} >= {"南昌市西湖区卫健委", "江西省人民政府"}


def test_proof_of_a_record(graph):
    target = knowledge().quantities[0]
    proof = queries.evidence(graph, "city", target.id)
    assert (proof.start, proof.end, proof.quote) == (target.start, target.end, target.quote)
    assert (
        proof.prefix + proof.quote + proof.suffix
        == TEXTS["city"][: len(proof.prefix + proof.quote + proof.suffix)]
    )
    assert (proof.rule, proof.version) == ("reach_by_year", "0.1.0")


def test_similar_passages(graph):
    [pair] = queries.similar(graph)
    assert (pair.left.quote, pair.right.quote, pair.score) == ("月探访率达到100%", "2025年月探访率100%", 0.93)


@pytest.mark.parametrize(
    "ask",
    [
        lambda graph: queries.document(graph, "nowhere"),
        lambda graph: queries.findings(graph, lower="nowhere"),
        lambda graph: queries.findings(graph, upper="nowhere"),
        lambda graph: queries.chain(graph, "nowhere"),
    ],
)
def test_an_unknown_document_lists_the_known(graph, ask):
    with pytest.raises(UsageError, match="city, district, peer"):
        ask(graph)


def test_unknown_verdicts_and_records_are_told(graph):
    with pytest.raises(UsageError, match="meets, exceeds"):
        queries.findings(graph, verdicts=["bad"])
    with pytest.raises(UsageError, match="no such record"):
        queries.evidence(graph, "city", "quantity-0")


def test_many_records_are_asked_for_in_batches(graph, monkeypatch):
    monkeypatch.setattr(rebuild, "BATCH", 2)
    assert sorted(map(str, queries.quantities(graph))) == sorted(map(str, knowledge().quantities))
    assert sorted(map(str, queries.findings(graph))) == sorted(map(str, knowledge().findings))


def test_names_with_any_character_come_back(graph):
    """Ids and agencies are text of the user's; none of it may end a term of a query."""
    odd = '局"> } #\\\n'
    known = knowledge()
    duty = replace(known.assignments[0], agencies=(AgencyRole(name=odd, raw=odd, role="lead"),))
    source = open_memory(replace(known, assignments=(duty,)), TEXTS)
    assert queries.assignments(source, agency=odd) == [duty]
    assert queries.agencies(source)[0].name == odd
