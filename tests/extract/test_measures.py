"""Number, unit and comparator as printed: found, and digits that are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.measures import find_measures


def say(text):
    """Each measure in short: ">=60%", "3~5家", "~3.5万张"."""
    found = []
    for m in find_measures(text):
        sign = "" if m.comparator in ("=", "range") else m.comparator
        found.append(f"{sign}{m.value}{f'~{m.high}' if m.high is not None else ''}{m.unit}")
    return found


CASES = [
    # comparators before and behind
    ("不低于60%", [">=60%"]),
    ("不少于20平方米", [">=20平方米"]),
    ("至少2个", [">=2个"]),
    ("≥87.5%", [">=87.5%"]),
    (">25%", [">25%"]),
    ("超过100亿元", [">100亿元"]),
    ("突破45亿元", [">45亿元"]),
    ("超3.5亿元", [">3.5亿元"]),
    ("不超过2年", ["<=2年"]),
    ("不得超过5个工作日", ["<=5个工作日"]),
    ("控制在5.5%左右", ["~5.5%"]),
    ("控制在35微克/立方米以内", ["<=35微克/立方米"]),
    ("控制在0.5%", ["<=0.5%"]),
    ("≤35", ["<=35"]),
    ("<1.0", ["<1.0"]),
    ("低于10%", ["<10%"]),
    ("不足3家", ["<3家"]),
    ("约1.8万平方米", ["~1.8万平方米"]),
    ("接近270万人", ["~270万人"]),
    ("60%以上", [">=60%"]),
    ("100张及以上", [">=100张"]),
    ("5个以内", ["<=5个"]),
    ("160千瓦及以下", ["<=160千瓦"]),
    ("94%左右", ["~94%"]),
    ("近300余个", ["~300个"]),
    ("50多家", ["~50家"]),
    ("3.5万余张", ["~3.5万张"]),
    ("4000余万元", ["~4000万元"]),
    ("5千余张", ["~5000张"]),
    ("至少80%以上", [">=80%"]),
    ("不超过5万元以上", ["<=5万元"]),
    # ranges
    ("3—5家", ["3~5家"]),
    ("1-2个", ["1~2个"]),
    ("10~15所", ["10~15所"]),
    ("80%至90%", ["80~90%"]),
    ("8%—10%", ["8~10%"]),
    ("2到3处", ["2~3处"]),
    ("5万—6万元", ["5~6万元"]),
    ("300张以上500张以下", ["300~500张"]),
    ("2-3场(次)", ["2~3场次"]),
    # units and scales
    ("1,200万元", ["1200万元"]),
    ("百亿元", ["100亿元"]),
    ("千亿元", ["1000亿元"]),
    ("2万亿元", ["2万亿元"]),
    ("5千瓦", ["5千瓦"]),
    ("3千米", ["3千米"]),
    ("15EFLOPS", ["15EFLOPS"]),
    ("1.5万元/人", ["1.5万元/人"]),
    ("10/10万以下", ["<=10/10万"]),
    ("3.2‰", ["3.2‰"]),
    ("5个百分点", ["5个百分点"]),
    ("500台(套)", ["500台套"]),
    ("0.5个工作日", ["0.5个工作日"]),
    # Chinese numerals
    ("一所", ["1所"]),
    ("两家", ["2家"]),
    ("五个", ["5个"]),
    ("三百户", ["300户"]),
    ("一倍", ["1倍"]),
    ("一番", ["1番"]),
    ("三分之二以上", [">=66.67%"]),
    ("半数以上", [">=50%"]),
    ("五年内", ["5年"]),
    ("八成以上", [">=8成"]),
    # bare numbers are measures of an unknown unit; only their context keeps them
    ("80以上", [">=80"]),
    ("94.19万", ["94.19万"]),
]
LEFT_ALONE = [
    "2023年",
    "2021-2025年",
    "2024年6月",
    "第3个",
    "第五批",
    "5G基站",
    "4A级景区",
    "1+5+X",
    "7×24小时",
    "PM2.5",
    "三项制度",
    "三大体系",
    "四级网络",
    "一体化",
    "一批",
    "进一步",
    "统一",
    "五年规划",
    "十四五",
    "一带一路",
    "每一个",
    "双随机",
    "一次会议",
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_measures(text, expected):
    assert say(text) == expected


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text):
    assert say(text) == []


def test_span_reaches_from_comparator_to_comparator():
    """A measure spans its comparators; the number is the digits alone."""
    text = "达到不低于60%以上。"
    (measure,) = find_measures(text)
    assert text[measure.start : measure.end] == "不低于60%以上"
    assert text[measure.number_start : measure.number_end] == "60"


@given(
    st.text(
        alphabet="0123456789.,%万亿千百十一二两半分之个家张年元米余多以上至-—不低于超过达到 第每x",
        max_size=60,
    )
)
def test_measures_stand_in_order_inside_the_text(text):
    last = 0
    for measure in find_measures(text):
        assert 0 <= measure.start <= measure.number_start < measure.number_end <= measure.end <= len(text)
        assert measure.number_start >= last
        assert measure.high is None or measure.high > measure.value
        last = measure.number_end
