"""The graph as a networkx multigraph: documents, metrics, agencies and places, and how they hang together.

Nodes are named `kind:id` ("document:xihu", "metric:beds", "agency:南昌市民政局", "place:360103");
a missing document is "missing:ID". Every node has `kind`, `label` and, for documents, `level` and
`trusted`. Every edge has its `kind`, which is its key, and `weight`: how many facts it stands for.

| edge | from → to |
|---|---|
| governs | upper document → lower document (`basis` cited or implied, `confidence`) |
| cites | document → document it cites, held or missing |
| targets | document → metric it sets targets for |
| short, late, … | lower document → upper document, one edge a verdict |
| aligned | metric → metric (`relation`, `score`) |
| copies | document → document with nearly the same passages |
| duty | document → agency it gives duties (`leads`: how many of them led) |
| issues | agency → document |
| covers | document → place |
| within | place → place that it lies in |
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import networkx as nx

from kg.errors import UsageError
from kg.source import GraphSource, Row
from kg.vocabulary import PREFIXES, Iri, names_in

#: kind of node by the first name of its IRI
KINDS = {"doc": "document", "stub": "missing", "concept": "metric", "agency": "agency", "place": "place"}

NODES = """
SELECT ?node ?label ?level ?trusted WHERE {
  { ?node a kg:Document . OPTIONAL { ?node rdfs:label ?label } }
  UNION { ?node a kg:Indicator ; skos:inScheme kg:Indicators ; skos:prefLabel ?label }
  UNION { ?node a kg:Agency ; skos:prefLabel ?label }
  UNION { ?node a kg:Place OPTIONAL { ?node skos:prefLabel ?label } }
  OPTIONAL { ?node kg:level ?level } OPTIONAL { ?node kg:trusted ?trusted }
}"""

#: each gives ?from and ?to, one row a fact; other variables become attributes of the edge
EDGES = {
    "governs": """SELECT ?from ?to ?basis ?confidence WHERE { ?x a kg:Governing ; kg:upperDocument ?from ;
        kg:lowerDocument ?to ; kg:basis ?basis ; kg:confidence ?confidence }""",
    "cites": """SELECT ?from ?to WHERE { ?x a kg:Citation ; kg:inDocument ?from ; kg:resolvesTo ?to
        FILTER(?from != ?to) }""",
    "targets": "SELECT ?from ?to WHERE { ?x a kg:Target ; kg:inDocument ?from ; kg:concept ?to }",
    "aligned": """SELECT ?from ?to ?relation ?score WHERE { ?x a kg:Alignment ; kg:left ?from ; kg:right ?to ;
        kg:alignment ?relation ; kg:score ?score }""",
    "copies": """SELECT ?from ?to WHERE { ?x a kg:Similarity ; kg:left ?left ; kg:right ?right .
        ?left kg:inDocument ?from . ?right kg:inDocument ?to }""",
    "duty": "SELECT ?from ?to WHERE { ?x a kg:Assignment ; kg:inDocument ?from ; kg:hasRole/kg:agency ?to }",
    "issues": "SELECT ?from ?to WHERE { ?to a kg:Document ; eli:passed_by|kg:jointIssuer ?from }",
    "covers": "SELECT ?from ?to WHERE { ?from a kg:Document ; eli:jurisdiction ?to }",
    "within": "SELECT ?from ?to WHERE { ?from kg:partOf ?to }",
}
VERDICTS = """SELECT ?from ?to ?verdict WHERE {
    ?x kg:verdict ?verdict ; kg:lowerDocument ?from ; kg:upperDocument ?to }"""
LEADS = "SELECT ?from ?to WHERE { ?x kg:lead ?to ; kg:inDocument ?from }"


def network(source: GraphSource) -> nx.MultiDiGraph:
    """The whole graph as a typed multigraph; nodes and edges in a fixed order."""
    graph = nx.MultiDiGraph()
    for row in sorted(source.select(NODES), key=lambda row: str(row["node"])):
        graph.add_node(name(row["node"]), **_node(row))
    for kind, query in EDGES.items():
        _add(graph, kind, source.select(query))
    for kind, rows in _by_verdict(source.select(VERDICTS)):
        _add(graph, kind, rows)
    led = Counter((name(row["from"]), name(row["to"])) for row in source.select(LEADS))
    for above, below, data in graph.edges(data=True):
        if data["kind"] == "duty":
            data["leads"] = led[above, below]
    return graph


def name(node: Iri) -> str:
    """The network's name for a node of the graph: `…/id/doc/xihu` → "document:xihu"."""
    kind, *parts = names_in(node)
    return f"{KINDS[kind]}:{'/'.join(parts)}"


def _node(row: Row) -> dict[str, Any]:
    kind, label = name(row["node"]).split(":", 1)
    data: dict[str, Any] = {"kind": kind, "label": row["label"] or label}
    if row["level"] is not None:
        data["level"] = _tail(row["level"], "level-")
    if row["trusted"] is not None:
        data["trusted"] = row["trusted"]
    return data


def _add(graph: nx.MultiDiGraph, kind: str, rows: Iterable[Row]) -> None:
    """One edge for all rows with the same ends; a second fact adds to its weight."""
    ends = sorted(((name(row["from"]), name(row["to"]), row) for row in rows), key=lambda item: item[:2])
    for start, end, row in ends:
        if graph.has_edge(start, end, kind):
            graph[start][end][kind]["weight"] += 1
            continue
        graph.add_edge(start, end, kind, kind=kind, weight=1, **_attributes(row))


