"""The readable view of a raw text: unified characters, no stray spaces, no breaks inside sentences.

Rules read the view; records quote the raw text. A view is a list of stretches copied from the raw
text, so every view index leads back to the raw index it came from.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from kg.text.characters import unified

#: a line that begins so begins something new: a heading, an item, a table cell, a duty line
STRUCTURAL_START = re.compile(
    r"第[一二三四五六七八九十百零〇○\d]{1,4}[编篇章节条]|[一二三四五六七八九十]{1,3}[、.]|"
    r"\([一二三四五六七八九十=]{1,3}\)|\d{1,2}[.、](?!\d(?!\d{3}年))|\(\d{1,2}\)|[①-⑳]|[-•●▪◆■*·]|——|"
    r"(?:[一二三四五六七八九十]|—)是|专栏|附件|附表|附:|表\d|(?:\(|\[)?(?:责任|配合|牵头|主办|协办|完成|实施)"
    r"(?:单位|部门|时限)|篇[一二三四五六七八九十]+:|\.(?!\d)|目标\d|工作目标|\|"
)
#: a line that ends so is complete
TERMINAL_END = re.compile(r"[。!?;:|…]$")
#: a line that ends so must go on
OPEN_END = re.compile(r"[,、(《\[〔]$")
#: a numbered heading that stands on its own line
NUMBERED = re.compile(
    r"第[一二三四五六七八九十百零〇\d]{1,4}[编篇章节]|[一二三四五六七八九十]{1,3}、|"
    r"\([一二三四五六七八九十=]{1,3}\)|\d{1,2}[.、](?!\d)|专栏|表\d|附件"
)
#: the last word of a title: what follows is the body
TITLE_END = re.compile(
    r"(?:规划|计划|方案|意见|通知|办法|决定|纲要|要点|措施|细则|规定|条例|公告|通告|批复|函|报告|目录|清单|指引|稿)"
    r"(?:\([^()]{1,12}\))*$"
)
#: a marker alone on its line: "(四)", "3."
MARKER_ALONE = re.compile(r"(?:\([一二三四五六七八九十=]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])$")
#: lines this long are wrapped prose, not headings (a GB/T 9704 page has 28 characters a line)
WRAPPED = 20

#: a space that touches Chinese or punctuation; a bookmark that a word processor printed
_STRAY_SPACE = re.compile(r"\[bookmark: ?\w+\]|(?<![A-Za-z0-9]) +| +(?![A-Za-z0-9])")
_COLUMN_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_LINE = re.compile(r"[^\n]+")
#: a heading that a lost line break glued to the end of a paragraph, or to the heading above it
_GLUED_HEADING = re.compile(
    r"(?<=[。!?])(?=\([一二三四五六七八九十]{1,3}\)[^。;,]{2,30}$)|"
    r"(?<=\S) +(?=第[一二三四五六七八九十]{1,3}节 ?[^。,;\t]{2,40}$)|(?<=[。;]) +(?=\d{1,2}[.、](?!\d)\S)"
)


@dataclass(frozen=True, slots=True)
class View:
    """A text in which each character knows its raw index.

    text: lines separated by newlines; table rows keep their tabs. starts/raws: view and raw index at
    which each copied stretch begins, both ascending; inside a stretch indices run in step.
    """

    text: str
    starts: list[int] = field(repr=False)
    raws: list[int] = field(repr=False)

    def raw_index(self, index: int) -> int:
        """The raw index of the view character at `index`."""
        stretch = bisect_right(self.starts, index) - 1
        return self.raws[stretch] + index - self.starts[stretch]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw [start, end) that a view [start, end) covers; an empty span stays empty."""
        if end <= start:
            at = self.raw_index(min(start, len(self.text) - 1)) if self.text else 0
            return at, at
        return self.raw_index(start), self.raw_index(end - 1) + 1

    def index_of_raw(self, raw: int) -> int:
        """The first view index whose character stands at or after the raw index."""
        stretch = bisect_right(self.raws, raw) - 1
        if stretch < 0:
            return 0
        end = self.starts[stretch + 1] if stretch + 1 < len(self.starts) else len(self.text)
        return min(self.starts[stretch] + raw - self.raws[stretch], end)


