"""Rows of a graph → the records they were made from, by the same table that wrote them."""

from decimal import Decimal
from typing import Any

from kg.model import (
    RECORD_CLASSES,
    AgencyRole,
    Evidence,
    Record,
)
from kg.source import GraphSource, Row
from kg.vocabulary import CLASSES, PREFIXES, QUANTITY_CLASSES, SLOTS, Iri, Slot, iri, names_in

#: everything a record is made of: its own statements, its characters, its headings, its rule, its roles;
#: `where` stands in every branch, since a store that joins it to their union looks at the whole graph
RECORD_QUERY = """
SELECT ?s ?part ?p ?o ?lang ?depth ?start ?end WHERE {{
  {{ {where} ?s ?p ?o . BIND(LANG(?o) AS ?lang) }}
  UNION {{ {where} ?s kg:evidence ?part . ?part oa:hasSelector ?position .
           ?position oa:start ?start ; oa:end ?end .
           OPTIONAL {{ ?part oa:hasSelector ?quoted . ?quoted oa:exact ?o }} }}
  UNION {{ {where} ?s kg:section ?inner . ?inner kg:within* ?part .
           ?part kg:depth ?depth . ?part rdfs:label ?o }}
  UNION {{ {where} ?s prov:wasGeneratedBy ?part . ?part kg:rule ?o }}
}}"""

ROLE_QUERY = """
SELECT ?s ?agency ?role ?raw ?position WHERE {{
  {where}
  ?s kg:hasRole ?node . ?node kg:agency ?agency ; kg:role ?role ; kg:raw ?raw ; kg:position ?position
}}"""

FIELD_QUERY = """
SELECT ?s ?part ?field ?confidence ?rule ?start ?end ?quote WHERE {{
  {where}
  ?s kg:evidence ?part . ?part kg:field ?field ; kg:confidence ?confidence ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  OPTIONAL {{ ?part prov:wasGeneratedBy ?activity . ?activity kg:rule ?rule }}
  OPTIONAL {{ ?part oa:hasSelector ?quoted . ?quoted oa:exact ?quote }}
}}"""

THING_QUERY = """
SELECT ?s ?part ?p ?o ?lang ?start ?end WHERE {{
  {{ {where} ?s ?p ?o . BIND(LANG(?o) AS ?lang) }}
  UNION {{ {where} ?s kg:evidence ?part . ?part oa:hasSelector ?position .
           ?position oa:start ?start ; oa:end ?end }}
}}"""

_KINDS = {iri(name): kind for kind, name in CLASSES.items()}
_CLASSES = {iri(name): kind for kind, name in QUANTITY_CLASSES.items()}
_LANGUAGE = {"zh": "zh", "en": "en"}


def records(source: GraphSource, where: str, **bindings: Any) -> dict[Iri, Record]:
    """The records that `where` binds to `?s`, by IRI, in reading order of each document."""
    facts: dict[Iri, _Facts] = {}
    for row in source.select(RECORD_QUERY.format(where=where), **bindings):
        facts.setdefault(row["s"], _Facts()).take(row)
    roles = _roles(source, where, bindings) if _any_of(facts, "assignment") else {}
    fields = _field_evidence(source, where, bindings) if _any_of(facts, "document") else {}
    made = {node: _record(node, fact, roles, fields) for node, fact in facts.items() if fact.kind}
    return dict(sorted(made.items(), key=lambda item: (item[1].doc, item[1].start, item[1].end, item[0])))


def things(source: GraphSource, kind: str, where: str, **bindings: Any) -> dict[Iri, dict[str, Any]]:
    """The fields of findings, concepts, stubs … that `where` binds to `?s`, by IRI; see `SLOTS`.

    Those with a place in a text have its start and end too.
    """
    facts: dict[Iri, _Facts] = {}
    for row in source.select(THING_QUERY.format(where=where), **bindings):
        facts.setdefault(row["s"], _Facts()).take({"depth": None, "o": None, **row})
    return {node: _fields(kind, facts[node]) | facts[node].place for node in sorted(facts)}


