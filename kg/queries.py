"""What commands, reports and the explorer ask a graph; every answer is records or small frozen rows.

All of it goes through `GraphSource.select`, so a directory and a server answer alike. Document and
record ids are the plain ids of `kg.model`; the IRIs behind them stay in here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from kg import rebuild
from kg.errors import UsageError
from kg.model import (
    Alignment,
    Assignment,
    Citation,
    Concept,
    Deadline,
    Document,
    Finding,
    Goal,
    Governs,
    Quantity,
    Record,
    Repair,
    Stub,
    Task,
    Verdict,
)
from kg.named import NamedQuery, named, named_queries
from kg.source import GraphSource, Row
from kg.vocabulary import (
    CLASSES,
    PREFIXES,
    QUANTITY_CLASSES,
    Iri,
    document_iri,
    iri,
    names_in,
    node,
    record_iri,
)

__all__ = ["NamedQuery", "named", "named_queries"]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Missing:
    """A document the corpus lacks, and every place that cites it (citations in reading order)."""

    stub: Stub
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency with the number of its duties, led and in all, and the documents that name it."""

    name: str
    duties: int
    leads: int
    documents: tuple[str, ...]


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
class Copied:
    """Two goals or tasks of two documents that say nearly the same; score 0..1."""

    left: Record
    right: Record
    score: float


@dataclass(frozen=True, slots=True)
class Step:
    """One document in a chain: held or missing, and what ties it to the plan below (None at the bottom)."""

    doc: str
    title: str | None
    level: str | None
    held: bool
    governs: Governs | None


# ---------------------------------------------------------------- documents


def documents(source: GraphSource) -> list[Document]:
    """Every plan of the corpus, by id."""
    found = rebuild.records(source, "?s a kg:PlanDocument .")
    return sorted((each for each in found.values() if isinstance(each, Document)), key=lambda each: each.doc)


def document(source: GraphSource, doc: str) -> Document:
    """One plan; UsageError with the known ids when there is none of that id."""
    found = rebuild.records(source, "?s a kg:PlanDocument . FILTER(?s = $doc)", doc=document_iri(doc))
    for each in found.values():
        if isinstance(each, Document):
            return each
    known = [names_in(row["d"])[1] for row in source.select("SELECT ?d WHERE { ?d a kg:PlanDocument }")]
    raise UsageError(doc, "no such document in the graph", f"Known: {', '.join(sorted(known))}")


