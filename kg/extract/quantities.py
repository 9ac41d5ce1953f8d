"""Quantities: every number with its meaning, read sentence by sentence and table by table."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kg.extract.clock import Clock, clock_of
from kg.extract.completion import complete_names
from kg.extract.distribution import deal_out, share_out
from kg.extract.fields import population_of, scope_of
from kg.extract.frames import Frame, frames
from kg.extract.indicator_tables import find_table_quantities, layout_of
from kg.extract.indicators import Topic, name_of
from kg.extract.measures import Measure, find_measures
from kg.extract.names import Named, owner_of
from kg.extract.records import Reading, record_of
from kg.extract.segments import sentences
from kg.extract.settings import OPEN, Setting, settings
from kg.extract.times import TimeMention
from kg.extract.wholes import Whole, find_wholes, name_whole
from kg.extract.words import leading_verb
from kg.model import Document, Quantity
from kg.text.plan import PlanText


#: readings that say nothing of what the next clause is about
_ASIDE = ("per-unit", "time-limit", "used-share", "bracket", "scoped", "grant")


def find_quantities(plan: PlanText, document: Document) -> list[Quantity]:
    """Every quantity of a plan in reading order.

    document gives what the text itself leaves open: the period (plan year) and the date of issue.
    """
    found = [*find_table_quantities(plan, document), *Reader(plan, document).read()]
    found.sort(key=lambda record: (record.start, record.value_start or 0, record.end))
    return [_with_fields(record) for record in complete_names(found)]


def _with_fields(record: Quantity) -> Quantity:
    scope, population = scope_of(record.indicator), population_of(record.indicator)
    return replace(record, scope=scope, population=population) if scope or population else record


@dataclass(slots=True)
class Reader:
    """Reads the running text of one plan; keeps what earlier sentences said for later ones.

    subject: the noun that the sentence spoke of last, for clauses that name nothing themselves; owner:
    whose attribute it was.
    """

    plan: PlanText
    document: Document
    clock: Clock = field(init=False)
    settings: list[Setting] = field(init=False)
    subject: str = ""
    owner: str = ""

    def __post_init__(self) -> None:
        """Read the headings and the times first: they hold for all that follows."""
        self.clock = clock_of(self.plan, self.document)
        self.settings = settings(self.plan)

    def read(self) -> Iterator[Quantity]:
        """The quantities of the running text and of the sentences inside table cells."""
        text = self.plan.text
        items: list[Measure | Whole] = [*find_measures(text), *find_wholes(text)]
        items.sort(key=_at)
        places = [_at(item) for item in items]
        tables = [(table.start, table.end, layout_of(table, self.document)) for table in self.plan.tables]
        start = 0
        for line in text.split("\n"):
            end = start + len(line)
            here = items[bisect_left(places, start) : bisect_left(places, end)]
            dated = self.clock.within(start, end)
            if here or dated:
                layouts = [layout for a, b, layout in tables if a <= start < b]
                if not layouts:
                    yield from self._line(start, end, here, dated)
                elif layouts[0] is None and here:
                    yield from (replace(r, source="table") for r in self._line(start, end, here, dated))
            start = end + 1

    def _line(
        self, start: int, end: int, items: list[Measure | Whole], times: list[TimeMention]
    ) -> Iterator[Quantity]:
        section = self.plan.section_index(start)
        setting = self.settings[section] if section >= 0 else OPEN
        self.clock.carried, self.subject = None, ""
        for first, last in sentences(self.plan.text, start, end):
            if not self.plan.text.startswith("其中", first):
                self.subject = ""
            self.owner = ""
            here = [time for time in times if first <= time.start < last]
            mine = [item for item in items if first <= _at(item) < last]
            if mine:
                for reading in self._sentence(first, last, mine, here):
                    yield record_of(self.plan, self.clock, reading, section, setting)
            self.clock.carry(first, here, section, setting)

    def _sentence(
        self, first: int, last: int, items: list[Measure | Whole], times: list[TimeMention]
    ) -> Iterator[Reading]:
        """What the measures and the whole-claims of one sentence say."""
        text = self.plan.text
        base = next(
            (
                text[t.start : t.end] + "相比"
                for t in times
                if t.role == "base" and text.startswith("相比", t.end)
            ),
            "",
        )
        measures = [item for item in items if isinstance(item, Measure) and not _dates(item, times)]
        read: list[Reading] = []
        for frame in frames(text, first, last, measures) if measures else ():
            time = self.clock.governing(frame.clause_start, frame.measure.start, first, times)
            read += self._frame(frame, base, first, time, times)
        shares = [reading.frame.clause_start for reading in read if reading.measure.kind == "share"]
        for whole in (item for item in items if isinstance(item, Whole)):
            if reading := self._whole(whole, first, last, times):
                if reading.frame.clause_start not in shares:
                    read.append(reading)
        yield from sorted(read, key=lambda reading: reading.measure.number_start)

    def _frame(
        self, frame: Frame, base: str, first: int, time: TimeMention | None, times: list[TimeMention]
    ) -> Iterator[Reading]:
        text, group = self.plan.text, frame.group
        named = deal_out(text, frame) if len(group) > 1 else share_out(text, frame)
        if named and len(group) == 1:
            group = group * len(named)
        dates = [time] * len(group)
        if named is None:
            one = name_of(text, frame, Topic(self.subject, self.owner, base))
            named = [replace(one) for _ in group]
            dates = _dealt_dates(frame, times) or dates
        for measure, name, date in zip(group, named, dates, strict=True):
            if name.indicator:
                yield Reading(frame, measure, name, first, date)
        self._remember(named[-1])

    def _remember(self, name: Named) -> None:
        if name.core and name.rule not in _ASIDE:
            self.subject = name.core
            owner = name.owner or owner_of(name.core)
            owner = "" if leading_verb(owner) else owner
            self.owner = owner if owner and not owner.startswith("每") else self.owner

    def _whole(self, whole: Whole, first: int, last: int, times: list[TimeMention]) -> Reading | None:
        text = self.plan.text
        if self._in_title(whole):
            return None
        start = max(text.rfind(mark, first, whole.start) for mark in ",:")
        start = max(first, start + 1, whole.start - 120)
        stops = [
            stop for mark in ",:" if (stop := text.find(mark, whole.end, min(last, whole.end + 120))) >= 0
        ]
        end = min([*stops, last, whole.end + 120])
        name = name_whole(text, whole, start, end, self.subject)
        if name is None:
            return None
        measure = Measure(whole.start, whole.end, whole.start, whole.end, Decimal(100), "%", "=", None, False)
        name.confidence = 0.9
        frame = Frame(measure, start, end, start, whole.start, end, group=[measure])
        return Reading(frame, measure, name, first, self.clock.governing(start, whole.start, first, times))

    def _in_title(self, whole: Whole) -> bool:
        """Whether it stands in a heading: 服务网络全面覆盖。 names a goal and claims nothing."""
        section = self.plan.section_index(whole.start)
        return section >= 0 and whole.start < self.plan.sections[section].title_end


def _at(item: Measure | Whole) -> int:
    return item.number_start if isinstance(item, Measure) else item.start


def _dates(measure: Measure, times: list[TimeMention]) -> bool:
    """Whether a number is part of a time; 五年内 may be either, and its own rule decides."""
    return any(time.start <= measure.number_start < time.end and not time.anchored for time in times)


def _dealt_dates(frame: Frame, times: list[TimeMention]) -> list[TimeMention | None] | None:
    """到2023年、2025年分别达到60%、80%: as many times as numbers."""
    dates = [
        time
        for time in times
        if frame.clause_start - 24 <= time.start < frame.measure.start and time.role in ("by", "at")
    ]
    return [*dates] if len(frame.group) > 1 and len(dates) == len(frame.group) else None
