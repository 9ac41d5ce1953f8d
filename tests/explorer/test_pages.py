"""Every page on a small graph: what it shows, what it links to, what it says when there is nothing."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kg.explorer import check as checking
from kg.explorer.shell import GROUPS
from kg.messages import CATALOGUE
from kg.store import write
from tests.explorer.conftest import html, lay_out, show
from tests.explorer.hostile import IMAGE, MARKUP, hostile_plan
from tests.graph_fixtures import TEXTS, knowledge

PAGES = [name for _, group in GROUPS for name, _ in group]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_runs_and_bears_its_name(opened, name, lang):
    test = opened(name, lang=lang)
    assert not test.exception
    assert test.title[0].value == CATALOGUE[f"page.{name}"][lang == "en"]


@pytest.mark.parametrize(
    ("name", "parameters", "shown"),
    [
        ("overview", {}, ["南昌市养老规划", "compare?scope=all&amp;verdict=late", "江西省养老规划"]),
        ("overview", {"level": "county"}, ["document?doc=district"]),
        ("compare", {"upper": "city", "lower": "district"}, ["月探访率", "open="]),
        ("document", {"doc": "city"}, ["kg-text", "月探访率达到100%"]),
        ("metrics", {"q": "月探访率"}, ["月探访率", "document?doc=city"]),
        ("agencies", {}, ["南昌市民政局", "agency="]),
        ("agencies", {"agency": "南昌市民政局"}, ["新增养老床位", "牵头"]),
        ("deadlines", {}, ["2025-06", "document?doc=district"]),
        ("search", {"q": "床位"}, ["<mark>床位</mark>", "document?doc=city"]),
        ("graph", {"node": "document:city"}, ["西湖区行动计划", "agencies?agency="]),
        ("query", {"name": "missing-documents"}, ["江西省养老规划"]),
        ("trace", {"metric": "月探访率"}, ["document?doc=city", "document?doc=district"]),
    ],
)
def test_what_a_page_shows(opened, name, parameters, shown):
    test = opened(name, **parameters)
    assert not test.exception
    for words in shown:
        assert words in html(test), words


def test_an_overview_of_a_level_leaves_the_others_out(opened):
    assert "document?doc=peer" not in html(opened("overview", level="county"))


def test_a_finding_opens_by_its_address_with_both_quotes(opened):
    first = opened("compare", upper="city", lower="district")
    name = html(first).split("open=")[1][:12]
    opened_page = html(opened("compare", upper="city", lower="district", open=name))
    assert opened_page.count("<blockquote>") >= 1
    assert "<mark>" in opened_page
    assert "document?doc=city&amp;fact=quantity-" in opened_page


def test_a_fact_opens_by_its_address(opened):
    marked = html(opened("document", doc="city"))
    fact = marked.split("fact=quantity-")[1][:12]
    page = html(opened("document", doc="city", fact=f"quantity-{fact}"))
    assert 'class="kg-on"' in page
    assert "kg-quote" in page


def test_the_list_of_facts_has_an_address_and_leads_back_into_the_text(opened):
    listed = html(opened("document", doc="city", view="facts"))
    assert "kg-text" not in listed
    first = listed.split('<td data-head="内容">')[1].split("</td>")[0]
    assert "fact=" in first
    assert "view=" not in first
    assert "view=facts" in html(opened("document", doc="city"))


IMAGE_BY_MARKDOWN = "![x](http://192.0.2.1/x.png)"


@pytest.mark.parametrize(
    ("name", "parameter"), [("metrics", "q"), ("agencies", "q"), ("document", "doc"), ("trace", "metric")]
)
def test_words_of_an_address_are_no_markdown(opened, name, parameter):
    test = opened(name, **{parameter: IMAGE_BY_MARKDOWN})
    said = [each.value for kind in ("info", "warning") for each in getattr(test, kind)]
    assert any("192" in words for words in said)
    assert not any(IMAGE_BY_MARKDOWN in words for words in said)


@pytest.mark.parametrize(
    ("name", "parameters", "key"),
    [
        ("compare", {"q": "没有这个指标"}, "empty.filter"),
        ("metrics", {"q": "没有这个指标"}, "empty.metrics"),
        ("agencies", {"q": "没有这个单位"}, "empty.agencies"),
        ("deadlines", {"q": "没有这件事"}, "empty.deadlines"),
        ("search", {}, "search.start"),
        ("search", {"q": "没有这个词"}, "empty.search"),
        ("check", {}, "check.waiting"),
        ("review", {}, "review.elsewhere"),
    ],
)
def test_an_empty_page_says_what_to_do(opened, name, parameters, key):
    test = opened(name, **parameters)
    words = parameters.get("q", "")
    assert CATALOGUE[key][0].format(words=words) in [each.value for each in test.info]


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("compare", {"upper": "nobody", "lower": "nobody", "verdict": "nothing", "open": "x", "part": "-3"}),
        ("document", {"doc": "nobody", "fact": "nothing", "kind": "nothing"}),
        ("trace", {"metric": "没有这个指标"}),
        ("graph", {"node": "nobody", "hops": "99"}),
        ("query", {"name": "nothing", "mode": "nothing"}),
        ("search", {"q": "床位", "part": "99", "level": "nothing"}),
        ("metrics", {"id": "nothing"}),
        ("deadlines", {"year": "1066"}),
    ],
)
def test_a_wrong_address_is_no_fault(opened, name, parameters):
    test = opened(name, **parameters)
    assert not test.exception
    assert test.title


def test_a_choice_goes_into_the_address_and_the_default_does_not(opened):
    test = opened("deadlines")
    assert "year" not in test.query_params
    test.selectbox[0].select("2025").run()
    assert test.query_params["year"] == "2025"
    test.selectbox[0].select("").run()
    assert "year" not in test.query_params


def test_the_address_changes_the_choice_again(opened):
    test = opened("deadlines", year="2025")
    assert test.selectbox[0].value == "2025"
    del test.query_params["year"]
    test.run()
    assert test.selectbox[0].value == ""


def test_filters_narrow_the_list(opened):
    every = opened("compare", scope="all")
    verdicts = every.multiselect[0]
    before = html(every).count("<tr")
    verdicts.select("late").run()
    assert html(every).count("<tr") < before
    assert every.query_params["verdict"] == "late"


DRAFT = "西湖区养老行动计划（征求意见稿）\n根据《南昌市养老规划》。到2025年月探访率80%。\n".encode()


def with_a_draft(small, monkeypatch, content=DRAFT, name="draft.txt"):
    """The check page with a draft; `away` in its session shows another page."""
    monkeypatch.setenv("KG_GRAPH", str(small))
    script = "import streamlit as st\nfrom kg.explorer import check\n"
    script += "st.write('elsewhere') if 'away' in st.session_state else check.page()\n"
    test = AppTest.from_string(script, default_timeout=60).run()
    test.file_uploader[0].upload(name, content)
    return test


def test_a_check_tells_its_stages_in_order(small, monkeypatch):
    told = []
    monkeypatch.setattr(checking, "say", lambda key, **values: told.append(key) or key)
    assert not with_a_draft(small, monkeypatch).run().exception
    stages = [key.removeprefix("check.stage.") for key in told if key.startswith("check.stage.")]
    assert stages == ["read", "extract", "link", "compare"]


@pytest.mark.parametrize("suffix", ["txt", "docx", "pdf", "html", "ofd"])
def test_a_draft_of_any_format_is_read(small, monkeypatch, suffix):
    path = Path(__file__).parent.parent / "files" / f"notice.{suffix}"
    test = with_a_draft(small, monkeypatch, path.read_bytes(), path.name).run()
    assert not test.exception
    assert test.subheader[0].value == "丰城市推动大规模设备更新实施方案"


def test_a_draft_that_nothing_governs_is_not_called_fine(small, monkeypatch):
    test = with_a_draft(small, monkeypatch, "行动计划\n到2025年月探访率80%。\n".encode()).run()
    assert CATALOGUE["check.unheld"][0] in [each.value for each in test.warning]
    assert CATALOGUE["check.nothing"][0] not in [each.value for each in test.caption]


def test_a_draft_stays_until_it_is_discarded_and_nobody_reviews_it(small, monkeypatch):
    test = with_a_draft(small, monkeypatch).run()
    lines = [each.label for each in test.expander]
    assert any("低于" in line for line in lines)
    assert "review?" not in html(test)
    test.session_state["away"] = True
    assert not test.run().expander
    del test.session_state["away"]
    assert [each.label for each in test.run().expander] == lines
    test.button[0].click().run()
    assert not test.expander
    assert CATALOGUE["check.waiting"][0] in [each.value for each in test.info]


@pytest.fixture(scope="module")
def evil(tmp_path_factory):
    return lay_out(tmp_path_factory.mktemp("evil"), *hostile_plan(facts=20))


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        *((name, {}) for name in PAGES),
        ("document", {"doc": "evil"}),
        ("metrics", {"id": "m0"}),
        ("metrics", {"id": "m1"}),
        ("agencies", {"agency": f"{IMAGE}局"}),
        ("search", {"q": "<"}),
        ("search", {"q": MARKUP}),
        ("trace", {"metric": MARKUP}),
        ("graph", {"node": "metric:m2"}),
        ("query", {"name": "targets-of-plan", "doc": "evil"}),
    ],
)
def test_nothing_in_a_document_becomes_markup(evil, monkeypatch, name, parameters):
    monkeypatch.setenv("KG_GRAPH", str(evil))
    test = show(name, **parameters)
    assert not test.exception
    assert not re.search(
        "<(script|img|svg)|javascript:window", html(test).replace("[点这里](javascript:", "")
    )
    for kind in ("markdown", "caption", "warning", "info"):
        assert not any(re.search(r"(?<!\\)<(script|img|svg)", each.value) for each in getattr(test, kind))


def test_the_pages_follow_a_new_build(tmp_path, monkeypatch):
    folder = lay_out(tmp_path, knowledge(), TEXTS)
    monkeypatch.setenv("KG_GRAPH", str(folder))
    assert "verdict=late" in html(show("overview"))
    write(replace(knowledge(), findings=()), TEXTS, folder / "graph")
    test = show("overview")
    assert "verdict=late" not in html(test)
    assert CATALOGUE["overview.changes"][0] in [each.value for each in test.subheader]
    assert CATALOGUE["empty.findings"][0] in [each.value for each in test.info]
