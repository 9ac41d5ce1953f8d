"""Pages of placed pieces (pdf, ofd, scan) → lines and tables in reading order.

Hard line ends of the page stay line ends; a line indented by two characters keeps two ideographic
spaces, since on paper that is what begins a paragraph.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import fmean

from kg.limits import Limits
from kg.readers.base import Anchor, Box, Lines
from kg.readers.columns import in_reading_order
from kg.readers.grid import Cell, rows_of
from kg.readers.lattice import Grid, find_grids
from kg.readers.lines import Line, Piece, Sheet, cell_text, group_lines
from kg.readers.messages import note

#: indents of a paragraph's first line, in widths of a character (em)
_INDENT = (1.4, 3.0)
#: how much of the page's height at its head and foot may hold headers, footers and page numbers
_MARGIN = 0.13
_PAGE_NUMBER = re.compile(
    r"[-—–―−·.\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/,，]?\s*共?\s*\d{1,4}\s*页?)?|[ivxIVX]{1,6})[-—–―−·.\s]*"
)
_INDENTED = "\u3000\u3000"


@dataclass(slots=True)
class _Table:
    """One table of a page, its rows already laid out; cells: how many each row has."""

    grid: Grid
    rows: list[list[str]]
    tops: list[float]
    cells: list[int]


@dataclass(slots=True)
class _Page:
    """One page's lines outside tables, and its tables."""

    sheet: Sheet
    lines: list[Line]
    tables: list[_Table]
    furniture: set[int] = field(default_factory=set)


def lay_out(sheets: Iterable[Sheet], limits: Limits) -> tuple[Lines, list[str]]:
    """All pages as lines with their places, and notes on what was left out.

    Page numbers, and headers and footers that come back page after page, are left out. Tables are
    one row a line, cells parted by tabs; a table that goes on over the page goes on without a gap.
    """
    notes: list[str] = []
    pages = [_read_page(sheet, limits, notes) for sheet in sheets]
    _mark_furniture(pages)
    lines, tables = Lines(), _Tables()
    for page in pages:
        _write_page(page, lines, tables)
    dropped = sum(len(page.furniture) for page in pages)
    return lines, notes + ([note("furniture", count=dropped)] if dropped else [])


def _read_page(sheet: Sheet, limits: Limits, notes: list[str]) -> _Page:
    """Sort a page's pieces into tables and lines."""
    grids = find_grids(sheet.across, sheet.down, max(sheet.width, sheet.height))
    inside: dict[tuple[int, int], list[Piece]] = {}
    outside = []
    for piece in sheet.pieces:
        place = _place(grids, piece)
        if place is None:
            outside.append(piece)
        else:
            inside.setdefault(place, []).append(piece)
    tables = [_read_table(grid, g, inside, sheet, (limits, notes)) for g, grid in enumerate(grids)]
    lines = in_reading_order(group_lines(outside), sheet.width)
    return _Page(sheet, lines, [table for table in tables if table.rows])


def _place(grids: list[Grid], piece: Piece) -> tuple[int, int] | None:
    """Which grid and cell hold a piece's middle."""
    for number, grid in enumerate(grids):
        cell = grid.cell_at((piece.x0 + piece.x1) / 2, piece.middle())
        if cell is not None:
            return number, cell
    return None


def _read_table(
    grid: Grid,
    number: int,
    inside: dict[tuple[int, int], list[Piece]],
    sheet: Sheet,
    context: tuple[Limits, list[str]],
) -> _Table:
    """The rows of one grid that hold anything."""
    cells = [Cell(cell_text(inside.get((number, index), [])), *cell) for index, cell in enumerate(grid.cells)]
    limits, notes = context
    rows = rows_of(cells, limits.cell, f"第{sheet.number}页", notes)
    counts = Counter(cell.row for cell in cells)
    kept = [r for r, row in enumerate(rows) if any(row)]
    return _Table(grid, [rows[r] for r in kept], [grid.ys[r] for r in kept], [counts[r] for r in kept])


def _mark_furniture(pages: list[_Page]) -> None:
    """Mark the page numbers, and what stands in the margin of most pages."""
    margins = [list(_margin_lines(page)) for page in pages]
    counts = Counter(key for lines in margins for key in {(foot, key) for _, foot, key in lines})
    often = max(2, len(pages) * 0.4)
    for page, lines in zip(pages, margins, strict=True):
        for index, foot, key in lines:
            if counts[foot, key] >= often or (len(key) < 20 and _PAGE_NUMBER.fullmatch(key)):
                page.furniture.add(index)


