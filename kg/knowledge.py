"""Records of many documents → Knowledge: citations resolved, metrics aligned, verdicts given."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from kg.compare import compare
from kg.link.citations import resolve
from kg.link.governs import governing
from kg.link.metrics import align, build_concepts, similar_passages
from kg.model import (
    Assignment,
    Citation,
    Deadline,
    Document,
    Goal,
    Knowledge,
    Quantity,
    Record,
    Repair,
    Task,
)
from kg.review import Decision, apply_to_alignments, apply_to_findings, apply_to_records

Kind = TypeVar("Kind", bound=Record)


def conclude(
    records: Iterable[Record],
    repairs: Sequence[tuple[str, Repair]] = (),
    encoder: Any = None,
    decisions: Sequence[Decision] = (),
) -> Knowledge:
    """Everything that follows from the records alone; see `link`."""
    linked = link(records, repairs, encoder, decisions)
    findings = compare(
        linked.documents,
        linked.quantities,
        linked.concepts,
        linked.concept_of,
        linked.alignments,
        linked.governs,
    )
    return replace(linked, findings=apply_to_findings(findings, decisions))


def link(
    records: Iterable[Record],
    repairs: Sequence[tuple[str, Repair]] = (),
    encoder: Any = None,
    decisions: Sequence[Decision] = (),
) -> Knowledge:
    """Everything but findings that follows from the records alone; their texts are not looked at again.

    encoder: anything with SentenceTransformer's `encode`; None for structure alone. decisions: what
    people said about records and links (kg.review).
    """
    found = _by_kind(apply_to_records(records, decisions))
    documents, quantities = found(Document), found(Quantity)
    citations, stubs = resolve(documents, found(Citation))
    concepts, concept_of = build_concepts(quantities)
    goals, tasks = found(Goal), found(Task)
    return Knowledge(
        documents=documents,
        quantities=quantities,
        citations=citations,
        goals=goals,
        assignments=found(Assignment),
        tasks=tasks,
        deadlines=found(Deadline),
        repairs=tuple(repairs),
        concepts=concepts,
        concept_of=concept_of,
        alignments=apply_to_alignments(align(concepts, encoder), decisions),
        similar=_similar(goals, tasks, encoder),
        stubs=stubs,
        governs=governing(documents, citations, stubs),
    )


def _by_kind(records: Iterable[Record]) -> Callable[[type[Kind]], tuple[Kind, ...]]:
    """The records sorted by what they are: kind → those of it, in their order."""
    sorted_out: dict[type[Record], list[Any]] = defaultdict(list)
    for record in records:
        sorted_out[type(record)].append(record)
    return lambda kind: tuple(sorted_out[kind])


def _similar(
    goals: Sequence[Goal], tasks: Sequence[Task], encoder: Any
) -> tuple[tuple[tuple[str, str], tuple[str, str], float], ...]:
    """Goals and tasks of two documents that say nearly the same: who copies whom."""
    if encoder is None:
        return ()
    passages = [((goal.doc, goal.id), goal.quote) for goal in goals]
    passages += [((task.doc, task.id), task.title) for task in tasks if task.title]
    return tuple(similar_passages(passages, encoder))
