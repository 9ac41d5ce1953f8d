"""The built graph changes in one step or not at all, and a server holds the same."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest

from kg import queries, remote
from kg.errors import GraphError, UsageError
from kg.files import only_writer
from kg.source import RemoteGraph
from kg.store import (
    current,
    endpoint,
    open_graph,
    open_memory,
    vocabulary_quads,
    write,
    write_remote,
)
from kg.vocabulary import graph_iri
from tests.graph_fixtures import TEXTS, knowledge


def smaller():
    """The fixture without the peer's plan."""
    known = knowledge()
    return replace(
        known,
        documents=known.documents[:2],
        quantities=tuple(each for each in known.quantities if each.doc != "peer"),
        concept_of={key: value for key, value in known.concept_of.items() if key[0] != "peer"},
        findings=known.findings[:3],
    )


def documents(source):
    return [each.doc for each in queries.documents(source)]


def test_write_then_read(tmp_path):
    write(knowledge(), TEXTS, tmp_path / "graph")
    assert documents(open_graph(tmp_path / "graph")) == ["city", "district", "peer"]
    assert documents(open_graph(tmp_path)) == ["city", "district", "peer"]


def test_a_reader_keeps_the_graph_it_opened(tmp_path):
    write(knowledge(), TEXTS, tmp_path)
    before = open_graph(tmp_path)
    write(smaller(), TEXTS, tmp_path)
    assert documents(before) == ["city", "district", "peer"]
    assert documents(open_graph(tmp_path)) == ["city", "district"]


def test_the_same_again_changes_nothing(tmp_path):
    first = write(knowledge(), TEXTS, tmp_path)
    assert write(knowledge(), TEXTS, tmp_path) == first
    assert documents(open_graph(tmp_path)) == ["city", "district", "peer"]


def test_old_builds_go_but_the_last(tmp_path):
    first = write(knowledge(), TEXTS, tmp_path)
    second = write(smaller(), TEXTS, tmp_path)
    third = write(replace(smaller(), goals=()), TEXTS, tmp_path)
    assert sorted(tmp_path.glob("store-*")) == sorted([second, third])
    assert not first.exists()


def test_leftovers_of_a_killed_build_are_swept(tmp_path):
    (tmp_path / "building-1").mkdir(parents=True)
    (tmp_path / "building-1" / "half").write_text("x")
    write(knowledge(), TEXTS, tmp_path)
    assert not list(tmp_path.glob("building-*"))


@pytest.mark.parametrize("step", ["_filled", "_point", "replace"])
def test_a_build_killed_at_any_step_leaves_the_old_graph(tmp_path, step):
    """The process is killed with SIGKILL inside each step; the next reader and the next build go on."""
    write(knowledge(), TEXTS, tmp_path)
    script = f"""
import os, signal, sys
from pathlib import Path
from kg import files, store
from tests.test_store import smaller
def die(*args, **kwargs): os.kill(os.getpid(), signal.SIGKILL)
if {step!r} == "replace": Path.replace = die
elif {step!r} == "_filled":
    told = store._told
    store._told = lambda *a: (quad if n < 300 else die() for n, quad in enumerate(told(*a)))
else: setattr(store, {step!r}, die)
store.write(smaller(), {{}}, Path({str(tmp_path)!r}))
"""
    root = Path(__file__).parent.parent
    ended = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert documents(open_graph(tmp_path)) == ["city", "district", "peer"]
    write(smaller(), TEXTS, tmp_path)
    assert documents(open_graph(tmp_path)) == ["city", "district"]


def test_two_builds_at_once_are_told_apart(tmp_path):
    with only_writer(tmp_path), pytest.raises(GraphError, match="another build"):
        write(knowledge(), TEXTS, tmp_path)


def test_a_build_that_ends_while_a_reader_opens_does_no_harm(tmp_path, monkeypatch):
    """The reader looked up a build that is swept before it is opened: it takes the one that counts now."""
    finished = write(knowledge(), TEXTS, tmp_path)
    looked_up = iter([tmp_path / "store-swept", finished, finished])
    monkeypatch.setattr("kg.store.current", lambda where: next(looked_up))
    assert documents(open_graph(tmp_path)) == ["city", "district", "peer"]


def test_no_graph_says_what_to_do(tmp_path):
    with pytest.raises(GraphError, match="kg build"):
        open_graph(tmp_path)


def test_a_broken_store_says_what_to_do(tmp_path):
    folder = write(knowledge(), TEXTS, tmp_path)
    (folder / "CURRENT").write_text("nonsense")
    with pytest.raises(GraphError, match="kg build"):
        open_graph(tmp_path)
    assert current(tmp_path) == folder


def test_the_vocabulary_is_in_every_store():
    rows = open_memory(knowledge()).select(
        'SELECT ?label WHERE { kg:verdict-short skos:prefLabel ?label FILTER(LANG(?label) = "zh") }'
    )
    assert rows == [{"label": "低于"}]
    assert [str(quad) for quad in vocabulary_quads()] == [str(quad) for quad in vocabulary_quads()]


