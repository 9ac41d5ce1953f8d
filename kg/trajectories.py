"""The quantities of one document as trajectories: one metric and addressee, its values over time.

Statements that say the same twice (text and table, plan and drafting note) are one point with several proofs;
statements that do not agree are one point and a conflict. Between points nothing is assumed but that a value
once reached is kept.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from kg.model import Concept, Document, Quantity
from kg.units import convert, effective_unit, is_ratio, normal_unit, numerator

_DRAFTING_NOTE = re.compile(r"起草说明|编制说明|起草背景|起草依据|政策解读|解读")
#: 巩固率 is a name (九年义务教育巩固率), no deed
_STEADY = re.compile(r"(?:保持|维持|巩固)(?!率)在?|稳定在")
_UPPER_BOUND = {"<=", "<"}
_LOWER_BOUND = {">=", ">"}

#: what a target put on each lower government says of whom, in the order of reading
_PER_LEVELS = (
    (re.compile(r"设区的?市|地级市|地市|市州|市\(州\)|各市(?![县区])|^市$|市、县|市县|各市、"), "prefecture"),
    (re.compile(r"县|(?<!设)(?<!社)(?<!地)(?<!城)区(?!的?市)|旗"), "county"),
    (re.compile(r"乡|镇|街道"), "township"),
    (re.compile(r"村|社区"), "village"),
    (re.compile(r"^各?省|省份"), "province"),
)
_PER_IN_NAME = re.compile(
    r"(?:每个?|各)(?P<who>设区的?市|地级市|市州|县\(市、区\)|县区|县市区|市县|区县|县|乡镇(?:\(街道\))?|街道)"
)


#: what makes quantities one series: document, concept (scope and population included), class, addressees
Key = tuple[str, str, str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Moment:
    """A deadline: the last month it covers (months since year 0), and how exact it is printed."""

    month: int
    precision: Literal["year", "month"]

    @property
    def year(self) -> int:
        """Calendar year."""
        return self.month // 12


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a trajectory.

    quantity: the statement that is used. when: its deadline; None where neither it nor its plan gives one.
    inferred: the deadline is the plan's end, not the statement's own. also: other statements of the same.
    """

    quantity: Quantity
    when: Moment | None
    inferred: bool = False
    also: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements of one document that cannot both be used; `used` is the one that verdicts take.

    reason: values (two numbers for one time) or steady (保持在 a value that an earlier point lacks).
    """

    used: Quantity
    other: Quantity
    reason: Literal["values", "steady"]
    confidence: float
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """One metric of one document over time; points in the order of time, undated ones last.

    levels: the governments that the target is put on each of; empty where it is the document's own.
    """

    doc: str
    concept: str
    kind: str
    levels: frozenset[str]
    points: tuple[Point, ...]
    conflicts: tuple[Conflict, ...] = ()


def moment(time: str | None) -> Moment | None:
    """An ISO year, month or day as a deadline; None for none and for what is no ISO time."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-\d{2})?", time or "")
    if match is None:
        return None
    year, month = int(match[1]), match[2]
    return Moment(year * 12 + int(month) - 1, "month") if month else Moment(year * 12 + 11, "year")


def end_of(document: Document) -> Moment | None:
    """The end of the plan's period."""
    return Moment(document.period[1] * 12 + 11, "year") if document.period else None


def levels_of(per: str | None) -> frozenset[str]:
    """The levels of government that 各设区市, 每个县区, 各市、县(市) speak to."""
    text = (per or "").replace("（", "(").replace("）", ")")
    return frozenset(level for pattern, level in _PER_LEVELS if pattern.search(text))


def put_on_each(quantity: Quantity) -> frozenset[str]:
    """The governments that a target is put on each of, from its own field, its unit or its name."""
    return _put_on_each(quantity.per, quantity.unit, quantity.indicator)


@lru_cache(maxsize=65536)
def _put_on_each(per: str | None, unit: str | None, indicator: str) -> frozenset[str]:
    if per:
        return levels_of(per)
    under = (normal_unit(unit) or "").partition("/")[2]
    if under and (found := levels_of(under)) and not is_ratio(unit):
        return found
    named = _PER_IN_NAME.match(indicator.replace("（", "(").replace("）", ")"))
    return levels_of(named["who"]) if named else frozenset()


def unit_of(quantity: Quantity) -> str | None:
    """The unit to compare in: with the denominator that the name carries, without 每个县区."""
    return _unit_of(quantity.per, quantity.unit, quantity.indicator)


@lru_cache(maxsize=65536)
def _unit_of(per: str | None, unit: str | None, indicator: str) -> str | None:
    return numerator(unit) if _put_on_each(per, unit, indicator) else effective_unit(indicator, unit)


def steady(quantity: Quantity) -> bool:
    """Whether the words say that the value is held already (保持在100%)."""
    return bool(_STEADY.search(quantity.quote))


def sign_of(concept: Concept | None, *quantities: Quantity) -> int:
    """1 where more is better, -1 where less is, 0 where it is not known: an upper bound wants less."""
    comparators = {quantity.comparator for quantity in quantities}
    if comparators & _UPPER_BOUND:
        return -1
    if concept is not None and concept.direction == 0 and comparators & _LOWER_BOUND:
        return 1
    return concept.direction if concept is not None else 1


def worse_end(quantity: Quantity, sign: int) -> Decimal | None:
    """The value as printed; of a range, the end that asks or gives less."""
    ends = [end for end in (quantity.value, quantity.value_high) if end is not None]
    return None if not ends else (max(ends) if sign < 0 else min(ends))


