"""What commands, reports and the explorer ask a graph; every answer is records or small frozen rows.

All of it goes through `GraphSource.select`, so a directory and a server answer alike. Document and
record ids are the plain ids of `kg.model`; the IRIs behind them stay in here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

from kg import rebuild
from kg.errors import UsageError
from kg.model import (
    Assignment,
    Citation,
    Concept,
    Deadline,
    Document,
    Finding,
    Goal,
    Knowledge,
    Quantity,
    Record,
    Repair,
    Stub,
    Task,
    Verdict,
)
from kg.named import NamedQuery, named, named_queries
from kg.relations import (
    Agency,
    Copied,
    Step,
    agencies,
    alignments,
    chain,
    check_document,
    concept,
    concept_of,
    concepts,
    governs,
    similar,
)
from kg.source import GraphSource
from kg.vocabulary import CLASSES, QUANTITY_CLASSES, Iri, document_iri, iri, names_in, node, record_iri

__all__ = [
    "Agency",
    "Copied",
    "Missing",
    "NamedQuery",
    "Proof",
    "Step",
    "agencies",
    "alignments",
    "assignments",
    "chain",
    "citations",
    "concept",
    "concept_of",
    "concepts",
    "concepts_named",
    "deadlines",
    "document",
    "documents",
    "documents_named",
    "evidence",
    "findings",
    "findings_named",
    "findings_on",
    "goals",
    "governs",
    "knowledge",
    "measured",
    "missing",
    "named",
    "named_queries",
    "quantities",
    "quantities_of",
    "repairs",
    "similar",
    "stubs_named",
    "tasks",
]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a record: document, characters, context, and which rule of which version read it."""

    record: str
    doc: str
    title: str | None
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    rule: str
    version: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A document the corpus lacks, and every place that cites it (citations in reading order)."""

    stub: Stub
    citations: tuple[Citation, ...]


# ---------------------------------------------------------------- documents


def documents(source: GraphSource) -> list[Document]:
    """Every plan of the corpus, by id."""
    found = rebuild.records(source, "?s a kg:PlanDocument .")
    return sorted((each for each in found.values() if isinstance(each, Document)), key=lambda each: each.doc)


def document(source: GraphSource, doc: str) -> Document:
    """One plan; UsageError with the known ids when there is none of that id."""
    check_document(source, doc)
    where = "VALUES ?s { $doc } ?s a kg:PlanDocument ."
    found = rebuild.records(source, where, doc=document_iri(doc)).values()
    return next(each for each in found if isinstance(each, Document))


def documents_named(source: GraphSource, ids: Iterable[str]) -> list[Document]:
    """The plans of these ids, by id; ids of none are left out."""
    found = rebuild.records_of(source, [document_iri(each) for each in ids]).values()
    return sorted((each for each in found if isinstance(each, Document)), key=lambda each: each.doc)


def stubs_named(source: GraphSource, ids: Iterable[str]) -> list[Stub]:
    """The missing documents of these ids, by id; ids of none are left out."""
    found = rebuild.things_of(source, "stub", [node("stub", each) for each in ids])
    made = {"title": None, "number": None}
    return [Stub(**{**made, **fields}, id=names_in(at)[1]) for at, fields in found.items() if fields]


def missing(source: GraphSource, with_citations: bool = True) -> list[Missing]:
    """The cited documents the corpus lacks, the most cited first, each with who cites it.

    with_citations: False leaves the citations out, which in a large corpus are most of the work.
    """
    stubs = rebuild.things(source, "stub", "?s a kg:MissingDocument .")
    by_stub: dict[str, list[Citation]] = {}
    if with_citations:
        cites = rebuild.records(source, "?stub a kg:MissingDocument . ?s kg:resolvesTo ?stub .")
        for each in cites.values():
            if isinstance(each, Citation) and each.resolves_to:
                by_stub.setdefault(each.resolves_to, []).append(each)
    made = [
        Stub(**{"title": None, "number": None, **fields}, id=names_in(at)[1]) for at, fields in stubs.items()
    ]
    rows = [Missing(each, tuple(by_stub.get(each.id, ()))) for each in made]
    return sorted(rows, key=lambda row: (-len(row.stub.cited_by), -len(row.citations), row.stub.id))


# ---------------------------------------------------------------- findings


def findings(
    source: GraphSource,
    upper: str | None = None,
    lower: str | None = None,
    verdicts: Iterable[Verdict] | None = None,
    place: str | None = None,
) -> list[Finding]:
    """The verdicts, both quantities whole: by lower plan, verdict, upper plan, place in the upper text.

    upper, lower: document ids. verdicts: only these. place: GB/T 2260 code; findings on plans of that
    place and of all places in it. Raises UsageError for a document or a verdict that there is not.
    """
    for doc in (upper, lower):
        if doc is not None:
            check_document(source, doc)
    where, bindings = _finding_pattern(upper, lower, verdicts, place)
    return findings_named(source, rebuild.names_of(source, where.replace("?finding", "?s"), **bindings))


def findings_on(source: GraphSource, doc: str, record: str) -> dict[Iri, Verdict]:
    """The nodes of the verdicts that one quantity takes part in, on either side; none for other records.

    Nodes, since a national target may have thousands: `findings_named` reads those that are wanted.
    """
    rows = source.select(_ON, record=record_iri(doc, record))
    found = {row["finding"]: row["verdict"].removeprefix(iri("kg:verdict-")) for row in rows}
    return dict(sorted(found.items(), key=lambda item: (VERDICTS.index(item[1]), item[0])))


_ON = """
SELECT ?finding ?verdict WHERE { ?finding kg:upper|kg:lower $record . ?finding kg:verdict ?verdict }"""


def findings_named(source: GraphSource, names: Iterable[Iri]) -> list[Finding]:
    """The verdicts of these nodes, in the order of `findings`; nodes that are none are left out."""
    names = list(names)
    fields = {name: each for name, each in rebuild.things_of(source, "finding", names).items() if each}
    uppers, lowers = (rebuild.linked(source, names, side) for side in ("kg:upper", "kg:lower"))
    sides = rebuild.records_of(source, {*uppers.values(), *lowers.values()})
    held = {name: each for name, each in sides.items() if isinstance(each, Quantity)}
    made = [
        Finding(**values, upper=held[uppers[name]], lower=held[lowers[name]] if name in lowers else None)
        for name, values in fields.items()
    ]
    return sorted(made, key=_finding_order)


def _finding_pattern(
    upper: str | None, lower: str | None, verdicts: Iterable[Verdict] | None, place: str | None
) -> tuple[str, dict[str, Any]]:
    """A pattern that binds the wanted verdicts to ?finding, and its parameters.

    The narrowest comes first: of patterns that look alike, stores start with the one they read first.
    """
    lines, bindings = list[str](), dict[str, Any]()
    if place is not None:
        lines.append("?at kg:partOf* $place . ?plan eli:jurisdiction ?at . ?finding kg:lowerDocument ?plan .")
        bindings["place"] = node("place", place)
    if upper is not None:
        lines.append("?finding kg:upperDocument $above .")
        bindings["above"] = document_iri(upper)
    if lower is not None:
        lines.append("?finding kg:lowerDocument $below .")
        bindings["below"] = document_iri(lower)
    if verdicts is not None:
        wanted = {f"verdict{n}": iri(f"kg:verdict-{_known(each)}") for n, each in enumerate(verdicts)}
        lines.append(f"FILTER(?verdict IN ({', '.join(f'${name}' for name in wanted)}))")
        bindings |= wanted
    return " ".join([*lines, "?finding kg:verdict ?verdict ."]), bindings


def _known(verdict: str) -> str:
    if verdict not in VERDICTS:
        raise UsageError(verdict, "没有这种结论 (no such verdict)", f"结论 (verdicts): {', '.join(VERDICTS)}")
    return verdict


def _finding_order(finding: Finding) -> tuple[Any, ...]:
    lower = finding.lower.start if finding.lower else -1
    rank = VERDICTS.index(finding.verdict)
    return finding.lower_doc, rank, finding.upper_doc, finding.upper.start, finding.upper.id, lower


# ---------------------------------------------------------------- records


def quantities(
    source: GraphSource, doc: str | None = None, concept: str | None = None, class_: str | None = None
) -> list[Quantity]:
    """Quantities in reading order: of a document, of a concept (by id), of a class ("target" …)."""
    lines, bindings = ["?s a $class ."], dict[str, Any]()
    bindings["class"] = iri(QUANTITY_CLASSES[class_] if class_ else "kg:Quantity")
    if doc is not None:
        lines.append("?s kg:inDocument $doc .")
        bindings["doc"] = document_iri(doc)
    if concept is not None:
        lines.append("?s kg:concept $concept .")
        bindings["concept"] = node("concept", concept)
    return list(_quantities(source, " ".join(lines), **bindings).values())


def quantities_of(source: GraphSource, concept: str, docs: Iterable[str]) -> list[Quantity]:
    """What these plans say of a concept (by id), in reading order of each."""
    where = "VALUES ?doc { $docs } ?s kg:inDocument ?doc . ?s kg:concept $concept ."
    named = [document_iri(doc) for doc in docs]
    return list(_quantities(source, where, docs=named, concept=node("concept", concept)).values())


def _quantities(source: GraphSource, where: str, **bindings: Any) -> dict[Iri, Quantity]:
    found = rebuild.records(source, where, **bindings)
    return {name: each for name, each in found.items() if isinstance(each, Quantity)}


def citations(source: GraphSource, doc: str | None = None) -> list[Citation]:
    """Citations in reading order."""
    return [each for each in _of_kind(source, "citation", doc) if isinstance(each, Citation)]


def goals(source: GraphSource, doc: str | None = None) -> list[Goal]:
    """Goals in reading order."""
    return [each for each in _of_kind(source, "goal", doc) if isinstance(each, Goal)]


def tasks(source: GraphSource, doc: str | None = None) -> list[Task]:
    """Task headings in reading order."""
    return [each for each in _of_kind(source, "task", doc) if isinstance(each, Task)]


def deadlines(source: GraphSource, doc: str | None = None, year: int | None = None) -> list[Deadline]:
    """Deadlines by time; of one year when asked."""
    found = [each for each in _of_kind(source, "deadline", doc) if isinstance(each, Deadline)]
    wanted = [each for each in found if year is None or each.time.startswith(str(year))]
    return sorted(wanted, key=lambda each: (each.time, each.doc, each.start))


def assignments(source: GraphSource, doc: str | None = None, agency: str | None = None) -> list[Assignment]:
    """Duties in reading order; with an agency's full name, those it has any part in."""
    if agency is None:
        found = _of_kind(source, "assignment", doc)
    else:
        where = "?role kg:agency $agency . ?s kg:hasRole ?role ."
        found = list(rebuild.records(source, where, agency=node("agency", agency)).values())
    return [each for each in found if isinstance(each, Assignment) and doc in (None, each.doc)]


