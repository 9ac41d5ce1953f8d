"""The smaller fields of a quantity: units as they compare, denominators, what a bare number is in."""

from decimal import Decimal

import pytest

from kg.extract.fields import is_rate, per_of, unit_of
from kg.extract.measures import Measure


def measure(unit):
    return Measure(0, 1, 0, 1, Decimal(1), unit, "=")


@pytest.mark.parametrize(
    ("unit", "indicator", "expected"),
    [
        ("", "培训率", "%"),
        ("", "新建数据中心电能利用效率(PUE)", None),
        ("", "容积率", None),
        ("万", "农村老年人口", "万人"),
        ("个小时", "企业开办时间", "小时"),
        ("个工作日", "办理时限", "个工作日"),
        ("万㎡", "商业面积", "万平方米"),
        ("座", "户厕数量", "座"),
    ],
)
def test_unit_of(unit, indicator, expected):
    assert unit_of(measure(unit), indicator) == expected


@pytest.mark.parametrize(
    ("body", "unit", "expected"),
    [
        ("每个县区建成", "所", ("县区", "所/县区")),
        ("每年滚动实施省、市重点技改项目", "项", (None, "项/年")),
        ("每辆车最高补贴", "元", (None, "元/辆")),
        ("每年新增", "家", (None, "家/年")),
        ("各村(社区)每月至少召开", "次", ("村(社区)", "次/月")),
        ("各县区建成", "所", ("县区", "所")),
        ("每年A项目,新建", "项", (None, "项")),
        ("覆盖率每年提高", "%", (None, "%")),
        ("按每百户不少于", "平方米", (None, "平方米/百户")),
    ],
)
def test_per_of(body, unit, expected):
    assert per_of(body, unit) == expected


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("达标率", True),
        ("床位占比", True),
        ("能源利用效率", False),
        ("光伏装机功率", False),
        ("床位数", False),
    ],
)
def test_is_rate(indicator, expected):
    assert is_rate(indicator) is expected
