"""One HTTP request → one query, by the SPARQL 1.1 Protocol."""

import pytest

from kg.server.protocol import SOLUTIONS, TRIPLES, RefusedError, choose, keywords, read_request, wanted

FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}

READ = [
    pytest.param("GET", "query=ASK%20%7B%7D", {}, b"", "ASK {}", id="GET"),
    pytest.param("POST", "", FORM, b"query=ASK+%7B%7D", "ASK {}", id="POST form"),
    pytest.param("POST", "", DIRECT, b"ASK {}", "ASK {}", id="POST body"),
    pytest.param("POST", "", DIRECT | {"content-type": "application/sparql-query; charset=utf-8"}, b"ASK {}", "ASK {}", id="charset"),
    pytest.param("GET", "query=SELECT%20*%20%7B%3Fs%20kg%3Aservice%20%22SERVICE%22%7D", {}, b"", 'SELECT * {?s kg:service "SERVICE"}', id="SERVICE 只是文字"),
    pytest.param("POST", "", DIRECT, "ASK { ?s ?p '月探访率' }".encode(), "ASK { ?s ?p '月探访率' }", id="汉字"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "query_string", "headers", "body", "text"), READ)
def test_a_query_is_read(method, query_string, headers, body, text):
    assert read_request(method, query_string, headers, body).text == text


REFUSED = [
    pytest.param("GET", "", {}, b"", 400, id="没有查询"),
    pytest.param("GET", "query=ASK+%7B%7D&query=ASK+%7B%7D", {}, b"", 400, id="两个查询"),
    pytest.param("GET", "query=", {}, b"", 400, id="空查询"),
    pytest.param("GET", "update=CLEAR+ALL", {}, b"", 403, id="GET 更新"),
    pytest.param("POST", "", FORM, b"update=CLEAR+ALL", 403, id="POST 更新"),
    pytest.param("POST", "", {"content-type": "application/sparql-update"}, b"CLEAR ALL", 403, id="更新正文"),
    pytest.param("POST", "", {"content-type": "text/turtle"}, b"<a> <b> <c> .", 415, id="不是查询"),
    pytest.param("POST", "", {}, b"ASK {}", 415, id="没有类型"),
    pytest.param("PUT", "query=ASK+%7B%7D", {}, b"", 405, id="PUT"),
    pytest.param("POST", "", DIRECT, b"ASK { ?s ?p '\xff' }", 400, id="不是 UTF-8"),
    pytest.param("POST", "", DIRECT, b"ASK {" + b" " * 300_000 + b"}", 413, id="太长"),
    pytest.param("POST", "", DIRECT, b"SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", 403, id="SERVICE"),
    pytest.param(
        "POST", "", DIRECT, b"SELECT*{ service SILENT<http://x/>{?s ?p ?o}}", 403, id="小写 service"
    ),
    pytest.param("POST", "", DIRECT, b"SELECT * { # '\nSERVICE <http://x/> { } }", 403, id="注释里的引号"),
]


@pytest.mark.parametrize(("method", "query_string", "headers", "body", "status"), REFUSED)
def test_what_is_no_query_is_refused(method, query_string, headers, body, status):
    with pytest.raises(RefusedError) as refused:
        read_request(method, query_string, headers, body)
    assert refused.value.status == status
    assert refused.value.reason


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("application/sparql-results+xml;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        ("application/xml", "application/sparql-results+xml"),
        ("application/json;q=0.9, text/html", "application/sparql-results+json"),
        ("text/turtle;q=0, text/csv", "text/csv"),
    ],
)
def test_the_best_format_on_offer_is_chosen(accept, expected):
    assert choose(wanted(accept), SOLUTIONS) == expected


def test_json_of_triples_is_json_ld():
    assert choose(wanted("application/json"), TRIPLES) == "application/ld+json"


def test_a_format_that_is_not_offered_is_refused():
    with pytest.raises(RefusedError) as refused:
        choose(wanted("image/png"), SOLUTIONS)
    assert refused.value.status == 406


def test_words_inside_strings_iris_and_comments_are_no_keywords():
    text = (
        "PREFIX s: <http://x/SERVICE> SELECT ?service { ?s s:SERVICE \"SERVICE\", '''SERVICE''' } # SERVICE"
    )
    assert "service" not in keywords(text)
