"""The extraction stage: one source file → all records of its documents, a pure function.

It is what a pool of processes or a cluster runs, and what the cache keeps.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import kg
from kg.corpus import Part, Source, open_source
from kg.errors import DocumentError, KgError
from kg.model import Citation, Document, Record, Repair
from kg.text.characters import unified

_LAYOUT = re.compile(r"[^0-9A-Za-z一-鿿]+")


@dataclass(frozen=True, slots=True)
class FileRecords:
    """What one file gave: records of its documents, repairs by document, text keys by document.

    texts: text key → characters; a compilation's documents share one text. marks: what each document
    says whatever its file's format (see `mark`). notes: what its reader had to say, for people.
    faults: members of an archive that could not be read.
    """

    records: tuple[Record, ...]
    repairs: tuple[tuple[str, Repair], ...]
    text_of: dict[str, str]
    texts: dict[str, str]
    marks: dict[str, str]
    notes: tuple[str, ...] = ()
    faults: tuple[KgError, ...] = ()


def read_source(source: Source, opened_now: Callable[[], None] | None = None) -> FileRecords:
    """Read one file and extract every document in it. opened_now: called between the two.

    Raises:
        DocumentError: the file cannot be read or holds no text.
    """
    from kg.extract import extract
    from kg.text.plan import read_plan

    records: list[Record] = []
    repairs: list[tuple[str, Repair]] = []
    text_of: dict[str, str] = {}
    texts: dict[str, str] = {}
    marks: dict[str, str] = {}
    opened = open_source(source)
    if opened_now:
        opened_now()
    for part in opened.parts:
        _check_not_empty(part, source.path)
        plan = read_plan(
            part.doc, part.text.characters, part.start, part.end, file=source.path.name, stated=part.stated
        )
        records += extract(plan)
        repairs += [(part.doc, repair) for repair in plan.repairs]
        key = text_key(part.text.characters)
        text_of[part.doc] = key
        texts[key] = part.text.characters
        marks[part.doc] = mark(part.text.characters[part.start : part.end])
    notes = tuple(dict.fromkeys(note for part in opened.parts for note in part.text.notes))
    return FileRecords(tuple(records), tuple(repairs), text_of, texts, marks, notes, opened.faults)


def attempt(source: Source) -> FileRecords | KgError:
    """The records of one source, or the error that says why there are none."""
    try:
        return read_source(source)
    except KgError as error:
        return error
    except OSError as error:
        return DocumentError(
            source.path, f"读不了 (cannot be read): {error.strerror}", "检查文件和权限 (check it)."
        )


def _check_not_empty(part: Part, path: Path) -> None:
    if not part.text.characters[part.start : part.end].strip():
        raise DocumentError(
            path, "文件里没有文字 (the file holds no text)", "检查文件内容后重试 (check what the file holds)."
        )


def mark(characters: str) -> str:
    """What a text says, its layout left out: 16 hex digits over its letters, digits and Han characters."""
    said = _LAYOUT.sub("", unified(characters))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def text_key(characters: str) -> str:
    """The name under which a text is kept: 16 hex digits of its hash."""
    return sha256(characters.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@cache
def code_version() -> str:
    """A hash of the version and of every rule and module that extraction runs: the cache's other key."""
    whole = sha256(kg.__version__.encode())
    folder = Path(__file__).parent
    for name in (
        "model.py",
        "corpus.py",
        "stage.py",
        "extract",
        "text",
        "readers",
        "places",
        "data",
    ):
        for path in sorted([folder / name] if name.endswith(".py") else (folder / name).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()[:12]


def with_citations_resolved(records: Iterable[Record]) -> list[Record]:
    """The records with each citation led to the document among them that it means, None elsewhere."""
    from kg.link.citations import resolve

    records = list(records)
    documents = [record for record in records if isinstance(record, Document)]
    citations = [record for record in records if isinstance(record, Citation)]
    held = {document.doc for document in documents}
    found = iter(resolve(documents, citations)[0])
    return [_within(next(found), held) if isinstance(record, Citation) else record for record in records]


def _within(citation: Citation, held: set[str]) -> Citation:
    return citation if citation.resolves_to in held else replace(citation, resolves_to=None)


def duplicates(documents: Iterable[Document], marks: dict[str, str]) -> list[tuple[str, str]]:
    """Documents that say what another says, in whatever format: (kept, left out)."""
    first: dict[str, str] = {}
    pairs = []
    for document in documents:
        kept = first.setdefault(marks[document.doc], document.doc)
        if kept != document.doc:
            pairs.append((kept, document.doc))
    return pairs
