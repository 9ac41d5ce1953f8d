"""Indicator tables: a metric a row, a year a column; unit, category and attribute in cells of their own.

The unit stands in brackets in the name, in its own column, in the year's header, in the caption or in
the value's cell; the attribute (约束性, 预期性) in a column or in brackets.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.measures import find_measures
from kg.extract.numerals import decimal_of
from kg.extract.times import find_times
from kg.extract.units import UNIT_PATTERN
from kg.model import Comparator, Document, Nature, Quantity, QuantityClass
from kg.text.plan import PlanText
from kg.text.tables import Cell, Table

_NAME = re.compile(
    r"(?:主要|具体|核心|发展|评价|考核)?(?:指标|名称|项目|内容|任务|目标)(?:名称|内容|任务|体系)?(?:\(.*\))?"
)
_NAME_FIRST = re.compile(r".*指标(?:名称|内容)?")
_NUMBER = re.compile(r"序号|编号|号")
_CATEGORY = re.compile(r".*(?:类别|分类|领域|类型|维度|一级指标|方面)")
_UNIT = re.compile(r"(?:计量)?单位")
_ATTRIBUTE = re.compile(r".*(?:属性|性质)|指标类型")
_BASE = re.compile(r"基期|现状|基数|基准|实际|完成(?:情况|值)?$|现值|已完成|实绩")
_TARGET = re.compile(r"目标|规划|预期|计划|末|年$|20\d\d$")
_GROWTH = re.compile(r"年均|增速|增长|累计|\[.*\]")
_ADDS = re.compile(r"年均(?:增速|增长率?|下降|提高)?|累计")
_GROWS = re.compile(r"(?:增长|增速|增幅|下降|降低|提高)率?$")
_DUTY = re.compile(r"单位$|部门|责任|牵头|配合|备注|来源|措施|时限|完成时间|负责")
_UNIT_IN_NAME = re.compile(
    rf"\((?P<unit>(?:[百千万亿]+)?(?:{UNIT_PATTERN}|个数|人数|件|项)(?:/[^()]{{1,8}})?)\)(?=$|\*|\d|\[)"
)
_VALUE = re.compile(
    r"(?P<before>≥|>=|>|≤|<=|<|不低于|不少于|超过|突破|大于|高于|不超过|不高于|低于|小于|少于|约|达到?|控制在|保持在?|稳定在|累计|年均|增长|下降|降低|提高|至少|力争|左右)*"
    r"[\[〔(]?(?P<number>[-+−]?\d[\d,]*(?:\.\d+)?)[\]〕)]?(?P<scale>万亿|[万亿])?(?P<unit>[^\d以左之及\s\])〕]{0,8}?)[\]〕)]?(?P<after>(?:及)?以上|以内|以下|左右|之内|\*)?[\])〕*]*$"
)
_NOTHING = re.compile(r"[-—–/\\—\s*]*|无|待定|暂无")
_SIGNS: dict[str, Comparator] = {
    "≥": ">=", ">=": ">=", "不低于": ">=", "不少于": ">=", "至少": ">=", "以上": ">=", "及以上": ">=", ">": ">", "超过": ">", "突破": ">", "大于": ">",
    "高于": ">", "≤": "<=", "<=": "<=", "不超过": "<=", "不高于": "<=", "以内": "<=", "以下": "<=", "之内": "<=", "控制在": "<=", "<": "<",
    "低于": "<", "小于": "<", "少于": "<", "约": "~", "左右": "~",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One value column: its index, time, class and what it adds to the metric's name (年均增速)."""

    index: int
    time: str | None
    class_: QuantityClass
    adds: str = ""
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column of a table holds what; -1 where it has none."""

    name: int
    unit: int
    attribute: int
    category: int
    values: tuple[Column, ...]


def find_table_quantities(plan: PlanText, document: Document) -> Iterator[Quantity]:
    """The quantities of every indicator table, row by row."""
    for table in plan.tables:
        if layout := layout_of(table, document):
            for row in table.rows:
                yield from _row(plan, table, layout, row)


def layout_of(table: Table, document: Document) -> Layout | None:
    """What the columns hold, or None when the table gives no values by time."""
    heads = [cell.text.replace("\n", "") for cell in table.header]
    values = tuple(_value_columns(heads, table.caption, document))
    name = _first(heads, _NAME_FIRST) if _first(heads, _NAME_FIRST) >= 0 else _first(heads, _NAME)
    taken = {column.index for column in values}
    category = next((i for i, head in enumerate(heads) if _CATEGORY.fullmatch(head) and i not in taken), -1)
    if name == category or name < 0:
        name = next((i for i, h in enumerate(heads) if _NAME.fullmatch(h) and i != category), name)
    if not values or name < 0 or name in taken:
        return None
    return Layout(
        name, _first(heads, _UNIT), _first(heads, _ATTRIBUTE), category if category != name else -1, values
    )


def _first(heads: list[str], pattern: re.Pattern[str]) -> int:
    return next((number for number, head in enumerate(heads) if pattern.fullmatch(head)), -1)


def _value_columns(heads: list[str], caption: str, document: Document) -> Iterator[Column]:
    default = next((time.iso for time in find_times(caption)), None)
    default = default or (str(document.period[1]) if document.period else None)
    years = [next((time for time in find_times(head) if time.role != "since"), None) for head in heads]
    last = max((time.iso for time in years if time), default=default)
    first_year = _first_year(document, [int(time.iso[:4]) for time in years if time])
    for number, head in enumerate(heads):
        if _DUTY.search(head) or _UNIT.fullmatch(head) or _ATTRIBUTE.fullmatch(head) or len(head) > 24:
            continue
        time = years[number]
        if time is None and not re.fullmatch(
            r".*(?:目标值?|基期值?|现状值?|规划值|预期值|累计.*|年均.*)", head
        ):
            continue
        if time is None and _NAME_FIRST.fullmatch(head):
            continue
        past = bool(time and first_year and time.year < first_year) or bool(_BASE.search(head))
        adds = _ADDS.search(head) if not ("年均" in head and "累计" in head) else None
        unit = re.search(r"\(([^()]{1,6})\)$", head)
        iso = time.iso if time else (None if past else last)
        yield Column(
            number, iso, "baseline" if past else "target", adds.group() if adds else "", _bracket_unit(unit)
        )


def _first_year(document: Document, years: list[int]) -> int | None:
    """The plan's first year; without one, a first column far before the others holds the base."""
    if document.period:
        return document.period[0]
    spread = sorted(set(years))
    return spread[1] if len(spread) > 1 and spread[1] - spread[0] > 1 else None


