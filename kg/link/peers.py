"""Plans that stand beside each other: of one subject and level, in places that do not contain each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice

from kg.link.periods import period, years_between
from kg.link.subjects import Subjects
from kg.model import Document, Governs
from kg.places import gazetteer as places

#: how many peers a plan is held against as a benchmark, the nearest first
PEERS = 4

#: (level, code of a division) → first year → the plans of that level inside it, by name
Members = Mapping[tuple[str | None, str], Mapping[int | None, Sequence[Document]]]


def peers(documents: Sequence[Document], governs: Iterable[Governs]) -> tuple[tuple[str, str], ...]:
    """Pairs of peers, for benchmarks only: never is one called short of the other.

    Each plan chooses at most `PEERS` others, those that share most of its chain of places and its years.
    """
    related = {frozenset((pair.upper, pair.lower)) for pair in governs}
    taking_part = [document for document in documents if document.trusted and document.place]
    members, subjects = _members(taking_part), Subjects()
    pairs: set[tuple[str, str]] = set()
    for document in taking_part:
        fitting = (
            other
            for other in _nearest(document, members)
            if subjects.overlap(document, other) is not None
            and frozenset((document.doc, other.doc)) not in related
        )
        for other in islice(fitting, PEERS):
            pairs.add((min(document.doc, other.doc), max(document.doc, other.doc)))
    return tuple(sorted(pairs))


def _members(documents: Iterable[Document]) -> Members:
    members: dict[tuple[str | None, str], dict[int | None, list[Document]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for document in sorted(documents, key=lambda each: each.doc):
        first = period(document).first
        for place in places.ancestors(document.place or ""):
            members[document.level, place.code][first].append(document)
    return members


def _nearest(document: Document, members: Members) -> Iterator[Document]:
    """Plans of the same level elsewhere: the own prefecture's first, then the province's, then all.

    Within each the nearest in years first, then by name.
    """
    first = period(document).first
    passed: list[str] = []
    for place in places.ancestors(document.place or ""):
        by_distance: dict[int, list[Sequence[Document]]] = defaultdict(list)
        for year, found in members[document.level, place.code].items():
            by_distance[years_between(first, year)].append(found)
        for distance in sorted(by_distance):
            for other in merge(*by_distance[distance], key=lambda each: each.doc):
                if other.place != document.place and not _is_inside(other, passed):
                    yield other
        passed.append(place.code)


def _is_inside(document: Document, codes: Iterable[str]) -> bool:
    return any(places.is_within(document.place or "", code) for code in codes)
