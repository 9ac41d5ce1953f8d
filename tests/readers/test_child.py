import os
import subprocess
import sys

import pytest

from kg.errors import DocumentError
from kg.limits import MB, Limits
from kg.readers import read
from kg.readers.child import _wait, read_in_child


def test_what_a_child_reads_comes_home_whole(files, tmp_path):
    """Places, hints and notes survive the way between processes."""
    from kg.readers.ofd import read_ofd

    text = read_in_child(files / "notice.ofd", "notice.ofd", "ofd", Limits(), tmp_path)
    assert text == read_ofd(files / "notice.ofd", "notice.ofd", Limits())


def test_a_hang_is_stopped(files, tmp_path):
    with pytest.raises(DocumentError, match="已停止"):
        read_in_child(files / "nanchang.pdf", "x", "pdf", Limits(seconds=0.05), tmp_path)


def test_a_child_that_gets_on_is_waited_for(tmp_path):
    """Longer in all than the limit, but never so long without a page done; then it hangs."""
    code = (
        "import sys, time, pathlib\nfor _ in range(4):\n  time.sleep(0.3); pathlib.Path(sys.argv[1]).touch()"
    )
    working = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "pulse")])
    _wait(working, tmp_path, 0.9)
    assert working.returncode == 0
    hanging = subprocess.Popen([sys.executable, "-c", code + "\ntime.sleep(60)", str(tmp_path / "pulse")])
    with pytest.raises(subprocess.TimeoutExpired):
        _wait(hanging, tmp_path, 0.9)
    hanging.kill()
    hanging.wait()


def test_memory_is_bounded(files, tmp_path):
    with pytest.raises(DocumentError, match=r"内存|崩溃"):
        read_in_child(files / "nanchang.pdf", "x", "pdf", Limits(memory_bytes=20 * MB), tmp_path)


def test_a_reader_that_dies_is_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(DocumentError, match="exit 1"):
        read_in_child(tmp_path / "x.pdf", "x.pdf", "pdf", Limits(), tmp_path)


def test_an_unforeseen_error_is_a_fault_of_the_file(tmp_path):
    with pytest.raises(DocumentError, match="FileNotFoundError"):
        read_in_child(tmp_path / "gone.ofd", "gone.ofd", "scan", Limits(), tmp_path)


def test_a_child_cannot_connect():
    """The hook stands between any library and the network."""
    code = (
        "import os, socket; from kg.readers.child import _bind; "
        f"_bind(os.getppid(), 60, {2**32}, {2**20}); "
        "socket.create_connection(('127.0.0.1', 9), 1)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "readers work offline" in done.stderr


def test_a_child_ends_with_its_parent():
    """One whose parent is gone before it binds itself does not start reading."""
    code = f"from kg.readers.child import _bind; _bind({os.getpid() + 100_000}, 60, {2**32}, {2**20}); print('on')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.parametrize("sample", ["notice.docx", "notice.html"])
def test_large_markup_is_read_in_a_child_to_the_same_text(files, sample):
    assert read(files / sample, Limits(in_process_bytes=1)) == read(files / sample)
