import pytest

from kg.limits import Limits
from kg.readers.lattice import Rule
from kg.readers.layout import lay_out
from kg.readers.lines import Piece, Sheet, cell_text, group_lines

EM = 16.0


def line(text: str, y: float, x: float = 80.0) -> list[Piece]:
    """The characters of one line, one em each, spaces as gaps."""
    places = [(c, x + i * EM) for i, c in enumerate(text)]
    return [Piece(c, left, y, left + EM, y + EM) for c, left in places if c != " "]


def page(number: int, *lines: list[Piece], rules: tuple[list[Rule], list[Rule]] = ([], [])) -> Sheet:
    return Sheet(number, 600.0, 850.0, [piece for pieces in lines for piece in pieces], *rules)


LINES = [
    pytest.param([Piece("床位", 0, 0, 32, 16), Piece("60", 32, 0, 48, 16)], "床位60", id="side by side"),
    pytest.param(
        [Piece("GDP", 0, 0, 30, 16), Piece("growth", 36, 0, 80, 16)], "GDP growth", id="Latin words"
    ),
    pytest.param(
        [Piece("到", 0, 0, 16, 16), Piece("2025", 20, 0, 52, 16)], "到2025", id="digits set a little apart"
    ),
    pytest.param(
        [Piece("到", 0, 0, 16, 16), Piece("2025", 26, 0, 58, 16)], "到 2025", id="digits behind a space"
    ),
    pytest.param([Piece("目", 0, 0, 16, 16), Piece("录", 32, 0, 48, 16)], "目 录", id="a space between two"),
    pytest.param(
        [Piece("甲", 0, 0, 16, 16), Piece("100", 90, 0, 120, 16)], "甲\t100", id="the gap of a column"
    ),
    pytest.param(
        [Piece("甲", 0.0, 0, 16, 16), Piece("甲", 0.8, 0, 16.8, 16)], "甲", id="printed twice for bold"
    ),
    pytest.param(
        [Piece("二", 16, 4, 32, 20), Piece("一", 0, 0, 16, 16)], "一二", id="a line a little tilted"
    ),
]


@pytest.mark.parametrize(("pieces", "text"), LINES)
def test_a_line_of_pieces(pieces, text):
    assert [found.text() for found in group_lines(pieces)] == [text]


def test_a_tilted_line_stays_one():
    """Half a degree over a page's width is a quarter of a line's height, line by line one after another."""
    pieces = [
        Piece("字", x, y + x * 0.009, x + 16, y + x * 0.009 + 16) for y in (0, 30) for x in range(0, 480, 16)
    ]
    assert [len(found.text()) for found in group_lines(pieces)] == [30, 30]


CELLS = [
    pytest.param(
        line("养老机构", 0) + line("占比", 20), "养老机构占比", id="a break inside Chinese vanishes"
    ),
    pytest.param(
        [Piece("GDP", 0, 0, 40, 16), Piece("growth", 0, 20, 60, 36)], "GDP growth", id="Latin words keep one"
    ),
    pytest.param(
        [Piece("100", 0, 0, 40, 16), Piece("%", 0, 20, 10, 36)], "100%", id="a unit under its number"
    ),
    pytest.param([], "", id="empty"),
]


@pytest.mark.parametrize(("pieces", "text"), CELLS)
def test_cell_text(pieces, text):
    assert cell_text(pieces) == text


BODY = "为积极应对人口老龄化加快构建居家社区机构相协调"


def text_of(*sheets: Sheet) -> list[str]:
    """The lines that these pages give."""
    return lay_out(sheets, Limits())[0].characters().split("\n")[:-1]


def test_a_paragraph_is_one_line_and_its_indent_two_spaces():
    """Full lines go on in the next one; a short line and an indented one end and begin paragraphs."""
    first, second, third = line(BODY[2:], 120, 112), line(BODY, 150), line("协同发展。", 180)
    assert text_of(page(1, first, second, third, line("标题", 210, 250))) == [
        "　　" + BODY[2:] + BODY + "协同发展。",
        "标题",
    ]


