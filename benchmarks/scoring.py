"""Extracted records against gold records: precision, recall and F1 of each kind.

Records match by value, unit and overlapping span; every gold record is used at most once. A quantity
is complete when class, time and comparator are right too and the indicator's character bigrams agree
to 0.6 (Dice).
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
Pairs = list[tuple[Row, Row]]

SIMILAR = 0.6
DOCUMENT_FIELDS = ("title", "doc_number", "issuer", "jurisdiction", "level", "issued", "status", "period")
_UNIT = {
    "％": "%",
    "㎡": "平方米",
    "m2": "平方米",
    "m²": "平方米",
    "平米": "平方米",
    "名": "人",
    "场": "次",
    "场(次)": "次",
}
_SCALE = {
    "万元": ("元", 1e4),
    "亿元": ("元", 1e8),
    "万人": ("人", 1e4),
    "万平方米": ("平方米", 1e4),
    "万张": ("张", 1e4),
    "万亩": ("亩", 1e4),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table: hits among gold and predicted; `predicted` None for a share of the gold."""

    name: str
    hits: int
    gold: int
    predicted: int | None = None

    @property
    def precision(self) -> float:
        """Hits among what was predicted; 1 when nothing was and nothing should have been."""
        if self.predicted is None:
            return self.score
        return self.hits / self.predicted if self.predicted else float(not self.gold)

    @property
    def recall(self) -> float:
        """Hits among the gold; 1 when there is none."""
        return self.hits / self.gold if self.gold else 1.0

    @property
    def score(self) -> float:
        """F1, or the share of the gold."""
        if self.predicted is None:
            return self.recall
        total = self.gold + self.predicted
        return 2 * self.hits / total if total else 1.0


def measures(gold: Iterable[Row], predicted: Iterable[Row]) -> dict[str, Measure]:
    """Every measure by name."""
    wanted, found = _by_kind(gold), _by_kind(predicted)
    docs = {row["doc"] for rows in wanted.values() for row in rows}
    found = {kind: [row for row in rows if row["doc"] in docs] for kind, rows in found.items()}
    table = [
        *_quantities(wanted.get("quantity", []), found.get("quantity", [])),
        *_citations(wanted.get("citation", []), found.get("citation", [])),
        *_assignments(wanted.get("assignment", []), found.get("assignment", [])),
        *_goals(wanted.get("goal", []), found.get("goal", [])),
        *_documents(wanted.get("document", []), found.get("document", [])),
    ]
    return {measure.name: measure for measure in table}