def missing(source: GraphSource) -> list[Missing]:
    """The cited documents the corpus lacks, the most cited first, each with who cites it."""
    stubs = rebuild.things(source, "stub", "?s a kg:MissingDocument .")
    cites = rebuild.records(
        source, "?s a kg:Citation . ?s kg:resolvesTo ?stub . ?stub a kg:MissingDocument ."
    )
    by_stub: dict[str, list[Citation]] = {}
    for each in cites.values():
        if isinstance(each, Citation) and each.resolves_to:
            by_stub.setdefault(each.resolves_to, []).append(each)
    made = [rebuild.stub(found, fields) for found, fields in stubs.items()]
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
    place and of all places in it.
    """
    where, bindings = _finding_pattern(upper, lower, verdicts, place)
    fields = rebuild.things(source, "finding", where.replace("?finding", "?s"), **bindings)
    ends = f"{where} ?finding kg:upper ?upper OPTIONAL {{ ?finding kg:lower ?lower }}"
    rows = source.select(f"SELECT ?finding ?upper ?lower WHERE {{ {ends} }}", **bindings)
    sides = {row["finding"]: row for row in rows}
    held = _quantities(source, f"{where} ?finding kg:upper ?s .", **bindings)
    held |= _quantities(source, f"{where} ?finding kg:lower ?s .", **bindings)
    made = [
        rebuild.finding(values, held[sides[name]["upper"]], held.get(sides[name]["lower"]))
        for name, values in fields.items()
    ]
    return sorted(made, key=_finding_order)


def _finding_pattern(
    upper: str | None, lower: str | None, verdicts: Iterable[Verdict] | None, place: str | None
) -> tuple[str, dict[str, Any]]:
    """A pattern that binds the wanted verdicts to ?finding, and its parameters."""
    lines, bindings = ["?finding a kg:Finding ."], dict[str, Any]()
    if upper is not None:
        lines.append("?finding kg:upperDocument $above .")
        bindings["above"] = document_iri(upper)
    if lower is not None:
        lines.append("?finding kg:lowerDocument $below .")
        bindings["below"] = document_iri(lower)
    if verdicts is not None:
        lines.append("VALUES ?verdict { $verdicts } ?finding kg:verdict ?verdict .")
        bindings["verdicts"] = [iri(f"kg:verdict-{_known(each)}") for each in verdicts]
    if place is not None:
        lines.append("?finding kg:lowerDocument ?plan . ?plan eli:jurisdiction ?at . ?at kg:partOf* $place .")
        bindings["place"] = node("place", place)
    return " ".join(lines), bindings


def _known(verdict: str) -> str:
    if verdict not in VERDICTS:
        raise UsageError(verdict, "no such verdict", f"Verdicts: {', '.join(VERDICTS)}")
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
        where = "?s a kg:Assignment . ?s kg:lead|kg:support|kg:responsible $agency ."
        found = list(rebuild.records(source, where, agency=node("agency", agency)).values())
    return [each for each in found if isinstance(each, Assignment) and doc in (None, each.doc)]


def _of_kind(source: GraphSource, kind: str, doc: str | None) -> list[Record]:
    bindings: dict[str, Any] = {"class": iri(CLASSES[kind])}
    where = "?s a $class ."
    if doc is not None:
        where += " ?s kg:inDocument $doc ."
        bindings["doc"] = document_iri(doc)
    return list(rebuild.records(source, where, **bindings).values())


def repairs(source: GraphSource, doc: str) -> list[Repair]:
    """The mended places of a damaged text, in reading order."""
    return rebuild.repairs(source, "?s a kg:Repair . ?s kg:inDocument $doc .", doc=document_iri(doc))


# ---------------------------------------------------------------- metrics and agencies


def concepts(source: GraphSource) -> list[Concept]:
    """Every metric of the graph, by label."""
    found = rebuild.things(source, "concept", "?s a kg:Indicator ; skos:inScheme kg:Indicators .")
    made = [rebuild.concept(name, fields) for name, fields in found.items()]
    return sorted(made, key=lambda each: (each.label, each.id))


def concept(source: GraphSource, name: str) -> list[Concept]:
    """The metrics that `name` can mean: by id, by label, by any of its names, else by a part of a name.

    The first of these that finds anything decides; nothing found is an empty list.
    """
    known = concepts(source)
    tests: tuple[Callable[[Concept], bool], ...] = (
        lambda each: name == each.id,
        lambda each: name == each.label,
        lambda each: name in each.names,
        lambda each: any(name in other for other in (each.label, *each.names)),
    )
    return next((found for test in tests if (found := [each for each in known if test(each)])), [])


def alignments(source: GraphSource, concept: str | None = None) -> list[Alignment]:
    """Decided links between metrics, best first; of one metric (by id) when asked."""
    where = "?s a kg:Alignment ; kg:left ?left ; kg:right ?right ."
    fields = rebuild.things(source, "alignment", "?s a kg:Alignment .")
    rows = source.select(f"SELECT ?s ?left ?right WHERE {{ {where} }}")
    made = [
        Alignment(left=names_in(row["left"])[1], right=names_in(row["right"])[1], **fields[row["s"]])
        for row in rows
    ]
    wanted = [each for each in made if concept in (None, each.left, each.right)]
    return sorted(wanted, key=lambda each: (-each.score, each.left, each.right))


def concept_of(source: GraphSource, doc: str | None = None) -> dict[tuple[str, str], str]:
    """Which metric each quantity measures: (document id, record id) → concept id."""
    where = "?q kg:inDocument $doc ; kg:concept ?c" if doc else "?q kg:concept ?c"
    bindings = {"doc": document_iri(doc)} if doc else {}
    rows = source.select(f"SELECT ?q ?c WHERE {{ {where} }}", **bindings)
    pairs = ((names_in(row["q"]), names_in(row["c"])) for row in rows)
    return dict(sorted(((doc, record), concept) for (_, doc, record), (_, concept) in pairs))


def measured(source: GraphSource, concept: str) -> dict[str, list[Quantity]]:
    """All quantities of a metric and of the metrics aligned with it, by document id: what a trace shows."""
    links = alignments(source, concept)
    ids = {concept, *(each.left for each in links), *(each.right for each in links)}
    by_document: dict[str, list[Quantity]] = {}
    for each in sorted(ids):
        for quantity in quantities(source, concept=each):
            by_document.setdefault(quantity.doc, []).append(quantity)
    return {doc: sorted(found, key=_by_time) for doc, found in sorted(by_document.items())}


def _by_time(quantity: Quantity) -> tuple[str, int, str]:
    return quantity.time or "", quantity.start, quantity.id


def agencies(source: GraphSource) -> list[Agency]:
    """Every agency with its duties, the most burdened first."""
    rows = source.select("""
        SELECT ?agency ?duties (COUNT(DISTINCT ?led) AS ?leads) WHERE {
          ?agency a kg:Agency ; kg:dutyCount ?duties . OPTIONAL { ?led kg:lead ?agency }
        } GROUP BY ?agency ?duties""")
    naming = source.select("""
        SELECT DISTINCT ?agency ?doc WHERE {
          { ?duty kg:lead|kg:support|kg:responsible ?agency . ?duty kg:inDocument ?doc }
          UNION { ?doc eli:passed_by|kg:jointIssuer ?agency . ?doc a kg:PlanDocument } }""")
    docs: dict[Iri, list[str]] = {}
    for row in naming:
        docs.setdefault(row["agency"], []).append(names_in(row["doc"])[1])
    made = [
        Agency(names_in(r["agency"])[1], r["duties"], r["leads"], tuple(sorted(docs.get(r["agency"], []))))
        for r in rows
    ]
    return sorted(made, key=lambda each: (-each.duties, each.name))


# ---------------------------------------------------------------- who governs whom


def governs(source: GraphSource, doc: str | None = None) -> list[Governs]:
    """Governing relations; with a document id, those it stands in on either side."""
    fields = rebuild.things(source, "governs", "?s a kg:Governing .")
    rows = source.select(f"""
        SELECT ?s ?upper ?lower ?start ?end WHERE {{
          ?s a kg:Governing ; kg:upperDocument ?upper ; kg:lowerDocument ?lower OPTIONAL {{ {rebuild.PLACE} }}
        }}""")
    made = [_governs(row, fields[row["s"]]) for row in rows]
    wanted = [each for each in made if doc in (None, each.upper, each.lower)]
    return sorted(wanted, key=lambda each: (each.lower, each.upper))


def _governs(row: Row, fields: Mapping[str, Any]) -> Governs:
    upper, lower = names_in(row["upper"])[1], names_in(row["lower"])[1]
    return Governs(upper=upper, lower=lower, start=row["start"], end=row["end"], **fields)


def chain(source: GraphSource, doc: str) -> list[Step]:
    """The plan itself and every document above it, nearest first, each with what ties it to those below.

    A document reached in two ways stands once, at its nearest.
    """
    relations = governs(source)
    names = {_doc_of(row["d"]): row for row in source.select(_DOCUMENT_NAMES)}
    steps, frontier = [_step(doc, names, None)], [doc]
    seen = {doc}
    while frontier:
        above = [each for each in relations if each.lower in frontier and each.upper not in seen]
        frontier = []
        for each in above:
            if each.upper not in seen:
                seen.add(each.upper)
                frontier.append(each.upper)
                steps.append(_step(each.upper, names, each))
    return steps


_DOCUMENT_NAMES = """
SELECT ?d ?title ?level ?kind WHERE {
  ?d a ?kind . VALUES ?kind { kg:PlanDocument kg:MissingDocument }
  OPTIONAL { ?d dcterms:title ?title } OPTIONAL { ?d kg:level ?level } }"""


def _doc_of(name: Iri) -> str:
    return names_in(name)[1]


def _step(doc: str, names: Mapping[str, Row], tie: Governs | None) -> Step:
    row = names.get(doc)
    if row is None:
        raise UsageError(doc, "no such document in the graph", f"Known: {', '.join(sorted(names))}")
    level = row["level"].removeprefix(PREFIXES["kg"] + "level-") if row["level"] else None
    return Step(doc, row["title"], level, row["kind"] == iri("kg:PlanDocument"), tie)


def similar(source: GraphSource) -> list[Copied]:
    """Goals and tasks that two documents have nearly alike, the likest first."""
    rows = source.select(
        "SELECT ?left ?right ?score WHERE {"
        " ?x a kg:Similarity ; kg:left ?left ; kg:right ?right ; kg:score ?score }"
    )
    held = rebuild.records(source, "?x a kg:Similarity ; kg:left ?s .")
    held |= rebuild.records(source, "?x a kg:Similarity ; kg:right ?s .")
    made = [Copied(held[row["left"]], held[row["right"]], row["score"]) for row in rows]
    return sorted(
        made, key=lambda each: (-each.score, each.left.doc, each.left.id, each.right.doc, each.right.id)
    )


# ---------------------------------------------------------------- proof


def evidence(source: GraphSource, doc: str, record: str) -> Proof:
    """What proves one record; UsageError when the graph has no such record."""
    subject = record_iri(doc, record)
    rows = source.select(_PROOF, subject=subject, main=Iri(f"{subject}#evidence"))
    if not rows:
        raise UsageError(
            f"{doc}/{record}", "no such record in the graph", "Ask for the records of the document."
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
