"""Metrics as concepts: which quantities are of one metric, and which metrics may be compared.

Names are taken apart (`metric_names`), looked up in the scheme (`metric_scheme`) and grouped by what
they say; a name beyond the scheme forms a concept of its own. Concepts, never occurrences, are then
held against each other (`metric_pairs`), so the work grows with the vocabulary.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.link.metric_names import MetricName, parse
from kg.link.metric_pairs import Decision, decide
from kg.link.metric_scheme import SchemeMetric, load_scheme
from kg.link.passages import nearest, similar_passages
from kg.model import Alignment, Concept, Quantity
from kg.units import effective_unit, normal_unit

__all__ = ["align", "build_concepts", "similar_passages"]

#: cosine from which two concepts that are not comparable are worth a "close" link
CLOSE_FROM = 0.8
_NEIGHBOURS = 12
#: words of things that are to become less
_LESS = re.compile(
    "失业率|死亡率|发病率|患病率|浓度|能耗|能源消耗|排放强度|排放量|用水量|劣V|负债率|流失率|辍学率|时限|(?:办理|审批|开办)时间|"
    "成本|费用率|投诉|事故|发生率|超标|污染天数|抚养比|个人卫生支出|漏损率|空置率"
)


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """One quantity with its completed name taken apart and the scheme metric it means."""

    quantity: Quantity
    name: str
    parsed: MetricName
    scheme: str | None


def build_concepts(
    quantities: Iterable[Quantity],
) -> tuple[tuple[Concept, ...], dict[tuple[str, str], str]]:
    """The concepts of these quantities, sorted by id, and (doc, record id) → concept id."""
    groups: dict[str, list[_Occurrence]] = defaultdict(list)
    concept_of: dict[tuple[str, str], str] = {}
    for quantity in quantities:
        occurrence = _read(quantity)
        ident = concept_id(occurrence)
        groups[ident].append(occurrence)
        concept_of[quantity.doc, quantity.id] = ident
    return tuple(_concept(ident, groups[ident]) for ident in sorted(groups)), concept_of


def concept_id(occurrence: _Occurrence) -> str:
    """The scheme's id, or a hash of what the name says; norms for each facility stay apart from totals."""
    parsed = occurrence.parsed
    norm = occurrence.quantity.class_ == "standard" and parsed.measure == "总量" and "/" not in parsed.kind
    if occurrence.scheme and not norm:
        return occurrence.scheme
    content = ("norm|" if norm else "") + occurrence.parsed.key
    return "m-" + hashlib.sha256(content.encode()).hexdigest()[:12]


def full_name(quantity: Quantity) -> str:
    """The indicator with the scope and population that the record keeps beside it."""
    extra = [
        part
        for part in (quantity.scope, quantity.population)
        if part and not _says(quantity.indicator, part, quantity.unit)
    ]
    return "".join(extra) + quantity.indicator


def align(concepts: Sequence[Concept], encoder: Any = None) -> tuple[Alignment, ...]:
    """Decided links between concepts, best first; each pair at most once.

    encoder: anything with SentenceTransformer's `encode`; None for structure and scheme alone.
    """
    links = dict(_scheme_links(concepts))
    parsed = [parse(concept.label, concept.unit) for concept in concepts]
    for i, j, similarity in _candidates(concepts, parsed, encoder):
        left, right = sorted((concepts[i], concepts[j]), key=lambda concept: concept.id)
        if (left.id, right.id) in links:
            continue
        decision = _judge(left, right, similarity)
        if decision:
            links[left.id, right.id] = _alignment(left.id, right.id, decision)
    return tuple(
        sorted(
            links.values(), key=lambda link: (link.relation != "exact", -link.score, link.left, link.right)
        )
    )


def _judge(left: Concept, right: Concept, similarity: float | None) -> Decision | None:
    """The decision on two concepts by their labels; two metrics of the scheme are never one."""
    decision = decide(parse(left.label, left.unit), parse(right.label, right.unit), similarity)
    if left.scheme and right.scheme and decision.relation == "exact":
        return None
    return decision if decision.relation == "exact" or decision.score >= CLOSE_FROM else None


