"""对照: two plans held against each other, target by target; a row opens both quotes."""

import streamlit as st

from kg.explain import value_of
from kg.explorer.parts import VERDICT_LOOK, finding_card
from kg.explorer.state import choose, choose_many, documents, findings, language, say, title_of
from kg.listing import GRAVEST_FIRST
from kg.model import Finding


def page() -> None:
    """Choose a governing and a lower plan, filter, open a verdict."""
    st.title(say("page.compare"))
    plans = documents()
    pairs = sorted({(finding.upper_doc, finding.lower_doc) for finding in findings()})
    if not pairs:
        st.info(say("empty.findings"), icon=":material/info:")
        return
    left, right = st.columns(2)
    uppers = [doc for doc in plans if any(doc == upper for upper, _ in pairs)]
    upper = choose(say("side.upper"), uppers, "upper", show=lambda doc: title_of(plans[doc]), where_to=left)
    lowers = [doc for doc in plans if (upper, doc) in pairs]
    lower = choose(say("side.lower"), lowers, "lower", show=lambda doc: title_of(plans[doc]), where_to=right)
    found = _filtered(findings(upper, lower))
    if not found:
        st.info(say("empty.filter"), icon=":material/filter_alt_off:")
        return
    _open_one(found)


def _filtered(found: list[Finding]) -> list[Finding]:
    """The findings that pass the filters, gravest first."""
    columns = st.columns(3)
    present = [verdict for verdict in GRAVEST_FIRST if any(one.verdict == verdict for one in found)]
    verdicts = choose_many(
        say("filter.verdict"),
        present,
        "verdict",
        lambda v: f"{VERDICT_LOOK[v][0]} {say('verdict.' + v)}",
        columns[0],
    )
    natures = choose_many(
        say("filter.nature"), ["binding", "expected"], "nature", lambda n: say("nature." + n), columns[1]
    )
    words = columns[2].text_input(say("filter.metric"), st.query_params.get("q", ""))
    st.query_params["q"] = words
    kept = [
        one
        for one in found
        if (not verdicts or one.verdict in verdicts)
        and (not natures or one.upper.nature in natures)
        and words in one.upper.indicator
    ]
    return sorted(
        kept,
        key=lambda one: (GRAVEST_FIRST.index(one.verdict), one.upper.nature != "binding", one.upper.start),
    )


def _open_one(found: list[Finding]) -> None:
    """The table; the chosen row opened below it."""
    chosen = st.dataframe(
        [_row(one) for one in found],
        hide_index=True,
        width="stretch",
        on_select="rerun",
        selection_mode="single-row",
        key="findings",
    )
    rows = chosen["selection"]["rows"]
    if rows:
        finding_card(found[rows[0]])
    else:
        st.caption(say("compare.open_hint"))
        for one in found[:3]:
            finding_card(one)


def _row(one: Finding) -> dict[str, str]:
    mark = VERDICT_LOOK[one.verdict][0]
    return {
        say("column.verdict"): f"{mark} {say('verdict.' + one.verdict)}",
        say("column.metric"): one.upper.indicator,
        say("column.upper"): f"{value_of(one.upper, language())} · {one.upper.time or '—'}",
        say("column.lower"): f"{value_of(one.lower, language())} · {one.lower.time or '—'}"
        if one.lower
        else "—",
        say("column.gap"): one.gap or "—",
        say("column.nature"): say("nature." + one.upper.nature) if one.upper.nature else "—",
        say("column.confidence"): f"{one.confidence:.2f}",
    }
