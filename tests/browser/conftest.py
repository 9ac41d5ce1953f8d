"""The explorer in headless chromium, on the five documents of the corpus and on a hostile one."""

import contextlib
import shutil
import socket
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kg import launch
from kg.build import build
from tests.explorer.conftest import lay_out
from tests.explorer.hostile import hostile_plan

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PDF = "jinchang-water.pdf"
PDF_PAGES = (
    ("金昌市“十四五”节水规划", "一、总体要求", "到2025年，全市用水总量控制在6.5亿立方米以内。"),
    ("二、重点任务", "到2025年，农田灌溉水有效利用系数提高到0.62。", "责任单位：市水务局。"),
)
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


# ---------------------------------------------------------------- the explorer on three graphs


@pytest.fixture(scope="session")
def started(tmp_path_factory):
    """Explorers on three folders: name → (folder, process, address). They start while graphs are made."""
    folders = {name: tmp_path_factory.mktemp(name) for name in ("corpus", "hostile", "missing")}
    ports = free_ports(len(folders))
    found = {
        name: (folder, *launch.start(str(folder / "build"), port))
        for (name, folder), port in zip(folders.items(), ports, strict=True)
    }
    yield found
    for _, process, _ in found.values():
        launch.stop(process)


def free_ports(count):
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def answering(explorer):
    """Its address, once it answers."""
    _, process, url = explorer
    launch.wait_until_it_answers(process, url)
    return url


@pytest.fixture(scope="session")
def corpus(started):
    """A copy of the corpus with a pdf, which a review may write its ledger beside, and its build."""
    folder = started["corpus"][0]
    shutil.copytree(ROOT / "data", folder / "data")
    write_pdf(folder / PDF)
    build([folder / "data", folder / PDF], folder / "build")
    return folder


@pytest.fixture(scope="session")
def explorer(started, corpus):
    """The address of the explorer on the corpus."""
    return answering(started["corpus"])


@pytest.fixture(scope="session")
def hostile(started):
    """The address of the explorer on a plan that tries everything, with 10,000 facts and 400 metrics."""
    folder = started["hostile"][0] / "build"
    folder.mkdir()
    lay_out(folder, *hostile_plan())
    return answering(started["hostile"])


@pytest.fixture(scope="session")
def missing(started):
    """The address of the explorer where there is no graph."""
    return answering(started["missing"])


def write_pdf(path):
    """A plan of another field and place, so that it has no verdict with the others: two pages."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=A4)
    for lines in PDF_PAGES:
        canvas.setFont("STSong-Light", 16)
        for at, line in enumerate(lines):
            canvas.drawString(70, 760 - 40 * at, line)
        canvas.showPage()
    canvas.save()


# ---------------------------------------------------------------- the browser


@pytest.fixture(scope="session")
def window():
    """One browser window of 1280 px for all tests: Streamlit's own files are fetched and compiled once."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        browser.close()


@pytest.fixture
def page(window):
    """A fresh page, and so a fresh session; nothing it does may ask another host or fail in its scripts."""
    asked, faults = [], []
    fresh = window.new_page()
    fresh.on("request", lambda request: asked.append(request.url))
    fresh.on("pageerror", lambda error: faults.append(str(error)))
    fresh.set_default_timeout(30_000)
    yield fresh
    fresh.close()
    ours = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    assert [url for url in asked if not url.startswith(ours)] == []
    assert faults == []


#: whether a page has been at rest for a tenth of a second: drawn whole, its script done, nothing moving
_AT_REST = """() => {
  const now = performance.now();
  const app = document.querySelector('[data-testid=stApp]');
  const busy = !app || app.dataset.testScriptState === 'running'
    || document.querySelector('[data-testid=stSkeleton], [data-testid=stStatusWidget]')
    || document.getAnimations().some((each) => each.playState === 'running');
  if (busy || !window.restsFrom) window.restsFrom = now;
  return now - window.restsFrom > 100;
}"""


def settled(page):
    """Wait until a page is drawn whole, its script rests and nothing moves."""
    page.wait_for_selector("h1")
    page.evaluate("window.restsFrom = 0")
    page.wait_for_function(_AT_REST)
    return page


def click(page, what):
    """Click once the page rests: what moves between press and release is not hit."""
    page.wait_for_selector(what)
    settled(page).click(what)
