"""查检: a draft held against all that governs its place, before it is signed; nothing of it is kept."""

import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from kg import check as checking
from kg.check import Checked
from kg.explorer.choosing import gravity
from kg.explorer.exporting import MEDIA
from kg.explorer.parts import badge, calm, empty, finding_card, marked_word
from kg.explorer.state import graph, language, say, where
from kg.link.encoder import load_encoder
from kg.listing import GRAVEST_FIRST
from kg.model import Finding, Verdict
from kg.remarks import Remark
from kg.report import dated, lint, render
from kg.report.words import metric_of, one_line, section_of, title_of

#: what the author has to answer for; the rest is told below
TOLD: tuple[Verdict, ...] = ("short", "late", "weaker", "conflict", "absent", "incomparable")
_TYPES = ("txt", "docx", "doc", "wps", "pdf", "html", "htm", "ofd", "md")


def page() -> None:
    """Upload a draft; its findings as a linter's list, each with both quotes; a report to take along."""
    st.title(say("page.check"))
    st.caption(say("check.intro"))
    columns = st.columns([3, 1])
    given = columns[0].file_uploader(say("check.upload"), type=list(_TYPES), key="check.file")
    place = columns[1].text_input(say("check.place"), key="check.place", max_chars=6, placeholder="360103")
    if given is None:
        empty("check.waiting", ":material/upload_file:")
        return
    with st.spinner(say("check.reading")):
        bar = st.progress(0.2, say("check.reading"))
        checked = _checked(given.name, given.getvalue(), place.strip() or None)
        bar.progress(1.0, say("check.done"))
    for each in checked:
        _draft(each)


def _checked(name: str, content: bytes, place: str | None) -> tuple[Checked, ...]:
    """What is found on a draft; kept with this session alone, and gone with it."""
    key = (name, hash(content), place, where())
    if st.session_state.get("check.key") != key:
        st.session_state["check.found"] = checked_bytes(name, content, place, graph())
        st.session_state["check.key"] = key
    found: tuple[Checked, ...] = st.session_state["check.found"]
    return found


def checked_bytes(name: str, content: bytes, place: str | None, source: Any) -> tuple[Checked, ...]:
    """The check of a file's bytes, which stand in a private folder for as long as they are read."""
    with tempfile.TemporaryDirectory(prefix="kg-check-") as folder:
        path = Path(folder) / (Path(name).name or "draft.txt")
        path.write_bytes(content)
        return checking.check(path, source, load_encoder(), place)


def _draft(checked: Checked) -> None:
    """One plan of the file: what to deal with, what is met, remarks."""
    st.subheader(title_of(checked.document))
    above = [
        title_of(each) for doc, each in checked.material.documents.items() if doc != checked.document.doc
    ]
    st.caption(say("check.above", plans="、".join(above) or say("check.none")))
    report = lint.report(checked, language(), dated(where()))
    st.download_button(
        say("check.report"),
        lambda: render(report, ".docx"),
        f"{title_of(checked.document)}-check.docx",
        MEDIA[".docx"],
        icon=":material/download:",
        key=f"report {checked.document.doc}",
    )
    ordered = sorted(checked.findings, key=gravity)
    told = [each for each in ordered if each.verdict in TOLD]
    counts = " ".join(
        badge(verdict, number)
        for verdict in GRAVEST_FIRST
        if (number := sum(each.verdict == verdict for each in checked.findings))
    )
    st.html(f"<p>{counts}</p>")
    _list(say("check.findings"), told, checked)
    _remarks(checked.remarks)
    _list(say("check.fine"), [each for each in ordered if each.verdict not in TOLD], checked)


def _list(heading: str, found: Sequence[Finding], checked: Checked) -> None:
    """Findings as lines; each opens with both quotes."""
    st.html(f"<h4>{escape(heading)} · {len(found)}</h4>")
    if not found:
        st.caption(say("check.nothing"))
    contexts = dict(checked.material.contexts)
    for each in found:
        with st.expander(_line(each)):
            finding_card(each, contexts)


def _line(finding: Finding) -> str:
    """`▼ 低于 metric · gap · section`, as Markdown that nothing in a text can change."""
    words = [f"{marked_word(finding.verdict)} {metric_of(finding.upper)}", finding.gap or ""]
    words.append(section_of(finding.lower.section) if finding.lower else "")
    return calm(" · ".join(word for word in words if word))


def _remarks(found: Sequence[Remark]) -> None:
    st.html(f"<h4>{escape(say('check.remarks'))} · {len(found)}</h4>")
    lines = []
    for each in found:
        quote = f"<div class=kg-quote>{escape(one_line(each.record.quote))}</div>" if each.record else ""
        where_to = section_of(each.record.section) if each.record else say("check.whole")
        said = escape(one_line(each.said(language())))
        lines.append(f"<li>{said} <span class=kg-where>{escape(where_to)}</span>{quote}</li>")
    if lines:
        st.html(f"<ul>{''.join(lines)}</ul>")
    else:
        st.caption(say("check.nothing"))
