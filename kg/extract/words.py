"""The words of plans that rules share: verbs of doing and of reaching, softeners, regions, metric endings."""

import re

from kg.data import lines


def _verbs() -> frozenset[str]:
    return frozenset(word for line in lines("verbs.tsv") for word in line.split())


#: verbs whose object is counted: 新建…2处, 引进3家…
DO_WORDS = _verbs()
_LONGEST_DO = max(map(len, DO_WORDS))
_CHAIN = "和、或及并与"
_ASPECT = re.compile(r"(?:了|成|出|好|起|过|到)$")
#: adverbs that stand before a verb and belong to its phrase
_ADVERB = re.compile(
    r"(?:成功|重点|集中|率先|启动|分别|再|各|拟|规划|计划|已|共|累计|至少|同步|组织|统筹|联合|全年|均|"
    r"年均|每年|推动|支持|协助|指导|首批|逐步|持续|新|多渠道|梯次)+"
)


def trailing_verb(text: str) -> str:
    """The verb (or chain of verbs, 新建或改扩建) that a text ends with; "" where none stands there."""
    end = len(text)
    aspect = _ASPECT.search(text)
    at = aspect.start() if aspect else end
    start = _verb_before(text, at)
    if start is None and aspect:
        at, start = end, _verb_before(text, end)
    if start is None:
        return ""
    while start >= 2 and text[start - 1] in _CHAIN and (earlier := _verb_before(text, start - 1)) is not None:
        start = earlier
    return text[start:end]


def _verb_before(text: str, end: int) -> int | None:
    """Where the longest verb that ends at an index begins."""
    return next(
        (end - n for n in range(min(_LONGEST_DO, end), 0, -1) if text[end - n : end] in DO_WORDS), None
    )


def leading_verb(text: str) -> str:
    """The verb that a text begins with, its adverbs and a chain included; "" where none does."""
    adverb = _ADVERB.match(text)
    at = adverb.end() if adverb else 0
    end = _verb_after(text, at)
    if end is None:
        end = _verb_after(text, 0)
        if end is None:
            return ""
    while end < len(text) and text[end] in _CHAIN and (later := _verb_after(text, end + 1)) is not None:
        end = later
    return text[: end + (text[end : end + 1] in "了成")] if end < len(text) else text[:end]


def is_deed(text: str) -> bool:
    """Whether a text is verbs and nothing else: 累计更新, 改造提升."""
    adverb = _ADVERB.match(text)
    return any(_is_verbs(text, at) for at in (0, adverb.end() if adverb else 0))


def _is_verbs(text: str, at: int) -> bool:
    while at < len(text) and (end := _verb_after(text, at)) is not None:
        at = end
    return at == len(text) > 0


def _verb_after(text: str, start: int) -> int | None:
    room = min(_LONGEST_DO, len(text) - start)
    return next((start + n for n in range(room, 1, -1) if text[start : start + n] in DO_WORDS), None)


#: how far back from a number its verbs and comparators reach
TAIL = 26
#: reaching words of one character, where they do not close a noun: 服务功能, 应急供应, 水资源节约
_ALONE = (
    r"(?<![功性产节职智技储动效潜热电光核氢赋万])能|(?<![供响效反对呼相])应|(?<![需主纪摘])要|(?<!许)可|(?<![统会审设])计|"
    r"(?<![节合契公])约|(?<!公)共|(?<![汇老])总|(?<![盈剩富结])余|(?<!行)为"
)
_REACH = re.compile(
    r"(?:稳定|总体|力争|争取|努力|力求|预计|计划|累计|平均|基本|全部|均|都|稳步|逐步|持续|进一步|"
    r"整体|原则上|一般|应当|须|不断|合计|分别|将|"
    rf"已|可能|能够|{_ALONE}|普遍|大约|近|且|并|也|就|再|"
    r"达到了?|达|是|突破|超过|超|[提升]高?[到至]|提升[到至]|上升[到至]|[增恢]?[加长复]?[到至](?!$)|"
    r"增[加长][到至]|增至|扩大[到至]|恢复[到至]|"
    r"(?:下?降低?|减少?|压缩|压减|压降|缩短|缩小?|提速)[到至]|控制[在到]|保持在?|稳定在|维持在|发展到|"
    r"实现|完成|高于|优于|低于|不少于|不低于|不超过|有|占|"
    r"总计|共计|各|占到|至少|不足|[仅只]有?|即|大于|≥|≤|>|<|=|"
    r"(?<=[一-龥)])(?:到|至))+$"
)


def strip_reach(text: str) -> str:
    """A clause's beginning without the verb that reaches the number: 床位占比稳步提高到 → 床位占比."""
    head, tail = text[:-TAIL], text[-TAIL:]
    return head + _REACH.sub("", tail)


#: words that soften a commitment
SOFT = re.compile(r"力争|争取|努力|力求|原则上|尽量|尽可能|有条件的")
REGION = re.compile(
    r"(?:在)?(?:全国|全省|全市|全县|全区|全州|全旗|全域|辖区(?:内)?|我国|我省|我市|我县|我区|本省|本市|"
    r"本县|本区|全镇|全乡|全院|全行业|省内|市内|县内|区内)(?=.)"
)
#: the name of a rate or share closes so
RATE = re.compile(r"(?:率|占比|比例|比重|比|度|水平|贡献|份额|强度|系数|指数|弹性|[增涨降跌]幅|增速)$")
#: nouns that already name a quantity: no 数量 is put behind them
QUANTITY_NOUN = re.compile(
    r"(?:[数量额率比]|比例|比重|面积|规模|投资|资金|收入|产值|支出|宽度|税收|产出|利润|利税|费用|高度|长度|"
    r"里程|时间|时限|期限|寿命|年限|人口|"
    r"人次|水平|强度|浓度|能力|总值|增加值|价格|标准|产能|装机|GDP|指数|程度|床位|托位|学位|车位|岗位|"
    r"成本|投入|经费|"
    r"补贴|补助|奖励|贷款|基金|库容|功率|速度|密度|间距|距离|半径|跨度|深度|厚度|直径|得分|用地|占地|能耗|电量|排放|用水|储能|层高|周期)$"
)
#: the changing of a metric, not its level
_GROWTH = re.compile(
    r"(?P<verb>增长|增加|提高|提升|上升|升高|上涨|扩大|下降|降低|减少|削减|压减|压缩|缩短|精简|缩减|"
    r"回落|翻(?=$)|节约|压降|递增|增幅|增速|降幅|(?<![新一-龥])增|降|"
    r"(?<!不)(?:高于|快于|低于|落后|高出|超出)[^,。;]{1,12})(?:幅度|速度)?"
    r"(?:了|约|近|超过|超|不低于|不超过|达到?|为|保持在?|稳定在|控制在|至少|力争|不少于|均|分别|在|高于|翻)*$"
)


def growth_at_end(text: str) -> tuple[int, str] | None:
    """Where a verb of change ends a text and which it is: 投资规模较2023年增长 → (…, 增长)."""
    start = max(0, len(text) - TAIL)
    match = _GROWTH.search(text, start)
    return (match.start(), match["verb"]) if match else None
