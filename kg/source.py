"""Asking a graph: the same questions in the same words, whether it is a directory or a server.

In a query text `$name` is a parameter and `?name` a variable. A parameter that is given a value is
replaced by that value as an RDF term, escaped by rules that leave no way out of the term; one that
is None stays a variable, so it matches anything. A list becomes the terms one after another, for
`VALUES ?x { $names }`.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from decimal import Decimal
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, Store, Triple

from kg.errors import GraphError, UsageError
from kg.vocabulary import PREFIXES, Iri, prefixed

Row = dict[str, Any]

#: seconds a server may take before we give up
PATIENCE = 60

_XSD = PREFIXES["xsd"]
_INTEGERS = {_XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")}
_TOKEN = re.compile(
    r"""(?P<text>\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<comment>\#[^\n]*)
      | (?<![\w$])\$(?P<name>\w+)""",
    re.VERBOSE | re.DOTALL,
)


class GraphSource(ABC):
    """A graph that answers SPARQL 1.1 queries over the union of its named graphs."""

    def select(self, sparql: str, **bindings: Any) -> list[Row]:
        """The rows of a SELECT: variable → Python value (None when unbound).

        IRIs come as `Iri`, numbers as int, Decimal or float, booleans as bool, all else as str.
        Raises UsageError for a query that cannot be read or a binding the query does not have,
        GraphError when the graph does not answer.
        """
        return self._select(bind(sparql, bindings))

    def ask(self, sparql: str, **bindings: Any) -> bool:
        """The answer of an ASK."""
        return self._ask(bind(sparql, bindings))

    def construct(self, sparql: str, **bindings: Any) -> list[Triple]:
        """The triples of a CONSTRUCT, sorted by their N-Triples text, each once."""
        found = {str(triple): triple for triple in self._construct(bind(sparql, bindings))}
        return [found[text] for text in sorted(found)]

    @abstractmethod
    def in_memory(self) -> "LocalGraph":
        """A copy that answers many small questions about ten times faster than a graph on disk."""

    @abstractmethod
    def _select(self, sparql: str) -> list[Row]: ...

    @abstractmethod
    def _ask(self, sparql: str) -> bool: ...

    @abstractmethod
    def _construct(self, sparql: str) -> Iterable[Triple]: ...


class LocalGraph(GraphSource):
    """A graph in this process: opened read-only from disk, or in memory."""

    def __init__(self, store: Store) -> None:
        """Ask `store`, which must not change meanwhile."""
        self.store = store

    def in_memory(self) -> "LocalGraph":
        """The same content in a store of its own."""
        copy = Store()
        copy.bulk_extend(self.store)
        return LocalGraph(copy)

    def quads(self) -> Iterator[Quad]:
        """Every statement, graph after graph, in an order that depends on nothing but what is said."""
        for name in sorted(self.store.named_graphs(), key=str):
            yield from sorted(self.store.quads_for_pattern(None, None, None, name), key=str)

    def _query(self, sparql: str) -> Any:
        try:
            return self.store.query(sparql, use_default_graph_as_union=True)
        except SyntaxError as error:
            fault = f"不是合法的 SPARQL 1.1 (not SPARQL 1.1): {error}"
            raise UsageError("query", fault, "改正查询 (mend the query).") from error
        except (OSError, RuntimeError) as error:  # RocksDB reports corruption as either
            fault = f"图谱读不了 (cannot be read): {error}"
            raise GraphError("graph", fault, "重新构建 (build it again): kg build") from error

    def _select(self, sparql: str) -> list[Row]:
        return list(_rows(_expected(self._query(sparql), pyoxigraph.QuerySolutions, "SELECT")))

    def _ask(self, sparql: str) -> bool:
        return bool(_expected(self._query(sparql), pyoxigraph.QueryBoolean, "ASK"))

    def _construct(self, sparql: str) -> Iterable[Triple]:
        return _expected(self._query(sparql), pyoxigraph.QueryTriples, "CONSTRUCT")


class RemoteGraph(GraphSource):
    """A graph behind a SPARQL 1.1 Protocol endpoint, which must show its named graphs as one.

    Oxigraph: `oxigraph serve --union-default-graph`; Fuseki: `tdb2:unionDefaultGraph true`;
    GraphDB, Stardog (`query.all.graphs`), Virtuoso and Blazegraph do or can do the same.
    """

    def __init__(self, url: str) -> None:
        """Ask the query endpoint at `url`, such as http://127.0.0.1:7878/query."""
        self.url = url

    def in_memory(self) -> LocalGraph:
        """All graphs of the server, fetched one after another."""
        copy = Store()
        for row in self.select("SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }"):
            name = NamedNode(row["graph"])
            found = self.construct(
                "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH $graph { ?s ?p ?o } }", graph=row["graph"]
            )
            copy.bulk_extend(Quad(each.subject, each.predicate, each.object, name) for each in found)
        return LocalGraph(copy)

    def check(self) -> None:
        """Raise GraphError when the server answers but hides its named graphs from plain patterns."""
        if self.ask("ASK { ?s a kg:PlanDocument }"):
            return
        if self.ask("ASK { GRAPH ?g { ?s a kg:PlanDocument } }"):
            fault = "默认图不含命名图 (the default graph leaves out the named graphs)"
            raise GraphError(
                self.url, fault, "让默认图成为并集 (serve their union): oxigraph serve --union-default-graph"
            )

    def _post(self, sparql: str, accept: str) -> bytes:
        body = urlencode({"query": sparql}).encode()
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        return send(Request(self.url, body, headers))

    def _select(self, sparql: str) -> list[Row]:
        found = pyoxigraph.parse_query_results(
            self._post(sparql, QueryResultsFormat.JSON.media_type), QueryResultsFormat.JSON
        )
        return list(_rows(_expected(found, pyoxigraph.QuerySolutions, "SELECT")))

    def _ask(self, sparql: str) -> bool:
        answer = json.loads(self._post(sparql, QueryResultsFormat.JSON.media_type))
        return bool(answer["boolean"])

    def _construct(self, sparql: str) -> Iterator[Triple]:
        body = self._post(sparql, RdfFormat.N_TRIPLES.media_type)
        return (quad.triple for quad in pyoxigraph.parse(body, RdfFormat.N_TRIPLES))


def send(request: Request, absent: bytes | None = None) -> bytes:
    """The body of a server's answer; GraphError or UsageError with what it said when it refuses.

    absent: what to answer when there is nothing at that address (404); None makes that an error too.
    """
    try:
        with urlopen(request, timeout=PATIENCE) as answer:
            return bytes(answer.read())
    except HTTPError as error:
        said = error.read(2000).decode("utf-8", "replace").strip()
        if error.code == 404 and absent is not None:
            return absent
        if error.code == 400:
            raise UsageError(
                "query", f"{request.full_url} 拒绝了请求 (refused): {said}", "改正查询 (mend the query)."
            ) from error
        fault = f"服务器回答 (the server answered) {error.code} {error.reason} {said}".strip()
        raise GraphError(
            request.full_url, fault, "检查地址和服务器日志 (check the address and its log)."
        ) from error
    except (URLError, HTTPException, TimeoutError, ConnectionError) as error:
        raise GraphError(
            request.full_url,
            f"没有回答 (no answer): {error}",
            "启动服务器或检查地址 (start the server or check the address).",
        ) from error


def bind(sparql: str, bindings: dict[str, Any]) -> str:
    """The query with the `$name` of each binding replaced, and our prefixes declared where it uses them."""
    unused = set(bindings)

    def term(match: re.Match[str]) -> str:
        name = match["name"]
        unused.discard(name)
        value = bindings.get(name) if name else None
        return match[0] if value is None else term_text(value)

    bound = _TOKEN.sub(term, sparql)
    if unused:
        known = sorted({m["name"] for m in _TOKEN.finditer(sparql) if m["name"]})
        fault = f"没有参数 (has no parameter) {', '.join(sorted(unused))}"
        raise UsageError("query", fault, f"可用参数 (its parameters): {', '.join(known) or '-'}")
    return " ".join([*prefixed(sparql), bound])


def term_text(value: Any) -> str:
    """A Python value as SPARQL text: Iri → <…>, str, int, Decimal, float, bool → literal, list → several."""
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value) if isinstance(value, (set, frozenset)) else value
        return " ".join(term_text(each) for each in items)
    if isinstance(value, Iri):
        try:
            return str(NamedNode(value))
        except ValueError as error:
            fault = f"{value!r} 不是 IRI (is no IRI): {error}"
            raise UsageError("query", fault, "给出完整的 IRI (give a full IRI).") from error
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return str(Literal(f"{value:f}", datatype=NamedNode(_XSD + "decimal")))
    if isinstance(value, (int, float, str)):
        return str(Literal(value))
    fault = f"不能代入 (cannot bind) {type(value).__name__}"
    raise UsageError("query", fault, "代入文字、数字或 Iri (bind text, a number or an Iri).")


def _rows(solutions: Any) -> Iterator[Row]:
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: python_value(solution[name]) for name in names}


def python_value(term: Any) -> Any:
    """What an RDF term is in Python; a term without a nearer type is its text."""
    if term is None or isinstance(term, Triple):
        return term
    if not isinstance(term, Literal):
        return Iri(term.value)
    kind = term.datatype.value
    if kind in _INTEGERS:
        return int(term.value)
    if kind == _XSD + "decimal":
        return Decimal(term.value)
    if kind in (_XSD + "double", _XSD + "float"):
        return float(term.value)
    if kind == _XSD + "boolean":
        return term.value in ("true", "1")
    return term.value


def _expected(answer: Any, kind: type, form: str) -> Any:
    if not isinstance(answer, kind):
        raise UsageError("query", f"不是 {form} 查询 (is no {form} query)", f"改写为 {form} (write {form}).")
    return answer
