"""Pieces that several pages show: badges, tables, quotes in their context, links between pages.

Whatever comes out of a document goes through `escape` here: nothing in a text becomes markup.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st

from kg.explorer.lists import identities
from kg.explorer.state import asked, kept, language, plans, say, text_of, title_of
from kg.explorer.style import KIND_COLOURS
from kg.model import Finding, Quantity, Record
from kg.report.words import note_in
from kg.vocabulary import finding_id

Item = TypeVar("Item")

#: verdict → (mark, background, text): Okabe–Ito colours, told apart by every eye; the word stands beside
VERDICT_LOOK = {
    "short": ("▼", "#D55E00", "#ffffff"),
    "late": ("◷", "#E69F00", "#000000"),
    "weaker": ("◇", "#F0E442", "#000000"),
    "conflict": ("≠", "#CC79A7", "#000000"),
    "incomparable": ("?", "#DDDDDD", "#000000"),
    "absent": ("∅", "#FFFFFF", "#444444"),
    "contributes": ("＋", "#56B4E9", "#000000"),
    "meets": ("✓", "#007A59", "#ffffff"),
    "exceeds": ("▲", "#0072B2", "#ffffff"),
    "benchmark": ("≈", "#EEEEEE", "#000000"),
}
#: characters of the text shown on each side of a quote
CONTEXT = 90
#: rows of a list that are shown at once
ROWS = 100


def badge(verdict: str, count: int | None = None) -> str:
    """A verdict as HTML: mark, word and colour, and how often."""
    mark, ground, ink = VERDICT_LOOK[verdict]
    words = escape(say(f"verdict.{verdict}")) + (f" {count}" if count is not None else "")
    return f'<span class="kg-badge" style="background:{ground};color:{ink}">{mark} {words}</span>'


def kind_mark(kind: str) -> str:
    """A kind of record as HTML: its word on its colour."""
    return f"<span style='background:{KIND_COLOURS[kind]}'>{escape(say('kind.' + kind))}</span>"


def marked_word(verdict: str) -> str:
    """A verdict as plain text: its mark and its word."""
    return f"{VERDICT_LOOK[verdict][0]} {say('verdict.' + verdict)}"


def address(page: str, **parameters: str | Sequence[str] | None) -> str:
    """The address of a page of the explorer, in the reader's language or the given one (`lang`)."""
    wanted: dict[str, Any] = {
        "lang": language(),
        **{name: value for name, value in parameters.items() if value},
    }
    if wanted["lang"] == "zh":
        del wanted["lang"]
    path = "./" if page == "overview" else page
    return f"{path}?{urlencode(wanted, doseq=True)}" if wanted else path


def link(page: str, label: str, *, html: str | None = None, stay: bool = False, **parameters: Any) -> str:
    """A link to a page of the explorer, as HTML. html: markup instead of the label; stay: do not scroll."""
    where = escape(address(page, **parameters))
    return f'<a href="{where}" target="_self" data-kg="{"stay" if stay else ""}">{html or escape(label)}</a>'


def node_link(kind: str, name: str, label: str) -> str:
    """A link to the page of a document, a metric or an agency; "" for what has no page."""
    pages = {"document": ("document", "doc"), "metric": ("metrics", "id"), "agency": ("agencies", "agency")}
    if kind not in pages:
        return ""
    page, parameter = pages[kind]
    where = escape(address(page, **{parameter: name}))
    return f'<a href="{where}" target="_self" data-kg="">{escape(label)}</a>'


def here(label: str, *, html: str | None = None, page: str, **changes: Any) -> str:
    """A link to the same page with some parameters changed (None: dropped)."""
    kept = {name: st.query_params.get_all(name) for name in st.query_params if name != "lang"}
    return link(page, label, html=html, stay=True, **{**kept, **changes})


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], on: int | None = None) -> str:
    """A table of HTML cells that folds into cards on a phone. on: the row that is open."""
    names = [escape(head) for head in heads]
    lines = []
    for at, row in enumerate(rows):
        cells = "".join(f'<td data-head="{name}">{cell}</td>' for name, cell in zip(names, row, strict=True))
        lines.append(f"<tr{' class=kg-on' if at == on else ''}>{cells}</tr>")
    head = "".join(f"<th scope=col>{name}</th>" for name in names)
    return f'<table class="kg-table"><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table>'


