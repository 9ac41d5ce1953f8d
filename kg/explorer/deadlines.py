"""期限: what is due when, year by year, each date leading to its passage."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from kg.explorer import lists, plots
from kg.explorer.parts import empty, link, places
from kg.explorer.picking import choose_plan
from kg.explorer.state import ask, choose, first, kept, plans, say, title_of, type_in
from kg.explorer.wording import MOST, Names, having, records_having, times
from kg.model import Deadline
from kg.rebuild import records_of
from kg.report.words import one_line
from kg.vocabulary import Iri, record_iri


def page() -> None:
    """Filter by year, plan and words; a time line of years, then what is due."""
    st.title(say("page.deadlines"))
    everything: dict[str, int] = first("due")
    columns = st.columns(3)
    years = ["", *dict.fromkeys(time[:4] for time in everything)]
    year = choose(
        say("deadlines.year"),
        years,
        "year",
        show=lambda each: each or say("deadlines.all_years"),
        at=columns[0],
    )
    doc = choose_plan(
        say("deadlines.plan"), list(plans()), "doc", at=columns[1], none=say("deadlines.all_plans")
    )
    words = type_in(say("deadlines.words"), "q", columns[2])
    known = _named(doc or "", words) if doc or words else None
    counts = {time: len(of) for time, of in known.items()} if known is not None else everything
    held = {time: count for time, count in sorted(counts.items()) if time.startswith(year or "") and count}
    if not held:
        empty("empty.deadlines")
        return
    _line(held)
    start, end = places(sum(held.values()), "deadlines")
    _calendar(_part(held, known, start, end), held)


def _line(held: Mapping[str, int]) -> None:
    """How much is due in each year."""
    counts = Counter[str]()
    for time, count in held.items():
        counts[time[:4]] += count
    if len(counts) > 1:
        rows = [(year, float(count), f"{year}: {count}") for year, count in sorted(counts.items())]
        plots.draw(plots.bars(rows, ""), alt=say("deadlines.line"), height=60 + 26 * len(rows))


def _named(doc: str, words: str) -> dict[str, list[Iri]]:
    """Time → the nodes of what is due then, in a plan or with these words; an empty text asks nothing."""
    by_time: dict[str, list[Iri]] = {}
    for each, time in _of_plan(doc, words) if doc else _with_words(words):
        by_time.setdefault(time, []).append(each)
    return by_time


def _of_plan(doc: str, words: str) -> list[tuple[Iri, str]]:
    found: list[Deadline] = ask("deadlines", doc=doc)
    return [
        (record_iri(each.doc, each.id), each.time)
        for each in found
        if words in each.what or words in each.quote
    ]


def _with_words(words: str) -> list[tuple[Iri, str]]:
    """What is due anywhere with these words, as far as a search goes."""
    held = {name: first("texts")[name] for name in ("oa:exact", "kg:what")}
    with st.spinner(say("search.asking")):
        texts = tuple(having(held, words).items())
        found: Names = kept(records_having, texts=texts, kinds=("deadline",))
        if found.cut:
            st.warning(say("search.cut", most=f"{MOST:,}"))
        return list(kept(times, records=tuple(found.texts)).items())


def _part(
    held: Mapping[str, int], known: Mapping[str, Sequence[Iri]] | None, start: int, end: int
) -> list[Deadline]:
    """What stands between two places of the list of all that is due, the earliest first."""
    names: list[Iri] = []
    at = 0
    for time, count in held.items():
        if at < end and at + count > start:
            of = known[time] if known is not None else kept(lists.due_then, time=time)
            names += of[max(0, start - at) : end - at]
        at += count
    return [one for one in kept(records_of, names=tuple(names)).values() if isinstance(one, Deadline)]


def _calendar(found: Sequence[Deadline], held: Mapping[str, int]) -> None:
    """One card a date, months after the bare year they belong to. held: time → how much is due in all."""
    for time in sorted({each.time for each in found}):
        own = [each for each in found if each.time == time]
        shown = f"{len(own)}" if len(own) == held.get(time) else f"{len(own)} / {held.get(time, 0):,}"
        lines = "".join(
            f"<li>{link('document', one_line(each.what or each.quote), doc=each.doc, fact=each.id)} "
            f"<span class=kg-where>{escape(title_of(each.doc))}</span></li>"
            for each in own
        )
        st.html(f"<div class=kg-card><strong>{escape(time)}</strong> · {shown}<ul>{lines}</ul></div>")
