"""Subjects split into parts, with the ending or the scope that they share."""

import pytest

from kg.extract.distribution import split_parts

CASES = [
    ("甲率、乙率", 2, ["甲率", "乙率"]),
    ("城市道路和农村公路优良率", 2, ["城市道路优良率", "农村公路优良率"]),
    (
        "街道机构和设施、社区机构和设施、助餐点覆盖率",
        3,
        ["街道机构和设施覆盖率", "社区机构和设施覆盖率", "助餐点覆盖率"],
    ),
    ("新建或改造床位占比", 2, ["新建床位占比", "改造床位占比"]),
    ("新建、在建和已建小区", 3, ["新建小区", "在建小区", "已建小区"]),
    ("小学、初中、高中班额", 3, ["小学班额", "初中班额", "高中班额"]),
    ("化学需氧量、氨氮重点工程减排量", 2, ["化学需氧量重点工程减排量", "氨氮重点工程减排量"]),
    ("一般固废和危险废物利用处置率", 2, ["一般固废利用处置率", "危险废物利用处置率"]),
    ("院长和护理人员培训上岗率", 2, ["院长培训上岗率", "护理人员培训上岗率"]),
    ("高血压和糖尿病患者规范管理率", 2, ["高血压患者规范管理率", "糖尿病患者规范管理率"]),
    ("孕产妇系统管理率和儿童健康管理率", 2, ["孕产妇系统管理率", "儿童健康管理率"]),
    ("教师和校长培训率", 2, ["教师培训率", "校长培训率"]),
    ("城乡居民收入", 2, ["城市居民收入", "农村居民收入"]),
]


@pytest.mark.parametrize(("subject", "count", "parts"), CASES)
def test_split_parts(subject, count, parts):
    assert split_parts(subject, count) == parts


def test_separators_inside_brackets_part_nothing():
    assert split_parts("普及率(含农村、山区)、使用率", 2) == ["普及率(含农村、山区)", "使用率"]


@pytest.mark.parametrize(("subject", "count"), [("甲率、乙率", 3), ("甲率", 2), ("、乙率", 2), ("", 2)])
def test_no_parts(subject, count):
    assert split_parts(subject, count) is None
