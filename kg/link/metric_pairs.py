"""Are two metric names the same metric? An ordered list of named levels; the first that holds decides.

Structure comes first: every word that one name has and the other lacks is a reason against. Only
where nothing but unnamed things differ may the similarity of the two texts speak, and then it must be
high: a wrong link makes a wrong verdict.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kg.link.metric_names import Category, MetricName

#: cosine of two names whose structure agrees but whose words differ, from which they count as one
#: metric; chosen on the development half of benchmarks/data/metric_pairs.tsv
SAME_FROM = 0.98
#: shared characters of such names (Jaccard), likewise
SHARED_FROM = 0.6

Relation = Literal["exact", "close"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What two names are to each other; reason is a head of REASONS with the words that differ."""

    relation: Relation
    score: float
    method: str
    reason: str


#: heads of reasons and their English
REASONS = {
    "名称结构相同": "same structure",
    "名称近似": "nearly the same words",
    "单位不可换算": "units do not convert",
    "口径不同": "different kind of figure",
    "分母不同": "different denominator",
    "基期或门槛不同": "different base year or threshold",
    "人群不同": "different people",
    "范围不同": "different scope",
    "动作不同": "different action",
    "对象不同": "different object",
}


def decide(left: MetricName, right: MetricName, similarity: float | None = None) -> Decision:
    """The relation of two names; similarity is the cosine of their encodings, None without an encoder.

    "exact" means that their values may be compared, "close" that they may not, for the reason given.
    """
    for head, differs in LEVELS:
        if differs(left, right):
            return Decision("close", _score(left, right, similarity), "structure", _reason(head, left, right))
    if left.key == right.key or not _open_difference(left, right):
        return Decision("exact", 1.0, "structure", "名称结构相同")
    if similarity is not None and similarity >= SAME_FROM and shared(left, right) >= SHARED_FROM:
        return Decision("exact", similarity, "structure+embedding", _reason("名称近似", left, right))
    return Decision("close", _score(left, right, similarity), "structure", _reason("对象不同", left, right))


def shared(left: MetricName, right: MetricName) -> float:
    """How much of the two names' meaningful words and characters they share, 0..1 (Jaccard)."""
    a, b = _content(left), _content(right)
    return len(a & b) / len(a | b) if a | b else 1.0


def explain(reason: str, lang: str = "zh") -> str:
    """A reason in Chinese, or with its head in English; the words that differ stay as they are."""
    head, _, words = reason.partition("：")
    if lang == "zh":
        return reason
    return REASONS.get(head, head) + (f": {words}" if words else "")


def _content(name: MetricName) -> frozenset[str]:
    return name.of("thing", "deed", "scope", "people", "number", "since") | name.rest


def _score(left: MetricName, right: MetricName, similarity: float | None) -> float:
    return shared(left, right) if similarity is None else similarity


def _reason(head: str, left: MetricName, right: MetricName) -> str:
    """The head with the words that only one side has: 范围不同：新／改扩建."""
    a, b = _content(left), _content(right)
    words = ["".join(sorted(mine - other)) or "未限定" for mine, other in ((a, b), (b, a))]
    if head in ("单位不可换算", "口径不同"):
        return f"{head}：{left.measure}／{right.measure}"
    return f"{head}：{words[0]}／{words[1]}" if a != b else head


def _units(left: MetricName, right: MetricName) -> bool:
    """Both units are known and no arithmetic leads from one to the other."""
    return bool(left.kind and right.kind) and left.kind != right.kind


def _measures(left: MetricName, right: MetricName) -> bool:
    """A share, a growth, a reduction and a total are four metrics of one thing."""
    return left.measure != right.measure


def _denominators(left: MetricName, right: MetricName) -> bool:
    """Per head on one side only, or two different wholes."""
    if left.of("per") != right.of("per"):
        return True
    return bool(left.whole and right.whole) and left.whole != right.whole


def _differ(*categories: Category) -> Callable[[MetricName, MetricName], bool]:
    """A level on words of these categories that only one of the names has."""
    return lambda left, right: left.of(*categories) != right.of(*categories)


def _open_difference(left: MetricName, right: MetricName) -> bool:
    """Whether things or unnamed characters differ."""
    return left.of("thing") != right.of("thing") or left.rest != right.rest


#: the levels that make two names two metrics, in order
LEVELS: tuple[tuple[str, Callable[[MetricName, MetricName], bool]], ...] = (
    ("口径不同", _measures),
    ("单位不可换算", _units),
    ("分母不同", _denominators),
    ("基期或门槛不同", _differ("since", "number")),
    ("人群不同", _differ("people")),
    ("范围不同", _differ("scope")),
    ("动作不同", _differ("deed")),
)
