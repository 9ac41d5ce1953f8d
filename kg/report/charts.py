"""What the charts show, as numbers and words: metrics × plans, values over time, duties of each agency."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.explain import Lang, value_of
from kg.model import Finding, Quantity, Role, Verdict
from kg.report.material import Material
from kg.report.words import metric_of, plan_names
from kg.trajectories import moment, number, unit_of

#: what one cell of the matrix shows where a metric has several verdicts: the gravest
GRAVEST: tuple[Verdict, ...] = (
    "short",
    "late",
    "weaker",
    "conflict",
    "absent",
    "incomparable",
    "contributes",
    "meets",
    "exceeds",
)
#: beyond these a chart says less than the tables
ROWS, COLUMNS, TIMELINES, AGENCIES = 40, 40, 12, 20
_PATHS: frozenset[Verdict] = frozenset({"short", "late", "weaker", "meets", "exceeds"})


@dataclass(frozen=True, slots=True)
class Matrix:
    """Metrics × plans. left_out: rows and columns that do not fit; the tables have them all.

    silent: metrics that every plan leaves unmentioned; they stand in the list of absences, not here.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[Verdict | None, ...]], ...] = ()
    left_out: tuple[int, int] = (0, 0)
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """One value on a time line: when in years (2022 is the end of 2022), how much, as printed."""

    year: float
    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the upper plan asks over time and what the lower plan commits to, in the upper's unit."""

    metric: str
    unit: str
    upper: str
    lower: str
    verdict: Verdict
    asked: tuple[Mark, ...]
    committed: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """How many duties an agency leads, answers for and supports."""

    agency: str
    lead: int
    responsible: int
    support: int

    @property
    def total(self) -> int:
        """All duties it has a part in."""
        return self.lead + self.responsible + self.support


def matrix(material: Material) -> Matrix:
    """The gravest verdict of each metric in each lower plan; with one lower plan, under each upper plan.

    Columns with most shortfalls first where not all fit; rows that lag in most plans first.
    """
    found = [each for each in material.findings if each.verdict in GRAVEST and each.verdict != "conflict"]
    by_lower = len({each.lower_doc for each in found}) > 1
    names = plan_names(material.documents.values())
    cells: dict[str, dict[str, Verdict]] = defaultdict(dict)
    names_of: dict[str, list[str]] = defaultdict(list)
    for each in found:
        metric = material.concept_of.get((each.upper.doc, each.upper.id), each.upper.id)
        column = each.lower_doc if by_lower else each.upper_doc
        names_of[metric].append(metric_of(each.upper))
        cells[metric][column] = min(each.verdict, cells[metric].get(column, each.verdict), key=GRAVEST.index)
    labels = {metric: min(said, key=lambda name: (len(name), name)) for metric, said in names_of.items()}
    spoken = {metric: row for metric, row in cells.items() if set(row.values()) != {"absent"}}
    columns = _columns(spoken)
    rows = sorted(spoken, key=lambda metric: (*_weight(cells[metric].values()), labels[metric]))
    return Matrix(
        tuple(names[column] for column in columns[:COLUMNS]),
        tuple(
            (labels[metric], tuple(cells[metric].get(column) for column in columns[:COLUMNS]))
            for metric in rows[:ROWS]
        ),
        (max(0, len(rows) - ROWS), max(0, len(columns) - COLUMNS)),
        len(cells) - len(spoken),
    )


def _columns(cells: Mapping[str, Mapping[str, Verdict]]) -> list[str]:
    """The plans, those with most shortfalls first, by id among equals."""
    held: dict[str, list[Verdict]] = defaultdict(list)
    for row in cells.values():
        for column, verdict in row.items():
            held[column].append(verdict)
    return sorted(held, key=lambda column: (*_weight(held[column]), column))


def _weight(verdicts: Iterable[Verdict]) -> tuple[int, ...]:
    """How grave a row or column is: counts of each verdict, the gravest first, most first."""
    counts = Counter(verdicts)
    return tuple(-counts[verdict] for verdict in GRAVEST)


# ---------------------------------------------------------------- values over time


def timelines(material: Material, lang: Lang = "zh") -> tuple[Timeline, ...]:
    """The paths of metrics that both sides put in numbers and dates, gravest verdict first."""
    groups: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for each in material.findings:
        if each.verdict in _PATHS and each.lower is not None and moment(each.upper.time):
            metric = material.concept_of.get((each.upper.doc, each.upper.id), each.upper.id)
            groups[each.upper_doc, each.lower_doc, metric].append(each)
    stated = _stated(material)
    drawn = [line for found in groups.values() if (line := _timeline(found, material, stated, lang))]
    drawn.sort(key=lambda each: (GRAVEST.index(each.verdict), each.metric, each.upper, each.lower))
    return tuple(drawn[:TIMELINES])


def _stated(material: Material) -> dict[tuple[str, str], list[Quantity]]:
    """(document, metric) → its dated targets."""
    stated: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for each in material.quantities:
        metric = material.concept_of.get((each.doc, each.id))
        if metric and each.class_ == "target" and moment(each.time):
            stated[each.doc, metric].append(each)
    return stated


def _timeline(
    found: Sequence[Finding],
    material: Material,
    stated: Mapping[tuple[str, str], Sequence[Quantity]],
    lang: Lang,
) -> Timeline | None:
    """One metric of one pair; None where a side has no dated number or there is only one moment."""
    gravest = min(found, key=lambda each: GRAVEST.index(each.verdict))
    unit = unit_of(gravest.upper)
    below = [each.lower for each in found if each.lower]
    metrics = {material.concept_of.get((each.doc, each.id)) for each in below}
    own = [each for metric in metrics if metric for each in stated.get((gravest.lower_doc, metric), ())]
    asked = _marks([each.upper for each in found], unit, lang)
    committed = _marks([*below, *own], unit, lang)
    if not asked or not committed or len({mark.year for mark in (*asked, *committed)}) < 2:
        return None
    names = plan_names(material.documents[doc] for doc in (gravest.upper_doc, gravest.lower_doc))
    sides = names[gravest.upper_doc], names[gravest.lower_doc]
    return Timeline(metric_of(gravest.upper), unit or "", *sides, gravest.verdict, asked, committed)


def _marks(quantities: Iterable[Quantity], unit: str | None, lang: Lang) -> tuple[Mark, ...]:
    """Dated values by time; of two statements for one time the first."""
    marks: dict[float, Mark] = {}
    for each in quantities:
        when, value = moment(each.time), number(each, 1, unit)
        if when and value is not None:
            year = (when.month + 1) / 12 - 1
            marks.setdefault(year, Mark(year, float(value), f"{each.time} {value_of(each, lang)}"))
    return tuple(marks[year] for year in sorted(marks))


# ---------------------------------------------------------------- who has how much to do


def loads(material: Material) -> tuple[Load, ...]:
    """Agencies of the plans reported on by their number of duties, the most burdened first."""
    counts: dict[str, Counter[Role]] = defaultdict(Counter)
    for each in material.assignments:
        if each.doc in material.lowers:
            for name, role in dict.fromkeys((role.name, role.role) for role in each.agencies):
                counts[name][role] += 1
    made = [Load(name, each["lead"], each["responsible"], each["support"]) for name, each in counts.items()]
    return tuple(sorted(made, key=lambda each: (-each.total, each.agency))[:AGENCIES])
