"""Exact against approximate neighbours: `python -m benchmarks.neighbours [--sizes 1000 5000 20000]`.

Sentences of the bundled plans, encoded by the bundled model; beyond what they give, copies of their vectors
with a little noise, as near texts have. Exact: `kg.link.passages.nearest`. Approximate: the HNSW graph of
usearch (`pip install usearch`, Apache-2.0) on one thread. Recall: the share of exact pairs that it finds.
"""

import argparse
import importlib.util
import re
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.link.encoder import load_encoder
from kg.link.passages import SIMILAR_FROM, nearest

ROOT = Path(__file__).parents[1]
NEIGHBOURS = 10
#: the length of the noise added to a vector of length 1: cosines of 0.9 and more to where it came from
NOISE = 0.4
Pairs = set[tuple[int, int]]


def sentences() -> list[str]:
    """Every different sentence of the bundled plans, in order."""
    texts = (path.read_text("utf-8") for path in sorted((ROOT / "data/corpus").glob("*.txt")))
    found = (part.strip() for text in texts for part in re.split(r"[。；\n]", text))
    return list(dict.fromkeys(part for part in found if 6 <= len(part) <= 80))


def vectors_of(size: int, known: NDArray[np.float32]) -> NDArray[np.float32]:
    """`size` vectors: the known ones, then noisy copies of them."""
    chance = np.random.default_rng(1)
    copies = known[chance.integers(0, len(known), max(0, size - len(known)))]
    noise = chance.standard_normal(copies.shape).astype(np.float32)
    noise *= NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
    both = np.concatenate([known[:size], copies + noise])
    return np.asarray(both / np.linalg.norm(both, axis=1, keepdims=True), dtype=np.float32)


def exact(vectors: NDArray[np.float32]) -> Pairs:
    """Each row's nearest, all rows looked at."""
    return {(row, other) for row, other, _ in nearest(vectors, NEIGHBOURS, SIMILAR_FROM)}


def approximate(vectors: NDArray[np.float32]) -> Pairs:
    """Each row's nearest by a graph of neighbours."""
    from usearch.index import Index

    index = Index(ndim=vectors.shape[1], metric="ip", dtype="f32")
    index.add(np.arange(len(vectors)), vectors, threads=1)
    found = index.search(vectors, NEIGHBOURS + 1, threads=1)
    return {
        (row, int(other))
        for row, (others, far) in enumerate(zip(found.keys, found.distances, strict=True))
        for other, distance in zip(others, far, strict=True)
        if other != row and 1 - distance >= SIMILAR_FROM
    }


def main() -> None:
    """Print one line a size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000, 20_000])
    sizes = parser.parse_args().sizes
    known = load_encoder().encode(sentences())
    print(f"{len(known)} different sentences, {known.shape[1]} numbers each")
    installed = importlib.util.find_spec("usearch") is not None
    for size in sizes:
        vectors = vectors_of(size, known)
        start = time.process_time()
        want = exact(vectors)
        spent = time.process_time() - start
        line = f"{size:>8,} texts  exact {spent:>8.2f} s processor"
        if installed:
            start = time.process_time()
            found = approximate(vectors)
            spent = time.process_time() - start
            line += f"  approximate {spent:>8.2f} s, recall {len(want & found) / len(want):.3f}"
        print(line if installed else f"{line}  (usearch is not installed)", flush=True)


if __name__ == "__main__":
    main()
