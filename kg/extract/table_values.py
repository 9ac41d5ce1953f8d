"""The cells of an indicator table: a name with its unit, a value with its comparator."""

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from kg.extract.measures import find_measures
from kg.extract.numerals import decimal_of
from kg.extract.units import ENCLOSED_UNIT, UNIT_PATTERN
from kg.model import Comparator, Nature

#: 居民健康素养水平(%), 新增机构(个数): the last bracket, where a unit stands in it
_UNIT_IN_NAME = re.compile(
    rf"\((?:1(?=/))?(?P<unit>(?:[百千万亿]+)?(?:{ENCLOSED_UNIT}|个数|人数|件|项)(?:/[^()]{{1,8}})?)\)(?=$|\*|\d|\[)"
)
_NAME_MARKER = re.compile(r"^(?:\d{1,2}[.、]|[①-⑳]|其中:?)")
_VALUE = re.compile(
    r"(?P<before>≥|>=|>|≤|<=|<|不低于|不少于|超过|突破|大于|高于|不超过|不高于|低于|小于|少于|约|达到?|"
    r"控制在|"
    r"保持在?|稳定在|累计|年均|增长|下降|降低|提高|至少|力争|左右)*"
    r"[\[〔(]?(?P<number>[-+−]?\d[\d,]*(?:\.\d+)?)[\]〕)]?(?P<scale>万亿|[万亿])?"
    r"(?P<unit>[^\d以左之及\s\])〕]{0,8}?)[\]〕)]?(?P<after>(?:及)?以上|以内|以下|左右|之内|\*)?[\])〕*]*$"
)
_WORDS = re.compile(r"[一-龥]{2,12}")
_NOTHING = re.compile(r"[-—–/\\\s*]*|无|待定|暂无")
_SIGNS: dict[str, Comparator] = {
    **dict.fromkeys(("≥", ">=", "不低于", "不少于", "至少", "以上", "及以上"), ">="),
    **dict.fromkeys((">", "超过", "突破", "大于", "高于"), ">"),
    **dict.fromkeys(("≤", "<=", "不超过", "不高于", "以内", "以下", "之内", "控制在"), "<="),
    **dict.fromkeys(("<", "低于", "小于", "少于"), "<"),
    **dict.fromkeys(("约", "左右"), "~"),
}


class CellValue(NamedTuple):
    """What a value cell says.

    value/high/comparator/unit: as in a record; all None for words (明显增长). number: the characters of
    the number, "" for words. signed: the comparator is printed, a bare number is "=".
    """

    value: Decimal | None = None
    comparator: Comparator | None = None
    unit: str | None = None
    number: str = ""
    high: Decimal | None = None


def read_value(text: str) -> CellValue | None:
    """The value of a cell (>25, 80%以上, [5.5], 明显增长), or None where it gives none (—)."""
    if _NOTHING.fullmatch(text):
        return None
    if (spread := next(find_measures(text), None)) and spread.high is not None and spread.start == 0:
        number = text[spread.number_start : spread.number_end]
        return CellValue(spread.value, "range", spread.unit or None, number, spread.high)
    match = _VALUE.fullmatch(text)
    value = decimal_of(match["number"].lstrip("+-−")) if match else None
    if match is None or value is None:
        return CellValue() if _WORDS.fullmatch(text) else None
    value = -value if match["number"][0] in "-−" else value
    sign = _SIGNS.get(match["after"] or match["before"] or "", "=")
    return CellValue(value, sign, (match["scale"] or "") + (match["unit"] or "") or None, match["number"])


def split_unit(name: str) -> tuple[str, str | None]:
    """A metric's name without the unit in its bracket, and that unit; 个数 stays in the name."""
    name = _NAME_MARKER.sub("", name.replace("\n", "")).rstrip("*")
    match = _UNIT_IN_NAME.search(name)
    if not match:
        return name, None
    unit = match["unit"]
    if unit.endswith("数"):
        return name[: match.start()] + unit, unit[:-1]
    return name[: match.start()] + name[match.end() :], unit


def caption_unit(caption: str) -> str | None:
    """The unit that a caption gives for the whole table: (单位:万元)."""
    match = _caption_unit().search(caption) if "单位:" in caption else None
    return match[1] if match else None


@cache
def _caption_unit() -> re.Pattern[str]:
    """Few texts have such a caption, and the pattern is slow to compile."""
    return re.compile(rf"单位:([百千万亿]*(?:{UNIT_PATTERN}))")


def nature_of(text: str) -> Nature | None:
    """约束性 or 预期性."""
    if "约束" in text:
        return "binding"
    return "expected" if "预期" in text else None


def is_blank(text: str) -> bool:
    """Whether a cell says nothing."""
    return bool(_NOTHING.fullmatch(text))
