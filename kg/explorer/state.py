"""What pages share: the opened graph, the language, and choices that stand in the address.

The address is the state: every choice that is not the default stands in it, so a link can be sent and the
back button goes back. What a page was last asked is kept for the session and put on the links to it.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from kg import build, queries
from kg.explain import Lang
from kg.explorer import firsts
from kg.explorer.lists import Plan
from kg.listing import GRAVEST_FIRST
from kg.messages import t
from kg.model import Finding, Record
from kg.source import GraphSource
from kg.store import current, open_graph
from kg.vocabulary import Iri

Choice = TypeVar("Choice")
#: where this session last stood on each page: page → parameters
VISITED = "visited"
#: verdicts that are shown with one record
MOST_ON = 20


# ---------------------------------------------------------------- the graph


def where() -> str:
    """The graph's directory or address."""
    return os.environ.get("KG_GRAPH", "build")


def is_remote() -> bool:
    """Whether the graph is on a server, so that there are no texts and no build here."""
    return where().startswith(("http://", "https://"))


def version() -> str:
    """What changes when the graph does: the key of everything that is kept between runs."""
    return where() if is_remote() else str(current(Path(where())))


def graph() -> GraphSource:
    """The graph, opened once a build."""
    return _opened(where(), version())


# Streamlit keeps by every argument whose name does not begin with an underscore: `of` is such a one.
@st.cache_resource(show_spinner=False, max_entries=2)
def _opened(place: str, of: str) -> GraphSource:
    return open_graph(place)


@st.cache_resource(show_spinner=False, max_entries=256)
def _kept(of: str, name: str, arguments: tuple[tuple[str, Any], ...], _question: Callable[..., Any]) -> Any:
    return _question(graph(), **dict(arguments))


def kept(question: Callable[..., Any], **arguments: Any) -> Any:
    """The answer of a question to the graph, kept as long as that stays the same. Not to be changed.

    question: a function of a module, which takes the graph and the arguments.
    """
    name = f"{question.__module__}.{question.__qualname__}"
    return _kept(version(), name, tuple(sorted(arguments.items())), question)


def ask(name: str, **arguments: Any) -> Any:
    """The answer of `kg.queries.NAME`, kept as long as the graph stays the same. Not to be changed."""
    return kept(getattr(queries, name), **arguments)


def first(name: str) -> Any:
    """One of the lists that first screens need; see `kg.explorer.firsts.FORMS`. Not to be changed."""
    return firsts.first(name, graph, where(), version())


def warm() -> None:
    """Have those lists ready for the next page."""
    firsts.warm(graph(), where(), version())


def plans() -> dict[str, Plan]:
    """Every plan by id, higher levels first."""
    found: dict[str, Plan] = first("plans")
    return found


def findings(upper: str, lower: str) -> list[Finding]:
    """The verdicts between two plans."""
    found: list[Finding] = ask("findings", upper=upper, lower=lower)
    return found


def findings_on(record: Record) -> tuple[list[Finding], int]:
    """The gravest verdicts that a record takes part in, and how many there are in all."""
    held: dict[Iri, str] = ask("findings_on", doc=record.doc, record=record.id)
    names = sorted(held, key=lambda name: GRAVEST_FIRST.index(held[name]))
    found: list[Finding] = ask("findings_named", names=tuple(names[:MOST_ON]))
    return sorted(found, key=lambda one: GRAVEST_FIRST.index(one.verdict)), len(names)


def text_of(doc: str) -> str | None:
    """The text of the file that a plan stands in, where the graph is on this machine."""
    return None if is_remote() else build.text_of(Path(where()), doc)


# ---------------------------------------------------------------- words


def language() -> Lang:
    """The reader's language, zh or en, from the address."""
    return "en" if st.query_params.get("lang") == "en" else "zh"


def say(key: str, **values: Any) -> str:
    """A sentence of the catalogue in the reader's language."""
    return t(key, language(), **values)


def title_of(doc: str) -> str:
    """How a plan is called in lists: its title, its place where the title does not say it."""
    plan = plans().get(doc)
    return plan.name if plan else doc


# ---------------------------------------------------------------- the address


def page_name() -> str:
    """The page that runs now."""
    return str(st.session_state.get("page", "overview"))


def visited(page: str) -> dict[str, Any]:
    """What the page was last asked in this session, with the language of now."""
    last: Mapping[str, Any] = st.session_state.get(VISITED, {}).get(page, {})
    kept = {name: value for name, value in last.items() if name != "lang"}
    return kept | ({"lang": "en"} if language() == "en" else {})


def remember() -> None:
    """Note where this session stands on the page that has just run."""
    everywhere = dict(st.session_state.get(VISITED, {}))
    everywhere[page_name()] = {name: st.query_params.get_all(name) for name in st.query_params}
    st.session_state[VISITED] = everywhere


def _synced(parameter: str, read: Callable[[list[str]], Any]) -> str:
    """The widget's key, its value set from the address whenever something else than it changed that."""
    name = f"{page_name()}.{parameter}"
    stands = st.query_params.get_all(parameter)
    if stands != st.session_state.get(f"{name}.address") or name not in st.session_state:
        st.session_state[name] = read(stands)
        st.session_state[f"{name}.address"] = stands
    return name


def _written(parameter: str, name: str, values: Sequence[str]) -> None:
    """The choice put into the address; the default is left out of it."""
    if st.query_params.get_all(parameter) != list(values):
        if values:
            st.query_params[parameter] = list(values)
        else:
            del st.query_params[parameter]
    st.session_state[f"{name}.address"] = list(values)


def choose(
    label: str,
    options: Sequence[Choice],
    parameter: str,
    *,
    show: Callable[[Any], str] = str,
    at: Any = st,
    key: Callable[[Any], str] = str,
    help: str | None = None,
) -> Choice | None:
    """One of the options, as the address says it, the first where it says nothing. None: no options."""
    if not options:
        return None
    by_key = {key(option): option for option in options}

    def read(stands: list[str]) -> Choice:
        return by_key.get(stands[0], options[0]) if stands else options[0]

    name = _synced(parameter, read)
    if key(st.session_state[name]) not in by_key:
        st.session_state[name] = options[0]
    chosen: Choice = at.selectbox(label, options, key=name, format_func=show, help=help)
    _written(parameter, name, [] if key(chosen) == key(options[0]) else [key(chosen)])
    return chosen


def choose_many(
    label: str, options: Sequence[str], parameter: str, show: Callable[[str], str] = str, at: Any = st
) -> list[str]:
    """Any of the options, kept in the address; none chosen means all."""
    name = _synced(parameter, lambda stands: [each for each in stands if each in options])
    st.session_state[name] = [each for each in st.session_state[name] if each in options]
    chosen: list[str] = at.multiselect(
        label, options, key=name, format_func=show, placeholder=say("filter.all")
    )
    _written(parameter, name, chosen)
    return chosen


def type_in(label: str, parameter: str, at: Any = st, **more: Any) -> str:
    """Words, kept in the address."""
    name = _synced(parameter, lambda stands: stands[0] if stands else "")
    words = str(at.text_input(label, key=name, **more) or "").strip()
    _written(parameter, name, [words] if words else [])
    return words


def asked(parameter: str) -> str | None:
    """What the address says and no widget shows: an opened row, a fact, a page of a list."""
    return st.query_params.get(parameter)