def calm(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return "".join(f"\\{each}" if each in r"\`*_{}[]()#+-.!|<>~$:" else each for each in text)


def empty(key: str, icon: str = ":material/info:", **values: Any) -> None:
    """Nothing to show: what that means and what to do."""
    st.info(say(key, **{name: calm(str(value)) for name, value in values.items()}), icon=icon)


def portion(items: Sequence[Item], page: str, parameter: str = "part") -> Sequence[Item]:
    """The part of a long list that the address asks for, with links to the others."""
    first, last = places(len(items), page, parameter)
    return items[first:last]


def places(count: int, page: str, parameter: str = "part", rows: int = ROWS) -> tuple[int, int]:
    """From where to where a list of so many is shown, as the address says, with links to the other parts."""
    if count <= rows:
        return 0, count
    end = (count - 1) // rows
    wanted = asked(parameter) or "0"
    at = min(int(wanted), end) if wanted.isdecimal() else 0
    first, last = at * rows, min(at * rows + rows, count)
    steps = [("list.page_first", 0), ("list.page_before", at - 1)] if at else []
    steps += [("list.page_after", at + 1), ("list.page_last", end)] if at < end else []
    links = [here(say(word), page=page, **{parameter: str(to)}) for word, to in steps]
    shown = say("list.shown", first=f"{first + 1:,}", last=f"{last:,}", count=f"{count:,}")
    st.html(f"<p class=kg-where>{escape(shown)} {' · '.join(links)}</p>")
    return first, last


# ---------------------------------------------------------------- quotes and verdicts


@dataclass(frozen=True, slots=True)
class Outside:
    """What is shown of a draft, which the graph does not hold: titles by id, what stands around quotes."""

    titles: Mapping[str, str]
    contexts: Mapping[tuple[str, str], tuple[str, str]]


def finding_card(finding: Finding, outside: Outside | None = None) -> None:
    """One verdict opened: the sentence, both quotes in their context, confidence and rule.

    outside: given for a verdict on a draft, which nobody can review as long as it is not in the graph.
    """
    said = finding.explanation if language() == "zh" else finding.explanation_en
    st.html(f"<p>{badge(finding.verdict)} {escape(said)}</p>")
    left, right = st.columns(2)
    above, below = (
        ("side.first", "side.second") if finding.verdict == "conflict" else ("side.upper", "side.lower")
    )
    if finding.verdict == "benchmark":
        above, below = "side.peer", "side.peer"
    with left:
        st.html(quote_card(finding.upper, say(above), outside))
    with right:
        if finding.lower:
            st.html(quote_card(finding.lower, say(below), outside))
        else:
            st.info(say("compare.nothing_found"), icon=":material/search_off:")
    st.html(proof(finding, reviewable=outside is None))


def proof(finding: Finding, *, reviewable: bool) -> str:
    """Cautions, basis, confidence and rule of a verdict, as HTML, with the way to its review."""
    notes = "".join(f"<li>{escape(note_in(note, language()))}</li>" for note in finding.notes)
    basis = say(f"basis.{finding.basis}") if finding.basis else "—"
    line = say("compare.proof", basis=basis, confidence=f"{finding.confidence:.2f}", rule=finding.rule)
    review = link("review", say("compare.review"), about="finding", key=finding_id(finding))
    noted = f"<ul class=kg-where>{notes}</ul>" if notes else ""
    return f"{noted}<p class=kg-where>{escape(line)}{f' · {review}' if reviewable else ''}</p>"


def quote_card(record: Record, heading: str, outside: Outside | None = None) -> str:
    """A record's quote, marked in its context, with where it stands, as HTML."""
    plan = plans().get(record.doc)
    name = title_of(record.doc) if plan or outside is None else outside.titles.get(record.doc, record.doc)
    held = kept(identities, docs=(record.doc,)).get(record.doc) if plan else None
    number = f" {escape(held.number)}" if held and held.number else ""
    section = escape(" > ".join(record.section))
    opened = link("document", say("open.text"), doc=record.doc, fact=record.id) if plan else ""
    metric = ""
    if isinstance(record, Quantity):
        metric = f" · {link('metrics', say('open.metric'), q=record.indicator)}" if plan else ""
    return (
        f'<div class="kg-card"><div><strong>{escape(heading)}</strong> {escape(name)}{number}</div>'
        f'<div class="kg-where">{section} [{record.start}:{record.end}]</div>'
        f"<blockquote>{in_context(record, outside)}</blockquote>{opened}{metric}</div>"
    )


def in_context(record: Record, outside: Outside | None = None) -> str:
    """The quote with what stands around it, as HTML on one line."""
    mark = f"<mark>{escape(record.quote)}</mark>"
    if outside and (record.doc, record.id) in outside.contexts:
        before, after = outside.contexts[record.doc, record.id]
    else:
        text = text_of(record.doc)
        if text is None:
            return mark
        before = text[max(0, record.start - CONTEXT) : record.start]
        after = text[record.end : record.end + CONTEXT]
    return " ".join(f"…{escape(before)}{mark}{escape(after)}…".split())