def _of_kind(source: GraphSource, kind: str, doc: str | None) -> list[Record]:
    bindings: dict[str, Any] = {"class": iri(CLASSES[kind])}
    where = "?s a $class ."
    if doc is not None:
        where += " ?s kg:inDocument $doc ."
        bindings["doc"] = document_iri(doc)
    return list(rebuild.records(source, where, **bindings).values())


def concepts_named(source: GraphSource, ids: Iterable[str]) -> list[Concept]:
    """The metrics of these ids, by id; ids of none are left out."""
    found = rebuild.things_of(source, "concept", [node("concept", each) for each in ids])
    made = [Concept(**{"label": "", **fields}, id=names_in(at)[1]) for at, fields in found.items() if fields]
    return [each for each in made if each.label]


def repairs(source: GraphSource, doc: str) -> list[Repair]:
    """The mended places of a damaged text, in reading order."""
    where = "?s a kg:Repair . ?s kg:inDocument $doc ."
    found = rebuild.things(source, "repair", where, doc=document_iri(doc)).values()
    return sorted((Repair(**fields) for fields in found), key=lambda repair: (repair.start, repair.end))


# ---------------------------------------------------------------- everything


def measured(source: GraphSource, concept: str) -> dict[str, list[Quantity]]:
    """All quantities of a metric (by id) and of those aligned with it, by document id, each list by time."""
    links = alignments(source, concept)
    ids = {concept, *(each.left for each in links), *(each.right for each in links)}
    by_document: dict[str, list[Quantity]] = {}
    for each in sorted(ids):
        for quantity in quantities(source, concept=each):
            by_document.setdefault(quantity.doc, []).append(quantity)
    return {doc: sorted(found, key=_by_time) for doc, found in sorted(by_document.items())}


