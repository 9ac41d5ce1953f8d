"""pdf: characters and rules as PDFium places them; pages without usable text are recognised as images."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from kg.limits import Limits
from kg.readers.base import Text, tidy
from kg.readers.lattice import Rule
from kg.readers.layout import lay_out
from kg.readers.lines import Piece, Sheet
from kg.readers.messages import note, refusal
from kg.readers.radicals import without_radicals
from kg.readers.recognise import Recogniser, find_recogniser

_FORMS = 5
_PATHS = (pdfium.FPDF_PAGEOBJ_PATH,)
_HINTS = ("Title", "Subject", "Author", "CreationDate", "ModDate", "Creator", "Producer")
#: points; a bar thinner than this is a rule, and a rule may lean by so much
_THIN = 2.5
#: characters below which a page counts as having no text, and share of unusable ones above which too
_FEW = 8
_UNUSABLE = 0.2
#: dots an inch at which pages are recognised
DPI = 200


@dataclass(frozen=True, slots=True)
class _Frame:
    """How page coordinates (y upwards, as stored) become sheet coordinates (y downwards, as read).

    turns: quarter turns clockwise that set the text upright. width, height: as read. turned: quarter
    turns from there to the page as shown.
    """

    left: float
    bottom: float
    turns: int
    width: float
    height: float
    turned: int

    def place(self, x: float, y: float) -> tuple[float, float]:
        """One point as read."""
        x, y = x - self.left, y - self.bottom
        if self.turns == 1:
            return y, x
        if self.turns == 2:
            return self.width - x, y
        if self.turns == 3:
            return self.width - y, self.height - x
        return x, self.height - y


def read_pdf(path: Path, name: str, limits: Limits) -> Text:
    """Read one pdf: text in reading order, ruled tables as rows, page furniture left out.

    Every line's place has its page and box. A page without usable characters is rendered and
    recognised; where OCR is not installed such pages are named in the notes, and a file of nothing
    else is refused.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as e:
        if "password" in str(e).lower() or "security" in str(e).lower():
            raise refusal(name, "encrypted") from e
        raise refusal(name, "broken", format="pdf", reason=str(e)) from e
    with document:
        if len(document) > limits.pages:
            what = {"what": "页数", "what_en": "pages", "setting": "pages"}
            raise refusal(name, "too_many", count=len(document), limit=limits.pages, **what)
        pages = _Pages(name, limits, find_recogniser())
        sheets = [sheet for number in range(len(document)) if (sheet := pages.read(document, number))]
        if not any(sheet.pieces for sheet in sheets) and pages.lost:
            raise pages.refusal()
        lines, notes = lay_out(sheets, limits)
        characters, replaced = without_radicals(lines.characters())
        notes += [note("radicals", count=replaced)] if replaced else []
        hints = tuple((k, v) for k in _HINTS if (v := tidy(document.get_metadata_value(k)).strip()))
        fmt = "scan" if pages.recognised == len(sheets) else "pdf"
        return Text(name, characters, fmt, None, lines.places(), hints, (*pages.notes(), *notes))


class _Pages:
    """Reads page after page and keeps account of those that had to be recognised or were lost."""

    def __init__(self, name: str, limits: Limits, recogniser: Recogniser | None) -> None:
        """Without a recogniser, pages without text are lost."""
        self.name, self.limits, self.recogniser = name, limits, recogniser
        self.recognised = 0
        self.lost: list[int] = []
        self.unusable: list[int] = []
        self.broken: list[int] = []

    def read(self, document: pypdfium2.PdfDocument, index: int) -> Sheet | None:
        """One page as a sheet; None when it cannot be read."""
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            self.broken.append(index + 1)
            return None
        sheet, unusable = _read_page(page, index + 1)
        usable = sum(len(piece.text.strip()) for piece in sheet.pieces) - unusable
        if unusable > _UNUSABLE * (usable + unusable):
            self.unusable.append(index + 1)
        elif usable >= _FEW or not _has_picture(page):
            return sheet
        return self._recognise(page, sheet)

    def _recognise(self, page: pypdfium2.PdfPage, sheet: Sheet) -> Sheet | None:
        """The page as recognised from its rendering."""
        if self.recogniser is None or self.recognised >= self.limits.ocr_pages:
            self.lost.append(sheet.number)
            return None
        self.recognised += 1
        image = page.render(scale=_scale(sheet), grayscale=True).to_pil().convert("RGB")
        return self.recogniser.read(image, sheet.number)

    def refusal(self) -> Exception:
        """Why nothing could be read."""
        if self.recogniser is None:
            return refusal(self.name, "no_ocr")
        what = {"what": "需识别的页", "what_en": "pages to recognise", "setting": "ocr_pages"}
        count = self.recognised + len(self.lost)
        return refusal(self.name, "too_many", count=count, limit=self.limits.ocr_pages, **what)

    def notes(self) -> Iterator[str]:
        """What happened to pages that had no usable text."""
        if self.recogniser:
            yield from self.recogniser.notes()
        if self.unusable:
            yield note("unmapped", pages=_ranges(self.unusable))
        if self.lost:
            reason = "OCR" if self.recogniser is None else f"ocr_pages {self.limits.ocr_pages}"
            yield note("skipped_pages", pages=_ranges(self.lost), reason=reason)
        if self.broken:
            yield note("skipped_pages", pages=_ranges(self.broken), reason="damaged")


