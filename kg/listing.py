"""Findings and rows as a terminal table, JSON lines or CSV."""

import csv
import io
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from kg.messages import t
from kg.model import Finding, Quantity, Stub, Verdict
from kg.named import NamedQuery
from kg.queries import Missing

#: the order in which a person wants to see verdicts: gravest first
GRAVEST_FIRST: tuple[Verdict, ...] = (
    "short",
    "late",
    "weaker",
    "conflict",
    "incomparable",
    "absent",
    "contributes",
    "meets",
    "exceeds",
    "benchmark",
)
_SIDE = (
    "doc",
    "start",
    "end",
    "indicator",
    "value",
    "value_high",
    "comparator",
    "unit",
    "time",
    "nature",
    "quote",
)


def findings(found: Sequence[Finding], form: str, lang: str = "zh") -> str:
    """The findings, gravest first; form: table, jsonl or csv."""
    ordered = sorted(found, key=_gravity)
    if form == "jsonl":
        return "".join(json.dumps(finding_row(one), ensure_ascii=False) + "\n" for one in ordered)
    if form == "csv":
        return _csv([_flat(finding_row(one)) for one in ordered])
    return "".join(_paragraph(one, lang) for one in ordered) + summary(ordered, lang) + "\n"


def _gravity(one: Finding) -> tuple[Any, ...]:
    rank = GRAVEST_FIRST.index(one.verdict), one.upper.nature != "binding"
    return *rank, one.upper_doc, one.lower_doc, one.upper.start


def finding_row(one: Finding) -> dict[str, Any]:
    """One finding as the JSON object that other people's scripts rely on."""
    return {
        "upper": _side(one.upper),
        "lower": _side(one.lower) if one.lower else None,
        "upper_doc": one.upper_doc,
        "lower_doc": one.lower_doc,
        "verdict": one.verdict,
        "gap": one.gap,
        "basis": one.basis,
        "confidence": one.confidence,
        "explanation": one.explanation,
        "explanation_en": one.explanation_en,
        "rule": one.rule,
        "reason": one.reason,
        "notes": list(one.notes),
    }


def _side(quantity: Quantity) -> dict[str, Any]:
    return {name: _plain(getattr(quantity, name)) for name in _SIDE}


def summary(found: Iterable[Finding], lang: str = "zh") -> str:
    """How many findings of each verdict, in words."""
    counts = Counter(one.verdict for one in found)
    parts = [
        f"{t('verdict.' + verdict, lang)} {counts[verdict]}" for verdict in GRAVEST_FIRST if counts[verdict]
    ]
    return " · ".join(parts) or t("nothing", lang)


def _paragraph(one: Finding, lang: str) -> str:
    """One finding for reading: the verdict, the sentence, both quotes with their places."""
    said = one.explanation if lang == "zh" else one.explanation_en
    lines = [
        f"【{t('verdict.' + one.verdict, lang)}】{one.upper.indicator}",
        f"  {said}",
        _quote(one.upper, "↑"),
    ]
    if one.lower:
        lines.append(_quote(one.lower, "↓"))
    lines += [f"  · {note}" for note in one.notes]
    return "\n".join(lines) + "\n\n"


def _quote(side: Quantity, arrow: str) -> str:
    words = " ".join(side.quote.split())
    return f"  {arrow} {side.doc}[{side.start}:{side.end}] {' > '.join(side.section)}\n    「{words}」"


def missing(found: Sequence[Missing], form: str, lang: str = "zh") -> str:
    """Missing documents with who cites them."""
    if form == "jsonl":
        return rows([asdict(one.stub) for one in found], form)
    columns = [t(f"column.{name}", lang) for name in ("title", "number", "issuer", "level", "cited_by")]
    return rows([dict(zip(columns, _missing_cells(one.stub, lang), strict=True)) for one in found], form)


def _missing_cells(stub: Stub, lang: str) -> tuple[str | None, ...]:
    level = t(f"level.{stub.level}", lang) if stub.level else None
    return stub.title, stub.number, stub.issuer, level, ", ".join(stub.cited_by)


def query_names(named: Mapping[str, NamedQuery], lang: str = "zh") -> str:
    """The named queries with what each answers and its parameters."""
    listed = [
        {
            "name": query.name,
            "answers": getattr(query, lang),
            "parameters": " ".join(p.name for p in query.parameters),
        }
        for query in named.values()
    ]
    return rows(listed, "table")


def rows(found: Sequence[dict[str, Any]], form: str) -> str:
    """Rows of a query; form: table, jsonl or csv."""
    if form == "jsonl":
        return "".join(json.dumps(_flat(row), ensure_ascii=False, default=str) + "\n" for row in found)
    if form == "csv":
        return _csv(found)
    return _table(found)


def _csv(found: Sequence[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if found:
        writer.writerow(found[0])
    writer.writerows([_guarded(_plain(value)) for value in row.values()] for row in found)
    return out.getvalue()


def _guarded(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _table(found: Sequence[dict[str, Any]]) -> str:
    if not found:
        return ""
    cells = [[str(name) for name in found[0]]]
    cells += [[_cell(value) for value in row.values()] for row in found]
    widths = [min(48, max(_width(row[i]) for row in cells)) for i in range(len(cells[0]))]
    lines = [
        "  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) for row in cells
    ]
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "".join(line.rstrip() + "\n" for line in lines)


def _cell(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())


def _width(text: str) -> int:
    """Columns on a terminal: Han characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    shown = ""
    for character in text:
        if _width(shown + character) > width - (1 if len(shown) + 1 < len(text) else 0):
            shown += "…"
            break
        shown += character
    return shown + " " * (width - _width(shown))


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Nested objects as dotted columns, lists as text."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat.update({f"{name}.{key}": inner for key, inner in value.items()})
        else:
            flat[name] = "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else _plain(value)
    return flat


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
