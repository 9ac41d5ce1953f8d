"""Governing pairs → aligned points → findings: every target of an upper plan held against the plan below.

What a pair of points means is decided by the levels of `kg.verdicts`; this module finds the pairs: targets
that are put on the lower plan, its aligned metrics, its silence (absent), contradictions inside one plan and
peers side by side.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from kg.abreast import benchmark
from kg.absent import absent
from kg.case import Case, Held
from kg.counterparts import Shelf, asked_of, counterpart, is_ambiguous, is_unnamed_district
from kg.explain import Sum, cautions, conflict_sentences, gap_of, sentences, value_of
from kg.link.peers import peers
from kg.link.periods import issued_later
from kg.model import Alignment, Concept, Document, Finding, Governs, Quantity
from kg.trajectories import Conflict, Series
from kg.verdicts import LEVELS, Level, certainty, judge, total_of

#: the rule of every finding
RULES = (*(level.name for level in LEVELS), "absent", "benchmark", "conflict.steady", "conflict.values")


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair of points with the level that held."""

    pair: Governs
    case: Case
    level: Level
    held: Held
    rivals: tuple[Series, ...] = ()


#: which total, at which level: upper document, id of its quantity, level of the plans that give to it
SumKey = tuple[str, str, str]


class Share(NamedTuple):
    """What one plan gives to a total: which one, from where, how much (None unknown), how much is asked."""

    of: SumKey
    where: str
    part: Decimal | None
    required: Decimal | None


def compare(  # noqa: PLR0917 - what the earlier stages gave, in their order
    documents: Sequence[Document],
    quantities: Sequence[Quantity],
    concepts: Sequence[Concept],
    concept_of: Mapping[tuple[str, str], str],
    alignments: Sequence[Alignment],
    governs: Sequence[Governs],
) -> tuple[Finding, ...]:
    """Every finding, document by document; of one document in the order of `Comparison.findings`.

    concept_of: (document, quantity id) → concept id. Pairs whose upper side is a stub hold nothing to
    compare. Untrusted documents take part in nothing.
    """
    shelf = Shelf(documents, quantities, concepts, concept_of, alignments)
    comparison = Comparison(shelf, governs, peers(documents, governs))
    judged = {document.doc: comparison.judged(document.doc) for document in documents}
    sums = sums_of(chain.from_iterable(shares(found) for found in judged.values()))
    return tuple(chain.from_iterable(comparison.findings(doc, found, sums) for doc, found in judged.items()))


def compare_document(  # noqa: PLR0917 - the plan, then as compare
    draft: str,
    documents: Sequence[Document],
    quantities: Sequence[Quantity],
    concepts: Sequence[Concept],
    concept_of: Mapping[tuple[str, str], str],
    alignments: Sequence[Alignment],
    governs: Sequence[Governs],
) -> tuple[Finding, ...]:
    """The findings on one plan as the lower side, and its own contradictions: what `kg check` prints."""
    shelf = Shelf(documents, quantities, concepts, concept_of, alignments)
    comparison = Comparison(shelf, [pair for pair in governs if pair.lower == draft], ())
    judged = comparison.judged(draft)
    return comparison.findings(draft, judged, sums_of(shares(judged)))


class Comparison:
    """What is found on each plan: held against those that govern it, against itself and against its peers.

    A plan's findings follow from it, from `uppers` and `peers_of` it, and from what these plans' metrics
    are; and, of the shares it gives to totals, from what all others give (`sums_of`).
    """

    def __init__(self, shelf: Shelf, governs: Iterable[Governs], beside: Iterable[tuple[str, str]]) -> None:
        """Take what comparing looks up, the governing pairs, and the pairs of peers."""
        self.shelf = shelf
        self._above: dict[str, list[Governs]] = defaultdict(list)
        self._beside: dict[str, list[str]] = defaultdict(list)
        for pair in governs:
            self._above[pair.lower].append(pair)
        for left, right in beside:
            self._beside[right].append(left)

    def uppers(self, doc: str) -> Sequence[Governs]:
        """The governing pairs that the plan is the lower side of."""
        return self._above.get(doc, ())

    def peers_of(self, doc: str) -> Sequence[str]:
        """The plans that stand before this one in pairs of peers."""
        return self._beside.get(doc, ())

    def judged(self, doc: str) -> list[Judged]:
        """Every point of a governing plan that has a counterpart in this one, with its verdict."""
        return [each for pair in self.uppers(doc) for each in _judged(pair, self.shelf)]

    def findings(self, doc: str, judged: Iterable[Judged], sums: Mapping[SumKey, Sum]) -> tuple[Finding, ...]:
        """What is found on one plan: pair by pair what it says and what it lacks, contradictions, peers."""
        shelf = self.shelf
        said: dict[str, list[Finding]] = defaultdict(list)
        for each in judged:
            said[each.pair.upper].append(_finding(each, shelf, sums))
        found: list[Finding] = []
        for pair in self.uppers(doc):
            found += said[pair.upper]
            found += absent(pair, shelf)
        found += _conflicts(doc, shelf)
        found += chain.from_iterable(benchmark(left, doc, shelf) for left in self.peers_of(doc))
        return tuple(found)


# ---------------------------------------------------------------- a lower plan against an upper one


def _judged(pair: Governs, shelf: Shelf) -> Iterator[Judged]:
    """Every point of the upper plan that has a counterpart below, with its verdict."""
    for target, upper, lower in asked_of(pair, shelf):
        below, link, rivals = counterpart(target, lower.doc, shelf)
        if below is None:
            continue
        for point in target.points:
            case = Case(
                upper=point,
                target=target,
                upper_doc=upper,
                lower=below,
                lower_doc=lower,
                concept=shelf.concepts[target.concept],
                alignment=link,
                one_place=upper.place == lower.place,
                addressed=bool(target.levels),
                ambiguous="ambiguous" if is_ambiguous(point, target, below, shelf) else "",
            )
            if any(_says_otherwise(case, rival) for rival in rivals):
                case = replace(case, ambiguous="rivals")
            if answer := judge(case):
                yield Judged(pair, case, *answer, rivals)


