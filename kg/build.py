"""Files → graph, the whole pipeline on one screen.

What follows from unchanged files is not made again: their records come from a cache (`kg.gather`), verdicts
and graphs are known by marks of all that they follow from (`kg.findings`, `kg.store`). The result is that of
a build from nothing. The old graph stays usable until the new one is whole.
"""

import gc
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from kg import corpus
from kg.errors import GraphError, KgError
from kg.files import only_writer, write_whole
from kg.gather import CACHE, Outcome, Pool, Progress, gather, pool_of, read_text, without_duplicates
from kg.kept_texts import KeptTexts
from kg.review import LEDGER, Decision, read_ledger
from kg.stage import FileRecords, code_version

GRAPH, SUMMARY, VERDICTS, PEERS = "graph", "build.json", "verdicts", "peers"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: documents in the graph, files read anew, faults of files left out."""

    documents: int
    read: int
    faults: tuple[KgError, ...] = ()
    notes: tuple[str, ...] = ()
    changed: bool = True


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
    with only_writer(out), _collector_at_rest():
        return _build(paths, out, pool_of(workers, cluster), encoder, progress)


def _build(
    paths: Sequence[Path], out: Path, pool: Pool, encoder: str | None, progress: Progress | None
) -> Built:
    sources, faults = corpus.find(paths)
    digests = {source.path: source.digest() for source in sources}
    decisions = list(chain.from_iterable(read_ledger(path) for path in ledgers(paths)))
    code = _code(encoder)
    fingerprint = _fingerprint(digests, code, decisions)
    if not faults and _is_current(out, fingerprint):
        return Built(_summary(out)["count"], 0, changed=False)
    outcomes = list(gather(sources, digests, out, pool, progress))
    faults += _faults(outcomes)
    if not any(isinstance(each.found, FileRecords) for each in outcomes):
        raise _nothing(paths, faults)
    texts, notes = _write(outcomes, out, code, encoder, decisions)
    summary = {
        "fingerprint": fingerprint if not faults else None,
        "count": len(texts),
        "texts": texts,
        "paths": [str(path.resolve()) for path in paths],
        "encoder": encoder,
    }
    write_whole(out / SUMMARY, json.dumps(summary, ensure_ascii=False, indent=1), durable=True)
    fresh = sum(each.fresh and isinstance(each.found, FileRecords) for each in outcomes)
    return Built(len(texts), fresh, tuple(faults), notes)


def _faults(outcomes: Sequence[Outcome]) -> Iterator[KgError]:
    """Files that gave nothing, then members of archives that gave nothing."""
    yield from (each.found for each in outcomes if isinstance(each.found, KgError))
    for each in outcomes:
        if isinstance(each.found, FileRecords):
            yield from each.found.faults


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """No garbage collection: a build's records live until its end, and are walked over in vain.

    They have to be gone when this ends: the collector would start at once, with them.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


def _write(
    outcomes: Sequence[Outcome], out: Path, code: str, encoder: str | None, decisions: Sequence[Decision]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Link, compare and swap the new graph in; the key of each document's text, and notes for people."""
    from kg.findings import Findings, known_peers, read_kept, write_kept
    from kg.graph import parts
    from kg.knowledge import link
    from kg.link.encoder import DEFAULT, load_encoder
    from kg.store import write_parts

    files = [each.found for each in outcomes if isinstance(each.found, FileRecords)]
    records, repairs, text_of, notes = without_duplicates(files)
    linked = link(records, repairs, load_encoder(encoder or DEFAULT, out / CACHE), decisions)
    kept = out / CACHE / VERDICTS
    findings = Findings(
        linked,
        _marks(outcomes, text_of, decisions),
        decisions,
        read_kept(kept, code),
        known_peers(linked, out / CACHE / PEERS, code),
    )
    texts = KeptTexts(text_of, partial(read_text, out))
    write_parts(parts(linked, texts, findings.of, findings), out / GRAPH, code)
    write_kept(kept, code, findings.kept)
    return text_of, notes


def _marks(
    outcomes: Sequence[Outcome], held: Mapping[str, str], decisions: Sequence[Decision]
) -> dict[str, str]:
    """What the records of each document follow from: its file, and what people said about them."""
    said: dict[str, str] = {}
    for decision in decisions:
        if decision.subject == "record":
            doc = decision.key.partition("/")[0]
            said[doc] = said.get(doc, "") + decision.id
    return {
        doc: f"{each.digest} {said.get(doc, '')}"
        for each in outcomes
        if isinstance(each.found, FileRecords)
        for doc in each.found.text_of
        if doc in held
    }


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


def text_of(out: Path, doc: str) -> str | None:
    """The text of the file that a document of the build in `out` stands in; None where it is not kept."""
    key = _summary(out).get("texts", {}).get(doc)
    return read_text(out, key) if key else None


def ledgers(paths: Sequence[Path]) -> list[Path]:
    """The review ledgers of the folders that are built, those that exist and those that may come.

    KG_LEDGER in the environment names one elsewhere, for a corpus that may not be written to.
    """
    named = os.environ.get("KG_LEDGER")
    return [*([Path(named)] if named else []), *(path / LEDGER for path in paths if path.is_dir())]


def _fingerprint(digests: dict[Path, str], code: str, decisions: Sequence[Decision]) -> str:
    """A hash of all that goes into a build: the same fingerprint, the same graph."""
    whole = sha256(code.encode())
    for path in sorted(digests):
        whole.update(f"{path.name} {digests[path]}".encode())
    whole.update("".join(decision.id for decision in decisions).encode())
    return whole.hexdigest()


def _code(encoder: str | None) -> str:
    """A hash of every module, of the ontology and all data, and the encoder: linking depends on them too."""
    whole = sha256(f"{code_version()} {encoder}".encode())
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
