"""分别: several numbers dealt out over as many metrics, scopes or times."""

import re

from kg.extract.frames import Frame
from kg.extract.indicators import Named, core_of
from kg.extract.segments import masked
from kg.extract.units import closing
from kg.extract.words import QUANTITY_NOUN, RATE

_EACH = re.compile(r"(?:各)?分别")
_RATE_TAIL = re.compile(
    r"(?:[一-龥]{0,4}(?:覆盖|普及|达标|利用|合格|使用|拥有|参保|入学|巩固|签约|探访|供养|上岗|处理|处置|回收|占比|化|应用|满意|完成|就业|培训)(?:率|度)?|"
    r"[一-龥]{2}率|占[^、]{1,12}比[例重]|占比|比例|比重)$"
)
_SCOPE = re.compile(
    r"(?:新建|改建|扩建|改扩建|改造|已建|在建|城镇|农村|城市|乡村|公办|民办|市级|县级|省级|国家级|男性|女性|一般|重点|失能|半失能|一级|二级|三级)"
)
_SEPARATORS = (r"、", r"、|和|及|以及|与|或", r"和|及|以及|与|或")


def deal_out(text: str, frame: Frame) -> list[Named] | None:
    """The indicator of each measure of a group, or None when nothing can be dealt out."""
    body, count = frame.body(text), len(frame.group)
    each = _EACH.search(body)
    subject = core_of(body[: each.start()] if each else body)
    manner = body[each.end() :] if each else ""
    parts = split_parts(subject, count)
    if parts is None:
        return None
    tail = _manner(manner, frame.tail)
    return [_named(part, tail, frame, number) for number, part in enumerate(parts)]


def split_parts(subject: str, count: int) -> list[str] | None:
    """The subject's parts, each completed with the ending (or scope) they share; None if not `count`."""
    mask = masked(subject)
    for separators in _SEPARATORS:
        cuts = [match.span() for match in re.finditer(separators, mask)]
        if len(cuts) == count - 1:
            starts = [0, *(end for _, end in cuts)]
            ends = [*(start for start, _ in cuts), len(subject)]
            return _completed([subject[a:b] for a, b in zip(starts, ends, strict=True)])
    return None


def _completed(parts: list[str]) -> list[str]:
    """新建, 改造床位占比 → 新建床位占比, 改造床位占比; A, B覆盖率 → A覆盖率, B覆盖率."""
    *others, last = parts
    scope = _SCOPE.match(last)
    if scope and all(_SCOPE.fullmatch(part) for part in others):
        rest = last[scope.end() :]
        return [*(part + rest for part in others), last]
    head = re.match(r"(.*?)(新建|改造|城镇|农村|公办|民办|市级|县级)$", others[0])
    if head and scope:
        rest = last[scope.end() :]
        return [others[0] + rest, *(head[1] + part + rest for part in others[1:]), head[1] + last]
    tail = _RATE_TAIL.search(last)
    if tail and not any(RATE.search(part) for part in others):
        shared = _shortest_tail(last, tail.group())
        return [*(part + shared for part in others), last]
    return parts


def _shortest_tail(last: str, tail: str) -> str:
    """Of 老年助餐点覆盖率 only 覆盖率 is shared."""
    match = re.search(
        r"(?:覆盖|普及|达标|利用|合格|使用|拥有|参保|入学|签约|上岗|处理|处置|回收|应用|满意)(?:率|度)$", last
    )
    return match.group() if match else tail


def _manner(manner: str, tail: str) -> str:
    """按每百户…配建设施: what is done stands behind the numbers."""
    done = re.sub(r"^(?:的标准|标准)?(?:的)?", "", tail)
    done = re.match(r"[一-龥()]*", done)
    return done.group() if done and re.search(r"按|每", manner) else ""


def _named(part: str, tail: str, frame: Frame, number: int) -> Named:
    measure = frame.group[number]
    core = part + tail
    if measure.kind == "share":
        name = core if RATE.search(core) else f"{core}占比"
    else:
        word = "" if QUANTITY_NOUN.search(core) else closing(measure.unit)
        name = core + word
    end = frame.group[-1].end + (len(frame.tail) if tail else 0)
    return Named(name, "distributed", core, end)
