"""Digits that measure nothing: ages, grades, floors, conditions, counts of paragraphs and principles."""

import re

from kg.extract.measures import Measure
from kg.extract.words import trailing_verb

_NOT_COUNTED = re.compile(
    r"级(?!机|联|配)|届|位一体|院合一|纵|横|大(?!学|棚|型|额|数据|理石)|号|条例|强(?:企业|县|镇|市|[、"
    r",和及]|$)|中全会|维|时代|"
    r"方面|原则|部分|阶段|层面|层次|维度|模块|大类|要素|统一|结合|转变|坚持|不(?:准|得|放|让)|自信|"
    r"维护|意识|条线|年规划|年行动|年计划|主体责任"
)
#: things a plan counts about itself: 18项具体举措, 13项发展指标
_OF_THE_PLAN = re.compile(
    r"[^,。;、]{0,6}(?:举措|措施|任务|指标|原则|内容|要求|意见|章节|板块|问题|清单|制度|机制|关系|关键词)"
)
_SELF_COUNT = re.compile(
    r"(?:提出|包括|明确|分为?|围绕|聚焦|遵循|落实|抓好|细化|从|由|在|涵盖|以|等|建立|健全|完善|共|类|"
    r"确定|部署|开展|实施)(?:了|的)?[^,。;]{0,6}$"
)
_COUNT_CUE = re.compile(
    r"(?:至少|共有|现有|拥有|等|达到?|入选|每|各|率先|分别|引领|均|都|有|过|不少于|不低于|市[、和]县两级)$"
)
#: one of something, but none that is made: 提供一个温馨的港湾, 实现一个平台管理
_NOT_MADE = re.compile(r"(?:了|实现|提供|形成|通过|服务|覆盖|处理|解决|成为|作为|建设成|打造成|打造)$")
_ABSTRACT = re.compile(r"[^,。;]{0,12}(?:制度|体系|机制|格局|模式|整体|闭环|氛围|过程|窗口|目标|方向)")
_SLOGAN = re.compile(r"[一-龥]{2,4}[、和][一二三四五六七八九十](?:大|个|项|区|带|条|类)")
#: people that 100人以上 counts itself; 66人以上超大班额 only describes
_PEOPLE = re.compile(
    r"[^,。;]{0,16}(?:[人员者师生才户民工家]|干部|队伍|骨干|团队|力量)|[的和及参以接持就达为]|规模"
)
_RANK = re.compile(r"(?:进入|位居|跻身|位列|保持在?|稳居|居|挺进|名列|迈入|排名)[一-龥]{0,8}前$")
_FLOOR = re.compile(r"为|是|设|至|\(|楼|以下")
_CIRCLE = re.compile(r"[^,。;]{0,10}(?:圈|便民|健身|生活|到达|可达|通勤|步行)|\"")
_TIME_NOUN = re.compile(
    r"(?:时间|时限|时长|期限|用时|周期|年限|寿命|耗时|有效期|工期|办理|时效|响应|学制|年龄|工龄|天数|日数)[^,。;]{0,8}$"
)
_SHORTENED = re.compile(
    r"(?:压缩|缩短|压减|减少|减|缩减|控制|提速|不超过|不得超过|不少于|不低于|少于|超过|≤|<)[^,。;]{0,10}$"
)
_DONE_WITHIN = re.compile(
    r"[以之]?内[^,。;]{0,14}(?:办结|完成|办理|答复|出具|反馈|响应|审核|审批|拨付|受理|处理|整改|备案|"
    r"发放|兑现|作出|核发|办成|到位|送达|公示|办好|解决|救助|到达|到场|转移|安置|报告)"
)
_TERM = re.compile(r"(?:以)?内(?:继续|实行|免|减|给予|享受|保持|不变|可|按|不再|不得|暂)")
_YEARS = re.compile(r"(?:年限|期限|有效期|寿命)[^,。;]{0,8}$")
#: a date between the noun and its number: 预期寿命到2025年底达到79岁
_BY_WHEN = re.compile(r"(?:到|至|在)?(?:19|20)\d\d年(?:\d{1,2}月)?[底末]?前?")
_AGE = re.compile(r"(?:寿命|年龄)[^,。;]{0,8}$")
_CONDITION = re.compile(r"(?:凡|满|年满|连续|已满|不满|未满|累计满|对)[^,。;]{0,16}$")
_REQUIRED = re.compile(r"(?:应当?|须|需)具备[^,。;]{0,24}$")
_CONDITION_HEAD = re.compile(r"(?:入住|收住|设置床位|拥有)[^,。;]{0,14}$")
_MODAL = re.compile(
    r"必须|应当|应(?!急|用)|须|可以|可(?!靠|持|行|视|及|穿|再)|要(?!素|求)|的[^,。;]{0,16}(?:比例|占比|"
    r"比重)|给予|优先|不出具|纳入"
)
#: a metric that is followed by a number without a unit: 培训率达到80以上, PUE值降至1.3以下
_ASKS = re.compile(
    r"(?:率|占比|比例|比重|[程度]度|指数|得分|评分|人口|老年人|系数|值|PUE|强度|倍差|之比|容积率|比(?!例|重)|"
    r"指数)[^,。;、]{0,3}"
    r"(?:稳定|保持|控制|提高|下降|降低?|提升|缩小)?(?:达到?|为|≥|>|≤|<|超过|控制在|保持在|稳定在|"
    r"不低于|不高于|[到至在])?$"
)
_BOUNDED = ("以上", "以下", "以内")
#: a bound behind the noun: 100张床位以上的养老机构
_BOUND_BEHIND = re.compile(r"[一-龥]{1,4}?(?:及)?以[上下]的?")
_PER = re.compile(r"每[^,。;]{1,6}$")


