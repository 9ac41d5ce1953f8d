"""Metrics as concepts: which quantities are of one metric, and which metrics may be compared.

Names are taken apart (`metric_names`), looked up in the scheme (`metric_scheme`) and grouped by what
they say; a name beyond the scheme forms a concept of its own. Concepts, never occurrences, are then
held against each other (`align`), so the work grows with the vocabulary.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.link.alignment import align
from kg.link.metric_names import MetricName, parse
from kg.link.metric_scheme import SchemeMetric, load_scheme
from kg.link.passages import similar_passages
from kg.link.subjects import sectors_in
from kg.model import Concept, Quantity
from kg.units import effective_unit, normal_unit

__all__ = ["align", "build_concepts", "full_name", "similar_passages"]

#: words of things that are to become less
_LESS = re.compile(
    "失业率|死亡率|发病率|患病率|浓度|能耗|能源消耗|排放强度|排放量|用水量|劣V|负债率|流失率|辍学率|时限|(?:办理|审批|开办)时间|"
    "成本|费用率|投诉|事故|发生率|超标|污染天数|抚养比|个人卫生支出|漏损率|空置率"
)
#: words and characters that do not say what is measured
_GENERAL = frozenset("达标合格完成满意床位机构设施投资入金企业人员单位补助贴经费用产率数量收支出") | {
    "覆盖",
    "普及",
    "项目",
    "建筑面积",
    "占地面积",
    "面积",
    "人次",
    "里程",
    "时间",
    "设备",
    "质量",
    "营业收入",
    "产值",
    "增加值",
    "参保",
    "抽检",
    "回收",
    "销售",
    "处理",
    "办理",
}
#: scopes that say enough beside a general word
_TELLING = frozenset({"户籍", "常住", "社会力量运营", "政府运营", "民办", "公办"})
#: kinds of figures that are no totals though they are no rates
_NO_TOTALS = {"month", "age", "minute", "workday"}


#: dealing with them is to become more: 投诉办结率, 事故隐患整改率
_DEALT_WITH = re.compile("办结|处理|处置|整改|化解|核查|回访|治理率|查处|满意|覆盖|达标|完成")


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """One quantity with its completed name, taken apart, and the concept it belongs to."""

    quantity: Quantity
    name: str
    parsed: MetricName
    concept: str


def build_concepts(
    quantities: Iterable[Quantity],
) -> tuple[tuple[Concept, ...], dict[tuple[str, str], str]]:
    """The concepts of these quantities, sorted by id, and (doc, record id) → concept id."""
    groups: dict[str, list[_Occurrence]] = defaultdict(list)
    concept_of: dict[tuple[str, str], str] = {}
    for quantity in quantities:
        occurrence = _read(quantity)
        groups[occurrence.concept].append(occurrence)
        concept_of[quantity.doc, quantity.id] = occurrence.concept
    return tuple(_concept(ident, groups[ident]) for ident in sorted(groups)), concept_of


def full_name(quantity: Quantity) -> str:
    """The indicator with the scope and population that the record keeps beside it."""
    return _full_name(quantity.indicator, quantity.scope, quantity.population, quantity.unit)


@lru_cache(maxsize=65536)
def _full_name(indicator: str, scope: str | None, population: str | None, unit: str | None) -> str:
    extra = [part for part in (scope, population) if part and not _says(indicator, part, unit)]
    return "".join(extra) + indicator


def _read(quantity: Quantity) -> _Occurrence:
    name = full_name(quantity)
    parsed = parse(name, quantity.unit)
    shared = _shared_id(name, quantity.unit, quantity.class_)
    return _Occurrence(quantity, name, parsed, shared or _own_id(quantity, parsed))


@lru_cache(maxsize=65536)
def _shared_id(name: str, unit: str | None, class_: str) -> str | None:
    """The scheme's id, or a hash of what the name says; None for what is a metric of its document alone.

    The facts of one named project are of that project alone, and a name that does not say what it measures
    (达标率, 项目数) is of its document alone. Norms for each facility stay apart from totals of the same
    name ("n-").
    """
    parsed = parse(name, unit)
    if class_ == "project":
        return None
    if _is_norm(class_, parsed):
        return None if _says_nothing(parsed) else "n-" + _digest(parsed.key)
    if known := load_scheme().find(parsed):
        return known
    return None if _says_nothing(parsed) else "m-" + _digest(parsed.key)


def _own_id(quantity: Quantity, parsed: MetricName) -> str:
    """The id of a metric of one document: of a project ("p-"), a norm ("n-") or an untold thing ("u-")."""
    if quantity.class_ == "project":
        return "p-" + _digest(f"{quantity.doc}|{parsed.key}")
    if _is_norm(quantity.class_, parsed):
        return "n-" + _digest(f"{quantity.doc}|{parsed.key}")
    return "u-" + _digest(f"{quantity.doc}|{parsed.key}|{parsed.text}")


def _is_norm(class_: str, parsed: MetricName) -> bool:
    """Whether it is an amount for each facility."""
    return class_ == "standard" and parsed.measure == "总量" and "/" not in parsed.kind


def _says_nothing(parsed: MetricName) -> bool:
    """Whether only general words are left: 达标率 of what? Whose people or beds (常住, 民办) is enough."""
    about = parsed.of("thing") | parsed.rest
    return about <= _GENERAL and not parsed.of("people") and not parsed.of("scope") & _TELLING


@lru_cache(maxsize=65536)
def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _says(indicator: str, part: str, unit: str | None) -> bool:
    """Whether the indicator already says the scope or population, literally or in other words."""
    if part in indicator:
        return True
    words, name = parse(part, None), parse(indicator, unit)
    return words.words <= name.words and words.rest <= name.rest


# ---------------------------------------------------------------- the concept of one group


def _concept(ident: str, occurrences: Sequence[_Occurrence]) -> Concept:
    """The concept of one group: the scheme's description, or what its names and units show."""
    names = Counter(occurrence.name for occurrence in occurrences)
    if scheme := load_scheme().metrics.get(ident):
        return _from_scheme(scheme, names)
    label = min(names, key=lambda name: (-names[name], len(name), name))
    return Concept(
        id=ident,
        label=label,
        names=tuple(sorted(names)),
        direction=_direction(occurrences),
        intensive=_intensive(occurrences[0]),
        unit=_usual_unit(occurrences),
        sectors=tuple(sorted(sectors_in(label))),
    )


