"""What pages repeat for themselves: headers, footers and page numbers, which are no text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.readers.lines import Line, Sheet

#: how much of the page's height at its head and foot may hold headers, footers and page numbers
_MARGIN = 0.13
_PAGE_NUMBER = re.compile(
    r"[-—–―−·.\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/,，]?\s*共?\s*\d{1,4}\s*页?)?|[ivxIVX]{1,6})[-—–―−·.\s]*"
)


def find_furniture(pages: Sequence[tuple[Sheet, Sequence[Line]]]) -> list[set[int]]:
    """For each page the indices of its lines that are page numbers, or stand so on most pages."""
    margins = [list(_margin_lines(sheet, lines)) for sheet, lines in pages]
    counts = Counter(key for found in margins for key in {(foot, key) for _, foot, key in found})
    often = max(2, len(pages) * 0.4)
    return [
        {
            index
            for index, foot, key in found
            if counts[foot, key] >= often or (len(key) < 20 and _PAGE_NUMBER.fullmatch(key))
        }
        for found in margins
    ]


def _margin_lines(sheet: Sheet, lines: Sequence[Line]) -> Iterator[tuple[int, bool, str]]:
    """The two outermost lines in a page's head and foot: index, whether in the foot, what is the same.

    Numbers are made equal, so that "第3页 共9页" comes back on every page.
    """
    order = sorted(range(len(lines)), key=lambda index: lines[index].box()[1])
    for index in dict.fromkeys((*order[:2], *order[-2:])):
        _, top, _, bottom = lines[index].box()
        if bottom < sheet.height * _MARGIN or top > sheet.height * (1 - _MARGIN):
            key = re.sub(r"\d+", "1", re.sub(r"\s", "", lines[index].text()))
            yield index, top > sheet.height / 2, key
