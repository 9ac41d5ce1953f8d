"""What hangs together with one node of a large graph: asked step by step, never the whole network.

The edges are those of `kg.network`. Only edges that touch a node nearer than the last step are asked for:
how the outermost neighbours hang together among themselves is seen from each of them.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import networkx as nx

from kg.explorer.neighbours import MOST
from kg.network import EDGES, KINDS, VERDICTS, name
from kg.source import GraphSource
from kg.vocabulary import PREFIXES, Iri, node

#: which kinds of nodes each edge joins: from, to
_ENDS = {
    "governs": (("document", "missing"), ("document",)),
    "cites": (("document",), ("document", "missing")),
    "targets": (("document",), ("metric",)),
    "aligned": (("metric",), ("metric",)),
    "copies": (("document",), ("document",)),
    "duty": (("document",), ("agency",)),
    "issues": (("agency",), ("document", "missing")),
    "covers": (("document", "missing"), ("place",)),
    "within": (("place",), ("place",)),
}
_VERDICT_ENDS = (("document",), ("document",))
_LABELS = """
SELECT ?node ?title ?label ?level WHERE {
  VALUES ?node { $nodes } OPTIONAL { ?node rdfs:label ?title } OPTIONAL { ?node kg:level ?level }
  OPTIONAL { ?node skos:prefLabel ?label FILTER(LANG(?label) != "en") } }"""
_SPACES = {kind: space for space, kind in KINDS.items()}
#: facts that one question may answer with; more are cut, and that is said
ROWS = 4_000


def iri_of(named: str) -> Iri:
    """The graph's node for a network's name: "document:xihu" → `…/id/doc/xihu`."""
    kind, _, rest = named.partition(":")
    return node(_SPACES[kind], *rest.split("/"))


def nearby(
    source: GraphSource, start: str, kinds: tuple[str, ...], hops: int
) -> tuple[nx.MultiDiGraph, bool]:
    """What lies within so many steps of a node along edges of these kinds; whether some of it is left out.

    start: a network's name. kinds: of edges, verdicts among them. At most `MOST` nodes, the nearest first,
    of those the best connected. A node that there is not stands alone.
    """
    graph = nx.MultiDiGraph()
    graph.add_node(start)
    cut, frontier = False, [start]
    for _ in range(hops):
        cut |= _grow(source, graph, frontier, kinds)
        steps = nx.single_source_shortest_path_length(graph.to_undirected(as_view=True), start)
        degree = dict(graph.degree())
        kept = sorted(graph, key=lambda each: (steps[each], -degree[each], each))
        cut |= len(kept) > MOST
        asked = set(frontier)
        graph.remove_nodes_from(kept[MOST:])
        frontier = [each for each in kept[:MOST] if each not in asked]
    _label(source, graph)
    return graph, cut


def _grow(
    source: GraphSource, graph: nx.MultiDiGraph, frontier: Iterable[str], kinds: Collection[str]
) -> bool:
    """Add every edge that touches the frontier; whether a question had more than `ROWS` answers."""
    cut = False
    by_kind: dict[str, list[str]] = {}
    for each in frontier:
        by_kind.setdefault(each.partition(":")[0], []).append(each)
    known = {edge[:3] for edge in graph.edges(keys=True)}
    counted: dict[tuple[str, str, str], dict[str, Any]] = {}
    for query, side, named in _questions(by_kind, kinds):
        rows = source.select(f"{query} LIMIT {ROWS + 1}", nodes=[iri_of(each) for each in named])
        cut |= len(rows) > ROWS
        for row in rows[:ROWS]:
            above, below = name(row["from"]), name(row["to"])
            kind = _tail(row["verdict"]) if row.get("verdict") else side
            edge = above, below, kind
            if edge not in known:
                seen = counted.setdefault(edge, {"kind": kind, "weight": 0, "basis": _tail(row.get("basis"))})
                seen["weight"] += 1
        known |= set(counted)
        for (above, below, kind), data in counted.items():
            graph.add_edge(above, below, kind, **data)
        counted = {}
    return cut


def _questions(by_kind: dict[str, list[str]], kinds: Collection[str]) -> Iterator[tuple[str, str, list[str]]]:
    """(query with `$nodes` in it, kind of edge, nodes) for every kind of edge and both of its ends."""
    verdicts = [each for each in kinds if each not in EDGES]
    asked = [(kind, query, _ENDS[kind]) for kind, query in EDGES.items() if kind in kinds]
    if verdicts:
        listed = " ".join(f"kg:verdict-{each}" for each in verdicts)
        asked.append(
            ("", VERDICTS.replace("WHERE {", f"WHERE {{ VALUES ?verdict {{ {listed} }}"), _VERDICT_ENDS)
        )
    for kind, query, ends in asked:
        for side, allowed in zip(("from", "to"), ends, strict=True):
            named = [each for which in allowed for each in by_kind.get(which, ())]
            if named:
                bound = query.replace("WHERE {", f"WHERE {{ VALUES ?{side} {{ $nodes }}", 1)
                yield bound, kind, named


def _label(source: GraphSource, graph: nx.MultiDiGraph) -> None:
    """What each node is called."""
    rows = {name(row["node"]): row for row in source.select(_LABELS, nodes=[iri_of(each) for each in graph])}
    for each, data in graph.nodes(data=True):
        kind, _, rest = each.partition(":")
        row = rows.get(each, {})
        data |= {"kind": kind, "label": row.get("title") or row.get("label") or rest}


def _tail(value: Any) -> Any:
    """`…ontology#verdict-late` → late."""
    return value.removeprefix(PREFIXES["kg"]).partition("-")[2] if isinstance(value, Iri) else value
