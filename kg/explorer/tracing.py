"""The part of a graph that one trace looks at, so that a large graph need not be read whole."""

from collections import Counter
from collections.abc import Iterable

from kg import queries
from kg.errors import UsageError
from kg.messages import t
from kg.model import Knowledge
from kg.source import GraphSource
from kg.trace import Step, Trace, find_metrics, trace


def traced(source: GraphSource, query: str) -> Trace:
    """What `kg.trace.trace` answers, from the records that it needs.

    Raises:
        UsageError: the graph has neither such a metric nor such a document.
    """
    documents = tuple(queries.documents(source))
    concepts, alignments = tuple(queries.concepts(source)), tuple(queries.alignments(source))
    names = Knowledge(documents=documents, concepts=concepts, alignments=alignments)
    metrics = find_metrics(names, query)
    stated = [each for metric in metrics for each in queries.quantities(source, concept=metric.id)]
    docs = sorted({each.doc for each in stated} | ({query} & {each.doc for each in documents}))
    if not docs:
        raise UsageError(query, t("trace.unknown"), t("trace.try", names="、".join(_near(names, query))))
    own = {
        name: tuple(each for doc in docs for each in getattr(queries, name)(source, doc=doc))
        for name in ("assignments", "tasks")
    }
    part = Knowledge(
        documents=documents,
        quantities=tuple(stated),
        citations=tuple(queries.citations(source)),
        concepts=concepts,
        concept_of={key: each for key, each in queries.concept_of(source).items() if key[0] in docs},
        alignments=alignments,
        stubs=tuple(each.stub for each in queries.missing(source)),
        governs=tuple(queries.governs(source)),
        **own,
    )
    return trace(part, query)


def _near(known: Knowledge, query: str) -> list[str]:
    """Metrics that share most characters with the question."""
    ranked = sorted(known.concepts, key=lambda each: (-len(set(query) & set(each.label)), each.label))
    return [each.label for each in ranked[:8]]


def step_names(steps: Iterable[Step]) -> dict[str, str]:
    """What to call each plan of a chart: its place; with its title where two are of one place."""
    known = {step.doc: step for step in steps}
    places = Counter(step.place for step in known.values())
    return {
        doc: step.place
        if step.place and places[step.place] == 1
        else " ".join(part for part in (step.place, step.title or doc) if part)
        for doc, step in known.items()
    }


def metric_names(source: GraphSource) -> list[str]:
    """Names of metrics, those of the most documents first."""
    held: dict[str, set[str]] = {}
    for (doc, _), concept in queries.concept_of(source).items():
        held.setdefault(concept, set()).add(doc)
    ranked = sorted(queries.concepts(source), key=lambda each: (-len(held.get(each.id, ())), each.label))
    return list(dict.fromkeys(each.label for each in ranked))
