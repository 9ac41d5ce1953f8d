"""A small graph on disk, as a build leaves it, and the explorer's pages run on it without a browser."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from kg.store import write
from tests.graph_fixtures import TEXTS, knowledge


def lay_out(folder, known, texts):
    """A build folder with this knowledge and these texts."""
    write(known, texts, folder / "graph")
    (folder / "texts").mkdir()
    for doc, text in texts.items():
        (folder / "texts" / f"{doc}.txt").write_bytes(text.encode("utf-8"))
    (folder / "build.json").write_text(json.dumps({"texts": {doc: doc for doc in texts}}), "utf-8")
    return folder


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    return lay_out(tmp_path_factory.mktemp("small"), knowledge(), TEXTS)


@pytest.fixture
def opened(small, monkeypatch):
    """Run one page with these parameters in the address."""
    monkeypatch.setenv("KG_GRAPH", str(small))
    return show


def show(page, /, **parameters):
    script = f"import streamlit as st\nst.session_state['page'] = '{page}'\nfrom kg.explorer import {page}\n{page}.page()\n"
    test = AppTest.from_string(script, default_timeout=60)
    for key, value in parameters.items():
        test.query_params[key] = value
    return test.run()


def html(test):
    """All HTML of the page."""
    return "\n".join(each.proto.body for each in test.get("html"))
