"""The records that everything passes around: frozen, typed, exactly as printed.

`start` and `end` are Python `str` indices into the text of the *file* (`kg text FILE` prints it),
and `text[start:end] == quote` holds for every record. Numbers stay as printed: 24.1 with "%",
3.5 with "万张"; only `kg.units` scales them. What a text does not give is None, never a guess.
A compilation file yields several documents; their offsets all count from the start of the file.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, Literal

Level = Literal["national", "province", "prefecture", "county", "township"]
Status = Literal["issued", "draft"]
QuantityClass = Literal["target", "standard", "baseline", "forecast", "project"]
Comparator = Literal["=", ">=", ">", "<=", "<", "range", "~"]
Nature = Literal["binding", "expected"]
Relation = Literal["basis", "self", "mention", "plans"]
Role = Literal["lead", "support", "responsible"]
Verdict = Literal[
    "meets",
    "exceeds",
    "late",
    "short",
    "weaker",
    "absent",
    "incomparable",
    "contributes",
    "conflict",
    "benchmark",
]
Basis = Literal["cited", "implied"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The characters that prove one field of a record; `rule` names what read them."""

    field: str
    start: int
    end: int
    quote: str
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every extracted record has: its document, its characters, its rule, its section.

    doc: id of the document it stands in. section: heading texts from the outermost inward.
    confidence: 0..1, below 1 where the reading is inferred and not printed.
    id: stable across builds, from document and content, never from counters (see `identify`).
    """

    kind: ClassVar[str] = "record"
    doc: str
    start: int
    end: int
    quote: str
    rule: str = ""
    section: tuple[str, ...] = ()
    confidence: float = 1.0
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """One plan: its identity as printed, and why we believe it.

    start/end span the whole document inside its file; quote is "" (the whole text is not repeated).
    jurisdiction: full chain of place names ("江西省南昌市西湖区"), "全国" for national ones;
    place: its GB/T 2260 code, 6 digits ("360103"), "100000" for the nation.
    issued: ISO date as exact as the text is ("2022", "2023-04-04"). period: first and last year.
    title: the plan's own title; aliases: every other name it gives itself, the notice's title included.
    genre: 规划, 行动计划, 实施方案, 意见, 通知 …; trusted: False for spun or badly damaged texts,
    with the signs in trust_signs. basis_of_trust and the like from the manifest go to `stated`.
    """

    kind: ClassVar[str] = "document"
    title: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    joint_issuers: tuple[str, ...] = ()
    jurisdiction: str | None = None
    place: str | None = None
    level: Level | None = None
    issued: str | None = None
    status: Status | None = None
    period: tuple[int, int] | None = None
    valid_until: str | None = None
    genre: str | None = None
    aliases: tuple[str, ...] = ()
    trusted: bool = True
    trust_signs: tuple[str, ...] = ()
    stated: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Record):
    """One number with its meaning: a target, standard, baseline, forecast or project fact.

    class_: target (to reach or do by some time; 全覆盖, 全部 … count as 100 %), standard (a norm for
    each facility or unit), baseline (a past or present statistic), forecast (预计), project (a fact
    of one named project). indicator: the measured thing in the document's words, completed from its
    context so that it stands alone. value, value_high (ranges only): as printed, in `unit`
    ("%", "‰", "张", "亿元", "平方米/百户"); both None when the target is in words ("明显增长").
    time: ISO year or month ("2025", "2023-07"): deadline of a target, as-of date of a baseline;
    time_from: where it was read: clause, heading, table, plan. source: table or text.
    soft: the softening word (力争, 争取 …) or None. scope: words that narrow the indicator
    (新建, 城区 …). population: of whom (65岁以上老年人). per: the government the target is put on
    each of ("县区" in 每个县区建成1所), None otherwise. value_start/value_end: the number itself.
    """

    kind: ClassVar[str] = "quantity"
    class_: QuantityClass = "target"
    indicator: str = ""
    value: Decimal | None = None
    value_high: Decimal | None = None
    comparator: Comparator | None = None
    unit: str | None = None
    time: str | None = None
    time_from: str | None = None
    nature: Nature | None = None
    source: Literal["table", "text"] = "text"
    soft: str | None = None
    scope: str | None = None
    population: str | None = None
    per: str | None = None
    category: str | None = None
    value_start: int | None = None
    value_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Record):
    """A document named in the text: by title, by number, or both joined.

    relation: basis (根据, 依据, 按照, 贯彻落实 an existing document), self (the document names itself),
    mention (another existing document), plans (a document to be drawn up).
    alias_of: the full title that a 以下简称 alias stands for. resolves_to: id of the document in the
    corpus, or of the stub where the corpus lacks it; filled by linking only.
    """

    kind: ClassVar[str] = "citation"
    title: str | None = None
    number: str | None = None
    relation: Relation = "mention"
    alias_of: str | None = None
    issuer: str | None = None
    resolves_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Record):
    """A named development goal of the goals section; time: ISO, as in Quantity."""

    kind: ClassVar[str] = "goal"
    time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRole:
    """One agency in one duty: name with its jurisdiction, raw as printed."""

    name: str
    raw: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Record):
    """Who answers for which task; quote is the responsibility clause, task the heading's text.

    task_start/task_end: where the task's own text stands in the file.
    """

    kind: ClassVar[str] = "assignment"
    task: str = ""
    agencies: tuple[AgencyRole, ...] = ()
    task_start: int | None = None
    task_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """A numbered task item (1.推进服务设施提质扩容): quote is its heading, body_end where it ends."""

    kind: ClassVar[str] = "task"
    title: str = ""
    number: str | None = None
    body_end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Record):
    """A date by which something is due; what: the clause it governs; time: ISO, as exact as printed."""

    kind: ClassVar[str] = "deadline"
    what: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One mended place of a damaged text: raw characters, what stands for them, and the evidence."""

    start: int
    end: int
    raw: str
    mended: str
    evidence: str


