"""Printed lines → paragraphs: a line end that only wraps is no line end of the text.

On paper a paragraph is seen from geometry: its first line is indented, its last one ends early, all
others fill their column. Where that is not plain, or where the words speak against it (a sentence
has just ended, a numbered item begins), the line end stays and the text itself must tell.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from kg.readers.base import Anchor, Lines
from kg.readers.lines import Line, Sheet, share

#: indents of a paragraph's first line, in widths of a character (em)
_INDENT = (1.4, 3.0)
_INDENTED = "\u3000\u3000"
#: em that may stay free at the end of a full line besides the next word: punctuation moves in pairs
_SLACK = 1.5
#: shorter lines are headings, labels and signatures
_SHORTEST = 8
#: lines of one paragraph are alike in size
_ALIKE = 1.25
_ENDED = re.compile(r"[。！？；：!?;:…]$")
_BEGINS = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[编篇章节条]|[一二三四五六七八九十]{1,3}[、.．]|"
    r"[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳●▪◆■]|专栏|附件|附表"
)
#: what a line cannot be broken in: opening brackets, then letters and digits
_WORD = re.compile(r"([（(〔\[《“‘【]*)([A-Za-z0-9.%+-]*)")


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a column's lines begin and end."""

    left: float
    right: float


class Flow:
    """Writes line after line, joining those that one paragraph wraps over."""

    def __init__(self, lines: Lines) -> None:
        """Write to `lines`."""
        self.lines = lines
        self._column = _Column(0.0, 0.0)
        self._last: tuple[Line, _Column, Sheet] | None = None

    def begin_column(self, lines: Sequence[Line]) -> None:
        """The following lines stand in one column; a paragraph may go on from the one before."""
        self._column = _measure(lines)

    def interrupt(self) -> None:
        """Something else stands between: the next line begins anew."""
        self._last = None

    def write(self, line: Line, sheet: Sheet) -> None:
        """One printed line, its place kept whether it is joined or not."""
        text = line.text()
        sure = [p.confidence for p in line.pieces if p.confidence is not None]
        confidence = round(fmean(sure), 3) if sure else None
        anchor = Anchor(0, f"第{sheet.number}页", sheet.number, share(line.box(), sheet), confidence)
        if self._last and _wraps(*self._last[:2], line, self._column) and self._follows(line, sheet):
            self.lines.extend(text, anchor)
        else:
            indent = (line.box()[0] - self._column.left) / line.em()
            self.lines.add((_INDENTED if _INDENT[0] <= indent <= _INDENT[1] else "") + text, anchor)
        self._last = (line, self._column, sheet)

    def _follows(self, line: Line, sheet: Sheet) -> bool:
        """Whether a line stands right below the last one, or first on a new page or column."""
        if not self._last or self._last[2] is not sheet:
            return True
        gap = line.box()[1] - self._last[0].box()[3]
        return gap < 1.5 * line.em()


def _measure(lines: Sequence[Line]) -> _Column:
    """The column's edges: where most of its longer lines begin, and where nearly all have ended."""
    if not lines:
        return _Column(0.0, 0.0)
    boxes = [line.box() for line in lines]
    longest = max(right - left for left, _, right, _ in boxes)
    long = [(left, right) for left, _, right, _ in boxes if right - left > longest * 0.6]
    step = max(lines[0].em() / 2, 1e-6)
    common = Counter(round(left / step) for left, _ in long).most_common()
    start = min(edge for edge, count in common if count == common[0][1])
    ends = sorted(right for _, right in long)
    return _Column(start * step, ends[len(ends) * 9 // 10])


def _wraps(above: Line, column: _Column, line: Line, below: _Column) -> bool:
    """Whether the end of `above` only wraps a paragraph that goes on in `line`."""
    first, second = above.text(), line.text()
    if len(first) < _SHORTEST or "\t" in first + second or _ENDED.search(first) or _BEGINS.match(second):
        return False
    em = line.em()
    if not 1 / _ALIKE < above.em() / em < _ALIKE:
        return False
    word = _WORD.match(second)
    width = max(1.0, len(word[1]) + len(word[2]) * 0.55 if word else 0.0)
    full = column.right - above.box()[2] < (width + _SLACK) * em
    starts = abs(line.box()[0] - below.left) < em
    return full and starts and above.box()[0] - column.left < _INDENT[1] * em
