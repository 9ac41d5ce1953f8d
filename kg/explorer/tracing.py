"""The part of a graph that one trace looks at, so that a large graph need not be read whole."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from kg import queries
from kg.errors import UsageError
from kg.messages import t
from kg.model import Concept, Governs, Knowledge, Quantity
from kg.source import GraphSource
from kg.trace import Step, Trace, find_metrics, trace
from kg.vocabulary import document_iri


def metrics_of(source: GraphSource, name: str) -> tuple[Concept, ...]:
    """The metric of a name and those that may be compared with it; none is an empty tuple."""
    return find_metrics(_names(source), name)


def traced(source: GraphSource, query: str, bottom: str | None = None) -> Trace:
    """What `kg.trace.trace` answers, from the records that it needs.

    bottom: the plan at which the chains end; None: every lowest plan that states the metric.

    Raises:
        UsageError: the graph has neither such a metric nor such a document.
    """
    if source.ask("ASK { $doc a kg:PlanDocument }", doc=document_iri(query)):
        return trace(_part(source, [query], ()), query)
    names = _names(source)
    metrics = find_metrics(names, query)
    stated = [each for metric in metrics for each in _stated(source, metric, bottom)]
    docs = [bottom] if bottom else sorted({each.doc for each in stated})
    if not stated:
        raise UsageError(query, t("trace.unknown"), t("trace.try", names="、".join(_near(names, query))))
    above = _part(source, docs, metrics)
    return trace(replace(above, concepts=names.concepts, alignments=names.alignments), query)


def _names(source: GraphSource) -> Knowledge:
    return Knowledge(concepts=tuple(queries.concepts(source)), alignments=tuple(queries.alignments(source)))


def _stated(source: GraphSource, metric: Concept, bottom: str | None) -> list[Quantity]:
    if bottom:
        return queries.quantities_of(source, metric.id, [bottom])
    return queries.quantities(source, concept=metric.id)


def _part(source: GraphSource, docs: Iterable[str], metrics: Iterable[Concept]) -> Knowledge:
    """All that is said of the metrics in these plans and in those above them, and what ties them together."""
    ties = _above(source, docs)
    ends = {*docs, *(each.upper for each in ties)}
    documents = queries.documents_named(source, ends)
    held = [each.doc for each in documents]
    own = {
        name: tuple(each for doc in held for each in getattr(queries, name)(source, doc=doc))
        for name in ("citations", "assignments", "tasks")
    }
    return Knowledge(
        documents=tuple(documents),
        quantities=tuple(
            each for metric in metrics for each in queries.quantities_of(source, metric.id, held)
        ),
        concept_of={key: each for doc in held for key, each in queries.concept_of(source, doc=doc).items()},
        stubs=tuple(queries.stubs_named(source, ends - set(held))),
        governs=ties,
        **own,
    )


def _above(source: GraphSource, docs: Iterable[str]) -> tuple[Governs, ...]:
    """What ties these plans to those above them, and those to what stands above them."""
    ties: dict[tuple[str, str], Governs] = {}
    seen, frontier = set[str](), set(docs)
    while frontier:
        found = queries.governs(source, lower=sorted(frontier))
        ties |= {(each.lower, each.upper): each for each in found}
        seen |= frontier
        frontier = {each.upper for each in found} - seen
    return tuple(ties[key] for key in sorted(ties))


def _near(known: Knowledge, query: str) -> list[str]:
    """Metrics that share most characters with the question."""
    ranked = sorted(known.concepts, key=lambda each: (-len(set(query) & set(each.label)), each.label))
    return [each.label for each in ranked[:8]]


def step_names(steps: Iterable[Step]) -> dict[str, str]:
    """What to call each held plan of chains: its place; with its title where two are of one place."""
    known = {step.doc: step for step in steps if step.held}
    places = Counter(step.place for step in known.values())
    return {
        doc: step.place
        if step.place and places[step.place] == 1
        else " ".join(part for part in (step.place, step.title or doc) if part)
        for doc, step in known.items()
    }
