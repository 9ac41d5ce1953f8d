"""The networkx view has every node and edge of the graph, typed, and answers how things hang together."""

import networkx as nx
import pytest

from kg.errors import UsageError
from kg.model import Knowledge
from kg.network import _pagerank, centrality, neighbourhood, network, of_kinds, paths
from kg.store import open_memory
from tests.graph_fixtures import TEXTS, knowledge


@pytest.fixture(scope="module")
def graph():
    return network(open_memory(knowledge(), TEXTS))


def edges(graph, kind):
    return {(start, end) for start, end, key in graph.edges(keys=True) if key == kind}


def test_nodes_are_typed_and_labelled(graph):
    assert graph.nodes["document:city"] == {
        "kind": "document",
        "label": "南昌市养老规划",
        "level": "prefecture",
        "trusted": True,
    }
    assert graph.nodes["missing:stub-1"] == {
        "kind": "missing",
        "label": "江西省养老规划",
        "level": "province",
    }
    assert graph.nodes["metric:beds"]["label"] == "护理型床位占比"
    assert graph.nodes["place:360000"] == {"kind": "place", "label": "江西省"}
    assert all({"kind", "label"} <= set(data) for _, data in graph.nodes(data=True))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("governs", {("document:city", "document:district"), ("missing:stub-1", "document:city")}),
        ("cites", {("document:district", "document:city"), ("document:district", "missing:stub-1")}),
        ("aligned", {("metric:beds", "metric:beds-peer")}),
        ("copies", {("document:city", "document:district")}),
        ("short", {("document:district", "document:city")}),
        ("late", {("document:district", "document:city")}),
        ("absent", {("document:district", "document:city")}),
        ("benchmark", {("document:peer", "document:city")}),
        (
            "duty",
            {
                ("document:city", "agency:南昌市民政局"),
                ("document:city", "agency:南昌市财政局"),
                ("document:district", "agency:南昌市西湖区民政局"),
            },
        ),
        (
            "targets",
            {
                ("document:city", "metric:visits"),
                ("document:city", "metric:beds"),
                ("document:city", "metric:new-beds"),
                ("document:district", "metric:visits"),
                ("document:district", "metric:beds"),
                ("document:peer", "metric:beds-peer"),
            },
        ),
    ],
)
def test_edges_say_how_things_hang_together(graph, kind, expected):
    assert edges(graph, kind) == expected


def test_issuers_and_places(graph):
    assert ("agency:江西省人民政府", "missing:stub-1") in edges(graph, "issues")
    assert ("agency:南昌市西湖区卫健委", "document:district") in edges(graph, "issues")
    assert ("document:district", "place:360103") in edges(graph, "covers")
    assert ("place:360103", "place:360100") in edges(graph, "within")


def test_edges_count_their_facts(graph):
    assert graph["document:district"]["metric:visits"]["targets"]["weight"] == 2
    assert graph["document:city"]["agency:南昌市民政局"]["duty"]["leads"] == 1
    assert graph["document:city"]["agency:南昌市财政局"]["duty"]["leads"] == 0
    assert graph["document:city"]["document:district"]["governs"]["basis"] == "cited"
    assert graph["metric:beds"]["metric:beds-peer"]["aligned"]["relation"] == "close"


def test_the_same_graph_gives_the_same_order(graph):
    again = network(open_memory(knowledge(), TEXTS))
    assert list(again.nodes(data=True)) == list(graph.nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(graph.edges(keys=True, data=True))


def test_neighbourhood_grows_by_hops(graph):
    near = set(neighbourhood(graph, "missing:stub-1"))
    assert near == {
        "missing:stub-1",
        "document:city",
        "document:district",
        "agency:江西省人民政府",
        "place:360000",
    }
    assert "agency:南昌市民政局" in neighbourhood(graph, "missing:stub-1", hops=2)
    assert "document:peer" not in near
    assert set(neighbourhood(graph, "metric:beds", hops=0)) == {"metric:beds"}


def test_paths_name_each_step(graph):
    assert paths(graph, "missing:stub-1", "document:district", kinds=["governs"]) == [
        [
            ("missing:stub-1", "governs", "document:city"),
            ("document:city", "governs", "document:district"),
        ]
    ]
    assert paths(graph, "document:district", "missing:stub-1", kinds=["governs"]) == []
    assert paths(graph, "document:peer", "document:peer") == [[]]


def test_what_is_followed_is_central(graph):
    ranks = centrality(graph, "document")
    assert next(node for node, _ in ranks) == "missing:stub-1"
    assert sum(score for _, score in ranks) == pytest.approx(1)
    assert {node.split(":")[0] for node, _ in ranks} == {"document", "missing"}


def test_ranks_follow_the_definition():
    """Two nodes pointing at a third: by hand, x = 0.15/3 + 0.85 z/3 and z = x + 0.85·2x with 2x + z = 1."""
    ranks = _pagerank(nx.DiGraph([("a", "c"), ("b", "c")]))
    x = 1 / 4.7
    assert ranks == pytest.approx({"a": x, "b": x, "c": 2.7 * x})


def test_who_leads_is_central(graph):
    scores = dict(centrality(graph, "agency"))
    assert scores["agency:南昌市民政局"] == pytest.approx(0.5)
    assert scores["agency:南昌市财政局"] == pytest.approx(0.25)
    assert scores["agency:江西省人民政府"] == 0
    assert sum(scores.values()) == pytest.approx(1)


def test_of_kinds_keeps_all_nodes(graph):
    part = of_kinds(graph, ["within"])
    assert set(part) == set(graph)
    assert {key for *_, key in part.edges(keys=True)} == {"within"}


def test_unknown_nodes_are_told_with_what_is_alike(graph):
    with pytest.raises(UsageError, match="document:district"):
        neighbourhood(graph, "district")
    with pytest.raises(UsageError, match="no such node"):
        paths(graph, "document:city", "document:nowhere")


def test_an_empty_graph_is_an_empty_network():
    empty = network(open_memory(Knowledge()))
    assert isinstance(empty, nx.MultiDiGraph)
    assert len(empty) == 0
    assert centrality(empty, "document") == centrality(empty, "agency") == []
