"""Light questions for first screens: rows, not records, one query each, also where there are 10,000 plans."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.source import GraphSource
from kg.vocabulary import PREFIXES, names_in

_LEVELS = ("national", "province", "prefecture", "county", "township", None)

_PLANS = """
SELECT ?doc ?title ?number ?issuer ?where ?place ?level ?issued ?from ?to ?status ?trusted ?file WHERE {
  ?doc a kg:PlanDocument .
  OPTIONAL { ?doc dcterms:title ?title } OPTIONAL { ?doc eli:id_local ?number }
  OPTIONAL { ?doc eli:passed_by ?issuer }
  OPTIONAL { ?doc kg:jurisdictionName ?where } OPTIONAL { ?doc eli:jurisdiction ?place }
  OPTIONAL { ?doc kg:level ?level } OPTIONAL { ?doc dcterms:issued ?issued }
  OPTIONAL { ?doc kg:periodStart ?from } OPTIONAL { ?doc kg:periodEnd ?to }
  OPTIONAL { ?doc kg:status ?status } OPTIONAL { ?doc kg:trusted ?trusted }
  OPTIONAL { ?doc kg:sourceFile ?file } }"""
_SIGNS = "SELECT ?doc ?sign WHERE { ?doc a kg:PlanDocument ; kg:trustSign ?sign }"
_COUNTS = """
SELECT ?upper ?lower ?verdict (COUNT(?finding) AS ?count) WHERE {
  ?finding a kg:Finding ; kg:upperDocument ?upper ; kg:lowerDocument ?lower ; kg:verdict ?verdict }
GROUP BY ?upper ?lower ?verdict"""
_VERDICTS = """
SELECT ?finding ?upper ?lower ?verdict ?indicator ?said ?said_en WHERE {
  ?finding a kg:Finding ; kg:verdict ?verdict ; kg:upperDocument ?upper ; kg:lowerDocument ?lower ;
    kg:upper/kg:indicator ?indicator .
  OPTIONAL { ?finding kg:explanation ?said FILTER(LANG(?said) = "zh") }
  OPTIONAL { ?finding kg:explanation ?said_en FILTER(LANG(?said_en) = "en") } }"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One plan as lists show it; place: code, where: name; period: "2021–2025"; signs: why untrusted."""

    doc: str
    title: str | None
    number: str | None = None
    issuer: str | None = None
    where: str | None = None
    place: str | None = None
    level: str | None = None
    issued: str | None = None
    period: str | None = None
    status: str | None = None
    trusted: bool = True
    signs: tuple[str, ...] = ()
    file: str = ""

    @property
    def name(self) -> str:
        """Its title, with the place in front where the title does not say it."""
        title = "".join((self.title or self.doc).split())
        own = (self.where or "").removesuffix("市").removesuffix("省")[-2:]
        return title if not own or own in title else f"{self.where} · {title}"


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
    """What a build added to and took from the one before it."""

    documents_added: tuple[str, ...] = ()
    documents_gone: tuple[str, ...] = ()
    findings_added: tuple[Verdicted, ...] = ()
    findings_gone: tuple[Verdicted, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return any((self.documents_added, self.documents_gone, self.findings_added, self.findings_gone))


def plans(source: GraphSource) -> dict[str, Plan]:
    """Every plan by id, higher levels first, then by place."""
    signs: dict[str, list[str]] = {}
    for row in source.select(_SIGNS):
        signs.setdefault(names_in(row["doc"])[1], []).append(row["sign"])
    made: dict[str, Plan] = {}
    for row in source.select(_PLANS):
        doc = names_in(row["doc"])[1]
        years = [str(row[end]) for end in ("from", "to") if row[end]]
        made[doc] = Plan(
            doc=doc,
            title=row["title"],
            number=row["number"],
            issuer=names_in(row["issuer"])[1] if row["issuer"] else None,
            where=row["where"],
            place=names_in(row["place"])[1] if row["place"] else None,
            level=_term(row["level"]),
            issued=str(row["issued"]) if row["issued"] else None,
            period="–".join(dict.fromkeys(years)) or None,
            status=_term(row["status"]),
            trusted=row["trusted"] is not False,
            signs=tuple(sorted(signs.get(doc, ()))),
            file=row["file"] or "",
        )
    return {
        doc: made[doc]
        for doc in sorted(made, key=lambda doc: (_rank(made[doc].level), made[doc].place or "~", doc))
    }


def _rank(level: str | None) -> int:
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)