RECORD_CLASSES: dict[str, type[Record]] = {
    cls.kind: cls for cls in (Document, Quantity, Citation, Goal, Assignment, Task, Deadline)
}


#: where a record stands is no part of what it says: an edit elsewhere must not rename it
_NOT_CONTENT = {"id", "start", "end", "value_start", "value_end", "task_start", "task_end"}
_NOT_CONTENT |= {"body_end", "rule", "confidence", "resolves_to", "file"}


def identify(records: Iterable[Record]) -> list[Record]:
    """The records of one document with their ids: `kind-` and 12 hex digits of the content's hash.

    A record that says the very same again in the same section gets the number of its repetition,
    so ids survive edits anywhere else in the document.
    """
    seen: Counter[str] = Counter()
    named = []
    for record in records:
        content = {k: v for k, v in to_json(record).items() if k not in _NOT_CONTENT}
        digest = hashlib.sha256(
            json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        ).hexdigest()[:12]
        seen[digest] += 1
        suffix = f"-{seen[digest]}" if seen[digest] > 1 else ""
        named.append(replace(record, id=f"{record.kind}-{digest}{suffix}"))
    return named


def to_json(record: Record) -> dict[str, Any]:
    """The record as the JSON object that shared readers know: `kind` first, `class` for class_."""
    row: dict[str, Any] = {"kind": record.kind}
    for attribute, name in _slots(record.kind):
        row[name] = _plain(getattr(record, attribute))
    return row


@cache
def _slots(kind: str) -> tuple[tuple[str, str], ...]:
    """Each field of a kind of record and its name in JSON."""
    names = (slot.name for slot in fields(RECORD_CLASSES[kind]))
    return tuple((name, "class" if name == "class_" else name) for name in names)


def from_json(row: Mapping[str, Any]) -> Record:
    """The record that `to_json` wrote; fields it does not know are left out, missing ones default."""
    cls = RECORD_CLASSES[row["kind"]]
    values: dict[str, Any] = {}
    for attribute, name in _slots(cls.kind):
        if name in row:
            values[attribute] = _typed(attribute, row[name])
    values.setdefault("quote", "")
    return cls(**values)


