"""Records of many documents → Knowledge: citations resolved, metrics aligned, verdicts given."""

from collections.abc import Iterable, Sequence
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
    """Everything that follows from the records alone; their texts are not looked at again.

    encoder: anything with SentenceTransformer's `encode`; None for structure alone. decisions: what
    people said about records, links and verdicts (kg.review).
    """
    records = apply_to_records(records, decisions)
    documents = _of(records, Document)
    quantities = _of(records, Quantity)
    citations, stubs = resolve(documents, _of(records, Citation))
    concepts, concept_of = build_concepts(quantities)
    alignments = apply_to_alignments(align(concepts, encoder), decisions)
    governs = governing(documents, citations, stubs)
    findings = compare(documents, quantities, concepts, concept_of, alignments, governs)
    goals, tasks = _of(records, Goal), _of(records, Task)
    return Knowledge(
        documents=documents,
        quantities=quantities,
        citations=citations,
        goals=goals,
        assignments=_of(records, Assignment),
        tasks=tasks,
        deadlines=_of(records, Deadline),
        repairs=tuple(repairs),
        concepts=concepts,
        concept_of=concept_of,
        alignments=alignments,
        similar=_similar(goals, tasks, encoder),
        stubs=stubs,
        governs=governs,
        findings=apply_to_findings(findings, decisions),
    )


def _of(records: Iterable[Record], kind: type[Kind]) -> tuple[Kind, ...]:
    return tuple(record for record in records if isinstance(record, kind))


def _similar(
    goals: Sequence[Goal], tasks: Sequence[Task], encoder: Any
) -> tuple[tuple[tuple[str, str], tuple[str, str], float], ...]:
    """Goals and tasks of two documents that say nearly the same: who copies whom."""
    if encoder is None:
        return ()
    passages = [((goal.doc, goal.id), goal.quote) for goal in goals]
    passages += [((task.doc, task.id), task.title) for task in tasks if task.title]
    return tuple(similar_passages(passages, encoder))
