import pytest

from kg.errors import DocumentError
from kg.limits import Limits
from kg.readers import read


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(run(text))}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


SPAN = '<w:gridSpan w:val="2"/>'
RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
BOX = f"<w:drawing><x><w:txbxContent>{p(run('专栏1'))}{p(run('新建10所'))}</w:txbxContent></x></w:drawing>"

CASES = [
    pytest.param(p(run("到2025年，"), run("达到60%")), "到2025年，达到60%\n", id="runs join"),
    pytest.param(p(run("甲")) + p() + p(run("乙")), "甲\n乙\n", id="empty paragraphs leave no line"),
    pytest.param(p(run("甲"), "<w:r><w:br/></w:r>", run("乙")), "甲\n乙\n", id="a line break is a line end"),
    pytest.param(
        p(run("甲"), '<w:r><w:br w:type="page"/></w:r>', run("乙")), "甲乙\n", id="a page break is none"
    ),
    pytest.param(p("<w:r><w:tab/></w:r>", run("甲")), "甲\n", id="a leading tab only indents"),
    pytest.param(p(run("60\u200b%\u202e")), "60%\n", id="invisible characters vanish"),
    pytest.param(p(f"<w:hyperlink>{run('链接')}</w:hyperlink>", run("后")), "链接后\n", id="hyperlink"),
    pytest.param(
        f"<w:sdt><w:sdtContent>{p(run('控件'))}</w:sdtContent></w:sdt>", "控件\n", id="content control"
    ),
    pytest.param(
        p("<w:r><w:fldChar/></w:r><w:r><w:instrText>PAGE \\* MERGE</w:instrText></w:r>", run("3")),
        "3\n",
        id="a field shows its result, not its code",
    ),
    pytest.param(
        p(f"<w:ins>{run('新')}</w:ins>", f"<w:del>{run('旧')}</w:del>", run("文")), "新文\n", id="tracked"
    ),
    pytest.param(
        p(run("前半"), properties="<w:rPr><w:del/></w:rPr>") + p(run("后半")), "前半后半\n", id="mark deleted"
    ),
    pytest.param(
        f"<w:moveFrom>{p(run('旧处'))}</w:moveFrom><w:moveTo>{p(run('新处'))}</w:moveTo>",
        "新处\n",
        id="moved",
    ),
    pytest.param(
        p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>", run("明")), "明\n", id="hidden text"
    ),
    pytest.param(
        p('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>不密</w:t></w:r>'),
        "不密\n",
        id="hidden switched off",
    ),
    pytest.param(
        p(run("正文"), f"<w:r>{BOX}</w:r>") + p(run("下段")), "正文\n专栏1\n新建10所\n下段\n", id="text box"
    ),
    pytest.param(
        p(
            f"<w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        ),
        "专栏1\n新建10所\n",
        id="a box for new and old programs stands once",
    ),
    pytest.param(
        f"<w:tbl>{row(cell('指标'), cell('2025年'))}{row(cell('床位占比'), cell('60%'))}</w:tbl>",
        "指标\t2025年\n床位占比\t60%\n\n",
        id="table",
    ),
    pytest.param(
        f"<w:tbl>{row(cell('服务', RESTART), cell('甲'))}{row(cell('', CONTINUE), cell('乙'))}</w:tbl>",
        "服务\t甲\n\t乙\n\n",
        id="merged downwards, once",
    ),
    pytest.param(
        f"<w:tbl>{row(cell('表头', SPAN), cell('值'))}{row(cell('a'), cell('b'), cell('c'))}</w:tbl>",
        "表头\t\t值\na\tb\tc\n\n",
        id="merged sideways keeps the columns",
    ),
    pytest.param(
        f"<w:tbl>{row(cell('甲'), cell('乙'))}{row(cell('丙'), cell('丁'), properties='<w:del/>')}</w:tbl>",
        "甲\t乙\n\n",
        id="a deleted row is gone",
    ),
    pytest.param(
        f"<w:tbl>{row('<w:tc>' + p(run('专栏2')) + p(run('新增床位5万张')) + '</w:tc>')}</w:tbl>",
        "专栏2\n新增床位5万张\n",
        id="a table of one cell is a box",
    ),
    pytest.param(
        f"<w:tbl>{row(cell('甲'), '<w:tc>' + p(run('一')) + p(run('二')) + '</w:tc>')}</w:tbl>",
        "甲\t一 二\n\n",
        id="paragraphs in a cell are parted by a space",
    ),
]


@pytest.mark.parametrize(("body", "expected"), CASES)
def test_body(make_docx, body, expected):
    (text,) = read(make_docx(body))
    assert text.characters == expected


NOTES = [
    pytest.param(
        p(f"<w:ins>{run('新')}</w:ins>", f"<w:del>{run('旧')}</w:del>"),
        {},
        "1 处插入、1 处删除",
        id="tracked",
    ),
    pytest.param(
        p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>", run("明")), {}, "1 处隐藏", id="hidden"
    ),
    pytest.param(p(run("甲")), {"word/vbaProject.bin": b"x"}, "含宏，未执行", id="macros"),
    pytest.param(p(run("甲")), {"word/embeddings/a.xlsx": b"x"}, "a.xlsx", id="embedded file"),
]


@pytest.mark.parametrize(("body", "extra", "said"), NOTES)
def test_what_is_decided_or_left_out_is_said(make_docx, body, extra, said):
    (text,) = read(make_docx(body, extra))
    assert any(said in note for note in text.notes)


def test_automatic_numbers_are_written_out(make_docx):
    """Headings numbered by Word read as printed; an empty numbered paragraph still takes a number."""
    levels = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        p(run("总体要求"), properties=numbered)
        + p(properties=numbered)
        + p(run("　保障"), properties=numbered)
    )
    (text,) = read(make_docx(body, numbering=numbering))
    assert text.characters == "一、总体要求\n三、保障\n"


