"""Which concepts may be compared with which: candidates by structure and by encoding, then the decision."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.link.metric_names import MetricName, parse
from kg.link.metric_pairs import Decision, decide, shared
from kg.link.metric_scheme import load_scheme
from kg.link.passages import nearest
from kg.model import Alignment, Concept

#: a search for neighbours: vectors, how many, from which cosine → (row, other row, cosine). The exact
#: one is `passages.nearest`; an approximate index can stand in for it where vocabularies grow huge.
Search = Callable[[NDArray[np.float32], int, float], Iterable[tuple[int, int, float]]]

#: cosine and shared content from which two concepts that are not comparable are worth a "close" link
CLOSE_FROM = 0.8
_CLOSE_SHARED = 0.35
_NEIGHBOURS = 12
#: ids of concepts that belong to one document alone, see `metrics`
_APART = ("p-", "u-")
#: names about one thing beyond this number are left to the encodings
_LARGEST_GROUP = 100


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of one concept, taken apart."""

    concept: Concept
    parsed: MetricName


def align(
    concepts: Sequence[Concept], encoder: Any = None, search: Search = nearest
) -> tuple[Alignment, ...]:
    """Decided links between concepts, exact ones first, then by score; each pair at most once.

    encoder: anything with SentenceTransformer's `encode`; None for structure and scheme alone. The
    facts of named projects ("p-") and names that do not say what they measure ("u-") are aligned with
    nothing.
    """
    chosen = sorted((c for c in concepts if not c.id.startswith(_APART)), key=lambda concept: concept.id)
    names = [_Name(concept, parse(name, concept.unit)) for concept in chosen for name in concept.names]
    decided: dict[tuple[str, str], Decision] = {}
    for i, j, similarity in _candidates(names, encoder, search):
        left, right = sorted((names[i], names[j]), key=lambda name: name.concept.id)
        pair = left.concept.id, right.concept.id
        decision = _judge(left, right, similarity)
        if pair[0] != pair[1] and _rank(decision) > _rank(decided.get(pair)):
            decided[pair] = decision
    decided.update(_scheme_links(chosen))
    links = [_alignment(pair, decision) for pair, decision in decided.items() if _worth(decision)]
    return tuple(
        sorted(links, key=lambda link: (link.relation != "exact", -link.score, link.left, link.right))
    )


def _judge(left: _Name, right: _Name, similarity: float | None) -> Decision:
    """The decision on two names; two metrics of the scheme, or a norm and a total, are never one."""
    decision = decide(left.parsed, right.parsed, similarity)
    if decision.relation == "exact":
        if left.concept.scheme and right.concept.scheme:
            return Decision("close", decision.score, "scheme", "指标体系中为两个指标")
        if _is_norm(left.concept) != _is_norm(right.concept):
            return Decision("close", decision.score, "structure", "口径不同：每个设施的标准／总量")
    return decision


def _is_norm(concept: Concept) -> bool:
    return concept.id.startswith("n-")


def _rank(decision: Decision | None) -> tuple[bool, bool, float]:
    """Of several names of two concepts the strongest link counts."""
    if decision is None:
        return (False, False, -1.0)
    return (decision.relation == "exact", _worth(decision), decision.score)


def _worth(decision: Decision) -> bool:
    """A link that is not exact must at least be about one thing, or nearly."""
    return decision.relation == "exact" or decision.score >= CLOSE_FROM or decision.method == "scheme"


def _scheme_links(concepts: Sequence[Concept]) -> Iterator[tuple[tuple[str, str], Decision]]:
    """What the scheme itself says about two of its metrics that both occur."""
    present = {concept.id for concept in concepts if concept.scheme}
    scheme = load_scheme()
    for pair, caution in scheme.comparable.items():
        if present.issuperset(pair):
            yield pair, Decision("exact", 0.9, "scheme", caution)
    for pair, reason in scheme.different.items():
        if present.issuperset(pair):
            yield pair, Decision("close", 0.9, "scheme", reason)


def _alignment(pair: tuple[str, str], decision: Decision) -> Alignment:
    return Alignment(
        left=pair[0],
        right=pair[1],
        relation=decision.relation,
        score=round(decision.score, 3),
        method=decision.method,
        reason=decision.reason,
    )


# ---------------------------------------------------------------- candidates


def _candidates(
    names: Sequence[_Name], encoder: Any, search: Search
) -> Iterator[tuple[int, int, float | None]]:
    """Pairs of names worth a decision: those about one thing, and each name's nearest by encoding."""
    yield from _by_structure(names)
    if encoder is None or len(names) < 2:
        return
    vectors = encoder.encode([name.parsed.text for name in names])
    for i, j, similarity in search(vectors, _NEIGHBOURS, CLOSE_FROM):
        if names[i].concept.id != names[j].concept.id and _about_one_thing(names[i], names[j]):
            yield i, j, similarity


def _about_one_thing(left: _Name, right: _Name) -> bool:
    """Near texts may be about different things: 主楼面积, 主楼投资."""
    return shared(left.parsed, right.parsed) >= _CLOSE_SHARED


def _by_structure(names: Sequence[_Name]) -> Iterator[tuple[int, int, None]]:
    """Names of the same things and characters, and names whose whole is the other's unsaid one."""
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    contents: dict[frozenset[str], list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        if thing := name.parsed.of("thing") | name.parsed.rest:
            groups[thing].append(i)
        if not name.parsed.whole:
            contents[name.parsed.content].append(i)
    for group in groups.values():
        if len(group) <= _LARGEST_GROUP:
            yield from ((i, j, None) for n, i in enumerate(group) for j in group[n + 1 :])
    for i, name in enumerate(names):
        if name.parsed.whole:
            yield from ((i, j, None) for j in contents.get(name.parsed.part, ()))
