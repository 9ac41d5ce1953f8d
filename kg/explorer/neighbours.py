"""The part of a network that is drawn: near its centre, and no more than a person can look at."""

from collections.abc import Callable, Sequence
from typing import Any

import networkx as nx

from kg.explorer import plots
from kg.network import neighbourhood

#: kinds of nodes in the order of the legend
KINDS = ("document", "missing", "metric", "agency", "place")
#: nodes that are drawn at most
MOST = 300
#: pixels from the middle of a drawing to its edge; arrows end at the nodes where places are about pixels
_WIDE, _HIGH = 380, 270
_SIZES = {"document": 30, "missing": 20, "metric": 16, "agency": 18, "place": 22}


def around(graph: nx.MultiDiGraph, start: str, hops: int) -> tuple[nx.MultiDiGraph, bool]:
    """What lies within so many steps of a node, and whether it had to be cut to `MOST` nodes.

    Cut, the nearest stay, of those the best connected.
    """
    near = neighbourhood(graph, start, hops)
    if len(near) <= MOST:
        return near, False
    steps = nx.single_source_shortest_path_length(near.to_undirected(as_view=True), start)
    degree = dict(near.degree())
    kept = sorted(near, key=lambda node: (steps[node], -degree[node], node))[:MOST]
    return near.subgraph(kept).copy(), True


def clicked(event: Any, names: Sequence[str]) -> str | None:
    """The node that a selection of Streamlit's chart names by its place among `names`; None for an edge."""
    for group in (event or {}).get("selection", {}).get("selected", []):
        places = group["data_indices"] if group["data_type"] == "node" else []
        if places and places[0] < len(names):
            return names[places[0]]
    return None


def laid_out(near: nx.MultiDiGraph, start: str) -> dict[str, tuple[float, float]]:
    """Where each node stands, the centre in the middle; the same nodes always stand in the same places.

    By springs (Fruchterman and Reingold 1991) from rings of equal steps.
    """
    together = nx.Graph()
    together.add_nodes_from(sorted(near))
    together.add_edges_from(sorted(near.edges()))
    steps = nx.single_source_shortest_path_length(together, start)
    rings = [[node for node in together if steps[node] == step] for step in sorted(set(steps.values()))]
    begin = nx.shell_layout(together, rings)
    found = nx.spring_layout(
        together, pos=begin, fixed=[start], k=1.6 / len(near) ** 0.5, iterations=60, seed=1
    )
    return {node: (round(_WIDE * float(x), 1), round(_HIGH * float(y), 1)) for node, (x, y) in found.items()}


def drawn(
    near: nx.MultiDiGraph, start: str, words: Sequence[str], edge_word: Callable[[str], str]
) -> dict[str, Any]:
    """The ECharts option of a network; words: the kinds of nodes, as `KINDS`, in the reader's language."""
    places = laid_out(near, start)
    nodes = [
        {
            "id": node,
            "x": places[node][0],
            "y": places[node][1],
            "name": "".join(data["label"].split())[:60],
            "category": KINDS.index(data["kind"]),
            "symbolSize": _SIZES[data["kind"]] + (14 if node == start else 0),
            "itemStyle": {"borderType": "dashed", "borderColor": "#555555", "borderWidth": 2, "opacity": 0.7}
            if data["kind"] == "missing"
            else {},
        }
        for node, data in near.nodes(data=True)
    ]
    few = near.number_of_edges() < 25
    called = {kind: edge_word(kind) for kind in {key for *_, key in near.edges(keys=True)}}
    edges = [
        {
            "source": above,
            "target": below,
            "label": {"show": few, "formatter": called[kind], "fontSize": 10},
            "lineStyle": {"type": "dashed" if data.get("basis") == "implied" else "solid", "curveness": 0.1},
        }
        for above, below, kind, data in near.edges(keys=True, data=True)
    ]
    return plots.graph(nodes, edges, words)
