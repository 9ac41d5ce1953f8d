"""The outline of a plan: chapters, sections, items, boxes, each with its reach.

Numbering follows GB/T 9704-2012 §7.3.3 (一、 then (一) then 1. then (1)) with the chapters and
sections that plans put above it; unnumbered headings end in a full stop and open a paragraph
("服务网络全面覆盖。到2025年…").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kg.text.numerals import small_number
from kg.text.view import View

SectionKind = Literal["chapter", "box", "annex", "item", "point", "named"]

_HAN = "一二三四五六七八九十百零〇"
#: (rank, kind, pattern of the marker); the rank says what stands above what
_MARKERS: tuple[tuple[int, SectionKind, re.Pattern[str]], ...] = (
    (0, "annex", re.compile(r"附(?:件|表|录)(?P<n>\d{0,2})[:.]?(?=[^,。]{0,40}$)")),
    (1, "chapter", re.compile(rf"第(?P<n>[{_HAN}\d]{{1,4}})[编篇]")),
    (2, "chapter", re.compile(rf"第(?P<n>[{_HAN}\d]{{1,4}})章")),
    (3, "chapter", re.compile(rf"第(?P<n>[{_HAN}\d]{{1,4}})节")),
    (4, "chapter", re.compile(rf"(?P<n>[{_HAN}]{{1,3}})[、.](?=\S)")),
    (5, "chapter", re.compile(rf"\((?P<n>[{_HAN}=]{{1,3}})\)")),
    (8, "box", re.compile(rf"专栏(?P<n>[{_HAN}\d]{{0,3}})[:.、—-]*")),
    (9, "item", re.compile(r"-?(?P<n>\d{1,2})[.、](?!\d(?!\d{3}年))")),
    (10, "item", re.compile(r"-?\((?P<n>\d{1,2})\)")),
    (11, "item", re.compile(r"(?P<n>[①-⑳])")),
    (12, "point", re.compile(rf"(?P<n>[{_HAN}]|—)是(?=\S)")),
    (12, "point", re.compile(r"——(?P<n>)(?=\S)")),
    (12, "point", re.compile(r"-?一(?P<n>)(?![、.是些个批次般定直方旦律体])(?=[^,。;\d]{4,16}。)")),
    (12, "point", re.compile(r"[●▪◆■•·](?P<n>)(?=\S)")),
)
#: a table of contents: leader dots before a page number, or a heading and its page parted by a tab
_CONTENTS_LINE = re.compile(
    rf"[.…·]{{3,}}.{{0,3}}\d{{1,3}} ?-?$|"
    rf"^[^一-鿿]{{0,4}}(?:第\t?[{_HAN}\d]{{1,4}}[编篇章节]|[{_HAN}]{{1,3}}、|\([{_HAN}]{{1,3}}\)|专栏|附[件表录]).*"
    rf"(?:\t.{{0,3}}-?\d{{1,3}} ?-?|-\d{{1,3}}-)$"
)
_TITLE = re.compile(r"[^。:;!?|]{2,46}?(?=[。:|]|$)")
#: an opening phrase that names a goal or a point: no number in it, no comma, a verdict or an action
_NAMED = re.compile(r"[^。,;:|\d《》()]{4,16}。(?=\S{12})")
_CLAUSE_MARK = re.compile(r"[,;]")


class Section(NamedTuple):
    """One heading and what it covers, in view indices.

    number: the marker as printed, "" for an unnumbered heading. title: the heading's words, "" for a
    numbered paragraph without a heading. title_start/title_end enclose the title; start/end the
    section with all below it. rank: 0 outermost. parent: index in the outline, -1 at the top.
    """

    kind: SectionKind
    rank: int
    number: str
    ordinal: int | None
    title: str
    title_start: int
    title_end: int
    start: int
    end: int
    parent: int


def outline(view: View) -> tuple[Section, ...]:
    """Every section of the view, in reading order."""
    return _close(_with_boxes(list(_headings(view.text))), len(view.text))


def ancestors(sections: Sequence[Section], index: int) -> list[Section]:
    """The section and all above it, outermost first."""
    chain = []
    while index >= 0:
        chain.append(sections[index])
        index = sections[index].parent
    return chain[::-1]


def is_contents_line(line: str) -> bool:
    """Whether a line belongs to a table of contents."""
    return bool(_CONTENTS_LINE.search(line))


@dataclass(slots=True)
class _Heading:
    kind: SectionKind
    rank: int
    number: str
    ordinal: int | None
    title: str
    title_start: int
    start: int
    closed: int | None = None  # where a boxed cell ends, if the text prints its border


def _headings(text: str) -> Iterator[_Heading]:
    start = 0
    for line in text.split("\n"):
        if line and not is_contents_line(line) and (heading := _heading(line, start)):
            if heading.kind == "box" and line.endswith("|"):
                border = text.find("|", start + len(line))
                heading.closed = border + 1 if border >= 0 else None
            yield heading
        start += len(line) + 1


def _heading(line: str, start: int) -> _Heading | None:
    for rank, kind, pattern in _MARKERS:
        if match := pattern.match(line):
            title, at = _title(line, match.end())
            number = match.group().strip("-")
            return _Heading(kind, rank, number, small_number(match["n"]), title, start + at, start)
    if match := _NAMED.match(line):
        return _Heading("named", 13, "", None, match.group()[:-1], start, start)
    return None


def _title(line: str, start: int) -> tuple[str, int]:
    """The heading's words after its marker; "" where the numbered paragraph just begins to speak."""
    match = _TITLE.match(line, start)
    if not match:
        return "", start
    title = match.group()
    runs_on = match.end() < len(line)
    if runs_on and len(_CLAUSE_MARK.findall(title)) > 1:
        return "", start
    if runs_on and _CLAUSE_MARK.search(title) and len(title) > 26:
        return "", start
    return title, start


