"""The generated country: the same seed, the same bytes; from files to verdicts, what is planted is found."""

from collections import Counter

import pytest

from benchmarks import country
from benchmarks.country_words import FIELDS
from kg import queries
from kg.build import build
from kg.places import by_code
from kg.store import open_graph

DOCUMENTS = 48


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    out = tmp_path_factory.mktemp("country")
    country.write(out, DOCUMENTS, seed=7)
    return out


@pytest.fixture(scope="module")
def graph(written):
    build([written / "plans"], written / "build", workers=1)
    return open_graph(written / "build")


def test_the_same_seed_gives_the_same_bytes(written, tmp_path):
    country.write(tmp_path, DOCUMENTS, seed=7)
    assert _bytes(tmp_path) == _bytes(written)


def test_another_seed_gives_another_country(written, tmp_path):
    country.write(tmp_path, DOCUMENTS, seed=8)
    assert _bytes(tmp_path) != _bytes(written)


def _bytes(out):
    return {path.name: path.read_bytes() for path in [out / country.TRUTH, *(out / "plans").iterdir()]}


def test_every_size_is_filled_with_plans_of_real_places(written):
    names = [path.stem for path in (written / "plans").iterdir()]
    assert len(names) == DOCUMENTS
    assert all(by_code(name.rpartition("-")[2]) for name in names)


def test_no_metric_is_part_of_another():
    """So that a found indicator leads back to one metric."""
    metrics = [metric for field in FIELDS for metric in field.metrics]
    assert [(a, b) for a in metrics for b in metrics if a != b and a in b] == []


def test_every_planted_verdict_is_found_and_none_is_invented(written, graph):
    planted, told = country.truth_of(written), country.told(graph)
    assert len({row[3] for row in planted}) >= 8
    assert list(country.differences(planted, told)) == []


def test_a_verdict_left_out_or_invented_is_told():
    planted, told = Counter({("a", "b", "m", "short", "1"): 1}), Counter({("a", "b", "m", "meets", ""): 1})
    assert list(country.differences(planted, told)) == [
        "planted, not found: ('a', 'b', 'm', 'short', '1') × 1",
        "found, not planted: ('a', 'b', 'm', 'meets', '') × 1",
    ]


def test_plans_that_are_cited_by_number_and_title_are_found(graph):
    citations = queries.citations(graph)
    cited = Counter(citation.resolves_to is not None for citation in citations)
    numbered = [citation for citation in citations if citation.number and citation.title]
    assert cited[True] > DOCUMENTS
    assert all(citation.resolves_to for citation in numbered)
    assert queries.missing(graph) == []
