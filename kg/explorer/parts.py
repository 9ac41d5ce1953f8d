"""Pieces that several pages show: verdict badges, quotes in their context, links between pages."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from kg.explorer.state import documents, language, say, text_of
from kg.model import Finding, Quantity

#: verdict → (mark, background, text): Okabe–Ito colours, told apart by every eye; the word stands beside
VERDICT_LOOK = {
    "short": ("▼", "#D55E00", "#ffffff"),
    "late": ("◷", "#E69F00", "#000000"),
    "weaker": ("◇", "#F0E442", "#000000"),
    "conflict": ("≠", "#CC79A7", "#000000"),
    "incomparable": ("?", "#DDDDDD", "#000000"),
    "absent": ("∅", "#BBBBBB", "#000000"),
    "contributes": ("＋", "#56B4E9", "#000000"),
    "meets": ("✓", "#009E73", "#ffffff"),
    "exceeds": ("▲", "#0072B2", "#ffffff"),
    "benchmark": ("≈", "#EEEEEE", "#000000"),
}
#: characters of the text shown on each side of a quote
CONTEXT = 90
_BADGE = "display:inline-block;padding:.05rem .5rem;border-radius:.6rem;font-weight:600;white-space:nowrap"


def badge(verdict: str) -> str:
    """A verdict as HTML: mark, word and colour."""
    mark, background, ink = VERDICT_LOOK[verdict]
    words = escape(say(f"verdict.{verdict}"))
    return f'<span style="{_BADGE};background:{background};color:{ink}">{mark} {words}</span>'


def link(page: str, label: str, **parameters: str) -> str:
    """A link to another page of the explorer, as HTML."""
    address = urlencode({"lang": language(), **parameters})
    return f'<a href="{escape(page)}?{escape(address)}" target="_self">{escape(label)}</a>'


def finding_card(finding: Finding) -> None:
    """One verdict opened: the sentence, both quotes in their context, confidence and rule."""
    said = finding.explanation if language() == "zh" else finding.explanation_en
    st.html(f"<p>{badge(finding.verdict)} {escape(said)}</p>")
    left, right = st.columns(2)
    with left:
        quote_card(finding.upper, say("side.upper"))
    with right:
        if finding.lower:
            quote_card(finding.lower, say("side.lower"))
        else:
            st.info(say("compare.nothing_found"), icon=":material/search_off:")
    for note in finding.notes:
        st.caption(f"· {note}")
    basis = say(f"basis.{finding.basis}") if finding.basis else "—"
    st.caption(say("compare.proof", basis=basis, confidence=f"{finding.confidence:.2f}", rule=finding.rule))


def quote_card(quantity: Quantity, heading: str) -> None:
    """A quantity's quote, marked in its context, with where it stands."""
    plan = documents().get(quantity.doc)
    title = plan.title if plan and plan.title else quantity.doc
    number = f" {escape(plan.doc_number)}" if plan and plan.doc_number else ""
    where = " > ".join(quantity.section)
    st.html(
        f'<div style="border:1px solid #8886;border-radius:.5rem;padding:.6rem .8rem">'
        f"<div><strong>{escape(heading)}</strong> {escape(title)}{number}</div>"
        f'<div style="opacity:.75;font-size:.85rem">{escape(where)} [{quantity.start}:{quantity.end}]</div>'
        f'<blockquote style="margin:.5rem 0 .3rem 0">{_in_context(quantity)}</blockquote>'
        f"{link('document', say('open.text'), doc=quantity.doc, fact=quantity.id)}</div>"
    )


def _in_context(quantity: Quantity) -> str:
    """The quote with what stands around it, as HTML."""
    text = text_of(quantity.doc)
    mark = f"<mark>{escape(quantity.quote)}</mark>"
    if text is None:
        return mark
    before = text[max(0, quantity.start - CONTEXT) : quantity.start]
    after = text[quantity.end : quantity.end + CONTEXT]
    return f"…{escape(before)}{mark}{escape(after)}…".replace("\n", " ")
