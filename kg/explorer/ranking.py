"""Who has how much of one metric: one row a plan, the best on top."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.model import Concept, Quantity
from kg.trajectories import number, unit_of


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place in a ranking; value: in the ranking's unit."""

    place: int
    quantity: Quantity
    value: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Plans by one metric; class_: target or baseline, never both; unit: of every value."""

    class_: str
    unit: str
    rows: tuple[Ranked, ...]

    @property
    def years(self) -> str:
        """The times that the values are for."""
        return " / ".join(sorted({row.quantity.time or "—" for row in self.rows}))


def rankings(concept: Concept, measured: Mapping[str, Sequence[Quantity]]) -> list[Ranking]:
    """Targets and present values apart, and each unit apart; only where two plans or more have one.

    measured: plan → its quantities of this very metric. Of several values of one plan the latest counts;
    equal values share a place. Where less is better the lowest stands on top.
    """
    groups: dict[tuple[str, str], dict[str, Quantity]] = {}
    for doc, found in measured.items():
        for each in sorted(found, key=lambda each: (each.time or "", each.start)):
            if each.class_ in ("target", "baseline") and each.value is not None and each.per is None:
                groups.setdefault((each.class_, unit_of(each) or ""), {})[doc] = each
    ordered = sorted(groups.items(), key=lambda item: (item[0][0] != "target", -len(item[1]), item[0][1]))
    return [_ranking(class_, unit, by_doc, concept) for (class_, unit), by_doc in ordered if len(by_doc) > 1]


def _ranking(class_: str, unit: str, by_doc: Mapping[str, Quantity], concept: Concept) -> Ranking:
    sign = 1 if concept.direction < 0 else -1
    values = [
        (each, value) for each in by_doc.values() if (value := number(each, 1, unit or None)) is not None
    ]
    values.sort(key=lambda pair: (sign * pair[1], pair[0].doc))
    rows: list[Ranked] = []
    for at, (each, value) in enumerate(values):
        same = at and value == values[at - 1][1]
        rows.append(Ranked(rows[-1].place if same else at + 1, each, float(value)))
    return Ranking(class_, unit, tuple(rows))
