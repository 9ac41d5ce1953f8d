"""Governing pairs → aligned points → findings: every target of an upper plan held against the plan below.

What a pair of points means is decided by the levels of `kg.verdicts`; this module finds the pairs: targets
that are put on the lower plan, its aligned metrics, its silence (absent), contradictions inside one plan and
peers side by side.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.explain import (
    Sum,
    absent_sentences,
    amount,
    benchmark_sentences,
    cautions,
    conflict_sentences,
    gap_of,
    sentences,
)
from kg.link.governs import peers
from kg.link.metric_pairs import ONE_THING
from kg.link.subjects import broad_sectors, sectors_in, subjects, titles_of
from kg.model import Alignment, Concept, Document, Finding, Governs, Quantity
from kg.places import by_code
from kg.trajectories import Conflict, Point, Series, number, says_the_same, sign_of, trajectories, unit_of
from kg.verdicts import Case, Held, Level, certainty, difference_unit, judge, total_of

_RURAL = (
    "农村",
    "乡村",
    "乡镇",
    "行政村",
    "建制村",
    "村级",
    "村居",
    "农户",
    "乡(镇)",
    "乡（镇）",
    "自然村",
    "村卫生",
)
#: how sure an absence is: a lead, not an accusation
_ABSENT, _DOUBTFUL = 0.7, 0.7
#: words for facilities of the upper government's own
_OWN_LEVEL = {"national": "国家级", "province": "省级", "prefecture": "市级"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that comparing looks up.

    series: trajectories by document. links: concept → concept → alignment, both ways. stated: the concepts of
    all facts of a document, baselines included. fields: the sectors that its own metrics speak of.
    """

    documents: Mapping[str, Document]
    series: Mapping[str, tuple[Series, ...]]
    concepts: Mapping[str, Concept]
    links: Mapping[str, Mapping[str, Alignment]]
    stated: Mapping[str, frozenset[str]]
    fields: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair of points with the level that held."""

    pair: Governs
    case: Case
    level: Level
    held: Held


def compare(  # noqa: PLR0917 - what the earlier stages gave, in their order
    documents: Sequence[Document],
    quantities: Sequence[Quantity],
    concepts: Sequence[Concept],
    concept_of: Mapping[tuple[str, str], str],
    alignments: Sequence[Alignment],
    governs: Sequence[Governs],
) -> tuple[Finding, ...]:
    """Every finding, in the order of governing pairs, then conflicts by document, then benchmarks.

    concept_of: (document, quantity id) → concept id. Pairs whose upper side is a stub hold nothing to
    compare. Untrusted documents take part in nothing.
    """
    shelf = _shelf(documents, quantities, concepts, concept_of, alignments)
    judged = {pair: list(_judged(pair, shelf)) for pair in governs}
    sums = _sums(each for found in judged.values() for each in found)
    findings: list[Finding] = []
    for pair, found in judged.items():
        findings += [_finding(each, shelf, sums) for each in found]
        findings += _absent(pair, shelf)
    findings += [finding for doc in shelf.series for finding in _conflicts(doc, shelf)]
    findings += [
        finding for left, right in peers(documents, governs) for finding in _benchmark(left, right, shelf)
    ]
    return tuple(findings)


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
    own = [pair for pair in governs if pair.lower == draft]
    wanted = {draft, *(pair.upper for pair in own)}
    held = [quantity for quantity in quantities if quantity.doc in wanted]
    chosen = [document for document in documents if document.doc in wanted]
    found = compare(chosen, held, concepts, concept_of, alignments, own)
    return tuple(
        finding for finding in found if finding.lower_doc == draft and finding.verdict != "benchmark"
    )


def _shelf(
    documents: Sequence[Document],
    quantities: Sequence[Quantity],
    concepts: Sequence[Concept],
    concept_of: Mapping[tuple[str, str], str],
    alignments: Sequence[Alignment],
) -> Shelf:
    """Index everything once."""
    trusted = {document.doc: document for document in documents if document.trusted}
    by_id = {concept.id: concept for concept in concepts}
    series: dict[str, list[Series]] = {doc: [] for doc in trusted}
    for each in trajectories(list(trusted.values()), quantities, by_id, concept_of):
        series[each.doc].append(each)
    links: dict[str, dict[str, Alignment]] = defaultdict(dict)
    for link in alignments:
        links[link.left][link.right] = links[link.right][link.left] = link
    stated: dict[str, set[str]] = defaultdict(set)
    for (doc, _), concept in concept_of.items():
        stated[doc].add(concept)
    return Shelf(
        trusted,
        {doc: tuple(found) for doc, found in series.items()},
        by_id,
        links,
        {doc: frozenset(found) for doc, found in stated.items()},
        {doc: frozenset().union(*map(_sectors, found)) for doc, found in series.items()},
    )


# ---------------------------------------------------------------- a lower plan against an upper one


def _judged(pair: Governs, shelf: Shelf) -> Iterator[Judged]:
    """Every point of the upper plan that has a counterpart below, with its verdict."""
    for target, upper, lower in _asked_of(pair, shelf):
        counterpart, link = _counterpart(target, shelf.series[lower.doc], shelf)
        if counterpart is None:
            continue
        for point in target.points:
            case = Case(
                upper=point,
                target=target,
                upper_doc=upper,
                lower=counterpart,
                lower_doc=lower,
                concept=shelf.concepts[target.concept],
                alignment=link,
                one_place=upper.place == lower.place,
                addressed=bool(target.levels),
                ambiguous=_is_ambiguous(point, target, counterpart, shelf),
            )
            if answer := judge(case):
                yield Judged(pair, case, *answer)


def _asked_of(pair: Governs, shelf: Shelf) -> Iterator[tuple[Series, Document, Document]]:
    """The upper plan's targets and standards that speak to the lower plan's government."""
    upper, lower = shelf.documents.get(pair.upper), shelf.documents.get(pair.lower)
    if upper is None or lower is None:
        return
    for target in shelf.series[upper.doc]:
        if not target.levels or lower.level in target.levels:
            yield target, upper, lower


def _counterpart(
    target: Series, candidates: Sequence[Series], shelf: Shelf
) -> tuple[Series | None, Alignment | None]:
    """The lower trajectory to hold against a target, and the link between their metrics.

    The very metric first, then aligned ones; a standard only meets the same standard. Where nothing is
    aligned, a near metric of the same thing is shown as not comparable.
    """
    links = shelf.links.get(target.concept, {})
    same = [each for each in candidates if _is_same_metric(target, each, links)]
    if matching := [each for each in same if each.kind == target.kind]:
        matching.sort(
            key=lambda each: (bool(each.levels), each.concept != target.concept, _rank(links, each))
        )
        return _pooled(matching), links.get(matching[0].concept)
    if target.kind == "standard":
        return None, None
    if same:
        return same[0], links.get(same[0].concept)
    near = [each for each in candidates if each.kind == target.kind and _is_near(links.get(each.concept))]
    near.sort(key=lambda each: (_rank(links, each), each.points[0].quantity.start))
    return (near[0], links[near[0].concept]) if near else (None, None)


def _is_same_metric(target: Series, other: Series, links: Mapping[str, Alignment]) -> bool:
    link = links.get(other.concept)
    return other.concept == target.concept or (link is not None and link.relation == "exact")


def _is_near(link: Alignment | None) -> bool:
    return link is not None and link.relation == "close" and link.reason.partition("：")[0] in ONE_THING


def _is_ambiguous(point: Point, target: Series, counterpart: Series, shelf: Shelf) -> bool:
    """Whether the upper plan asks another value of the lower plan's very metric for the same time.

    乡镇敬老院…占比 50% beside 养老机构…占比 60%: an aligned name is then no second target for one metric.
    """
    if target.concept == counterpart.concept:
        return False
    nearer = [
        each
        for each in shelf.series[target.doc]
        if (each.concept, each.kind, each.levels) == (counterpart.concept, target.kind, target.levels)
    ]
    times = [other for each in nearer for other in each.points if other.when == point.when]
    return any(not says_the_same(other.quantity, point.quantity) for other in times)


def _rank(links: Mapping[str, Alignment], series: Series) -> float:
    """Best link first."""
    return -links[series.concept].score if series.concept in links else -1.0


def _pooled(matching: Sequence[Series]) -> Series:
    """The first trajectory, with the times that only aligned ones speak of."""
    first = matching[0]
    points = list(first.points)
    for other in matching[1:]:
        if other.levels == first.levels:
            known = {point.when for point in points if not point.inferred}
            points += [point for point in other.points if not point.inferred and point.when not in known]
    points.sort(
        key=lambda point: (point.when is None or point.inferred, point.when.month if point.when else 0)
    )
    return replace(first, points=tuple(points))


def _finding(judged: Judged, shelf: Shelf, sums: Mapping[tuple[str, str, str], Sum]) -> Finding:
    """The record of one verdict."""
    case, level, held = judged.case, judged.level, judged.held
    left, doubts = certainty(case, held)
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
        notes=cautions([*doubts, *_notes(case, held)]),
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
    if _is_unnamed_district(case.target, case.lower_doc):
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


# ---------------------------------------------------------------- shares of a total


def _sum_key(case: Case) -> tuple[str, str, str]:
    return case.upper_doc.doc, case.asked.id, case.lower_doc.level or ""


def _sums(judged: Iterable[Judged]) -> dict[tuple[str, str, str], Sum]:
    """What all known plans of one level give to each total; of several plans of one place, the most."""
    parts: dict[tuple[str, str, str], dict[str, Decimal]] = defaultdict(dict)
    asked: dict[tuple[str, str, str], Decimal] = {}
    for each in judged:
        part = total_of(each.case)[0] if each.level.verdict == "contributes" else None
        required = each.case.required
        if part is None or not required:
            continue
        key, where = _sum_key(each.case), each.case.lower_doc.place or each.case.lower_doc.doc
        parts[key][where] = max(part, parts[key].get(where, part))
        asked[key] = required
    return {
        key: Sum(len(found), total := sum(found.values(), Decimal(0)), round(total / asked[key] * 100, 1))
        for key, found in parts.items()
    }


# ---------------------------------------------------------------- what the lower plan does not mention


def _absent(pair: Governs, shelf: Shelf) -> Iterator[Finding]:
    """Targets of the upper plan without any aligned metric below, once a metric."""
    seen: set[str] = set()
    for target, upper, lower in _asked_of(pair, shelf):
        if target.kind != "target" or target.concept in seen or not target.points:
            continue
        seen.add(target.concept)
        if _counterpart(target, shelf.series[lower.doc], shelf)[0] is None and _covers(target, upper, lower):
            yield _absence(pair, target, upper, lower, shelf)


def _absence(pair: Governs, target: Series, upper: Document, lower: Document, shelf: Shelf) -> Finding:
    """One absent metric; the last point of its trajectory stands for it."""
    point = target.points[-1]
    doubts = list(_may_not_apply(point, target, upper, lower, shelf))
    notes = (["draft"] if lower.status == "draft" else []) + doubts
    chinese, english = absent_sentences(point, upper, lower)
    sure = _ABSENT * (_DOUBTFUL if doubts else 1.0)
    return Finding(
        upper=point.quantity,
        lower=None,
        upper_doc=upper.doc,
        lower_doc=lower.doc,
        verdict="absent",
        basis=pair.basis,
        confidence=round(sure * pair.confidence * point.quantity.confidence, 3),
        rule="absent",
        reason="reason.absent",
        explanation=chinese,
        explanation_en=english,
        notes=cautions(notes),
    )


def _covers(target: Series, upper: Document, lower: Document) -> bool:
    """Whether a metric of a broad plan (an outline) falls into the lower plan's subject at all."""
    broad = any(broad_sectors(title) for title in titles_of(upper))
    return not broad or bool(_sectors(target) & subjects(lower))


