"""Each page's main task, from a click to the quoted passage, in a real browser."""

import io
import re

import pytest
from docx import Document
from openpyxl import load_workbook

from kg.explorer.shell import GROUPS
from kg.review import LEDGER, read_ledger
from tests.browser.conftest import ROOT, click, settled

PAGES = [name if name != "overview" else "" for _, group in GROUPS for name, _ in group]
DRAFT = ROOT / "data" / "corpus" / "xihu-2023-elder-care-action-plan.txt"
PASSAGE = ".kg-text .kg-on"
DRAWING = "[data-testid=stEChartsChart] svg"
#: notes every text that a progress bar shows
STAGES = """new MutationObserver(() => {
  const bar = document.querySelector('[data-testid=stProgress]');
  const said = bar && bar.innerText.trim();
  window.stages = window.stages || [];
  if (said && window.stages.at(-1) !== said) window.stages.push(said);
}).observe(document, {childList: true, subtree: true, characterData: true})"""


def go(page, url, path=""):
    page.goto(f"{url}/{path}")
    return settled(page)


def quoted(page):
    """The passage that the text page has opened, and its text whole."""
    page.wait_for_selector(PASSAGE)
    settled(page)
    return page.inner_text(PASSAGE)


def in_file(words):
    """Whether these words stand in a file of the corpus, spaces and breaks aside."""
    bare = "".join(words.split())
    files = (ROOT / "data" / "corpus").glob("*.txt")
    return any(bare in "".join(path.read_text("utf-8").split()) for path in files)


def test_from_the_overview_to_the_passage(page, explorer):
    go(page, explorer)
    click(page, "a:has(.kg-badge):has-text('滞后')")
    page.wait_for_url("**/compare?**verdict=late**")
    click(page, ".kg-table tbody tr:first-child a")
    page.wait_for_selector("blockquote mark >> nth=1")
    lower = page.inner_text("blockquote mark >> nth=1")
    assert in_file(lower)
    click(page, "text=在原文中查看 >> nth=1")
    assert "".join(quoted(page).split()) == "".join(lower.split())


def test_the_open_passage_is_in_sight(page, explorer):
    go(page, explorer, "compare?upper=nanchang&lower=xihu&verdict=late")
    click(page, ".kg-table tbody tr:first-child a")
    click(page, "text=在原文中查看 >> nth=1")
    quoted(page)
    page.wait_for_function(
        "(() => { const at = document.querySelector('.kg-text .kg-on').getBoundingClientRect();"
        " const box = document.querySelector('.kg-text').getBoundingClientRect();"
        " return at.top >= box.top && at.bottom <= box.bottom; })()"
    )


def test_compare_filters_by_words_and_exports_what_is_left(page, explorer):
    go(page, explorer, "compare?scope=chain&plan=xihu")
    every = page.locator(".kg-table tbody tr").count()
    page.fill("input[aria-label='指标含']", "床位")
    page.keyboard.press("Enter")
    page.wait_for_function(f"document.querySelectorAll('.kg-table tbody tr').length < {every}")
    settled(page)
    rows = page.locator(".kg-table tbody tr").count()
    assert rows > 0
    assert "q=" in page.url
    with page.expect_download() as got:
        click(page, "text=下载 xlsx")
    sheet = load_workbook(io.BytesIO(got.value.path().read_bytes())).worksheets[0]
    assert sheet.max_row - 1 == rows
    with page.expect_download() as got:
        click(page, "text=下载 docx")
    assert Document(got.value.path()).paragraphs


def test_trace_draws_the_chain_and_leads_to_the_passage(page, explorer):
    go(page, explorer, "trace?metric=养老机构护理型床位占比")
    page.wait_for_selector("[data-testid=stGraphVizChart] svg")
    drawn = page.text_content("[data-testid=stGraphVizChart] svg")
    assert "明确引用" in drawn
    assert "语料缺失" in drawn
    click(page, ".kg-columns li a >> nth=0")
    assert in_file(quoted(page))


