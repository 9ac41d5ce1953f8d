"""期限: what is due when, year by year, each date leading to its passage."""

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from kg.explorer import plots
from kg.explorer.parts import empty, link, portion
from kg.explorer.state import ask, choose, plans, say, title_of, type_in
from kg.model import Deadline
from kg.report.words import one_line


def page() -> None:
    """Filter by year, plan and words; a time line of years, then what is due."""
    st.title(say("page.deadlines"))
    everything: list[Deadline] = ask("deadlines")
    columns = st.columns(3)
    years = ["", *sorted({each.time[:4] for each in everything})]
    year = choose(
        say("deadlines.year"),
        years,
        "year",
        show=lambda each: each or say("deadlines.all_years"),
        at=columns[0],
    )
    held = {each.doc for each in everything}
    docs = ["", *(doc for doc in plans() if doc in held)]
    doc = choose(
        say("deadlines.plan"),
        docs,
        "doc",
        show=lambda each: title_of(each) if each else say("deadlines.all_plans"),
        at=columns[1],
    )
    words = type_in(say("deadlines.words"), "q", columns[2])
    found = chosen(everything, year or "", doc or "", words)
    if not found:
        empty("empty.deadlines")
        return
    counts = Counter(each.time[:4] for each in found)
    if len(counts) > 1:
        rows = [(year, float(count), f"{year}: {count}") for year, count in sorted(counts.items())]
        plots.draw(plots.bars(rows, ""), alt=say("deadlines.line"), height=60 + 26 * len(rows))
    _calendar(list(portion(found, "deadlines")))


def chosen(found: Sequence[Deadline], year: str, doc: str, words: str) -> list[Deadline]:
    """The deadlines of a year, a plan and with these words; an empty text asks for nothing."""
    return [
        each
        for each in found
        if each.time.startswith(year)
        and doc in ("", each.doc)
        and (words in each.what or words in each.quote)
    ]


def _calendar(found: Sequence[Deadline]) -> None:
    """One card a date, months after the bare year they belong to."""
    for time in sorted({each.time for each in found}):
        own = [each for each in found if each.time == time]
        lines = "".join(
            f"<li>{link('document', one_line(each.what or each.quote), doc=each.doc, fact=each.id)} "
            f"<span class=kg-where>{escape(title_of(each.doc))}</span></li>"
            for each in own
        )
        st.html(f"<div class=kg-card><strong>{escape(time)}</strong> · {len(own)}<ul>{lines}</ul></div>")
