"""检索: everything that was read, by words or by meaning, narrowed by kind, level, place and year."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from kg.explorer import lists, meaning
from kg.explorer.lists import Hit, Plan
from kg.explorer.parts import empty, kind_mark, link, portion, table
from kg.explorer.state import ask, choose, choose_many, graph, listed, plans, say, title_of, type_in, version
from kg.explorer.style import KIND_COLOURS
from kg.link.encoder import Encoder, load_encoder

_LEVELS = ("national", "province", "prefecture", "county", "township")


def page() -> None:
    """Type words; metrics, agencies and plans of that name first, then every record."""
    st.title(say("page.search"))
    columns = st.columns([4, 1])
    words = type_in(say("search.words"), "q", columns[0], placeholder=say("search.hint"))
    mode = choose(
        say("search.mode"),
        ["exact", "semantic"],
        "mode",
        show=lambda each: say(f"search.{each}"),
        at=columns[1],
    )
    if not words:
        empty("search.start", ":material/search:")
        return
    _named(words)
    found = listed("hits", words=words) if mode == "exact" else _near(words)
    kept = _filtered(found)
    if not kept:
        empty("empty.search", ":material/search_off:")
        return
    st.caption(say("search.count", count=len(kept)))
    rows = [_row(hit, words) for hit in portion(kept, "search")]
    st.html(table([say(f"fact.{head}") for head in ("kind", "quote", "document", "time")], rows))


def _near(words: str) -> list[Hit]:
    encoder = _encoder()
    return meaning.nearest(_index(version()), words, encoder)


@st.cache_resource(show_spinner=False, max_entries=1)
def _index(of: str) -> meaning.Index:
    return meaning.indexed(lists.texts(graph()), _encoder())


@st.cache_resource(show_spinner=False)
def _encoder() -> Encoder:
    return load_encoder()


def _named(words: str) -> None:
    """Plans, metrics and agencies that are called so."""
    direct = [link("document", plan.name, doc=plan.doc) for plan in plans().values() if words in plan.name]
    direct += [link("metrics", each.label, id=each.id) for each in ask("concepts") if words in each.label]
    direct += [
        link("agencies", each.name, agency=each.name) for each in ask("agencies") if words in each.name
    ]
    if direct:
        st.html(f"<p>{' · '.join(direct[:12])}</p>")


def _filtered(found: list[Hit]) -> list[Hit]:
    """The hits that pass the filters, each of which offers what there is."""
    held = plans()
    columns = st.columns(4)
    kinds = choose_many(
        say("search.kind"), list(KIND_COLOURS), "kind", lambda each: say(f"kind.{each}"), columns[0]
    )
    levels = choose_many(say("search.level"), _LEVELS, "level", lambda each: say(f"level.{each}"), columns[1])
    places = sorted({plan.where for plan in held.values() if plan.where})
    places = choose_many(say("search.place"), places, "place", at=columns[2])
    years = choose_many(
        say("search.year"), sorted({hit.time[:4] for hit in found if hit.time}), "year", at=columns[3]
    )
    return passing(found, held, kinds=kinds, levels=levels, places=places, years=years)


def passing(
    found: Iterable[Hit],
    held: dict[str, Plan],
    *,
    kinds: Iterable[str] = (),
    levels: Iterable[str] = (),
    places: Iterable[str] = (),
    years: Iterable[str] = (),
) -> list[Hit]:
    """The hits of these kinds, levels, places and years; a filter that names nothing lets all pass."""
    asked = [(set(kinds), lambda hit: hit.kind), (set(levels), lambda hit: held[hit.doc].level)]
    asked += [(set(places), lambda hit: held[hit.doc].where), (set(years), lambda hit: hit.time[:4])]
    return [hit for hit in found if all(not wanted or of(hit) in wanted for wanted, of in asked)]


def _row(hit: Hit, words: str) -> tuple[str, ...]:
    """One hit; its quote leads to the passage."""
    quote = escape(" ".join(hit.quote.split())[:600])
    shown = quote.replace(escape(words), f"<mark>{escape(words)}</mark>")
    label = (
        f"<span class=kg-where>{escape(hit.label)}</span> "
        if hit.label and hit.label not in hit.quote
        else ""
    )
    near = (
        f" <span class=kg-where>{escape(say('search.near', score=f'{hit.score:.2f}'))}</span>"
        if hit.score < 1
        else ""
    )
    return (
        kind_mark(hit.kind),
        label + link("document", "", html=shown, doc=hit.doc, fact=hit.id) + near,
        escape(title_of(hit.doc)),
        escape(hit.time or "—"),
    )
