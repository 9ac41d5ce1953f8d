"""Number, unit and comparator: the grammar of a printed measure, in one linear pattern.

不低于60% · 3—5家 · 300张以上500张以下 · 3.5万余张 · 百亿元 · 三分之二以上 · 1.2万个 · 35微克/立方米以内.
What a measure means is read elsewhere; here only its characters are taken apart.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kg.extract.numerals import decimal_of, share_of
from kg.extract.units import ENCLOSED_UNIT, UNIT_PATTERN, kind_of
from kg.model import Comparator


class Measure(NamedTuple):
    """One printed measure; all indices count the text that was searched.

    start/end: from the comparator before the number to the one behind it. number_start/number_end: the
    number itself (both numbers of a range). unit: as printed with its scale ("万张"); "" for a bare
    number whose unit the context must give. high: upper end of a range. exact: whether a comparator is
    printed (without one, "=" is read).
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal
    unit: str
    comparator: Comparator
    high: Decimal | None = None
    exact: bool = True

    @property
    def kind(self) -> str:
        """What the unit measures: share, points, money, count and so on."""
        return kind_of(self.unit)


_ARABIC = r"(?:\d{1,3}(?:,\d{3})++(?:\.\d{1,8}+)?|\d{1,12}+(?:\.\d{1,8}+)?)(?![\d+×])"
_HAN = r"[一二两三四五六七八九十百千]{1,8}+"
#: a hundred or a thousand of a counter, never of 千瓦, 千米, 千克
_TIMES = r"[百千](?![瓦米克伏焦卡])"
_SCALE = r"万亿|百万|千万|[万亿]"
_MORE = r"[余多]"
_LEAST, _MOST = r"(?:及|或|\(含\))?以上|及其以上", r"(?:及|或|\(含\))?以下|以内|之内"
_AFTER = rf"{_LEAST}|{_MOST}|左右|上下"
#: counters that a Chinese numeral may count: 建设一所…, 两家…; not 三项制度, 四级网络, 五个方面
_HAN_UNIT = (
    r"(?:[个家所座处名支套台间张户场期](?![人体性方层月环级别阶])|人次|倍|成(?!果|效|立|功|为|员|本|长|"
    r"熟)|番|(?:万亿|[万亿])?元|"
    r"(?:万亿|[万亿])(?:人次|人|张|个|家|户|亩|平方米|吨|千瓦)|个百分点|个?工作日|个月|小时|分钟|"
    r"天(?!然|津)|年(?=内)|次(?![会性]))"
)
_FRACTIONS = r"[二两三四五六七八九十百千]{1,3}分之[一二两三四五六七八九十百零点\d.]{1,8}|半数|一半|过半数?"
MEASURE = re.compile(
    rf"(?<![\d.A-Za-z第+×\-—–~/第])"
    rf"(?:(?P<low>{_ARABIC})(?P<low_times>{_TIMES})?(?P<low_more>{_MORE})?(?P<low_scale>{_SCALE})?(?P<low_more2>{_MORE})?"
    rf"(?P<low_unit>{UNIT_PATTERN})?(?P<low_after>{_AFTER})?"
    rf"(?:[-—–~至到]{{1,2}}(?P<high>{_ARABIC})(?P<high_times>{_TIMES})?(?P<high_scale>{_SCALE})?(?P<high_unit>{UNIT_PATTERN})?"
    rf"(?P<high_after>{_AFTER})?|(?<=以上)[、"
        rf",]?(?P<cap>{_ARABIC})(?P<cap_scale>{_SCALE})?(?P<cap_unit>{ENCLOSED_UNIT})以下)?"
    rf"|"
        rf"(?<![一二两三四五六七八九十百千万亿每])(?P<han>{_HAN})(?P<han_more>{_MORE})?(?P<han_unit>{_HAN_UNIT})(?P<han_after>{_AFTER})?"
    rf"|(?P<share>{_FRACTIONS})(?P<share_after>{_AFTER})?)"
)  # fmt: skip
#: what a measure can begin with: a search for one character is far faster than for the whole grammar
_FIRST = re.compile(r"[0-9一二两三四五六七八九十百千半过]")
#: a year, alone or as the first of two, is a time and no measure
_YEAR = re.compile(r"(?:19|20)\d\d(?:年|[-—–~至到](?:19|20)?\d\d)")
#: behind a bare number these make a name or a date of it: 5G, 4A级, 6月, 12号
_NAME = re.compile(r"[A-Za-z月日号时]")
_BEFORE = re.compile(
    r"(?:(?P<ge>≥|>=|⩾|不低于|不少于|不小于|不得低于|不得少于|不得小于|不能少于|不能低于|至少|最少|最低)|"
    r"(?P<le>≤|<=|⩽|不超过|不高于|不大于|不多于|不得超过|不得高于|不得多于|最高|最多|最长|至多|控制在|"
    r"控制到)|"
    r"(?P<gt>>|超过|突破|大于|高于|多于|超出|超|逾|破)|(?P<lt><|小于|低于|少于|不足|不到|未达到)|"
    r"(?P<about>约为?|大约|近|接近|约合|估计|将近))(?:为|在|到|达到?|有|约)?$"
)
_COMPARATORS: tuple[tuple[str, Comparator], ...] = (
    ("ge", ">="), ("le", "<="), ("gt", ">"), ("lt", "<"), ("about", "~"),
)  # fmt: skip
#: the longest comparator before a number, with what may stand between
_REACH_BACK = 9


