"""Pieces of text placed on a page → printed lines: what stands side by side, in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from kg.readers.base import Box
from kg.readers.lattice import Rule

#: gaps in widths of a character (em)
_SPACE_GAP = 0.2
_MIXED_GAP = 0.45
_COLUMN_GAP = 2.0
#: where Chinese characters and punctuation begin in Unicode
_CHINESE = "\u2e80"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand together on a page, y downwards; confidence 0..1 when recognised."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float | None = None

    def middle(self) -> float:
        """Half-way between top and bottom."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as it is read: its number from 1, its size, what stands on it and the rules drawn on it.

    turned: quarter turns clockwise from the page as read to the page as shown; 0 for nearly all.
    """

    number: int
    width: float
    height: float
    pieces: Sequence[Piece]
    across: Sequence[Rule] = ()
    down: Sequence[Rule] = ()
    turned: int = 0


@dataclass(slots=True)
class Line:
    """One printed line: its pieces from left to right."""

    pieces: list[Piece]

    def box(self) -> Box:
        """Left, top, right, bottom."""
        return (
            min(p.x0 for p in self.pieces),
            min(p.top for p in self.pieces),
            max(p.x1 for p in self.pieces),
            max(p.bottom for p in self.pieces),
        )

    def em(self) -> float:
        """The size of its characters: the width of a Chinese one, else the line's height."""
        widths = [p.x1 - p.x0 for p in self.pieces if len(p.text) == 1 and p.text > _CHINESE]
        return median(widths or [p.bottom - p.top for p in self.pieces]) or 1.0

    def text(self) -> str:
        """Its characters, spaces only where the print has them, a tab for the gap between columns."""
        em, parts = self.em(), [self.pieces[0].text]
        for left, right in zip(self.pieces, self.pieces[1:], strict=False):
            parts.append(_gap(left.text, right.text, (right.x0 - left.x1) / em))
            parts.append(right.text)
        return "".join(parts).strip()


def cell_text(pieces: list[Piece]) -> str:
    """A cell's lines as one: hard breaks inside Chinese vanish, elsewhere they become spaces."""
    text = ""
    for line in group_lines(pieces):
        part = line.text().replace("\t", " ")
        joint = " " if _is_word(text[-1:]) and _is_word(part[:1]) else ""
        text += joint + part
    return text


def group_lines(pieces: Iterable[Piece]) -> list[Line]:
    """Pieces whose heights overlap by more than half are one line; top to bottom, left to right."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=Piece.middle):
        if not piece.text.strip() and not lines:
            continue
        if lines and _same_line(lines[-1], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    ordered = (_without_doubles(sorted(line, key=lambda p: p.x0)) for line in lines)
    return [Line(line) for line in ordered if any(p.text.strip() for p in line)]


def _same_line(line: list[Piece], piece: Piece) -> bool:
    """Whether a piece stands beside the last few of a line; only those, for scans may be tilted."""
    nearest = min(line[-8:], key=lambda p: min(abs(p.x0 - piece.x1), abs(p.x1 - piece.x0)))
    overlap = min(nearest.bottom, piece.bottom) - max(nearest.top, piece.top)
    return overlap > 0.5 * min(nearest.bottom - nearest.top, piece.bottom - piece.top)


def _without_doubles(line: list[Piece]) -> list[Piece]:
    """Without pieces drawn twice nearly in one spot, which is how some programs print bold."""
    kept: list[Piece] = []
    for piece in line:
        height = piece.bottom - piece.top
        if not any(k.text == piece.text and abs(k.x0 - piece.x0) < 0.2 * height for k in kept[-3:]):
            kept.append(piece)
    return kept


def _gap(left: str, right: str, gap: float) -> str:
    """What stands for a gap of so many em between two pieces."""
    if gap >= _COLUMN_GAP:
        return "\t"
    if " " in left[-1:] + right[:1]:
        return ""
    mixed = (left[-1:] < _CHINESE) != (right[:1] < _CHINESE)  # printers set 2025年 a little apart
    return " " if gap >= (_MIXED_GAP if mixed else _SPACE_GAP) else ""


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def share(box: Box, sheet: Sheet) -> Box:
    """A box as fractions of its page as shown, to four places."""
    width, height = sheet.width or 1.0, sheet.height or 1.0
    left, top, right, bottom = (
        min(1.0, max(0.0, v)) for v in (box[0] / width, box[1] / height, box[2] / width, box[3] / height)
    )
    for _ in range(sheet.turned):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return round(left, 4), round(top, 4), round(right, 4), round(bottom, 4)
