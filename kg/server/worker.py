"""Queries in processes of their own, each with a time, a memory and a result limit.

A running query cannot be interrupted from outside, so one that takes too long costs its process, which
is replaced; the others go on.
"""

import asyncio
import io
import multiprocessing
import resource
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from kg.messages import t
from kg.server.protocol import SOLUTIONS, TRIPLES, Query, RefusedError, choose
from kg.vocabulary import PREFIXES

_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one query may cost.

    seconds: wall time. result_bytes: of the answer. memory_bytes: address space of its process.
    waiting: requests that may queue before new ones are turned away.
    """

    seconds: float = 20.0
    result_bytes: int = 32 * 1024 * 1024
    memory_bytes: int = 6 * 1024**3
    waiting: int = 512


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: HTTP status, media type, body."""

    status: int
    media_type: str
    body: bytes


class Workers:
    """A few processes that answer queries on one graph directory."""

    def __init__(self, graph: str, count: int = 2, bounds: Bounds | None = None) -> None:
        """Start `count` processes on the graph at `graph`."""
        self.graph, self.bounds = graph, bounds or Bounds()
        self._free: asyncio.Queue[tuple[Any, Connection]] = asyncio.Queue()
        self._waiting = 0
        self._all = [self._start() for _ in range(count)]
        for worker in self._all:
            self._free.put_nowait(worker)

    def _start(self) -> tuple[Any, Connection]:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=serve, args=(theirs, self.graph, self.bounds), daemon=True)
        process.start()
        theirs.close()
        return process, ours

    async def answer(self, query: Query) -> Answer:
        """Run one query within its bounds.

        Raises:
            RefusedError: it cannot be read, takes too long, is too large, or too many wait already.
        """
        if self._waiting >= self.bounds.waiting:
            raise RefusedError(503, t("endpoint.busy"))
        self._waiting += 1
        try:
            worker = await self._free.get()
        finally:
            self._waiting -= 1
        try:
            status, media_type, body = await asyncio.to_thread(self._ask, worker, query)
        except (EOFError, OSError, TimeoutError) as error:
            worker = self._replace(worker)
            key = "endpoint.timeout" if isinstance(error, TimeoutError) else "endpoint.too_large"
            raise RefusedError(503, t(key, seconds=f"{self.bounds.seconds:g}")) from error
        finally:
            self._free.put_nowait(worker)
        if status != 200:
            raise RefusedError(status, body.decode())
        return Answer(status, media_type, body)

    def _ask(self, worker: tuple[Any, Connection], query: Query) -> tuple[int, str, bytes]:
        _, connection = worker
        connection.send(query)
        if not connection.poll(self.bounds.seconds):
            raise TimeoutError
        answer: tuple[int, str, bytes] = connection.recv()
        return answer

    def _replace(self, worker: tuple[Any, Connection]) -> tuple[Any, Connection]:
        process, connection = worker
        connection.close()
        process.kill()
        process.join()
        fresh = self._start()
        self._all[self._all.index(worker)] = fresh
        return fresh

    def close(self) -> None:
        """End every process."""
        for process, connection in self._all:
            connection.close()
            process.kill()
            process.join()


class _TooLargeError(Exception):
    """The answer grew past its limit."""


class _Capped(io.BytesIO):
    """A buffer that takes so many bytes and no more."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self.limit:
            raise _TooLargeError
        return super().write(data)


def serve(connection: Connection, graph: str, bounds: Bounds) -> None:
    """The life of one process: open the graph, answer query after query."""
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory_bytes, bounds.memory_bytes))
    from kg.store import open_graph

    source: Any = open_graph(graph)
    while True:
        try:
            query = connection.recv()
        except EOFError:
            return
        connection.send(evaluate(source.store, query, bounds.result_bytes))


def evaluate(store: Any, query: Query, limit: int) -> tuple[int, str, bytes]:
    """Status, media type and body for one query."""
    try:
        return 200, *_evaluated(store, query, limit)
    except RefusedError as refused:
        return refused.status, "text/plain", refused.reason.encode()
    except _TooLargeError:
        return 413, "text/plain", t("endpoint.result_too_large", limit=limit // 1024 // 1024).encode()
    except MemoryError:
        return 413, "text/plain", t("endpoint.too_large").encode()
    except (SyntaxError, ValueError) as error:
        return 400, "text/plain", t("endpoint.not_sparql", error=error).encode()


def _evaluated(store: Any, query: Query, limit: int) -> tuple[str, bytes]:
    import pyoxigraph as ox

    named = query.default_graphs or query.named_graphs
    found = store.query(
        query.text,
        base_iri=PREFIXES["id"],
        use_default_graph_as_union=not named,
        default_graph=[ox.NamedNode(iri) for iri in query.default_graphs] if named else None,
        named_graphs=[ox.NamedNode(iri) for iri in query.named_graphs] if named else None,
    )
    out = _Capped(limit)
    if isinstance(found, ox.QueryTriples):
        media_type = choose(query.accept, TRIPLES)
        form = ox.RdfFormat.from_extension(TRIPLES[media_type])
        ox.serialize(found, out, form)
    else:
        media_type = choose(query.accept, SOLUTIONS)
        found.serialize(out, ox.QueryResultsFormat.from_extension(_extension(SOLUTIONS[media_type])))
    return media_type, out.getvalue()


def _extension(name: str) -> str:
    return {"json": "srj", "xml": "srx"}.get(name, name)
