"""The extraction stage: one source file → all records of its documents, a pure function.

It is what a pool of processes or a cluster runs, and what the cache keeps.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import kg
from kg.corpus import Part, Source, parts
from kg.errors import DocumentError
from kg.model import Citation, Document, Record, Repair, from_json, to_json


@dataclass(frozen=True, slots=True)
class FileRecords:
    """What one file gave: records of its documents, repairs by document, text keys by document.

    texts: text key → characters; a compilation's documents share one text. notes: what its reader
    had to say, for people.
    """

    records: tuple[Record, ...]
    repairs: tuple[tuple[str, Repair], ...]
    text_of: dict[str, str]
    texts: dict[str, str]
    notes: tuple[str, ...] = ()


def read_source(source: Source) -> FileRecords:
    """Read one file and extract every document in it.

    Raises:
        DocumentError: the file cannot be read or holds no text.
    """
    from kg.extract import extract
    from kg.text.plan import read_plan

    records: list[Record] = []
    repairs: list[tuple[str, Repair]] = []
    text_of: dict[str, str] = {}
    texts: dict[str, str] = {}
    found = parts(source)
    for part in found:
        _check_not_empty(part, source.path)
        plan = read_plan(
            part.doc, part.text.characters, part.start, part.end, file=source.path.name, stated=part.stated
        )
        records += extract(plan)
        repairs += [(part.doc, repair) for repair in plan.repairs]
        key = text_key(part.text.characters)
        text_of[part.doc] = key
        texts[key] = part.text.characters
    notes = tuple(dict.fromkeys(note for part in found for note in part.text.notes))
    return FileRecords(tuple(records), tuple(repairs), text_of, texts, notes)


def _check_not_empty(part: Part, path: Path) -> None:
    if not part.text.characters[part.start : part.end].strip():
        raise DocumentError(
            path, "文件里没有文字 (the file holds no text)", "检查文件内容后重试 (check what the file holds)."
        )


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
        "rules",
        "data",
    ):
        for path in sorted([folder / name] if name.endswith(".py") else (folder / name).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()[:12]


def dump(found: FileRecords) -> str:
    """The records of one file as JSON, for the cache; texts are kept beside it, under their keys."""
    return json.dumps(
        {
            "records": [to_json(record) for record in found.records],
            "repairs": [(doc, asdict(repair)) for doc, repair in found.repairs],
            "text_of": found.text_of,
            "notes": found.notes,
        },
        ensure_ascii=False,
    )


def load(text: str) -> FileRecords:
    """What `dump` wrote, without the texts."""
    row: dict[str, Any] = json.loads(text)
    return FileRecords(
        tuple(from_json(record) for record in row["records"]),
        tuple((doc, Repair(**repair)) for doc, repair in row["repairs"]),
        row["text_of"],
        {},
        tuple(row["notes"]),
    )


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


def duplicates(documents: Iterable[Document], text_of: dict[str, str]) -> list[tuple[str, str]]:
    """Documents whose text is, character for character, another's: (kept, left out)."""
    first: dict[tuple[str, int, int], str] = {}
    pairs = []
    for document in documents:
        place = (text_of[document.doc], document.start, document.end)
        if place in first:
            pairs.append((first[place], document.doc))
        first.setdefault(place, document.doc)
    return pairs
