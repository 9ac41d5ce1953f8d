"""Records → RDF terms and statements: the small pieces that both kinds of graph are written with."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg import __version__
from kg.vocabulary import SLOTS, Iri, Slot, document_iri, iri, node, time_type

Statement = tuple[str, str, NamedNode | Literal]

#: characters of context kept on both sides of a quote, enough to find it again in an edited copy
CONTEXT = 60

_SURROGATE = re.compile("[\ud800-\udfff]").search

#: units of plans that QUDT knows; all others keep their printed name alone
QUDT_UNITS = {
    "%": "unit:PERCENT",
    "‰": "unit:PERMILLE",
    "平方米": "unit:M2",
    "平方公里": "unit:KiloM2",
    "公顷": "unit:HA",
    "公里": "unit:KiloM",
    "吨": "unit:TONNE",
    "小时": "unit:HR",
    "分钟": "unit:MIN",
    "天": "unit:DAY",
    "年": "unit:YR",
}


@lru_cache(maxsize=65536)
def named(name: str) -> NamedNode:
    """The node of a full IRI."""
    return NamedNode(name)


def literal(text: str, kind: str) -> Literal:
    """A literal of the type `kind` (prefixed)."""
    return Literal(text, datatype=named(iri(kind)))


def words(text: str, language: str | None = None) -> Literal:
    """A text; lone surrogates of a damaged file become U+FFFD, since no RDF format can carry them."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _SURROGATE(text) else text
    return Literal(whole, language=language)


WRITERS: dict[str, Callable[[Slot, Any], NamedNode | Literal]] = {
    "text": lambda slot, value: words(value),
    "zh": lambda slot, value: words(value, "zh"),
    "en": lambda slot, value: words(value, "en"),
    "integer": lambda slot, value: Literal(int(value)),
    "decimal": lambda slot, value: literal(f"{Decimal(value):f}", "xsd:decimal"),
    "double": lambda slot, value: Literal(float(value)),
    "boolean": lambda slot, value: Literal(bool(value)),
    "time": lambda slot, value: literal(value, time_type(value)),
    "term": lambda slot, value: named(iri(f"kg:{slot.scheme}-{value}")),
    "agency": lambda slot, value: named(node("agency", value)),
    "place": lambda slot, value: named(node("place", value)),
    "document": lambda slot, value: named(document_iri(value)),
    "concept": lambda slot, value: named(node("concept", value)),
    "node": lambda slot, value: named(value),
}


def typed(subject: str, *classes: str) -> Iterator[Statement]:
    """The classes of a node."""
    for name in classes:
        yield subject, iri("rdf:type"), named(iri(name))


def slots(subject: Iri, kind: str, record: object) -> Iterator[Statement]:
    """The fields of a record as `SLOTS` lists them; what is not known is not said."""
    for slot in SLOTS[kind]:
        value = getattr(record, slot.field)
        for each in dict.fromkeys(value) if slot.many else (value,):
            if each is not None and each != "":
                yield subject, iri(slot.property), WRITERS[slot.form](slot, each)
        if slot.many and list(value) != sorted(set(value)):
            yield subject, iri("kg:order"), Literal(order(slot.field, value))


def order(field: str, values: Sequence[str]) -> str:
    """How to put the values of a field back in order: the place of each among the sorted ones.

    RDF keeps no order of values: ("b", "a") of `notes` is written as both and "notes 1 0".
    """
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)))}
    return " ".join([field, *(str(ranks[value]) for value in values)])


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a document: its characters, and the file's text around them where it is at hand."""

    doc: str
    start: int
    end: int
    quote: str = ""
    text: str = ""


def segment_of(subject: Iri, name: str, span: Span) -> Iterator[Statement]:
    """The piece of text that proves `subject`, in Web Annotation terms; without a quote, its position."""
    part = Iri(f"{subject}#{name}")
    position = Iri(f"{part}-position")
    yield subject, iri("kg:evidence"), named(part)
    yield from typed(part, "oa:SpecificResource")
    yield part, iri("oa:hasSource"), named(document_iri(span.doc))
    yield part, iri("oa:hasSelector"), named(position)
    yield from typed(position, "oa:TextPositionSelector")
    yield position, iri("oa:start"), Literal(span.start)
    yield position, iri("oa:end"), Literal(span.end)
    if span.quote:
        yield from _quote(part, span)


def _quote(part: Iri, span: Span) -> Iterator[Statement]:
    selector = Iri(f"{part}-quote")
    before = span.text[max(0, span.start - CONTEXT) : span.start]
    after = span.text[span.end : span.end + CONTEXT]
    yield part, iri("oa:hasSelector"), named(selector)
    yield from typed(selector, "oa:TextQuoteSelector")
    yield selector, iri("oa:exact"), words(span.quote)
    if before:
        yield selector, iri("oa:prefix"), words(before)
    if after:
        yield selector, iri("oa:suffix"), words(after)


def activity(rule: str) -> Iri:
    """The node for what one rule of this version did."""
    return node("activity", __version__, rule)


def generated(subject: Iri, rule: str) -> Iterator[Statement]:
    """Which rule of which version made the node."""
    if rule:
        yield subject, iri("prov:wasGeneratedBy"), named(activity(rule))
