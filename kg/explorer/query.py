"""查询: ready questions with their parameters, and free SPARQL within limits; a table, a chart, a file."""

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from kg import queries
from kg.explorer import plots, state
from kg.explorer.asking import ROWS, SECONDS, answer, chart_of
from kg.explorer.parts import empty, here, link, node_link, portion, table
from kg.explorer.picking import MOST, choose_plan
from kg.explorer.state import asked, choose, kept, language, plans, say, type_in, version, where
from kg.named import NamedQuery, Parameter
from kg.source import GraphSource
from kg.vocabulary import PREFIXES, names_in

#: plans from which on a question about all of them waits until it is asked for
_ASKED_FIRST = 2_000
_EXAMPLE = """SELECT ?verdict (COUNT(?finding) AS ?count) WHERE {
  ?finding a kg:Finding ; kg:verdict ?verdict
} GROUP BY ?verdict"""


def page() -> None:
    """Ask a ready question or write one."""
    st.title(say("page.query"))
    kind = choose(say("search.mode"), ["named", "free"], "mode", show=lambda each: say(f"query.{each}"))
    if kind == "free":
        _free()
    else:
        _ready()


def _ready() -> None:
    known = queries.named_queries()
    name = choose(say("query.choose"), list(known), "name", show=lambda each: _asks(known[each]))
    query = known[name or next(iter(known))]
    columns = st.columns(max(1, len(query.parameters)))
    given = {each.name: _value(each, at) for each, at in zip(query.parameters, columns, strict=False)}
    with st.expander(say("query.source")):
        st.code(query.sparql, language="sparql")
    if any(each.required and not given[each.name] for each in query.parameters):
        empty("query.needed")
        return
    if len(plans()) > _ASKED_FIRST and not any(given.values()) and asked("run") != query.name:
        run = here(say("query.run_all"), page="query", run=query.name)
        st.html(f"<p>{escape(say('query.heavy', count=f'{len(plans()):,}'))} {run}</p>")
        return
    with st.spinner(say("query.asking")):
        rows = kept(
            _answers, name=query.name, given=tuple((each, value or None) for each, value in given.items())
        )
    _shown(rows, query.name)


def _answers(
    source: GraphSource, name: str, given: tuple[tuple[str, str | None], ...]
) -> list[dict[str, Any]]:
    return queries.named(source, name, **dict(given))


def _asks(query: NamedQuery) -> str:
    return query.zh if language() == "zh" else query.en


def _value(parameter: Parameter, at: Any) -> str:
    """A parameter's widget: plans and agencies to choose from, anything else to type."""
    label = f"{parameter.name} · {parameter.note}"
    first = [""] if not parameter.required and not parameter.default else []
    if parameter.name in ("doc", "upper", "lower"):
        none = say("query.any") if first else None
        return choose_plan(label, list(plans()), parameter.name, at=at, none=none) or ""
    if parameter.name == "agency" and len(known := state.first("agencies")) <= MOST:
        return (
            choose(label, [*first, *known], "agency", show=lambda each: each or say("query.any"), at=at) or ""
        )
    return (
        type_in(label, parameter.name, at, placeholder=parameter.default or say("query.any"))
        or parameter.default
        or ""
    )


def _free() -> None:
    text = st.text_area(
        say("query.text", rows=ROWS, seconds=SECONDS),
        st.session_state.get("query.last", _EXAMPLE),
        height=180,
    )
    if st.button(say("query.run"), type="primary"):
        st.session_state["query.last"] = text
        st.session_state["query.asked"] = version()
    if st.session_state.get("query.asked") and text == st.session_state.get("query.last"):
        found = _answered(version(), text)
        if found.cut:
            st.warning(say("query.cut", count=ROWS))
        _shown(list(found.rows), "query")


@st.cache_data(show_spinner=True, max_entries=16)
def _answered(of: str, text: str) -> Any:
    return answer(where(), text)


# ---------------------------------------------------------------- the answer


def _shown(rows: Sequence[dict[str, Any]], name: str) -> None:
    """Rows as a table with links, as bars where they are counts, and as a file."""
    if not rows:
        empty("empty.query")
        return
    columns = st.columns([1, 1, 4])
    columns[0].download_button(
        say("download.as", kind="csv"), partial(as_csv, rows), f"{name}.csv", "text/csv"
    )
    columns[1].download_button(
        say("download.as", kind="json"), partial(as_json, rows), f"{name}.json", "application/json"
    )
    columns[2].caption(say("query.rows", count=len(rows)))
    bars = chart_of(tuple({key: _simple(value) for key, value in row.items()} for row in rows))
    if bars:
        plots.draw(
            plots.bars(bars, ""), alt=say("query.chart"), height=60 + 26 * len(bars), key="query.chart"
        )
    heads = list(rows[0])
    st.html(table(heads, [[_cell(row.get(head)) for head in heads] for row in portion(list(rows), "query")]))


def _cell(value: Any) -> str:
    """A value as HTML: nodes of ours lead to their pages, IRIs of ours are shown short."""
    text = "" if value is None else str(value)
    if not text.startswith(PREFIXES["id"]):
        return escape(text.replace(PREFIXES["kg"], "kg:"))
    kind, *names = names_in(text)
    if kind == "doc" and len(names) == 2:
        return link("document", "/".join(names), doc=names[0], fact=names[1])
    if kind == "finding":
        return link("compare", names[0], scope="all", open=names[0])
    own = {"doc": "document", "concept": "metric"}.get(kind, kind)
    return node_link(own, names[0], names[0]) or escape("/".join([kind, *names]))


def _simple(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def as_csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """Rows for a spreadsheet: with the mark that makes it read UTF-8, no cell a formula."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(rows[0])
    writer.writerows([_safe(value) for value in row.values()] for row in rows)
    return made.getvalue().encode("utf-8-sig", "replace")


def _safe(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula, with the quote that stops it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def as_json(rows: Sequence[dict[str, Any]]) -> bytes:
    """Rows as a JSON array."""
    plain = [{key: _simple(value) for key, value in row.items()} for row in rows]
    return json.dumps(plain, ensure_ascii=False, indent=1, default=str).encode("utf-8", "backslashreplace")