def _margin_lines(page: _Page) -> Iterator[tuple[int, bool, str]]:
    """The two outermost lines in a page's head and foot: index, whether in the foot, what is the same.

    Numbers are made equal, so that "第3页 共9页" comes back on every page.
    """
    height = page.sheet.height
    order = sorted(range(len(page.lines)), key=lambda index: page.lines[index].box()[1])
    for index in dict.fromkeys((*order[:2], *order[-2:])):
        _, top, _, bottom = page.lines[index].box()
        if bottom < height * _MARGIN or top > height * (1 - _MARGIN):
            key = re.sub(r"\d+", "1", re.sub(r"\s", "", page.lines[index].text()))
            yield index, top > height / 2, key


class _Tables:
    """Counts tables over the pages and sees whether one goes on from the page before."""

    def __init__(self) -> None:
        """No table yet."""
        self.count = self.row = 0
        self.open: _Table | None = None

    def write(self, table: _Table, page: _Page, lines: Lines) -> None:
        """Write one table below what is written already."""
        first = 0
        if self.open and len(self.open.grid.xs) == len(table.grid.xs):
            first = int(table.rows[0] == self.open.rows[0])  # the head row, printed again
            if _goes_on(self.open, table, first):
                self.open.rows[-1] = _joined(self.open.rows[-1], table.rows[first])
                lines.amend("\t".join(self.open.rows[-1]).rstrip("\t"))
                first += 1
        else:
            lines.blank()
            self.count, self.row, self.open = self.count + 1, 0, _Table(table.grid, [table.rows[0]], [], [])
        left, _, right, bottom = table.grid.box()
        for index in range(first, len(table.rows)):
            self.row += 1
            place = f"第{page.sheet.number}页表{self.count}第{self.row}行"
            below = (*table.tops, bottom)[index + 1]
            box = _share((left, table.tops[index], right, below), page.sheet)
            lines.add("\t".join(table.rows[index]).rstrip("\t"), Anchor(0, place, page.sheet.number, box))
            self.open.rows = [self.open.rows[0], table.rows[index]]
            self.open.cells = [table.cells[index]]


def _goes_on(above: _Table, table: _Table, first: int) -> bool:
    """Whether the first row on a new page is the rest of the last row on the page before.

    Then only its longest cells go on, so at least half of its cells are empty, and where it has text
    the row above has text too. A merged cell is one cell, so a heading across the table is no rest.
    """
    if first >= len(table.rows) or not above.cells or table.cells[first] != above.cells[-1]:
        return False
    pairs = list(zip(above.rows[-1], table.rows[first], strict=True))
    filled = sum(bool(text) for _, text in pairs)
    return filled * 2 <= table.cells[first] and all(before for before, text in pairs if text)


def _joined(above: list[str], rest: list[str]) -> list[str]:
    return [before + text for before, text in zip(above, rest, strict=True)]


def _write_page(page: _Page, lines: Lines, tables: _Tables) -> None:
    """One page's lines and tables in the order they stand in."""
    margin = _left_margin(page)
    waiting = sorted(page.tables, key=lambda table: table.grid.ys[0])
    for index, line in enumerate(page.lines):
        if index in page.furniture:
            continue
        while waiting and waiting[0].grid.ys[0] < line.box()[1]:
            tables.write(waiting.pop(0), page, lines)
        if tables.open:
            lines.blank()
            tables.open = None
        _write_line(line, page.sheet, margin, lines)
    for table in waiting:
        tables.write(table, page, lines)


def _write_line(line: Line, sheet: Sheet, margin: float, lines: Lines) -> None:
    """One line, its paragraph indent kept."""
    indent = (line.box()[0] - margin) / line.em()
    sure = [p.confidence for p in line.pieces if p.confidence is not None]
    anchor = Anchor(
        0,
        f"第{sheet.number}页",
        sheet.number,
        _share(line.box(), sheet),
        round(fmean(sure), 3) if sure else None,
    )
    lines.add((_INDENTED if _INDENT[0] <= indent <= _INDENT[1] else "") + line.text(), anchor)


def _left_margin(page: _Page) -> float:
    """Where most of a page's longer lines begin."""
    if not page.lines:
        return 0.0
    longest = max(line.box()[2] - line.box()[0] for line in page.lines)
    starts = [line.box()[0] for line in page.lines if line.box()[2] - line.box()[0] > longest * 0.6]
    step = max(page.lines[0].em() / 2, 1e-6)
    common = Counter(round(start / step) for start in starts).most_common()
    most = max(count for _, count in common)
    return min(bin_ for bin_, count in common if count == most) * step


def _share(box: Box, sheet: Sheet) -> Box:
    """A box as fractions of its page as shown, to four places."""
    width, height = sheet.width or 1.0, sheet.height or 1.0
    left, top, right, bottom = (
        min(1.0, max(0.0, v)) for v in (box[0] / width, box[1] / height, box[2] / width, box[3] / height)
    )
    for _ in range(sheet.turned):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return round(left, 4), round(top, 4), round(right, 4), round(bottom, 4)
