"""What is filtered on the screen as a report file: the writers of `kg report`, nothing of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg import queries
from kg.explain import Lang
from kg.explorer import lacking
from kg.model import Citation, Finding, Governs, Quantity
from kg.queries import Missing
from kg.report import dated, render
from kg.report.content import compose
from kg.report.material import Material, Scope, gather, text_keys_of
from kg.source import GraphSource
from kg.vocabulary import names_in, record_iri

#: what can be downloaded: ending → media type
MEDIA = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: plans of a graph from which on only what the findings need is gathered
LARGE = 200
#: plans whose other targets, duties, dates and citations go into the file beside the findings
BESIDE = 60
_COUNT = "SELECT (COUNT(?doc) AS ?count) WHERE { ?doc a kg:PlanDocument }"
_CONTEXT = """
SELECT ?s ?prefix ?suffix WHERE {
  VALUES ?s { $names } ?s kg:evidence ?part . ?part oa:hasSelector ?quoted . ?quoted a oa:TextQuoteSelector .
  OPTIONAL { ?quoted oa:prefix ?prefix } OPTIONAL { ?quoted oa:suffix ?suffix } }"""


def exported(
    source: GraphSource,
    where: str,
    scope: Scope,
    findings: Sequence[Finding],
    *,
    lang: Lang,
    ending: str,
    filtered: bool,
) -> bytes:
    """The findings of a scope as the bytes of a file; filtered: whether some of the scope's are left out.

    where: directory or address of the graph. ending: one of `MEDIA`.
    """
    if source.select(_COUNT)[0]["count"] > LARGE:
        material = about(source, where, scope, findings)
    else:
        whole = gather(source, scope, text_keys_of(where))
        material = replace(whole, findings=tuple(findings))
    title = "report.filtered_title" if filtered else "report.title"
    return render(compose(material, lang, dated(where), title=title), ending)


def about(source: GraphSource, where: str, scope: Scope, findings: Sequence[Finding]) -> Material:
    """What a report on these findings says, out of a graph too large to be gathered whole.

    Of at most `BESIDE` plans their other records too; of more, the targets that are compared alone.
    """
    lowers = tuple(dict.fromkeys(one.lower_doc for one in findings))
    governs = tuple(each for each in _governs(source, lowers) if scope.upper in (None, each.upper))
    involved = [*lowers, *(each.upper for each in governs), *(one.upper_doc for one in findings)]
    held = {each.doc: each for each in queries.documents_named(source, set(involved))}
    documents = {doc: held[doc] for doc in dict.fromkeys(involved) if doc in held}
    chain = [doc for doc in dict.fromkeys([*lowers, *(each.upper for each in governs)]) if doc in documents]
    sides = {(each.doc, each.id): each for one in findings for each in (one.upper, one.lower) if each}
    made = Material(
        scope=scope,
        lowers=tuple(doc for doc in lowers if doc in documents),
        documents=documents,
        findings=tuple(findings),
        quantities=tuple(each for _, each in sorted(sides.items())),
        governs=governs,
        contexts=contexts(source, sides.values()),
        text_keys={doc: key for doc, key in text_keys_of(where).items() if doc in documents},
    )
    return made if len(chain) > BESIDE else _with_records(source, made, chain)


def _governs(source: GraphSource, lowers: Sequence[str]) -> list[Governs]:
    return queries.governs(source, lower=lowers) if lowers else []


def _with_records(source: GraphSource, made: Material, chain: Sequence[str]) -> Material:
    """The same with all that these plans say."""
    cited = [each for doc in chain for each in queries.citations(source, doc=doc)]
    return replace(
        made,
        quantities=tuple(each for doc in chain for each in queries.quantities(source, doc=doc)),
        assignments=tuple(each for doc in chain for each in queries.assignments(source, doc=doc)),
        deadlines=tuple(each for doc in chain for each in queries.deadlines(source, doc=doc)),
        concept_of={
            key: each for doc in made.documents for key, each in queries.concept_of(source, doc=doc).items()
        },
        missing=_missing(source, cited, {each.upper for each in made.governs}),
    )


def _missing(source: GraphSource, cited: Sequence[Citation], above: set[str]) -> tuple[Missing, ...]:
    """What is cited and not held: what governs first, then the most cited."""
    missing = {names_in(name)[1] for name in lacking.lacking(source)}
    by_stub: dict[str, list[Citation]] = {}
    for each in cited:
        if each.resolves_to in missing:
            by_stub.setdefault(str(each.resolves_to), []).append(each)
    found = [Missing(stub, tuple(by_stub[stub.id])) for stub in queries.stubs_named(source, by_stub)]
    return tuple(
        sorted(found, key=lambda each: (each.stub.id not in above, -len(each.citations), each.stub.id))
    )


def contexts(source: GraphSource, records: Iterable[Quantity]) -> dict[tuple[str, str], tuple[str, str]]:
    """What stands before and after the quotes of these records, by (document, record id)."""
    names = sorted({record_iri(each.doc, each.id) for each in records})
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for at in range(0, len(names), 1000):
        for row in source.select(_CONTEXT, names=names[at : at + 1000]):
            _, doc, record = names_in(row["s"])
            found[doc, record] = row["prefix"] or "", row["suffix"] or ""
    return found
