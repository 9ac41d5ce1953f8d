"""Which verdicts a reader wants to see: the scope, the filters, the order; no page, no widget."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from kg.listing import GRAVEST_FIRST
from kg.model import Assignment, Finding, Quantity, Task

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a finding must have; an empty collection or text asks for nothing. agencies: full names."""

    verdicts: Collection[str] = ()
    natures: Collection[str] = ()
    agencies: Collection[str] = ()
    metric: str = ""

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return bool(self.verdicts or self.natures or self.agencies or self.metric)


def wanted(
    findings: Iterable[Finding], asked: Filter, answerable: Callable[[Finding], Collection[str]]
) -> list[Finding]:
    """The findings that pass, gravest first, binding before expected, then as the upper plans read.

    answerable: who answers for a finding's metric; only called where agencies are asked for.
    """
    kept = [each for each in findings if _passes(each, asked)]
    if asked.agencies:
        kept = [each for each in kept if set(asked.agencies) & set(answerable(each))]
    return sorted(kept, key=gravity)


def _passes(finding: Finding, asked: Filter) -> bool:
    lower = finding.lower.indicator if finding.lower else ""
    return (
        (not asked.verdicts or finding.verdict in asked.verdicts)
        and (not asked.natures or (finding.upper.nature or "none") in asked.natures)
        and (asked.metric in finding.upper.indicator or asked.metric in lower)
    )


def gravity(finding: Finding) -> tuple[object, ...]:
    """The order in which a person wants to read verdicts."""
    rank = GRAVEST_FIRST.index(finding.verdict), finding.upper.nature != "binding"
    return *rank, finding.lower_doc, finding.upper_doc, finding.upper.start, finding.upper.id


def of_chain(findings: Iterable[Finding], docs: Collection[str]) -> list[Finding]:
    """The verdicts between plans of one chain, and on contradictions inside them."""
    return [each for each in findings if each.upper_doc in docs and each.lower_doc in docs]


def answering(
    quantity: Quantity, tasks: Sequence[Task], assignments: Sequence[Assignment]
) -> tuple[str, ...]:
    """The agencies of the innermost task of its document that a quantity stands in, leads first."""
    around = [
        each for each in tasks if each.doc == quantity.doc and each.start <= quantity.start < each.body_end
    ]
    task = max(around, key=lambda each: each.start, default=None)
    if task is None:
        return ()
    own = [
        each for each in assignments if each.doc == quantity.doc and task.start <= each.start <= task.body_end
    ]
    roles = [role for each in own for role in each.agencies]
    order = ("lead", "responsible", "support")
    return tuple(dict.fromkeys(role.name for role in sorted(roles, key=lambda role: order.index(role.role))))