def _with_boxes(headings: list[_Heading]) -> list[_Heading]:
    """Headings with the items inside a box ranked below the box.

    A box (专栏) has no printed end: its own items count from 1 (or carry no number), and the first
    number that goes on with the count from before the box stands outside again.
    """
    box: _Heading | None = None
    outside, inside, part = 0, 0, 0
    for heading in headings:
        if box and box.closed and heading.start >= box.closed:
            box, inside = None, 0
        if heading.rank == 10 and part and heading.ordinal == part + 1 and not inside:
            heading.rank, heading.kind = 5, "chapter"  # "(2)" typed where "(二)" was due
        if heading.rank <= 5:
            part = (heading.ordinal or 0) if heading.rank == 5 else 0
        if heading.kind == "box":
            box, inside = heading, 0
        elif heading.rank < 8:
            box, outside = None, 0
        elif heading.rank == 9 and heading.ordinal is not None:
            if box and (heading.ordinal == inside + 1 or heading.ordinal != outside + 1):
                inside = heading.ordinal
            else:
                box, outside = None, heading.ordinal
                heading.rank = 7
    return headings


def _is_over(open_: _Heading, heading: _Heading) -> bool:
    return open_.rank >= heading.rank or (open_.closed is not None and open_.closed <= heading.start)


def _close(headings: list[_Heading], length: int) -> tuple[Section, ...]:
    """Sections with their ends and parents: each reaches to the next heading of its rank or above."""
    sections: list[Section] = []
    open_: list[int] = []
    ends = [length] * len(headings)
    parents = []
    for index, heading in enumerate(headings):
        while open_ and _is_over(headings[open_[-1]], heading):
            ends[open_.pop()] = heading.start
        parents.append(open_[-1] if open_ else -1)
        open_.append(index)
    for heading, end, parent in zip(headings, ends, parents, strict=True):
        if heading.closed is not None:
            end = min(end, heading.closed)
        sections.append(
            Section(
                heading.kind,
                heading.rank,
                heading.number,
                heading.ordinal,
                heading.title,
                heading.title_start,
                heading.title_start + len(heading.title),
                heading.start,
                end,
                parent,
            )
        )
    return tuple(sections)
