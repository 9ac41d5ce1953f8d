"""Which 西湖区 is meant: deciding between places of one name by what the document itself shows."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.data import rows
from kg.places.gazetteer import Place, find, gazetteer, is_within
from kg.places.numbers import number_heads
from kg.places.scan import mentions

_PHONE = re.compile(
    r"(?<!\d)(?P<area>0(?:10|2\d|[3-9]\d{2}))[\s)）]{0,2}[-—–\uFF0D]?\s?(?P<number>[2-8]\d{6,7})(?!\d)"
)
_NUMBER = re.compile(
    r"(?P<code>[一-龥]{2,10})\s?[〔［\[【（(﹝]\s?(?:19|20)\d{2}\s?[〕］\]】）)﹞]\s?第?\s?\d"
)
_SHARE = 0.8  # of all support that the winner must hold
_ENOUGH = 1.0  # support that it must have at all: one province named once
_MOST = 3  # times that one and the same piece of evidence counts
_WEIGHT = {"phone": 3.0, "number": 2.0, "name": 2.0, "province": 1.0}


class Resolution(NamedTuple):
    """The decision on one name; place is None when nothing decides.

    confidence: 1 when the name has one meaning, else the winner's share of the support, below 1.
    evidence: the characters that spoke for the place, in the order found. candidates: all meanings.
    """

    name: str
    place: Place | None
    confidence: float
    evidence: tuple[str, ...] = ()
    candidates: tuple[Place, ...] = ()


def resolve(name: str, evidence: Sequence[str] = ()) -> Resolution:
    """Decide a name by other places, telephone area codes and document numbers in the evidence texts."""
    candidates = _meanings(name)
    if len(candidates) == 1:
        return Resolution(name, candidates[0], 1.0, (), candidates)
    votes: dict[tuple[str, Place], float] = {}
    counted: dict[str, int] = {}
    for quote, kind, places in (clue for text in evidence for clue in clues(text)):
        counted[quote] = counted.get(quote, 0) + 1
        backed = [c for c in candidates if any(_speaks_for(p, c) for p in places)]
        if counted[quote] > _MOST or len(backed) != 1:
            continue
        key = (quote, backed[0])
        votes[key] = votes.get(key, 0.0) + _WEIGHT[kind] / len(places)
    return _decide(name, candidates, votes)


def clues(text: str) -> Iterator[tuple[str, str, tuple[Place, ...]]]:
    """What in a text points to places: (characters, kind, the places it may point to)."""
    for mention in mentions(text):
        province = mention.candidates[0].level == "province"
        yield mention.name, "province" if province else "name", mention.candidates
    for phone in _PHONE.finditer(text):
        if places := by_area_code(phone["area"]):
            yield phone[0], "phone", places
    for number in _NUMBER.finditer(text):
        yield from _number_clue(number["code"])


def _number_clue(run: str) -> Iterator[tuple[str, str, tuple[Place, ...]]]:
    """The agency code at the end of a run of text (根据洪府办发), the longest that is known."""
    for start in range(len(run) - 1):
        if places := number_heads(run[start:]):
            yield run[start:], "number", places
            return


def by_area_code(area: str) -> tuple[Place, ...]:
    """The places that a telephone area code (0791) serves; () for one that is not known for sure."""
    return _areas().get(area, ())


@lru_cache(maxsize=1)
def _areas() -> dict[str, tuple[Place, ...]]:
    """Area code → places."""
    places = gazetteer().places
    return {row["area"]: tuple(places[c] for c in row["codes"].split()) for row in rows("area_codes.tsv")}


def _meanings(name: str) -> tuple[Place, ...]:
    """Every place of the name as a text would use it (南昌 is the city, not 南昌县), chains included."""
    whole = [m.candidates for m in mentions(name) if (m.start, m.end) == (0, len(name))]
    return whole[0] if whole else find(name)


def _speaks_for(place: Place, candidate: Place) -> bool:
    """A place speaks for itself, for what lies in it or it lies in, and for its neighbours in one city."""
    if place.level == "national":
        return False
    codes = (place.code, candidate.code)
    neighbours = place.level == candidate.level == "county" and place.parent == candidate.parent
    return place == candidate or neighbours or is_within(*codes) or is_within(*reversed(codes))


def _decide(name: str, candidates: tuple[Place, ...], votes: dict[tuple[str, Place], float]) -> Resolution:
    """The candidate that holds nearly all support, or None."""
    support = dict.fromkeys(candidates, 0.0)
    for (_, place), weight in votes.items():
        support[place] += weight
    total = sum(support.values())
    best = max(candidates, key=lambda place: support[place], default=None)
    if best is None or support[best] < max(_ENOUGH, _SHARE * total):
        return Resolution(name, None, 0.0, (), candidates)
    used = tuple(dict.fromkeys(quote for quote, place in votes if place == best))
    return Resolution(name, best, round(min(0.99, support[best] / (total + 0.5)), 3), used, candidates)
