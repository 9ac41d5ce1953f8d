"""Extraction in one process and in two: `python -m benchmarks.processes [--documents 300]`.

Wall time tells how much faster two are only on an idle machine; the processor seconds beside it tell what
the second process costs: 2 × one ÷ two is what two free cores give.
"""

import argparse
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks import country
from benchmarks.scale import measured
from kg import corpus
from kg.kept_records import read_packed


def main() -> None:
    """Read the same plans twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=300)
    count = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as folder:
        size = country.write(Path(folder), count)
        sources, _ = corpus.find([Path(folder) / "plans"])
        read_packed(sources[0])
        with measured() as one:
            alone = list(map(read_packed, sources))
        with measured() as two, ProcessPoolExecutor(2) as pool:
            together = list(pool.map(read_packed, sources, chunksize=16))
    assert alone == together
    for name, cost in (("one process", one), ("two processes", two)):
        print(
            f"{name:14}{cost['wall']:>8} s wall {cost['cpu']:>8} s processor {size / cost['wall']:>10,.0f}/s"
        )
    print(
        f"{one['wall'] / two['wall']:.2f} times as fast; {2 * one['cpu'] / two['cpu']:.2f} on two free cores"
    )


if __name__ == "__main__":
    main()
