"""文本: a plan's text with what was read in it, marked by kind; a fact opens with all it is linked to."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from kg.explain import value_of
from kg.explorer.lists import stating
from kg.explorer.originals import original, page_image
from kg.explorer.parts import address, calm, empty, finding_card, here, kind_mark, link, portion, table
from kg.explorer.picking import choose_plan
from kg.explorer.reading import KINDS, describe, marked, outline
from kg.explorer.state import (
    ask,
    asked,
    choose_many,
    findings_on,
    kept,
    language,
    plans,
    say,
    text_of,
    title_of,
    where,
)
from kg.model import Assignment, Citation, Document, Quantity, Record
from kg.queries import quantities_of

#: values of other plans that are named beside a fact
_OTHERS = 8

#: kinds that are marked at first: tasks would cover every heading
_FIRST = ("quantity", "citation", "assignment", "goal", "deadline")


def page() -> None:
    """Choose a plan; read it with its facts marked, or its facts as a list."""
    st.title(say("page.document"))
    if not plans():
        empty("empty.graph")
        return
    wanted = asked("doc")
    if wanted and wanted not in plans():
        st.warning(say("empty.doc", doc=calm(wanted)))
    doc = choose_plan(say("document.choose"), list(plans()), "doc") or next(iter(plans()))
    plan: Document = ask("document", doc=doc)
    _identity(plan)
    kinds = choose_many(say("filter.kind"), list(KINDS), "kind", lambda kind: say(f"kind.{kind}"))
    everything = {kind: ask(KINDS[kind], doc=doc) for kind in KINDS}
    found: list[Record] = [record for kind in kinds or _FIRST for record in everything[kind]]
    fact = next((one for of_kind in everything.values() for one in of_kind if one.id == asked("fact")), None)
    if fact is not None:
        _opened(fact, plan)
        found = found if fact in found else [*found, fact]
    found.sort(key=lambda record: (record.start, record.end))
    st.html(_views())
    if asked("view") == "facts":
        _list(found)
    else:
        _text(plan, found, fact)


def _views() -> str:
    """The text or its facts as a list: two links, so that either can be sent."""
    facts = asked("view") == "facts"
    text = here(say("document.text"), page="document", view=None, part=None)
    listed = here(say("document.facts"), page="document", view="facts")
    shown = f"<strong>{escape(say('document.facts' if facts else 'document.text'))}</strong>"
    return f"<p>{text} · {shown}</p>" if facts else f"<p>{shown} · {listed}</p>"


def _identity(plan: Document) -> None:
    """What the plan says of itself, and its files."""
    period = "–".join(map(str, plan.period)) if plan.period else None
    status = say(f"status.{plan.status}") if plan.status else None
    parts = (plan.doc_number, plan.issuer, plan.jurisdiction, plan.issued, period, status)
    st.caption(" · ".join(calm(part) for part in parts if part) or say("document.no_identity"))
    if not plan.trusted:
        st.warning(
            calm(say("document.untrusted", signs="; ".join(plan.trust_signs))), icon=":material/warning:"
        )
    columns = st.columns([1, 1, 3])
    text, source = text_of(plan.doc), original(where(), plan.file)
    if text is not None:
        written = text.encode("utf-8", "replace")
        columns[0].download_button(say("document.download"), written, f"{plan.doc}.txt", "text/plain")
    if source is not None and source.suffix != ".txt":
        columns[1].download_button(say("document.original"), source.read_bytes, source.name)
    leads = [link("compare", say("page.compare"), scope="chain", plan=plan.doc)]
    leads += [
        link("trace", say("page.trace"), metric=plan.doc),
        link("graph", say("page.graph"), node=f"document:{plan.doc}"),
    ]
    columns[2].html(" · ".join(leads))


# ---------------------------------------------------------------- one fact


def _opened(fact: Record, plan: Document) -> None:
    """One fact with its evidence and everything linked to it."""
    with st.container(border=True):
        close = here(say("list.close"), page="document", fact=None)
        review = link("review", say("review.open"), about="record", key=f"{fact.doc}/{fact.id}")
        kind = f"<strong>{escape(say('kind.' + fact.kind))}</strong>"
        st.html(f"<p>{kind} {escape(describe(fact, language()))} · {review} · {close}</p>")
        with st.spinner(say("document.finding_page")):
            picture = page_image(where(), plan, fact.start, text_of(plan.doc))
        beside = st.columns(2) if picture else [st.container()]
        section = " > ".join(fact.section)
        beside[0].html(
            f"<div class=kg-where>{escape(section)} [{fact.start}:{fact.end}] · {escape(fact.rule)} · "
            f"{fact.confidence:.2f}</div><blockquote class=kg-quote>{escape(fact.quote)}</blockquote>"
            + _linked(fact)
        )
        if picture:
            words = say("document.image", page=picture[0])
            beside[1].image(picture[1], caption=words, alt=words)
        found, count = findings_on(fact)
        for finding in found:
            finding_card(finding)
        if count > len(found):
            st.caption(say("document.more_findings", shown=len(found), count=f"{count:,}"))


def _linked(fact: Record) -> str:
    """What else the graph knows of a fact, as HTML."""
    if isinstance(fact, Quantity):
        return _same_metric(fact)
    if isinstance(fact, Assignment):
        names = (link("agencies", agency.name, agency=agency.name) for agency in fact.agencies)
        return f"<p>{escape(say('document.agencies'))}：{'、'.join(names)}</p>"
    if isinstance(fact, Citation) and fact.resolves_to:
        if fact.resolves_to in plans():
            cited = link("document", title_of(fact.resolves_to), doc=fact.resolves_to)
        else:
            cited = escape(say("document.not_held"))
        return f"<p>{escape(say('document.cites'))}：{cited}</p>"
    return ""


def _same_metric(fact: Quantity) -> str:
    """The same metric in other plans."""
    concept = ask("concept_of", doc=fact.doc).get((fact.doc, fact.id))
    if concept is None:
        return ""
    links = ask("alignments", concept=concept)
    ids = {concept, *(each.left for each in links), *(each.right for each in links)}
    others = [each for one in sorted(ids) for each in _elsewhere(one, fact.doc)]
    rows = [
        f"<li>{link('document', title_of(each.doc), doc=each.doc, fact=each.id)} "
        f"{escape(each.time or '—')} {escape(value_of(each, language()))}</li>"
        for each in others[:_OTHERS]
    ]
    head = link("metrics", fact.indicator, id=concept)
    return f"<p>{escape(say('document.same_metric'))}：{head}</p><ul>{''.join(rows)}</ul>"


def _elsewhere(concept: str, doc: str) -> list[Quantity]:
    """What the first plans beside this one say of a metric."""
    docs = [each for each in kept(stating, metric=concept) if each != doc]
    return kept(quantities_of, concept=concept, docs=tuple(sorted(docs)[:_OTHERS])) if docs else []


# ---------------------------------------------------------------- list and text


def _list(found: Sequence[Record]) -> None:
    if not found:
        empty("empty.facts")
        return
    rows = [
        (
            kind_mark(record.kind),
            here(
                describe(record, language()) or record.quote,
                page="document",
                fact=record.id,
                view=None,
                part=None,
            ),
            escape(" > ".join(record.section)),
            f"{record.start}–{record.end}",
        )
        for record in portion(found, "document")
    ]
    heads = ("kind", "quote", "section", "places")
    st.html(f"<div class=kg-scroll>{table([say(f'fact.{head}') for head in heads], rows)}</div>")


def _text(plan: Document, found: Sequence[Record], fact: Record | None) -> None:
    """The outline beside the marked text; the text begins at the open fact's heading."""
    text = text_of(plan.doc)
    if text is None:
        empty("document.text_elsewhere", ":material/cloud:")
        return
    side, main = st.columns([1, 3])
    with side:
        _outline(plan)
    legend = " ".join(kind_mark(kind) for kind in dict.fromkeys(record.kind for record in found))
    kept = {name: st.query_params.get_all(name) for name in st.query_params if name != "lang"}
    html = marked(
        text,
        (plan.start, plan.end),
        found,
        lang=language(),
        where=lambda record: address("document", **{**kept, "doc": plan.doc, "fact": record.id}),
        on=fact.id if fact else "",
    )
    main.html(
        f"<p class=kg-where>{escape(say('document.legend'))}：{legend}</p><div class=kg-text>{html}</div>"
    )


def _outline(plan: Document) -> None:
    tasks: list[Record] = ask("tasks", doc=plan.doc)
    lines = [
        f"<div style='padding-left:{depth - 1}rem'>{here(heading, page='document', fact=first)}</div>"
        for depth, heading, first in outline(
            tasks, [*ask("quantities", doc=plan.doc), *ask("goals", doc=plan.doc)]
        )
        if depth < 4
    ]
    if lines:
        st.html(
            f"<strong>{escape(say('document.outline'))}</strong>"
            f"<div class='kg-outline kg-scroll'>{''.join(lines)}</div>"
        )