def _bracket_unit(match: re.Match[str] | None) -> str | None:
    return match[1] if match and re.fullmatch(rf"[百千万亿]*{UNIT_PATTERN}", match[1]) else None


def _row(plan: PlanText, table: Table, layout: Layout, row: tuple[Cell | None, ...]) -> Iterator[Quantity]:
    name = row[layout.name] if layout.name < len(row) else None
    if name is None or not name.text:
        return
    for column in layout.values:
        cell = row[column.index] if column.index < len(row) else None
        if cell is not None and cell.text and not _NOTHING.fullmatch(cell.text):
            record = _cell(plan, table, layout, row, name, column, cell)
            if record:
                yield record


def _cell(
    plan: PlanText,
    table: Table,
    layout: Layout,
    row: tuple[Cell | None, ...],
    name: Cell,
    column: Column,
    cell: Cell,
) -> Quantity | None:
    indicator, unit = split_unit(name.text)
    unit = _text(row, layout.unit) or unit or column.unit or _caption_unit(table.caption)
    value, comparator, own, at = read_value(cell.text)
    if value is None and not re.fullmatch(r"[一-龥]{2,12}", cell.text):
        return None
    if value is not None:
        unit = unit or own or ("%" if re.search(r"率|占比|比例|比重", indicator) else None)
        if own and own[0] in "万亿" and unit and unit[0] not in "万亿" and len(own) == 1:
            unit = own + unit
    else:
        unit = None
    start, end, quote = plan.span(min(name.start, cell.start), max(name.end, cell.end))
    number = plan.text.find(at, cell.start, cell.end) if at else -1
    value_span = (
        plan.span(number, number + len(at))[:2] if number >= 0 else plan.span(cell.start, cell.end)[:2]
    )
    nature = _nature(_text(row, layout.attribute) or "") or _nature(table.caption)
    return Quantity(
        doc=plan.doc, start=start, end=end, quote=quote, rule="table", section=plan.path(table.start),
        class_=column.class_, indicator=indicator + _adds(indicator, column.adds), value=value, comparator=comparator, unit=unit,
        time=column.time, time_from="table", nature=nature if column.class_ == "target" else None, source="table",
        category=_text(row, layout.category), value_start=value_span[0], value_end=value_span[1],
    )  # fmt: skip


def _adds(indicator: str, adds: str) -> str:
    """年均增长 behind a level, nothing behind a metric that is a change itself."""
    return "" if adds.startswith("年均") and _GROWS.search(indicator) else adds


def _text(row: tuple[Cell | None, ...], index: int) -> str | None:
    cell = row[index] if 0 <= index < len(row) else None
    return cell.text if cell and cell.text and not _NOTHING.fullmatch(cell.text) else None


def split_unit(name: str) -> tuple[str, str | None]:
    """A metric's name without the unit in its bracket, and that unit; 个数 stays in the name."""
    name = re.sub(r"^(?:\d{1,2}[.、]|[①-⑳]|其中:?)", "", name.replace("\n", "")).rstrip("*")
    match = _UNIT_IN_NAME.search(name)
    if not match:
        return name, None
    unit = match["unit"]
    if unit.endswith("数"):
        return name[: match.start()] + unit, unit[:-1]
    return name[: match.start()] + name[match.end() :], unit


def _caption_unit(caption: str) -> str | None:
    match = re.search(rf"单位:({UNIT_PATTERN})", caption)
    return match[1] if match else None


def read_value(text: str) -> tuple[Decimal | None, Comparator | None, str | None, str]:
    """Value, comparator, the cell's own unit and the number as printed; (None, None, None, "") for words."""
    measures = [m for m in find_measures(text) if m.high is not None]
    if measures and measures[0].start == 0:
        return (
            measures[0].value,
            "range",
            measures[0].unit or None,
            text[measures[0].number_start : measures[0].number_end],
        )
    match = _VALUE.fullmatch(text)
    value = decimal_of(match["number"].replace("−", "-").lstrip("+-")) if match else None
    if match is None or value is None:
        return None, None, None, ""
    if match["number"][0] in "-−":
        value = -value
    sign = match["after"] or match["before"] or ""
    unit = (match["scale"] or "") + (match["unit"] or "")
    return value, _SIGNS.get(sign, "="), unit or None, match["number"]


def _nature(text: str) -> Nature | None:
    if "约束" in text:
        return "binding"
    return "expected" if "预期" in text else None