def number(quantity: Quantity, sign: int, unit: str | None) -> Decimal | None:
    """What a statement commits to at least, in `unit`; None where it has no number or none that converts."""
    value = worse_end(quantity, sign)
    return None if value is None else convert(value, unit_of(quantity), unit)


def trajectories(
    documents: Sequence[Document],
    quantities: Iterable[Quantity],
    concepts: Mapping[str, Concept],
    concept_of: Mapping[tuple[str, str], str],
) -> list[Series]:
    """Every target and standard of the documents, as trajectories in the order of reading."""
    owners = {document.doc: document for document in documents}
    groups: dict[Key, list[Quantity]] = defaultdict(list)
    for quantity in quantities:
        concept = concept_of.get((quantity.doc, quantity.id))
        if concept is None or quantity.class_ not in ("target", "standard") or quantity.doc not in owners:
            continue
        key = (quantity.doc, concept, quantity.class_, put_on_each(quantity))
        groups[key].append(quantity)
    return [_series(key, members, owners[key[0]], concepts.get(key[1])) for key, members in groups.items()]


def _series(
    key: Key,
    members: list[Quantity],
    document: Document,
    concept: Concept | None,
) -> Series:
    """Merge the statements of one metric to points and conflicts."""
    doc, concept_id, kind, levels = key
    members = sorted(members, key=_preference)
    total = concept is not None and concept.intensive is False
    points, conflicts = _points(members, document, total)
    points.sort(
        key=lambda point: (point.when is None or point.inferred, point.when.month if point.when else 0)
    )
    conflicts += _unsteady(points, concept)
    return Series(doc, concept_id, kind, levels, tuple(points), tuple(conflicts))


def _preference(quantity: Quantity) -> tuple[bool, bool, bool, int]:
    """The plan before its drafting note, table before text, 达到 before 力争, then the order of reading."""
    noted = any(_DRAFTING_NOTE.search(heading) for heading in quantity.section)
    return noted, quantity.source != "table", bool(quantity.soft), quantity.start


def _points(
    members: Sequence[Quantity], document: Document, total: bool
) -> tuple[list[Point], list[Conflict]]:
    """One point a time; an undated statement joins the point that says the same."""
    points: list[Point] = []
    conflicts: list[Conflict] = []
    for quantity in sorted(members, key=lambda each: each.time is None):
        same_time = [at for at, point in enumerate(points) if point.quantity.time == quantity.time]
        same_value = [at for at, point in enumerate(points) if says_the_same(point.quantity, quantity)]
        joins = [at for at in same_value if quantity.time is None or at in same_time]
        if joins:
            at = joins[-1]
            points[at] = Point(
                points[at].quantity, points[at].when, points[at].inferred, (*points[at].also, quantity)
            )
        elif same_time:
            used = points[same_time[0]].quantity
            if conflict := _conflict(used, quantity, total):
                conflicts.append(conflict)
        else:
            own = moment(quantity.time)
            points.append(Point(quantity, own or end_of(document), inferred=own is None))
    return points, conflicts


def says_the_same(left: Quantity, right: Quantity) -> bool:
    """Whether two statements give one number, in whatever unit; words agree only word for word."""
    if left.value is None or right.value is None:
        return left.value is right.value and left.quote == right.quote
    unit = unit_of(left)
    scaled = convert(right.value, unit_of(right), unit)
    if scaled is None or scaled != left.value:
        return False
    ends = {end for end in (left.value_high, right.value_high) if end is not None}
    return len(ends) < 2 or normal_unit(left.unit) != normal_unit(right.unit)


def _conflict(used: Quantity, other: Quantity, total: bool) -> Conflict | None:
    """Two numbers for one time; None where one is in words, or strives for more, or does not convert.

    Undated statements and totals (which may be parts of one another) are less sure, and so are two bounds
    that could both hold (不低于 80%, 达到 90%).
    """
    if used.value is None or other.value is None or bool(used.soft) != bool(other.soft):
        return None
    scaled = convert(other.value, unit_of(other), unit_of(used))
    if scaled is None:
        return None
    doubts = [
        ("undated", 0.6, used.time is None),
        ("maybe_parts", 0.6, total),
        ("could_both_hold", 0.7, _could_both_hold(used, other, scaled)),
    ]
    confidence = min(used.confidence, other.confidence)
    for _, factor, applies in doubts:
        confidence *= factor if applies else 1.0
    names = tuple(name for name, _, applies in doubts if applies)
    return Conflict(used, other, "values", round(confidence, 3), names)


def _could_both_hold(used: Quantity, other: Quantity, scaled: Decimal) -> bool:
    """Whether one statement is a bound that the other keeps."""
    assert used.value is not None
    low, high = sorted(((used.value, used.comparator), (scaled, other.comparator)), key=lambda each: each[0])
    return low[1] in _LOWER_BOUND or high[1] in _UPPER_BOUND or "~" in (low[1], high[1])


def _unsteady(points: Sequence[Point], concept: Concept | None) -> list[Conflict]:
    """保持在100% beside an earlier point that is not there yet."""
    found = []
    for at, point in enumerate(points):
        for statement in (point.quantity, *point.also):
            earlier = points[:at]
            sign = sign_of(concept, statement)
            own = number(statement, sign, unit_of(statement))
            if own is None or not steady(statement) or not sign:
                continue
            worse = [
                each.quantity
                for each in earlier
                if (value := number(each.quantity, sign, unit_of(statement))) is not None
                and (value - own) * sign < 0
            ]
            found += [Conflict(each, statement, "steady", 0.8) for each in worse[-1:]]
    return found
