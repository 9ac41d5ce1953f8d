"""Target, standard, baseline, forecast or project fact: what a measure commits to, or tells."""

import re
from typing import NamedTuple

from kg.extract.settings import Setting
from kg.extract.words import leading_verb
from kg.model import Comparator, QuantityClass


class Scene(NamedTuple):
    """What a class is judged by.

    clause: from the clause's beginning to the end of what is stated; lead: up to the number; before: the
    sentence up to the number; after: the rest of the clause. rule: how the indicator was read. kind: what
    the unit measures. dated: a deadline governs it; past: its time lies before the plan.
    """

    clause: str
    lead: str
    before: str
    after: str
    setting: Setting
    rule: str
    indicator: str
    kind: str
    comparator: Comparator
    dated: bool
    past: bool


_FORECAST = re.compile(r"预计(?!总?投)|预测|据测算|预估|预期将")
_PAST = re.compile(
    r"(?<!将)已(?!建(?:成?区|住宅|居住|设施|小区|成的)|有住宅|有设施)|现有|共有|目前|近年来|"
    r"先后|[五三四]年来|以来|出台了|建成了|完成了|荣获|入选"
)
#: behind the first of two values: 由60%提高到80%
RISES = re.compile(
    r"[^,。;、]{0,4}(?:提高|提升|增加|增长|上升|扩大|下降|降低|降|减少|缩小|压缩|缩短|减)[到至]"
)
_BUILT_ON = re.compile(r"[^,。;]{0,10}(?:的)?基础上?")
_FROM_NOW = re.compile(r"(?:由|从)(?:目前|现在|当前|现有)[^,。;]*?[到至]")
_MONEY_FACT = re.compile(r"投资|投入|概算|资金|造价|收入|产值|税收|贷款|利税|资本金")
_PLACE_FACT = re.compile(
    r"面积|占地|用地|高度|楼|层|房间|床位|岗位|车位|长度|库容|产能|装机|门诊|设备|能力|生产线|新建|"
    r"建设|改造|购置|更新|种植|铺设|管网"
)
_WIDE = re.compile(r"全[区市县省]|辖区|各[县市区乡街]|每个|全部")
_INVESTS = re.compile(
    r"(?:(?:计划|预计|项目|估算|概算|总|规划|匡算|静态|动态)*总?投(?:资|入)(?:规模|总?额|约|估算|"
    r"概算)?|概算)[^,。;\d]{0,4}$"
)
_PROJECT_NOUN = re.compile(r"(?:项目|工程)[^。;]{0,24}$")
_SPENT_ON = re.compile(r"(?:实施|建设|新建|改造|推进|启动|打造|扩建)[^,。;]{2}")
_ANNUAL_INVESTMENT = re.compile(
    r"完成[^,。]{0,10}投资|年度(?:计划)?投资|固定资产投资|设备投资|民间投资|技改投资|工业投资|新增投资|拉动投资|"
    r"带动投资"
)
_BOUND = re.compile(
    r"不低于|不少于|不小于|不得低于|不得少于|不得小于|不超过|不高于|不得超过|不大于|不得高于|最高|最低|≥|≤"
)
_REACHED = re.compile(
    r"达到|达|提高到|提高至|提升|增[长加至到]|下降|降[低到至]|控制在|保持在|稳定在|突破|压缩|缩短|"
    r"减[少到至]|建成|新增|实现|完成|培育|引进|培训|占[^,。]{2,}比|开展|举办|参加"
)
_OVERALL = re.compile(r"全[市县区省国]|每年|各[县市区设乡]|每个?[县市区乡镇村]|至少(?!为|要?达)")
_GRANT = re.compile(
    r"给予|补助|补贴|奖励|奖补|资助|贷款(?!余额|总|规模|投放|新增|额)|贴息|减免|返还|一次性|罚款|扶持资金|"
    r"保障标准|经费标准|救助标准"
)
_GRANTED_TOTAL = re.compile(
    r"发放[^,。]{0,10}(?:总额|资金|贷款)|安排|筹集|统筹|设立|新增[^,。]{0,16}贷款|累计|规模|撬动"
)
#: 发放消费补贴3000万元: a sum of so many ten thousands is what all get
_GIVEN_OUT = re.compile(r"发放(?![^,。]*(?:每|最高|一次性|标准|不超过))[^,。]*\d[余多]?[万亿]+元")
_RAISED = re.compile(r"提高到|提高至|提标至|增加到|达到")
_NEW = re.compile(r"新建|改建|扩建|改扩建|改造|已建|在建")
_FACILITY = re.compile(
    r"新建|改建|扩建|改扩建|改造|已建|在建|机构|设施|中心|院(?!士)|站|所(?!有)|室|小区|社区|住宅|学校|"
    r"校舍|园|基地|建筑|道路|公园|广场|楼|馆|场(?!次)|车间|厂|库|床位|用房|车位"
)
#: 亩均投入不低于3000元 is a norm; what is earned on each 亩 is a target
_EACH = re.compile(r"(?:亩均|生均|床均|班均)(?![^,。;]*(?:增收|收入|产值|税收|利润|效益))")
#: 每万人拥有3家 is a level that a place reaches; 新建充电桩不少于2000个 is what it builds
_PER_HEAD = re.compile(r"每\d*[百千万十]+(?:常住)?(?:人口?|名)")
_BUILT = re.compile(r"(?:新建|新增|建成|改造)[一-龥]{2,4}$")
_NORM_RULES = frozenset(("nested", "term", "time-limit", "used-share", "grant", "distributed-behind"))
#: years that people live or learn are no time limits
_YEARS_OF_PEOPLE = re.compile("寿命|受教育年限")
_SHORTENS = re.compile(r"压缩|缩短|压减|减[至少到]|提速|控制在|实现|达到|降[到至]")
_TARGET_RULES = frozenset(("growth", "share-of", "whole", "scoped", "part-of"))


