"""Plans that stand beside each other: neither governs the other, their rates are only shown together."""

from collections.abc import Iterator

from kg.counterparts import Shelf, counterpart, is_ambiguous
from kg.explain import amount, benchmark_sentences, cautions
from kg.model import Alignment, Finding
from kg.trajectories import Series, number, sign_of, unit_of
from kg.verdicts import difference_unit


def benchmark(left: str, right: str, shelf: Shelf) -> Iterator[Finding]:
    """Rates that two peers both set, side by side."""
    for series in shelf.series(left):
        if series.kind != "target" or series.levels or shelf.concepts[series.concept].intensive is not True:
            continue
        other, link, rivals = counterpart(series, right, shelf)
        if other is None or other.kind != "target" or rivals or (link and link.relation != "exact"):
            continue
        if is_ambiguous(series.points[-1], series, other, shelf):
            continue
        if found := _peer_finding(series, other, link, shelf):
            yield found


def _peer_finding(left: Series, right: Series, link: Alignment | None, shelf: Shelf) -> Finding | None:
    """The last values of both; None where they do not convert."""
    points = left.points[-1], right.points[-1]
    a, b = points[0].quantity, points[1].quantity
    unit, sign = unit_of(a), sign_of(shelf.concepts[left.concept], a) or 1
    values = number(a, sign, unit), number(b, sign, unit)
    if values[0] is None or values[1] is None:
        return None
    gap = abs(values[0] - values[1])
    documents = shelf.documents[left.doc], shelf.documents[right.doc]
    chinese, english = benchmark_sentences(points, gap, difference_unit(unit), documents)
    drafts = ["draft_peer"] if "draft" in (documents[0].status, documents[1].status) else []
    return Finding(
        upper=a,
        lower=b,
        upper_doc=left.doc,
        lower_doc=right.doc,
        verdict="benchmark",
        gap=amount(gap, difference_unit(unit), "zh"),
        gap_value=gap,
        gap_unit=difference_unit(unit),
        confidence=round(a.confidence * b.confidence * (link.score if link else 1.0), 3),
        rule="benchmark",
        explanation=chinese,
        explanation_en=english,
        notes=cautions(drafts),
        alignment=f"{link.left}~{link.right}" if link else None,
    )