def _says_otherwise(case: Case, rival: Series) -> bool:
    """Whether another aligned trajectory of the lower plan comes to another verdict."""
    answers = judge(case), judge(replace(case, lower=rival))
    return (
        answers[0] is not None and answers[1] is not None and answers[0][0].verdict != answers[1][0].verdict
    )


def _finding(judged: Judged, shelf: Shelf, sums: Mapping[SumKey, Sum]) -> Finding:
    """The record of one verdict."""
    case, level, held = judged.case, judged.level, judged.held
    left, doubts = certainty(case, level, held)
    lower = held.lower.quantity if held.lower else None
    chinese, english = sentences(case, level, held, sums.get(_sum_key(case)))
    return Finding(
        upper=case.asked,
        lower=lower,
        upper_doc=case.upper_doc.doc,
        lower_doc=case.lower_doc.doc,
        verdict=level.verdict,
        gap=gap_of(case, level, held, "zh") or None,
        gap_value=held.gap,
        gap_unit=held.gap_unit,
        basis=judged.pair.basis,
        confidence=_confidence(left, judged.pair, case, lower),
        rule=level.name,
        reason=f"reason.{held.reason}" if held.reason else None,
        explanation=chinese,
        explanation_en=english,
        notes=cautions([*doubts, *_notes(case, held), *_beside(judged, shelf)]),
        alignment=f"{case.alignment.left}~{case.alignment.right}" if case.alignment else None,
    )


def _confidence(left: float, pair: Governs, case: Case, lower: Quantity | None) -> float:
    """All that is uncertain, multiplied."""
    linked = case.alignment.score if case.alignment and case.alignment.relation == "exact" else 1.0
    read = case.asked.confidence * (lower.confidence if lower else 1.0)
    return round(left * linked * read * pair.confidence, 3)


def _notes(case: Case, held: Held) -> Iterator[str]:
    """Cautions of the documents, the link and the statements."""
    if case.lower_doc.status == "draft":
        yield "draft"
    if issued_later(case.upper_doc, case.lower_doc):
        yield "later_upper"
    if is_unnamed_district(case.target, case.lower_doc):
        yield "district"
    if case.alignment and case.alignment.relation == "exact" and case.alignment.reason != "名称结构相同":
        yield f"aligned:{case.alignment.reason}"
    if any(case.asked in (conflict.used, conflict.other) for conflict in case.target.conflicts):
        yield "conflict_upper"
    if case.lower.conflicts:
        yield "conflict_lower"
    for point in (case.upper, held.lower):
        for other in point.also if point else ():
            yield f"also:{other.doc}[{other.start}:{other.end}]"


def _beside(judged: Judged, shelf: Shelf) -> Iterator[str]:
    """What else the lower plan says: another such metric; where it starts from, if it lags."""
    case = judged.case
    for rival in judged.rivals:
        other = rival.points[-1].quantity
        yield f"rival:{value_of(other, 'zh')} {other.doc}[{other.start}:{other.end}]"
    if judged.level.verdict in ("short", "late"):
        known = shelf.today(case.lower_doc.doc)
        baseline = known.get(case.lower.concept) or known.get(case.target.concept)
        if baseline is not None:
            yield f"today:{baseline.time or ''} {value_of(baseline, 'zh')}"


# ---------------------------------------------------------------- shares of a total


def shares(judged: Iterable[Judged]) -> list[Share]:
    """What one plan gives to totals of the plans above it; each of them is told beside the sum of all."""
    return [
        Share(
            _sum_key(each.case),
            each.case.lower_doc.place or each.case.lower_doc.doc,
            total_of(each.case)[0],
            each.case.required,
        )
        for each in judged
        if each.level.verdict == "contributes"
    ]


def sums_of(given: Iterable[Share]) -> dict[SumKey, Sum]:
    """What all known plans of one level give to each total; of several plans of one place, the most."""
    parts: dict[SumKey, dict[str, Decimal]] = defaultdict(dict)
    asked: dict[SumKey, Decimal] = {}
    for share in given:
        if share.part is None or not share.required:
            continue
        known = parts[share.of].get(share.where, share.part)
        parts[share.of][share.where] = max(share.part, known)
        asked[share.of] = share.required
    return {
        key: Sum(len(found), total := sum(found.values(), Decimal(0)), round(total / asked[key] * 100, 1))
        for key, found in parts.items()
    }


def _sum_key(case: Case) -> SumKey:
    return case.upper_doc.doc, case.asked.id, case.lower_doc.level or ""


# ---------------------------------------------------------------- one plan against itself


def _conflicts(doc: str, shelf: Shelf) -> Iterator[Finding]:
    """The contradictions inside one plan."""
    for series in shelf.series(doc):
        for conflict in series.conflicts:
            yield _contradiction(conflict, shelf.documents[doc])


def _contradiction(conflict: Conflict, document: Document) -> Finding:
    chinese, english = conflict_sentences(conflict.used, conflict.other, conflict.reason, document)
    return Finding(
        upper=conflict.used,
        lower=conflict.other,
        upper_doc=document.doc,
        lower_doc=document.doc,
        verdict="conflict",
        confidence=conflict.confidence,
        rule=f"conflict.{conflict.reason}",
        reason=f"reason.{conflict.reason}",
        explanation=chinese,
        explanation_en=english,
        notes=cautions([*(["draft"] if document.status == "draft" else []), *conflict.doubts]),
    )
