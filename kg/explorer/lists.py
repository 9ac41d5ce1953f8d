"""Light questions for first screens: rows, not records, also where there are 10,000 plans.

A large store answers "every X of property P" from one run of its index and a join by one look-up a row, so
these questions scan one property, or start from few names (`VALUES`), and sort in Python: a store that sorts
names has to look up each of them.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kg.model import Deadline
from kg.source import GraphSource
from kg.vocabulary import PREFIXES, Iri, document_iri, names_in, node

_LEVELS = ("national", "province", "prefecture", "county", "township", None)

_PLANS = """
SELECT ?doc ?title ?where ?place ?level ?from ?to WHERE {
  ?doc a kg:PlanDocument .
  OPTIONAL { ?doc dcterms:title ?title } OPTIONAL { ?doc kg:jurisdictionName ?where }
  OPTIONAL { ?doc eli:jurisdiction ?place } OPTIONAL { ?doc kg:level ?level }
  OPTIONAL { ?doc kg:periodStart ?from } OPTIONAL { ?doc kg:periodEnd ?to } }"""
_UNTRUSTED = "SELECT ?doc WHERE { ?doc kg:trusted false }"
_IDENTITIES = """
SELECT ?doc ?number ?status ?sign WHERE {
  VALUES ?doc { $docs } OPTIONAL { ?doc eli:id_local ?number } OPTIONAL { ?doc kg:status ?status }
  OPTIONAL { ?doc kg:trustSign ?sign } }"""
_TOTALS = (
    "SELECT ?verdict (COUNT(?finding) AS ?count) WHERE { ?finding kg:verdict ?verdict } GROUP BY ?verdict"
)
_COUNTS = """
SELECT ?upper ?lower ?verdict (COUNT(?finding) AS ?count) WHERE {
  VALUES ?lower { $lowers }
  ?finding kg:lowerDocument ?lower ; kg:verdict ?verdict ; kg:upperDocument ?upper }
GROUP BY ?upper ?lower ?verdict"""
_GRAVE = """
SELECT ?lower ?verdict (COUNT(?finding) AS ?count) WHERE {
  VALUES ?verdict { kg:verdict-short kg:verdict-late kg:verdict-weaker kg:verdict-conflict }
  ?finding kg:verdict ?verdict ; kg:lowerDocument ?lower }
