"""Charts as SVG text, drawn by hand: no library, no script, no outside font; words beside every colour.

Colours are those of Okabe and Ito, told apart by people who see red and green alike, and each cell carries
its verdict in words, so that a copy in black and white says as much.
"""

from collections.abc import Iterable, Sequence
from html import escape

from kg.explain import Lang
from kg.messages import t
from kg.model import Verdict
from kg.report.charts import Load, Mark, Matrix, Timeline
from kg.report.words import printable

#: verdict → (ground, ink)
COLOURS: dict[Verdict, tuple[str, str]] = {
    "short": ("#d55e00", "#ffffff"),
    "late": ("#e69f00", "#000000"),
    "weaker": ("#f0e442", "#000000"),
    "conflict": ("#cc79a7", "#000000"),
    "absent": ("#ffffff", "#555555"),
    "incomparable": ("#c4c4c4", "#000000"),
    "contributes": ("#56b4e9", "#000000"),
    "meets": ("#009e73", "#ffffff"),
    "exceeds": ("#0072b2", "#ffffff"),
    "benchmark": ("#eeeeee", "#333333"),
}
#: columns of a matrix that fit beside the names on a page; more make a further chart
COLUMNS = 8
_WIDTH, _NAMES, _ROW, _HEAD = 680, 250, 34, 46
_PLOT = (330, 190)
_INK, _FAINT = "#222222", "#cccccc"
_ROLES = (
    ("lead", "#0072b2", "#ffffff"),
    ("responsible", "#56b4e9", "#000000"),
    ("support", "#c4c4c4", "#000000"),
)


def matrix(chart: Matrix, lang: Lang) -> list[str]:
    """The matrix, at most `COLUMNS` plans a picture."""
    pictures = []
    for first in range(0, len(chart.columns), COLUMNS):
        chosen = slice(first, first + COLUMNS)
        rows = [(metric, cells[chosen]) for metric, cells in chart.rows if any(cells[chosen])]
        pictures.append(_block(chart.columns[chosen], rows, lang))
    return pictures


