"""What changed between two builds: documents, records of each kind, verdicts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg import queries
from kg.model import Finding, Knowledge, Quantity, Record
from kg.source import GraphSource

#: what a verdict is about, whatever ids its sides have: upper plan, metric, time, lower plan
Question = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Count:
    """Records of one kind that a build has more and less than the other, and in how many documents."""

    kind: str
    added: int
    lost: int
    documents: int


@dataclass(frozen=True, slots=True)
class BuildDifference:
    """Documents by id, counts of records, findings that are new, gone or judged otherwise (before, after)."""

    documents_added: tuple[str, ...]
    documents_dropped: tuple[str, ...]
    counts: tuple[Count, ...]
    findings_added: tuple[Finding, ...]
    findings_lost: tuple[Finding, ...]
    findings_changed: tuple[tuple[Finding, Finding], ...]

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return any(
            (
                self.documents_added,
                self.documents_dropped,
                self.counts,
                self.findings_added,
                self.findings_lost,
                self.findings_changed,
            )
        )


def compare_builds(old: GraphSource, new: GraphSource) -> BuildDifference:
    """What the new build says that the old one did not, and the other way round."""
    before, after = queries.knowledge(old), queries.knowledge(new)
    docs = {each.doc for each in before.documents}, {each.doc for each in after.documents}
    judged = _by_question(before.findings), _by_question(after.findings)
    both = [question for question in judged[0] if question in judged[1]]
    changed = [(judged[0][q], judged[1][q]) for q in both if judged[0][q].verdict != judged[1][q].verdict]
    return BuildDifference(
        documents_added=tuple(sorted(docs[1] - docs[0])),
        documents_dropped=tuple(sorted(docs[0] - docs[1])),
        counts=tuple(_counts(before, after)),
        findings_added=tuple(judged[1][q] for q in judged[1] if q not in judged[0]),
        findings_lost=tuple(judged[0][q] for q in judged[0] if q not in judged[1]),
        findings_changed=tuple(changed),
    )


def _counts(before: Knowledge, after: Knowledge) -> Iterable[Count]:
    """Kinds of records that differ, quantities by class."""
    old, new = _by_kind(before), _by_kind(after)
    for kind in sorted(old.keys() | new.keys()):
        one, other = old.get(kind, Counter()), new.get(kind, Counter())
        added, lost = other - one, one - other
        if added or lost:
            documents = {doc for doc, _ in (*added, *lost)}
            yield Count(kind, added.total(), lost.total(), len(documents))


def _by_kind(knowledge: Knowledge) -> Mapping[str, Counter[tuple[str, str]]]:
    """Kind, or class of a quantity → (document, record id); ids come from content, so they say the same."""
    found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    records: tuple[Record, ...] = (
        *knowledge.documents,
        *knowledge.quantities,
        *knowledge.citations,
        *knowledge.goals,
        *knowledge.assignments,
        *knowledge.tasks,
        *knowledge.deadlines,
    )
    for record in records:
        kind = record.class_ if isinstance(record, Quantity) else record.kind
        found[kind][record.doc, record.id] += 1
    return found


def _by_question(findings: Iterable[Finding]) -> dict[tuple[Question, int], Finding]:
    """Findings by what they are about; the same question asked again is counted."""
    seen: Counter[Question] = Counter()
    found = {}
    for each in findings:
        metric = "".join(each.upper.indicator.split())
        question = each.upper_doc, metric, each.upper.time or "", each.lower_doc
        found[question, seen[question]] = each
        seen[question] += 1
    return found