def _sectors(target: Series) -> frozenset[str]:
    """The sectors that a metric's words name."""
    quantity = target.points[-1].quantity
    return sectors_in(" ".join((quantity.indicator, quantity.category or "")))


def _may_not_apply(
    point: Point, target: Series, upper: Document, lower: Document, shelf: Shelf
) -> Iterator[str]:
    """Why the lower plan may be right not to mention it."""
    place = by_code(lower.place) if lower.place else None
    indicator = point.quantity.indicator
    if (
        place
        and place.level == "county"
        and place.name.endswith("区")
        and any(word in indicator for word in _RURAL)
    ):
        yield "rural"
    named = sectors_in(indicator)
    if named and not named & (subjects(lower) | shelf.fields[lower.doc]):
        yield "other_field"
    if _is_unnamed_district(target, lower):
        yield "district"
    if _OWN_LEVEL.get(upper.level or "", "—") in indicator and upper.place != lower.place:
        yield "own_level"
    if shelf.concepts[target.concept].intensive is False and not target.levels and upper.place != lower.place:
        yield "total"
    if point.when and lower.period and point.when.year < lower.period[0]:
        yield "expired"
    if point.when and lower.period and point.when.year > lower.period[1]:
        yield "beyond"
    if target.concept in shelf.stated.get(lower.doc, ()):
        yield "baseline_only"


