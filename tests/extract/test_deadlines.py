"""Deadlines with what is due; times that are none: looks back, starts, terms, forecasts, titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.deadlines import find_deadlines
from kg.model import Document
from kg.text.plan import read_plan


def deadlines(text, period=(2023, 2025), issued="2023-04"):
    plan = read_plan("d", text)
    document = Document(doc="d", start=0, end=len(text), quote="", period=period, issued=issued)
    found = find_deadlines(plan, document)
    assert all(text[d.start : d.end] == d.quote and d.what for d in found)
    return [(d.time, d.what) for d in found]


CASES = [
    ("2022年底前，完成空间布局规划编制。", [("2022", "完成空间布局规划编制")]),
    ("到2025年，全市新能源公交车占比达到80%。", [("2025", "全市新能源公交车占比达到80%")]),
    ("2025年6月底前，建成全市统一的数据平台。", [("2025-06", "建成全市统一的数据平台")]),
    ("2024年10月31日前，完成老旧电梯更新改造。", [("2024-10-31", "完成老旧电梯更新改造")]),
    ("到“十四五”末，基本形成绿色交通体系。", [("2025", "基本形成绿色交通体系")]),
    (
        "2024年，新建充电桩1000个；2025年，实现乡镇全覆盖。",
        [("2024", "新建充电桩1000个"), ("2025", "实现乡镇全覆盖")],
    ),
    ("2024年全面完成改造任务。", [("2024", "全面完成改造任务")]),
    (
        "加快推进中心建设，2024年7月底完成验收，力争12月底前投入运营。",
        [("2024-07", "加快推进中心建设,完成验收"), ("2024-12", "加快推进中心建设,投入运营")],
    ),
    ("三年内建成10个示范园区。", [("2026", "建成10个示范园区")]),
    ("1.完善平台。\n完成时限：2024年12月底前", [("2024-12", "完善平台")]),
    ("1.完善平台。\n（责任单位：市数据局；完成时限：2024年9月）", [("2024-09", "完善平台")]),
    ("时间节点：2024年，启动试点。", [("2024", "启动试点")]),
]
NONE = [
    "截至2022年底，全市共有养老机构122家。",
    "自2023年起实行新标准。",
    "较2020年增长25%。",
    "与2016年相比，床位增长94%。",
    "可在五年内继续按原用途使用土地。",
    "预计到2025年，全市老年人口达到150万人。",
    "据预测，到2050年全国老年人口接近5亿。",
    "根据《商务发展规划（2021—2025年）》和《2024年工作要点》。",
    "2019年，全市拥有企业1020家。",
    "2020年我市成功入选试点地区。",
    "2024年工作要点由市政府印发。",
    "开工时间：2024年。",
    "不少于3个工作日，有效期5年。",
    "一、发展现状\n到2025年，压力加大。",
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_deadlines(text, expected):
    assert deadlines(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_other_times_are_no_deadlines(text):
    assert deadlines(text) == []


def test_a_plan_of_one_year_lends_its_year_to_months():
    text = "7月底前完成招标；8月底完成建设任务，年内投入运营。"
    assert deadlines(text, period=(2024, 2024), issued=None) == [
        ("2024-07", "完成招标"),
        ("2024-08", "完成建设任务"),
        ("2024", "投入运营"),
    ]


def test_months_without_any_year_stay_unread():
    assert deadlines("7月底前完成招标。", period=None, issued=None) == []


def test_a_month_belongs_to_the_year_named_before_it_in_the_sentence():
    assert deadlines("2024年3月底前完成设计，6月底前开工。") == [("2024-03", "完成设计"), ("2024-06", "开工")]


def test_deadline_column():
    text = "序号\t工作任务\t责任单位\t完成时限\n1\t建设平台\t市数据局\t2025年6月底前\n2\t开展培训\t市人社局\t长期\n"
    assert deadlines(text) == [("2025-06", "建设平台")]


@given(st.text(alphabet="到2025年67月底末前内，。；：完成建设（）\n十四五“”三截至时限", max_size=80))
def test_any_text_is_read_with_true_quotes(text):
    deadlines(text)