def _scale(sheet: Sheet) -> float:
    """Pixels a point; posters and drawings are rendered more coarsely, to at most 4,000 pixels a side."""
    return min(DPI / 72, 4000 / max(sheet.width, sheet.height, 1.0))


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether anything is drawn that could hold text: a picture, or outlines of letters."""
    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING)
    return next(page.get_objects(kinds, max_depth=_FORMS), None) is not None


def _read_page(page: pypdfium2.PdfPage, number: int) -> tuple[Sheet, int]:
    """One page's characters and rules, and how many characters have no usable code."""
    text = page.get_textpage()
    frame = _frame(page, _turns_of_text(text))
    pieces, unusable = _pieces(text, frame)
    across, down = _rules(page, frame)
    text.close()
    return Sheet(number, frame.width, frame.height, pieces, across, down, frame.turned), unusable


def _frame(page: pypdfium2.PdfPage, turns: int) -> _Frame:
    """The page's frame, in which its text stands upright after so many quarter turns."""
    left, bottom, right, top = page.get_cropbox()
    turned = (page.get_rotation() // 90 - turns) % 4
    width, height = right - left, top - bottom
    return _Frame(left, bottom, turns, *((height, width) if turns % 2 else (width, height)), turned)


def _turns_of_text(text: pypdfium2.PdfTextPage) -> int:
    """Quarter turns clockwise that would set most of the page's text upright (0 for most pages)."""
    count = text.count_chars()
    sample = range(0, count, max(1, count // 50))
    angles = [pdfium.FPDFText_GetCharAngle(text, i) for i in sample]
    quarters = [-round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0]
    return max(set(quarters), key=quarters.count, default=0)


def _pieces(text: pypdfium2.PdfTextPage, frame: _Frame) -> tuple[list[Piece], int]:
    """Every printed character with its box as read, and how many have no usable code."""
    pieces: list[Piece] = []
    unusable = 0
    box = pdfium.FS_RECTF()
    for index in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text, index)
        character = tidy(chr(code)) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""
        unusable += not character or _is_private(code)
        if not character or not pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            continue
        x0, y0 = frame.place(box.left, box.bottom)
        x1, y1 = frame.place(box.right, box.top)
        piece = Piece(character, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if pieces and _one_glyph(pieces[-1], piece):
            piece = replace(piece, text=pieces.pop().text + character)
        pieces.append(piece)
    return pieces, unusable


def _one_glyph(before: Piece, piece: Piece) -> bool:
    """Whether two characters are drawn as one (fonts draw —— so): PDFium gives both the same box."""
    return (before.x0, before.x1, before.top) == (piece.x0, piece.x1, piece.top)


def _is_private(code: int) -> bool:
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000 or code in (0xFFFD, 0xFFFE, 0xFFFF)


def _rules(page: pypdfium2.PdfPage, frame: _Frame) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical rules of a page: straight strokes and thin bars."""
    across: list[Rule] = []
    down: list[Rule] = []
    for item in page.get_objects(_PATHS, max_depth=_FORMS):
        for (ax, ay), (bx, by) in _strokes(item):
            x0, y0 = frame.place(ax, ay)
            x1, y1 = frame.place(bx, by)
            if abs(y0 - y1) <= _THIN < abs(x0 - x1):
                across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x0 - x1) <= _THIN < abs(y0 - y1):
                down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return across, down


_Point = tuple[float, float]


def _strokes(item: pypdfium2.PdfObject) -> Iterator[tuple[_Point, _Point]]:
    """The straight strokes of one path, in page coordinates."""
    points: list[_Point] = []
    for index in range(pdfium.FPDFPath_CountSegments(item)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        point = _placed(item, segment)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_LINETO and points:
            yield points[-1], point
        elif kind == pdfium.FPDF_SEGMENT_MOVETO:
            points = []
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 2:
            yield points[-1], points[0]


def _placed(item: pypdfium2.PdfObject, segment: Any) -> _Point:
    """A path point through the matrices of its path and of the forms that hold it."""
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
    point: _Point = (x.value, y.value)
    holder: pypdfium2.PdfObject | None = item
    while holder is not None:
        point = holder.get_matrix().on_point(*point)
        holder = holder.container
    return point


def _ranges(numbers: list[int]) -> str:
    """Page numbers as people write them: 1-3, 7."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)
