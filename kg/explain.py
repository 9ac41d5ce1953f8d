"""Verdicts in words: one Chinese and one English sentence each, naming both values, their times and the gap.

Sentences only say what a `Held` saw; they decide nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from kg.case import Case, Held
from kg.link.metric_pairs import explain as explain_alignment
from kg.messages import t
from kg.model import Document, Quantity
from kg.places import by_code
from kg.trajectories import Point, moment
from kg.verdicts import Level

Lang = Literal["zh", "en"]

_BOUNDS = {
    ">=": ("不低于{}", "at least {}"),
    ">": ("超过{}", "more than {}"),
    "<=": ("不超过{}", "at most {}"),
    "<": ("低于{}", "less than {}"),
    "~": ("约{}", "about {}"),
}
_UNITS_EN = {
    "个百分点": "percentage points",
    "个千分点": "per-mille points",
    "年": "years",
    "个月": "months",
    "人": "people",
    "万人": "×10,000 people",
    "元": "yuan",
    "万元": "×10,000 yuan",
    "亿元": "×100 million yuan",
    "张": "beds",
    "平方米": "m²",
    "岁": "years",
}
_SENTENCES: dict[str, tuple[str, str]] = {
    "meets": ("{upper}，{lower}，按期达到。", "{upper}; {lower}: met in time."),
    "meets.standard": ("{upper}，{lower}，符合标准。", "{upper}; {lower}: the standard is met."),
    "exceeds": ("{upper}，{lower}，比要求{better}{gap}。", "{upper}; {lower}: {gap} better than asked."),
    "late": (
        "{upper}，{lower}，迟{gap}{path}；各时点之间只认定已达到的值保持不变。",
        "{upper}; {lower}: {gap} late{path}; between times only a value once reached is taken as kept.",
    ),
    "short": ("{upper}，{lower}，{gap}{path}。", "{upper}; {lower}: {gap}{path}."),
    "weaker": (
        "{upper}，{lower}，数值相当但要求弱化：{reason}。",
        "{upper}; {lower}: the value holds, but {reason}.",
    ),
    "absent": ("{upper}，{place}的规划未见对应指标。", "{upper}; the plan of {place} has no aligned metric."),
    "incomparable": ("{upper}，{lower}，不可比：{reason}。", "{upper}; {lower}: not comparable: {reason}."),
    "contributes": (
        "{upper}（全域总量），{lower}，占其{gap}{sum}。",
        "{upper} (a total for the whole area); {lower}: {gap} of it{sum}.",
    ),
    "conflict.values": (
        "{place}的规划对“{metric}”前后不一：一处{a}，另一处{b}；比对采用前者。",
        "The plan of {place} contradicts itself on “{metric}”: {a} in one place, {b} in another; "
        "verdicts use the former.",
    ),
    "conflict.steady": (
        "{place}的规划对“{metric}”前后不一：一处{a}，另一处却称{when}保持在{value}。",
        "The plan of {place} contradicts itself on “{metric}”: {a} in one place, kept at {b} in another.",
    ),
    "benchmark": (
        "“{metric}”：{a_place}{a}，{b_place}{b}，{gap}；两地互不隶属，仅供参照。",
        "“{metric}”: {a_place} {a}, {b_place} {b}, {gap}; neither governs the other, for reference only.",
    ),
}


@dataclass(frozen=True, slots=True)
class Sum:
    """What all known plans of one level below contribute to a total, in its unit."""

    plans: int
    total: Decimal
    share: Decimal


def figure(value: Decimal | None) -> str:
    """A number as people write it: no exponent, no trailing zeros."""
    if value is None:
        return ""
    return format(value.normalize(), "f") if value else "0"


def amount(value: Decimal | None, unit: str | None, lang: Lang) -> str:
    """A number with its unit."""
    if unit in ("%", "‰", "‱") or lang == "zh":
        return f"{figure(value)}{unit or ''}"
    return f"{figure(value)} {_UNITS_EN.get(unit or '', unit or '')}".strip()


def value_of(quantity: Quantity, lang: Lang) -> str:
    """What a statement says: 不低于60%, 3至5家; its words where it has no number."""
    if quantity.value is None:
        return f"“{_short(quantity.quote)}”"
    if quantity.value_high is not None:
        joint = "至" if lang == "zh" else "–"
        return f"{figure(quantity.value)}{joint}{amount(quantity.value_high, quantity.unit, lang)}"
    said = amount(quantity.value, quantity.unit, lang)
    form = _BOUNDS.get(quantity.comparator or "=")
    return form[lang == "en"].format(said) if form else said


def time_of(point: Point, lang: Lang) -> str:
    """The deadline as printed; the plan's end where it is inferred, said to be so; nothing where unknown."""
    printed = point.quantity.time
    if printed and not point.inferred:
        if lang == "en":
            return printed
        year, _, rest = printed.partition("-")
        return f"{year}年{int(rest[:2])}月" if rest else f"{year}年"
    if point.when is not None and point.quantity.class_ == "target":
        return (
            f"规划期末（{point.when.year}年）" if lang == "zh" else f"the end of the plan ({point.when.year})"
        )
    return ""


