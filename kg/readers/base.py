"""What every reader yields: one file's characters, and where each stretch of them stands."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kg.limits import Limits

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Anchor:
    """From `start` on, the characters come from here, until the next anchor.

    label: what a person calls the place ("第3页", "第12段", "表2第3行"). page: 1 for the first page,
    None in formats without pages. box: left, top, right, bottom of the line as fractions (0..1) of
    its page, from the top left corner. confidence: 0..1 for recognised lines, None for true text.
    """

    start: int
    label: str
    page: int | None = None
    box: Box | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Text:
    r"""The characters of one file, as offsets count them, and where each stretch stands in the original.

    name: the file's name, for messages; a member of an archive is "archive.zip/folder/member.docx".
    characters: for txt exactly `open(path, encoding=encoding, newline="").read()` less a leading
    byte order mark, so offsets count "\r\n" as two characters and the mark as none; for every other
    format the text the reader laid out, with "\n" between lines and tables one row a line, cells
    parted by tabs. format: txt, html, docx, doc, pdf, scan, ofd. encoding: of txt and html, as
    Python names it. places: sorted by start. hints: file properties (title, author, created …),
    never evidence. notes: what the reader had to do, guess or leave out, for a person to read.
    """

    name: str
    characters: str
    format: str
    encoding: str | None = None
    places: tuple[Anchor, ...] = ()
    hints: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def anchor_at(self, offset: int) -> Anchor | None:
        """The place the character at `offset` comes from; None before the first anchor."""
        index = bisect_right(self.places, offset, key=lambda anchor: anchor.start)
        return self.places[index - 1] if index else None

    def label_at(self, offset: int) -> str | None:
        """What a person calls that place ("第3页"); None where the format knows no places."""
        anchor = self.anchor_at(offset)
        return anchor.label if anchor else None


Reader = Callable[[Path, str, Limits], Text]
"""How a format is read: the file, what messages call it, the limits → its Text, or DocumentError."""


class Lines:
    """Lines laid out one after another, each with the place it comes from."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._parts: list[str] = []
        self._places: list[Anchor] = []
        self._length = 0

    def add(self, line: str, anchor: Anchor) -> None:
        """Put one line (without its line end) below the others; `anchor.start` is filled in here."""
        self._places.append(replace(anchor, start=self._length))
        self._parts.append(line)
        self._length += len(line) + 1

    def extend(self, text: str, anchor: Anchor) -> None:
        """Let the last line go on with `text`, which comes from another place.

        A space parts two Latin words; Chinese goes on as it is.
        """
        joint = " " if _is_word(self._parts[-1][-1:]) and _is_word(text[:1]) else ""
        self._places.append(replace(anchor, start=self._length - 1 + len(joint)))
        self._parts[-1] += joint + text
        self._length += len(joint) + len(text)

    def amend(self, line: str) -> None:
        """Write the last line anew; its place stays."""
        self._length += len(line) - len(self._parts[-1])
        self._parts[-1] = line

    def blank(self) -> None:
        """An empty line, unless one stands there already or nothing does."""
        if self._parts and self._parts[-1]:
            self._parts.append("")
            self._length += 1

    def count(self) -> int:
        """How many lines there are."""
        return len(self._parts)

    def characters(self) -> str:
        """All lines as one string, each ended by a line feed."""
        return "".join(f"{part}\n" for part in self._parts)

    def places(self) -> tuple[Anchor, ...]:
        """Where the lines come from, in order."""
        return tuple(self._places)


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff"
_INVISIBLE += "\u202a\u202b\u202c\u202d\u202e" + "".join(map(chr, (*range(9), *range(14, 32), 127)))
_SEEN_AS = str.maketrans("\xa0\u2028\u2029\v\f", " \n\n\n\n", _INVISIBLE)


def tidy(characters: str) -> str:
    """Without invisible and control characters, which no reader of the original sees; NBSP is a space."""
    return characters.translate(_SEEN_AS)
