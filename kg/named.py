"""The questions staff ask, as files: `ontology/queries/NAME.rq`, each offered by its name.

A file opens with two comment lines, what it answers in Chinese and in English, then one line a
parameter: `# param: NAME DEFAULT  explanation`, where the default `-` means "any" and `!` that it must
be given. In the query a parameter is `$name`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import UsageError
from kg.source import GraphSource, Row
from kg.vocabulary import ONTOLOGY, Iri, node

FOLDER = ONTOLOGY / "queries"

#: parameters that name a node, and the kind of node
NODES = {"doc": "doc", "upper": "doc", "lower": "doc", "record": "doc", "place": "place", "agency": "agency"}

_PARAMETER = re.compile(r"# param: (?P<name>\w+)\s+(?P<default>\S+)(?:\s+(?P<note>.+))?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing a question can be narrowed by; default None: any. note: what it is, zh and en."""

    name: str
    default: str | None
    note: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One question: its name, what it answers, its parameters and its SPARQL."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    sparql: str


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """Every question by name, in the order of the names."""
    return {path.stem: parse(path.stem, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.rq"))}


def parse(name: str, text: str) -> NamedQuery:
    """The question that a query file asks."""
    heading = [line for line in text.splitlines() if line.startswith("#")]
    found = [match for line in heading if (match := _PARAMETER.match(line))]
    parameters = tuple(_parameter(match) for match in found)
    zh, en = (line.removeprefix("#").strip() for line in heading[:2])
    return NamedQuery(name, zh, en, parameters, text)


def named(source: GraphSource, name: str, **parameters: str | int | None) -> list[Row]:
    """The rows that answer the question `name`; parameters left out take their default.

    doc, upper, lower take a document id, record "DOC/RECORD", place a code, agency a full name; year
    is a number; everything else goes in as text. An `Iri` goes in as it is.
    Raises UsageError for a name or a parameter that there is not.
    """
    return source.select(question(name).sparql, **values(name, parameters))


def question(name: str) -> NamedQuery:
    """The question of that name; UsageError with the known names when there is none."""
    queries = named_queries()
    if name not in queries:
        raise UsageError(name, "没有这个查询 (no such query)", f"已有 (known): {', '.join(queries)}")
    return queries[name]


def values(name: str, parameters: Mapping[str, str | int | None]) -> dict[str, Any]:
    """The bindings of a question: what is given, defaults for the rest, ids as nodes."""
    known = question(name).parameters
    wanted = {each.name: each.default for each in known}
    unknown = set(parameters) - set(wanted)
    if unknown:
        fault = f"没有参数 (has no parameter) {', '.join(sorted(unknown))}"
        raise UsageError(name, fault, f"可用参数 (its parameters): {', '.join(wanted) or '-'}")
    lacking = [each.name for each in known if each.required and not parameters.get(each.name)]
    if lacking:
        fault = f"缺少参数 (needs the parameter) {', '.join(lacking)}"
        raise UsageError(name, fault, f"用 (give it by) --set {lacking[0]}=…")
    return {each: _typed(each, parameters.get(each, default)) for each, default in wanted.items()}


def _parameter(match: re.Match[str]) -> Parameter:
    default = None if match["default"] in "-!" else match["default"]
    return Parameter(match["name"], default, match["note"] or "", match["default"] == "!")


def _typed(name: str, value: str | int | None) -> str | int | Iri | None:
    """The value as the query wants it: ids become nodes by the parameter's name, a year a number."""
    if value is None or isinstance(value, Iri):
        return value
    if name in NODES:
        return node(NODES[name], *str(value).split("/"))
    return int(value) if name == "year" else str(value)
