"""The difference of two editions of a plan: what was added, dropped, raised, lowered, moved or softened.

A draft against the issued plan, or one period's plan against the next. Both are read as trajectories, so a
target that is stated twice is one target, and a statement that no longer agrees with the other is reported as
a contradiction. Where the periods do not meet, dates are expected to move: only the last values are compared.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from kg.draft import Draft
from kg.link.metrics import align, build_concepts
from kg.link.titles import dice
from kg.model import Deadline, Quantity
from kg.point_changes import CHANGES, Difference, compared, matched
from kg.trajectories import Series, moment, trajectories

#: from here on two clauses with deadlines are one clause in two wordings
_SAME_CLAUSE = 0.75


def differences(old: Draft, new: Draft, encoder: Any = None) -> tuple[Difference, ...]:
    """Every change from one edition to the other, the gravest kind first, then as the old one reads.

    encoder: as in `kg.link.metrics.align`.
    """
    new = new.under(f"{new.document.doc}*") if new.document.doc == old.document.doc else new
    quantities = (*old.of(Quantity), *new.of(Quantity))
    concepts, concept_of = build_concepts(quantities)
    by_id = {concept.id: concept for concept in concepts}
    series: dict[str, list[Series]] = {old.document.doc: [], new.document.doc: []}
    for each in trajectories([old.document, new.document], quantities, by_id, concept_of):
        series[each.doc].append(each)
    same = {
        frozenset((link.left, link.right)) for link in align(concepts, encoder) if link.relation == "exact"
    }
    next_period = _is_next_period(old, new)
    found: list[Difference] = []
    for before, after in _pairs(series[old.document.doc], series[new.document.doc], same):
        found += compared(before, after, by_id, next_period=next_period)
    if not next_period:
        found += _deadlines(old, new)
    return tuple(sorted(found, key=_order))


def _order(found: Difference) -> tuple[int, int, int]:
    """Gravest first; what is new in the order of the new edition."""
    shown = found.old or found.new
    assert shown is not None
    return CHANGES.index(found.change), found.old is None, shown.start


def _is_next_period(old: Draft, new: Draft) -> bool:
    """Whether the one plan ends before the other begins."""
    a, b = old.document.period, new.document.period
    return a is not None and b is not None and a[1] < b[0]


def _pairs(
    old: Sequence[Series], new: Sequence[Series], same: set[frozenset[str]]
) -> Iterator[tuple[Series | None, Series | None]]:
    """Each trajectory with its counterpart: the very metric first, then an aligned one."""
    left = list(new)
    for exact in (True, False):
        unmatched = []
        for before in old:
            fits = [after for after in left if _is_counterpart(before, after, same, exact=exact)]
            if fits:
                left.remove(fits[0])
                yield before, fits[0]
            else:
                unmatched.append(before)
        old = unmatched
    yield from ((before, None) for before in old)
    yield from ((None, after) for after in left)


def _is_counterpart(before: Series, after: Series, same: set[frozenset[str]], *, exact: bool) -> bool:
    if (before.kind, before.levels) != (after.kind, after.levels):
        return False
    if before.concept == after.concept:
        return True
    return not exact and frozenset((before.concept, after.concept)) in same


# ---------------------------------------------------------------- deadlines without a number


def _deadlines(old: Draft, new: Draft) -> Iterator[Difference]:
    """Things due by a date, apart from targets: moved, dropped, added."""
    before, after = list(_bare_deadlines(old)), list(_bare_deadlines(new))
    for sameness in (_same_words, _nearly_same_words):
        for one, other in matched(before, after, sameness):
            left, right = moment(one.time), moment(other.time)
            if left and right and left.month != right.month:
                later = right.month > left.month
                yield Difference("later" if later else "earlier", _what(one), one, other, -1 if later else 1)
    yield from (Difference("dropped", _what(one), one, None, -1) for one in before)
    yield from (Difference("added", _what(one), None, one, 1) for one in after)


def _bare_deadlines(plan: Draft) -> Iterator[Deadline]:
    """Deadlines whose clause holds no target; those move with their target."""
    taken = [(each.start, each.end) for each in plan.of(Quantity) if each.class_ in ("target", "standard")]
    for deadline in plan.of(Deadline):
        if not any(start < deadline.end and deadline.start < end for start, end in taken):
            yield deadline


def _same_words(left: Deadline, right: Deadline) -> bool:
    return _what(left) == _what(right) and left.time == right.time


def _nearly_same_words(left: Deadline, right: Deadline) -> bool:
    return _what(left) == _what(right) or dice(_what(left), _what(right)) >= _SAME_CLAUSE


def _what(deadline: Deadline) -> str:
    return "".join(deadline.what.split())
