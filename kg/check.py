"""The check before signature: a draft held against all that governs its place, without being added.

The draft is read by the same reader and judged by the same levels as the corpus, so it gets the verdicts
that a build with it would give. An edition of the same plan that the graph already holds is left aside: a
draft is never compared with itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg import queries
from kg.compare import compare_document
from kg.draft import Draft, Progress, Stage, read_drafts, unheard
from kg.link.citations import names, resolve
from kg.link.governs import governing
from kg.link.metrics import align, build_concepts
from kg.link.numbers import number_key
from kg.model import (
    Alignment,
    Assignment,
    Citation,
    Concept,
    Deadline,
    Document,
    Finding,
    Governs,
    Quantity,
    Stub,
    Task,
    Verdict,
)
from kg.queries import Missing
from kg.remarks import Remark, Seen, remarks
from kg.report.material import Material, Scope, contexts_of
from kg.report.words import context_at
from kg.source import GraphSource

#: verdicts that a draft must not be signed with: any of them makes the exit code 1
GRAVE: frozenset[Verdict] = frozenset({"short", "late", "absent"})


@dataclass(frozen=True, slots=True)
class Checked:
    """One draft with everything found: verdicts, remarks, and the material of a report on it.

    file: as the user named it. plain: whether offsets count in the file itself (plain text).
    """

    file: str
    plain: bool
    document: Document
    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...]
    material: Material

    @property
    def grave(self) -> bool:
        """Whether anything is short, late or absent."""
        return any(finding.verdict in GRAVE for finding in self.findings)


def check(
    path: Path,
    source: GraphSource,
    encoder: Any = None,
    place: str | None = None,
    told: Progress = unheard,
) -> tuple[Checked, ...]:
    """Every plan in the file `path`, held against the graph.

    encoder: as in `kg.link.metrics.align`. place: code of the place that the draft is for, where its own
    text does not say. told: hears of each stage as it begins.
    Raises DocumentError when the file cannot be read, UsageError for a place that there is not.
    """
    held = queries.documents(source)
    drafts = read_drafts(path, place, {document.doc for document in held}, told)
    checked = []
    for at, draft in enumerate(drafts):
        heard = _of_one(told, at, len(drafts))
        checked.append(_checked(draft, path, held, source, encoder, told=heard))
    return tuple(checked)


def _of_one(told: Progress, at: int, of: int) -> Callable[[Stage], None]:
    """What hears of the stages of one plan of several: reading is half, each plan its part of the rest."""
    return lambda stage: told(stage, 0.5 + (at + 0.5 * (stage == "compare")) / (2 * of))


def is_same_plan(draft: Document, held: Document) -> bool:
    """Whether a held document is the draft itself or another edition of it.

    Same place, and the same number or the same name and years; notes such as （征求意见稿） do not count.
    """
    if draft.place and held.place and draft.place != held.place:
        return False
    numbers = number_key(draft.doc_number), number_key(held.doc_number)
    if all(numbers) and numbers[0] == numbers[1]:
        return True
    own = {title.key for title in names(draft)}
    return bool(own & {title.key for title in names(held)})


# ---------------------------------------------------------------- holding it against the graph


def _checked(
    draft: Draft,
    path: Path,
    held: Sequence[Document],
    source: GraphSource,
    encoder: Any,
    *,
    told: Callable[[Stage], None],
) -> Checked:
    """All that can be said about one draft."""
    told("link")
    others = [document for document in held if not is_same_plan(draft.document, document)]
    documents = [draft.document, *others]
    citations, stubs = resolve(documents, draft.of(Citation))
    pairs = governing(documents, citations, stubs)
    governs = tuple(pair for pair in pairs if pair.lower == draft.document.doc)
    uppers = {pair.upper for pair in governs}
    above = tuple(document for document in others if document.doc in uppers)
    quantities = (*draft.of(Quantity), *(q for each in above for q in queries.quantities(source, each.doc)))
    concepts, concept_of = build_concepts(quantities)
    links = _links(concepts, source, encoder)
    told("compare")
    findings = compare_document(
        draft.document.doc,
        [draft.document, *above],
        quantities,
        concepts,
        concept_of,
        links,
        governs,
    )
    seen = Seen(
        document=draft.document,
        trusted=draft.trusted,
        quantities=draft.of(Quantity),
        citations=citations,
        assignments=draft.of(Assignment),
        tasks=draft.of(Task),
        concept_of=concept_of,
        held=tuple(others),
        stubs=(*stubs, *(row.stub for row in queries.missing(source))),
        agencies=frozenset(agency.name for agency in queries.agencies(source)),
    )
    return Checked(
        file=str(path),
        plain=path.suffix.lower() in ("", ".txt", ".md"),
        document=draft.document,
        findings=findings,
        remarks=remarks(seen),
        material=replace(
            _material(draft, findings, _chain(above, governs, stubs, citations)),
            quantities=quantities,
            concept_of=concept_of,
            contexts=_contexts(draft) | contexts_of(source, (document.doc for document in above)),
        ),
    )


def _links(concepts: Sequence[Concept], source: GraphSource, encoder: Any) -> tuple[Alignment, ...]:
    """Links between metrics: the graph's own where it knows both, reviews included; fresh ones else."""
    present = {concept.id for concept in concepts}
    known = {concept.id for concept in queries.concepts(source)}
    kept = [link for link in queries.alignments(source) if {link.left, link.right} <= present]
    fresh = [link for link in align(concepts, encoder) if not {link.left, link.right} <= known]
    return (*kept, *fresh)


@dataclass(frozen=True, slots=True)
class _Chain:
    """What stands above a draft: held plans, the relations, and what is missing."""

    above: tuple[Document, ...]
    governs: tuple[Governs, ...]
    missing: tuple[Missing, ...]


def _chain(
    above: tuple[Document, ...],
    governs: tuple[Governs, ...],
    stubs: Sequence[Stub],
    citations: Sequence[Citation],
) -> _Chain:
    """Missing documents: those that govern first, then by id."""
    uppers = {pair.upper for pair in governs}
    missing = [Missing(stub, tuple(c for c in citations if c.resolves_to == stub.id)) for stub in stubs]
    missing.sort(key=lambda row: (row.stub.id not in uppers, -len(row.citations), row.stub.id))
    return _Chain(above, governs, tuple(missing))


def _material(draft: Draft, findings: tuple[Finding, ...], chain: _Chain) -> Material:
    """The material of a report on the draft, as `kg.report.material.gather` makes it from a graph."""
    document = draft.document
    return Material(
        scope=Scope(lower=document.doc),
        lowers=(document.doc,),
        documents={each.doc: each for each in (document, *chain.above)},
        findings=findings,
        assignments=draft.of(Assignment),
        deadlines=draft.of(Deadline),
        missing=chain.missing,
        governs=chain.governs,
    )


def _contexts(draft: Draft) -> dict[tuple[str, str], tuple[str, str]]:
    """What stands around the draft's own quotes."""
    return {(each.doc, each.id): context_at(draft.text, each.start, each.end) for each in draft.of(Quantity)}
