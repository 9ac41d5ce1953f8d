"""Tables that share a total out: a government a row (县区, 乡镇), a metric a column.

任务分解表: the number of a row is the target of that place; the row 合计 is the target of all.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.fields import is_rate
from kg.extract.table_layout import layout_of
from kg.extract.table_values import CellValue, caption_unit, read_value, split_unit
from kg.extract.times import find_times
from kg.extract.units import closing
from kg.extract.words import QUANTITY_NOUN
from kg.model import Document, Quantity
from kg.text.plan import PlanText
from kg.text.tables import Cell, Table

_PLACES = re.compile(
    r"(?:各)?(?:县\(?市?、?区?\)?|县区|区县|县市区|市州|设区市|地区|地市|乡镇|镇街|镇\(街道\)|街道|"
    r"乡\(镇\)|街道\(乡镇\)|区域|行政区划|城市|"
    r"市\(州\)|盟市|旗县|村|社区|单位|县别|区别)(?:名称)?"
)
_TOTAL = re.compile(r"合计|总计|小计|全[市县区省州镇]|总数|共计")
_DUTY = re.compile(r"序号|备注|责任|联系|电话|时限|说明|地址")
#: a column holds a metric when so many of its cells are numbers
_MOST = 0.6


class Shares(NamedTuple):
    """The layout of such a table: the column of places, the columns of metrics, the time of all."""

    place: int
    metrics: tuple[int, ...]
    time: str | None


class Share(NamedTuple):
    """One number of such a table: what its column is called, whose it is, what its cell says."""

    head: str
    place: Cell
    cell: Cell
    value: CellValue


def find_share_quantities(plan: PlanText, document: Document) -> Iterator[Quantity]:
    """The quantities of every table that shares targets out."""
    for table in plan.tables:
        if layout := shares_of(table, document):
            for share in _numbers(table, layout):
                yield _record(plan, table, layout, share)


def _numbers(table: Table, layout: Shares) -> Iterator[Share]:
    for row in table.rows:
        place = row[layout.place] if layout.place < len(row) else None
        for index in layout.metrics if place and place.text else ():
            cell = row[index] if index < len(row) else None
            value = read_value(cell.text) if cell else None
            if place and cell and value and value.value is not None:
                yield Share(table.header[index].text.replace("\n", ""), place, cell, value)


def shares_of(table: Table, document: Document) -> Shares | None:
    """The layout, or None where the table gives no metrics by place."""
    heads = [cell.text.replace("\n", "") for cell in table.header]
    place = next((number for number, head in enumerate(heads) if _PLACES.fullmatch(head)), -1)
    if place < 0 or layout_of(table, document):
        return None
    metrics = tuple(
        number
        for number, head in enumerate(heads)
        if number != place
        and head
        and not _DUTY.search(head)
        and not _is_year(head)
        and _holds_numbers(table, number)
    )
    if not metrics:
        return None
    time = next((time.iso[:7] for time in find_times(table.caption)), None)
    period = document.period
    single = str(period[0]) if period and period[0] == period[1] else None
    return Shares(place, metrics, time or single)


def _is_year(head: str) -> bool:
    return any(time.start == 0 for time in find_times(head))


def _holds_numbers(table: Table, index: int) -> bool:
    cells = [row[index] for row in table.rows if index < len(row)]
    values = [read_value(cell.text) for cell in cells if cell and cell.text]
    numbers = [value for value in values if value and value.value is not None]
    return bool(numbers) and len(numbers) >= _MOST * len(cells)


def _record(plan: PlanText, table: Table, layout: Shares, share: Share) -> Quantity:
    place, cell, value = share.place, share.cell, share.value
    name, in_name = split_unit(share.head)
    unit = in_name or value.unit or caption_unit(table.caption) or ("%" if is_rate(name) else None)
    total = bool(_TOTAL.fullmatch(place.text))
    start, end, quote = plan.span(min(place.start, cell.start), max(place.end, cell.end))
    number = plan.text.find(value.number, cell.start, cell.end)
    at = (number, number + len(value.number)) if number >= 0 else (cell.start, cell.end)
    value_start, value_end, _ = plan.span(*at)
    named = name if not unit or QUANTITY_NOUN.search(name) else name + closing(unit)
    return Quantity(
        doc=plan.doc,
        start=start,
        end=end,
        quote=quote,
        rule="share-table",
        section=plan.path(table.start),
        class_="target",
        indicator=named if total else place.text + named,
        value=value.value,
        value_high=value.high,
        comparator=value.comparator,
        unit=unit,
        time=layout.time,
        time_from="table" if layout.time else None,
        source="table",
        scope=None if total else place.text,
        value_start=value_start,
        value_end=value_end,
    )
