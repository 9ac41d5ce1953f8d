"""The files a build read: found where there is one of that name, their pages only as long as they read the same."""

from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kg import queries
from kg.build import build, text_of
from kg.explorer.originals import original, page_image
from kg.store import open_graph


def write_pdf(path, *pages):
    """One line a page."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path))
    for line in pages:
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(70, 700, line)
        canvas.showPage()
    canvas.save()


@pytest.fixture
def built(tmp_path):
    """A folder of a pdf of two pages and two files of one name, and its build."""
    plans = tmp_path / "plans"
    for name in ("a", "b"):
        (plans / name).mkdir(parents=True)
        (plans / name / "same.txt").write_text(f"{name}市养老规划\n到2025年，床位达到5万张。\n", "utf-8")
    (plans / "heat.txt").write_text("丙市供热规划\n到2025年，供热普及率达到90%。\n", "utf-8")
    write_pdf(plans / "water[1].pdf", "金昌市节水规划", "到2025年，灌溉水有效利用系数提高到0.62。")
    build([plans], tmp_path / "build")
    return tmp_path


def plan_and_fact(built, ending=".pdf"):
    source = open_graph(str(built / "build"))
    plan = next(
        each for each in queries.documents(source) if each.file in (f"water[1]{ending}", f"heat{ending}")
    )
    return plan, next(each for each in queries.quantities(source, plan.doc))


def test_a_file_is_found_by_its_name_where_only_one_has_it(built):
    where = str(built / "build")
    assert original(where, "water[1].pdf") == built / "plans" / "water[1].pdf"
    assert original(where, "same.txt") is None
    assert original(where, "nothing.txt") is None
    assert original("http://127.0.0.1:1", "water[1].pdf") is None


def test_the_page_of_a_fact_is_drawn(built):
    plan, fact = plan_and_fact(built)
    where = built / "build"
    number, picture = page_image(str(where), plan, fact.start, text_of(where, plan.doc))
    assert number == 2
    assert picture.startswith(b"\x89PNG")


def test_no_page_is_shown_of_a_file_that_reads_otherwise_now(built):
    plan, fact = plan_and_fact(built)
    where = built / "build"
    text = text_of(where, plan.doc)
    write_pdf(built / "plans" / plan.file, "金昌市节水规划（修订）", "另一页", "到2025年，系数提高到0.70。")
    assert page_image(str(where), plan, fact.start, text) is None
    Path(built / "plans" / plan.file).unlink()
    assert page_image(str(where), plan, fact.start, text) is None


def test_a_text_has_no_pages(built):
    plan, fact = plan_and_fact(built, ".txt")
    where = built / "build"
    assert original(str(where), plan.file)
    assert page_image(str(where), plan, fact.start, text_of(where, plan.doc)) is None
