"""Make the sample files of this folder anew: `python tests/files/make.py` (needs LibreOffice).

The Nanchang plan of data/corpus as an office would hold it: docx with real tables, styles, a header
and page numbers; pdf and doc that LibreOffice makes of it; a scan (its pages as slightly tilted,
noisy pictures); a government web page; an ofd whose text stands where the pdf has it. A short notice with
merged cells comes in every format, for tests that need many files or many formats.
"""

import random
import subprocess
import sys
import tempfile
from itertools import groupby
from pathlib import Path

import docx
import pypdfium2
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt
from ofd_writer import write_ofd
from PIL import Image, ImageFilter

HERE = Path(__file__).parent
PLAN = HERE.parents[1] / "data/corpus/nanchang-2022-elder-care-plan.txt"
FONT = "Noto Serif CJK SC"
LINE = 28  # characters
SCAN_PAGES = range(9, 11)  # the table of main targets, over two pages


def blocks(text: str) -> list[list[str]]:
    """The plan as paragraphs (one line) and tables (lines with two tabs, at least three of them)."""
    found: list[list[str]] = []
    for is_row, lines in groupby(
        text.split("\n"), key=lambda line: line.count("\t") == 2 and "\t- " not in line
    ):
        rows = [line for line in lines if line.strip()]
        found += (
            [rows]
            if is_row and len(rows) > 2 and len(rows[0].split("\t")[0]) > 1
            else [[row] for row in rows]
        )
    return found


def make_docx(path: Path, text: str) -> None:
    """The plan laid out after GB/T 9704: 22 lines of 28 characters a page."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section.header.paragraphs[0].text = "南昌市人民政府办公室文件"
    add_page_number(section.footer.paragraphs[0])
    document.core_properties.title = "南昌市养老服务体系建设“十四五”规划"
    document.core_properties.author = "南昌市人民政府办公室"
    goes_on = False
    for block in blocks(text):
        if len(block) == 1:
            add_paragraph(document, block[0], goes_on)
        else:
            add_table(document, [row.split("\t") for row in block])
        goes_on = len(block[-1]) > LINE and block[-1][-1].isalpha()
    document.save(path)


def add_page_number(paragraph: "docx.text.paragraph.Paragraph") -> None:
    """The page's number between dashes, as GB/T 9704 has it."""
    paragraph.add_run("— ")
    for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)
    paragraph.add_run(" —")


def add_paragraph(document: "docx.document.Document", line: str, goes_on: bool) -> None:
    """A chapter or section heading, or a paragraph with its first line indented by two characters.

    goes_on: the text broke the paragraph before in the middle of a word; paper would not indent the rest.
    """
    if (
        len(line) < 30
        and line.startswith(("第一", "第二", "第三", "第四", "第五", "第六"))
        and "\t" not in line
    ):
        paragraph = document.add_paragraph(style="Heading 1" if "章" in line[:4] else "Heading 2")
        run = paragraph.add_run(line)
        run.font.name, run.font.size = FONT, Pt(16)
        run._r.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        return
    paragraph = document.add_paragraph(line)
    paragraph.paragraph_format.first_line_indent = Pt(32) if len(line) > LINE and not goes_on else None
    paragraph.paragraph_format.space_after = Pt(0)


