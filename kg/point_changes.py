"""How one target changed between two editions of a plan: its value, its date, its words.

A target that is stated twice is one point with two statements; where only one of them changed, that one is
reported.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeVar, get_args

from kg.model import Concept, Deadline, Quantity
from kg.trajectories import Point, Series, number, says_the_same, sign_of, unit_of

Change = Literal[
    "dropped",
    "lowered",
    "later",
    "softened",
    "conflict",
    "restated",
    "added",
    "raised",
    "earlier",
    "hardened",
    "settled",
]
#: in the order in which a person wants to see them
CHANGES: tuple[Change, ...] = get_args(Change)
#: how strictly a comparator binds
_STRICT = {">": 2, "<": 2, "~": 0}
_NATURES = {"binding": 1}
Found = TypeVar("Found", Point, Deadline)


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: old is None for what was added, new for what was dropped.

    metric: the measured thing, or what is due. strict: 1 the demand became stricter, -1 easier, 0 unknown
    or neither. detail: key of the catalogue that says what changed, where the kind alone does not.
    """

    change: Change
    metric: str
    old: Quantity | Deadline | None
    new: Quantity | Deadline | None
    strict: int = 0
    detail: str | None = None


def compared(
    before: Series | None, after: Series | None, concepts: Mapping[str, Concept], *, next_period: bool
) -> Iterator[Difference]:
    """The changes of one metric."""
    if after is None:
        yield from map(_gone, before.points if before else ())
        return
    if before is None:
        yield from map(_come, after.points)
        return
    sign = sign_of(concepts.get(before.concept), before.points[-1].quantity, after.points[-1].quantity)
    if next_period:
        yield from _changed(before.points[-1], after.points[-1], sign)
    else:
        yield from _points(before.points, after.points, sign)
    yield from _conflicts(before, after)


def _gone(point: Point) -> Difference:
    return Difference("dropped", _metric(point.quantity), point.quantity, None, -1)


def _come(point: Point) -> Difference:
    return Difference("added", _metric(point.quantity), None, point.quantity, 1)


def _points(before: Sequence[Point], after: Sequence[Point], sign: int) -> Iterator[Difference]:
    """Points of one time side by side; then those of one value, moved; what is left pairs off in order."""
    old, new = list(before), list(after)
    for point, other in matched(old, new, _same_time):
        yield from _changed(point, other, sign)
    for point, other in matched(old, new, lambda a, b: says_the_same(a.quantity, b.quantity)):
        yield from _moved(point, other)
        yield from _wording(point, other)
    for point, other in zip(old, new, strict=False):
        yield from _moved(point, other)
        yield from _changed(point, other, sign)
    shared = min(len(old), len(new))
    yield from (_moved_away(point, before, after) or _gone(point) for point in old[shared:])
    yield from (_moved_here(point, before, after) or _come(point) for point in new[shared:])


def _moved_here(point: Point, before: Sequence[Point], after: Sequence[Point]) -> Difference | None:
    """One of several statements of a target moved to this time; the others stand where they stood."""
    kept = {_words(each) for each in _statements(after)}
    for earlier in before:
        for each in _statements([earlier]):
            if _is_moved(each, point.quantity) and _words(each) not in kept:
                return next(_moved(Point(each, earlier.when), point), None)
    return None


def _moved_away(point: Point, before: Sequence[Point], after: Sequence[Point]) -> Difference | None:
    """The same from the other side: the statement now stands among those of another time."""
    stood = {_words(each) for each in _statements(before)}
    for later in after:
        for each in _statements([later]):
            if _is_moved(point.quantity, each) and _words(each) not in stood:
                return next(_moved(point, Point(each, later.when)), None)
    return None


def _is_moved(old: Quantity, new: Quantity) -> bool:
    return old.section == new.section and says_the_same(old, new)


def _statements(points: Iterable[Point]) -> Iterator[Quantity]:
    """Every statement behind these points, the one that counts first."""
    for point in points:
        yield point.quantity
        yield from point.also


def _words(quantity: Quantity) -> tuple[tuple[str, ...], str]:
    return quantity.section, "".join(quantity.quote.split())


