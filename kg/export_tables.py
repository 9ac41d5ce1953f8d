"""The records as JSON lines, and targets and findings as tables for spreadsheets.

A cell that a spreadsheet would take for a formula is disarmed: in CSV by an apostrophe before it, in
workbooks by writing every text as text.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg import queries
from kg.files import write_bytes_whole
from kg.messages import t
from kg.model import Document, Finding, Quantity, Record, to_json
from kg.source import GraphSource
from kg.vocabulary import finding_id

Cell = str | int | Decimal | None
Row = Sequence[Cell]

#: what begins a formula in a spreadsheet (OWASP, CSV injection), unless all of it is a number
_FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


# ---------------------------------------------------------------- JSON lines


def jsonl(source: GraphSource, out: Path) -> list[Path]:
    """Every record as `kg extract` prints it, then repairs, metrics, links and findings; one a line."""
    lines = (json.dumps(row, ensure_ascii=False, default=_plain) + "\n" for row in rows(source))
    write_bytes_whole(out, "".join(lines).encode("utf-8", "surrogatepass"))
    return [out]


def rows(source: GraphSource) -> Iterator[dict[str, Any]]:
    """The objects of the JSON lines; `kind` says what each is."""
    known = queries.knowledge(source)
    groups: list[Sequence[Record]] = [known.documents, known.quantities, known.citations, known.goals]
    groups += [known.assignments, known.tasks, known.deadlines]
    for group in groups:
        yield from (to_json(record) for record in group)
    yield from ({"kind": "repair", "doc": doc, **asdict(repair)} for doc, repair in known.repairs)
    yield from ({"kind": "metric", **asdict(each)} for each in known.concepts)
    for (doc, record), concept in known.concept_of.items():
        yield {"kind": "measures", "doc": doc, "record": record, "metric": concept}
    yield from ({"kind": "alignment", **asdict(each)} for each in known.alignments)
    for (left_doc, left), (right_doc, right), score in known.similar:
        left_side, right_side = {"doc": left_doc, "record": left}, {"doc": right_doc, "record": right}
        yield {"kind": "similar", "left": left_side, "right": right_side, "score": score}
    yield from ({"kind": "missing", **asdict(each)} for each in known.stubs)
    yield from ({"kind": "governs", **asdict(each)} for each in known.governs)
    for each in known.findings:
        sides = {"upper": to_json(each.upper), "lower": to_json(each.lower) if each.lower else None}
        yield {"kind": "finding", "id": finding_id(each), **asdict(each), **sides}


def _plain(value: object) -> Any:
    """Decimals as JSON numbers, exact for what plans print."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value).__name__)


# ---------------------------------------------------------------- tables


