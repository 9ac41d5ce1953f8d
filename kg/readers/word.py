"""The body of a docx: WordprocessingML blocks → lines, tracked changes read as accepted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.limits import Limits
from kg.readers.base import Anchor, Lines, tidy
from kg.readers.grid import Cell, rows_of
from kg.readers.numbering import Numbering
from kg.readers.xml import Element, attribute, child, local, value

_INSERTED, _DELETED = {"ins", "moveTo"}, {"del", "moveFrom"}
_TRANSPARENT = {"sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "r", "dir", "bdo"}
_TRANSPARENT |= {"ruby", "rubyBase", "oMath", "oMathPara", "f", "num", "den", "e", "sup", "sub"}
_PICTURES = {"drawing", "pict", "object"}
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


@dataclass(slots=True)
class Page:
    """What is laid out so far of one document, and what was met on the way."""

    numbering: Numbering
    limits: Limits
    lines: Lines = field(default_factory=Lines)
    seen: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    carried: str = ""


def lay_out(element: Element, page: Page) -> None:
    """Lay out one block of the body: a paragraph, a table, or something that holds such."""
    name = local(element)
    if name == "p":
        _paragraph(element, page)
    elif name == "tbl":
        flush(page)
        _table(element, page)
    elif name in _INSERTED:
        page.seen["inserted"] += 1
        _blocks(element, page)
    elif name in _DELETED:
        page.seen["deleted"] += 1
    elif name == "AlternateContent":
        _blocks(_preferred(element), page)
    elif name == "altChunk":
        page.seen["chunks"] += 1
    elif name in _TRANSPARENT:
        _blocks(element, page)


def _blocks(elements: Element, page: Page) -> None:
    for element in elements:
        lay_out(element, page)


def _preferred(element: Element) -> Element:
    """Of mc:AlternateContent the first choice; the others say the same for older programs."""
    return next(iter(element), ())


def _paragraph(element: Element, page: Page) -> None:
    """One paragraph; one whose mark is deleted in tracked changes runs on into the next."""
    boxes: list[Element] = []
    text = tidy("".join(_inline(element, page, boxes)))
    properties = child(element, "pPr")
    page.carried += text
    if child(child(properties, "rPr"), "del") is None:
        label = page.numbering.label(properties)  # an empty paragraph takes a number too
        label = label if page.carried.strip() else ""
        page.seen["numbering"] += bool(label)
        flush(page, label)
    for box in boxes:
        _blocks(box, page)


def flush(page: Page, label: str = "") -> None:
    """Write the paragraph gathered so far, line by line where it has line breaks."""
    text = page.carried.strip("\t\n")
    for line in (label + text.lstrip() if label else text).split("\n"):
        if line.strip():
            page.seen["paragraphs"] += 1
            page.lines.add(line.rstrip(), Anchor(0, f"第{page.seen['paragraphs']}段"))
    page.carried = ""


def _inline(element: Element, page: Page, boxes: list[Element]) -> Iterator[str]:
    """The text of a paragraph's or run's content; text boxes met on the way go to `boxes`."""
    for item in element:
        name = local(item)
        if name == "t":
            yield item.text or ""
        elif name in _CHARACTERS:
            yield "" if attribute(item, "type") == "page" else _CHARACTERS[name]
        elif name in _DELETED:
            page.seen["deleted"] += 1
        elif name in _INSERTED:
            page.seen["inserted"] += 1
            yield from _inline(item, page, boxes)
        elif name == "r" and _is_hidden(item):
            page.seen["hidden"] += 1
        elif name in _TRANSPARENT:
            yield from _inline(item, page, boxes)
        else:
            _aside(item, name, page, boxes)


def _aside(item: Element, name: str, page: Page, boxes: list[Element]) -> None:
    """What stands in a run but not in its line: text boxes and references to notes."""
    if name == "AlternateContent":
        _aside(_preferred(item), "drawing", page, boxes)
    elif name in _PICTURES:
        boxes.extend(_text_boxes(item))
    elif name in ("footnoteReference", "endnoteReference"):
        page.footnotes.append((name, attribute(item, "id") or ""))


def _text_boxes(item: Element) -> Iterator[Element]:
    """Every outermost w:txbxContent; those inside are met again when it is laid out."""
    for found in item:
        if local(found) == "txbxContent":
            yield found
        elif local(found) == "AlternateContent":
            yield from _text_boxes(_preferred(found))
        else:
            yield from _text_boxes(found)


def _is_hidden(run: Element) -> bool:
    hidden = child(child(run, "rPr"), "vanish")
    return hidden is not None and attribute(hidden, "val") not in ("0", "false", "off")


def _table(element: Element, page: Page) -> None:
    """One table, a row a line; a table of one column is a box and its paragraphs are laid out."""
    rows = [_cells(row, page) for row in _parts(element, "tr", page) if not _is_deleted_row(row, page)]
    if all(len(row) <= 1 for row in rows):
        for row in rows:
            for cell in row:
                _blocks(cell[0], page)
        return
    page.seen["tables"] += 1
    place = f"表{page.seen['tables']}"
    cells = [
        Cell(cell_text(tc, page), r, column, 1, span, continued)
        for r, row in enumerate(rows)
        for tc, column, span, continued in row
    ]
    page.lines.blank()
    for r, row_cells in enumerate(rows_of(cells, page.limits.cell, place, page.notes), start=1):
        page.lines.add("\t".join(row_cells).rstrip("\t"), Anchor(0, f"{place}第{r}行"))
    page.lines.blank()


def _parts(element: Element, name: str, page: Page) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those inside content controls."""
    for item in element:
        if local(item) == name:
            yield item
        elif local(item) in _TRANSPARENT or local(item) in _INSERTED:
            yield from _parts(item, name, page)


def _is_deleted_row(row: Element, page: Page) -> bool:
    deleted = child(child(row, "trPr"), "del") is not None
    page.seen["deleted"] += deleted
    page.seen["inserted"] += child(child(row, "trPr"), "ins") is not None
    return deleted


def _cells(row: Element, page: Page) -> list[tuple[Element, int, int, bool]]:
    """The cells of a row: element, first column, columns spanned, whether it continues the one above."""
    cells = []
    column = _number(value(child(row, "trPr"), "gridBefore"), 0)
    for cell in _parts(row, "tc", page):
        properties = child(cell, "tcPr")
        span = _number(value(properties, "gridSpan"), 1)
        merge = child(properties, "vMerge")
        continued = merge is not None and attribute(merge, "val") != "restart"
        if child(properties, "cellDel") is None:
            cells.append((cell, column, span, continued))
        column += span
    return cells


def _number(text: str | None, default: int) -> int:
    """A small count; absurd ones (a damaged or hostile span) count as the default."""
    return int(text) if text and text.isdecimal() and len(text) < 4 else default


def cell_text(cell: Element, page: Page) -> str:
    """A cell's paragraphs in one line, parted by spaces; tables inside it too."""
    parts = []
    for block in _paragraphs(cell):
        boxes: list[Element] = []
        label = page.numbering.label(child(block, "pPr"))
        parts.append(label + tidy("".join(_inline(block, page, boxes))))
        parts.extend(tidy("".join(_inline(p, page, []))) for box in boxes for p in _paragraphs(box))
    return " ".join(" ".join(parts).split())


def _paragraphs(element: Element) -> Iterator[Element]:
    for item in element:
        if local(item) == "p":
            yield item
        elif local(item) not in _DELETED:
            yield from _paragraphs(item)
