"""Rows of a graph → the records they were made from, by the same table that wrote them."""

from collections.abc import Iterable, Iterator
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
#: the names stand in every branch, since a store that joins them to the union looks at the whole graph
RECORD_QUERY = """
SELECT ?s ?part ?p ?o ?lang ?depth ?start ?end WHERE {
  { VALUES ?s { $names } ?s ?p ?o . BIND(LANG(?o) AS ?lang) }
  UNION { VALUES ?s { $names } ?s kg:evidence ?part . ?part oa:hasSelector ?position .
          ?position oa:start ?start ; oa:end ?end .
          OPTIONAL { ?part oa:hasSelector ?quoted . ?quoted oa:exact ?o } }
  UNION { VALUES ?s { $names } ?s kg:section ?inner . ?inner kg:within* ?part .
          ?part kg:depth ?depth . ?part rdfs:label ?o }
  UNION { VALUES ?s { $names } ?s prov:wasGeneratedBy ?part . ?part kg:rule ?o }
}"""

ROLE_QUERY = """
SELECT ?s ?agency ?role ?raw ?position WHERE {
  VALUES ?s { $names }
  ?s kg:hasRole ?node . ?node kg:agency ?agency ; kg:role ?role ; kg:raw ?raw ; kg:position ?position
}"""

FIELD_QUERY = """
SELECT ?s ?part ?field ?confidence ?rule ?start ?end ?quote WHERE {
  VALUES ?s { $names }
  ?s kg:evidence ?part . ?part kg:field ?field ; kg:confidence ?confidence ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  OPTIONAL { ?part prov:wasGeneratedBy ?activity . ?activity kg:rule ?rule }
  OPTIONAL { ?part oa:hasSelector ?quoted . ?quoted oa:exact ?quote }
}"""

THING_QUERY = """
SELECT ?s ?part ?p ?o ?lang ?start ?end WHERE {
  { VALUES ?s { $names } ?s ?p ?o . BIND(LANG(?o) AS ?lang) }
  UNION { VALUES ?s { $names } ?s kg:evidence ?part . ?part oa:hasSelector ?position .
          ?position oa:start ?start ; oa:end ?end }
}"""

#: so many nodes a question: naming them is cheaper than asking again which ones are meant
BATCH = 1000

_KINDS = {iri(name): kind for kind, name in CLASSES.items()}
_CLASSES = {iri(name): kind for kind, name in QUANTITY_CLASSES.items()}
_LANGUAGE = {"zh": "zh", "en": "en"}


def records(source: GraphSource, where: str, **bindings: Any) -> dict[Iri, Record]:
    """The records that `where` binds to `?s`, by IRI, in reading order of each document."""
    return records_of(source, names_of(source, where, **bindings))


def records_of(source: GraphSource, names: Iterable[Iri]) -> dict[Iri, Record]:
    """The records of these names, by IRI, in reading order of each document."""
    made: dict[Iri, Record] = {}
    for batch in _batches(names):
        facts = _facts(source.select(RECORD_QUERY, names=batch))
        roles = _roles(source, batch) if _any_of(facts, "assignment") else {}
        fields = _field_evidence(source, batch) if _any_of(facts, "document") else {}
        made |= {name: _record(name, fact, roles, fields) for name, fact in facts.items() if fact.kind}
    return dict(sorted(made.items(), key=lambda item: (item[1].doc, item[1].start, item[1].end, item[0])))


def things(source: GraphSource, kind: str, where: str, **bindings: Any) -> dict[Iri, dict[str, Any]]:
    """The fields of findings, concepts, stubs … that `where` binds to `?s`, by IRI; see `SLOTS`."""
    return things_of(source, kind, names_of(source, where, **bindings))


def things_of(source: GraphSource, kind: str, names: Iterable[Iri]) -> dict[Iri, dict[str, Any]]:
    """The fields of these nodes, by IRI; those with a place in a text have its start and end too."""
    made: dict[Iri, dict[str, Any]] = {}
    for batch in _batches(names):
        facts = _facts(source.select(THING_QUERY, names=batch))
        made |= {name: _fields(kind, fact) | fact.place for name, fact in facts.items()}
    return dict(sorted(made.items()))


def names_of(source: GraphSource, where: str, **bindings: Any) -> list[Iri]:
    """The nodes that `where` binds to `?s`."""
    return [row["s"] for row in source.select(f"SELECT DISTINCT ?s WHERE {{ {where} }}", **bindings)]


def linked(source: GraphSource, names: Iterable[Iri], name: str) -> dict[Iri, Iri]:
    """The one node that each of these points to by a property (prefixed); those without are left out."""
    query = "SELECT ?s ?o WHERE { VALUES ?s { $names } ?s $name ?o }"
    rows = (row for batch in _batches(names) for row in source.select(query, names=batch, name=iri(name)))
    return {row["s"]: row["o"] for row in rows}


def _batches(names: Iterable[Iri]) -> Iterator[list[Iri]]:
    ordered = sorted(set(names))
    return (ordered[at : at + BATCH] for at in range(0, len(ordered), BATCH))


def _facts(rows: Iterable[Row]) -> "dict[Iri, _Facts]":
    facts: dict[Iri, _Facts] = {}
    for row in rows:
        facts.setdefault(row["s"], _Facts()).take(row)
    return facts


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
        elif row.get("depth") is not None:
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


def _roles(source: GraphSource, names: list[Iri]) -> dict[Iri, tuple[AgencyRole, ...]]:
    rows = source.select(ROLE_QUERY, names=names)
    roles: dict[Iri, dict[int, AgencyRole]] = {}
    for row in rows:
        role = row["role"].removeprefix(PREFIXES["kg"] + "role-")
        made = AgencyRole(name=names_in(row["agency"])[1], raw=row["raw"], role=role)
        roles.setdefault(row["s"], {})[row["position"]] = made
    return {node: tuple(found[at] for at in sorted(found)) for node, found in roles.items()}


def _field_evidence(source: GraphSource, names: list[Iri]) -> dict[Iri, tuple[Evidence, ...]]:
    found: dict[Iri, dict[Iri, Evidence]] = {}
    for row in source.select(FIELD_QUERY, names=names):
        values = {name: row[name] for name in ("field", "start", "end", "confidence")}
        evidence = Evidence(**values, quote=row["quote"] or "", rule=row["rule"] or "")
        found.setdefault(row["s"], {})[row["part"]] = evidence
    return {node: tuple(sorted(each.values(), key=_place)) for node, each in found.items()}


def _place(evidence: Evidence) -> tuple[int, int, str]:
    return evidence.start, evidence.end, evidence.field