def csv_files(source: GraphSource, out: Path) -> list[Path]:
    """`targets.csv` and `findings.csv` in the folder `out`, UTF-8 with a mark that spreadsheets look for."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in _tables(source).items():
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows([[disarmed(cell) for cell in row] for row in table])
        path = out / f"{name}.csv"
        write_bytes_whole(path, text.getvalue().encode("utf-8-sig"))
        written.append(path)
    return written


def disarmed(cell: Cell) -> str:
    """A cell as CSV text that no spreadsheet will run."""
    text = "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def xlsx(source: GraphSource, out: Path) -> list[Path]:
    """One workbook with a sheet for targets and one for findings, headings frozen and filterable."""
    import xlsxwriter

    body = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(body, options) as book:
        book.set_properties({"created": SOME_DAY})
        heading, wrapped = (
            book.add_format({"bold": True}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        for name, table in _tables(source).items():
            sheet = book.add_worksheet(t(f"table.sheet_{name}"))
            for number, row in enumerate(table):
                _write_row(sheet, number, row, wrapped if number else heading)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(table) - 1, len(table[0]) - 1)
            sheet.set_column(0, len(table[0]) - 1, 18)
    write_bytes_whole(out, body.getvalue())
    return [out]


#: the day of writing would change the bytes of a workbook; which day stands there instead is all one
SOME_DAY = datetime(2000, 1, 1)
#: characters that one cell of a workbook holds
CELL = 32_767
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _write_row(sheet: Any, number: int, row: Row, style: Any) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, (int, Decimal)):
            sheet.write_number(number, column, float(cell), style)
        elif cell is not None:
            sheet.write_string(number, column, _NO_XML.sub("\N{REPLACEMENT CHARACTER}", cell)[:CELL], style)


def _tables(source: GraphSource) -> dict[str, list[Row]]:
    """Both tables, each with its heading row."""
    titles = {each.doc: each for each in queries.documents(source)}
    targets = queries.quantities(source, class_="target")
    return {
        "targets": [
            [t(f"table.{name}") for name in TARGET_COLUMNS],
            *([get(each, titles) for get in TARGET_COLUMNS.values()] for each in targets),
        ],
        "findings": [
            [t(f"table.{name}") for name in FINDING_COLUMNS],
            *([get(each, titles) for get in FINDING_COLUMNS.values()] for each in queries.findings(source)),
        ],
    }


#: a lone "=" would look like a formula
SIGNS: dict[str, str] = {"=": "等于", ">=": "≥", ">": ">", "<=": "≤", "<": "<", "range": "区间", "~": "约"}

Titles = dict[str, Document]

TARGET_COLUMNS: dict[str, Callable[[Quantity, Titles], Cell]] = {
    "document": lambda each, titles: each.doc,
    "title": lambda each, titles: titles[each.doc].title,
    "jurisdiction": lambda each, titles: titles[each.doc].jurisdiction,
    "section": lambda each, titles: " / ".join(each.section),
    "indicator": lambda each, titles: each.indicator,
    "comparator": lambda each, titles: SIGNS.get(each.comparator or ""),
    "value": lambda each, titles: each.value,
    "value_high": lambda each, titles: each.value_high,
    "unit": lambda each, titles: each.unit,
    "time": lambda each, titles: each.time,
    "nature": lambda each, titles: t(f"nature.{each.nature}") if each.nature else None,
    "soft": lambda each, titles: each.soft,
    "scope": lambda each, titles: each.scope,
    "population": lambda each, titles: each.population,
    "quote": lambda each, titles: each.quote,
    "start": lambda each, titles: each.start,
    "end": lambda each, titles: each.end,
    "record": lambda each, titles: each.id,
}


def _amount(side: Quantity | None) -> str | None:
    """A side's value in one cell: "≥60%", "2–5万张"; the words of the text where it gives no number."""
    if side is None:
        return None
    if side.value is None:
        return side.quote
    sign = SIGNS[side.comparator] if side.comparator in (">=", ">", "<=", "<", "~") else ""
    high = f"–{side.value_high:f}" if side.value_high is not None else ""
    return f"{sign}{side.value:f}{high}{side.unit or ''}"


FINDING_COLUMNS: dict[str, Callable[[Finding, Titles], Cell]] = {
    "verdict": lambda each, titles: t(f"verdict.{each.verdict}"),
    "indicator": lambda each, titles: each.upper.indicator,
    "gap": lambda each, titles: each.gap,
    "explanation": lambda each, titles: each.explanation,
    "upper_title": lambda each, titles: titles[each.upper_doc].title,
    "upper_value": lambda each, titles: _amount(each.upper),
    "upper_time": lambda each, titles: each.upper.time,
    "upper_quote": lambda each, titles: each.upper.quote,
    "lower_title": lambda each, titles: titles[each.lower_doc].title,
    "lower_indicator": lambda each, titles: each.lower.indicator if each.lower else None,
    "lower_value": lambda each, titles: _amount(each.lower),
    "lower_time": lambda each, titles: each.lower.time if each.lower else None,
    "lower_quote": lambda each, titles: each.lower.quote if each.lower else None,
    "basis": lambda each, titles: t(f"basis.{each.basis}") if each.basis else None,
    "confidence": lambda each, titles: Decimal(f"{each.confidence:g}"),
    "notes": lambda each, titles: "；".join(each.notes),
    "upper_document": lambda each, titles: each.upper_doc,
    "lower_document": lambda each, titles: each.lower_doc,
    "finding": lambda each, titles: finding_id(each),
}
