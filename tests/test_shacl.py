"""A sound graph passes; each way of breaking one is told, with what to mend, in both languages."""

import re
from functools import cache

import pytest
from pyoxigraph import RdfFormat, serialize
from rdflib import RDF, SH, Graph

from kg.shacl import EVERYTHING, Violation, check, validate
from kg.store import open_memory
from kg.vocabulary import (
    CLASSES,
    MANIFEST,
    ONTOLOGY,
    PREFIXES,
    VOCABULARY,
    document_iri,
    finding_iri,
    iri,
    node,
    record_iri,
)
from tests.graph_fixtures import TEXTS, knowledge

KNOWN = knowledge()
CITY = document_iri("city")
TARGET = record_iri("city", KNOWN.quantities[0].id)
CITATION = record_iri("district", KNOWN.citations[0].id)
DUTY = record_iri("city", KNOWN.assignments[0].id)
TASK = record_iri("district", KNOWN.tasks[0].id)
DUE = record_iri("district", KNOWN.deadlines[0].id)
GOAL = record_iri("city", KNOWN.goals[0].id)
FINDING = finding_iri(KNOWN.findings[0])
ABSENT = finding_iri(KNOWN.findings[2])
STUB = node("stub", "stub-1")


@cache
def sound():
    """The lines of a sound graph."""
    triples = open_memory(KNOWN, TEXTS).construct(EVERYTHING, vocabulary=VOCABULARY, manifest=MANIFEST)
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode().splitlines()


def the(kind):
    """The first node of a class."""
    ending = f"<{iri('rdf:type')}> <{iri(kind)}> ."
    return next(line for line in sound() if line.endswith(ending)).split()[0].strip("<>")


def term(value):
    if isinstance(value, tuple):
        return f'"{value[0]}"^^<{iri(value[1])}>'
    return f"<{value}>" if value.startswith("http") else f"<{iri(value)}>" if ":" in value else f'"{value}"'


def broken(subject, name, value):
    """The graph where `subject` has `value` under `name` instead of what it had; None: nothing."""
    start = f"<{subject}> <{iri(name)}> "
    lines = [line for line in sound() if not line.startswith(start)]
    values = value if isinstance(value, list) else [value] if value is not None else []
    return "\n".join([*lines, *(f"{start}{term(each)} ." for each in values)]).encode()


def test_a_sound_graph_has_nothing_to_mend():
    assert validate(open_memory(KNOWN, TEXTS)) == []
    assert check("\n".join(sound()).encode()) == []


