"""Bare names completed from the rest of the document.

月探访率 is 特殊困难老年人月探访率 where the document speaks of no other.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.units import kind_of
from kg.model import Quantity

#: a name this short leans on its context; a longer one speaks for itself
_BARE = 6
_LEAST = 3
_SURE = 0.9
#: what is added or built is another count than what there is: 新增养老床位, 养老床位
_ADDS = re.compile(
    r"(?:城镇|农村|全年|每年|累计)?(?:新增|净增|新建|改建|扩建|改扩建|改造|建成|建设|培育|培训|引进|创建)"
)


def complete_names(records: Sequence[Quantity]) -> list[Quantity]:
    """The records, bare names replaced by the one fuller name of the document that ends with them.

    Two different fuller names (街道…覆盖率, 社区…覆盖率) leave a bare name as it is.
    """
    fuller = _fuller_names(records)
    if not fuller:
        return list(records)
    return [_completed(record, fuller.get((kind_of(record.unit), record.indicator))) for record in records]


def _fuller_names(records: Sequence[Quantity]) -> dict[tuple[str, str], str]:
    """Bare name by kind of unit → the fuller name, where all that end with it are one another's endings."""
    names = {(kind_of(record.unit), record.indicator) for record in records if record.class_ != "project"}
    endings: dict[tuple[str, str], list[str]] = {}
    for kind, name in sorted(names, key=lambda item: (len(item[1]), item[1])):
        for length in range(_LEAST, min(_BARE, len(name) - 1) + 1):
            if (kind, name[-length:]) in names and not _ADDS.fullmatch(name[:-length]):
                endings.setdefault((kind, name[-length:]), []).append(name)
    return {
        key: longer[-1] for key, longer in endings.items() if all(b.endswith(a) for a, b in pairwise(longer))
    }


def _completed(record: Quantity, name: str | None) -> Quantity:
    if name is None or record.class_ == "project":
        return record
    return replace(record, indicator=name, confidence=record.confidence * _SURE)