GROUP BY ?lower ?verdict"""
_NAMED = "SELECT ?node WHERE { ?node %s ?any }"
_VERDICTS = """
SELECT ?finding ?upper ?lower ?verdict ?indicator ?said ?said_en WHERE {
  VALUES ?finding { $names }
  ?finding kg:verdict ?verdict ; kg:upperDocument ?upper ; kg:lowerDocument ?lower ; kg:upper ?quantity .
  ?quantity kg:indicator ?indicator .
  OPTIONAL { ?finding kg:explanation ?said FILTER(LANG(?said) = "zh") }
  OPTIONAL { ?finding kg:explanation ?said_en FILTER(LANG(?said_en) = "en") } }"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One plan as lists show it; place: code, where: name; period: "2021–2025"."""

    doc: str
    title: str | None
    where: str | None = None
    place: str | None = None
    level: str | None = None
    period: str | None = None
    trusted: bool = True

    @property
    def name(self) -> str:
        """Its title, with the place in front where the title does not say it."""
        title = "".join((self.title or self.doc).split())
        own = (self.where or "").removesuffix("市").removesuffix("省")[-2:]
        return title if not own or own in title else f"{self.where} · {title}"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a plan's line says beside its name; signs: why it is not trusted."""

    number: str | None = None
    status: str | None = None
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdicted:
    """One verdict as lists of changes show it: id, plans, verdict, metric and its sentences."""

    id: str
    upper: str
    lower: str
    verdict: str
    metric: str
    said: str
    said_en: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build added to and took from the one before it; verdicts by their nodes."""

    documents_added: tuple[str, ...] = ()
    documents_gone: tuple[str, ...] = ()
    findings_added: tuple[Iri, ...] = ()
    findings_gone: tuple[Iri, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return any((self.documents_added, self.documents_gone, self.findings_added, self.findings_gone))


def plans(source: GraphSource) -> dict[str, Plan]:
    """Every plan by id, higher levels first, then by place."""
    untrusted = {row["doc"] for row in source.select(_UNTRUSTED)}
    made: dict[str, Plan] = {}
    for row in source.select(_PLANS):
        doc = names_in(row["doc"])[1]
        years = [str(row[end]) for end in ("from", "to") if row[end]]
        made[doc] = Plan(
            doc=doc,
            title=row["title"],
            where=row["where"],
            place=names_in(row["place"])[1] if row["place"] else None,
            level=_term(row["level"]),
            period="–".join(dict.fromkeys(years)) or None,
            trusted=row["doc"] not in untrusted,
        )
    return {
        doc: made[doc]
        for doc in sorted(made, key=lambda doc: (_rank(made[doc].level), made[doc].place or "~", doc))
    }


def identities(source: GraphSource, docs: Iterable[str]) -> dict[str, Identity]:
    """What stands in the lines of these plans beside their names, by id."""
    found: dict[str, Identity] = {}
    for row in source.select(_IDENTITIES, docs=[document_iri(doc) for doc in docs]):
        doc = names_in(row["doc"])[1]
        signs = found[doc].signs if doc in found else ()
        signs = tuple(sorted({*signs, row["sign"]})) if row["sign"] else signs
        found[doc] = Identity(row["number"], _term(row["status"]), signs)
    return found


def _rank(level: str | None) -> int:
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)


def _term(name: str | None) -> str | None:
    """`…ontology#level-county` → county."""
    return name.removeprefix(PREFIXES["kg"]).partition("-")[2] if name else None


def matching(found: Iterable[Plan], words: str) -> list[Plan]:
    """The plans whose id, name or place has these words, in their order."""
    if not words:
        return list(found)
    return [plan for plan in found if words in plan.doc or words in plan.name or words in (plan.where or "")]


# ---------------------------------------------------------------- verdicts


def totals(source: GraphSource) -> Counter[str]:
    """How many findings of each verdict there are."""
    return Counter({_term(row["verdict"]) or "": row["count"] for row in source.select(_TOTALS)})


def counts(source: GraphSource, lowers: Collection[str]) -> dict[tuple[str, str], Counter[str]]:
    """(upper, lower) → how many findings of each verdict, for these lower plans."""
    found: dict[tuple[str, str], Counter[str]] = {}
    named = [document_iri(doc) for doc in lowers]
    for row in source.select(_COUNTS, lowers=named) if named else ():
        pair = names_in(row["upper"])[1], names_in(row["lower"])[1]
        found.setdefault(pair, Counter())[_term(row["verdict"]) or ""] += row["count"]
    return dict(sorted(found.items()))


def grave(source: GraphSource) -> dict[str, Counter[str]]:
    """Lower plan → how many findings of each verdict that asks for action; plans without are left out."""
    found: dict[str, Counter[str]] = {}
    for row in source.select(_GRAVE):
        found.setdefault(names_in(row["lower"])[1], Counter())[_term(row["verdict"]) or ""] = row["count"]
    return found


def verdicts(source: GraphSource, names: Sequence[Iri]) -> list[Verdicted]:
    """These verdicts, each as one line."""
    rows = source.select(_VERDICTS, names=names) if names else []
    made = (
        Verdicted(
            names_in(row["finding"])[1],
            names_in(row["upper"])[1],
            names_in(row["lower"])[1],
            _term(row["verdict"]) or "",
            row["indicator"],
            row["said"] or "",
            row["said_en"] or "",
        )
        for row in rows
    )
    return sorted(made, key=lambda each: (each.lower, each.metric, each.id))


def changes(source: GraphSource, before: GraphSource) -> Changes:
    """What is in this graph and not in the one before, and the other way round."""
    new, old = (_names(each, "kg:sourceFile") for each in (source, before))
    docs, docs_before = ({names_in(name)[1] for name in names} for names in (new, old))
    found, found_before = (_names(each, "kg:verdict") for each in (source, before))
    return Changes(
        tuple(sorted(docs - docs_before)),
        tuple(sorted(docs_before - docs)),
        tuple(sorted(found - found_before)),
        tuple(sorted(found_before - found)),
    )


def _names(source: GraphSource, name: str) -> set[Iri]:
    """Every node that has a property."""
    return {row["node"] for row in source.select(_NAMED % name)}


# ---------------------------------------------------------------- metrics and agencies

_METRICS = """
SELECT ?metric ?label ?name WHERE {
  ?metric skos:inScheme kg:Indicators ; a kg:Indicator . OPTIONAL { ?metric kg:name ?name }
  OPTIONAL { ?metric skos:prefLabel ?label FILTER(LANG(?label) = "zh") } }"""
_STATED = "SELECT ?metric (COUNT(?q) AS ?count) WHERE { ?q kg:concept ?metric } GROUP BY ?metric"
_STATING = """
SELECT ?doc (COUNT(?q) AS ?count) WHERE { ?q kg:concept $metric . ?q kg:inDocument ?doc } GROUP BY ?doc"""
_AGENCIES = "SELECT ?agency ?duties WHERE { ?agency kg:dutyCount ?duties }"
_LOADS = """
SELECT ?agency ?leads ?deadlines WHERE {
  VALUES ?agency { $agencies } ?agency kg:leadCount ?leads ; kg:deadlineCount ?deadlines }"""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric as lists show it; stated: how many values there are of it in all plans."""

    id: str
    label: str
    names: tuple[str, ...]
    stated: int


