"""What a report is made of: the records of its scope, out of a graph, before any word is chosen."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kg import queries
from kg.errors import UsageError
from kg.listing import finding_row
from kg.model import Assignment, Deadline, Document, Finding, Governs, Quantity, to_json
from kg.places import by_code, is_within
from kg.queries import Missing
from kg.source import GraphSource
from kg.vocabulary import document_iri, names_in

#: from this many documents on, one question for all is cheaper than one for each
_ONE_BY_ONE = 8

_CONTEXT = """
SELECT ?s ?prefix ?suffix WHERE {
  VALUES ?doc { $docs } ?s kg:inDocument ?doc ; a kg:Quantity ; kg:evidence ?part .
  ?part oa:hasSelector ?quoted . ?quoted a oa:TextQuoteSelector .
  OPTIONAL { ?quoted oa:prefix ?prefix } OPTIONAL { ?quoted oa:suffix ?suffix }
}"""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a report is about; all None: the whole corpus.

    upper, lower: document ids. place: GB/T 2260 code, all places in it included. chain: id of a plan that
    is reported with everything above it, step by step.
    """

    upper: str | None = None
    lower: str | None = None
    place: str | None = None
    chain: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The records of one report.

    lowers: ids of the plans that are reported on. documents: those and all they are held against, by id,
    peers included. quantities, assignments, deadlines: of the plans and of what governs them.
    contexts: (doc, record id) → the file's characters before and after the quote, where they are known.
    missing: documents cited by any of `documents` and not held. text_keys: doc → hash of its file's text.
    """

    scope: Scope = field(default_factory=Scope)
    lowers: tuple[str, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    concept_of: Mapping[Key, str] = field(default_factory=dict)
    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    missing: tuple[Missing, ...] = ()
    governs: tuple[Governs, ...] = ()
    contexts: Mapping[Key, tuple[str, str]] = field(default_factory=dict)
    text_keys: Mapping[str, str] = field(default_factory=dict)

    def digest(self) -> str:
        """The hash of all that the report is made from: 64 hex digits, the same for the same records."""
        whole = hashlib.sha256()
        for part in self._content():
            whole.update(json.dumps(part, ensure_ascii=True, sort_keys=True, default=str).encode())
        return whole.hexdigest()

    def _content(self) -> Iterable[Any]:
        yield asdict(self.scope)
        yield [to_json(self.documents[doc]) for doc in sorted(self.documents)]
        yield [finding_row(each) for each in self.findings]
        yield [to_json(each) for each in (*self.quantities, *self.assignments, *self.deadlines)]
        yield [asdict(each.stub) for each in self.missing]
        yield [asdict(each) for each in self.governs]


def gather(source: GraphSource, scope: Scope, text_keys: Mapping[str, str] | None = None) -> Material:
    """All that a report on `scope` says, in the graph's own order.

    text_keys: hashes of the texts that the graph was built from (see `text_keys_of`).
    Raises UsageError for a document that the graph does not hold and for a place that there is not.
    """
    held = {each.doc: each for each in queries.documents(source)}
    lowers = _lowers(source, scope, held)
    findings = _findings(source, scope, lowers)
    governs = _governs(source, scope, lowers)
    involved = [*lowers, *(each.upper for each in governs), *(each.upper_doc for each in findings)]
    involved += [each.lower_doc for each in findings]
    documents = {doc: held[doc] for doc in dict.fromkeys(involved) if doc in held}
    chain = {doc: held[doc] for doc in (*lowers, *(each.upper for each in governs)) if doc in held}
    return Material(
        scope=scope,
        lowers=lowers,
        documents=documents,
        findings=findings,
        quantities=_each_of(chain, source, queries.quantities),
        concept_of={key: each for key, each in queries.concept_of(source).items() if key[0] in documents},
        assignments=_each_of(chain, source, queries.assignments),
        deadlines=_each_of(chain, source, queries.deadlines),
        missing=_missing(source, lowers, governs, held),
        governs=governs,
        contexts=contexts_of(source, documents),
        text_keys={doc: key for doc, key in (text_keys or {}).items() if doc in documents},
    )


def text_keys_of(where: str | Path) -> dict[str, str]:
    """Document id → hash of its file's text, as the build in `where` noted it; {} for a server."""
    from kg.build import SUMMARY

    path = Path(where) / SUMMARY
    if str(where).startswith(("http://", "https://")) or not path.is_file():
        return {}
    return dict(json.loads(path.read_text("utf-8")).get("texts", {}))


