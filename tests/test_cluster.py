"""The extraction stage on a real Dask scheduler and workers: own processes, over TCP, one of them killed."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from kg import corpus
from kg.cluster import read_on
from kg.errors import ClusterError, DocumentError
from kg.kept_records import read_packed
from tests.planted import make, texts

PATIENCE = 60


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """Forty plans of some length, and one file that cannot be read."""
    folder = tmp_path_factory.mktemp("plans")
    for seed in (1, 2):
        for doc, text in texts(make(seed), seed).items():
            (folder / f"{seed}-{doc}.txt").write_text(text * 4, "utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    return corpus.find([folder])[0]


@pytest.fixture(scope="module")
def alone(sources):
    """What one process makes of them."""
    return [read_packed(source) for source in sources]


@pytest.fixture
def cluster():
    """A scheduler and two workers as processes of their own; yields its address and the workers by address."""
    url = f"tcp://127.0.0.1:{_free_port()}"
    scheduler = _started("dask_scheduler", "--host", url, "--no-dashboard")
    workers = [
        _started("dask_worker", url, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--name", name)
        for name in ("first", "second")
    ]
    try:
        yield url, dict(zip(("first", "second"), workers, strict=True))
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def _free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _started(command, *options):
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{command}", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": "."},
    )


def _watch(url):
    from distributed import Client

    watch = Client(url, timeout=PATIENCE, set_as_default=False)
    watch.wait_for_workers(2, timeout=PATIENCE)
    return watch


def _busy_worker(watch):
    """The name of a worker that has files before it right now."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for address, tasks in watch.processing().items():
            if tasks:
                return watch.scheduler_info()["workers"][address]["name"]
        time.sleep(0.01)
    raise AssertionError("no worker was ever at work")


def said(outcomes):
    """What can be compared: records and texts; of errors their words."""
    return [str(each) if isinstance(each, Exception) else each for each in outcomes]


def test_two_workers_give_what_one_process_gives(cluster, sources, alone):
    url, _ = cluster
    with _watch(url):
        outcomes = list(read_on(url, sources))
    assert said(outcomes) == said(alone)
    assert sum(isinstance(each, DocumentError) for each in outcomes) == 1


def test_a_worker_killed_in_mid_work_changes_nothing(cluster, sources, alone):
    url, workers = cluster
    with _watch(url) as watch:
        reading = read_on(url, sources)
        outcomes = [next(reading)]
        killed = workers[_busy_worker(watch)]
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        outcomes += reading
    assert killed.returncode == -signal.SIGKILL
    assert said(outcomes) == said(alone)


def test_where_no_scheduler_answers_it_is_said(monkeypatch, sources):
    monkeypatch.setattr("kg.cluster.PATIENCE", 0.2)
    with pytest.raises(ClusterError, match="--cluster"):
        list(read_on(f"tcp://127.0.0.1:{_free_port()}", sources))
