import zlib

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kg.errors import DocumentError
from kg.limits import Limits
from kg.readers import read
from kg.readers.pdf import read_pdf
from kg.readers.recognise import find_recogniser

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def draw(path, paint, size=A4, **options):
    """A pdf whose pages `paint` draws on a canvas with a Chinese font set."""
    canvas = Canvas(str(path), pagesize=size, **options)
    canvas.setFont("STSong-Light", 16)
    paint(canvas)
    canvas.save()
    return path


def lines_of(path):
    return read_pdf(path, "x.pdf", Limits()).characters.split("\n")[:-1]


def test_lines_and_places(tmp_path):
    path = draw(
        tmp_path / "a.pdf", lambda c: (c.drawString(80, 700, "养老服务"), c.drawString(80, 670, "达到60%"))
    )
    text = read_pdf(path, "a.pdf", Limits())
    assert text.characters == "养老服务\n达到60%\n"
    place = text.anchor_at(text.characters.index("60%"))
    assert (place.label, place.page) == ("第1页", 1)
    left, top, right, _ = place.box
    assert 0.13 < left < 0.14 < right < 0.3
    assert 0.17 < top < 670 / 842 < 1 - top


def test_a_page_shown_turned_is_read_as_shown(tmp_path):
    """Wide tables stand on pages that are stored upright and shown turned by a quarter."""

    def paint(canvas):
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.drawString(80, -120, "指标体系")
        canvas.drawString(80, -150, "第二行")

    text = read_pdf(draw(tmp_path / "a.pdf", paint), "a.pdf", Limits())
    assert text.characters == "指标体系\n第二行\n"
    left, top, right, bottom = text.places[0].box
    assert 0.12 < left < right < 0.25, "shown as read: the box counts from the same corner"
    assert 0.12 < top < bottom < 0.16


def test_text_drawn_sideways_is_read_sideways(tmp_path):
    def paint(canvas):
        canvas.rotate(90)
        for i, text in enumerate(["附件一", "指标体系", "第三行"]):
            canvas.drawString(80, -120 - 30 * i, text)

    text = read_pdf(draw(tmp_path / "a.pdf", paint), "a.pdf", Limits())
    assert text.characters == "附件一\n指标体系\n第三行\n"
    left, top, right, bottom = text.places[0].box
    assert 0.17 < left < right < 0.21, "as shown, the line stands upright near the left edge"
    assert 0.8 < top < bottom < 0.92


def test_a_landscape_page(tmp_path):
    path = draw(tmp_path / "a.pdf", lambda c: c.drawString(400, 300, "横排"), landscape(A4))
    assert lines_of(path) == ["横排"]


TABLE = [("指标", "2025年", "属性"), ("床位占比", "60", "约束性"), ("参保率", "95", "预期性")]


def paint_table(canvas, thick=False):
    for r, row in enumerate(TABLE):
        for c, text in enumerate(row):
            canvas.drawString(90 + 130 * c, 680 - 30 * r, text)
    for i in range(4):
        if thick:
            canvas.rect(80, 705 - 30 * i, 390, 0.8, stroke=0, fill=1)
            canvas.rect(80 + 130 * i, 615, 0.8, 90, stroke=0, fill=1)
        else:
            canvas.line(80, 705 - 30 * i, 470, 705 - 30 * i)
            canvas.line(80 + 130 * i, 615, 80 + 130 * i, 705)


@pytest.mark.parametrize("thick", [False, True], ids=["strokes", "thin filled bars"])
def test_a_ruled_table(tmp_path, thick):
    path = draw(tmp_path / "a.pdf", lambda c: paint_table(c, thick))
    assert [line.split("\t") for line in lines_of(path) if line] == [list(row) for row in TABLE]


def test_a_table_inside_a_form_is_found(tmp_path):
    """Programs that stamp pages put the whole page into a form with a matrix of its own."""

    def paint(canvas):
        canvas.beginForm("page")
        canvas.setFont("STSong-Light", 16)
        paint_table(canvas)
        canvas.endForm()
        canvas.translate(20, -40)
        canvas.doForm("page")

    assert "床位占比\t60\t约束性" in lines_of(draw(tmp_path / "a.pdf", paint))


