"""How a lower plan stands to one target of a governing plan: named levels, the first that holds wins.

Whoever adds a level puts it where it must be asked. Every level says what it saw in a `Held`; it writes no
sentence (see kg.explain) and knows no graph.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kg.model import Alignment, Concept, Document, Quantity, Verdict
from kg.trajectories import Moment, Point, Series, end_of, number, sign_of, steady, unit_of
from kg.units import is_ratio

#: how much a verdict keeps of its confidence when a deadline is inferred or a value only approximate
UPPER_TIME_INFERRED, LOWER_TIME_INFERRED, NO_EARLIER_VALUE, APPROXIMATE, UNIT_ASSUMED = (
    0.85,
    0.7,
    0.7,
    0.8,
    0.8,
)


@dataclass(frozen=True, slots=True)
class Case:
    """One point of an upper plan held against the aligned trajectory of a lower plan.

    concept: what the upper side measures. alignment: None when both are one concept. one_place:
    both plans are of one jurisdiction. addressed: the target is put on each government of the lower level.
    ambiguous: the upper plan asks for the very metric of the lower one, and for another value, elsewhere.
    """

    upper: Point
    target: Series
    upper_doc: Document
    lower: Series
    lower_doc: Document
    concept: Concept
    alignment: Alignment | None
    one_place: bool
    addressed: bool
    ambiguous: bool = False

    @property
    def asked(self) -> Quantity:
        """The upper statement."""
        return self.upper.quantity

    @property
    def unit(self) -> str | None:
        """The unit that values are compared in: the upper statement's, or the metric's usual one."""
        return unit_of(self.asked) or self.concept.unit

    @property
    def sign(self) -> int:
        """1 where more is better, -1 where less is, 0 unknown."""
        return sign_of(self.concept, self.asked)

    @property
    def required(self) -> Decimal | None:
        """The least that meets the target; the worse end of a range."""
        ends = [end for end in (self.asked.value, self.asked.value_high) if end is not None]
        return None if not ends else (max(ends) if self.sign < 0 else min(ends))

    @property
    def ideal(self) -> Decimal | None:
        """What must be bettered to exceed the target; the better end of a range."""
        ends = [end for end in (self.asked.value, self.asked.value_high) if end is not None]
        return None if not ends else (min(ends) if self.sign < 0 else max(ends))

    @property
    def due(self) -> Moment | None:
        """When the target is due: its own time, or the end of the upper plan; a standard always holds."""
        return None if self.target.kind == "standard" else self.upper.when

    def committed(self, point: Point) -> Decimal | None:
        """What a lower point commits to, in the unit of comparison; an unstated unit is taken for it."""
        quantity = point.quantity
        if unit_of(quantity) is None:
            ends = [end for end in (quantity.value, quantity.value_high) if end is not None]
            return None if not ends else (max(ends) if self.sign < 0 else min(ends))
        return number(quantity, self.sign, self.unit)

    def numbers(self) -> list[tuple[Point, Decimal]]:
        """The lower points that have a comparable value, in the order of time."""
        return [(point, value) for point in self.lower.points if (value := self.committed(point)) is not None]


@dataclass(frozen=True, slots=True)
class Held:
    """What a level saw: the lower point to show, the gap, why, and what is left of the confidence."""

    lower: Point | None = None
    gap: Decimal | None = None
    gap_unit: str | None = None
    reason: str | None = None
    left: float = 1.0
    notes: tuple[str, ...] = ()


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
    return Held(_last(case), reason="words")


def _other_metric(case: Case) -> Held | None:
    """Nearly the same name, but another scope, whole or population."""
    close = case.alignment is not None and case.alignment.relation == "close"
    return Held(_last(case), reason="close") if close else None


def _another_is_nearer(case: Case) -> Held | None:
    """The upper plan's own target for the very metric is the one to compare with; this is something else."""
    return Held(_last(case), reason="ambiguous") if case.ambiguous else None


def _other_kind(case: Case) -> Held | None:
    """A target is no norm for each facility."""
    return Held(_last(case), reason="kind") if case.target.kind != case.lower.kind else None


def _other_unit(case: Case) -> Held | None:
    """No arithmetic leads from one unit to the other."""
    units = {unit_of(point.quantity) for point in case.lower.points if point.quantity.value is not None}
    known = {unit for unit in units if unit is not None}
    if case.unit is None:
        return Held(_last(case), reason="unit") if known else None
    return None if case.numbers() or not known else Held(_last(case), reason="unit")


def _opposite_bounds(case: Case) -> Held | None:
    """不低于 or 达到 here and 不超过 there say nothing of each other."""
    bounds = {point.quantity.comparator for point in case.lower.points}
    against = {"<=", "<"} if case.sign > 0 else {">=", ">"}
    return Held(_last(case), reason="bounds") if case.sign and bounds <= against else None


