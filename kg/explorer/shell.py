"""What stands around every page: navigation, language, and errors in words."""

from collections.abc import Callable

import streamlit as st

from kg.errors import KgError
from kg.explorer import compare, document, overview, trace
from kg.explorer.state import language, say

#: (module, icon); a page's address is its module's name, its title the message "page.NAME"
PAGES = (
    (overview, ":material/dashboard:"),
    (compare, ":material/compare_arrows:"),
    (trace, ":material/account_tree:"),
    (document, ":material/description:"),
)


def run() -> None:
    """Lay out the navigation and run the page that the address names."""
    st.set_page_config(page_title=say("app.title"), page_icon=":material/policy:", layout="wide")
    _language_switch()
    pages = [
        st.Page(
            _guarded(module.page),
            title=say(f"page.{_name(module)}"),
            icon=icon,
            url_path=_name(module),
            default=module is overview,
        )
        for module, icon in PAGES
    ]
    st.navigation(pages).run()


def _name(module: object) -> str:
    return str(getattr(module, "__name__", "")).rsplit(".", 1)[-1]


def _language_switch() -> None:
    chosen = st.sidebar.segmented_control(
        "语言 Language",
        ("zh", "en"),
        default=language(),
        format_func=lambda each: {"zh": "中文", "en": "English"}[each],
    )
    if chosen and chosen != language():
        st.query_params["lang"] = chosen
        st.session_state["lang"] = chosen
        st.rerun()


def _guarded(page: Callable[[], None]) -> Callable[[], None]:
    """The page, with any fault of ours or the graph's said in words instead of a trace."""

    def run_page() -> None:
        try:
            page()
        except KgError as error:
            st.error(error.fault, icon=":material/error:")
            st.caption(f"{error.where} — {error.remedy}")

    run_page.__name__ = getattr(page, "__module__", "page").rsplit(".", 1)[-1]
    return run_page
