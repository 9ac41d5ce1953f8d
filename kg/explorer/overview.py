"""总览: documents by place and level, findings by verdict, what is missing."""

from collections import Counter
from html import escape

import streamlit as st

from kg.explorer.parts import badge, link
from kg.explorer.state import ask, documents, findings, say
from kg.listing import GRAVEST_FIRST
from kg.model import Document
from kg.queries import Missing


def page() -> None:
    """Show what the graph holds and where to look first."""
    st.title(say("page.overview"))
    plans = documents()
    if not plans:
        st.info(say("empty.graph"), icon=":material/info:")
        return
    lacking: list[Missing] = ask("missing")
    _figures(plans, lacking)
    st.subheader(say("overview.findings"))
    _verdicts()
    st.subheader(say("overview.documents"))
    _plans(plans)
    st.subheader(say("overview.missing"))
    st.caption(say("overview.missing_why"))
    st.dataframe(
        [
            {
                say("column.title"): one.stub.title,
                say("column.number"): one.stub.number,
                say("column.issuer"): one.stub.issuer,
                say("column.cited_by"): ", ".join(one.stub.cited_by),
            }
            for one in lacking
        ],
        hide_index=True,
        width="stretch",
    )


def _figures(plans: dict[str, Document], lacking: list[Missing]) -> None:
    trusted = [plan for plan in plans.values() if plan.trusted]
    columns = st.columns(4)
    columns[0].metric(say("overview.count"), len(plans))
    columns[1].metric(say("overview.places"), len({plan.place for plan in trusted if plan.place}))
    columns[2].metric(say("overview.untrusted"), len(plans) - len(trusted))
    columns[3].metric(say("overview.lacking"), len(lacking))


def _verdicts() -> None:
    """A row for each governing pair that has verdicts, its counts leading to the comparison."""
    pairs: dict[tuple[str, str], Counter[str]] = {}
    for finding in findings():
        pairs.setdefault((finding.upper_doc, finding.lower_doc), Counter())[finding.verdict] += 1
    rows = []
    for (upper, lower), counts in sorted(pairs.items()):
        cells = " ".join(
            f"{badge(verdict)}&nbsp;{counts[verdict]}" for verdict in GRAVEST_FIRST if counts[verdict]
        )
        label = f"{upper} → {lower}" if upper != lower else upper
        rows.append(f"<tr><td>{link('compare', label, upper=upper, lower=lower)}</td><td>{cells}</td></tr>")
    st.html(f"<table>{''.join(rows)}</table>")


def _plans(plans: dict[str, Document]) -> None:
    heads = (
        "column.title",
        "column.number",
        "column.place",
        "column.level",
        "column.period",
        "column.status",
    )
    rows = []
    for plan in plans.values():
        warning = f"<br><small>⚠ {escape('; '.join(plan.trust_signs))}</small>" if not plan.trusted else ""
        cells = (
            link("document", plan.title or plan.doc, doc=plan.doc) + warning,
            escape(plan.doc_number or "—"),
            escape(plan.jurisdiction or "—"),
            escape(say(f"level.{plan.level}") if plan.level else "—"),
            "–".join(map(str, plan.period)) if plan.period else "—",
            escape(say(f"status.{plan.status}") if plan.status else "—"),
        )
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    head = "".join(f"<th style='text-align:left'>{escape(say(key))}</th>" for key in heads)
    st.html(f"<div style='overflow-x:auto'><table><tr>{head}</tr>{''.join(rows)}</table></div>")
