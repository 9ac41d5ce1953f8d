"""What documents share, as the statements of one graph: metrics and their links, agencies, places, times."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, starmap

from pyoxigraph import Literal

from kg import __version__
from kg.compare import RULES
from kg.graph_terms import Statement, activity, literal, named, slots, typed, words
from kg.model import Alignment, Assignment, Concept, Knowledge, Record, Stub
from kg.places.gazetteer import ancestors, by_code
from kg.vocabulary import digest, iri, node, segment, time_type

SOFTWARE = node("software", "policy-kg", __version__)


@dataclass(frozen=True, slots=True)
class Shared:
    """What documents share, each in a fixed order.

    agencies: name → what it has to do. places: code → full name. Findings have no part in it: every rule of
    comparing is among the rules, used or not.
    """

    times: Sequence[str]
    rules: Sequence[str]
    agencies: Sequence[tuple[str, "Load"]]
    places: Sequence[tuple[str, str]]
    concepts: Sequence[Concept]
    alignments: Sequence[Alignment]
    stubs: Sequence[Stub]


def shared_by(knowledge: Knowledge) -> Shared:
    """What the documents of `knowledge` share."""
    return Shared(
        times=sorted(_times(knowledge)),
        rules=sorted({*_rules(knowledge), *map(verdict_activity, RULES)} - {""}),
        agencies=sorted(_loads(knowledge).items()),
        places=sorted(_places(knowledge).items()),
        concepts=sorted(knowledge.concepts, key=lambda each: each.id),
        alignments=sorted(knowledge.alignments, key=lambda each: (each.left, each.right)),
        stubs=sorted(knowledge.stubs, key=lambda each: each.id),
    )


def statements(shared: Shared) -> Iterator[Statement]:
    """The nodes that documents share and the links between metrics; no statement twice."""
    yield from _software()
    told = (
        map(_instant, shared.times),
        map(_rule, shared.rules),
        starmap(_agency, shared.agencies),
        starmap(_place, shared.places),
        map(_concept, shared.concepts),
        [_same_metrics(shared)],
        map(_alignment, shared.alignments),
        map(_stub, shared.stubs),
    )
    for node_statements in chain.from_iterable(told):
        yield from node_statements


def verdict_activity(rule: str) -> str:
    """The name under which a rule of comparing stands beside the rules of reading."""
    return f"compare.{rule}" if rule else ""


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
    """Every rule that read something: of records and of the evidence of document fields."""
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
    return rules | {evidence.rule for document in knowledge.documents for evidence in document.evidence}


def _software() -> Iterator[Statement]:
    yield from typed(SOFTWARE, "prov:SoftwareAgent")
    yield SOFTWARE, iri("kg:version"), Literal(__version__)


def _rule(rule: str) -> Iterator[Statement]:
    subject = activity(rule)
    yield from typed(subject, "prov:Activity")
    yield subject, iri("kg:rule"), words(rule)
    yield subject, iri("prov:wasAssociatedWith"), named(SOFTWARE)


@dataclass(slots=True)
class Load:
    """What one agency has to do: duties in all and led, deadlines under the headings of its duties."""

    duties: int = 0
    leads: int = 0
    deadlines: int = 0


def _loads(knowledge: Knowledge) -> dict[str, Load]:
    """Every agency that issues or answers, with what it has to do."""
    issuers = (name for each in knowledge.documents for name in (each.issuer, *each.joint_issuers))
    stub_issuers = (stub.issuer for stub in knowledge.stubs)
    loads = {name: Load() for name in chain(issuers, stub_issuers) if name}
    due = Counter((each.doc, each.section) for each in knowledge.deadlines if each.section)
    headings: dict[str, set[tuple[str, tuple[str, ...]]]] = defaultdict(set)
    for assignment in knowledge.assignments:
        place = assignment.doc, assignment.section
        for name, leads in _leading(assignment).items():
            load = loads.get(name) or loads.setdefault(name, Load())
            load.duties += 1
            load.leads += leads
            headings[name].add(place)
    for name, places in headings.items():
        loads[name].deadlines = sum(due.get(place, 0) for place in places)
    return loads


def _leading(assignment: Assignment) -> dict[str, bool]:
    """Every agency of a duty, and whether it leads."""
    leading: dict[str, bool] = {}
    for part in assignment.agencies:
        leading[part.name] = part.role == "lead" or leading.get(part.name, False)
    return leading


def _agency(name: str, load: Load) -> Iterator[Statement]:
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


# ---------------------------------------------------------------- metrics and missing documents


def _concept(concept: Concept) -> Iterator[Statement]:
    subject = node("concept", concept.id)
    yield from typed(subject, "skos:Concept", "kg:Indicator")
    yield from slots(subject, "concept", concept)
    yield subject, iri("skos:inScheme"), named(iri("kg:Indicators"))
    if concept.scheme:
        yield subject, iri("skos:exactMatch"), named(iri(f"km:{segment(concept.scheme)}"))


def _same_metrics(shared: Shared) -> Iterator[Statement]:
    """From each metric to all that are exactly it, itself included: what SPARQL would climb for each time."""
    group = {concept.id: {concept.id} for concept in shared.concepts}
    for alignment in shared.alignments:
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
