"""What a measure measures: the indicator in the document's own words, completed so that it stands alone."""

import re
from dataclasses import dataclass

from kg.extract.frames import Frame
from kg.extract.units import closing
from kg.extract.words import DO, GROWTH, OPENING, QUANTITY_NOUN, RATE, REACH, REGION


@dataclass(slots=True)
class Named:
    """An indicator with how it was read.

    rule: metric, counted, listed, share-of, growth, part-of, scoped. core: its noun without closing words.
    end: where the words that state it end. counted: whether 数量 was added.
    """

    indicator: str
    rule: str
    core: str
    end: int
    owner: str = ""
    counted: bool = False
    confidence: float = 1.0


_VERB_END = re.compile(rf"(?:^|(?<=[一-龥)\",、])){DO}(?:了|成|出|好)?$")
_VERB_START = re.compile(
    rf"(?:(?:成功|重点|集中|率先|启动|分别|新|再|各|拟|规划|计划|已|共|累计|至少|同步|组织|统筹|联合|全年|均|要|年均|每年|力争|争取|推动|支持|协助|指导)*{DO}(?:(?:和|、|或|及|并){DO})*(?:了|成)?)+"
)
_PREDICATE = re.compile(
    r"(?:应当?|必须|须|要(?!求|素)|均|都(?!市)|全部|基本|能够|可以|至少|普遍|已经?)?(?:建有|建立|建成|设立|开展|实现|达到|完成|开设|开通|配备|具备|提供|纳入|接入|用于|"
    r"拥有|参与|参加|使用|采用|应用|覆盖|享受|成为|进入|设置|建设|创建|通过|符合|满足|得到|获得|掌握|普及|达标|签订|落实|推行|形成|组建|安装|购买|加入|取得|"
    r"持有|处于|好于|优于|配置|制定|打造|改造|更新|整治|治理|淘汰|上云|上线|办理|办结|公开|公示|入驻|进驻|网上办|跨省通办|开放|投向|来自|居住|生活|接受|支持|运用|推广|执行|进行|投入|开工|完工)"
)
_ATTRIBUTE = re.compile(
    r"(?:的)?(?P<attribute>(?:(?:总|平均|人均|户均|年均|单位|每\S{1,3})?(?:建筑|用地|占地|使用|改造|服务|绿化|经营|种植|营业)?面积|床位(?:规模|数量?|占比)?|(?:护理型|普惠性?|托育)?(?:床位|托位)(?:数量?|占比)|"
    r"(?:总)?规模|(?:总)?数量?|占比|比例|比重|(?:年均)?(?:增速|增长率)|覆盖率|达标率|普及率|使用率|合格率|满意度|总产值|产值|营业收入|年产量|产量|总?投资|长度|里程|容积率|绿地率))$"
)
_BARE = re.compile(
    r"(?:其中|年均|平均|总体|整体|总)*(?:增速|增长率|增长|增幅|占比|比例|比重|覆盖率|覆盖面|总?规模|总?数量?|总量|总产值|产值|达标率|普及率|合格率|满意度|人均|面积|建筑面积|总面积)?"
)
_SCOPE_WORD = re.compile(
    r"(?:城镇|农村|城市|乡村|市级|县级|省级|国家级|公办|民办|新建|改建|改扩建|男性?|女性?|城区|乡镇|市区|县城|市本级|街道|社区|村|其中)"
)


def name_of(text: str, frame: Frame, subject: str, base: str) -> Named:
    """The indicator of one measure.

    subject: what the sentence spoke of last, for clauses that name nothing themselves. base: the base of
    comparison printed earlier in the sentence (与2016年相比).
    """
    measure, body = frame.measure, frame.body(text)
    after = frame.after(text)
    if frame.outer:
        return _in_bracket(frame, body)
    if measure.kind in ("share", "points", "times"):
        return _rate(text, frame, body, after, subject, base)
    return _amount(text, frame, body, after, subject, base)


def _in_bracket(frame: Frame, body: str) -> Named:
    """逐步提高床位占比(新建60%): the scope stands in the bracket, the metric before it."""
    outer = core_of(frame.outer)
    inner = core_of(body)
    measure = frame.measure
    if measure.kind == "share" and RATE.search(outer) and not RATE.search(inner):
        scoped = inner + re.sub(r"^(?:提高|提升|降低|增加|扩大|新增)", "", outer)
        return Named(scoped, "scoped", scoped, measure.end, owner=inner)
    if not inner or measure.kind == "share":
        return _closed(outer if not inner else f"{outer}{inner}", measure, "bracket")
    return _closed(inner, measure, "bracket")


