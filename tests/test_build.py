"""Builds: incremental, repeatable, whole or not at all, and one broken file never stops the others."""

import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from kg.build import GRAPH, build, text_of
from kg.cli import main
from kg.corpus import Source
from kg.errors import GraphError, KgError
from kg.files import only_writer
from kg.stage import attempt

CITY = """甲市人民政府办公室文件

甲府办发〔2021〕3号

南昌市“十四五”养老服务体系建设规划

一、发展目标
到2025年,特殊困难老年人月探访率达到100%,养老机构护理型床位占比达到60%以上。
"""
DISTRICT = """南昌市西湖区“十四五”养老服务体系建设规划

一、发展目标
到2025年,特殊困难老年人月探访率达到90%。
二、主要任务
1.健全体系。落实各项养老服务政策。(责任单位:区民政局、区财政局)
"""


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "in"
    place.mkdir()
    (place / "city.txt").write_text(CITY, "utf-8")
    (place / "district.txt").write_text(DISTRICT, "utf-8")
    return place


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def graph_bytes(out):
    """The whole graph as sorted N-Quads."""
    from kg.store import open_graph

    rows = open_graph(out).select("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")
    return sorted(str(sorted(row.items())) for row in rows)


def test_a_second_build_reads_nothing(folder, out):
    first = build([folder], out)
    second = build([folder], out)
    assert (first.documents, first.read, first.changed) == (2, 2, True)
    assert (second.documents, second.read, second.changed) == (2, 0, False)


def test_one_changed_file_is_read_and_the_result_equals_a_full_build(folder, out, tmp_path):
    build([folder], out)
    (folder / "district.txt").write_text(DISTRICT.replace("90%", "95%"), "utf-8")
    again = build([folder], out)
    assert (again.read, again.changed) == (1, True)
    build([folder], tmp_path / "fresh")
    assert graph_bytes(out) == graph_bytes(tmp_path / "fresh")


def test_processes_give_the_same_graph(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.gather.WORTH_A_POOL", 1)
    build([folder], tmp_path / "one", workers=1)
    build([folder], tmp_path / "two", workers=2)
    assert graph_bytes(tmp_path / "one") == graph_bytes(tmp_path / "two")


def test_a_copy_of_a_text_is_counted_once_and_said(folder, out):
    shutil.copy(folder / "city.txt", folder / "copy.txt")
    built = build([folder], out)
    assert built.documents == 2
    assert any("copy" in note and "city" in note for note in built.notes)


def test_the_same_text_in_another_format_is_counted_once(folder, out):
    paragraphs = "".join(f"<p>{line}</p>" for line in CITY.splitlines() if line)
    (folder / "city.html").write_text(f"<html><body><article>{paragraphs}</article></body></html>", "utf-8")
    assert build([folder], out).documents == 2


def test_a_broken_member_of_an_archive_is_a_fault_and_the_others_are_built(tmp_path, out, capsys):
    with ZipFile(tmp_path / "plans.zip", "w") as archive:
        archive.writestr("city.txt", CITY)
        archive.writestr("broken.txt", b"\x00\x01\x02" * 50)
    assert main(["build", str(tmp_path / "plans.zip"), "--out", str(out)]) == 1
    said = capsys.readouterr()
    assert "broken.txt" in said.err
    assert "1 份文件" in said.out


def test_the_text_of_a_document_is_kept_as_offsets_count_it(folder, out):
    build([folder], out)
    assert text_of(out, "city") == CITY
    assert text_of(out, "nowhere") is None


BROKEN = [
    pytest.param(b"", id="空文件"),
    pytest.param(b"   \n\n", id="只有空白"),
    pytest.param(bytes(range(256)) * 40, id="二进制"),
    pytest.param(b"%PDF-1.7 not really", id="假 PDF"),
]


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_file_is_named_with_a_remedy_and_the_rest_is_built(folder, out, content, capsys):
    (folder / "broken.txt").write_bytes(content)
    assert main(["build", str(folder), "--out", str(out)]) == 1
    said = capsys.readouterr()
    assert "broken.txt" in said.err
    assert len(said.err.strip().splitlines()) >= 2, "fault and remedy"
    assert "2 份文件" in said.out


def test_a_missing_file_is_named_and_the_rest_is_built(folder, out, capsys):
    assert main(["build", str(folder), str(folder / "none.txt"), "--out", str(out)]) == 1
    assert "none.txt" in capsys.readouterr().err
    assert (out / GRAPH / "CURRENT").is_file()


def test_gb18030_text_is_read(folder, out):
    (folder / "gb.txt").write_bytes(DISTRICT.replace("西湖区", "东湖区").encode("gb18030"))
    assert build([folder], out).documents == 3


def test_nothing_to_read_leaves_the_old_graph(folder, out, tmp_path):
    build([folder], out)
    before = graph_bytes(out)
    (tmp_path / "empty").mkdir()
    with pytest.raises(GraphError, match="没有可读的文件"):
        build([tmp_path / "empty"], out)
    assert graph_bytes(out) == before


def test_two_builds_at_once_are_kept_apart(folder, out):
    out.mkdir()
    with only_writer(out), pytest.raises(GraphError, match="另一个构建"):
        build([folder], out)


def test_a_directory_that_cannot_be_read_as_a_file_is_an_error_not_a_crash(tmp_path):
    assert isinstance(attempt(Source(tmp_path)), KgError)


def test_extract_prints_records_that_quote_their_characters(folder, capsys):
    assert main(["extract", str(folder / "district.txt")]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"document", "quantity", "assignment"} <= {record["kind"] for record in records}
    for record in records:
        if record["kind"] != "document":
            assert DISTRICT[record["start"] : record["end"]] == record["quote"]


def test_text_prints_what_offsets_count(folder, capsys):
    assert main(["text", str(folder / "city.txt")]) == 0
    assert capsys.readouterr().out == CITY


def test_the_seed_corpus_is_in_the_repository():
    """The five source files stand in data/corpus, and the manifest names ten documents."""
    from kg.corpus import find, open_source

    sources, faults = find([Path(__file__).parent.parent / "data"])
    assert not faults
    named = sorted(part.doc for source in sources for part in open_source(source).parts)
    assert " ".join(named) == "anhui generic hebei jiangxi jingyuan nanchang national shangqiu taizhou xihu"