def _lowers(source: GraphSource, scope: Scope, held: Mapping[str, Document]) -> tuple[str, ...]:
    """The plans that are reported on."""
    if scope.lower:
        return (queries.document(source, scope.lower).doc,)
    if scope.chain:
        return tuple(step.doc for step in queries.chain(source, scope.chain) if step.held)
    if scope.upper:
        above = queries.document(source, scope.upper).doc
        return tuple(each.lower for each in queries.governs(source, above) if each.upper == above)
    if scope.place:
        code = _known(scope.place)
        return tuple(
            doc
            for doc, each in held.items()
            if each.place and (each.place == code or is_within(each.place, code))
        )
    return tuple(held)


def _known(code: str) -> str:
    """The code of a place that there is."""
    if by_code(code) is None:
        fault = "没有这个行政区划代码 (no such place)"
        raise UsageError(code, fault, "用六位代码，如 360103 (give six digits).")
    return code


def _findings(source: GraphSource, scope: Scope, lowers: tuple[str, ...]) -> tuple[Finding, ...]:
    """The verdicts of the scope; benchmarks of a plan count whichever side it stands on."""
    if scope.chain:
        found = [each for doc in lowers for each in queries.findings(source, lower=doc)]
        return tuple(each for each in found if each.upper_doc in lowers)
    found = queries.findings(source, upper=scope.upper, lower=scope.lower, place=scope.place)
    if scope.lower and not scope.upper:
        found += queries.findings(source, upper=scope.lower, verdicts=["benchmark"])
    return tuple(found)


def _governs(source: GraphSource, scope: Scope, lowers: tuple[str, ...]) -> tuple[Governs, ...]:
    """What stands above the plans reported on; of one upper plan alone where the scope names it."""
    found = queries.governs(source, lower=lowers) if lowers else []
    return tuple(each for each in found if scope.upper in (None, each.upper))


def _each_of(documents: Mapping[str, Document], source: GraphSource, ask: Any) -> tuple[Any, ...]:
    """The records of these documents, document by document, each in reading order."""
    if len(documents) <= _ONE_BY_ONE:
        return tuple(record for doc in documents for record in ask(source, doc))
    order = {doc: at for at, doc in enumerate(documents)}
    return tuple(
        sorted((each for each in ask(source) if each.doc in order), key=lambda each: order[each.doc])
    )


def _missing(
    source: GraphSource, lowers: tuple[str, ...], governs: tuple[Governs, ...], held: Mapping[str, Document]
) -> tuple[Missing, ...]:
    """What these plans and those above them cite and the corpus lacks: what governs first."""
    above = {each.upper for each in governs}
    citing = {*lowers, *(above & set(held))}
    found = [each for each in queries.missing(source) if citing & set(each.stub.cited_by)]
    return tuple(
        sorted(found, key=lambda each: (each.stub.id not in above, -len(each.citations), each.stub.id))
    )


def contexts_of(source: GraphSource, docs: Iterable[str]) -> dict[Key, tuple[str, str]]:
    """What stands before and after each quantity's quote, by (document, record id)."""
    named = [document_iri(doc) for doc in docs]
    rows = source.select(_CONTEXT, docs=named) if named else []
    return {
        (names_in(row["s"])[1], names_in(row["s"])[2]): (row["prefix"] or "", row["suffix"] or "")
        for row in rows
    }
