"""Private temporary folders that never outlive their process by much, and what killed programs leave."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_PREFIX = "policy-kg-"


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder only we can read, removed at the end; one left by a killed process is removed too."""
    _sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _sweep(temporary: Path) -> None:
    """Remove our folders whose process is gone (its number stands in the folder's name)."""
    for folder in temporary.glob(f"{_PREFIX}*-*"):
        number = folder.name.removeprefix(_PREFIX).split("-")[0]
        if number.isdecimal() and not _alive(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    """Whether a process of this number runs; someone else's counts, to be safe."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def remove_dead_sockets(since: float) -> None:
    """Remove the sockets that a killed LibreOffice left in /tmp, whatever TMPDIR says.

    since: seconds of the epoch; older ones are not ours. One that anything listens at is kept.
    """
    for path in Path("/tmp").glob(f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_*"):
        with contextlib.suppress(OSError):
            if path.lstat().st_mtime >= since and not _listened(path):
                path.unlink()


def _listened(path: Path) -> bool:
    """Whether any process listens at a socket."""
    import socket  # only for what LibreOffice leaves behind

    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(path))
        except ConnectionRefusedError:
            return False
    return True
