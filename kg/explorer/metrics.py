"""指标: every metric, who states it, who leads and who lags, its values over time."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from kg.explain import value_of
from kg.explorer import plots
from kg.explorer.parts import empty, here, link, portion, table
from kg.explorer.ranking import Ranking, rankings
from kg.explorer.state import ask, asked, language, listed, plans, say, title_of, type_in
from kg.model import Alignment, Concept, Quantity


def page() -> None:
    """Find a metric; show its peers ranked, its values and what it may be compared with."""
    st.title(say("page.metrics"))
    concepts: dict[str, Concept] = {each.id: each for each in ask("concepts")}
    words = type_in(say("metrics.find"), "q", placeholder=say("search.hint"))
    held = listed("stated_in")
    found = [
        each for each in concepts.values() if words in each.label or any(words in name for name in each.names)
    ]
    found.sort(key=lambda each: (-held.get(each.id, 0), words not in each.label, each.label))
    wanted = asked("id")
    exact = next((each for each in found if words and words in (each.label, *each.names)), None)
    chosen = concepts.get(wanted) if wanted else exact
    if chosen is not None:
        _metric(chosen, concepts)
    if not found:
        empty("empty.metrics", words=words)
        return
    rows = [
        (
            here(each.label, page="metrics", id=each.id, q=None),
            escape("、".join(each.names[:4])),
            str(held.get(each.id, 0)),
        )
        for each in portion(found, "metrics")
    ]
    on = next((at for at, each in enumerate(found) if each is chosen), None)
    st.html(table([say("column.metric"), say("metrics.also"), say("metrics.plans")], rows, on))


def _metric(concept: Concept, concepts: dict[str, Concept]) -> None:
    """One metric, opened."""
    with st.container(border=True):
        close = here(say("list.close"), page="metrics", id=None, q=None)
        traced = link("trace", say("metrics.trace"), metric=concept.label)
        st.html(f"<h3>{escape(concept.label)}</h3><p>{traced} · {close}</p>")
        if len(concept.names) > 1:
            st.html(f"<p class=kg-where>{escape(say('metrics.names', names='、'.join(concept.names)))}</p>")
        own = list(ask("quantities", concept=concept.id))
        by_doc: dict[str, list[Quantity]] = {}
        for each in own:
            by_doc.setdefault(each.doc, []).append(each)
        found = rankings(concept, by_doc)
        for ranking in found:
            _ranking(ranking)
        if found:
            st.caption(say("metrics.rank_note"))
        _values(own)
        _near(concept, concepts)


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
            [each for each in own if each.unit == unit], {doc: _place(doc) for doc in plans()}
        )
        if len({point.time for point in found}) > 1:
            plots.draw(plots.over_time(found, language()), alt=say("trace.over_time"), key=f"metric.{unit}")
    rows = [
        (
            escape(title_of(each.doc)),
            escape(say(f"class.{each.class_}")),
            link("document", value_of(each, language()), doc=each.doc, fact=each.id),
            escape(each.time or "—"),
            escape(" ".join(each.quote.split())),
        )
        for each in own
    ]
    heads = ("document", "class", "value", "time", "quote")
    st.html(
        f"<strong>{escape(say('metrics.all'))}</strong>"
        + table([say(f"column.{head}") for head in heads], rows)
    )


def _near(concept: Concept, concepts: dict[str, Concept]) -> None:
    """The metrics that it may be compared with, and those that only sound like it."""
    links: list[Alignment] = ask("alignments", concept=concept.id)
    lines = []
    for each in links:
        other = concepts.get(each.right if each.left == concept.id else each.left)
        if other is not None:
            words = f"{say('alignment.' + each.relation)} {each.score:.2f} · {each.reason}"
            lines.append(
                f"<li>{here(other.label, page='metrics', id=other.id)} "
                f"<span class=kg-where>{escape(words)}</span></li>"
            )
    if lines:
        st.html(f"<strong>{escape(say('metrics.same'))}</strong><ul>{''.join(lines)}</ul>")
