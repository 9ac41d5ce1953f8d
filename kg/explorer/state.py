"""What pages share: the opened graph, the language, and choices that stand in the address."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from kg import build, queries
from kg.explain import Lang
from kg.messages import t
from kg.model import Document, Finding
from kg.source import GraphSource
from kg.store import current, open_graph

Choice = TypeVar("Choice")


def where() -> str:
    """The graph's directory or address."""
    return os.environ.get("KG_GRAPH", "build")


def version() -> str:
    """What changes when the graph does: the key of everything that is kept between runs."""
    place = where()
    return place if place.startswith(("http://", "https://")) else current(Path(place)).name


def graph() -> GraphSource:
    """The graph, opened once a build."""
    return _opened(where(), version())


@st.cache_resource(show_spinner=False, max_entries=2)
def _opened(place: str, _version: str) -> GraphSource:
    return open_graph(place)


@st.cache_data(show_spinner=False, max_entries=64)
def _kept(_version: str, name: str, arguments: tuple[tuple[str, Any], ...]) -> Any:
    return getattr(queries, name)(graph(), **dict(arguments))


def ask(name: str, **arguments: Any) -> Any:
    """The answer of `kg.queries.NAME`, kept as long as the graph stays the same."""
    return _kept(version(), name, tuple(sorted(arguments.items())))


def documents() -> dict[str, Document]:
    """Every plan by id, higher levels first."""
    order = ("national", "province", "prefecture", "county", "township", None)
    found: list[Document] = ask("documents")
    return {one.doc: one for one in sorted(found, key=lambda d: (order.index(d.level), d.place or "", d.doc))}


def findings(upper: str | None = None, lower: str | None = None) -> list[Finding]:
    """The verdicts between two plans, or all."""
    found: list[Finding] = ask("findings", upper=upper, lower=lower)
    return found


def text_of(doc: str) -> str | None:
    """The text of the file that a plan stands in, where the graph is on this machine."""
    return None if where().startswith("http") else build.text_of(Path(where()), doc)


def language() -> Lang:
    """The reader's language, zh or en, from the address or the session."""
    chosen = st.query_params.get("lang") or st.session_state.get("lang") or "zh"
    return "en" if chosen == "en" else "zh"


def say(key: str, **values: Any) -> str:
    """A sentence of the catalogue in the reader's language."""
    return t(key, language(), **values)


def title_of(document: Document) -> str:
    """How a plan is called in lists: its title with its place."""
    return f"{document.title or document.doc} [{document.doc}]"


def choose(
    label: str,
    options: Sequence[Choice],
    parameter: str,
    *,
    show: Callable[[Any], str] = str,
    where_to: Any = st,
    key: Callable[[Any], str] = str,
) -> Choice | None:
    """One of the options, as the address says it; a new choice goes into the address. None: no options."""
    if not options:
        return None
    keys = [key(option) for option in options]
    wanted = st.query_params.get(parameter)
    index = keys.index(wanted) if wanted in keys else 0
    chosen: Choice = where_to.selectbox(label, options, index=index, format_func=show)
    st.query_params[parameter] = key(chosen)
    return chosen


def choose_many(
    label: str, options: Sequence[str], parameter: str, show: Callable[[str], str], where_to: Any = st
) -> list[str]:
    """Any of the options, kept in the address; none chosen means all."""
    wanted = [each for each in st.query_params.get_all(parameter) if each in options]
    chosen: list[str] = where_to.multiselect(
        label, options, default=wanted, format_func=show, placeholder=say("filter.all")
    )
    st.query_params[parameter] = chosen
    return chosen