def test_no_statement_of_the_vocabulary_is_repeated_by_the_data():
    """The union of the graphs shows what stands in two of them twice."""
    triples = [str(quad.triple) for quad in open_memory(knowledge(), TEXTS).quads()]
    assert len(triples) == len(set(triples))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://h:7878", "http://h:7878/query"),
        ("http://h:7878/", "http://h:7878/query"),
        ("http://h:3030/plans/sparql", "http://h:3030/plans/sparql"),
        ("https://h/query?x=1", "https://h/query?x=1"),
    ],
)
def test_endpoint(url, expected):
    assert endpoint(url, "/query") == expected


# ---------------------------------------------------------------- a real server


@contextlib.contextmanager
def serving(folder, *options):
    """An Oxigraph server process on a free port of the loopback; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).with_name("oxigraph")
    command = [program, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}", *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, process)
            yield address
        finally:
            process.terminate()


def wait_for(address, process):
    for _ in range(200):
        with contextlib.suppress(OSError):
            urlopen(address, timeout=5).close()
            return
        assert process.poll() is None, "the server ended"
        time.sleep(0.05)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("oxigraph"), "--union-default-graph") as address:
        yield address


def test_a_server_gives_back_the_same_knowledge(server):
    write_remote(open_memory(knowledge(), TEXTS), server)
    assert queries.knowledge(open_graph(server)) == queries.knowledge(open_memory(knowledge(), TEXTS))


def test_every_named_question_gives_the_same_rows_from_a_server(server):
    write_remote(open_memory(knowledge(), TEXTS), server)
    server_graph, local = open_graph(server), open_memory(knowledge(), TEXTS)
    given = {"provenance": {"record": "city/" + knowledge().quantities[0].id}}
    for name in queries.named_queries():
        extra = given.get(name, {})
        assert queries.named(server_graph, name, **extra) == queries.named(local, name, **extra), name


def test_only_what_changed_is_sent(server):
    write_remote(open_memory(knowledge(), TEXTS), server)
    again = write_remote(open_memory(knowledge(), TEXTS), server)
    assert (again.sent, again.removed) == (0, 0)
    less = write_remote(open_memory(smaller(), TEXTS), server)
    assert (less.sent, less.removed) == (1, 2), "what is shared changes, both graphs of the peer go"
    assert documents(open_graph(server)) == ["city", "district"]


def test_an_interrupted_write_is_mended_by_the_next(server, monkeypatch):
    """What is not sent to its end is not listed as whole, so going back to the old state sends it again."""
    write_remote(open_memory(knowledge(), TEXTS), server)
    put = remote._put

    def broken(store, graph, body):
        put(store, graph, body)
        if graph == graph_iri("district"):
            raise GraphError(store, "cut off", "try again")

    changed = replace(knowledge(), goals=(), similar=())
    with monkeypatch.context() as patch:
        patch.setattr(remote, "_put", broken)
        with pytest.raises(GraphError, match="cut off"):
            write_remote(open_memory(changed, TEXTS), server)
    write_remote(open_memory(knowledge(), TEXTS), server)
    assert queries.goals(open_graph(server)) == queries.goals(open_memory(knowledge()))


def test_construct_and_ask_over_http(server):
    write_remote(open_memory(knowledge(), TEXTS), server)
    server_graph, local = open_graph(server), open_memory(knowledge(), TEXTS)
    query = "CONSTRUCT { ?upper kg:governs ?lower } WHERE { ?upper kg:governs ?lower }"
    assert server_graph.construct(query) == local.construct(query)
    assert server_graph.ask("ASK { ?s a kg:Finding }")
    assert not server_graph.ask("ASK { ?s a kg:Nothing }")


def test_a_server_that_hides_its_graphs_is_told_apart(tmp_path):
    with serving(tmp_path) as address:
        write_remote(open_memory(knowledge(), TEXTS), address)
        with pytest.raises(GraphError, match="--union-default-graph"):
            open_graph(address)


def test_no_server_says_so():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/query"
        with pytest.raises(GraphError, match="no answer"):
            RemoteGraph(url).select("SELECT * { ?s ?p ?o }")


def test_a_server_refuses_a_broken_query(server):
    with pytest.raises(UsageError, match="refused"):
        RemoteGraph(server + "/query").select("SELEKT")
    with pytest.raises(GraphError, match="404"):
        RemoteGraph(server + "/nowhere").select("SELECT * { ?s ?p ?o }")


def test_a_copy_in_memory_holds_the_same(server, tmp_path):
    write_remote(open_memory(knowledge(), TEXTS), server)
    write(knowledge(), TEXTS, tmp_path)
    want = set(open_memory(knowledge(), TEXTS).store)
    assert set(open_graph(tmp_path).in_memory().store) == want
    data = {quad for quad in open_graph(server).in_memory().store if "manifest" not in quad.graph_name.value}
    assert len(data) == len(want)
