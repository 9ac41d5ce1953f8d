"""A report as JSON, for other people's programs: records whole, with titles and numbers beside them."""

import json
from dataclasses import asdict
from typing import Any

from kg.listing import finding_row
from kg.model import to_json
from kg.report.parts import Entry, Report, Side


def render(report: Report) -> bytes:
    """The report in UTF-8, keys in a fixed order.

    `findings`: as `kg compare --format jsonl` has them, with id, and per side title, number and section.
    `targets`, `duties`: records as `kg extract` prints them. Halves of characters stay as JSON escapes.
    """
    text = json.dumps(_whole(report), ensure_ascii=False, indent=1)
    return (text + "\n").encode("utf-8", "backslashreplace")


def _whole(report: Report) -> dict[str, Any]:
    material = report.material
    return {
        "title": report.title,
        "subject": report.subject,
        "scope": asdict(material.scope),
        "date": report.date,
        "version": report.version,
        "digest": report.digest,
        "summary": list(report.summary),
        "counts": {verdict: count for verdict, _, count in report.counts},
        "findings": [_finding(entry) for entry in report.entries],
        "warnings": [asdict(each) for each in report.warnings],
        "governs": [asdict(each) for each in material.governs],
        "missing": [
            {**asdict(row.stub), "governs": shown.governs, "cited_at": list(shown.places)}
            for row, shown in zip(material.missing, report.missing, strict=True)
        ],
        "documents": [
            {**to_json(each), "text": material.text_keys.get(each.doc)}
            for each in material.documents.values()
        ],
        "targets": [to_json(each) for each in material.quantities if each.class_ in ("target", "standard")],
        "duties": [to_json(each) for each in material.assignments],
        "method": list(report.method),
    }


def _finding(entry: Entry) -> dict[str, Any]:
    row = {"id": entry.id, **finding_row(entry.finding)}
    finding = entry.finding
    for name, side, quantity in (
        ("upper", entry.upper, finding.upper),
        ("lower", entry.lower, finding.lower),
    ):
        if side and quantity:
            row[name] |= {**_named(side), "section": list(quantity.section)}
    row["gap_value"] = float(finding.gap_value) if finding.gap_value is not None else None
    return row | {"gap_unit": finding.gap_unit}


def _named(side: Side) -> dict[str, str]:
    return {"title": side.title, "number": side.number}
