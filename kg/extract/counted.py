"""Counted things and parts of a whole: 引进2家机构, 60%以上街道建有分校, 在10所医院开设诊室."""

import re

from kg.extract.frames import Frame
from kg.extract.names import Named, closed, core_of
from kg.extract.words import leading_verb, trailing_verb

PREDICATE = re.compile(
    r"(?:应当?|必须|须|要(?!求|素)|均|都(?!市)|全部|全面|基本|能够|可以|至少|普遍|已经?)*(?:建有|建立|"
    r"建成|设立|开展|实现|达到|完成|开设|开通|配备|具备|提供|纳入|接入|用于|"
    r"拥有|参与|参加|使用|采用|应用|覆盖|享受|成为|进入|设置|建设|创建|通过|符合|满足|得到|获得|掌握|"
    r"普及|达标|签订|落实|推行|形成|组建|安装|购买|加入|取得|"
    r"持有|处于|好于|优于|配置|制定|打造|改造|更新|整治|治理|淘汰|上云|上线|办理|办结|公开|公示|入驻|"
    r"进驻|网上|跨省|开放|投向|来自|居住|生活|接受|支持|运用|推广|"
    r"执行|进行|投入|开工|完工|清零|取消|关停|拆除|整改|销号|配齐|安置|运行|掌上|一次|即办|可办|可在|"
    r"在线|通办|就近|参保|入选|获批|获评|列入|被评|内设|签约|脱贫|就业|退出|投产|触网|入网|联网)"
)
_PLACE = re.compile(
    r"(?:辖区|区域|县域|市域|全[市区县省国]|有|在|要有?|实现|确保|推动|保障|至少|不少于|使|力争|约|"
    r"争取|对|向|为|与|选择|选取|组织|支持|不低于|超过|超|近)*"
)
_COVERS = re.compile(r"(?:覆盖|惠及|涵盖|遍布)(?:面)?(?:达到?)?(?:全[市区县省国]|本[市区县省])?$")
_ADVERBS = re.compile(r"^(?:应当?|必须|须|要|均|都|全部|全面|能够|可以|至少|普遍|已经?)+")
_USED = re.compile(r"(?:用于|给予|予以|安排|投向|支持|予|的标准|比例)")
_PLAIN_VERB = re.compile(r"^(?:进行|实施|开展|予以|给予)")
_MADE = re.compile(
    r"(.{2,})的([一-龥]{0,5}?(?:制订|编制|建设|改造|创建|修订|制定|认定|评审|整治|治理|更新)|任务|工作|目标)"
)
_PREPOSITIONAL = re.compile(
    r"(?:在|依托|通过|围绕|结合|利用|以|按照?|根据|对|从|由|向|针对|聚焦|面向|采取|落实|为|将|发挥|"
    r"充分|加强|强化|把|支持|鼓励|引导)"
)
_PASSIVE = re.compile(
    r"^(.{0,6}?)(?:先后|成功|陆续)*(被(?:列入|列为|评为|确定为|认定为|授予)|入选|获批|获评|荣获|列入)"
)
_TITLES = re.compile(r"(?:《[^》]*》(?:\([^()]*\))?|\"[^\"]{1,30}\")(?:、|和|及)?")
_NO_NOUN = re.compile(
    r"左右|以上|以下|以内|和|及|与|并|且|或|等(?!级|候)|用于|来自|分布|进入|用来|是|为|的(?:标准|规模|"
    r"目标|速度|价格|比例|水平|基础|幅度|任务|要求|数量|总量)|对|将|向|由|供|已|均|都(?!市)|"
    r"不等|占|达(?!到?[^,。;]{1,16}的[一-龥]{2})|压减|压缩|压降|提高|增加|增长|下降|减少|降|提升|扩大|缩|从|到|至|可|须|应(?!急|用)|"
    r"要(?!素)|被|在(?!线|校|职|读|册|园|岗|建)"
)
_NOUN = re.compile(r"\"?[一-龥A-Za-z《][^,。;:!?\n\t|]*")
#: a second predicate behind the noun: 遴选10家企业给予支持
_THEN = re.compile(r"给予|先行先试|先行|深入|作为|纳入(?!统)|开展试点")
_DEED = re.compile(r"改造|建设|创建|整治|治理|编制|修复|升级|提升|更新|验收")
_LAST_DEED = re.compile(
    r"(?:、[^、,。;\d]{0,12}\d+[^、,。;]{2,14}?)+((?:升级|提质|综合)?(?:改造|建设|创建|整治|治理|编制|"
    r"修复|更新))$"
)
_WITH = re.compile(r"(?:至少|应当?|须|要)*(?:与|和)$")
_LIST = re.compile(r"、(?=[^、]{0,30}\d)")


def noun_behind(after: str) -> str:
    """The noun phrase right behind a counter: 特色医疗服务机构; "" where none stands there."""
    match = _NOUN.match(after)
    if not match or _NO_NOUN.match(after):
        return ""
    noun = _LIST.split(match.group())[0].split("的基础")[0]
    then = _THEN.search(noun, 2)
    return noun[: then.start()] if then else noun


