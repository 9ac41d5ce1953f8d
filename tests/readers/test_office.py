import os
import sys
import tempfile
from pathlib import Path

import pytest

from kg.errors import DocumentError
from kg.limits import Limits
from kg.readers import read
from kg.readers.office import find_office, read_doc

needs_office = pytest.mark.skipif(
    find_office() is None, reason="LibreOffice is not installed on this machine"
)


@needs_office
@pytest.mark.parametrize("suffix", ["doc", "odt"])
def test_office_formats_read_like_docx(files, suffix):
    (text,) = read(files / f"notice.{suffix}")
    (docx,) = read(files / "notice.docx")
    assert (text.format, text.characters) == ("doc", docx.characters)
    assert any("LibreOffice" in note for note in text.notes)


@needs_office
def test_a_wps_file_is_a_doc_under_another_name(files, tmp_path):
    (tmp_path / "plan.wps").write_bytes((files / "notice.doc").read_bytes())
    assert "丰府办发〔2024〕7号" in read(tmp_path / "plan.wps")[0].characters


def test_without_libreoffice_the_remedy_is_named(files, monkeypatch):
    monkeypatch.setattr("kg.readers.office.find_office", lambda: None)
    with pytest.raises(DocumentError, match="另存为 docx"):
        read_doc(files / "notice.doc", "notice.doc", Limits())


def test_a_converter_that_gives_nothing_is_reported(files, monkeypatch):
    monkeypatch.setattr("kg.readers.office.find_office", lambda: "true")
    with pytest.raises(DocumentError, match="未能转换"):
        read_doc(files / "notice.doc", "notice.doc", Limits())


def test_a_converter_that_hangs_is_stopped(files, tmp_path, monkeypatch):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr("kg.readers.office.find_office", lambda: str(slow))
    with pytest.raises(DocumentError, match="超过 0 秒"):
        read_doc(files / "notice.doc", "notice.doc", Limits(seconds=0.2))


HANGING = """#!{python}
import os, socket, sys, time
socket.socket(socket.AF_UNIX).bind(sys.argv[0] + ".started")
server = socket.socket(socket.AF_UNIX)
server.bind(f"/tmp/OSL_PIPE_{{os.getuid()}}_SingleOfficeIPC_test{{os.getppid()}}")
server.listen()
time.sleep(600)
"""


def test_a_stopped_conversion_leaves_nothing(files, tmp_path, monkeypatch):
    """Neither a folder nor the socket that LibreOffice makes in /tmp, whatever TMPDIR says."""
    slow = tmp_path / "soffice"
    slow.write_text(HANGING.format(python=sys.executable))
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(DocumentError, match="已停止"):
        read(files / "notice.doc", Limits(seconds=4))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["soffice", "soffice.started"]
    assert list(Path("/tmp").glob("OSL_PIPE_*_SingleOfficeIPC_test*")) == []
