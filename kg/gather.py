"""Sources → their records, from the cache or read anew, in processes of this machine or on a cluster.

Unchanged files are not read again: the records of each are kept under the hash of what it says and of the
code that read it, its text beside them.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from kg.corpus import Source
from kg.errors import KgError
from kg.files import write_bytes_whole, write_whole
from kg.kept_records import Packed, load, read_packed
from kg.model import Document, Record, Repair
from kg.stage import FileRecords, code_version, duplicates

CACHE, TEXTS = "cache", "texts"
#: below this many files a pool of processes costs more than it saves
WORTH_A_POOL = 16

Progress = Callable[[int, int, str], None]
#: reads sources and gives what each holds, or the error that says why there is nothing, in order
Pool = Callable[[Sequence[Source]], Iterator[Packed | KgError]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one source gave, without its texts; its digest; and whether it was read anew."""

    found: FileRecords | KgError
    digest: str
    fresh: bool


def gather(
    sources: Sequence[Source], digests: dict[Path, str], out: Path, pool: Pool, progress: Progress | None
) -> Iterator[Outcome]:
    """What each source gives, from the cache or read anew, in order; fresh texts go to disk at once.

    digests: of each source by its path. out: the folder of the build. pool: how fresh ones are read.
    """
    cache = _Cache(out)
    kept = {source.path: cache.look_up(digests[source.path]) for source in sources}
    results = pool([source for source in sources if kept[source.path] is None])
    for number, source in enumerate(sources, 1):
        known, digest = kept[source.path], digests[source.path]
        found = cache.keep(digest, next(results)) if known is None else known
        if progress:
            progress(number, len(sources), source.path.name)
        yield Outcome(found, digest, known is None)


def pool_of(workers: int | None, cluster: str | None) -> Pool:
    """How fresh sources are read: one by one, by processes, or by a cluster; results in order."""
    if cluster:
        from kg.cluster import read_on

        return lambda sources: read_on(cluster, sources)
    processes = workers if workers is not None else os.cpu_count() or 1

    def run(sources: Sequence[Source]) -> Iterator[Packed | KgError]:
        if processes < 2 or len(sources) < WORTH_A_POOL:
            yield from map(read_packed, sources)
            return
        at_once = max(1, min(32, len(sources) // (processes * 4)))
        with ProcessPoolExecutor(processes) as pool:
            yield from pool.map(read_packed, sources, chunksize=at_once)

    return run


class _Cache:
    """The records and texts kept in the folder of a build; what is there is listed once."""

    def __init__(self, out: Path) -> None:
        self._records, self._texts = out / CACHE, out / TEXTS
        for folder in (self._records, self._texts):
            folder.mkdir(exist_ok=True)
        self._there = {*os.listdir(self._records), *os.listdir(self._texts)}

    def look_up(self, digest: str) -> FileRecords | None:
        """The records of the file of this digest, as this code read it; None where they are not kept."""
        name = self._name(digest)
        if name not in self._there:
            return None
        try:
            found = load((self._records / name).read_bytes())
        except ValueError:  # a damaged cache is no cache
            return None
        return found if all(f"{key}.txt" in self._there for key in found.text_of.values()) else None

    def keep(self, digest: str, found: Packed | KgError) -> FileRecords | KgError:
        """Keep what a file gave, its texts first; its records, without the texts, or its error."""
        if isinstance(found, KgError):
            return found
        for key, characters in found.texts.items():
            write_whole(self._texts / f"{key}.txt", characters)
        write_bytes_whole(self._records / self._name(digest), found.records)
        return load(found.records)

    def _name(self, digest: str) -> str:
        return f"{digest[:32]}-{code_version()}.records"


def read_text(out: Path, key: str) -> str:
    """The text kept under a key, exactly as offsets count it."""
    return (out / TEXTS / f"{key}.txt").read_bytes().decode("utf-8", "surrogatepass")


def without_duplicates(
    files: Iterable[FileRecords],
) -> tuple[list[Record], list[tuple[str, Repair]], dict[str, str], tuple[str, ...]]:
    """All records with each text counted once, and a note for each copy left out."""
    files = list(files)
    text_of = dict(chain.from_iterable(file.text_of.items() for file in files))
    marks = dict(chain.from_iterable(file.marks.items() for file in files))
    records = list(chain.from_iterable(file.records for file in files))
    documents = [record for record in records if isinstance(record, Document)]
    copies = {copy: kept for kept, copy in duplicates(documents, marks)}
    notes = [
        f"{copy}: 与 {kept} 内容相同，只计一次 (says the same as {kept}, counted once)"
        for copy, kept in copies.items()
    ]
    notes += chain.from_iterable(file.notes for file in files)
    return (
        [record for record in records if record.doc not in copies] if copies else records,
        [pair for file in files for pair in file.repairs if pair[0] not in copies],
        {doc: key for doc, key in text_of.items() if doc not in copies},
        tuple(notes),
    )
