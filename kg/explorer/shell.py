"""What stands around every page: navigation, language, and errors in words."""

from collections.abc import Callable
from html import escape
from importlib import import_module
from typing import Any

import streamlit as st

from kg.errors import KgError
from kg.explorer.parts import address, calm
from kg.explorer.state import language, page_name, remember, say, visited, warm
from kg.explorer.style import SCRIPT, css

#: (page, icon) in groups; a page is a module of this package, its title the message "page.NAME"
GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("group.answers", (("overview", "dashboard"), ("compare", "compare_arrows"), ("trace", "account_tree"))),
    (
        "group.contents",
        (
            ("document", "description"),
            ("metrics", "monitoring"),
            ("agencies", "apartment"),
            ("deadlines", "event"),
            ("search", "search"),
        ),
    ),
    (
        "group.work",
        (("check", "fact_check"), ("review", "rate_review"), ("graph", "hub"), ("query", "terminal")),
    ),
)
#: drawn here: Streamlit would fetch an icon of its font's set from another host
ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>"
    "<rect width='32' height='32' rx='6' fill='#0072B2'/>"
    "<path d='M7 9h8M7 16h8M7 23h8M19 9h6M19 16h6M19 23h6' stroke='#fff' stroke-width='3'/></svg>"
)


def run() -> None:
    """Lay out the navigation and run the page that the address names."""
    st.set_page_config(page_title=say("app.title"), page_icon=ICON, layout="wide")
    st.html(css(language()))
    st.html(SCRIPT, unsafe_allow_javascript=True)
    pages = {
        name: st.Page(
            _guarded(name),
            title=say(f"page.{name}"),
            icon=f":material/{icon}:",
            url_path=name,
            default=name == "overview",
        )
        for _, group in GROUPS
        for name, icon in group
    }
    chosen = st.navigation(list(pages.values()), position="hidden")
    st.session_state["page"] = chosen.url_path or "overview"
    _sidebar(pages)
    chosen.run()
    remember()


def _sidebar(pages: dict[str, Any]) -> None:
    """The pages, each as it was last left, and the language."""
    with st.sidebar:
        st.html(f"<strong>{escape(say('app.title'))}</strong>")
        for heading, group in GROUPS:
            st.caption(say(heading))
            for name, _ in group:
                st.page_link(pages[name], query_params=visited(name))
        st.html(_languages())


def _languages() -> str:
    """Both languages, the other one a link to the same place."""
    kept = {name: st.query_params.get_all(name) for name in st.query_params if name != "lang"}
    zh, en = (
        f"<strong>{label}</strong>"
        if language() == lang
        else f'<a href="{escape(address(page_name(), lang=lang, **kept))}" target="_self" data-kg="stay">'
        f"{label}</a>"
        for lang, label in (("zh", "中文"), ("en", "English"))
    )
    return f"<p>{zh} · {en}</p>"


def _guarded(name: str) -> Callable[[], None]:
    """The page, with any fault of ours or the graph's said in words instead of a trace."""

    def run_page() -> None:
        try:
            import_module(f"kg.explorer.{name}").page()
            warm()
        except KgError as error:
            st.error(calm(error.fault), icon=":material/error:")
            st.caption(calm(f"{error.where} — {error.remedy}"))

    run_page.__name__ = name
    return run_page
