"""Verdicts where there are many: counted and paged by their names, read only where they are shown.

Names come verdict by verdict, the gravest first, and inside a verdict plan by plan, so that the first page
of a whole country needs the few gravest alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from kg.explorer.choosing import Filter
from kg.listing import GRAVEST_FIRST
from kg.source import GraphSource
from kg.vocabulary import PREFIXES, Iri, document_iri, iri, names_in

_OF_VERDICT = "SELECT ?finding ?lower WHERE { ?finding kg:verdict $verdict ; kg:lowerDocument ?lower }"
_OF_PLANS = """
SELECT ?finding ?lower ?verdict WHERE {
  VALUES ?lower { $lowers } ?finding kg:lowerDocument ?lower . ?finding kg:verdict ?verdict }"""
_OF_METRICS = """
SELECT DISTINCT ?finding ?lower ?verdict WHERE {
  VALUES ?indicator { $indicators } ?quantity kg:indicator ?indicator .
  ?finding kg:upper|kg:lower ?quantity . ?finding kg:verdict ?verdict ; kg:lowerDocument ?lower }"""
_OF_NATURES = """
SELECT ?finding ?lower ?verdict WHERE {
  VALUES ?nature { $natures } ?quantity kg:nature ?nature . ?finding kg:upper ?quantity .
  ?finding kg:verdict ?verdict ; kg:lowerDocument ?lower }"""
_INDICATORS = "SELECT DISTINCT ?indicator WHERE { ?quantity kg:indicator ?indicator }"
_NATURES = ("binding", "expected")

#: a verdict's node and its lower plan
Name = tuple[Iri, str]
#: from so many plans on, all verdicts of a kind are asked for instead of theirs
MOST_PLANS = 1500


def indicators(source: GraphSource, words: str) -> list[str]:
    """The metrics, as plans print them, that have these words in their name."""
    return sorted(row["indicator"] for row in source.select(_INDICATORS) if words in row["indicator"])


def of_verdict(source: GraphSource, verdict: str) -> tuple[Name, ...]:
    """All verdicts of one kind, by lower plan."""
    rows = source.select(_OF_VERDICT, verdict=iri(f"kg:verdict-{verdict}"))
    return tuple(sorted(((row["finding"], names_in(row["lower"])[1]) for row in rows), key=_by_plan))


def of_plans(source: GraphSource, lowers: Sequence[str]) -> dict[str, tuple[Name, ...]]:
    """Verdict → all verdicts of that kind on these plans, by plan."""
    return _grouped(source.select(_OF_PLANS, lowers=[document_iri(doc) for doc in lowers]) if lowers else [])


def of_metrics(source: GraphSource, words: str) -> dict[str, tuple[Name, ...]]:
    """Verdict → all of that kind on metrics with these words in their name, on either side."""
    named = indicators(source, words)
    return _grouped(source.select(_OF_METRICS, indicators=named) if named else [])


def of_natures(source: GraphSource, natures: Sequence[str]) -> dict[str, tuple[Name, ...]]:
    """Verdict → all of that kind on upper targets of these natures (binding, expected)."""
    return _grouped(source.select(_OF_NATURES, natures=[iri(f"kg:nature-{each}") for each in natures]))


def _grouped(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Name, ...]]:
    groups: dict[str, list[Name]] = {}
    for row in rows:
        verdict = row["verdict"].removeprefix(PREFIXES["kg"] + "verdict-")
        groups.setdefault(verdict, []).append((row["finding"], names_in(row["lower"])[1]))
    return {verdict: tuple(sorted(found, key=_by_plan)) for verdict, found in groups.items()}


def _by_plan(name: Name) -> tuple[str, str]:
    return name[1], name[0]


# ---------------------------------------------------------------- what a filter leaves


class Many:
    """The verdicts of a graph through a filter.

    ask: `kg.explorer.state.kept` or anything like it, which calls a function above with the graph and keeps
    its answer. docs: the lower plans that are wanted; None for all. totals: of each verdict in all.
    """

    def __init__(
        self, ask: Any, asked: Filter, docs: Collection[str] | None, totals: Mapping[str, int]
    ) -> None:
        """Nothing is asked yet."""
        self._ask, self._asked, self._totals = ask, asked, totals
        self._docs = None if docs is None else set(docs)
        self.verdicts = [each for each in GRAVEST_FIRST if not asked.verdicts or each in asked.verdicts]

    @property
    def narrowed(self) -> bool:
        """Whether more is asked than verdicts."""
        return self._docs is not None or bool(self._asked.metric or self._asked.natures)

    def counts(self) -> dict[str, int]:
        """Verdict → how many; those that there are none of are left out."""
        found = {
            each: len(self.names(each)) if self.narrowed else self._totals.get(each, 0)
            for each in self.verdicts
        }
        return {verdict: count for verdict, count in found.items() if count}

    def names(self, verdict: str) -> list[Iri]:
        """The nodes of one verdict, by lower plan."""
        parts = self._parts(verdict)
        first = self._ask(of_verdict, verdict=verdict) if not parts else parts[0]
        others = [{name for name, _ in part} for part in parts[1:]]
        unlike = self._without_nature(verdict)
        return [
            name
            for name, lower in first
            if (self._docs is None or lower in self._docs)
            and all(name in other for other in others)
            and name not in unlike
        ]

    def _parts(self, verdict: str) -> list[tuple[Name, ...]]:
        """What each part of the filter lets pass, the smallest first."""
        parts = []
        if self._asked.metric:
            parts.append(self._ask(of_metrics, words=self._asked.metric).get(verdict, ()))
        if self._asked.natures and "none" not in self._asked.natures:
            natures = tuple(sorted(self._asked.natures))
            parts.append(self._ask(of_natures, natures=natures).get(verdict, ()))
        if self._docs is not None and len(self._docs) <= MOST_PLANS:
            parts.append(self._ask(of_plans, lowers=tuple(sorted(self._docs))).get(verdict, ()))
        return sorted(parts, key=len)

    def _without_nature(self, verdict: str) -> set[Iri]:
        """Where targets without a nature are wanted: the verdicts on those of the natures that are not."""
        if "none" not in self._asked.natures:
            return set()
        others = tuple(each for each in _NATURES if each not in self._asked.natures)
        found = self._ask(of_natures, natures=others) if others else {}
        return {name for name, _ in found.get(verdict, ())}

    def part(self, first: int, last: int) -> list[Iri]:
        """The nodes from one place in the whole list to another, the gravest verdicts first."""
        found: list[Iri] = []
        at = 0
        for verdict, count in self.counts().items():
            if at < last and at + count > first:
                found += self.names(verdict)[max(0, first - at) : last - at]
            at += count
        return found