def _block(columns: Sequence[str], rows: Sequence[tuple[str, tuple[Verdict | None, ...]]], lang: Lang) -> str:
    width = min(110.0, (_WIDTH - _NAMES) / max(1, len(columns)))
    parts = [
        _lines(
            name, _NAMES + (at + 0.5) * width, _HEAD / 2, int(width // 12) or 1, anchor="middle", bold=True
        )
        for at, name in enumerate(columns)
    ]
    for line, (metric, cells) in enumerate(rows):
        y = _HEAD + line * _ROW
        parts.append(_lines(metric, 0, y + _ROW / 2, 20))
        for at, verdict in enumerate(cells):
            parts.append(_cell(_NAMES + at * width, y, width, verdict, lang))
    return _svg(_NAMES + width * len(columns), _HEAD + _ROW * len(rows), parts, t("report.matrix", lang))


def _cell(x: float, y: float, width: float, verdict: Verdict | None, lang: Lang) -> str:
    if verdict is None:
        return _box(x + 2, y + 2, width - 4, _ROW - 4, fill="#fafafa", edge=_FAINT)
    ground, ink = COLOURS[verdict]
    word = t(f"verdict.{verdict}", lang)
    size = 13 if len(word) * 7.5 < width - 8 else 10
    edge = "#888888" if verdict == "absent" else ground
    box = _box(x + 2, y + 2, width - 4, _ROW - 4, fill=ground, edge=edge, dashed=verdict == "absent")
    return box + _text(x + width / 2, y + _ROW / 2 + size * 0.36, word, anchor="middle", ink=ink, size=size)


# ---------------------------------------------------------------- values over time


def timeline(chart: Timeline, lang: Lang) -> str:
    """One metric: what is asked dashed with squares, what is committed to solid with circles."""
    plot = _Plot(chart)
    ground = COLOURS[chart.verdict][0]
    parts = [
        _lines(chart.metric, 4, 16, 25, bold=True),
        *plot.axes(),
        plot.path(chart.asked, _INK, dashed=True),
        plot.path(chart.committed, ground),
    ]
    for mark in chart.asked:
        x, y = plot.at(mark)
        parts.append(_box(x - 6, y - 6, 12, 12, fill=_INK, edge=_INK))
        parts.append(_text(plot.inside(x), y - 10, mark.label, anchor=plot.anchor(x), size=11, halo=True))
    for mark in chart.committed:
        x, y = plot.at(mark)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{ground}" stroke="{_INK}"/>')
        parts.append(_text(plot.inside(x), y + 18, mark.label, anchor=plot.anchor(x), size=11, halo=True))
    word = t(f"verdict.{chart.verdict}", lang)
    key = f"- - ■ {chart.upper}    — ● {chart.lower}    【{word}】"
    parts.append(_text(4, _PLOT[1] - 4, key, ink="#444444", size=11))
    return _svg(*_PLOT, parts, f"{chart.metric} {word}")


class _Plot:
    """The scales of one time line."""

    left, right, top, bottom = 20.0, _PLOT[0] - 20.0, 62.0, _PLOT[1] - 52.0

    def __init__(self, chart: Timeline) -> None:
        marks = (*chart.asked, *chart.committed)
        years, values = [mark.year for mark in marks], [mark.value for mark in marks]
        self.first, self.last = min(years), max(years)
        self.low, self.high = min(values), max(values)

    def at(self, mark: Mark) -> tuple[float, float]:
        return self._x(mark.year), self._y(mark.value)

    def _x(self, year: float) -> float:
        span = self.last - self.first or 1.0
        return self.left + 20 + (year - self.first) / span * (self.right - self.left - 40)

    def _y(self, value: float) -> float:
        if self.high == self.low:
            return (self.top + self.bottom) / 2
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def axes(self) -> Iterable[str]:
        """A base line with a tick at the end of each year, at most ten labelled."""
        base = self.bottom + 22
        yield f'<path d="M{self.left} {base}H{self.right}" stroke="{_FAINT}" fill="none"/>'
        years = range(int(self.first), int(self.last) + 1)
        step = max(1, len(years) // 8)
        for year in years[::step]:
            x = self._x(max(float(year), self.first))
            yield f'<path d="M{x:.1f} {self.top - 20}V{base}" stroke="#eeeeee"/>'
            yield _text(x, base + 12, str(year), anchor="middle", ink="#666666", size=10)

    def path(self, marks: Sequence[Mark], colour: str, *, dashed: bool = False) -> str:
        """A stair: a value once reached is kept, and nothing is assumed before the next."""
        (x, y), *rest = (self.at(mark) for mark in marks)
        steps = f"M{x:.1f} {y:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in rest) + f"H{self.right:.1f}"
        dash = ' stroke-dasharray="6 4"' if dashed else ""
        return f'<path d="{steps}" stroke="{colour}" stroke-width="2"{dash} fill="none"/>'

    def inside(self, x: float) -> float:
        """Where a label starts so that it stays in the picture."""
        return 4 if x < 90 else _PLOT[0] - 4 if x > _PLOT[0] - 90 else x

    def anchor(self, x: float) -> str:
        return "start" if x < 90 else "end" if x > _PLOT[0] - 90 else "middle"


# ---------------------------------------------------------------- duties


def loads(chart: Sequence[Load], lang: Lang) -> str:
    """One bar an agency, led, answered for and supported one after another."""
    most = max((each.total for each in chart), default=1)
    unit, row = (_WIDTH - _NAMES - 40) / most, 26
    parts = [_legend(lang)]
    for line, each in enumerate(chart):
        y, x = 30 + line * row, float(_NAMES)
        parts.append(_text(_NAMES - 8, y + 17, _cut(each.agency, 18), anchor="end"))
        for role, ground, ink in _ROLES:
            if count := getattr(each, role):
                parts.append(_box(x, y + 3, count * unit, row - 6, fill=ground, edge="#ffffff"))
                parts.append(
                    _text(x + count * unit / 2, y + 17, str(count), anchor="middle", ink=ink, size=11)
                )
                x += count * unit
        parts.append(_text(x + 6, y + 17, str(each.total)))
    return _svg(_WIDTH, 34 + row * len(chart), parts, t("report.loads", lang))


def _legend(lang: Lang) -> str:
    parts, x = [], float(_NAMES)
    for role, ground, _ in _ROLES:
        parts.append(_box(x, 6, 14, 14, fill=ground, edge=ground))
        parts.append(_text(x + 20, 18, t(f"role.{role}", lang)))
        x += 110
    return "".join(parts)


# ---------------------------------------------------------------- pieces


def _svg(width: float, height: float, parts: Iterable[str], label: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{_safe(label)}" '
        f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}">'
        f"{''.join(parts)}</svg>"
    )


def _text(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    ink: str = _INK,
    size: int = 12,
    bold: bool = False,
    halo: bool = False,
) -> str:
    """One line of text; halo: a white rim, where lines run behind it."""
    style = ' font-weight="bold"' if bold else ""
    style += ' paint-order="stroke" stroke="#ffffff" stroke-width="3"' if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{ink}" font-size="{size}"{style}>'
        f"{_safe(text)}</text>"
    )


def _lines(
    text: str, x: float, middle: float, width: int, *, anchor: str = "start", bold: bool = False
) -> str:
    """A name on at most two lines of `width` Han characters, cut with … where it is longer."""
    text = _cut(text, 2 * width)
    if len(text) <= width:
        return _text(x, middle + 4, text, anchor=anchor, bold=bold)
    upper = _text(x, middle - 3, text[:width], anchor=anchor, size=11, bold=bold)
    return upper + _text(x, middle + 11, text[width:], anchor=anchor, size=11, bold=bold)


def _box(
    x: float, y: float, width: float, height: float, *, fill: str, edge: str, dashed: bool = False
) -> str:
    dash = ' stroke-dasharray="4 3"' if dashed else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" '
        f'stroke="{edge}"{dash} rx="2"/>'
    )


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _safe(text: str) -> str:
    return escape(printable(text))
