"""What the graph says of each record, and that it says it the same way every time."""

import random
from collections import Counter
from dataclasses import fields, replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, serialize

from kg.graph import quads
from kg.graph_terms import order
from kg.model import (
    RECORD_CLASSES,
    Alignment,
    Concept,
    Finding,
    Governs,
    Knowledge,
    Quantity,
    Repair,
    Stub,
    to_json,
)
from kg.vocabulary import (
    SHARED,
    SLOTS,
    document_iri,
    finding_id,
    finding_iri,
    graph_iri,
    iri,
    links_iri,
    names_in,
    node,
    record_iri,
    segment,
    time_type,
)
from tests.graph_fixtures import TEXTS, knowledge

#: fields that stand in the graph in another way than as a slot
ELSEWHERE = {
    "id": "in the IRI, for documents as kg:recordId",
    "doc": "in the IRI",
    "start": "in the position selector",
    "end": "in the position selector",
    "quote": "in the quote selector",
    "rule": "in the activity that made it",
    "section": "as nodes, one within the other",
    "class_": "as rdf:type",
    "agencies": "as role nodes",
    "evidence": "as segments of their own",
    "period": "as first and last year",
    "stated": "as name=value",
    "resolves_to": "in the graph of its document's links",
    "upper": "as a link",
    "lower": "as a link",
}


def lines(known=None, texts=TEXTS):
    return [str(quad) for quad in quads(known or knowledge(), texts)]


def said(subject, known=None):
    """(property, value) pairs about a node, as prefixed and plain texts."""
    return {
        (str(quad.predicate.value), str(getattr(quad.object, "value", quad.object)))
        for quad in quads(known or knowledge(), TEXTS)
        if quad.subject.value == subject
    }


def test_same_knowledge_gives_the_same_bytes():
    assert lines() == lines()


def test_order_of_records_does_not_matter():
    shuffled = knowledge()
    for slot in fields(Knowledge):
        value = list(
            getattr(shuffled, slot.name).items()
            if slot.name == "concept_of"
            else getattr(shuffled, slot.name)
        )
        random.Random(7).shuffle(value)
        shuffled = replace(
            shuffled, **{slot.name: dict(value) if slot.name == "concept_of" else tuple(value)}
        )
    assert lines(shuffled) == lines()


def test_no_statement_stands_in_two_graphs():
    """Stores that show the union of graphs show a triple twice when two graphs hold it."""
    counts = Counter(str(quad.triple) for quad in quads(knowledge(), TEXTS))
    assert counts.most_common(1)[0][1] == 1


def test_a_document_stands_in_a_graph_of_its_own():
    graphs = {quad.graph_name.value for quad in quads(knowledge(), TEXTS)}
    docs = ("city", "district", "peer")
    assert graphs == {SHARED, *map(graph_iri, docs), *map(links_iri, docs)}
    for quad in quads(knowledge(), TEXTS):
        if names_in(quad.graph_name.value)[1] == "doc":
            doc = names_in(quad.graph_name.value)[2]
            assert quad.subject.value.startswith(document_iri(doc))


def test_a_change_in_one_document_leaves_the_graphs_of_the_others_alone():
    known = knowledge()
    other = replace(known, goals=known.goals[:1])
    changed = {line.split()[-1] for line in set(lines()) ^ set(lines(other))}
    assert changed == {f"<{graph_iri('district')}>"}


@pytest.mark.parametrize(
    ("kind", "cls"),
    [
        *RECORD_CLASSES.items(),
        ("finding", Finding),
        ("concept", Concept),
        ("alignment", Alignment),
        ("stub", Stub),
        ("governs", Governs),
        ("repair", Repair),
    ],
)
def test_every_field_of_every_record_has_its_place(kind, cls):
    slots = {slot.field for slot in SLOTS[kind]}
    assert {slot.name for slot in fields(cls)} - slots <= set(ELSEWHERE)
    assert slots <= {slot.name for slot in fields(cls)}


def test_no_blank_nodes():
    """Nodes without a name would get a new one at each build."""
    assert not [line for line in lines() if "_:" in line.split(" <")[0]]
    assert not any(type(quad.object).__name__ == "BlankNode" for quad in quads(knowledge(), TEXTS))


def test_evidence_leads_to_the_characters_and_their_context():
    known = knowledge()
    target = known.quantities[1]
    subject = record_iri("city", target.id)
    position, quote = said(f"{subject}#evidence-position"), said(f"{subject}#evidence-quote")
    assert (iri("oa:start"), str(target.start)) in position
    assert (iri("oa:end"), str(target.end)) in position
    text = TEXTS["city"]
    assert quote >= {
        (iri("oa:exact"), text[target.start : target.end]),
        (iri("oa:prefix"), text[max(0, target.start - 60) : target.start]),
        (iri("oa:suffix"), text[target.end : target.end + 60]),
    }