def test_a_click_on_marked_words_opens_their_record(page, explorer):
    go(page, explorer, "document?doc=nanchang")
    click(page, ".kg-text a[id^=quantity] >> nth=3")
    words = quoted(page)
    assert "".join(page.inner_text("blockquote.kg-quote").split()) == "".join(words.split())


@pytest.mark.parametrize(
    ("start", "clicks"),
    [
        ("metrics?q=特殊困难老年人月探访率", ["a[href*='fact=quantity'] >> nth=0"]),
        ("agencies?q=民政局", [".kg-table tbody a >> nth=0", "a[href*='fact=assignment'] >> nth=0"]),
        ("deadlines?year=2025", ["a[href*='fact=deadline'] >> nth=0"]),
        ("search?q=护理型床位", ["a[href*='fact=']:has(mark) >> nth=0"]),
        ("query?name=inferred-readings", [".kg-table a[href*='fact='] >> nth=0"]),
        (
            "graph?node=document:xihu",
            [".kg-table a[href*='metrics?'] >> nth=0", "a[href*='fact=quantity'] >> nth=0"],
        ),
        ("review?about=finding", ["text=在原文中查看 >> nth=0"]),
    ],
)
def test_every_list_leads_to_the_passage(page, explorer, start, clicks):
    go(page, explorer, start)
    for each in clicks:
        click(page, each)
        settled(page)
    assert in_file(quoted(page))


def click_in_drawing(page, words):
    """Click the label of a node, as drawn."""
    settled(page)
    box = page.locator(f"{DRAWING} text").filter(has_text=words).first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_click_on_a_drawn_node_leads_to_its_neighbourhood_and_back(page, explorer):
    go(page, explorer, "graph?node=document:xihu&kind=duty")
    page.wait_for_selector(f"{DRAWING} text:has-text('区民政局')")
    click_in_drawing(page, "区民政局")
    page.wait_for_url("**/graph?node=agency**")
    page.wait_for_selector("strong:text-is('南昌市西湖区民政局')")
    page.go_back()
    page.wait_for_url("**/graph?node=document:xihu&kind=duty")
    page.wait_for_selector("strong:text-matches('健康养老产业')")
    settled(page)
    assert "node=document:xihu" in page.url
    click_in_drawing(page, "区民政局")
    click(page, "text=打开机构页")
    page.wait_for_selector("h3:has-text('南昌市西湖区民政局')")


def test_three_hundred_nodes_are_drawn_and_answer_a_click(page, hostile):
    go(page, hostile, "graph?node=document:evil")
    page.wait_for_selector(f"{DRAWING} text:has-text('指标')")
    assert "300 个节点" in page.inner_text("[data-testid=stMain]")
    name = page.locator(f"{DRAWING} text").filter(has_text=re.compile("^指标[0-9]+率$")).first.text_content()
    click_in_drawing(page, name)
    page.wait_for_url("**/graph?node=metric**")
    page.wait_for_selector(f"strong:text-is('{name}')")
    assert "2 个节点" in page.inner_text("[data-testid=stMain]")


def test_a_fact_of_a_pdf_shows_its_page_beside_it(page, explorer):
    go(page, explorer, "search?q=农田灌溉")
    click(page, "a[href*='fact=quantity']:has(mark) >> nth=0")
    assert "0.62" in quoted(page)
    page.wait_for_selector("text=原件第2页")
    drawn = page.locator("[data-testid=stImage] img")
    assert drawn.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1000
    quote, picture = page.locator("blockquote.kg-quote").bounding_box(), drawn.bounding_box()
    assert picture["x"] > quote["x"] + quote["width"] / 2, "beside the quote, not below it"


def test_search_by_meaning_finds_what_has_other_words(page, explorer):
    go(page, explorer, "search?q=定期上门看望有困难的老人&mode=semantic")
    page.wait_for_selector(".kg-table")
    page.wait_for_selector("[data-testid=stProgress]", state="detached")  # until all texts are covered
    settled(page)
    assert "探访" in page.inner_text(".kg-table")


