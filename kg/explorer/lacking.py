"""The documents that are cited and not held: counted at once, read where they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from kg import rebuild
from kg.model import Stub
from kg.source import GraphSource
from kg.vocabulary import Iri, document_iri, names_in

_LACKING = "SELECT ?stub ?doc WHERE { ?stub a kg:MissingDocument . OPTIONAL { ?stub kg:citedBy ?doc } }"
_CITING = """
SELECT ?doc ?record ?stub ?start WHERE {
  VALUES ?doc { $docs } ?record kg:inDocument ?doc . ?record kg:resolvesTo ?stub ; kg:evidence ?part .
  ?part oa:hasSelector ?position . ?position oa:start ?start }"""
#: plans shown of those that cite one document
MOST_CITING = 8


@dataclass(frozen=True, slots=True)
class Lack:
    """A document that is missing; citing: (plan, first citation), the first few; count: plans in all."""

    stub: Stub
    citing: tuple[tuple[str, str], ...]
    count: int


def lacking(source: GraphSource) -> dict[Iri, tuple[str, ...]]:
    """The nodes of all missing documents with the plans that cite them, the most cited first."""
    found: dict[Iri, set[str]] = {}
    for row in source.select(_LACKING):
        citing = found.setdefault(row["stub"], set())
        if row["doc"]:
            citing.add(names_in(row["doc"])[1])
    ordered = sorted(found, key=lambda name: (-len(found[name]), name))
    return {name: tuple(sorted(found[name])) for name in ordered}


def lacks(source: GraphSource, wanted: Iterable[tuple[Iri, tuple[str, ...]]]) -> list[Lack]:
    """These missing documents (node, who cites it: a part of `lacking`) with their first citations."""
    cited = dict(wanted)
    fields = rebuild.things_of(source, "stub", cited)
    docs = {doc for each in cited.values() for doc in each[:MOST_CITING]}
    first: dict[tuple[Iri, str], tuple[int, str]] = {}
    for row in source.select(_CITING, docs=[document_iri(doc) for doc in sorted(docs)]) if docs else ():
        _, doc, record = names_in(row["record"])
        place = row["start"], record
        first[row["stub"], doc] = min(first.get((row["stub"], doc), place), place)
    return [
        Lack(
            Stub(**{"title": None, "number": None, **fields[name]}, id=names_in(name)[1]),
            tuple((doc, first[name, doc][1]) for doc in cited[name][:MOST_CITING] if (name, doc) in first),
            len(cited[name]),
        )
        for name in cited
    ]
