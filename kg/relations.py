"""What linking concluded, out of a graph: metrics and their links, agencies, who governs whom, copies."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kg import rebuild
from kg.errors import UsageError
from kg.model import Alignment, Concept, Governs, Record
from kg.source import GraphSource, Row
from kg.vocabulary import PREFIXES, Iri, document_iri, iri, names_in, node


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency with its duties in all and led, the deadlines under their headings, who names it."""

    name: str
    duties: int
    leads: int
    deadlines: int
    documents: tuple[str, ...]


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


# ---------------------------------------------------------------- metrics and agencies


def concepts(source: GraphSource) -> list[Concept]:
    """Every metric of the graph, by label."""
    found = rebuild.things(source, "concept", "?s a kg:Indicator ; skos:inScheme kg:Indicators .")
    made = [Concept(**{"label": "", **fields}, id=names_in(at)[1]) for at, fields in found.items()]
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
    either = " ?s kg:left|kg:right $concept ." if concept else ""
    bindings = {"concept": node("concept", concept)} if concept else {}
    found = rebuild.things(source, "alignment", "?s a kg:Alignment ." + either, **bindings)
    made = [Alignment(**fields) for fields in found.values()]
    return sorted(made, key=lambda each: (-each.score, each.left, each.right))


def concept_of(source: GraphSource, doc: str | None = None) -> dict[tuple[str, str], str]:
    """Which metric each quantity measures: (document id, record id) → concept id."""
    where = "?q kg:inDocument $doc ; kg:concept ?c" if doc else "?q kg:concept ?c"
    bindings = {"doc": document_iri(doc)} if doc else {}
    rows = source.select(f"SELECT ?q ?c WHERE {{ {where} }}", **bindings)
    pairs = ((names_in(row["q"]), names_in(row["c"])) for row in rows)
    return dict(sorted(((doc, record), concept) for (_, doc, record), (_, concept) in pairs))


def agencies(source: GraphSource) -> list[Agency]:
    """Every agency with its duties, the most burdened first."""
    rows = source.select("""
        SELECT ?agency ?duties ?leads ?deadlines WHERE {
          ?agency a kg:Agency ; kg:dutyCount ?duties ; kg:leadCount ?leads ; kg:deadlineCount ?deadlines }""")
    naming = source.select("""
        SELECT DISTINCT ?agency ?doc WHERE {
          { ?duty kg:lead|kg:support|kg:responsible ?agency . ?duty kg:inDocument ?doc }
          UNION { ?doc eli:passed_by|kg:jointIssuer ?agency . ?doc a kg:PlanDocument } }""")
    docs: dict[Iri, list[str]] = {}
    for row in naming:
        docs.setdefault(row["agency"], []).append(names_in(row["doc"])[1])
    made = [
        Agency(
            name=names_in(row["agency"])[1],
            duties=row["duties"],
            leads=row["leads"],
            deadlines=row["deadlines"],
            documents=tuple(sorted(docs.get(row["agency"], []))),
        )
        for row in rows
    ]
    return sorted(made, key=lambda each: (-each.duties, each.name))


# ---------------------------------------------------------------- who governs whom


def governs(source: GraphSource, doc: str | None = None, lower: Iterable[str] | None = None) -> list[Governs]:
    """Governing relations, by lower and upper document.

    doc: those this document stands in on either side. lower: those above any of these documents.
    """
    where, bindings = "?s a kg:Governing .", dict[str, Any]()
    if doc is not None:
        where += " VALUES ?side { $sides } ?s kg:upperDocument|kg:lowerDocument ?side ."
        bindings["sides"] = _either(doc)
    if lower is not None:
        where += " VALUES ?lower { $docs } ?s kg:lowerDocument ?lower ."
        bindings["docs"] = [name for each in lower for name in _either(each)]
    found = rebuild.things(source, "governs", where, **bindings).values()
    return sorted((Governs(**fields) for fields in found), key=lambda each: (each.lower, each.upper))


def _either(doc: str) -> tuple[Iri, Iri]:
    """The node of an id that may be a held document or a missing one."""
    return document_iri(doc), node("stub", doc)


def chain(source: GraphSource, doc: str) -> list[Step]:
    """The plan itself and every document above it, nearest first, each with what ties it to those below.

    A document reached in two ways stands once, at its nearest. UsageError when there is no such document.
    """
    check_document(source, doc)
    ties: dict[str, Governs | None] = {doc: None}
    frontier = [doc]
    while frontier:
        above = [each for each in governs(source, lower=frontier) if each.upper not in ties]
        frontier = list(dict.fromkeys(each.upper for each in above))
        for each in above:
            ties.setdefault(each.upper, each)
    names = [name for each in ties for name in _either(each)]
    rows = {names_in(row["d"])[1]: row for row in source.select(_DOCUMENT_NAMES, docs=names)}
    return [_step(each, rows[each], tie) for each, tie in ties.items()]


_DOCUMENT_NAMES = """
SELECT ?d ?title ?level ?kind WHERE {
  VALUES ?d { $docs } VALUES ?kind { kg:PlanDocument kg:MissingDocument } ?d a ?kind .
  OPTIONAL { ?d dcterms:title ?title } OPTIONAL { ?d kg:level ?level } }"""


def _step(doc: str, row: Row, tie: Governs | None) -> Step:
    level = row["level"].removeprefix(PREFIXES["kg"] + "level-") if row["level"] else None
    return Step(doc, row["title"], level, row["kind"] == iri("kg:PlanDocument"), tie)


def check_document(source: GraphSource, doc: str) -> None:
    """Raise UsageError, with the known ids, when the graph holds no plan of that id."""
    if not source.ask("ASK { $doc a kg:PlanDocument }", doc=document_iri(doc)):
        rows = source.select("SELECT ?d WHERE { ?d a kg:PlanDocument } ORDER BY ?d LIMIT 40")
        known = ", ".join(names_in(row["d"])[1] for row in rows)
        raise UsageError(doc, "图谱中没有这份文件 (no such document in the graph)", f"已有 (known): {known}")


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
