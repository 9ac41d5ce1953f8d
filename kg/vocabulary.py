"""The words of the graph: namespaces, how ids become IRIs and back, and which field is which property.

One table, `SLOTS`, says how each record's fields stand in RDF; `kg.graph` writes by it and `kg.queries`
reads by it, so the two cannot drift apart. Nothing here needs an RDF library.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote

from kg.model import Finding

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"

PREFIXES = {
    "kg": "https://w3id.org/policy-kg/ontology#",
    "id": "https://w3id.org/policy-kg/id/",
    "km": "https://w3id.org/policy-kg/metrics#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "time": "http://www.w3.org/2006/time#",
    "qudt": "http://qudt.org/schema/qudt/",
    "unit": "http://qudt.org/vocab/unit/",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: how a field's value is written: a literal of that type, a term of a scheme, or a node of its own
Form = Literal[
    "text",
    "zh",
    "en",
    "integer",
    "decimal",
    "double",
    "boolean",
    "time",
    "term",
    "agency",
    "place",
    "document",
    "concept",
    "node",
]


class Iri(str):
    """A text that names a node; what a query returns for an IRI and what binds one."""

    __slots__ = ()


#: all but letters and digits of any script, and - . _ ~
_NOT_IN_A_SEGMENT = re.compile(r"[^\w.~-]")


@lru_cache(maxsize=4096)
def iri(name: str) -> Iri:
    """The full IRI of a prefixed name: `kg:verdict` → `https://w3id.org/policy-kg/ontology#verdict`."""
    prefix, _, local = name.partition(":")
    return Iri(PREFIXES[prefix] + local)


def segment(text: str) -> str:
    """`text` as one path segment of an IRI: letters of any script stay, all else is percent-encoded."""
    return _NOT_IN_A_SEGMENT.sub(lambda found: quote(found[0], safe="", errors="replace"), text)


def digest(*parts: object) -> str:
    """12 hex digits that stand for `parts`: the same for the same content in every build."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def node(kind: str, *names: str) -> Iri:
    """The IRI of one thing: `node("doc", "xihu")` → `…/id/doc/xihu`."""
    return Iri(PREFIXES["id"] + "/".join([kind, *map(segment, names)]))


def names_in(node_iri: str) -> list[str]:
    """What `node` was given, kind first: `…/id/doc/xihu/goal-1` → `["doc", "xihu", "goal-1"]`."""
    return [unquote(part) for part in node_iri.removeprefix(PREFIXES["id"]).split("/")]


def document_iri(doc: str) -> Iri:
    """A plan of the corpus."""
    return node("doc", doc)


def record_iri(doc: str, record: str) -> Iri:
    """A quantity, citation, goal … of a plan."""
    return node("doc", doc, record)


def graph_iri(doc: str) -> Iri:
    """The named graph that holds all that one document says."""
    return node("graph", "doc", doc)


def links_iri(doc: str) -> Iri:
    """The named graph that holds what linking concluded about one document."""
    return node("graph", "links", doc)


def finding_iri(finding: Finding) -> Iri:
    """The node of a verdict: the same as long as it holds the same two quantities against each other."""
    lower = finding.lower.id if finding.lower else ""
    parts = (finding.upper_doc, finding.upper.id, finding.lower_doc, lower, finding.verdict)
    return node("finding", digest(*parts))


def finding_id(finding: Finding) -> str:
    """The short name of a verdict for people and ledgers: 12 hex digits, stable like its node."""
    return names_in(finding_iri(finding))[1]


SHARED = node("graph", "shared")
VOCABULARY = node("graph", "ontology")
MANIFEST = node("graph", "manifest")


@dataclass(frozen=True, slots=True)
class Slot:
    """Field `field` of a record stands under property `property` (prefixed), written as `form`.

    zh, en: a text in that language. term: a concept of a scheme, `kg:verdict-short` for "short" of
    scheme "verdict". agency, place, document, concept: the node of that id; node: an IRI as it is.
    many: a tuple of values; where they are not sorted, `kg:order` says how they stood.
    """

    field: str
    property: str
    form: Form = "text"
    scheme: str = ""
    many: bool = False


COMMON = (
    Slot("doc", "kg:inDocument", "document"),
    Slot("confidence", "kg:confidence", "double"),
)

