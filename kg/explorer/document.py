"""文本: a plan's text with what was read in it, marked by kind; a fact opens with all it is linked to."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from kg.explain import value_of
from kg.explorer.parts import finding_card, link
from kg.explorer.state import ask, choose, choose_many, documents, findings, language, say, text_of, title_of
from kg.model import Assignment, Citation, Document, Goal, Quantity, Record

#: kind → (ask for it by, mark colour); colours of the Okabe–Ito palette, thinned for reading
KINDS = {
    "quantity": ("quantities", "#56B4E955"),
    "citation": ("citations", "#F0E44266"),
    "assignment": ("assignments", "#009E7344"),
    "goal": ("goals", "#CC79A744"),
}


def page() -> None:
    """Choose a plan; read it with its facts marked, or its facts as a list."""
    st.title(say("page.document"))
    plans = documents()
    doc = choose(say("document.choose"), list(plans), "doc", show=lambda each: title_of(plans[each]))
    if doc is None:
        st.info(say("empty.graph"), icon=":material/info:")
        return
    _identity(plans[doc])
    kinds = choose_many(say("filter.kind"), list(KINDS), "kind", lambda kind: say(f"kind.{kind}"))
    found = [record for kind in kinds or KINDS for record in ask(KINDS[kind][0], doc=doc)]
    found.sort(key=lambda record: (record.start, record.end))
    fact = next((record for record in found if record.id == st.query_params.get("fact")), None)
    if fact is not None:
        _opened(fact)
    listed, read = st.tabs([say("document.facts"), say("document.text")])
    with listed:
        _list(found)
    with read:
        _text(plans[doc], found, fact)


def _identity(plan: Document) -> None:
    period = "–".join(map(str, plan.period)) if plan.period else None
    status = say(f"status.{plan.status}") if plan.status else None
    parts = (plan.doc_number, plan.issuer, plan.jurisdiction, plan.issued, period, status)
    st.caption(" · ".join(part for part in parts if part) or say("document.no_identity"))
    if not plan.trusted:
        st.warning(say("document.untrusted", signs="; ".join(plan.trust_signs)), icon=":material/warning:")
    text = text_of(plan.doc)
    if text is not None:
        st.download_button(say("document.download"), text.encode("utf-8"), f"{plan.doc}.txt", "text/plain")


def _opened(fact: Record) -> None:
    """One fact with its evidence and everything linked to it."""
    with st.container(border=True):
        st.html(f"<strong>{escape(say('kind.' + fact.kind))}</strong> {escape(describe(fact))}")
        where = " > ".join(fact.section)
        st.caption(f"{where} [{fact.start}:{fact.end}] · {fact.rule} · {fact.confidence:.2f}")
        st.html(f"<blockquote>{escape(fact.quote)}</blockquote>")
        for finding in findings():
            sides = [side for side in (finding.upper, finding.lower) if side]
            if any((side.doc, side.id) == (fact.doc, fact.id) for side in sides):
                finding_card(finding)


def describe(record: Record) -> str:
    """A record in one line."""
    if isinstance(record, Quantity):
        kind = say(f"class.{record.class_}")
        return f"{kind} {record.indicator} {value_of(record, language())} {record.time or ''}".strip()
    if isinstance(record, Citation):
        return f"{say('relation.' + record.relation)} {record.title or ''} {record.number or ''}".strip()
    if isinstance(record, Assignment):
        return f"{record.task}: " + "、".join(f"{a.name}({say('role.' + a.role)})" for a in record.agencies)
    if isinstance(record, Goal):
        return f"{record.quote} {record.time or ''}".strip()
    return record.quote


def _list(found: Sequence[Record]) -> None:
    rows = [
        f"<tr><td style='background:{KINDS[record.kind][1]}'>{escape(say('kind.' + record.kind))}</td>"
        f"<td>{link('document', describe(record), doc=record.doc, fact=record.id)}</td>"
        f"<td style='white-space:nowrap'>{record.start}–{record.end}</td></tr>"
        for record in found
    ]
    if rows:
        st.html(f"<div style='max-height:40rem;overflow:auto'><table>{''.join(rows)}</table></div>")
    else:
        st.info(say("empty.facts"), icon=":material/info:")


def _text(plan: Document, found: Iterable[Record], fact: Record | None) -> None:
    text = text_of(plan.doc)
    if text is None:
        st.info(say("document.text_elsewhere"), icon=":material/cloud:")
        return
    st.html(
        "<div style='white-space:pre-wrap;line-height:1.9;max-height:48rem;overflow:auto'>"
        f"{marked(text, plan.start, plan.end, found, fact)}</div>"
    )


def marked(text: str, start: int, end: int, found: Iterable[Record], fact: Record | None = None) -> str:
    """text[start:end] as HTML with each record marked; where records overlap, the first to begin counts."""
    parts: list[str] = []
    at = start
    for record in found:
        if record.start < at or record.end > end:
            continue
        parts.append(escape(text[at : record.start]))
        outline = ";outline:2px solid #D55E00" if fact is not None and record.id == fact.id else ""
        style = f"background:{KINDS[record.kind][1]}{outline}"
        words = escape(text[record.start : record.end])
        parts.append(f'<span style="{style}" title="{escape(describe(record))}">{words}</span>')
        at = record.end
    parts.append(escape(text[at:end]))
    return "".join(parts)
