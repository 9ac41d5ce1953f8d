"""What people accepted, rejected and corrected: an append-only ledger, applied again at each build.

One JSON object a line in `review.jsonl` beside the corpus. Nothing is ever deleted from it: an undo
is an entry of its own. A decision names the record it is about by its id, which comes from content,
so it holds as long as the text says the same, wherever in the document.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal, TypeVar

from kg.errors import ManifestError, UsageError
from kg.model import Alignment, Finding, Record

Action = Literal["accept", "reject", "correct", "undo"]
Subject = Literal["record", "alignment", "finding"]
LEDGER = "review.jsonl"
#: fields of a record that a person may correct, and how the value is read
CORRECTABLE: dict[str, type] = {
    "indicator": str,
    "value": Decimal,
    "value_high": Decimal,
    "comparator": str,
    "unit": str,
    "time": str,
    "nature": str,
    "class_": str,
    "scope": str,
    "population": str,
    "title": str,
    "number": str,
    "relation": str,
}
Found = TypeVar("Found", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One entry of the ledger.

    subject/key: what it is about: a record as "doc/id", an alignment as "concept|concept", a finding as
    "upper doc/id>lower doc/id" (lower doc alone for an absent one). field and value: the correction.
    who, reason: always given. undoes: id of the entry that it takes back.
    """

    action: Action
    subject: Subject
    key: str
    who: str
    reason: str
    when: str
    field: str | None = None
    value: str | None = None
    undoes: str | None = None

    @property
    def id(self) -> str:
        """12 hex digits of the entry's content."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:12]


def record_key(record: Record) -> str:
    """The key of a record."""
    return f"{record.doc}/{record.id}"


def alignment_key(left: str, right: str) -> str:
    """The key of a link between two concepts, the same from both sides."""
    return "|".join(sorted((left, right)))


def finding_key(finding: Finding) -> str:
    """The key of a verdict."""
    lower = record_key(finding.lower) if finding.lower else finding.lower_doc
    return f"{record_key(finding.upper)}>{lower}"


def decide(
    ledger: Path,
    action: Action,
    subject: Subject,
    key: str,
    *,
    who: str,
    reason: str,
    field: str | None = None,
    value: str | None = None,
    undoes: str | None = None,
) -> Decision:
    """Append one decision to the ledger and give it back.

    Raises:
        UsageError: no name, no reason, or a correction that does not fit its field.
    """
    if not who.strip() or not reason.strip():
        raise UsageError(
            ledger, "复核须写明姓名和理由 (a review needs a name and a reason)", "补填后重试 (fill in both)."
        )
    if action == "correct":
        _typed(field, value)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    entry = Decision(
        action=action, subject=subject, key=key, who=who.strip(), reason=reason.strip(), when=now,
        field=field, value=value, undoes=undoes,
    )  # fmt: skip
    with ledger.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
    return entry


def undo(ledger: Path, entry: Decision, *, who: str, reason: str) -> Decision:
    """Take back one decision by a new entry."""
    return decide(ledger, "undo", entry.subject, entry.key, who=who, reason=reason, undoes=entry.id)


def read_ledger(ledger: Path) -> list[Decision]:
    """All decisions in the order in which they were made; none where there is no ledger.

    Raises:
        ManifestError: a line is not a decision; names the line.
    """
    if not ledger.is_file():
        return []
    entries = []
    for number, line in enumerate(ledger.read_text("utf-8").splitlines(), 1):
        try:
            entries.append(Decision(**json.loads(line)))
        except (json.JSONDecodeError, TypeError) as error:
            fault = f"不是复核记录 (not a decision): {error}"
            raise ManifestError(
                f"{ledger}:{number}", fault, "改正或删去这一行 (mend or drop the line)."
            ) from error
    return entries


def standing(entries: Iterable[Decision]) -> dict[tuple[Subject, str, str | None], Decision]:
    """The decisions that stand: undone ones gone, the last word on each subject and field kept."""
    entries = list(entries)
    undone = {entry.undoes for entry in entries if entry.action == "undo"}
    return {
        (entry.subject, entry.key, entry.field): entry
        for entry in entries
        if entry.action != "undo" and entry.id not in undone
    }


def apply_to_records(records: Iterable[Record], entries: Iterable[Decision]) -> list[Record]:
    """The records as people left them: rejected ones gone, corrected fields changed, accepted ones sure."""
    by_key: dict[str, list[Decision]] = {}
    for (subject, key, _), entry in standing(entries).items():
        if subject == "record":
            by_key.setdefault(key, []).append(entry)
    if not by_key:
        return list(records)
    changed = (_decided(record, by_key.get(record_key(record), ())) for record in records)
    return [record for record in changed if record is not None]


def _decided(record: Found, entries: Sequence[Decision]) -> Found | None:
    for entry in entries:
        if entry.action == "reject":
            return None
        changes: dict[str, Any] = {"confidence": 1.0, "rule": f"{record.rule} + review {entry.id}"}
        if entry.action == "correct" and entry.field:
            changes[entry.field] = _typed(entry.field, entry.value)
        record = replace(record, **changes)
    return record


def _typed(field: str | None, value: str | None) -> Any:
    if field not in CORRECTABLE:
        known = ", ".join(CORRECTABLE)
        raise UsageError(
            str(field), "这个字段不能更正 (this field cannot be corrected)", f"可更正 (can be): {known}."
        )
    if value in (None, ""):
        return None
    try:
        return CORRECTABLE[field](value)
    except InvalidOperation as error:
        raise UsageError(field, f"{value!r} 不是数 (not a number)", "填写数字 (give a number).") from error


def apply_to_alignments(
    alignments: Iterable[Alignment], entries: Iterable[Decision]
) -> tuple[Alignment, ...]:
    """The links between metrics as people left them: accepted ones exact, rejected ones gone."""
    kept = {key: entry for (subject, key, _), entry in standing(entries).items() if subject == "alignment"}
    found = {alignment_key(link.left, link.right): link for link in alignments}
    for key, entry in kept.items():
        if entry.action == "reject":
            found.pop(key, None)
        else:
            left, right = key.split("|")
            reason = f"{entry.who}: {entry.reason}"
            found[key] = Alignment(
                left=left, right=right, relation="exact", score=1.0, method="review", reason=reason
            )
    return tuple(found[key] for key in sorted(found))


def apply_to_findings(findings: Iterable[Finding], entries: Iterable[Decision]) -> tuple[Finding, ...]:
    """The verdicts as people left them: rejected ones gone, accepted ones sure and signed."""
    kept = {key: entry for (subject, key, _), entry in standing(entries).items() if subject == "finding"}
    judged = []
    for finding in findings:
        entry = kept.get(finding_key(finding))
        if entry is None:
            judged.append(finding)
        elif entry.action != "reject":
            note = f"{entry.who} {entry.when[:10]} 已复核 (reviewed): {entry.reason}"
            judged.append(replace(finding, confidence=1.0, notes=(*finding.notes, note)))
    return tuple(judged)
