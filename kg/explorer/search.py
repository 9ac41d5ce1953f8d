"""检索: everything that was read, by words or by meaning, narrowed by kind, level, place and year."""

from collections.abc import Collection, Iterable, Mapping
from html import escape

import streamlit as st

from kg.explorer import firsts
from kg.explorer.firsts import LARGE, kept_in
from kg.explorer.lists import Metric, Plan, matching
from kg.explorer.meaning import Meanings
from kg.explorer.parts import empty, kind_mark, link, places, table
from kg.explorer.state import (
    choose,
    choose_many,
    first,
    graph,
    kept,
    plans,
    say,
    title_of,
    type_in,
    version,
    where,
)
from kg.explorer.style import KIND_COLOURS
from kg.explorer.wording import MOST, PROPERTIES, Hit, Names, having, hits, records_having
from kg.link.encoder import load_encoder
from kg.vocabulary import Iri, names_in, record_iri

_LEVELS = ("national", "province", "prefecture", "county", "township")
#: seconds that a search waits for texts to be encoded before it shows what there is
_PATIENCE = 2.0
#: texts that are encoded when a search first shows what it found among them
_FIRST = 512
#: plans, metrics and agencies of the name that stand above the records
_DIRECT = 12


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
    _called(words)
    kinds, levels, chosen, years = _filters()
    scores: dict[str, float] = {}
    with st.spinner(say("search.asking")):
        if mode == "semantic":
            scores = _near(words)
            if not scores and _index(version()).running:
                return
            texts = [
                (name, tuple(text for text in first("texts")[name] if text in scores)) for name in PROPERTIES
            ]
        else:
            texts = list(having(first("texts"), words).items())
        found: Names = kept(records_having, texts=tuple(texts), kinds=tuple(kinds), years=tuple(years))
    left = passing(found.texts, plans(), levels=levels, places=chosen)
    near = {name: scores[found.texts[name]] for name in left} if scores else {}
    _listed(found, sorted(left, key=lambda name: -near.get(name, 0)), words, near)


def _listed(found: Names, left: list[Iri], words: str, near: Mapping[Iri, float]) -> None:
    """The part of what was found that is shown, with how much there is."""
    if found.cut:
        st.warning(say("search.cut", most=f"{MOST:,}"))
    if not left:
        empty("empty.search", ":material/search_off:")
        return
    st.caption(say("search.count", count=f"{len(left):,}"))
    start, end = places(len(left), "search")
    shown: list[Hit] = kept(hits, records=tuple(left[start:end]))
    named = sorted(
        ((record_iri(hit.doc, hit.id), hit) for hit in shown), key=lambda one: -near.get(one[0], 0)
    )
    rows = [_row(hit, words, near.get(name)) for name, hit in named]
    st.html(table([say(f"fact.{head}") for head in ("kind", "quote", "document", "time")], rows))


# ---------------------------------------------------------------- by meaning


def _near(words: str) -> dict[str, float]:
    """The texts nearest to the words, with what is covered while not all are encoded."""
    index = _index(version())
    index.start(_PATIENCE)
    if index.running:
        _progress(index.done)
    return index.nearest(words)


@st.cache_resource(show_spinner=False, max_entries=1)
def _index(of: str) -> Meanings:
    encoder = load_encoder()
    folder = kept_in(where()) if len(plans()) >= LARGE else None
    source, place = graph(), where()
    return Meanings(
        lambda: firsts.first("meanings", lambda: source, place, of),
        encoder,
        folder / f"vectors-{encoder.name}.npz" if folder else None,
    )


@st.fragment(run_every=2)
def _progress(seen: int) -> None:
    """How many texts are covered; the page is shown anew when that has doubled, and when all are.

    seen: how many were when the page was last shown.
    """
    index = _index(version())
    if not index.running or index.done >= max(_FIRST, 2 * seen):
        st.rerun()
    count = len(index.texts)
    covered = say("search.covered", done=f"{index.done:,}", count=f"{count:,}")
    st.progress(index.done / max(1, count), covered if count else say("search.preparing"))


# ---------------------------------------------------------------- what is called so, and filters


def _called(words: str) -> None:
    """Plans, metrics and agencies that are called so."""
    metrics: dict[str, Metric] = first("metrics")
    named = [link("document", plan.name, doc=plan.doc) for plan in matching(plans().values(), words)]
    metric = [link("metrics", each.label, id=each.id) for each in metrics.values() if words in each.label]
    agency = [link("agencies", name, agency=name) for name in first("agencies") if words in name]
    shown = [*metric[:_DIRECT], *agency[:_DIRECT], *named[:_DIRECT]][: 2 * _DIRECT]
    more = len(named) + len(metric) + len(agency) - len(shown)
    if shown:
        others = f" · {escape(say('overview.more', count=f'{more:,}'))}" if more else ""
        st.html(f"<p>{' · '.join(shown)}{others}</p>")


def _filters() -> tuple[list[str], list[str], list[str], list[str]]:
    """Kinds, levels, places and years that are asked for."""
    columns = st.columns(4)
    kinds = choose_many(
        say("search.kind"), list(KIND_COLOURS), "kind", lambda each: say(f"kind.{each}"), columns[0]
    )
    levels = choose_many(say("search.level"), _LEVELS, "level", lambda each: say(f"level.{each}"), columns[1])
    named = type_in(say("search.place"), "place", columns[2], placeholder=say("search.place_hint"))
    years = choose_many(say("search.year"), first("years"), "year", at=columns[3])
    return kinds, levels, [named] if named else [], years


def passing(
    found: Iterable[Iri],
    held: Mapping[str, Plan],
    *,
    levels: Collection[str] = (),
    places: Collection[str] = (),
) -> list[Iri]:
    """The records in plans of these levels and places; a filter that names nothing lets all pass.

    places: a part of the place's name is enough, so that a province's name means all that lies in it.
    """
    if not levels and not places:
        return list(found)
    docs = {
        doc
        for doc, plan in held.items()
        if (not levels or plan.level in levels)
        and (not places or any(place in (plan.where or "") for place in places))
    }
    return [name for name in found if names_in(name)[1] in docs]


def _row(hit: Hit, words: str, score: float | None) -> tuple[str, ...]:
    """One hit; its quote leads to the passage. score: how near its text is, where that was asked."""
    quote = escape(" ".join(hit.quote.split())[:600])
    shown = quote.replace(escape(words), f"<mark>{escape(words)}</mark>")
    label = (
        f"<span class=kg-where>{escape(hit.label)}</span> "
        if hit.label and hit.label not in hit.quote
        else ""
    )
    near = f" <span class=kg-where>{escape(say('search.near', score=f'{score:.2f}'))}</span>" if score else ""
    return (
        kind_mark(hit.kind),
        label + link("document", "", html=shown, doc=hit.doc, fact=hit.id) + near,
        escape(title_of(hit.doc)),
        escape(hit.time or "—"),
    )
