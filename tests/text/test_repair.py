"""Lost characters come back only where one reading is possible; all else stays as it is printed."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.plan import read_plan
from kg.text.repair import mend

CORPUS = Path(__file__).parent.parent.parent / "data" / "corpus"
#: what PDF text layers lose: characters that are also radicals
RADICALS = {unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | set("民西见网车")
#: other sentences that lose their radicals too, so that the text shows what it has lost
AROUND = "推进养?服务体系建设，养?机构提供养?服务，?年?助餐，加快工业互联?，数字化?平，营造?持氛围。" * 4


def mended(text):
    whole, repairs = mend(text)
    assert len(whole) == len(text)
    assert all(text[one.start : one.end] == one.raw and one.evidence for one in repairs)
    return whole


FOUND = [
    ("养?服务“?四五”规划", "养老服务“十四五”规划"),
    ("优化营商环境，提升专业化服务?平", "优化营商环境，提升专业化服务水平"),
    ("建设?标准农田", "建设高标准农田"),
    ("推进工业互联?平台", "推进工业互联网平台"),
    ("发展?经济", "发展?经济"),
    ("深化“放管服”改?", "深化“放管服”改?"),
    ("生态环境保护，污?处理?", "生态环境保护，污?处理厂"),
    ("社会信?体系", "社会信用体系"),
    ("计划?育特殊家庭", "计划生育特殊家庭"),
    ("医疗卫?机构", "医疗卫生机构"),
    ("4?26?召开", "4月26日召开"),
    ("13?40?召开", "13?40?召开"),
    ("养?\n服务体系", "养老\n服务体系"),
    ("养?\n服务", "养?\n服务"),
]


@pytest.mark.parametrize(("damaged", "whole"), FOUND)
def test_characters_that_a_text_lost_throughout(damaged, whole):
    assert mended(damaged + "。" + AROUND)[: len(damaged)] == whole


LONE = [
    ("完善养□服务体系建设。", "完善养老服务体系建设。"),
    ("打赢大气污\ufffd防治攻坚战", "打赢大气污染防治攻坚战"),
    ("落实泾河源镇规划。泾河源镇发展快。泾河?镇规划。", "落实泾河源镇规划。泾河源镇发展快。泾河?镇规划。"),
    (
        "落实泾河源镇建设。泾河源镇建设快。推进泾河?镇建设。",
        "落实泾河源镇建设。泾河源镇建设快。推进泾河源镇建设。",
    ),
]


@pytest.mark.parametrize(("damaged", "whole"), LONE)
def test_a_lone_damaged_character_needs_a_long_word_or_the_same_words_elsewhere(damaged, whole):
    assert mended(damaged) == whole


KEPT = [
    "什么是养老服务?就是照料。",
    "怎么办?我们要改革。",
    "为?服务",
    "养?",
    "https://example.org/a?b=1",
    "□是 □否",
    "?" * 40,
    "为何要养?服?",
    "全文没有残损。",
    "总投资?亿元",
]


@pytest.mark.parametrize("text", KEPT)
def test_question_marks_and_ambiguous_damage_stay(text):
    assert mend(text) == (text, ())


MISREAD = [
    ("设施布局优化彳亍动", "行动"),
    ("明确职责彳壬务", "任务"),
    ("突岀重点", "突出"),
    ("酉己套养老服务", "配套"),
]


@pytest.mark.parametrize(("printed", "meant"), MISREAD)
def test_characters_that_recognition_took_apart(printed, meant):
    plan = read_plan("doc", printed)
    assert meant in plan.text
    [repair] = plan.repairs
    assert printed[repair.start : repair.end] == repair.raw
    start = plan.text.index(meant)
    assert plan.span(start, start + 2)[2] in printed


@pytest.mark.parametrize("text", ["独自彳亍街头", "酉时己时", "曰记"])
def test_rare_characters_in_their_own_words_stay(text):
    assert mend(text) == (text, ())


def test_only_the_asked_stretch_is_mended():
    text = "养?服务体系建设。" * 2
    whole, repairs = mend(text, 9)
    assert whole == "养?服务体系建设。养老服务体系建设。"
    assert [repair.start for repair in repairs] == [10]


@pytest.mark.parametrize("path", sorted(CORPUS.glob("[jnx]*.txt")), ids=lambda path: path.name[:8])
def test_no_wrong_character_comes_back_into_plans_that_lost_all_their_radicals(path):
    text = path.read_text(encoding="utf-8")
    damaged = "".join("?" if character in RADICALS else character for character in text)
    whole, repairs = mend(damaged)
    assert [text[one.start] for one in repairs] == [one.mended for one in repairs]
    assert len(repairs) > 0.25 * sum(character in RADICALS for character in text)
    assert len(whole) == len(text)


PIECES = st.sampled_from([*"养老?□服务能力年月日4 \n彳亍动酉己套岀", "十四五", "?年?", "网络", "\ufffd"])


@given(st.lists(PIECES, max_size=80).map("".join))
def test_any_text_keeps_its_length_and_changes_only_where_a_repair_says_so(text):
    whole = mended(text)
    _, repairs = mend(text)
    touched = {at for one in repairs for at in range(one.start, one.end)}
    assert all(text[at] == whole[at] for at in range(len(text)) if at not in touched)


@pytest.mark.parametrize("piece", ["?", "养?", "字", "?年?能?", "□", "岀"])
def test_a_long_text_of_one_piece_ends(piece):
    mend(piece * (100_000 // len(piece)))
