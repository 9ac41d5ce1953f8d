"""总览: documents by place and level, findings by verdict, what is missing, what the last build changed."""

from collections import Counter
from html import escape

import streamlit as st

from kg.explorer import lists
from kg.explorer.lists import Changes, Plan, Verdicted
from kg.explorer.parts import badge, empty, here, link, portion, table
from kg.explorer.state import (
    ask,
    asked,
    graph,
    is_remote,
    language,
    listed,
    plans,
    say,
    title_of,
    version,
    where,
)
from kg.listing import GRAVEST_FIRST
from kg.queries import Missing
from kg.store import previous

#: verdicts on a plan's own text or on neighbours come last in the table of pairs
_LINES = 12


def page() -> None:
    """Show what the graph holds and where to look first."""
    st.title(say("page.overview"))
    if not plans():
        empty("empty.graph")
        return
    counts: dict[tuple[str, str], Counter[str]] = listed("counts")
    lacking: list[Missing] = ask("missing")
    _figures(lacking)
    _search()
    st.subheader(say("overview.findings"))
    _verdicts(counts)
    _pairs(counts)
    _changes()
    st.subheader(say("overview.documents"))
    _plans(list(plans().values()))
    st.subheader(say("overview.missing"))
    _lacking(lacking)


def _figures(lacking: list[Missing]) -> None:
    trusted = [plan for plan in plans().values() if plan.trusted]
    columns = st.columns(4)
    columns[0].metric(say("overview.count"), len(plans()))
    columns[1].metric(say("overview.places"), len({plan.place for plan in trusted if plan.place}))
    columns[2].metric(say("overview.untrusted"), len(plans()) - len(trusted))
    columns[3].metric(say("overview.lacking"), len(lacking))


def _search() -> None:
    words = st.text_input(say("overview.ask"), key="overview.q", placeholder=say("search.hint"))
    if words:
        st.html(link("search", say("overview.search", words=words), q=words))


def _verdicts(counts: dict[tuple[str, str], Counter[str]]) -> None:
    """Every verdict with its number, each leading to those findings."""
    whole = sum(counts.values(), Counter[str]())
    if not whole:
        empty("empty.findings")
        return
    marks = (
        link("compare", "", html=badge(verdict, whole[verdict]), scope="all", verdict=verdict)
        for verdict in GRAVEST_FIRST
        if whole[verdict]
    )
    st.html(f"<p style='line-height:2.2'>{' '.join(marks)}</p>")


def _pairs(counts: dict[tuple[str, str], Counter[str]]) -> None:
    """A row for each two plans that have verdicts, its numbers leading to the comparison."""
    rows = []
    for (upper, lower), each in sorted(counts.items(), key=lambda item: _gravity(item[1])):
        cells = " ".join(
            link("compare", "", html=badge(verdict, each[verdict]), upper=upper, lower=lower, verdict=verdict)
            for verdict in GRAVEST_FIRST
            if each[verdict]
        )
        above = say("overview.itself") if upper == lower else title_of(upper)
        rows.append((link("compare", above, upper=upper, lower=lower), escape(title_of(lower)), cells))
    heads = [say("side.upper"), say("side.lower"), say("column.verdict")]
    st.html(f"<div class=kg-scroll>{table(heads, rows)}</div>")


def _gravity(counts: Counter[str]) -> tuple[int, ...]:
    return tuple(-counts[verdict] for verdict in GRAVEST_FIRST)


# ---------------------------------------------------------------- what changed


def _changes() -> None:
    """What the last build changed, where the one before it is still on disk."""
    found = None if is_remote() else _difference(where(), version())
    if found is None:
        return
    st.subheader(say("overview.changes"))
    if not found:
        st.caption(say("overview.unchanged"))
        return
    lines = [_line("＋", title_of(doc)) for doc in found.documents_added]
    lines += [_line("−", doc) for doc in found.documents_gone]
    lines += [_line("＋", _said(each), each) for each in found.findings_added]
    lines += [_line("−", _said(each), each) for each in found.findings_gone]
    more = (
        f"<li>{escape(say('overview.more', count=len(lines) - _LINES))}</li>" if len(lines) > _LINES else ""
    )
    st.html(f"<ul>{''.join(lines[:_LINES])}{more}</ul>")


@st.cache_resource(show_spinner=False, max_entries=2)
def _difference(place: str, of: str) -> Changes | None:
    before = previous(place)
    return lists.changes(graph(), before) if before else None


def _line(sign: str, words: str, verdict: Verdicted | None = None) -> str:
    mark = f"{badge(verdict.verdict)} " if verdict else ""
    return f"<li>{sign} {mark}{escape(words)}</li>"


def _said(verdict: Verdicted) -> str:
    return verdict.said if language() == "zh" else verdict.said_en


# ---------------------------------------------------------------- documents and what is missing


def _plans(found: list[Plan]) -> None:
    """The plans by level; a click on a level shows only those."""
    levels = Counter(plan.level for plan in found)
    chips = [here(f"{say('filter.all')} {len(found)}", page="overview", level=None)]
    chips += [
        here(f"{say(f'level.{level}')} {count}", page="overview", level=level)
        for level, count in levels.items()
        if level
    ]
    st.html(f"<p>{' · '.join(chips)}</p>")
    kept = [plan for plan in found if asked("level") in (None, plan.level)]
    heads = ("title", "number", "place", "level", "period", "status")
    st.html(
        table([say(f"column.{head}") for head in heads], [_row(plan) for plan in portion(kept, "overview")])
    )


def _row(plan: Plan) -> tuple[str, ...]:
    signs = "; ".join(plan.signs)
    doubt = (
        f"<br><small title='{escape(signs)}'>⚠ {escape(say('overview.doubt'))}</small>"
        if not plan.trusted
        else ""
    )
    return (
        link("document", plan.title or plan.doc, doc=plan.doc) + doubt,
        escape(plan.number or "—"),
        escape(plan.where or "—"),
        escape(say(f"level.{plan.level}") if plan.level else "—"),
        escape(plan.period or "—"),
        escape(say(f"status.{plan.status}") if plan.status else "—"),
    )


def _lacking(found: list[Missing]) -> None:
    if not found:
        empty("empty.missing")
        return
    st.caption(say("overview.missing_why"))
    rows = [
        (
            escape(one.stub.title or "—"),
            escape(one.stub.number or "—"),
            escape(one.stub.issuer or "—"),
            _cited_by(one),
        )
        for one in found[: _LINES * 5]
    ]
    heads = ("title", "number", "issuer", "cited_by")
    st.html(f"<div class=kg-scroll>{table([say(f'column.{head}') for head in heads], rows)}</div>")


def _cited_by(one: Missing) -> str:
    """The plans that cite it, each leading to the first of its citations."""
    first = {each.doc: each for each in reversed(one.citations)}
    return "<br>".join(
        link("document", title_of(doc), doc=doc, fact=each.id) for doc, each in sorted(first.items())
    )