def test_a_password_is_asked_for(tmp_path):
    path = draw(tmp_path / "a.pdf", lambda c: c.drawString(80, 700, "密"), encrypt="secret")
    with pytest.raises(DocumentError, match="加密"):
        read(path)


def test_too_many_pages(tmp_path):
    path = draw(tmp_path / "a.pdf", lambda c: [c.showPage() for _ in range(5)])
    with pytest.raises(DocumentError, match="页数太多"):
        read_pdf(path, "a.pdf", Limits(pages=4))


def test_metadata_are_hints(tmp_path):
    path = draw(
        tmp_path / "a.pdf", lambda c: (c.setTitle("规划"), c.drawString(80, 700, "养老服务体系建设规划"))
    )
    assert ("Title", "规划") in read_pdf(path, "a.pdf", Limits()).hints


def test_the_nanchang_plan_is_all_there(files):
    """Every character of the txt in its order, headers and page numbers gone, the table in rows."""
    (text,) = read(files / "nanchang.pdf")
    with open(files.parents[1] / "data/corpus/nanchang-2022-elder-care-plan.txt", encoding="utf-8") as stream:
        wanted = "".join(stream.read().split())
    found = "".join(text.characters.split())
    assert found.replace("ئۇ", "ۇئ") == wanted
    assert "\n养老机构护理型床位占比(%)\t60\t约束性指标\n" in text.characters
    assert text.label_at(text.characters.index("养老机构护理型床位占比(%)")) == "第10页表1第4行"


def test_without_ocr_a_scan_is_refused_with_the_remedy(files, monkeypatch):
    monkeypatch.setattr("kg.readers.pdf.find_recogniser", lambda: None)
    with pytest.raises(DocumentError, match=r"pip install 'policy-kg\[ocr\]'"):
        read_pdf(files / "nanchang-scan.pdf", "scan.pdf", Limits())


def test_without_ocr_pages_of_pictures_are_named(files, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.readers.pdf.find_recogniser", lambda: None)

    def paint(canvas):
        canvas.drawString(80, 700, "养老服务体系建设规划")
        canvas.showPage()
        canvas.drawImage(str(files / "notice.png"), 0, 400, 500, 300)

    text = read_pdf(draw(tmp_path / "a.pdf", paint), "a.pdf", Limits())
    assert text.characters == "养老服务体系建设规划\n"
    assert any("第 2 页未能读取" in note for note in text.notes)


@pytest.mark.skipif(find_recogniser() is None, reason="OCR (extra ocr) is not installed")
def test_a_scan_is_recognised_with_table_and_confidence(files):
    (text,) = read(files / "nanchang-scan.pdf")
    assert text.format == "scan"
    assert "养老机构护理型床位占比(%)\t60\t约束性指标\n" in text.characters
    assert "每千名老年人社会工作者配比(‰)\t超过1人\t预期性指标\n" in text.characters
    assert all(place.confidence > 0.9 for place in text.places if place.confidence is not None)
    assert any("由图像识别" in note for note in text.notes)


@pytest.mark.skipif(find_recogniser() is None, reason="OCR (extra ocr) is not installed")
def test_a_picture_is_recognised(files):
    (text,) = read(files / "notice.png")
    assert "单位产值能耗降低0.8‰" in text.characters.replace("\n", "")
    assert "\t关键工序数控化率(%)\t70\t75\n" in text.characters


def test_a_picture_too_large_for_memory_is_refused(tmp_path):
    """A png of 30,000 by 30,000 white points is 100 kB on disk."""

    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    side = (30_000).to_bytes(4, "big")
    picture = chunk(b"IHDR", side + side + b"\x01\x00\x00\x00\x00")
    picture += chunk(b"IDAT", zlib.compress(b"\x00" * 3751 * 300)) + chunk(b"IEND", b"")
    (tmp_path / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + picture)
    with pytest.raises(DocumentError, match=r"像素太多|OCR"):
        read(tmp_path / "bomb.png")
