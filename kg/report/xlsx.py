"""A report as a workbook: findings, targets and duties to filter and count, numbers as numbers."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import ceil
from typing import Any

from kg.explain import figure
from kg.messages import t
from kg.model import Quantity
from kg.report.content import number
from kg.report.parts import Entry, Report
from kg.report.svg import COLOURS
from kg.report.words import one_line, printable, section_of, title_of

#: what one cell holds at most (Excel: 32,767 characters)
_CELL = 32_000
#: points a line, and lines a row may have (Excel: 409 points)
_LINE, _MOST_LINES = 15.0, 27
_EPOCH = datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, (heading, width in characters) of each column, the rows, the columns printed."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Any]]
    printed: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A number and what stands around it on the page; the cell holds the number alone."""

    value: Decimal
    before: str
    after: str

    @property
    def form(self) -> str:
        """The number format; quotes in a unit cannot be escaped in one, so they are left out."""
        before, after = (text.replace('"', "") for text in (self.before, self.after))
        return f'"{before}"General"{after}"'


class _Formats:
    """Cell formats, made when they are first asked for."""

    def __init__(self, book: Any) -> None:
        self.book, self.made = book, dict[str, Any]()
        plain = {"valign": "top", "text_wrap": True, "font_name": "仿宋", "font_size": 11}
        self.plain = plain | {"bottom": 1, "bottom_color": "#d8d8d8"}
        head = {"bold": True, "valign": "vcenter", "text_wrap": True, "bg_color": "#f4f2ee", "border": 1}
        title = {"bold": True, "font_size": 16, "font_name": "方正小标宋简体", "text_wrap": True}
        self.styles = {"text": self.plain, "plain": plain, "head": head, "title": title}
        for verdict, (ground, ink) in COLOURS.items():
            self.styles[verdict] = {**self.plain, "bg_color": ground, "font_color": ink, "bold": True}

    def __getitem__(self, name: str) -> Any:
        """A named style, or a number format."""
        if name not in self.made:
            style = self.styles.get(name) or {**self.plain, "num_format": name, "align": "left"}
            self.made[name] = self.book.add_format(style)
        return self.made[name]


def render(report: Report) -> bytes:
    """The workbook; text is always written as text, so nothing in it can be taken for a formula."""
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"title": report.title, "subject": report.subject, "created": _created(report)})
    formats = _Formats(book)
    for sheet in (_findings(report), _targets(report), _duties(report), _missing(report)):
        _write(book, sheet, formats)
    _about(book, report, formats)
    book.close()
    return made.getvalue()


def _created(report: Report) -> datetime:
    return datetime.fromisoformat(report.date) if report.date else _EPOCH


