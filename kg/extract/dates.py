"""When a document was issued, for which years it plans, until when it holds.

A date of crawling or posting (发布时间, 投稿) is no date of issue: only signature, 成文日期 and 印发 lines
count, then the year of the number.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_HAN = r"[○〇零一二三四五六七八九十]"
_DATE = (
    rf"(?P<year>(?:19|20)\d\d|[一二]{_HAN}{{3}})\s?年\s?(?P<month>\d{{1,2}}|{_HAN}{{1,2}})\s?月"
    rf"(?:\s?(?P<day>\d{{1,2}}|{_HAN}{{1,3}})\s?日)?"
)
_LINE = re.compile(rf"(?P<date>{_DATE})(?P<printed>印发)?[)]?$", re.MULTILINE)
_LABEL = re.compile(
    r"(?:成文|印发|发文|签发|制发|生成|制定)(?:日期|时间)[:\s|】]{0,4}(?P<date>(?P<year>(?:19|20)\d\d)[-./年](?P<month>\d{1,2})[-./月](?P<day>\d{1,2})日?)"
)
_ADOPTED = re.compile(
    rf"^[(](?P<date>{_DATE})[^()\n]{{0,60}}(?:通过|批准|公布|发布|印发|修订|修正)", re.MULTILINE
)


class Found(NamedTuple):
    """A value and where the view prints it; rule: what read it."""

    value: str
    start: int
    end: int
    rule: str


def signature_dates(text: str) -> Iterator[tuple[Found, str, int]]:
    """Dates that end a line, with the words before them on it and whether 印发 follows: 落款 and 版记."""
    for match in _LINE.finditer(text):
        line_start = text.rfind("\n", 0, match.start("date")) + 1
        before = text[line_start : match.start("date")]
        if _may_sign(before) and (date := iso_of(match["year"], match["month"], match["day"])):
            rule = "imprint" if match["printed"] else "signature"
            yield Found(date, match.start("date"), match.end("date"), rule), before, line_start


def _may_sign(before: str) -> bool:
    return before in ("", "(") or bool(
        re.fullmatch(r"[(]?[一-龥、\s]{4,60}(?:会|府|厅|室|局|部|署|委|院|组|处|中心)(?:办公室)?[)]?", before)
    )


def labelled_date(text: str) -> Found | None:
    """The date after 成文日期 and the like in the table that a website prints above a document."""
    match = _LABEL.search(text[:3000])
    date = match and iso_of(match["year"], match["month"], match["day"])
    return Found(date, match.start("date"), match.end("date"), "label") if match and date else None


def adopted_date(text: str) -> Found | None:
    """The date of adoption below the title of a regulation: (2021年9月29日…通过)."""
    match = _ADOPTED.search(text[:3000])
    date = match and iso_of(match["year"], match["month"], match["day"])
    return Found(date, match.start("date"), match.end("date"), "adopted") if match and date else None


def iso_of(year: str, month: str | None, day: str | None) -> str | None:
    """ISO form of a printed date, Arabic or Chinese; None where it is no date."""
    numbers = [_number(year, digits=True), _number(month or ""), _number(day or "")]
    if not numbers[0] or not 1949 <= numbers[0] <= 2099:
        return None
    if not numbers[1]:
        return f"{numbers[0]}"
    if not 1 <= numbers[1] <= 12:
        return None
    if not numbers[2]:
        return f"{numbers[0]}-{numbers[1]:02d}"
    return f"{numbers[0]}-{numbers[1]:02d}-{numbers[2]:02d}" if numbers[2] <= 31 else None


_HAN_DIGITS = str.maketrans("○〇零一二三四五六七八九", "000123456789")


def _number(text: str, *, digits: bool = False) -> int | None:
    if not text:
        return None
    if text.isdecimal():
        return int(text)
    if digits or "十" not in text:
        plain = text.translate(_HAN_DIGITS)
        return int(plain) if plain.isdecimal() else None
    tens, _, ones = text.partition("十")
    values = [_number(part) for part in (tens, ones)]
    return (1 if values[0] is None else values[0]) * 10 + (values[1] or 0)