NEXT = [
    pytest.param("协同发展", 80, True, id="a full line goes on"),
    pytest.param("协同发展", 112, False, id="an indented line begins a paragraph"),
    pytest.param("（二）主要任务", 80, False, id="a numbered item begins anew"),
    pytest.param("第二节发展目标", 80, False, id="a section begins anew"),
    pytest.param("3.5万张床位", 80, True, id="a number that is no item"),
    pytest.param("一、主要目标", 80, False, id="a heading"),
    pytest.param("一批养老机构", 80, True, id="one, not item one"),
]


@pytest.mark.parametrize(("text", "x", "joined"), NEXT)
def test_what_a_full_line_goes_on_with(text, x, joined):
    lines = text_of(page(1, line(BODY, 90), line(BODY, 120), line(text, 150, x)))
    assert (lines[-1] == BODY + BODY + text) is joined


ABOVE = [
    pytest.param(BODY[:-4], False, id="a line that ends early"),
    pytest.param(BODY[:-5], False, id="five characters short before a short word"),
    pytest.param(BODY[:-1] + "。", False, id="a sentence that has ended"),
    pytest.param(BODY[:-1], True, id="a line one character short, for punctuation's sake"),
    pytest.param(BODY[:-2] + "、", True, id="a list that goes on"),
]


@pytest.mark.parametrize(("text", "joined"), ABOVE)
def test_which_lines_go_on(text, joined):
    lines = text_of(page(1, line(BODY, 90), line(BODY, 120), line(text, 150), line("协同发展", 180)))
    assert lines[-1].endswith(text + "协同发展") is joined


def test_a_number_in_brackets_needs_its_room():
    """A line breaks before 〔2024〕 as a whole, so the line above may end early."""
    lines = text_of(page(1, line(BODY, 90), line(BODY, 120), line(BODY[:-3], 150), line("〔2024〕9号", 180)))
    assert lines[-1].endswith(BODY[:-3] + "〔2024〕9号")


def test_lines_of_unlike_size_are_not_joined():
    large = [Piece(c, 80 + i * 23, 60, 103 + i * 23, 83) for i, c in enumerate(BODY[:16])]
    assert text_of(page(1, large, line(BODY, 120)))[0] == BODY[:16]


def test_a_paragraph_goes_on_over_the_page():
    """The page number between its halves is gone, and both halves know their pages."""
    sheets = [
        page(1, line(BODY, 700), line(BODY, 730), line("— 1 —", 800, 290)),
        page(2, line("协同发展。", 120)),
    ]
    lines, _ = lay_out(sheets, Limits())
    assert lines.characters() == BODY + BODY + "协同发展。\n"
    assert [(place.start, place.label) for place in lines.places()] == [
        (0, "第1页"),
        (len(BODY), "第1页"),
        (2 * len(BODY), "第2页"),
    ]


def test_latin_words_keep_a_space_between_lines():
    first = [Piece("support for smart", 80, 100, 448, 116)]
    assert text_of(page(1, line(BODY, 70), first, [Piece("cities", 80, 130, 140, 146)]))[-1].endswith(
        "smart cities"
    )


FURNITURE = [
    pytest.param("— 3 —", id="page number between dashes"),
    pytest.param("第3页共9页", id="page of pages"),
    pytest.param("3/9", id="page slash pages"),
    pytest.param("12", id="bare number"),
]


@pytest.mark.parametrize("foot", FURNITURE)
def test_page_numbers_are_left_out(foot):
    lines, notes = lay_out([page(1, line(BODY, 400), line(foot, 800, 290))], Limits())
    assert lines.characters() == BODY + "\n"
    assert len(notes) == 1


def test_headers_that_come_back_are_left_out():
    sheets = [
        page(n, line("市人民政府公报", 40), line(BODY + "甲乙丙"[n - 1] + "。", 400)) for n in (1, 2, 3)
    ]
    assert text_of(*sheets) == [BODY + c + "。" for c in "甲乙丙"]


def test_what_stands_in_the_margin_once_is_text():
    sheets = [page(1, line("洪府办发〔2022〕26号", 40), line(BODY, 400)), page(2, line(BODY + "甲", 400))]
    lines, notes = lay_out(sheets, Limits())
    assert lines.characters().startswith("洪府办发")
    assert notes == []