def _term(name: str | None) -> str | None:
    """`…ontology#level-county` → county."""
    return name.removeprefix(PREFIXES["kg"]).partition("-")[2] if name else None


def counts(source: GraphSource) -> dict[tuple[str, str], Counter[str]]:
    """(upper, lower) → how many findings of each verdict."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for row in source.select(_COUNTS):
        pair = names_in(row["upper"])[1], names_in(row["lower"])[1]
        found.setdefault(pair, Counter())[_term(row["verdict"]) or ""] += row["count"]
    return dict(sorted(found.items()))


def verdicts(source: GraphSource) -> dict[str, Verdicted]:
    """Every verdict by id, as one line."""
    rows = source.select(_VERDICTS)
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
    return {each.id: each for each in sorted(made, key=lambda each: (each.lower, each.metric, each.id))}


def changes(source: GraphSource, before: GraphSource) -> Changes:
    """What is in this graph and not in the one before, and the other way round."""
    docs, docs_before = plans(source), plans(before)
    new, old = verdicts(source), verdicts(before)
    return Changes(
        tuple(doc for doc in docs if doc not in docs_before),
        tuple(doc for doc in docs_before if doc not in docs),
        _without(new, old),
        _without(old, new),
    )


def _without(these: dict[str, Verdicted], others: Iterable[str]) -> tuple[Verdicted, ...]:
    left = set(others)
    return tuple(each for name, each in these.items() if name not in left)


def stated_in(source: GraphSource) -> dict[str, int]:
    """Metric id → how many plans state it."""
    rows = source.select(
        "SELECT ?concept (COUNT(DISTINCT ?doc) AS ?count) WHERE {"
        " ?q kg:concept ?concept ; kg:inDocument ?doc } GROUP BY ?concept"
    )
    return {names_in(row["concept"])[1]: row["count"] for row in rows}


# ---------------------------------------------------------------- search

_KINDS = {
    "kg:Quantity": "quantity",
    "kg:Citation": "citation",
    "kg:Goal": "goal",
    "kg:Assignment": "assignment",
    "kg:Task": "task",
    "kg:Deadline": "deadline",
}
_HITS = """
SELECT DISTINCT ?record ?kind ?quote ?label ?time ?start WHERE {
  VALUES ?kind { kg:Quantity kg:Citation kg:Goal kg:Assignment kg:Task kg:Deadline }
  ?record a ?kind ; kg:evidence ?part . FILTER(STRENDS(STR(?part), "#evidence"))
  ?part oa:hasSelector ?exact , ?position . ?exact oa:exact ?quote . ?position oa:start ?start .
  OPTIONAL { ?record kg:indicator|kg:what|kg:taskText ?label } OPTIONAL { ?record kg:time ?time }
  %s }
ORDER BY ?record LIMIT %d"""
#: records that one search looks at in the browser, and in the model
MOST_HITS, MOST_TEXTS = 2_000, 6_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that a search found; label: its metric or task where it has one; time: ISO or ""."""

    doc: str
    id: str
    kind: str
    quote: str
    label: str
    time: str
    start: int
    score: float = 1.0


def hits(source: GraphSource, words: str) -> list[Hit]:
    """Records whose quote, metric or task has these words, in the order of plans and of reading."""
    condition = 'FILTER(CONTAINS(?quote, $words) || CONTAINS(COALESCE(?label, ""), $words))'
    return _hits(source, _HITS % (condition, MOST_HITS), words=words)


def texts(source: GraphSource) -> list[Hit]:
    """All records, as many as a model can be asked about at once."""
    return _hits(source, _HITS % ("", MOST_TEXTS))


def _hits(source: GraphSource, sparql: str, **bindings: str) -> list[Hit]:
    known = {PREFIXES["kg"] + name.removeprefix("kg:"): kind for name, kind in _KINDS.items()}
    found: dict[tuple[str, str], Hit] = {}
    for row in source.select(sparql, **bindings):
        _, doc, record = names_in(row["record"])
        made = Hit(
            doc,
            record,
            known[row["kind"]],
            row["quote"],
            row["label"] or "",
            str(row["time"] or ""),
            row["start"],
        )
        found.setdefault((doc, record), made)
    return sorted(found.values(), key=lambda hit: (hit.doc, hit.start, hit.id))
