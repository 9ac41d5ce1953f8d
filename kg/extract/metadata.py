"""The document itself: title, number, issuer, place, date, status, period, each with its evidence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kg.extract.aliases import find_aliases
from kg.extract.dates import Found, adopted_date, labelled_date
from kg.extract.document_numbers import NumberMention, find_numbers
from kg.extract.front import ASKS_FOR_OPINIONS, Front, Heading, forwarded_title, inner_title, same_title
from kg.extract.issuers import Issuers, Signature, find_issuers, signatures
from kg.extract.jurisdiction import Seat, seat_of
from kg.extract.periods import period_of, validity_of
from kg.extract.printed import printed
from kg.extract.stated import with_statements
from kg.extract.titles import find_titles, genre_of, is_draft
from kg.extract.trust import judge
from kg.model import Document, Evidence, Status
from kg.places import agency_of_number
from kg.text.plan import PlanText

#: 《X》已经市政府同意,现印发给你们: the document's own title in its covering sentence
_COVERING = re.compile(
    r"(?:已经|业经|经)[^。\n]{2,60}(?:同意|批准|通过|审定|审议)|现(?:将)?印发|现予(?:印发|公布|发布)"
)
#: a report on a plan that was made public stands for the plan
_REPORTED = re.compile(r"(?:正式)?(?:公布|发布|印发|出台)")
_LABELLED = re.compile(r"(?:发文|文件)?(?:字号|文号|编号)[:\s|】]{1,4}$")
_GOALS = re.compile(r"目标")
_FRONT = 3000  # characters in which a document's own number stands


def read_document(plan: PlanText) -> Document:
    """The document that the plan's text is; what it does not say is None, what the manifest says wins."""
    reader = _Reader(plan)
    document = Document(
        doc=plan.doc,
        start=plan.start,
        end=plan.end,
        quote="",
        rule="metadata",
        title=reader.printed_title,
        doc_number=reader.number.number if reader.number else None,
        issuer=reader.issuer,
        joint_issuers=reader.issuers.joint if reader.issuers else (),
        jurisdiction=reader.seat.full_name if reader.seat else None,
        place=reader.seat.place.code if reader.seat else None,
        level=reader.seat.level if reader.seat else None,
        issued=reader.issued.value if reader.issued else None,
        status=reader.status,
        period=reader.period,
        valid_until=reader.validity.value if reader.validity else None,
        genre=genre_of(reader.title.value) if reader.title else None,
        aliases=tuple(reader.aliases()),
        evidence=tuple(reader.evidence()),
        confidence=reader.seat.confidence if reader.seat else 1.0,
        file=plan.file,
    )
    document = with_statements(document, plan.stated)
    trust = judge(plan, document)
    trusted = document.trusted and (trust.trusted or plan.stated.get("trusted", "").lower() == "true")
    return replace(document, trusted=trusted, trust_signs=trust.signs)


