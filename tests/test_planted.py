"""Generated plans: every planted verdict is found, none is invented."""

from collections import Counter

import pytest

from kg.compare import compare
from kg.extract import extract
from kg.link.governs import governing
from kg.link.metrics import align, build_concepts
from kg.model import Document, Finding, Quantity
from kg.places import by_code, is_within
from kg.text.plan import read_plan
from tests.planted import FEWER, RATES, TOTALS, Corpus, Planted, make, texts

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def corpus(request) -> Corpus:
    return make(request.param)


@pytest.fixture(scope="module")
def findings(corpus) -> tuple[Finding, ...]:
    concepts, concept_of = build_concepts(corpus.quantities)
    governs = governing(corpus.documents, (), ())
    return compare(corpus.documents, corpus.quantities, concepts, concept_of, align(concepts), governs)


@pytest.fixture(scope="module")
def found(corpus, findings) -> list[Planted]:
    """What comparing says, as far as it is planted: benchmarks are left out."""
    names = _names(corpus)
    return [
        Planted(f.upper_doc, f.lower_doc, names[f.upper.doc, f.upper.id], f.verdict, f.gap_value)
        for f in findings
        if f.verdict != "benchmark"
    ]


def _names(corpus: Corpus) -> dict[tuple[str, str], str]:
    """Quantity → the metric's name in the vocabulary of the generator."""
    known = (*RATES, *TOTALS, *FEWER)
    return {(q.doc, q.id): next(name for name in known if name in q.indicator) for q in corpus.quantities}


def test_the_corpus_has_all_verdicts_over_four_levels(corpus):
    counts = Counter(each.verdict for each in corpus.planted)
    answered = [each for each in corpus.planted if each.verdict not in ("absent", "conflict")]
    assert len(answered) >= 200
    assert len(corpus.planted) >= 450
    assert set(counts) == {
        "meets", "exceeds", "late", "short", "weaker", "incomparable", "contributes", "absent", "conflict",
    }  # fmt: skip
    assert {document.level for document in corpus.documents} == {
        "national",
        "province",
        "prefecture",
        "county",
    }


def test_every_planted_verdict_is_found_and_none_is_invented(corpus, found):
    planted, told = _without_gap(corpus.planted), _without_gap(found)
    assert planted - told == Counter(), "planted, not found"
    assert told - planted == Counter(), "found, not planted"


def test_every_planted_gap_is_found(corpus, found):
    gaps = {_key(each): each.gap for each in corpus.planted if each.gap is not None}
    told = {_key(each): each.gap for each in found}
    assert {key: told.get(key) for key in gaps} == gaps


def test_only_unrelated_plans_of_one_level_are_benchmarked(findings):
    pairs = {(f.upper_doc, f.lower_doc) for f in findings if f.verdict == "benchmark"}
    assert pairs
    for left, right in pairs:
        assert by_code(left).level == by_code(right).level
        assert not is_within(left, right)
        assert not is_within(right, left)


def _key(each: Planted) -> tuple[str, str, str, str]:
    return each.upper, each.lower, each.metric, each.verdict


def _without_gap(planted: list[Planted]) -> Counter[tuple[str, str, str, str]]:
    return Counter(map(_key, planted))


def read(corpus: Corpus, seed: int) -> tuple[list[Document], list[Quantity]]:
    """The corpus written down as texts and read again."""
    documents, quantities = [], []
    for doc, text in texts(corpus, seed).items():
        for record in extract(read_plan(doc, text, file=f"{doc}.txt")):
            documents += [record] if isinstance(record, Document) else []
            quantities += [record] if isinstance(record, Quantity) else []
    return documents, quantities


def test_planted_verdicts_are_found_in_texts_too():
    """From characters to verdicts: written down in varied words, read, linked and compared."""
    corpus = make(4)
    documents, quantities = read(corpus, 4)
    concepts, concept_of = build_concepts(quantities)
    findings = compare(
        documents, quantities, concepts, concept_of, align(concepts), governing(documents, (), ())
    )
    known = (*RATES, *TOTALS, *FEWER)
    told = Counter(
        (f.upper_doc, f.lower_doc, next(name for name in known if name in f.upper.indicator), f.verdict)
        for f in findings
        if f.verdict != "benchmark"
    )
    planted = _without_gap(corpus.planted)
    assert planted - told == Counter(), "planted, not found"
    assert told - planted == Counter(), "found, not planted"
