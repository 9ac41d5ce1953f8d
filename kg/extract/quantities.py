"""Quantities: every number with its meaning, read sentence by sentence and table by table."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kg.extract.classes import class_of
from kg.extract.distribution import deal_out
from kg.extract.frames import Frame, frames
from kg.extract.indicators import Named, core_of, is_attribute, name_of, owner_of
from kg.extract.measures import Measure, find_measures
from kg.extract.segments import sentences
from kg.extract.settings import OPEN, Setting, settings
from kg.extract.times import TimeMention, find_times
from kg.extract.words import SOFT
from kg.model import Document, Quantity
from kg.text.plan import PlanText


def find_quantities(plan: PlanText, document: Document) -> list[Quantity]:
    """Every quantity of a plan in reading order.

    document gives what the text itself leaves open: the period (plan year), the date of issue.
    """
    from kg.extract.indicator_tables import find_table_quantities

    rows = find_table_quantities(plan, document)
    reader = Reader(plan, document)
    found = [*rows, *reader.read()]
    found.sort(key=lambda record: (record.start, record.end, record.value_start or 0))
    return found


@dataclass(slots=True)
class Reader:
    """Reads the running text of one plan; keeps what earlier sentences said for later ones."""

    plan: PlanText
    document: Document
    anchor: int | None = None
    first_year: int | None = None
    plan_year: str | None = None
    settings: list[Setting] = field(default_factory=list)
    leads: dict[int, TimeMention] = field(default_factory=dict)
    asof: dict[int, str] = field(default_factory=dict)
    subject: str = ""
    owner: str = ""
    topic_start: int = 0

    def __post_init__(self) -> None:
        period, issued = self.document.period, self.document.issued
        self.anchor = period[0] if period and period[0] == period[1] else int(issued[:4]) if issued else None
        self.first_year = period[0] if period else self.anchor
        self.plan_year = str(period[0]) if period and period[0] == period[1] else None
        self.settings = settings(self.plan)

    def read(self) -> Iterator[Quantity]:
        """The quantities of the running text."""
        text = self.plan.text
        measures = list(find_measures(text))
        times = list(find_times(text, self.anchor))
        blocked = [(table.start, table.end) for table in self.plan.tables]
        starts = [m.number_start for m in measures]
        whens = [t.start for t in times]
        line_start = 0
        for line in text.split("\n"):
            end = line_start + len(line)
            inside = measures[bisect_left(starts, line_start) : bisect_left(starts, end)]
            dated = times[bisect_left(whens, line_start) : bisect_left(whens, end)]
            if (inside or dated) and not any(a <= line_start < b for a, b in blocked):
                yield from self._line(line_start, end, inside, dated)
            line_start = end + 1

    def _line(
        self, start: int, end: int, measures: list[Measure], times: list[TimeMention]
    ) -> Iterator[Quantity]:
        text, plan = self.plan.text, self.plan
        index = plan.section_index(start)
        setting = self.settings[index] if index >= 0 else OPEN
        carried: TimeMention | None = None
        base = ""
        self.subject = self.owner = ""
        for first, last in sentences(text, start, end):
            here = [t for t in times if first <= t.start < last]
            mine = [m for m in measures if first <= m.number_start < last]
            mine = [
                m for m in mine if not any(t.start <= m.number_start < t.end and t.role != "by" for t in here)
            ]
            if mine:
                yield from self._sentence(first, last, mine, here, carried, index, setting)
            carried = self._carry(text, first, here, carried)
            for time in here:
                if time.role == "asof":
                    self.asof.setdefault(index, time.iso)
            if setting.goals and carried and carried.role in ("by", "at") and index not in self.leads:
                self.leads[index] = carried

    def _carry(
        self, text: str, first: int, here: list[TimeMention], carried: TimeMention | None
    ) -> TimeMention | None:
        for time in here:
            if time.role in ("asof", "by", "at") and (
                text[time.end : time.end + 1] == "," or time.start - first < 2
            ):
                if not time.anchored:
                    carried = time
        return carried

    def _sentence(
        self,
        first: int,
        last: int,
        measures: list[Measure],
        times: list[TimeMention],
        carried: TimeMention | None,
        index: int,
        setting: Setting,
    ) -> Iterator[Quantity]:
        text = self.plan.text
        base = next(
            (
                text[t.start : t.end] + ("相比" if text.startswith("相比", t.end) else "")
                for t in times
                if t.role == "base"
            ),
            "",
        )
        for frame in frames(text, first, last, measures):
            if frame.measure.unit == "" and not _asks_number(frame.body(text)):
                continue
            here = self._governing(text, frame, first, times, carried)
            named = None
            if len(frame.group) > 1:
                named = deal_out(text, frame)
            if named is None:
                one = name_of(text, frame, self._subject(text, frame), base)
                named = [replace(one) for _ in (frame.group or [frame.measure])]
            for measure, name in zip(frame.group or [frame.measure], named, strict=True):
                if name.indicator:
                    yield self._record(frame, measure, name, here, first, setting, index)
            if named[0].core:
                self.subject = named[0].core
                self.owner = owner_of(named[0].core) or self.owner

    def _subject(self, text: str, frame: Frame) -> str:
        core = core_of(frame.body(text))
        if is_attribute(core) and self.owner and frame.measure.kind != "money":
            return self.owner
        return self.subject

    def _governing(
        self, text: str, frame: Frame, first: int, times: list[TimeMention], carried: TimeMention | None
    ) -> TimeMention | None:
        at = frame.measure.start
        for time in reversed(times):
            if time.end > at or time.role in ("base", "since"):
                continue
            local = time.start >= frame.clause_start
            leads = time.start - first < 2 or text[time.end : time.end + 1] in (",", "、")
            if local or leads or time.role in ("by", "asof") and not time.anchored:
                if not local and text.startswith("逐步", frame.clause_start):
                    return None
                return time
        return carried

    def _record(
        self,
        frame: Frame,
        measure: Measure,
        name: Named,
        time: TimeMention | None,
        first: int,
        setting: Setting,
        index: int,
    ) -> Quantity:
        text, plan = self.plan.text, self.plan
        clause = text[frame.clause_start : measure.end]
        past = bool(
            time
            and (
                time.role == "asof"
                or time.role in ("at", "span")
                and self.first_year
                and time.year < self.first_year
            )
        )
        dated = bool(time) and not past
        class_, sure = class_of(
            text[frame.clause_start : max(name.end, measure.end)],
            text[first : measure.start],
            setting,
            name.rule,
            measure.kind,
            measure.comparator,
            dated,
            past,
        )
        iso, source = self._time(time, class_, setting, index)
        indicator = name.indicator
        if class_ == "project" and setting.project:
            indicator = _within(setting.project, indicator)
        elif class_ == "project":
            indicator = _of_project(text[first : measure.start], indicator)
        elif name.counted and class_ == "baseline":
            indicator = re.sub(r"数量$", "数", indicator)
        unit = _unit(measure, name)
        per, unit = _per(frame.body(text), unit)
        quote_start = self._quote_start(frame, first, time)
        start, end, quote = plan.span(quote_start, max(name.end, measure.end))
        value_start, value_end, _ = plan.span(measure.number_start, measure.number_end)
        soft = SOFT.search(text, max(first, frame.clause_start - 10), measure.start)
        return Quantity(
            doc=plan.doc, start=start, end=end, quote=quote, rule=name.rule, section=plan.path(frame.clause_start),
            confidence=sure * name.confidence, class_=class_, indicator=indicator, value=measure.value,
            value_high=measure.high, comparator=measure.comparator, unit=unit, time=iso, time_from=source,
            soft=soft.group() if soft and class_ == "target" else None, per=per, value_start=value_start, value_end=value_end,
        )  # fmt: skip

    def _time(
        self, time: TimeMention | None, class_: str, setting: Setting, index: int
    ) -> tuple[str | None, str | None]:
        if class_ == "project":
            return (time.iso[:7], "clause") if time and time.role == "by" else (None, None)
        if time:
            return time.iso[:7], "clause"
        if class_ == "baseline":
            iso = self.asof.get(index) or setting.asof
            return (iso, "heading") if iso else (None, None)
        if class_ == "standard":
            return None, None
        if setting.year:
            return setting.year, "heading"
        lead = self._lead(index)
        if lead:
            return lead.iso[:7], "heading"
        return (self.plan_year, "plan") if self.plan_year else (None, None)

    def _lead(self, index: int) -> TimeMention | None:
        while index >= 0:
            if index in self.leads:
                return self.leads[index]
            index = self.plan.sections[index].parent
        return None

    def _quote_start(self, frame: Frame, first: int, time: TimeMention | None) -> int:
        text = self.plan.text
        start = frame.clause_start
        if time and first <= time.start < start and time.end + 1 >= start:
            start = time.start
        marker = re.compile(r"(?:-?\d{1,2}[.、](?!\d)|——|[(][一二三四五六七八九十\d]{1,3}[)]|\s|-)+").match(
            text, start
        )
        return marker.end() if marker else start


def _asks_number(body: str) -> bool:
    return bool(
        re.search(
            r"(?:率|占比|比例|比重|度|指数|得分|人口|老年人|数)[^,。;]{0,6}(?:达到?|为|提高到|≥|>|超过|控制在|保持在|稳定在|[到至])?$",
            body,
        )
    )


def _unit(measure: Measure, name: Named) -> str | None:
    unit = measure.unit
    if unit == "" and re.search(r"率|占比|比例|比重", name.indicator):
        return "%"
    if unit in ("万", "亿") and re.search(r"人口?|老年人|人$", name.indicator):
        return unit + "人"
    return unit or None


_PER_UNIT = re.compile(
    r"每((?:百|千|万)?(?:名|个|户|人|张床?|床|家|所|亩|平方米|年|月|台|辆|次|天|日|例|学年|季度|公里|吨)+(?:每(?:年|月|日|天))?)(?:的)?$"
)
_PER_GOVERNMENT = re.compile(
    r"(?:每个?|各)((?:设区的?市|地级市|市州|市\(州\)|县\(市、区\)|县\(市\)|县\(区\)|县市区|县区|区县|县|区(?!域)|市、县\(市\)|市|乡\(?镇\)?\(街道\)|乡\(镇\)|乡镇|街道|镇|村|社区)(?:\([^()]{1,6}\))?)(?!内|直|级|人|有关|相关|民|政|部)"
)


def _per(body: str, unit: str | None) -> tuple[str | None, str | None]:
    government = _PER_GOVERNMENT.search(body)
    if government:
        whole = government.group()
        return government[1], f"{unit}/{government[1]}" if whole.startswith("每") and unit else unit
    bare = re.sub(
        r"(?:不低于|不少于|至少|不超过|分别|最高|达到?|约|补助|补贴|给予|奖励|配备|配建|为)+$", "", body
    )
    case = _PER_UNIT.search(bare)
    if case and unit and "/" not in unit and unit != "%":
        return None, unit + "/" + case[1].replace("每", "/").replace("名", "人")
    return None, unit


def _within(project: str, indicator: str) -> str:
    bare = indicator.removeprefix("项目")
    return bare if project in bare else project + bare


def _of_project(before: str, indicator: str) -> str:
    match = re.search(
        r"(?:实施|推进|建设|加快|完成|启动)?([^,。;:]{2,60}?(?:项目|工程))[^,。;]{0,4}[,(]?[^,。;]{0,12}$",
        before,
    )
    if not match or match[1] in indicator:
        return indicator
    return re.sub(r"^(?:工作目标\d:|\d{1,2}\.)?(?:实施|推进|建设|加快)", "", match[1]) + indicator
