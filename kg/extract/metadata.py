"""The document itself: title, number, issuer, place, date, status, period, each with its evidence."""

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.dates import Found
from kg.extract.identity import Identity
from kg.extract.jurisdiction import Seat
from kg.extract.stated import with_statements
from kg.extract.titles import genre_of
from kg.extract.trust import judge
from kg.model import Document, Evidence
from kg.text.plan import PlanText


def read_document(plan: PlanText) -> Document:
    """The document that the plan's text is; what it does not say is None, what the manifest says wins."""
    own = Identity(plan)
    document = Document(
        doc=plan.doc,
        start=plan.start,
        end=plan.end,
        quote="",
        rule="metadata",
        title=own.printed_title,
        doc_number=own.number.number if own.number else None,
        issuer=own.issuer,
        joint_issuers=own.issuers.joint if own.issuers else (),
        jurisdiction=own.seat.full_name if own.seat else None,
        place=own.seat.place.code if own.seat else None,
        level=own.seat.level if own.seat else None,
        issued=own.issued.value if own.issued else None,
        status=own.status,
        period=own.period,
        valid_until=own.validity.value if own.validity else None,
        genre=genre_of(own.title.value) if own.title else None,
        aliases=tuple(own.aliases()),
        evidence=tuple(_evidence(plan, own)),
        confidence=own.seat.confidence if own.seat else 1.0,
        file=plan.file,
    )
    document = with_statements(document, plan.stated)
    trust = judge(plan, document)
    trusted = document.trusted and (trust.trusted or plan.stated.get("trusted", "").lower() == "true")
    return replace(document, trusted=trusted, trust_signs=trust.signs)


def _evidence(plan: PlanText, own: Identity) -> Iterator[Evidence]:
    """The characters behind every field that is printed."""
    printed = {
        "title": own.title,
        "issued": own.issued,
        "status": own.status_seen,
        "period": own.years,
        "valid_until": own.validity,
    }
    for field, found in printed.items():
        if found:
            yield _quoted(plan, field, found)
    if own.number:
        number = Found(own.number.number, own.number.start, own.number.end, "own position")
        yield _quoted(plan, "doc_number", number)
        if own.issuer and not own.issuers:
            yield _quoted(plan, "issuer", number._replace(rule="agency code"), 0.9)
    if own.issuers:
        issuer = Found(own.issuers.name, own.issuers.start, own.issuers.end, own.issuers.rule)
        yield _quoted(plan, "issuer", issuer)
    if own.seat:
        yield from _evidence_of_place(plan, own.seat)


def _evidence_of_place(plan: PlanText, seat: Seat) -> Iterator[Evidence]:
    """Where the clues stand: the first at the seat's own place, others where the text first has them."""
    for clue in seat.clues:
        at = seat.start if plan.text.startswith(clue, seat.start) else plan.text.find(clue)
        if at >= 0:
            yield _quoted(plan, "jurisdiction", Found(clue, at, at + len(clue), seat.rule), seat.confidence)


def _quoted(plan: PlanText, field: str, found: Found, confidence: float = 1.0) -> Evidence:
    start, end, quote = plan.span(found.start, found.end)
    return Evidence(field=field, start=start, end=end, quote=quote, rule=found.rule, confidence=confidence)
