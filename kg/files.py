"""Writing files so that nothing half-written is ever left, and one writer at a time."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import GraphError


def write_whole(path: Path, text: str, *, durable: bool = False) -> None:
    """Write `text` as UTF-8, line ends untouched: the old content stays until the new one is whole.

    durable: wait until the disk has it, for what must outlive a power cut.
    """
    write_bytes_whole(path, text.encode("utf-8", "surrogatepass"), durable=durable)


def write_bytes_whole(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Write bytes the same way."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with fresh.open("wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def linked_copy(folder: Path, fresh: Path, unchanging: str) -> None:
    """Copy the files of `folder` to a new folder; those of the suffix `unchanging` as hard links, at no cost.

    Only for files that their writer never changes once they are there. Where the disk knows no hard links
    they are copied too.
    """
    fresh.mkdir()
    for path in sorted(folder.iterdir()):
        if path.suffix == unchanging:
            _link(path, fresh / path.name)
        else:
            shutil.copyfile(path, fresh / path.name)


def _link(path: Path, fresh: Path) -> None:
    try:
        fresh.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, fresh)


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder`; the system lets go of it however the process ends.

    Raises:
        GraphError: another process holds it.
    """
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise GraphError(
                folder,
                "另一个构建正在写这里 (another build is writing here)",
                "等它结束，或用 --out 另选目录 (wait for it, or use --out DIR).",
            ) from error
        yield
