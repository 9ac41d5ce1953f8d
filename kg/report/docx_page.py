"""The page of an official document after GB/T 9704-2012: size, styles, fonts, page numbers, packing.

A4; 37 mm above, 28 mm on the left, a type area of 156 × 225 mm; title 方正小标宋 二号, headings 黑体 and
楷体 三号, body 仿宋 三号 at 28 points; page numbers 四号 between dashes on the outer side.
"""

import io
import zipfile
from datetime import datetime
from typing import Any

from kg.report.docx_blocks import TABLE_TEXT
from kg.report.words import printable

#: font of the standard → a free font that programs may take instead
FONTS = {
    "方正小标宋简体": "Noto Serif CJK SC",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "Noto Sans CJK SC",
}
TITLE, BODY, KAI, HEI = FONTS
#: style → (font, size in points, line in points, bold)
STYLES = {
    "Title": (TITLE, 22, 34, False),
    "Subtitle": (KAI, 16, 28, False),
    "Heading 1": (HEI, 16, 28, False),
    "Heading 2": (KAI, 16, 28, False),
    "Heading 3": (BODY, 12, 20, True),
    "Normal": (BODY, 16, 28, False),
    "Caption": (BODY, 10.5, 14, False),
    "Table Text": (BODY, 10.5, 14, False),
}
#: characters that a property of the file may have
_PROPERTY = 255
_EPOCH = datetime(2000, 1, 1)
_STAMP = (1980, 1, 1, 0, 0, 0)


def new_document() -> Any:
    """An empty document with the page and the styles of the standard."""
    from docx import Document
    from docx.shared import Mm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    _dress(document)
    _page_numbers(document, section)
    _substitutes(document)
    return document


def describe(
    document: Any, *, title: str, subject: str, author: str, comments: str, date: str | None
) -> None:
    """What the file says of itself; without a date a fixed one, never the clock's."""
    core = document.core_properties
    core.title, core.subject, core.comments = title, printable(subject)[:_PROPERTY], comments
    core.author = core.last_modified_by = author
    core.created = core.modified = datetime.fromisoformat(date) if date else _EPOCH


def packed(document: Any) -> bytes:
    """The document's bytes with the clock taken out of the package: made again, it is the same file."""
    made, whole = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(name))
    return whole.getvalue()


def _dress(document: Any) -> None:
    """Fonts, sizes, line spacing and indents of every style; Chinese as the language of Han characters."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    assert made.style_id == TABLE_TEXT
    for name, (font, size, line, bold) in STYLES.items():
        style = document.styles[name]
        _font(style, font, size, bold)
        _spacing(style, size, line)
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    defaults.append(language)


def _spacing(style: Any, size: float, line: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt

    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    indented = style.name in ("Normal", "Heading 1", "Heading 2")
    form.first_line_indent = Pt(2 * size if indented else 0)
    if style.name in ("Title", "Subtitle", "Caption"):
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if style.name == "Normal" else WD_ALIGN_PARAGRAPH.LEFT
    form.keep_with_next = style.name.startswith("Heading")


def _font(style: Any, font: str, size: float, bold: bool) -> None:
    """One face for Han characters; Western letters in Times New Roman, as offices do."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.name, style.font.color.rgb = "Times New Roman", RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), font)
    for tag in ("w:spacing", "w:kern"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    paragraph = style.element.pPr
    for border in paragraph.findall(qn("w:pBdr")) if paragraph is not None else ():
        paragraph.remove(border)


def _page_numbers(document: Any, section: Any) -> None:
    """— 1 — in 四号: odd pages right, even pages left, one character in from the edge."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        form = paragraph.paragraph_format
        form.first_line_indent, form.left_indent, form.right_indent = Pt(0), Pt(14), Pt(14)
        for text in ("— ", None, " —"):
            run = paragraph.add_run(text)
            run.font.size = Pt(14)
            if text is None:
                _page_field(run)


def _page_field(run: Any) -> None:
    """A field that the reader fills with the number of the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", None, "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = "PAGE"
        run._r.append(element)


def _substitutes(document: Any) -> None:
    """Name a free font for each font of the standard, in the document's own table of fonts."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from lxml import etree

    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    fonts = etree.fromstring(part.blob)
    main = fonts.nsmap["w"]
    for name, other in FONTS.items():
        font = etree.SubElement(fonts, f"{{{main}}}font", {f"{{{main}}}name": name})
        for tag, value in (("altName", other), ("charset", "86"), ("family", "roman"), ("pitch", "variable")):
            etree.SubElement(font, f"{{{main}}}{tag}", {f"{{{main}}}val": value})
    part._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)
