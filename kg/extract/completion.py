"""Bare names completed from the rest of the document: 月探访率 is 特殊困难老年人月探访率 where only that is spoken of."""

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.units import kind_of
from kg.model import Quantity

#: a name this short leans on its context; a longer one speaks for itself
_BARE = 6
_SURE = 0.9


def complete_names(records: Sequence[Quantity]) -> list[Quantity]:
    """The records, bare names replaced by the one fuller name of the document that ends with them.

    Two different fuller names (街道…覆盖率, 社区…覆盖率) leave a bare name as it is.
    """
    names = {(record.indicator, kind_of(record.unit)) for record in records if record.class_ != "project"}
    bare = {(name, kind) for name, kind in names if 2 <= len(name) <= _BARE}
    fuller = {key: full for key in bare if (full := _fuller(key[0], key[1], names))}
    if not fuller:
        return list(records)
    return [_completed(record, fuller.get((record.indicator, kind_of(record.unit)))) for record in records]


def _fuller(name: str, kind: str, names: set[tuple[str, str]]) -> str | None:
    longer = sorted({n for n, k in names if k == kind and n != name and n.endswith(name)}, key=len)
    if longer and all(b.endswith(a) for a, b in zip(longer, longer[1:], strict=False)):
        return longer[-1]
    return None


def _completed(record: Quantity, name: str | None) -> Quantity:
    if name is None or record.class_ == "project":
        return record
    return replace(record, indicator=name, confidence=record.confidence * _SURE)