def _scheme_links(concepts: Sequence[Concept]) -> Iterator[tuple[tuple[str, str], Alignment]]:
    """What the scheme itself says about two of its metrics that both occur."""
    present = {concept.id for concept in concepts if concept.scheme}
    scheme = load_scheme()
    for relation, pairs in (("exact", scheme.comparable), ("close", scheme.different)):
        for pair, reason in pairs.items():
            if present.issuperset(pair):
                decision = Decision(relation, 0.9, "scheme", reason)  # type: ignore[arg-type]
                yield pair, _alignment(*pair, decision)


def _alignment(left: str, right: str, decision: Decision) -> Alignment:
    return Alignment(
        left=left,
        right=right,
        relation=decision.relation,
        score=round(decision.score, 3),
        method=decision.method,
        reason=decision.reason,
    )


def _candidates(
    concepts: Sequence[Concept], parsed: Sequence[MetricName], encoder: Any
) -> Iterator[tuple[int, int, float | None]]:
    """Pairs worth a decision: each concept's nearest by encoding; without an encoder, by shared words."""
    if encoder is not None and len(concepts) > 1:
        vectors = encoder.encode([concept.label for concept in concepts])
        yield from nearest(vectors, _NEIGHBOURS, CLOSE_FROM)
        return
    by_content: dict[tuple[frozenset[str], frozenset[str]], list[int]] = defaultdict(list)
    for i, name in enumerate(parsed):
        by_content[name.of("thing"), name.rest].append(i)
    for group in by_content.values():
        yield from ((i, j, None) for n, i in enumerate(group) for j in group[n + 1 :])


def _read(quantity: Quantity) -> _Occurrence:
    name = full_name(quantity)
    parsed = parse(name, quantity.unit)
    return _Occurrence(quantity, name, parsed, load_scheme().find(parsed))


def _says(indicator: str, part: str, unit: str | None) -> bool:
    """Whether the indicator already says the scope or population, literally or in other words."""
    if part in indicator:
        return True
    words = parse(part, None)
    name = parse(indicator, unit)
    return words.words <= name.words and words.rest <= name.rest


def _concept(ident: str, occurrences: Sequence[_Occurrence]) -> Concept:
    """The concept of one group: the scheme's description, or what its names and units show."""
    scheme = load_scheme().metrics.get(ident)
    names = {occurrence.name for occurrence in occurrences}
    if scheme:
        return _from_scheme(scheme, names)
    label = min(
        Counter(o.name for o in occurrences).items(), key=lambda item: (-item[1], len(item[0]), item[0])
    )[0]
    return Concept(
        id=ident,
        label=label,
        names=tuple(sorted(names)),
        direction=_direction(occurrences),
        intensive=_intensive(occurrences[0].parsed),
        unit=_usual_unit(occurrences),
    )


def _from_scheme(metric: SchemeMetric, names: set[str]) -> Concept:
    return Concept(
        id=metric.id,
        label=metric.zh,
        names=tuple(sorted(names.union(metric.names))),
        direction=metric.direction,
        intensive=metric.intensive,
        unit=metric.unit,
        scheme=metric.id,
        sectors=metric.sectors,
    )


def _usual_unit(occurrences: Sequence[_Occurrence]) -> str | None:
    """The unit most of them have, with the denominator that the name carries."""
    units = Counter(
        effective_unit(o.name, o.quantity.unit) for o in occurrences if normal_unit(o.quantity.unit)
    )
    return min(units, key=lambda unit: (-units[unit], str(unit))) if units else None


def _direction(occurrences: Sequence[_Occurrence]) -> int:
    """-1 where most are upper bounds, or the thing is one to be reduced; a reduction itself counts up."""
    first = occurrences[0].parsed
    if first.measure == "下降":
        return 1
    bounds = Counter(o.quantity.comparator for o in occurrences)
    if bounds["<="] + bounds["<"] > bounds[">="] + bounds[">"]:
        return -1
    return -1 if _LESS.search(first.text) else 1


def _intensive(name: MetricName) -> bool | None:
    """Rates, growth and figures per head are intensive, amounts are totals."""
    if name.measure != "总量" or "/" in name.kind:
        return True
    if name.kind in ("month", "age", "minute", "workday"):
        return True
    return False if name.kind else None
