"""What documents share and what linking concluded, as the statements of the links graph."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from pyoxigraph import Literal

from kg import __version__
from kg.graph_terms import (
    Span,
    Statement,
    activity,
    generated,
    literal,
    named,
    segment_of,
    slots,
    typed,
    words,
)
from kg.model import Alignment, Assignment, Concept, Finding, Governs, Knowledge, Record, Stub
from kg.places.gazetteer import ancestors, by_code
from kg.vocabulary import Iri, digest, document_iri, finding_iri, iri, node, record_iri, segment, time_type

SOFTWARE = node("software", "policy-kg", __version__)


def links(knowledge: Knowledge, texts: Mapping[str, str]) -> Iterator[Statement]:
    """What linking concluded, and the nodes that documents share; no statement twice."""
    stubs = {stub.id for stub in knowledge.stubs}
    yield from _shared(knowledge)
    for concept in sorted(knowledge.concepts, key=lambda each: each.id):
        yield from _concept(concept)
    yield from _same_metrics(knowledge)
    for (doc, record), concept_id in sorted(knowledge.concept_of.items()):
        yield record_iri(doc, record), iri("kg:concept"), named(node("concept", concept_id))
    for alignment in sorted(knowledge.alignments, key=lambda each: (each.left, each.right)):
        yield from _alignment(alignment)
    for stub in sorted(knowledge.stubs, key=lambda each: each.id):
        yield from _stub(stub)
    yield from _citations(knowledge, stubs)
    for governs in sorted(knowledge.governs, key=lambda each: (each.upper, each.lower)):
        yield from _governs(governs, stubs, texts.get(governs.lower, ""))
    for left, right, score in sorted(knowledge.similar):
        yield from _similar(left, right, score)
    for finding in sorted(knowledge.findings, key=finding_iri):
        yield from _finding(finding)


def _concept(concept: Concept) -> Iterator[Statement]:
    subject = node("concept", concept.id)
    yield from typed(subject, "skos:Concept", "kg:Indicator")
    yield from slots(subject, "concept", concept)
    yield subject, iri("skos:inScheme"), named(iri("kg:Indicators"))
    if concept.scheme:
        yield subject, iri("skos:exactMatch"), named(iri(f"km:{segment(concept.scheme)}"))


def _same_metrics(knowledge: Knowledge) -> Iterator[Statement]:
    """From each metric to all that are exactly it, itself included: what SPARQL would climb for each time."""
    group = {concept.id: {concept.id} for concept in knowledge.concepts}
    for alignment in knowledge.alignments:
        ends = alignment.left, alignment.right
        if alignment.relation == "exact" and all(end in group for end in ends):
            joined = group[ends[0]] | group[ends[1]]
            group.update(dict.fromkeys(joined, joined))
    for concept in sorted(group):
        for same in sorted(group[concept]):
            yield node("concept", concept), iri("kg:sameMetric"), named(node("concept", same))


def _alignment(alignment: Alignment) -> Iterator[Statement]:
    subject = node("alignment", digest(alignment.left, alignment.right))
    left, right = node("concept", alignment.left), node("concept", alignment.right)
    yield from typed(subject, "kg:Alignment")
    yield from slots(subject, "alignment", alignment)
    yield left, iri(f"skos:{alignment.relation}Match"), named(right)


def _stub(stub: Stub) -> Iterator[Statement]:
    subject = node("stub", stub.id)
    yield from typed(subject, "kg:Document", "kg:MissingDocument")
    yield from slots(subject, "stub", stub)
    yield subject, iri("kg:citationCount"), Literal(len(set(stub.cited_by)))
    label = stub.title or stub.number
    if label:
        yield subject, iri("rdfs:label"), words(label, "zh")


#: what a citation makes of two documents; one that names itself or a plan to come makes nothing
SHORT_CUTS = {"basis": "eli:based_on", "mention": "eli:cites"}


def _citations(knowledge: Knowledge, stubs: set[str]) -> Iterator[Statement]:
    """Which document each citation means, held or missing, and the ELI short cuts between documents."""
    ties: dict[Statement, None] = {}
    for citation in sorted(knowledge.citations, key=lambda each: (each.doc, each.id)):
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
    yield from generated(subject, f"compare.{finding.rule}" if finding.rule else "")


# ---------------------------------------------------------------- what documents share


def _shared(knowledge: Knowledge) -> Iterator[Statement]:
    """Agencies, places, times and rules: one node each, however many documents name them."""
    for time in sorted(_times(knowledge)):
        yield from _instant(time)
    yield from _software()
    for rule in sorted(_rules(knowledge) - {""}):
        yield from _rule(rule)
    loads = _loads(knowledge)
    for agency in sorted(loads):
        yield from _agency(agency, loads[agency])
    for place, label in sorted(_places(knowledge).items()):
        yield from _place(place, label)


def _times(knowledge: Knowledge) -> set[str]:
    times = {each.time for each in knowledge.quantities} | {each.time for each in knowledge.goals}
    return {each for each in times | {deadline.time for deadline in knowledge.deadlines} if each}


def _instant(time: str) -> Iterator[Statement]:
    """A time as OWL-Time has it, exact to what was printed."""
    subject = node("time", time)
    name = {
        "xsd:gYear": "time:inXSDgYear",
        "xsd:gYearMonth": "time:inXSDgYearMonth",
        "xsd:date": "time:inXSDDate",
    }
    kind = time_type(time)
    if kind in name:
        yield from typed(subject, "time:Instant")
        yield subject, iri(name[kind]), literal(time, kind)
        yield subject, iri("kg:year"), Literal(int(time[:4]))


def _rules(knowledge: Knowledge) -> set[str]:
    """Every rule that made something: of records, of the evidence of document fields, of verdicts."""
    records: tuple[tuple[Record, ...], ...] = (
        knowledge.documents,
        knowledge.quantities,
        knowledge.citations,
        knowledge.goals,
        knowledge.assignments,
        knowledge.tasks,
        knowledge.deadlines,
    )
    rules = {record.rule for record in chain(*records)}
    rules |= {evidence.rule for document in knowledge.documents for evidence in document.evidence}
    return rules | {f"compare.{finding.rule}" for finding in knowledge.findings if finding.rule}


def _software() -> Iterator[Statement]:
    yield from typed(SOFTWARE, "prov:SoftwareAgent")
    yield SOFTWARE, iri("kg:version"), Literal(__version__)


def _rule(rule: str) -> Iterator[Statement]:
    subject = activity(rule)
    yield from typed(subject, "prov:Activity")
    yield subject, iri("kg:rule"), words(rule)
    yield subject, iri("prov:wasAssociatedWith"), named(SOFTWARE)


@dataclass(slots=True)
class _Load:
    """What one agency has to do: duties in all and led, deadlines under the headings of its duties."""

    duties: int = 0
    leads: int = 0
    deadlines: int = 0


def _loads(knowledge: Knowledge) -> dict[str, _Load]:
    """Every agency that issues or answers, with what it has to do."""
    issuers = (name for each in knowledge.documents for name in (each.issuer, *each.joint_issuers))
    stub_issuers = (stub.issuer for stub in knowledge.stubs)
    loads = {name: _Load() for name in chain(issuers, stub_issuers) if name}
    due = Counter((each.doc, each.section) for each in knowledge.deadlines if each.section)
    headings: dict[str, set[tuple[str, tuple[str, ...]]]] = {}
    for assignment in knowledge.assignments:
        for name, roles in _roles_of(assignment).items():
            load = loads.setdefault(name, _Load())
            load.duties += 1
            load.leads += "lead" in roles
            headings.setdefault(name, set()).add((assignment.doc, assignment.section))
    for name, places in headings.items():
        loads[name].deadlines = sum(due[place] for place in places)
    return loads


def _roles_of(assignment: Assignment) -> dict[str, set[str]]:
    roles: dict[str, set[str]] = {}
    for part in assignment.agencies:
        roles.setdefault(part.name, set()).add(part.role)
    return roles


def _agency(name: str, load: _Load) -> Iterator[Statement]:
    subject = node("agency", name)
    yield from typed(subject, "org:FormalOrganization", "kg:Agency")
    yield subject, iri("skos:prefLabel"), words(name, "zh")
    yield subject, iri("kg:dutyCount"), Literal(load.duties)
    yield subject, iri("kg:leadCount"), Literal(load.leads)
    yield subject, iri("kg:deadlineCount"), Literal(load.deadlines)


def _places(knowledge: Knowledge) -> dict[str, str]:
    """Every place code that stands in the graph and all above it, with its full name where known."""
    stated = {each.place: each.jurisdiction or "" for each in knowledge.documents if each.place}
    codes = {stub.place for stub in knowledge.stubs if stub.place} | set(stated)
    codes |= {above.code for code in codes for above in ancestors(code)}
    return {code: _place_name(code) or stated.get(code, "") for code in codes}


def _place_name(code: str) -> str:
    place = by_code(code)
    return place.full_name if place else ""


def _place(code: str, label: str) -> Iterator[Statement]:
    subject = node("place", code)
    yield from typed(subject, "kg:Place")
    yield subject, iri("skos:notation"), Literal(code)
    if label:
        yield subject, iri("skos:prefLabel"), words(label, "zh")
    for above in ancestors(code)[:1]:
        yield subject, iri("kg:partOf"), named(node("place", above.code))
