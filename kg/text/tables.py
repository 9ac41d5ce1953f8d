"""Tables as plain text leaves them: cells one a line ending in "|", rows of tabs, cells led by a tab.

A table keeps its cells with view indices; a merged category cell stands in every row it covers.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.text.outline import is_contents_line
from kg.text.view import View


class Cell(NamedTuple):
    """One cell: its text without line breaks and its view span."""

    text: str
    start: int
    end: int


class Table(NamedTuple):
    """Rows of equal length under a header; start/end in view indices; caption: the line above."""

    start: int
    end: int
    caption: str
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell | None, ...], ...]


#: words that only a header cell is made of
_HEADER = re.compile(
    r"序号|(?:指标|类别|项目|任务|工作|产业|领域)?(?:类别|名称|内容|任务|目标|指标|属性|单位|分类)|指标.{0,4}|"
    r"(?:主要|具体|核心|重点|发展|规划|考核|评价|监测)(?:指标|任务|工作|项目).{0,4}|领域|维度|方面|板块|"
    r"(?:计量|责任|牵头|配合|主管|主办|协办)?(?:单位|部门|专班)|(?:截?至)?(?:\d{4}|“?十[二三四五]五”?末?|20\d\d).{0,8}|"
    r"备注|属性|性质|基期值?|现状值?|目标值?|规划值|完成.{0,6}|时限|类型|年均.{0,6}|累计.{0,6}|年度.{0,6}|重点.{0,8}|"
    r"编号|区域|措施|进度.{0,4}|产业.{0,10}|年内.{0,16}|\d{4}年.{0,14}|包抓.{0,4}"
)
_ATTRIBUTE_HEAD = re.compile(r"属性|性质")
_NATURE = re.compile(r"(?:约束|预期)性?")


def tables(view: View) -> tuple[Table, ...]:
    """Every table of the view, in reading order."""
    lines = list(_lines(view.text))
    return tuple(
        sorted([*_pipe_tables(lines), *_row_tables(lines), *_led_tables(lines)], key=lambda t: t.start)
    )


def _lines(text: str) -> Iterator[Cell]:
    start = 0
    for line in text.split("\n"):
        yield Cell(line, start, start + len(line))
        start += len(line) + 1


#: a cell's first line that lost its "|" to a line break is no longer than this
_BROKEN_CELL = 40


def _runs(lines: Sequence[Cell], belongs: list[bool], least: int) -> Iterator[tuple[int, int]]:
    """Stretches [first, last) of at least `least` lines that belong together."""
    first = None
    for number, wanted in enumerate([*belongs, False]):
        if wanted and first is None:
            first = number
        elif not wanted and first is not None:
            if number - first >= least:
                yield first, number
            first = None


def _caption(lines: Sequence[Cell], first: int) -> str:
    above = lines[first - 1].text if first else ""
    return above if len(above) < 60 else ""


# --- cells one a line, each ending in "|" ---------------------------------------------------------


def _pipe_tables(lines: Sequence[Cell]) -> Iterator[Table]:
    for first, last in _runs(lines, [line.text.count("|") > 2 for line in lines], 2):
        yield from _markdown_table(lines, first, last)
    belongs = [line.text.endswith("|") and line.text.count("|") < 3 for line in lines]
    for number in range(1, len(lines) - 1):
        if not belongs[number] and belongs[number - 1] and belongs[number + 1]:
            belongs[number] = 0 < len(lines[number].text) < _BROKEN_CELL and "|" not in lines[number].text
    for first, last in _runs(lines, belongs, 4):
        run = list(_whole_cells(lines[first:last]))
        if table := _from_cells(run, _caption(lines, first)):
            yield table


def _from_cells(run: Sequence[Cell], caption: str) -> Table | None:
    """A table from its cells: the header is the run of header words, blank cells part the rows."""
    cells = [_trimmed(cell) for cell in run]
    width = _header_width(cells)
    if width < 2:
        return None
    natures = _ATTRIBUTE_HEAD.search(cells[width - 1].text) is not None
    rows = list(_filled(_split_rows(cells[width:], width, natures=natures), width))
    if not rows:
        return None
    return Table(run[0].start, run[-1].end, caption, tuple(cells[:width]), tuple(rows))


def _whole_cells(run: Sequence[Cell]) -> Iterator[Cell]:
    """The cells of a run: a line without its "|" is the beginning of the next line's cell."""
    begun: Cell | None = None
    for line in run:
        if begun:
            yield Cell(begun.text + line.text, begun.start, line.end)
            begun = None
        elif line.text.endswith("|"):
            yield line
        else:
            begun = line


def _trimmed(cell: Cell) -> Cell:
    bare = cell.text.rstrip("|")
    return Cell(bare, cell.start, cell.end - (len(cell.text) - len(bare)))


def _header_width(cells: Sequence[Cell]) -> int:
    width = 0
    while width < len(cells) and cells[width].text and _HEADER.fullmatch(cells[width].text):
        width += 1
    return width


