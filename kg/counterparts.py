"""Which of a lower plan's trajectories stands against a target: everything that comparing looks up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from kg.link.metric_pairs import ONE_THING
from kg.link.subjects import sectors_in
from kg.model import Alignment, Concept, Document, Governs, Quantity
from kg.places import by_code
from kg.trajectories import Point, Series, says_the_same, trajectories

#: what no verdict may depend on, so that a new name of a metric changes no verdict elsewhere
_NOT_COMPARED: dict[str, Any] = {"label": "", "names": (), "sectors": ()}


class Shelf:
    """All that comparing looks up; what a document says is put in order when it is first asked for.

    A build after a small change asks for a few documents only.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        quantities: Iterable[Quantity],
        concepts: Sequence[Concept],
        concept_of: Mapping[tuple[str, str], str],
        alignments: Sequence[Alignment],
    ) -> None:
        """Take what the earlier stages gave; untrusted documents are left out.

        concept_of: (document, quantity id) → concept id.
        """
        self.documents = {document.doc: document for document in documents if document.trusted}
        self.concepts = {concept.id: replace(concept, **_NOT_COMPARED) for concept in concepts}
        #: concept → concept → alignment, both ways
        self.links: dict[str, dict[str, Alignment]] = defaultdict(dict)
        for link in alignments:
            self.links[link.left][link.right] = self.links[link.right][link.left] = link
        self._concept_of = concept_of
        self._quantities: dict[str, list[Quantity]] = defaultdict(list)
        for quantity in quantities:
            self._quantities[quantity.doc].append(quantity)
        self._said: dict[str, _Said] = {}
        self._spoken_of: dict[str, set[str]] = defaultdict(set)
        for (doc, _), concept in concept_of.items():
            self._spoken_of[doc].add(concept)

    def concepts_of(self, doc: str) -> set[str]:
        """The metrics that a document speaks of."""
        return self._spoken_of.get(doc, set())

    def series(self, doc: str) -> tuple[Series, ...]:
        """The trajectories of a document in the order of reading; none of an untrusted one."""
        return self._all_of(doc).series

    def by_concept(self, doc: str) -> Mapping[str, Sequence[Series]]:
        """The trajectories of a document by metric."""
        return self._all_of(doc).by_concept

    def today(self, doc: str) -> Mapping[str, Quantity]:
        """The latest baseline of each metric that a document gives one for."""
        return self._all_of(doc).today

    def fields(self, doc: str) -> frozenset[str]:
        """The sectors that a document's own metrics speak of."""
        return self._all_of(doc).fields

    def _all_of(self, doc: str) -> "_Said":
        if doc not in self._said:
            self._said[doc] = self._read(doc)
        return self._said[doc]

    def _read(self, doc: str) -> "_Said":
        document = self.documents.get(doc)
        if document is None:
            return _Said()
        quantities = self._quantities.get(doc, ())
        series = tuple(trajectories([document], quantities, self.concepts, self._concept_of))
        by_concept: dict[str, list[Series]] = defaultdict(list)
        for each in series:
            by_concept[each.concept].append(each)
        return _Said(series, by_concept, self._baselines(doc), frozenset().union(*map(sectors_of, series)))

    def _baselines(self, doc: str) -> dict[str, Quantity]:
        return {
            self._concept_of[doc, quantity.id]: quantity
            for quantity in sorted(self._quantities.get(doc, ()), key=lambda each: each.time or "")
            if quantity.class_ == "baseline" and quantity.value is not None
            if (doc, quantity.id) in self._concept_of
        }


@dataclass(frozen=True, slots=True)
class _Said:
    """What one document says, in the order in which comparing asks."""

    series: tuple[Series, ...] = ()
    by_concept: Mapping[str, Sequence[Series]] = field(default_factory=dict)
    today: Mapping[str, Quantity] = field(default_factory=dict)
    fields: frozenset[str] = frozenset()


