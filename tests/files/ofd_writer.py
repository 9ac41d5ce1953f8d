"""A small OFD writer (GB/T 33190-2016): the text and rules of a pdf, where the pdf has them."""

import itertools
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pdfplumber

MM = 25.4 / 72
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
OFD = """<?xml version="1.0" encoding="UTF-8"?>
<ofd:OFD {ns} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>
<ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID><ofd:Title>{title}</ofd:Title>
<ofd:Author>{author}</ofd:Author><ofd:CreationDate>2022-05-20</ofd:CreationDate></ofd:DocInfo>
<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"""
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<ofd:Document {ns}><ofd:CommonData><ofd:MaxUnitID>1</ofd:MaxUnitID>
<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>
<ofd:Pages>{pages}</ofd:Pages></ofd:Document>"""
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<ofd:Page {ns}><ofd:Area><ofd:PhysicalBox>0 0 {width:.2f} {height:.2f}</ofd:PhysicalBox></ofd:Area>
<ofd:Content><ofd:Layer Type="Body" ID="1">
{objects}
</ofd:Layer></ofd:Content></ofd:Page>"""


def write_ofd(pdf: Path, path: Path) -> None:
    """One OFD page for each page of `pdf`."""
    with pdfplumber.open(pdf) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        info = source.metadata
        heading = {"title": escape(info.get("Title", "")), "author": escape(info.get("Author", ""))}
        put(package, "OFD.xml", OFD.format(ns=NAMESPACE, **heading))
        entries = []
        for number, page in enumerate(source.pages):
            location = f"Pages/Page_{number}/Content.xml"
            entries.append(f'<ofd:Page ID="{number + 10}" BaseLoc="{location}"/>')
            put(package, f"Doc_0/{location}", page_xml(page))
        put(package, "Doc_0/Document.xml", DOCUMENT.format(ns=NAMESPACE, pages="".join(entries)))


def put(package: zipfile.ZipFile, name: str, text: str) -> None:
    """One part with a fixed date, so that the same plan gives the same bytes."""
    info = zipfile.ZipInfo(name, (2022, 5, 20, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(info, text)


def page_xml(page: pdfplumber.page.Page) -> str:
    """A page's lines as text objects and its rules as path objects, in millimetres from the top left."""
    objects = []
    for number, line in enumerate(page.extract_text_lines(return_chars=True, x_tolerance=20), start=100):
        objects += text_objects(line["chars"], number * 100)
    for number, edge in enumerate(page.edges, start=2):
        x, y = edge["x0"] * MM, edge["top"] * MM
        w, h = (edge["x1"] - edge["x0"]) * MM, (edge["bottom"] - edge["top"]) * MM
        data = f"M 0 0 L {w:.3f} {h:.3f}"
        objects.append(
            f'<ofd:PathObject ID="{number}" Boundary="{x:.3f} {y:.3f} {max(w, 0.1):.3f} {max(h, 0.1):.3f}"'
            f' LineWidth="0.18"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
        )
    size = {"width": float(page.width) * MM, "height": float(page.height) * MM}
    return PAGE.format(ns=NAMESPACE, objects="\n".join(objects), **size)


def text_objects(chars: list[dict], number: int) -> list[str]:
    """One text object for each run of characters that stand side by side."""
    runs: list[list[dict]] = []
    for char in chars:
        if runs and char["x0"] - runs[-1][-1]["x1"] < char["size"] * 0.5:
            runs[-1].append(char)
        else:
            runs.append([char])
    return [text_object(run, number + count) for count, run in enumerate(runs)]


def text_object(run: list[dict], number: int) -> str:
    """One text object; its baseline stands at 88 % of the line's height, as in most Chinese fonts."""
    first, last, size = run[0], run[-1], run[0]["size"] * MM
    x, y = first["x0"] * MM, first["top"] * MM
    width, height = last["x1"] * MM - x, first["height"] * MM
    starts = [x for char in run for x in evenly(char["x0"] * MM, char["x1"] * MM, len(char["text"]))]
    steps = " ".join(f"{b - a:.3f}" for a, b in itertools.pairwise(starts))
    text = "".join(char["text"] for char in run)
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{x:.3f} {y:.3f} {width:.3f} {height:.3f}" Font="3"'
        f' Size="{size:.3f}"><ofd:TextCode X="0" Y="{height * 0.88:.3f}" DeltaX={quoteattr(steps)}>'
        f"{escape(text)}</ofd:TextCode></ofd:TextObject>"
    )


def evenly(low: float, high: float, count: int) -> list[float]:
    """Where `count` characters that share one glyph begin."""
    return [low + (high - low) * index / count for index in range(count)]
