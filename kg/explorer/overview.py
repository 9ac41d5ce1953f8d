"""总览: documents by place and level, findings by verdict, what is missing, what the last build changed."""

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from kg.explorer import lists
from kg.explorer.lacking import Lack, lacks
from kg.explorer.lists import Changes, Identity, Plan, Verdicted, matching
from kg.explorer.parts import badge, empty, here, link, places, portion, table
from kg.explorer.state import (
    asked,
    first,
    graph,
    is_remote,
    kept,
    language,
    plans,
    say,
    title_of,
    type_in,
    version,
    where,
)
from kg.listing import GRAVEST_FIRST
from kg.store import previous
from kg.vocabulary import Iri

#: lines of what changed
_LINES = 12
#: plans whose pairs are shown at once
_PLANS = 25
#: verdicts that are held against the last build's without being asked for
_AT_ONCE = 20_000


def page() -> None:
    """Show what the graph holds and where to look first."""
    st.title(say("page.overview"))
    if not plans():
        empty("empty.graph")
        return
    _figures()
    _search()
    st.subheader(say("overview.findings"))
    _verdicts(first("totals"))
    words = type_in(say("overview.where"), "where", placeholder=say("pick.hint"))
    found = matching(plans().values(), words)
    if not found:
        empty("pick.none", words=words)
        return
    if first("totals"):
        _pairs(found)
    _changes()
    st.subheader(say("overview.documents"))
    _plans(found)
    st.subheader(say("overview.missing"))
    _lacking()


def _figures() -> None:
    trusted = [plan for plan in plans().values() if plan.trusted]
    columns = st.columns(4)
    columns[0].metric(say("overview.count"), f"{len(plans()):,}")
    columns[1].metric(say("overview.places"), f"{len({plan.place for plan in trusted if plan.place}):,}")
    columns[2].metric(say("overview.untrusted"), f"{len(plans()) - len(trusted):,}")
    columns[3].metric(say("overview.lacking"), f"{len(first('lacking')):,}")


def _search() -> None:
    words = st.text_input(say("overview.ask"), key="overview.q", placeholder=say("search.hint"))
    if words:
        st.html(link("search", say("overview.search", words=words), q=words))


def _verdicts(whole: Counter[str]) -> None:
    """Every verdict with its number, each leading to those findings."""
    if not whole:
        empty("empty.findings")
        return
    marks = (
        link("compare", "", html=badge(verdict, whole[verdict]), scope="all", verdict=verdict)
        for verdict in GRAVEST_FIRST
        if whole[verdict]
    )
    st.html(f"<p style='line-height:2.2'>{' '.join(marks)}</p>")


def _pairs(found: Sequence[Plan]) -> None:
    """The plans that most must be done about, a row for each plan they are held against."""
    grave = first("grave")
    ordered = sorted(found, key=lambda plan: _gravity(grave.get(plan.doc, Counter())))
    st.caption(say("overview.pairs", plans=f"{len(found):,}"))
    start, end = places(len(ordered), "overview", "pairs", _PLANS)
    shown = [plan.doc for plan in ordered[start:end]]
    counts: dict[tuple[str, str], Counter[str]] = kept(lists.counts, lowers=tuple(shown))
    place = {doc: at for at, doc in enumerate(shown)}
    rows = []
    for (upper, lower), each in sorted(counts.items(), key=lambda row: (place[row[0][1]], _gravity(row[1]))):
        cells = " ".join(
            link("compare", "", html=badge(verdict, each[verdict]), upper=upper, lower=lower, verdict=verdict)
            for verdict in GRAVEST_FIRST
            if each[verdict]
        )
        above = say("overview.itself") if upper == lower else title_of(upper)
        below = link("compare", title_of(lower), scope="chain", plan=lower)
        rows.append((link("compare", above, upper=upper, lower=lower), below, cells))
    if not rows:
        empty("overview.no_pairs")
        return
    heads = [say("side.upper"), say("side.lower"), say("column.verdict")]
    st.html(f"<div class=kg-scroll>{table(heads, rows)}</div>")


def _gravity(counts: Counter[str]) -> tuple[int, ...]:
    return tuple(-counts[verdict] for verdict in GRAVEST_FIRST)


# ---------------------------------------------------------------- what changed


