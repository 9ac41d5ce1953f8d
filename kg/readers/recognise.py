"""Pictures of pages → pieces with confidence, by RapidOCR with the Chinese models its wheel ships."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from statistics import fmean
from typing import Any

from kg.readers.base import tidy
from kg.readers.lattice import Rule
from kg.readers.lines import Piece, Sheet
from kg.readers.messages import note
from kg.readers.pulse import beat

#: below this a line is doubtful and worth a look at the page
DOUBTFUL = 0.9
#: ‰ is missing from the models' character set and comes out as %0 or %o; but "%o" at the end of a
#: line may as well be "%。", so o counts only where a punctuation mark follows
_PERMILLE = re.compile(r"(?<=\d)%(?:0(?!\d)|[oO](?=[，。；、,;)）]))|(?<=[(（])%\s?[0oO](?=[)）])")

#: one thread a file: files are read side by side, and more threads a page take half as much again
_SETTINGS = {
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


def find_recogniser() -> "Recogniser | None":
    """A recogniser, its models not yet loaded; None when OCR is not installed."""
    installed = all(find_spec(module) for module in ("rapidocr", "onnxruntime", "cv2"))
    return Recogniser() if installed else None


class Recogniser:
    """Recognises pages and keeps account of how surely."""

    def __init__(self) -> None:
        """Load nothing yet: many a pdf needs no recognition."""
        self._engine: Any = None
        self._pages: list[int] = []
        self._confidences: list[float] = []
        self._permille = 0

    def read(self, image: Any, number: int) -> Sheet:
        """One page's pieces, and the rules of its tables; `image` is a PIL RGB image."""
        import numpy as np

        pixels = np.asarray(image)
        self._pages.append(number)
        found = self._load()(pixels)
        pieces = list(self._pieces(found))
        across, down = _rules(pixels)
        beat()
        return Sheet(number, float(image.width), float(image.height), pieces, across, down)

    def _load(self) -> Any:
        """The engine, quiet, with its bundled models."""
        if self._engine is None:
            import logging

            from rapidocr import RapidOCR

            self._engine = RapidOCR(params=_SETTINGS)
            logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        return self._engine

    def _pieces(self, found: Any) -> Iterator[Piece]:
        """The lines an engine found, tidied."""
        if found.txts is None:
            return
        for text, score, box in zip(found.txts, found.scores, found.boxes, strict=True):
            text, mended = _PERMILLE.subn("‰", tidy(text))
            self._permille += mended
            self._confidences.append(float(score))
            xs, ys = [float(p[0]) for p in box], [float(p[1]) for p in box]
            yield Piece(text, min(xs), min(ys), max(xs), max(ys), float(score))

    def notes(self) -> Iterator[str]:
        """How surely all pages were recognised."""
        if self._pages:
            mean = round(fmean(self._confidences), 3) if self._confidences else 0
            doubtful = sum(c < DOUBTFUL for c in self._confidences)
            pages = f"{self._pages[0]}-{self._pages[-1]}" if len(self._pages) > 1 else str(self._pages[0])
            yield note("recognised", pages=pages, mean=mean, doubtful=doubtful, low=DOUBTFUL)
        if self._permille:
            yield note("permille", count=self._permille)


def _rules(pixels: Any) -> tuple[list[Rule], list[Rule]]:
    """Long dark straight lines of a picture, horizontal and vertical, also slightly tilted ones."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    dark = cv2.adaptiveThreshold(~grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 15, -8)
    height, width = grey.shape
    across = _long(dark, (max(20, width // 30), 1))
    down = _long(dark, (1, max(20, height // 40)))
    return (
        [Rule(y + h / 2, x, x + w) for x, y, w, h in across if w > 4 * h],
        [Rule(x + w / 2, y, y + h) for x, y, w, h in down if h > 4 * w],
    )


def _long(dark: Any, kernel: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """Boxes of what is left of a picture when only runs as long as the kernel stay."""
    import cv2

    shape = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
    left = cv2.dilate(cv2.erode(dark, shape), cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
    contours, _ = cv2.findContours(left, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = (cv2.boundingRect(contour) for contour in contours)
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h in boxes]
