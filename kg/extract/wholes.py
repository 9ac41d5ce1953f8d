"""Targets of all in words: 全覆盖, 全部…, 所有…均…, 清零, 应…尽…. Each counts as 100 %."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kg.extract.counted import PREDICATE
from kg.extract.measures import Measure
from kg.extract.names import Named, core_of
from kg.extract.words import strip_reach

_END = r"(?=[,。;:\n)|\t!]|$|的?(?:目标|任务)|、(?!全))"
WHOLE = re.compile(
    rf"(?P<cover>(?<![\"行])全(?:面|域|部)?覆盖){_END}|(?P<zero>(?:全部|动态|基本|全面|年度)清零){_END}|"
    r"(?P<all>全部(?=[一-龥]{2}))(?!门|或|分|由|收|免|用于|返|划|资|费|上缴|归|覆盖|清零|都)|"
    r"(?P<every>所有(?!权|者|制|人|的|有|资|这))|"
    rf"(?P<should>应[一-龥]尽[一-龥]){_END}"
)
#: what such a phrase can begin with
_FIRST = re.compile(r"[全动基年所应]")
_AREA = re.compile(
    r"(?:建制村|行政村|自然村|村|社区|街道|乡镇|乡\(镇\)|县|市|县区|区县|小区|城乡|区域|全域|县域|市域|"
    r"全程|领域|流程|行业|场景|链条|年龄段|周期)$"
)
_DOES = re.compile(
    r"(?:实现|完成|达标|建成|建立|纳入|接入|覆盖|取消|淘汰|完工|开工|投入|上线|入驻|进驻|达到|拆除|"
    r"整改|关停|更新|改造|落实|销号|通过|配备|配齐|具备|办结|"
    r"设立|设置|开展|提供|安装|签订|办理|开通|开设|参加|参与|公开|运行|治理|使用|更换|建有|脱贫|安置|"
    r"化解|修复|进入|符合|满足|得到|享受)"
)
_ADVERB = re.compile(r"(?:应当?|必须|须|要|均|都|全部|全面|能够|能|可以|至少|普遍|基本|已经?|得以)+")
_MODAL = re.compile(r"能够|至少要?|均(?!衡)|都(?!市)|应当?(?!急|用)|必须|全面(?=[实完])|全部")
_BA = re.compile(r"^(?:将|把|对|使|确保|实现|力争|推动|使得)+")
_SUPPOSED = re.compile(r"基础上|前提下|的情况下|原则")
_NO_SUBJECT = re.compile(r"(?:确保|实现|推动|力争|使|在|全[市县区省]|对|完成)*")
_PLACE_NOUN = re.compile(r"[一-龥()]+")
_PLAIN = re.compile(r"^(?:实现|得到|完成|进行)")
_SHORT = 8


class Whole(NamedTuple):
    """One such phrase: start/end in the searched text; form: cover, zero, all, every, should."""

    start: int
    end: int
    form: str


def find_wholes(text: str) -> Iterator[Whole]:
    """Every phrase that may claim a whole, in reading order."""
    for first in _FIRST.finditer(text):
        match = WHOLE.match(text, first.start())
        if match:
            yield Whole(match.start(), match.end(), match.lastgroup or "")


def whole_measure(whole: Whole) -> Measure:
    """The measure that a whole stands for: 100 %."""
    return Measure(
        start=whole.start,
        end=whole.end,
        number_start=whole.start,
        number_end=whole.end,
        value=Decimal(100),
        unit="%",
        comparator="=",
        exact=False,
    )


def name_whole(text: str, whole: Whole, start: int, end: int, subject: str) -> Named | None:
    """What is claimed to reach 100 %, or None when the phrase claims nothing.

    start/end: the clause. subject: what the sentence spoke of last.
    """
    body, after = text[start : whole.start], text[whole.end : end]
    if whole.form == "cover":
        return _cover(body, whole, subject)
    if whole.form == "zero":
        core = core_of(body)
        return Named(f"{core}清零率", "whole", core, whole.end) if core else None
    if whole.form == "should":
        core = core_of(_BA.sub("", body))
        return (
            Named(f"{core}{text[whole.start : whole.end]}率", "whole", core, whole.end)
            if len(core) > 1
            else None
        )
    if whole.form == "all" and (named := _all(body, after, whole)):
        return named
    return _every(body, after, whole, subject)


def _cover(body: str, whole: Whole, subject: str) -> Named | None:
    """实现城市社区养老设施全覆盖 → 城市社区养老设施覆盖率."""
    if body.endswith("、"):
        return None
    core = core_of(body)
    core = re.sub(r"(?<=.)(?:基本|全面|率先)?实现(?=.)|^(?:推动|推进|促进)|(?:实现|在|对)$", "", core)
    if _AREA.fullmatch(core) and subject:
        core = subject + core
    core = core or subject
    return Named(f"{core}覆盖率", "whole", core, whole.end) if core else None


def _all(body: str, after: str, whole: Whole) -> Named | None:
    """特困人员全部实现集中供养 → 特困人员集中供养率; the thing stands before, what becomes of it behind."""
    if not _DOES.match(after):
        return None
    core = core_of(_BA.sub("", core_of(body)))
    if len(core) < 2:
        return None
    done = _PLAIN.sub("", after)
    name = (
        f"{core}{done}率" if len(done) <= _SHORT and not done.startswith("纳入") else f"{core}{after}的比例"
    )
    return Named(name, "whole", core, whole.end + len(after))


def _covered(owner: str, after: str, whole: Whole) -> Named | None:
    """社区养老设施覆盖全部城市社区 → 社区养老设施城市社区覆盖率."""
    place = _PLACE_NOUN.match(after)
    if not place or not owner:
        return None
    return Named(f"{owner}{place.group()}覆盖率", "whole", owner, whole.end + place.end())


def _every(body: str, after: str, whole: Whole, subject: str) -> Named | None:
    """所有敬老院全面实现改造 → 敬老院实现改造的比例; 覆盖全部城市社区 → 城市社区覆盖率."""
    before = core_of(body)
    if before.endswith("覆盖"):
        return _covered(before.removesuffix("覆盖") or subject, after, whole)
    if not _NO_SUBJECT.fullmatch(strip_reach(before)):
        return None
    predicate = _MODAL.search(after, 2) or PREDICATE.search(after, 2)
    if not predicate or _SUPPOSED.search(after):
        return None
    thing, action = after[: predicate.start()], _ADVERB.sub("", after[predicate.start() :], count=1)
    marked = bool(_ADVERB.match(after, predicate.start()))
    if thing.endswith("的") or (whole.form == "every" and not marked and not _DOES.match(action)):
        return None
    if whole.form == "all":
        return Named(f"{action}的{thing}占比", "whole", thing, whole.end + len(after))
    return Named(f"{thing}{action}的比例", "whole", thing, whole.end + len(after))
