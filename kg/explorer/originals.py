"""The files that a build read, where they are still on this machine: for download and for page pictures."""

from functools import lru_cache
from pathlib import Path

from kg.build import last_asked
from kg.errors import KgError
from kg.model import Document
from kg.readers import read
from kg.readers.pages import page_image as drawn

#: larger files are left where they are
_LARGEST = 50_000_000


def original(where: str, file: str) -> Path | None:
    """The file of that name among those that the build in `where` was made from."""
    if where.startswith(("http://", "https://")) or not file:
        return None
    asked = last_asked(Path(where))
    for path in asked.paths if asked else ():
        found = [path] if path.name == file else sorted(path.rglob(file)) if path.is_dir() else []
        if found and found[0].is_file() and found[0].stat().st_size < _LARGEST:
            return found[0]
    return None


def page_image(where: str, plan: Document, offset: int) -> tuple[int, bytes] | None:
    """The page of a pdf that a character stands on: its number and a png, the line marked; None elsewhere."""
    path = original(where, plan.file)
    if path is None or path.suffix.lower() != ".pdf":
        return None
    try:
        return _page(path, path.stat().st_mtime_ns, offset)
    except KgError:
        return None  # the text is there all the same


@lru_cache(maxsize=16)
def _page(path: Path, _changed: int, offset: int) -> tuple[int, bytes] | None:
    anchor = read(path)[0].anchor_at(offset)
    if anchor is None or anchor.page is None:
        return None
    return anchor.page, drawn(path, anchor.page, anchor.box)
