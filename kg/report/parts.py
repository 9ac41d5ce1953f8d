"""The parts of a report: what every format is given, in one language, in the order in which it is printed."""

from dataclasses import dataclass

from kg.explain import Lang
from kg.model import Finding, Verdict
from kg.report.charts import Load, Matrix, Timeline
from kg.report.material import Material


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One quote with its place: document, number, section, characters `start`..`end` of the file's text."""

    doc: str
    title: str
    number: str
    section: str
    start: int
    end: int
    before: str
    quote: str
    after: str
    metric: str
    value: str
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One finding as a person reads it. word: the verdict; said: the sentence; basis: why compared at all."""

    id: str
    verdict: Verdict
    word: str
    metric: str
    nature: str
    gap: str
    said: str
    basis: str
    confidence: float
    rule: str
    notes: tuple[str, ...]
    upper_plan: str
    lower_plan: str
    upper: Side
    lower: Side | None
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One governing relation between plans that are held, with how many findings stand on it."""

    upper: str
    lower: str
    basis: str
    reason: str
    confidence: float
    findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A document that is cited and not held; governs: some plan of the report names it as its basis."""

    title: str
    number: str
    issuer: str
    level: str
    governs: bool
    cited_by: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One document that the report rests on; text_key: hash of its file's text, "" where it is not known."""

    doc: str
    title: str
    number: str
    jurisdiction: str
    period: str
    status: str
    file: str
    text_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A remark of the check before signature that is no verdict: its kind, where it stands, what is wrong."""

    kind: str
    section: str
    said: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything a report says, in one language; lists are in the order in which they are printed."""

    lang: Lang
    title: str
    subject: str
    date: str | None
    version: str
    digest: str
    summary: tuple[str, ...]
    counts: tuple[tuple[Verdict, str, int], ...]
    pairs: tuple[Pair, ...]
    shortfalls: tuple[Entry, ...]
    conflicts: tuple[Entry, ...]
    incomparable: tuple[Entry, ...]
    absent: tuple[Entry, ...]
    doubtful: tuple[Entry, ...]
    kept: tuple[Entry, ...]
    benchmarks: tuple[Entry, ...]
    missing: tuple[Lacking, ...]
    sources: tuple[Source, ...]
    method: tuple[str, ...]
    matrix: Matrix
    timelines: tuple[Timeline, ...]
    loads: tuple[Load, ...]
    material: Material
    warnings: tuple[Warned, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every finding, in the order of the sections."""
        return (
            *self.shortfalls,
            *self.conflicts,
            *self.incomparable,
            *self.absent,
            *self.doubtful,
            *self.kept,
            *self.benchmarks,
        )