@dataclass(frozen=True)
class _Reader:
    """One plan's fields, each read once; values are view spans until `evidence` turns them into quotes."""

    plan: PlanText

    @cached_property
    def front(self) -> Front:
        return Front.of(self.plan.text)

    # --- title ---

    @cached_property
    def title(self) -> Found | None:
        """The plan's own title: promulgated by a notice, a heading, in a covering sentence or a report."""
        notice, own = self.front.notice, self.front.plan
        inner = inner_title(notice.text) if notice else None
        if notice and inner:
            return Found(inner, notice.start, notice.end, "notice")
        if own or notice:
            heading = own or notice
            assert heading is not None
            return Found(heading.text, heading.start, heading.end, "heading")
        return self._title_in_a_sentence()

    @cached_property
    def printed_title(self) -> str | None:
        """The title with the quotation marks that the file prints."""
        return self._printed(self.title.value, self.title.start, self.title.end) if self.title else None

    def _printed(self, value: str, start: int, end: int) -> str:
        whole = printed(self.plan, start, end)
        at = re.sub(r"\s", "", self.plan.text[start:end]).find(value)
        return whole[at : at + len(value)] if at >= 0 else value

    def _title_in_a_sentence(self) -> Found | None:
        text = self.plan.text
        for title in find_titles(text[:_FRONT]):
            after, before = text[title.end : title.end + 70], text[max(0, title.start - 12) : title.start]
            if _COVERING.match(after) or before.endswith("现将"):
                return Found(title.text, title.start + 1, title.end - 1, "covering sentence")
            if title.start < 400 and (_REPORTED.match(after) or _REPORTED.search(before)):
                return Found(title.text, title.start + 1, title.end - 1, "report")
        return None

    def aliases(self) -> Iterator[str]:
        """Every other name: the notice's title, a heading in other words, 《行动计划》."""
        own = self.title
        if own is None:
            return
        carriers = [one for one in self.front.headings if forwarded_title(one.text) == own.value]
        headings = [one for one in (self.front.notice, self.front.plan, *carriers) if one]
        names = [self._printed(one.text, one.start, one.end) for one in headings]
        names += list(self._short_names(own.value))
        seen = {self.printed_title}
        for name in names:
            if name not in seen:
                seen.add(name)
                yield name

    def _short_names(self, own: str) -> Iterator[str]:
        """Short names defined right after the own title or after 本方案."""
        text = self.plan.text
        ends = {title.end for title in find_titles(text) if same_title(title.text, own)}
        genre = genre_of(own) or ""
        for alias in find_aliases(text):
            said = text[max(0, alias.before - 12) : alias.before]
            if alias.before in ends or re.search(rf"本[一-龥]{{0,6}}{genre[-2:]}$", said):
                yield alias.name

    # --- number, issuer, date ---

    @cached_property
    def number(self) -> NumberMention | None:
        """The own number: alone on its line or in brackets near the title, or after 发文字号."""
        text = self.plan.text[:_FRONT]
        limit = self._body_start
        for number in find_numbers(text):
            if number.form == "standard" or number.start > limit:
                continue
            line_start = text.rfind("\n", 0, number.start) + 1
            line_end = text.find("\n", number.end)
            rest = text[line_start : number.start] + text[number.end : line_end if line_end >= 0 else None]
            if _is_own_position(rest) or _LABELLED.search(text, max(0, number.start - 12), number.start):
                return number
        return None

    @cached_property
    def _body_start(self) -> int:
        """Where the text proper begins: the first sentence after a heading."""
        first = self.front.headings[0].end if self.front.headings else 0
        for line in self.front.lines:
            if line.start >= first and re.search(r"[。;]", line.text):
                return line.start
        return _FRONT

    @cached_property
    def signature(self) -> Signature | None:
        """The block that signs the document: in the notice if there is one, else the first signed."""
        found = list(signatures(self.plan.text))
        own = self.front.plan
        near = own.start if own and self.front.notice else None
        if near is not None and (inside := [one for one in found if one.date.end <= near]):
            return inside[-1]
        signed = [one for one in found if one.start < one.end]
        if signed:
            return signed[0]
        bare = [one for one in found if self._may_stand_bare(one)]
        return bare[0] if bare else None

    def _may_stand_bare(self, signature: Signature) -> bool:
        """An unsigned date counts above the heading, right below it, and at the very end."""
        text, own = self.plan.text, self.front.plan
        at = signature.date.start
        if len(signature.date.value) == 10 and (at > len(text) - 300 or (own and at < own.start)):
            return True
        return own is not None and 0 <= at - own.end <= 40

    @cached_property
    def issuers(self) -> Issuers | None:
        if self.status == "draft" and not self.front.masthead:
            return None
        return find_issuers(self.plan, self.front, self.signature, self.title.value if self.title else None)

    @cached_property
    def issuer(self) -> str | None:
        """As printed; where only the number tells, the body that its code names for sure."""
        if self.issuers:
            return self.issuers.name
        if not self.number:
            return None
        return agency_of_number(self.number.number, self.seat.place if self.seat else None)

    @cached_property
    def issued(self) -> Found | None:
        if self.status == "draft":
            return None
        text = self.plan.text
        if self.signature:
            return self.signature.date
        if found := labelled_date(text) or adopted_date(text):
            return found
        if self.number and self.number.year:
            return Found(str(self.number.year), self.number.start, self.number.end, "year of the number")
        return None

    # --- status, place, time ---

    @cached_property
    def status(self) -> Status | None:
        headings = self.front.headings
        asked = any(ASKS_FOR_OPINIONS.match(heading.text) for heading in headings)
        if asked or any(is_draft(heading.text) for heading in headings) or self._note_of_a_draft():
            return "draft"
        if self.number or self.front.notice or self.signature or self.front.masthead:
            return "issued"
        return "issued" if self.title and self.title.rule in ("covering sentence", "report") else None

    def _note_of_a_draft(self) -> bool:
        return bool(self.title and is_draft(self.title.value))

    @cached_property
    def seat(self) -> Seat | None:
        names = []
        if self.issuers:
            names.append((self.issuers.name, self.issuers.start, "issuer"))
        if self.front.masthead:
            names.append((self.front.masthead.text, self.front.masthead.start, "masthead"))
        names += [(heading.text, heading.start, "title") for heading in self._titles()]
        return seat_of(self.plan.text, names, self.number.number if self.number else None)

    def _titles(self) -> Iterator[Heading]:
        if self.title:
            yield Heading(self.title.value, self.title.start, self.title.end)
        if self.front.plan:
            yield self.front.plan

    @cached_property
    def period(self) -> tuple[int, int] | None:
        if not self.title:
            return None
        text = self.plan.text
        goals = "\n".join(
            text[section.start : min(section.end, section.start + 3000)]
            for section in self.plan.sections
            if _GOALS.search(section.title)
        )
        read = period_of(
            self.title.value, text, self.issued.value if self.issued else None, goals or text[:3000]
        )
        return read[0] if read else None

    @cached_property
    def validity(self) -> Found | None:
        return validity_of(self.plan.text, self.issued.value if self.issued else None)

    # --- evidence ---

    def evidence(self) -> Iterator[Evidence]:
        """The characters behind every field that is printed."""
        if self.title:
            yield self._quoted("title", self.title.start, self.title.end, self.title.rule)
        if self.number:
            yield self._quoted("doc_number", self.number.start, self.number.end, "own position")
        if self.issuers:
            yield self._quoted("issuer", self.issuers.start, self.issuers.end, self.issuers.rule)
        elif self.issuer and self.number:
            yield self._quoted("issuer", self.number.start, self.number.end, "agency code", 0.9)
        if self.issued:
            yield self._quoted("issued", self.issued.start, self.issued.end, self.issued.rule)
        if self.seat:
            yield from self._seat_evidence(self.seat)
        if self.validity:
            yield self._quoted("valid_until", self.validity.start, self.validity.end, self.validity.rule)

    def _seat_evidence(self, seat: Seat) -> Iterator[Evidence]:
        text = self.plan.text
        for clue in seat.clues:
            at = seat.start if text.startswith(clue, seat.start) and seat.end else text.find(clue)
            if at >= 0:
                yield self._quoted("jurisdiction", at, at + len(clue), seat.rule, seat.confidence)

    def _quoted(self, field: str, start: int, end: int, rule: str, confidence: float = 1.0) -> Evidence:
        first, last, quote = self.plan.span(start, end)
        return Evidence(field=field, start=first, end=last, quote=quote, rule=rule, confidence=confidence)


def _is_own_position(rest: str) -> bool:
    """Whether nothing but a label, brackets or 签发人 shares the line with the number."""
    bare = re.sub(
        r"[()\[\]【】\s\t|:]|签发人[:\s]*[一-龥、]{0,12}|(?:发文|文件)?(?:字号|文号|编号)|特急|急件|秘密",
        "",
        rest,
    )
    return not bare
