"""Pictures of every page of the explorer, from the real app on the bundled corpus → docs/pictures/.

python -m benchmarks.pictures [PAGE …]: needs Debian's chromium and fonts-noto-cjk.
"""

import io
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from kg import launch
from kg.build import build

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "pictures"
DRAFT = ROOT / "data" / "corpus" / "xihu-2023-elder-care-action-plan.txt"
SIZES = {"1280": (1280, 900), "390": (390, 844)}
#: nothing is drawn any more: not a change in the page for half a second
QUIET = """() => new Promise((done) => {
  let rest = setTimeout(done, 500);
  new MutationObserver(() => { clearTimeout(rest); rest = setTimeout(done, 500); })
    .observe(document.body, { subtree: true, childList: true, attributes: true });
})"""
RESTS = (
    "!document.querySelector('[data-testid=stSkeleton]')"
    " && !document.querySelector('[data-testid=stStatusWidget]')"
    " && document.querySelector('[data-testid=stApp]').dataset.testScriptState !== 'running'"
)


def first_row(page: Page) -> None:
    """Open the first finding of the list."""
    page.click(".kg-table tbody tr:first-child a")
    page.wait_for_selector("blockquote mark")


def passage(page: Page) -> None:
    """Go on from the finding to the lower plan's text."""
    first_row(page)
    page.click(".kg-card a[href*=document] >> nth=1")
    page.wait_for_selector(".kg-text .kg-on")
    rest(page)
    page.locator(".kg-text").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('.kg-text').scrollIntoView()")


def upload(page: Page) -> None:
    """Check the draft of the corpus and open what is late."""
    page.set_input_files("input[type=file]", str(DRAFT))
    page.wait_for_selector("[data-testid=stDownloadButton]")
    rest(page)
    page.click("summary >> nth=0")
    page.wait_for_selector("details[open] blockquote mark")


LATE = "compare?upper=nanchang&lower=xihu&verdict=late"
#: name → (address, what is done there first)
PAGES: dict[str, tuple[str, Callable[[Page], None] | None]] = {
    "overview": ("", None),
    "compare": ("compare?scope=chain&plan=xihu", None),
    "finding": (LATE, first_row),
    "passage": (LATE, passage),
    "trace": ("trace?metric=养老机构护理型床位占比&chain=xihu", None),
    "document": ("document?doc=nanchang", None),
    "metrics": ("metrics?q=特殊困难老年人月探访率", None),
    "agencies": ("agencies?agency=南昌市西湖区民政局", None),
    "deadlines": ("deadlines", None),
    "check": ("check", upload),
    "review": ("review?about=alignment", None),
    "graph": (
        "graph?node=document:xihu&kind=governs&kind=cites&kind=late&kind=meets&kind=absent&kind=duty",
        None,
    ),
    "query": ("query?name=missing-documents", None),
    "search": ("search?q=护理型床位", None),
}


def rest(page: Page) -> None:
    """Wait until everything is drawn."""
    page.wait_for_selector("h1")
    page.wait_for_function(RESTS)
    page.evaluate(QUIET)


def shot(browser: Any, url: str, name: str, size: str, lang: str) -> Path:
    """One picture, in as few colours as it needs to stay small."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    address, act = PAGES[name]
    suffix = f"{'&' if '?' in address else '?'}lang=en" if lang == "en" else ""
    page.goto(f"{url}/{address}{suffix}")
    rest(page)
    if act:
        act(page)
        rest(page)
    path = OUT / f"explorer-{name}-{size}-{lang}.png"
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    # this method keeps rare colours too: a mark in a chart is told from another by its colour
    coverage = Image.Quantize.MAXCOVERAGE
    few = picture.quantize(256, method=coverage, kmeans=1, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    context.close()
    return path


def main(wanted: list[str]) -> None:
    """Build the corpus, start the explorer, take the pictures."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        shutil.copytree(ROOT / "data", Path(folder) / "data")
        build([Path(folder) / "data"], Path(folder) / "build")
        process, url = launch.start(str(Path(folder) / "build"), launch.free_port())
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            launch.wait_until_it_answers(process, url)
            for name in wanted or PAGES:
                for size, lang in (("1280", "zh"), ("390", "zh"), ("1280", "en"), ("390", "en")):
                    path = shot(browser, url, name, size, lang)
                    print(path.name, path.stat().st_size // 1024, "kB")
        finally:
            browser.close()
            launch.stop(process)


if __name__ == "__main__":
    main(sys.argv[1:])
