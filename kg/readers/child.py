"""One file read in a process of its own, with bounds on time and memory and without the network.

A hang, a crash or a memory blow-up inside a parser then costs that one file, never the build. The
child answers in a JSON file in its private folder, so nothing its libraries print is taken for it.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import kg
from kg.errors import DocumentError
from kg.limits import MB, Limits
from kg.readers.base import Anchor, Text
from kg.readers.messages import refusal
from kg.readers.pulse import last_beat, set_pulse
from kg.readers.scratch import remove_dead_sockets

_PACKAGES = str(Path(kg.__file__).parents[1])
_ANSWER = "answer.json"
_PULSE = "pulse"
_OUT_OF_MEMORY = 77
#: seconds that a killed process group may take to vanish
_DYING = 3.0
_DIE_WITH_PARENT = 1


def read_in_child(path: Path, name: str, fmt: str, limits: Limits, folder: Path) -> Text:
    """Read one file with the reader of `fmt` in a child process.

    folder: an empty folder for the child alone; the caller removes it.

    Raises:
        DocumentError: what the reader refused, or that it hung, crashed or ran out of memory.
    """
    request = {"path": str(path), "name": name, "format": fmt, "limits": asdict(limits)}
    (folder / "request.json").write_text(json.dumps(request))
    started = time.time()
    process = _start(folder)
    try:
        _wait(process, folder, limits.seconds)
    except subprocess.TimeoutExpired as e:
        raise refusal(name, "timeout", seconds=round(limits.seconds)) from e
    finally:
        _end(process)
        if fmt == "doc":
            remove_dead_sockets(started)
    if process.returncode == _OUT_OF_MEMORY:
        raise refusal(name, "memory", limit=_memory(fmt, limits) // MB)
    return _answer(folder / _ANSWER, name, process.returncode)


def _start(folder: Path) -> "subprocess.Popen[bytes]":
    """The child, leader of its own process group so that whatever it starts ends with it."""
    paths = [_PACKAGES, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "TMPDIR": str(folder)}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "kg.readers.child", str(folder), str(os.getpid())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )


def _wait(process: "subprocess.Popen[bytes]", folder: Path, seconds: float) -> None:
    """Wait for the child's end; TimeoutExpired once it has shown no sign of life for so long."""
    started = time.time()
    while True:
        try:
            process.wait(min(seconds, 0.5))
            return
        except subprocess.TimeoutExpired:
            if time.time() - max(started, last_beat(folder / _PULSE)) >= seconds:
                raise


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Stop the child and everything it started, and see it gone."""
    deadline = time.time() + _DYING
    with contextlib.suppress(ProcessLookupError, PermissionError):
        while True:
            os.killpg(process.pid, signal.SIGKILL)
            process.poll()
            if time.time() > deadline:
                break
            time.sleep(0.01)
    process.wait()


def _answer(path: Path, name: str, code: int) -> Text:
    """The Text or the refusal that the child wrote; a crash when it wrote none."""
    try:
        answer = json.loads(path.read_text("ascii"))
    except (OSError, ValueError) as e:
        reason = signal.Signals(-code).name if code < 0 else f"exit {code}"
        raise refusal(name, "crashed", reason=reason) from e
    if "refused" in answer:
        raise DocumentError(*answer["refused"])
    if "failed" in answer:
        raise refusal(name, "crashed", reason=answer["failed"])
    return _text(answer["text"])


def _text(row: dict[str, Any]) -> Text:
    """The reverse of `asdict` on a Text."""
    places = tuple(
        Anchor(start, label, page, tuple(box) if box else None, confidence)
        for start, label, page, box, confidence in row["places"]
    )
    pairs = tuple((key, value) for key, value in row["hints"])
    return Text(
        row["name"], row["characters"], row["format"], row["encoding"], places, pairs, tuple(row["notes"])
    )


def _memory(fmt: str, limits: Limits) -> int:
    return limits.office_memory_bytes if fmt == "doc" else limits.memory_bytes


def main(folder: Path, parent: int) -> int:
    """What the child does: read the request, bind itself, read the file, write the answer."""
    request = json.loads((folder / "request.json").read_text("ascii"))
    limits = Limits(**request["limits"])
    seconds = limits.seconds * (limits.ocr_pages + 1)  # a backstop: the parent watches the clock
    _bind(parent, seconds, _memory(request["format"], limits), limits.unpacked_bytes)
    set_pulse(folder / _PULSE)
    from kg.readers import reader_of

    try:
        text = reader_of(request["format"])(Path(request["path"]), request["name"], limits)
        answer: dict[str, Any] = {"text": _row(text)}
    except DocumentError as e:
        answer = {"refused": [e.where, e.fault, e.remedy]}
    except MemoryError:
        return _OUT_OF_MEMORY
    except Exception as e:
        answer = {"failed": f"{type(e).__name__}: {e}"[:200]}
    (folder / _ANSWER).write_text(json.dumps(answer), "ascii")
    return 0


def _row(text: Text) -> dict[str, Any]:
    """A Text as JSON values; places as short lists, since scans have thousands."""
    row = {
        slot: getattr(text, slot) for slot in ("name", "characters", "format", "encoding", "hints", "notes")
    }
    row["places"] = [[a.start, a.label, a.page, a.box, a.confidence] for a in text.places]
    return row


def _bind(parent: int, seconds: float, memory: int, file_bytes: int) -> None:
    """Bound this process and those it starts; end with the parent; refuse every connection."""
    processor_seconds = int(seconds * (os.cpu_count() or 1)) + 1
    for bound, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, processor_seconds),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(bound)[1]
        resource.setrlimit(bound, (value if hard < 0 else min(value, hard), hard))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit(1)
    sys.addaudithook(_refuse_connections)


def _refuse_connections(event: str, _: tuple[object, ...]) -> None:
    """An audit hook: reading a document never needs the network."""
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise PermissionError("readers work offline")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
