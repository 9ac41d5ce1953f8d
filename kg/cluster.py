"""The extraction stage on a Dask cluster: the same pure function of a file, run by workers anywhere.

A worker needs this package and the files under the same paths (a shared folder). One that dies in
mid-work loses nothing: the scheduler gives its files to another, and since a file's records follow from
its characters alone, the result is the same.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.corpus import Source
from kg.errors import ClusterError, DocumentError, KgError, UsageError
from kg.kept_records import Packed, read_packed

if TYPE_CHECKING:
    from distributed import Client

#: files handed to the scheduler ahead of the one that is waited for: bounds what waits in memory
AHEAD = 256
#: seconds in which a scheduler must answer
PATIENCE = 30


def read_on(url: str, sources: Sequence[Source]) -> Iterator[Packed | KgError]:
    """The records of each source, or the error that says why there are none, in order.

    url: the scheduler's address, tcp://HOST:PORT. A file that kills one worker after another is
    reported as unreadable; the others are read.
    Raises UsageError when Dask is not installed, ClusterError when no scheduler answers or all of it is gone.
    """
    with _client(url) as client:
        waiting: deque[tuple[Source, Any]] = deque()
        for source in sources:
            waiting.append((source, client.submit(read_packed, _everywhere(source), pure=False)))
            if len(waiting) >= AHEAD:
                yield _outcome(*waiting.popleft(), url)
        while waiting:
            yield _outcome(*waiting.popleft(), url)


def _client(url: str) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            url, f"没有安装 Dask (not installed: {error})", "pip install 'policy-kg[cluster]'"
        ) from error
    try:
        return Client(url, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise _unreachable(url, error) from error


def _everywhere(source: Source) -> Source:
    """The source under its whole path: a worker's working directory is another."""
    return replace(source, path=source.path.resolve())


def _outcome(source: Source, future: Any, url: str) -> Packed | KgError:
    """What one file gave; the scheduler forgets it with the future."""
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    try:
        found: Packed | KgError = future.result()
        return found
    except KilledWorker as error:
        fault = f"读这个文件的进程一再中止 (workers died over it): {error}"
        return DocumentError(source.path, fault, "单独读它查明原因 (read it alone): kg extract FILE")
    except (FutureCancelledError, OSError) as error:
        raise _unreachable(url, error) from error
    finally:
        future.release()


def _unreachable(url: str, error: Exception) -> ClusterError:
    return ClusterError(
        url,
        f"连不上计算集群 (the cluster does not answer): {error}",
        "启动调度器和工作进程，或不用 --cluster (start scheduler and workers, or build without it).",
    )
