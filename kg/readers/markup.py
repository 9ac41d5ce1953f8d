"""HTML elements → lines: blocks are paragraphs, data tables one row a line, layout tables dissolve."""

import re
from collections.abc import Iterator

from kg.limits import Limits
from kg.readers.base import Anchor, Lines, tidy
from kg.readers.grid import Cell, rows_of
from kg.readers.xml import Element, local

_BLOCK_NAMES = (
    "address article blockquote body caption center dd details dir div dl dt fieldset figcaption figure "
    "form h1 h2 h3 h4 h5 h6 header hr li main menu ol p pre section summary table tbody td tfoot th thead "
    "tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_ROWS = 5_000
_SPAN = 256
#: a cell of more paragraphs or characters than this lays out a page and is no datum
_CELL_PARAGRAPHS = 8
_CELL_CHARACTERS = 1_500
_SPACES = re.compile(r"[ \t\r\n\u3000]+")


class Markup:
    """Lays elements out as lines; keeps count of paragraphs, tables and left-out cells."""

    def __init__(self, limits: Limits) -> None:
        """Nothing laid out yet."""
        self.lines, self.notes = Lines(), list[str]()
        self._limits = limits
        self._paragraphs = self._tables = 0
        self._line: list[str] = []

    def write(self, element: Element) -> None:
        """Lay out one element as a block of its own."""
        self.end_line()
        self._element(element)
        self.end_line()

    def write_line(self, text: str) -> None:
        """One line of given text."""
        self.end_line()
        self._line.append(text)
        self.end_line()

    def end_line(self) -> None:
        """Write what is gathered as one line; nothing when it is blank."""
        line = squeeze("".join(self._line)).strip()
        self._line = []
        if line:
            self._paragraphs += 1
            self.lines.add(line, Anchor(0, f"第{self._paragraphs}段"))

    def _element(self, element: Element) -> None:
        """One element and what follows its start tag, up to its end tag."""
        name = local(element)
        if name == "table" and self._table(element):
            return
        block = name in _BLOCKS
        if block or name == "br":
            self.end_line()
        if name == "li":
            self._line.append(_list_number(element))
        self._line.append(element.text or "" if name else "")
        for item in element:
            if local(item):
                self._element(item)
            self._line.append(item.tail or "")
        if block:
            self.end_line()

    def _table(self, table: Element) -> bool:
        """Write a table that holds data; False for one that only arranges the page."""
        cells = list(_cells(table))
        if len({cell.column for cell, _ in cells}) < 2 or any(_arranges(td) for _, td in cells):
            return False
        self.end_line()
        self._tables += 1
        place = f"表{self._tables}"
        self.lines.blank()
        rows = rows_of((cell for cell, _ in cells), self._limits.cell, place, self.notes)
        for number, row in enumerate(rows, start=1):
            if any(row):
                self.lines.add("\t".join(row).rstrip("\t"), Anchor(0, f"{place}第{number}行"))
        self.lines.blank()
        return True


def _list_number(item: Element) -> str:
    """What a browser prints before an item of an ordered list."""
    parent = item.getparent()
    if parent is None or local(parent) != "ol" or "none" in (parent.get("style") or ""):
        return ""
    start = parent.get("start") or "1"
    before = sum(local(other) == "li" for other in item.itersiblings(preceding=True))
    return f"{(int(start) if start.isdecimal() else 1) + before}."


def _cells(table: Element) -> Iterator[tuple[Cell, Element]]:
    """The cells of a table on its grid, as HTML places them around row and column spans."""
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(_rows(table)):
        column = 0
        for td in row:
            if local(td) not in ("td", "th"):
                continue
            while (r, column) in taken:
                column += 1
            rows, columns = _span(td, "rowspan"), _span(td, "colspan")
            taken.update((r + i, column + j) for i in range(rows) for j in range(columns))
            yield Cell(plain_text(td), r, column, rows, columns), td
            column += columns


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table itself, not of tables inside it."""
    count = 0
    for part in table:
        rows = [part] if local(part) == "tr" else part if local(part) in ("tbody", "thead", "tfoot") else []
        for row in rows:
            count += local(row) == "tr"
            if local(row) == "tr" and count <= _ROWS:
                yield row


def _span(td: Element, name: str) -> int:
    text = (td.get(name) or "1").strip()
    return min(max(int(text), 1), _SPAN) if text.isdecimal() and len(text) < 6 else 1


def _arranges(td: Element) -> bool:
    """Whether a cell holds a part of the page rather than a datum."""
    if td.find(".//table") is not None:
        return True
    paragraphs = sum(1 for p in td.iter("p", "div", "li") if (p.text_content() or "").strip())
    return paragraphs > _CELL_PARAGRAPHS or len(td.text_content()) > _CELL_CHARACTERS


def plain_text(element: Element) -> str:
    """An element's text on one line; blocks and line breaks inside it become spaces."""
    parts: list[str] = []
    for node in element.iter():
        if local(node) in _BLOCKS or local(node) == "br":
            parts.append(" ")
        parts.append(node.text or "" if local(node) else "")
        if node is not element:
            parts.append(node.tail or "")
    return " ".join(squeeze("".join(parts)).split())


def squeeze(text: str) -> str:
    """White space as a browser shows it; a line end inside Chinese source text is no space."""
    return _SPACES.sub(_space, tidy(text))


def _space(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return "" if "\n" in match[0] and before > "\u2e80" and after > "\u2e80" else " "