#: node, property, what stands there instead, words of the message that must come
BROKEN = [
    (CITY, "kg:recordId", None, "build it again"),
    (CITY, "dcterms:title", ["甲", "乙"], "two titles"),
    (CITY, "eli:id_local", ["甲", "乙"], "two document numbers"),
    (CITY, "kg:level", "kg:level-galaxy", "none of the five"),
    (CITY, "kg:status", ["kg:status-issued", "kg:status-draft"], "only one"),
    (CITY, "kg:trusted", None, "trusted"),
    (CITY, "kg:periodStart", "2021", "first year"),
    (CITY, "kg:periodEnd", "2025", "last year"),
    (CITY, "kg:evidence", None, "no place in its file"),
    (STUB, "kg:citedBy", None, "without one it is not missing"),
    (STUB, "kg:citationCount", ("0", "xsd:integer"), "positive"),
    (STUB, "rdf:type", ["kg:MissingDocument", "kg:PlanDocument"], "must not be a held plan"),
    ("kg:Section", "rdfs:label", None, "one heading"),
    ("kg:Section", "kg:depth", ("0", "xsd:integer"), "counted from 1"),
    ("kg:Section", "kg:inDocument", None, "one held plan"),
    (TARGET, "kg:inDocument", document_iri("nowhere"), "add the document first"),
    (TARGET, "kg:inDocument", document_iri("peer"), "evidence is of another document"),
    (TARGET, "kg:confidence", ("1.5", "xsd:double"), "0 to 1"),
    (TARGET, "kg:evidence", None, "without its source"),
    (TARGET, "kg:section", ["id:doc/city/x"], "innermost section"),
    (TARGET, "rdf:type", ["kg:Quantity"], "exactly one of target"),
    (TARGET, "rdf:type", ["kg:Quantity", "kg:Target", "kg:Baseline"], "exactly one of target"),
    (TARGET, "kg:indicator", None, "without its meaning"),
    (TARGET, "kg:value", ("100", "xsd:string"), "one decimal"),
    (TARGET, "kg:valueHigh", ("50", "xsd:decimal"), "not above the upper end"),
    (TARGET, "kg:valueHigh", ("500", "xsd:double"), "upper end of a range must"),
    (TARGET, "kg:comparator", "≥", "comparator is none"),
    (TARGET, "kg:nature", "kg:nature-wished", "binding or expected"),
    (TARGET, "kg:source", "image", "table or text"),
    (TARGET, "kg:time", [("2022", "xsd:gYear"), ("2023", "xsd:gYear")], "several quantities"),
    (TARGET, "kg:concept", CITY, "one metric"),
    (CITATION, "kg:citedTitle", None, "title or a number"),
    (CITATION, "kg:relation", "kg:relation-copy", "basis, self, mention"),
    (CITATION, "kg:resolvesTo", document_iri("nowhere"), "leave it open"),
    (GOAL, "kg:time", [("2022", "xsd:gYear"), ("2023", "xsd:gYear")], "one time"),
    (TASK, "dcterms:title", None, "one heading"),
    (TASK, "kg:bodyEnd", None, "where its body ends"),
    (DUE, "kg:what", None, "what is due"),
    (DUE, "kg:time", None, "one date"),
    (DUTY, "kg:hasRole", None, "no agency"),
    (DUTY, "kg:taskText", ["甲", "乙"], "one task"),
    (f"{DUTY}#agency-1", "kg:agency", None, "one agency"),
    (f"{DUTY}#agency-1", "kg:role", "kg:role-watch", "lead, support"),
    (f"{DUTY}#agency-1", "kg:raw", None, "as printed"),
    ("kg:Repair", "kg:inDocument", None, "one held plan"),
    ("kg:Repair", "kg:repairEvidence", None, "cannot be justified"),
    ("kg:Repair", "kg:evidence", None, "no place"),
    (f"{TARGET}#evidence", "oa:hasSource", None, "one held plan"),
    (f"{TARGET}#evidence", "oa:hasSelector", None, "needs its position"),
    (f"{TARGET}#evidence-position", "oa:start", ("9999", "xsd:integer"), "not behind the end"),
    (f"{TARGET}#evidence-position", "oa:start", None, "needs one start"),
    (f"{TARGET}#evidence-position", "oa:end", None, "one end"),
    (f"{TARGET}#evidence-quote", "oa:exact", None, "exactly one text"),
    (f"{TARGET}#evidence-quote", "oa:prefix", ["甲", "乙"], "one text before"),
    (f"{TARGET}#evidence-quote", "oa:suffix", ["甲", "乙"], "one text after"),
    ("prov:Activity", "kg:rule", None, "Name the rule"),
    ("prov:Activity", "prov:wasAssociatedWith", None, "Name the version"),
    ("time:Instant", "kg:year", None, "one year"),
    (node("concept", "beds"), "skos:prefLabel", None, "preferred name"),
    (node("concept", "beds"), "kg:direction", ("5", "xsd:integer"), "1, 0 or -1"),
    (node("concept", "beds"), "kg:intensive", "yes", "true or false"),
    (node("agency", "南昌市民政局"), "skos:prefLabel", None, "one full name"),
    (node("agency", "南昌市民政局"), "kg:dutyCount", ("-1", "xsd:integer"), "from 0"),
    (node("place", "360100"), "skos:notation", "36", "GB/T 2260"),
    (node("place", "360100"), "kg:partOf", CITY, "directly in one place"),
    ("kg:Governing", "kg:upperDocument", None, "one upper document"),
    ("kg:Governing", "kg:lowerDocument", None, "one lower document"),
    ("kg:Governing", "kg:basis", "kg:basis-felt", "cited or implied"),
    ("kg:Governing", "kg:reason", None, "its reason"),
    ("kg:Alignment", "kg:left", node("concept", "beds-peer"), "other than the other side"),
    ("kg:Alignment", "kg:right", CITY, "must be a metric"),
    ("kg:Alignment", "kg:alignment", None, "exact or close"),
    ("kg:Alignment", "kg:score", None, "one score"),
    ("kg:Alignment", "kg:method", None, "no link without one"),
    ("kg:Similarity", "kg:left", None, "must be there"),
    ("kg:Similarity", "kg:right", None, "other side of a similarity"),
    ("kg:Similarity", "kg:score", "0.9", "one score"),
    (FINDING, "kg:verdict", "kg:verdict-bad", "one of the ten"),
    (FINDING, "kg:upper", None, "without its sides"),
    (FINDING, "kg:lower", CITY, "one quantity of the graph"),
    (FINDING, "kg:lower", None, "compare again"),
    (FINDING, "kg:upperDocument", document_iri("peer"), "not of the upper document"),
    (FINDING, "kg:lowerDocument", None, "that was searched"),
    (FINDING, "kg:lowerDocument", document_iri("peer"), "compare again"),
    (FINDING, "kg:verdict", "kg:verdict-incomparable", "needs its reason"),
    (FINDING, "kg:confidence", None, "0 to 1"),
    (FINDING, "kg:basis", "kg:basis-felt", "cited or implied"),
    (ABSENT, "kg:lower", TARGET, "compare again"),
]