def _by_time(quantity: Quantity) -> tuple[str, int, str]:
    return quantity.time or "", quantity.start, quantity.id


def knowledge(source: GraphSource) -> Knowledge:
    """All of the graph as the records it was made from; sets come back sorted."""
    source = source.in_memory()
    docs = documents(source)
    mended = [(each.doc, repair) for each in docs for repair in repairs(source, each.doc)]
    copies = [((c.left.doc, c.left.id), (c.right.doc, c.right.id), c.score) for c in similar(source)]
    return Knowledge(
        documents=tuple(docs),
        quantities=tuple(quantities(source)),
        citations=tuple(citations(source)),
        goals=tuple(goals(source)),
        assignments=tuple(assignments(source)),
        tasks=tuple(tasks(source)),
        deadlines=tuple(deadlines(source)),
        repairs=tuple(mended),
        concepts=tuple(concepts(source)),
        concept_of=concept_of(source),
        alignments=tuple(alignments(source)),
        similar=tuple(copies),
        stubs=tuple(each.stub for each in missing(source)),
        governs=tuple(governs(source)),
        findings=tuple(findings(source)),
    )


# ---------------------------------------------------------------- proof


def evidence(source: GraphSource, doc: str, record: str) -> Proof:
    """What proves one record; UsageError when the graph has no such record."""
    subject = record_iri(doc, record)
    rows = source.select(_PROOF, subject=subject, main=Iri(f"{subject}#evidence"))
    if not rows:
        raise UsageError(
            f"{doc}/{record}",
            "图谱中没有这条记录 (no such record in the graph)",
            "先列出该文件的记录 (list the records of the document first).",
        )
    row = rows[0]
    texts = {name: row[name] or "" for name in ("quote", "prefix", "suffix", "rule", "version")}
    return Proof(record, doc, row["title"], row["start"], row["end"], **texts)


_PROOF = """
SELECT ?title ?start ?end ?quote ?prefix ?suffix ?rule ?version WHERE {
  $main oa:hasSource ?doc ; oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end .
  OPTIONAL { ?doc dcterms:title ?title }
  OPTIONAL { $main oa:hasSelector ?q . ?q oa:exact ?quote .
             OPTIONAL { ?q oa:prefix ?prefix } OPTIONAL { ?q oa:suffix ?suffix } }
  OPTIONAL { $subject prov:wasGeneratedBy ?activity .
             ?activity kg:rule ?rule ; prov:wasAssociatedWith ?agent . ?agent kg:version ?version }
}"""
