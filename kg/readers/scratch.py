"""Private temporary folders that never outlive their process by much, and what killed programs leave."""

import contextlib
import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tempfile

_PREFIX = "policy-kg-"


@contextlib.contextmanager
def scratch() -> Iterator[Callable[[], Path]]:
    """A folder only we can read, made when it is first asked for and removed at the end.

    One left by a killed process is removed too.
    """
    with contextlib.ExitStack() as made:
        yield cache(lambda: Path(made.enter_context(_folder())))


def _folder() -> "tempfile.TemporaryDirectory[str]":
    import tempfile  # it brings much with it that a plain text does not need

    _sweep(Path(tempfile.gettempdir()))
    return tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True)


def _sweep(temporary: Path) -> None:
    """Remove our folders whose process is gone (its number stands in the folder's name)."""
    import shutil

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
