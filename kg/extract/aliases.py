"""Short names that a text gives a document: (以下简称《行动计划》), 以下统称“规划”."""

import re
from typing import NamedTuple

from kg.extract.titles import genre_of

_DEFINED = re.compile(
    r"(?:简称|统称)(?:为|作)?:?[\"'《]{0,2}(?P<name>[^\"'《》(),。、;:\n]{2,30})[\"'》]{0,2}"
)


class Alias(NamedTuple):
    """A short name where it is defined: text[start:end] is the name, `before` where the definition begins."""

    name: str
    start: int
    end: int
    before: int


def find_aliases(text: str) -> list[Alias]:
    """Every defined short name that is one of a document: it ends in a kind of document."""
    found = []
    for match in _DEFINED.finditer(text):
        if genre_of(match["name"]):
            before = max(text.rfind(mark, max(0, match.start() - 40), match.start()) for mark in "(,")
            start = before if before >= 0 else match.start()
            found.append(Alias(match["name"], *match.span("name"), start))
    return found
