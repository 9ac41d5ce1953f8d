"""Quantities: every number with its meaning, read sentence by sentence and table by table."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.extract.clock import Clock, clock_of
from kg.extract.completion import complete_names
from kg.extract.distribution import deal_out, share_out
from kg.extract.fields import population_of, scope_of
from kg.extract.frames import Frame, clause_around, frames
from kg.extract.indicator_tables import find_table_quantities
from kg.extract.indicators import Topic, for_as_many, name_of
from kg.extract.measures import Measure, find_measures
from kg.extract.names import Named, core_of, metric_told, owner_of, owner_told
from kg.extract.projects import project_told
from kg.extract.records import Reading, record_of
from kg.extract.segments import after_marker, sentences
from kg.extract.settings import OPEN, Setting, settings
from kg.extract.share_tables import find_share_quantities, shares_of
from kg.extract.table_layout import layout_of
from kg.extract.times import TimeMention
from kg.extract.wholes import Whole, find_wholes, name_whole, whole_measure
from kg.extract.words import leading_verb
from kg.model import Document, Quantity
from kg.text.plan import PlanText

#: readings that say nothing of what the next clause is about
_ASIDE = ("per-unit", "time-limit", "used-share", "bracket", "scoped", "grant")
_SURE_OF_WHOLES = 0.9
#: so many marks stand at most between a heading and the sentence behind it
_TITLE_MARKS = 3
#: a sentence that only says by when its metric comes to be what: 2030年控制在13亿立方米以内
_GOES_ON = re.compile(
    r"(?:到|至)?(?:19|20)\d\d年(?:\d{1,2}月)?[底末]?前?,?(?:力争|进一步|再|将|要)*"
    r"(?:提高|提升|控制|稳定|保持|下降到|下降至|降低到|降低至|降至|降到|达|突破|超过|扩大)"
)
#: a rise is no name of what rises: 通车里程新增150公里,达到800公里
_RISE = re.compile(r"(?<=.{3})(?:再?新增|净增|增加)(?:里程|面积|数量|人数)?$")
#: after what is added, what there is then: 新增床位500张,达到3000张
_IN_ALL = re.compile(r",?(?:总[数量])?(?:达到?|增加到|增至)")
_ADDED = re.compile(r"^(?:新增|净增)(?=.{2})")
#: a project is named so near before its facts
_NEAR = 240


def find_quantities(plan: PlanText, document: Document) -> list[Quantity]:
    """Every quantity of a plan in reading order.

    document gives what the text itself leaves open: the period (plan year) and the date of issue.
    """
    tables = [*find_table_quantities(plan, document), *find_share_quantities(plan, document)]
    found = [*tables, *Reader(plan, document).read()]
    found.sort(key=lambda record: (record.start, record.value_start or 0, record.end))
    return [_with_fields(record) for record in complete_names(found)]


def _with_fields(record: Quantity) -> Quantity:
    scope, population = record.scope or scope_of(record.indicator), population_of(record.indicator)
    return replace(record, scope=scope, population=population) if scope or population else record


@dataclass(slots=True)
class Reader:
    """Reads the running text of one plan; keeps what earlier clauses said for later ones.

    subject: the noun that the sentence spoke of last, for clauses that name nothing themselves; subjects:
    all that it spoke of; owner: whose attribute the last one was. section: the index of the section that
    is read.
    """

    plan: PlanText
    document: Document
    clock: Clock = field(init=False)
    settings: list[Setting] = field(init=False)
    subject: str = ""
    subjects: set[str] = field(default_factory=set)
    owner: str = ""
    section: int = -1

    def __post_init__(self) -> None:
        """Read the headings and the times first: they hold for all that follows."""
        self.clock = clock_of(self.plan, self.document)
        self.settings = settings(self.plan)

    def read(self) -> Iterator[Quantity]:
        """The quantities of the running text and of the sentences inside table cells."""
        text = self.plan.text
        measures, wholes = list(find_measures(text)), list(find_wholes(text))
        at_measures = [measure.number_start for measure in measures]
        at_wholes = [whole.start for whole in wholes]
        table_starts = [table.start for table in self.plan.tables]
        start = 0
        for line in text.split("\n"):
            end = start + len(line)
            numbers = measures[bisect_left(at_measures, start) : bisect_left(at_measures, end)]
            claims = wholes[bisect_left(at_wholes, start) : bisect_left(at_wholes, end)]
            if numbers or claims or self.clock.within(start, end):
                table = bisect_right(table_starts, start) - 1
                yield from self._outside_or_inside(table, start, end, numbers, claims)
            start = end + 1

    def _outside_or_inside(
        self, number: int, start: int, end: int, measures: list[Measure], wholes: list[Whole]
    ) -> Iterator[Quantity]:
        """A line of running text, or of a table that holds sentences and no indicators."""
        table = self.plan.tables[number] if number >= 0 else None
        if table is None or start >= table.end:
            yield from self._line(start, end, measures, wholes)
        elif layout_of(table, self.document) is None and shares_of(table, self.document) is None:
            yield from (replace(r, source="table") for r in self._line(start, end, measures, wholes))

    def _line(self, start: int, end: int, measures: list[Measure], wholes: list[Whole]) -> Iterator[Quantity]:
        section = self.section = self.plan.section_index(start)
        setting = self.settings[section] if section >= 0 else OPEN
        self.clock.carried, self.clock.limit = None, self.clock.limit_of(start, end)
        self.subjects.clear()
        start = after_marker(self.plan.text, start, end)
        numbers, claims = _until(measures, 0, start), _until(wholes, 0, start)
        for first, last in sentences(self.plan.text, start, end):
            self._forget(first)
            times = self.clock.within(first, last)
            next_number = _until(measures, numbers, last)
            next_claim = _until(wholes, claims, last)
            mine, claimed = measures[numbers:next_number], wholes[claims:next_claim]
            numbers, claims = next_number, next_claim
            for reading in self._sentence(first, last, mine, claimed, times) if mine or claimed else ():
                yield record_of(self.plan, self.clock, reading, section, setting)
            self.clock.carry(first, times, section, setting)

    def _forget(self, first: int) -> None:
        """A new sentence names its own subject, unless it goes on with 其中 or with the one of the last."""
        goes_on = len(self.subjects) == 1 and _GOES_ON.match(self.plan.text, first)
        if not goes_on and not self.plan.text.startswith("其中", first):
            self.subject = ""
            self.subjects.clear()
        self.owner = ""

    def _sentence(
        self, first: int, last: int, measures: list[Measure], wholes: list[Whole], times: list[TimeMention]
    ) -> list[Reading]:
        """What the measures and the whole-claims of one sentence say."""
        text = self.plan.text
        base = next((text[t.start : t.end] + "相比" for t in times if text.startswith("相比", t.end)), "")
        kept = _without_dates(measures, times)
        read: list[Reading] = []
        for frame in frames(text, first, last, kept) if kept else ():
            read += self._frame(frame, base, first, times)
        said = {reading.frame.clause_start for reading in read if reading.measure.kind == "share"}
        spoken = sorted((r.measure.end, r.name.core) for r in read if r.name.core) if wholes else []
        for whole in wholes:
            number = bisect_right(spoken, (whole.start, "\uffff")) - 1
            self.subject = spoken[number][1] if number >= 0 else self.subject
            reading = self._whole(whole, first, last, times)
            if reading and reading.frame.clause_start not in said:
                said.add(reading.frame.clause_start)
                read.append(reading)
        return sorted(read, key=lambda reading: reading.measure.number_start)

    def _frame(self, frame: Frame, base: str, first: int, times: list[TimeMention]) -> Iterator[Reading]:
        """One reading a measure; a number that holds for several metrics gives one for each."""
        text, group = self.plan.text, frame.group
        project = self._project(first, frame.measure.start)
        time = self.clock.governing(frame.clause_start, frame.measure.start, first, times)
        named = deal_out(text, frame) if len(group) > 1 else share_out(text, frame)
        dates: Sequence[TimeMention | None] = [time] * len(named or group)
        if named is None:
            owner = self.owner or owner_told(text, first, frame.clause_start)
            subject, told = ("", None) if project else self._told(frame, first)
            one = name_of(text, frame, Topic(subject, owner, base))
            dealt = _dealt_dates(frame, times)
            named = [replace(one, start=dealt[0].start if dealt else told or one.start) for _ in group]
            dates = dealt or dates
        named = for_as_many(text, frame, named)
        for number, (name, date) in enumerate(zip(named, dates, strict=True)):
            if name.indicator:
                yield Reading(frame, group[min(number, len(group) - 1)], name, first, date, project)
        self._remember(named[-1])

    def _told(self, frame: Frame, first: int) -> tuple[str, int | None]:
        """What the sentence spoke of, and where, if it is the clause before that names it alone."""
        text, body = self.plan.text, frame.body(self.plan.text)
        if self.subject and _IN_ALL.fullmatch(text, frame.body_start, frame.measure.number_start):
            return _ADDED.sub("", self.subject), None
        if self.subject or core_of(body):
            return self.subject, None
        return metric_told(text, first, frame.clause_start)

    def _remember(self, name: Named) -> None:
        if not name.core or name.rule in _ASIDE:
            return
        self.subject = _RISE.sub("", name.core)
        self.subjects.add(self.subject)
        owner = name.owner or owner_of(name.core)
        if owner and not owner.startswith("每") and not leading_verb(owner):
            self.owner = owner

    def _project(self, first: int, at: int) -> str:
        """The project whose facts a sentence tells, named in it or by the heading right before it."""
        section = self.plan.sections[self.section] if self.section >= 0 else None
        headed = section is not None and 0 <= first - section.title_end < _TITLE_MARKS
        before = self.plan.text[max(first, at - _NEAR) : at]
        return project_told(before, section.title if section and headed else "")

    def _whole(self, whole: Whole, first: int, last: int, times: list[TimeMention]) -> Reading | None:
        """全覆盖 and its kin as 100 %; a heading (服务网络全面覆盖。) claims nothing."""
        section = self.plan.section_index(whole.start)
        if section >= 0 and whole.start < self.plan.sections[section].title_end:
            return None
        text = self.plan.text
        start, end = clause_around(text, whole.start, whole.end, first, last)
        name = name_whole(text, whole, start, end, self.subject)
        if name is None:
            return None
        name.confidence = _SURE_OF_WHOLES
        measure = whole_measure(whole)
        frame = Frame(measure, start, end, start, whole.start, end, group=[measure])
        return Reading(frame, measure, name, first, self.clock.governing(start, whole.start, first, times))


def _until(items: Sequence[Measure | Whole], number: int, last: int) -> int:
    """One past the last item, from `number` on, that begins before an index."""
    while number < len(items) and _at(items[number]) < last:
        number += 1
    return number


def _at(item: Measure | Whole) -> int:
    return item.number_start if isinstance(item, Measure) else item.start


def _without_dates(measures: list[Measure], times: list[TimeMention]) -> list[Measure]:
    """The measures that are no part of a time; 五年内 may be either, and its own rule decides."""
    if not times:
        return measures
    starts = [time.start for time in times]
    kept = []
    for measure in measures:
        number = bisect_right(starts, measure.number_start) - 1
        time = times[number] if number >= 0 else None
        if time is None or time.anchored or measure.number_start >= time.end:
            kept.append(measure)
    return kept


def _start(time: TimeMention) -> int:
    return time.start


def _dealt_dates(frame: Frame, times: list[TimeMention]) -> list[TimeMention] | None:
    """到2023年、2025年分别达到60%、80%: as many times as numbers."""
    if len(frame.group) == 1:
        return None
    first = bisect_left(times, max(frame.clause_start - 24, frame.measure.start - 60), key=_start)
    last = bisect_left(times, frame.measure.start, lo=first, key=_start)
    dates = [time for time in times[first:last] if time.role in ("by", "at")]
    return dates if len(dates) == len(frame.group) else None
