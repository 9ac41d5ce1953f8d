from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.unit_table import BASE_UNITS, SPELLINGS
from kg.units import convert, effective_unit, is_ratio, normal_unit, numerator, parse_unit, same_dimension

CONVERTS = [
    ("1", "‰", "人/万人", "10"),
    ("25", "人/万人", "‰", "2.5"),
    ("50", "张/千人", "张/万人", "500"),
    ("3.6", "张/百人", "张/千人", "36"),
    ("0.14", "张/千人", "张/万人", "1.4"),
    ("3.5", "万张", "张", "35000"),
    ("5", "亿元", "万元", "50000"),
    ("2", "万亿元", "亿元", "20000"),
    ("0.88", "万平方米", "平方米", "8800"),
    ("3", "亩", "平方米", "2000"),
    ("2", "万亩", "公顷", "1333.33333333"),
    ("20", "㎡/百户", "平方米/百户", "20"),
    ("5", "个", "家", "5"),
    ("3", "张", "个", "3"),
    ("10", "所", "处", "10"),
    ("2", "亿斤", "万吨", "10"),
    ("30", "μg/m³", "微克/立方米", "30"),
    ("1", "千公里", "公里", "1000"),
    ("3", "年", "个月", "36"),
    ("2", "EFLOPS", "PFLOPS", "2000"),
    ("12", "1/10万", "‰", "0.12"),
    ("5", "个工作日", "工作日", "5"),
    ("20", "户", "户", "20"),
    ("1.2", "百万吨", "万吨", "120"),
    ("60", "千瓦时", "度", "60"),
    ("7", "名", "人", "7"),
]
DOES_NOT_CONVERT = [
    pytest.param("张", "家", id="beds are no homes"),
    pytest.param("人次", "人", id="attendances are no people"),
    pytest.param("户", "人", id="households are no people"),
    pytest.param("百分点", "%", id="a change is no share"),
    pytest.param("工作日", "天", id="working days are no days"),
    pytest.param("元", "美元", id="no rate of exchange is known"),
    pytest.param("平方米", "平方米/百户", id="an area is no norm"),
    pytest.param("张/千人", "张", id="a rate is no total"),
    pytest.param("所/县区", "所", id="one each is no total"),
    pytest.param("吨标准煤", "吨", id="coal equivalent is no mass"),
    pytest.param("%", None, id="unknown is unknown"),
    pytest.param("次/年", "次", id="a frequency is no count"),
    pytest.param("台", "家", id="machines are no homes"),
]


@pytest.mark.parametrize(("value", "source", "target", "expected"), CONVERTS)
def test_converts(value, source, target, expected):
    assert convert(Decimal(value), source, target) == Decimal(expected)
    assert same_dimension(source, target)


@pytest.mark.parametrize(("source", "target"), DOES_NOT_CONVERT)
def test_does_not_convert_either_way(source, target):
    assert convert(Decimal(1), source, target) is None
    assert convert(Decimal(1), target, source) is None
    assert not same_dimension(source, target)


def test_no_unit_converts_to_no_unit_only():
    assert convert(Decimal("0.57"), None, "") == Decimal("0.57")


def test_converted_values_print_without_exponent():
    assert str(convert(Decimal(1), "亿元", "万元")) == "10000"


@given(
    st.decimals(min_value="0.01", max_value=1_000_000, places=2),
    st.sampled_from(sorted(BASE_UNITS)),
    st.sampled_from(sorted(BASE_UNITS)),
)
def test_a_conversion_and_its_reverse_meet(value, source, target):
    there = convert(value, source, target)
    if there is not None:
        back = convert(there, target, source)
        assert abs(Fraction(back) / Fraction(value) - 1) < Fraction(1, 10**9)


@pytest.mark.parametrize(
    ("printed", "usual"),
    [
        ("㎡", "平方米"),
        ("％", "%"),
        ("个百分点", "百分点"),
        (" 万 平方米 ", "万平方米"),
        ("万名", "万人"),
        ("个月", "月"),
        ("吨标煤", "吨标准煤"),
        ("万吨标煤", "万吨标准煤"),
        ("㎡／百户", "平方米/百户"),
        ("", None),
        (None, None),
        ("门诊量单位", "门诊量单位"),
    ],
)
def test_usual_spelling(printed, usual):
    assert normal_unit(printed) == usual


@pytest.mark.parametrize("usual", sorted(set(SPELLINGS.values())))
def test_the_usual_spelling_is_a_unit_and_spells_itself(usual):
    assert normal_unit(usual) == usual
    assert not parse_unit(usual).kind.startswith("own:")


@pytest.mark.parametrize(
    ("indicator", "unit", "expected"),
    [
        ("每万老年人口拥有社会工作者数", "人", "人/万人"),
        ("每千名老年人社会工作者配比", "‰", "‰"),
        ("每百户居民拥有社区综合服务设施面积", "平方米", "平方米/百户"),
        ("每百户配建面积", "平方米/百户", "平方米/百户"),
        ("每千人口拥有3岁以下婴幼儿托位数", "个", "个/千人"),
        ("每万城镇常住人口配备社区工作者数", "名", "人/万人"),
        ("万元GDP用水量", "立方米", "立方米/万元"),
        ("亿元地区生产总值生产安全事故死亡率", "人", "人/亿元"),
        ("人均公园绿地面积", "平方米", "平方米/人"),
        ("人均预期寿命", "岁", "岁"),
        ("每个县区建成养老院", "所", "所"),
        ("养老床位数", "万张", "万张"),
        ("老年人每年参加健康体检次数", "次/年", "次/年"),
        ("护理型床位占比", None, None),
    ],
)
def test_the_name_carries_a_denominator(indicator, unit, expected):
    assert effective_unit(indicator, unit) == expected


@pytest.mark.parametrize(("unit", "expected"), [("所/县区", "所"), ("张", "张"), (None, None)])
def test_numerator(unit, expected):
    assert numerator(unit) == expected


@pytest.mark.parametrize(
    ("unit", "expected"), [("%", True), ("人/万人", True), ("倍", True), ("张/千人", False), (None, False)]
)
def test_ratio(unit, expected):
    assert is_ratio(unit) is expected