def missed_and_extra(gold: Sequence[Row], predicted: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Gold quantities that were not found, and quantities found that the gold lacks."""
    wanted, found = _by_kind(gold)["quantity"], _by_kind(predicted)["quantity"]
    pairs = pair_up(wanted, found, _rank_quantity)
    left, right = {id(a) for a, _ in pairs}, {id(b) for _, b in pairs}
    return [row for row in wanted if id(row) not in left], [row for row in found if id(row) not in right]


def _by_kind(rows: Iterable[Row]) -> dict[str, list[Row]]:
    kinds: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        kinds[row["kind"]].append(row)
    return kinds


def pair_up(gold: Sequence[Row], predicted: Sequence[Row], rank: Callable[[Row, Row], Any]) -> Pairs:
    """One-to-one pairs, best rank first; `rank` gives None for no match."""
    candidates = [
        (score, i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if p["doc"] == g["doc"] and (score := rank(g, p)) is not None
    ]
    candidates.sort(key=lambda candidate: candidate[0], reverse=True)
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, i, j in candidates:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((gold[i], predicted[j]))
    return pairs


def _quantities(gold: list[Row], predicted: list[Row]) -> list[Measure]:
    pairs = pair_up(gold, predicted, _rank_quantity)
    complete = [(a, b) for a, b in pairs if _is_complete(a, b)]
    binding = ("target", "standard")
    return [
        Measure("quantity (value+unit)", len(pairs), len(gold), len(predicted)),
        Measure("quantity complete", len(complete), len(gold), len(predicted)),
        Measure(
            "target complete",
            sum(a["class"] in binding for a, _ in complete),
            sum(row["class"] in binding for row in gold),
            sum(row["class"] in binding for row in predicted),
        ),
        *(
            _agreement(f"  {field} right", field, pairs)
            for field in ("class", "time", "comparator", "nature")
        ),
        Measure("  indicator similar", sum(_same_indicator(a, b) for a, b in pairs), len(pairs)),
    ]


def _citations(gold: list[Row], predicted: list[Row]) -> list[Measure]:
    pairs = pair_up(gold, predicted, _rank_citation)
    return [
        Measure("citation", len(pairs), len(gold), len(predicted)),
        _agreement("  relation right", "relation", pairs),
        _agreement("  resolves_to right", "resolves_to", pairs),
    ]


def _assignments(gold: list[Row], predicted: list[Row]) -> list[Measure]:
    pairs = pair_up(gold, predicted, _rank_span)
    hits = sum(sum((_agencies(a) & _agencies(b)).values()) for a, b in pairs)
    return [
        Measure("assignment clause", len(pairs), len(gold), len(predicted)),
        Measure(
            "assignment agency+role",
            hits,
            sum(len(row["agencies"]) for row in gold),
            sum(len(row["agencies"]) for row in predicted),
        ),
    ]


def _goals(gold: list[Row], predicted: list[Row]) -> list[Measure]:
    return [Measure("goal", len(pair_up(gold, predicted, _rank_span)), len(gold), len(predicted))]


def _documents(gold: list[Row], predicted: list[Row]) -> list[Measure]:
    found = {row["doc"]: row for row in predicted}
    return [
        Measure(
            f"document {field}",
            sum(
                _same_field(row.get(field), found.get(row["doc"], {}).get(field, "(absent)")) for row in gold
            ),
            len(gold),
        )
        for field in DOCUMENT_FIELDS
    ]


def _agreement(name: str, field: str, pairs: Pairs) -> Measure:
    return Measure(name, sum(a.get(field) == b.get(field) for a, b in pairs), len(pairs))


def _is_complete(gold: Row, predicted: Row) -> bool:
    same = all(gold.get(field) == predicted.get(field) for field in ("class", "time", "comparator"))
    return same and _same_indicator(gold, predicted)


def _same_indicator(gold: Row, predicted: Row) -> bool:
    return _dice(gold.get("indicator"), predicted.get("indicator")) >= SIMILAR


def _same_field(left: Any, right: Any) -> bool:
    return _key(left) == _key(right) if isinstance(left, str) and isinstance(right, str) else left == right


def _rank_quantity(gold: Row, predicted: Row) -> Any:
    if _overlap(gold, predicted) <= 0 or _value(gold) != _value(predicted):
        return None
    return (
        gold.get("time") == predicted.get("time"),
        gold.get("class") == predicted.get("class"),
        _dice(gold.get("indicator"), predicted.get("indicator")),
        _overlap(gold, predicted),
    )


def _rank_citation(gold: Row, predicted: Row) -> Any:
    title = bool(_key(gold.get("title"))) and _key(gold.get("title")) == _key(predicted.get("title"))
    number = bool(_key(gold.get("number"))) and _key(gold.get("number")) == _key(predicted.get("number"))
    overlap = _overlap(gold, predicted)
    return (number, title, overlap) if overlap > 0 and (title or number) else None


def _rank_span(gold: Row, predicted: Row) -> Any:
    shared = _overlap(gold, predicted)
    longest = max(gold["end"] - gold["start"], predicted["end"] - predicted["start"])
    return shared / longest if shared > 0 else None


def _overlap(left: Row, right: Row) -> int:
    return int(min(left["end"], right["end"]) - max(left["start"], right["start"]))


def _value(row: Row) -> tuple[Any, ...]:
    unit = (row.get("unit") or "").strip()
    base, factor = _SCALE.get(_UNIT.get(unit, unit), (_UNIT.get(unit, unit), 1.0))
    return base, *(
        None if row.get(k) is None else round(float(row[k]) * factor, 6) for k in ("value", "value_high")
    )


def _agencies(row: Row) -> Counter[tuple[str, str]]:
    return Counter((_key(agency["name"]), agency["role"]) for agency in row["agencies"])


def _key(text: str | None) -> str:
    """Letters, digits and Han characters only, widths unified."""
    return re.sub(r"[^0-9A-Za-z一-鿿]", "", unicodedata.normalize("NFKC", text or ""))


def _dice(left: str | None, right: str | None) -> float:
    first, second = (
        Counter(_key(text)[i : i + 2] for i in range(len(_key(text)) - 1)) for text in (left, right)
    )
    total = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / total if total else 0.0
