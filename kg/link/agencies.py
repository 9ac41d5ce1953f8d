"""One agency under several names: short and full forms, renamed and merged bureaus.

Names are compared within one place only. Short forms and one-to-one renamings share a key
(`agency_key`); a bureau that was merged into another keeps its own, because two bureaus that went into
one were two when an older plan named them. The link says what happened and when. Years: the reforms of
State institutions of 2008, 2013, 2018 and 2023 (国务院机构改革方案), which local governments followed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal

from kg.extract.agency_grammar import FIELD

AgencyRelation = Literal["same", "renamed", "merged"]

#: one field of duty under every name it is printed with; the first is the full one
_SPELLINGS = (
    ("发展和改革", "发展改革", "发改"),
    ("卫生健康", "卫健"),
    ("卫生和计划生育", "卫生计生", "卫计"),
    ("人力资源和社会保障", "人力资源社会保障", "人社"),
    ("住房和城乡建设", "住房城乡建设", "住建"),
    ("自然资源", "自然资源和规划"),
    ("国土资源", "国土"),
    ("城乡规划", "规划"),
    ("市场监督管理", "市场监管", "市监"),
    ("食品药品监督管理", "食药监"),
    ("质量技术监督", "质监"),
    ("文化和旅游", "文化旅游", "文旅", "文广新旅", "文广旅", "文化广电和旅游", "文化广电旅游"),
    ("文化广电旅游体育", "文广旅体", "文旅体", "文体旅游"),
    ("教育体育", "教育和体育", "教体"),
    ("工业和信息化", "工业信息化", "工信"),
    ("经济和信息化", "经济信息化", "经信"),
    ("科学技术", "科技"),
    ("交通运输", "交通"),
    ("生态环境",),
    ("环境保护", "环保"),
    ("国有资产监督管理", "国资监管", "国资"),
    ("医疗保障", "医保"),
    ("应急管理", "应急"),
    ("安全生产监督管理", "安监"),
    ("退役军人事务", "退役军人"),
    ("城市管理", "城管", "城管执法", "城市管理执法", "城市管理综合执法"),
    ("民族宗教", "民族和宗教", "民宗"),
    ("机关事务管理", "机关事务"),
    ("政务服务和数据管理", "政务服务数据管理", "政数"),
    ("大数据发展管理", "大数据发展", "大数据管理", "大数据"),
    ("数据", "数据管理"),
    ("行政审批服务", "行政审批"),
    ("粮食和物资储备", "粮食和储备"),
    ("林业和草原", "林草"),
    ("地方金融监督管理", "地方金融监管", "金融监管"),
    ("住房公积金", "公积金"),
    ("人民防空", "人防"),
    ("通信管理", "通信"),
    ("邮政管理", "邮政"),
)
_FULL = {name: names[0] for names in _SPELLINGS for name in names}


@dataclass(frozen=True, slots=True)
class _Change:
    """A bureau's field before and after a reform; year None where places did it at different times."""

    old: str
    new: str
    year: int | None
    relation: AgencyRelation


_CHANGES = (
    _Change("建设", "住房和城乡建设", 2008, "renamed"),
    _Change("人事", "人力资源和社会保障", 2008, "merged"),
    _Change("劳动保障", "人力资源和社会保障", 2008, "merged"),
    _Change("卫生", "卫生和计划生育", 2013, "merged"),
    _Change("计划生育", "卫生和计划生育", 2013, "merged"),
    _Change("卫生和计划生育", "卫生健康", 2018, "renamed"),
    _Change("国土资源", "自然资源", 2018, "merged"),
    _Change("城乡规划", "自然资源", 2018, "merged"),
    _Change("工商", "市场监督管理", 2018, "merged"),
    _Change("质量技术监督", "市场监督管理", 2018, "merged"),
    _Change("食品药品监督管理", "市场监督管理", 2018, "merged"),
    _Change("文化", "文化和旅游", 2018, "merged"),
    _Change("旅游", "文化和旅游", 2018, "merged"),
    _Change("农业", "农业农村", 2018, "renamed"),
    _Change("环境保护", "生态环境", 2018, "renamed"),
    _Change("安全生产监督管理", "应急管理", 2018, "merged"),
    _Change("国税", "税务", 2018, "merged"),
    _Change("地税", "税务", 2018, "merged"),
    _Change("银监", "银保监", 2018, "merged"),
    _Change("保监", "银保监", 2018, "merged"),
    _Change("粮食", "粮食和物资储备", 2018, "renamed"),
    _Change("林业", "林业和草原", 2018, "renamed"),
    _Change("金融", "地方金融监督管理", 2018, "renamed"),
    _Change("经济和信息化", "工业和信息化", 2018, "renamed"),
    _Change("扶贫", "乡村振兴", 2021, "renamed"),
    _Change("乡村振兴", "农业农村", 2023, "merged"),
    _Change("人民防空", "国防动员", 2023, "merged"),
    _Change("大数据发展管理", "数据", 2023, "renamed"),
    _Change("教育", "教育体育", None, "merged"),
    _Change("体育", "教育体育", None, "merged"),
)
_NEXT = {change.old: change for change in _CHANGES}
#: changes that every place made, and the year by which its counties had made them
_EVERYWHERE = {
    *("卫生", "计划生育", "卫生和计划生育", "国土资源", "工商", "质量技术监督", "食品药品监督管理"),
    *("旅游", "农业", "环境保护", "安全生产监督管理", "国税", "地税", "银监", "保监", "扶贫", "乡村振兴"),
}
_MADE_BY = {2013: 2015, 2018: 2019, 2021: 2022, 2023: 2025}
_ORGAN = re.compile(
    rf"(?P<field>{FIELD})(?:事务)?(?P<organ>委员会|管理局|委|局|厅|办公室|办|部)(?:（[^（）]*）)?"
)
_SPELLED_OUT = (
    ("人民政府", "政府"),
    ("政府办公室", "政府办"),
    ("政府办公厅", "政府办"),
    ("妇女联合会", "妇联"),
    ("残疾人联合会", "残联"),
    ("工商业联合会", "工商联"),
    ("科学技术协会", "科协"),
    ("机构编制委员会办公室", "编办"),
    ("供销合作社", "供销社"),
)


