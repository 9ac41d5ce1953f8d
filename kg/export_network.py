"""The graph as a network for Gephi, Cytoscape and igraph, and as a property graph for Neo4j."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx

from kg import queries
from kg.files import write_bytes_whole, write_whole
from kg.model import Knowledge, Record
from kg.network import network
from kg.source import GraphSource
from kg.vocabulary import PREFIXES, SLOTS, Slot, document_iri, finding_iri, node, record_iri

#: what XML 1.0 cannot carry
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: between the parts of a list in one CSV cell: no text holds it
PART = "\x1f"
COLUMN_TYPES = {"integer": "long", "decimal": "double", "double": "double", "boolean": "boolean"}


def graphml(source: GraphSource, out: Path) -> list[Path]:
    """The network as GraphML, every edge with an id of its own."""
    body = io.BytesIO()
    nx.write_graphml_xml(_for_xml(source), body)
    write_bytes_whole(out, body.getvalue())
    return [out]


def gexf(source: GraphSource, out: Path) -> list[Path]:
    """The network as GEXF, without the day of writing that would change its bytes."""
    body = "\n".join(nx.generate_gexf(_for_xml(source)))
    write_whole(out, re.sub(r' lastmodifieddate="[^"]*"', "", body, count=1) + "\n")
    return [out]


def _for_xml(source: GraphSource) -> nx.MultiDiGraph:
    """The network with texts that XML can carry and edges numbered in order."""
    graph = network(source)
    plain = nx.MultiDiGraph()
    plain.add_nodes_from((_clean(name), _cleaned(data)) for name, data in graph.nodes(data=True))
    for number, (start, end, data) in enumerate(graph.edges(data=True)):
        plain.add_edge(_clean(start), _clean(end), f"e{number}", **_cleaned(data))
    return plain


def _clean(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _cleaned(data: dict[str, Any]) -> dict[str, Any]:
    return {key: _clean(value) if isinstance(value, str) else value for key, value in data.items()}


# ---------------------------------------------------------------- Neo4j


@dataclass(frozen=True, slots=True)
class Sheet:
    """One CSV file with its header, as neo4j-admin reads it."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]
    is_nodes: bool = True


def neo4j(source: GraphSource, out: Path) -> list[Path]:
    """A folder of CSV files with typed headers, and `import.sh` with the command that loads them."""
    out.mkdir(parents=True, exist_ok=True)
    known = queries.knowledge(source)
    sheets = [*_node_sheets(known, source), *_edge_sheets(known, source)]
    written = []
    for sheet in sheets:
        path = out / f"{sheet.name}.csv"
        write_whole(path, _csv(sheet))
        written.append(path)
    script = out / "import.sh"
    write_whole(script, _command(sheets))
    return [*written, script]


def _command(sheets: Sequence[Sheet]) -> str:
    kinds = [f"--{'nodes' if sheet.is_nodes else 'relationships'}={sheet.name}.csv" for sheet in sheets]
    options = [
        "neo4j-admin database import full",
        "--array-delimiter=U+001F",
        "--multiline-fields=true",
        *kinds,
    ]
    return "#!/bin/sh\n" + " \\\n  ".join([*options, "neo4j"]) + "\n"


def _csv(sheet: Sheet) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(sheet.header)
    writer.writerows([_cell(value) for value in row] for row in sheet.rows)
    return text.getvalue()


