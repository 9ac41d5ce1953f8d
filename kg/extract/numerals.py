"""Numbers as plans print them: 1,200 · 94.19 · 百 · 三十二 · 一万二千 · 三分之二 · 半数.

The trailing 万 or 亿 of a number belongs to its unit (3.5万张 is 3.5 in 万张), so it is not read here;
a 百 or 千 is multiplied in (5千余张 is 5000).
"""

import re
from decimal import Decimal

_DIGIT = {han: value for value, han in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "俩": 2,
}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_FRACTION = re.compile(
    r"(?P<under>[二两三四五六七八九十百千]+)分之(?P<over>[一二两三四五六七八九十百零点\d.]+)"
)
_HUNDRED = Decimal(100)


def decimal_of(text: str) -> Decimal | None:
    """The value of a printed number, or None where it is none ("百" alone is 100).

    Arabic digits with thousand separators and decimals, Chinese numerals up to 亿, mixed forms such as
    "5千". Fractions are `share_of`'s.
    """
    plain = text.replace(",", "")
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([百千]?)", plain)
    if match:
        return Decimal(match[1]) * _SMALL.get(match[2], 1)
    return _han(plain)


def share_of(text: str) -> Decimal | None:
    """A fraction in words as per cent: 三分之二 → 66.67, 半数 → 50, 百分之六十 → 60; None for others."""
    if text in ("半数", "一半", "过半", "过半数"):
        return Decimal(50)
    match = _FRACTION.fullmatch(text)
    if not match:
        return None
    under, over = _han(match["under"]), decimal_of(match["over"])
    if not under or over is None:
        return None
    return (over * _HUNDRED / under).quantize(Decimal("0.01")).normalize() + 0


def _han(text: str) -> Decimal | None:
    """The value of a Chinese numeral; 一百二 is not read as 120, plans do not write so."""
    whole, dot, part = text.partition("点")
    if dot:
        return _with_decimals(whole, part)
    total = section = digit = 0
    for character in text:
        if character in _DIGIT:
            digit = digit * 10 + _DIGIT[character] if digit else _DIGIT[character]
        elif character in _SMALL:
            section += (digit or 1) * _SMALL[character]
            digit = 0
        elif character in _LARGE:
            total = (total + section + digit or 1) * _LARGE[character]
            section = digit = 0
        else:
            return None
    return Decimal(total + section + digit) if text else None


def _with_decimals(whole: str, part: str) -> Decimal | None:
    """三点五 → 3.5."""
    integer = _han(whole)
    if integer is None or not part or any(character not in _DIGIT for character in part):
        return None
    return Decimal(f"{integer}.{''.join(str(_DIGIT[character]) for character in part)}")
