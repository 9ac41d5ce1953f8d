"""Writing the graph to a server by the SPARQL 1.1 Graph Store Protocol, one PUT a named graph.

A manifest graph on the server holds the digest of every graph that stands there whole, so a build
sends only what changed. The entry of a graph is taken out before the graph is touched and put back
last: after an interruption whatever is not listed is sent again.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote
from urllib.request import Request

from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse, serialize

from kg.graph_terms import named
from kg.source import send
from kg.vocabulary import MANIFEST, iri


@dataclass(frozen=True, slots=True)
class Sent:
    """What a write to a server did: graphs sent, left as they were, and removed."""

    sent: int
    unchanged: int
    removed: int


def replace_graphs(content: Callable[[], Iterable[Quad]], store: str) -> Sent:
    """Make the named graphs behind the Graph Store endpoint `store` those of `content`.

    content: gives all quads, graph after graph, the same at each call: it is called twice, first to
    see what changed, then to send it, so that no more than one graph is ever held in memory.
    Readers see each graph change whole; in between they may see new documents with old links.
    Raises GraphError when the server does not answer or refuses.
    """
    before = _manifest(store)
    after = {graph: hashlib.sha256(body).hexdigest() for graph, body in _bodies(content())}
    changed = {graph for graph in after if before.get(graph) != after[graph]}
    stale = [graph for graph in before if graph not in after]
    if changed or stale:
        _put_manifest(store, {graph: mark for graph, mark in before.items() if after.get(graph) == mark})
        for graph, body in _bodies(content()):
            if graph in changed:
                _put(store, graph, body)
        for graph in stale:
            send(Request(_address(store, graph), method="DELETE"), absent=b"")
        _put_manifest(store, after)
    return Sent(len(changed), len(after) - len(changed), len(stale))


def _bodies(content: Iterable[Quad]) -> Iterator[tuple[str, bytes]]:
    """Each named graph as N-Triples, in the order of `content`."""
    for graph, group in groupby(content, key=lambda quad: quad.graph_name):
        body = serialize((quad.triple for quad in group), format=RdfFormat.N_TRIPLES)
        yield str(graph.value), body or b""


def _manifest(store: str) -> dict[str, str]:
    """The digest of each graph that stands on the server whole; nothing where nothing was written yet."""
    request = Request(_address(store, MANIFEST), headers={"Accept": RdfFormat.N_TRIPLES.media_type})
    body = send(request, absent=b"")
    return {quad.subject.value: quad.object.value for quad in parse(body, RdfFormat.N_TRIPLES)}


def _put_manifest(store: str, marks: Mapping[str, str]) -> None:
    triples = [Triple(named(graph), named(iri("kg:digest")), Literal(mark)) for graph, mark in marks.items()]
    _put(store, MANIFEST, serialize(triples, format=RdfFormat.N_TRIPLES) or b"")


def _put(store: str, graph: str, body: bytes) -> None:
    headers = {"Content-Type": RdfFormat.N_TRIPLES.media_type}
    send(Request(_address(store, graph), body, headers, method="PUT"))


def _address(store: str, graph: str) -> str:
    """The Graph Store address of one named graph (indirect identification)."""
    mark = "&" if "?" in store else "?"
    return f"{store}{mark}graph={quote(graph, safe='')}"
