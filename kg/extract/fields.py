"""The smaller fields of a quantity: unit with its denominator, government, scope, population, softener."""

import re

from kg.extract.measures import Measure
from kg.extract.words import SOFT

#: 效率, 功率 and 容积率 are no shares, though they end alike
_RATE = re.compile(r"(?<![效功倍频])(?<!容积|死亡)率(?!先)|占比|比例|比重")
#: 4个小时 is 4小时
_COUNTED_TIME = re.compile(r"^个(?=小时|学时|课时)")
_PEOPLE = re.compile(r"(?:人口|老年人|人|职工|居民|用户)$")
_CASE = (
    r"(?:名|个|户|人|张|床|家|所|亩|平方米|台|辆车|辆|次|例|公里|吨|件|项|座|处|头|百户|千户|百人|千人口?|万人口?|"
    r"百名|千名|万名|单位|项目|企业|机构|生|"
    r"老年人|学生|学员|家庭|部|套|床位|学年|季度|班)"
)
_PER_CASE = re.compile(rf"(?:按照?|依照|依据)?每(?P<case>\d{{0,4}}{_CASE}{{1,3}}(?:每[年月日天次])?)(?:的)?$")
_MANNER = re.compile(
    r"(?:不低于|不少于|不小于|至少|不超过|分别|最高|最多|达到?|约|补助|补贴|给予|奖励|发放|配备|配建|"
    r"按照?|为|一次性|参加|开展|组织|举办|新增|培训|完成|建设|培育|实施|引进|改造|"
    r"安排|投入|新建|力争|推动|培养|评选|选派|更新|进行|接受|提供)+$"
)
_YEARLY = re.compile(r"每(?P<time>年|季度|月|周|半年|学期)(?!均|个)[^,。;每]{0,24}$")
_NAMES = (
    r"(?:设区的?市|地级市|市州|市\(州\)|州\(市\)|县\(市、区\)|县\(市\)|县\(区\)|区\(县\)|县、市、区|"
    r"县市区|县区|区县|市、县\(市、?区?\)|市县|县|区|市|"
    r"乡\(镇\)|乡镇\(街道\)|乡镇、街道|乡镇|街道\(乡镇\)|街道|镇街|镇|乡|行政村|村\(社区\)|村|社区|"
    r"地区|盟市|旗县)"
)
_GOVERNMENT = re.compile(
    rf"(?:(?P<each>每个?)|各)(?P<name>{_NAMES})(?!内|域|直|级|人|有关|相关|民|政|部|发|教|场|容|面|委|"
    rf"局|办|医|属|中心)|(?P<tiers>市、县(?:\(区\)|\(市、区\))?)两级(?:分别|均|各|都)"
)
_SCOPE = re.compile(
    r"新建或改扩建|新建或改建|新建|改扩建|改建|扩建|已建成?|存量|新增|城镇|农村|城市|乡村|城区|公办|"
    r"民办|市级|县级|省级|国家级|规模以上|规上|限额以上|重点行业|旧城区|老旧|社会力量|政府运营"
)
_POPULATION = re.compile(
    r"\d+(?:周)?岁(?:及)?以[上下](?:户籍)?(?:老年人口?|人口|儿童|婴幼儿|妇女|居民|人群)?|"
    r"特殊困难老年人|特困(?:供养)?人员|经济困难(?:的)?[^,。的]{0,8}老年人|"
    r"(?:失能|失智|高龄|空巢|留守|困难|独居|残疾|重残|农村|百岁)[、"
    r"失能智高龄空巢留守独居重残]*(?:老年人|老人|儿童|人员)|残疾人|脱贫人口|农民工|高校毕业生|"
    r"适龄(?:儿童|妇女)|常住人口|重点人群|全人群|老年人|低收入人口"
)


def is_rate(indicator: str) -> bool:
    """Whether an indicator is a rate or a share, so that its bare number is per cent.

    A bare death rate may be of a thousand births or of 100 million yuan.
    """
    return bool(_RATE.search(indicator))


def unit_of(measure: Measure, indicator: str) -> str | None:
    """The unit, from the indicator where the number stands bare: 培训率达到80以上 is %, 人口94万 is 万人."""
    unit = measure.unit
    if unit in ("万", "亿", "百万", "千万"):
        return unit + "人" if _PEOPLE.search(indicator) else unit
    if unit == "" and is_rate(indicator):
        return "%"
    return _COUNTED_TIME.sub("", unit).replace("㎡", "平方米") or None


def case_at_end(body: str) -> re.Match[str] | None:
    """按每百户, 每人每月 at the end of what stands before a number, the verbs of giving left out."""
    return _PER_CASE.search(_MANNER.sub("", body))


def per_of(body: str, unit: str | None) -> tuple[str | None, str | None]:
    """The government that a target is put on each of, and the unit with its denominator.

    每个县区建成1所 → (县区, 所/县区); 每百户不少于20平方米 → (None, 平方米/百户).
    """
    government = _GOVERNMENT.search(body)
    name = (government["name"] or government["tiers"]) if government else None
    if not unit or "/" in unit or unit in ("%", "‰", "个百分点", "倍"):
        return name, unit
    if case := case_at_end(body):
        return name, f"{unit}/{_denominator(case['case'])}"
    if government and government["each"]:
        return name, f"{unit}/{name}"
    yearly = _YEARLY.search(body)
    return name, f"{unit}/{yearly['time']}" if yearly else unit


def _denominator(case: str) -> str:
    """每人每月 → 人/月; 每个项目 → 项目."""
    parts = [part for part in case.split("每") if part]
    return "/".join(re.sub(r"^[个家名户项张](?=.)|(?<=辆)车$", "", part) for part in parts)


def softener(text: str, start: int, end: int) -> str | None:
    """The last softening word between two indices."""
    found = None
    for match in SOFT.finditer(text, start, end):
        found = match.group()
    return found


def scope_of(indicator: str) -> str | None:
    """The words that narrow an indicator: 新建, 农村, 规模以上."""
    found = dict.fromkeys(match.group() for match in _SCOPE.finditer(indicator))
    return "、".join(found) or None


def population_of(indicator: str) -> str | None:
    """Of whom: 65岁以上老年人, 特殊困难老年人."""
    match = _POPULATION.search(indicator)
    return match.group() if match else None
