import pytest

from kg.errors import DocumentError
from kg.limits import Limits
from kg.readers import read
from kg.readers.recognise import find_recogniser


def text_object(text: str, x: float, y: float, more: str = "", code: str = "") -> str:
    """A text object 6 mm high whose first character stands at (x, y)."""
    delta = code or f'DeltaX="g {max(1, len(text) - 1)} 6"'
    return (
        f'<ofd:TextObject Boundary="{x} {y} {len(text) * 6} 8" Size="6" {more}>'
        f'<ofd:TextCode X="0" Y="6" {delta}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return (
        f'<ofd:PathObject Boundary="{x0} {y0} {x1 - x0 + 0.1} {y1 - y0 + 0.1}">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


CASES = [
    pytest.param(text_object("养老服务", 30, 50), "养老服务\n", id="repeated steps"),
    pytest.param(text_object("甲乙丙", 30, 50, code='DeltaX="6 6"'), "甲乙丙\n", id="listed steps"),
    pytest.param(text_object("甲乙丙", 30, 50, code='Z="0"'), "甲乙丙\n", id="steps by width"),
    pytest.param(text_object("后", 42, 50) + text_object("前", 30, 50), "前 后\n", id="order of the page"),
    pytest.param(
        text_object("第二行", 30, 70) + text_object("第一行", 30, 50), "第一行\n第二行\n", id="top to bottom"
    ),
    pytest.param(
        text_object("密", 30, 50, 'Visible="false"') + text_object("明", 30, 70), "明\n", id="invisible"
    ),
    pytest.param(
        f"<ofd:PageBlock>{text_object('块', 30, 50)}</ofd:PageBlock>", "块\n", id="inside a page block"
    ),
    pytest.param(
        text_object("大", 30, 50, 'CTM="2 0 0 2 0 0"') + text_object("字", 42, 53),
        "大字\n",
        id="scaled by its matrix",
    ),
    pytest.param(text_object("⾸⻚", 30, 50), "首页\n", id="radicals"),
]


@pytest.mark.parametrize(("layer", "expected"), CASES)
def test_text_objects(make_ofd, layer, expected):
    (text,) = read(make_ofd(layer))
    assert text.characters == expected


def test_a_ruled_table_even_of_one_text_object_a_row(make_ofd):
    """Converters put a whole row into one object; its characters know their own places."""
    row = text_object("床位60张", 30, 51, code='DeltaX="6 30 6 6"')
    rules = [rule(28, y, 100, y) for y in (50, 60)] + [rule(x, 50, x, 60) for x in (28, 50, 100)]
    (text,) = read(make_ofd(row + "".join(rules)))
    assert text.characters == "床位\t60张\n"


def test_templates_and_composite_objects(make_ofd):
    """Letterheads stand in templates, seals and logos in composite units."""
    common = '<ofd:PublicRes>Res.xml</ofd:PublicRes><ofd:TemplatePage ID="5" BaseLoc="Tpl.xml"/>'
    namespace = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    unit = text_object("单元", 0, 0)
    extra = {
        "Doc_0/Tpl.xml": f"<ofd:Page {namespace}><ofd:Content><ofd:Layer>{text_object('红头', 30, 40)}"
        "</ofd:Layer></ofd:Content></ofd:Page>",
        "Doc_0/Res.xml": f'<ofd:Res {namespace}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9">'
        f"<ofd:Content>{unit}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>",
    }
    layer = '<ofd:CompositeObject ResourceID="9" Boundary="30 80 20 10"/>'
    (text,) = read(make_ofd(layer, common=common, extra=extra, before='<ofd:Template TemplateID="5"/>'))
    assert text.characters == "红头\n单元\n"


def test_a_unit_that_holds_itself_ends(make_ofd):
    namespace = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    inner = '<ofd:CompositeObject ResourceID="9"/>'
    resources = (
        f'<ofd:Res {namespace}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9"><ofd:Content>{inner}'
        "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    layer = text_object("正文", 30, 50) + inner
    path = make_ofd(
        layer, common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", extra={"Doc_0/Res.xml": resources}
    )
    assert read(path)[0].characters == "正文\n"


def test_hints(make_ofd):
    assert read(make_ofd(text_object("正文", 30, 50)))[0].hints == (("Title", "规划"),)


def test_a_damaged_page_loses_only_itself(make_zip, make_ofd):
    path = make_ofd(text_object("第一页", 30, 50), "<broken", text_object("第三页", 30, 50))
    (text,) = read(path)
    assert text.characters == "第一页\n第三页\n"
    assert any("第 2 页未能读取" in note for note in text.notes)


def test_without_its_entry_it_is_broken(make_zip):
    with pytest.raises(DocumentError, match="损坏"):
        read(make_zip("a.ofd", {"OFD.xml": "<x/>"}))


def test_too_many_pages(make_ofd):
    with pytest.raises(DocumentError, match="页数太多"):
        read(make_ofd(*["<x/>"] * 3), Limits(pages=2))


@pytest.mark.skipif(find_recogniser() is None, reason="OCR (extra ocr) is not installed")
def test_a_scanned_ofd_is_recognised(make_ofd, files):
    namespace = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    resources = (
        f'<ofd:Res {namespace} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="3" Type="Image">'
        "<ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    extra = {"Doc_0/DocumentRes.xml": resources, "Doc_0/Res/a.png": (files / "notice.png").read_bytes()}
    common = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
    (text,) = read(make_ofd('<ofd:ImageObject ResourceID="3"/>', common=common, extra=extra))
    assert "丰府办发〔2024〕7号" in text.characters


def test_the_nanchang_plan(files):
    (text,) = read(files / "nanchang.ofd")
    with open(files.parents[1] / "data/corpus/nanchang-2022-elder-care-plan.txt", encoding="utf-8") as stream:
        wanted = "".join(stream.read().split())
    assert "".join(text.characters.split()).replace("ئۇ", "ۇئ") == wanted
    assert "\n养老机构护理型床位占比(%)\t60\t约束性指标\n" in text.characters
