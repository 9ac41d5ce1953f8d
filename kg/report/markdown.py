"""A report as Markdown, for notes, tickets and version control."""

import re
from collections.abc import Iterable, Sequence

from kg.messages import t
from kg.report.parts import Entry, Report, Side
from kg.report.words import printable

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def render(report: Report) -> bytes:
    """The report in UTF-8; whatever a document says is escaped, so that it stays text."""
    return (printable("\n".join(_lines(report))).rstrip() + "\n").encode("utf-8")


def _lines(report: Report) -> Iterable[str]:
    yield from _head(report)
    yield from _cards(report, "shortfalls", report.shortfalls, t("report.no_shortfalls", report.lang))
    yield from _cards(report, "self", report.conflicts)
    yield from _warnings(report)
    yield from _matrix(report)
    yield from _cards(report, "incomparable", report.incomparable)
    yield from _absences(report, "absent", report.absent)
    yield from _absences(report, "doubtful", report.doubtful)
    yield from _cards(report, "kept", report.kept)
    yield from _cards(report, "benchmarks", report.benchmarks)
    yield from _missing(report)
    yield from _sources(report)
    yield from ["", f"## {t('report.method', report.lang)}", ""]
    yield "\n\n".join(_safe(line) for line in report.method)


def _head(report: Report) -> Iterable[str]:
    yield f"# {_safe(report.title)}：{_safe(report.subject)}"
    yield ""
    if report.date:
        yield f"- {t('report.date', report.lang)} {report.date}"
    yield f"- {t('report.version', report.lang)} policy-kg {report.version}"
    yield f"- {t('report.digest', report.lang)} `{report.digest}`"
    yield from ["", f"## {t('report.summary', report.lang)}", ""]
    yield from (f"- {_safe(line)}" for line in report.summary)
    yield ""
    columns = ("upper_plan", "lower_plan", "basis", "said")
    rows = [(pair.upper, pair.lower, pair.basis, pair.reason) for pair in report.pairs]
    yield from _table([t(f"column.{name}", report.lang) for name in columns], rows)


def _cards(report: Report, key: str, entries: Sequence[Entry], otherwise: str = "") -> Iterable[str]:
    """One heading a finding, the sentence, both quotes with their places."""
    if not entries and not otherwise:
        return
    yield from ["", f"## {t(f'report.{key}', report.lang)}", ""]
    if not entries:
        yield _safe(otherwise)
    for entry in entries:
        nature = f"（{entry.nature}）" if entry.nature else ""
        yield f"### 【{entry.word}】{_safe(entry.metric)}{nature}"
        yield from ["", _safe(entry.said), "", *_quote("↑", entry.upper)]
        if entry.lower:
            yield from ["", *_quote("↓", entry.lower)]
        yield from ["", *(f"- {_safe(note)}" for note in entry.notes)]
        basis = f"{t('column.basis', report.lang)} {entry.basis} · " if entry.basis else ""
        confidence = f"{t('column.confidence', report.lang)} {entry.confidence:.2f}"
        yield from [f"- {basis}{confidence} · {t('column.rule', report.lang)} `{entry.rule}`", ""]


def _quote(arrow: str, side: Side) -> Iterable[str]:
    number = f" {side.number}" if side.number else ""
    yield f"> {arrow} {_safe(side.before)}**{_safe(side.quote)}**{_safe(side.after)}  "
    place = f"`{side.doc}[{side.start}:{side.end}]`"
    yield f"> 《{_safe(side.title)}》{_safe(number)} · {_safe(side.section)} · {place}"


def _warnings(report: Report) -> Iterable[str]:
    if report.warnings:
        yield from ["", f"## {t('report.warnings', report.lang)}", ""]
        yield from (
            f"- {_safe(each.said)}{f'：{_safe(each.quote)}' if each.quote else ''}"
            for each in report.warnings
        )


def _matrix(report: Report) -> Iterable[str]:
    if not report.matrix.rows:
        return
    yield from ["", f"## {t('report.matrix', report.lang)}", ""]
    rows = [
        (metric, *(t(f"verdict.{verdict}", report.lang) if verdict else "" for verdict in cells))
        for metric, cells in report.matrix.rows
    ]
    yield from _table((t("column.metric", report.lang), *report.matrix.columns), rows)


def _absences(report: Report, key: str, entries: Sequence[Entry]) -> Iterable[str]:
    if not entries:
        return
    yield from [
        "",
        f"## {t(f'report.{key}', report.lang)}",
        "",
        _safe(t("report.absent_note", report.lang)),
        "",
    ]
    columns = ("metric", "upper_value", "upper_time", "lower_plan", "upper_quote", "upper_place", "notes")
    rows = [
        (
            entry.metric,
            entry.upper.value,
            entry.upper.time,
            entry.lower_plan,
            entry.upper.quote,
            f"{entry.upper.doc}[{entry.upper.start}:{entry.upper.end}]",
            "；".join(entry.notes),
        )
        for entry in entries
    ]
    yield from _table([t(f"column.{name}", report.lang) for name in columns], rows)


def _missing(report: Report) -> Iterable[str]:
    if not report.missing:
        return
    yield from [
        "",
        f"## {t('report.lacking', report.lang)}",
        "",
        _safe(t("report.lacking_note", report.lang)),
        "",
    ]
    columns = ("title", "number", "issuer", "level", "basis", "cited_by", "places")
    rows = [
        (
            each.title,
            each.number,
            each.issuer,
            each.level,
            t("report.yes", report.lang) if each.governs else "",
            "、".join(each.cited_by),
            " ".join(each.places),
        )
        for each in report.missing
    ]
    yield from _table([t(f"column.{name}", report.lang) for name in columns], rows)


def _sources(report: Report) -> Iterable[str]:
    yield from ["", f"## {t('report.sources', report.lang)}", ""]
    columns = ("document", "title", "number", "jurisdiction", "period", "file", "text_key")
    rows = [
        (each.doc, each.title, each.number, each.jurisdiction, each.period, each.file, each.text_key)
        for each in report.sources
    ]
    yield from _table([t(f"column.{name}", report.lang) for name in columns], rows)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterable[str]:
    if not rows:
        return
    yield f"| {' | '.join(map(_safe, columns))} |"
    yield f"|{'---|' * len(columns)}"
    yield from (f"| {' | '.join(map(_safe, row))} |" for row in rows)


def _safe(text: str) -> str:
    """Text that no Markdown reader takes for markup or HTML."""
    return _SPECIAL.sub(r"\\\1", text)
