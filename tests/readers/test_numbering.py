import pytest
from lxml import etree

from kg.readers.numbering import chinese_numeral, numeral, read_numbering

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMERALS = [
    (1, "一"),
    (10, "十"),
    (12, "十二"),
    (20, "二十"),
    (101, "一百零一"),
    (110, "一百一十"),
    (1005, "一千零五"),
    (1050, "一千零五十"),
    (10000, "10000"),
    (0, "0"),
]


@pytest.mark.parametrize(("number", "text"), NUMERALS)
def test_chinese_numeral(number, text):
    assert chinese_numeral(number) == text


FORMATS = [
    ("decimal", 12, "12"),
    ("chineseCountingThousand", 12, "十二"),
    ("ideographDigital", 12, "一二"),
    ("decimalEnclosedCircle", 3, "③"),
    ("decimalEnclosedCircle", 21, "21"),
    ("upperLetter", 27, "AA"),
    ("lowerRoman", 14, "xiv"),
    ("decimalZero", 7, "07"),
    ("decimalFullWidth", 12, "１２"),
    ("none", 3, ""),
    ("hebrew1", 3, "3"),
]


@pytest.mark.parametrize(("fmt", "number", "text"), FORMATS)
def test_numeral(fmt, number, text):
    assert numeral(number, fmt) == text


def level(depth: int, fmt: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


LEVELS = (
    level(0, "chineseCounting", "第%1章")
    + level(1, "chineseCounting", "%2、")
    + level(2, "chineseCounting", "（%3）")
    + level(3, "decimal", "%4.", '<w:suff w:val="nothing"/>')
    + level(4, "decimal", "%1.%5", "<w:isLgl/>")
    + level(5, "bullet", "")
)
NUMBERING = (
    f'<w:numbering {NS}><w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>'
)
STYLES = (
    f'<w:styles {NS}><w:style w:styleId="Base"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    '</w:pPr></w:style><w:style w:styleId="Child"><w:basedOn w:val="Base"/></w:style></w:styles>'
)

SEQUENCES = [
    pytest.param(
        [(1, 0), (1, 0)], ["第一章 ", "第二章 "], id="a label that does not end itself gets a space"
    ),
    pytest.param(
        [(1, 1), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2)],
        ["一、", "二、", "（一）", "（二）", "三、", "（一）"],
        id="deeper levels begin again",
    ),
    pytest.param([(1, 0), (1, 0), (1, 4)], ["第一章 ", "第二章 ", "2.1 "], id="legal numbering in digits"),
    pytest.param([(1, 1), (2, 1), (2, 1)], ["一、", "五、", "六、"], id="another list overrides its start"),
    pytest.param([(1, 3), (1, 3)], ["1.", "2."], id="no gap where the level has none"),
    pytest.param([(1, 5)], [""], id="a bullet is no number"),
    pytest.param([(9, 0)], [""], id="a list that is not defined"),
    pytest.param([(0, 0)], [""], id="numbering switched off"),
]


@pytest.mark.parametrize(("places", "labels"), SEQUENCES)
def test_labels(places, labels):
    numbering = read_numbering(etree.fromstring(NUMBERING), None)
    rows = [
        f'<w:pPr {NS}><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        for number, depth in places
    ]
    assert [numbering.label(etree.fromstring(row)) for row in rows] == labels


def test_a_style_numbers_its_paragraphs_and_those_of_styles_based_on_it():
    numbering = read_numbering(etree.fromstring(NUMBERING), etree.fromstring(STYLES))
    row = etree.fromstring(f'<w:pPr {NS}><w:pStyle w:val="Child"/></w:pPr>')
    assert [numbering.label(row), numbering.label(row)] == ["一、", "二、"]


def test_styles_that_rest_on_each_other_end():
    styles = (
        f'<w:styles {NS}><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    numbering = read_numbering(etree.fromstring(NUMBERING), etree.fromstring(styles))
    assert numbering.label(etree.fromstring(f'<w:pPr {NS}><w:pStyle w:val="A"/></w:pPr>')) == ""
