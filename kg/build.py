"""Files → graph, the whole pipeline on one screen.

Unchanged files are not read again: the records of each are kept under the hash of what it says and
of the code that read it. The old graph stays usable until the new one is whole (see kg.store).
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from kg import corpus, stage
from kg.errors import DocumentError, GraphError, KgError
from kg.files import only_writer, write_whole
from kg.kept_texts import KeptTexts
from kg.model import Document, Knowledge, Record, Repair
from kg.review import LEDGER, Decision, read_ledger

GRAPH, TEXTS, CACHE, SUMMARY = "graph", "texts", "cache", "build.json"
#: below this many files a pool of processes costs more than it saves
WORTH_A_POOL = 16

Progress = Callable[[int, int, str], None]


class Outcome(NamedTuple):
    """What one source gave, without its texts, and whether it was read anew."""

    found: stage.FileRecords | KgError
    fresh: bool


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: documents in the graph, files read anew, faults of files left out."""

    documents: int
    read: int
    faults: tuple[KgError, ...] = ()
    notes: tuple[str, ...] = ()
    changed: bool = True
    knowledge: Knowledge | None = field(default=None, repr=False)


def build(
    paths: Sequence[Path],
    out: Path,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    encoder: str | None = None,
    progress: Progress | None = None,
) -> Built:
    """Build or update the graph of the files under `paths` in `out`.

    workers: processes to read files with; None chooses. cluster: address of a Dask scheduler
    instead. encoder: as kg.link.encoder.load knows it; None for the bundled default.
    A file that cannot be read is reported in the result and the rest is built.
    Raises GraphError when nothing at all could be read, or another build is at work in `out`.
    """
    out.mkdir(parents=True, exist_ok=True)
    with only_writer(out):
        sources, faults = corpus.find(paths)
        digests = {source.path: source.digest() for source in sources}
        decisions = list(chain.from_iterable(read_ledger(path) for path in ledgers(paths)))
        fingerprint = _fingerprint(digests, encoder, decisions)
        if not faults and _is_current(out, fingerprint):
            return Built(_summary(out)["count"], 0, changed=False)
        outcomes = list(_read_all(sources, digests, out, _pool(workers, cluster), progress))
        faults += [each.found for each in outcomes if isinstance(each.found, KgError)]
        files = [each.found for each in outcomes if not isinstance(each.found, KgError)]
        fresh = sum(each.fresh for each in outcomes if not isinstance(each.found, KgError))
        faults += chain.from_iterable(file.faults for file in files)
        if not files:
            raise _nothing(paths, faults)
        asked = Asked(tuple(paths), encoder)
        del outcomes
        built = _write(files, tuple(faults), out, asked, fingerprint=fingerprint, decisions=decisions)
        return replace(built, read=fresh)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a build was asked for, noted beside its graph so that it can be done again after a review."""

    paths: tuple[Path, ...]
    encoder: str | None = None


def last_asked(out: Path) -> Asked | None:
    """What the build in `out` was made from; None where it did not note that."""
    summary = _summary(out)
    paths = tuple(map(Path, summary.get("paths", ())))
    return Asked(paths, summary.get("encoder")) if paths else None


def _write(
    files: Sequence[stage.FileRecords],
    faults: tuple[KgError, ...],
    out: Path,
    asked: Asked,
    *,
    fingerprint: str,
    decisions: Sequence[Decision],
) -> Built:
    """Link, compare and swap the new graph in."""
    from kg import store
    from kg.knowledge import conclude
    from kg.link.encoder import DEFAULT, load_encoder

    records, repairs, text_of, notes = _without_duplicates(files)
    knowledge = conclude(records, repairs, load_encoder(asked.encoder or DEFAULT, out / CACHE), decisions)
    store.write(knowledge, KeptTexts(text_of, partial(read_text, out)), out / GRAPH)
    summary = {
        "fingerprint": fingerprint if not faults else None,
        "count": len(knowledge.documents),
        "texts": text_of,
        "paths": [str(path.resolve()) for path in asked.paths],
        "encoder": asked.encoder,
    }
    write_whole(out / SUMMARY, json.dumps(summary, ensure_ascii=False, indent=1), durable=True)
    return Built(len(knowledge.documents), 0, faults, notes, knowledge=knowledge)


def read_text(out: Path, key: str) -> str:
    """The text kept under a key, exactly as offsets count it."""
    return (out / TEXTS / f"{key}.txt").read_bytes().decode("utf-8", "surrogatepass")


def kept_texts(out: Path) -> Mapping[str, str]:
    """The texts of the build in `out` by document, each read when it is asked for."""
    return KeptTexts(_summary(out).get("texts", {}), partial(read_text, out))


def text_of(out: Path, doc: str) -> str | None:
    """The text of the file that a document of the build in `out` stands in; None where it is not kept."""
    key = _summary(out).get("texts", {}).get(doc)
    return read_text(out, key) if key else None


def _read_all(
    sources: Sequence[corpus.Source],
    digests: dict[Path, str],
    out: Path,
    pool: Any,
    progress: Progress | None,
) -> Iterator[Outcome]:
    """What each source gives, from the cache or read anew, in order; fresh texts go to disk at once."""
    (out / CACHE).mkdir(exist_ok=True)
    (out / TEXTS).mkdir(exist_ok=True)
    kept = {source.path: _from_cache(out, digests[source.path]) for source in sources}
    fresh = [source for source in sources if kept[source.path] is None]
    results = pool(fresh)
    for number, source in enumerate(sources, 1):
        known = kept[source.path]
        found = next(results) if known is None else known
        if known is None and not isinstance(found, KgError):
            _to_cache(out, digests[source.path], found)
            found = replace(found, texts={})
        if progress:
            progress(number, len(sources), source.path.name)
        yield Outcome(found, known is None)


def attempt(source: corpus.Source) -> stage.FileRecords | KgError:
    """The records of one source, or the error that says why there are none."""
    try:
        return stage.read_source(source)
    except KgError as error:
        return error
    except OSError as error:
        return DocumentError(
            source.path, f"读不了 (cannot be read): {error.strerror}", "检查文件和权限 (check it)."
        )


def _pool(workers: int | None, cluster: str | None) -> Callable[[Sequence[corpus.Source]], Iterator[Any]]:
    """How fresh sources are read: one by one, by processes, or by a cluster; results in order."""
    if cluster:
        from kg.cluster import read_on

        return lambda sources: read_on(cluster, sources)
    processes = workers if workers is not None else os.cpu_count() or 1

    def run(sources: Sequence[corpus.Source]) -> Iterator[Any]:
        if processes < 2 or len(sources) < WORTH_A_POOL:
            yield from map(attempt, sources)
            return
        with ProcessPoolExecutor(processes) as pool:
            yield from pool.map(attempt, sources, chunksize=max(1, min(32, len(sources) // (processes * 4))))

    return run


def _cache_file(out: Path, digest: str) -> Path:
    return out / CACHE / f"{digest[:32]}-{stage.code_version()}.json"


def _from_cache(out: Path, digest: str) -> stage.FileRecords | None:
    path = _cache_file(out, digest)
    if not path.is_file():
        return None
    found = stage.load(path.read_text("utf-8"))
    return found if all((out / TEXTS / f"{key}.txt").is_file() for key in found.text_of.values()) else None


def _to_cache(out: Path, digest: str, found: stage.FileRecords) -> None:
    for key, characters in found.texts.items():
        write_whole(out / TEXTS / f"{key}.txt", characters)
    write_whole(_cache_file(out, digest), stage.dump(found))


def _without_duplicates(
    files: Iterable[stage.FileRecords],
) -> tuple[list[Record], list[tuple[str, Repair]], dict[str, str], tuple[str, ...]]:
    """All records with each text counted once, and a note for each copy left out."""
    files = list(files)
    text_of = dict(chain.from_iterable(file.text_of.items() for file in files))
    marks = dict(chain.from_iterable(file.marks.items() for file in files))
    records = list(chain.from_iterable(file.records for file in files))
    documents = [record for record in records if isinstance(record, Document)]
    copies = {copy: kept for kept, copy in stage.duplicates(documents, marks)}
    notes = [
        f"{copy}: 与 {kept} 内容相同，只计一次 (says the same as {kept}, counted once)"
        for copy, kept in copies.items()
    ]
    notes += chain.from_iterable(file.notes for file in files)
    return (
        [record for record in records if record.doc not in copies],
        [pair for file in files for pair in file.repairs if pair[0] not in copies],
        {doc: key for doc, key in text_of.items() if doc not in copies},
        tuple(notes),
    )


def ledgers(paths: Sequence[Path]) -> list[Path]:
    """The review ledgers of the folders that are built, those that exist and those that may come.

    KG_LEDGER in the environment names one elsewhere, for a corpus that may not be written to.
    """
    named = os.environ.get("KG_LEDGER")
    return [*([Path(named)] if named else []), *(path / LEDGER for path in paths if path.is_dir())]


def _fingerprint(digests: dict[Path, str], encoder: str | None, decisions: Sequence[Decision]) -> str:
    """A hash of all that goes into a build: the same fingerprint, the same graph."""
    whole = sha256(f"{stage.code_version()} {_whole_code()} {encoder}".encode())
    for path in sorted(digests):
        whole.update(f"{path.name} {digests[path]}".encode())
    whole.update("".join(decision.id for decision in decisions).encode())
    return whole.hexdigest()


def _whole_code() -> str:
    """A hash of every module and of the ontology: linking and writing depend on them too."""
    whole = sha256()
    package = Path(__file__).parent
    for path in sorted([*package.rglob("*.py"), *(package.parent / "ontology").glob("*.ttl")]):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _summary(out: Path) -> dict[str, Any]:
    path = out / SUMMARY
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def _is_current(out: Path, fingerprint: str) -> bool:
    return _summary(out).get("fingerprint") == fingerprint and (out / GRAPH / "CURRENT").is_file()


def _nothing(paths: Sequence[Path], faults: Sequence[KgError]) -> GraphError:
    where = ", ".join(map(str, paths))
    reasons = "; ".join(str(fault).replace("\n", " ") for fault in faults)
    return GraphError(
        where,
        f"没有可读的文件 (no file could be read){': ' + reasons if reasons else ''}",
        "放入 txt、docx、pdf、html 或 ofd 文件后重试 (add a file of one of these kinds).",
    )
