"""A draft goes into the corpus only when told to, never over another file, and not where the build fails."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kg import queries
from kg.build import build
from kg.errors import GraphError, UsageError
from kg.explorer import storing
from kg.messages import CATALOGUE
from kg.store import open_graph

CITY = "南昌市养老服务规划\n二、目标\n到2025年，特殊困难老年人月探访率达到100%。\n"
DRAFT = "南昌市西湖区养老服务行动计划（征求意见稿）\n到2025年，特殊困难老年人月探访率达到80%。\n"


@pytest.fixture
def built(tmp_path):
    """A folder of one plan and its build."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "city.txt").write_text(CITY, "utf-8")
    build([tmp_path / "plans"], tmp_path / "build")
    return tmp_path


def documents(folder):
    return sorted(each.doc for each in queries.documents(open_graph(folder / "build")))


def test_a_stored_draft_is_in_the_graph(built):
    path = storing.store(str(built / "build"), "district.txt", DRAFT.encode())
    assert path == built / "plans" / "drafts" / "district.txt"
    assert path.read_text("utf-8") == DRAFT
    assert documents(built) == ["city", "district"]
    assert [each.verdict for each in queries.findings(open_graph(built / "build"))] == ["short"]


def test_nothing_is_written_over(built):
    storing.store(str(built / "build"), "district.txt", DRAFT.encode())
    with pytest.raises(UsageError, match="同名"):
        storing.store(str(built / "build"), "district.txt", b"another")
    assert (built / "plans" / "drafts" / "district.txt").read_text("utf-8") == DRAFT


@pytest.mark.parametrize("name", ["../../up.txt", "/tmp/up.txt", ""])
def test_a_name_leads_nowhere_else(built, name):
    path = storing.store(str(built / "build"), name, DRAFT.encode())
    assert path.parent == built / "plans" / "drafts"


def test_a_failed_build_takes_the_draft_out_again(built, monkeypatch):
    def failing(_where):
        raise GraphError("build", "no", "try again")

    monkeypatch.setattr(storing, "follow", failing)
    with pytest.raises(GraphError):
        storing.store(str(built / "build"), "district.txt", DRAFT.encode())
    assert not list((built / "plans" / "drafts").iterdir())


def test_where_there_is_no_folder_nothing_is_offered(built):
    build([built / "plans" / "city.txt"], built / "alone")
    assert storing.home_of(str(built / "alone")) is None
    assert storing.home_of("http://127.0.0.1:7878") is None
    with pytest.raises(UsageError):
        storing.store(str(built / "alone"), "district.txt", DRAFT.encode())


def test_the_page_stores_only_when_the_button_is_pressed(built, monkeypatch):
    monkeypatch.setenv("KG_GRAPH", str(built / "build"))
    test = AppTest.from_string("from kg.explorer import check\ncheck.page()\n", default_timeout=60).run()
    test.file_uploader[0].upload("district.txt", DRAFT.encode())
    test.run()
    assert documents(built) == ["city"]
    button = next(each for each in test.button if each.label == CATALOGUE["check.store"][0])
    button.click().run()
    assert not test.exception
    assert documents(built) == ["city", "district"]
    assert Path(built / "plans" / "drafts" / "district.txt").is_file()
