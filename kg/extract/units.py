"""The units that a measure may carry, as one pattern, and what kind of thing each measures.

The rows stand in data/units.tsv: unit, kind, the word that closes the name of what is counted in it, and
what may follow it only where it is no unit (9部门, 10门诊).
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from kg.data import lines

Kind = Literal["share", "points", "times", "money", "people", "area", "length", "count", "duration", "other"]


class UnitRow(NamedTuple):
    """One row of the table: kind of thing, closing word ("" for its kind's), what makes it another word."""

    unit: str
    kind: Kind
    closing: str = ""
    runs_on: tuple[str, ...] = ()


def _rows() -> dict[str, UnitRow]:
    parts = [[*line.split("\t"), "", ""] for line in lines("units.tsv")]
    return {row[0]: UnitRow(row[0], cast(Kind, row[1]), row[2], tuple(row[3].split())) for row in parts}


UNITS = _rows()
#: what may stand under the stroke of a compound unit: 微克/立方米, 元/人/月, 平方米/百户, 吨标准煤/万元
_UNDER = (
    r"(?:[百千万亿]?(?:平方公里|平方米|立方米|m³|m3|㎡|公顷|亩|公里|吨标准煤|吨|公斤|千克|升|L|元|"
    r"千瓦时|人|户|家|所|个|张|床|名|"
    r"年|月|日|天|周|季度|小时|次|台|辆|头|百户|千人|万人|县区|县|乡镇|村|社区|街道|例|分钟|秒))"
)


def _alternatives(guard: Callable[[UnitRow], str]) -> str:
    """Every unit, the longest first, each with what may not follow it."""
    rows = sorted(UNITS.values(), key=lambda row: len(row.unit), reverse=True)
    return "|".join(re.escape(row.unit) + guard(row) for row in rows)


def _guard(row: UnitRow) -> str:
    """None may run on into another word."""
    if row.unit[-1].isascii() and row.unit[-1].isalpha():
        return r"(?![A-Za-z])"
    return f"(?!{'|'.join(row.runs_on)})" if row.runs_on else ""


#: a unit with its scale split off: 万|亿|万亿 stay with the unit as printed
UNIT_PATTERN = rf"(?:{_alternatives(_guard)})(?:/{_UNDER}){{0,2}}"
#: the same where a bracket or 以下 follows: nothing can run on, and to compile the guards takes the longest
ENCLOSED_UNIT = rf"(?:{_alternatives(lambda row: '')})(?:/{_UNDER}){{0,2}}"


@lru_cache(maxsize=4096)
def kind_of(unit: str | None) -> Kind:
    """What a unit measures; scale and denominator do not matter. Unknown units count things."""
    if not unit:
        return "other"
    row = _row(unit)
    return row.kind if row else "count"


def _row(unit: str) -> UnitRow | None:
    """The row of a unit: whole (/10万), else without its denominator and scale."""
    return UNITS.get(unit) or UNITS.get(unit.split("/")[0].lstrip("百千万亿") or "个")


_CLOSINGS: dict[Kind, str] = {
    "area": "面积",
    "length": "长度",
    "money": "金额",
    "count": "数量",
    "people": "人数",
}


def closing(unit: str | None) -> str:
    """The word that closes the name of a counted thing: 数量, 人数, 面积, 里程, 金额."""
    if not unit:
        return ""
    row = _row(unit)
    return row.closing if row and row.closing else _CLOSINGS.get(kind_of(unit), "")
