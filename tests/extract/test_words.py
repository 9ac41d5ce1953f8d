"""What reaches a number at a clause's end, and nouns that only end like it."""

import pytest

from kg.extract.words import strip_reach

REACHES = [
    ("床位占比稳步提高到", "床位占比"),
    ("覆盖率总体应达到", "覆盖率"),
    ("占比将能达到", "占比"),
    ("天数比例可能为", "天数比例"),
    ("全市人口约", "全市人口"),
    ("参保人数共计", "参保人数"),
    ("达标率要达到", "达标率"),
]
CLOSES_A_NOUN = [
    ("服务设施和服务功能", "服务设施和服务功能"),
    ("原煤产能达到", "原煤产能"),
    ("应急物资供应达到", "应急物资供应"),
    ("水资源节约", "水资源节约"),
    ("文明行为达到", "文明行为"),
    ("电子政务审计", "电子政务审计"),
    ("行政许可均为", "行政许可"),
]


@pytest.mark.parametrize(("text", "left"), REACHES + CLOSES_A_NOUN)
def test_strip_reach(text, left):
    assert strip_reach(text) == left
