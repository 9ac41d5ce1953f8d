"""Printed times: what they say and what they are for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.times import find_times


def say(text, anchor=2023):
    return [(text[t.start : t.end], t.iso, t.role) for t in find_times(text, anchor)]


CASES = [
    ("到2025年，", [("到2025年", "2025", "by")]),
    ("至2025年，", [("至2025年", "2025", "by")]),
    ("力争到2027年底，", [("力争到2027年底", "2027", "by")]),
    ("2022年底前完成", [("2022年底前", "2022", "by")]),
    ("2024年6月底前完成", [("2024年6月底前", "2024-06", "by")]),
    ("2023年7月15日", [("2023年7月15日", "2023-07-15", "at")]),
    ("2025年上半年", [("2025年上半年", "2025-06", "at")]),
    ("2024年第三季度", [("2024年第三季度", "2024-09", "at")]),
    ("2018年，启动", [("2018年", "2018", "at")]),
    ("2021年底实现", [("2021年底", "2021", "at")]),
    ("二〇二五年", [("二〇二五年", "2025", "at")]),
    ("到二〇三五年", [("到二〇三五年", "2035", "by")]),
    ('到"十四五"末', [('到"十四五"末', "2025", "by")]),
    ('"十三五"期间', [('"十三五"期间', "2020", "span")]),
    ('"十五五"时期', [('"十五五"时期', "2030", "span")]),
    ("2021—2025年", [("2021—2025年", "2025", "span")]),
    ("截至2020年底", [("截至2020年底", "2020", "asof")]),
    ("截止到2019年末", [("截止到2019年末", "2019", "asof")]),
    ("较2023年增长", [("较2023年", "2023", "base")]),
    ("与2016年相比", [("与2016年", "2016", "base")]),
    ("比2020年下降", [("比2020年", "2020", "base")]),
    ("自2022年起", [("自2022年", "2022", "since")]),
    ("从2023年开始", [("从2023年", "2023", "since")]),
    ("7月底完成", [("7月底", "2023-07", "at")]),
    ("3月底前完成", [("3月底前", "2023-03", "by")]),
    ("年内引进", [("年内", "2023", "by")]),
    ("力争年底启动", [("力争年底", "2023", "by")]),
    ("三年内建成", [("三年内", "2026", "by")]),
    ("明年建成", [("明年", "2024", "at")]),
    ("去年完成3家", [("去年", "2022", "at")]),
    ("按上年度缴费的30%返还", [("上年", "2022", "base")]),
    ('是"十二五"时期的2.1倍', [('"十二五"时期', "2015", "base")]),
]
LEFT_ALONE = ["洪府办发〔2022〕26号", "20年内", "每年6月", "2000级", "65周岁", "3个月", "年均增长", "老年人"]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_times(text, expected):
    assert say(text) == expected


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text):
    assert say(text) == []


def test_a_span_knows_its_first_year():
    (span,) = find_times("2021—2025年")
    assert (span.first, span.year) == (2021, 2025)


def test_without_an_anchor_only_printed_years_count():
    """年内 says nothing when nobody knows of which year."""
    assert say("年内引进，7月底完成，到2025年建成", anchor=None) == [("到2025年", "2025", "by")]


@given(st.text(alphabet='0123456789年月日底末前到至较比截自从起"十四五年内三期间季度上半一—-', max_size=50))
def test_times_stand_in_order_inside_the_text(text):
    last = 0
    for time in find_times(text, 2024):
        assert 0 <= time.start < time.end <= len(text)
        assert time.end > last
        last = time.end