SLOTS: dict[str, tuple[Slot, ...]] = {
    "document": (
        Slot("title", "dcterms:title"),
        Slot("doc_number", "eli:id_local"),
        Slot("issuer", "eli:passed_by", "agency"),
        Slot("joint_issuers", "kg:jointIssuer", "agency", many=True),
        Slot("jurisdiction", "kg:jurisdictionName"),
        Slot("place", "eli:jurisdiction", "place"),
        Slot("level", "kg:level", "term", "level"),
        Slot("issued", "dcterms:issued", "time"),
        Slot("status", "kg:status", "term", "status"),
        Slot("valid_until", "kg:validUntil", "time"),
        Slot("genre", "kg:genre"),
        Slot("aliases", "dcterms:alternative", many=True),
        Slot("trusted", "kg:trusted", "boolean"),
        Slot("trust_signs", "kg:trustSign", many=True),
        Slot("file", "kg:sourceFile"),
        Slot("confidence", "kg:confidence", "double"),
    ),
    "quantity": (
        *COMMON,
        Slot("indicator", "kg:indicator"),
        Slot("value", "kg:value", "decimal"),
        Slot("value_high", "kg:valueHigh", "decimal"),
        Slot("comparator", "kg:comparator"),
        Slot("unit", "kg:unit"),
        Slot("time", "kg:time", "time"),
        Slot("time_from", "kg:timeFrom"),
        Slot("nature", "kg:nature", "term", "nature"),
        Slot("source", "kg:source"),
        Slot("soft", "kg:softening"),
        Slot("scope", "kg:scope"),
        Slot("population", "kg:population"),
        Slot("per", "kg:perGovernment"),
        Slot("category", "kg:category"),
        Slot("value_start", "kg:valueStart", "integer"),
        Slot("value_end", "kg:valueEnd", "integer"),
    ),
    "citation": (
        *COMMON,
        Slot("title", "kg:citedTitle"),
        Slot("number", "kg:citedNumber"),
        Slot("relation", "kg:relation", "term", "relation"),
        Slot("alias_of", "kg:aliasOf"),
        Slot("issuer", "kg:citedIssuer"),
    ),
    "goal": (*COMMON, Slot("time", "kg:time", "time")),
    "assignment": (
        *COMMON,
        Slot("task", "kg:taskText"),
        Slot("task_start", "kg:taskStart", "integer"),
        Slot("task_end", "kg:taskEnd", "integer"),
    ),
    "task": (
        *COMMON,
        Slot("title", "dcterms:title"),
        Slot("number", "kg:number"),
        Slot("body_end", "kg:bodyEnd", "integer"),
    ),
    "deadline": (*COMMON, Slot("what", "kg:what"), Slot("time", "kg:time", "time")),
    "finding": (
        Slot("upper_doc", "kg:upperDocument", "document"),
        Slot("lower_doc", "kg:lowerDocument", "document"),
        Slot("verdict", "kg:verdict", "term", "verdict"),
        Slot("gap", "kg:gap"),
        Slot("gap_value", "kg:gapValue", "decimal"),
        Slot("gap_unit", "kg:gapUnit"),
        Slot("basis", "kg:basis", "term", "basis"),
        Slot("confidence", "kg:confidence", "double"),
        Slot("rule", "kg:verdictRule"),
        Slot("reason", "kg:reason"),
        Slot("explanation", "kg:explanation", "zh"),
        Slot("explanation_en", "kg:explanation", "en"),
        Slot("notes", "kg:note", many=True),
        Slot("alignment", "kg:alignedBy"),
    ),
    "concept": (
        Slot("label", "skos:prefLabel", "zh"),
        Slot("names", "kg:name", many=True),
        Slot("direction", "kg:direction", "integer"),
        Slot("intensive", "kg:intensive", "boolean"),
        Slot("unit", "kg:usualUnit"),
        Slot("scheme", "skos:notation"),
        Slot("sectors", "kg:sector", many=True),
    ),
    "alignment": (
        Slot("left", "kg:left", "concept"),
        Slot("right", "kg:right", "concept"),
        Slot("relation", "kg:alignment", "term", "alignment"),
        Slot("score", "kg:score", "double"),
        Slot("method", "kg:method"),
        Slot("reason", "kg:reason"),
    ),
    "stub": (
        Slot("title", "dcterms:title"),
        Slot("number", "eli:id_local"),
        Slot("issuer", "eli:passed_by", "agency"),
        Slot("level", "kg:level", "term", "level"),
        Slot("place", "eli:jurisdiction", "place"),
        Slot("cited_by", "kg:citedBy", "document", many=True),
    ),
    "governs": (
        Slot("upper", "kg:upperDocument", "node"),
        Slot("lower", "kg:lowerDocument", "node"),
        Slot("basis", "kg:basis", "term", "basis"),
        Slot("reason", "kg:reason", "zh"),
        Slot("reason_en", "kg:reason", "en"),
        Slot("confidence", "kg:confidence", "double"),
    ),
    "repair": (
        Slot("raw", "kg:raw"),
        Slot("mended", "kg:mended"),
        Slot("evidence", "kg:repairEvidence"),
    ),
}

#: rdf:type of each kind, and of each class of quantity
CLASSES = {
    "document": "kg:PlanDocument",
    "quantity": "kg:Quantity",
    "citation": "kg:Citation",
    "goal": "kg:Goal",
    "assignment": "kg:Assignment",
    "task": "kg:Task",
    "deadline": "kg:Deadline",
}
QUANTITY_CLASSES = {
    "target": "kg:Target",
    "standard": "kg:Standard",
    "baseline": "kg:Baseline",
    "forecast": "kg:Forecast",
    "project": "kg:ProjectFact",
}

_TIME_TYPES = (
    (re.compile(r"\d{4}"), "xsd:gYear"),
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])"), "xsd:gYearMonth"),
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"), "xsd:date"),
)


def time_type(text: str) -> str:
    """The XSD type that holds an ISO time as exactly as it is printed; `xsd:string` for any other text."""
    return next((name for pattern, name in _TIME_TYPES if pattern.fullmatch(text)), "xsd:string")


def prefixed(query: str) -> Iterator[str]:
    """A PREFIX line for each of our prefixes that `query` uses and does not declare itself."""
    declared = set(re.findall(r"\bPREFIX\s+(\w*):", query, re.IGNORECASE))
    for name, namespace in PREFIXES.items():
        if name not in declared and re.search(rf"(?<![\w-]){name}:", query):
            yield f"PREFIX {name}: <{namespace}>"
