"""Planted verdicts: how many are found, how many invented, from records and from texts; and the speed.

    python -m benchmarks.verdicts [--seeds 20] [--plans 300]

Every plan, value and verdict comes from `tests.planted`; nothing is read from disk.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence

from kg.compare import compare
from kg.extract import extract
from kg.link.governs import governing
from kg.link.metrics import align, build_concepts
from kg.model import Document, Finding, Quantity
from kg.places import all_places
from kg.text.plan import read_plan
from tests.planted import FEWER, RATES, TOTALS, Corpus, make, many, texts

Key = tuple[str, str, str, str]
KNOWN = (*RATES, *TOTALS, *FEWER)


def findings(documents: Sequence[Document], quantities: Sequence[Quantity]) -> tuple[Finding, ...]:
    """Link and compare, without an encoder."""
    concepts, concept_of = build_concepts(quantities)
    pairs = governing(documents, (), ())
    return compare(documents, quantities, concepts, concept_of, align(concepts), pairs)


def from_records(corpus: Corpus, _seed: int) -> tuple[Finding, ...]:
    """The corpus as it is."""
    return findings(corpus.documents, corpus.quantities)


def from_texts(corpus: Corpus, seed: int) -> tuple[Finding, ...]:
    """The corpus written down and read again."""
    read = [record for doc, text in texts(corpus, seed).items() for record in extract(read_plan(doc, text))]
    documents = [record for record in read if isinstance(record, Document)]
    return findings(documents, [record for record in read if isinstance(record, Quantity)])


def score(seeds: range, way: Callable[[Corpus, int], tuple[Finding, ...]]) -> dict[str, tuple[int, int, int]]:
    """Verdict → (planted, found, invented) over all seeds."""
    planted, found, invented = Counter[str](), Counter[str](), Counter[str]()
    for seed in seeds:
        corpus = make(seed)
        meant = Counter((each.upper, each.lower, each.metric, each.verdict) for each in corpus.planted)
        told = Counter(_key(each) for each in way(corpus, seed) if each.verdict != "benchmark")
        planted.update(_verdicts(meant))
        found.update(_verdicts(meant & told))
        invented.update(_verdicts(told - meant))
    return {
        verdict: (planted[verdict], found[verdict], invented[verdict])
        for verdict in sorted(planted | invented)
    }


def _key(each: Finding) -> Key:
    metric = next((name for name in KNOWN if name in each.upper.indicator), each.upper.indicator)
    return each.upper_doc, each.lower_doc, metric, each.verdict


def _verdicts(keys: Counter[Key]) -> Counter[str]:
    counts = Counter[str]()
    for key, number in keys.items():
        counts[key[3]] += number
    return counts


def speed(plans: int) -> None:
    """Print how long it takes to compare that many plans of 25 targets each."""
    places = [place.code for place in all_places() if place.until is None and place.level != "township"]
    corpus = many(places[:: max(1, len(places) // plans)], seed=1)
    start = time.perf_counter()
    told = findings(corpus.documents, corpus.quantities)
    taken = time.perf_counter() - start
    size = f"{len(corpus.documents)} plans, {len(corpus.quantities)} targets"
    print(f"{size}: {len(told)} findings in {taken:.1f} s")


def main() -> None:
    """Print both tables and the speed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--plans", type=int, default=300)
    options = parser.parse_args()
    for name, way in (("records", from_records), ("texts", from_texts)):
        print(f"{'from ' + name:<16}{'planted':>9}{'found':>9}{'invented':>9}")
        for verdict, row in score(range(options.seeds), way).items():
            print(f"{verdict:<16}" + "".join(f"{number:>9}" for number in row))
    speed(options.plans)


if __name__ == "__main__":
    main()
