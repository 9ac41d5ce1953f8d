"""What there is to review, in the order of doubt, and how a decision reaches the graph."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import queries
from kg.build import build, last_asked, ledgers
from kg.model import Alignment, Concept, Finding, Record
from kg.rebuild import records_of
from kg.review import (
    Decision,
    Subject,
    alignment_key,
    finding_key,
    read_ledger,
    record_key,
    standing,
)
from kg.source import GraphSource
from kg.vocabulary import Iri, names_in, node, record_iri

#: what can be reviewed, the most consequential first
SUBJECTS: tuple[Subject, ...] = ("alignment", "finding", "record")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to review: its key in the ledger, what stands behind it, how sure it is."""

    key: str
    confidence: float
    of: Alignment | Finding | Record


def ledger_of(where: str) -> Path | None:
    """The ledger of the corpus that the graph was built from; None where there is none to write to."""
    if where.startswith(("http://", "https://")):
        return None
    asked = last_asked(Path(where))
    found = ledgers(asked.paths) if asked else []
    return found[0] if found else None


def entries(where: str) -> list[Decision]:
    """Every decision that a build would apply."""
    asked = None if where.startswith(("http://", "https://")) else last_asked(Path(where))
    return [each for path in ledgers(asked.paths) for each in read_ledger(path)] if asked else []


def follow(where: str) -> int:
    """Build the graph again from the same files, so that it follows the ledger; how many documents it has."""
    asked = last_asked(Path(where))
    return build(asked.paths, Path(where), encoder=asked.encoder).documents if asked else 0


def decided(found: Iterable[Decision]) -> set[tuple[Subject, str]]:
    """What has been decided and not taken back."""
    return {(subject, key) for subject, key, _ in standing(found)}


def undoable(found: Sequence[Decision]) -> list[Decision]:
    """The decisions that may be taken back, the latest first."""
    undone = {each.undoes for each in found}
    return [each for each in reversed(found) if each.action != "undo" and each.id not in undone]


def links(found: Iterable[Alignment], done: Collection[tuple[Subject, str]]) -> list[Item]:
    """Links between metrics that nobody has decided, the least certain first."""
    items = (Item(alignment_key(each.left, each.right), each.score, each) for each in found)
    return _doubtful("alignment", items, done)


def verdicts(found: Iterable[Finding], done: Collection[tuple[Subject, str]]) -> list[Item]:
    """Verdicts that nobody has decided, the least certain first."""
    return _doubtful("finding", (Item(finding_key(each), each.confidence, each) for each in found), done)


def facts(found: Iterable[Record], done: Collection[tuple[Subject, str]]) -> list[Item]:
    """Records that were inferred rather than printed, the least certain first."""
    items = (Item(record_key(each), each.confidence, each) for each in found if each.confidence < 1)
    return _doubtful("record", items, done)


def _doubtful(subject: Subject, items: Iterable[Item], done: Collection[tuple[Subject, str]]) -> list[Item]:
    left = (each for each in items if (subject, each.key) not in done)
    return sorted(left, key=lambda each: (each.confidence, each.key))


def named(link: Alignment, concepts: dict[str, Concept]) -> tuple[str, str]:
    """Both metrics of a link by name."""
    return tuple(concepts[each].label if each in concepts else each for each in (link.left, link.right))  # type: ignore[return-value]


# ---------------------------------------------------------------- where there are many

_DOUBTFUL = "SELECT ?node ?confidence WHERE { ?node kg:confidence ?confidence FILTER(?confidence < 1) }"
_VERDICTS = "SELECT ?node WHERE { ?node kg:verdict ?verdict }"
_BETWEEN = "SELECT ?node WHERE { ?node kg:upper $upper ; kg:lower $lower }"
_ABSENT = "SELECT ?node WHERE { ?node kg:upper $upper ; kg:lowerDocument $lower }"


def doubtful(source: GraphSource) -> dict[Subject, tuple[Iri, ...]]:
    """The nodes of verdicts and of records that are not quite sure, the least certain first."""
    found: dict[Subject, list[tuple[float, Iri]]] = {"finding": [], "record": []}
    for row in source.select(_DOUBTFUL):
        names = names_in(row["node"])
        if names[0] == "finding":
            found["finding"].append((row["confidence"], row["node"]))
        elif names[0] == "doc" and len(names) == 3:
            found["record"].append((row["confidence"], row["node"]))
    return {subject: tuple(name for _, name in sorted(rows)) for subject, rows in found.items()}


def certain(source: GraphSource) -> tuple[Iri, ...]:
    """The nodes of the verdicts that are sure."""
    doubted = set(doubtful(source)["finding"])
    return tuple(sorted({row["node"] for row in source.select(_VERDICTS)} - doubted))


def nodes_of(source: GraphSource, subject: Subject, keys: Iterable[str]) -> set[Iri]:
    """The nodes of verdicts or records that these keys of a ledger or an address name."""
    found = set[Iri]()
    for key in keys:
        if subject == "record":
            found.add(record_iri(*key.rpartition("/")[::2]))
        elif ">" not in key:
            found.add(node("finding", key))
        else:
            found |= _of_key(source, *key.split(">", 1))
    return found


def _of_key(source: GraphSource, upper: str, lower: str) -> set[Iri]:
    """The verdicts between two records, or on what a plan has nothing on."""
    ends = [names_in(node("doc", *end.split("/"))) for end in (upper, lower)]
    named = {side: node(*end) for side, end in zip(("upper", "lower"), ends, strict=True)}
    return {row["node"] for row in source.select(_BETWEEN if len(ends[1]) == 3 else _ABSENT, **named)}


def read(source: GraphSource, subject: Subject, names: Iterable[Iri]) -> list[Item]:
    """These verdicts or records as things to review, the least certain first."""
    if subject == "finding":
        return verdicts(queries.findings_named(source, names), ())
    found = records_of(source, names).values()
    return _doubtful("record", (Item(record_key(each), each.confidence, each) for each in found), ())
