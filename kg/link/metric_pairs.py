"""Are two metric names the same metric? An ordered list of named levels; the first that holds decides.

Structure comes first: every word that one name has and the other lacks is a reason against. Only
where one name merely says a little more than the other may the similarity of the two texts speak, and
then it must be high: a wrong link makes a wrong verdict.
"""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from kg.link.metric_names import Category, MetricName

#: cosine (bundled encoder) from which a name that only says more than the other counts as the same
#: metric; chosen on the development half of benchmarks/data/metric_pairs.tsv, see benchmarks/alignment.py
SAME_FROM = 0.96
#: how much of their content such names must share (`shared`), likewise
SHARED_FROM = 0.6
#: what is left of the certainty when one name leaves the whole of a share unsaid
_UNSAID = 0.9
#: and when one name writes a word in its short form
_SHORTENED = 0.95
#: characters that turn a name into another: 超大班额 is not 大班额, 非公企业 not 公企业
_TURNING = frozenset("超非特副准次未不无零低半")

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
    "分母一方未写明": "one name leaves the whole unsaid",
    "简称与全称": "short and full form",
    "名称近似": "nearly the same words",
    "口径不同": "different kind of figure",
    "单位不可换算": "units do not convert",
    "分母不同": "different denominator",
    "基期或门槛不同": "different base year or threshold",
    "人群不同": "different people",
    "范围不同": "different scope",
    "动作不同": "different action",
    "对象不同": "different object",
    "指标体系中为两个指标": "two metrics of the scheme",
}
#: heads that speak of one thing measured in two ways
ONE_THING = frozenset(
    {"口径不同", "单位不可换算", "分母不同", "基期或门槛不同", "人群不同", "范围不同", "动作不同"}
)


def decide(left: MetricName, right: MetricName, similarity: float | None = None) -> Decision:
    """The relation of two names; similarity is the cosine of their encodings, None without an encoder.

    "exact" means that their values may be compared, "close" that they may not, for the reason given.
    """
    if head := _first(_FIGURE_LEVELS, left, right):
        return Decision("close", _score(left, right, similarity), "structure", _reason(head, left, right))
    if left.key == right.key or _unsaid_unit(left, right):
        return Decision("exact", 1.0, "structure", "名称结构相同")
    if _unsaid_whole(left, right):
        return Decision("exact", _UNSAID, "structure", _reason("分母一方未写明", left, right))
    if left.words == right.words and _shortens(left.bare, right.bare):
        return Decision("exact", _SHORTENED, "structure", _reason("简称与全称", left, right))
    if head := _first(_WORD_LEVELS, left, right):
        return Decision("close", _score(left, right, similarity), "structure", _reason(head, left, right))
    if _says_more(left, right, similarity):
        score = similarity or 0.0
        return Decision("exact", score, "structure+embedding", _reason("名称近似", left, right))
    return Decision("close", _score(left, right, similarity), "structure", _reason("对象不同", left, right))


def shared(left: MetricName, right: MetricName) -> float:
    """How much of the two names' meaningful words they share, by their characters, 0..1 (Jaccard)."""
    a, b = left.content, right.content
    every = sum(map(len, a | b))
    return sum(map(len, a & b)) / every if every else 1.0


def explain(reason: str, lang: str = "zh") -> str:
    """A reason in Chinese, or with its head in English; the words that differ stay as they are."""
    head, _, words = reason.partition("：")
    if lang == "zh":
        return reason
    return REASONS.get(head, head) + (f": {words}" if words else "")


def _first(
    levels: tuple[tuple[str, Callable[[MetricName, MetricName], bool]], ...],
    left: MetricName,
    right: MetricName,
) -> str | None:
    """The head of the first level that holds."""
    return next((head for head, differs in levels if differs(left, right)), None)


def _score(left: MetricName, right: MetricName, similarity: float | None) -> float:
    return shared(left, right) if similarity is None else similarity


