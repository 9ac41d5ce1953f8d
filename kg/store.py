"""The built graph: embedded on disk and swapped in whole, or behind any SPARQL 1.1 server.

On disk `OUT/` holds one directory a finished build, `store-DIGEST`, and the file `CURRENT` with the
name of the one that counts. A build goes to a directory of its own, gets its final name when it is
whole, and only then does `CURRENT` change, by a rename. So readers see the old graph or the new one
and never a half; a build that is killed leaves the old one standing. A reader keeps the graph it
opened: the build before the current one stays on disk until the next.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import GraphError
from kg.files import only_writer, write_whole
from kg.graph import quads
from kg.model import Knowledge
from kg.remote import Sent, replace_graphs
from kg.source import GraphSource, LocalGraph, RemoteGraph
from kg.vocabulary import ONTOLOGY, VOCABULARY

POINTER = "CURRENT"


def write(knowledge: Knowledge, texts: Mapping[str, str], out: Path) -> Path:
    """Build the graph of `knowledge` under `out` and make it the current one; the directory it stands in.

    texts: file text by document id, for the context of quotes (see `kg.graph.quads`).
    Raises GraphError when another build is writing there.
    """
    out.mkdir(parents=True, exist_ok=True)
    with only_writer(out):
        _sweep(out, "building-*")
        fresh = out / f"building-{os.getpid()}"
        finished = out / f"store-{_fill(fresh, everything(knowledge, texts))}"
        if finished.exists():
            shutil.rmtree(fresh)
        else:
            fresh.rename(finished)
        _point(out, finished.name)
    return finished


def write_remote(knowledge: Knowledge, texts: Mapping[str, str], url: str) -> Sent:
    """Make the graphs of a SPARQL 1.1 server those of `knowledge`; only what changed is sent.

    url: its Graph Store endpoint (Oxigraph http://HOST:7878/store, Fuseki http://HOST:3030/NAME/data);
    a bare http://HOST:PORT means its `/store`. Raises GraphError when it does not answer or refuses.
    """
    return replace_graphs(lambda: everything(knowledge, texts), endpoint(url, "/store"))


def everything(knowledge: Knowledge, texts: Mapping[str, str]) -> Iterator[Quad]:
    """What a store holds: the vocabulary, every document, the links; always in this order."""
    yield from vocabulary_quads()
    yield from quads(knowledge, texts)


def open_graph(where: str | Path) -> GraphSource:
    """The graph in a directory (`build`, `build/graph`) or behind a server.

    A URL names the SPARQL query endpoint; a bare http://HOST:PORT means its `/query`.
    Raises GraphError when there is no graph, or the server does not show its named graphs as one.
    """
    if str(where).startswith(("http://", "https://")):
        remote = RemoteGraph(endpoint(str(where), "/query"))
        remote.check()
        return remote
    folder = current(Path(where))
    try:
        return _opened(folder)
    except GraphError:
        if current(Path(where)) == folder:
            raise
        return open_graph(where)  # a build that ended just now swept the one we looked up


def previous(where: str | Path) -> GraphSource | None:
    """The build before the current one, to say what changed; None where there is none any more."""
    folder = current(Path(where))
    older = [each for each in folder.parent.glob("store-*") if each != folder]
    return _opened(older[0]) if len(older) == 1 else None


def _opened(folder: Path) -> GraphSource:
    try:
        return LocalGraph(Store.read_only(str(folder)))
    except (OSError, RuntimeError) as error:  # RocksDB reports corruption as either
        raise GraphError(
            folder, f"图谱打不开 (the graph cannot be opened): {error}", "重新构建 (build again): kg build"
        ) from error


def open_memory(knowledge: Knowledge, texts: Mapping[str, str] | None = None) -> LocalGraph:
    """The graph of `knowledge` in memory alone: for checks of drafts and for tests."""
    store = Store()
    store.bulk_extend(everything(knowledge, texts or {}))
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


def _fill(folder: Path, content: Iterable[Quad]) -> str:
    """Load everything into a new store at `folder`; the digest of all that went in."""
    checksum = hashlib.sha256()

    def counted() -> Iterator[Quad]:
        for quad in content:
            checksum.update(str(quad).encode())
            yield quad

    store = Store(str(folder))
    store.bulk_extend(counted())
    store.optimize()
    store.flush()
    return checksum.hexdigest()[:16]


def _point(out: Path, name: str) -> None:
    """Make `name` the current build in one step, then drop builds that nobody should still read."""
    pointer = out / POINTER
    previous = pointer.read_text("utf-8").strip() if pointer.is_file() else name
    write_whole(pointer, name + "\n", durable=True)
    _sweep(out, "store-*", keep=(name, previous))


def _sweep(out: Path, pattern: str, keep: tuple[str, ...] = ()) -> None:
    for folder in out.glob(pattern):
        if folder.name not in keep:
            shutil.rmtree(folder)