def matched(
    old: list[Found], new: list[Found], fits: Callable[[Found, Found], bool]
) -> Iterator[tuple[Found, Found]]:
    """The pairs that fit, each point once; they are taken out of both lists."""
    for point in tuple(old):
        other = next((each for each in new if fits(point, each)), None)
        if other is not None:
            old.remove(point)
            new.remove(other)
            yield point, other


def _same_time(left: Point, right: Point) -> bool:
    a, b = left.when, right.when
    return (a.month if a else None) == (b.month if b else None)


def _changed(before: Point, after: Point, sign: int) -> Iterator[Difference]:
    """Another value, or the same in other words."""
    old, new = before.quantity, after.quantity
    if says_the_same(old, new):
        yield from _wording(before, after)
        return
    values = _worse_end(old, sign, unit_of(old)), _worse_end(new, sign, unit_of(old))
    if old.value is not None and new.value is None:
        yield Difference("softened", _metric(old), old, new, -1, "words")
    elif old.value is None and new.value is not None:
        yield Difference("hardened", _metric(old), old, new, 1, "number")
    elif values[0] is None or values[1] is None or values[0] == values[1]:
        yield Difference("restated", _metric(old), old, new)
    else:
        up = 1 if values[1] > values[0] else -1
        yield Difference("raised" if up > 0 else "lowered", _metric(old), old, new, up * sign)


def _worse_end(quantity: Quantity, sign: int, unit: str | None) -> Decimal | None:
    return number(quantity, sign or 1, unit)


def _moved(before: Point, after: Point) -> Iterator[Difference]:
    """A later or an earlier date; a date that is no longer printed counts as the plan's end."""
    if before.when is None or after.when is None or before.when.month == after.when.month:
        return
    later = after.when.month > before.when.month
    yield Difference(
        "later" if later else "earlier",
        _metric(before.quantity),
        before.quantity,
        after.quantity,
        -1 if later else 1,
    )


def _wording(before: Point, after: Point) -> Iterator[Difference]:
    """The same value, bound less or more: its nature wherever it is given, its words place by place."""
    natures = [
        next((each.nature for each in _statements([point]) if each.nature), None) for point in (before, after)
    ]
    step = _NATURES.get(natures[1] or "", 0) - _NATURES.get(natures[0] or "", 0)
    if step:
        yield _bound(before.quantity, after.quantity, step, "nature")
    for old, new in _same_places(before, after):
        for detail, step in (
            ("soft", bool(old.soft) - bool(new.soft)),
            ("comparator", _STRICT.get(new.comparator or "", 1) - _STRICT.get(old.comparator or "", 1)),
        ):
            if step:
                yield _bound(old, new, step, detail)


def _bound(old: Quantity, new: Quantity, step: int, detail: str) -> Difference:
    return Difference(
        "hardened" if step > 0 else "softened", _metric(old), old, new, 1 if step > 0 else -1, detail
    )


def _same_places(before: Point, after: Point) -> list[tuple[Quantity, Quantity]]:
    """The statements of two points section by section; those that count where no section is the same."""
    new = list(_statements([after]))
    found = []
    for old in _statements([before]):
        other = next((each for each in new if each.section == old.section), None)
        if other is not None:
            new.remove(other)
            found.append((old, other))
    return found or [(before.quantity, after.quantity)]


def _conflicts(before: Series, after: Series) -> Iterator[Difference]:
    """Contradictions that are new, and those that are settled."""
    old, new = (_contradictions(each) for each in (before, after))
    for key, (used, other) in new.items():
        if key not in old:
            yield Difference("conflict", _metric(used), used, other)
    for key, (used, other) in old.items():
        if key not in new:
            yield Difference("settled", _metric(used), used, other)


def _contradictions(series: Series) -> dict[tuple[Any, ...], tuple[Quantity, Quantity]]:
    """Contradictions by what they say, not by where they stand."""
    return {
        (each.used.value, each.used.time, each.other.value, each.other.time): (each.used, each.other)
        for each in series.conflicts
    }


def _metric(quantity: Quantity) -> str:
    return "".join(quantity.indicator.split())
