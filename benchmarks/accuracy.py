"""How well the reader reads: `python -m benchmarks.accuracy [GOLD-FOLDER] [--files FOLDER] [--show N]`.

GOLD-FOLDER (default tests/gold) holds one JSONL file a document; its name is the document's id. The
texts are read from --files (default data: by its manifest, or by file name).
"""

import argparse
import json
from pathlib import Path

from benchmarks.scoring import Measure, Row, measures, missed_and_extra
from kg import corpus
from kg.model import to_json
from kg.stage import read_source, with_citations_resolved


def main() -> None:
    """Print one table a document and one over all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="?", type=Path, default=Path("tests/gold"))
    parser.add_argument("--files", type=Path, default=Path("data"))
    parser.add_argument("--show", type=int, default=0, metavar="N", help="list up to N misses and extras")
    options = parser.parse_args()
    gold = {path.stem: read(path) for path in sorted(options.gold.glob("*.jsonl"))}
    predicted = extracted(options.files)
    for doc, rows in gold.items():
        show(doc, rows, predicted, options.show)
    show("all", [row for rows in gold.values() for row in rows], predicted, 0)


def read(path: Path) -> list[Row]:
    """The rows of one JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def extracted(folder: Path) -> list[Row]:
    """The records of every document under a folder, citations resolved among them."""
    sources, faults = corpus.find([folder])
    assert not faults, faults
    records = (record for source in sources for record in read_source(source).records)
    return [to_json(record) for record in with_citations_resolved(records)]


def show(name: str, gold: list[Row], predicted: list[Row], listed: int) -> None:
    """Print the table of one document."""
    print(f"\n{name:<26}{'prec':>8}{'recall':>8}{'F1':>8}{'gold':>7}{'pred':>7}")
    for measure in measures(gold, predicted).values():
        print(line(measure))
    if listed:
        missed, extra = missed_and_extra(gold, [row for row in predicted if row["doc"] == name])
        for label, rows in (("missed", missed), ("extra", extra)):
            for row in rows[:listed]:
                print(
                    f"{label} [{row['start']}:{row['end']}] {row['indicator']} {row['value']} {row['unit']}"
                )


def line(measure: Measure) -> str:
    """One measure as a line of the table."""
    if measure.predicted is None:
        return f"{measure.name:<26}{'':>16}{measure.score:>8.3f}{measure.gold:>7}"
    return (
        f"{measure.name:<26}{measure.precision:>8.3f}{measure.recall:>8.3f}{measure.score:>8.3f}"
        f"{measure.gold:>7}{measure.predicted:>7}"
    )


if __name__ == "__main__":
    main()