def _from_scheme(metric: SchemeMetric, names: Iterable[str]) -> Concept:
    return Concept(
        id=metric.id,
        label=metric.zh,
        names=tuple(sorted({*names, *metric.names})),
        direction=metric.direction,
        intensive=metric.intensive,
        unit=metric.unit,
        scheme=metric.id,
        sectors=metric.sectors,
    )


def _usual_unit(occurrences: Sequence[_Occurrence]) -> str | None:
    """The unit most of them have, with the denominator that the name carries."""
    units = Counter(
        effective_unit(o.name, o.quantity.unit) for o in occurrences if normal_unit(o.quantity.unit)
    )
    return min(units, key=lambda unit: (-units[unit], str(unit))) if units else None


def _direction(occurrences: Sequence[_Occurrence]) -> int:
    """-1 where most are upper bounds, or the thing is one to be reduced; a reduction itself counts up."""
    first = occurrences[0].parsed
    if first.measure == "下降":
        return 1
    bounds = Counter(o.quantity.comparator for o in occurrences)
    if (bounds["<="] + bounds["<"]) * 2 > len(occurrences):
        return -1
    return -1 if _LESS.search(first.text) and not _DEALT_WITH.search(first.text) else 1


def _intensive(first: _Occurrence) -> bool | None:
    """Rates, growth, figures per head and norms are intensive, amounts are totals."""
    name = first.parsed
    if (
        name.measure != "总量"
        or "/" in name.kind
        or name.kind in _NO_TOTALS
        or first.concept.startswith("n-")
    ):
        return True
    return False if name.kind else None