def test_footnotes_stand_at_the_end_in_order_of_reference(make_docx):
    """A note's number in the sentence would change the sentence, so only the note is kept."""
    notes = f'<w:footnote w:id="2">{p(run("含市本级"))}</w:footnote><w:footnote w:id="5">{p(run("户籍人口"))}</w:footnote>'
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = p(run("老年人"), reference.format(5), run("94万"), reference.format(2))
    (text,) = read(make_docx(body, footnotes=notes))
    assert text.characters == "老年人94万\n脚注1：户籍人口\n脚注2：含市本级\n"
    assert text.label_at(len(text.characters) - 3) == "脚注2"


def test_places_name_paragraphs_and_rows(make_docx):
    (text,) = read(make_docx(p(run("甲")) + f"<w:tbl>{row(cell('乙'), cell('丙'))}</w:tbl>" + p(run("丁"))))
    assert [text.label_at(text.characters.index(c)) for c in "甲乙丙丁"] == [
        "第1段",
        "表1第1行",
        "表1第1行",
        "第2段",
    ]


def test_an_enormous_cell_is_left_out_and_said(make_docx):
    body = f"<w:tbl>{row(cell('甲'), cell('长' * 200))}</w:tbl>"
    (text,) = read(make_docx(body), Limits(cell=100))
    assert text.characters == "甲\n\n"
    assert any("超过 100 字" in note for note in text.notes)


def test_file_properties_are_hints(make_docx):
    core = "<c><title>规划</title><creator>张三</creator></c>"
    (text,) = read(make_docx(p(run("甲")), {"docProps/core.xml": core}))
    assert text.hints == (("title", "规划"), ("creator", "张三"))


def test_a_docx_without_a_document_is_broken(make_zip):
    with pytest.raises(DocumentError, match="损坏"):
        read(make_zip("a.docx", {"[Content_Types].xml": "", "word/x": ""}))
