"""What a measure measures: the indicator in the document's own words, completed so that it stands alone."""

import re
from dataclasses import replace
from typing import NamedTuple

from kg.extract.counted import counted, noun_behind, share_of
from kg.extract.fields import case_at_end
from kg.extract.frames import Frame
from kg.extract.names import Named, closed, completed, core_of, is_attribute
from kg.extract.norms import case_norm, duration, grant, share_of_base
from kg.extract.words import RATE, REGION, growth_at_end, leading_verb, trailing_verb


class Topic(NamedTuple):
    """What the sentence spoke of before a clause that names nothing itself.

    subject: its last noun. owner: whose attribute that was. base: the base of comparison printed earlier
    (与2016年相比).
    """

    subject: str = ""
    owner: str = ""
    base: str = ""


_RAISES = re.compile(r"^(?:逐步|稳步|不断|全面)*(?:提高|提升|降低|增加|扩大|新增|推动)")
_PART = re.compile(r"占[^,。]{2,}的$")
_COMPARED = re.compile(
    r"(?:较|比|与|同|在)(?=[^,。;、]*(?:\d|年|上|同期|相比|基础|全|平均))[^,。;、]{1,16}?(?:相比|"
    r"基础上|年底?|末|上年|同期|水平|时期)?"
    r"(?:力争|预计|分别|累计|平均|再|均|将|要|各|年均|总体|,)*$"
)
_YEAR_ON_YEAR = re.compile(r"(?:同比|环比)(?:累计|分别)*$")
_AS_MUCH = re.compile(r",?(?:是|为|相当于)([^,。;]{2,20})的$")
_FOR_EACH = re.compile(
    r"每[百千万]+(?:名|位)?(?:常住|户籍|服务|适龄)?"
    r"(?:人口|老年人|老人|婴幼儿|儿童|学生|居民|职工|就业人员|妇女|农户|人|户)(?![均口数])"
)
#: 每个县至少建成1家: of what the sentence spoke of
_EACH_BUILDS = re.compile(
    r"(?P<each>(?:每个?|各)[^,。;]*?)(?:至少)?(?P<deed>建成|建有|建设|新建|设立|培育|打造|创建|引进|布局|配备)$"
)
_EDGE = re.compile(r"(?:力争|预计|分别|累计|平均|再|均|将|要|各|年均|总体|,)+$")
_PLACED = re.compile(r"(?:对|在|将|向|为|给)(.*?)(?:进行|实施|开展)(.+)$")
_FROM = re.compile(
    r"(?:由|从)?(?:(?:19|20)\d\d年(?:底|末)?|目前|现在|当前|现有|上年|去年|基期)?的$|(?:由|从)(?:目前|"
    r"现在|当前|(?:19|20)\d\d年)?的?$"
)
_FROM_YEAR = re.compile(r"(?:由|从)[^,。;占]{0,10}的$")
_SCOPE_ONLY = re.compile(
    r"(?:城镇|农村|城市|乡村|公办|民办|市级|县级|省级|国家级|新建|改建|改扩建|城区|街道|社区|乡镇|村级|"
    r"市区|县城|男性?|女性?)"
)
_INVESTED = re.compile(
    r"(?:、[^,。;、]{0,12}\d[^,。;、]{0,8}?)?的([^,。;、]{2,30}?(?:项目|工程|中心|基地|基金|园区?|院))(?=$|[,。;]|(?:顺利|建成|开工|竣工|投入|落地))"
)
_ASSET = re.compile(r"(?:投资|投入|总投资|计划投资|总规模|建筑面积|占地(?:面积)?|设置床位|床位)$")
_SPENT_ON = re.compile(r"(?:实施|用于|建设|新建|改造|开展|推进|启动|打造|扩建)([^,。;、]{2,30})")
_USED_FOR = re.compile(r"(?:专项)?用于[^,。;、]{2,24}")
_RANKED = re.compile(
    r"(?:进入|位居|跻身|位列|保持在?|稳居|居|挺进|达到|名列|迈入|力争|排名|位次)([一-龥]{0,8}?)(?:综合)?前$"
)


