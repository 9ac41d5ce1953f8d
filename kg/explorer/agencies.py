"""机构: who answers for what, by document, with the dates by which it is due."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from kg.explorer.parts import empty, here, link, portion, table
from kg.explorer.state import ask, asked, say, title_of, type_in
from kg.model import Assignment, Deadline
from kg.queries import Agency


def page() -> None:
    """Find an agency; show its duties by document."""
    st.title(say("page.agencies"))
    everyone: list[Agency] = ask("agencies")
    words = type_in(say("agencies.find"), "q")
    found = [each for each in everyone if words in each.name]
    chosen = next((each for each in everyone if each.name == asked("agency")), None)
    if chosen is not None:
        _agency(chosen)
    if not found:
        empty("empty.agencies", words=words)
        return
    most = max(each.duties for each in found) or 1
    rows = [
        (
            here(each.name, page="agencies", agency=each.name),
            f"<span class=kg-bar style='width:{80 * each.duties / most:.0f}px'></span> {each.duties}",
            str(each.leads),
            str(each.deadlines),
            str(len(each.documents)),
        )
        for each in portion(found, "agencies")
    ]
    heads = ("column.agency", "agencies.duties", "agencies.leads", "agencies.due", "metrics.plans")
    st.html(table([say(head) for head in heads], rows))


def _agency(agency: Agency) -> None:
    """One agency, opened: its duties document by document."""
    with st.container(border=True):
        close = here(say("list.close"), page="agencies", agency=None)
        st.html(f"<h3>{escape(agency.name)}</h3><p>{close}</p>")
        duties: list[Assignment] = ask("assignments", agency=agency.name)
        for doc in dict.fromkeys(duty.doc for duty in duties):
            own = [duty for duty in duties if duty.doc == doc]
            st.html(f"<strong>{escape(say('agencies.by', plan=title_of(doc), count=len(own)))}</strong>")
            deadlines = ask("deadlines", doc=doc)
            rows = [_duty(duty, agency.name, deadlines) for duty in own]
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
