"""Pages set in two columns, as gazettes are: the left column is read before the right one."""

from collections.abc import Sequence
from itertools import groupby
from statistics import median

from kg.readers.lines import Line

#: fewer lines side by side than this are a list or a signature, not columns of prose
_FEWEST = 6
#: prose fills its column: so many characters a line, and half the lines nearly as wide as the widest
_CHARACTERS = 10
_FULL = 0.85
_GUTTERS = [share / 100 for share in range(42, 59)]


def in_reading_order(lines: Sequence[Line], width: float) -> list[Sequence[Line]]:
    """The lines as they are read, column by column; `width` is the page's.

    A page of one column comes back whole; above and below two columns stand columns of their own.
    """
    halves = max((_split(lines, width * share) for share in _GUTTERS), key=_side_by_side, default=[])
    if _side_by_side(halves) < _FEWEST:
        return [lines]
    ordered: list[Sequence[Line]] = []
    position = 0
    for crossing, group in groupby(halves, key=lambda half: half is None):
        run = list(group)
        as_they_are = lines[position : position + len(run)]
        position += len(run)
        columns = None if crossing else _columns([half for half in run if half])
        ordered += columns or [as_they_are]
    return ordered


_Half = tuple[Line | None, Line | None] | None


def _split(lines: Sequence[Line], gutter: float) -> list[_Half]:
    """Each line's left and right part; None for a line that crosses the gutter."""
    return [_halves(line, gutter) for line in lines]


def _halves(line: Line, gutter: float) -> _Half:
    half = line.em() / 2  # a gutter is at least one character wide
    left = [p for p in line.pieces if p.x1 <= gutter - half]
    right = [p for p in line.pieces if p.x0 >= gutter + half]
    if len(left) + len(right) < len(line.pieces):
        return None
    return (Line(left) if left else None), (Line(right) if right else None)


def _side_by_side(halves: Sequence[_Half]) -> int:
    return sum(half is not None and None not in half for half in halves)


def _columns(halves: Sequence[tuple[Line | None, Line | None]]) -> list[Sequence[Line]] | None:
    """The left lines and the right ones; None when they do not read like two columns of prose."""
    left = [half[0] for half in halves if half[0]]
    right = [half[1] for half in halves if half[1]]
    both = _side_by_side(halves) >= _FEWEST
    return [left, right] if both and _is_prose(left) and _is_prose(right) else None


def _is_prose(lines: Sequence[Line]) -> bool:
    widths = [line.box()[2] - line.box()[0] for line in lines]
    full = sum(width > _FULL * max(widths) for width in widths)
    return median(len(line.text()) for line in lines) >= _CHARACTERS and full * 2 >= len(lines)