def name_of(text: str, frame: Frame, topic: Topic) -> Named:
    """The indicator of one measure: the first pattern that fits its clause."""
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
        return duration(text, frame, body, topic.subject)
    if ranked := _RANKED.search(body):
        return Named(
            f"{core_of(body[: ranked.start()]) or topic.subject}{ranked[1]}排名",
            "rank",
            topic.subject,
            measure.end,
        )
    change = growth_at_end(body)
    if change and _is_change(frame, body, change):
        return growth(frame, body, change, topic)
    if case := case_at_end(body):
        return case_norm(text, frame, body, case, topic.subject)
    if measure.kind in ("share", "points", "times"):
        return _share(text, frame, body, after, topic)
    return _amount(text, frame, body, after, topic)


def for_as_many(text: str, frame: Frame, named: list[Named]) -> list[Named]:
    """每千人口执业医师3.2人、注册护士3.8人: the second is so many for each thousand too."""
    joined = text[frame.body_start - 1 : frame.body_start] == "、"
    head = _FOR_EACH.match(named[0].indicator) or (_FOR_EACH.match(core_of(frame.shared)) if joined else None)
    if head is None or frame.measure.kind not in ("count", "people"):
        return named
    return [
        one if one.indicator.startswith("每") else replace(one, indicator=head.group() + one.indicator)
        for one in named
    ]


def _in_bracket(frame: Frame, body: str) -> Named:
    """逐步提高床位占比(新建60%): the scope stands in the bracket, the metric before it."""
    outer, inner, measure = core_of(frame.outer), core_of(body), frame.measure
    if measure.kind == "share" and RATE.search(outer) and not RATE.search(inner):
        name = inner + _RAISES.sub("", outer)
        return Named(name, "scoped", name, frame.quote_end)
    return closed(inner or outer, measure.unit, "bracket", frame.quote_end)


def _is_change(frame: Frame, body: str, change: tuple[int, str]) -> bool:
    """Whether a verb of change makes the change the metric; 新增床位5万张 and 提高到 are none."""
    if change[1].startswith(("高于", "快于", "低于", "落后", "高出", "超出")):
        return frame.measure.kind == "points"
    if frame.measure.kind in ("share", "points", "times"):
        return True
    return bool(_COMPARED.search(body[: change[0]]))


def growth(frame: Frame, body: str, change: tuple[int, str], topic: Topic) -> Named:
    """设备投资规模较2023年增长25%: the change is the metric, its base belongs to it."""
    at, verb = change
    before = body[:at]
    compared = _COMPARED.search(before) or _YEAR_ON_YEAR.search(before)
    basis = _EDGE.sub("", compared.group()) if compared else topic.base
    before = before[: compared.start()] if compared else before
    yearly = "年均" if body[:at].endswith("年均") else ""
    core = core_of(before.removesuffix("年均"))
    core = completed(core, topic.subject)
    verb = "翻番" if verb == "翻" else verb
    rate = "" if verb[-1] in "率速幅度番" else ("率" if frame.measure.kind == "share" else "幅度")
    return Named(f"{core}{basis}{yearly}{verb}{rate}", "growth", core, frame.measure.end)