class _Facts:
    """What the rows said about one node."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], set[Any]] = {}
        self.place: dict[str, Any] = {}
        self.section: dict[int, str] = {}
        self.rule = ""
        self.quote = ""

    @property
    def types(self) -> set[Any]:
        return self.values.get((iri("rdf:type"), ""), set())

    @property
    def kind(self) -> str:
        return next((_KINDS[name] for name in self.types if name in _KINDS), "")

    def take(self, row: Row) -> None:
        """Sort one row to what it tells about."""
        if row["part"] is None:
            self.values.setdefault((row["p"], row["lang"] or ""), set()).add(row["o"])
        elif row["start"] is not None:
            self._stands(row)
        elif row["depth"] is not None:
            self.section[row["depth"]] = row["o"]
        else:
            self.rule = row["o"]

    def _stands(self, row: Row) -> None:
        """Where the record itself stands; the places of single fields are no concern here."""
        if row["part"] == row["s"] + "#evidence":
            self.place = {"start": row["start"], "end": row["end"]}
            self.quote = row["o"] or ""


def _any_of(facts: dict[Iri, _Facts], kind: str) -> bool:
    return any(fact.kind == kind for fact in facts.values())


def _record(node: Iri, fact: _Facts, roles: dict[Iri, Any], fields: dict[Iri, Any]) -> Record:
    kind = fact.kind
    values = _fields(kind, fact)
    values |= {**fact.place, "quote": fact.quote, "rule": fact.rule}
    if kind == "document":
        values |= _document_extras(fact) | {"doc": names_in(node)[1], "evidence": fields.get(node, ())}
    else:
        values |= {"id": names_in(node)[2], "section": tuple(fact.section[d] for d in sorted(fact.section))}
    if kind == "quantity":
        values["class_"] = next(_CLASSES[name] for name in fact.types if name in _CLASSES)
    if kind == "assignment":
        values["agencies"] = roles.get(node, ())
    if kind == "citation":
        resolved = fact.values.get((iri("kg:resolvesTo"), ""))
        values["resolves_to"] = names_in(min(resolved))[1] if resolved else None
    return RECORD_CLASSES[kind](**values)


def _document_extras(fact: _Facts) -> dict[str, Any]:
    """What a document has beside its slots."""

    def one(name: str) -> Any:
        return min(fact.values.get((iri(name), ""), {None}))

    first, last = one("kg:periodStart"), one("kg:periodEnd")
    stated = sorted(fact.values.get((iri("kg:stated"), ""), ()))
    return {
        "id": one("kg:recordId") or "",
        "period": (int(first), int(last)) if first and last else None,
        "stated": tuple(tuple(each.split("=", 1)) for each in stated),
    }


def _fields(kind: str, fact: _Facts) -> dict[str, Any]:
    """The fields that the table gives this kind; those without a statement keep their default."""
    fields = {}
    orders = dict(text.split(" ", 1) for text in fact.values.get((iri("kg:order"), ""), ()))
    for slot in SLOTS[kind]:
        found = sorted(fact.values.get((iri(slot.property), _LANGUAGE.get(slot.form, "")), ()))
        if slot.many:
            ranks = map(int, orders[slot.field].split()) if slot.field in orders else range(len(found))
            values = sorted(_value(slot, each) for each in found)
            fields[slot.field] = tuple(values[rank] for rank in ranks)
        elif found:
            fields[slot.field] = _value(slot, found[0])
    return fields


def _value(slot: Slot, value: Any) -> Any:
    """The reverse of what `kg.graph` wrote for this slot."""
    if slot.form == "term":
        return value.removeprefix(PREFIXES["kg"] + slot.scheme + "-")
    if slot.form in ("agency", "place", "document", "concept", "node"):
        return names_in(value)[1]
    return Decimal(value) if slot.form == "decimal" else value


def _roles(source: GraphSource, where: str, bindings: dict[str, Any]) -> dict[Iri, tuple[AgencyRole, ...]]:
    rows = source.select(ROLE_QUERY.format(where=where), **bindings)
    roles: dict[Iri, dict[int, AgencyRole]] = {}
    for row in rows:
        role = row["role"].removeprefix(PREFIXES["kg"] + "role-")
        made = AgencyRole(name=names_in(row["agency"])[1], raw=row["raw"], role=role)
        roles.setdefault(row["s"], {})[row["position"]] = made
    return {node: tuple(found[at] for at in sorted(found)) for node, found in roles.items()}


def _field_evidence(
    source: GraphSource, where: str, bindings: dict[str, Any]
) -> dict[Iri, tuple[Evidence, ...]]:
    found: dict[Iri, dict[Iri, Evidence]] = {}
    for row in source.select(FIELD_QUERY.format(where=where), **bindings):
        values = {name: row[name] for name in ("field", "start", "end", "confidence")}
        evidence = Evidence(**values, quote=row["quote"] or "", rule=row["rule"] or "")
        found.setdefault(row["s"], {})[row["part"]] = evidence
    return {node: tuple(sorted(each.values(), key=_place)) for node, each in found.items()}


def _place(evidence: Evidence) -> tuple[int, int, str]:
    return evidence.start, evidence.end, evidence.field
