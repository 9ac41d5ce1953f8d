"""指标: every metric, who states it, who leads and who lags, its values over time."""

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from kg import queries
from kg.explain import value_of
from kg.explorer import lists, plots
from kg.explorer.lists import Metric, matching
from kg.explorer.parts import empty, here, link, portion, table
from kg.explorer.ranking import Ranking, rankings
from kg.explorer.state import (
    ask,
    asked,
    choose,
    first,
    graph,
    kept,
    language,
    plans,
    say,
    title_of,
    type_in,
    version,
)
from kg.model import Alignment, Concept, Quantity

#: lines that a person can tell apart in one plot
_SERIES = 40
#: plans whose values of one metric are looked at together
MOST = 150


def page() -> None:
    """Find a metric; show its peers ranked, its values and what it may be compared with."""
    st.title(say("page.metrics"))
    held: dict[str, Metric] = first("metrics")
    words = type_in(say("metrics.find"), "q", placeholder=say("search.hint"))
    found = [each for each in held.values() if any(words in name for name in (each.label, *each.names))]
    found.sort(key=lambda each: (-each.stated, words not in each.label))
    wanted = asked("id")
    exact = next((each for each in found if words and words in (each.label, *each.names)), None)
    chosen = held.get(wanted) if wanted else exact
    if chosen is not None:
        _metric(chosen, held)
    if not found:
        empty("empty.metrics", words=words)
        return
    shown = portion(found, "metrics")
    rows = [
        (
            here(each.label, page="metrics", id=each.id, q=None, level=None, where=None),
            escape("、".join(each.names[:4])),
            f"{each.stated:,}",
        )
        for each in shown
    ]
    on = next((at for at, each in enumerate(shown) if each is chosen), None)
    st.html(table([say("column.metric"), say("metrics.also"), say("metrics.values")], rows, on))


def _metric(metric: Metric, held: dict[str, Metric]) -> None:
    """One metric, opened."""
    with st.container(border=True):
        close = here(say("list.close"), page="metrics", id=None, q=None, level=None, where=None)
        traced = link("trace", say("metrics.trace"), metric=metric.label)
        st.html(f"<h3>{escape(metric.label)}</h3><p>{traced} · {close}</p>")
        if len(metric.names) > 1:
            st.html(f"<p class=kg-where>{escape(say('metrics.names', names='、'.join(metric.names)))}</p>")
        own = _values_of(metric)
        by_doc: dict[str, list[Quantity]] = {}
        for each in own:
            by_doc.setdefault(each.doc, []).append(each)
        found = rankings(_concept(version(), metric), by_doc)
        for ranking in found:
            _ranking(ranking)
        if found:
            st.caption(say("metrics.rank_note"))
        if own:
            _values(own)
        _near(metric, held)


@st.cache_resource(show_spinner=False, max_entries=64)
def _concept(of: str, metric: Metric) -> Concept:
    """The metric whole: which way is better."""
    found = queries.concepts_named(graph(), [metric.id])
    return found[0] if found else Concept(id=metric.id, label=metric.label, names=metric.names)


def _values_of(metric: Metric) -> list[Quantity]:
    """What plans say of it: all, or where they are many those of a level and a place."""
    stating: dict[str, int] = kept(lists.stating, metric=metric.id)
    held = plans()
    docs = [doc for doc in held if doc in stating]
    if len(docs) <= MOST:
        return list(ask("quantities", concept=metric.id))
    left, right = st.columns(2)
    levels = Counter(str(held[doc].level) for doc in docs if held[doc].level)
    level = choose(
        say("column.level"),
        sorted(levels, key=lambda each: (levels[each] > MOST, -levels[each])),
        "level",
        show=lambda each: f"{say(f'level.{each}')} {levels[each]:,}",
        at=left,
    )
    words = type_in(say("overview.where"), "where", right, placeholder=say("pick.hint"))
    found = matching((held[doc] for doc in docs if held[doc].level == level), words)
    shown = tuple(plan.doc for plan in found[:MOST])
    counted = {"shown": len(shown), "count": f"{len(found):,}", "all": f"{len(docs):,}"}
    (st.warning if len(found) > MOST else st.caption)(say("metrics.part", **counted))
    return list(kept(queries.quantities_of, concept=metric.id, docs=shown)) if shown else []


def _ranking(ranking: Ranking) -> None:
    """One ranking as a table of places and bars; every value leads to its passage."""
    head = say("metrics.ranked", unit=ranking.unit or "—", when=ranking.years)
    st.html(f"<strong>{escape(say('class.' + ranking.class_))} · {escape(head)}</strong>")
    most = max(abs(row.value) for row in ranking.rows) or 1.0
    rows = [
        (
            str(row.place),
            escape(_place(row.quantity.doc)),
            f"<span class=kg-bar style='width:{100 * abs(row.value) / most:.0f}px'></span> "
            + link(
                "document", value_of(row.quantity, language()), doc=row.quantity.doc, fact=row.quantity.id
            ),
            escape(row.quantity.time or "—"),
        )
        for row in ranking.rows
    ]
    st.html(table(["#", say("column.place"), say("column.value"), say("column.time")], rows))


def _place(doc: str) -> str:
    plan = plans().get(doc)
    return (plan.where or plan.name) if plan else doc


def _values(own: Sequence[Quantity]) -> None:
    """Every value with its quote, and a plot where there is something to see over time."""
    for unit in dict.fromkeys(each.unit for each in own):
        found = plots.points(
            [each for each in own if each.unit == unit], {each.doc: _place(each.doc) for each in own}
        )
        if len({point.time for point in found}) > 1 and len({each.series for each in found}) <= _SERIES:
            plots.draw(plots.over_time(found, language()), alt=say("trace.over_time"), key=f"metric.{unit}")
    rows = [
        (
            escape(title_of(each.doc)),
            escape(say(f"class.{each.class_}")),
            link("document", value_of(each, language()), doc=each.doc, fact=each.id),
            escape(each.time or "—"),
            escape(" ".join(each.quote.split())),
        )
        for each in portion(own, "metrics", "values")
    ]
    heads = ("document", "class", "value", "time", "quote")
    st.html(
        f"<strong>{escape(say('metrics.all'))}</strong>"
        + table([say(f"column.{head}") for head in heads], rows)
    )


def _near(metric: Metric, held: dict[str, Metric]) -> None:
    """The metrics that it may be compared with, and those that only sound like it."""
    links: list[Alignment] = ask("alignments", concept=metric.id)
    lines = []
    for each in links:
        other = held.get(each.right if each.left == metric.id else each.left)
        if other is not None:
            words = f"{say('alignment.' + each.relation)} {each.score:.2f} · {each.reason}"
            lines.append(
                f"<li>{here(other.label, page='metrics', id=other.id)} "
                f"<span class=kg-where>{escape(words)}</span></li>"
            )
    if lines:
        st.html(f"<strong>{escape(say('metrics.same'))}</strong><ul>{''.join(lines)}</ul>")
