"""Plans that stand beside each other: of one subject and level, in places that do not contain each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from kg.link.periods import years_apart
from kg.link.subjects import overlap
from kg.model import Document, Governs
from kg.places import gazetteer as places

#: how many peers a plan is held against as a benchmark, the nearest first
PEERS = 4

Members = Mapping[tuple[str | None, str], Sequence[Document]]


def peers(documents: Sequence[Document], governs: Iterable[Governs]) -> tuple[tuple[str, str], ...]:
    """Pairs of peers, for benchmarks only: never is one called short of the other.

    Each plan chooses at most `PEERS` others, those that share most of its chain of places and its years.
    """
    related = {frozenset((pair.upper, pair.lower)) for pair in governs}
    members = _members(documents)
    pairs: set[tuple[str, str]] = set()
    for document in documents:
        if document.trusted and document.place:
            fitting = (
                other
                for other in _nearest(document, members)
                if frozenset((document.doc, other.doc)) not in related and overlap(document, other)
            )
            for other in islice(fitting, PEERS):
                pairs.add((min(document.doc, other.doc), max(document.doc, other.doc)))
    return tuple(sorted(pairs))


def _members(documents: Iterable[Document]) -> Members:
    """(level, code of a division) → the plans of that level inside it."""
    members: dict[tuple[str | None, str], list[Document]] = defaultdict(list)
    for document in documents:
        if document.trusted and document.place:
            for place in places.ancestors(document.place):
                members[document.level, place.code].append(document)
    return members


def _nearest(document: Document, members: Members) -> Iterator[Document]:
    """Plans of the same level elsewhere: the own prefecture's first, then the province's, then all."""
    seen = {document.doc}
    for place in places.ancestors(document.place or ""):
        others = [each for each in members[document.level, place.code] if each.doc not in seen]
        seen |= {each.doc for each in others}
        others = [each for each in others if each.place != document.place]
        yield from sorted(others, key=lambda each: (years_apart(document, each), each.doc))
