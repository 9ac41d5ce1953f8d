"""What a measure measures: the indicator in the document's own words, completed so that it stands alone."""

import re

from kg.extract.counted import counted, noun_behind, share_of
from kg.extract.fields import case_at_end
from kg.extract.frames import Frame
from kg.extract.names import Named, closed, completed, core_of, is_attribute, owner_of
from kg.extract.words import RATE, REGION, growth_at_end, leading_verb

_RATE_WITHIN = re.compile(r"^(?:逐步|稳步|不断|全面)?(?:提高|提升|降低|增加|扩大|新增|推动)")
_PART = re.compile(r"占[^,。]{2,}的$")
_COMPARED = re.compile(
    r"(?:较|比|与|同|在)(?=[^,。;、]*(?:\d|年|上|同期|相比|基础|全|平均))[^,。;、]{1,16}(?:相比|基础上)?(?:力争|预计|分别|累计|平均|再|均|将|要|各|年均)*$"
)
_COMPARED_EDGE = re.compile(r"(?:力争|预计|分别|累计|平均|再|均|将|要|各|年均)+$")
_SCOPE_ONLY = re.compile(
    r"(?:城镇|农村|城市|乡村|公办|民办|市级|县级|省级|国家级|新建|改建|改扩建|城区|街道|社区|乡镇|村级|市区|县城|男性?|女性?)"
)
_PLACED = re.compile(r"(?:对|在|将|向|为|给)(.*?)(?:进行|实施|开展)(.+)$")
_FROM = re.compile(
    r"(?:由|从)?(?:(?:19|20)\d\d年(?:底|末)?|目前|现在|当前|现有|上年|去年|基期)?的$|(?:由|从)(?:目前|现在|当前)?$"
)
_STANDARD = re.compile(r"^的?标准(?:的)?")
_NEXT_CLAUSE = re.compile(
    r"[,、](?:通过[^,。;]{0,40}?方式|采取[^,。;]{0,40}?方式|统一|足额)?([^,。;\n|]{2,30})"
)
_WITHIN = re.compile(r"(?:以)?内([^,。;、]*)")
_QUANTIFIED = re.compile(r"(?:不低于|不少于|不超过|不高于|不得低于|不得超过)([^,。;]{2,24})的?$")


def name_of(text: str, frame: Frame, subject: str, base: str) -> Named:
    """The indicator of one measure.

    subject: what the sentence spoke of last, for clauses that name nothing themselves. base: the base of
    comparison printed earlier in the sentence (与2016年相比).
    """
    measure, body, after = frame.measure, frame.body(text), frame.after(text)
    if frame.nested:
        return Named(
            f"{frame.thing}{core_of(body)}", "nested", frame.thing, frame.quote_end, owner=frame.thing
        )
    if frame.thing:
        return counted(text, frame, body, frame.thing)
    if frame.outer:
        return _in_bracket(frame, body)
    if measure.kind == "duration":
        return _duration(text, frame, body, subject)
    change = growth_at_end(body)
    if change and _is_change(frame, body, change):
        return growth(frame, body, change, subject, base)
    if per_case := case_at_end(body):
        return _per_case(text, frame, body[: per_case.start()], after)
    if measure.kind in ("share", "points", "times"):
        return _share(text, frame, body, after, subject)
    return _amount(text, frame, body, after, subject)


def _in_bracket(frame: Frame, body: str) -> Named:
    """逐步提高床位占比(新建60%): the scope stands in the bracket, the metric before it."""
    outer, inner, measure = core_of(frame.outer), core_of(body), frame.measure
    if measure.kind == "share" and RATE.search(outer) and not RATE.search(inner):
        name = inner + _RATE_WITHIN.sub("", outer)
        return Named(name, "scoped", name, frame.quote_end, owner=inner)
    return closed(inner or outer, measure.unit, "bracket", frame.quote_end)


def _is_change(frame: Frame, body: str, change: tuple[int, str]) -> bool:
    """Whether a verb of change makes the change the metric; 新增床位5万张 and 提高到 are none."""
    if frame.measure.kind in ("share", "points", "times"):
        return True
    return bool(_COMPARED.search(body[: change[0]]))


