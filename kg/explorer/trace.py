"""追溯: a metric or a plan from province to county, with what ties each step to the next."""

from html import escape

import streamlit as st

from kg import queries
from kg.errors import UsageError
from kg.explain import value_of
from kg.explorer.parts import link
from kg.explorer.state import graph, language, say, version
from kg.model import Knowledge, Quantity
from kg.trace import Step, Trace, trace

_FONT = "Noto Sans CJK SC,Microsoft YaHei,sans-serif"


def page() -> None:
    """Choose a metric or a plan; draw its chains and list its values at each level."""
    st.title(say("page.trace"))
    whole = _knowledge(version())
    names = _names(whole)
    wanted = st.query_params.get("metric")
    options = names if wanted is None or wanted in names else [wanted, *names]
    index = options.index(wanted) if wanted else 0
    name = st.selectbox(say("trace.choose"), options, index=index, accept_new_options=True)
    if not name:
        st.info(say("empty.trace"), icon=":material/info:")
        return
    st.query_params["metric"] = name
    try:
        found = trace(whole, name)
    except UsageError as error:
        st.warning(f"{error.fault} — {error.remedy}")
        return
    st.graphviz_chart(_drawing(found), width="stretch")
    _values_over_time(found)
    for chain in found.chains:
        for step in chain:
            if step.held:
                _held(step)
    _lacking(found)


@st.cache_resource(show_spinner=False, max_entries=1)
def _knowledge(_version: str) -> Knowledge:
    return queries.knowledge(graph())


def _names(whole: Knowledge) -> list[str]:
    """Names of metrics, those of the most documents first."""
    held: dict[str, set[str]] = {}
    for (doc, _), concept in whole.concept_of.items():
        held.setdefault(concept, set()).add(doc)
    ranked = sorted(whole.concepts, key=lambda concept: (-len(held.get(concept.id, ())), concept.label))
    return list(dict.fromkeys(concept.label for concept in ranked))


def _drawing(found: Trace) -> str:
    """The chains as Graphviz: held plans solid, missing ones dashed, the basis on the edges."""
    nodes: dict[str, str] = {}
    edges: dict[str, None] = {}
    for chain in found.chains:
        for step, below in zip(chain, [*chain[1:], None], strict=True):
            nodes[step.doc] = _node(step)
            if step.link is not None and below is not None:
                dashed = "" if step.link.basis == "cited" else " style=dashed"
                label = _quoted(say(f"basis.{step.link.basis}"))
                edges[f"{_quoted(step.link.upper)} -> {_quoted(step.link.lower)} [label={label}{dashed}]"] = (
                    None
                )
    head = f'rankdir=TB; node [shape=box fontname="{_FONT}"]; edge [fontname="{_FONT}" fontsize=11]'
    return "digraph {" + ";\n".join([head, *nodes.values(), *edges]) + "}"


def _node(step: Step) -> str:
    lines = [step.place or "", step.title or step.doc, step.number or ""]
    lines += [f"{value.time or '—'}  {value_of(value, language())}" for value in step.values]
    if not step.held:
        lines.append(say("trace.lacking"))
    style = 'style="rounded"' if step.held else 'style="rounded,dashed" fontcolor="#666666" color="#888888"'
    label = _quoted("\n".join(_folded(line) for line in lines if line))
    return f"{_quoted(step.doc)} [label={label} {style}]"


def _folded(text: str, width: int = 24) -> str:
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


def _quoted(text: str) -> str:
    """A Graphviz string: nothing in a document's text can leave it."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{inner}"'


def _held(step: Step) -> None:
    title = link("document", step.title or step.doc, doc=step.doc)
    st.html(f"<strong>{escape(step.place or '')}</strong> {title}")
    for value in step.values:
        st.markdown(
            "- "
            + _escaped(f"{value.time or '—'} {value_of(value, language())}")
            + f" :gray[[{value.start}:{value.end}]]"
        )
        st.caption(f"「{' '.join(value.quote.split())}」")
    if step.agencies:
        roles = "、".join(f"{agency.name}（{say('role.' + agency.role)}）" for agency in step.agencies)
        st.caption(say("trace.agencies", names=roles))


def _escaped(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return "".join(
        f"\\{character}" if character in r"\`*_{}[]()#+-.!|<>~$:" else character for character in text
    )


def _values_over_time(found: Trace) -> None:
    """Values of each plan by year, where there are at least two to see a path in."""
    rows = [_point(step, value) for chain in found.chains for step in chain for value in step.values]
    points = [row for row in rows if row is not None]
    unique = list({tuple(point.items()): point for point in points}.values())
    if len(unique) > 1:
        st.subheader(say("trace.over_time"))
        st.scatter_chart(
            unique, x="year", y="value", color="plan", x_label=say("column.year"), y_label=say("column.value")
        )


def _point(step: Step, value: Quantity) -> dict[str, object] | None:
    if value.value is None or value.time is None:
        return None
    return {
        "year": int(value.time[:4]),
        "value": float(value.value),
        "plan": f"{step.place or ''} {step.doc}",
    }


def _lacking(found: Trace) -> None:
    if found.missing:
        st.subheader(say("trace.lacking_list"))
        st.dataframe(
            [
                {
                    say("column.place"): step.place,
                    say("column.title"): step.title,
                    say("column.number"): step.number,
                    say("column.cited_as"): step.link_quote,
                }
                for step in found.missing
            ],
            hide_index=True,
            width="stretch",
        )
