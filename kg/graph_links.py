"""What linking concluded about one document, as the statements of a graph of its own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal

from kg.graph_shared import verdict_activity
from kg.graph_terms import Span, Statement, generated, named, segment_of, slots, typed
from kg.model import Citation, Finding, Governs, Knowledge
from kg.vocabulary import Iri, digest, document_iri, finding_iri, iri, node, record_iri

#: two passages that say nearly the same: (doc, id), (doc, id), cosine
Likeness = tuple[tuple[str, str], tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Links:
    """What linking concluded about one document.

    concepts: (quantity id, concept id). citations: its own, resolved. governs: the pairs that it is the
    lower side of. similar: the passages of other documents that its own are like; a pair stands with the
    document of its second passage.
    """

    doc: str
    concepts: Sequence[tuple[str, str]] = ()
    citations: Sequence[Citation] = ()
    governs: Sequence[Governs] = ()
    similar: Sequence[Likeness] = ()


def links_by_document(knowledge: Knowledge) -> dict[str, Links]:
    """What was concluded about each document."""
    concepts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (doc, record), concept in knowledge.concept_of.items():
        concepts[doc].append((record, concept))
    citations: dict[str, list[Citation]] = defaultdict(list)
    for citation in knowledge.citations:
        citations[citation.doc].append(citation)
    governs: dict[str, list[Governs]] = defaultdict(list)
    for pair in knowledge.governs:
        governs[pair.lower].append(pair)
    similar: dict[str, list[Likeness]] = defaultdict(list)
    for row in knowledge.similar:
        similar[row[1][0]].append(row)
    return {
        document.doc: Links(
            document.doc,
            concepts[document.doc],
            citations[document.doc],
            governs[document.doc],
            similar[document.doc],
        )
        for document in knowledge.documents
    }


def links(own: Links, findings: Iterable[Finding], stubs: set[str], text: str) -> Iterator[Statement]:
    """The statements of one document's links, in a fixed order; no statement twice.

    findings: those on this document (`lower_doc`). stubs: ids of the documents that the corpus lacks.
    text: that of the document's file.
    """
    for record, concept in sorted(own.concepts):
        yield record_iri(own.doc, record), iri("kg:concept"), named(node("concept", concept))
    yield from _citations(sorted(own.citations, key=lambda each: each.id), stubs)
    for governs in sorted(own.governs, key=lambda each: each.upper):
        yield from _governs(governs, stubs, text)
    for left, right, score in sorted(own.similar):
        yield from _similar(left, right, score)
    for finding in sorted(findings, key=finding_iri):
        yield from _finding(finding)


#: what a citation makes of two documents; one that names itself or a plan to come makes nothing
SHORT_CUTS = {"basis": "eli:based_on", "mention": "eli:cites"}


def _citations(citations: Iterable[Citation], stubs: set[str]) -> Iterator[Statement]:
    """Which document each citation means, held or missing, and the ELI short cuts between documents."""
    ties: dict[Statement, None] = {}
    for citation in citations:
        if citation.resolves_to is None:
            continue
        target = named(_held_or_missing(citation.resolves_to, stubs))
        yield record_iri(citation.doc, citation.id), iri("kg:resolvesTo"), target
        if citation.relation in SHORT_CUTS and citation.resolves_to != citation.doc:
            ties[document_iri(citation.doc), iri(SHORT_CUTS[citation.relation]), target] = None
    yield from ties


def _held_or_missing(doc: str, stubs: set[str]) -> Iri:
    return node("stub", doc) if doc in stubs else document_iri(doc)


def _governs(governs: Governs, stubs: set[str], text: str) -> Iterator[Statement]:
    """One governing relation, its ground, and the short cut from upper to lower plan."""
    upper, lower = (_held_or_missing(doc, stubs) for doc in (governs.upper, governs.lower))
    subject = node("governs", digest(governs.upper, governs.lower))
    yield from typed(subject, "kg:Governing")
    yield from slots(subject, "governs", replace(governs, upper=upper, lower=lower))
    yield upper, iri("kg:governs"), named(lower)
    if governs.start is not None and governs.end is not None:
        quote = text[governs.start : governs.end]
        yield from segment_of(
            subject, "evidence", Span(governs.lower, governs.start, governs.end, quote, text)
        )


def _similar(left: tuple[str, str], right: tuple[str, str], score: float) -> Iterator[Statement]:
    subject = node("similarity", digest(*left, *right))
    yield from typed(subject, "kg:Similarity")
    yield subject, iri("kg:left"), named(record_iri(*left))
    yield subject, iri("kg:right"), named(record_iri(*right))
    yield subject, iri("kg:score"), Literal(float(score))


def _finding(finding: Finding) -> Iterator[Statement]:
    subject = finding_iri(finding)
    yield from typed(subject, "kg:Finding")
    yield from slots(subject, "finding", finding)
    yield subject, iri("kg:upper"), named(record_iri(finding.upper.doc, finding.upper.id))
    if finding.lower:
        yield subject, iri("kg:lower"), named(record_iri(finding.lower.doc, finding.lower.id))
    yield from generated(subject, verdict_activity(finding.rule))
