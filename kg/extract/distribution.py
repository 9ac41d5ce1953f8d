"""分别: several numbers dealt out over as many metrics, scopes or times."""

import re
from typing import NamedTuple

from kg.extract.fields import case_at_end
from kg.extract.frames import Frame
from kg.extract.names import Named, closed, core_of, without_time
from kg.extract.norms import done_behind
from kg.extract.segments import masked
from kg.extract.words import RATE, growth_at_end

_EACH = re.compile(r"(?:各)?分别")
_STEM = (
    "覆盖|普及|达标|利用|合格|使用|拥有|参保|入学|巩固|签约|探访|供养|上岗|处理|处置|回收|应用|满意|"
    "完成|就业|培训|数控化|城镇化|数字化|增长|"
    "综合利用|无害化处理|集中供养|资源化利用|安全利用|培训上岗|持证上岗|培训合格"
)
_TAIL = re.compile(
    rf"(?:(?:(?:综合|安全|资源化|无害化|集中|规范化|高效)?(?:利用|处理|处置|收集|回收|治理){{1,2}}率)|"
    rf"(?:{_STEM})(?:率|度|面)|(?:患者|人群)?(?:规范|健康|系统|签约)*(?:管理|服务){{1,2}}率|"
    rf"占[^、]{{1,14}}比[例重]|占比|比例|比重|[一-龥]{{2}}率|"
    rf"(?:重点工程)?(?:累计)?(?:减排|排放)总?量|年?[产销]量|总?产值|增加值|(?:建筑)?面积|"
    r"人均可支配收入|可支配收入|(?:营业|销售|主营业务)?收入|投资|浓度|规模|总量|数量|床位数?|(?:路面|路基)?(?:宽度|厚度)|长度|高度)$"
)
_SCOPE = re.compile(
    r"(?:新建|改建|扩建|改扩建|改造|已建|在建|城镇|农村|城市|乡村|公办|民办|市级|县级|省级|国家级|男性|"
    r"女性|一般|重点|失能|半失能|一级|二级|三级|城区|市区|县城|乡镇|居民|企业|小学|初中|高中|幼儿园|"
    r"本科|专科|老年人|儿童|行政村|建制村|自然村|社区|街道|省|市|县)"
)
_ENDS_IN_SCOPE = re.compile(rf"{_SCOPE.pattern}$")
_SEPARATORS = (r"、", r"、|和|及|以及|与|或", r"和|及|以及|与|或")
#: words that name two things
_TWO_IN_ONE = {"城乡": ("城市", "农村"), "存贷款": ("存款", "贷款")}
_MANNER = re.compile(r"按|每")
_RECEIVED = re.compile(r"^(?:按照?)?(?:实际)?(?:接收|收住|服务|招用)?的?")
_BASIS = re.compile(r"(?:较|比|与|同)(?=[^,。;、]*(?:\d|年|上|同期))[^,。;、]{1,16}$")


def deal_out(text: str, frame: Frame) -> list[Named] | None:
    """The indicator of each measure of a group, or None when nothing can be dealt out."""
    body, count = frame.body(text), len(frame.group)
    each = _EACH.search(body)
    head, manner = (body[: each.start()], body[each.end() :]) if each else (body, "")
    change = growth_at_end(body)
    if change:
        head = body[: min(change[0], each.start() if each else change[0])]
    basis = _BASIS.search(head)
    if basis:
        head = head[: basis.start()]
    case = case_at_end(head)
    if case:
        head = head[: case.start()]
    head, times = without_time(head, reached=bool(each))
    if times == count:
        return None  # 覆盖率2025年、2030年分别达到60%、80%: one metric, dealt out over its times
    parts = split_parts(_RECEIVED.sub("", core_of(head)), count)
    if parts is None:
        return _behind(text, frame, body)
    adds = (basis.group() if basis else "") + change[1] + "率" if change else ""
    end, done = (
        done_behind(text, frame, frame_tail(text, frame)) if case or _MANNER.search(manner) else (0, "")
    )
    tail = _Tail(adds, done, end)
    return [_named(part, tail, frame, number) for number, part in enumerate(parts)]


def frame_tail(text: str, frame: Frame) -> str:
    """The words behind the last number of a group."""
    return text[frame.group[-1].end : frame.after_end]


_ALL = re.compile(r"(?:均|都|分别|各)(?!衡|市|地|类|级)[^,。;]{0,6}$")


def share_out(text: str, frame: Frame) -> list[Named] | None:
    """院长和护理员培训上岗率均达到100%: one number that holds for several metrics."""
    body = frame.body(text)
    both = _ALL.search(body)
    if not both or frame.measure.kind != "share" or frame.outer:
        return None
    subject = core_of(body[: both.start()])
    if not RATE.search(subject):
        return None
    count = len(re.findall(r"[、和及与]", masked(subject))) + 1
    parts = split_parts(subject, count) if count > 1 else None
    return [_named(part, _Tail(), frame, 0) for part in parts] if parts else None


def split_parts(subject: str, count: int) -> list[str] | None:
    """The subject's parts, each completed with the ending (or scope) they share; None if not `count`."""
    mask = masked(subject)
    for separators in _SEPARATORS:
        cuts = [match.span() for match in re.finditer(separators, mask)]
        if len(cuts) == count - 1:
            starts = [0, *(end for _, end in cuts)]
            ends = [*(start for start, _ in cuts), len(subject)]
            parts = [subject[a:b] for a, b in zip(starts, ends, strict=True)]
            return _completed(parts) if all(parts) else None
    for both, two in _TWO_IN_ONE.items():
        if count == 2 and subject.count(both) == 1:
            return [subject.replace(both, one) for one in two]
    return None


def _completed(parts: list[str]) -> list[str]:
    """新建, 改造床位占比 → 新建床位占比, 改造床位占比; A, B覆盖率 → A覆盖率, B覆盖率."""
    *others, last = parts
    scope = _SCOPE.match(last)
    if scope and scope.end() < len(last) and _ENDS_IN_SCOPE.search(others[0]):
        return [*(part + last[scope.end() :] for part in others), last]
    tail = _TAIL.search(last)
    if tail and tail.start() and not any(RATE.search(part) or _TAIL.search(part) for part in others):
        return [*(part + tail.group() for part in others), last]
    return parts


class _Tail(NamedTuple):
    """What all parts share behind them: a change (较2020年下降率), a deed (配建设施), where it ends."""

    change: str = ""
    done: str = ""
    end: int = 0


def _named(part: str, tail: _Tail, frame: Frame, number: int) -> Named:
    measure = frame.group[number]
    core = part + tail.done
    end = max(tail.end, frame.group[-1].end)
    rule = "per-unit" if tail.done else "distributed"
    if tail.change:
        return Named(core + tail.change, "growth", core, end)
    if measure.kind == "share":
        return Named(core if RATE.search(core) else f"{core}占比", rule, core, end)
    return closed(core, measure.unit, rule, end)


def _behind(text: str, frame: Frame, body: str) -> list[Named] | None:
    """不低于最低工资80%、20%的全失能、半失能人员护理经费: the scopes stand behind the numbers."""
    tail = text[frame.group[-1].end : frame.after_end]
    if not tail.startswith("的"):
        return None
    parts = split_parts(tail[1:], len(frame.group))
    if parts is None:
        return None
    end = frame.after_end
    return [Named(part, "distributed-behind", part, end) for part in parts]
