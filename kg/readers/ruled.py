"""Ruled tables of paged formats: grids filled with the pieces in them, written over page ends."""

from collections import Counter
from dataclasses import dataclass

from kg.limits import Limits
from kg.readers.base import Anchor, Lines
from kg.readers.grid import Cell, rows_of
from kg.readers.lattice import Grid
from kg.readers.lines import Piece, Sheet, cell_text, share


@dataclass(slots=True)
class Table:
    """One table of a page, its rows already laid out; cells: how many each row has."""

    grid: Grid
    rows: list[list[str]]
    tops: list[float]
    cells: list[int]


def read_table(
    grid: Grid,
    number: int,
    inside: dict[tuple[int, int], list[Piece]],
    sheet: Sheet,
    context: tuple[Limits, list[str]],
) -> Table:
    """The rows of one grid that hold anything.

    inside: pieces by grid number and cell index. context: the limits, and where notes go.
    """
    cells = [Cell(cell_text(inside.get((number, index), [])), *cell) for index, cell in enumerate(grid.cells)]
    limits, notes = context
    rows = rows_of(cells, limits.cell, f"第{sheet.number}页", notes)
    counts = Counter(cell.row for cell in cells)
    kept = [r for r, row in enumerate(rows) if any(row)]
    return Table(grid, [rows[r] for r in kept], [grid.ys[r] for r in kept], [counts[r] for r in kept])


class TableWriter:
    """Counts tables over the pages and sees whether one goes on from the page before."""

    def __init__(self) -> None:
        """No table yet."""
        self.count = self.row = 0
        self.open: Table | None = None

    def close(self, lines: Lines) -> None:
        """Something else follows: the table on the page before does not go on."""
        if self.open:
            lines.blank()
            self.open = None

    def write(self, table: Table, sheet: Sheet, lines: Lines) -> None:
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
            self.count, self.row, self.open = self.count + 1, 0, Table(table.grid, [table.rows[0]], [], [])
        left, _, right, bottom = table.grid.box()
        for index in range(first, len(table.rows)):
            self.row += 1
            place = f"第{sheet.number}页表{self.count}第{self.row}行"
            below = (*table.tops, bottom)[index + 1]
            box = share((left, table.tops[index], right, below), sheet)
            lines.add("\t".join(table.rows[index]).rstrip("\t"), Anchor(0, place, sheet.number, box))
            self.open.rows = [self.open.rows[0], table.rows[index]]
            self.open.cells = [table.cells[index]]


def _goes_on(above: Table, table: Table, first: int) -> bool:
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
