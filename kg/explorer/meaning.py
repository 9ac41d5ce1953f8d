"""Search by meaning: the records whose words are nearest to a question, by the bundled sentence encoder."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kg.explorer.lists import Hit
from kg.link.encoder import Encoder

#: below this, two texts have nothing to do with each other
LEAST = 0.3
#: the nearest that are shown
MOST = 60


@dataclass(frozen=True)
class Index:
    """Records with the vectors of their words, one row each."""

    hits: tuple[Hit, ...]
    vectors: Any


def indexed(hits: Sequence[Hit], encoder: Encoder) -> Index:
    """The records made ready for questions."""
    return Index(tuple(hits), encoder.encode([words_of(hit) for hit in hits]))


def words_of(hit: Hit) -> str:
    """What a record is about, in few words."""
    return " ".join((hit.label or hit.quote).split())[:120]


def nearest(index: Index, words: str, encoder: Encoder) -> list[Hit]:
    """The records nearest to the words, each with its cosine as score, the nearest first."""
    if not index.hits:
        return []
    scores = index.vectors @ encoder.encode([words])[0]
    best = np.argsort(-scores, kind="stable")[:MOST]
    return [replace(index.hits[at], score=float(scores[at])) for at in best if scores[at] >= LEAST]
