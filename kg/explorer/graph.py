"""图谱: what hangs together with any document, metric, agency or place, typed and filterable."""

from collections.abc import Sequence
from functools import partial
from html import escape

import networkx as nx
import streamlit as st

from kg.explorer import plots
from kg.explorer.neighbours import KINDS, MOST, around, clicked, drawn
from kg.explorer.parts import VERDICT_LOOK, badge, empty, here, node_link, portion, table
from kg.explorer.state import choose, choose_many, graph, plans, say, version
from kg.network import network, of_kinds

#: kind of node → the page that has it
_PAGES = {"document": "document", "metric": "metrics", "agency": "agencies"}


def page() -> None:
    """Choose a node, the relations and how far; the drawing, and the same as a list."""
    st.title(say("page.graph"))
    whole = _network(version())
    if not whole:
        empty("empty.graph")
        return
    columns = st.columns([3, 3, 1])
    nodes = _ordered(whole)
    labels = {
        node: f"{say('node.' + whole.nodes[node]['kind'])} · {whole.nodes[node]['label']}" for node in nodes
    }
    start = choose(say("graph.node"), nodes, "node", show=lambda node: labels[node], at=columns[0])
    present = sorted({key for *_, key in whole.edges(keys=True)})
    kinds = choose_many(say("graph.kinds"), present, "kind", edge_word, columns[1])
    hops = choose(say("graph.hops"), ["1", "2", "3"], "hops", at=columns[2])
    near, cut = around(of_kinds(whole, kinds) if kinds else whole, str(start), int(hops or 1))
    if len(near) < 2:
        empty("empty.graph_kinds")
    if cut:
        st.warning(say("graph.cut", count=MOST))
    st.caption(f"{say('graph.drawn', nodes=len(near), edges=near.number_of_edges())} · {say('graph.click')}")
    st.html(_centre(whole, str(start)))
    key = f"graph.{start}"
    plots.draw(
        drawn(near, str(start), [say(f"node.{kind}") for kind in KINDS], edge_word),
        alt=say("graph.alt", name=labels[str(start)]),
        height=620,
        key=key,
        on_select=partial(_go, key, list(near)),
    )
    _list(near)


@st.cache_resource(show_spinner=False, max_entries=1)
def _network(of: str) -> nx.MultiDiGraph:
    return network(graph())


def _ordered(whole: nx.MultiDiGraph) -> list[str]:
    """Documents first, in the order of lists, then the others, the best connected first."""
    documents = [f"document:{doc}" for doc in plans() if f"document:{doc}" in whole]
    degree = dict(whole.degree())
    return [*documents, *sorted(set(whole) - set(documents), key=lambda node: (-degree[node], node))]


def edge_word(kind: str) -> str:
    """A relation in words; an edge of a verdict bears the verdict's word."""
    return say(f"verdict.{kind}") if kind in VERDICT_LOOK else say(f"edge.{kind}")


def _go(key: str, names: Sequence[str]) -> None:
    """Make the node that was clicked the centre, as a link to it would."""
    node = clicked(st.session_state.get(key), names)
    if node is not None:
        st.query_params["node"] = node


def _centre(whole: nx.MultiDiGraph, node: str) -> str:
    """The node in the middle, and its own page, as HTML."""
    kind, _, name = node.partition(":")
    data = whole.nodes[node]
    own = node_link(kind, name, say("graph.open", page=say("page." + _PAGES[kind]))) if kind in _PAGES else ""
    about = f"{escape(say('node.' + data['kind']))} · <strong>{escape(data['label'])}</strong>"
    return f"<p>{about} {own}</p>"


def _lead(near: nx.MultiDiGraph, node: str) -> str:
    """A node with its kind: from here on, and its own page."""
    data = near.nodes[node]
    kind, _, name = node.partition(":")
    centre = here(data["label"], page="graph", node=node)
    own = f" {node_link(kind, name, say('page.' + _PAGES[kind]))}" if kind in _PAGES else ""
    return f"<span class=kg-where>{escape(say('node.' + data['kind']))}</span> {centre}{own}"


def _list(near: nx.MultiDiGraph) -> None:
    """The same relations as a table, for reading aloud, printing and keyboards."""
    edges = sorted(near.edges(keys=True, data="weight"), key=lambda edge: (edge[2], edge[0], edge[1]))
    rows = [
        (
            _lead(near, above),
            (badge(kind) if kind in VERDICT_LOOK else escape(edge_word(kind)))
            + (f" ×{weight}" if weight > 1 else ""),
            _lead(near, below),
        )
        for above, below, kind, weight in portion(edges, "graph")
    ]
    if rows:
        st.subheader(say("graph.list"))
        st.html(table([say("graph.from"), say("graph.relation"), say("graph.to")], rows))
