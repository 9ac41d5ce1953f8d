"""The outline: markers, ranks, titles, boxes and their ends."""

import pytest

from kg.text.outline import outline
from kg.text.plan import read_plan
from kg.text.view import make_view


def titles(raw):
    return [(section.number, section.title) for section in outline(make_view(raw))]


CASES = [
    pytest.param(
        "一、总体要求\n(一)指导思想\n正文。", [("一、", "总体要求"), ("(一)", "指导思想")], id="章与节"
    ),
    pytest.param(
        "第一章 规划背景 第一节 主要成就", [("第一章", "规划背景"), ("第一节", "主要成就")], id="同行章节"
    ),
    pytest.param("1.推进扩容。结合养老服务供给和需求情况。", [("1.", "推进扩容")], id="段首标题"),
    pytest.param(
        "1、按照政府引导、需求导向的原则,开展试点,支持机构上门。", [("1、", "")], id="编号段落没有标题"
    ),
    pytest.param("——医养融合发展。2018年,全市达到18家。", [("——", "医养融合发展")], id="破折号条目"),
    pytest.param("一是居家社区布点成网。建立机制。", [("一是", "居家社区布点成网")], id="一是"),
    pytest.param(
        "一政策体系日益完善。颁布实施了条例,出台了计划。", [("一", "政策体系日益完善")], id="破折号识别成一"
    ),
    pytest.param(
        "服务网络全面覆盖。到2025年,城区形成四级服务网络。", [("", "服务网络全面覆盖")], id="无编号段首标题"
    ),
    pytest.param("2023年,完成改造任务。随后组织验收工作并通报。", [], id="带数字的句子不是标题"),
    pytest.param("3.5万张床位。", [], id="小数不是编号"),
    pytest.param("第一章\t规划背景\t- 4-\n第二章\t总体要求\t- 8-", [], id="目录行不是标题"),
    pytest.param("第一节 指导思想- 8 -", [], id="目录页码"),
    pytest.param(
        "5.2022年10月底前完成改造。此后验收。", [("5.", "2022年10月底前完成改造")], id="编号后是年份"
    ),
    pytest.param("第一章 规划背景……………3", [], id="目录引导点"),
    pytest.param("一般不少于40张。", [], id="一般不是编号"),
    pytest.param("附件1\n2023年工作方案表", [("附件1", "")], id="附件"),
]


@pytest.mark.parametrize(("raw", "expected"), CASES)
def test_headings(raw, expected):
    assert titles(raw) == expected


def test_a_box_with_a_printed_border_ends_there():
    raw = "6.提质发展。\n专栏2 重点项目 |\n1.甲项目。新建。 2.乙项目。改建。 |\n7.提升水平。支持机构发展。"
    sections = outline(make_view(raw))
    assert [s.title for s in sections] == ["提质发展", "重点项目", "甲项目", "乙项目", "提升水平"]
    box = sections[1]
    assert [s.parent for s in sections] == [-1, 0, 1, 1, -1]
    assert box.end <= sections[4].start


def test_numbers_after_a_box_go_on_outside_it():
    raw = "(四)能力支撑\n1、提升人员能力。完善政策。\n专栏6 培训计划\n加快培养人才。\n2、提升机构能力。打造团队。"
    sections = outline(make_view(raw))
    assert [(s.number, s.parent) for s in sections] == [("(四)", -1), ("1、", 0), ("专栏6", 1), ("2、", 0)]


def test_numbers_that_start_again_belong_to_the_box():
    raw = (
        "(二)居家养老\n1、支持家庭。甲。\n2、打造环境。乙。\n专栏2 工程\n1、按照原则。丙。\n2、开展创建。丁。"
    )
    sections = outline(make_view(raw))
    assert [s.parent for s in sections] == [-1, 0, 0, 2, 3, 3]


def test_a_part_numbered_in_arabic_by_mistake_keeps_its_rank():
    sections = outline(make_view("(一)服务体系。\n1.甲事。一。\n（2） 融合发展。\n3.乙事。二。\n(三)产业。"))
    assert [(s.title, s.parent) for s in sections] == [
        ("服务体系", -1),
        ("甲事", 0),
        ("融合发展", -1),
        ("乙事", 2),
        ("产业", -1),
    ]


def test_path_names_the_headings_from_the_outside_in():
    plan = read_plan("x", "四、主要任务\n(一)健全体系\n2.夯实基础。到2025年,月探访率保持在100%。")
    assert plan.path(plan.text.index("月探访率")) == ("主要任务", "健全体系", "夯实基础")
    assert plan.path(0) == ("主要任务",)
