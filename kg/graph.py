"""Knowledge → RDF: pure, in a fixed order, one named graph a document and one for all links.

No triple is ever written into two graphs: queries read the union of all graphs, and stores do not
drop what two graphs share. So whatever documents have in common (agencies, places, times, rules,
concepts) stands in the links graph alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from pyoxigraph import Literal, Quad

from kg.graph_links import links
from kg.graph_terms import (
    QUDT_UNITS,
    Span,
    Statement,
    generated,
    literal,
    named,
    segment_of,
    slots,
    typed,
    words,
)
from kg.model import AgencyRole, Assignment, Deadline, Document, Evidence, Knowledge, Quantity, Record, Repair
from kg.vocabulary import (
    CLASSES,
    LINKS,
    QUANTITY_CLASSES,
    Iri,
    digest,
    document_iri,
    graph_iri,
    iri,
    node,
    record_iri,
    time_type,
)


def quads(knowledge: Knowledge, texts: Mapping[str, str] | None = None) -> Iterator[Quad]:
    """Every statement about `knowledge`, document by document, then the links.

    texts: the text of each document's file by document id; it gives quotes their prefix and suffix.
    The same input gives the same quads in the same order. Only one document is held in memory at a
    time, beside `knowledge` itself.
    """
    texts = texts or {}
    by_document = _by_document(knowledge)
    for document in sorted(knowledge.documents, key=lambda each: each.doc):
        text = texts.get(document.doc, "")
        statements = _document_graph(document, by_document.get(document.doc, ()), text)
        yield from _in_graph(graph_iri(document.doc), dict.fromkeys(statements))
    yield from _in_graph(LINKS, links(knowledge, texts))


def _in_graph(graph: Iri, statements: Iterable[Statement]) -> Iterator[Quad]:
    """The statements as quads of one graph."""
    name = named(graph)
    last, node = "", name
    for subject, predicate, value in statements:
        if subject != last:
            last, node = subject, named(subject)
        yield Quad(node, named(predicate), value, name)


def _by_document(knowledge: Knowledge) -> dict[str, list[Record | Repair]]:
    """The records of each document in reading order, repairs last."""
    groups: dict[str, list[Record | Repair]] = {}
    records = chain(
        knowledge.quantities,
        knowledge.citations,
        knowledge.goals,
        knowledge.assignments,
        knowledge.tasks,
        knowledge.deadlines,
    )
    for record in sorted(records, key=lambda each: (each.start, each.end, each.id)):
        groups.setdefault(record.doc, []).append(record)
    for doc, repair in sorted(knowledge.repairs, key=lambda each: (each[0], each[1].start, each[1].end)):
        groups.setdefault(doc, []).append(repair)
    return groups


# ---------------------------------------------------------------- one document


def _document_graph(document: Document, records: Iterable[Record | Repair], text: str) -> Iterator[Statement]:
    """All that one document says."""
    yield from _document(document, text)
    for record in records:
        if isinstance(record, Repair):
            yield from _repair(document.doc, record)
        else:
            yield from _record(record, text)


def _document(document: Document, text: str) -> Iterator[Statement]:
    subject = document_iri(document.doc)
    yield from typed(subject, "kg:Document", "kg:PlanDocument")
    yield from slots(subject, "document", document)
    yield subject, iri("kg:recordId"), Literal(document.id)
    if document.title:
        yield subject, iri("rdfs:label"), words(document.title, "zh")
    if document.issued and time_type(document.issued) == "xsd:date":
        yield subject, iri("eli:date_document"), literal(document.issued, "xsd:date")
    for name, value in document.stated:
        yield subject, iri("kg:stated"), words(f"{name}={value}")
    for year, name in zip(document.period or (), ("kg:periodStart", "kg:periodEnd"), strict=False):
        yield subject, iri(name), literal(str(year), "xsd:gYear")
    yield from _evidence(subject, "", document)
    yield from generated(subject, document.rule)
    for evidence in document.evidence:
        yield from _field_evidence(subject, evidence, document.doc, text)


def _record(record: Record, text: str) -> Iterator[Statement]:
    subject = record_iri(record.doc, record.id)
    yield from typed(subject, *_classes(record))
    yield from slots(subject, record.kind, record)
    yield from _evidence(subject, text, record)
    yield from _section(subject, record)
    yield from generated(subject, record.rule)
    if isinstance(record, Assignment):
        for position, role in enumerate(record.agencies, 1):
            yield from _role(subject, position, role)
    if isinstance(record, Quantity) and record.unit in QUDT_UNITS:
        yield subject, iri("qudt:hasUnit"), named(iri(QUDT_UNITS[record.unit]))
    time = getattr(record, "time", None)
    if time:
        name = "kg:due" if isinstance(record, Deadline) else "time:hasTime"
        yield subject, iri(name), named(node("time", time))


def _classes(record: Record) -> list[str]:
    own = [CLASSES[record.kind]]
    return [*own, QUANTITY_CLASSES[record.class_]] if isinstance(record, Quantity) else own


def _role(subject: Iri, position: int, role: AgencyRole) -> Iterator[Statement]:
    """One agency in a duty: a node for the role, and the short cut from duty to agency."""
    agency = named(node("agency", role.name))
    membership = Iri(f"{subject}#agency-{position}")
    yield subject, iri("kg:hasRole"), named(membership)
    yield from typed(membership, "kg:AgencyRole")
    yield membership, iri("kg:agency"), agency
    yield membership, iri("kg:role"), named(iri(f"kg:role-{role.role}"))
    yield membership, iri("kg:raw"), words(role.raw)
    yield membership, iri("kg:position"), Literal(position)
    yield subject, iri(f"kg:{role.role}"), agency


def _repair(doc: str, repair: Repair) -> Iterator[Statement]:
    subject = record_iri(doc, "repair-" + digest(repair.start, repair.end, repair.raw, repair.mended))
    yield from typed(subject, "kg:Repair")
    yield from slots(subject, "repair", repair)
    yield subject, iri("kg:inDocument"), named(document_iri(doc))
    yield from segment_of(subject, "evidence", Span(doc, repair.start, repair.end))


def _section(subject: Iri, record: Record) -> Iterator[Statement]:
    """The heading path, as one node a heading, each within the one above it."""
    document = document_iri(record.doc)
    child: tuple[Iri, str] = (subject, "kg:section")
    for depth in range(len(record.section), 0, -1):
        path = record.section[:depth]
        section = record_iri(record.doc, "section-" + digest(*path))
        yield *_link(*child), named(section)
        yield from typed(section, "kg:Section")
        yield section, iri("rdfs:label"), words(path[-1], "zh")
        yield section, iri("kg:depth"), Literal(depth)
        yield section, iri("kg:inDocument"), named(document)
        child = (section, "kg:within")


def _link(subject: Iri, name: str) -> tuple[Iri, Iri]:
    return subject, iri(name)


# ---------------------------------------------------------------- evidence and provenance


def _evidence(subject: Iri, text: str, record: Record) -> Iterator[Statement]:
    """Where the record stands: a segment of the document, by position and by quote."""
    yield from segment_of(subject, "evidence", Span(record.doc, record.start, record.end, record.quote, text))


def _field_evidence(subject: Iri, evidence: Evidence, doc: str, text: str) -> Iterator[Statement]:
    """Where one field of a document's identity was read."""
    name = f"evidence-{evidence.field}-{evidence.start}-{evidence.end}"
    yield from segment_of(subject, name, Span(doc, evidence.start, evidence.end, evidence.quote, text))
    part = Iri(f"{subject}#{name}")
    yield part, iri("kg:field"), Literal(evidence.field)
    yield part, iri("kg:confidence"), Literal(float(evidence.confidence))
    yield from generated(part, evidence.rule)
