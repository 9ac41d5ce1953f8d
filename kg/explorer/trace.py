"""追溯: a metric or a plan from province to county, with what ties each step to the next."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from kg.errors import UsageError
from kg.explain import value_of
from kg.explorer import lists, plots
from kg.explorer.drawing import drawing
from kg.explorer.lists import Metric
from kg.explorer.parts import address, badge, calm, empty, link, table
from kg.explorer.picking import MOST, choose_plan
from kg.explorer.state import asked, choose, findings_on, first, kept, language, plans, say, title_of
from kg.explorer.tracing import metrics_of, step_names, traced
from kg.model import Quantity
from kg.trace import Step, Trace
from kg.vocabulary import finding_id

#: plans that may state a metric for all its chains to be drawn
_CHAINS = 40


def page() -> None:
    """Choose a metric or a plan; draw its chains and list what each level says."""
    st.title(say("page.trace"))
    name = _wanted()
    if not name:
        empty("empty.trace")
        return
    try:
        bottom = None if name in plans() else _bottom(name)
        with st.spinner(say("trace.asking")):
            found: Trace = kept(traced, query=name, bottom=bottom)
    except UsageError as error:
        st.warning(calm(f"{error.where}: {error.fault} — {error.remedy}"))
        return
    chains = found.chains if bottom else _chosen(found)

    def text_page(step: Step) -> str:
        return address("document", doc=step.doc) if step.held else ""

    st.graphviz_chart(drawing(chains, language(), text_page), width="stretch", alt=say("trace.drawing"))
    st.caption(say("trace.drawing"))
    _values_over_time(chains)
    st.subheader(say("trace.levels"))
    for chain in chains:
        _levels(chain, bool(found.metrics))
    _lacking(found)


def _wanted() -> str | None:
    """The metric or plan that is asked for; one that there is not is asked for all the same."""
    metrics: dict[str, Metric] = first("metrics")
    options = list(dict.fromkeys(each.label for each in metrics.values()))
    options += list(plans()) if len(plans()) <= MOST else []
    wanted = asked("metric")
    if wanted and wanted not in options:
        options = [*options, wanted]
    return choose(say("trace.choose"), options, "metric", show=title_of)


def _bottom(name: str) -> str | None:
    """The plan at the bottom of the chain, where too many plans state the metric to draw them all."""
    stating = {doc for each in kept(metrics_of, name=name) for doc in kept(lists.stating, metric=each.id)}
    if len(stating) <= _CHAINS:
        return None
    st.caption(say("trace.many", count=f"{len(stating):,}"))
    held = [doc for doc in reversed(plans()) if doc in stating]
    return choose_plan(say("trace.chains"), held, "chain")


def _chosen(found: Trace) -> Sequence[tuple[Step, ...]]:
    """One chain, or all where there are few."""
    if len(found.chains) < 2:
        return found.chains
    bottoms = ["", *(chain[-1].doc for chain in found.chains)]
    doc = choose(
        say("trace.chains"), bottoms, "chain", show=lambda each: title_of(each) if each else say("filter.all")
    )
    return [chain for chain in found.chains if doc in ("", chain[-1].doc)]


def _values_over_time(chains: Sequence[Sequence[Step]]) -> None:
    """Values of each plan by year, where there are at least two to see a path in."""
    names = step_names([step for chain in chains for step in chain])
    values = [value for chain in chains for step in chain for value in step.values]
    units = {
        unit: [each for each in values if each.unit == unit] for unit in dict.fromkeys(v.unit for v in values)
    }
    for unit, of_unit in units.items():
        found = plots.points(of_unit, names)
        if len(found) > 1:
            st.subheader(say("trace.over_time") + (calm(f" ({unit})") if unit else ""))
            plots.draw(plots.over_time(found, language()), alt=say("trace.over_time"), key=f"trace.{unit}")


def _levels(chain: Sequence[Step], with_values: bool) -> None:
    """The held plans of a chain side by side, the highest first."""
    cards = [_card(step, with_values) for step in chain if step.held]
    st.html(f"<div class=kg-columns>{''.join(f'<div>{card}</div>' for card in cards)}</div>")


def _card(step: Step, with_values: bool) -> str:
    title = link("document", step.title or step.doc, doc=step.doc)
    lines = [f"<li>{_value(value)}</li>" for value in step.values]
    if with_values and not lines:
        lines = [f"<li class=kg-where>{escape(say('trace.said_nothing'))}</li>"]
    return (
        f"<div class=kg-card><h4>{escape(step.place or '')}</h4>{title}"
        f"<div class=kg-where>{escape(step.number or '')}</div><ul>{''.join(lines)}</ul>"
        f"{_agencies(step)}{_tie(step)}</div>"
    )


def _value(value: Quantity) -> str:
    """One statement, leading to its passage, with the verdicts on it."""
    said = f"{value.time or say('trace.undated')} {value_of(value, language())}"
    kind = say(f"class.{value.class_}")
    marks = " ".join(
        link("compare", "", html=badge(one.verdict), scope="all", open=finding_id(one))
        for one in findings_on(value)[0]
        if one.lower is not None
        and (one.lower.doc, one.lower.id) == (value.doc, value.id)
        and one.verdict != "benchmark"
    )
    quote = escape(" ".join(value.quote.split()))
    passage = link("document", said, doc=value.doc, fact=value.id)
    return f"{passage} <span class=kg-where>{escape(kind)}</span> {marks}<div class=kg-quote>{quote}</div>"


def _agencies(step: Step) -> str:
    if not step.agencies:
        return ""
    names = "、".join(
        f"{link('agencies', agency.name, agency=agency.name)}（{escape(say('role.' + agency.role))}）"
        for agency in step.agencies
    )
    return f"<div class=kg-where>{escape(say('document.agencies'))}：{names}</div>"


def _tie(step: Step) -> str:
    """What ties this plan to the one below: the basis with the citation's words, or why it is implied."""
    if step.link is None:
        return ""
    reason = step.link.reason if language() == "zh" else step.link.reason_en or step.link.reason
    quote = f"「{escape(step.link_quote)}」" if step.link_quote else ""
    return f"<div class=kg-where>→ {escape(reason)}{quote}</div>"


def _lacking(found: Trace) -> None:
    if found.missing:
        st.subheader(say("trace.lacking_list"))
        rows = [
            [escape(part or "—") for part in (step.place, step.title, step.number, step.link_quote)]
            for step in found.missing
        ]
        st.html(table([say(f"column.{head}") for head in ("place", "title", "number", "cited_as")], rows))