def counted(text: str, frame: Frame, body: str, noun: str) -> Named:
    """引进2家特色医疗服务机构 → 引进特色医疗服务机构数量; 在10所医院开设诊室 → 开设诊室的医院数量."""
    unit, end = frame.measure.unit, frame.measure.end + len(noun)
    noun = noun.removeprefix("的") + _shared_deed(text, frame, noun)
    place = core_of(body)
    predicate = PREDICATE.search(noun, 2) if _sets_no_deed(body or frame.shared) else None
    if predicate and _PLACE.fullmatch(place) and not noun[: predicate.start()].endswith("的"):
        return closed(_doing(noun[: predicate.start()], noun[predicate.start() :]), unit, "doing", end)
    if _WITH.search(body):
        return closed(f"{core_of(_WITH.sub('', body)).removeprefix('所有')}与{noun}", unit, "counted", end)
    lead = _lead(frame, text, body, place)
    made = _MADE.fullmatch(noun)
    if made and made[2] not in ("任务", "工作", "目标"):
        return closed(f"{lead}{made[2]}的{made[1]}", unit, "counted", end)
    return closed(lead + (made[1] if made else noun), unit, "counted", end)


def _shared_deed(text: str, frame: Frame, noun: str) -> str:
    """完成100个老旧小区、50个城中村改造: the last noun's deed holds for all."""
    if _DEED.search(noun) or not text.startswith("、", frame.after_end):
        return ""
    deed = _LAST_DEED.match(text, frame.after_end, frame.clause_end)
    return deed[1] if deed else ""


def _sets_no_deed(body: str) -> bool:
    """Whether no verb before the number has the thing as its object: 在10所医院, 推动10万家企业."""
    return trailing_verb(body) in ("", "推动", "支持", "引导", "组织", "实现", "带动", "覆盖", "有")


def _doing(thing: str, action: str) -> str:
    """困难老年人 + 进行居家改造 → 困难老年人居家改造; 医院 + 开设诊室 → 开设诊室的医院."""
    plain = _PLAIN_VERB.match(action)
    return thing + action[plain.end() :] if plain else f"{_ADVERBS.sub('', action)}的{thing}"


def _lead(frame: Frame, text: str, body: str, core: str) -> str:
    """What stands before the counted noun: the verb, and a short subject that is no circumstance."""
    passive = _PASSIVE.match(core_of(body) if not body.startswith("我") else body)
    if passive:
        return f"{passive[1]}{passive[2]}的"
    bare = _TITLES.sub("", body).rstrip("等的")
    verb = trailing_verb(bare)
    if not verb:
        if not core and frame.shared:
            return trailing_verb(frame.shared) or leading_verb(core_of(frame.shared))
        return "" if len(core) > 12 else core
    subject = core_of(bare[: len(bare) - len(verb)])
    if subject and (len(subject) > 12 or _PREPOSITIONAL.match(subject) or subject.endswith(("和", "、"))):
        subject = ""
    return subject + verb.removesuffix("了")


def share_of(text: str, frame: Frame, body: str, after: str) -> Named | None:
    """60%以上街道建有老年大学分校 → 建有老年大学分校的街道占比; 覆盖50%以上的城市社区 → 城市社区覆盖率."""
    end = frame.measure.end
    if not after or not ("一" <= after[0] <= "龥" or after[0].isalpha()):
        return None
    core = core_of(body)
    covers = _COVERS.search(core)
    if not covers and not _PLACE.fullmatch(core):
        return _used(frame, core, after)
    rest = after.removeprefix("的")
    predicate = PREDICATE.search(rest, 1)
    thing = rest[: predicate.start()] if predicate else rest
    if not thing or _NO_NOUN.match(thing):
        return None
    if covers:
        owner = core[: covers.start()]
        return Named(f"{owner}{thing}覆盖率", "share-of", owner, end + len(after) - len(rest) + len(thing))
    if not predicate:
        return _shared_predicate(text, frame, thing)
    action = _ADVERBS.sub("", rest[predicate.start() :])
    return Named(f"{action}的{thing}占比", "share-of", thing, frame.after_end)


def _shared_predicate(text: str, frame: Frame, thing: str) -> Named | None:
    """90%以上的乡镇和60%以上的农村社区建立…: the predicate stands behind the last part."""
    rest = text[frame.after_end : frame.clause_end]
    match = re.match(
        r"(?:和|、|及|与)[^,。;]{0,12}?%(?:以上|左右)?的?([^,。;]{1,12}?)(?=建立|建有|设立|开展|实现|"
        r"建成|达到|完成|配备|具备)(.+)",
        rest,
    )
    if not match:
        return None
    return Named(f"{match[2]}的{thing}占比", "share-of", thing, frame.after_end)


def _used(frame: Frame, core: str, after: str) -> Named | None:
    """彩票公益金55%以上用于…; 按投资额的20%给予补助."""
    owner = core.removesuffix("的")
    if after.startswith("覆盖"):
        return Named(f"{owner}覆盖率", "share-of", owner, frame.measure.end + 2)
    if not _USED.match(after):
        done = PREDICATE.match(after)
        return Named(f"{owner}{after}的比例", "share-of", owner, frame.after_end) if done and owner else None
    return Named(
        f"{owner}{after}的比例" if not after.endswith("比例") else owner + after,
        "used-share",
        owner,
        frame.after_end,
    )
