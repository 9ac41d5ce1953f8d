"""How soon each page of the explorer is there: `python -m benchmarks.explorer [BUILD …] [--pages …]`.

The real explorer on each build folder (without one: on the bundled corpus), every page opened in headless
Chromium. Cold: a server that has just started, nothing opened yet. Warm: the same address again in a fresh
browser session. Seconds from the request until the browser's first contentful paint, until the page's
heading stands (`heading`), until its main content does (`content`), until its script rests (`rest`); the
server's processor seconds for the visit and its resident memory (MB) afterwards. Results are printed as
JSON lines, then as a table.

The disk is read as the machine has it in its cache; the machine's load stands beside every figure.
"""

import argparse
import json
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from kg import launch
from kg.source import GraphSource
from kg.store import open_graph
from kg.vocabulary import names_in

ROOT = Path(__file__).resolve().parents[1]
#: seconds after which a page counts as not there
PATIENCE = 120.0
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
RESTS = (
    "!document.querySelector('[data-testid=stSkeleton]')"
    " && !document.querySelector('[data-testid=stStatusWidget]')"
    " && document.querySelector('[data-testid=stApp]').dataset.testScriptState !== 'running'"
)
TABLE, CARD, CHART = ".kg-table tbody tr", ".kg-card", "[data-testid=stGraphVizChart] svg"
NETWORK = "[data-testid=stEChartsChart] svg, [data-testid*=ECharts] svg, .echarts-for-react svg"
#: page → (address with what stands in the graph, what shows that its main content is there)
PAGES = {
    "overview": ("", TABLE),
    "compare": ("compare", TABLE),
    "compare chain": ("compare?scope=chain&plan={doc}", TABLE),
    "compare all": ("compare?scope=all", TABLE),
    "compare late": ("compare?scope=all&verdict=late", TABLE),
    "trace": ("trace", CHART),
    "trace metric": ("trace?metric={metric}", CHART),
    "document": ("document?doc={doc}", ".kg-text"),
    "metrics": ("metrics", TABLE),
    "metric": ("metrics?id={concept}", TABLE),
    "agencies": ("agencies", TABLE),
    "agency": ("agencies?agency={agency}", TABLE),
    "deadlines": ("deadlines", CARD),
    "search": ("search?q={words}", TABLE),
    "search meaning": ("search?q={words}&mode=semantic", TABLE),
    "check": ("check", "[data-testid=stFileUploader]"),
    "review links": ("review", "h1"),
    "review verdicts": ("review?about=finding", TABLE),
    "review facts": ("review?about=record", f"{TABLE}, [data-testid=stAlert]"),
    "graph": ("graph", NETWORK),
    "query": ("query", "[data-testid=stExpander]"),
}

Row = dict[str, Any]


def measured(folder: Path, browser: Browser, wanted: list[str], states: list[str]) -> Iterator[Row]:
    """Each page in each state; "one": all pages one after another on one server, so cold no more."""
    addresses = filled(folder)
    if states == ["one"]:
        with served(folder) as server:
            for name in wanted:
                yield from _visits(browser, server, name, addresses[name], states)
        return
    for name in wanted:
        with served(folder) as server:
            yield from _visits(browser, server, name, addresses[name], states)


def _visits(
    browser: Browser, server: tuple[str, int], name: str, address: str, states: list[str]
) -> Iterator[Row]:
    url, process = server
    for state in states:
        before = processor(process)
        row = {"page": name, "state": state, **_visit(browser, f"{url}/{address}", PAGES[name][1])}
        after = processor(process)
        spent = None if after is None or before is None else round(after - before, 2)
        load = round(os.getloadavg()[0], 2)
        yield row | {"processor": spent, "resident": resident(process), "load": load}


def _visit(browser: Browser, url: str, main: str) -> Row:
    """One visit in a session of its own; None for what was not there within `PATIENCE`."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    start = time.monotonic()
    page.goto(url, wait_until="commit", timeout=PATIENCE * 1000)
    row: Row = {name: _seen(page, what, start) for name, what in (("heading", "h1"), ("content", main))}
    row["rest"] = _rest(page, start)
    paints = page.evaluate("performance.getEntriesByName('first-contentful-paint').map(p => p.startTime)")
    row["paint"] = round(paints[0] / 1000, 2) if paints else None
    row["faults"] = page.locator("[data-testid=stException]").count()
    context.close()
    return row


def _seen(page: Page, what: str, start: float) -> float | None:
    try:
        page.wait_for_selector(what, timeout=max(1.0, PATIENCE - (time.monotonic() - start)) * 1000)
    except TimeoutError:
        return None
    return round(time.monotonic() - start, 2)


def _rest(page: Page, start: float) -> float | None:
    try:
        page.wait_for_function(RESTS, timeout=max(1.0, PATIENCE - (time.monotonic() - start)) * 1000)
    except TimeoutError:
        return None
    return round(time.monotonic() - start, 2)


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int]]:
    """The explorer on a build folder: its address and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))  # not the port that any other explorer of this machine would take
        port = int(probe.getsockname()[1])
    process, url = launch.start(str(folder), port)
    try:
        launch.wait_until_it_answers(process, url)
        yield url, process.pid
    finally:
        launch.stop(process)


