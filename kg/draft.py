"""A plan outside the graph, or one taken out of it, with its records: what check and diff work on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from kg import corpus, queries
from kg.errors import UsageError
from kg.model import Deadline, Document, Quantity, Record
from kg.places import by_code
from kg.source import GraphSource
from kg.stage import FileRecords, read_source

Kind = TypeVar("Kind", bound=Record)
#: what a check does, in this order: the last two for each plan of the file
Stage = Literal["read", "extract", "link", "compare"]
#: hears of a stage as it begins, with the share of the whole that is done by then, from 0 to 1
Progress = Callable[[Stage, float], None]


def unheard(stage: Stage, share: float) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The records of one plan.

    text: its file's text, "" for a plan out of a graph. trusted: what its own text says of that; `document`
    is trusted in any case, or nothing would be compared.
    """

    document: Document
    records: tuple[Record, ...]
    text: str = ""
    trusted: bool = True

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Its records of one kind, in reading order."""
        return tuple(record for record in self.records if isinstance(record, kind))

    def under(self, doc: str) -> "Draft":
        """The same plan under another id."""
        records = tuple(replace(record, doc=doc) for record in self.records)
        return replace(self, document=replace(self.document, doc=doc), records=records)


def read_drafts(
    path: Path, place: str | None = None, taken: Iterable[str] = (), told: Progress = unheard
) -> tuple[Draft, ...]:
    """The plans in a file of any format; none of their ids is among `taken`.

    place: code of the place that they are for, where their own text does not say. told: hears when the file
    is read and when its facts are.
    Raises DocumentError when the file cannot be read, UsageError for a place that there is not.
    """
    sources, faults = corpus.find([path])
    for fault in faults:
        raise fault
    told("read", 0.0)
    opened = partial(told, "extract", 0.25)
    drafts = [draft for source in sources for draft in _in_file(read_source(source, opened), place)]
    return tuple(_apart(draft, set(taken)) for draft in drafts)


def _apart(draft: Draft, taken: set[str]) -> Draft:
    """The draft under an id of its own: the manifest's, else its file's name, else one with a mark."""
    own = draft.document.doc
    name = corpus.document_id(Path(draft.document.file).stem)
    free = next(each for each in (own, name, f"{name}*", f"{own}*") if each not in taken)
    return draft if free == own else draft.under(free)


def held_plan(source: GraphSource, doc: str) -> Draft:
    """A plan of the graph; UsageError when there is none of that id."""
    document = queries.document(source, doc)
    quantities: tuple[Quantity, ...] = tuple(queries.quantities(source, doc))
    deadlines: tuple[Deadline, ...] = tuple(queries.deadlines(source, doc))
    return Draft(replace(document, trusted=True), (*quantities, *deadlines), trusted=document.trusted)


def _in_file(read: FileRecords, place: str | None) -> Iterator[Draft]:
    for document in read.records:
        if isinstance(document, Document):
            records = (record for record in read.records if record.doc == document.doc)
            yield Draft(
                _placed(replace(document, trusted=True), place),
                tuple(record for record in records if record is not document),
                read.texts[read.text_of[document.doc]],
                document.trusted,
            )


def _placed(document: Document, code: str | None) -> Document:
    """The document with a stated place."""
    if code is None:
        return document
    found = by_code(code)
    if found is None:
        fault = "没有这个行政区划代码 (no such place)"
        raise UsageError(code, fault, "用六位代码，如 360103 (give six digits).")
    return replace(document, place=code, jurisdiction=found.full_name, level=found.level)
