"""图谱: what hangs together with any document, metric, agency or place, typed and filterable."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

import networkx as nx
import streamlit as st

from kg.explorer import plots
from kg.explorer.nearby import nearby
from kg.explorer.neighbours import KINDS, MOST, around, clicked, drawn
from kg.explorer.parts import VERDICT_LOOK, badge, calm, empty, here, node_link, portion, table
from kg.explorer.picking import MOST as OFFERED
from kg.explorer.state import asked, choose, choose_many, first, graph, kept, plans, say, type_in, version
from kg.network import EDGES, network, of_kinds
from kg.vocabulary import names_in

#: plans whose network is held whole
_WHOLE = 200
#: relations that tie a plan of a large graph to hundreds of others: drawn when they are asked for
_CROWDED = ("copies", "benchmark")

#: how many nodes were clicked in this session
_CLICKS = "graph.clicks"

#: kind of node → the page that has it
_PAGES = {"document": "document", "metric": "metrics", "agency": "agencies"}


def page() -> None:
    """Choose a node, the relations and how far; the drawing, and the same as a list."""
    st.title(say("page.graph"))
    if not plans():
        empty("empty.graph")
        return
    columns = st.columns([3, 3, 1])
    start = _start(columns[0])
    if start is None:
        return
    kinds = choose_many(say("graph.kinds"), _edges(), "kind", edge_word, columns[1])
    hops = int(choose(say("graph.hops"), ["1", "2", "3"], "hops", at=columns[2]) or 1)
    with st.spinner(say("graph.asking")):
        near, cut = _near(start, tuple(kinds), hops)
    if len(near) < 2:
        empty("empty.graph_kinds")
    if cut:
        st.warning(say("graph.cut", count=MOST))
    st.caption(f"{say('graph.drawn', nodes=len(near), edges=near.number_of_edges())} · {say('graph.click')}")
    if _large():
        left_out = "、".join(edge_word(each) for each in _CROWDED)
        st.caption(say("graph.outermost") + ("" if kinds else say("graph.crowded", kinds=left_out)))
    st.html(_centre(near, start))
    key = f"graph.{start}.{st.session_state.get(_CLICKS, 0)}"
    plots.draw(
        drawn(near, start, [say(f"node.{kind}") for kind in KINDS], edge_word),
        alt=say("graph.alt", name=near.nodes[start]["label"]),
        height=620,
        key=key,
        on_select=partial(_go, key, list(near)),
    )
    _list(near)


def _large() -> bool:
    """Whether the network is too large to be held whole."""
    return len(plans()) > _WHOLE


def _near(start: str, kinds: tuple[str, ...], hops: int) -> tuple[nx.MultiDiGraph, bool]:
    """What is drawn, and whether something had to be left out."""
    if _large():
        asked_for = kinds or tuple(each for each in _edges() if each not in _CROWDED)
        found: tuple[nx.MultiDiGraph, bool] = kept(nearby, start=start, kinds=asked_for, hops=hops)
        return found
    whole = _network(version())
    return around(of_kinds(whole, kinds) if kinds else whole, start, hops)


@st.cache_resource(show_spinner=False, max_entries=1)
def _network(of: str) -> nx.MultiDiGraph:
    return network(graph())


def _edges() -> list[str]:
    """The kinds of relations: those that there are, or where nobody can count them all that may be."""
    if _large():
        return sorted([*EDGES, *first("totals")])
    return sorted({key for *_, key in _network(version()).edges(keys=True)})


def _start(at: Any) -> str | None:
    """The node in the middle: of a small graph any, of a large one those with the words that are typed."""
    if not _large():
        whole = _network(version())
        labels = {node: data["label"] for node, data in whole.nodes(data=True)}
        return choose(say("graph.node"), _ordered(whole), "node", show=partial(_called, labels), at=at)
    words = type_in(say("pick.words", what=say("graph.node")), "find", at, placeholder=say("graph.hint"))
    labels = dict(_candidates())
    found = [node for node, label in labels.items() if words in label or words in node]
    shown = found[:OFFERED]
    wanted = asked("node")
    if wanted and wanted not in shown and (not words or wanted in found):
        if wanted.partition(":")[0] not in KINDS:
            wanted = None
        else:
            shown.append(wanted)
    if not shown:
        at.caption(calm(say("graph.none", words=words)))
        return None
    chosen = choose(say("graph.node"), shown, "node", show=partial(_called, labels), at=at)
    if len(found) > len(shown):
        at.caption(say("graph.shown", shown=len(shown), count=f"{len(found):,}", all=f"{len(labels):,}"))
    return chosen


def _called(labels: Mapping[str, str], node: str) -> str:
    kind, _, name = node.partition(":")
    return f"{say('node.' + kind)} · {labels.get(node, name)}"


def _candidates() -> Iterator[tuple[str, str]]:
    """Every node of a large graph with what it is called."""
    yield from ((f"document:{plan.doc}", plan.name) for plan in plans().values())
    yield from ((f"metric:{each.id}", each.label) for each in first("metrics").values())
    yield from ((f"agency:{name}", name) for name in first("agencies"))
    yield from ((f"place:{plan.place}", plan.where or plan.place) for plan in plans().values() if plan.place)
    yield from ((f"missing:{'/'.join(names_in(name)[1:])}",) * 2 for name in first("lacking"))


def _ordered(whole: nx.MultiDiGraph) -> list[str]:
    """Documents first, in the order of lists, then the others, the best connected first."""
    documents = [f"document:{doc}" for doc in plans() if f"document:{doc}" in whole]
    degree = dict(whole.degree())
    return [*documents, *sorted(set(whole) - set(documents), key=lambda node: (-degree[node], node))]


def edge_word(kind: str) -> str:
    """A relation in words; an edge of a verdict bears the verdict's word."""
    return say(f"verdict.{kind}") if kind in VERDICT_LOOK else say(f"edge.{kind}")


def _go(key: str, names: Sequence[str]) -> None:
    """Make the node that was clicked the centre, as a link to it would.

    The next drawing is another one, even of the same node: the browser keeps what was selected in a drawing,
    and who comes back to it would only unselect that node by clicking it again.
    """
    node = clicked(st.session_state.get(key), names)
    if node is not None:
        st.session_state[_CLICKS] = st.session_state.get(_CLICKS, 0) + 1
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
