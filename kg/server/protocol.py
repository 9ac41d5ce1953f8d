"""One HTTP request → one query, by the SPARQL 1.1 Protocol (W3C Recommendation, 21 March 2013, §2.1).

Updates are refused, and so is SERVICE: the endpoint answers from its own graph and from nowhere else.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qs

from kg.messages import t

SOLUTIONS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
TRIPLES = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
}
#: other names that clients ask by
_ALSO = {
    "application/json": ("application/sparql-results+json", "application/ld+json"),
    "application/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/plain": ("text/csv", "application/n-triples"),
    "application/x-turtle": ("text/turtle",),
}
#: a query is text that a person or a program wrote, not a dump
MAX_QUERY = 256 * 1024
_OUTSIDE_STRINGS = re.compile(
    r"""\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>"""
    r"""|\#[^\n]*|(?P<word>[A-Za-z][\w.-]*:?[\w.-]*|[?$:][\w.-]*)""",
    re.DOTALL,
)


class RefusedError(Exception):
    """A request that gets no answer: the HTTP status and one sentence why, with what to do."""

    def __init__(self, status: int, reason: str) -> None:
        """Keep both for the response."""
        self.status, self.reason = status, reason
        super().__init__(f"{status} {reason}")


@dataclass(frozen=True, slots=True)
class Query:
    """A query with its dataset (empty: the union of all graphs) and the media types wanted, best first."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()


def read_request(method: str, query_string: str, headers: Mapping[str, str], body: bytes) -> Query:
    """The query of a request.

    Raises:
        RefusedError: it is no query operation, or one that this endpoint does not run.
    """
    fields = parse_qs(query_string, keep_blank_values=True)
    text = None
    if method == "POST":
        kind, charset = _content_type(headers.get("content-type", ""))
        text, fields = _posted(kind, _decoded(body, charset), fields)
    elif method != "GET":
        raise RefusedError(405, t("endpoint.method"))
    if "update" in fields:
        raise RefusedError(403, t("endpoint.read_only"))
    text = text if text is not None else _only(fields, "query")
    _check(text)
    return Query(
        text,
        tuple(fields.get("default-graph-uri", ())),
        tuple(fields.get("named-graph-uri", ())),
        wanted(headers.get("accept", "")),
    )


def _posted(kind: str, text: str, fields: dict[str, list[str]]) -> tuple[str | None, dict[str, list[str]]]:
    if kind == "application/sparql-query":
        return text, fields
    if kind == "application/x-www-form-urlencoded":
        return None, parse_qs(text, keep_blank_values=True)
    if kind == "application/sparql-update":
        raise RefusedError(403, t("endpoint.read_only"))
    raise RefusedError(415, t("endpoint.content_type"))


def _content_type(header: str) -> tuple[str, str]:
    message = Message()
    message["content-type"] = header
    return message.get_content_type() if header else "", message.get_content_charset("utf-8") or "utf-8"


def _decoded(body: bytes, charset: str) -> str:
    if len(body) > MAX_QUERY * 3:
        raise RefusedError(413, t("endpoint.too_long", limit=MAX_QUERY // 1024))
    try:
        return body.decode(charset)
    except (UnicodeDecodeError, LookupError) as error:
        raise RefusedError(400, t("endpoint.not_utf8")) from error


def _only(fields: Mapping[str, Sequence[str]], name: str) -> str:
    values = fields.get(name, ())
    if len(values) != 1:
        raise RefusedError(400, t("endpoint.one_query"))
    return values[0]


def _check(text: str) -> None:
    if not text.strip():
        raise RefusedError(400, t("endpoint.one_query"))
    if len(text) > MAX_QUERY:
        raise RefusedError(413, t("endpoint.too_long", limit=MAX_QUERY // 1024))
    if "service" in keywords(text):
        raise RefusedError(403, t("endpoint.no_service"))


def keywords(text: str) -> set[str]:
    """The bare words of a query, lower case: what stands outside strings, IRIs, comments and names."""
    return {match["word"].lower() for match in _OUTSIDE_STRINGS.finditer(text) if match["word"]}


def wanted(accept: str) -> tuple[str, ...]:
    """The media types of an Accept header, best first, by their other names too; () for anything."""
    weighted = []
    for place, part in enumerate(accept.split(",")):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((_weight(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
        if kind and weight > 0:
            weighted.append((-weight, place, kind))
    kinds = [kind for _, _, kind in sorted(weighted)]
    return tuple(name for kind in kinds for name in (_ALSO.get(kind, ()) or (kind,)))


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def choose(accept: Sequence[str], offered: Mapping[str, str]) -> str:
    """The media type to answer in.

    Raises:
        RefusedError: the client takes none that is offered (406).
    """
    for kind in accept or ("*/*",):
        if kind in offered:
            return kind
        family = kind.removesuffix("*")
        if kind.endswith("/*") and (
            match := next((k for k in offered if kind == "*/*" or k.startswith(family)), None)
        ):
            return match
    raise RefusedError(406, t("endpoint.not_acceptable", offered=", ".join(offered)))
