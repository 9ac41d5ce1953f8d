"""The built graph: embedded on disk and swapped in whole, or behind any SPARQL 1.1 server.

On disk `OUT/` holds one directory a finished build, `store-DIGEST`, and the file `CURRENT` with the
name of the one that counts. A build goes to a directory of its own, gets its final name when it is
whole, and only then does `CURRENT` change, by a rename. So readers see the old graph or the new one
and never a half; a build that is killed leaves the old one standing. A reader keeps the graph it
opened: the build before the current one stays on disk until the next.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from kg.errors import GraphError
from kg.graph import quads
from kg.model import Knowledge
from kg.source import GraphSource, LocalGraph, RemoteGraph
from kg.vocabulary import ONTOLOGY, VOCABULARY

POINTER = "CURRENT"
KEPT_BUILDS = 2


def write(knowledge: Knowledge, texts: Mapping[str, str], out: Path) -> Path:
    """Build the graph of `knowledge` under `out` and make it the current one; the directory it stands in.

    texts: file text by document id, for the context of quotes (see `kg.graph.quads`).
    Raises GraphError when another build is writing there.
    """
    out.mkdir(parents=True, exist_ok=True)
    with _only_writer(out):
        _sweep(out, "building-*", keep=())
        fresh = out / f"building-{os.getpid()}"
        finished = out / f"store-{_fill(fresh, knowledge, texts)}"
        if finished.exists():
            shutil.rmtree(fresh)
        else:
            fresh.rename(finished)
        _point(out, finished.name)
    return finished


def open_graph(where: str | Path) -> GraphSource:
    """The graph at a directory (`build/graph`, or `build`) or behind the SPARQL endpoint at a URL.

    Raises GraphError when there is none.
    """
    if str(where).startswith(("http://", "https://")):
        return RemoteGraph(str(where))
    return LocalGraph(Store.read_only(str(current(Path(where)))))


def current(where: Path) -> Path:
    """The directory of the finished build that counts under `where` or `where/graph`."""
    for folder in (where, where / "graph"):
        pointer = folder / POINTER
        if pointer.is_file():
            return folder / pointer.read_text("utf-8").strip()
    raise GraphError(where, "no graph here", "Build one first: kg build")


def _fill(folder: Path, knowledge: Knowledge, texts: Mapping[str, str]) -> str:
    """Load everything into a new store at `folder`; the digest of all that went in."""
    checksum = hashlib.sha256()

    def counted(stream: Iterator[Quad]) -> Iterator[Quad]:
        for quad in stream:
            checksum.update(str(quad).encode())
            yield quad

    store = Store(str(folder))
    for name in sorted(ONTOLOGY.glob("[pm]*.ttl")):
        checksum.update(name.read_bytes())
        store.load(path=str(name), format=RdfFormat.TURTLE, to_graph=NamedNode(VOCABULARY))
    store.bulk_extend(counted(quads(knowledge, texts)))
    store.optimize()
    store.flush()
    return checksum.hexdigest()[:16]


def _point(out: Path, name: str) -> None:
    """Make `name` the current build in one step, then drop builds that nobody should still read."""
    previous = (out / POINTER).read_text("utf-8").strip() if (out / POINTER).is_file() else name
    fresh = out / f"{POINTER}.new"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(out / POINTER)
    _sweep(out, "store-*", keep=(name, previous))


def _sweep(out: Path, pattern: str, keep: tuple[str, ...]) -> None:
    for folder in out.glob(pattern):
        if folder.name not in keep:
            shutil.rmtree(folder)


@contextmanager
def _only_writer(out: Path) -> Iterator[None]:
    """Hold the lock of `out`; the system lets go of it however the process ends."""
    with (out / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise GraphError(
                out, "another build is writing here", "Wait for it, or use --out DIR."
            ) from error
        yield
