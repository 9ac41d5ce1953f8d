"""A real server process on loopback, on a small graph and with short limits."""

import socket
import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from kg.model import Document, Knowledge
from kg.store import write

TITLE = "南昌市养老服务体系建设“十四五”规划"


@pytest.fixture(scope="package")
def endpoint(tmp_path_factory):
    """A server on a small graph, with short limits."""
    folder = tmp_path_factory.mktemp("graph")
    documents = tuple(
        Document(doc=name, start=0, end=9, quote="", title=TITLE, id=f"document-{name}") for name in "abc"
    )
    write(Knowledge(documents=documents), {}, folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = (
        "import sys, uvicorn; from kg.server.app import make_app; from kg.server.worker import Bounds\n"
        "if __name__ == '__main__': uvicorn.run(make_app(sys.argv[1], 2, Bounds(seconds=3, result_bytes=200_000)),"
        " port=int(sys.argv[2]), log_level='error')"
    )
    runner = folder / "serve.py"
    runner.write_text(script, "utf-8")
    process = subprocess.Popen([sys.executable, str(runner), str(folder), str(port)])
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urlopen(f"{url}/health", timeout=2).read()
            break
        except (OSError, HTTPError):
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(10)
