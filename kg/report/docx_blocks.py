"""Paragraphs and tables of a Word document, written as WordprocessingML at once.

python-docx looks a style up in all styles for every paragraph and a cell in all cells; a report of two
hundred plans has ten thousand of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import Verdict
from kg.report.svg import COLOURS
from kg.report.words import printable

#: twentieths of a point in a millimetre
_TWIPS = 1440 / 25.4
_GREY = "666666"
TABLE_TEXT = "TableText"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one look."""

    text: str
    bold: bool = False
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its paragraphs, the columns it spans, the verdict whose colour it takes."""

    paragraphs: tuple[tuple[Run, ...], ...]
    span: int = 1
    verdict: Verdict | None = None
    centred: bool = False


def cell(
    text: str, *, bold: bool = False, span: int = 1, verdict: Verdict | None = None, centred: bool = False
) -> Cell:
    """A cell of plain text, a paragraph a line."""
    return Cell(tuple((Run(line, bold),) for line in text.split("\n")), span, verdict, centred)


def add_paragraph(document: Any, text: str, style: str) -> None:
    """A paragraph at the end of the document; style: its id, not its name."""
    _append(document, _paragraph((Run(text),), style))


def add_table(
    document: Any,
    widths: Sequence[float],
    rows: Iterable[Sequence[Cell]],
    *,
    head: bool = True,
    together: bool = False,
) -> None:
    """A ruled table with fixed widths (mm) and a little space after it.

    head: the first row stands again on every page. together: the whole table stays on one page.
    """
    from docx.oxml import OxmlElement

    table = OxmlElement("w:tbl")
    properties = _child(table, "w:tblPr")
    _child(properties, "w:tblStyle", val="TableGrid")
    _child(properties, "w:tblW", w=str(_twips(sum(widths))), type="dxa")
    _child(properties, "w:tblLayout", type="fixed")
    grid = _child(table, "w:tblGrid")
    for width in widths:
        _child(grid, "w:gridCol", w=str(_twips(width)))
    for number, row in enumerate(rows):
        table.append(_row(row, widths, repeated=head and number == 0, together=together))
    _append(document, table)
    add_paragraph(document, "", "Caption")


def _row(row: Sequence[Cell], widths: Sequence[float], *, repeated: bool, together: bool) -> Any:
    """One row, never torn in two by the end of a page."""
    from docx.oxml import OxmlElement

    line = OxmlElement("w:tr")
    properties = _child(line, "w:trPr")
    _child(properties, "w:cantSplit")
    if repeated:
        _child(properties, "w:tblHeader")
    at = 0
    for each in row:
        line.append(_cell(each, sum(widths[at : at + each.span]), together=together))
        at += each.span
    return line


def _cell(content: Cell, width: float, *, together: bool) -> Any:
    from docx.oxml import OxmlElement

    box = OxmlElement("w:tc")
    properties = _child(box, "w:tcPr")
    _child(properties, "w:tcW", w=str(_twips(width)), type="dxa")
    if content.span > 1:
        _child(properties, "w:gridSpan", val=str(content.span))
    ink = ""
    if content.verdict:
        ground, ink = COLOURS[content.verdict]
        _child(properties, "w:shd", val="clear", color="auto", fill=ground.removeprefix("#"))
    for runs in content.paragraphs:
        box.append(
            _paragraph(runs, TABLE_TEXT, ink=ink.removeprefix("#"), centred=content.centred, keep=together)
        )
    return box


def _paragraph(
    runs: Iterable[Run], style: str, *, ink: str = "", centred: bool = False, keep: bool = False
) -> Any:
    from docx.oxml import OxmlElement

    paragraph = OxmlElement("w:p")
    properties = _child(paragraph, "w:pPr")
    _child(properties, "w:pStyle", val=style)
    if keep:
        _child(properties, "w:keepNext")
    if centred:
        _child(properties, "w:jc", val="center")
    for run in runs:
        if run.text:
            paragraph.append(_run(run, ink))
    return paragraph


def _run(run: Run, ink: str) -> Any:
    """One run; the line breaks in it as breaks."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement("w:r")
    properties = _child(made, "w:rPr")
    if run.bold:
        _child(properties, "w:b")
    if colour := (_GREY if run.grey else ink):
        _child(properties, "w:color", val=colour)
    for number, line in enumerate(printable(run.text).split("\n")):
        if number:
            _child(made, "w:br")
        text = _child(made, "w:t")
        text.text = line
        text.set(qn("xml:space"), "preserve")
    return made


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    parent.append(made)
    return made


def _append(document: Any, block: Any) -> None:
    """Before the section's properties, which end the body."""
    document.element.body.sectPr.addprevious(block)


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS)