def _write(book: Any, sheet: Sheet, formats: _Formats) -> None:
    """One sheet with a frozen head, a filter on every column and a page set-up that prints."""
    page = book.add_worksheet(sheet.name)
    for column, (heading, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write_string(0, column, heading, formats["head"])
    for line, row in enumerate(sheet.rows, 1):
        page.set_row(line, _height(row, sheet.columns))
        for column, value in enumerate(row):
            _cell(page, line, column, value, formats)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.print_area(0, 0, len(sheet.rows), sheet.printed - 1)
    page.set_landscape()
    _page(page)
    page.repeat_rows(0)


def _page(page: Any) -> None:
    """A3, as wide as the page, with page numbers."""
    page.set_paper(8)
    page.set_margins(0.4, 0.4, 0.5, 0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&C— &P —")


def _height(row: Sequence[Any], columns: Sequence[tuple[str, int]]) -> float:
    """Points that the fullest cell of a row needs: not every program finds out by itself."""
    return _LINE * max(_lines(value, width) for value, (_, width) in zip(row, columns, strict=True))


def _lines(value: Any, width: int) -> int:
    """Lines that a cell of `width` characters needs; a Han character takes two; at most what Excel allows."""
    if not isinstance(value, str):
        return 1
    return min(
        _MOST_LINES, sum(ceil((_columns(line) or 1) / max(1, width - 2)) for line in value.split("\n"))
    )


def _columns(line: str) -> int:
    """Characters as wide as digits: a Han character has three bytes and is two wide."""
    return (len(line) + len(line.encode("utf-8", "replace"))) // 2


def _cell(page: Any, line: int, column: int, value: Any, formats: _Formats) -> None:
    """Numbers as numbers, all else as text; a verdict in its colour."""
    if value is None or value == "":
        page.write_blank(line, column, None, formats["text"])
        return
    if isinstance(value, Shown):
        page.write_number(line, column, number(value.value), formats[value.form])
    elif isinstance(value, (int, float)):
        page.write_number(line, column, value, formats["General"])
    elif isinstance(value, Entry):
        page.write_string(line, column, value.word, formats[value.verdict])
    else:
        page.write_string(line, column, printable(str(value))[:_CELL], formats["text"])


# ---------------------------------------------------------------- what stands in the sheets


def _findings(report: Report) -> Sheet:
    widths = {
        "verdict": 9, "metric": 28, "nature": 9, "upper_value": 13, "upper_time": 9, "lower_value": 13,
        "lower_time": 9, "gap": 14, "upper_quote": 40, "lower_quote": 40, "said": 50, "notes": 30,
        "upper_plan": 26, "upper_section": 26, "upper_place": 20, "lower_plan": 26, "lower_section": 26,
        "lower_place": 20, "gap_value": 9, "gap_unit": 10, "basis": 11, "confidence": 9, "rule": 14,
    }  # fmt: skip
    return Sheet(
        t("sheet.findings", report.lang),
        _headings(widths, report),
        [_finding_row(entry) for entry in report.entries],
        printed=12,
    )


def _headings(widths: dict[str, int], report: Report) -> list[tuple[str, int]]:
    return [(t(f"column.{name}", report.lang), width) for name, width in widths.items()]


def _finding_row(entry: Entry) -> list[Any]:
    upper, lower, finding = entry.upper, entry.lower, entry.finding
    return [
        entry,
        entry.metric,
        entry.nature,
        _value(finding.upper, upper.value),
        _time(upper.time),
        _value(finding.lower, lower.value) if lower else None,
        _time(lower.time) if lower else None,
        entry.gap,
        upper.quote,
        lower.quote if lower else None,
        entry.said,
        "\n".join(entry.notes),
        entry.upper_plan,
        upper.section,
        f"{upper.doc}[{upper.start}:{upper.end}]",
        entry.lower_plan,
        lower.section if lower else None,
        f"{lower.doc}[{lower.start}:{lower.end}]" if lower else None,
        number(finding.gap_value),
        finding.gap_unit,
        entry.basis,
        entry.confidence,
        entry.rule,
    ]


def _value(quantity: Quantity | None, words: str) -> Any:
    """The number, shown with its bound and unit (不低于60%); words alone for a range and for no number."""
    if quantity is None or quantity.value is None or quantity.value_high is not None:
        return words
    before, found, after = words.partition(figure(quantity.value))
    return Shown(quantity.value, before, after) if found else words


def _time(time: str) -> Any:
    """A year as a number, anything finer as printed."""
    return int(time) if time.isdigit() else time


def _targets(report: Report) -> Sheet:
    widths = {
        "document": 14, "title": 34, "class": 8, "metric": 36, "comparator": 7, "value": 10,
        "value_high": 10, "unit": 10, "time": 9, "time_from": 10, "nature": 9, "soft": 8, "scope": 14,
        "population": 16, "per": 12, "section": 34, "quote": 50, "start": 8, "end": 8, "confidence": 9,
    }  # fmt: skip
    chosen = [each for each in report.material.quantities if each.class_ in ("target", "standard")]
    return Sheet(
        t("sheet.targets", report.lang),
        _headings(widths, report),
        [_target_row(each, report) for each in chosen],
        printed=17,
    )


def _target_row(each: Quantity, report: Report) -> list[Any]:
    return [
        each.doc,
        title_of(report.material.documents[each.doc]),
        t(f"class.{each.class_}", report.lang),
        "".join(each.indicator.split()),
        each.comparator,
        number(each.value),
        number(each.value_high),
        each.unit,
        _time(each.time or ""),
        each.time_from,
        t(f"nature.{each.nature}", report.lang) if each.nature else None,
        each.soft,
        each.scope,
        each.population,
        each.per,
        section_of(each.section),
        one_line(each.quote),
        each.start,
        each.end,
        each.confidence,
    ]


def _duties(report: Report) -> Sheet:
    widths = {
        "document": 14, "title": 34, "agency": 26, "raw": 20, "role": 8, "task": 44, "section": 34,
        "quote": 60, "start": 8, "end": 8,
    }  # fmt: skip
    rows = [
        [
            each.doc,
            title_of(report.material.documents[each.doc]),
            role.name,
            one_line(role.raw),
            t(f"role.{role.role}", report.lang),
            one_line(each.task),
            section_of(each.section),
            one_line(each.quote),
            each.start,
            each.end,
        ]
        for each in report.material.assignments
        for role in each.agencies
    ]
    return Sheet(t("sheet.duties", report.lang), _headings(widths, report), rows, len(widths))


def _missing(report: Report) -> Sheet:
    widths = {
        "title": 50, "number": 24, "issuer": 26, "level": 9, "basis": 9, "cited_by": 30, "places": 44,
    }  # fmt: skip
    rows = [
        [
            each.title,
            each.number,
            each.issuer,
            each.level,
            t("report.yes", report.lang) if each.governs else None,
            "、".join(each.cited_by),
            " ".join(each.places),
        ]
        for each in report.missing
    ]
    return Sheet(t("sheet.missing", report.lang), _headings(widths, report), rows, len(widths))


def _about(book: Any, report: Report, formats: _Formats) -> None:
    """Summary, remarks, method, sources, hash: what a sheet passed on without its report must still say."""
    page = book.add_worksheet(t("sheet.about", report.lang))
    page.set_column(0, 0, 110)
    _page(page)
    page.write_string(0, 0, f"{report.title}：{report.subject}", formats["title"])
    facts = [
        f"{t('report.date', report.lang)} {report.date}" if report.date else "",
        f"{t('report.version', report.lang)} policy-kg {report.version}",
        f"{t('report.digest', report.lang)} {report.digest}",
    ]
    warned = [f"{each.said} {each.quote}" for each in report.warnings]
    sources = [
        f"{each.doc} 《{each.title}》 {each.number} {each.file} {each.text_key}" for each in report.sources
    ]
    lines = [*facts, "", *report.summary, "", *warned, *report.method, "", *sources]
    page.set_row(0, 2 * _LINE * _lines(f"{report.title}：{report.subject}", 70))
    for line, text in enumerate(lines, 2):
        page.set_row(line, _LINE * _lines(text, 110))
        if text:
            page.write_string(line, 0, printable(text)[:_CELL], formats["plain"])