def _rate(text: str, frame: Frame, body: str, after: str, subject: str, base: str) -> Named:
    measure = frame.measure
    growth = GROWTH.search(body)
    if growth and not body[: growth.start()].endswith(("率", "比例")) or measure.kind in ("points",):
        if growth:
            return _growth(frame, body, growth, subject, base)
    if measure.kind == "share" and (named := _share_of(text, frame, body, after)):
        return named
    core = core_of(body)
    if core.startswith("占") and subject:
        core = re.sub(r"的$", "", core)
        whole = core if re.search(r"比[重例]$", core) else f"{core}的比例"
        return Named(subject + whole, "part-of", subject, measure.end)
    if re.search(r"占[^,。]{2,}的$", core):
        core = f"{core}比例"
    core = _completed(core.removesuffix("的"), subject)
    if measure.kind == "share" and not RATE.search(core):
        return Named(f"{core}占比", "metric", core, measure.end)
    return Named(core, "metric", core, measure.end)


def _growth(frame: Frame, body: str, growth: re.Match[str], subject: str, base: str) -> Named:
    """设备投资规模较2023年增长25%: the change is the metric, its base belongs to it."""
    before = body[: growth.start()]
    compared = re.search(
        r"(?:较|比|与|同|在)(?=[^,。;、]*(?:\d|年|上|同期|相比|基础|全))[^,。;、]{1,14}$", before
    )
    basis = compared.group() if compared else base
    topic = before[: compared.start()] if compared else before
    verb = re.sub(
        r"(?:幅度?|速度?)?(?:了|约|近|超过|超|不低于|达到?|为|保持在?|稳定在|控制在|至少|力争|不少于|均|分别)*$",
        "",
        growth.group(),
    )
    yearly = "年均" if re.search(r"年均$", topic) else ""
    core = core_of(topic.removesuffix("年均")) or subject
    rate = "" if verb.endswith(("率", "速", "幅")) else ("率" if frame.measure.kind == "share" else "")
    if frame.measure.kind in ("points", "times"):
        rate = "幅度"
    return Named(f"{core}{basis}{yearly}{verb}{rate}", "growth", core, frame.measure.end)


def _share_of(text: str, frame: Frame, body: str, after: str) -> Named | None:
    """60%以上街道建有老年大学分校 → 建有老年大学分校的街道占比; 覆盖50%以上的城市社区."""
    measure = frame.measure
    noun = re.match(r"的?(?=[一-龥A-Za-z])", after)
    if not noun or not after:
        return None
    core = core_of(body)
    covers = re.search(r"(?:覆盖|惠及|涵盖)$", core)
    if (
        core
        and not covers
        and not re.fullmatch(
            r"(?:辖区|全[市区县省]|有|在|要有?|实现|确保|推动|保障|至少|不少于|使|力争)+", core
        )
    ):
        return _used_share(frame, core, after)
    rest = after[noun.end() :]
    predicate = _PREDICATE.search(rest, 1)
    thing = rest[: predicate.start()] if predicate else rest
    if not thing:
        return None
    if covers:
        owner = core[: covers.start()]
        return Named(f"{owner}{thing}覆盖率", "share-of", thing, measure.end + noun.end() + len(thing))
    if not predicate:
        return None
    end = frame.after_end
    action = re.sub(r"^(?:应当?|必须|须|要|均|都|全部|能够|可以|至少)+", "", rest[predicate.start() :])
    return Named(f"{action}的{thing}占比", "share-of", thing, end)


def _used_share(frame: Frame, core: str, after: str) -> Named | None:
    """彩票公益金55%以上用于…; 按投资额的20%给予补助."""
    if not re.match(r"(?:用于|给予|予以|安排|投向|支持)", after):
        return None
    owner = core.removesuffix("的")
    return Named(f"{owner}{after}的比例", "used-share", owner, frame.after_end)


def _amount(text: str, frame: Frame, body: str, after: str, subject: str, base: str) -> Named:
    measure = frame.measure
    growth = GROWTH.search(body)
    if (
        growth
        and measure.kind in ("money", "count", "people", "area", "other", "duration")
        and re.search(r"较|比|与", body)
    ):
        return _growth(frame, body, growth, subject, base)
    noun = counted_noun(after) if measure.kind in ("count", "people") else ""
    if noun:
        return _counted(text, frame, body, noun)
    core = core_of(body)
    place = re.match(r"(?:对|在|将|向|为)(.*?)(?:进行|实施|开展)(.+)$", core)
    if place:
        core = place[1] + place[2]
    if frame.shared and not _VERB_START.match(core):
        verb = _VERB_START.match(core_of(frame.shared))
        core = (verb.group() if verb and not frame.body(text).startswith("占") else "") + core
    return _closed(_completed(core, subject), measure, "listed")