def _split_rows(cells: Sequence[Cell], width: int, *, natures: bool) -> Iterator[list[Cell]]:
    """Rows parted by blank cells where the text has them, else every `width` cells.

    natures: the last column says binding or expected, so that such a cell ends its row.
    """
    row: list[Cell] = []
    parted = any(not cell.text for cell in cells)
    for cell in cells:
        if parted and not cell.text:
            if row:
                yield row
            row = []
            continue
        row.append(cell)
        if len(row) == width or (natures and len(row) > 2 and _NATURE.fullmatch(cell.text)):
            yield row
            row = []
    if row:
        yield row


def _filled(rows: Iterator[list[Cell]], width: int) -> Iterator[tuple[Cell | None, ...]]:
    """Rows of full width: cells missing at the front are the merged ones of the row above."""
    above: tuple[Cell | None, ...] = (None,) * width
    for row in rows:
        if len(row) == 1 and width > 2:
            above = (row[0], *above[1:])
            continue
        missing = width - len(row)
        above = (*above[:missing], *row[:width])
        yield above


# --- rows of cells parted by tabs or by "|" -------------------------------------------------------


def _markdown_table(lines: Sequence[Cell], first: int, last: int) -> Iterator[Table]:
    rows = [_parts(line, "|") for line in lines[first:last] if set(line.text) - set("|-: ")]
    yield from _from_rows(rows, lines, first, last)


def _row_tables(lines: Sequence[Cell]) -> Iterator[Table]:
    belongs = [_is_row(line.text) and not is_contents_line(line.text) for line in lines]
    for first, last in _runs(lines, belongs, 2):
        yield from _from_rows([_parts(line, "\t") for line in lines[first:last]], lines, first, last)


def _is_row(line: str) -> bool:
    """Several cells on one line; an empty first cell (a merged one) may open it."""
    return "\t" in line.strip("\t")


def _parts(line: Cell, separator: str) -> list[Cell]:
    cells, at = [], line.start
    for part in line.text.split(separator):
        bare = part.strip()
        start = at + (part.find(bare) if bare else 0)
        cells.append(Cell(bare, start, start + len(bare)))
        at += len(part) + 1
    if separator == "|":
        cells = cells[1 if line.text.startswith("|") else 0 : -1 if line.text.endswith("|") else None]
    return cells


def _from_rows(rows: list[list[Cell]], lines: Sequence[Cell], first: int, last: int) -> Iterator[Table]:
    if len(rows) < 2:
        return
    header, *body = rows
    width = len(header)
    filled = tuple(_carried(_filled(iter(row for row in body if any(c.text for c in row)), width)))
    if width > 1 and filled:
        yield Table(lines[first].start, lines[last - 1].end, _caption(lines, first), tuple(header), filled)


def _carried(rows: Iterator[tuple[Cell | None, ...]]) -> Iterator[tuple[Cell | None, ...]]:
    """Rows in which an empty first cell stands for the one above it (a vertically merged cell)."""
    above: Cell | None = None
    for row in rows:
        if row[0] is not None and not row[0].text and above is not None:
            row = (above, *row[1:])
        above = row[0]
        yield row


# --- cells led by a tab, their further lines without one ------------------------------------------


def _led_tables(lines: Sequence[Cell]) -> Iterator[Table]:
    """Tables of a word processor's text export: a cell starts with a tab and may have many lines."""
    number = 0
    while number < len(lines):
        if not lines[number].text.startswith("\t") or _is_row(lines[number].text):
            number += 1
            continue
        last = _led_end(lines, number)
        cells = list(_led_cells(lines[number:last]))
        if table := _from_led(cells, _caption(lines, number)):
            yield table
        number = last


def _led_end(lines: Sequence[Cell], first: int) -> int:
    """One past the last line of the run: lines go on while a later tab-led cell is near."""
    last, number = first + 1, first + 1
    while number < len(lines) and number - last < 40:
        if lines[number].text.startswith("\t"):
            last = number + 1
        number += 1
    return last


def _led_cells(run: Sequence[Cell]) -> Iterator[Cell]:
    start = end = run[0].start
    parts: list[str] = []
    for line in run:
        if line.text.startswith("\t") and parts:
            yield Cell("".join(parts), start, end)
            parts = []
        if not parts:
            start = line.start + (1 if line.text.startswith("\t") else 0)
        parts.append(line.text.strip("\t"))
        end = line.end
    yield Cell("".join(parts), start, end)


def _from_led(cells: list[Cell], caption: str) -> Table | None:
    width = _header_width(cells)
    if width < 2:
        return None
    body = cells[width:]
    rows = list(_filled((body[i : i + width] for i in range(0, len(body), width)), width))
    if not rows:
        return None
    return Table(cells[0].start, cells[-1].end, caption, tuple(cells[:width]), tuple(rows))
