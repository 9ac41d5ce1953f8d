"""A reading turned into a record: class, time, unit, quote, project name."""

import re
from dataclasses import dataclass

from kg.extract.classes import RISES, Scene, class_of
from kg.extract.clock import Clock
from kg.extract.fields import per_of, softener, unit_of
from kg.extract.frames import Frame
from kg.extract.measures import Measure
from kg.extract.names import Named
from kg.extract.segments import after_marker
from kg.extract.settings import Setting
from kg.extract.times import TimeMention
from kg.model import Comparator, Quantity, QuantityClass
from kg.text.plan import PlanText

_AT_LEAST = re.compile(
    r"(?P<sign>至少|最高(?=补贴|补助|奖励|给予|资助)|不少于|最少|不低于|不超过|最多|不高于|不得超过|不得低于|不得高于|不得少于)(?:要|应|"
    r"须)?(?:与|和)?(?:[一-龥]{0,6}|[^,。;、]{2,24}的)$"
)
_UPPER = ("不超过", "最多", "最高", "不高于", "不得超过", "不得高于")
_PROJECT = re.compile(
    r"(?:^|[,。;:、(]|\d\.)(?:实施|推进|建设|加快|完成|启动|谋划|推动|抓好|加快推进|续建|"
    r"新建)?([^,。;:]{2,50}?(?:项目|工程))(?=[,(]|$|[^,。;:]{0,10}$)"
)
_PROJECT_VERB = re.compile(
    r"^(?:工作目标\d:|\d{1,2}[.、])?(?:加快)?(?:实施|推进|推动|建设(?=.{2,}项目)|加快|完成|启动|谋划|"
    r"抓好|续建|新建)"
)
_FROM = re.compile(r"(?:由|从)[^,。;、]{0,16}$|\d年(?:底|末)?的$")
#: the year of the first of two values: 由2023年的60%提高到80%
_SINCE = re.compile(r"(?:由|从)((?:19|20)\d\d)年(?:底|末)?的$")
_BARE_ASSET = re.compile(r"(?:占地|用地)$")


#: what a project is to reach, and no fact of it
_NO_FACT = ("share", "points", "times", "duration", "people")
#: how far back a sentence is searched for words that tell a measure's class
_NEAR = 240


@dataclass(slots=True)
class Reading:
    """One measure read: its frame, its indicator, where its sentence begins, the time that governs it.

    project: the project of which it is a fact, "" where the sentence names none.
    """

    frame: Frame
    measure: Measure
    name: Named
    first: int
    time: TimeMention | None
    project: str = ""


def record_of(plan: PlanText, clock: Clock, reading: Reading, section: int, setting: Setting) -> Quantity:
    """The record of one reading."""
    text, frame, measure, name = plan.text, reading.frame, reading.measure, reading.name
    body = frame.body(text)
    comparator = _comparator(measure, body, name.rule)
    past = clock.is_past(reading.time) or _was(text, clock, reading, setting)
    scene = _scene(text, reading, setting, comparator, past)
    class_, sure = class_of(scene) if not _is_told(reading, scene) else ("project", 1.0)
    governing = None if _is_aside(reading, class_, setting) else reading.time
    time, source = _time(clock, governing, class_, setting, section)
    if since := _SINCE.search(body):
        time, source = since[1], "clause"
    elif past and reading.time and reading.time.first and _FROM.search(body):
        time = str(reading.time.first)
    per, unit = per_of(frame.outer or _with_shared(text, frame), unit_of(measure, name.indicator))
    start, end, quote = plan.span(_quote_start(text, reading), max(name.end, measure.end, frame.quote_end))
    value_start, value_end, _ = plan.span(measure.number_start, measure.number_end)
    soft = (
        softener(text, max(reading.first, frame.clause_start - 12, measure.start - _NEAR), measure.start)
        if class_ == "target"
        else None
    )
    return Quantity(
        doc=plan.doc,
        start=start,
        end=end,
        quote=quote,
        rule=name.rule,
        section=plan.path(frame.clause_start),
        confidence=sure * name.confidence,
        class_=class_,
        indicator=_indicator(text, reading, class_, setting),
        value=measure.value,
        value_high=measure.high,
        comparator=comparator,
        unit=unit,
        time=time,
        time_from=source,
        soft=soft,
        per=per,
        value_start=value_start,
        value_end=value_end,
    )


