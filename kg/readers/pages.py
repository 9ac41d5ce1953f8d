"""A page as people see it, with a line marked: what the explorer shows beside a quote."""

from io import BytesIO
from pathlib import Path
from typing import Any

from kg.limits import DEFAULT, Limits
from kg.readers.base import Box
from kg.readers.messages import refusal

_MARK = (255, 196, 0, 90)


def page_image(
    path: Path, page: int, box: Box | None = None, width: int = 1000, limits: Limits = DEFAULT
) -> bytes:
    """One page of a pdf or picture file as png, `width` pixels wide, `box` marked (see `Anchor.box`).

    page: 1 for the first. Call it only for files that `read` has read: it draws in this process.

    Raises:
        DocumentError: the file has no such page, or is no pdf or picture.
    """
    from PIL import Image, ImageDraw

    image = _pdf_page(path, page, width) if _is_pdf(path) else _picture_page(path, page, limits)
    image = image.convert("RGBA").resize((width, max(1, round(image.height * width / image.width))))
    if box:
        layer = Image.new("RGBA", image.size)
        corners = [
            (box[0] * image.width, box[1] * image.height),
            (box[2] * image.width, box[3] * image.height),
        ]
        ImageDraw.Draw(layer).rectangle([*corners[0], *corners[1]], fill=_MARK)
        image = Image.alpha_composite(image, layer)
    stream = BytesIO()
    image.convert("RGB").save(stream, "PNG")
    return stream.getvalue()


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as stream:
        return b"%PDF-" in stream.read(1024)


def _pdf_page(path: Path, page: int, width: int) -> Any:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            shown = document[page - 1]
            return shown.render(scale=width / max(shown.get_width(), 1.0)).to_pil()
    except (pypdfium2.PdfiumError, IndexError) as e:
        raise refusal(path, "broken", format="pdf", reason=f"page {page}: {e}") from e


def _picture_page(path: Path, page: int, limits: Limits) -> Any:
    from kg.readers.scan import picture_pages

    pages = picture_pages(path, str(path), limits)
    if not 0 < page <= len(pages):
        raise refusal(path, "broken", format="image", reason=f"page {page}: missing")
    return pages[page - 1]