def test_a_free_query_and_its_table(page, explorer):
    go(page, explorer, "query?mode=free")
    click(page, "button:has-text('运行')")
    page.wait_for_selector(".kg-table")
    assert "kg:verdict-late" in page.inner_text(".kg-table")


def upload(page, explorer, path):
    go(page, explorer, "check")
    page.set_input_files("input[type=file]", str(path))


def test_a_draft_is_checked_and_the_report_taken_along(page, explorer, corpus):
    before = sorted(str(path) for path in corpus.rglob("*"))
    page.add_init_script(STAGES)
    upload(page, explorer, DRAFT)
    page.wait_for_selector("text=下载核对报告")
    settled(page)
    told = [said[0] for said in page.evaluate("window.stages")]
    assert told == sorted(told)
    assert {"1", "2", "3", "4"} >= set(told)
    assert len(told) > 1, "a bar that says more than that something goes on"
    click(page, "summary:has-text('滞后') >> nth=0")
    page.wait_for_selector("details[open] blockquote mark")
    assert in_file(page.locator("details[open] blockquote mark").first.inner_text())
    with page.expect_download() as got:
        click(page, "text=下载核对报告")
    assert any("滞后" in each.text for each in Document(got.value.path()).paragraphs)
    assert sorted(str(path) for path in corpus.rglob("*")) == before
    page.emulate_media(media="print")
    assert page.locator("details blockquote mark").last.is_visible(), "paper cannot be clicked"


def test_a_draft_stays_while_the_officer_looks_elsewhere_until_it_is_discarded(page, explorer):
    upload(page, explorer, DRAFT)
    click(page, "summary:has-text('滞后') >> nth=0")
    click(page, "details[open] >> text=在原文中查看 >> nth=0")
    assert in_file(quoted(page))
    page.go_back()
    page.wait_for_selector("summary:has-text('滞后')")
    click(page, "[data-testid=stSidebar] a:has-text('机构')")
    page.wait_for_selector("h1:has-text('机构')")
    click(page, "[data-testid=stSidebar] a:has-text('查检')")
    page.wait_for_selector("summary:has-text('滞后')")
    click(page, "button:has-text('清除')")
    page.wait_for_selector("text=还没有草案")
    settled(page)
    assert not page.locator("summary").count()


def test_a_draft_that_cannot_be_read_is_refused_in_words(page, explorer, tmp_path):
    broken = tmp_path / "draft.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing follows")
    upload(page, explorer, broken)
    page.wait_for_selector("[data-testid=stAlert]:has-text('pdf')")
    assert not page.locator("[data-testid=stException], [data-testid=stProgress]").count()
    page.set_input_files("input[type=file]", str(DRAFT))
    page.wait_for_selector("text=下载核对报告")


def test_a_hostile_draft_is_shown_and_does_nothing(page, explorer, tmp_path):
    trick = "<img src=x onerror=window.hacked=1>"
    heading = "夯实居家健康养老基础"
    draft = tmp_path / f"{trick}.txt"
    draft.write_bytes(DRAFT.read_bytes().decode("utf-8").replace(heading, heading + trick).encode("utf-8"))
    upload(page, explorer, draft)
    click(page, f"summary:has-text('{heading}{trick}') >> nth=0")
    page.wait_for_selector(f"details[open] .kg-where:has-text('{trick}')")
    assert page.locator("details[open] blockquote mark").count()
    assert not page.evaluate("'hacked' in window")


def test_a_rejected_verdict_leaves_the_graph_and_comes_back_by_undo(page, explorer, corpus):
    def late():
        go(page, explorer)
        return page.locator("a:has(.kg-badge):has-text('滞后')").count()

    assert late()
    go(page, explorer, "compare?upper=nanchang&lower=xihu&verdict=late")
    click(page, ".kg-table tbody tr:first-child a")
    click(page, "text=复核这条结论")
    page.wait_for_selector("button:has-text('驳回')")
    settled(page)
    click(page, "button:has-text('驳回')")
    page.wait_for_selector("text=复核须写明姓名和理由")
    page.fill("input[aria-label='姓名'] >> nth=0", "王科长")
    page.fill("input[aria-label='理由'] >> nth=0", "口径不同")
    click(page, "button:has-text('驳回')")
    page.wait_for_selector("text=图谱已更新")
    assert not late()
    go(page, explorer, "review")
    page.fill("input[aria-label='姓名'] >> nth=1", "王科长")
    page.fill("input[aria-label='理由'] >> nth=1", "弄错了")
    click(page, "button:has-text('撤销')")
    page.wait_for_selector("text=图谱已更新")
    assert late()
    made = read_ledger(corpus / "data" / LEDGER)
    assert [(each.action, each.who) for each in made] == [("reject", "王科长"), ("undo", "王科长")]