def find_measures(text: str) -> Iterator[Measure]:
    """Every measure of a text, in reading order; bare numbers only behind a word that asks for one."""
    last = 0
    for first in _FIRST.finditer(text):
        match = MEASURE.match(text, first.start()) if first.start() >= last else None
        if match is None:
            continue
        last = match.end()
        if match["low"]:
            if not _YEAR.match(text, match.start()):
                yield from _arabic(text, match)
        elif match["han"]:
            yield from _chinese(text, match)
        else:
            yield from _fraction(text, match)


def _arabic(text: str, match: re.Match[str]) -> Iterator[Measure]:
    value = decimal_of(match["low"] + (match["low_times"] or ""))
    if value is None:
        return
    scale = match["low_scale"] or ""
    if match["cap"]:
        unit, high = (match["cap_scale"] or "") + match["cap_unit"], decimal_of(match["cap"])
        yield Measure(match.start(), match.end(), match.start(), match.end("cap"), value, unit, "range", high)
        return
    if match["high"]:
        yield from _range(match, value)
        return
    unit = scale + _plain(match["low_unit"] or "")
    if unit or not _NAME.match(text, match.end()):
        yield _single(text, match, "low", value, unit)


def _plain(unit: str) -> str:
    """场(次) is one unit, 场次."""
    return unit.replace("(", "").replace(")", "") if unit.endswith(")") else unit


def _range(match: re.Match[str], value: Decimal) -> Iterator[Measure]:
    """3—5家, 80%至90%, 5万—6万元: the unit of the second number is that of the first."""
    high = decimal_of(match["high"] + (match["high_times"] or ""))
    scale = match["high_scale"] or match["low_scale"] or ""
    unit = _plain(match["high_unit"] or match["low_unit"] or "")
    if high is None or high <= value or not (unit or scale):
        return
    end = _end(match, "high_after", "high_unit", "high_scale", "high")
    yield Measure(match.start(), end, match.start(), match.end("high"), value, scale + unit, "range", high)


def _chinese(text: str, match: re.Match[str]) -> Iterator[Measure]:
    value = decimal_of(match["han"])
    if value is not None:
        yield _single(text, match, "han", value, match["han_unit"])


def _fraction(text: str, match: re.Match[str]) -> Iterator[Measure]:
    value = share_of(match["share"])
    if value is not None:
        yield _single(text, match, "share", value, "%")


def _end(match: re.Match[str], *groups: str) -> int:
    return next(match.end(group) for group in groups if match[group])


def _single(text: str, match: re.Match[str], group: str, value: Decimal, unit: str) -> Measure:
    """The measure of one number; `group` names its part of the pattern."""
    start, before = _comparator_before(text, match.start())
    after = _comparator_after(match[f"{group}_after"])
    more = any(match[name] for name in ("low_more", "low_more2", "han_more"))
    comparator = after or before
    if more and before in ("~", None):
        comparator = "~"
    elif before == "<=" and after == ">=":
        comparator = "<="
    end = _end(match, "low_after", "low_unit", "low_scale", "low") if group == "low" else match.end()
    return Measure(
        start=start,
        end=end,
        number_start=match.start(group),
        number_end=match.end(group),
        value=value,
        unit=unit,
        comparator=comparator or "=",
        exact=comparator is not None,
    )


def _comparator_before(text: str, start: int) -> tuple[int, Comparator | None]:
    """Where the words before a number begin, and the comparator they state."""
    match = _BEFORE.search(text, max(0, start - _REACH_BACK), start)
    if not match:
        return start, None
    return match.start(), next(sign for name, sign in _COMPARATORS if match[name])


def _comparator_after(after: str | None) -> Comparator | None:
    if not after:
        return None
    if after in ("左右", "上下"):
        return "~"
    return ">=" if after.endswith("以上") else "<="
