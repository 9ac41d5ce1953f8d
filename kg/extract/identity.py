"""Who a document is: each of its own fields, read once, as values and view spans."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.extract.aliases import find_aliases
from kg.extract.dates import Found, adopted_date, labelled_date
from kg.extract.document_numbers import NumberMention, find_numbers
from kg.extract.front import ASKS_FOR_OPINIONS, Front, Heading, forwarded_title, inner_title, same_title
from kg.extract.issuers import Issuers, Signature, find_issuers, signatures
from kg.extract.jurisdiction import Seat, seat_of
from kg.extract.periods import period_of, validity_of
from kg.extract.printed import printed
from kg.extract.titles import Title, find_titles, genre_of, is_draft
from kg.model import Status
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


@dataclass(frozen=True)
class Identity:
    """One plan's own fields; a field that the text does not show is None."""

    plan: PlanText

    @cached_property
    def front(self) -> Front:
        """The first lines and their headings."""
        return Front.of(self.plan.text)

    # --- title ---

    @cached_property
    def title(self) -> Found | None:
        """The plan's own title: promulgated by a notice, a heading, in a covering sentence or a report."""
        notice, own = self.front.notice, self.front.plan
        inner = inner_title(notice.text) if notice else None
        if notice and inner:
            return Found(inner, notice.start, notice.end, "notice")
        if headline := self.front.headline:
            return Found(headline["inner"], headline.start("inner"), headline.end("inner"), "headline")
        if heading := own or notice:
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
            reported = _REPORTED.match(after) or _REPORTED.search(before)
            if reported and self._is_the_subject(title):
                return Found(title.text, title.start + 1, title.end - 1, "report")
        return None

    def _is_the_subject(self, title: Title) -> bool:
        """Whether a report is about this plan: named at its top, again later, and not as a basis."""
        text = self.plan.text
        sentence = re.split(r"[。\n]", text[max(0, title.start - 60) : title.start])[-1]
        again = sum(same_title(one.text, title.text) for one in find_titles(text[:_FRONT])) > 1
        return title.start < 400 and again and not re.search(r"根据|依据|按照|贯彻|落实|实施|执行", sentence)

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
        """Who issued it; a draft has no issuer yet."""
        if self.draft and not self.front.masthead:
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
        """The date of issue, or the year of the number."""
        if self.draft:
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
    def draft(self) -> Found | None:
        """What shows a draft: a heading that says so or asks for opinions, the title in a drafting note."""
        for heading in self.front.headings:
            if ASKS_FOR_OPINIONS.match(heading.text) or is_draft(heading.text):
                return Found("draft", heading.start, heading.end, "heading")
        title = self.title
        return Found("draft", title.start, title.end, title.rule) if title and is_draft(title.value) else None

    @cached_property
    def status_seen(self) -> Found | None:
        """What shows the status: a draft's mark, else a number, notice, signature or report of issue."""
        if self.draft:
            return self.draft
        marks = (self.number, self.front.notice, self.signature and self.signature.date, self.front.masthead)
        for mark in marks:
            if mark:
                return Found("issued", mark.start, mark.end, "mark of issue")
        title = self.title
        told = title and title.rule in ("covering sentence", "headline", "report")
        return Found("issued", title.start, title.end, title.rule) if title and told else None

    @property
    def status(self) -> Status | None:
        """draft, issued, or None when nothing shows either."""
        if self.status_seen is None:
            return None
        return "draft" if self.draft else "issued"

    @cached_property
    def seat(self) -> Seat | None:
        """The place that it governs."""
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
    def years(self) -> Found | None:
        """The period, "2023-2025", and what tells it."""
        if not self.title:
            return None
        sections = [
            (section.start, min(section.end, section.start + _FRONT))
            for section in self.plan.sections
            if _GOALS.search(section.title)
        ]
        issued = self.issued.value if self.issued else None
        return period_of(self.title, self.plan.text, issued, sections or [(0, _FRONT)])

    @property
    def period(self) -> tuple[int, int] | None:
        """First and last year."""
        return (int(self.years.value[:4]), int(self.years.value[5:])) if self.years else None

    @cached_property
    def validity(self) -> Found | None:
        """The last day on which it holds."""
        return validity_of(self.plan.text, self.issued.value if self.issued else None)


def _is_own_position(rest: str) -> bool:
    """Whether nothing but a label, brackets or 签发人 shares the line with the number."""
    bare = re.sub(
        r"[()\[\]【】\s\t|:]|签发人[:\s]*[一-龥、]{0,12}|(?:发文|文件)?(?:字号|文号|编号)|特急|急件|秘密",
        "",
        rest,
    )
    return not bare
