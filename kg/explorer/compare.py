"""对照: plans held against each other, target by target; a row opens both quotes."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from kg.explain import value_of
from kg.explorer import plots
from kg.explorer.choosing import Filter, answering, of_chain, wanted
from kg.explorer.exporting import MEDIA, exported
from kg.explorer.parts import badge, empty, finding_card, here, marked_word, portion, table
from kg.explorer.state import (
    ask,
    asked,
    choose,
    choose_many,
    findings,
    graph,
    language,
    listed,
    plans,
    say,
    title_of,
    type_in,
    where,
)
from kg.listing import GRAVEST_FIRST
from kg.model import Assignment, Finding, Quantity
from kg.report.material import Scope
from kg.vocabulary import finding_id

Chosen = tuple[Scope, list[Finding]]


def page() -> None:
    """Choose plans or a whole chain, filter, open a verdict, take the rest along."""
    st.title(say("page.compare"))
    if not listed("counts"):
        empty("empty.findings")
        return
    scope, found = _scope()
    asks = _filter(found)
    kept = wanted(found, asks, _answerable)
    opened = next((at for at, one in enumerate(kept) if finding_id(one) == asked("open")), None)
    if opened is not None:
        _opened(kept, opened)
    if not kept:
        empty("empty.filter" if found else "empty.pair", ":material/filter_alt_off:")
        return
    _downloads(scope, kept, len(kept) < len(found))
    _list(kept, opened)


def _scope() -> Chosen:
    """The plans whose verdicts are shown: two plans, a chain, or all."""
    scopes = ["pair", "chain", "all"]
    row = st.columns([1, 2, 2])
    kind = choose(say("compare.scope"), scopes, "scope", show=lambda each: say(f"scope.{each}"), at=row[0])
    pairs = list(listed("counts"))
    if kind == "all":
        return Scope(), findings()
    if kind == "chain":
        lowers = [doc for doc in plans() if any(doc == lower for _, lower in pairs)]
        doc = choose(say("compare.bottom"), lowers, "plan", show=title_of, at=row[1])
        docs = {step.doc for step in ask("chain", doc=doc)}
        return Scope(chain=doc), of_chain(findings(), docs)
    uppers = [doc for doc in plans() if any(doc == upper for upper, _ in pairs)]
    upper = choose(say("side.upper"), uppers, "upper", show=title_of, at=row[1])
    lowers = [doc for doc in plans() if (upper, doc) in pairs]
    lower = choose(say("side.lower"), lowers, "lower", show=title_of, at=row[2])
    return Scope(upper=upper, lower=lower), findings(upper, lower)


def _filter(found: Sequence[Finding]) -> Filter:
    """The filters, each offering what there is."""
    columns = st.columns(4)
    present = [verdict for verdict in GRAVEST_FIRST if any(one.verdict == verdict for one in found)]
    docs = sorted({doc for one in found for doc in (one.upper_doc, one.lower_doc)})
    names = sorted({role.name for duty in _duties(docs) for role in duty.agencies})
    return Filter(
        verdicts=choose_many(say("filter.verdict"), present, "verdict", marked_word, columns[0]),
        natures=choose_many(
            say("filter.nature"),
            ["binding", "expected", "none"],
            "nature",
            lambda nature: say(f"nature.{nature}"),
            columns[1],
        ),
        agencies=choose_many(say("filter.agency"), names, "agency", at=columns[2]),
        metric=type_in(say("filter.metric"), "q", columns[3]),
    )


def _duties(docs: Sequence[str]) -> list[Assignment]:
    return [duty for doc in docs if doc in plans() for duty in ask("assignments", doc=doc)]


def _answerable(finding: Finding) -> tuple[str, ...]:
    """Who answers for the metric in the lower plan, and in the upper one."""
    sides = [side for side in (finding.lower, finding.upper) if side]
    return tuple(
        name
        for side in sides
        for name in answering(side, ask("tasks", doc=side.doc), ask("assignments", doc=side.doc))
    )


# ---------------------------------------------------------------- the list


def _list(kept: Sequence[Finding], opened: int | None) -> None:
    heads = ["column.verdict", "column.metric", "side.upper", "side.lower", "column.gap", "column.nature"]
    shown = list(portion(kept, "compare"))
    on = shown.index(kept[opened]) if opened is not None and kept[opened] in shown else None
    several = len({(one.upper_doc, one.lower_doc) for one in kept}) > 1
    rows = [_row(one, several) for one in shown]
    st.html(table([say(head) for head in [*heads, "column.confidence"]], rows, on))


def _row(one: Finding, several: bool) -> tuple[str, ...]:
    """One verdict; the metric opens it. several: whether the plans differ from row to row."""
    lower = (
        f"{_plan(one.lower_doc, several)}{_value(one.lower)}"
        if one.lower
        else _plan(one.lower_doc, several) + "—"
    )
    return (
        badge(one.verdict),
        here(one.upper.indicator, page="compare", open=finding_id(one)),
        _plan(one.upper_doc, several) + _value(one.upper),
        lower,
        escape(one.gap or "—"),
        escape(say(f"nature.{one.upper.nature}") if one.upper.nature else "—"),
        f"{one.confidence:.2f}",
    )


def _plan(doc: str, several: bool) -> str:
    plan = plans().get(doc)
    name = (plan.where or doc) if plan else doc
    return f"<span class=kg-where>{escape(name)}</span> " if several else ""


def _value(quantity: Quantity) -> str:
    return escape(f"{value_of(quantity, language())} · {quantity.time or say('trace.undated')}")


def _downloads(scope: Scope, kept: list[Finding], filtered: bool) -> None:
    """The filtered rows as files, made when asked for."""
    columns = st.columns([1, 1, 4])
    of = graph(), where(), scope, kept
    for column, ending in zip(columns, MEDIA, strict=False):
        column.download_button(
            say("download.as", kind=ending[1:]),
            partial(exported, *of, lang=language(), ending=ending, filtered=filtered),
            f"{say('report.title')}{ending}",
            MEDIA[ending],
            icon=":material/download:",
        )
    columns[2].caption(say("compare.count", count=len(kept)))


# ---------------------------------------------------------------- one verdict


def _opened(kept: Sequence[Finding], at: int) -> None:
    """The verdict with both quotes, steps to its neighbours, and the values over time on both sides."""
    one = kept[at]
    with st.container(border=True):
        steps = [here(say("list.close"), page="compare", open=None)]
        if at:
            steps.append(here(f"← {say('list.before')}", page="compare", open=finding_id(kept[at - 1])))
        if at + 1 < len(kept):
            steps.append(here(f"{say('list.after')} →", page="compare", open=finding_id(kept[at + 1])))
        st.html(
            f"<p><strong>{escape(one.upper.indicator)}</strong> · {at + 1}/{len(kept)}"
            f" · {' · '.join(steps)}</p>"
        )
        finding_card(one)
        points = plots.points(_path(one), {doc: plan.where or doc for doc, plan in plans().items()})
        if len({point.time for point in points}) > 1:
            plots.draw(plots.over_time(points, language()), alt=say("trace.over_time"))


def _path(one: Finding) -> list[Quantity]:
    """What both plans say of the metric at any time."""
    concepts = ask("concept_of")
    ids = {concepts.get((side.doc, side.id)) for side in (one.upper, one.lower) if side} - {None}
    docs = {one.upper_doc, one.lower_doc}
    said = [each for name in sorted(ids) for each in ask("quantities", concept=name) if each.doc in docs]
    return [each for each in said if each.unit == one.upper.unit]
