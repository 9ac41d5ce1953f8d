"""Where a measure stands in its sentence: the clause before it, the clause behind it, its neighbours."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.measures import Measure
from kg.extract.noise import is_noise
from kg.extract.segments import FILL, box_around, clauses, masked

_JOIN = re.compile(r"^(?:[、和及与或]|以及)+$")
_JOINED = re.compile(r"^(?:[、和及与或]|以及)")
_LAST_JOINER = re.compile(r".*(?:[、和及与]|以及)", re.DOTALL)
#: a clause is read this far around its measures: longer ones are text without punctuation
_REACH = 160
#: a new predicate: what follows belongs to the next measure, not to the one before
_PREDICATE = re.compile(r"(?:对|将|向|为|用于|使|并|其中|可|支持|推动|带动|覆盖|建设|新建|改造|占)")


@dataclass(slots=True)
class Frame:
    """One measure in its place; all indices count the view.

    clause_start: where its clause begins. body_start/body_end: the words before it that are its own.
    after_end: how far the words behind it reach. shared: words before an earlier measure of the clause
    that may govern this one too (新增床位5万张、设施1万个). group: measures joined by 、 alone.
    outer: the words before the bracket it stands in. nested: a measure inside the noun phrase of this one.
    """

    measure: Measure
    clause_start: int
    body_start: int
    body_end: int
    after_end: int
    shared: str = ""
    outer: str = ""
    previous: "Frame | None" = None
    group: list[Measure] = field(default_factory=list)
    head: "Frame | None" = None
    tail: str = ""

    def body(self, text: str) -> str:
        """The words before the measure."""
        return text[self.body_start : self.body_end]

    def after(self, text: str) -> str:
        """The words behind the measure."""
        return text[self.measure.end : self.after_end]


def frames(text: str, start: int, end: int, measures: Sequence[Measure]) -> Iterator[Frame]:
    """The frame of each measure of a sentence that states something."""
    mask = masked(text[start:end])
    outside = [m for m in measures if mask[m.number_start - start] != FILL]
    spans = clauses(mask)
    number = 0
    for first, last in spans:
        inside: list[Measure] = []
        while number < len(outside) and outside[number].number_start < start + last:
            inside.append(outside[number])
            number += 1
        if inside:
            yield from _clause_frames(text, mask, start, first + start, last + start, inside)
    for measure in measures:
        if mask[measure.number_start - start] == FILL:
            yield from _boxed(text, mask, start, measure)


def _boxed(text: str, mask: str, start: int, measure: Measure) -> Iterator[Frame]:
    """A measure inside a bracket; in quotes and titles numbers are names."""
    first, last = box_around(mask, measure.number_start - start)
    if first == 0 or mask[first - 1] != "(":
        return
    at = max(mask.rfind(mark, 0, first - 1) for mark in ",:") + 1
    outer = text[start + at : start + first - 1]
    inner = text[start + first : start + last]
    cut = max((inner.rfind(mark, 0, measure.start - start - first) for mark in ",:、;"), default=-1) + 1
    following = [inner.find(mark, measure.end - start - first) for mark in ",:、;"]
    stop = min((at for at in following if at >= 0), default=len(inner))
    begin = start + first + cut
    frame = Frame(measure, begin, begin, measure.start, start + first + stop, outer=outer)
    if not is_noise(text, measure, frame.body(text), frame.after(text)):
        frame.clause_start = start + at if frame.body(text) == "" else begin
        yield frame


def _clause_frames(
    text: str, mask: str, offset: int, start: int, end: int, measures: list[Measure]
) -> Iterator[Frame]:
    start, end = max(start, measures[0].start - _REACH), min(end, measures[-1].end + _REACH)
    kept = [m for n, m in enumerate(measures) if not _dropped(text, start, end, measures, n)]
    number, body_start, previous, shared = 0, start, None, ""
    while number < len(kept):
        group = _group(text, kept, number)
        last = group[-1]
        following = kept[number + len(group)] if number + len(group) < len(kept) else None
        after_end, next_body = _divide(text, mask, offset, last, following, end)
        frame = Frame(
            group[0], start, body_start, group[0].start, after_end, shared, previous=previous, group=group
        )
        if len(group) > 1:
            frame.tail = text[last.end : after_end]
        yield frame
        shared = shared or frame.body(text)
        previous, body_start = frame, next_body
        number += len(group)


def _dropped(text: str, start: int, end: int, measures: list[Measure], number: int) -> bool:
    measure = measures[number]
    body = text[measures[number - 1].end if number else start : measure.start]
    after = text[measure.end : measures[number + 1].start if number + 1 < len(measures) else end]
    if is_noise(text, measure, body, text[measure.end : end]):
        return True
    return _is_attribute(measure, after, number + 1 < len(measures))


def _is_attribute(measure: Measure, after: str, more: bool) -> bool:
    """投资超10亿元企业5家: the first number only describes the enterprises."""
    if not more or measure.kind not in ("money", "people", "area") or not measure.exact:
        return False
    return bool(re.fullmatch(r"的?[一-龥()]{2,16}", after)) and not re.search(
        r"[,、和]|建|培|引|新增|完成|达到|投", after
    )


def _group(text: str, measures: list[Measure], number: int) -> list[Measure]:
    """The measure and those joined to it by 、 or 和 alone."""
    group = [measures[number]]
    for measure in measures[number + 1 :]:
        if not _JOIN.match(text[group[-1].end : measure.start]) or measure.kind != group[0].kind:
            break
        group.append(measure)
    return group


def _divide(
    text: str, mask: str, offset: int, measure: Measure, following: Measure | None, end: int
) -> tuple[int, int]:
    """Where the words behind a measure end, and where the next measure's own words begin."""
    if following is None:
        return end, end
    between = mask[measure.end - offset : following.start - offset]
    if _JOINED.match(between):
        joiner = _JOINED.match(between)
        return measure.end, measure.end + (joiner.end() if joiner else 0)
    if _PREDICATE.match(between) or measure.kind == "money":
        return measure.end, measure.end
    last = _LAST_JOINER.match(between)
    if last:
        return measure.end + len(last[0].rstrip("、和及与以")), measure.end + last.end()
    return following.start, measure.end
