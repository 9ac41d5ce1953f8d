"""The unit rows: each has a kind, none is listed twice, and the guards keep words apart."""

import re
from importlib.resources import files

import pytest

from kg.extract.units import UNIT_PATTERN, UNITS, closing, kind_of

ROWS = [
    line.split("\t")
    for line in files("kg").joinpath("data", "units.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
KINDS = {"share", "points", "times", "money", "people", "area", "length", "count", "duration", "other"}


def test_no_unit_is_listed_twice():
    assert len({row[0] for row in ROWS}) == len(ROWS) == len(UNITS)


def test_every_unit_has_a_known_kind():
    assert {row[1] for row in ROWS} <= KINDS


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_is_found_alone(unit):
    assert re.match(UNIT_PATTERN, unit + "。").group() == unit


@pytest.mark.parametrize(
    "text",
    [
        "部门",
        "个人",
        "家庭",
        "场所",
        "台账",
        "条件",
        "项目",
        "层次",
        "处理",
        "所有",
        "门诊",
        "支持",
        "分别",
        "天然气",
    ],
)
def test_no_unit_at_the_head_of_another_word(text):
    assert re.match(UNIT_PATTERN, text) is None


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("%", "share"),
        ("/10万", "share"),
        ("个百分点", "points"),
        ("倍", "times"),
        ("亿元", "money"),
        ("元/人/月", "money"),
        ("万人次", "people"),
        ("名", "people"),
        ("万亩", "area"),
        ("平方米/百户", "area"),
        ("公里", "length"),
        ("个工作日", "duration"),
        ("万个", "count"),
        ("台套", "count"),
        ("微克/立方米", "other"),
        ("兆瓦", "other"),
        ("", "other"),
        (None, "other"),
    ],
)
def test_kind_of(unit, kind):
    assert kind_of(unit) == kind


@pytest.mark.parametrize(
    ("unit", "word"),
    [("家", "数量"), ("名", "人数"), ("万人次", "人次"), ("户", "户数"), ("万亩", "面积"), ("公里", "里程"), ("亿元", "金额"),
     ("场", "场次"), ("期", "期数"), ("%", ""), ("吨", ""), (None, "")],
)  # fmt: skip
def test_closing(unit, word):
    assert closing(unit) == word
