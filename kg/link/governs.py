"""Which plan governs which: cited as basis, or implied by place and rank; and which plans are only peers.

`upper` governs `lower` when the lower plan's place lies strictly inside the upper's, when the lower cites the
upper as its basis, or when both are of one place and the upper's issuer (or kind of plan) stands above. In
every case their subjects overlap and their periods meet. Untrusted texts take no part; drafts govern nobody.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.link.numbers import number_key
from kg.link.periods import issued_later, period, periods_meet
from kg.link.subjects import Subjects, sectors_of_titles, subjects, titles_of
from kg.link.titles import dice, read_title
from kg.model import Citation, Document, Governs, Stub
from kg.places import gazetteer as places
from kg.places.gazetteer import NATION

_GOVERNMENT = re.compile(
    r"人民政府|国务院|^中共|中央|[省市区县州盟旗]委(?:办公[厅室])?$|人民代表大会|人大常委会"
)
_BUREAU = re.compile(r"[局厅部委]$|委员会$|办公室$|中心$|院$")
_OFFICE_HEAD = re.compile(r"[府政]办?(?:发|函|字|规)")
_RANKS = (
    (re.compile(r"国民经济和社会发展|远景目标纲要"), 3),
    (re.compile(r"要点|年度|工作(?:计划|方案|安排)|任务分工|清单|专班"), 0),
    (re.compile(r"行动|方案|措施|三年|实施|细则"), 1),
    (re.compile(r"规划|纲要|意见|条例|办法|决定"), 2),
)
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Ground:
    """Why one plan governs another: sentence in both languages, confidence, the citation if there is one."""

    reason: str
    reason_en: str
    confidence: float
    citation: Citation | None = None


def governing(
    documents: Sequence[Document], citations: Sequence[Citation], stubs: Sequence[Stub]
) -> tuple[Governs, ...]:
    """Every governing pair, by lower document, the nearest upper plan first; missing cited bases at the end.

    citations: resolved ones (`kg.link.citations.resolve`). A basis that the corpus lacks gives a pair whose
    `upper` is the stub's id, for the chain of documents; there is nothing in it to compare with.
    """
    taking_part = [document for document in documents if document.trusted]
    by_place: dict[str | None, list[Document]] = defaultdict(list)
    for document in taking_part:
        by_place[document.place].append(document)
    bases = _by_citing(citations)
    missing = {stub.id: stub for stub in stubs}
    shared = Subjects()
    found: list[Governs] = []
    for lower in taking_part:
        cited = bases.get(lower.doc, {})
        own = []
        for upper in _possible_uppers(lower, by_place, cited):
            if ground := _ground(upper, lower, cited, missing, shared):
                own.append((distance(upper, lower), upper.doc, _governs(upper.doc, lower, ground)))
        found += [pair for _, _, pair in sorted(own, key=lambda each: each[:2])]
        found += _missing_bases(lower, cited, missing)
    return tuple(found)


def _possible_uppers(
    lower: Document, by_place: Mapping[str | None, Sequence[Document]], cited: Mapping[str, Citation]
) -> Iterator[Document]:
    """Documents of the lower plan's place and of all that contains it, and unplaced ones that it cites."""
    if lower.place is not None:
        for code in (lower.place, *(place.code for place in places.ancestors(lower.place))):
            yield from by_place.get(code, ())
    if cited:
        for documents in by_place.values() if lower.place is None else [by_place.get(None, ())]:
            yield from (document for document in documents if document.doc in cited)


def distance(upper: Document, lower: Document) -> int:
    """Steps from the lower plan's place up to the upper's: 0 for one place, 9 where a place is unknown."""
    if upper.place is None or lower.place is None:
        return 9
    chain = [lower.place, *(place.code for place in places.ancestors(lower.place))]
    return chain.index(upper.place) if upper.place in chain else 9


def _by_citing(citations: Iterable[Citation]) -> dict[str, dict[str, Citation]]:
    """Citing document → cited document or stub → the first citation that names it as basis."""
    bases: dict[str, dict[str, Citation]] = defaultdict(dict)
    for citation in citations:
        if citation.relation == "basis" and citation.resolves_to and citation.resolves_to != citation.doc:
            bases[citation.doc].setdefault(citation.resolves_to, citation)
    return bases


def _ground(
    upper: Document,
    lower: Document,
    cited: Mapping[str, Citation],
    missing: Mapping[str, Stub],
    shared: Subjects,
) -> Ground | None:
    """Why `upper` governs `lower`, or None."""
    if upper.doc == lower.doc or upper.status == "draft":
        return None
    subject = shared.overlap(upper, lower)
    if subject is None:
        return None
    meet = periods_meet(upper, lower)
    if meet is False:
        return None
    if upper.doc in cited and _is_not_below(upper, lower):
        return _cited(cited[upper.doc], upper)
    ground = _by_place(upper, lower) or _by_rank(upper, lower)
    if ground is None:
        return None
    doubts = _doubts(upper, lower, meet, _twin(upper, lower, cited, missing))
    return _qualified(ground, subject, doubts)


def _is_not_below(upper: Document, lower: Document) -> bool:
    """A basis stands in the same place or above; a plan elsewhere that is cited is a model, not a basis."""
    return upper.place is None or lower.place is None or distance(upper, lower) < 9


def _cited(citation: Citation, upper: Document) -> Ground:
    """The lower plan says so itself."""
    named = citation.number or citation.title or upper.doc
    return Ground(
        f"下位文件以{_bracketed(named)}为依据", f"the lower plan cites {named} as its basis", 1.0, citation
    )


def _bracketed(name: str) -> str:
    """A title in 《》; a number as it is."""
    return name if number_key(name) else f"《{''.join(name.split()).strip('《》')}》"


