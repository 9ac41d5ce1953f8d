"""Ruled tables: the straight rules of a page → grids of cells, merged cells included.

Rules that touch make one lattice. Its columns and rows are where rules stand; two neighbouring
squares belong to one cell where no rule parts them. The same for pdf paths, ofd paths and the dark
lines of a scan.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kg.readers.base import Box

#: a lattice finer than this is a drawing or a chart
_MOST = 120
#: side of the smallest square a character fits in, as a share of the page's longer side
_SMALLEST = 0.007


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule: `at` its fixed coordinate, from `low` to `high` along the other."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Grid:
    """One ruled table: column and row boundaries, and for each square the cell it belongs to.

    cells: (first row, first column, rows, columns) of each cell, in reading order. owner: row by
    row, the index in `cells` of every square.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]
    owner: tuple[tuple[int, ...], ...]

    def box(self) -> Box:
        """Left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> int | None:
        """The index of the cell that holds a point; None outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owner[row][column]
        return None


def find_grids(across: Iterable[Rule], down: Iterable[Rule], side: float) -> list[Grid]:
    """The tables that horizontal and vertical rules draw, from top to bottom.

    side: the page's longer side, from which tolerances follow. Frames of one cell or one column are
    no tables: what they hold reads as paragraphs.
    """
    slack = side / 300
    across = [rule for rule in _merged(across, slack) if rule.high - rule.low > side * _SMALLEST]
    down = [rule for rule in _merged(down, slack) if rule.high - rule.low > side * _SMALLEST]
    if len(across) * len(down) > _MOST**2:
        return []
    grids = (_grid(h, v, slack) for h, v in _connected(across, down, slack))
    tables = [grid for grid in grids if grid and len({cell[1] for cell in grid.cells}) > 1]
    return sorted(tables, key=lambda grid: grid.ys[0])


def _merged(rules: Iterable[Rule], slack: float) -> list[Rule]:
    """Rules on one line joined where they overlap or nearly touch, as dashes and cell borders do."""
    merged: list[Rule] = []
    for line in _on_one_line(rules, slack):
        at = sum(rule.at for rule in line) / len(line)
        low, high = line[0].low, line[0].high
        for rule in line[1:]:
            if rule.low > high + slack * 2:
                merged.append(Rule(at, low, high))
                low = rule.low
                high = rule.high
            high = max(high, rule.high)
        merged.append(Rule(at, low, high))
    return merged


def _on_one_line(rules: Iterable[Rule], slack: float) -> Iterator[list[Rule]]:
    """Rules grouped by their fixed coordinate, each group sorted along the line."""
    line: list[Rule] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if line and rule.at - line[-1].at > slack:
            yield sorted(line, key=lambda r: r.low)
            line = []
        line.append(rule)
    if line:
        yield sorted(line, key=lambda r: r.low)


def _connected(across: list[Rule], down: list[Rule], slack: float) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that touch one another, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, h in enumerate(across):
        for j, v in enumerate(down, start=len(across)):
            meets = h.low - slack <= v.at <= h.high + slack and v.low - slack <= h.at <= v.high + slack
            if meets:
                parent[root(i)] = root(j)
    members = sorted(range(len(parent)), key=root)
    for _, group in groupby(members, key=root):
        indices = list(group)
        yield (
            [across[i] for i in indices if i < len(across)],
            [down[i - len(across)] for i in indices if i >= len(across)],
        )


def _grid(across: list[Rule], down: list[Rule], slack: float) -> Grid | None:
    """The grid of connected rules; open sides count as closed. None for a mere cross or frame."""
    if len(across) < 2 or not down:
        return None
    left, right = min(r.low for r in across), max(r.high for r in across)
    top, bottom = min(r.low for r in down), max(r.high for r in down)
    xs = _positions([r.at for r in down] + [left, right], slack)
    ys = _positions([r.at for r in across] + [top, bottom], slack)
    if len(xs) < 3 or len(ys) < 2 or max(len(xs), len(ys)) > _MOST:
        return None
    owner = _owners(_Frame(xs, ys, across, down, slack))
    cells = _extents(owner)
    return Grid(tuple(xs), tuple(ys), cells, tuple(map(tuple, owner))) if len(cells) > 1 else None


def _positions(values: list[float], slack: float) -> list[float]:
    """Distinct coordinates in order; those closer than two slacks count as one."""
    distinct: list[float] = []
    for value in sorted(values):
        if not distinct or value - distinct[-1] > slack * 2:
            distinct.append(value)
    return distinct


@dataclass(frozen=True, slots=True)
class _Frame:
    """The boundaries of a table's squares, and the rules that stand on some of them."""

    xs: list[float]
    ys: list[float]
    across: list[Rule]
    down: list[Rule]
    slack: float

    def parts_columns(self, row: int, column: int) -> bool:
        """Whether a rule stands left of a square."""
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        return _stands(self.down, self.xs[column], middle, self.slack)

    def parts_rows(self, row: int, column: int) -> bool:
        """Whether a rule stands above a square."""
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        return _stands(self.across, self.ys[row], middle, self.slack)


def _owners(frame: _Frame) -> list[list[int]]:
    """Row by row the number of the cell each square belongs to; numbers follow reading order."""
    rows, columns = len(frame.ys) - 1, len(frame.xs) - 1
    owner = [[-1] * columns for _ in range(rows)]
    count = 0
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] < 0:
                _spread(owner, row, column, count, frame)
                count += 1
    return owner


def _spread(owner: list[list[int]], row: int, column: int, number: int, frame: _Frame) -> None:
    """Number the cell whose first square this is: as far right, then down, as no rule stands."""
    right, low = column + 1, row + 1
    while right < len(owner[row]) and owner[row][right] < 0 and not frame.parts_columns(row, right):
        right += 1
    while low < len(owner) and owner[low][column] < 0 and not frame.parts_rows(low, column):
        low += 1
    for r in range(row, low):
        for c in range(column, right):
            owner[r][c] = number if owner[r][c] < 0 else owner[r][c]


def _stands(rules: list[Rule], at: float, along: float, slack: float) -> bool:
    """Whether a rule stands at this coordinate and passes this point."""
    return any(abs(r.at - at) <= slack * 2 and r.low - slack <= along <= r.high + slack for r in rules)


def _extents(owner: list[list[int]]) -> tuple[tuple[int, int, int, int], ...]:
    """First row, first column, rows and columns of every cell, by its number."""
    spans: dict[int, list[int]] = {}
    for r, row in enumerate(owner):
        for c, number in enumerate(row):
            span = spans.setdefault(number, [r, c, r, c])
            span[2], span[3] = max(span[2], r), max(span[3], c)
    return tuple((r, c, low - r + 1, right - c + 1) for r, c, low, right in (spans[n] for n in sorted(spans)))
