"""Verdicts in words: one Chinese and one English sentence each, naming both values, their times and the gap.

Sentences only say what a `Held` saw; they decide nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kg.link.metric_pairs import explain as explain_alignment
from kg.messages import t
from kg.model import Document, Quantity
from kg.places import by_code
from kg.trajectories import Point, moment
from kg.verdicts import Case, Held, Level

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
    "exceeds": ("{upper}，{lower}，高出要求{gap}。", "{upper}; {lower}: {gap} better than asked."),
    "late": (
        "{upper}，{lower}才达到，迟{gap}{path}；各时点之间只认定已达到的值保持不变。",
        "{upper}; {lower}: {gap} late{path}; between these times only a value once reached is taken as kept.",
    ),
    "short": ("{upper}，{lower}，{gap}。", "{upper}; {lower}: {gap}."),
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
    "conflict": (
        "{place}的规划对“{metric}”前后不一：一处{a}，另一处{b}，{reason}；比对采用前者。",
        "the plan of {place} contradicts itself on “{metric}”: {a} in one place, {b} in another, {reason}; "
        "verdicts use the former.",
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
    """The deadline as printed; the plan's end in brackets where it is inferred; nothing where unknown."""
    quantity = point.quantity
    if quantity.time and not point.inferred:
        year, _, rest = quantity.time.partition("-")
        return (
            f"{year}年{int(rest[:2])}月"
            if rest and lang == "zh"
            else f"{year}年"
            if lang == "zh"
            else quantity.time
        )
    if point.when is not None and quantity.class_ == "target":
        return (
            f"规划期末（{point.when.year}年）" if lang == "zh" else f"the end of the plan ({point.when.year})"
        )
    return ""


def name_of(document: Document, other: Document | None = None) -> str:
    """What to call a plan: its place; its title where the other plan is of the same place."""
    place = by_code(document.place) if document.place else None
    if place is None or (other is not None and other.place == document.place):
        return f"《{''.join((document.title or document.doc).split())}》"
    return place.name


def sentences(case: Case, level: Level, held: Held, known: Sum | None = None) -> tuple[str, str]:
    """The Chinese and the English sentence of one verdict on a pair."""
    return _sentence(case, level, held, known, "zh"), _sentence(case, level, held, known, "en")


def _sentence(case: Case, level: Level, held: Held, known: Sum | None, lang: Lang) -> str:
    words = {
        "upper": asks(case.upper, name_of(case.upper_doc, case.lower_doc), lang),
        "lower": _commits(case, held, lang),
        "gap": gap_of(case, level, held, lang),
        "path": _path(case, held, lang),
        "reason": reason_of(case, held, lang),
        "sum": _sum(known, case.unit, lang),
    }
    return _SENTENCES[level.verdict][lang == "en"].format(**words)


def asks(point: Point, who: str, lang: Lang) -> str:
    """南昌市要求“月探访率”2025年达到100%."""
    quantity, when = point.quantity, time_of(point, lang)
    metric, value = _metric(quantity), value_of(quantity, lang)
    if quantity.class_ == "standard":
        return f"{who}规定“{metric}”{value}" if lang == "zh" else f"{who} sets “{metric}” at {value}"
    nature = f"（{t(f'nature.{quantity.nature}', 'zh')}）" if quantity.nature and lang == "zh" else ""
    if lang == "zh":
        return f"{who}要求“{metric}”{when}{value}{nature}"
    nature = f" ({quantity.nature})" if quantity.nature else ""
    return f"{who} asks for “{metric}” {value}{f' by {when}' if when else ''}{nature}"


def _commits(case: Case, held: Held, lang: Lang) -> str:
    """西湖区2025年100%: the lower statement, by its own name where that differs."""
    who = name_of(case.lower_doc, case.upper_doc)
    if held.lower is None:
        return f"{who}有相近指标" if lang == "zh" else f"{who} has a near metric"
    quantity, when = held.lower.quantity, time_of(held.lower, lang)
    metric, value = _metric(quantity), value_of(quantity, lang)
    own = f"“{metric}”" if metric != _metric(case.asked) else ""
    if lang == "zh":
        return f"{who}{own}{when}{value}"
    return f"{who} commits to {own + ' ' if own else ''}{value}{f' by {when}' if when else ''}"


