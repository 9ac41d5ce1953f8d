"""Which column of a table holds what: names, units, attributes, categories and the values of each year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.extract.times import TimeMention, find_times
from kg.extract.units import ENCLOSED_UNIT
from kg.model import Document, QuantityClass
from kg.text.tables import Table

_NAME = re.compile(
    r"(?:主要|具体|核心|发展|评价|考核)?(?:指标|名称|项目|内容|任务|目标)(?:名称|内容|任务|体系)?(?:\(.*\))?"
)
_INDICATOR = re.compile(r".*指标(?:名称|内容)?")
_CATEGORY = re.compile(r".*(?:类别|分类|领域|类型|维度|一级指标|方面)")
_UNIT = re.compile(r"(?:计量)?单位")
_ATTRIBUTE = re.compile(r".*(?:属性|性质)|指标类型")
_PAST = re.compile(r"基期|现状|基数|基准|实际|完成(?:情况|值)?$|现值|已完成|实绩")
_UNDATED = re.compile(r".*(?:目标值?|基期值?|现状值?|规划值|预期值|累计.*|年均.*)")
_DUTY = re.compile(r"单位$|部门|责任|牵头|配合|备注|来源|措施|时限|完成时间|负责")
_ADDS = re.compile(r"年均(?:增速|增长率?|下降|提高)?|累计")
_HEAD_UNIT = re.compile(rf"\(((?:[百千万亿]*)(?:{ENCLOSED_UNIT}))\)$")
#: a longer header is a sentence
_LONGEST_HEAD = 24


@dataclass(frozen=True, slots=True)
class Column:
    """One value column: its index, time, class, unit and what it adds to the metric's name (年均增速)."""

    index: int
    time: str | None
    class_: QuantityClass
    adds: str = ""
    unit: str | None = None


class Layout(NamedTuple):
    """Column indices, -1 where a table has no such column."""

    name: int
    unit: int
    attribute: int
    category: int
    values: tuple[Column, ...]


def layout_of(table: Table, document: Document) -> Layout | None:
    """What the columns hold, or None when the table gives no values by time."""
    heads = [cell.text.replace("\n", "") for cell in table.header]
    values = tuple(_value_columns(heads, table.caption, document))
    taken = {column.index for column in values}
    category = next((i for i, head in enumerate(heads) if _CATEGORY.fullmatch(head) and i not in taken), -1)
    name = _name_column(heads, category)
    if not values or name < 0 or name in taken:
        return None
    return Layout(
        name, _first(heads, _UNIT), _first(heads, _ATTRIBUTE), category if category != name else -1, values
    )


def _name_column(heads: list[str], category: int) -> int:
    """指标 before any other header of names; the column of categories only where there is no other."""
    name = _first(heads, _INDICATOR)
    name = name if name >= 0 else _first(heads, _NAME)
    if name in (category, -1):
        name = next((i for i, head in enumerate(heads) if _NAME.fullmatch(head) and i != category), name)
    return name


def _first(heads: list[str], pattern: re.Pattern[str]) -> int:
    return next((number for number, head in enumerate(heads) if pattern.fullmatch(head)), -1)


def _value_columns(heads: list[str], caption: str, document: Document) -> Iterator[Column]:
    times = [next((time for time in find_times(head) if time.role != "since"), None) for head in heads]
    last = max((time.iso for time in times if time), default=_default_time(caption, document))
    first_year = _first_year(document, [time.year for time in times if time])
    for number, (head, time) in enumerate(zip(heads, times, strict=True)):
        if _is_value_column(head, time):
            past = bool(time and first_year and time.year < first_year) or bool(_PAST.search(head))
            iso = time.iso if time else (None if past else last)
            unit = _HEAD_UNIT.search(head)
            yield Column(
                number, iso, "baseline" if past else "target", _added(head), unit[1] if unit else None
            )


def _is_value_column(head: str, time: TimeMention | None) -> bool:
    if _DUTY.search(head) or _UNIT.fullmatch(head) or _ATTRIBUTE.fullmatch(head) or len(head) > _LONGEST_HEAD:
        return False
    if time is None:
        return bool(_UNDATED.fullmatch(head)) and not _INDICATOR.fullmatch(head)
    return True


def _added(head: str) -> str:
    """What a header adds to every name below it; 年均/累计 leaves open which and adds nothing."""
    adds = _ADDS.search(head)
    return adds.group() if adds and not ("年均" in head and "累计" in head) else ""


def _default_time(caption: str, document: Document) -> str | None:
    """The time of undated columns: the caption's, else the plan's last year."""
    printed = next((time.iso for time in find_times(caption)), None)
    return printed or (str(document.period[1]) if document.period else None)


def _first_year(document: Document, years: list[int]) -> int | None:
    """The plan's first year; without one, a first column far before the others holds the base."""
    if document.period:
        return document.period[0]
    spread = sorted(set(years))
    return spread[1] if len(spread) > 1 and spread[1] - spread[0] > 1 else None
