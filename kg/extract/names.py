"""From the words before a number to the name of what it measures."""

import re
from dataclasses import dataclass

from kg.extract.units import closing
from kg.extract.words import QUANTITY_NOUN, RATE, REGION, is_deed, leading_verb, strip_reach


@dataclass(slots=True)
class Named:
    """An indicator with how it was read.

    rule: metric, counted, listed, share-of, growth, part-of, scoped … core: its noun without what was
    added. end: view index where the words that state it end. start: where they begin, if not at the
    clause. owner: whose attribute it is.
    """

    indicator: str
    rule: str
    core: str
    end: int
    start: int | None = None
    owner: str = ""
    counted: bool = False
    confidence: float = 1.0


_OPENING = re.compile(
    r"(?:[,、:;\s)\]]|其中|同时|并且|并(?=[^不网轨购])|且|以及|届时|另外|此外|还(?!款|贷)|确保|努力|力争|"
    r"争取(?!国|专项|中央|上级|省级|资金|政策|债券)|力求|预计|计划(?!生育|数|内|外)|预期|使得?|让|"
    r"(?:推动|加快|基本|全面|逐步|率先)?实现(?!率)|到时|原则上|其(?!他|余|中)|各项|要求|明确|提出|"
    r"总体上?|主要包括|"
    r"(?:-|——|●|·|\d{1,2}[.、)]|[①-⑳])(?!\d)|[一二三四五六七八九十]是|累计(?=[新建完培引])|着力|"
    r"加快(?!速度)|大力|积极|稳步|逐步|持续|切实|全力|深入|全面(?=[完建推])|"
    r"支持|鼓励|引导|对于?(?=全)|保证|务必|不断|进一步|今后|今后五年|未来五年|每年(?=力争|争取)|"
    r"在(?=全)|应(?!急|用|届|聘|收)|须|拟|将(?!军)|要(?!素|求|件|点)|"
    r"均|都(?!市|江)|共有|共(?!同|享|建|管|治|性|富)|含|包括|分别为|达到|通过[^,。]{2,20}方式)+"
)
_TIME_OPENING = re.compile(
    r"(?:(?:截[至止]到?|到|至|自|从|在|于)?(?:(?:\"?(?:19|20)\d\d年?(?:[-—–~至到]{1,2}(?:19|"
    r"20)\d\d年?)?|二[〇○零]二.年|\"?十[二三四五六]五\"?(?:规划)?)"
    r"(?:年?(?:底|末|初)|时期末?|期间|期末|末|度)?(?:之?前)?起?(?:\d{1,2}月(?:底|末|份|\d{1,2}日)?(?:之?前)?)?)"
    r"|(?:年内|今年|全年|当年|明年|年底前?|年末|(?:上|下)半年|\d{1,2}月(?:底|末|初|[上中下]旬)?(?:之?前)?|目前|当前|近年来|现有|"
    r"拥有|现已|已经?(?=.)|现(?=[有已]))|(?:利?用|通过|经过)?[一二两三四五\d]{1,2}年(?:左右)?的?(?:时间|努力))[,、]?"
)
_YEAR_BEHIND = (
    r"(?:(?:19|20)\d\d年|\"?十[二三四五六]五\"?)"
    r"(?:年?[底末]|时期末?|期间|期末|内)?(?:1?\d月[底末份]?)?(?:之?前)?"
)
#: times that stand between a metric and its numbers: 巩固率|到2025年|达到96%; not 能耗比|2020年|下降
_TIME_BEHIND = re.compile(
    r"(?<![较与同从由自为占])(?<!(?<!占)比),?(?:[从由自](?:19|20)\d\d年)?(?P<by>(?:力争|争取|预计|计划|确保)?(?:到|至|在|于))?"
    rf"(?P<times>(?:{_YEAR_BEHIND}[、和及])*{_YEAR_BEHIND})$"
)
_PROJECT_SUBJECT = re.compile(r"(?:该|本)?项目(?=拟|[占用计总投建预])")
_KEPT_AT = re.compile(r"(?:稳定|保持|控制|确保|维持|力保)(.{3,})在$")
_RAISED = re.compile(r"(?:推动|推进|促进|带动|确保)(?=.{4})")
_EDGES = "、,:;( -—·."


def core_of(body: str) -> str:
    """A body without what opens it (time, 力争, 全市) and without the verb that reaches the number."""
    reach = strip_reach(body)
    core = without_time(_opened(reach), reached=reach != body)[0]
    core = _balanced(strip_reach(core).strip(_EDGES))
    kept = _KEPT_AT.match(core)
    core = kept[1] if kept else core
    raised = _RAISED.match(core)
    return core[raised.end() :] if raised and QUANTITY_NOUN.search(core) else core


def without_time(core: str, *, reached: bool) -> tuple[str, int]:
    """A metric without the times behind it, and how many they are: 森林覆盖率力争到2025年底 → 森林覆盖率, 1.

    reached: whether a verb that reaches a number follows; without one only a plain metric loses them.
    """
    time = _TIME_BEHIND.search(core)
    if time is None:
        return core, 0
    bare = strip_reach(core[: time.start()])
    if reached or time["by"] or RATE.search(bare) or QUANTITY_NOUN.search(bare):
        return bare, len(re.findall(r"\d{4}年|十.五", time["times"]))
    return core, 0


def _opened(text: str) -> str:
    """Peel time words, connectors and regions off the front until none is left."""
    at = 0
    while True:
        before = at
        for pattern in (_TIME_OPENING, _OPENING, REGION, _PROJECT_SUBJECT):
            match = pattern.match(text, at)
            if match:
                at = match.end()
        if at == before or at >= len(text):
            return text[at:]