def _counted(text: str, frame: Frame, body: str, noun: str) -> Named:
    """引进2家特色医疗服务机构 → 引进特色医疗服务机构数量; 在10所医院开设诊室 → 开设诊室的医院数量."""
    measure = frame.measure
    end = measure.end + len(noun)
    core = core_of(body)
    predicate = _PREDICATE.search(noun, 2)
    if predicate and re.search(
        r"(?:^|[,、])(?:在|对|向|为|与|选择|选取|推动|支持|组织|确保|实现|有|)$", core
    ):
        thing, action = noun[: predicate.start()], noun[predicate.start() :]
        if re.match(r"(?:进行|实施|开展)", action):
            name = thing + re.sub(r"^(?:进行|实施|开展)", "", action)
        else:
            name = f"{action}的{thing}"
        return _closed(name, measure, "counted", end)
    verb = _VERB_END.search(core)
    lead = verb.group() if verb else ("" if re.fullmatch(r"(?:共|共有|有|现有|约|其中|计|)", core) else core)
    if not verb and frame.shared and not core:
        first = _VERB_END.search(core_of(frame.shared)) or _VERB_START.match(core_of(frame.shared))
        lead = first.group() if first else ""
    made = re.fullmatch(r"(.+)的(制订|编制|建设|改造|创建|修订|制定|认定|评审|升级改造|整治|治理|更新)", noun)
    name = f"{lead}{made[2]}的{made[1]}" if made else lead + noun
    return _closed(name, measure, "counted", end)


def counted_noun(after: str) -> str:
    """The noun phrase right behind a counter: 特色医疗服务机构; "" where none stands there."""
    match = re.match(r"\"?[一-龥A-Za-z][^,。;:!?\n\t|]*", after)
    if not match:
        return ""
    noun = match.group()
    if re.match(
        r"(?:左右|以上|以下|以内|的(?!确)|和|及|与|并|且|为|是|或|等(?!级)|(?:用于|来自|分布|进入)|左右)",
        noun,
    ):
        return noun[1:] if re.match(r"的[一-龥]", noun) else ""
    noun = re.split(r"、(?=[^、]{0,30}\d)", noun)[0]
    return noun


def _closed(core: str, measure: object, rule: str, end: int = 0) -> Named:
    """The core with 数量, 人次, 面积 … behind it where it does not name a quantity already."""
    from kg.extract.measures import Measure

    assert isinstance(measure, Measure)
    end = end or measure.end
    word = closing(measure.unit)
    if not word or QUANTITY_NOUN.search(core) or not core:
        return Named(core, rule, core, end)
    return Named(core + word, rule, core, end, counted=word in ("数量", "人数"))


def core_of(body: str) -> str:
    """A body without what opens it (time, 力争, 全市) and without the verb that reaches the number."""
    body = REACH.sub("", body)
    body = _opened(body)
    body = REACH.sub("", body).strip('、,:;"( ')
    return _without_balance(body)


_TIME_OPENING = re.compile(
    r"(?:(?:截[至止]到?|到|至|自|从|在|于|力争到|争取到)?\"?(?:(?:19|20)\d\d年?(?:[-—–~至到]{1,2}(?:19|20)\d\d年?)?|十[一二三四五六]五)\"?(?:年?(?:底|末|初)|时期|期间|期末|末)?(?:之?前)?(?:起)?(?:\d{1,2}月(?:底|末)?(?:之?前)?)?"
    r"|(?:年内|今年|全年|当年|明年|到时|年底前?|\d{1,2}月底?前|目前|当前|近年来|现|已|已经|共|现有|共有|拥有|现已))[,、,]?"
)


def _opened(body: str) -> str:
    """Peel time words, connectors and regions off the front until none is left."""
    while True:
        bare = body
        for pattern in (OPENING, _TIME_OPENING, REGION):
            match = pattern.match(bare)
            if match and match.end() < len(bare):
                bare = bare[match.end() :]
            elif match:
                bare = ""
        bare = re.sub(
            r"^(?:要|应|须|拟|将|各地要|项目(?=拟|[占用计总投建])|均|都|共有|共|含|包括|分别为|达到|(?:其)?中|地区的?)",
            "",
            bare,
        )
        if bare == body:
            return bare
        body = bare


def _without_balance(body: str) -> str:
    """An unclosed bracket at the end or the front belongs to no name."""
    if body.count("(") > body.count(")"):
        body = (
            body.replace("(", "", 1)
            if body.startswith("(")
            else body[: body.rfind("(")] + body[body.rfind("(") + 1 :]
        )
    return body


def _completed(core: str, subject: str) -> str:
    """床位规模 → 养老院床位规模, when the clause names an attribute only."""
    if subject and _BARE.fullmatch(core):
        return subject + core if core not in subject else subject
    return core or subject


def owner_of(core: str) -> str:
    """Whose attribute it is: 社区养老院建筑面积 → 社区养老院; "" where none splits off."""
    match = _ATTRIBUTE.search(core)
    return core[: match.start()] if match else ""


def is_attribute(core: str) -> bool:
    """Whether a core names an attribute and no owner: 床位规模, 护理型床位占比."""
    match = _ATTRIBUTE.search(core)
    return bool(match and match.start() == 0)