def growth(frame: Frame, body: str, change: tuple[int, str], subject: str, base: str) -> Named:
    """设备投资规模较2023年增长25%: the change is the metric, its base belongs to it."""
    at, verb = change
    before = body[:at]
    compared = _COMPARED.search(before)
    basis = _COMPARED_EDGE.sub("", compared.group()) if compared else base
    topic = before[: compared.start()] if compared else before
    yearly = "年均" if before.endswith("年均") else ""
    core = core_of(topic.removesuffix("年均"))
    core = completed(core, subject) if core or not subject else subject
    rate = "" if verb[-1] in "率速幅度" else ("率" if frame.measure.kind == "share" else "幅度")
    return Named(f"{core}{basis}{yearly}{verb}{rate}", "growth", core, frame.measure.end)


def _share(text: str, frame: Frame, body: str, after: str, subject: str) -> Named:
    measure = frame.measure
    if measure.kind == "share" and (named := share_of(text, frame, body, after)):
        return named
    core = core_of(_FROM.sub("", body) if _FROM.search(body) and not _PART.search(body) else body)
    if core.startswith("占") and subject:
        core = core.removesuffix("的")
        whole = core if core.endswith(("比重", "比例")) else f"{core}的比例"
        return Named(subject + whole, "part-of", subject, measure.end)
    if _PART.search(core):
        core = f"{core}比例"
    if quantified := _QUANTIFIED.search(core):
        return Named(
            core[: quantified.start()] + quantified[1].removesuffix("的") + "比例",
            "used-share",
            core,
            measure.end,
        )
    core = _owned(completed(core.removesuffix("的"), subject), subject, body)
    if measure.kind == "share" and not RATE.search(core):
        return Named(f"{core}占比" if core else "", "metric", core, measure.end)
    return Named(core, "metric", core, measure.end)


def _amount(text: str, frame: Frame, body: str, after: str, subject: str) -> Named:
    measure = frame.measure
    if measure.kind in ("count", "people") and (noun := noun_behind(after)):
        return counted(text, frame, body, noun)
    core = core_of(_FROM.sub("", body))
    if subject and _SCOPE_ONLY.fullmatch(core):
        core += subject
    if placed := _PLACED.match(core):
        core = placed[1] + placed[2]
    if frame.shared and not leading_verb(core):
        core = leading_verb(core_of(frame.shared)) + core
    return closed(_owned(completed(core, subject), subject, body), measure.unit, "listed", measure.end)


def _owned(core: str, subject: str, body: str) -> str:
    """床位规模 → 社区养老院床位规模, when the sentence spoke of its owner; not 全市床位."""
    if REGION.match(body.lstrip(",、")):
        return core
    owner = owner_of(subject) or subject
    return owner + core if subject and is_attribute(core) and owner not in core else core


def _per_case(text: str, frame: Frame, before: str, after: str) -> Named:
    """按每百户不少于20平方米配建设施: whose norm, and what is done by it."""
    end = frame.measure.end
    done = _STANDARD.sub("", after)
    end += len(after) if done or after else 0
    if not done:
        following = _NEXT_CLAUSE.match(text, frame.clause_end)
        done = following[1] if following else ""
        end = following.end() if following else end
    return closed(core_of(before) + done, frame.measure.unit, "per-unit", end)


def _duration(text: str, frame: Frame, body: str, subject: str) -> Named:
    """办理时间压缩至3个工作日以内; 在5个工作日内办结; 五年内继续按原用途适用政策."""
    measure = frame.measure
    within = _WITHIN.match(text, measure.end, frame.clause_end)
    core = core_of(body)
    if measure.unit == "年" and within:
        subject = "" if core in ("可在", "可", "在", "") else core
        return Named(f"{subject}{within[1]}的年限", "term", subject, within.end())
    if within and within[1]:
        core = core.removesuffix("在").removesuffix("于")
        return Named(f"{core or subject}{within[1]}时限", "time-limit", core, within.end())
    return Named(completed(core, subject), "metric", core, measure.end)