def metrics(source: GraphSource) -> dict[str, Metric]:
    """Every metric by id, the most stated first."""
    stated = {row["metric"]: row["count"] for row in source.select(_STATED)}
    labels: dict[Iri, str] = {}
    names: dict[Iri, set[str]] = {}
    for row in source.select(_METRICS):
        labels[row["metric"]] = row["label"] or ""
        names.setdefault(row["metric"], set()).update([row["name"]] if row["name"] else [])
    ordered = sorted(labels, key=lambda each: (-stated.get(each, 0), labels[each], each))
    made = (
        Metric(names_in(each)[1], labels[each], tuple(sorted(names[each])), stated.get(each, 0))
        for each in ordered
    )
    return {each.id: each for each in made}


def stating(source: GraphSource, metric: str) -> dict[str, int]:
    """Plan → how many values of a metric (by id) it has."""
    rows = source.select(_STATING, metric=node("concept", metric))
    return {names_in(row["doc"])[1]: row["count"] for row in rows}


def agencies(source: GraphSource) -> dict[str, int]:
    """Every agency with its number of duties, the most burdened first."""
    found = {names_in(row["agency"])[1]: row["duties"] for row in source.select(_AGENCIES)}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def loads(source: GraphSource, names: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Agency → how many of its duties it leads, and how many have a date."""
    rows = source.select(_LOADS, agencies=[node("agency", name) for name in names])
    return {names_in(row["agency"])[1]: (row["leads"], row["deadlines"]) for row in rows}


# ---------------------------------------------------------------- records by their names

_DUTIES = "SELECT ?record WHERE { ?role kg:agency $agency . ?record kg:hasRole ?role }"
_DATES = """
SELECT ?record ?time ?start WHERE {
  VALUES ?doc { $docs } ?record kg:inDocument ?doc . ?record kg:due ?any ; kg:time ?time .
  ?record kg:evidence ?part . ?part oa:hasSelector ?position . ?position oa:start ?start }"""
_DUE = "SELECT ?due (COUNT(?record) AS ?count) WHERE { ?record kg:due ?due } GROUP BY ?due"
_DUE_THEN = "SELECT ?record WHERE { ?record kg:due $due }"


def duties(source: GraphSource, agency: str) -> list[Iri]:
    """The nodes of all duties that an agency has any part in, plan by plan."""
    return sorted({row["record"] for row in source.select(_DUTIES, agency=node("agency", agency))})


def dates(source: GraphSource, docs: Iterable[str]) -> list[Deadline]:
    """The dates in these plans: when and where, without words."""
    found: dict[Iri, Deadline] = {}
    for row in source.select(_DATES, docs=[document_iri(doc) for doc in docs]):
        _, doc, record = names_in(row["record"])
        at = row["start"]
        found[row["record"]] = Deadline(doc=doc, start=at, end=at, quote="", id=record, time=row["time"])
    return sorted(found.values(), key=lambda each: (each.doc, each.start, each.id))


def due(source: GraphSource) -> dict[str, int]:
    """ISO time → how much is due then, the earliest first."""
    found = {names_in(row["due"])[1]: row["count"] for row in source.select(_DUE)}
    return dict(sorted(found.items()))


def due_then(source: GraphSource, time: str) -> list[Iri]:
    """The nodes of all that is due at a time, plan by plan."""
    return sorted(row["record"] for row in source.select(_DUE_THEN, due=node("time", time)))