def asked_of(pair: Governs, shelf: Shelf) -> Iterator[tuple[Series, Document, Document]]:
    """The upper plan's targets and standards that speak to the lower plan's government."""
    upper, lower = shelf.documents.get(pair.upper), shelf.documents.get(pair.lower)
    if upper is None or lower is None:
        return
    for target in shelf.series(upper.doc):
        if not target.levels or lower.level in target.levels:
            yield target, upper, lower


class Match(NamedTuple):
    """What stands against a target: a trajectory, the link between the metrics, and rivals.

    rivals: other aligned trajectories of the same plan that give another value for the same time.
    """

    series: Series | None = None
    link: Alignment | None = None
    rivals: tuple[Series, ...] = ()


def counterpart(target: Series, doc: str, shelf: Shelf) -> Match:
    """The trajectory of plan `doc` to hold against a target.

    The very metric first, then aligned ones; a standard only meets the same standard. Where nothing is
    aligned, a near metric of the same thing is shown as not comparable.
    """
    links, known = shelf.links.get(target.concept, {}), shelf.by_concept(doc)
    concepts = [target.concept, *(other for other, link in links.items() if link.relation == "exact")]
    same = [each for concept in dict.fromkeys(concepts) for each in known.get(concept, ())]
    if matching := [each for each in same if each.kind == target.kind]:
        matching.sort(key=lambda each: (bool(each.levels), *_rank(links, each, target.concept)))
        first = matching[0]
        rivals = tuple(each for each in matching[1:] if _contradicts(first, each))
        return Match(_pooled(matching), links.get(first.concept), rivals)
    if target.kind == "standard":
        return Match()
    if same:
        return Match(same[0], links.get(same[0].concept))
    near = [each for other, link in links.items() if _is_near(link) for each in known.get(other, ())]
    near = [each for each in near if each.kind == target.kind]
    near.sort(key=lambda each: (*_rank(links, each, target.concept), each.points[0].quantity.start))
    return Match(near[0], links[near[0].concept]) if near else Match()


def _contradicts(first: Series, other: Series) -> bool:
    """Whether two aligned trajectories of one plan give two values for one time."""
    if first.levels != other.levels:
        return False
    return any(
        a.when == b.when and not says_the_same(a.quantity, b.quantity)
        for a in first.points
        for b in other.points
    )


def _is_near(link: Alignment) -> bool:
    """Close, because one thing is measured in two ways."""
    return link.relation == "close" and link.reason.partition("：")[0] in ONE_THING


def _rank(links: Mapping[str, Alignment], series: Series, concept: str) -> tuple[bool, float, str]:
    """The very metric first, then the best link; equal ones by name."""
    if series.concept == concept:
        return False, 0.0, ""
    return True, -links[series.concept].score, series.concept


def is_ambiguous(point: Point, target: Series, other: Series, shelf: Shelf) -> bool:
    """Whether the upper plan asks another value of the lower plan's very metric for the same time.

    乡镇敬老院…占比 50% beside 养老机构…占比 60%: an aligned name is then no second target for one metric.
    """
    if target.concept == other.concept:
        return False
    own = shelf.by_concept(target.doc).get(other.concept, ())
    nearer = [each for each in own if (each.kind, each.levels) == (target.kind, target.levels)]
    same_time = [each for series in nearer for each in series.points if each.when == point.when]
    return any(not says_the_same(each.quantity, point.quantity) for each in same_time)


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


def sectors_of(target: Series) -> frozenset[str]:
    """The sectors that a metric's words name."""
    quantity = target.points[-1].quantity
    return sectors_in(" ".join((quantity.indicator, quantity.category or "")))


def is_unnamed_district(target: Series, lower: Document) -> bool:
    """A target put on each 县(市) does not name 区; whether a district is meant is open."""
    asked = target.points[-1].quantity
    words = asked.per or asked.indicator
    place = by_code(lower.place) if lower.place else None
    district = place is not None and place.level == "county" and place.name.endswith("区")
    return district and "county" in target.levels and "县" in words and "区" not in words.replace("设区", "")