def _share(text: str, frame: Frame, body: str, after: str, topic: Topic) -> Named:
    measure = frame.measure
    if named := (
        grant(text, frame, body, after)
        or share_of_base(text, frame, body, after, topic.subject)
        or _as_much(frame, body, topic.subject)
    ):
        return named
    if measure.kind == "share" and (named := share_of(text, frame, body, after)):
        return named
    core = core_of(body if _PART.search(body) and not _FROM_YEAR.search(body) else _FROM.sub("", body))
    if core.startswith("占") and topic.subject:
        core = core.removesuffix("的")
        if core in ("占比", "占比重", "占"):
            return Named(f"{topic.subject}占比", "part-of", topic.subject, measure.end)
        whole = core if core.endswith(("比重", "比例")) else f"{core}的比例"
        return Named(topic.subject + whole, "part-of", topic.subject, measure.end)
    if _PART.search(core):
        core = f"{core}比例"
    core = _owned(completed(core.removesuffix("的"), topic.subject), topic, body)
    if (
        topic.subject
        and RATE.search(topic.subject)
        and not RATE.search(core)
        and body.lstrip(",").startswith("其中")
    ):
        return Named(core + _rate_after(core, topic.subject), "metric", core, measure.end)
    if measure.kind == "share" and core and not RATE.search(core):
        return Named(f"{core}占比", "metric", core, measure.end)
    return Named(core, "metric", core, measure.end)


def _as_much(frame: Frame, body: str, subject: str) -> Named | None:
    """投资862亿元,是"十二五"时期的2.1倍: one sum against another."""
    other = _AS_MUCH.match(body) if frame.measure.kind == "times" and subject else None
    return Named(f"{subject}与{other[1]}之比", "part-of", subject, frame.measure.end) if other else None


def _rate_after(core: str, metric: str) -> str:
    """其中大中型企业达到90%: the rest of 规模以上工业企业研发活动覆盖率 behind 企业."""
    noun = core[-2:]
    rest = metric[metric.rfind(noun) + len(noun) :] if noun in metric else ""
    return rest or "占比"


def _amount(text: str, frame: Frame, body: str, after: str, topic: Topic) -> Named:
    measure, subject = frame.measure, topic.subject
    if named := grant(text, frame, body, after):
        return named
    core = core_of(_FROM.sub("", body))
    asset, invested = _ASSET.search(core), _INVESTED.match(text, measure.end, frame.clause_end)
    if asset and invested:
        return closed(invested[1] + asset.group(), measure.unit, "listed", measure.end)
    if asset and (spent := _SPENT_ON.match(after)):
        return Named(spent[1] + asset.group(), "listed", core, measure.end + spent.end())
    if measure.kind in ("count", "people") and (noun := noun_behind(after)):
        return counted(text, frame, body, noun)
    if measure.kind == "money" and (noun := noun_behind(after)) and (verb := trailing_verb(body)):
        return Named(verb + noun, "counted", noun, measure.end + len(noun))
    if measure.kind == "money" and (used := _USED_FOR.match(after)):
        return Named(f"{core}{used.group()}资金", "listed", core, measure.end + used.end())
    core = _completed_core(core, frame, body, subject)
    return closed(_owned(core, topic, body), measure.unit, "listed", measure.end)


def _completed_core(core: str, frame: Frame, body: str, subject: str) -> str:
    """A listed thing in full: 农村 → 农村养老院, 占地10公顷以上的 → 占地10公顷以上的公园, 设施 → 新增设施."""
    if subject and core and body.endswith("的"):
        core = f"{core.removesuffix('的')}的{subject.removeprefix(leading_verb(subject))}"
    if subject and _SCOPE_ONLY.fullmatch(core):
        core += subject
    if subject and (builds := _EACH_BUILDS.match(core)):
        return builds["each"] + builds["deed"] + subject.removeprefix(leading_verb(subject))
    if placed := _PLACED.match(core):
        core = placed[1] + placed[2]
    if frame.shared and not leading_verb(core):
        core = leading_verb(core_of(frame.shared)) + core
    return completed(core, subject)


def _owned(core: str, topic: Topic, body: str) -> str:
    """床位规模 → 社区养老院床位规模, when the sentence spoke of its owner; not 全市床位."""
    if not topic.owner or not is_attribute(core) or topic.owner in core:
        return core
    return (
        core
        if REGION.match(body.lstrip(",、")) or body.lstrip(",").startswith("其中")
        else topic.owner + core
    )
