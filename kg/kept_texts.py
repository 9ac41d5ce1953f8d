"""The texts of a build's documents, read from disk when asked for: a whole corpus never stands in memory."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

#: texts kept at hand: the parts of a compilation and the plans of one pair come close together
_AT_HAND = 256


class KeptTexts(Mapping[str, str]):
    """Document id → the text of its file."""

    def __init__(self, text_of: Mapping[str, str], read: Callable[[str], str]) -> None:
        """Take the key of each document's text, and what reads the text of a key."""
        self._text_of = text_of
        self._read = lru_cache(maxsize=_AT_HAND)(read)

    def __getitem__(self, doc: str) -> str:
        """The text; raises KeyError for a document that is not held."""
        return self._read(self._text_of[doc])

    def __iter__(self) -> Iterator[str]:
        """Every document."""
        return iter(self._text_of)

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._text_of)
