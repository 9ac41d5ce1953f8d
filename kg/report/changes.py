"""Differences of editions and of builds, as lines for people and JSON lines for programs."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from kg.builds import BuildDifference
from kg.explain import Lang, value_of
from kg.listing import finding_row
from kg.messages import t
from kg.model import Deadline, Finding, Quantity
from kg.point_changes import Difference
from kg.report.words import metric_of, one_line, section_of


def editions(found: Sequence[Difference], form: str, lang: Lang) -> str:
    """The changes; form: lines or jsonl."""
    if form == "jsonl":
        return "".join(json.dumps(_row(each), ensure_ascii=False) + "\n" for each in found)
    if not found:
        return t("diff.none", lang) + "\n"
    return "".join(f"{line}\n" for each in found for line in _lines(each, lang))


def builds(found: BuildDifference, form: str, lang: Lang) -> str:
    """What changed between two builds; form: lines or jsonl."""
    if form == "jsonl":
        return json.dumps(_whole(found), ensure_ascii=False) + "\n"
    return "".join(f"{line}\n" for line in _build_lines(found, lang)) or t("diff.none", lang) + "\n"


# ---------------------------------------------------------------- editions


def _lines(each: Difference, lang: Lang) -> Iterator[str]:
    """What changed, then both quotes."""
    detail = f"（{t(f'diff.detail.{each.detail}', lang)}）" if each.detail else ""
    both = each.old is not None and each.new is not None
    effect = (
        f" [{t('diff.stricter' if each.strict > 0 else 'diff.easier', lang)}]" if each.strict and both else ""
    )
    values = f"{_value(each.old, lang)} → {_value(each.new, lang)}"
    yield f"{t(f'diff.{each.change}', lang)} {one_line(each.metric)}: {values}{detail}{effect}"
    for mark, side in (("-", each.old), ("+", each.new)):
        if side is not None:
            yield f"  {mark} {section_of(side.section)} [{side.start}:{side.end}]「{one_line(side.quote)}」"


def _value(side: Quantity | Deadline | None, lang: Lang) -> str:
    if side is None:
        return t("check.none", lang)
    if isinstance(side, Deadline):
        return side.time
    return f"{side.time or ''} {one_line(value_of(side, lang))}".strip()


def _row(each: Difference) -> dict[str, Any]:
    return {
        "change": each.change,
        "metric": each.metric,
        "strict": each.strict,
        "detail": each.detail,
        "old": _side(each.old),
        "new": _side(each.new),
    }


def _side(side: Quantity | Deadline | None) -> dict[str, Any] | None:
    if side is None:
        return None
    row: dict[str, Any] = {"section": list(side.section), "start": side.start, "end": side.end}
    row |= {"quote": side.quote, "time": side.time}
    if isinstance(side, Quantity):
        numbers = [float(end) if end is not None else None for end in (side.value, side.value_high)]
        row |= {"indicator": side.indicator, "value": numbers[0], "value_high": numbers[1]}
        row |= {"comparator": side.comparator, "unit": side.unit, "nature": side.nature, "soft": side.soft}
    return row


# ---------------------------------------------------------------- builds


def _build_lines(found: BuildDifference, lang: Lang) -> Iterator[str]:
    for mark, docs in (("+", found.documents_added), ("-", found.documents_dropped)):
        yield from (f"{mark} {t('column.document', lang)} {doc}" for doc in docs)
    for count in found.counts:
        yield t("diff.count", lang, **asdict(count))
    for mark, findings in (("+", found.findings_added), ("-", found.findings_lost)):
        yield from (f"{mark} {_told(finding, lang)}" for finding in findings)
    for before, after in found.findings_changed:
        yield f"~ {_told(after, lang)} ({t('diff.was', lang)} {t(f'verdict.{before.verdict}', lang)})"


def _told(finding: Finding, lang: Lang) -> str:
    word = t(f"verdict.{finding.verdict}", lang)
    asked = f"{metric_of(finding.upper)} {finding.upper.time or ''}".strip()
    return f"{word} {asked} {finding.upper_doc} → {finding.lower_doc}"


def _whole(found: BuildDifference) -> dict[str, Any]:
    return {
        "documents_added": list(found.documents_added),
        "documents_dropped": list(found.documents_dropped),
        "counts": [asdict(each) for each in found.counts],
        "findings_added": _rows(found.findings_added),
        "findings_lost": _rows(found.findings_lost),
        "findings_changed": [
            {"before": finding_row(before), "after": finding_row(after)}
            for before, after in found.findings_changed
        ],
    }


def _rows(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [finding_row(each) for each in findings]
