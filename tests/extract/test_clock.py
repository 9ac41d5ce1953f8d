"""By when a whole paragraph or table row is due: the time at its end holds for what gives none itself."""

import pytest

from kg.extract.quantities import find_quantities
from kg.model import Document
from kg.text.plan import read_plan

CASES = [
    ("1.建成泵站5座。新增泵站8座。（市水利局牵头；2024年9月底前完成）", ["2024-09", "2024-09"]),
    ("1.建成泵站5座。（牵头单位：市水利局；完成时限：2024年6月底）", ["2024-06"]),
    ("1.建成泵站5座。到2025年，新增泵站8座。完成时限：2024年6月", ["2024-06", "2025"]),
    (
        "序号\t任务\t完成时限\n1\t建成泵站5座\t2024年10月\n2\t新增泵站8座\t2024年8月底前",
        ["2024-10", "2024-08"],
    ),
    # 其中 goes on with its clause's time, and of two deadlines the nearer counts
    ("优化布局，2024年全市新增网点60个，其中分拣中心不少于6个。", ["2024", "2024"]),
    ("3月底前完成设计，5月中旬前完成造林5万亩，11月底前开展自查，新增泵站8座。", ["2023-05", None]),
    # a time inside the text is its own clause's
    ("1.建成泵站5座，于2024年开工并完成前期工作。", [None]),
    ("1.建成泵站5座。（2024年度计划，市水利局负责）", [None]),
    ("1.建成泵站5座。（市水利局〔2024〕3号）", [None]),
]


@pytest.mark.parametrize(("text", "times"), CASES)
def test_a_limit_at_the_end(text, times):
    document = Document(doc="d", start=0, end=len(text), quote="", period=(2023, 2027), issued="2023-03")
    assert [quantity.time for quantity in find_quantities(read_plan("d", text), document)] == times


def test_a_whole_belongs_to_what_stands_before_it():
    """覆盖全部街道 is said of the circles built, not of the shops that the sentence counts later."""
    text = "新建生活圈30个，覆盖全部街道，连锁便利店达到50家。"
    document = Document(doc="d", start=0, end=len(text), quote="")
    names = [quantity.indicator for quantity in find_quantities(read_plan("d", text), document)]
    assert names == ["新建生活圈数量", "新建生活圈街道覆盖率", "连锁便利店数量"]
