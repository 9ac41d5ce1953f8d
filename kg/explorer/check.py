"""查检: a draft held against all that governs its place, before it is signed; stored only when told to."""

import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from kg import check as checking
from kg.check import Checked
from kg.draft import Progress, Stage
from kg.errors import KgError
from kg.explorer.choosing import gravity
from kg.explorer.exporting import MEDIA
from kg.explorer.parts import Outside, badge, calm, empty, finding_card, marked_word
from kg.explorer.state import graph, language, say, type_in, version, where
from kg.explorer.storing import home_of, store
from kg.link.encoder import load_encoder
from kg.listing import GRAVEST_FIRST
from kg.model import Finding, Verdict
from kg.remarks import Remark
from kg.report import dated, lint, render
from kg.report.words import metric_of, one_line, section_of, title_of
from kg.source import GraphSource

#: a file's name and its bytes
Given = tuple[str, bytes]
#: what the author has to answer for; the rest is told below
TOLD: tuple[Verdict, ...] = ("short", "late", "weaker", "conflict", "absent", "incomparable")
_TYPES = ("txt", "docx", "doc", "wps", "pdf", "html", "htm", "ofd", "md")


def page() -> None:
    """Upload a draft; its findings as a linter's list, each with both quotes; a report to take along."""
    st.title(say("page.check"))
    st.caption(say("check.intro"))
    columns = st.columns([3, 1])
    number = st.session_state.setdefault("check.number", 0)
    key = f"check.file.{number}"
    columns[0].file_uploader(say("check.upload"), type=list(_TYPES), key=key, on_change=_take, args=(key,))
    place = type_in(say("check.place"), "place", columns[1], max_chars=6, placeholder="360103")
    given: Given | None = st.session_state.get("check.given")
    if given is None:
        empty("check.waiting", ":material/upload_file:")
        return
    checked = _checked(given, place or None)
    columns = st.columns([4, 1])
    columns[0].caption(calm(say("check.of", file=given[0])))
    columns[1].button(say("check.discard"), on_click=_discard, icon=":material/delete:", width="stretch")
    for each in checked:
        _draft(each)
    _offer_to_store(given)


def _offer_to_store(given: Given) -> None:
    """A button that takes the draft into the corpus, where the graph was built from a folder."""
    home = home_of(where())
    if home is None:
        return
    told = say("check.store_help", folder=home)
    if st.button(say("check.store"), help=calm(told), icon=":material/library_add:"):
        try:
            with st.spinner(say("check.storing")):
                path = store(where(), *given)
        except KgError as error:
            st.error(calm(str(error)))
        else:
            st.success(calm(say("check.stored", file=path)))


def _take(key: str) -> None:
    """Keep what was just chosen, in this session alone, so that it is still here after a look elsewhere."""
    chosen = st.session_state[key]
    if chosen is None:
        _discard()
    else:
        st.session_state["check.given"] = (chosen.name, chosen.getvalue())


def _discard() -> None:
    """Forget the draft and all that was found on it; an uploader under a new key is empty."""
    for name in ("check.given", "check.found", "check.key"):
        st.session_state.pop(name, None)
    st.session_state["check.number"] += 1


def _checked(given: Given, place: str | None) -> tuple[Checked, ...]:
    """What is found on a draft, sought anew when the graph has changed; kept with this session alone."""
    key = (*given, place, version())
    if st.session_state.get("check.key") != key:
        st.session_state.pop("check.found", None)
        bar = st.progress(0.0)

        def tell(stage: Stage, share: float) -> None:
            bar.progress(share, say(f"check.stage.{stage}"))

        try:
            found = checked_bytes(*given, place, graph(), tell)
        finally:
            bar.empty()
        st.session_state["check.found"], st.session_state["check.key"] = found, key
    kept: tuple[Checked, ...] = st.session_state["check.found"]
    return kept


def checked_bytes(
    name: str, content: bytes, place: str | None, source: GraphSource, told: Progress
) -> tuple[Checked, ...]:
    """The check of a file's bytes, which stand in a private folder for as long as they are read."""
    with tempfile.TemporaryDirectory(prefix="kg-check-") as folder:
        path = Path(folder) / (Path(name).name or "draft.txt")
        path.write_bytes(content)
        return checking.check(path, source, load_encoder(), place, told)


def _draft(checked: Checked) -> None:
    """One plan of the file: what to deal with, what is met, remarks."""
    st.subheader(calm(title_of(checked.document)))
    above = [
        title_of(each) for doc, each in checked.material.documents.items() if doc != checked.document.doc
    ]
    if above:
        st.caption(say("check.above", plans=calm("、".join(above))))
    else:
        st.warning(say("check.unheld"), icon=":material/warning:")
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
    _list(say("check.findings"), told, checked, say("check.nothing" if above else "check.none"))
    _remarks(checked.remarks)
    fine = [each for each in ordered if each.verdict not in TOLD]
    _list(say("check.fine"), fine, checked, say("check.none"))


def _list(heading: str, found: Sequence[Finding], checked: Checked, none: str) -> None:
    """Findings as lines; each opens with both quotes. none: what is said where there are none."""
    st.html(f"<h4>{escape(heading)} · {len(found)}</h4>")
    if not found:
        st.caption(none)
    titles = {doc: title_of(plan) for doc, plan in checked.material.documents.items()}
    outside = Outside(titles, checked.material.contexts)
    for each in found:
        with st.expander(_line(each)):
            finding_card(each, outside)


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
        st.caption(say("check.none"))