def make_view(mended: str, start: int = 0, end: int | None = None) -> View:
    """The view of `mended[start:end]`; offsets of the view's stretches count the whole text.

    `mended` is the raw text or a repair of it with the same length (see kg.text.repair).
    """
    original = mended[start:end]
    text = unified(original)
    parts: list[str] = []
    starts: list[int] = []
    raws: list[int] = []
    size = 0
    for piece, offset in _stretches(text, original):
        starts.append(size)
        raws.append(start + offset)
        parts.append(piece)
        size += len(piece)
    return View("".join(parts), starts, raws)


def _stretches(text: str, original: str) -> Iterator[tuple[str, int]]:
    """The copied stretches of a unified text with their offsets, line ends decided."""
    lines = list(_lines(text))
    for (line, offset), following in zip_longest(lines, lines[1:]):
        yield from _without_stray_spaces(line, offset)
        if following and not _goes_on(line, offset, following, original):
            yield "\n", offset + len(line)


def _goes_on(line: str, offset: int, following: tuple[str, int], original: str) -> bool:
    """Whether a line and the one below are one; GB/T 9704 indents a paragraph by two full-width spaces."""
    words, at = following
    glued = at <= offset + len(line)
    indented = original.startswith("\u3000\u3000", at - 2)
    return not glued and not indented and _continues(line, words)


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Each line that holds anything, stripped of spaces but not of tabs, with its offset."""
    for match in _LINE.finditer(text):
        last = match.start()
        for glued in _GLUED_HEADING.finditer(text, match.start(), match.end()):
            yield from _stripped(text, last, glued.start())
            last = glued.end()
        yield from _stripped(text, last, match.end())


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    line = text[start:end].rstrip(" ")
    bare = line.lstrip(" ")
    if bare.strip():
        yield bare, start + len(line) - len(bare)


def _without_stray_spaces(line: str, offset: int) -> Iterator[tuple[str, int]]:
    """The line without spaces that touch Chinese; wide gaps that part columns become tabs."""
    if len(_COLUMN_GAP.findall(line)) >= 2:
        yield from _as_columns(line, offset)
        return
    last = 0
    for gap in _STRAY_SPACE.finditer(line):
        if gap.start() > last:
            yield line[last : gap.start()], offset + last
        last = gap.end()
    if last < len(line):
        yield line[last:], offset + last


def _as_columns(line: str, offset: int) -> Iterator[tuple[str, int]]:
    """The cells of an aligned row, a tab standing for the first space of each gap."""
    last = 0
    for gap in _COLUMN_GAP.finditer(line):
        yield from _cell(line, last, gap.start(), offset)
        yield "\t", offset + gap.start()
        last = gap.end()
    yield from _cell(line, last, len(line), offset)


def _cell(line: str, start: int, end: int, offset: int) -> Iterator[tuple[str, int]]:
    last = start
    for gap in _STRAY_SPACE.finditer(line, start, end):
        if gap.start() > last:
            yield line[last : gap.start()], offset + last
        last = gap.end()
    if last < end:
        yield line[last:end], offset + last


def _continues(line: str, following: str) -> bool:
    """Whether the break between two lines falls inside a sentence."""
    if "\t" in line or following.startswith("\t") or line.endswith("|"):
        return False
    if len(_COLUMN_GAP.findall(line)) >= 2 or len(_COLUMN_GAP.findall(following)) >= 2:
        return False
    if line.count("《") > line.count("》"):
        return True
    if MARKER_ALONE.fullmatch(line.replace(" ", "")):
        return True
    if TERMINAL_END.search(line) or STRUCTURAL_START.match(following.replace(" ", "")[:12]):
        return False
    if OPEN_END.search(line):
        return len(line) >= WRAPPED or not line.endswith("、")
    if len(line) < WRAPPED or TITLE_END.search(line):
        return False
    return not (NUMBERED.match(line) and len(line) < WRAPPED + 8)
