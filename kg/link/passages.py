"""Passages of two documents that say nearly the same: who copies whom."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key", bound=Hashable)

#: cosine from which two goals or tasks count as nearly the same
SIMILAR_FROM = 0.85
#: passages shorter than this say too little to be a copy ("总体要求")
_SHORTEST = 6
_NEIGHBOURS = 10
_BLOCK = 1024


def similar_passages(
    items: Sequence[tuple[Key, str]], encoder: Any, threshold: float = SIMILAR_FROM
) -> list[tuple[Key, Key, float]]:
    """Pairs of passages that say nearly the same, best first: (key, key, cosine).

    A key that is a tuple names its document first; passages of one document are never paired. Each
    passage keeps its ten nearest at most.
    """
    chosen = [(key, text.strip()) for key, text in items if len(text.strip()) >= _SHORTEST]
    if len(chosen) < 2:
        return []
    vectors = encoder.encode([text for _, text in chosen])
    pairs = {
        (min(i, j), max(i, j)): score
        for i, j, score in nearest(vectors, _NEIGHBOURS, threshold)
        if _document(chosen[i][0]) != _document(chosen[j][0])
    }
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(chosen[i][0], chosen[j][0], score) for (i, j), score in ordered]


def nearest(vectors: NDArray[np.float32], k: int, threshold: float) -> Iterator[tuple[int, int, float]]:
    """For each row the k nearest others from `threshold` on: (row, other, cosine to 4 digits).

    Exact, block by block: memory grows with the rows, time with their square.
    """
    for start in range(0, len(vectors), _BLOCK):
        scores = np.round(vectors[start : start + _BLOCK] @ vectors.T, 4)
        own = np.arange(len(scores))
        scores[own, start + own] = -1
        rows, others = np.nonzero(scores >= np.float32(threshold))
        values = scores[rows, others]
        order = np.lexsort((others, -values, rows))
        rank = np.arange(len(order)) - np.searchsorted(rows[order], rows[order], side="left")
        for at in order[rank < k]:
            yield start + int(rows[at]), int(others[at]), round(float(values[at]), 4)


def _document(key: Hashable) -> Hashable:
    """The document that a key names, or the key itself."""
    return key[0] if isinstance(key, tuple) else key