def class_of(scene: Scene) -> tuple[QuantityClass, float]:
    """The class of a measure, and how sure we are of it, 0..1."""
    if is_project(scene):
        return "project", 1.0
    if is_forecast(scene):
        return "forecast", 1.0
    if is_baseline(scene):
        return "baseline", 1.0
    if is_standard(scene):
        return "standard", 0.9
    return "target", 1.0


def is_forecast(scene: Scene) -> bool:
    """What is expected to come about by itself: 预计到2025年老年人口达到…, told where no goals are set."""
    if scene.setting.goals or RISES.match(scene.after):
        return False
    if scene.setting.background and (scene.dated or _FORECAST.search(scene.before)):
        return True
    return bool(_FORECAST.search(scene.before if scene.rule == "part-of" else scene.clause))


def is_project(scene: Scene) -> bool:
    """A fact of one named project: its investment, its area, its beds."""
    if scene.setting.background or scene.past:
        return False
    if scene.setting.project and scene.kind not in ("share", "points", "times", "duration"):
        wide = _WIDE.search(scene.lead) or (scene.dated and scene.rule != "listed")
        return not wide and bool(
            scene.kind in ("area", "money")
            or _MONEY_FACT.search(scene.clause)
            or _PLACE_FACT.search(scene.clause)
            or scene.rule == "counted"
        )
    if scene.kind != "money" or not _INVESTS.search(scene.lead) or _ANNUAL_INVESTMENT.search(scene.lead):
        return False
    return bool(_PROJECT_NOUN.search(scene.before) or _SPENT_ON.match(scene.after))


def is_baseline(scene: Scene) -> bool:
    """A past or present statistic: dated before the plan, told in the background, or in words of the past."""
    if scene.past or _BUILT_ON.match(scene.after):
        return True
    if scene.dated or scene.setting.goals:
        return False
    return scene.setting.background or bool(_PAST.search(_FROM_NOW.sub("", scene.lead)))


def is_standard(scene: Scene) -> bool:
    """A norm for each facility or case: a bound without a deadline, an amount granted per case."""
    if scene.rule == "per-unit":
        return not _RAISED.search(scene.lead)
    if scene.rule in _NORM_RULES:
        return True
    if _EACH.search(scene.lead) and _BOUND.search(scene.clause):
        return True
    if scene.setting.goals or scene.rule in _TARGET_RULES:
        return False
    if (
        scene.kind in ("money", "share")
        and _GRANT.search(scene.clause + scene.after)
        and not _GRANTED_TOTAL.search(scene.lead)
        and not _GIVEN_OUT.search(scene.clause)
    ):
        return True
    if scene.dated:
        return False
    if scene.kind == "duration":
        return (
            not _YEARS_OF_PEOPLE.search(scene.indicator)
            and not _SHORTENS.search(scene.clause)
            and not leading_verb(scene.indicator)
        )
    return _is_bound_on_facility(scene)


def _is_bound_on_facility(scene: Scene) -> bool:
    """养老院床位不少于25张, 新建小区绿地率不低于35%; not 污水处理率不低于95%, 举办活动不少于12场."""
    bound = _BOUND.search(scene.clause)
    if not bound or _REACHED.search(scene.clause[: bound.start()]) or _OVERALL.search(scene.lead):
        return False
    if leading_verb(scene.indicator) and not _NEW.match(scene.indicator):
        return False
    if scene.kind == "count" and scene.indicator.endswith("数量"):
        return False
    if _PER_HEAD.search(scene.indicator) or (scene.kind == "count" and _BUILT.search(scene.lead)):
        return False
    return bool(_FACILITY.search(scene.indicator) or "不得" in bound.group())
