"""What a citing sentence does with a document: stands on it, announces it, or merely names it.

The verb that governs a title stands before it in its clause (根据《X》, 编制《X》) or after it (《X》编制).
A document that is drawn up, issued or revised exists already when the verb is past (出台了, 已印发) or when a
higher body did it (国务院印发的《X》); else it is yet to come.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from kg.model import Level, Relation

_MAKING = (
    r"编制|编订|编写|编印|制定|制订|修订|修编|修改|起草|草拟|出台|印发|颁布|发布|公布|下发|推出|提请审议|报批|"
    r"拟订|拟定|研究提出|颁发|制发|完成|新修正|制\(修\)订|制修订"
)
_BASIS = (
    r"根据|依据|按照|依照|遵照|遵循|参照|对照|贯彻|落实|落地|实施|执行|遵守|践行|宣贯|(?<=[严要须应])按|"
    r"(?<![一-龥])(?:按|依(?![托靠次法])|据)"
)
_NAMING = (
    r"符合|纳入|列入|违反|达到|满足|签订|签署|入选|刊登|作为|涉及|属于|达成|加入|废止|替代|停止执行|宣传|推广|"
    r"解读|享受|申请|通过|成为|获"
)
_PUSHING = r"推进|推动|加快|做好|抓好|开展|确保|加强|启动|组织|保障|强化|建立|健全|完善"
_VERB = re.compile(
    rf"(?P<making>(?:{_MAKING})(?:(?:、|并|和)?(?:组织|推动)?实施)?|提请.{{0,8}}审议)|(?P<naming>{_NAMING})|"
    rf"(?P<basis>{_BASIS})|(?P<pushing>{_PUSHING})"
)
#: 制定《X》实施细则: what is made is not X but what follows from it
_MADE_FROM = re.compile(
    r"的?(?:配套|贯彻|具体|年度)?(?:实施|落实|配套|工作|行动|任务)?(?:细则|方案|办法|意见|措施|计划|政策|分工)"
)
#: a heading or line above a bare list of titles
_BASIS_HEADING = re.compile(r"依据(?:为|如下|包括)?$")
#: after the titles: what is to be done with them
_TO_BE_MADE = re.compile(
    rf"(?:等[^,。;、]{{0,14}})?的?(?:[一-龥]{{0,2}})?(?:{_MAKING}|立法|审批)(?!以来|后|之后|实施以来|并实施以来)"
)
_TO_BE_FOLLOWED = re.compile(
    r"(?:等[^,。;、]{0,14})?的?(?:[一-龥、]{0,8})?(?:落实|落地|实施|执行|贯彻)(?!以来|后)|"
    r"(?:等[^,。;、]{0,14})?为(?:主要|重要|根本|基本)?(?:依据|指导|遵循|统领|引领|指引|基础)"
)
_FUTURE = re.compile(
    r"加快|尽快|抓紧|拟|(?<!即)将(?!近)|适时|研究|推动|推进|争取|力争|进一步|年内|年底|月底|到20\d\d年|20\d\d年前|启动|计划|要|应|探索"
)
_PAST = re.compile(
    r"已(?!有|建|批)|先后|相继|陆续|此前|曾|率先|业已|近年来|以来|去年|上年|(?:五\"?|期间|时期)[,]|截至|截止|得到|累计|成功"
)
_PAST_SECTION = re.compile(
    r"(?!夯实|筑牢|打牢|提升|强化|增强|巩固|加强|完善|优化|推[动进]|确保|注重|扩大|构[建筑])[^,]*(?:"
    r"成就|成效|基础$|回顾|现状|发展背景|规划背景|形势|进展|概况|总结|发展情况|工作情况|主要做法|基本情况)"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!底?前|内)")
_IN_THAT_YEAR = re.compile(r"[^,]{0,6}?(?<![较比到至])(20\d\d)年(?:\d{1,2}月)?,")
_AGENCY = re.compile(
    r"[一-龥、]{0,24}(?:国务院|党中央|中央|国家|政府|办公厅|办公室|委员会|委|局|厅|部|院|省|市|县|区|自治区|部门|单位)(?:联合|近日|最新|关于)?"
)
_CENTRE = r"国务院|国家|党中央|中央|全国人大(?:常委会)?|(?<![一-龥])[一-龥]{2,10}部|等\d*部[门委]"
_HIGHER: dict[Level | None, str] = {
    "prefecture": r"|(?:省|自治区)[一-龥]{0,14}",
    "county": r"|(?:省|自治区|(?<!本)市)[一-龥]{0,14}",
    "township": r"|[省市县区][一-龥]{0,14}",
}


class Setting(NamedTuple):
    """Where a citation stands: its clause before it, the text after it, its sentence, the headings above.

    numbered: whether a number is printed with it, which no document has before it is issued.
    """

    before: str
    after: str
    sentence: str
    headings: Iterable[str] = ()
    level: Level | None = None
    issued_year: int | None = None
    numbered: bool = False


def relation_of(setting: Setting) -> Relation:
    """basis, plans or mention; never self, which names decide and not verbs."""
    verbs = list(_VERB.finditer(setting.before))
    while verbs and _is_an_attribute(verbs[-1], setting.before):
        verbs.pop()
    if not verbs:
        bare = re.fullmatch(r"[-—]?[(]?[一二三四五六七八九十\d]{0,3}[).、]*", setting.before)
        listed = bare and any(_BASIS_HEADING.search(heading) for heading in setting.headings)
        return "basis" if listed else _by_what_follows(setting)
    verb = verbs[-1]
    if verb["basis"]:
        return "basis"
    if verb["naming"]:
        return "mention"
    if verb["pushing"]:
        return _by_what_follows(setting)
    if _MADE_FROM.match(setting.after) or any(
        earlier["basis"] and _names_the_issuer(earlier, verb, setting.before) for earlier in verbs[:-1]
    ):
        return "basis"
    return "mention" if _exists(verb, setting) else "plans"


def _is_an_attribute(verb: re.Match[str], before: str) -> bool:
    """新修订的《X》, 修订后的《X》: the verb only describes the title; the one before it governs."""
    rest = before[verb.end() :]
    described = re.match(r"(?:后|过|实施|并)?的", rest)
    new = before[: verb.start()].endswith("新") or "制" not in verb[0]
    return bool(verb["making"] and described and new)


def _by_what_follows(setting: Setting) -> Relation:
    if _TO_BE_MADE.match(setting.after):
        return "mention" if setting.numbered or _is_past(setting) else "plans"
    return "basis" if _TO_BE_FOLLOWED.match(setting.after) else "mention"


def _names_the_issuer(basis: re.Match[str], verb: re.Match[str], before: str) -> bool:
    """按照|南昌市人民政府办公厅|印发《X》: the making verb tells only whose document it is."""
    return bool(_AGENCY.fullmatch(before[basis.end() : verb.start()]))


def _exists(verb: re.Match[str], setting: Setting) -> bool:
    if setting.numbered:
        return True
    if setting.before[verb.end() :].startswith("了") or setting.before[verb.end() :] == "的":
        return True
    if verb[0].startswith("颁布"):
        return True
    higher = _CENTRE + _HIGHER.get(setting.level, "")
    if re.search(rf"(?:{higher})(?:联合|近日|最新|先后|已)?$", setting.before[: verb.start()]):
        return True
    return _is_past(setting)


def _is_past(setting: Setting) -> bool:
    if _FUTURE.search(setting.before):
        return False
    if _PAST.search(setting.before) or _PAST.search(setting.sentence):
        return True
    opening = _IN_THAT_YEAR.match(setting.sentence)
    years = [int(year) for year in _YEAR.findall(setting.before) + ([opening[1]] if opening else [])]
    if setting.issued_year and years:
        return max(years) < setting.issued_year
    return any(_PAST_SECTION.match(heading) for heading in setting.headings)
