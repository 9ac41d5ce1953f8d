"""Knowledge → RDF: pure, in a fixed order; two named graphs a document and one for what documents share.

What a document says stands in one graph, what linking concluded about it in another. No triple is ever
written into two graphs: queries read the union of all graphs, and stores do not drop what two graphs share.
So whatever documents have in common (agencies, places, times, rules, metrics) stands in a third.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Protocol

from pyoxigraph import Literal, Quad

from kg.graph_links import Links, links, links_by_document
from kg.graph_shared import Shared, shared_by, statements
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
from kg.marks import mark
from kg.model import (
    AgencyRole,
    Assignment,
    Deadline,
    Document,
    Evidence,
    Finding,
    Knowledge,
    Quantity,
    Record,
    Repair,
)
from kg.vocabulary import (
    CLASSES,
    QUANTITY_CLASSES,
    SHARED,
    Iri,
    digest,
    document_iri,
    graph_iri,
    iri,
    links_iri,
    node,
    record_iri,
    time_type,
)

FindingsOn = Callable[[str], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Part:
    """One named graph: its name, its statements, and a mark of all that they follow from.

    mark: the same mark, the same statements; "" where nobody knows.
    """

    graph: Iri
    content: Callable[[], Iterator[Quad]]
    mark: str = ""


class Marks(Protocol):
    """What the two graphs of a document follow from."""

    def document(self, doc: str) -> str:
        """The mark of what a document says."""
        ...

    def links(self, own: Links) -> str:
        """The mark of what was concluded about it."""
        ...


def quads(knowledge: Knowledge, texts: Mapping[str, str] | None = None) -> Iterator[Quad]:
    """Every statement about `knowledge`: graph after graph, see `parts`.

    The same input gives the same quads in the same order.
    """
    return chain.from_iterable(part.content() for part in parts(knowledge, texts or {}))


def parts(
    knowledge: Knowledge,
    texts: Mapping[str, str],
    findings_on: FindingsOn | None = None,
    marks: Marks | None = None,
) -> list[Part]:
    """The named graphs of `knowledge`: every document's own, every document's links, what they share.

    texts: the text of each document's file by document id; it gives quotes their prefix and suffix.
    findings_on: the findings whose `lower_doc` is a document; those of `knowledge` where it is None.
    Statements are made when they are asked for, and only those of one graph are in memory at a time.
    """
    findings_on = findings_on or _findings_by_document(knowledge)
    said, stubs = _by_document(knowledge), {stub.id for stub in knowledge.stubs}
    documents = sorted(knowledge.documents, key=lambda each: each.doc)
    own = links_by_document(knowledge)

    def document_part(document: Document) -> Part:
        doc, graph = document.doc, graph_iri(document.doc)
        content = partial(_document_quads, graph, document, said.get(doc, ()), texts)
        return Part(graph, content, marks.document(doc) if marks else "")

    def links_part(doc: str) -> Part:
        graph = links_iri(doc)
        content = partial(_links_quads, graph, own[doc], findings_on, stubs, texts)
        return Part(graph, content, marks.links(own[doc]) if marks else "")

    return [
        *map(document_part, documents),
        *(links_part(document.doc) for document in documents),
        _shared_part(shared_by(knowledge)),
    ]


def _shared_part(shared: Shared) -> Part:
    return Part(SHARED, lambda: _in_graph(SHARED, statements(shared)), mark(shared))


def _document_quads(
    graph: Iri, document: Document, records: Iterable[Record | Repair], texts: Mapping[str, str]
) -> Iterator[Quad]:
    statements = _document_graph(document, _in_order(records), texts.get(document.doc, ""))
    yield from _in_graph(graph, dict.fromkeys(statements))


def _links_quads(
    graph: Iri, own: Links, findings_on: FindingsOn, stubs: set[str], texts: Mapping[str, str]
) -> Iterator[Quad]:
    yield from _in_graph(graph, links(own, findings_on(own.doc), stubs, texts.get(own.doc, "")))


def _in_graph(graph: Iri, statements: Iterable[Statement]) -> Iterator[Quad]:
    """The statements as quads of one graph."""
    name = named(graph)
    last, node = "", name
    for subject, predicate, value in statements:
        if subject != last:
            last, node = subject, named(subject)
        yield Quad(node, named(predicate), value, name)


def _findings_by_document(knowledge: Knowledge) -> FindingsOn:
    by_lower: dict[str, list[Finding]] = defaultdict(list)
    for finding in knowledge.findings:
        by_lower[finding.lower_doc].append(finding)
    return lambda doc: by_lower.get(doc, ())


def _by_document(knowledge: Knowledge) -> dict[str, list[Record | Repair]]:
    """The records and repairs of each document."""
    groups: dict[str, list[Record | Repair]] = defaultdict(list)
    records: tuple[tuple[Record, ...], ...] = (
        knowledge.quantities,
        knowledge.citations,
        knowledge.goals,
        knowledge.assignments,
        knowledge.tasks,
        knowledge.deadlines,
    )
    for record in chain(*records):
        groups[record.doc].append(record)
    for doc, repair in knowledge.repairs:
        groups[doc].append(repair)
    return groups


def _in_order(records: Iterable[Record | Repair]) -> list[Record | Repair]:
    """Records in the order of reading, repairs last."""
    return sorted(
        records,
        key=lambda each: (isinstance(each, Repair), each.start, each.end, getattr(each, "id", "")),
    )


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
