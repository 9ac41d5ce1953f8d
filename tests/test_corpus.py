"""The corpus: manifest, files without an entry, ids, and clear words about what is wrong."""

import pytest

from kg.corpus import document_id, find, open_source
from kg.errors import DocumentError, ManifestError

PLAN = "甲市养老服务规划\n一、总体要求\n到2025年,覆盖率达到90%。\n"
COMPILATION = "合集\n篇一:发展目标\n第一篇的正文。\n篇二:发展目标\n第二篇的正文。\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(PLAN, "utf-8")
    (tmp_path / "corpus" / "six.txt").write_text(COMPILATION, "utf-8")
    return tmp_path


def manifest(folder, text):
    (folder / "corpus.toml").write_text(text, "utf-8")


def ids(folder):
    sources, faults = find([folder])
    return sorted(part.doc for source in sources for part in open_source(source).parts), faults


def test_files_without_a_manifest_get_ids_from_their_names(folder):
    assert ids(folder) == (["a", "six-1", "six-2"], [])


def test_the_manifest_names_documents_and_pieces(folder):
    manifest(
        folder,
        '[[document]]\nid = "甲"\nfile = "corpus/a.txt"\nlevel = "prefecture"\nreason = "x"\n'
        '[[document]]\nid = "二"\nfile = "corpus/six.txt"\npiece = 2\n',
    )
    sources, faults = find([folder])
    found = {part.doc: part for source in sources for part in open_source(source).parts}
    assert (set(found), faults) == ({"甲", "二"}, [])
    assert found["甲"].stated == {"level": "prefecture", "reason": "x"}
    assert found["二"].text.characters[found["二"].start : found["二"].end].strip().endswith("第二篇的正文。")


def test_a_file_added_without_touching_the_manifest_is_read_too(folder):
    manifest(folder, '[[document]]\nid = "a"\nfile = "corpus/a.txt"\n')
    (folder / "corpus" / "新规划.txt").write_text(PLAN, "utf-8")
    assert ids(folder)[0] == ["a", "six-1", "six-2", "新规划"]


def test_one_file_of_the_corpus_keeps_its_id(folder):
    manifest(folder, '[[document]]\nid = "named"\nfile = "corpus/a.txt"\n')
    sources, _ = find([folder / "corpus" / "a.txt"])
    assert [part.doc for part in open_source(sources[0]).parts] == ["named"]


def test_two_files_of_one_name_keep_their_own_ids(folder):
    (folder / "corpus" / "2024").mkdir()
    (folder / "corpus" / "2024" / "a.txt").write_text(PLAN, "utf-8")
    (folder / "corpus" / "a.html").write_text(f"<p>{PLAN}</p>", "utf-8")
    assert ids(folder)[0] == ["a", "a-txt-1", "corpus-a", "six-1", "six-2"]


def test_a_pattern_gives_the_files_it_matches(folder):
    (folder / "corpus" / "b.md").write_text(PLAN, "utf-8")
    sources, faults = find([folder / "corpus" / "*.txt"])
    assert ([source.path.name for source in sources], faults) == (["a.txt", "six.txt"], [])


def test_a_pattern_that_matches_nothing_is_said(folder):
    _, faults = find([folder / "*.docx"])
    assert "没有文件符合" in str(faults[0])


def test_a_list_names_files_with_what_is_known_of_them(folder):
    table = folder / "list.csv"
    table.write_text(
        "file,id,level,reason\ncorpus/a.txt,甲,prefecture,来文登记\ncorpus/none.txt,乙,,\n", "utf-8-sig"
    )
    sources, faults = find([table])
    (part,) = open_source(sources[0]).parts
    assert (part.doc, part.stated) == ("甲", {"level": "prefecture", "reason": "来文登记"})
    assert [("乙" in str(fault), "不存在" in str(fault)) for fault in faults] == [(True, True)]


BROKEN = [
    pytest.param('[[document]]\nid = "b"\nfile = "corpus/none.txt"\n', "文件不存在", id="缺文件"),
    pytest.param('[[document]]\nid = "b"\n', "缺少 id 或 file", id="缺字段"),
    pytest.param(
        '[[document]]\nid = "b"\nfile = "corpus/a.txt"\ncolour = "red"\n', "不认识的字段", id="错字段"
    ),
    pytest.param('[[document]\nid = "b"', "TOML", id="坏清单"),
    pytest.param(
        '[[document]]\nid = "b"\nfile = "corpus/a.txt"\n[[document]]\nid = "b"\nfile = "corpus/six.txt"\n',
        "重复",
        id="重复",
    ),
]


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_a_broken_manifest_is_reported_and_the_rest_is_found(folder, text, said):
    manifest(folder, text)
    sources, faults = find([folder])
    assert [type(fault) for fault in faults] == [ManifestError]
    assert said in str(faults[0])
    assert faults[0].remedy
    assert {source.path.name for source in sources} >= {"a.txt"}


def test_a_piece_that_the_file_lacks_is_an_error_of_that_file(folder):
    manifest(folder, '[[document]]\nid = "b"\nfile = "corpus/six.txt"\npiece = 7\n')
    sources, _ = find([folder])
    with pytest.raises(DocumentError, match="第 7 篇"):
        [open_source(source) for source in sources]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a b", "a-b"),
        ("规划 (试行)", "规划-试行"),
        ("../../etc", "etc"),
        ("***", "document"),
        ("x.2023", "x.2023"),
    ],
)
def test_document_id(name, expected):
    assert document_id(name) == expected