@pytest.mark.parametrize(("subject", "name", "value", "expected"), BROKEN)
def test_what_is_broken_is_told(subject, name, value, expected):
    subject = subject if subject.startswith("http") else the(subject)
    found = check(broken(subject, name, value))
    assert any(expected in violation.en for violation in found), [str(each) for each in found]
    assert all(re.search("[一-龥]", violation.zh) and violation.en.isascii() for violation in found)


def test_a_cited_relation_needs_its_characters():
    cited = (
        next(line for line in sound() if "/governs/" in line and "basis-cited" in line).split()[0].strip("<>")
    )
    assert "characters of the citation" in check(broken(cited, "kg:evidence", None))[0].en


def without(subject, *names):
    """The lines of the graph without these properties of a node."""
    starts = tuple(f"<{subject}> <{iri(name)}> " for name in names)
    return [line for line in sound() if not line.startswith(starts)]


def test_a_range_needs_its_lower_end():
    lines = [
        *without(TARGET, "kg:value"),
        f"<{TARGET}> <{iri('kg:valueHigh')}> {term(('70', 'xsd:decimal'))} .",
    ]
    assert [each.en for each in check("\n".join(lines).encode())] == ["A range needs its lower end."]


def test_a_repair_needs_characters():
    lines = without(the("kg:Repair"), "kg:raw", "kg:mended")
    found = [each.en for each in check("\n".join(lines).encode())]
    assert found == ["A repair needs the raw or the mended characters."]


def test_every_message_is_brought_up_by_a_case():
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    messages = [str(text) for text in shapes.objects(None, SH.message) if text.language == "en"]
    wanted = [words for *_, words in BROKEN] + [
        "characters of the citation",
        "needs its lower end",
        "mended characters",
    ]
    assert [text for text in messages if not any(words in text for words in wanted)] == []


def test_every_message_is_in_both_languages():
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    for shape in set(shapes.subjects(SH.message, None)):
        assert {text.language for text in shapes.objects(shape, SH.message)} == {"zh", "en"}


def test_every_class_of_record_has_its_shape():
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    targets = {str(name) for name in shapes.objects(None, SH.targetClass)}
    assert {str(iri(name)) for name in CLASSES.values()} <= targets


def test_every_own_class_in_the_graph_has_a_shape():
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    targets = {str(name) for name in shapes.objects(None, SH.targetClass)}
    data = Graph().parse(data="\n".join(sound()), format="nt")
    own = {str(name) for name in data.objects(None, RDF.type) if str(name).startswith(PREFIXES["kg"])}
    supers = {str(iri(name)) for name in ("kg:Document", "kg:Target", "kg:Baseline")}
    assert own - targets == supers


def test_a_violation_reads_as_a_sentence():
    violation = Violation(node="id:doc/x", path="kg:level", zh="层级不对。", en="Wrong level.", value="kg:x")
    assert str(violation) == "id:doc/x kg:level kg:x\n  层级不对。\n  Wrong level."
