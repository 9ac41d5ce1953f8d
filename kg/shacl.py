"""Is the graph sound? Checked against the SHACL shapes of `ontology/shapes.ttl`.

The graph is copied into rdflib first: pyshacl over a store behind rdflib is quadratic in time and
misses violations.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.source import GraphSource
from kg.vocabulary import MANIFEST, ONTOLOGY, PREFIXES, VOCABULARY

EVERYTHING = (
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } FILTER(?g NOT IN ($vocabulary, $manifest)) }"
)


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One place where the graph is not sound: which node, which property, what to mend.

    node and path are shortened by our prefixes; path is "" where the node as a whole is at fault.
    value: the value at fault, "" where something is lacking.
    """

    node: str
    path: str
    zh: str
    en: str
    value: str = ""

    def __str__(self) -> str:
        """The node with what is wrong, in both languages."""
        at = " ".join(part for part in (self.node, self.path, self.value) if part)
        return f"{at}\n  {self.zh}\n  {self.en}"


def validate(source: GraphSource) -> list[Violation]:
    """Every violation of the shapes, sorted; an empty list for a sound graph."""
    from pyoxigraph import RdfFormat, serialize

    triples = source.construct(EVERYTHING, vocabulary=VOCABULARY, manifest=MANIFEST)
    return check(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")


def check(ntriples: bytes) -> list[Violation]:
    """Every violation of the shapes by a graph in N-Triples."""
    import pyshacl
    from rdflib import SH, Graph, Literal

    data = Graph().parse(data=ntriples, format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), inference="none", do_owl_imports=False)
    assert isinstance(report, Graph)
    found = set()
    for result in report.subjects(SH.resultSeverity, None):
        texts = report.objects(result, SH.resultMessage)
        messages = {text.language: str(text) for text in texts if isinstance(text, Literal)}
        found.add(
            Violation(
                node=short(report.value(result, SH.focusNode)),
                path=_path(report, report.value(result, SH.resultPath)),
                zh=messages.get("zh", ""),
                en=messages.get("en", ""),
                value=short(report.value(result, SH.value)),
            )
        )
    return sorted(found)


@cache
def _shapes() -> Any:
    """The shapes, read once a process."""
    from rdflib import Graph

    return Graph().parse(ONTOLOGY / "shapes.ttl", format="turtle")


def _path(report: object, path: object) -> str:
    """A property path in words: one property, or a sequence with slashes."""
    from rdflib import BNode, Graph
    from rdflib.collection import Collection

    if isinstance(path, BNode) and isinstance(report, Graph):
        return "/".join(short(step) for step in Collection(report, path))
    return short(path)


def short(term: object) -> str:
    """A term by prefix where it has one, else as it is; "" for none."""
    text = "" if term is None else str(term)
    for prefix, namespace in PREFIXES.items():
        if text.startswith(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return text