def _by_place(upper: Document, lower: Document) -> Ground | None:
    """The lower plan's place lies strictly inside the upper's."""
    if not (upper.place and lower.place and places.is_within(lower.place, upper.place)):
        return None
    above, below = places.by_code(upper.place), places.by_code(lower.place)
    if above is None or below is None:
        return None
    whole = "全国" if upper.place == NATION else above.name
    sure = _place_confidence(upper) * _place_confidence(lower)
    return Ground(f"{below.name}属{whole}", f"{below.name} lies in {whole}", 0.9 * sure)


def _by_rank(upper: Document, lower: Document) -> Ground | None:
    """Both of one place, and the upper's issuer or kind of plan stands above; never a later plan."""
    if upper.place is None or upper.place != lower.place or _starts_later(upper, lower):
        return None
    a, b = _issuer_rank(upper), _issuer_rank(lower)
    if a is not None and b is not None and a != b:
        if a < b:
            return None
        return Ground("同一地区，发文机关层级更高", "same place, the issuer stands above", 0.9)
    if _plan_rank(upper) > _plan_rank(lower):
        return Ground(
            "同一地区，总体规划高于行动方案", "same place, an overall plan above its action plan", 0.8
        )
    return None


def _doubts(
    upper: Document, lower: Document, meet: bool | None, twin: str | None
) -> Iterator[tuple[str, str, float]]:
    """All that makes an implied relation less than sure: words in both languages and what is left of it."""
    if meet is None:
        yield "规划期未写明", "a period is not stated", 0.8
    if _place_confidence(upper) < 1:
        yield "上位文件的地区系推断", "the upper plan's place is inferred", 1.0
    if twin:
        yield (
            f"下位文件所依据的《{twin}》与其名称相近，不能确认为同一文件",
            "the lower plan cites a document of a similar name, not proven to be this one",
            1.0,
        )
    if issued_later(upper, lower):
        yield "上位文件印发在后", "the upper plan was issued later", 1.0


def _qualified(ground: Ground, subject: str, doubts: Iterable[tuple[str, str, float]]) -> Ground:
    """The implied ground with its subject and all doubts."""
    reason = f"{ground.reason}，主题同为{subject}，按层级推定"
    english, confidence = f"{ground.reason_en}, same subject, implied by hierarchy", ground.confidence
    for chinese, words, left in doubts:
        reason, english, confidence = f"{reason}；{chinese}", f"{english}; {words}", confidence * left
    return Ground(reason, english, round(confidence, 3))


def _twin(
    upper: Document, lower: Document, cited: Mapping[str, Citation], missing: Mapping[str, Stub]
) -> str | None:
    """A missing basis of the lower plan that may be the upper one under another name."""
    for target, citation in cited.items():
        stub = missing.get(target)
        if stub is None or stub.place != upper.place or not citation.title:
            continue
        core = read_title(citation.title, lower.place).core
        if any(dice(core, own) >= _ALIKE for own in titles_of(upper)):
            return "".join((stub.title or citation.title).split())
    return None


def _missing_bases(
    lower: Document, cited: Mapping[str, Citation], missing: Mapping[str, Stub]
) -> list[Governs]:
    """The bases that the lower plan cites and the corpus lacks, of its place or above, on its subject."""
    own = subjects(lower)
    above = {lower.place, *(place.code for place in places.ancestors(lower.place or ""))}
    found = []
    for target, citation in cited.items():
        stub = missing.get(target)
        if stub is None or stub.place not in above or not stub.place or not stub.title:
            continue
        if sectors_of_titles((read_title(stub.title, lower.place).core,)) & own:
            found.append(_governs(target, lower, _lacking(stub, citation)))
    return found


def _lacking(stub: Stub, citation: Citation) -> Ground:
    """The lower plan says what governs it, and it is not there."""
    named = stub.number or stub.title or stub.id
    return Ground(
        f"下位文件以{_bracketed(named)}为依据，语料中缺失",
        f"the lower plan cites {named} as its basis; the corpus lacks it",
        1.0,
        citation,
    )


def _governs(upper: str, lower: Document, ground: Ground) -> Governs:
    """The record of one pair."""
    citation = ground.citation
    return Governs(
        upper=upper,
        lower=lower.doc,
        basis="cited" if citation else "implied",
        reason=ground.reason,
        start=citation.start if citation else None,
        end=citation.end if citation else None,
        reason_en=ground.reason_en,
        confidence=ground.confidence,
    )


def _place_confidence(document: Document) -> float:
    """How sure the document's place is: below 1 where it was inferred from what the text mentions."""
    proofs = [proof.confidence for proof in document.evidence if proof.field in ("place", "jurisdiction")]
    return max(proofs, default=1.0)


def _issuer_rank(document: Document) -> int | None:
    """2 for a government, party committee or their offices, 1 for a bureau, None where unknown."""
    issuer = document.issuer or ""
    key = number_key(document.doc_number)
    if _GOVERNMENT.search(issuer) or (not issuer and key and _OFFICE_HEAD.search(key.head)):
        return 2
    return 1 if _BUREAU.search(issuer) else None


def _plan_rank(document: Document) -> int:
    """3 outline, 2 plan or opinions, 1 action plan or scheme, 0 yearly work plan."""
    named = " ".join((*titles_of(document), document.genre or ""))
    return next((rank for words, rank in _RANKS if words.search(named)), 1)


def _starts_later(upper: Document, lower: Document) -> bool:
    """Whether the would-be upper plan begins after the lower one: then it cannot have stood above it."""
    a, b = period(upper).first, period(lower).first
    return a is not None and b is not None and a > b