def _attributes(row: Row) -> dict[str, Any]:
    """What a row says beside its ends; terms of our schemes by their short name."""
    extra = {key: value for key, value in row.items() if key not in ("from", "to")}
    return {key: _tail(value, f"{_SCHEMES.get(key, key)}-") for key, value in extra.items()}


_SCHEMES = {"relation": "alignment"}


def _tail(value: Any, scheme: str) -> Any:
    return value.removeprefix(PREFIXES["kg"] + scheme) if isinstance(value, Iri) else value


def _by_verdict(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        ends = {"from": row["from"], "to": row["to"]}
        groups.setdefault(_tail(row["verdict"], "verdict-"), []).append(ends)
    for verdict in sorted(groups):
        yield verdict, groups[verdict]


# ---------------------------------------------------------------- what is asked of it


def of_kinds(graph: nx.MultiDiGraph, kinds: Iterable[str]) -> nx.MultiDiGraph:
    """The same nodes with only the edges of these kinds; a copy."""
    wanted = set(kinds)
    part = nx.MultiDiGraph()
    part.add_nodes_from(graph.nodes(data=True))
    part.add_edges_from(edge for edge in graph.edges(keys=True, data=True) if edge[2] in wanted)
    return part


def neighbourhood(graph: nx.MultiDiGraph, node: str, hops: int = 1) -> nx.MultiDiGraph:
    """All nodes at most `hops` edges from `node`, whichever way the edges point, with all edges among them.

    Raises UsageError for a node that there is not.
    """
    _must_have(graph, node)
    return nx.ego_graph(graph, node, radius=hops, undirected=True).copy()


def paths(
    graph: nx.MultiDiGraph, start: str, end: str, kinds: Iterable[str] | None = None
) -> list[list[tuple[str, str, str]]]:
    """The shortest paths from `start` to `end` along the edges, each as (from, kind of edge, to) steps.

    kinds: only edges of these kinds. No path is an empty list. Raises UsageError for an unknown node.
    """
    for node in (start, end):
        _must_have(graph, node)
    part = of_kinds(graph, kinds) if kinds is not None else graph
    if not nx.has_path(part, start, end):
        return []
    routes = sorted(tuple(route) for route in nx.all_shortest_paths(nx.DiGraph(part), start, end))
    return [_steps(part, route) for route in routes]


def _steps(graph: nx.MultiDiGraph, route: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """A path with the kind of each edge; where two run side by side, the first by name."""
    return [(a, min(graph[a][b]), b) for a, b in pairwise(route)]


def centrality(graph: nx.MultiDiGraph, kind: str) -> list[tuple[str, float]]:
    """How central each node of a kind is, the most central first; the shares of all nodes add up to 1.

    Documents by PageRank over governs and cites, read from the one that follows to the one followed;
    agencies by their share of all duties, a led one counting twice.
    """
    if kind == "agency":
        return _by_duties(graph)
    followed = nx.DiGraph()
    followed.add_nodes_from(
        node for node, data in graph.nodes(data=True) if data["kind"] in (kind, "missing")
    )
    for above, below, key in graph.edges(keys=True):
        if key == "governs":
            followed.add_edge(below, above)
        elif key == "cites":
            followed.add_edge(above, below)
    return _ranked(_pagerank(followed))


def _pagerank(graph: nx.DiGraph, damping: float = 0.85, rounds: int = 100) -> dict[str, float]:
    """PageRank by power iteration (Brin and Page 1998); networkx's own needs scipy, which we do without.

    The weight of nodes that lead nowhere is spread over all.
    """
    if not graph:
        return {}
    even = 1 / len(graph)
    ranks = dict.fromkeys(graph, even)
    for _ in range(rounds):
        lost = sum(rank for node, rank in ranks.items() if not graph.out_degree(node))
        base = (1 - damping) * even + damping * lost * even
        fresh = {
            node: base
            + damping * sum(ranks[other] / graph.out_degree(other) for other in graph.predecessors(node))
            for node in graph
        }
        change = sum(abs(fresh[node] - ranks[node]) for node in graph)
        ranks = fresh
        if change < len(graph) * 1e-12:
            break
    return ranks


def _by_duties(graph: nx.MultiDiGraph) -> list[tuple[str, float]]:
    loads = {node: 0.0 for node, data in graph.nodes(data=True) if data["kind"] == "agency"}
    for _, agency, data in graph.edges(data=True):
        if data["kind"] == "duty":
            loads[agency] += data["weight"] + data["leads"]
    whole = sum(loads.values())
    return _ranked({node: load / whole for node, load in loads.items()} if whole else loads)


def _ranked(scores: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(scores.items(), key=lambda item: (-round(item[1], 9), item[0]))


def _must_have(graph: nx.MultiDiGraph, node: str) -> None:
    if node not in graph:
        near = [other for other in graph if node in other or node in graph.nodes[other]["label"]]
        raise UsageError(
            node, "没有这个节点 (no such node)", f"相近的 (alike): {', '.join(near[:10]) or '-'}"
        )