def test_without_texts_quotes_stand_without_context():
    assert not [line for line in lines(texts={}) if iri("oa:prefix") in line or iri("oa:suffix") in line]
    assert [line for line in lines(texts={}) if iri("oa:exact") in line]


def test_what_is_not_known_is_not_said():
    known = replace(
        knowledge(), quantities=(Quantity(doc="peer", start=0, end=1, quote="商", id="quantity-1"),)
    )
    properties = {name for name, _ in said(record_iri("peer", "quantity-1"), known)}
    assert not properties & {
        iri("kg:value"),
        iri("kg:time"),
        iri("kg:unit"),
        iri("kg:nature"),
        iri("kg:scope"),
    }


def test_numbers_stay_as_printed():
    half = replace(knowledge().quantities[0], value=type(knowledge().quantities[0].value)("24.10"))
    known = replace(knowledge(), quantities=(half,), concept_of={}, findings=())
    assert (iri("kg:value"), "24.10") in said(record_iri("city", half.id), known)


def test_citation_points_to_the_held_and_to_the_missing():
    links = {(name, value) for name, value in said(document_iri("district")) if "eli" in name}
    assert (iri("eli:based_on"), document_iri("city")) in links
    assert (iri("eli:based_on"), node("stub", "stub-1")) in links


def test_exact_alignments_join_metrics_and_close_ones_do_not():
    def link(left, right, relation):
        return Alignment(left=left, right=right, relation=relation, score=1.0, method="words", reason="")

    links = (
        link("visits", "beds", "exact"),
        link("new-beds", "beds", "exact"),
        link("beds", "beds-peer", "close"),
    )
    known = replace(knowledge(), alignments=links)
    same = {node("concept", each) for each in ("visits", "beds", "new-beds")}
    for each in same:
        assert {value for name, value in said(each, known) if name == iri("kg:sameMetric")} == same
    alone = node("concept", "beds-peer")
    assert {value for name, value in said(alone, known) if name == iri("kg:sameMetric")} == {alone}


def test_places_stand_within_each_other():
    assert (iri("kg:partOf"), node("place", "360100")) in said(node("place", "360103"))
    assert (iri("kg:partOf"), node("place", "360000")) in said(node("place", "360100"))
    assert (iri("skos:prefLabel"), "江西省") in said(node("place", "360000"))


@pytest.mark.parametrize(
    ("values", "expected"),
    [(("b", "a"), "notes 1 0"), (("b", "a", "b"), "notes 1 0 1"), (("甲",), "notes 0")],
)
def test_order_of_values_is_kept(values, expected):
    assert order("notes", values) == expected


def test_rule_and_version_are_named():
    activity = node("activity", "0.1.0", "reach_by_year")
    assert (iri("prov:wasGeneratedBy"), activity) in said(record_iri("city", knowledge().quantities[0].id))
    assert (iri("prov:wasAssociatedWith"), node("software", "policy-kg", "0.1.0")) in said(activity)


def test_finding_keeps_its_name_while_it_compares_the_same():
    first = knowledge().findings[0]
    assert finding_iri(first) == finding_iri(replace(first, explanation="别的话", confidence=0.1))
    assert finding_iri(first) != finding_iri(replace(first, verdict="meets"))
    assert finding_iri(first) != finding_iri(replace(first, lower=None))
    assert finding_iri(first).endswith(finding_id(first))


@pytest.mark.parametrize(
    ("time", "kind"),
    [
        ("2025", "xsd:gYear"),
        ("2025-06", "xsd:gYearMonth"),
        ("2025-06-30", "xsd:date"),
        ("2025-13", "xsd:string"),
        ("2025-Q1", "xsd:string"),
        ("十四五末", "xsd:string"),
    ],
)
def test_time_keeps_the_exactness_of_the_text(time, kind):
    assert time_type(time) == kind


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=3))
def test_any_name_makes_a_node_and_comes_back(names):
    made = node("agency", *names)
    assert NamedNode(made).value == made
    assert names_in(made) == ["agency", *names]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("民政局", "民政局"),
        ("a/b", "a%2Fb"),
        ("a b", "a%20b"),
        ("<x>", "%3Cx%3E"),
        ("国家（局）", "国家%EF%BC%88局%EF%BC%89"),
        ("\u3000", "%E3%80%80"),
    ],
)
def test_segment(name, expected):
    assert segment(name) == expected


@given(st.text(st.characters(exclude_categories=[])))
@example("养\ud83d老")
def test_any_text_can_be_quoted(text):
    """Damaged files hold any character, lone surrogates too; no quote may stop a build."""
    broken = replace(knowledge().goals[0], quote=text, section=(text,) if text else ())
    known = replace(knowledge(), goals=(broken,), similar=())
    assert serialize(quads(known, {"city": text * 99}), format=RdfFormat.N_QUADS)


def test_fixture_quotes_stand_in_their_texts():
    known = knowledge()
    for record in (*known.quantities, *known.citations, *known.goals, *known.assignments, *known.deadlines):
        assert TEXTS[record.doc][record.start : record.end] == record.quote, to_json(record)
