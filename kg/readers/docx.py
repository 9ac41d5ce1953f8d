"""docx (ISO/IEC 29500): paragraphs and tables as Word shows them, tracked changes as accepted.

Word's own parts are walked directly: python-docx's view leaves out tracked insertions, content
controls, text boxes and footnotes, all of which plans use.
"""

import posixpath
from collections.abc import Iterator
from pathlib import Path

from kg.limits import Limits
from kg.readers.base import Anchor, Text
from kg.readers.messages import note, refusal
from kg.readers.numbering import read_numbering
from kg.readers.package import Package
from kg.readers.word import Page, cell_text, flush, lay_out
from kg.readers.xml import Element, attribute, child, local

_PARTS = ("numbering", "styles", "footnotes", "endnotes")
_HINTS = ("title", "subject", "creator", "created", "modified", "lastModifiedBy")


def read_docx(path: Path, name: str, limits: Limits) -> Text:
    """Read one docx.

    Paragraphs are one line each, with their automatic numbers; tables one row a line, cells parted
    by tabs, a merged cell's text standing once, in its first place; text boxes follow the paragraph
    that holds them; footnotes stand at the end.
    """
    with Package(path, name, "docx", limits) as package:
        main = _main_part(package)
        parts = {part: _sibling(package, main, part) for part in _PARTS}
        page = Page(read_numbering(parts["numbering"], parts["styles"]), limits)
        body = child(package.read_xml(main), "body")
        if body is None:
            raise refusal(name, "broken", format="docx", reason="no body")
        for block in body:
            lay_out(block, page)
        flush(page)
        for kind, title in (("footnotes", "脚注"), ("endnotes", "尾注")):
            _add_notes(parts[kind], kind, title, page)
        notes = (*_what_was_met(page), *page.notes, *_what_is_left_out(package, main))
        return Text(name, page.lines.characters(), "docx", None, page.lines.places(), _hints(package), notes)


def _main_part(package: Package) -> str:
    """The main document's name, from the package's relations, else where Word puts it."""
    if "_rels/.rels" in package.members:
        for relation in package.read_xml("_rels/.rels"):
            if (attribute(relation, "Type") or "").endswith("/officeDocument"):
                target = (attribute(relation, "Target") or "").lstrip("/")
                if target in package.members:
                    return target
    return "word/document.xml"


def _sibling(package: Package, main: str, part: str) -> Element | None:
    """A part that stands beside the main one; None when the document has none."""
    name = posixpath.join(posixpath.dirname(main), f"{part}.xml")
    return package.read_xml(name) if name in package.members else None


def _add_notes(part: Element | None, kind: str, title: str, page: Page) -> None:
    """Footnotes or endnotes, in the order of their references, below the text."""
    by_id = {attribute(item, "id"): item for item in part} if part is not None else {}
    references = [number for name, number in page.footnotes if name.startswith(kind.removesuffix("s"))]
    for count, number in enumerate(dict.fromkeys(references), start=1):
        if number in by_id:
            text = cell_text(by_id[number], page)
            page.lines.add(f"{title}{count}：{text}", Anchor(0, f"{title}{count}"))


def _what_was_met(page: Page) -> Iterator[str]:
    """Notes on tracked changes, hidden text and numbering."""
    seen = page.seen
    if seen["inserted"] or seen["deleted"]:
        yield note("tracked", inserted=seen["inserted"], deleted=seen["deleted"])
    for key in ("hidden", "numbering"):
        if seen[key]:
            yield note(key, count=seen[key])
    if seen["chunks"]:
        yield note("embedded", what="altChunk")


def _what_is_left_out(package: Package, main: str) -> Iterator[str]:
    """Notes on comments, macros and embedded files."""
    comments = _sibling(package, main, "comments")
    if comments is not None and len(comments):
        yield note("comments", count=len(comments))
    if any(name.lower().endswith("vbaproject.bin") for name in package.members):
        yield note("macros")
    embedded = [posixpath.basename(name) for name in package.members if "/embeddings/" in name]
    if embedded:
        yield note("embedded", what=", ".join(embedded))


def _hints(package: Package) -> tuple[tuple[str, str], ...]:
    """Title, author and dates from the file's properties."""
    if "docProps/core.xml" not in package.members:
        return ()
    found = {local(item): (item.text or "").strip() for item in package.read_xml("docProps/core.xml")}
    return tuple((key, found[key]) for key in _HINTS if found.get(key))
