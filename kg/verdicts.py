"""How a lower plan stands to one target of a governing plan: named levels, the first that holds wins.

Whoever adds a level puts it where it must be asked. Every level says what it saw in a `Held`; it writes no
sentence (see kg.explain) and knows no graph.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kg.case import (
    Case,
    Held,
    already_kept,
    behind,
    best_point,
    comparator,
    furthest,
    gap_in_time,
    is_rate,
    nearly_there,
    point_in_time,
    reaching,
    shown_point,
    softened,
    unit_assumed,
)
from kg.model import Verdict
from kg.trajectories import Point, unit_of

#: how much a verdict keeps of its confidence when a deadline is inferred or a value only approximate
UPPER_TIME_INFERRED, LOWER_TIME_INFERRED, NO_EARLIER_VALUE = 0.85, 0.7, 0.7
APPROXIMATE, UNIT_ASSUMED, AREA_AVERAGE = 0.8, 0.8, 0.7
#: averages over an area that its parts start from very differently: no norm for each of them
_AVERAGES = re.compile(
    r"森林|林草|绿化|绿地|浓度|优良天数|水质|水体|城镇化|人均|预期寿命|生产总值|GDP|增加值|增速|增长率|能耗|排放|强度|耕地|密度"
)


@dataclass(frozen=True, slots=True)
class Level:
    """One verdict under one name, and the test that says whether it holds."""

    name: str
    verdict: Verdict
    holds: Callable[[Case], Held | None]


# ---------------------------------------------------------------- not comparable


def _in_words(case: Case) -> Held | None:
    """明显增长 cannot be held against a number."""
    if case.required is not None and any(point.quantity.value is not None for point in case.lower.points):
        return None
    return Held(shown_point(case), reason="words")


def _other_metric(case: Case) -> Held | None:
    """Nearly the same name, but another scope, whole or population."""
    close = case.alignment is not None and case.alignment.relation == "close"
    return Held(shown_point(case), reason="close") if close else None


def _another_is_nearer(case: Case) -> Held | None:
    """One plan has two targets of nearly one name and two values: which of them is meant is not clear."""
    return Held(shown_point(case), reason=case.ambiguous) if case.ambiguous else None


def _other_kind(case: Case) -> Held | None:
    """A target is no norm for each facility."""
    return Held(shown_point(case), reason="kind") if case.target.kind != case.lower.kind else None


def _other_unit(case: Case) -> Held | None:
    """No arithmetic leads from one unit to the other."""
    units = {unit_of(point.quantity) for point in case.lower.points if point.quantity.value is not None}
    known = {unit for unit in units if unit is not None}
    if case.unit is None:
        return Held(shown_point(case), reason="unit") if known else None
    return None if case.numbers or not known else Held(shown_point(case), reason="unit")


def _opposite_bounds(case: Case) -> Held | None:
    """不低于 or 达到 here and 不超过 there say nothing of each other."""
    bounds = {point.quantity.comparator for point in case.lower.points}
    against = {"<=", "<"} if case.sign > 0 else {">=", ">"}
    return Held(shown_point(case), reason="bounds") if case.sign and bounds <= against else None


def _put_on_others(case: Case) -> Held | None:
    """The lower plan puts its own number on each government below: no sum can be made of it."""
    return Held(shown_point(case), reason="per") if case.lower.levels and not is_rate(case) else None


def _unknown_sort(case: Case) -> Held | None:
    """A part of the area, and nobody knows whether the metric is a rate or a total."""
    if case.one_place or case.addressed or case.target.kind == "standard" or is_rate(case) is not None:
        return None
    return Held(shown_point(case), reason="sort")


def _unknown_direction(case: Case) -> Held | None:
    """Whether more is better is not known, and the values differ."""
    if case.sign != 0 or all(value == case.required for _, value in case.numbers):
        return None
    return Held(shown_point(case), reason="direction")


# ---------------------------------------------------------------- a share of a total


def _share(case: Case) -> Held | None:
    """The total of a wider area: the lower plan can only carry a part of it."""
    if case.one_place or case.addressed or case.target.kind == "standard" or is_rate(case) is not False:
        return None
    part, point, yearly = total_of(case)
    if part is None or point is None or not case.required:
        return None
    later = gap_in_time(point.when, case.due)[0] > 0
    notes = [note for note, applies in (("yearly", yearly), ("part_later", later)) if applies]
    return Held(point, round(part / case.required * 100, 1), "%", notes=tuple(notes))


def total_of(case: Case) -> tuple[Decimal | None, Point | None, bool]:
    """What the lower plan adds by then, which statement says so, and whether years were summed.

    Values that fall from year to year are yearly numbers and add up; else the last one stands for all.
    """
    dated = [(p, value) for p, value in case.numbers if gap_in_time(p.when, case.due)[0] <= 0] or case.numbers
    if not dated:
        return None, None, False
    values = [value for _, value in dated]
    falls = any(b < a for a, b in pairwise(values))
    return (sum(values, Decimal(0)) if falls else values[-1]), dated[-1][0], falls


# ---------------------------------------------------------------- comparable


def _not_due(case: Case) -> Held | None:
    """A yearly plan ends before the target is due: what it reaches till then is no shortfall."""
    due = case.due
    if due is None or reaching(case) or nearly_there(case):
        return None
    horizon = furthest(case)
    if horizon is None or gap_in_time(due, horizon)[0] <= 0:
        return None
    return Held(best_point(case), reason="not_due")


def _late(case: Case) -> Held | None:
    """The value is reached, but after it was due."""
    reached = reaching(case) or nearly_there(case)
    if not reached:
        return None
    point = reached[0]
    amount, unit = gap_in_time(point.when, case.due)
    if amount <= 0 or already_kept(case, point):
        return None
    left, notes = (1.0, ()) if behind(case, point) else (NO_EARLIER_VALUE, ("no_earlier_value",))
    return Held(point, Decimal(amount), unit, left=left, notes=notes)


def _time_unknown(case: Case) -> Held | None:
    """Due before the lower plan begins, and the lower plan does not say since when it holds the value."""
    reached = reaching(case)
    if not reached or not reached[0].inferred or behind(case, reached[0]):
        return None
    begins = case.lower_doc.period[0] if case.lower_doc.period else None
    early = case.due is not None and begins is not None and case.due.year < begins
    return Held(reached[0], reason="time") if early else None


def _weaker(case: Case) -> Held | None:
    """The value holds, but binding became expected, or the words that bind became soft."""
    reached = reaching(case)
    if reached:
        point = point_in_time(case, reached)
        said = softened(case, point)
        return Held(point, reason=said) if said else None
    in_time = [p for p in nearly_there(case) if gap_in_time(p.when, case.due)[0] <= 0]
    return Held(in_time[0], reason="comparator") if in_time else None


def _exceeds(case: Case) -> Held | None:
    """A better value, no later."""
    reached = reaching(case)
    if not reached or case.ideal is None:
        return None
    in_time = [p for p in reached if gap_in_time(p.when, case.due)[0] <= 0] or reached[:1]
    better = [p for p in in_time if (case.committed(p) - case.ideal) * case.sign > 0]
    if not better:
        return None
    best = max(better, key=lambda p: case.committed(p) * case.sign)
    gap = abs(case.committed(best) - case.ideal)
    return Held(best, gap, difference_unit(case.unit))


def _meets(case: Case) -> Held | None:
    """The value, no later."""
    reached = reaching(case)
    return Held(point_in_time(case, reached)) if reached else None


def _short(case: Case) -> Held | None:
    """The best value that the lower plan commits to is worse."""
    best = best_point(case)
    if best is None or case.required is None:
        return None
    return Held(best, abs(case.required - case.committed(best)), difference_unit(case.unit))


LEVELS: tuple[Level, ...] = (
    Level("words", "incomparable", _in_words),
    Level("close", "incomparable", _other_metric),
    Level("ambiguous", "incomparable", _another_is_nearer),
    Level("kind", "incomparable", _other_kind),
    Level("unit", "incomparable", _other_unit),
    Level("bounds", "incomparable", _opposite_bounds),
    Level("per", "incomparable", _put_on_others),
    Level("sort", "incomparable", _unknown_sort),
    Level("share", "contributes", _share),
    Level("direction", "incomparable", _unknown_direction),
    Level("not_due", "incomparable", _not_due),
    Level("time", "incomparable", _time_unknown),
    Level("late", "late", _late),
    Level("weaker", "weaker", _weaker),
    Level("exceeds", "exceeds", _exceeds),
    Level("meets", "meets", _meets),
    Level("short", "short", _short),
)


def judge(case: Case) -> tuple[Level, Held] | None:
    """The first level that holds, and what it saw; None where the lower plan has nothing to compare."""
    for level in LEVELS:
        if (held := level.holds(case)) is not None:
            return level, held
    return None


def certainty(case: Case, level: Level, held: Held) -> tuple[float, tuple[str, ...]]:
    """What is left of the confidence, and the cautions: inferred deadlines, 约, unstated units."""
    lags = level.verdict in ("short", "late") and not case.one_place
    left, notes = held.left, list(held.notes)
    comparable = held.reason not in {
        "words",
        "close",
        "ambiguous",
        "rivals",
        "kind",
        "unit",
        "bounds",
        "per",
        "sort",
    }
    doubts = (
        ("upper_time", UPPER_TIME_INFERRED, case.upper.inferred and comparable),
        ("lower_time", LOWER_TIME_INFERRED, held.lower is not None and held.lower.inferred and comparable),
        ("average", AREA_AVERAGE, lags and bool(_AVERAGES.search(case.asked.indicator))),
        ("soft", 1.0, _soft_beyond(case, held)),
        ("approximate", APPROXIMATE, "~" in (case.asked.comparator, comparator(held.lower))),
        (
            "unit_assumed",
            UNIT_ASSUMED,
            comparable and unit_assumed(case, held.lower),
        ),
    )
    for note, factor, applies in doubts:
        if applies and (case.target.kind != "standard" or "time" not in note):
            left, notes = left * factor, [*notes, note]
    return left, tuple(notes)


def _soft_beyond(case: Case, held: Held) -> bool:
    """力争 before a better value than asked."""
    return (
        held.lower is not None and bool(held.lower.quantity.soft) and not case.asked.soft and not held.reason
    )


def difference_unit(unit: str | None) -> str | None:
    """Percent differ by percentage points."""
    return {"%": "个百分点", "‰": "个千分点"}.get(unit or "", unit)
