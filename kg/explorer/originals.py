"""The files that a build read, where they are still on this machine: for download and for page pictures."""

from functools import lru_cache
from pathlib import Path

from kg.build import last_asked
from kg.corpus import find
from kg.errors import KgError
from kg.model import Document
from kg.readers import Text, read
from kg.readers.base import Box
from kg.readers.pages import page_image as drawn
from kg.readers.sniff import EXTENSIONS
from kg.store import current

#: larger files are left where they are
_LARGEST = 50_000_000
_PAGED = {".pdf", *EXTENSIONS["scan"]}


def original(where: str, file: str) -> Path | None:
    """The file of that name among those that the build in `where` was made from; None if two have it."""
    if where.startswith(("http://", "https://")) or not file:
        return None
    found = _files(where, str(current(Path(where)))).get(file, [])
    if len(found) != 1 or not found[0].is_file() or found[0].stat().st_size > _LARGEST:
        return None
    return found[0]


@lru_cache(maxsize=2)
def _files(where: str, _build: str) -> dict[str, list[Path]]:
    """The files of a build's corpus by their names."""
    asked = last_asked(Path(where))
    by_name: dict[str, list[Path]] = {}
    for source in find(asked.paths)[0] if asked else ():
        by_name.setdefault(source.path.name, []).append(source.path)
    return by_name


def page_image(where: str, plan: Document, offset: int, text: str | None) -> tuple[int, bytes] | None:
    """The page that a character of a pdf or picture stands on: its number and a png, the line marked.

    text: the file as it was read for the graph. None where the file has no pages, is not here, or reads
    otherwise now: a page that may be the wrong one is not shown.
    """
    path = original(where, plan.file)
    if path is None or path.suffix.lower() not in _PAGED:
        return None
    changed = path.stat().st_mtime_ns
    try:
        read_now = _read(path, changed)
        anchor = read_now.anchor_at(offset)
        if read_now.characters != text or anchor is None or anchor.page is None:
            return None
        return anchor.page, _drawn(path, changed, anchor.page, anchor.box)
    except KgError:
        return None  # the text is there all the same


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Text:
    return read(path)[0]


@lru_cache(maxsize=32)
def _drawn(path: Path, _changed: int, page: int, box: Box | None) -> bytes:
    return drawn(path, page, box)
