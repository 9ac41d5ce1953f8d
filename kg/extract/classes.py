"""Target, standard, baseline, forecast or project fact: what a measure commits to, or tells."""

import re

from kg.extract.settings import Setting
from kg.model import QuantityClass

_FORECAST = re.compile(r"预计|预测|据测算|预估|将(?:达到?|接近|超过|突破|进入|占)")
_PAST = re.compile(
    r"(?<!将)已(?!建(?:成?区|住宅|居住|设施|小区)|有住宅)|现有|共有|目前|近年来|累计(?:建成|完成|投入|实现|培训|新增)了|同比|比上年同期|较上年同期|先后|五年来|三年来|期间[,,]?(?:全|我|累)"
)
_MONEY_FACT = re.compile(r"投资|投入|概算|资金|造价|收入|产值|税收|贷款")
_PLACE_FACT = re.compile(
    r"面积|占地|用地|高度|楼|层|房间|床位|岗位|车位|长度|库容|产能|装机|门诊|平方米|亩|公里|设备|能力"
)
_WIDE = re.compile(r"全[区市县省]|辖区|各[县市区乡街]|每个|到20\d\d年|全部")
_PROJECT_NOUN = re.compile(r"(?:项目|工程)[,、(]?(?:[^,。;]{0,10})?$|(?:项目|工程)[^。;]{0,30}$")
_INVESTS = re.compile(
    r"(?:(?:计划|预计|项目|估算|概算|总)*总?投(?:资|入)(?:规模|额|约|估算)?|概算)[^,。;\d]{0,4}$"
)
_BOUND = re.compile(
    r"(?:不低于|不少于|不小于|不得低于|不得少于|不超过|不高于|不得超过|不大于|不得高于|最高|最低|至少|每百户|≥|≤)"
)
_REACH_VERB = re.compile(
    r"达到|达|提高到|提高至|提升|增[长加至到]|下降|降[低到至]|控制在|保持在|稳定在|突破|压缩|缩短|减|建成|新增|实现|完成|培育|引进|占.*比"
)
_NORM = re.compile(
    r"标准|一般|按照?|配建|配备|配置|应当?(?!急|用)|必须|不得|须|原则上|每(?:人|户|床|名|个|张|百户|平方米|亩|年|辆|台|次)|给予|补助|补贴|奖励|资助|贷款|减免|享受|可申请"
)
_GRANT = re.compile(r"给予|补助|补贴|奖励|奖补|资助|贷款|贴息|减免|优惠|一次性|罚款")


def class_of(
    clause: str,
    sentence: str,
    setting: Setting,
    rule: str,
    kind: str,
    comparator: str,
    dated: bool,
    past: bool,
) -> tuple[QuantityClass, float]:
    """The class of a measure, and how sure we are.

    clause: its clause up to the measure's end; sentence: the sentence up to it. rule: how its indicator
    was read. dated: whether a deadline governs it; past: whether its time lies before the plan.
    """
    project = is_project(clause, sentence, setting, kind)
    if project:
        return "project", 1.0
    if _FORECAST.search(clause) and not setting.goals:
        return "forecast", 1.0
    if past or (setting.background and not dated) or (_PAST.search(clause) and not dated):
        return "baseline", 1.0
    if is_standard(clause, setting, rule, kind, comparator, dated):
        return "standard", 0.9
    return "target", 1.0


def is_project(clause: str, sentence: str, setting: Setting, kind: str) -> bool:
    """A fact of one named project: its investment, its area, its beds."""
    if setting.background:
        return False
    if setting.project and kind not in ("share", "points", "times"):
        return not _WIDE.search(clause) and bool(
            _MONEY_FACT.search(clause) or _PLACE_FACT.search(clause) or kind in ("area", "money")
        )
    if kind != "money" or not _INVESTS.search(re.sub(r"(?:约|超|超过|达|近)?[\d.,]+[^,。;]*$", "", clause)):
        return False
    return bool(re.search(r"(?:项目|工程|基地|中心|园区?)[^。;]{0,24}$", sentence)) and not re.search(
        r"完成[^,。]{0,8}投资", clause
    )


def is_standard(clause: str, setting: Setting, rule: str, kind: str, comparator: str, dated: bool) -> bool:
    """A norm for each facility or case: a bound without a deadline, an amount granted per case."""
    if rule in ("nested", "term", "per-unit"):
        return True
    if setting.goals or rule in ("growth", "share-of", "whole"):
        return False
    if _GRANT.search(clause) and kind in ("money", "share") and not re.search(r"发放|安排", clause):
        return True
    if dated:
        return False
    if kind == "duration":
        return not re.search(r"压缩|缩短|压减|减至|减少|提速", clause)
    bound = _BOUND.search(clause)
    if not bound:
        return False
    return not _REACH_VERB.search(clause[: bound.start()]) and not re.search(
        r"全[市县区省]|每年|各|每个|至少", clause
    )