def _balanced(text: str) -> str:
    """An unclosed bracket or quote belongs to no name."""
    opened, closed = text.count("("), text.count(")")
    if opened > closed:
        text = text.removeprefix("(") if text.startswith("(") else text[: text.rfind("(")]
    elif closed > opened:
        text = text[text.find(")") + 1 :]
    return text.replace('"', "") if text.count('"') % 2 else text


#: quantity nouns that are counted themselves: 5项标准, 3支基金
_THING = re.compile(r"(?:标准|基金|补贴|补助|奖励|贷款|投资|资金|指数)$")


def closed(core: str, unit: str | None, rule: str, end: int) -> Named:
    """The core with 数量, 人次, 面积 … behind it where it does not name a quantity already."""
    word = closing(unit)
    counts = word in ("数量", "人数") and _THING.search(core)
    if not word or not core or (QUANTITY_NOUN.search(core) and not counts):
        return Named(core, rule, core, end)
    if core.endswith(word[0]):
        word = word[1:]
    return Named(core + word, rule, core, end, counted=word in ("数量", "人数"))


_ATTRIBUTE = re.compile(
    r"的?(?P<attribute>(?:(?:总|平均|人均|户均|年均|单位|每处|每个)?(?:建筑|用地|占地|使用|改造|服务|"
    r"绿化|经营|种植|营业)?面积|"
    r"(?:护理型|普惠性?|托育|养老|医疗)?(?:床位|托位)(?:规模|总?数量?|占比)?|(?:总)?规模|(?:总)?数量?|"
    r"占比|比例|比重|(?:年均)?(?:增速|增长率)|"
    r"覆盖率|达标率|普及率|使用率|合格率|满意度|总产值|产值|营业收入|年产量|产量|总?投资|长度|宽度|"
    r"里程|容积率|绿地率|人员|护理员|车位|(?:人均|户均|每处)用地|每处面积)$)"
)
_BARE = re.compile(
    r"(?:其中|年均|平均|总体|整体|总)*(?:增速|增长率|增长|增幅|占比|比例|比重|覆盖率|覆盖面|总?规模|"
    r"总?数量?|总量|总产值|产值|达标率|普及率|合格率|满意度|人均|"
    r"建筑面积|总?面积|总?投资|补贴标准|补助标准|标准|最高|最低|金额)?"
)
#: what a thing has beside its other measures, and those: 项目总投资2亿元,建筑面积3万平方米
_OWN_MEASURE = re.compile(r"建筑面积|总?面积|总?投资")
_OF_ANOTHER = re.compile(r"(?:(?:占地|用地|建筑|总)?面积|占地|总?投资)$")


def _alike(core: str, subject: str) -> bool:
    """Whether both only say how many: 企业数量翻一番,总数达到1000家."""
    return core in ("总数", "总量", "总数量", "数量") and subject.endswith(("数", "量"))


#: a clause about the state of institutions: what comes behind it is theirs
_TELLS_OWNER = re.compile(
    r"(?:全[省市县区]|辖区内?|我[省市县区])?(?P<owner>[^,。;:、的\d]{0,10}?"
    r"(?:敬老院|养老院|福利院|医院|卫生院|学校|幼儿园|机构|服务中心|服务站|园区|景区|图书馆|文化馆))"
    r"(?:的?(?:设施|设备|服务|环境|条件|功能|能力|管理|水平|质量|运营)|普遍|全面|基本|实现|完成)"
)
_METRIC = re.compile(r"(?!提高|提升|降低|增加|扩大|加快|优化|完善|推进|健全|加强)[^,。;:、\d\n|]{3,30}")
#: characters before a clause in which the one before it is looked for
_TOLD_WITHIN = 60


def owner_of(core: str) -> str:
    """Whose attribute it is: 社区养老院建筑面积 → 社区养老院; "" where none splits off."""
    match = _ATTRIBUTE.search(core)
    return core[: match.start()] if match else ""


def owner_told(text: str, first: int, clause_start: int) -> str:
    """Whose attribute follows, told by the clause before (乡镇敬老院设施普遍升级,床位占比…); "" for none."""
    told = text[max(first, clause_start - _TOLD_WITHIN) : clause_start].rstrip(",")
    match = _TELLS_OWNER.match(told[told.rfind(",") + 1 :])
    return match["owner"] if match else ""


def metric_told(text: str, first: int, clause_start: int) -> tuple[str, int | None]:
    """The metric that the clause before names and nothing more, and where: 森林覆盖率,到2025年达到45%."""
    end = clause_start - 1
    if end <= first or text[end] != ",":
        return "", None
    start = max(first, end - _TOLD_WITHIN, text.rfind(",", first, end) + 1)
    metric = core_of(text[start:end])
    named = _METRIC.fullmatch(metric) and (RATE.search(metric) or QUANTITY_NOUN.search(metric))
    return (metric, start) if named and not leading_verb(metric) else ("", None)


def is_attribute(core: str) -> bool:
    """Whether a core names an attribute and no owner: 床位规模, 护理型床位占比."""
    match = _ATTRIBUTE.search(core)
    return bool(match and match.start() == 0)


def completed(core: str, subject: str) -> str:
    """增速 → 产业规模增速, 累计更新 → 累计更新老旧电梯, when the clause names an attribute or a deed only."""
    if subject and core and is_deed(core):
        return core + subject.removeprefix(leading_verb(subject))
    if subject and _OWN_MEASURE.fullmatch(core):
        subject = _OF_ANOTHER.sub("", subject)
    if subject and _BARE.fullmatch(core):
        return subject if not core or core in subject or _alike(core, subject) else subject + core
    return core
