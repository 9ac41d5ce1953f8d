"""The years that a plan covers, and whether two plans share any."""

from dataclasses import dataclass
from functools import lru_cache

from kg.link.titles import read_title
from kg.model import Document

_FIVE_YEAR = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}


@dataclass(frozen=True, slots=True)
class Period:
    """First and last year; None where open or unknown. printed: the document gives it itself."""

    first: int | None
    last: int | None
    printed: bool


def period(document: Document) -> Period:
    """The years a plan covers: as printed; else from its title; else from its date of issue, open-ended."""
    if document.period:
        return _printed(document.period)
    named = _named((document.title, *document.aliases), document.place)
    return named or _by_dates(document.issued, document.valid_until)


@lru_cache(maxsize=1024)
def _printed(years: tuple[int, int]) -> Period:
    return Period(*years, printed=True)


@lru_cache(maxsize=65536)
def _named(names: tuple[str | None, ...], place: str | None) -> Period | None:
    """The years in a plan's names."""
    for name in filter(None, names):
        years = read_title(name, place).years
        plain = sorted(int(year) for year in years if year.isdigit())
        five = [_FIVE_YEAR[year] for year in years if year in _FIVE_YEAR]
        if five:
            return Period(min(five), max(five) + 4, printed=True)
        if plain:
            return Period(plain[0], plain[-1], printed=True)
    return None


def _by_dates(issued: str | None, valid_until: str | None) -> Period:
    first = int(issued[:4]) if issued else None
    last = int(valid_until[:4]) if valid_until else None
    return Period(first, last, printed=False)


def periods_meet(upper: Document, lower: Document) -> bool | None:
    """Whether two plans share a year; None where one of them does not say."""
    a, b = period(upper), period(lower)
    if a.last is not None and b.first is not None and a.last < b.first:
        return False
    if b.last is not None and a.first is not None and b.last < a.first:
        return False
    return True if None not in (a.first, a.last, b.first, b.last) else None


def issued_later(upper: Document, lower: Document) -> bool:
    """Whether the upper plan was issued after the lower one, as exactly as both dates say."""
    a, b = upper.issued or "", lower.issued or ""
    exact = min(len(a), len(b))
    return a[:exact] > b[:exact]


def years_between(left: int | None, right: int | None) -> int:
    """Years between the beginnings of two plans; 99 where one is unknown."""
    return abs(left - right) if left is not None and right is not None else 99
