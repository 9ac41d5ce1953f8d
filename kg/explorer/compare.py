"""对照: plans held against each other, target by target; a row opens both quotes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from kg.explain import value_of
from kg.explorer import plots
from kg.explorer.choosing import Filter, answering, of_chain, wanted
from kg.explorer.exporting import BESIDE, LARGE, MEDIA, exported
from kg.explorer.lists import counts, matching
from kg.explorer.many import Many
from kg.explorer.parts import badge, empty, finding_card, here, marked_word, places, portion, table
from kg.explorer.picking import MOST, choose_plan
from kg.explorer.state import (
    ask,
    asked,
    choose,
    choose_many,
    findings,
    first,
    graph,
    kept,
    language,
    plans,
    say,
    title_of,
    type_in,
    where,
)
from kg.listing import GRAVEST_FIRST
from kg.model import Assignment, Finding, Quantity
from kg.queries import findings_named
from kg.report.material import Scope
from kg.vocabulary import finding_id, node

#: verdicts that are read whole, so that any filter can look at them
WHOLE = 1_000
#: verdicts in one file; more are cut, and that is said
MOST_EXPORTED = 5_000
#: plans whose agencies are offered as a filter
MOST_ASKED = 60


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is compared: the verdicts themselves, or by their names where there are many."""

    scope: Scope
    found: list[Finding] | None
    docs: tuple[str, ...] | None = None


def page() -> None:
    """Choose plans or a whole chain, filter, open a verdict, take the rest along."""
    st.title(say("page.compare"))
    if not first("totals"):
        empty("empty.findings")
        return
    chosen = _scope()
    if chosen.found is not None:
        _few(chosen.scope, chosen.found, _filter(chosen.found), whole=True)
        return
    asks = _filter(None)
    many = Many(kept, asks, chosen.docs, first("totals"))
    with st.spinner(say("compare.counting")):
        count = sum(many.counts().values())
    if count > WHOLE:
        _many(chosen.scope, many, many.counts())
    else:
        found: list[Finding] = ask("findings_named", names=tuple(many.part(0, count)))
        agencies = _agencies(found)
        _few(chosen.scope, found, replace(asks, agencies=agencies), whole=chosen.docs is None)


def _few(scope: Scope, found: list[Finding], asks: Filter, *, whole: bool) -> None:
    """Verdicts that are all at hand: filtered, sorted and listed. whole: they are all of the scope's."""
    left = wanted(found, asks, _answerable)
    opened = next((at for at, one in enumerate(left) if finding_id(one) == asked("open")), None)
    if opened is not None:
        _opened(left, opened)
    elif asked("open"):
        _opened_alone(str(asked("open")))
    if not left:
        empty("empty.filter" if found or asks else "empty.pair", ":material/filter_alt_off:")
        return
    st.caption(say("compare.count", count=f"{len(left):,}"))
    _downloads(scope, partial(list, left), len(left), bool(asks) or not whole)
    _list(list(portion(left, "compare")), left[opened] if opened is not None else None)


def _many(scope: Scope, many: Many, held: dict[str, int]) -> None:
    """Verdicts in their thousands: the part that is shown is read, the rest is counted."""
    if asked("open"):
        _opened_alone(str(asked("open")))
    count = sum(held.values())
    words = " · ".join(f"{say('verdict.' + verdict)} {number:,}" for verdict, number in held.items())
    st.caption(f"{say('compare.count', count=f'{count:,}')} {words}")
    st.caption(say("compare.many", most=f"{WHOLE:,}", plans=MOST_ASKED))
    _downloads(
        scope, partial(_first_of, many), count, many.narrowed or len(many.verdicts) < len(GRAVEST_FIRST)
    )
    start, end = places(count, "compare")
    found: list[Finding] = ask("findings_named", names=tuple(many.part(start, end)))
    _list(sorted(found, key=_by_verdict), None)


def _first_of(many: Many) -> list[Finding]:
    """What goes into a file of many: the gravest of them."""
    return sorted(findings_named(graph(), many.part(0, MOST_EXPORTED)), key=_by_verdict)