def test_a_number_in_the_body_is_no_page_number():
    lines, _ = lay_out([page(1, line(BODY, 300), line("100", 400, 290), line(BODY + "尾", 500))], Limits())
    assert "100" in lines.characters()


def ruled(top: float, rows: int) -> tuple[list[Rule], list[Rule]]:
    """A table of two columns, its rows 30 high."""
    ys = [top + 30 * i for i in range(rows + 1)]
    return [Rule(y, 80, 480) for y in ys], [Rule(x, ys[0], ys[-1]) for x in (80, 280, 480)]


def cells(top: float, *rows: tuple[str, str]) -> list[Piece]:
    return [
        piece
        for i, texts in enumerate(rows)
        for text, x in zip(texts, (90, 290), strict=True)
        for piece in line(text, top + 7 + 30 * i, x)
    ]


def test_a_table_stands_between_its_lines():
    table = cells(200, ("指标", "2025年"), ("床位占比", "60"))
    lines, _ = lay_out([page(1, line(BODY, 150), table, line("尾", 300), rules=ruled(200, 2))], Limits())
    assert lines.characters() == f"{BODY}\n\n指标\t2025年\n床位占比\t60\n\n尾\n"
    assert lines.places()[2].label == "第1页表1第2行"


def test_a_table_over_two_pages_is_one():
    """Its head row printed again is dropped; a row cut by the page is joined."""
    first = page(1, cells(700, ("指标", "值"), ("养老机构", "60")), rules=ruled(700, 2))
    second = page(2, cells(120, ("指标", "值"), ("占比", ""), ("参保率", "95")), rules=ruled(120, 3))
    lines, _ = lay_out([first, second], Limits())
    assert lines.characters() == "指标\t值\n养老机构占比\t60\n参保率\t95\n\n".rstrip("\n") + "\n"
    assert [place.label for place in lines.places()] == ["第1页表1第1行", "第1页表1第2行", "第2页表1第3行"]


def test_a_full_row_on_the_next_page_is_a_row_of_its_own():
    first = page(1, cells(700, ("指标", "值"), ("养老机构", "60")), rules=ruled(700, 2))
    second = page(2, cells(120, ("占比", "70")), rules=ruled(120, 1))
    lines, _ = lay_out([first, second], Limits())
    assert lines.characters() == "指标\t值\n养老机构\t60\n占比\t70\n"


def test_two_columns_are_read_one_after_the_other():
    """As gazettes are set; a headline across both stays above them."""
    left = [line(f"左{i}" + BODY[:11] + "。", 200 + 20 * i, 40) for i in range(8)]
    right = [line(f"右{i}" + BODY[:11] + "。", 200 + 20 * i, 320) for i in range(8)]
    heads = [row[:2] for row in text_of(page(1, line(BODY, 150, 120), *left, *right))[1:]]
    assert heads == [f"左{i}" for i in range(8)] + [f"右{i}" for i in range(8)]


def test_a_list_of_short_pairs_is_no_two_columns():
    rows = [line(f"指标{i}", 200 + 20 * i, 40) + line(f"{i}0张", 200 + 20 * i, 320) for i in range(8)]
    lines, _ = lay_out([page(1, *rows)], Limits())
    assert lines.characters().split("\n")[0] == "指标0\t00张"


def test_places_give_page_box_and_confidence():
    pieces = [Piece("甲乙", 60, 85, 120, 102, 0.9), Piece("丙", 120, 85, 150, 102, 0.8)]
    lines, _ = lay_out([Sheet(4, 600, 850, pieces)], Limits())
    (place,) = lines.places()
    assert (place.page, place.box, place.confidence) == (4, (0.1, 0.1, 0.25, 0.12), 0.85)


def test_what_stands_beside_the_page_is_not_read_and_said():
    lines, notes = lay_out([page(1, line("明", 100), line("暗", 100, 900), line("藏", -50))], Limits())
    assert lines.characters() == "明\n"
    assert "2 个字在页面之外" in notes[0]