def _reason(head: str, left: MetricName, right: MetricName) -> str:
    """The head with what only one side has: 范围不同：新增／改扩建."""
    if head == "口径不同":
        return f"{head}：{left.measure}／{right.measure}"
    if head == "单位不可换算":
        return f"{head}：{left.unit or '无'}／{right.unit or '无'}"
    mine, theirs = left.only_here(right), right.only_here(left)
    return f"{head}：{mine or '未限定'}／{theirs or '未限定'}" if mine or theirs else head


# ---------------------------------------------------------------- levels


def _measures(left: MetricName, right: MetricName) -> bool:
    """A share, a growth, a reduction and a total are four metrics of one thing."""
    return left.measure != right.measure


def _units(left: MetricName, right: MetricName) -> bool:
    """Both units are known and no arithmetic leads from one to the other."""
    return bool(left.kind and right.kind) and left.kind != right.kind


def _denominators(left: MetricName, right: MetricName) -> bool:
    """Two different wholes. 规上工业中…增加值占比 leaves out of the whole only what the part says: 增加值."""
    if not (left.whole and right.whole):
        return False
    shorter, longer = sorted((left.whole, right.whole), key=len)
    return not (shorter <= longer and longer - shorter <= left.part & right.part)


def _differ(*categories: Category) -> Callable[[MetricName, MetricName], bool]:
    """A level on words of these categories that only one of the names has."""
    return lambda left, right: left.of(*categories) != right.of(*categories)


_FIGURE_LEVELS: tuple[tuple[str, Callable[[MetricName, MetricName], bool]], ...] = (
    ("口径不同", _measures),
    ("单位不可换算", _units),
    ("分母不同", _denominators),
    ("基期或门槛不同", _differ("since", "number")),
)
_WORD_LEVELS: tuple[tuple[str, Callable[[MetricName, MetricName], bool]], ...] = (
    ("人群不同", _differ("people")),
    ("范围不同", _differ("scope")),
    ("动作不同", _differ("deed")),
)


def _unsaid_unit(left: MetricName, right: MetricName) -> bool:
    """覆盖率 80 and 覆盖率 80%: the very same words, one of them without a unit."""
    return not (left.kind and right.kind) and (left.words, left.rest) == (right.words, right.rest)


def _unsaid_whole(left: MetricName, right: MetricName) -> bool:
    """护理型床位占养老床位总数的比例 and 护理型床位占比: the part is the same, one whole is unsaid."""
    if bool(left.whole) == bool(right.whole):
        return False
    said, unsaid = (left, right) if left.whole else (right, left)
    return said.part == unsaid.content


def _shortens(one: str, other: str) -> bool:
    """Whether one name differs by a word in short form only: 光网 and 光纤网络, 固废 and 固体废弃物.

    A short form leaves characters out on either side of one that stays. A modifier (持证 before 护理员)
    is left out in one piece and makes another metric.
    """
    short, full = sorted((one, other), key=len)
    steps = SequenceMatcher(None, short, full, autojunk=False).get_opcodes()
    if any(tag in ("replace", "delete") for tag, *_ in steps):
        return False
    added = [(start, to - since) for tag, start, _, since, to in steps if tag == "insert"]
    gaps = [after[0] - before[0] for before, after in pairwise(added)]
    return len(added) > 1 and all(size <= 2 for _, size in added) and all(gap == 1 for gap in gaps)


def _says_more(left: MetricName, right: MetricName, similarity: float | None) -> bool:
    """One name has all that the other has and a little more, and the texts are all but the same."""
    if similarity is None or similarity < SAME_FROM or shared(left, right) < SHARED_FROM:
        return False
    if ("、" in left.text) != ("、" in right.text):  # 医疗、养老机构 covers more than 养老机构
        return False
    if (left.content ^ right.content) & _TURNING:
        return False
    return left.content <= right.content or right.content <= left.content
