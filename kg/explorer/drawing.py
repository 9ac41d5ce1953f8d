"""A chain of plans as a Graphviz drawing, left to right: held plans solid, missing ones dashed."""

from collections.abc import Callable, Iterable, Sequence

from kg.explain import Lang, value_of
from kg.messages import t
from kg.trace import Step

#: missing documents drawn beside a chain; the rest share one box
MISSING = 4
_FONT = "Noto Sans CJK SC,Microsoft YaHei,PingFang SC,sans-serif"
_WIDTH = 18


def drawing(chains: Iterable[Sequence[Step]], lang: Lang, where: Callable[[Step], str]) -> str:
    """The chains as Graphviz: boxes with title, number and values; the basis on the edges.

    where: the address that a click on a box leads to, "" for none.
    At most `MISSING` missing documents are drawn for each chain, the highest first.
    """
    nodes: dict[str, str] = {}
    edges: dict[str, None] = {}
    for chain in chains:
        kept, left_out = _drawn(chain)
        nodes |= {step.doc: _node(step, lang, where(step)) for step in kept}
        edges |= dict.fromkeys(edge for step in kept for edge in _edge(step, lang))
        if left_out:
            bottom = chain[-1].doc
            nodes[f"more {bottom}"] = _rest(bottom, len(left_out), lang)
            edges[f"{quoted('more ' + bottom)} -> {quoted(bottom)} [style=dashed]"] = None
    head = "rankdir=LR; ranksep=0.9; nodesep=0.25; "
    head += f'node [shape=box fontname="{_FONT}" fontsize=13 margin="0.14,0.08"]'
    head += f'; edge [fontname="{_FONT}" fontsize=12]'
    return "digraph {" + ";\n".join([head, *nodes.values(), *edges]) + "}"


def _drawn(chain: Sequence[Step]) -> tuple[list[Step], list[Step]]:
    """The steps that are drawn, and the missing ones for which there is no room."""
    missing = [step for step in chain if not step.held]
    named = sorted(missing, key=lambda step: (step.place is None, step.title is None))[:MISSING]
    shown = {step.doc for step in named}
    return (
        [step for step in chain if step.held or step.doc in shown],
        [step for step in missing if step.doc not in shown],
    )


def _edge(step: Step, lang: Lang) -> list[str]:
    if step.link is None:
        return []
    label = quoted(t(f"basis.{step.link.basis}", lang))
    dashed = "" if step.link.basis == "cited" else " style=dashed"
    return [f"{quoted(step.doc)} -> {quoted(step.link.lower)} [label={label}{dashed}]"]


def _node(step: Step, lang: Lang, address: str) -> str:
    lines = [step.place or "", step.title or step.doc, step.number or ""]
    lines += dict.fromkeys(f"{value.time or '—'}  {value_of(value, lang)}" for value in step.values[:5])
    if not step.held:
        lines.append(t("trace.lacking", lang))
    label = quoted("\n".join(folded(line) for line in lines if line))
    style = (
        'style="rounded,filled" fillcolor="#EAF4FB"'
        if step.held
        else 'style="rounded,dashed" color="#777777"'
    )
    leads = f" URL={quoted(address)} target=_self" if address else ""
    return f"{quoted(step.doc)} [label={label} {style}{leads}]"


def _rest(bottom: str, count: int, lang: Lang) -> str:
    label = quoted(folded(t("trace.more_missing", lang, count=count)))
    return f'{quoted("more " + bottom)} [label={label} style="rounded,dashed" color="#777777"]'


def folded(text: str, width: int = _WIDTH) -> str:
    """The text in lines of at most `width` characters."""
    plain = " ".join(text.split())
    return "\n".join(plain[start : start + width] for start in range(0, len(plain), width))


def quoted(text: str) -> str:
    """A Graphviz string: nothing in a document's text can leave it."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{inner}"'