def _plain(value: Any) -> Any:
    """Decimal → int or float (exact for what plans print), tuples → lists, nested records → dicts."""
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, (Evidence, AgencyRole)):
        return {slot.name: _plain(getattr(value, slot.name)) for slot in fields(value)}
    return value


def _typed(name: str, value: Any) -> Any:
    """The reverse of `_plain` for one field."""
    if value is None:
        return None
    if name in ("value", "value_high"):
        return Decimal(str(value))
    if name == "agencies":
        return tuple(AgencyRole(**{k: item[k] for k in ("name", "raw", "role")}) for item in value)
    if name == "evidence":
        return tuple(Evidence(**item) for item in value)
    if name == "stated":
        return tuple((pair[0], pair[1]) for pair in value)
    return tuple(value) if isinstance(value, list) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One verdict: an upper plan's quantity held against a lower plan's, with both quotes.

    lower is None for `absent`; lower_doc always names the plan that was searched.
    For `conflict` both sides are of one document; for `benchmark` the documents are peers.
    gap: how much, in words a person signs ("低 10 个百分点", "迟 3 年"); None when there is none.
    gap_value/gap_unit: the same as a number. basis: cited or implied (None for conflict, benchmark).
    rule: the verdict level that held. reason: why incomparable or absent, as a catalogue key.
    explanation, explanation_en: one sentence each. notes: cautions (draft, untrusted, may not apply).
    """

    upper: Quantity
    lower: Quantity | None
    upper_doc: str
    lower_doc: str
    verdict: Verdict
    gap: str | None = None
    gap_value: Decimal | None = None
    gap_unit: str | None = None
    basis: Basis | None = None
    confidence: float = 1.0
    rule: str = ""
    reason: str | None = None
    explanation: str = ""
    explanation_en: str = ""
    notes: tuple[str, ...] = ()
    alignment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One metric (指标) as a concept: every name that means it.

    id: IRI-safe slug, stable across builds (scheme notation or a hash of the normal form).
    label: preferred Chinese name. names: every surface name seen or listed, sorted.
    direction: 1 higher is better, -1 lower is better, 0 unknown. intensive: rate, ratio, per-capita
    or average (True), a total (False), unknown (None). unit: its usual unit. scheme: id in
    ontology/metrics.ttl or None. sectors: subject fields it belongs to.
    """

    id: str
    label: str
    names: tuple[str, ...]
    direction: int = 1
    intensive: bool | None = None
    unit: str | None = None
    scheme: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """A decided link between two concepts: exact or close, with score, method and reason."""

    left: str
    right: str
    relation: Literal["exact", "close"]
    score: float
    method: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stub:
    """A cited document that the corpus lacks: what its number or title proves about it."""

    id: str
    title: str | None
    number: str | None
    issuer: str | None = None
    level: Level | None = None
    place: str | None = None
    cited_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Governs:
    """`upper` governs `lower`: cited (with the citation's characters) or implied by hierarchy.

    upper: a document's id or, where the cited basis is not held, a stub's. reason, reason_en: one
    sentence each. confidence: 0..1, below 1 where place, period or rank are inferred.
    """

    upper: str
    lower: str
    basis: Basis
    reason: str
    start: int | None = None
    end: int | None = None
    reason_en: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything the graph is made of: what extraction read and what linking concluded.

    concept_of: quantity id within its document, as (doc, record id) → concept id.
    similar: goals and tasks that say nearly the same in two documents, as
    ((doc, id), (doc, id), score).
    """

    documents: tuple[Document, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    citations: tuple[Citation, ...] = ()
    goals: tuple[Goal, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    tasks: tuple[Task, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    repairs: tuple[tuple[str, Repair], ...] = ()
    concepts: tuple[Concept, ...] = ()
    concept_of: Mapping[tuple[str, str], str] = field(default_factory=dict)
    alignments: tuple[Alignment, ...] = ()
    similar: tuple[tuple[tuple[str, str], tuple[str, str], float], ...] = ()
    stubs: tuple[Stub, ...] = ()
    governs: tuple[Governs, ...] = ()
    findings: tuple[Finding, ...] = ()
