"""机构: who answers for what, by document, with the dates by which it is due."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from kg.explorer import lists
from kg.explorer.parts import empty, here, link, places, portion, table
from kg.explorer.state import asked, first, kept, say, title_of, type_in
from kg.model import Assignment, Deadline
from kg.rebuild import records_of
from kg.vocabulary import Iri, names_in


def page() -> None:
    """Find an agency; show its duties by document."""
    st.title(say("page.agencies"))
    everyone: dict[str, int] = first("agencies")
    words = type_in(say("agencies.find"), "q")
    if asked("agency") in everyone:
        _agency(str(asked("agency")), everyone)
    found = [name for name in everyone if words in name]
    if not found:
        empty("empty.agencies", words=words)
        return
    shown = portion(found, "agencies")
    loads: dict[str, tuple[int, int]] = kept(lists.loads, names=tuple(shown))
    most = max(everyone[name] for name in shown) or 1
    rows = [
        (
            here(name, page="agencies", agency=name, duties=None),
            f"<span class=kg-bar style='width:{80 * everyone[name] / most:.0f}px'></span> {everyone[name]}",
            *map(str, loads.get(name, (0, 0))),
        )
        for name in shown
    ]
    heads = ("column.agency", "agencies.duties", "agencies.leads", "agencies.due")
    st.html(table([say(head) for head in heads], rows))


def _agency(name: str, everyone: dict[str, int]) -> None:
    """One agency, opened: its duties document by document."""
    with st.container(border=True):
        close = here(say("list.close"), page="agencies", agency=None, duties=None)
        st.html(f"<h3>{escape(name)}</h3><p>{close}</p>")
        nodes: list[Iri] = kept(lists.duties, agency=name)
        plans = {names_in(each)[1] for each in nodes}
        st.caption(say("agencies.all", count=f"{len(nodes):,}", plans=f"{len(plans):,}"))
        start, end = places(len(nodes), "agencies", "duties")
        duties = list(kept(records_of, names=tuple(nodes[start:end])).values())
        docs = tuple(dict.fromkeys(duty.doc for duty in duties))
        deadlines: list[Deadline] = kept(lists.dates, docs=docs) if docs else []
        for doc in docs:
            own = [duty for duty in duties if duty.doc == doc]
            st.html(f"<strong>{escape(say('agencies.by', plan=title_of(doc), count=len(own)))}</strong>")
            rows = [_duty(duty, name, deadlines) for duty in own]
            st.html(
                table([say("column.task"), say("column.role"), say("column.due"), say("column.quote")], rows)
            )


def _duty(duty: Assignment, name: str, deadlines: Sequence[Deadline]) -> tuple[str, ...]:
    roles = "、".join(dict.fromkeys(say(f"role.{role.role}") for role in duty.agencies if role.name == name))
    return (
        link("document", duty.task or duty.quote, doc=duty.doc, fact=duty.id),
        escape(roles),
        escape(due(duty, deadlines) or "—"),
        escape(" ".join(duty.quote.split())),
    )


def due(duty: Assignment, deadlines: Sequence[Deadline]) -> str | None:
    """The first date that stands in a duty's own task; None where it has none."""
    start, end = duty.task_start, max(duty.task_end or 0, duty.end)
    if start is None:
        return None
    within = [each.time for each in deadlines if each.doc == duty.doc and start <= each.start < end]
    return min(within, default=None)