def is_noise(text: str, measure: Measure, body: str, after: str) -> bool:
    """Whether a measure states no quantity of the plan.

    body: the clause before the measure; after: the clause behind it.
    """
    kind = measure.kind
    if not measure.unit:
        return not _ASKS.search(body)
    if kind == "duration":
        return not _keeps_duration(measure, body, after)
    if body.endswith("每") or (measure.unit == ":1" and body.endswith(("按", "按照"))):
        return True
    if kind in ("count", "people"):
        if _NOT_COUNTED.match(after) or _counts_the_plan(measure, body, after):
            return True
        if _is_bare_han(text, measure, body, after):
            return True
    if measure.unit == "层" and _FLOOR.match(after):
        return True
    if body.endswith(("前", "第", "十")) and kind in ("count", "people"):
        return not _RANK.search(body)
    return _is_condition(text, measure, body, after)


def _counts_the_plan(measure: Measure, body: str, after: str) -> bool:
    if measure.unit not in ("项", "个", "条", "类", "件"):
        return False
    return bool(_OF_THE_PLAN.match(after) and (not body or _SELF_COUNT.search(body)))


def _is_bare_han(text: str, measure: Measure, body: str, after: str) -> bool:
    """Chinese numerals count only behind a verb or a word of counting: 建设一所, not 一个平台管理."""
    if not "一" <= text[measure.number_start] <= "龥" or measure.exact or "万" in measure.unit:
        return False
    if after[:1] in ("", ",", "、", "月", "一"):
        return True
    if _SLOGAN.match(after):
        return True
    if text[measure.number_start] == "一" and _ABSTRACT.match(after):
        return True
    if text[measure.number_start] == "一" and _NOT_MADE.search(body):
        return True
    return not (_COUNT_CUE.search(body) or trailing_verb(body))


def _keeps_duration(measure: Measure, body: str, after: str) -> bool:
    unit, body = measure.unit, _BY_WHEN.sub("", body)
    if unit in ("岁", "周岁"):
        return bool(_AGE.search(body))
    if unit == "年":
        return bool(_TERM.match(after) or _YEARS.search(body))
    if _CIRCLE.match(after):
        return False
    if unit.endswith(("学时", "课时")):
        return True
    return bool(
        _TIME_NOUN.search(body)
        or _SHORTENED.search(body + measure.comparator[:1])
        or _DONE_WITHIN.match(after)
    )


def _is_condition(text: str, measure: Measure, body: str, after: str) -> bool:
    """A threshold that only says of whom or what: 设置床位150张以上的民办养老院应内设医务室."""
    behind = _BOUND_BEHIND.match(after)
    if behind and _MODAL.search(after, behind.end()):
        return True
    if not text.endswith(_BOUNDED, 0, measure.end) or measure.kind == "share":
        return body.endswith("满")
    if _CONDITION.search(body) or _REQUIRED.search(body) or after.startswith("条件"):
        return True
    if (
        measure.kind in ("other", "length")
        and after
        and "一" <= after[0] <= "龥"
        and after[0] not in "的和及"
    ):
        return True
    if measure.unit == "人" and after and "一" <= after[0] <= "龥" and not _PEOPLE.match(after):
        return True
    counted = measure.kind == "count" and measure.unit != "张"
    if not after or counted or after[0] in "、,和及()。":
        return False
    if not _CONDITION_HEAD.search(body) and (trailing_verb(body) or _PER.search(body) or "达到" in body[-6:]):
        return False
    return bool(_MODAL.search(after))
