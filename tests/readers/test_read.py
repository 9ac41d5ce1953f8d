import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from kg.errors import DocumentError
from kg.limits import Limits
from kg.readers import read

CORPUS = Path(__file__).parents[2] / "data/corpus"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_utf8_text_is_what_python_reads(path):
    (text,) = read(path)
    with open(path, encoding="utf-8", newline="") as stream:
        assert text.characters == stream.read()
    assert (text.name, text.format, text.encoding) == (path.name, "txt", "utf-8")


NOTICE = ["丰城市推动大规模设备更新实施方案", "丰府办发〔2024〕7号", "0.8‰", "有效期至2027年12月31日"]
ROWS = [
    "工业\t设备投资增速(%)\t12\t25",
    "\t关键工序数控化率(%)\t70\t75",
    "交通\t新能源公交车占比(%)\t80\t100",
]


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf", "ofd"])
def test_one_notice_reads_alike_in_every_format(files, suffix):
    """Same sentences, same table rows, the merged cell once, whatever the format."""
    (text,) = read(files / f"notice.{suffix}")
    flat = text.characters.replace("\n", "")
    assert [part for part in NOTICE if part not in flat] == []
    lines = [line.replace("（", "(").replace("）", ")") for line in text.characters.split("\n")]
    assert [row for row in ROWS if row not in lines] == []
    assert text.format == suffix


def refused(path: Path, limits: Limits | None = None) -> str:
    """The fault that reading this file gives, which names the file and a remedy."""
    with pytest.raises(DocumentError) as caught:
        read(path, limits or Limits())
    assert caught.value.where == str(path)
    assert caught.value.remedy
    return caught.value.fault


def test_missing_file(tmp_path):
    assert "不存在" in refused(tmp_path / "nothing.txt")


def test_folder(tmp_path):
    assert "文件夹" in refused(tmp_path)


def test_empty_file(tmp_path):
    (tmp_path / "empty.txt").touch()
    assert "空" in refused(tmp_path / "empty.txt")


def test_blank_file(tmp_path):
    (tmp_path / "blank.txt").write_text(" \n\n\t\n")
    assert "没有可读的文字" in refused(tmp_path / "blank.txt")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert "不是普通文件" in refused(tmp_path / "pipe.txt")


def test_a_file_without_permission(tmp_path, monkeypatch):
    """Tests may run as root, who may read everything: the refusal is made by hand."""
    path = tmp_path / "plan.txt"
    path.write_text("目标")

    def forbid(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbid)
    assert "权限" in refused(path)


def test_500_megabytes_are_refused_by_size_alone(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(500 * 2**20)
    assert "500 MB" in refused(path)


def test_limits_can_be_set(tmp_path):
    (tmp_path / "plan.txt").write_text("目标" * 100)
    assert "字数太多" in refused(tmp_path / "plan.txt", Limits(characters=100))


WRONG = [
    ("notice.pdf", "plan.txt", "pdf"),
    ("notice.docx", "plan.doc", "docx"),
    ("notice.txt", "plan.docx", "txt"),
]


@pytest.mark.parametrize(("sample", "name", "fmt"), WRONG)
def test_content_decides_over_the_extension(files, tmp_path, sample, name, fmt):
    (tmp_path / name).write_bytes((files / sample).read_bytes())
    (text,) = read(tmp_path / name)
    assert text.format == fmt
    assert any(f"内容是 {fmt}" in note for note in text.notes)


def test_a_broken_pdf_is_no_text(tmp_path):
    (tmp_path / "plan.pdf").write_bytes(b"1 0 obj << /Type /Catalog >> endobj " * 20)
    assert "pdf" in refused(tmp_path / "plan.pdf")


def test_control_and_direction_characters_are_kept_and_said(tmp_path):
    (tmp_path / "plan.txt").write_text("目标\u202e%06\u202c达到\x07100%", "utf-8")
    (text,) = read(tmp_path / "plan.txt")
    assert text.characters == "目标\u202e%06\u202c达到\x07100%"
    assert len(text.notes) == 2


def test_a_zip_gives_its_documents_and_names_its_faults(make_zip, files):
    """Chinese names in GB18030, litter passed over, nested archives, what cannot be read is said."""
    inner = make_zip("inner.zip", {"市级/规划.txt": "市级目标"}).read_bytes()
    members = {"__MACOSX/._a.txt": b"x", "a.exe": b"MZ\x00\x01", "甲.txt": "县级目标", "内.zip": inner}
    texts = read(make_zip("汇编.zip", members))
    assert [text.name for text in texts] == ["汇编.zip/内.zip/市级/规划.txt", "汇编.zip/甲.txt"]
    assert all(any("a.exe" in note for note in text.notes) for text in texts)


def test_nothing_is_left_in_the_temporary_folder(files, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read(files / "notice.pdf")
    with pytest.raises(DocumentError):
        read(files / "notice.pdf", Limits(seconds=0.01))
    assert list(tmp_path.iterdir()) == []


def test_a_dead_process_folder_is_removed(files, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / f"policy-kg-{dead.pid}-x").mkdir()
    (tmp_path / f"policy-kg-{os.getpid()}-x").mkdir()
    read(files / "notice.pdf")
    assert [path.name for path in tmp_path.iterdir()] == [f"policy-kg-{os.getpid()}-x"]


def test_importing_the_readers_is_light():
    """No format's library is loaded before a file of that format comes."""
    heavy = "pypdfium2 numpy PIL cv2 rapidocr lxml zipfile tempfile kg.readers.pdf kg.readers.docx subprocess"
    code = f"import sys, kg.readers; print(*(m for m in '{heavy}'.split() if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