def add_table(document: "docx.document.Document", rows: list[list[str]]) -> None:
    """A ruled table."""
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def convert(source: Path, suffix: str, folder: Path) -> Path:
    """The file as LibreOffice converts it."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", suffix]
        subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True)
    return folder / f"{source.stem}.{suffix.split(':')[0]}"


def make_scan(pdf: Path, path: Path, pages: range, dpi: int = 150) -> None:
    """Pages of a pdf as a scanner would give them: grey, tilted by up to half a degree, specked."""
    source = pypdfium2.PdfDocument(pdf)
    images = []
    for number in pages:
        dice = random.Random(number)
        image = source[number].render(scale=dpi / 72, grayscale=True).to_pil()
        image = image.rotate(dice.uniform(-0.5, 0.5), Image.Resampling.BICUBIC, fillcolor=255)
        noise = Image.effect_noise(image.size, 30).point(lambda v: max(0, v - 96) // 4)
        images.append(Image.eval(Image.blend(image, noise, 0.08), lambda v: min(255, v * 12 // 11)))
        images[-1] = images[-1].filter(ImageFilter.GaussianBlur(0.4))
    images[0].save(path, "PDF", save_all=True, append_images=images[1:], resolution=dpi, quality=55)


def make_html(path: Path, text: str) -> None:
    """A page as government sites serve it: meta tags, menus, an information table, the body, a footer."""
    body = []
    for block in blocks(text):
        if len(block) == 1:
            body.append(f'<p style="text-indent: 2em;">{block[0]}</p>')
        else:
            rows = "".join(
                "<tr>" + "".join(f"<td>{c}</td>" for c in row.split("\t")) + "</tr>\n" for row in block
            )
            body.append(f'<table border="1"><tbody>{rows}</tbody></table>')
    template = (HERE / "page.template.html").read_text("utf-8")
    path.write_text(template.replace("{{body}}", "\n".join(body)), "utf-8")


NOTICE = (
    "丰城市人民政府办公室文件",
    "丰府办发〔2024〕7号",
    "丰城市推动大规模设备更新实施方案",
    "为贯彻落实《江西省推动大规模设备更新实施方案》（赣府发〔2024〕9号），结合我市实际，制定本方案。",
    "一、主要目标",
    "到2027年，工业领域设备投资规模较2023年增长25%以上，规模以上工业企业数字化研发设计工具普及率达到90%，"
    "单位产值能耗降低0.8‰。",
)
TARGETS = (
    ("领域", "指标", "2025年", "2027年"),
    ("工业", "设备投资增速（%）", "12", "25"),
    ("工业", "关键工序数控化率（%）", "70", "75"),
    ("交通", "新能源公交车占比（%）", "80", "100"),
)


CLOSING = "本方案自印发之日起施行，有效期至2027年12月31日。"


def make_notice(folder: Path) -> None:
    """A one-page notice with a table whose first column is merged, in every format."""
    document = docx.Document()
    for line in NOTICE:
        document.add_paragraph().add_run(line).font.size = Pt(14)
    table = document.add_table(len(TARGETS), 4, style="Table Grid")
    for row, texts in zip(table.rows, TARGETS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(2, 0).text = ""
    table.cell(1, 0).merge(table.cell(2, 0)).text = "工业"
    document.add_paragraph().add_run(CLOSING).font.size = Pt(14)
    path = folder / "notice.docx"
    document.save(path)
    pdf = convert(path, "pdf", folder)
    write_ofd(pdf, folder / "notice.ofd")
    for suffix in ("doc:MS Word 97", "rtf", "odt"):
        convert(path, suffix, folder)
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=100 / 72, grayscale=True).to_pil()
    page.crop((0, 0, page.width, page.height // 2)).convert("P", colors=8).save(
        folder / "notice.png", optimize=True
    )
    cells = [f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in TARGETS]
    cells[1] = cells[1].replace("<td>工业", '<td rowspan="2">工业')
    cells[2] = cells[2].replace("<td>工业</td>", "")
    body = "".join(f"<p>{line}</p>" for line in NOTICE) + f"<table>{''.join(cells)}</table><p>{CLOSING}</p>"
    page_html = f'<html><head><meta charset="gb2312"></head><body><div>{body}</div></body></html>'
    (folder / "notice.html").write_bytes(page_html.encode("gb18030"))
    (folder / "notice.txt").write_bytes("\r\n".join((*NOTICE, CLOSING)).encode("gb18030"))


def make_all(folder: Path, pages: range | None) -> None:
    """Every sample of the plan in one folder; pages: those of the scan, all when None."""
    text = PLAN.read_text("utf-8")
    make_notice(folder)
    plan = folder / "nanchang.docx"
    make_docx(plan, text)
    pdf = convert(plan, "pdf", folder)
    make_html(folder / "nanchang.html", text)
    write_ofd(pdf, folder / "nanchang.ofd")
    make_scan(pdf, folder / "nanchang-scan.pdf", pages or range(len(pypdfium2.PdfDocument(pdf))))


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    target.mkdir(parents=True, exist_ok=True)
    make_all(target, SCAN_PAGES if target == HERE else None)
