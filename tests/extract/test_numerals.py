"""Printed numbers and their values; cn2an is the oracle for Chinese numerals."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numerals import decimal_of, share_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", 1200),
        ("12,345.5", "12345.5"),
        ("94.19", "94.19"),
        ("0.14", "0.14"),
        ("5千", 5000),
        ("三", 3),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("三十", 30),
        ("百", 100),
        ("千", 1000),
        ("一百二十", 120),
        ("一千零五十", 1050),
        ("一万二千", 12000),
        ("三点五", "3.5"),
        ("二〇二五", 2025),
    ],
)
def test_decimal_of(text, value):
    assert decimal_of(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "甲", "一带一路", "三点", "点五", "1.2.3", "A5"])
def test_texts_that_are_no_number(text):
    assert decimal_of(text) is None


@given(st.integers(1, 99_999_999))
def test_every_chinese_numeral_has_the_value_that_cn2an_gives(number):
    assert decimal_of(cn2an.an2cn(number)) == number


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("三分之二", "66.67"),
        ("二分之一", 50),
        ("四分之三", 75),
        ("百分之六十", 60),
        ("百分之九十五", 95),
        ("千分之五", "0.5"),
        ("半数", 50),
        ("一半", 50),
    ],
)
def test_share_of(text, share):
    assert share_of(text) == Decimal(share)


@pytest.mark.parametrize("text", ["三分", "分之二", "六十", ""])
def test_texts_that_are_no_share(text):
    assert share_of(text) is None