def _by_verdict(one: Finding) -> tuple[object, ...]:
    """The gravest first, then by plan: the order in which many are paged."""
    binding = one.upper.nature != "binding"
    return GRAVEST_FIRST.index(one.verdict), one.lower_doc, binding, one.upper_doc, one.upper.start


def _scope() -> Chosen:
    """The plans whose verdicts are shown: two plans, a chain, or all."""
    scopes = ["pair", "chain", "all"]
    row = st.columns([1, 2, 2])
    kind = choose(say("compare.scope"), scopes, "scope", show=lambda each: say(f"scope.{each}"), at=row[0])
    if kind == "all":
        return _everything(row[1], row[2])
    lowers = _lowers()
    if kind == "chain":
        doc = choose_plan(say("compare.bottom"), lowers, "plan", at=row[1])
        held = plans()
        docs = [step.doc for step in ask("chain", doc=doc) if step.doc in held] if doc else []
        found = [one for each in docs for one in ask("findings", lower=each)]
        return Chosen(Scope(chain=doc), of_chain(found, set(docs)))
    lower = choose_plan(say("side.lower"), lowers, "lower", at=row[2])
    pairs = kept(counts, lowers=(lower,)) if lower else {}
    uppers = [doc for doc in plans() if (doc, lower) in pairs]
    upper = choose(say("side.upper"), uppers, "upper", show=title_of, at=row[1])
    if lower is None or upper is None:
        return Chosen(Scope(), [])
    return Chosen(Scope(upper=upper, lower=lower), findings(upper, lower))


def _lowers() -> list[str]:
    """The plans that may be chosen as the lower one: where they are few, those with verdicts."""
    every = plans()
    if len(every) > MOST:
        grave = first("grave")
        return sorted(every, key=lambda doc: doc not in grave)
    held = {lower for _, lower in kept(counts, lowers=tuple(every))}
    return [doc for doc in every if doc in held]


def _everything(left: Any, right: Any) -> Chosen:
    """All verdicts, or those on plans of a place and a level."""
    place = type_in(say("compare.where"), "where", left, placeholder=say("pick.hint"))
    held = Counter(plan.level for plan in plans().values())
    levels = ["", *(str(level) for level in held if level)]
    level = choose(
        say("column.level"),
        levels,
        "level",
        show=lambda each: f"{say(f'level.{each}')} {held[each]:,}" if each else say("filter.all"),
        at=right,
    )
    if not place and not level:
        return Chosen(Scope(), None)
    found = [plan.doc for plan in matching(plans().values(), place) if level in ("", plan.level)]
    return Chosen(Scope(), None, tuple(found))


def _filter(found: Sequence[Finding] | None) -> Filter:
    """The filters, each offering what there is; None: too many to look at one by one."""
    columns = st.columns(4 if found is not None else 3)
    present = [
        verdict
        for verdict in GRAVEST_FIRST
        if (first("totals")[verdict] if found is None else any(one.verdict == verdict for one in found))
    ]
    return Filter(
        verdicts=choose_many(say("filter.verdict"), present, "verdict", marked_word, columns[0]),
        natures=choose_many(
            say("filter.nature"),
            ["binding", "expected", "none"],
            "nature",
            lambda nature: say(f"nature.{nature}"),
            columns[1],
        ),
        agencies=_agencies(found, columns[2]) if found is not None else (),
        metric=type_in(say("filter.metric"), "q", columns[-1]),
    )


def _agencies(found: Sequence[Finding], at: Any = st) -> list[str]:
    """Who may be asked for: the agencies of the plans that the verdicts are about."""
    docs = sorted({doc for one in found for doc in (one.upper_doc, one.lower_doc)})
    names = sorted({role.name for duty in _duties(docs) for role in duty.agencies})
    return choose_many(say("filter.agency"), names, "agency", at=at)