def said(point: Point, lang: Lang) -> str:
    """Value and time of a statement: 2025年100%; 100% by 2025."""
    when, value = time_of(point, lang), value_of(point.quantity, lang)
    if lang == "zh":
        return f"{when}{value}"
    return f"{value} by {when}" if when else value


def name_of(document: Document, other: Document | None = None) -> str:
    """What to call a plan: its place, in full beside a namesake; its title within one place."""
    place = by_code(document.place) if document.place else None
    if place is None or (other is not None and other.place == document.place):
        return f"《{''.join((document.title or document.doc).split())}》"
    beside = by_code(other.place) if other is not None and other.place else None
    return place.full_name if beside is not None and beside.name == place.name else place.name


def sentences(case: Case, level: Level, held: Held, known: Sum | None = None) -> tuple[str, str]:
    """The Chinese and the English sentence of one verdict on a pair."""
    return _sentence(case, level, held, known, "zh"), _sentence(case, level, held, known, "en")


def _sentence(case: Case, level: Level, held: Held, known: Sum | None, lang: Lang) -> str:
    words = {
        "upper": asks(case.upper, name_of(case.upper_doc, case.lower_doc), lang),
        "lower": _commits(case, level, held, lang),
        "gap": gap_of(case, level, held, lang),
        "better": "低" if case.sign < 0 else "高",
        "path": _path(case, held, lang),
        "reason": reason_of(case, held, lang),
        "sum": _sum(known, case.unit, lang),
    }
    standard = level.verdict == "meets" and case.target.kind == "standard"
    return _SENTENCES["meets.standard" if standard else level.verdict][lang == "en"].format(**words)


def asks(point: Point, who: str, lang: Lang) -> str:
    """南昌市要求“月探访率”2025年100%（预期性）."""
    quantity = point.quantity
    metric, wants = _metric(quantity), said(point, lang)
    if lang == "zh":
        verb = "规定" if quantity.class_ == "standard" else "要求"
        nature = f"（{t(f'nature.{quantity.nature}', 'zh')}）" if quantity.nature else ""
        return f"{who}{verb}“{metric}”{wants}{nature}"
    return f"{who} asks for “{metric}”: {wants}{f' ({quantity.nature})' if quantity.nature else ''}"


def _commits(case: Case, level: Level, held: Held, lang: Lang) -> str:
    """西湖区2025年100%: the lower statement, by its own name where that differs."""
    who = name_of(case.lower_doc, case.upper_doc)
    if held.lower is None:
        return f"{who}有相近指标" if lang == "zh" else f"{who} has a near metric"
    metric = _metric(held.lower.quantity)
    own = f"“{metric}”" if metric != _metric(case.asked) else ""
    if lang == "zh":
        when, value = time_of(held.lower, lang), value_of(held.lower.quantity, lang)
        return f"{who}{own}{when}才达到{value}" if level.verdict == "late" else f"{who}{own}{when}{value}"
    return f"{who} commits to {own + ': ' if own else ''}{said(held.lower, lang)}"


def gap_of(case: Case, level: Level, held: Held, lang: Lang) -> str:
    """The gap in words that a person signs: 低10个百分点（相对低10%）, 3年, 12.5%."""
    if held.gap is None:
        return ""
    apart = amount(held.gap, held.gap_unit, lang)
    if level.verdict != "short":
        return apart
    relative = _relative(held.gap, case.required)
    if lang == "zh":
        side = "高" if case.sign < 0 else "低"
        return f"{side}{apart}{f'（相对{side}{relative}）' if relative else ''}"
    side = "above" if case.sign < 0 else "below"
    return f"{apart} {side} what is asked{f' ({relative} of it)' if relative else ''}"


