"""Sentences and clauses as index ranges; brackets, quotes and titles are closed boxes to the outside."""

import re
from collections.abc import Iterator

_STOP = re.compile(r"[。!?;\n\t|]")
_CLOSED = re.compile(r"\([^()]{0,200}\)|\"[^\"。,;\n]{1,24}\"|《[^《》]{0,120}》|\[[^\[\]]{0,40}\]")
_SEPARATOR = re.compile(r"[,:]")
#: stands for every character inside a box
FILL = "\0"


_MARKER = re.compile(
    r"(?:[-—●▪◆■•·\s]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、](?!\d)|"
    r"\([一二三四五六七八九十\d]{1,3}\)|[①-⑳]|[一二三四五六七八九十]是|"
    r"第[一二三四五六七八九十\d]{1,3}[章节条])+"
)


def after_marker(text: str, start: int, end: int) -> int:
    """Where a line's own words begin, its number (三、 (二) 1. ——) left out."""
    match = _MARKER.match(text, start, end)
    return match.end() if match else start


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """[start, end) of each sentence between full stops, semicolons and line ends."""
    last = start
    for match in _STOP.finditer(text, start, end):
        if match.start() > last:
            yield last, match.start()
        last = match.end()
    if end > last:
        yield last, end


def masked(text: str) -> str:
    """The text with the insides of brackets, quotes and titles filled, so that no mark in them counts."""
    if not any(mark in text for mark in '("《['):
        return text
    return _CLOSED.sub(lambda box: box[0][0] + FILL * (len(box[0]) - 2) + box[0][-1], text)


def clauses(mask: str) -> list[tuple[int, int]]:
    """[start, end) of each clause of a masked sentence, between commas and colons."""
    marks = [match.start() for match in _SEPARATOR.finditer(mask)]
    return list(zip([0, *(mark + 1 for mark in marks)], [*marks, len(mask)], strict=True))


def box_around(mask: str, at: int) -> tuple[int, int]:
    """[start, end) of the inside of the box that covers an index of the mask."""
    start = at
    while start > 0 and mask[start - 1] == FILL:
        start -= 1
    end = at
    while end < len(mask) and mask[end] == FILL:
        end += 1
    return start, end