@dataclass(frozen=True, slots=True)
class AgencyLink:
    """Two names of one agency, or of an agency and the one it went into.

    relation: same (short and full form), renamed, merged (left or right went into the other).
    year: of the last change between them, None where there was none or it differs by place.
    """

    left: str
    right: str
    relation: AgencyRelation
    year: int | None
    reason: str
    reason_en: str
    confidence: float


@lru_cache(maxsize=4096)
def _parsed(name: str) -> tuple[str, str] | None:
    """Place and full field of a bureau's name; None for bodies that are no bureau of a field."""
    for at in range(len(name)):
        if match := _ORGAN.fullmatch(name, at):
            return name[:at], _FULL.get(match["field"], match["field"])
    return None


def agency_key(name: str) -> str:
    """The same text for every spelling of one agency, renamings that changed nothing else included.

    >>> agency_key("商丘市卫生计生委") == agency_key("商丘市卫生健康委员会")
    True
    """
    parsed = _parsed(name)
    if parsed is None:
        return _spelled(name)
    place, field = parsed
    while (change := _NEXT.get(field)) and change.relation == "renamed":
        field = change.new
    return f"{place}·{field}"


def _spelled(name: str) -> str:
    """A name that is no bureau's, with its usual parts in their short form."""
    for full, short in _SPELLED_OUT:
        name = name.replace(full, short)
    return name


def same_agency(left: str, right: str) -> AgencyLink | None:
    """The link of two names with their places, or None when they are two agencies.

    Names without any place are the nation's; a bureau is never linked across places.
    """
    if left == right:
        return None
    one, other = _parsed(left), _parsed(right)
    if one is None or other is None:
        return _short_form(left, right) if _spelled(left) == _spelled(right) else None
    if one[0] != other[0]:
        return None
    if one[1] == other[1]:
        return _short_form(left, right)
    if changes := _path(one[1], other[1]):
        return _changed(left, right, changes)
    if changes := _path(other[1], one[1]):
        return _changed(right, left, changes)
    return None


def _short_form(left: str, right: str) -> AgencyLink:
    reason = f"“{left}”与“{right}”是同一机构的简称与全称"
    return AgencyLink(left, right, "same", None, reason, f"short and full form: {left}, {right}", 1.0)


def _path(old: str, new: str) -> list[_Change]:
    """The reforms that lead from one field to another, oldest first; [] where none do."""
    changes: list[_Change] = []
    while change := _NEXT.get(old):
        changes.append(change)
        if change.new == new:
            return changes
        old = change.new
    return []


def _changed(old: str, new: str, changes: list[_Change]) -> AgencyLink:
    merged = any(change.relation == "merged" for change in changes)
    year = changes[-1].year
    when = f"{year}年机构改革中" if year else "机构改革中（各地时间不一）"
    done = "职责并入" if merged else "更名为"
    return AgencyLink(
        old,
        new,
        "merged" if merged else "renamed",
        year,
        f"{when}，“{old}”{done}“{new}”",
        f"{old} was {'merged into' if merged else 'renamed'} {new}{f' in {year}' if year else ''}",
        0.9 if year else 0.8,
    )


def successor(name: str, year: int) -> AgencyLink | None:
    """The link to what a bureau is called in `year`, where a reform has ended its name by then; else None.

    Only reforms that every place made count: 林业局 and 人防办 are still right somewhere.
    """
    parsed = _parsed(name)
    if parsed is None:
        return None
    place, field = parsed
    changes: list[_Change] = []
    while (change := _NEXT.get(field)) and field in _EVERYWHERE and _MADE_BY[change.year or 0] <= year:
        changes.append(change)
        field = change.new
    if not changes:
        return None
    organ = next((word for word in ("委员会", "委", "厅", "部") if name.endswith(word)), "局")
    return _changed(name, f"{place}{field}{organ}", changes)


def agency_links(names: Iterable[str]) -> Iterator[AgencyLink]:
    """The links between all names given, each pair once, in the order of places and names."""
    by_place: dict[str, set[str]] = defaultdict(set)
    for name in names:
        parsed = _parsed(name)
        by_place[parsed[0] if parsed else _spelled(name)].add(name)
    for place in sorted(by_place):
        for left, right in combinations(sorted(by_place[place]), 2):
            if link := same_agency(left, right):
                yield link
