"""Every document that a text cites, and how: what is named, and which verb governs it."""

import re
from collections.abc import Iterator, Sequence

from kg.extract.naming import Named, find_named
from kg.extract.own_names import OwnNames
from kg.extract.printed import printed
from kg.extract.relations import Setting, relation_of
from kg.extract.titles import issuer_of
from kg.model import Citation, Document, Relation
from kg.text.plan import PlanText
from kg.text.view import NUMBERED

_CLAUSE = re.compile(r"[,。;!?:\n\t|]")
_SENTENCE = re.compile(r"[。;!?\n]")
_REACH = 90  # characters of context on either side
_BODY = r"(?:国务院|政府|办公[厅室]|委员会|委|局|厅|部|省|市|县|区|国家|总局|院|会)"
#: between two titles of one list: 《A》(…)、省政府《B》; what is left of a bracket may come first
_LISTED = re.compile(
    rf"(?:[^()《》,。;\n]{{0,10}}\))?(?:(?:[、和与及或以并]|以及)*|[、,和与及以]{{1,2}}[一-龥、]{{0,24}}{_BODY}(?:联合)?(?:等[一-龥\d]{{1,3}}部[门委])?(?:印发的?|关于)?|"
    r"[省市县区])"
)
#: between a title and the short name that it is given
_CALLED = re.compile(r"[^()《》。;\n]{0,12}[(,]?(?:以下|下文|下|后文)?(?:简称|统称)(?:为|作)?:?\"?")
_LEADS = re.compile(
    r".*(?:根据|依据|按照|依照|贯彻|落实|执行|实施|参照|遵照|关于(?!印发)|转发|现将|对照|[》)])"
)
_ISSUED = re.compile(r"(?:联合|近日|关于)?(?:印发|发布|出台|下发|制定|颁布|公布)?的?$")
_ISSUER = re.compile(
    rf"(?!(?:国家|[省市县区、])+$)[一-龥、]{{1,30}}(?<![和与及]){_BODY}(?:等[一-龥\d]{{1,3}}部[门委])?"
)


def find_citations(plan: PlanText, document: Document) -> list[Citation]:
    """Every document that the plan names, in order of place; `resolves_to` is set for itself only."""
    own = OwnNames.of(document)
    found: list[Citation] = []
    for group in _groups(find_named(plan.text), plan.text):
        relation = relation_of(_setting(group, plan, document))
        for one in group:
            itself = own.is_meant(one.title(plan.text), one.number, one.alias_of, plan.text[: one.start][-4:])
            found.append(_citation(plan, document, one, "self" if itself else relation))
    return found


def _groups(named: Sequence[Named], text: str) -> Iterator[list[Named]]:
    """Runs of documents that one verb governs: listed side by side."""
    group: list[Named] = []
    for one in named:
        if group and not _side_by_side(group[-1], one, text):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _side_by_side(one: Named, other: Named, text: str) -> bool:
    return any(between.fullmatch(text, one.end, other.start) for between in (_LISTED, _CALLED))


def _setting(group: Sequence[Named], plan: PlanText, document: Document) -> Setting:
    """The clause before the first of the group, what follows the last, and where it stands."""
    text, start, end = plan.text, group[0].start, group[-1].end
    window = text[max(0, start - _REACH) : start]
    sentence = _SENTENCE.split(window)[-1]
    return Setting(
        before=_CLAUSE.split(re.sub(r"《[^《》]*》", "", window))[-1],
        after=_CLAUSE.split(text[end : end + 40], maxsplit=1)[0],
        sentence=sentence,
        headings=(*plan.path(start), _line_above(text, start)),
        level=document.level,
        issued_year=int(document.issued[:4]) if document.issued else None,
        numbered=any(one.number for one in group),
    )


def _line_above(text: str, at: int) -> str:
    """The short line above the one at `at`, as a heading without a number is; "" where there is none."""
    end = text.rfind("\n", 0, at)
    above = text[text.rfind("\n", 0, max(end, 0)) + 1 : max(end, 0)]
    return NUMBERED.sub("", above, count=1) if len(above) < 16 else ""


def _citation(plan: PlanText, document: Document, named: Named, relation: Relation) -> Citation:
    start, end, quote = plan.span(named.start, named.end)
    title = printed(plan, named.title_start, named.title_end)
    return Citation(
        doc=plan.doc,
        start=start,
        end=end,
        quote=quote,
        rule=f"citation.{named.rule}",
        section=plan.path(named.start),
        confidence=named.confidence,
        title=title or None,
        number=named.number,
        relation=relation,
        alias_of=named.alias_of,
        issuer=issuer_of(title) or _issuer_before(plan.text, named.start),
        resolves_to=document.doc if relation == "self" else None,
    )


def _issuer_before(text: str, start: int) -> str | None:
    """省民政厅《X》, 南昌市人民政府办公厅印发《X》."""
    clause = _LEADS.sub("", _CLAUSE.split(text[max(0, start - 40) : start])[-1])
    issuer = _ISSUED.sub("", clause).lstrip("和与及、")
    return issuer if len(issuer) > 2 and _ISSUER.fullmatch(issuer) else None
