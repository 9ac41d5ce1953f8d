"""ofd (GB/T 33190-2016), the state's own format for official documents."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from kg.errors import DocumentError
from kg.limits import Limits
from kg.readers.base import Text, tidy
from kg.readers.layout import lay_out
from kg.readers.lines import Sheet
from kg.readers.messages import note, refusal
from kg.readers.ofd_page import Content, collect, numbers
from kg.readers.package import Package
from kg.readers.radicals import without_radicals
from kg.readers.recognise import Recogniser, find_recogniser
from kg.readers.xml import Element, child, local

#: the page when a file gives no box: A4, millimetres
_A4 = (0.0, 0.0, 210.0, 297.0)
_HINTS = ("Title", "Author", "Subject", "CreationDate", "ModDate", "Creator")


@dataclass(slots=True)
class _Document:
    """One document body of the package: page locations, and what its pages refer to by id."""

    location: str
    box: list[float]
    pages: list[str | None] = field(default_factory=list)
    templates: dict[str, str] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)


def read_ofd(path: Path, name: str, limits: Limits) -> Text:
    """Read one ofd: text in reading order, ruled tables as rows, page furniture left out.

    A page that shows only a picture is recognised where OCR is installed.
    """
    with Package(path, name, "ofd", limits) as package:
        reader = _Reader(package, find_recogniser())
        sheets = list(reader.sheets())
        if not any(sheet.pieces for sheet in sheets):
            reader.refuse()
        lines, notes = lay_out(sheets, limits)
        characters, replaced = without_radicals(lines.characters())
        notes += [note("radicals", count=replaced)] if replaced else []
        return Text(name, characters, "ofd", None, lines.places(), reader.hints(), (*reader.notes(), *notes))


class _Reader:
    """Walks the package from OFD.xml to its pages and keeps account of what could not be read."""

    def __init__(self, package: Package, recogniser: Recogniser | None) -> None:
        """Read the entry and every document it lists."""
        self._package, self._recogniser = package, recogniser
        self._names = {name.lower(): name for name in package.members}
        entry = self._resolve("", "OFD.xml")
        if entry is None:
            raise refusal(package.where, "broken", format="ofd", reason="OFD.xml: missing")
        self._entry = package.read_xml(entry)
        if self._entry.find("{*}DocBody") is None:
            raise refusal(package.where, "broken", format="ofd", reason="DocBody: missing")
        self.pictured: list[int] = []
        self._lost: list[int] = []

    def sheets(self) -> Iterator[Sheet]:
        """Every page of every document, in order."""
        number = 0
        for body in self._entry.iter("{*}DocBody"):
            document = self._document(body)
            for location in document.pages:
                number += 1
                if number > self._package.limits.pages:
                    what = {"what": "页数", "what_en": "pages", "setting": "pages"}
                    limit = self._package.limits.pages
                    raise refusal(self._package.where, "too_many", count=number, limit=limit, **what)
                if sheet := self._sheet(document, location, number):
                    yield sheet

    def _document(self, body: Element) -> _Document:
        """One document's pages, templates and resources."""
        root = child(body, "DocRoot")
        location = self._resolve("", "" if root is None else root.text or "")
        if location is None:
            raise refusal(self._package.where, "broken", format="ofd", reason="DocRoot: missing")
        element = self._package.read_xml(location)
        document = _Document(location, _box(element.find("{*}CommonData/{*}PageArea")) or list(_A4))
        for page in element.iterfind("{*}Pages/{*}Page"):
            document.pages.append(self._resolve(location, page.get("BaseLoc") or ""))
        for template in element.iterfind("{*}CommonData/{*}TemplatePage"):
            if found := self._resolve(location, template.get("BaseLoc") or ""):
                document.templates[template.get("ID") or ""] = found
        for kind in ("PublicRes", "DocumentRes"):
            for item in element.iterfind("{*}CommonData/{*}" + kind):
                self._add_resources(document, location, item.text or "")
        return document

    def _add_resources(self, document: _Document, base: str, location: str) -> None:
        """Composite units and pictures of one resource file; a missing or damaged one has none."""
        found = self._resolve(base, location)
        if found is None:
            return
        try:
            resources = self._package.read_xml(found)
        except DocumentError:
            return
        folder = posixpath.join(posixpath.dirname(found), resources.get("BaseLoc") or "", "_")
        for unit in resources.iter("{*}CompositeGraphicUnit"):
            document.units[unit.get("ID") or ""] = unit
        for media in resources.iter("{*}MultiMedia"):
            file = child(media, "MediaFile")
            if file is not None and (target := self._resolve(folder, file.text or "")):
                document.pictures[media.get("ID") or ""] = target

    def _sheet(self, document: _Document, location: str | None, number: int) -> Sheet | None:
        """One page; None when it is missing or damaged, or shows only a picture that cannot be read."""
        try:
            page = self._package.read_xml(location or "")
        except DocumentError:
            self._lost.append(number)
            return None
        for item in page.iterfind("{*}PageRes"):
            self._add_resources(document, location or "", item.text or "")
        left, top, width, height = _box(child(page, "Area")) or document.box
        content = Content()
        for template in page.iterfind("{*}Template"):
            if found := document.templates.get(template.get("TemplateID") or ""):
                collect(self._package.read_xml(found), document.units, content, (left, top))
        collect(page, document.units, content, (left, top))
        if not any(piece.text.strip() for piece in content.pieces) and content.pictures:
            return self._recognise(document, content.pictures, number)
        return Sheet(number, width, height, content.pieces, content.across, content.down)

    def _recognise(self, document: _Document, pictures: list[str], number: int) -> Sheet | None:
        """The largest picture of a page, recognised."""
        files = [document.pictures[p] for p in pictures if p in document.pictures]
        largest = max(files, key=lambda file: self._package.members[file].file_size, default=None)
        if largest is None or self._recogniser is None:
            self.pictured.append(number)
            return None
        from kg.readers.scan import open_picture

        image = open_picture(BytesIO(self._package.read(largest)), self._package.where)
        return self._recogniser.read(image, number)

    def _resolve(self, base: str, location: str) -> str | None:
        """The member that a location in the member `base` names; writers differ in case and root."""
        location = location.strip().replace("\\", "/")
        for candidate in (posixpath.join(posixpath.dirname(base), location), location):
            name = posixpath.normpath(candidate.lstrip("/")).lower()
            if location and name in self._names:
                return self._names[name]
        return None

    def refuse(self) -> None:
        """Say why not one page gave text, where a reason is known."""
        if self._lost:
            raise refusal(self._package.where, "broken", format="ofd", reason="every page")
        if self.pictured:
            raise refusal(self._package.where, "no_ocr")

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Title, author and dates of the first document."""
        info = self._entry.find("{*}DocBody/{*}DocInfo")
        found = {local(item): tidy(item.text or "").strip() for item in info} if info is not None else {}
        return tuple((key, found[key]) for key in _HINTS if found.get(key))

    def notes(self) -> Iterator[str]:
        """Which pages were recognised, and which could not be read."""
        if self._recogniser:
            yield from self._recogniser.notes()
        for pages, reason in ((self._lost, "damaged"), (self.pictured, "OCR")):
            if pages:
                yield note("skipped_pages", pages=", ".join(map(str, pages)), reason=reason)


def _box(area: Element | None) -> list[float] | None:
    """Left, top, width and height of a page area's physical box; None when it has none."""
    box = child(area, "PhysicalBox")
    values = numbers(box.text) if box is not None else []
    return values if len(values) == 4 and values[2] > 0 and values[3] > 0 else None