def gap_of(case: Case, level: Level, held: Held, lang: Lang) -> str:
    """The gap in words that a person signs: 低10个百分点（相对低10%）, 3年, 12.5%."""
    if held.gap is None:
        return ""
    said = amount(held.gap, held.gap_unit, lang)
    if level.verdict != "short":
        return said
    relative = _relative(held.gap, case.required)
    if case.sign < 0:
        return (
            f"高{said}{f'（相对高{relative}）' if relative else ''}"
            if lang == "zh"
            else _en("above", said, relative)
        )
    return (
        f"低{said}{f'（相对低{relative}）' if relative else ''}"
        if lang == "zh"
        else _en("below", said, relative)
    )


def _en(side: str, said: str, relative: str) -> str:
    return f"{said} {side} what is asked{f' ({relative} in relative terms)' if relative else ''}"


def _relative(gap: Decimal, required: Decimal | None) -> str:
    """The gap as a part of what is asked, one decimal."""
    return f"{figure(round(gap / abs(required) * 100, 1))}%" if required else ""


def _path(case: Case, held: Held, lang: Lang) -> str:
    """The values on the way: （2023年90%，2024年95%）."""
    before = [
        p
        for p in case.lower.points
        if held.lower and p.when and held.lower.when and p.when.month < held.lower.when.month
    ]
    if not before:
        return ""
    if lang == "zh":
        return f"（{'，'.join(time_of(p, lang) + value_of(p.quantity, lang) for p in before)}）"
    return f" ({', '.join(f'{time_of(p, lang)}: {value_of(p.quantity, lang)}' for p in before)})"


def reason_of(case: Case, held: Held, lang: Lang) -> str:
    """Why it is weaker or not comparable."""
    if held.reason is None:
        return ""
    return t(f"reason.{held.reason}", lang, detail=_detail(case, held, lang))


def _detail(case: Case, held: Held, lang: Lang) -> str:
    said = held.lower.quantity if held.lower else None
    match held.reason:
        case "close":
            return explain_alignment(case.alignment.reason, lang) if case.alignment else ""
        case "unit":
            return f"{case.asked.unit or '—'} / {said.unit if said and said.unit else '—'}"
        case "soft":
            return (said.soft if said else None) or ""
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

    def words(lang: Lang) -> dict[str, str]:
        return {"upper": asks(point, name_of(upper, lower), lang), "place": name_of(lower, upper)}

    return _both("absent", words)


def conflict_sentences(used: Quantity, other: Quantity, reason: str, document: Document) -> tuple[str, str]:
    """Both sentences of a plan that contradicts itself."""

    def words(lang: Lang) -> dict[str, str]:
        return {
            "place": name_of(document),
            "metric": _metric(used),
            "a": _timed(used, lang),
            "b": _timed(other, lang),
            "reason": t(f"reason.{reason}", lang),
        }

    return _both("conflict", words)


def benchmark_sentences(
    points: tuple[Point, Point], gap: Decimal, unit: str | None, documents: tuple[Document, Document]
) -> tuple[str, str]:
    """Both sentences of two peers side by side."""

    def words(lang: Lang) -> dict[str, str]:
        apart = {"zh": "相差{}", "en": "{} apart"}[lang].format(amount(gap, unit, lang))
        return {
            "metric": _metric(points[0].quantity),
            "a_place": name_of(documents[0]),
            "b_place": name_of(documents[1]),
            "a": time_of(points[0], lang) + value_of(points[0].quantity, lang),
            "b": time_of(points[1], lang) + value_of(points[1].quantity, lang),
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


def _timed(quantity: Quantity, lang: Lang) -> str:
    return (
        time_of(Point(quantity, moment(quantity.time)), lang)
        + ("" if lang == "zh" else " ")
        + value_of(quantity, lang)
    )


def _short(quote: str) -> str:
    """A quote short enough for a sentence."""
    line = "".join(quote.split())
    return line if len(line) <= 40 else line[:39] + "…"
