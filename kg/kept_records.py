"""The records of one file as the cache keeps them: one list a kind, read back ten times as fast as JSON rows.

A build of ten thousand plans reads the records of all of them though one alone has changed.
"""

import json
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from kg.corpus import Source
from kg.errors import DocumentError, KgError
from kg.model import Assignment, Citation, Deadline, Document, Goal, Quantity, Record, Repair, Task
from kg.stage import FileRecords, attempt


@dataclass(frozen=True, slots=True)
class _Kept:
    """`FileRecords` without its texts."""

    documents: tuple[Document, ...]
    quantities: tuple[Quantity, ...]
    citations: tuple[Citation, ...]
    assignments: tuple[Assignment, ...]
    goals: tuple[Goal, ...]
    tasks: tuple[Task, ...]
    deadlines: tuple[Deadline, ...]
    repairs: tuple[tuple[str, Repair], ...]
    text_of: dict[str, str]
    marks: dict[str, str]
    notes: tuple[str, ...]
    faults: tuple[tuple[str, str, str], ...]


#: the lists of records in a kept file, and what stands in each
_LISTS: dict[str, type[Record]] = {
    "documents": Document,
    "quantities": Quantity,
    "citations": Citation,
    "assignments": Assignment,
    "goals": Goal,
    "tasks": Task,
    "deadlines": Deadline,
}


class Packed(NamedTuple):
    """What one file gave, as it goes into the cache: its records by `dump`, its texts by their keys.

    It also goes from process to process like this: pickling the records one by one takes as long as a
    quarter of their extraction.
    """

    records: bytes
    texts: dict[str, str]


def read_packed(source: Source) -> Packed | KgError:
    """What one source gives, or the error that says why there is nothing; see `kg.stage.attempt`."""
    found = attempt(source)
    return found if isinstance(found, KgError) else Packed(dump(found), found.texts)


def dump(found: FileRecords) -> bytes:
    """The records of one file for the cache; texts are kept beside it, under their keys.

    MessagePack; JSON for a damaged text, since lone surrogates have no place in UTF-8.
    """
    import msgspec

    kept = _Kept(
        **_by_kind(found.records),
        repairs=found.repairs,
        text_of=found.text_of,
        marks=found.marks,
        notes=found.notes,
        faults=tuple((fault.where, fault.fault, fault.remedy) for fault in found.faults),
    )
    try:
        return msgspec.msgpack.encode(kept)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(kept)).encode("ascii")


def load(kept: bytes) -> FileRecords:
    """What `dump` wrote, without the texts; records come kind by kind.

    Raises ValueError where it is something else.
    """
    row = _decode(kept)
    return FileRecords(
        tuple(chain.from_iterable(getattr(row, name) for name in _LISTS)),
        row.repairs,
        row.text_of,
        {},
        row.marks,
        row.notes,
        tuple(DocumentError(*fault) for fault in row.faults),
    )


def _by_kind(records: tuple[Record, ...]) -> dict[str, Any]:
    return {
        name: tuple(record for record in records if type(record) is kind) for name, kind in _LISTS.items()
    }


def _decode(kept: bytes) -> _Kept:
    import msgspec

    try:
        if kept.startswith(b"{"):
            return msgspec.convert(json.loads(kept), _Kept)
        read: _Kept = _decoder().decode(kept)
    except msgspec.MsgspecError as error:
        raise ValueError(f"no kept records: {error}") from error
    return read


@cache
def _decoder() -> Any:
    import msgspec

    return msgspec.msgpack.Decoder(_Kept)
