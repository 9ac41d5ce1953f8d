"""The view: what is joined, what is dropped, and that every character leads back to its raw place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.view import make_view

JOINED = [
    pytest.param(
        "——供给不断增强。截至 2020 年底,全市共有各类养\n\n老服务机构 1611 家:",
        "——供给不断增强。截至2020年底,全市共有各类养老服务机构1611家:",
        id="页末断句",
    ),
    pytest.param(
        "《泾源县 2023 年健康养老产业专班\n工作方案》的通知",
        "《泾源县2023年健康养老产业专班工作方案》的通知",
        id="书名号内断行",
    ),
    pytest.param(
        "已经县人民政 \n府同意，现印发给你们。", "已经县人民政\n府同意,现印发给你们。", id="短行不是断句"
    ),
    pytest.param(
        "《方案》已经县人民政府第三十次常务会议研究 \n同意，现印发给你们。",
        "《方案》已经县人民政府第三十次常务会议研究同意,现印发给你们。",
        id="满行断句",
    ),
    pytest.param("(四)\n加强评估监测", "(四)加强评估监测", id="编号独占一行"),
    pytest.param("(豫政办〔 2017 〕 108 号)", "(豫政办〔2017〕108号)", id="文号内空格"),
    pytest.param("90 %以上的乡镇", "90%以上的乡镇", id="百分号前空格"),
    pytest.param("公私合作( PPP )", "公私合作(PPP)", id="字母旁空格"),
    pytest.param("[bookmark: _GoBack]责任单位：县卫健局", "责任单位:县卫健局", id="书签"),
    pytest.param("⽼年⼈⺠生活", "老年人民生活", id="部首字符"),
    pytest.param("〃十四五”", '"十四五"', id="引号同形"),
    pytest.param(
        "　　为深入贯彻落实国家、省、市关于养老服务的部署要求，制定本方案\n　　本方案所称养老服务机构包括养老院",
        "为深入贯彻落实国家、省、市关于养老服务的部署要求,制定本方案\n本方案所称养老服务机构包括养老院",
        id="首行缩进两字是新段",
    ),
    pytest.param("一、总体要求 \n(一)指导思想", "一、总体要求\n(一)指导思想", id="标题不连"),
    pytest.param("第一章 规划背景 第一节 主要成就", "第一章规划背景\n第一节主要成就", id="同行两个标题"),
    pytest.param(
        "按规定纳入支付范围。(七)开展技术服务能力提升行动\n19.深化标准",
        "按规定纳入支付范围。\n(七)开展技术服务能力提升行动\n19.深化标准",
        id="标题粘在段末",
    ),
    pytest.param("床位200余张。 2.社区养老院项目。", "床位200余张。\n2.社区养老院项目。", id="条目粘在句后"),
    pytest.param("指标名称 |\n>25 |", "指标名称|\n>25|", id="表格单元不连"),
    pytest.param(
        "特殊困难老年人月探访率(%)\t100\t预期性", "特殊困难老年人月探访率(%)\t100\t预期性", id="制表符保留"
    ),
    pytest.param("VR AR 技术", "VR AR技术", id="外文词间空格保留"),
    pytest.param("指标    2025年    属性", "指标\t2025年\t属性", id="对齐的列"),
    pytest.param("专班负责人：李  静", "专班负责人:李静", id="单名中空不是列"),
    pytest.param("", "", id="空文本"),
    pytest.param(" \n\t\n", "", id="只有空白"),
]


@pytest.mark.parametrize(("raw", "expected"), JOINED)
def test_view_text(raw, expected):
    assert make_view(raw).text == expected


@pytest.mark.parametrize(("raw", "expected"), JOINED)
def test_every_character_leads_back_to_its_raw_twin(raw, expected):
    view = make_view(raw)
    for index, character in enumerate(view.text):
        start, end = view.raw_span(index, index + 1)
        assert end == start + 1
        assert 0 <= start < len(raw)
        if character not in '\n\t"' and raw[start].isascii():
            assert raw[start] == character


def test_offsets_count_the_whole_file():
    raw = "前言。\n(一)总体 目标。"
    view = make_view(raw, 4)
    assert view.text == "(一)总体目标。"
    assert raw[slice(*view.raw_span(3, 7))] == "总体 目标"


@given(st.text(alphabet=st.sampled_from("老年人25%，。(一)、1. \n\t|《》 第章?\r　A9"), max_size=300))
def test_any_text_maps_back_in_order(raw):
    view = make_view(raw)
    places = [view.raw_index(index) for index in range(len(view.text))]
    assert all(0 <= place < len(raw) for place in places)
    assert places == sorted(places)


@given(st.text(max_size=200))
def test_index_of_raw_inverts_raw_index(raw):
    view = make_view(raw)
    for index, character in enumerate(view.text):
        if character != "\n":
            assert view.index_of_raw(view.raw_index(index)) <= index
