"""Pictures of pages (png, jpeg, tiff of several pages …): recognised line by line."""

import warnings
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image, ImageOps, ImageSequence

from kg.limits import Limits
from kg.readers.base import Text
from kg.readers.layout import lay_out
from kg.readers.messages import refusal
from kg.readers.recognise import find_recogniser

#: pixels; an A3 page at 600 dots an inch has 70 million
_LARGEST = 100_000_000
#: pixels a side beyond which a picture is scaled down: an A4 page at 340 dots an inch
_SIDE = 4_000


def read_scan(path: Path, name: str, limits: Limits) -> Text:
    """Read one picture file, page after page; each line's place has its box and confidence."""
    recogniser = find_recogniser()
    if recogniser is None:
        raise refusal(name, "no_ocr")
    pages = picture_pages(path, name, limits)
    sheets = [recogniser.read(page, number) for number, page in enumerate(pages, start=1)]
    lines, notes = lay_out(sheets, limits)
    return Text(name, lines.characters(), "scan", None, lines.places(), (), (*recogniser.notes(), *notes))


def picture_pages(path: Path, name: str, limits: Limits) -> list[Any]:
    """The pages of a picture file, upright and in RGB (PIL images).

    Raises:
        DocumentError: it is damaged, too large, or has more pages than may be recognised.
    """
    with path.open("rb") as stream:
        picture = open_picture(stream, name, convert=False)
        count = getattr(picture, "n_frames", 1)
        if count > limits.ocr_pages:
            what = {"what": "需识别的页", "what_en": "pages to recognise", "setting": "ocr_pages"}
            raise refusal(name, "too_many", count=count, limit=limits.ocr_pages, **what)
        try:
            return [_upright(frame) for frame in ImageSequence.Iterator(picture)]
        except (OSError, ValueError, SyntaxError, EOFError) as e:
            raise refusal(name, "broken", format="image", reason=str(e)) from e


def open_picture(stream: BinaryIO, name: str, convert: bool = True) -> Any:
    """A picture within bounds; `convert` gives its first page, upright and in RGB.

    Raises:
        DocumentError: it is damaged, or larger than any scanned page.
    """
    Image.MAX_IMAGE_PIXELS = _LARGEST
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(stream)
        return _upright(picture) if convert else picture
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as e:
        what = {"what": "像素", "what_en": "pixels", "setting": "pixels"}
        raise refusal(name, "too_many", count=">", limit=_LARGEST, **what) from e
    except (OSError, ValueError, SyntaxError, EOFError) as e:
        raise refusal(name, "broken", format="image", reason=str(e)) from e


def _upright(picture: Any) -> Any:
    """As the camera meant it to be seen, in RGB on white, not larger than recognition needs."""
    picture = ImageOps.exif_transpose(picture)
    if picture.mode in ("RGBA", "LA", "PA"):
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    picture = picture.convert("RGB")
    picture.thumbnail((_SIDE, _SIDE))
    return picture
