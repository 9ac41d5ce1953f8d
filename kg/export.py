"""The graph for other people's tools: RDF, networks, property graphs, records and tables.

| format | written | for |
|---|---|---|
| turtle, nquads, jsonld | one file | RDF tools; nquads and jsonld keep the graph of each document apart |
| graphml, gexf | one file | Gephi, Cytoscape, igraph: the network of `kg.network` |
| neo4j | a folder of CSV | `neo4j-admin database import` |
| jsonl | one file | scripts: every record as `kg extract` prints it, then what linking concluded |
| csv | a folder | spreadsheets: targets and findings |
| xlsx | one workbook | the same two tables as sheets |

The same graph gives the same bytes. The vocabulary is left out: it is `ontology/policy.ttl`.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from kg import export_network, export_tables
from kg.errors import UsageError
from kg.files import write_bytes_whole
from kg.source import GraphSource
from kg.vocabulary import MANIFEST, ONTOLOGY, PREFIXES, VOCABULARY, Iri, iri

GRAPHS = """SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o }
    FILTER(?graph NOT IN ($vocabulary, $manifest)) } ORDER BY ?graph"""
CONTENT = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH $graph { ?s ?p ?o } }"


#: ids are clearer in full: as prefixed names their slashes would be escaped
PREFIXES_OF_TERMS = {name: namespace for name, namespace in PREFIXES.items() if name != "id"}


def export(source: GraphSource, format: str, out: Path) -> list[Path]:
    """Write the graph in `format` to the file (or, for neo4j and csv, the folder) `out`; what was written.

    Raises UsageError for a format that there is not.
    """
    if format not in FORMATS:
        raise UsageError(format, "没有这种格式 (no such format)", f"可用 (formats): {', '.join(FORMATS)}")
    out.parent.mkdir(parents=True, exist_ok=True)
    return FORMATS[format](source if format in RDF_FORMATS else source.in_memory(), out)


def graphs(source: GraphSource) -> Iterator[tuple[Iri, list[Triple]]]:
    """Each named graph with its triples, both in a fixed order."""
    for row in source.select(GRAPHS, vocabulary=VOCABULARY, manifest=MANIFEST):
        yield row["graph"], source.construct(CONTENT, graph=row["graph"])


def _turtle(source: GraphSource, out: Path) -> list[Path]:
    triples = (triple for _, found in graphs(source) for triple in found)
    body = serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES_OF_TERMS)
    write_bytes_whole(out, body or b"")
    return [out]


def _nquads(source: GraphSource, out: Path) -> list[Path]:
    lines = (f"{triple} <{graph}> .\n" for graph, found in graphs(source) for triple in found)
    write_bytes_whole(out, "".join(lines).encode())
    return [out]


# ---------------------------------------------------------------- JSON-LD


def _jsonld(source: GraphSource, out: Path) -> list[Path]:
    """Compact JSON-LD by `ontology/context.jsonld`, which is written into the file: nothing to fetch."""
    context = json.loads((ONTOLOGY / "context.jsonld").read_text("utf-8"))["@context"]
    terms = _terms(context)
    named = [{"@id": _compact(graph), "@graph": _nodes(found, terms)} for graph, found in graphs(source)]
    body = json.dumps({"@context": context, "@graph": named}, ensure_ascii=False, indent=1)
    write_bytes_whole(out, (body + "\n").encode())
    return [out]


def _terms(context: dict[str, Any]) -> dict[str, tuple[str, bool]]:
    """Property → the context's word for it, and whether its values are nodes."""
    words = {name: value for name, value in context.items() if isinstance(value, dict)}
    return {iri(value["@id"]): (name, value.get("@type") == "@id") for name, value in words.items()}


def _nodes(triples: list[Triple], terms: dict[str, tuple[str, bool]]) -> list[dict[str, Any]]:
    """One object a subject, its properties in the order of the triples."""
    nodes: dict[str, dict[str, Any]] = {}
    for triple in triples:
        name, property_ = str(triple.subject), triple.predicate.value
        node = nodes.setdefault(name, {"@id": _compact(name.strip("<>"))})
        if property_ == iri("rdf:type"):
            node.setdefault("@type", []).append(_value(triple.object, True))
            continue
        word, is_node = terms.get(property_, (_compact(property_), False))
        node.setdefault(word, []).append(_value(triple.object, is_node))
    return list(nodes.values())


def _value(term: Any, is_node: bool) -> Any:
    """A node or literal as JSON-LD; in the place of a node its IRI alone."""
    if isinstance(term, NamedNode):
        short = _compact(term.value)
        return short if is_node else {"@id": short}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    kind = _compact(term.datatype.value)
    if kind == "xsd:string":
        return term.value
    if kind in _NATIVE:
        return _NATIVE[kind](term.value)
    return {"@value": term.value, "@type": kind}


#: types whose JSON form means exactly the same literal
_NATIVE: dict[str, Callable[[str], Any]] = {"xsd:boolean": lambda text: text == "true", "xsd:integer": int}


def _compact(name: str) -> str:
    """An IRI by prefix; as it is where a prefix would not give it back."""
    for prefix, namespace in PREFIXES.items():
        local = name.removeprefix(namespace)
        if local != name and not local.startswith("//"):
            return f"{prefix}:{local}"
    return name


#: these read the graph once from end to end; all others ask it many questions
RDF_FORMATS = ("turtle", "jsonld", "nquads")
FORMATS: dict[str, Callable[[GraphSource, Path], list[Path]]] = {
    "turtle": _turtle,
    "jsonld": _jsonld,
    "nquads": _nquads,
    "graphml": export_network.graphml,
    "gexf": export_network.gexf,
    "neo4j": export_network.neo4j,
    "jsonl": export_tables.jsonl,
    "csv": export_tables.csv_files,
    "xlsx": export_tables.xlsx,
}
