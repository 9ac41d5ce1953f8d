"""Times as plans print them: 到2025年 · 2022年底前 · 截至2020年末 · 较2023年 · 三年内 · 用三年时间.

A mention knows its role, because only some times are deadlines: "较2023年" is a base of comparison,
"自2022年起" a beginning. Relative times need an anchor year (the plan's own, or the year of issue).
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Role = Literal["by", "asof", "at", "base", "since", "span"]
#: by: 到…, …前, …末 · asof: 截至 · at: a bare time · base: 较, 比 · since: 自…起 · span: 2021—2025年, 期间


class TimeMention(NamedTuple):
    """One printed time. start/end count the searched text, lead word and tail included.

    iso: "2025", "2023-07" or "2023-07-15": as exact as printed, 底 and 末 dropped; of a span its last year.
    first: first year of a span. anchored: whether the year came from the anchor and is not printed.
    """

    start: int
    end: int
    iso: str
    role: Role
    first: int | None = None
    anchored: bool = False

    @property
    def year(self) -> int:
        """The calendar year."""
        return int(self.iso[:4])


_HAN_DIGIT = {han: str(value) for value, han in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "O": "0",
}
_SMALL = {han: value for value, han in enumerate("零一二三四五六七八九十")} | {
    "两": 2,
    "十一": 11,
    "十二": 12,
}
_YEAR = r"(?:(?:19|20)\d\d|二[〇○零O][〇○零一二三四五六七八九O]{2})"
_MONTH_TAIL = r"(?:底|末|中旬|上旬|下旬)?(?P<before{0}>之?前)?"
TIME = re.compile(
    rf"(?<![\d.])(?P<span>{_YEAR})年?[-—–~至到]{{1,2}}(?P<span_end>{_YEAR})年?(?:期间|间)?|"
    rf"(?<![\d.〔\[(（])(?P<year>{_YEAR})年(?!级|代)度?(?:(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[12]\d|"
        rf"3[01]|0?[1-9])日)?"
    rf"{_MONTH_TAIL.format('_m')}|(?P<half>上半年|下半年|[第前]?[一二三四]季度)?(?P<tail>底|末|年底|"
        rf"年末|初|终)?(?P<before>之?前)?)|"
    rf"\"?十(?P<five>[一二三四五六])五\"?(?:规划)?(?P<five_tail>期?末|时期末|时期|期间|以来|收官)|"
    rf"(?<![\d.年前每第-])(?P<bare_month>1[0-2]|[1-9])月(?:(?P<bare_day>[12]\d|3[01]|[1-9])日(?:前)?|"
        rf"(?:底|末|中旬|上旬|下旬)(?P<bare_before>之?前)?|"
    rf"份?(?=完成|启动|前|开工|建成|组织))|"
    rf"(?P<relative>今年|本年度?|当年|明年|去年|上年|(?<![\d两一二三四五六七八九十每半本今当])年(?:内|"
        rf"底|末|终)|"
    rf"(?<![\d年每])(?:上半年|下半年|"
        rf"[第前][一二三四]季度))(?P<relative_tail>年?[底末])?(?P<relative_before>之?前)?|"
    rf"(?<![第\d十])(?P<within>[1-9]|[一二两三四五六七八九十])(?P<within_unit>年|个月)(?:(?:时间)?(?:之内|"
        rf"内|左右)|(?P<used>的?时间(?![段点内])))"
)  # fmt: skip
#: what a time can begin with
_FIRST = re.compile(r"[0-9二\"十今本当明去上下年第前一两三四五六七八九]")
_LEAD = re.compile(
    r"(?:(?P<asof>截[至止]到?)|(?P<base>较|(?<!占)比|与|同|相比|对比于?)|(?P<since>自|从|由)|"
    r"(?P<by>(?:力争|争取|预计|计划|确保|原则上)?(?:到|至|于)|(?:力争|争取))|(?P<at>在))\"?$"
)
_SINCE_TAIL = re.compile(r"(?:开始|以来|起)")
_BASE_TAIL = re.compile(r"(?:同期)?(?:相比|翻|提高|增长|下降|增加|减少)|基础上|水平|同期")
#: 是"十二五"时期的2.1倍
_TIMES_THAT = re.compile(r"的?\d[\d.]*倍")
_PLAN_YEARS = {han: 1960 + 5 * number for number, han in enumerate("一二三四五六", start=10)}
_RELATIVE_YEARS = {"明年": 1, "去年": -1, "上年": -1}
_QUARTERS = {"一": "03", "二": "06", "三": "09", "四": "12"}


def find_times(text: str, anchor: int | None = None) -> Iterator[TimeMention]:
    """Every time of a text in reading order.

    anchor: the year that 7月底, 年内, 今年 and 三年内 count from; without it such times are left out.
    """
    last = 0
    for first in _FIRST.finditer(text):
        match = TIME.match(text, first.start()) if first.start() >= last else None
        if match is None:
            continue
        last = match.end()
        iso = _iso(match, anchor)
        if iso is not None:
            yield _mention(text, match, iso)


def _mention(text: str, match: re.Match[str], iso: str) -> TimeMention:
    start, role = _lead(text, match.start())
    first = int(_western(match["span"])) if match["span"] else None
    role = _role(text, match, role)
    anchored = bool(match["bare_month"] or match["relative"] or match["within"])
    return TimeMention(start, match.end(), iso, role, first, anchored)


def _lead(text: str, start: int) -> tuple[int, Role | None]:
    match = _LEAD.search(text, max(0, start - 5), start)
    if not match:
        return start, None
    roles: tuple[Role, ...] = ("asof", "base", "since", "by", "at")
    return match.start(), next(role for role in roles if match[role])


def _role(text: str, match: re.Match[str], lead: Role | None) -> Role:
    """What the time is for, from the words around it."""
    end = match.end()
    if lead == "asof":
        return "asof"
    if lead == "base" or _is_base(text, match, lead):
        return "base"
    if lead == "since" or _SINCE_TAIL.match(text, end):
        return "since" if not match["span"] else "span"
    if match["span"] or (match["five"] and match["five_tail"] in ("时期", "期间", "以来")):
        return "span"
    if (
        lead == "by"
        or match["before"]
        or match["before_m"]
        or match["bare_before"]
        or match["relative_before"]
    ):
        return "by"
    if match["five"] or match["within"] or match["relative"] in ("年内", "年底", "年末"):
        return "by"
    return "base" if _BASE_TAIL.match(text, end) and not _opens_clause(text, match.start()) else "at"


def _is_base(text: str, match: re.Match[str], lead: Role | None) -> bool:
    """由2020年的60%提高到…, 是"十二五"时期的2.1倍, 按上年度缴费的30%: years that others are measured by."""
    if lead == "since" and text.startswith(("的", "底的", "末的"), match.end()):
        return True
    past = match["relative"] in ("去年", "上年") and not _opens_clause(text, match.start())
    return past or bool(_TIMES_THAT.match(text, match.end()))


def _opens_clause(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "。;:,\n("


def _iso(match: re.Match[str], anchor: int | None) -> str | None:
    if match["span"]:
        return _western(match["span_end"])
    if match["year"]:
        return _with_month(match)
    if match["five"]:
        return str(_PLAN_YEARS[match["five"]])
    return _anchored(match, anchor) if anchor is not None else None


def _with_month(match: re.Match[str]) -> str:
    year = _western(match["year"])
    if match["month"]:
        day = f"-{int(match['day']):02d}" if match["day"] else ""
        return f"{year}-{int(match['month']):02d}{day}"
    return f"{year}-{_half(match['half'])}" if match["half"] else year


def _half(text: str) -> str:
    """上半年 → 06, 第三季度 → 09."""
    if text.endswith("半年"):
        return "06" if text.startswith("上") else "12"
    return next(month for han, month in _QUARTERS.items() if han in text)


def _anchored(match: re.Match[str], anchor: int) -> str | None:
    if match["bare_month"]:
        day = f"-{int(match['bare_day']):02d}" if match["bare_day"] else ""
        return f"{anchor}-{int(match['bare_month']):02d}{day}"
    if match["within"]:
        if match["within_unit"] != "年" or (match["used"] and match.string[match.start() - 1] != "用"):
            return None
        count = match["within"]
        return str(anchor + (int(count) if count.isdecimal() else _SMALL[count]))
    word = match["relative"]
    if "半年" in word or "季度" in word:
        return f"{anchor}-{_half(word)}"
    return str(anchor + _RELATIVE_YEARS.get(word, 0))


def _western(year: str) -> str:
    """二〇二五 → 2025."""
    return "".join(_HAN_DIGIT.get(character, character) for character in year) if year[0] == "二" else year
