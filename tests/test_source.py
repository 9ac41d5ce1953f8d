"""Asking a graph: values go in without a way out, answers come back as Python values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import GraphError, UsageError
from kg.source import LocalGraph, bind, term_text
from kg.vocabulary import Iri, iri

EX = "http://example.com/"


def graph(*values):
    store = Store()
    for number, value in enumerate(values):
        store.add(Quad(NamedNode(f"{EX}{number}"), NamedNode(EX + "p"), value, NamedNode(EX + "g")))
    return LocalGraph(store)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Literal(3), 3),
        (Literal("24.1", datatype=NamedNode(iri("xsd:decimal"))), Decimal("24.1")),
        (Literal(0.5), 0.5),
        (Literal(True), True),
        (Literal("老年人"), "老年人"),
        (Literal("老年人", language="zh"), "老年人"),
        (Literal("2025", datatype=NamedNode(iri("xsd:gYear"))), "2025"),
        (NamedNode(EX + "x"), Iri(EX + "x")),
    ],
)
def test_values_come_back_as_python_has_them(term, expected):
    [row] = graph(term).select("SELECT ?v WHERE { ?s ?p ?v }")
    assert row == {"v": expected}
    assert type(row["v"]) is type(expected)


def test_unbound_is_none():
    assert graph(Literal(1)).select("SELECT ?x WHERE { ?s ?p ?v OPTIONAL { ?v ?p ?x } }") == [{"x": None}]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_goes_in_and_comes_back(text):
    assert graph(Literal(text)).select("SELECT ?v WHERE { ?s ?p ?v FILTER(?v = $text) }", text=text) == [
        {"v": text}
    ]


@pytest.mark.parametrize(
    "text",
    [
        '") } DROP ALL #',
        '"""',
        "\\",
        '\\" . ?s ?p ?o }',
        "' || true || '",
        "a\n} INSERT DATA {",
        "$text",
        "?s",
        "}\r\n#",
    ],
)
def test_no_text_gets_out_of_its_quotes(text):
    found = graph(Literal("safe")).select("SELECT ?v WHERE { ?s ?p ?v FILTER(?v = $text) }", text=text)
    assert found == []


@pytest.mark.parametrize(
    "name", ["http://x/> ?p ?o } #", "http://x/a b", "no scheme", 'http://x/"', "http://x/\\u003e"]
)
def test_what_is_no_iri_is_refused(name):
    with pytest.raises(UsageError, match="IRI"):
        term_text(Iri(name))


def test_only_parameters_outside_texts_iris_and_comments_are_replaced():
    query = "SELECT * { ?s <http://x/$a> \"$a\" . # $a\n ?s ?p $a . ?s ?p '''it's $a''' }"
    assert bind(query, {"a": 5}).count('"5"^^') == 1


def test_open_parameter_matches_anything():
    assert len(graph(Literal(1), Literal(2)).select("SELECT ?s WHERE { ?s ?p $v }", v=None)) == 2


def test_lists_stand_one_after_another():
    query = "SELECT ?v WHERE { VALUES ?v { $some } ?s ?p ?v }"
    rows = graph(Literal("a"), Literal("b"), Literal("c")).select(query, some=["a", "c"])
    assert sorted(row["v"] for row in rows) == ["a", "c"]


def test_a_parameter_the_query_lacks_is_refused_with_the_ones_it_has():
    with pytest.raises(UsageError, match="place"):
        graph().select("SELECT * { ?s ?p $place }", plaice=1)


def test_unreadable_queries_and_wrong_forms_say_so():
    with pytest.raises(UsageError, match="SPARQL"):
        graph().select("SELEKT")
    with pytest.raises(UsageError, match="SELECT"):
        graph().select("ASK { ?s ?p ?o }")
    with pytest.raises(UsageError, match="SPARQL"):
        graph().ask("INSERT DATA { <http://a/> <http://a/> 1 }")


def test_known_prefixes_need_no_declaration_and_own_ones_win():
    own = "PREFIX kg: <http://own/> SELECT * { ?s a kg:X }"
    assert bind("SELECT * { ?s a kg:X }", {}).startswith("PREFIX kg: <https://w3id.org/policy-kg/ontology#>")
    assert bind(own, {}) == own


def test_construct_is_sorted_and_without_repeats():
    found = graph(Literal(2), Literal(1)).construct(
        "CONSTRUCT { <http://x/> <http://y/> ?v } WHERE { ?s ?p ?v }"
    )
    assert [triple.object.value for triple in found] == ["1", "2"]


def test_graph_error_is_no_usage_error():
    assert not issubclass(GraphError, UsageError)