def processor(process: int) -> float | None:
    """Seconds that a process has computed so far, whatever else the machine did; Linux alone tells."""
    path = Path(f"/proc/{process}/stat")
    if not path.is_file():
        return None
    fields = path.read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(process: int) -> int | None:
    """Megabytes of memory that a process and those it started hold, where the system tells (Linux)."""
    status = Path(f"/proc/{process}/status")
    if not status.is_file():
        return None
    line = next(each for each in status.read_text("utf-8").splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


# ---------------------------------------------------------------- what stands in the graph

_BOTTOM = """SELECT ?doc WHERE { ?f kg:verdict kg:verdict-late ; kg:lowerDocument ?doc ; kg:upper ?upper .
    ?upper kg:nature ?nature } ORDER BY ?doc LIMIT 1"""
_ANY = "SELECT ?doc WHERE { ?f kg:verdict ?any ; kg:lowerDocument ?doc } ORDER BY ?doc LIMIT 1"
_METRIC = """SELECT ?concept ?label WHERE { { SELECT ?concept (COUNT(?q) AS ?count) WHERE {
    ?q kg:concept ?concept } GROUP BY ?concept } ?concept skos:prefLabel ?label }
    ORDER BY DESC(?count) ?label LIMIT 1"""
_AGENCY = "SELECT ?agency WHERE { ?agency kg:dutyCount ?count } ORDER BY DESC(?count) ?agency LIMIT 1"


def filled(folder: Path) -> dict[str, str]:
    """The addresses of the pages: a plan that lags, the most stated metric, the most burdened agency."""
    source = open_graph(folder)
    plan = names_in((source.select(_BOTTOM) or source.select(_ANY))[0]["doc"])[1]
    (metric,) = source.select(_METRIC)
    agency = names_in(source.select(_AGENCY)[0]["agency"])[1]
    known = {
        "doc": plan,
        "metric": metric["label"],
        "concept": names_in(metric["concept"])[1],
        "agency": agency,
        "words": _words(source),
    }
    known = {name: quote(value) for name, value in known.items()}
    return {name: address.format(**known) for name, (address, _) in PAGES.items()}


def _words(source: GraphSource) -> str:
    """The last two characters of the first metric: a word that many records have."""
    row = source.select("SELECT ?i WHERE { ?q kg:indicator ?i } LIMIT 1")[0]
    return str(row["i"])[-2:]


# ---------------------------------------------------------------- running


def table(rows: list[Row]) -> str:
    """The rows for reading: seconds, megabytes, the load of the machine."""
    heads = (
        "documents",
        "page",
        "state",
        "paint",
        "heading",
        "content",
        "rest",
        "processor",
        "resident",
        "load",
        "faults",
    )
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += [
        "| " + " | ".join("—" if row[head] is None else str(row[head]) for head in heads) + " |"
        for row in rows
    ]
    return "\n".join(lines)


def _documents(folder: Path) -> int:
    count = open_graph(folder).select("SELECT (COUNT(?d) AS ?n) WHERE { ?d a kg:PlanDocument }")[0]["n"]
    return int(count)


def _of_corpus(folder: Path) -> Path:
    """A build of the bundled corpus."""
    from kg.build import build

    shutil.copytree(ROOT / "data", folder / "data")
    build([folder / "data"], folder / "build")
    return folder / "build"


def main() -> None:
    """Measure every page on every build folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("builds", nargs="*", type=Path)
    parser.add_argument("--pages", nargs="+", default=list(PAGES), choices=PAGES)
    parser.add_argument("--states", nargs="+", default=["cold", "warm"], choices=("cold", "warm", "one"))
    args = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        for build in args.builds or [_of_corpus(Path(folder))]:
            documents = _documents(build)
            for row in measured(build, browser, args.pages, args.states):
                rows.append({"documents": documents, **row})
                print(json.dumps(rows[-1], ensure_ascii=False), flush=True)
        browser.close()
    print(table(rows))


if __name__ == "__main__":
    main()
