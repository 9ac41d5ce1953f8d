"""Which time governs a measure: its clause's, its sentence's, its paragraph's, its heading's, the plan's."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from kg.extract.settings import Setting
from kg.extract.times import TimeMention, find_times
from kg.model import Document
from kg.text.plan import PlanText

#: so many times before a measure are weighed
_LOOK_BACK = 12
#: what stands before and behind the time by which a whole item is due
_LIMIT = re.compile(r"(?:(?:时限|时间|期限|节点)(?:要求)?[:为]|[;,(〔\[【。]|\t)$")
_LIMIT_TAIL = re.compile(r"(?:之?前)?(?:(?:全面|基本)?完成)?(?:[。;)\]〕】\s]*$|(?=\t))", re.MULTILINE)
_LIMIT_HEAD = 10
#: a year in a title dates the titled document, and nothing else
_TITLE = re.compile(r"《[^》\n]{0,80}》(?:\([^()\n]{0,30}\))?")


@dataclass(slots=True)
class Clock:
    """The times of one plan, read forward.

    anchor: the year that 年内 and 7月底 count from. first_year: years before it lie in the past.
    plan_year: the one year of a yearly plan; last_year: the last of its period. carried: what the
    paragraph said last; leads and asof: what the first sentence of a goals (background) section said, by
    section index. limit: by when the whole paragraph is to be done (完成时限:2024年6月).
    """

    plan: PlanText
    anchor: int | None
    first_year: int | None
    plan_year: str | None
    last_year: int | None = None
    times: list[TimeMention] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    carried: TimeMention | None = None
    limit: TimeMention | None = None
    leads: dict[int, TimeMention] = field(default_factory=dict)
    asof: dict[int, str] = field(default_factory=dict)

    def within(self, start: int, end: int) -> list[TimeMention]:
        """The times that begin in [start, end)."""
        return self.times[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def carry(self, first: int, here: list[TimeMention], section: int, setting: Setting) -> None:
        """Remember what a sentence said for the sentences after it."""
        for time in here:
            if (
                time.role in ("asof", "by", "at")
                and not time.anchored
                and self._leads(time, first)
                and (setting.goals or setting.background or self._holds_on(time))
            ):
                self.carried = time
            if time.role == "span" and setting.background and self._leads(time, first):
                self.carried = time
            if time.role == "asof":
                self.asof.setdefault(section, time.iso)
        if setting.goals and self.carried and self.carried.role in ("by", "at"):
            self.leads.setdefault(section, self.carried)

    def _holds_on(self, time: TimeMention) -> bool:
        """Whether a time still governs the next sentence: the plan's horizon does, a milestone does not."""
        labelled = self.plan.text[time.start - 1 : time.start] == ":"
        return time.role == "asof" or labelled or self.last_year is None or time.iso == str(self.last_year)

    def governing(
        self, clause_start: int, at: int, first: int, here: list[TimeMention]
    ) -> TimeMention | None:
        """The time that governs a measure at `at`, of those its sentence and paragraph gave so far."""
        number = bisect_left(here, at, key=lambda time: time.end)
        while number < len(here) and here[number].end <= at:
            number += 1
        goes_on = self.plan.text.startswith("其中", clause_start)
        passed = False
        for time in reversed(here[max(0, number - _LOOK_BACK) : number]):
            if time.role in ("base", "since") or (passed and time.anchored):
                continue
            local = time.start >= clause_start or (goes_on and not passed)
            passed = True
            if not local and self.plan.text.startswith("逐步", clause_start):
                return None
            if local or self._leads(time, first) or (time.role in ("by", "asof") and not time.anchored):
                return time
        return self.limit or self.carried

    def limit_of(self, start: int, end: int) -> TimeMention | None:
        """The time at a paragraph's or table row's end by which all that it lists is to be done."""
        text = self.plan.text
        for time in reversed(self.within(start, end)):
            head = max(start, time.start - _LIMIT_HEAD)
            if _LIMIT_TAIL.match(text, time.end, end) and _LIMIT.search(text, head, time.start):
                return time
        return None

    def is_past(self, time: TimeMention | None) -> bool:
        """Whether a time lies before the plan, so that what it dates is a baseline."""
        if time is None:
            return False
        if time.role == "asof":
            return True
        return time.role in ("at", "span") and self.first_year is not None and time.year < self.first_year

    def is_over(self, time: TimeMention) -> bool:
        """Whether a time lies before the plan's first year."""
        return self.first_year is not None and time.year < self.first_year

    def default(self, class_: str, setting: Setting, section: int) -> tuple[str | None, str | None]:
        """Time and its origin for a measure that no printed time governs."""
        if class_ in ("baseline", "forecast"):
            iso = self._above(section, self.asof) or setting.asof
            if iso or class_ == "baseline" or not self.plan_year:
                return (iso, "heading") if iso else (None, None)
            return self.plan_year, "plan"
        if class_ != "target":
            return None, None
        if setting.year:
            return setting.year[:7], "heading"
        lead = self._above(section, {index: time.iso for index, time in self.leads.items()})
        if lead:
            return lead[:7], "heading"
        return (self.plan_year, "plan") if self.plan_year else (None, None)

    def _above(self, section: int, said: dict[int, str]) -> str | None:
        while section >= 0:
            if section in said:
                return said[section]
            section = self.plan.sections[section].parent
        return None

    def _leads(self, time: TimeMention, first: int) -> bool:
        """Whether a time opens its sentence or stands before a comma, and so governs what follows."""
        text = self.plan.text
        behind = text[time.end : time.end + 1]
        before = text[time.start - 1] if time.start else "\n"
        return time.start - first < 2 or behind in (",", "、") or before == ":"


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    number = bisect_left(spans, (at, 0)) - 1
    return number >= 0 and at < spans[number][1]


def _in_its_period(time: TimeMention, anchor: int | None, period: tuple[int, int] | None) -> TimeMention:
    """三年内 and 用三年时间 in a plan for just so many years: by the end of its own period."""
    if anchor is None or period is None or not time.anchored or len(time.iso) > 4:
        return time
    years = time.year - anchor
    return time._replace(iso=str(period[1])) if years > 1 and years == period[1] - period[0] + 1 else time


def clock_of(plan: PlanText, document: Document) -> Clock:
    """The clock of a plan: its period and date of issue set the anchors."""
    period, issued = document.period, document.issued
    single = period is not None and period[0] == period[1]
    anchor = period[0] if period and single else int(issued[:4]) if issued else None
    first_year = period[0] if period else anchor
    titles = [match.span() for match in _TITLE.finditer(plan.text)]
    times = [
        _in_its_period(time, anchor, period)
        for time in find_times(plan.text, anchor)
        if not _inside(time.start, titles)
    ]
    plan_year = str(period[0]) if period and single else None
    last_year = period[1] if period else None
    starts = [time.start for time in times]
    return Clock(plan, anchor, first_year, plan_year, last_year, times, starts)
