"""A report as an official document in Word's format: real headings, numbered 一、（一）, and real tables."""

from collections.abc import Sequence
from typing import Any

from kg.messages import t
from kg.report.charts import Timeline
from kg.report.docx_blocks import Cell, Run, add_paragraph, add_table, cell
from kg.report.docx_page import describe, new_document, packed
from kg.report.parts import Entry, Report, Side

_NUMERALS = "一二三四五六七八九十"
#: width of the type area in mm, and how many plans of a matrix fit beside the metrics
_WIDTH, _COLUMNS = 156, 6
#: findings printed in one section: a document of thousands of pages helps nobody
MOST = 200


def render(report: Report) -> bytes:
    """The document; the same report gives the same bytes."""
    return _Writer(report).bytes()


class _Writer:
    """One document being written from top to bottom; `chapter` and `part` count its headings."""

    def __init__(self, report: Report) -> None:
        self.report, self.lang = report, report.lang
        self.document = new_document()
        self.chapter = self.part = 0
        describe(
            self.document,
            title=report.title,
            subject=report.subject,
            author=f"policy-kg {report.version}",
            comments=f"SHA-256 {report.digest}",
            date=report.date,
        )

    def bytes(self) -> bytes:
        """Write every section and pack the file."""
        sections = (
            self.head,
            self.summary,
            self.shortfalls,
            self.contradictions,
            self.remarks,
            self.charts,
            self.incomparable,
            self.absences,
            self.kept,
            self.peers,
            self.missing,
            self.sources,
            self.method,
        )
        for write in sections:
            write()
        return packed(self.document)

    # ------------------------------------------------------------ sections

    def head(self) -> None:
        """Title, subject, date, hash."""
        report = self.report
        date = f"{self.say('report.date')} {report.date}　" if report.date else ""
        self.paragraph(report.title, "Title")
        self.paragraph(report.subject, "Subtitle")
        self.paragraph(f"{date}{self.say('report.version')} policy-kg {report.version}", "Caption")
        self.paragraph(f"{self.say('report.digest')}\n{report.digest}", "Caption")

    def summary(self) -> None:
        """Plain sentences, then the counts and who is held against whom."""
        self.heading("report.summary")
        for line in self.report.summary:
            self.paragraph(line)
        counts = self.report.counts
        add_table(
            self.document,
            [_WIDTH / len(counts)] * len(counts),
            [
                [cell(word, bold=True, verdict=verdict, centred=True) for verdict, word, _ in counts],
                [cell(str(count), centred=True) for _, _, count in counts],
            ],
        )
        if self.report.pairs:
            self.heading("report.pairs", 2)
            rows = [(pair.upper, pair.lower, pair.basis, pair.reason) for pair in self.report.pairs]
            self.table(("upper_plan", "lower_plan", "basis", "said"), rows, (42, 42, 20, 52))

    def shortfalls(self) -> None:
        """What falls short, comes late or is weaker: one table a finding."""
        self.heading("report.shortfalls")
        if not self.report.shortfalls:
            self.paragraph(self.say("report.no_shortfalls"))
        self.findings(self.report.shortfalls, "report.side.upper", "report.side.lower")

    def contradictions(self) -> None:
        """One plan against itself."""
        if self.report.conflicts:
            self.heading("report.self")
            self.findings(self.report.conflicts, "report.side.first", "report.side.second")

    def remarks(self) -> None:
        """What the check before signature adds."""
        if self.report.warnings:
            self.heading("report.warnings")
            rows = [(each.said, each.section, each.quote) for each in self.report.warnings]
            self.table(("kind", "section", "quote"), rows, (56, 44, 56))

    def charts(self) -> None:
        """The matrix, values over time and duties as tables, which every word processor can edit."""
        report = self.report
        if not (report.matrix.rows or report.timelines or report.loads):
            return
        self.heading("report.charts")
        if report.matrix.rows:
            self.heading("report.matrix", 2)
            self.matrix()
        if report.timelines:
            self.heading("report.timelines", 2)
            for each in report.timelines:
                self.timeline(each)
        if report.loads:
            self.heading("report.loads", 2)
            self.loads()

    def matrix(self) -> None:
        """Metrics × plans, six plans a table."""
        chart = self.report.matrix
        for first in range(0, len(chart.columns), _COLUMNS):
            columns = chart.columns[first : first + _COLUMNS]
            heads = [cell(name, bold=True) for name in (self.say("column.metric"), *columns)]
            rows = [
                [cell(metric), *map(self.verdict, cells[first : first + _COLUMNS])]
                for metric, cells in chart.rows
            ]
            add_table(self.document, (_WIDTH - 22 * len(columns), *(22 for _ in columns)), [heads, *rows])

    def verdict(self, verdict: Any) -> Cell:
        """A cell of the matrix: the word on its colour."""
        return cell(self.say(f"verdict.{verdict}") if verdict else "", verdict=verdict, centred=True)

    def timeline(self, chart: Timeline) -> None:
        """One metric: a column a date, what is asked above what is committed to."""
        marks = (*chart.asked, *chart.committed)
        years = sorted({mark.year: mark.label.partition(" ")[0] for mark in marks}.items())
        heads = [cell(name, bold=True, centred=True) for name in ("", *(label for _, label in years))]
        rows = []
        for name, side in ((chart.upper, chart.asked), (chart.lower, chart.committed)):
            values = {mark.year: mark.label.partition(" ")[2] for mark in side}
            rows.append([cell(name), *(cell(values.get(year, ""), centred=True) for year, _ in years)])
        self.paragraph(f"【{self.say(f'verdict.{chart.verdict}')}】{chart.metric}", "Heading3")
        width = min(24.0, (_WIDTH - 40) / len(years))
        add_table(self.document, (40, *(width for _ in years)), [heads, *rows], together=True)

    def loads(self) -> None:
        """Duties of each agency."""
        names = [
            self.say("column.agency"),
            *(self.say(f"role.{r}") for r in ("lead", "responsible", "support")),
        ]
        rows = [
            [cell(each.agency), *(cell(str(n), centred=True) for n in _load(each))]
            for each in self.report.loads
        ]
        heads = [cell(name, bold=True, centred=True) for name in (*names, "Σ")]
        add_table(self.document, (76, 20, 20, 20, 20), [heads, *rows])

    def incomparable(self) -> None:
        """What could not be compared, with the reason in the sentence."""
        if self.report.incomparable:
            self.heading("report.incomparable")
            self.findings(self.report.incomparable, "report.side.upper", "report.side.lower")

    def absences(self) -> None:
        """Targets without a counterpart; those that may not apply apart."""
        report = self.report
        if not (report.absent or report.doubtful):
            return
        self.heading("report.absent")
        self.paragraph(self.say("report.absent_note"))
        for key, entries in (("", report.absent), ("report.doubtful", report.doubtful)):
            if entries and key:
                self.heading(key, 2)
            if entries:
                shown = self.first(entries)
                rows = [(_metric(each), _said(each.upper), _quoted(each.upper)) for each in shown]
                self.table(("metric", "upper_value", "upper_quote"), rows, (52, 26, 78))

    def kept(self) -> None:
        """What is met, exceeded or contributed."""
        if self.report.kept:
            self.heading("report.kept")
            self.both(self.report.kept, "report.side.upper", "report.side.lower")

    def peers(self) -> None:
        """Plans of unrelated places side by side."""
        if self.report.benchmarks:
            self.heading("report.benchmarks")
            self.both(self.report.benchmarks, "report.side.first", "report.side.second")

    def missing(self) -> None:
        """What the chain lacks."""
        if not self.report.missing:
            return
        self.heading("report.lacking")
        self.paragraph(self.say("report.lacking_note"))
        basis = {True: self.say("report.yes"), False: ""}
        rows = [
            (each.title, each.number, each.level, basis[each.governs], "、".join(each.cited_by))
            for each in self.report.missing
        ]
        self.table(("title", "number", "level", "basis", "cited_by"), rows, (60, 36, 14, 18, 28))

    def sources(self) -> None:
        """The documents that the report rests on."""
        self.heading("report.sources")
        rows = [
            (
                f"《{each.title}》 {each.status}".strip(),
                each.number,
                each.jurisdiction,
                f"{each.file}\n{each.text_key}".strip(),
            )
            for each in self.report.sources
        ]
        self.table(("title", "number", "jurisdiction", "file"), rows, (58, 30, 28, 40))

    def method(self) -> None:
        """Half a page on how and how far."""
        self.heading("report.method")
        for line in self.report.method:
            self.paragraph(line)

    # ------------------------------------------------------------ pieces

    def say(self, key: str, **values: Any) -> str:
        """A sentence of the catalogue in the report's language."""
        return t(key, self.lang, **values)

    def paragraph(self, text: str, style: str = "Normal") -> None:
        """One paragraph in a style, by its id."""
        add_paragraph(self.document, text, style)

    def heading(self, key: str, rank: int = 1) -> None:
        """一、 for a chapter, （一） for a part of it."""
        if rank == 1:
            self.chapter, self.part = self.chapter + 1, 0
            mark = f"{_numeral(self.chapter)}、"
        else:
            self.part += 1
            mark = f"（{_numeral(self.part)}）"
        self.paragraph(mark + self.say(key), f"Heading{rank}")

    def first(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """The gravest findings of a section, and a sentence on how many there are where they are more."""
        if len(entries) > MOST:
            self.paragraph(self.say("report.cut", total=len(entries), shown=MOST))
        return entries[:MOST]

    def findings(self, entries: Sequence[Entry], first: str, second: str) -> None:
        """One table a finding: heading and sentence over both quotes, doubts and ground below."""
        for entry in self.first(entries):
            gap = f"　{entry.gap}" if entry.gap else ""
            rows = [
                [cell(f"【{entry.word}】{_named(entry)}{gap}", bold=True, span=2, verdict=entry.verdict)],
                [cell(entry.said, span=2)],
                [self.side(self.say(first), entry.upper), self.side(self.say(second), entry.lower)],
                [cell(self.ground(entry), span=2)],
            ]
            add_table(self.document, (78, 78), rows, head=False, together=True)

    def side(self, label: str, side: Side | None) -> Cell:
        """One quote, its value above it and its place below."""
        if side is None:
            return cell(f"{label}：{self.say('report.side.none')}")
        number = f" {side.number}" if side.number else ""
        where = f"《{side.title}》{number}\n{side.section}\n{side.doc}[{side.start}:{side.end}]"
        quote = (Run(side.before, grey=True), Run(side.quote, bold=True), Run(side.after, grey=True))
        return Cell(((Run(f"{label}：{_said(side)}", bold=True),), quote, (Run(where, grey=True),)))

    def ground(self, entry: Entry) -> str:
        """Every caution, then basis, confidence and rule."""
        basis = f"{self.say('column.basis')} {entry.basis} · " if entry.basis else ""
        confidence = f"{self.say('column.confidence')} {entry.confidence:.2f}"
        facts = f"{basis}{confidence} · {self.say('column.rule')} {entry.rule}"
        return "\n".join([*(f"· {note}" for note in entry.notes), facts])

    def both(self, entries: Sequence[Entry], first: str, second: str) -> None:
        """A table with both quotes in a row."""
        names = (self.say("column.verdict"), self.say("column.metric"), self.say(first), self.say(second))
        heads = [cell(name, bold=True) for name in names]
        rows = [
            [
                cell(each.word, verdict=each.verdict, centred=True),
                cell(_metric(each)),
                *(cell(f"{_said(side)}\n{_quoted(side)}") for side in (each.upper, each.lower) if side),
            ]
            for each in self.first(entries)
        ]
        add_table(self.document, (18, 36, 51, 51), [heads, *rows])

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A table of plain text under the catalogue's names of columns."""
        heads = [cell(self.say(f"column.{name}"), bold=True) for name in columns]
        add_table(self.document, widths, [heads, *([cell(text) for text in row] for row in rows)])


def _named(entry: Entry) -> str:
    return entry.metric + (f"（{entry.nature}）" if entry.nature else "")


def _metric(entry: Entry) -> str:
    """The metric with its nature, gap and cautions, a line each."""
    gap = [entry.gap] if entry.gap else []
    return "\n".join([_named(entry), *gap, *(f"· {note}" for note in entry.notes)])


def _quoted(side: Side) -> str:
    """A quote and its place, for a cell."""
    number = f" {side.number}" if side.number else ""
    return f"「{side.quote}」\n《{side.title}》{number} {side.section} {side.doc}[{side.start}:{side.end}]"


def _said(side: Side) -> str:
    return f"{side.time} {side.value}".strip()


def _load(load: Any) -> tuple[int, ...]:
    return load.lead, load.responsible, load.support, load.total


def _numeral(value: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十."""
    tens, ones = divmod(value, 10)
    if tens == 0:
        return _NUMERALS[ones - 1]
    return ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" + (_NUMERALS[ones - 1] if ones else "")