def _put_on_others(case: Case) -> Held | None:
    """The lower plan puts its own number on each government below: no sum can be made of it."""
    return Held(_last(case), reason="per") if case.lower.levels and not _is_rate(case) else None


def _unknown_sort(case: Case) -> Held | None:
    """A part of the area, and nobody knows whether the metric is a rate or a total."""
    if case.one_place or case.addressed or case.target.kind == "standard" or _is_rate(case) is not None:
        return None
    return Held(_last(case), reason="sort")


def _unknown_direction(case: Case) -> Held | None:
    """Whether more is better is not known, and the values differ."""
    if case.sign != 0 or all(value == case.required for _, value in case.numbers()):
        return None
    return Held(_last(case), reason="direction")


# ---------------------------------------------------------------- a share of a total


def _share(case: Case) -> Held | None:
    """The total of a wider area: the lower plan can only carry a part of it."""
    if case.one_place or case.addressed or case.target.kind == "standard" or _is_rate(case) is not False:
        return None
    part, point, yearly = total_of(case)
    if part is None or point is None or not case.required:
        return None
    notes = ("yearly",) if yearly else ()
    return Held(point, round(part / case.required * 100, 1), "%", notes=notes)


def total_of(case: Case) -> tuple[Decimal | None, Point | None, bool]:
    """What the lower plan adds by then, which statement says so, and whether years were summed.

    Values that fall from year to year are yearly numbers and add up; else the last one stands for all.
    """
    dated = [
        (p, value) for p, value in case.numbers() if _gap_in_time(p.when, case.due)[0] <= 0
    ] or case.numbers()
    if not dated:
        return None, None, False
    values = [value for _, value in dated]
    falls = any(b < a for a, b in pairwise(values))
    return (sum(values, Decimal(0)) if falls else values[-1]), dated[-1][0], falls


# ---------------------------------------------------------------- comparable


def _not_due(case: Case) -> Held | None:
    """A yearly plan ends before the target is due: what it reaches till then is no shortfall."""
    due = case.due
    if due is None or _reaching(case) or _nearly_there(case):
        return None
    horizon = _horizon(case)
    if horizon is None or _gap_in_time(due, horizon)[0] <= 0:
        return None
    return Held(_best(case), reason="not_due")


def _late(case: Case) -> Held | None:
    """The value is reached, but after it was due."""
    reached = _reaching(case) or _nearly_there(case)
    if not reached:
        return None
    point = reached[0]
    amount, unit = _gap_in_time(point.when, case.due)
    if amount <= 0 or _already_kept(case, point):
        return None
    left, notes = (1.0, ()) if _behind(case, point) else (NO_EARLIER_VALUE, ("no_earlier_value",))
    return Held(point, Decimal(amount), unit, left=left, notes=notes)


def _time_unknown(case: Case) -> Held | None:
    """Due before the lower plan begins, and the lower plan does not say since when it holds the value."""
    reached = _reaching(case)
    if not reached or not reached[0].inferred or _behind(case, reached[0]):
        return None
    begins = case.lower_doc.period[0] if case.lower_doc.period else None
    early = case.due is not None and begins is not None and case.due.year < begins
    return Held(reached[0], reason="time") if early else None


def _weaker(case: Case) -> Held | None:
    """The value holds, but binding became expected, or the words that bind became soft."""
    reached = _reaching(case)
    if reached:
        point = _in_time(case, reached)
        said = _softened(case, point.quantity)
        return Held(point, reason=said) if said else None
    in_time = [p for p in _nearly_there(case) if _gap_in_time(p.when, case.due)[0] <= 0]
    return Held(in_time[0], reason="comparator") if in_time else None


def _exceeds(case: Case) -> Held | None:
    """A better value, no later."""
    reached = _reaching(case)
    if not reached or case.ideal is None:
        return None
    in_time = [p for p in reached if _gap_in_time(p.when, case.due)[0] <= 0] or reached[:1]
    better = [p for p in in_time if (_committed(case, p) - case.ideal) * case.sign > 0]
    if not better:
        return None
    best = max(better, key=lambda p: _committed(case, p) * case.sign)
    gap = abs(_committed(case, best) - case.ideal)
    return Held(best, gap, difference_unit(case.unit))


def _meets(case: Case) -> Held | None:
    """The value, no later."""
    reached = _reaching(case)
    return Held(_in_time(case, reached)) if reached else None


def _short(case: Case) -> Held | None:
    """The best value that the lower plan commits to is worse."""
    best = _best(case)
    if best is None or case.required is None:
        return None
    return Held(best, abs(case.required - _committed(case, best)), difference_unit(case.unit))


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


