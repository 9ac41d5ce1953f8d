"""Indicator tables: a metric a row, a year a column; unit, category and attribute in cells of their own.

The unit stands in brackets in the name, in its own column, in the year's header, in the caption or in
the value's cell; the attribute (约束性, 预期性) in a column or in the caption.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.fields import is_rate
from kg.extract.table_layout import Column, Layout, layout_of
from kg.extract.table_values import CellValue, caption_unit, is_blank, nature_of, read_value, split_unit
from kg.extract.units import kind_of
from kg.model import Document, Quantity
from kg.text.plan import PlanText
from kg.text.tables import Cell, Table

#: a metric that is a change itself needs no 年均增长 behind it
_GROWS = re.compile(r"(?:增长|增速|增幅|下降|降低|提高)率?$")


class Row(NamedTuple):
    """One row of an indicator table with what its header says of it."""

    table: Table
    layout: Layout
    cells: tuple[Cell | None, ...]
    name: Cell

    def text(self, index: int) -> str | None:
        """The text of a cell, None where the column is missing or the cell blank."""
        cell = self.cell(index)
        return cell.text if cell and not is_blank(cell.text) else None

    def cell(self, index: int) -> Cell | None:
        """The cell of a column; None where the row is too short."""
        return self.cells[index] if 0 <= index < len(self.cells) else None


def find_table_quantities(plan: PlanText, document: Document) -> Iterator[Quantity]:
    """The quantities of every indicator table, row by row."""
    for table in plan.tables:
        layout = layout_of(table, document)
        for cells in table.rows if layout else ():
            name = cells[layout.name] if layout and layout.name < len(cells) else None
            if layout and name and name.text:
                yield from _row(plan, Row(table, layout, cells, name))


def _row(plan: PlanText, row: Row) -> Iterator[Quantity]:
    for column in row.layout.values:
        cell = row.cell(column.index)
        value = read_value(cell.text) if cell else None
        if cell and value:
            yield _record(plan, row, column, cell, value)


def _record(plan: PlanText, row: Row, column: Column, cell: Cell, value: CellValue) -> Quantity:
    name, in_name = split_unit(row.name.text)
    given = row.text(row.layout.unit) or in_name or column.unit or caption_unit(row.table.caption)
    start, end, quote = plan.span(min(row.name.start, cell.start), max(row.name.end, cell.end))
    number = plan.text.find(value.number, cell.start, cell.end) if value.number else -1
    at = (number, number + len(value.number)) if number >= 0 else (cell.start, cell.end)
    value_start, value_end, _ = plan.span(*at)
    nature = nature_of(row.text(row.layout.attribute) or "") or nature_of(row.table.caption)
    return Quantity(
        doc=plan.doc,
        start=start,
        end=end,
        quote=quote,
        rule="table",
        section=plan.path(row.table.start),
        class_=column.class_,
        indicator=_named(name, column.adds),
        value=value.value,
        value_high=value.high,
        comparator=value.comparator,
        unit=_unit(name, given, value),
        time=column.time,
        time_from="table" if column.time else None,
        nature=nature if column.class_ == "target" else None,
        source="table",
        category=row.text(row.layout.category),
        value_start=value_start,
        value_end=value_end,
    )


def _named(name: str, adds: str) -> str:
    """The name with 年均增速 or 累计 behind it, unless the metric is a change itself."""
    return name if adds.startswith("年均") and _GROWS.search(name) else name + adds


def _unit(name: str, given: str | None, value: CellValue) -> str | None:
    """The table's unit before the cell's own; a cell's 万 scales the table's (3.5万 of 张 is 万张)."""
    if value.value is None:
        return None
    own = value.unit
    if own == "%" and given and kind_of(given) not in ("share", "points"):
        return own
    if given and own in ("万", "亿") and given[0] not in "万亿":
        return own + given
    return given or own or ("%" if is_rate(name) else None)
