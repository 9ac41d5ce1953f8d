"""Each format read back by a library that did not write it, hostile words and all."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import datetime

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import etree, html

from kg.cli import main
from kg.errors import UsageError
from kg.report import FORMATS, render
from kg.report.content import compose
from kg.report.material import Material, Scope, gather
from kg.report.parts import Report
from kg.store import write
from tests import graph_fixtures
from tests.corpus_graph import corpus, corpus_graph

DAY = "2026-01-31"
#: words that a page, a spreadsheet or a Markdown reader could take for something else
HOSTILE = "=HYPERLINK(\"http://x\")<script>alert('x')</script>|*_`\x0b\ud83d{{ 7*7 }}"


@pytest.fixture(scope="module")
def report() -> Report:
    return compose(gather(corpus_graph(), Scope(lower="xihu")), "zh", DAY)


@pytest.fixture(scope="module")
def hostile() -> Report:
    """A report in which every word that a document gives is hostile."""
    documents = {
        each.doc: replace(each, title=HOSTILE, doc_number=HOSTILE, jurisdiction=HOSTILE, file=HOSTILE)
        for each in graph_fixtures.documents()
    }
    findings = []
    for each in graph_fixtures.knowledge().findings:
        sides = [
            replace(side, indicator=HOSTILE, quote=HOSTILE, section=(HOSTILE,), unit=HOSTILE)
            if side
            else None
            for side in (each.upper, each.lower)
        ]
        findings.append(
            replace(each, upper=sides[0], lower=sides[1], explanation=HOSTILE, notes=(HOSTILE,), gap=HOSTILE)
        )
    knowledge = graph_fixtures.knowledge()
    duties = [
        replace(duty, task=HOSTILE, agencies=tuple(replace(role, name=HOSTILE) for role in duty.agencies))
        for duty in knowledge.assignments
    ]
    targets = [replace(each, indicator=HOSTILE, quote=HOSTILE, unit=HOSTILE) for each in knowledge.quantities]
    return compose(
        Material(
            lowers=("district",),
            documents=documents,
            findings=tuple(findings),
            quantities=tuple(targets),
            concept_of=knowledge.concept_of,
            assignments=tuple(duties),
            governs=knowledge.governs[:1],
        ),
        "zh",
        DAY,
    )


# ---------------------------------------------------------------- all formats


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_same_input_gives_the_same_bytes(ending, lang, report):
    material = gather(corpus_graph(), Scope(lower="xihu"))
    one, other = (render(compose(each, lang, DAY), ending) for each in (report.material, material))
    assert one == other


@pytest.mark.parametrize("ending", FORMATS)
def test_without_a_date_there_is_none_in_the_file(ending, report):
    content = render(compose(report.material), ending)
    year = str(datetime.now().year).encode()
    assert f"日期 {year.decode()}".encode() not in content
    if ending in (".docx", ".xlsx"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_an_unknown_format_is_refused(report):
    with pytest.raises(UsageError, match="no such format"):
        render(report, ".pdf")


# ---------------------------------------------------------------- html


def page(report: Report):
    return html.document_fromstring(render(report, ".html"))


def test_the_page_holds_every_finding_with_both_quotes(report):
    made = page(report)
    assert len(set(made.xpath("//*[@id]/@id"))) == len(made.xpath("//*[@id]/@id"))
    for entry in report.entries:
        (box,) = made.xpath(f'//*[@id="{entry.id}"]')
        text = box.text_content()
        for side in filter(None, (entry.upper, entry.lower)):
            assert side.quote in text
            assert f"{side.doc}[{side.start}:{side.end}]" in text
            assert side.title in text


def test_the_page_is_whole_in_itself(report):
    made = page(report)
    assert not made.xpath("//script | //link | //img | //iframe | //@onclick | //@onload")
    outside = [at for at in made.xpath("//@href | //@src") if not at.startswith("#")]
    assert outside == []
    assert "url(" not in "".join(made.xpath("//style/text()"))
    assert made.xpath('//meta[@http-equiv="Content-Security-Policy"]')


def test_the_page_says_date_version_hash_and_method(report):
    text = page(report).text_content()
    for said in (DAY, f"policy-kg {report.version}", report.digest, *report.method, *report.summary):
        assert said in text


def test_hostile_words_stay_text_on_the_page(hostile):
    made = page(hostile)
    assert not made.xpath("//script | //img")
    text = made.text_content()
    assert "<script>alert('x')</script>" in text
    assert "{{ 7*7 }}" in text
    assert "49" not in {each.strip() for each in made.xpath("//h3//text()")}


def test_every_picture_is_well_formed_and_escaped(hostile):
    content = render(hostile, ".html").decode()
    pictures = re.findall(r"<svg .*?</svg>", content, re.DOTALL)
    assert pictures
    for picture in pictures:
        assert etree.fromstring(picture).tag.endswith("svg")


# ---------------------------------------------------------------- docx


def word(report: Report):
    return docx.Document(io.BytesIO(render(report, ".docx")))


def everything(document) -> str:
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def test_the_document_has_the_page_of_the_standard(report):
    section = word(report).sections[0]
    sizes = section.page_width, section.page_height, section.top_margin, section.left_margin
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 28]
    assert round(section.page_width.mm - section.left_margin.mm - section.right_margin.mm) == 156


def test_headings_are_headings_and_numbered(report):
    made = word(report)
    headings = [p.text for p in made.paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == "一、摘要"
    assert [text.partition("、")[0] for text in headings] == [
        "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"
    ][: len(headings)]  # fmt: skip
    assert [p.text for p in made.paragraphs if p.style.name == "Title"] == ["规划对照报告"]


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Normal", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
    ],
)
def test_fonts_are_those_of_the_standard_with_free_ones_to_fall_back_on(report, style, font, points):
    made = word(report)
    chosen = made.styles[style]
    assert chosen.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert chosen.font.size.pt == points
    parts = [part for part in made.part.package.iter_parts() if "fontTable" in part.partname]
    assert f'w:name="{font}"><w:altName' in parts[0].blob.decode()


def test_pages_are_numbered_outside(report):
    made = word(report)
    section = made.sections[0]
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in [node.text for node in footer._element.iter(qn("w:instrText"))]
        assert footer.paragraphs[0].text.replace(" ", "") == "——"
    assert made.settings.odd_and_even_pages_header_footer


def test_the_document_holds_every_finding_with_both_quotes(report):
    text = everything(word(report))
    for entry in report.entries:
        for side in filter(None, (entry.upper, entry.lower)):
            assert side.quote in text
            assert f"{side.doc}[{side.start}:{side.end}]" in text


def test_the_heads_of_long_tables_repeat_and_rows_stay_whole(report):
    made = word(report)
    long = [table for table in made.tables if len(table.rows) > 5]
    assert long
    for table in long:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_hostile_words_stay_text_in_the_document(hostile):
    assert "<script>alert('x')</script>" in everything(word(hostile))


# ---------------------------------------------------------------- xlsx


def book(report: Report):
    return openpyxl.load_workbook(io.BytesIO(render(report, ".xlsx")))


def test_the_sheets_hold_as_many_rows_as_there_are_records(report):
    made = book(report)
    material = report.material
    targets = [each for each in material.quantities if each.class_ in ("target", "standard")]
    duties = sum(len(each.agencies) for each in material.assignments)
    rows = {name: made[name].max_row - 1 for name in made.sheetnames[:4]}
    assert rows == {
        "结论": len(material.findings),
        "指标": len(targets),
        "任务分工": duties,
        "缺少的文件": len(material.missing),
    }


def test_heads_are_frozen_and_every_column_can_be_filtered(report):
    made = book(report)
    for name in made.sheetnames[:4]:
        sheet = made[name]
        assert sheet.freeze_panes == "B2"
        assert (
            sheet.auto_filter.ref == f"A1:{openpyxl.utils.get_column_letter(sheet.max_column)}{sheet.max_row}"
        )


def test_numbers_are_numbers(report):
    sheet = book(report)["指标"]
    head = [cell.value for cell in sheet[1]]
    values = [row[head.index("数值")] for row in sheet.iter_rows(min_row=2, values_only=True)]
    wanted = [each.value for each in report.material.quantities if each.class_ in ("target", "standard")]
    assert [value is None for value in values] == [value is None for value in wanted]
    assert all(isinstance(value, (int, float)) for value in values if value is not None)
    assert [float(value) for value in values if value is not None] == [
        float(value) for value in wanted if value is not None
    ]


def test_a_value_asked_is_a_number_that_reads_as_it_was_said(report):
    sheet = book(report)["结论"]
    head = [cell.value for cell in sheet[1]]
    (cell,) = [row[head.index("上位数值")] for row in sheet.iter_rows(min_row=2) if row[0].value == "滞后"]
    assert (cell.value, cell.number_format) == (100, '""General"%"')


@pytest.mark.parametrize("which", ["report", "hostile"])
def test_nothing_is_a_formula_or_a_link(which, request):
    made = book(request.getfixturevalue(which))
    cells = [cell for sheet in made for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    if which == "hostile":
        assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


# ---------------------------------------------------------------- markdown, json


def test_hostile_words_stay_text_in_markdown(hostile):
    text = render(hostile, ".md").decode()
    assert not re.search(r"(?<!\\)<script", text)
    tables = [block for block in re.split(r"\n(?!\|)", text) if block.startswith("|") or "\n|" in block]
    assert tables
    for table in tables:
        rows = [line for line in table.splitlines() if line.startswith("|")]
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1, "no word breaks a row"


def test_json_holds_the_report(report):
    made = json.loads(render(report, ".json"))
    assert made["digest"] == report.digest
    assert made["counts"] == {verdict: n for verdict, _, n in report.counts}
    assert [row["id"] for row in made["findings"]] == [entry.id for entry in report.entries]
    late = next(row for row in made["findings"] if row["verdict"] == "late")
    assert (late["upper"]["value"], late["lower"]["value"], late["gap_value"]) == (100, 100, 3.0)
    assert late["upper"]["number"] == "洪府办发〔2022〕26号"
    assert len(made["targets"]) + len(made["duties"]) > 100


def test_json_keeps_what_a_damaged_file_holds(hostile):
    made = json.loads(render(hostile, ".json"))
    assert made["findings"][0]["upper"]["quote"] == HOSTILE


# ---------------------------------------------------------------- the command


def test_the_command_writes_every_format(tmp_path, capsys):
    write(*corpus(), tmp_path / "graph")
    where = ["--graph", str(tmp_path), "--lower", "xihu", "--date", DAY]
    files = [tmp_path / f"report{ending}" for ending in FORMATS]
    assert main(["report", *where, *(part for file in files for part in ("--out", str(file)))]) == 0
    assert capsys.readouterr().out.split() == [str(file) for file in files]
    assert all(file.stat().st_size > 1000 for file in files)
    assert main(["report", *where]) == 0
    assert capsys.readouterr().out == (tmp_path / "report.md").read_text("utf-8")


def test_wrong_use_of_the_command_is_told(tmp_path, capsys):
    write(graph_fixtures.knowledge(), {}, tmp_path / "graph")
    for wrong in (["--lower", "nowhere"], ["--date", "today"], ["--out", str(tmp_path / "none" / "x.html")]):
        assert main(["report", "--graph", str(tmp_path), *wrong]) == 2
        assert capsys.readouterr().err.startswith("错误 error")
