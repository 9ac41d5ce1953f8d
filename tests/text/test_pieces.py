"""Which files hold several documents, and where each begins and ends."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.pieces import split

CORPUS = Path(__file__).parent.parent.parent / "data" / "corpus"
BODY = "为加快发展，制定本方案。" * 30


def parts(raw):
    return [(piece.label, raw[piece.start : piece.end]) for piece in split(raw)]


SERIES = [
    ("篇一：年度计划\n\n  甲文\n\n篇二：年度计划\n乙文\n", [("篇一", "甲文"), ("篇二", "乙文")]),
    ("首页 > 范文\n第一篇: 年度计划\n甲文\n第二篇: 年度计划\n乙文", [("第一篇", "甲文"), ("第二篇", "乙文")]),
    ("【篇1】:年度计划\n甲文\n【篇2】:年度计划\n乙文", [("篇1", "甲文"), ("篇2", "乙文")]),
    ("范文一：年度计划\r\n甲文\r\n范文二：年度计划\r\n乙文", [("范文一", "甲文"), ("范文二", "乙文")]),
    (
        "篇一:年度计划\n甲文\n篇二:年度计划\n乙文\n\n推荐访问:年度 计划\n猜你喜欢\n",
        [("篇一", "甲文"), ("篇二", "乙文")],
    ),
]


@pytest.mark.parametrize(("raw", "pieces"), SERIES)
def test_a_compilation_is_split_at_its_repeated_caption(raw, pieces):
    assert parts(raw) == pieces


def test_documents_one_after_another_are_split_at_their_mastheads():
    first = f"云阳县人民政府文件\n\n云阳府发〔2024〕8号\n\n{BODY}"
    second = f"云阳县人民政府办公室文件\n云阳府办发〔2024〕9号\n{BODY}"
    assert parts(f"{first}\n\n{second}\n") == [("1", first), ("2", second)]


ONE = [
    "",
    "\n\n",
    "云阳县水网建设规划\n" + BODY,
    "第一篇：发展基础\n甲\n第二篇：总体要求\n乙\n",  # parts of one plan: captions of their own
    "篇一：年度计划\n只有一篇",
    f"云阳县人民政府文件\n云阳府发〔2024〕8号\n{BODY}\n附件：省政府文件\n赣府发〔2024〕1号\n",
    f"云阳县人民政府文件\n云阳府发〔2024〕8号\n{BODY}\n云阳县人民政府文件\n云阳府发〔2024〕8号\n{BODY}",  # its copy
    f"关于印发X的通知\n{BODY}\n关于印发Y的通知\n{BODY}",
    "正文\n推荐访问:别处\n",
]


@pytest.mark.parametrize("raw", ONE)
def test_a_file_without_such_marks_is_one_document(raw):
    [piece] = split(raw)
    assert (piece.start, piece.end, piece.label) == (0, len(raw), "")


def test_the_six_pieces_begin_with_their_titles_and_leave_the_page_outside():
    raw = (CORPUS / "six-pieces-elder-care.txt").read_text(encoding="utf-8")
    begins = [text[:8] for _, text in parts(raw)]
    assert begins == [
        "河北:发布养?服",
        "十四五养老规划\n",
        "国家“十四五”养",
        "十四五智慧健康养",
        "养老服务事业发展",
        "十四五养老服务体",
    ]
    assert "猜你喜欢" not in parts(raw)[-1][1]
    assert "篇" not in "".join(text[-20:] for _, text in parts(raw))


LINES = st.sampled_from(
    [
        "篇一:计划",
        "篇二:计划",
        "篇三：别的",
        "正文。",
        "",
        " ",
        "某县人民政府文件",
        "某府发〔2024〕8号",
        "猜你喜欢",
    ]
)


@given(st.lists(LINES, max_size=30).map("\n".join))
def test_pieces_of_any_text_stand_in_order_inside_it(raw):
    pieces = split(raw)
    assert pieces
    edges = [edge for piece in pieces for edge in (piece.start, piece.end)]
    assert edges == sorted(edges)
    assert 0 <= edges[0] <= edges[-1] <= len(raw)


@pytest.mark.parametrize("piece", ["篇", "篇一:计划\n", "文件\n", "人民政府", " ", "\n"])
def test_a_long_text_of_one_piece_ends(piece):
    split(piece * (200_000 // len(piece)))
