"""One target held against one lower trajectory: what can be asked of the two without judging them."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from kg.model import Alignment, Concept, Document, Quantity
from kg.trajectories import Moment, Point, Series, end_of, number, sign_of, steady, unit_of, worse_end
from kg.units import is_ratio


@dataclass(frozen=True)
class Case:
    """One point of an upper plan held against the aligned trajectory of a lower plan.

    concept: what the upper side measures. alignment: None when both are one concept. one_place:
    both plans are of one jurisdiction. addressed: the target is put on each government of the lower level.
    ambiguous: the reason why it is not clear that the two measure one thing, "" where it is.
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
    ambiguous: Literal["", "ambiguous", "rivals"] = ""

    @property
    def asked(self) -> Quantity:
        """The upper statement."""
        return self.upper.quantity

    @cached_property
    def unit(self) -> str | None:
        """The unit that values are compared in: the upper statement's, or the metric's usual one."""
        return unit_of(self.asked) or self.concept.unit

    @cached_property
    def sign(self) -> int:
        """1 where more is better, -1 where less is, 0 unknown."""
        return sign_of(self.concept, self.asked)

    @cached_property
    def required(self) -> Decimal | None:
        """The least that meets the target; the worse end of a range."""
        return worse_end(self.asked, self.sign)

    @cached_property
    def ideal(self) -> Decimal | None:
        """What must be bettered to exceed the target; the better end of a range."""
        return worse_end(self.asked, -self.sign)

    @property
    def due(self) -> Moment | None:
        """When the target is due: its own time, or the end of the upper plan; a standard always holds."""
        return None if self.target.kind == "standard" else self.upper.when

    @cached_property
    def numbers(self) -> tuple[tuple[Point, Decimal], ...]:
        """The lower points that have a comparable value, in the order of time."""
        pairs = ((point, self._committed(point.quantity)) for point in self.lower.points)
        return tuple((point, value) for point, value in pairs if value is not None)

    def _committed(self, quantity: Quantity) -> Decimal | None:
        """What a lower point commits to, in the unit of comparison; an unstated unit is taken for it."""
        if unit_of(quantity) is None:
            return worse_end(quantity, self.sign)
        return number(quantity, self.sign, self.unit)

    def committed(self, point: Point) -> Decimal:
        """The value of one of the points in `numbers`."""
        return next(value for each, value in self.numbers if each is point)


@dataclass(frozen=True, slots=True)
class Held:
    """What a level saw: the lower point to show, the gap, why, and what is left of the confidence."""

    lower: Point | None = None
    gap: Decimal | None = None
    gap_unit: str | None = None
    reason: str | None = None
    left: float = 1.0
    notes: tuple[str, ...] = ()


def reaching(case: Case) -> list[Point]:
    """The lower points that give at least what is asked, the earliest first."""
    return [point for point, value in case.numbers if _reaches(case, point, value)]


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


def nearly_there(case: Case) -> list[Point]:
    """The lower points that give the number, but say less."""
    return [point for point, value in case.numbers if _nearly(case, point, value)]


def softened(case: Case, point: Point) -> str | None:
    """What became softer: the nature, or the verb; 力争 for a better value than asked is no softening."""
    said = point.quantity
    if case.asked.nature == "binding" and said.nature == "expected":
        return "nature"
    better = case.required is not None and (case.committed(point) - case.required) * case.sign > 0
    if said.soft and not case.asked.soft and not better:
        return "soft"
    return None


def gap_in_time(later: Moment | None, due: Moment | None) -> tuple[int, str]:
    """How much later, in 年 or 个月; 0 where a time is unknown or one side only gives the same year."""
    if later is None or due is None:
        return 0, "年"
    if "year" in (later.precision, due.precision):
        return later.year - due.year, "年"
    months = later.month - due.month
    return (months // 12, "年") if months % 12 == 0 else (months, "个月")


def point_in_time(case: Case, reached: list[Point]) -> Point:
    """The statement that speaks of the very time, else the earliest that reaches the value."""
    same = [p for p in reached if p.when and case.due and p.when.year == case.due.year]
    return (same or reached)[0]


def behind(case: Case, reached: Point) -> bool:
    """Whether the lower plan itself shows that the value was not yet reached when it was due."""
    due = case.due
    for point, value in case.numbers:
        if point is reached or point.when is None or point.inferred or due is None:
            continue
        if not _reaches(case, point, value) and gap_in_time(point.when, due)[0] >= 0:
            return True
    return False


def already_kept(case: Case, reached: Point) -> bool:
    """保持在 the value, and nothing in the plan speaks against it."""
    return steady(reached.quantity) and not behind(case, reached)


def furthest(case: Case) -> Moment | None:
    """How far the lower plan looks ahead on this metric."""
    moments = [point.when for point in case.lower.points if point.when is not None]
    moments += [end for end in (end_of(case.lower_doc),) if end is not None]
    return max(moments, key=lambda each: each.month, default=None)


def best_point(case: Case) -> Point | None:
    """The best value of the lower plan; the later of equals."""
    known = case.numbers
    return max(reversed(known), key=lambda each: each[1] * case.sign)[0] if known else None


def shown_point(case: Case) -> Point | None:
    """The lower statement to show where nothing is compared: the one for the same year, else the last."""
    points = case.lower.points
    same = [p for p in points if p.when and case.due and p.when.year == case.due.year]
    return (same or list(points))[-1] if points else None


def is_rate(case: Case) -> bool | None:
    """Whether the metric is a rate (True) or a total (False); None unknown."""
    if case.concept.intensive is not None:
        return case.concept.intensive
    unit = case.unit
    return True if is_ratio(unit) or "/" in (unit or "") else None


def comparator(point: Point | None) -> str | None:
    """The comparator of the statement that is used."""
    return point.quantity.comparator if point else None


def unit_assumed(case: Case, lower: Point | None) -> bool:
    """One side prints no unit and is taken for the other's."""
    return lower is not None and (unit_of(lower.quantity) is None) != (unit_of(case.asked) is None)
