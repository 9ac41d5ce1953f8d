"""The W3C SPARQL 1.1 protocol test suite, its query half: names and demands are the suite's own.

The update half asks what a read-only endpoint must refuse, and is tested so. Datasets are named by our own
graphs where the suite names graphs of its server.
"""

from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

GRAPH = "https://w3id.org/policy-kg/id/graph/doc/a"
OTHER = "https://w3id.org/policy-kg/id/graph/doc/b"
SELECT, ASK = "SELECT (1 AS ?value) {}", "ASK {}"
CONSTRUCT, DESCRIBE = "CONSTRUCT { <s> <p> 1 } WHERE {}", "DESCRIBE <http://example.org/>"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
SOLUTIONS = (
    "application/sparql-results+xml",
    "application/sparql-results+json",
    "text/tab-separated-values",
    "text/csv",
)
TRIPLES = (
    "application/rdf+xml",
    "application/rdf+json",
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
)


def send(url, *, query_string="", body=None, content_type=None, method=None, accept=None):
    headers = {"Content-Type": content_type} if content_type else {}
    headers |= {"Accept": accept} if accept else {}
    address = f"{url}/sparql" + (f"?{query_string}" if query_string else "")
    request = Request(address, body, headers, method=method)
    if content_type is None:
        request.remove_header("Content-type")
    try:
        with urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read().decode()
    except HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read().decode()


def form(**fields):
    return urlencode(fields, doseq=True)


ANSWERED = [
    ("query_get", {"query_string": form(query=ASK)}, SOLUTIONS),
    ("query_post_form", {"body": form(query=ASK).encode(), "content_type": FORM}, SOLUTIONS),
    ("query_post_direct", {"body": ASK.encode(), "content_type": DIRECT}, SOLUTIONS),
    ("query_content_type_select", {"query_string": form(query=SELECT)}, SOLUTIONS),
    ("query_content_type_ask", {"query_string": form(query=ASK)}, SOLUTIONS),
    ("query_content_type_describe", {"query_string": form(query=DESCRIBE)}, TRIPLES),
    ("query_content_type_construct", {"query_string": form(query=CONSTRUCT)}, TRIPLES),
]


@pytest.mark.parametrize(
    ("name", "request_", "kinds"), ANSWERED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_answered(endpoint, name, request_, kinds):
    status, kind, _ = send(endpoint, **request_)
    assert (status, kind in kinds) == (200, True)


REFUSED = [
    ("bad_query_method", {"query_string": form(query=ASK), "method": "PUT", "body": b""}),
    ("bad_multiple_queries", {"query_string": form(query=[ASK, SELECT])}),
    ("bad_query_wrong_media_type", {"body": ASK.encode(), "content_type": "text/plain"}),
    (
        "bad_query_missing_form_type",
        {"body": form(query=ASK).encode(), "content_type": "application/octet-stream"},
    ),
    ("bad_query_missing_direct_type", {"body": ASK.encode(), "content_type": "application/octet-stream"}),
    ("bad_query_non_utf8", {"body": "ASK { ?s ?p 'é' }".encode("latin-1"), "content_type": DIRECT}),
    ("bad_query_syntax", {"query_string": form(query="ASK {{")}),
    ("update_post_form", {"body": form(update="CLEAR NAMED").encode(), "content_type": FORM}),
    ("update_post_direct", {"body": b"CLEAR NAMED", "content_type": "application/sparql-update"}),
    ("bad_update_get", {"query_string": form(update="CLEAR NAMED")}),
    ("update in the place of a query", {"query_string": form(query="INSERT DATA { <s> <p> 1 }")}),
    ("LOAD in the place of a query", {"body": b"LOAD <http://example.org/>", "content_type": DIRECT}),
]


@pytest.mark.parametrize(
    ("name", "request_"), REFUSED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_refused(endpoint, name, request_):
    status, _, said = send(endpoint, **request_)
    assert 400 <= status < 500
    assert said.strip()


IN_DEFAULT = "SELECT DISTINCT ?d { ?d a <https://w3id.org/policy-kg/ontology#PlanDocument> }"
IN_NAMED = "SELECT DISTINCT ?d { GRAPH ?g { ?d a <https://w3id.org/policy-kg/ontology#PlanDocument> } }"
DATASETS = [
    ("query_dataset_default_graph", IN_DEFAULT, {"default-graph-uri": GRAPH}, "a"),
    ("query_dataset_default_graphs", IN_DEFAULT, {"default-graph-uri": [GRAPH, OTHER]}, "ab"),
    ("query_dataset_named_graphs", IN_NAMED, {"named-graph-uri": [GRAPH, OTHER]}, "ab"),
    ("query_dataset_full", IN_NAMED, {"default-graph-uri": GRAPH, "named-graph-uri": OTHER}, "b"),
    (
        "query_multiple_dataset",
        IN_DEFAULT.replace(" {", f" FROM <{OTHER}> {{", 1),
        {"default-graph-uri": GRAPH},
        "a",
    ),
]


@pytest.mark.parametrize("by", ["get", "post"])
@pytest.mark.parametrize(
    ("name", "query", "dataset", "expected"),
    DATASETS,
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_dataset(endpoint, by, name, query, dataset, expected):
    if by == "get":
        request = {"query_string": form(query=query, **dataset)}
    else:
        request = {"query_string": form(**dataset), "body": query.encode(), "content_type": DIRECT}
    status, _, body = send(endpoint, accept="text/csv", **request)
    assert status == 200
    assert sorted(line.rsplit("/", 1)[-1] for line in body.split()[1:]) == list(expected)