def _duties(docs: Sequence[str]) -> list[Assignment]:
    """The duties of these plans; of very many plans none, since each is a question."""
    few = docs if len(docs) <= MOST_ASKED else ()
    return [duty for doc in few if doc in plans() for duty in ask("assignments", doc=doc)]


def _answerable(finding: Finding) -> tuple[str, ...]:
    """Who answers for the metric in the lower plan, and in the upper one."""
    sides = _sides(finding)[::-1]
    return tuple(
        name
        for side in sides
        for name in answering(side, ask("tasks", doc=side.doc), ask("assignments", doc=side.doc))
    )


# ---------------------------------------------------------------- the list


def _list(shown: list[Finding], opened: Finding | None) -> None:
    heads = ["column.verdict", "column.metric", "side.upper", "side.lower", "column.gap", "column.nature"]
    on = shown.index(opened) if opened is not None and opened in shown else None
    several = len({(one.upper_doc, one.lower_doc) for one in shown}) > 1
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


def _downloads(scope: Scope, ask_for: Any, count: int, filtered: bool) -> None:
    """The filtered rows as files, made when asked for. ask_for: gives the rows, at most `MOST_EXPORTED`."""
    columns = st.columns([3, 3, 10])
    for column, ending in zip(columns, MEDIA, strict=False):
        column.download_button(
            say("download.as", kind=ending[1:]),
            partial(_made, scope, ask_for, language(), ending, filtered or count > MOST_EXPORTED),
            f"{say('report.title')}{ending}",
            MEDIA[ending],
            icon=":material/download:",
        )
    if count > MOST_EXPORTED:
        columns[2].warning(say("compare.cut", most=f"{MOST_EXPORTED:,}", count=f"{count:,}"))
    if count > BESIDE and len(plans()) > LARGE:
        columns[2].caption(say("compare.beside", plans=BESIDE))


def _made(scope: Scope, ask_for: Any, lang: Any, ending: str, filtered: bool) -> bytes:
    return exported(graph(), where(), scope, ask_for(), lang=lang, ending=ending, filtered=filtered)


# ---------------------------------------------------------------- one verdict


def _opened(left: Sequence[Finding], at: int) -> None:
    """The verdict with both quotes, steps to its neighbours, and the values over time on both sides."""
    one = left[at]
    with st.container(border=True):
        steps = [here(say("list.close"), page="compare", open=None)]
        if at:
            steps.append(here(f"← {say('list.before')}", page="compare", open=finding_id(left[at - 1])))
        if at + 1 < len(left):
            steps.append(here(f"{say('list.after')} →", page="compare", open=finding_id(left[at + 1])))
        st.html(
            f"<p><strong>{escape(one.upper.indicator)}</strong> · {at + 1}/{len(left)}"
            f" · {' · '.join(steps)}</p>"
        )
        finding_card(one)
        names = {doc: plans()[doc].where or doc for doc in (one.upper_doc, one.lower_doc) if doc in plans()}
        points = plots.points(_path(one), names)
        if len({point.time for point in points}) > 1:
            plots.draw(plots.over_time(points, language()), alt=say("trace.over_time"))


def _opened_alone(name: str) -> None:
    """A verdict that the address names and the list does not show or has not read."""
    found: list[Finding] = ask("findings_named", names=(node("finding", name),))
    if found:
        _opened(found, 0)


def _path(one: Finding) -> list[Quantity]:
    """What both plans say of the metric at any time."""
    said: dict[tuple[str, str], Quantity] = {}
    for doc in {one.upper_doc, one.lower_doc}:
        concepts = ask("concept_of", doc=doc)
        ids = {ask("concept_of", doc=side.doc).get((side.doc, side.id)) for side in _sides(one)} - {None}
        for each in ask("quantities", doc=doc):
            if concepts.get((each.doc, each.id)) in ids:
                said[each.doc, each.id] = each
    return [each for _, each in sorted(said.items()) if each.unit == one.upper.unit]


def _sides(one: Finding) -> list[Quantity]:
    return [side for side in (one.upper, one.lower) if side]