def _changes() -> None:
    """What the last build changed, where the one before is still on disk; on demand where it takes long."""
    if is_remote() or not _before(where(), version()):
        return
    st.subheader(say("overview.changes"))
    if sum(first("totals").values()) > _AT_ONCE and not asked("changes"):
        shown = here(say("overview.compare_builds"), page="overview", changes="1")
        st.html(f"<p>{shown}</p>")
        return
    with st.spinner(say("overview.comparing")):
        found = _difference(where(), version())
    if not found:
        st.caption(say("overview.unchanged"))
        return
    lines = [_line("＋", link("document", title_of(doc), doc=doc)) for doc in found.documents_added]
    lines += [_line("−", escape(doc)) for doc in found.documents_gone]
    room = max(0, _LINES - len(lines))
    lines += [
        _line("＋", link("compare", _said(each), scope="all", open=each.id), each)
        for each in lists.verdicts(graph(), found.findings_added[:room])
    ]
    before = previous(where())
    gone = lists.verdicts(before, found.findings_gone[: max(0, _LINES - len(lines))]) if before else []
    lines += [_line("−", escape(_said(each)), each) for each in gone]
    count = len(found.documents_added) + len(found.documents_gone)
    count += len(found.findings_added) + len(found.findings_gone)
    more = f"<li>{escape(say('overview.more', count=f'{count - _LINES:,}'))}</li>" if count > _LINES else ""
    st.html(f"<ul>{''.join(lines[:_LINES])}{more}</ul>")


@st.cache_resource(show_spinner=False, max_entries=2)
def _before(place: str, of: str) -> bool:
    return previous(place) is not None


@st.cache_resource(show_spinner=False, max_entries=2)
def _difference(place: str, of: str) -> Changes:
    before = previous(place)
    return lists.changes(graph(), before) if before else Changes()


def _line(sign: str, words: str, verdict: Verdicted | None = None) -> str:
    """One change, as HTML. words: HTML too; what is no more leads nowhere."""
    mark = f"{badge(verdict.verdict)} " if verdict else ""
    return f"<li>{sign} {mark}{words}</li>"


def _said(verdict: Verdicted) -> str:
    return verdict.said if language() == "zh" else verdict.said_en


# ---------------------------------------------------------------- documents and what is missing


def _plans(found: Sequence[Plan]) -> None:
    """The plans by level; a click on a level shows only those."""
    levels = Counter(plan.level for plan in found)
    chips = [here(f"{say('filter.all')} {len(found):,}", page="overview", level=None, part=None)]
    chips += [
        here(f"{say(f'level.{level}')} {count:,}", page="overview", level=level, part=None)
        for level, count in levels.items()
        if level
    ]
    st.html(f"<p>{' · '.join(chips)}</p>")
    shown = portion([plan for plan in found if asked("level") in (None, plan.level)], "overview")
    held: dict[str, Identity] = kept(lists.identities, docs=tuple(plan.doc for plan in shown))
    heads = ("title", "number", "place", "level", "period", "status")
    rows = [_row(plan, held.get(plan.doc, Identity())) for plan in shown]
    st.html(table([say(f"column.{head}") for head in heads], rows))


def _row(plan: Plan, own: Identity) -> tuple[str, ...]:
    signs = "; ".join(own.signs)
    doubt = (
        f"<br><small title='{escape(signs)}'>⚠ {escape(say('overview.doubt'))}</small>"
        if not plan.trusted
        else ""
    )
    return (
        link("document", plan.title or plan.doc, doc=plan.doc) + doubt,
        escape(own.number or "—"),
        escape(plan.where or "—"),
        escape(say(f"level.{plan.level}") if plan.level else "—"),
        escape(plan.period or "—"),
        escape(say(f"status.{own.status}") if own.status else "—"),
    )


def _lacking() -> None:
    found: dict[Iri, tuple[str, ...]] = first("lacking")
    if not found:
        empty("empty.missing")
        return
    st.caption(say("overview.missing_why"))
    start, end = places(len(found), "overview", "missing", _PLANS)
    wanted = tuple(list(found.items())[start:end])
    rows = [
        (
            escape(one.stub.title or "—"),
            escape(one.stub.number or "—"),
            escape(one.stub.issuer or "—"),
            _cited_by(one),
        )
        for one in kept(lacks, wanted=wanted)
    ]
    heads = ("title", "number", "issuer", "cited_by")
    st.html(f"<div class=kg-scroll>{table([say(f'column.{head}') for head in heads], rows)}</div>")


def _cited_by(one: Lack) -> str:
    """The first plans that cite it, each leading to the first of its citations."""
    lines = [link("document", title_of(doc), doc=doc, fact=fact) for doc, fact in one.citing]
    if one.count > len(one.citing):
        lines.append(escape(say("overview.more", count=f"{one.count - len(one.citing):,}")))
    return "<br>".join(lines)
