"""The endpoint as foreign clients use it: a real server process on loopback, asked over HTTP."""

import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

#: installed by `make test` where node is at hand
COMUNICA = Path(__file__).parents[2] / ".venv/comunica/node_modules/.bin/comunica-sparql"
TITLE = "南昌市养老服务体系建设“十四五”规划"
COUNT = "SELECT (COUNT(?d) AS ?n) WHERE { ?d a <https://w3id.org/policy-kg/ontology#PlanDocument> }"


def ask(url, query, **headers):
    request = Request(f"{url}/sparql?{urlencode({'query': query})}", headers=headers)
    with urlopen(request, timeout=30) as answer:
        return answer.headers["Content-Type"], answer.read().decode()


def refusal(url, query):
    with pytest.raises(HTTPError) as refused:
        ask(url, query)
    return refused.value.code, refused.value.read().decode()


def test_sparqlwrapper_reads_every_result_format(endpoint):
    client = SPARQLWrapper(f"{endpoint}/sparql")
    client.setQuery(COUNT)
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["results"]["bindings"][0]["n"]["value"] == "3"
    client.setReturnFormat(XML)
    assert "<literal" in client.queryAndConvert().toxml()
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().split() == ["n", "3"]
    client.setQuery(
        "CONSTRUCT { ?d ?p ?o } WHERE { ?d a <https://w3id.org/policy-kg/ontology#PlanDocument> ; ?p ?o }"
    )
    client.setReturnFormat(TURTLE)
    assert TITLE in {str(o) for o in Graph().parse(data=client.queryAndConvert(), format="turtle").objects()}


def test_rdflib_asks_the_endpoint_as_a_store(endpoint):
    graph = Graph(SPARQLStore(f"{endpoint}/sparql"))
    assert int(next(iter(graph.query(COUNT)))[0]) == 3


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not on this machine")
def test_curl_posts_a_query(endpoint):
    command = [
        "curl",
        "-sS",
        "-H",
        "Content-Type: application/sparql-query",
        "-H",
        "Accept: text/csv",
        "--data-binary",
        COUNT,
    ]
    found = subprocess.run([*command, f"{endpoint}/sparql"], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["n", "3"]


@pytest.mark.skipif(not COMUNICA.exists(), reason="node and npm are not on this machine")
def test_comunica_joins_over_the_endpoint(endpoint):
    query = (
        "SELECT ?title WHERE { ?d a <https://w3id.org/policy-kg/ontology#PlanDocument> ; "
        "<http://purl.org/dc/terms/title> ?title } ORDER BY ?title LIMIT 1"
    )
    command = [COMUNICA, f"sparql@{endpoint}/sparql", query, "-t", "application/sparql-results+json"]
    found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=90)
    assert json.loads(found.stdout)["results"]["bindings"][0]["title"]["value"] == TITLE


def test_json_ld_is_offered_for_triples(endpoint):
    kind, body = ask(endpoint, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 5", Accept="application/ld+json")
    assert kind.startswith("application/ld+json")
    assert json.loads(body)


def test_a_broken_query_is_a_400_that_says_why(endpoint):
    status, said = refusal(endpoint, "SELECT * { ?s ")
    assert status == 400
    assert "SPARQL" in said


def test_a_query_that_takes_too_long_is_stopped_and_the_next_is_answered(endpoint):
    status, said = refusal(endpoint, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    assert (status, "3 秒" in said) == (503, True)
    assert "3" in ask(endpoint, COUNT, Accept="text/csv")[1]


def test_a_result_that_grows_too_large_is_refused(endpoint):
    status, said = refusal(endpoint, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert (status, "LIMIT" in said) == (413, True)


def test_two_hundred_clients_at_once_are_all_answered(endpoint):
    with ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(lambda _: ask(endpoint, COUNT, Accept="text/csv")[1].split(), range(200)))
    assert answers == [["n", "3"]] * 200


def test_any_page_may_ask(endpoint):
    request = Request(
        f"{endpoint}/sparql?{urlencode({'query': COUNT})}", headers={"Origin": "https://example.org"}
    )
    with urlopen(request) as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_page_and_all_it_loads_are_served_here(endpoint):
    with urlopen(endpoint) as answer:
        page = answer.read().decode()
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    for name in ("/web/yasgui.min.js", "/web/yasgui.min.css", "/web/page.js"):
        assert name in page
        assert urlopen(endpoint + name).read()
    assert json.loads(urlopen(f"{endpoint}/queries.json").read())


def test_a_dataset_can_be_named(endpoint):
    query = urlencode(
        {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "default-graph-uri": "http://example.org/none"}
    )
    with urlopen(Request(f"{endpoint}/sparql?{query}", headers={"Accept": "text/csv"})) as answer:
        assert answer.read().split() == [b"n", b"0"]
