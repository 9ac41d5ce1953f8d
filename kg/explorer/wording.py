"""Records by their words: the different texts first, which are few, then the records that have them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.source import GraphSource
from kg.vocabulary import Iri, iri, names_in

_KINDS = {
    "kg:Quantity": "quantity",
    "kg:Citation": "citation",
    "kg:Goal": "goal",
    "kg:Assignment": "assignment",
    "kg:Task": "task",
    "kg:Deadline": "deadline",
}
#: what a record says: its quote, its metric, what is due, its task
PROPERTIES = ("oa:exact", "kg:indicator", "kg:what", "kg:taskText")
#: records that one search finds; texts that one question names
MOST, BATCH = 20_000, 500

_TEXTS = "SELECT DISTINCT ?text WHERE { ?any %s ?text }"
_BARE = """
SELECT DISTINCT ?text WHERE {
  ?record a %s ; kg:evidence ?part . ?part oa:hasSelector ?exact . ?exact oa:exact ?text }"""
_QUOTED = """
SELECT ?record ?part ?text WHERE {
  VALUES ?text { $texts } ?exact oa:exact ?text . ?part oa:hasSelector ?exact . ?record kg:evidence ?part .
  %s } LIMIT %d"""
_NAMED = "SELECT ?record ?text WHERE { VALUES ?text { $texts } ?record %s ?text . %s } LIMIT %d"
_HITS = """
SELECT ?record ?kind ?quote ?label ?time ?start WHERE {
  VALUES ?record { $records } ?record a ?kind ; kg:evidence ?part . FILTER(STRENDS(STR(?part), "#evidence"))
  ?part oa:hasSelector ?exact , ?position . ?exact oa:exact ?quote . ?position oa:start ?start .
  OPTIONAL { ?record kg:indicator|kg:what|kg:taskText ?label } OPTIONAL { ?record kg:time ?time } }"""
_YEARS = "SELECT DISTINCT ?time WHERE { ?record kg:time ?time }"
_TIMES = "SELECT ?record ?time WHERE { VALUES ?record { $records } ?record kg:time ?time }"


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


@dataclass(frozen=True, slots=True)
class Names:
    """The nodes of what was found, plan by plan, each with the text that it was found by.

    cut: whether there are more than `MOST`.
    """

    texts: Mapping[Iri, str]
    cut: bool = False


def texts(source: GraphSource) -> dict[str, list[str]]:
    """Property → every different text that it has in the graph."""
    return {name: sorted(row["text"] for row in source.select(_TEXTS % name)) for name in PROPERTIES}


def meanings(source: GraphSource) -> list[str]:
    """What records are about, each text once: metrics, dues and tasks; quotes of what has none of these."""
    named = [row["text"] for name in PROPERTIES[1:] for row in source.select(_TEXTS % name)]
    bare = ("kg:Goal", "kg:Citation", "kg:Task")
    quoted = [row["text"] for kind in bare for row in source.select(_BARE % kind)]
    return list(dict.fromkeys([*sorted(named, key=len), *sorted(quoted, key=len)]))


def years(source: GraphSource) -> list[str]:
    """The years that anything is due or holds in."""
    return sorted({str(row["time"])[:4] for row in source.select(_YEARS)})


def having(held: Mapping[str, Sequence[str]], words: str) -> dict[str, tuple[str, ...]]:
    """Property → those of its texts that have the words."""
    return {name: tuple(each for each in found if words in each) for name, found in held.items()}


def records_having(
    source: GraphSource,
    texts: tuple[tuple[str, tuple[str, ...]], ...],
    kinds: Collection[str] = (),
    years: Collection[str] = (),
) -> Names:
    """The records of these kinds and years that have one of these texts.

    texts: (property, its texts). An empty collection of kinds or years asks for nothing.
    """
    found: dict[Iri, str] = {}
    for name, batch in _batches(texts):
        for record, text in _asked(source, name, batch, _condition(kinds, years)):
            found.setdefault(record, text)
        if len(found) > MOST:
            break
    return Names({record: found[record] for record in sorted(found)[:MOST]}, len(found) > MOST)


def _batches(texts: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, found in texts:
        for at in range(0, len(found), BATCH):
            yield name, found[at : at + BATCH]


def _asked(source: GraphSource, name: str, batch: Sequence[str], condition: str) -> Iterator[tuple[Iri, str]]:
    """The records whose own text is one of these, with it; evidence of single fields does not count."""
    if name != "oa:exact":
        rows = source.select(_NAMED % (name, condition, MOST + 1), texts=list(batch))
        yield from ((row["record"], row["text"]) for row in rows)
        return
    for row in source.select(_QUOTED % (condition, MOST + 1), texts=list(batch)):
        if row["part"] == f"{row['record']}#evidence" and len(names_in(row["record"])) == 3:
            yield row["record"], row["text"]


def _condition(kinds: Collection[str], years: Collection[str]) -> str:
    """Tests of what was found by its text: joined instead, a store may begin with every record of a kind."""
    classes = [name for name, kind in _KINDS.items() if kind in kinds]
    tests = " || ".join(f"EXISTS {{ ?record a {name} }}" for name in classes)
    lines = [f"FILTER({tests or 'false'})"] if kinds else []
    if years:
        listed = ", ".join(f'"{int(year)}"' for year in years)
        lines.append(f"?record kg:time ?time . FILTER(SUBSTR(STR(?time), 1, 4) IN ({listed}))")
    return " ".join(lines)


def hits(source: GraphSource, records: Sequence[Iri]) -> list[Hit]:
    """These records as lines of a list, in the order of plans and of reading."""
    known = {iri(name): kind for name, kind in _KINDS.items()}
    found: dict[tuple[str, str], Hit] = {}
    for row in source.select(_HITS, records=list(records)) if records else ():
        if row["kind"] not in known:
            continue  # a class inside a kind: a target is a quantity too
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


def times(source: GraphSource, records: Sequence[Iri]) -> dict[Iri, str]:
    """When each of these records is due or holds; those without a time are left out."""
    found: dict[Iri, str] = {}
    for at in range(0, len(records), 2 * BATCH):
        rows: list[dict[str, Any]] = source.select(_TIMES, records=list(records[at : at + 2 * BATCH]))
        found |= {row["record"]: str(row["time"]) for row in rows}
    return found
