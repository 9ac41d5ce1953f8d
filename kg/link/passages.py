"""Passages of two documents that say nearly the same: who copies whom."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key", bound=Hashable)

#: cosine from which two goals or tasks count as nearly the same
SIMILAR_FROM = 0.88
#: passages shorter than this say too little to be a copy ("总体要求")
_SHORTEST = 6
#: headings that every plan has: saying them too is no copying
_EVERYONES = re.compile(
    r"[（(]?[一二三四五六七八九十\d]*[)）.、]?"
    r"(?:进一步|切实|全面|加强|强化|健全|完善|严格|落实|加大|压实|抓好|注重|夯实|深化|建立|明确|做好|组织|领导|统筹|协调|协同|实施|推进|"
    r"工作|保障|机制|体制|责任|主体|任务|分工|督导|督查|督促|检查|考核|监督|评估|监测|跟踪|问效|宣传|引导|舆论|氛围|营造|政策|扶持|支持|"
    r"资金|资源|要素|投入|力度|措施|总体|要求|发展|基础|形势|目标|原则|思想|指导|基本|主要|重点|落地|见效|附则|示范|推广|总结|和|与|及|、)++"
)
_NEIGHBOURS = 10
_BLOCK = 1024


def similar_passages(
    items: Sequence[tuple[Key, str]], encoder: Any, threshold: float = SIMILAR_FROM
) -> list[tuple[Key, Key, float]]:
    """Pairs of passages that say nearly the same, best first: (key, key, cosine).

    A key that is a tuple names its document first; passages of one document are never paired. Each
    passage keeps its ten nearest at most.
    """
    bare = [(key, text.strip()) for key, text in items]
    telling = {text for text in {text for _, text in bare} if _says_something(text)}
    chosen = [(key, text) for key, text in bare if text in telling]
    if len(chosen) < 2:
        return []
    keys = [key for key, _ in chosen]
    rows = _nearest_passages([text for _, text in chosen], encoder, threshold)
    found = zip(*(each.tolist() for each in _each_pair_once(*rows, _numbered(keys))), strict=True)
    return [(keys[i], keys[j], score) for i, j, score in found]


def _numbered(keys: Sequence[Hashable]) -> NDArray[np.int64]:
    """The document of each key, as a number."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(_document(key), len(numbers)) for key in keys])


def _each_pair_once(
    rows: NDArray[np.int64],
    others: NDArray[np.int64],
    scores: NDArray[np.float64],
    documents: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """The pairs of two documents, the smaller number first; best first, then by number."""
    apart = documents[rows] != documents[others]
    left, right = np.minimum(rows, others)[apart], np.maximum(rows, others)[apart]
    _, first = np.unique(left * len(documents) + right, return_index=True)
    left, right, scores = left[first], right[first], scores[apart][first]
    order = np.lexsort((right, left, -scores))
    return left[order], right[order], scores[order]


def _nearest_passages(
    texts: Sequence[str], encoder: Any, threshold: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """As `nearest` over all texts, but each different text is encoded and searched for once.

    Plans repeat each other word for word (加强组织领导), so texts grow far slower than passages.
    """
    members: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        members[text].append(i)
    groups = list(members.values())
    near: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for one, other, score in nearest(encoder.encode(list(members)), _NEIGHBOURS, threshold):
        near[one] += ((-score, j) for j in groups[other][:_NEIGHBOURS])
    rows: list[int] = []
    others: list[int] = []
    scores: list[float] = []
    for one, group in enumerate(groups):
        same = [(-1.0, j) for j in group[: _NEIGHBOURS + 1]]
        ranked = sorted(same + near[one])[: _NEIGHBOURS + 1]
        known = {j for _, j in ranked}
        last = ranked[:_NEIGHBOURS]
        for i in group:
            kept = [each for each in ranked if each[1] != i][:_NEIGHBOURS] if i in known else last
            rows += [i] * len(kept)
            others += [j for _, j in kept]
            scores += [-score for score, _ in kept]
    return np.array(rows, dtype=np.int64), np.array(others, dtype=np.int64), np.array(scores)


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


def _says_something(text: str) -> bool:
    """Long enough, and not a heading that every plan has (加强组织领导)."""
    return len(text) >= _SHORTEST and not _EVERYONES.fullmatch(text)


def _document(key: Hashable) -> Hashable:
    """The document that a key names, or the key itself."""
    return key[0] if isinstance(key, tuple) else key
