"""Pages of placed pieces (pdf, ofd, scan) → lines and tables in reading order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.limits import Limits
from kg.readers.base import Lines
from kg.readers.columns import in_reading_order
from kg.readers.flow import Flow
from kg.readers.furniture import find_furniture
from kg.readers.lattice import Grid, find_grids
from kg.readers.lines import Line, Piece, Sheet, group_lines
from kg.readers.messages import note
from kg.readers.ruled import Table, TableWriter, read_table


@dataclass(frozen=True, slots=True)
class _Page:
    """One page's columns of lines outside tables, and its tables."""

    sheet: Sheet
    columns: Sequence[Sequence[Line]]
    tables: Sequence[Table]

    def lines(self) -> list[Line]:
        """All lines, in reading order."""
        return [line for column in self.columns for line in column]


def lay_out(sheets: Iterable[Sheet], limits: Limits) -> tuple[Lines, list[str]]:
    """All pages as lines with their places, and notes on what was left out.

    A paragraph is one line where the page proves that its line ends are no more than wrapped, and
    begins with two ideographic spaces where the page indents it. Page numbers, and headers and
    footers that come back page after page, are left out. Tables are one row a line, cells parted by
    tabs; a table that goes on over the page goes on without a gap.
    """
    notes: list[str] = []
    pages = [_read_page(sheet, limits, notes) for sheet in sheets]
    furniture = find_furniture([(page.sheet, page.lines()) for page in pages])
    lines = Lines()
    tables, flow = TableWriter(), Flow(lines)
    for page, left_out in zip(pages, furniture, strict=True):
        _write_page(page, left_out, flow, tables)
    dropped = sum(map(len, furniture))
    return lines, notes + ([note("furniture", count=dropped)] if dropped else [])


def _read_page(sheet: Sheet, limits: Limits, notes: list[str]) -> _Page:
    """Sort a page's pieces into tables and lines."""
    grids = find_grids(sheet.across, sheet.down, max(sheet.width, sheet.height))
    inside: dict[tuple[int, int], list[Piece]] = {}
    outside = []
    for piece in _on_page(sheet, notes):
        place = _place(grids, piece)
        if place is None:
            outside.append(piece)
        else:
            inside.setdefault(place, []).append(piece)
    tables = [read_table(grid, g, inside, sheet, (limits, notes)) for g, grid in enumerate(grids)]
    columns = in_reading_order(group_lines(outside), sheet.width)
    return _Page(sheet, columns, [table for table in tables if table.rows])


def _on_page(sheet: Sheet, notes: list[str]) -> list[Piece]:
    """The pieces whose middle lies on the page: what stands beside it, no reader of the page sees."""
    shown = [
        piece
        for piece in sheet.pieces
        if 0 <= (piece.x0 + piece.x1) / 2 <= sheet.width and 0 <= piece.middle() <= sheet.height
    ]
    if len(shown) < len(sheet.pieces):
        notes.append(note("off_page", page=sheet.number, count=len(sheet.pieces) - len(shown)))
    return shown


def _place(grids: list[Grid], piece: Piece) -> tuple[int, int] | None:
    """Which grid and cell hold a piece's middle."""
    for number, grid in enumerate(grids):
        cell = grid.cell_at((piece.x0 + piece.x1) / 2, piece.middle())
        if cell is not None:
            return number, cell
    return None


def _write_page(page: _Page, left_out: set[int], flow: Flow, tables: TableWriter) -> None:
    """One page's lines and tables in the order they stand in."""
    waiting = sorted(page.tables, key=lambda table: table.grid.ys[0])
    index = -1
    for column in page.columns:
        flow.begin_column(column)
        for line in column:
            index += 1
            if index in left_out:
                continue
            while waiting and waiting[0].grid.ys[0] < line.box()[1]:
                flow.interrupt()
                tables.write(waiting.pop(0), page.sheet, flow.lines)
            tables.close(flow.lines)
            flow.write(line, page.sheet)
    for table in waiting:
        flow.interrupt()
        tables.write(table, page.sheet, flow.lines)