def _relative(gap: Decimal, required: Decimal | None) -> str:
    """The gap as a part of what is asked, one decimal."""
    return f"{figure(round(gap / abs(required) * 100, 1))}%" if required else ""


def _path(case: Case, held: Held, lang: Lang) -> str:
    """The lower plan's values on the way: （此前2023年90%，2024年95%）."""
    end = held.lower.when.month if held.lower and held.lower.when else 0
    before = [said(point, lang) for point in case.lower.points if point.when and point.when.month < end]
    if not before:
        return ""
    return f"（此前{'，'.join(before)}）" if lang == "zh" else f" (before: {', '.join(before)})"


def reason_of(case: Case, held: Held, lang: Lang) -> str:
    """Why it is weaker or not comparable."""
    if held.reason is None:
        return ""
    return t(f"reason.{held.reason}", lang, detail=_detail(case, held, lang))


def _detail(case: Case, held: Held, lang: Lang) -> str:
    """What fills the reason's place."""
    lower = held.lower.quantity if held.lower else None
    match held.reason:
        case "close":
            return explain_alignment(case.alignment.reason, lang) if case.alignment else ""
        case "unit":
            return f"{case.asked.unit or '—'} / {lower.unit if lower and lower.unit else '—'}"
        case "soft":
            return (lower.soft if lower else None) or ""
        case "comparator":
            return value_of(case.asked, lang)
    return ""


def _sum(known: Sum | None, unit: str | None, lang: Lang) -> str:
    """；已知3份同级规划合计600张，占75%."""
    if known is None or known.plans < 2:
        return ""
    total = amount(known.total, unit, lang)
    if lang == "zh":
        return f"；已知{known.plans}份同级规划合计{total}，占{figure(known.share)}%"
    return f"; {known.plans} known plans of that level add up to {total}, {figure(known.share)}%"


def absent_sentences(point: Point, upper: Document, lower: Document) -> tuple[str, str]:
    """Both sentences of an absent metric."""
    undated = replace(point, when=None) if point.inferred else point

    def words(lang: Lang) -> dict[str, str]:
        return {"upper": asks(undated, name_of(upper, lower), lang), "place": name_of(lower, upper)}

    return _both("absent", words)


def conflict_sentences(used: Quantity, other: Quantity, reason: str, document: Document) -> tuple[str, str]:
    """Both sentences of a plan that contradicts itself."""

    def words(lang: Lang) -> dict[str, str]:
        return {
            "place": name_of(document),
            "metric": _metric(used),
            "a": said(Point(used, moment(used.time)), lang),
            "b": said(Point(other, moment(other.time)), lang),
            "when": time_of(Point(other, moment(other.time)), lang),
            "value": value_of(other, lang),
        }

    return _both(f"conflict.{reason}", words)


def benchmark_sentences(
    points: tuple[Point, Point], gap: Decimal, unit: str | None, documents: tuple[Document, Document]
) -> tuple[str, str]:
    """Both sentences of two peers side by side."""

    def words(lang: Lang) -> dict[str, str]:
        apart = {"zh": "相差{}", "en": "{} apart"}[lang].format(amount(gap, unit, lang))
        return {
            "metric": _metric(points[0].quantity),
            "a_place": name_of(documents[0], documents[1]),
            "b_place": name_of(documents[1], documents[0]),
            "a": said(points[0], lang),
            "b": said(points[1], lang),
            "gap": apart if gap else {"zh": "相同", "en": "the same"}[lang],
        }

    return _both("benchmark", words)


def cautions(keys: Sequence[str]) -> tuple[str, ...]:
    """Notes in both languages: 下位文件为征求意见稿 (the lower plan is a consultation draft).

    A key may carry a detail after a colon ("also:nanchang[12:40]").
    """
    split = [key.partition(":") for key in dict.fromkeys(keys)]
    return tuple(
        f"{t(f'note.{key}', 'zh', detail=detail)} ({t(f'note.{key}', 'en', detail=detail)})"
        for key, _, detail in split
    )


def _both(verdict: str, words: Callable[[Lang], dict[str, str]]) -> tuple[str, str]:
    chinese, english = _SENTENCES[verdict]
    return chinese.format(**words("zh")), english.format(**words("en"))


def _metric(quantity: Quantity) -> str:
    return "".join(quantity.indicator.split())


def _short(quote: str) -> str:
    """A quote short enough for a sentence."""
    line = "".join(quote.split())
    return line if len(line) <= 40 else line[:39] + "…"
