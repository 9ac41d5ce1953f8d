"""By which names a document speaks of itself."""

import re
from typing import NamedTuple

from kg.extract.titles import genre_of, key_of
from kg.model import Document

_PROMULGATED = re.compile(r"关于(?:印发|发布|公布)《?(?P<inner>.+?)》?的(?:通知|通告|公告|决定)$")


class OwnNames(NamedTuple):
    """The keys of a document's titles and short names, its number, and the kind that it is."""

    keys: frozenset[str]
    number: str | None
    genre: str | None

    @classmethod
    def of(cls, document: Document) -> "OwnNames":
        """The names of `document`: title, aliases, and what a notice among them promulgates."""
        titles = [title for title in (document.title, *document.aliases) if title]
        inner = [match["inner"] for title in titles if (match := _PROMULGATED.search(title))]
        keys = frozenset(key_of(title) for title in (*titles, *inner))
        return cls(keys, document.doc_number, document.genre)

    def is_meant(self, title: str, number: str | None, alias_of: str | None, before: str) -> bool:
        """Whether a name in the text is the document itself; before: the characters in front of it."""
        if number is not None and number == self.number:
            return True
        if number is not None and self.number is not None:
            return False
        if alias_of:
            return key_of(alias_of) in self.keys
        if not title:
            return False
        if before.endswith(("国家", "国务院", "省", "自治区")):
            return False
        return key_of(title) in self.keys or (before.endswith("本") and self._is_own_kind(title))

    def _is_own_kind(self, title: str) -> bool:
        """《行动计划》, 《规划》: nothing but the kind of document that this one is."""
        return bool(self.genre) and genre_of(title) == title and str(self.genre).endswith(title[-2:])
