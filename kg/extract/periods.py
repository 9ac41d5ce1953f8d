"""For which years a document plans (period) and until when it holds (有效期)."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from kg.extract.dates import Found, iso_of

_RANGE = re.compile(
    r"(?<!\d)(?P<first>20\d\d)\s?年?(?:\d{1,2}月)?\s?(?:[-—–~～至到]{1,2}|\s)\s?(?P<last>20\d\d)\s?年?(?:\d{1,2}月)?"
)
_FIVE_YEARS = re.compile(r"\"?十(?P<ordinal>[一二三四五六七])五\"?|第十(?P<spelt>[一二三四五六七])个五年")
_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)\s?年(?!远景|度?以来)")
_LENGTH = re.compile(r"(?P<years>[一二两三四五六七八九十])年(?:行动|计划|攻坚|提升|倍增|实施|工作|建设|发展)")
_STATED = re.compile(
    r"(?:规划|计划|方案|实施|执行|行动|适用)(?:的)?(?:期限|期|时间|年限|周期)(?:范围)?(?:为|是|:|,)?(?:自|从)?"
    r"(?P<first>20\d\d)年?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[-—–~至到]{1,2})(?P<last>20\d\d)年"
)
_BY_YEAR = re.compile(r"(?:到|至|截至|力争)(?P<year>20\d\d)年(?:底|末|年底)?(?!以来|,?展望)")
_OUTLOOK = re.compile(r"展望|远景|愿景|本世纪中叶")
_ORDINALS = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031, "七": 2036}
_COUNT = {han: value for value, han in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_VALIDITY = re.compile(
    r"有效期(?:限)?(?:为|是|:)?(?P<count>[一二两三四五六七八九十]|\d{1,2})年(?!以上|以下|内|期|的)"
)
#: what shows that the sentence speaks of the document and not of a licence
_OF_A_DOCUMENT = re.compile(
    r"施行|实施|执行|印发|发布|生效|本(?:办法|规划|方案|意见|措施|条例|规定|细则|通知|政策)"
)
_FROM = re.compile(
    r"自(?:(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日|(?:印发|发布|公布|下发)之日)(?:起)?(?:施行|实施|执行|生效)"
)
_UNTIL = re.compile(
    r"(?:有效期|执行期限?|实施期限?|施行期限?)[^。\n]{0,40}?(?:至|到)(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
)


def period_of(title: Found, text: str, issued: str | None, goals: Sequence[tuple[int, int]]) -> Found | None:
    """First and last year as "2023-2025": from the title, else as the text states it, else from its goals.

    goals: view spans of the goals sections. Where only the goals name a year (到2020年), the period runs
    from the year of issue to the last year by which a goal is due.
    """
    if years := _in_title(title.value, issued):
        return Found(f"{years[0]}-{years[1]}", title.start, title.end, "title")
    if stated := _STATED.search(text):
        return Found(f"{stated['first']}-{stated['last']}", *stated.span(), "stated")
    last = _last_goal(text, goals)
    if last is None or issued is None or not 0 <= int(last["year"]) - int(issued[:4]) <= 20:
        return None
    return Found(f"{issued[:4]}-{last['year']}", *last.span(), "goals")


def _in_title(title: str, issued: str | None) -> tuple[int, int] | None:
    if both := _RANGE.search(title):
        first, last = int(both["first"]), int(both["last"])
        return (first, last) if first <= last else None
    if five := _FIVE_YEARS.search(title):
        start = _ORDINALS[five["ordinal"] or five["spelt"]]
        return start, start + 4
    years = [int(match["year"]) for match in _YEAR.finditer(title)]
    length = _LENGTH.search(title)
    start = years[0] if years else int(issued[:4]) if issued and length else 0
    if not start:
        return None
    return start, start + (_COUNT[length["years"]] - 1 if length else 0)


def _last_goal(text: str, goals: Sequence[tuple[int, int]]) -> re.Match[str] | None:
    """Where the last year stands by which the goals are due, an outlook beyond them left aside."""
    due = [
        match
        for start, end in goals
        for match in _BY_YEAR.finditer(text, start, end)
        if not _OUTLOOK.search(text, max(0, match.start() - 8), match.start())
    ]
    near = [match for match in due if int(match["year"]) < 2035]
    return max(near or due, key=lambda match: int(match["year"]), default=None)


def validity_of(text: str, issued: str | None) -> Found | None:
    """The last day on which the document holds: 有效期至…, or so many years from its first day."""
    if until := _UNTIL.search(text):
        end = iso_of(until["year"], until["month"], until["day"])
        return Found(end, *until.span(), "until") if end else None
    terms = _VALIDITY.finditer(text)
    term = next(
        (one for one in terms if _OF_A_DOCUMENT.search(text, max(0, one.start() - 60), one.start())), None
    )
    if term is None:
        return None
    begin = _FROM.search(text, max(0, term.start() - 80), term.end() + 80)
    first = iso_of(begin["year"], begin["month"], begin["day"]) if begin and begin["year"] else issued
    count = int(term["count"]) if term["count"].isdecimal() else _COUNT[term["count"]]
    end = _years_later(first, count) if first else None
    return Found(end, *term.span(), "term") if end else None


def _years_later(first: str, years: int) -> str:
    """The day before the first day's anniversary; as exact as the first day is."""
    parts = [int(part) for part in first.split("-")]
    if len(parts) < 3:
        return f"{parts[0] + years}" + "".join(f"-{part:02d}" for part in parts[1:])
    try:
        end = date(parts[0] + years, parts[1], parts[2])
    except ValueError:  # 29 February
        end = date(parts[0] + years, 3, 1)
    return (end - timedelta(days=1)).isoformat()