def certainty(case: Case, held: Held) -> tuple[float, tuple[str, ...]]:
    """What is left of the confidence, and the cautions: inferred deadlines, 约, unstated units."""
    left, notes = held.left, list(held.notes)
    comparable = held.reason not in {"words", "close", "ambiguous", "kind", "unit", "bounds", "per", "sort"}
    doubts = (
        ("upper_time", UPPER_TIME_INFERRED, case.upper.inferred and comparable),
        ("lower_time", LOWER_TIME_INFERRED, held.lower is not None and held.lower.inferred and comparable),
        ("approximate", APPROXIMATE, "~" in (case.asked.comparator, _comparator(held.lower))),
        (
            "unit_assumed",
            UNIT_ASSUMED,
            comparable and _unit_assumed(case, held.lower),
        ),
    )
    for note, factor, applies in doubts:
        if applies and (case.target.kind != "standard" or "time" not in note):
            left, notes = left * factor, [*notes, note]
    return left, tuple(notes)


def difference_unit(unit: str | None) -> str | None:
    """Percent differ by percentage points."""
    return {"%": "个百分点", "‰": "个千分点"}.get(unit or "", unit)


# ---------------------------------------------------------------- small questions


def _committed(case: Case, point: Point) -> Decimal:
    value = case.committed(point)
    assert value is not None, "only points with a comparable value are asked"
    return value


def _reaching(case: Case) -> list[Point]:
    """The lower points that give at least what is asked, the earliest first."""
    return [point for point, value in case.numbers() if _reaches(case, point, value)]


def _reaches(case: Case, point: Point, value: Decimal) -> bool:
    if case.required is None:
        return False
    better = (value - case.required) * case.sign
    return better > 0 or (value == case.required and not _nearly(case, point, value))


def _nearly(case: Case, point: Point, value: Decimal) -> bool:
    """The very number, but said with less: 达到 for 超过, 约 for 达到."""
    if value != case.required:
        return False
    strict = case.asked.comparator in (">", "<")
    said = point.quantity.comparator
    return (strict and said not in (">", "<")) or (said == "~" and case.asked.comparator != "~")


def _nearly_there(case: Case) -> list[Point]:
    """The lower points that give the number, but say less."""
    return [point for point, value in case.numbers() if _nearly(case, point, value)]


def _softened(case: Case, said: Quantity) -> str | None:
    """What became softer: the nature, or the verb."""
    if case.asked.nature == "binding" and said.nature == "expected":
        return "nature"
    if said.soft and not case.asked.soft:
        return "soft"
    return None


def _gap_in_time(later: Moment | None, due: Moment | None) -> tuple[int, str]:
    """How much later, in 年 or 个月; 0 where a time is unknown or one side only gives the same year."""
    if later is None or due is None:
        return 0, "年"
    if "year" in (later.precision, due.precision):
        return later.year - due.year, "年"
    months = later.month - due.month
    return (months // 12, "年") if months % 12 == 0 else (months, "个月")


def _in_time(case: Case, reached: list[Point]) -> Point:
    """The statement that speaks of the very time, else the earliest that reaches the value."""
    same = [p for p in reached if p.when and case.due and p.when.year == case.due.year]
    return (same or reached)[0]


def _behind(case: Case, reached: Point) -> bool:
    """Whether the lower plan itself shows that the value was not yet reached when it was due."""
    due = case.due
    for point, value in case.numbers():
        if point is reached or point.when is None or point.inferred or due is None:
            continue
        if not _reaches(case, point, value) and _gap_in_time(point.when, due)[0] >= 0:
            return True
    return False


def _already_kept(case: Case, reached: Point) -> bool:
    """保持在 the value, and nothing in the plan speaks against it."""
    return steady(reached.quantity) and not _behind(case, reached)


def _horizon(case: Case) -> Moment | None:
    """How far the lower plan looks ahead on this metric."""
    moments = [point.when for point in case.lower.points if point.when is not None]
    moments += [end for end in (end_of(case.lower_doc),) if end is not None]
    return max(moments, key=lambda each: each.month, default=None)


def _best(case: Case) -> Point | None:
    """The best value of the lower plan; the later of equals."""
    known = case.numbers()
    return max(reversed(known), key=lambda each: each[1] * case.sign)[0] if known else None


def _last(case: Case) -> Point | None:
    """The lower statement to show where nothing is compared: the one for the same year, else the last."""
    points = case.lower.points
    same = [p for p in points if p.when and case.due and p.when.year == case.due.year]
    return (same or list(points))[-1] if points else None


def _is_rate(case: Case) -> bool | None:
    """Whether the metric is a rate (True) or a total (False); None unknown."""
    if case.concept.intensive is not None:
        return case.concept.intensive
    unit = case.unit
    return True if is_ratio(unit) or "/" in (unit or "") else None


def _comparator(point: Point | None) -> str | None:
    return point.quantity.comparator if point else None


def _unit_assumed(case: Case, lower: Point | None) -> bool:
    """One side prints no unit and is taken for the other's."""
    return lower is not None and (unit_of(lower.quantity) is None) != (unit_of(case.asked) is None)
