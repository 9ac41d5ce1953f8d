"""The built graph: embedded on disk and swapped in whole, or behind any SPARQL 1.1 server.

On disk `OUT/` holds one directory a finished build, `store-DIGEST`, its inventory `graphs-DIGEST.json`, and
the file `CURRENT` with the name of the one that counts. A build goes to a directory of its own, gets its
final name when it is whole, and only then does `CURRENT` change, by a rename. So readers see the old graph
or the new one and never a half; a build that is killed leaves the old one standing. A reader keeps the
graph it opened: the build before the current one stays on disk until the next. Where little changed, the
new directory begins as a copy of the old one; the digest is of all statements, however they came there.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import GraphError
from kg.files import linked_copy, only_writer, write_whole
from kg.graph import Part, parts
from kg.inventory import Inventory, inventory_file, read_inventory
from kg.model import Knowledge
from kg.remote import Sent, replace_graphs
from kg.source import GraphSource, LocalGraph, RemoteGraph
from kg.vocabulary import ONTOLOGY, VOCABULARY

POINTER = "CURRENT"
#: share of changed graphs up to which a copy with changes is faster than writing everything
_WORTH_PATCHING = 0.25


def write(knowledge: Knowledge, texts: Mapping[str, str], out: Path) -> Path:
    """Build the graph of `knowledge` under `out` and make it the current one; the directory it stands in.

    texts: file text by document id, for the context of quotes (see `kg.graph.parts`).
    Raises GraphError when another build is writing there.
    """
    return write_parts(parts(knowledge, texts), out)


def write_parts(content: Iterable[Part], out: Path, code: str = "") -> Path:
    """Make the graph of these parts the current one under `out`; the directory it stands in.

    Parts that follow from the same as in the current graph are taken over from it. code: a mark of all
    that makes statements; what other code wrote is written anew.
    Raises GraphError when another build is writing there.
    """
    out.mkdir(parents=True, exist_ok=True)
    content = [_VOCABULARY_PART, *content]
    with only_writer(out):
        _sweep(out, "building-*")
        fresh = out / f"building-{os.getpid()}"
        digests = _patched(fresh, content, out, code) or _filled(fresh, content)
        inventory = Inventory(code, {part.graph: (part.mark, digests[part.graph]) for part in content})
        inventory.write(out)
        finished = out / f"store-{inventory.digest()}"
        if finished.exists():
            shutil.rmtree(fresh)
        else:
            fresh.rename(finished)
        _point(out, finished.name)
    return finished


def write_remote(graph: LocalGraph, url: str) -> Sent:
    """Make the graphs of a SPARQL 1.1 server those of `graph`; only what changed is sent.

    url: its Graph Store endpoint (Oxigraph http://HOST:7878/store, Fuseki http://HOST:3030/NAME/data);
    a bare http://HOST:PORT means its `/store`. Raises GraphError when it does not answer or refuses.
    """
    return replace_graphs(graph.quads, endpoint(url, "/store"))


def open_graph(where: str | Path) -> GraphSource:
    """The graph in a directory (`build`, `build/graph`) or behind a server.

    A URL names the SPARQL query endpoint; a bare http://HOST:PORT means its `/query`.
    Raises GraphError when there is no graph, or the server does not show its named graphs as one.
    """
    if str(where).startswith(("http://", "https://")):
        remote = RemoteGraph(endpoint(str(where), "/query"))
        remote.check()
        return remote
    return open_local(Path(where))


def open_local(where: Path) -> LocalGraph:
    """The graph in a directory. Raises GraphError when there is none."""
    folder = current(where)
    try:
        return _opened(folder)
    except GraphError:
        if current(where) == folder:
            raise
        return open_local(where)  # a build that ended just now swept the one we looked up


def previous(where: str | Path) -> GraphSource | None:
    """The build before the current one, to say what changed; None where there is none any more."""
    folder = current(Path(where))
    older = [each for each in folder.parent.glob("store-*") if each != folder]
    return _opened(older[0]) if len(older) == 1 else None


def _opened(folder: Path) -> LocalGraph:
    try:
        return LocalGraph(Store.read_only(str(folder)))
    except (OSError, RuntimeError) as error:  # RocksDB reports corruption as either
        raise GraphError(
            folder, f"图谱打不开 (the graph cannot be opened): {error}", "重新构建 (build again): kg build"
        ) from error


def open_memory(knowledge: Knowledge, texts: Mapping[str, str] | None = None) -> LocalGraph:
    """The graph of `knowledge` in memory alone: for checks of drafts and for tests."""
    store = Store()
    for part in (_VOCABULARY_PART, *parts(knowledge, texts or {})):
        store.bulk_extend(part.content())
    return LocalGraph(store)


def is_graph(where: str | Path) -> bool:
    """Whether there is a finished build in a directory."""
    return any((folder / POINTER).is_file() for folder in (Path(where), Path(where) / "graph"))


def current(where: Path) -> Path:
    """The directory of the finished build that counts under `where` or `where/graph`."""
    for folder in (where, where / "graph"):
        pointer = folder / POINTER
        if pointer.is_file():
            return folder / pointer.read_text("utf-8").strip()
    raise GraphError(where, "这里没有图谱 (no graph here)", "先构建 (build one first): kg build")


def endpoint(url: str, path: str) -> str:
    """`url` as it is, with `path` where it names a server and nothing on it."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=path)) if parts.path in ("", "/") else url


def vocabulary_quads() -> Iterator[Quad]:
    """The ontology and the metric scheme, blank nodes numbered as they come so that bytes repeat."""
    names: dict[str, BlankNode] = {}

    def stable(term: object) -> object:
        if not isinstance(term, BlankNode):
            return term
        return names.setdefault(term.value, BlankNode(f"v{len(names)}"))

    graph = NamedNode(VOCABULARY)
    for path in (ONTOLOGY / "policy.ttl", ONTOLOGY / "metrics.ttl"):
        if path.is_file():
            for quad in parse(path=str(path), format=RdfFormat.TURTLE):
                yield Quad(stable(quad.subject), quad.predicate, stable(quad.object), graph)  # type: ignore[arg-type]


#: the code that a build is of covers the ontology, so its graph follows from nothing else
_VOCABULARY_PART = Part(VOCABULARY, vocabulary_quads, mark="vocabulary")


def _filled(folder: Path, content: Iterable[Part]) -> dict[str, str]:
    """Load every part into a new store at `folder`; the digest of each part."""
    digests: dict[str, str] = {}
    store = Store(str(folder))
    store.bulk_extend(_told(content, digests))
    store.optimize()
    store.flush()
    return digests


def _patched(folder: Path, content: Sequence[Part], out: Path, code: str) -> dict[str, str] | None:
    """Copy the current store to `folder` and write what changed into the copy; the digest of each part.

    None, and nothing at `folder`, where there is no store to copy or too much of it changed.
    """
    kept = read_inventory(current(out), code) if is_graph(out) else Inventory(code, {})
    changed = [part for part in content if not kept.holds(part.graph, part.mark)]
    if not kept.graphs or len(changed) > len(content) * _WORTH_PATCHING:
        return None
    linked_copy(current(out), folder, unchanging=".sst")
    try:
        store = Store(str(folder))
    except (OSError, RuntimeError):  # a damaged store is no use to copy from
        shutil.rmtree(folder)
        return None
    digests = {graph: digest for graph, (_, digest) in kept.graphs.items()}
    for part in changed:
        before = digests.get(part.graph)
        said = list(_told([part], digests))
        if digests[part.graph] != before:
            _replace_graph(store, part.graph, said)
    for gone in kept.graphs.keys() - {part.graph for part in content}:
        store.remove_graph(NamedNode(gone))
    store.flush()
    return digests


def _replace_graph(store: Store, graph: str, said: Iterable[Quad]) -> None:
    """Make `said` all that a graph holds, by its differences."""
    name = NamedNode(graph)
    before, after = set(store.quads_for_pattern(None, None, None, name)), set(said)
    if not after:
        store.remove_graph(name)
        return
    for quad in before - after:
        store.remove(quad)
    store.extend(after - before)


def _told(content: Iterable[Part], digests: dict[str, str]) -> Iterator[Quad]:
    """What the parts say, the digest of each noted when it is told."""
    for part in content:
        checksum = hashlib.sha256()
        for quad in part.content():
            checksum.update(str(quad).encode())
            yield quad
        digests[part.graph] = checksum.hexdigest()


def _point(out: Path, name: str) -> None:
    """Make `name` the current build in one step, then drop builds that nobody should still read."""
    pointer = out / POINTER
    previous = pointer.read_text("utf-8").strip() if pointer.is_file() else name
    write_whole(pointer, name + "\n", durable=True)
    _sweep(out, "store-*", keep=(name, previous))
    known = {inventory_file(out, each.removeprefix("store-")) for each in (name, previous)}
    for path in set(out.glob("graphs-*.json")) - known:
        path.unlink()


def _sweep(out: Path, pattern: str, keep: tuple[str, ...] = ()) -> None:
    for folder in out.glob(pattern):
        if folder.name not in keep:
            shutil.rmtree(folder)