def _cell(value: Any) -> str:
    """A value as neo4j-admin reads it; nothing is an empty cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return PART.join(str(part).replace(PART, " ") for part in value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def _node_sheets(known: Knowledge, source: GraphSource) -> Iterator[Sheet]:
    """One file a kind of node; what names another node becomes a relationship instead."""
    yield _records("Document", "document", known.documents)
    yield _records("Quantity", "quantity", known.quantities, extra=("class_",))
    yield _records("Citation", "citation", known.citations)
    yield _records("Goal", "goal", known.goals)
    yield _records("Task", "task", known.tasks)
    yield _records("Assignment", "assignment", known.assignments)
    yield _records("Deadline", "deadline", known.deadlines)
    concepts = ((_id("concept", each.id), each) for each in known.concepts)
    yield _things("Metric", "concept", concepts)
    yield _things("MissingDocument", "stub", ((_id("stub", each.id), each) for each in known.stubs))
    yield _things("Finding", "finding", ((_short(finding_iri(each)), each) for each in known.findings))
    view = network(source)
    for label, kind in (("Agency", "agency"), ("Place", "place")):
        nodes = [
            (name.split(":", 1)[1], data) for name, data in view.nodes(data=True) if data["kind"] == kind
        ]
        rows = [(_id(kind, name), data["label"], label) for name, data in nodes]
        yield Sheet(label, ("id:ID", "name", ":LABEL"), rows)


def _records(label: str, kind: str, records: Iterable[Any], extra: tuple[str, ...] = ()) -> Sheet:
    """Records with their place in the text; a document is named by its id, others by document and record."""
    columns = [slot for slot in SLOTS[kind] if slot.form not in _NODE_FORMS]
    header = [
        "id:ID",
        *map(_column, columns),
        "start:long",
        "end:long",
        "quote",
        "rule",
        "section:string[]",
        *extra,
    ]
    rows = []
    for each in records:
        name = document_iri(each.doc) if kind == "document" else record_iri(each.doc, each.id)
        own = [getattr(each, slot.field) for slot in columns]
        more = [getattr(each, field) for field in extra]
        rows.append(
            [_short(name), *own, each.start, each.end, each.quote, each.rule, each.section, *more, label]
        )
    return Sheet(label, [*(name.rstrip("_") for name in header), ":LABEL"], rows)


def _things(label: str, kind: str, named: Iterable[tuple[str, Any]]) -> Sheet:
    columns = [slot for slot in SLOTS[kind] if slot.form not in _NODE_FORMS]
    rows = [[name, *(getattr(each, slot.field) for slot in columns), label] for name, each in named]
    return Sheet(label, ["id:ID", *map(_column, columns), ":LABEL"], rows)


_NODE_FORMS = ("agency", "place", "document", "concept", "node")


def _column(slot: Slot) -> str:
    kind = COLUMN_TYPES.get(slot.form, "string")
    return slot.field if kind == "string" and not slot.many else f"{slot.field}:{kind}{'[]' * slot.many}"


def _edge_sheets(known: Knowledge, source: GraphSource) -> Iterator[Sheet]:
    """One file a kind of relationship: of records, of what linking concluded, of agencies and places."""
    groups = (known.quantities, known.citations, known.goals, known.tasks, known.assignments, known.deadlines)
    within = [(_of(each), _id("doc", each.doc)) for group in groups for each in group]
    yield _edges("IN_DOCUMENT", within)
    yield _edges("MEASURES", [(_id("doc", *at), _id("concept", to)) for at, to in known.concept_of.items()])
    roles = [(each, part) for each in known.assignments for part in each.agencies]
    answered = [(_of(each), _id("agency", part.name), part.role, part.raw) for each, part in roles]
    yield _edges("ANSWERED_BY", answered, ("role", "raw"))
    yield from _concluded(known)
    yield from _findings(known)
    view = network(source)
    for kind, label in (("issues", "ISSUES"), ("covers", "COVERS"), ("within", "LIES_IN")):
        ends = [(_from_view(a), _from_view(b)) for a, b, key in view.edges(keys=True) if key == kind]
        yield _edges(label, ends)


def _concluded(known: Knowledge) -> Iterator[Sheet]:
    stubs = {stub.id for stub in known.stubs}

    def document(doc: str) -> str:
        return _id("stub" if doc in stubs else "doc", doc)

    resolved = [(_of(each), document(each.resolves_to)) for each in known.citations if each.resolves_to]
    yield _edges("RESOLVES_TO", resolved)
    governs = [(document(g.upper), document(g.lower), g.basis, g.confidence, g.reason) for g in known.governs]
    yield _edges("GOVERNS", governs, ("basis", "confidence:double", "reason"))
    ends = [(_id("concept", each.left), _id("concept", each.right), each) for each in known.alignments]
    aligned = [(a, b, each.relation, each.score, each.method, each.reason) for a, b, each in ends]
    yield _edges("ALIGNED", aligned, ("relation", "score:double", "method", "reason"))
    similar = [(_id("doc", *left), _id("doc", *right), score) for left, right, score in known.similar]
    yield _edges("SIMILAR", similar, ("score:double",))


def _findings(known: Knowledge) -> Iterator[Sheet]:
    named = [(_short(finding_iri(each)), each) for each in known.findings]
    yield _edges("UPPER", [(name, _of(each.upper)) for name, each in named])
    yield _edges("LOWER", [(name, _of(each.lower)) for name, each in named if each.lower])
    yield _edges("SEARCHED", [(name, _id("doc", each.lower_doc)) for name, each in named])


def _of(record: Record) -> str:
    return _id("doc", record.doc, record.id)


def _from_view(name: str) -> str:
    """The network's name for a node → its id here."""
    kind, own = name.split(":", 1)
    return _id({"document": "doc", "missing": "stub"}.get(kind, kind), own)


def _edges(label: str, rows: Iterable[Sequence[Any]], columns: Sequence[str] = ()) -> Sheet:
    header = (":START_ID", ":END_ID", *columns, ":TYPE")
    return Sheet(label, header, [(*row, label) for row in rows], is_nodes=False)


def _id(kind: str, *names: str) -> str:
    return _short(node(kind, *names))


def _short(name: str) -> str:
    """An IRI of ours without its namespace: doc/xihu/goal-1."""
    return name.removeprefix(PREFIXES["id"])
