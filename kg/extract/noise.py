"""Digits that measure nothing: ages, grades, floors, conditions, counts of paragraphs and principles."""

import re

from kg.extract.measures import Measure
from kg.extract.words import DO

_NOT_COUNTED = re.compile(
    r"级(?!机|联|配)|届|位一体|院合一|纵|横|大(?!学|棚|型|额)|号|条例|强(?:企业|县|镇|市|[、,和及]|$)|中全会|维|时代|"
    r"方面|原则|部分|阶段|层面|层次|维度|模块|大类|要素|统一|结合|转变|坚持|不(?:准|得|放|让)|自信|维护|意识|条线|年规划|年行动|年计划|主体责任"
)
#: things a plan counts about itself: 18项具体举措, 13项发展指标
_OF_THE_PLAN = re.compile(
    r"[^,。;、]{0,6}(?:举措|措施|任务|指标|原则|内容|要求|意见|章节|板块|问题|清单|制度|机制|关系|关键词)"
)
_SELF_COUNT = re.compile(
    r"(?:提出|包括|明确|分为?|围绕|聚焦|遵循|落实|抓好|细化|从|由|在|涵盖|以|等|建立|健全|完善|共|类)(?:了|的)?[^,。;]{0,6}$"
)
_COUNT_CUE = re.compile(
    rf"(?:{DO}|至少|共有|现有|拥有|等|达到?|完成|入选|获批|每|各|率先|分别|引领|均|都|了|有|过|为)(?:了|有|成|好|出)?$"
)
_FLOOR = re.compile(r"为|是|设|至|\(|楼|以下")
_CIRCLE = re.compile(r"[^,。;]{0,10}(?:圈|便民|健身|生活|到达|可达|通勤|步行)|\"")
_TIME_NOUN = re.compile(
    r"(?:时间|时限|时长|期限|用时|周期|年限|寿命|耗时|有效期|工期|办理|时效|响应|学制|年龄|工龄)[^,。;]{0,8}$"
)
_SHORTENED = re.compile(
    r"(?:压缩|缩短|压减|减少|减|缩减|控制|提速|不超过|不得超过|不少于|不低于|少于|超过|≤|<)[^,。;]{0,10}$"
)
_DONE_WITHIN = re.compile(
    r"(?:以)?内[^,。;]{0,14}(?:办结|完成|办理|答复|出具|反馈|响应|审核|审批|拨付|受理|处理|整改|备案|发放|兑现|作出|核发|办成|到位|送达|公示)"
)
_TERM = re.compile(r"(?:以)?内(?:继续|实行|免|减|给予|享受|保持|不变|可|按|不再|不得|暂)")
_CONDITION_HEAD = re.compile(r"(?:凡|满|对于?|符合|年满|连续|已满|不满|未满|累计满|入住|收住)[^,。;]{0,14}$")
_MODAL = re.compile(
    r"必须|应当|应|须|可以|可(?!靠|持|行|视|及|穿)|要(?!素|求)|的[^,。;]{0,16}(?:比例|占比|比重)|给予|优先|不出具|纳入"
)
_DONE = re.compile(rf"(?:{DO}|达到?|实现|每百户|每[^,。;]{{1,6}})[^,。;]{{0,4}}$")


def is_noise(text: str, measure: Measure, body: str, after: str) -> bool:
    """Whether a measure states no quantity of the plan.

    body: the clause before the measure; after: the clause behind it.
    """
    kind = measure.kind
    if kind == "duration":
        return not _keeps_duration(measure, body, after)
    if kind in ("count", "people") and (_NOT_COUNTED.match(after) or _is_self_count(measure, body, after)):
        return True
    if kind == "count" and _is_bare_han(text, measure, body, after):
        return True
    if measure.unit == "层" and _FLOOR.match(after):
        return True
    return _is_condition(text, measure, body, after)


def _is_self_count(measure: Measure, body: str, after: str) -> bool:
    if measure.unit not in ("项", "个", "条", "类", "件"):
        return False
    return bool(_OF_THE_PLAN.match(after) and (not body or _SELF_COUNT.search(body)))


def _is_bare_han(text: str, measure: Measure, body: str, after: str) -> bool:
    """Chinese numerals count only behind a verb or a word of counting: 建设一所, not 一个平台管理."""
    if text[measure.number_start].isdecimal():
        return False
    if measure.comparator != "=" or "万" in measure.unit:
        return False
    return not _COUNT_CUE.search(body) or after[:1] in ("", ",", "、", "月")


def _keeps_duration(measure: Measure, body: str, after: str) -> bool:
    unit = measure.unit
    if unit in ("岁", "周岁"):
        return bool(re.search(r"(?:寿命|年龄)[^,。;]{0,8}$", body))
    if unit == "年":
        return bool(_TERM.match(after) or re.search(r"(?:年限|期限|有效期|寿命)[^,。;]{0,8}$", body))
    if _CIRCLE.match(after):
        return False
    if unit in ("学时", "课时", "个学时", "个课时"):
        return True
    limited = measure.comparator in ("<=", "<") and (_TIME_NOUN.search(body) or _SHORTENED.search(body))
    return bool(limited or _TIME_NOUN.search(body) or _SHORTENED.search(body) or _DONE_WITHIN.match(after))


def _is_condition(text: str, measure: Measure, body: str, after: str) -> bool:
    """A threshold that only says of whom or what: 设置床位150张以上的民办养老院应内设医务室."""
    bounded = text[measure.end - 2 : measure.end] in ("以上", "以下", "以内") or bool(re.search(r"满$", body))
    if not bounded or measure.kind == "share":
        return False
    if re.search(r"(?:凡|满|年满|连续)[^,。;]{0,14}$", body):
        return True
    if _DONE.search(body) and not _CONDITION_HEAD.search(body):
        return False
    counted = measure.kind == "count" and measure.unit != "张"
    return bool(after and not counted and after[0] not in "、,和及,()" and _MODAL.search(after))