# ---------------------------------------------------------------- what anyone expects


def test_a_link_restores_the_page_and_back_goes_back(page, explorer):
    go(page, explorer, "deadlines?year=2025")
    assert page.locator("a[href*='fact=deadline']").count()
    assert page.input_value("input[aria-label*='年份']") == "2025" or "2025" in page.inner_text(
        "[data-testid=stSelectbox] >> nth=0"
    )
    click(page, "a[href*='fact=deadline'] >> nth=0")
    quoted(page)
    page.go_back()
    page.wait_for_url("**/deadlines?year=2025")
    page.wait_for_selector("a[href*='fact=deadline']")
    assert page.locator("strong:text-matches('^2023')").count() == 0


def test_a_page_is_found_again_as_it_was_left(page, explorer):
    go(page, explorer, "search?q=床位")
    page.wait_for_selector(".kg-table")
    click(page, "[data-testid=stSidebar] a:has-text('机构')")
    page.wait_for_url("**/agencies**")
    settled(page)
    click(page, "[data-testid=stSidebar] a:has-text('检索')")
    page.wait_for_url("**/search?q=**")
    page.wait_for_selector(".kg-table")


def test_english_stays_from_page_to_page(page, explorer):
    go(page, explorer, "?lang=en")
    assert page.inner_text("h1") == "Overview"
    click(page, "a:has(.kg-badge) >> nth=0")
    page.wait_for_url("**lang=en**")
    page.wait_for_selector("h1:has-text('Compare')")
    click(page, "[data-testid=stSidebar] a:has-text('中文')")
    page.wait_for_selector("h1:has-text('对照')")


def test_a_row_opens_by_keyboard(page, explorer):
    go(page, explorer, "compare?upper=nanchang&lower=xihu")
    page.focus(".kg-table tbody tr:first-child a")
    page.keyboard.press("Enter")
    page.wait_for_selector("blockquote mark")
    assert re.search("open=[0-9a-f]{12}", page.url)


def test_no_page_is_wider_than_a_phone_and_none_fails(page, explorer):
    page.set_viewport_size({"width": 390, "height": 844})
    wide = {}
    for name in PAGES:
        go(page, explorer, name)
        width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        wide |= {name: width} if width > 390 else {}
        assert page.locator("[data-testid=stException]").all_inner_texts() == []
    assert wide == {}


def test_printing_shows_the_page_without_its_frame(page, explorer):
    go(page, explorer, "compare?upper=nanchang&lower=xihu")
    page.emulate_media(media="print")
    assert not page.is_visible("[data-testid=stSidebar]")
    assert page.is_visible(".kg-table")


def test_a_hostile_document_is_shown_and_does_nothing(page, hostile):
    go(page, hostile, "agencies")
    click(page, ".kg-table a >> nth=0")
    settled(page)
    go(page, hostile, "document?doc=evil")
    shown = page.inner_text(".kg-text")
    assert "<script>window.hacked=1</script>" in shown
    click(page, ".kg-text a >> nth=2")
    quoted(page)
    assert not page.evaluate("'hacked' in window")
    go(page, hostile, "search?q=<img src=x onerror=window.hacked=1>")
    assert page.locator(".kg-table mark").count()
    assert not page.evaluate("'hacked' in window")


def test_a_missing_graph_is_said_in_words(page, missing):
    go(page, missing)
    assert "kg build" in page.inner_text("[data-testid=stMain]")
    assert not page.locator("[data-testid=stException]").count()
