"""Charts as ECharts options, made of plain data; every point says in words what it stands for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from kg.explain import Lang, value_of
from kg.model import Quantity

#: Okabe and Ito, in an order in which neighbours differ in lightness too; forms differ as well
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
SYMBOLS = ("circle", "rect", "triangle", "diamond", "pin", "roundRect", "arrow")
_SHOWN = ("target", "standard", "baseline")


@dataclass(frozen=True, slots=True)
class Point:
    """One value at one time (ISO year or month): who says it, what it says in words."""

    series: str
    time: str
    value: float
    words: str
    asked: bool


def points(quantities: Iterable[Quantity], names: Mapping[str, str]) -> list[Point]:
    """The dated numbers among quantities, in the order of time; asked: a target, not how things stand."""
    found = [
        Point(
            names.get(each.doc, each.doc),
            each.time,
            float(each.value),
            f"{each.time} {value_of(each, 'zh')} {each.indicator}",
            each.class_ != "baseline",
        )
        for each in quantities
        if each.value is not None and each.time and each.class_ in _SHOWN
    ]
    return sorted(dict.fromkeys(found), key=lambda point: (_end(point.time), point.series, point.value))


def over_time(found: Sequence[Point], lang: Lang) -> dict[str, Any]:
    """Values by time, a line for each series; where things stand today is hollow."""
    series = list(dict.fromkeys(point.series for point in found))
    return {
        **_frame(series),
        "xAxis": _axis(found),
        "yAxis": {"type": "value", "scale": True},
        "series": [
            _line(name, at, [point for point in found if point.series == name])
            for at, name in enumerate(series)
        ],
    }


def _axis(found: Sequence[Point]) -> dict[str, Any]:
    """Every year from the first to the last, and the months that are named; a year stands at its end."""
    times = {point.time for point in found}
    years = [int(time[:4]) for time in times]
    times |= {str(year) for year in range(min(years), max(years) + 1)}
    return {"type": "category", "data": sorted(times, key=_end)}


def _end(time: str) -> str:
    """What sorts a bare year after its months: a deadline of a year is its end."""
    return time if len(time) > 4 else f"{time}-99"


def _line(name: str, at: int, own: Sequence[Point]) -> dict[str, Any]:
    return {
        "name": name,
        "type": "line",
        "symbol": SYMBOLS[at % len(SYMBOLS)],
        "symbolSize": 12,
        "lineStyle": {"type": "dashed" if at else "solid"},
        "label": {"show": len(own) < 8, "formatter": "{@[1]}", "position": "top"},
        "data": [
            {
                "name": point.words,
                "value": [point.time, point.value],
                "itemStyle": {} if point.asked else {"opacity": 0.45},
            }
            for point in own
        ],
    }


def bars(rows: Sequence[tuple[str, float, str]], unit: str) -> dict[str, Any]:
    """Ranked values, the first on top: (name, value, words)."""
    names = [name for name, _, _ in rows]
    return {
        **_frame(()),
        "grid": {"left": 8, "right": 60, "top": 10, "bottom": 10, "containLabel": True},
        "xAxis": {"type": "value"},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": names,
            "axisLabel": {"width": 150, "overflow": "truncate"},
        },
        "series": [
            {
                "type": "bar",
                "label": {"show": True, "position": "right", "formatter": f"{{c}}{_plain(unit)}"},
                "data": [{"value": value, "name": words} for _, value, words in rows],
            }
        ],
    }


def graph(
    nodes: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]], kinds: Sequence[str]
) -> dict[str, Any]:
    """A network: nodes with id, name, kind (index), size and place (x, y); edges with their ends."""
    frame = _frame(())
    frame["legend"]["data"] = [{"name": kind, "icon": SYMBOLS[at]} for at, kind in enumerate(kinds)]
    return {
        **frame,
        "series": [
            {
                "type": "graph",
                "layout": "none",
                "roam": True,
                "draggable": True,
                "selectedMode": "single",
                "categories": [{"name": kind, "symbol": SYMBOLS[at]} for at, kind in enumerate(kinds)],
                "preserveAspect": "contain",
                "top": 50,
                "left": "3%",
                "right": "18%",
                "bottom": 20,
                "label": {"show": True, "position": "right", "width": 150, "overflow": "truncate"},
                "labelLayout": {"hideOverlap": True},
                "emphasis": {"focus": "adjacency", "label": {"show": True}},
                "edgeSymbol": ["none", "arrow"],
                "edgeSymbolSize": 7,
                "data": [dict(each) for each in nodes],
                "links": [dict(each) for each in edges],
            }
        ],
    }


def _frame(names: Sequence[str]) -> dict[str, Any]:
    return {
        "color": list(COLOURS),
        "animation": False,
        "tooltip": {"trigger": "item", "formatter": "{b}", "renderMode": "richText", "confine": True},
        "legend": {"data": list(names), "type": "scroll", "top": 0},
        "grid": {"left": 8, "right": 24, "top": 40, "bottom": 8, "containLabel": True},
    }


def _plain(text: str) -> str:
    """Words without the braces that a template would read."""
    return text.replace("{", "").replace("}", "")


def draw(
    option: dict[str, Any], *, alt: str, height: int = 320, key: str | None = None, on_select: Any = "ignore"
) -> Any:
    """The chart on the page, as SVG: sharp on paper."""
    return st.echarts_chart(option, height=height, alt=alt, renderer="svg", key=key, on_select=on_select)