def _with_shared(text: str, frame: Frame) -> str:
    """The words before a number, of 每年营造林100万亩、种草120万亩 those before the first number too."""
    body = frame.body(text)
    return frame.shared + body if text[frame.body_start - 1 : frame.body_start] == "、" else body


def _was(text: str, clock: Clock, reading: Reading, setting: Setting) -> bool:
    """Whether a number tells what was: the first of 由60%提高到80%, a plain year in the background."""
    frame, time = reading.frame, reading.time
    if setting.background and time is not None and (time.role in ("at", "asof") or clock.is_over(time)):
        return True
    body = frame.body(text)
    return bool(_FROM.search(body) and RISES.match(text, reading.measure.end))


def _is_told(reading: Reading, scene: Scene) -> bool:
    """Whether the sentence tells this number as a fact of its project."""
    return bool(reading.project) and not scene.past and scene.kind not in _NO_FACT


def _scene(text: str, reading: Reading, setting: Setting, comparator: Comparator, past: bool) -> Scene:
    frame, name = reading.frame, reading.name
    start = max(frame.clause_start, reading.measure.start - _NEAR)
    return Scene(
        clause=text[start : max(name.end, reading.measure.end)],
        lead=text[start : reading.measure.start],
        before=text[max(reading.first, reading.measure.start - _NEAR) : reading.measure.start],
        after=text[reading.measure.end : min(frame.clause_end, reading.measure.end + _NEAR)],
        setting=setting,
        rule=name.rule,
        indicator=name.indicator,
        kind=reading.measure.kind,
        comparator=comparator,
        dated=reading.time is not None and not past,
        past=past,
    )


def _comparator(measure: Measure, body: str, rule: str) -> Comparator:
    """The comparator, also where a verb stands between it and the number: 至少建有1所."""
    if rule == "rank":
        return "<="
    if measure.exact or measure.high is not None:
        return measure.comparator
    match = _AT_LEAST.search(body)
    if match:
        return "<=" if match["sign"] in _UPPER else ">="
    if rule == "term":
        return "<="
    return measure.comparator


def _time(
    clock: Clock, time: TimeMention | None, class_: QuantityClass, setting: Setting, section: int
) -> tuple[str | None, str | None]:
    if class_ == "project":
        return (time.iso[:7], "clause") if time and time.role == "by" and not time.anchored else (None, None)
    if time:
        return time.iso[:7], "clause"
    return clock.default(class_, setting, section)


def _is_aside(reading: Reading, class_: QuantityClass, setting: Setting) -> bool:
    """Whether a date only says of whom a grant or term speaks, or stands in a sentence before a project's."""
    time = reading.time
    if time is None or setting.goals:
        return False
    if class_ == "project":
        return time.start < reading.first
    if class_ != "standard" or time.start >= reading.frame.clause_start:
        return False
    return reading.name.rule in ("grant", "time-limit", "used-share", "term")


def _quote_start(text: str, reading: Reading) -> int:
    """The clause's beginning, with the time clause right before it."""
    if reading.name.start is not None:
        return reading.name.start
    start = reading.frame.clause_start
    time = reading.time
    if time and reading.first <= time.start < start <= time.end + 1:
        start = time.start
    return after_marker(text, start, max(start, reading.measure.start - 1))


def _indicator(text: str, reading: Reading, class_: QuantityClass, setting: Setting) -> str:
    name = reading.name
    indicator = name.indicator
    if class_ == "project":
        if _BARE_ASSET.search(indicator) and reading.measure.kind == "area":
            indicator += "面积"
        title = (
            reading.project
            or setting.project
            or _project_before(
                text[max(reading.first, reading.measure.start - _NEAR) : reading.measure.start]
            )
        )
        bare = indicator.removeprefix("项目")
        return bare if not title or title in bare else title + bare
    if name.counted and class_ == "baseline" and indicator.endswith("数量"):
        return indicator.removesuffix("量")
    return indicator


def _project_before(before: str) -> str:
    """The project named in the sentence before a sum: 实施养老院改造项目,投入318万元."""
    named = _PROJECT.findall(before[-90:])
    return _PROJECT_VERB.sub("", named[-1]) if named else ""
