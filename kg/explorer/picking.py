"""Choosing one of very many plans: words narrow what the box offers, and what it leaves out is said."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from kg.explorer.lists import matching
from kg.explorer.parts import calm
from kg.explorer.state import asked, choose, plans, say, type_in

#: options that a box offers at once
MOST = 200


def choose_plan(
    label: str, options: Sequence[str], parameter: str, *, at: Any = st, none: str | None = None
) -> str | None:
    """One of these plans (ids), as the address says it; none: words for an option that means no plan, "".

    Of more than `MOST`, a field beside the box narrows them by words of title, place or id.
    """
    first = [""] if none is not None else []

    held = plans()

    def show(doc: str) -> str:
        return held[doc].name if doc in held else doc or none or ""

    if len(options) <= MOST:
        return choose(label, [*first, *options], parameter, show=show, at=at)
    words = type_in(say("pick.words", what=label), f"{parameter}_find", at, placeholder=say("pick.hint"))
    found, shown = offered(options, words, asked(parameter))
    if not found:
        at.caption(calm(say("pick.none", words=words)))
        return "" if first else None
    chosen = choose(label, [*first, *shown], parameter, show=show, at=at)
    if len(found) > len(shown):
        at.caption(say("pick.shown", shown=len(shown), count=f"{len(found):,}", all=f"{len(options):,}"))
    return chosen


def offered(options: Sequence[str], words: str, wanted: str | None) -> tuple[list[str], list[str]]:
    """The plans that have the words, and those of them that are offered; the wanted one always is."""
    held = plans()
    found = [plan.doc for plan in matching((held[doc] for doc in options if doc in held), words)]
    shown = found[:MOST]
    if wanted in set(found) - set(shown):
        shown.append(str(wanted))
    return found, shown
