"""Where a measure stands in its sentence: the clause before it, the words behind it, its neighbours."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.extract.measures import Measure
from kg.extract.noise import is_noise
from kg.extract.segments import FILL, box_around, clauses, masked
from kg.extract.words import strip_reach, trailing_verb

_JOIN = re.compile(r"(?:[、和及与或]|以及)+")
_LAST_JOINER = re.compile(r".*(?:[、和及与]|以及)", re.DOTALL)
#: a clause is read this far around its measures: longer ones are text without punctuation
REACH = 160
#: a new predicate: what follows belongs to the next measure, not to the one before
_PREDICATE = re.compile(
    r"对|将|向|为|用于|使|并|其中|可|支持|推动|带动|覆盖|建设|新建|改造|占|达到?|提高|提升|增长|增加|"
    r"下降|降低|减少|扩大|压缩|压减|压降|缩|精简|超过|左右|[(]|到|至|翻"
)
#: an attribute that a noun phrase gives its thing: 4个建筑面积750平方米以上…的养老院
_ATTRIBUTE = re.compile(
    r"[、和]?[一-龥]{0,4}(?:面积|床位数?|规模|容量|库容|长度|宽度|高度|层高|占地|功率|能力|车位|座位|"
    r"学位|托位|强度|产值|投资额?|容积率|层数)(?:达到?|为|在)?$"
)
_RATE_NAME = re.compile(r"^[一-龥].*(?:率|占比|比例|比重)$")
_DESCRIBED = re.compile(r"的?([一-龥()]{2,24})")
_SHORT_NOUN = re.compile(r"[一-龥]{2,8}")
_DESCRIBES = re.compile(r"[,、和]|建|培|引|新增|完成|达|投|用于|奖|补|给予|支持|占")


@dataclass(slots=True)
class Frame:
    """One measure in its place; all indices count the view.

    clause_start/clause_end: its clause. body_start/body_end: the words before it that are its own.
    after_end: how far the words behind it reach. shared: words before an earlier measure of the clause
    that may govern this one too (新增床位5万张、设施1万个). group: measures joined by 、 alone.
    outer: the words before the bracket it stands in. thing: the noun that it describes (nested) or
    counts, where others stand between.
    """

    measure: Measure
    clause_start: int
    clause_end: int
    body_start: int
    body_end: int
    after_end: int
    shared: str = ""
    outer: str = ""
    group: list[Measure] = field(default_factory=list)
    thing: str = ""
    nested: bool = False
    quote_end: int = 0

    def body(self, text: str) -> str:
        """The words before the measure."""
        return text[self.body_start : self.body_end]

    def after(self, text: str) -> str:
        """The words behind the measure."""
        return text[self.group[-1].end : self.after_end]


class Clause(NamedTuple):
    """One clause [start, end) of a sentence that begins at `offset`; mask is the sentence, boxes filled."""

    text: str
    mask: str
    offset: int
    start: int
    end: int


def frames(text: str, start: int, end: int, measures: Sequence[Measure]) -> Iterator[Frame]:
    """The frame of each measure of a sentence that states something."""
    mask = masked(text[start:end])
    outside = [m for m in measures if mask[m.number_start - start] != FILL]
    number = 0
    for first, last in clauses(mask) if outside else ():
        inside: list[Measure] = []
        while number < len(outside) and outside[number].number_start < start + last:
            inside.append(outside[number])
            number += 1
        if inside:
            low, high = max(start + first, inside[0].start - REACH), min(start + last, inside[-1].end + REACH)
            yield from _clause_frames(Clause(text, mask, start, low, high), inside)
    for measure in measures:
        if mask[measure.number_start - start] == FILL:
            yield from _boxed(text, mask, start, measure)


def _boxed(text: str, mask: str, start: int, measure: Measure) -> Iterator[Frame]:
    """A measure inside a bracket; in quotes and titles numbers are names."""
    first, last = box_around(mask, measure.number_start - start)
    if first == 0 or mask[first - 1] != "(":
        return
    low = max(0, first - 1 - REACH)
    outer_start = max(low, max(mask.rfind(mark, low, first - 1) for mark in ",:") + 1)
    inner = text[start + first : start + last]
    at = measure.start - start - first
    begin = start + first + max(inner.rfind(mark, 0, max(at, 0)) for mark in ",:、") + 1
    stops = [stop for mark in ",:、" if (stop := inner.find(mark, measure.end - start - first)) >= 0]
    stop = start + first + min(stops, default=len(inner))
    frame = Frame(measure, begin, stop, begin, max(begin, measure.start), stop, group=[measure])
    if is_noise(text, measure, frame.body(text), frame.after(text)):
        return
    frame.outer = text[start + outer_start : start + first - 1]
    frame.clause_start, frame.quote_end = start + outer_start, start + last + 1
    yield frame


def _clause_frames(clause: Clause, measures: list[Measure]) -> Iterator[Frame]:
    text = clause.text
    kept = [m for n, m in enumerate(measures) if not _dropped(clause, measures, n)]
    if len(kept) > 1 and (nested := _nested(clause, kept)):
        yield from nested
        return
    number, body_start, shared = 0, clause.start, ""
    while number < len(kept):
        group = _group(text, kept, number)
        first, last = group[0], group[-1]
        number += len(group)
        after_end, next_body = _divide(clause, last, kept[number] if number < len(kept) else None)
        body_start = max(body_start, first.start - REACH)
        yield Frame(
            first,
            max(clause.start, first.start - 2 * REACH),
            min(clause.end, last.end + 2 * REACH),
            body_start,
            first.start,
            min(after_end, last.end + REACH),
            shared,
            group=_with_one_sign(group),
        )
        shared = shared or text[body_start : first.start]
        body_start = next_body


def _dropped(clause: Clause, measures: list[Measure], number: int) -> bool:
    text, measure = clause.text, measures[number]
    body_start = max(measures[number - 1].end if number else clause.start, measure.start - REACH)
    after = text[measure.end : min(clause.end, measure.end + REACH)]
    if is_noise(text, measure, text[body_start : measure.start], after):
        return True
    if number and text[measure.start - 1] == "前":
        return True
    if number + 1 == len(measures):
        return False
    between = text[measure.end : min(measures[number + 1].start, measure.end + REACH)]
    lead = text[body_start : measure.start]
    return _only_describes(measure, between) or _only_numbers(lead, measure, between, measures[number + 1])


def _only_numbers(lead: str, measure: Measure, between: str, following: Measure) -> bool:
    """全市4个国控断面水质达标率为100%: the first number says of how many the rate is."""
    if measure.kind not in ("count", "people") or following.kind != "share" or measure.exact:
        return False
    return not trailing_verb(lead) and "," not in between and bool(_RATE_NAME.search(strip_reach(between)))


def _only_describes(measure: Measure, between: str) -> bool:
    """投资超10亿元企业5家: the first number describes the enterprises."""
    if measure.kind in ("other", "length") and not measure.exact:
        return bool(_SHORT_NOUN.fullmatch(between)) and not _DESCRIBES.search(between)
    if measure.kind not in ("money", "people", "area", "other") or not measure.exact:
        return False
    if between == "的":
        return True
    between = strip_reach(between)
    return bool(_DESCRIBED.fullmatch(between)) and not _DESCRIBES.search(between)


def _nested(clause: Clause, measures: list[Measure]) -> list[Frame]:
    """4个建筑面积750平方米以上、床位25张以上的养老院: one thing counted, and what each of it must have."""
    text, start, end = clause.text, clause.start, clause.end
    first, *rest = measures
    if first.kind != "count" or not all(m.exact and m.kind != "share" for m in rest):
        return []
    ends = [first.end, *(measure.end for measure in rest)]
    if not all(_ATTRIBUTE.fullmatch(text, end, m.start) for end, m in zip(ends, rest, strict=False)):
        return []
    described = _DESCRIBED.match(text, rest[-1].end, end)
    if not described:
        return []
    last = described.end(1)
    thing = described[1]
    found = [Frame(first, start, end, start, first.start, last, group=[first], thing=thing, quote_end=last)]
    body_start = first.end
    for measure in rest:
        frame = Frame(
            measure, start, end, body_start, measure.start, measure.end, group=[measure], thing=thing
        )
        frame.nested, frame.quote_end = True, last
        found.append(frame)
        body_start = measure.end
    return found


def _group(text: str, measures: list[Measure], number: int) -> list[Measure]:
    """The measure and those joined to it by 、 or 和 alone."""
    group = [measures[number]]
    for index in range(number + 1, len(measures)):
        measure = measures[index]
        if not _JOIN.fullmatch(text, group[-1].end, measure.start) or measure.kind != group[0].kind:
            break
        group.append(measure)
    return group


def clause_around(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """[start, end) of the clause of a sentence [first, last) that a phrase [start, end) stands in."""
    low, high = max(first, start - REACH), min(last, end + REACH)
    begin = max(text.rfind(mark, low, start) for mark in ",:") + 1
    stops = [stop for mark in ",:" if (stop := text.find(mark, end, high)) >= 0]
    return max(begin, low), min([*stops, high])


def previous_clause(text: str, start: int) -> str:
    """The clause before the one that starts at an index, of the same sentence; "" where none is."""
    end = start - 1
    if end <= 0 or text[end] not in ",、:":
        return ""
    first = max(end - 80, 0)
    begin = max(text.rfind(mark, first, end) for mark in ",;:。\n|\t") + 1
    return text[max(begin, first) : end]


def _with_one_sign(group: list[Measure]) -> list[Measure]:
    """不低于60%、50%; 60%、50%以上: the one comparator that is printed holds for all."""
    signed = [m for m in group if m.exact and m.high is None]
    if len(signed) != 1 or len(group) == 1:
        return group
    sign = signed[0]
    before = sign is group[0] and sign.start < sign.number_start
    behind = sign is group[-1] and sign.start == sign.number_start
    return [m._replace(comparator=sign.comparator, exact=True) for m in group] if before or behind else group


def _divide(clause: Clause, measure: Measure, following: Measure | None) -> tuple[int, int]:
    """Where the words behind a measure end, and where the next measure's own words begin."""
    if following is None:
        return clause.end, clause.end
    between = clause.mask[measure.end - clause.offset : following.start - clause.offset]
    joined = _JOIN.match(between)
    if joined:
        return measure.end, measure.end + joined.end()
    if _PREDICATE.match(between) or measure.kind == "money":
        return measure.end, measure.end
    last = _LAST_JOINER.match(between)
    if last:
        return measure.end + len(last[0].rstrip("、和及与以")), measure.end + last.end()
    return following.start, measure.end
