"""Targets of an upper plan that the lower plan does not mention: leads, no accusations.

An absence is found only for targets that speak to the lower plan's government and fall into its subject, once
a metric; why the lower plan may be right not to mention it is said beside it.
"""

from collections.abc import Iterator

from kg.counterparts import Shelf, asked_of, counterpart, is_unnamed_district, sectors_of
from kg.explain import absent_sentences, cautions
from kg.link.subjects import broad_sectors, sectors_in, subjects, titles_of
from kg.model import Document, Finding, Governs
from kg.places import by_code
from kg.trajectories import Point, Series

_RURAL = (
    "农村",
    "乡村",
    "乡镇",
    "行政村",
    "建制村",
    "村级",
    "村居",
    "农户",
    "乡(镇)",
    "乡（镇）",
    "自然村",
    "村卫生",
)
#: how sure an absence is: a lead, not an accusation
_ABSENT, _DOUBTFUL = 0.7, 0.7
#: words for facilities of the upper government's own
_OWN_LEVEL = {"national": "国家级", "province": "省级", "prefecture": "市级"}


def absent(pair: Governs, shelf: Shelf) -> Iterator[Finding]:
    """Targets of the upper plan without any aligned metric below, once a metric."""
    seen: set[str] = set()
    for target, upper, lower in asked_of(pair, shelf):
        if target.kind != "target" or target.concept in seen or not target.points:
            continue
        seen.add(target.concept)
        if counterpart(target, lower.doc, shelf).series is None and _covers(target, upper, lower):
            yield _absence(pair, target, upper, lower, shelf)


def _absence(pair: Governs, target: Series, upper: Document, lower: Document, shelf: Shelf) -> Finding:
    """One absent metric; the last point of its trajectory stands for it."""
    point = target.points[-1]
    doubts = list(_may_not_apply(point, target, upper, lower, shelf))
    notes = (["draft"] if lower.status == "draft" else []) + doubts
    chinese, english = absent_sentences(point, upper, lower)
    sure = _ABSENT * (_DOUBTFUL if doubts else 1.0)
    return Finding(
        upper=point.quantity,
        lower=None,
        upper_doc=upper.doc,
        lower_doc=lower.doc,
        verdict="absent",
        basis=pair.basis,
        confidence=round(sure * pair.confidence * point.quantity.confidence, 3),
        rule="absent",
        reason="reason.absent",
        explanation=chinese,
        explanation_en=english,
        notes=cautions(notes),
    )


def _covers(target: Series, upper: Document, lower: Document) -> bool:
    """Whether a metric of a broad plan (an outline) falls into the lower plan's subject at all."""
    broad = any(broad_sectors(title) for title in titles_of(upper))
    return not broad or bool(sectors_of(target) & subjects(lower))


def _may_not_apply(
    point: Point, target: Series, upper: Document, lower: Document, shelf: Shelf
) -> Iterator[str]:
    """Why the lower plan may be right not to mention it."""
    place = by_code(lower.place) if lower.place else None
    indicator = point.quantity.indicator
    if (
        place
        and place.level == "county"
        and place.name.endswith("区")
        and any(word in indicator for word in _RURAL)
    ):
        yield "rural"
    named = sectors_in(indicator)
    if named and not named & (subjects(lower) | shelf.fields(lower.doc)):
        yield "other_field"
    if is_unnamed_district(target, lower):
        yield "district"
    if _OWN_LEVEL.get(upper.level or "", "—") in indicator and upper.place != lower.place:
        yield "own_level"
    if shelf.concepts[target.concept].intensive is False and not target.levels and upper.place != lower.place:
        yield "total"
    if point.when and lower.period and point.when.year < lower.period[0]:
        yield "expired"
    if point.when and lower.period and point.when.year > lower.period[1]:
        yield "beyond"
    if target.concept in shelf.today(lower.doc):
        yield "baseline_only"
