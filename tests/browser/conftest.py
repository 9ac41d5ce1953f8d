"""The explorer in headless chromium, on the five documents of the corpus and on a hostile one."""

import shutil
from pathlib import Path

import pytest

from kg import launch
from kg.build import build
from tests.explorer.conftest import lay_out
from tests.explorer.hostile import hostile_plan

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
#: a browser that asks nobody for anything: no updates, no sync, no reports
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="chromium is not on this machine"))


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    """A copy of the corpus, which a review may write its ledger beside, and its build."""
    folder = tmp_path_factory.mktemp("explorer")
    shutil.copytree(ROOT / "data", folder / "data")
    build([folder / "data"], folder / "build")
    return folder


@pytest.fixture(scope="session")
def explorer(corpus):
    """The address of the explorer on the corpus."""
    yield from served(str(corpus / "build"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """The address of the explorer on a plan that tries everything, with 10,000 facts."""
    yield from served(str(lay_out(tmp_path_factory.mktemp("hostile"), *hostile_plan())))


def served(graph):
    process, url = launch.start(graph, launch.free_port())
    try:
        launch.wait_until_it_answers(process, url)
        yield url
    finally:
        launch.stop(process)


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A fresh page at 1280 px; nothing it does may ask another host or fail in its scripts."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    asked, faults = [], []
    context.on("request", lambda request: asked.append(request.url))
    fresh = context.new_page()
    fresh.on("pageerror", lambda error: faults.append(str(error)))
    fresh.set_default_timeout(30_000)
    yield fresh
    context.close()
    ours = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    assert [url for url in asked if not url.startswith(ours)] == []
    assert faults == []


def settled(page):
    """Wait until a page is drawn whole and its script rests."""
    page.wait_for_selector("h1")
    page.wait_for_function(
        "!document.querySelector('[data-testid=stSkeleton]') && !document.querySelector('[data-testid=stStatusWidget]')"
        " && document.querySelector('[data-testid=stApp]').dataset.testScriptState !== 'running'"
    )
    return page