def _is_unnamed_district(target: Series, lower: Document) -> bool:
    """A target put on each 县(市) does not name 区; whether a district is meant is open."""
    asked = target.points[-1].quantity
    words = asked.per or asked.indicator
    place = by_code(lower.place) if lower.place else None
    district = place is not None and place.level == "county" and place.name.endswith("区")
    return district and "county" in target.levels and "县" in words and "区" not in words.replace("设区", "")


# ---------------------------------------------------------------- one plan against itself; peers


def _conflicts(doc: str, shelf: Shelf) -> Iterator[Finding]:
    """The contradictions inside one plan."""
    for series in shelf.series[doc]:
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


def _benchmark(left: str, right: str, shelf: Shelf) -> Iterator[Finding]:
    """Rates that two peers both set, side by side."""
    for series in shelf.series[left]:
        if series.kind != "target" or series.levels or shelf.concepts[series.concept].intensive is not True:
            continue
        other, link = _counterpart(series, shelf.series[right], shelf)
        if other is None or other.kind != "target" or (link and link.relation != "exact"):
            continue
        if _is_ambiguous(series.points[-1], series, other, shelf):
            continue
        if found := _peer_finding(series, other, link, shelf):
            yield found


def _peer_finding(left: Series, right: Series, link: Alignment | None, shelf: Shelf) -> Finding | None:
    """The last values of both; None where they do not convert."""
    points = left.points[-1], right.points[-1]
    a, b = points[0].quantity, points[1].quantity
    unit, sign = unit_of(a), sign_of(shelf.concepts[left.concept], a) or 1
    values = number(a, sign, unit), number(b, sign, unit)
    if values[0] is None or values[1] is None:
        return None
    gap = abs(values[0] - values[1])
    documents = shelf.documents[left.doc], shelf.documents[right.doc]
    chinese, english = benchmark_sentences(points, gap, difference_unit(unit), documents)
    drafts = ["draft_peer"] if "draft" in (documents[0].status, documents[1].status) else []
    return Finding(
        upper=a,
        lower=b,
        upper_doc=left.doc,
        lower_doc=right.doc,
        verdict="benchmark",
        gap=amount(gap, difference_unit(unit), "zh"),
        gap_value=gap,
        gap_unit=difference_unit(unit),
        confidence=round(a.confidence * b.confidence * (link.score if link else 1.0), 3),
        rule="benchmark",
        explanation=chinese,
        explanation_en=english,
        notes=cautions(drafts),
        alignment=f"{link.left}~{link.right}" if link else None,
    )
