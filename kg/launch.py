"""Starting the explorer as a process of its own, and knowing when it answers."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from kg.errors import GraphError

APP = Path(__file__).resolve().parent.parent / "app.py"
#: seconds the explorer may take to answer for the first time
PATIENCE = 60.0
_SETTINGS = (
    "--server.headless=true",
    "--server.address=127.0.0.1",
    "--browser.gatherUsageStats=false",
    "--server.fileWatcherType=none",
    "--client.toolbarMode=minimal",
    "--theme.primaryColor=#0072B2",
)


def start(graph: str, port: int | None = None) -> tuple[subprocess.Popen[bytes], str]:
    """Start the explorer on a graph; its process and its address. It listens on this machine only."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(APP), f"--server.port={port}", *_SETTINGS]
    process = subprocess.Popen(command, env=os.environ | {"KG_GRAPH": graph}, stdout=subprocess.DEVNULL)
    return process, f"http://127.0.0.1:{port}"


def wait_until_it_answers(process: subprocess.Popen[bytes], url: str) -> None:
    """Return when the explorer is healthy.

    Raises:
        GraphError: it ended, or did not answer in time.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    fault = "浏览器界面没有启动 (the explorer did not start)"
    raise GraphError(url, fault, "查看上面的输出，或换 --port (see its output, or try another --port).")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the explorer, firmly if it will not."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """8501, Streamlit's own, or any other free port of this machine."""
    for wanted in (8501, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise GraphError("127.0.0.1", "没有空闲端口 (no free port)", "用 --port 指定一个 (name one with --port).")
