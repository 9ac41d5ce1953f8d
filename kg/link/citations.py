"""Which document is cited: one of the corpus, one that it lacks (a stub), or unknown. Never a guess.

Identity is number + jurisdiction, or title + jurisdiction; a title alone never crosses jurisdictions. The
notice and the plan it prints are one work. A law, its implementing measures and its commentary are three:
their names differ, and names are compared whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.link.numbers import NumberKey, number_key, number_places
from kg.link.stubs import Read, stubs_of
from kg.link.titles import Title, chain, dice, is_generic, read_title
from kg.model import Citation, Document, Stub
from kg.places.gazetteer import NATION

#: below this, a number and a title printed side by side are taken for two documents' (a slip, or a misprint)
_SAME_WORK = 0.4
#: names of norms; one without any place in it is national by drafting custom
NORM_ENDINGS = (
    "法",
    "条例",
    "办法",
    "规定",
    "细则",
    "标准",
    "规范",
    "目录",
    "准则",
    "规程",
    "评定",
    "指引",
    "指南",
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The corpus by name and number; untrusted texts are no documents that a citation could mean."""

    documents: tuple[Document, ...]
    by_id: dict[str, Document]
    by_number: dict[NumberKey, tuple[Document, ...]]
    by_core: dict[str, tuple[tuple[Document, Title], ...]]


def resolve(
    documents: Sequence[Document], citations: Sequence[Citation]
) -> tuple[tuple[Citation, ...], tuple[Stub, ...]]:
    """Every citation with `resolves_to` filled where sure, and the cited documents that the corpus lacks.

    `resolves_to` is the id of a corpus document or of a stub; None stays where a citation names nothing that
    exists (relation plans) or where no answer is sure. A self-reference resolves to its own document.
    """
    shelf = _shelf(documents)
    homes = {document.doc: document.place for document in documents}
    found: list[str | None] = []
    missing: list[tuple[int, Read]] = []
    for number, citation in enumerate(citations):
        held, lacking = _look_up(citation, homes.get(citation.doc), shelf)
        found.append(held)
        if lacking is not None:
            missing.append((number, lacking))
    stubs = []
    for stub, members in stubs_of(missing, shelf.documents):
        stubs.append(stub)
        for number in members:
            found[number] = stub.id
    resolved = (
        citation if citation.resolves_to == target else replace(citation, resolves_to=target)
        for citation, target in zip(citations, found, strict=True)
    )
    return tuple(resolved), tuple(sorted(stubs, key=lambda stub: stub.id))


def _shelf(documents: Sequence[Document]) -> Shelf:
    """Index the trusted documents by number and by every name they go by."""
    trusted = tuple(document for document in documents if document.trusted)
    by_number: dict[NumberKey, list[Document]] = defaultdict(list)
    by_core: dict[str, list[tuple[Document, Title]]] = defaultdict(list)
    for document in trusted:
        if key := number_key(document.doc_number):
            by_number[key].append(document)
        for title in dict.fromkeys(names(document)):
            by_core[title.core].append((document, title))
    return Shelf(
        trusted,
        {document.doc: document for document in trusted},
        {key: tuple(found) for key, found in by_number.items()},
        {core: tuple(found) for core, found in by_core.items()},
    )


def names(document: Document) -> list[Title]:
    """A document's own title and aliases, read where it stands; names that say nothing are left out."""
    printed = [name for name in (document.title, *document.aliases) if name]
    read = [read_title(name, document.place) for name in printed]
    return [title for title in read if not is_generic(title) or title.place or title.years]


def _look_up(citation: Citation, home: str | None, shelf: Shelf) -> tuple[str | None, Read | None]:
    """(id of the corpus document, None), (None, what a stub must be made of) or (None, None): unknown."""
    if citation.relation == "self":
        return citation.doc, None
    if citation.relation == "plans":
        return None, None
    read = read_citation(citation, home)
    if _names_itself(read, shelf):
        return citation.doc, None
    for look in (_by_number, _by_title):
        found = look(read, shelf)
        if len(found) == 1:
            return found[0].doc, None
        if found:
            return None, None
    return None, read if _is_a_name(read) and not _is_nearly_held(read, shelf) else None


def read_citation(citation: Citation, home: str | None) -> Read:
    """Read number, title and place; a number whose head says one place and a title another give none."""
    number = number_key(citation.number)
    printed = citation.alias_of or citation.title
    title = read_title(printed, home, citation.issuer) if printed else None
    return Read(citation, home, number, title, _place(number, title, home))


def _place(number: NumberKey | None, title: Title | None, home: str | None) -> str | None:
    """The jurisdiction that number and title prove together; None where they disagree or leave a choice.

    A head that several governments share is decided by the title's place or by the citing document's own
    chain, never by the head alone (宁政办发 in a plan of 银川 is 宁夏, elsewhere it may be 南京).
    """
    users = number_places(number) if number else frozenset()
    named = title.place if title else None
    if not users:
        return named
    if named is not None:
        return named if named in users else None
    own = users & ({place.code for place in chain(home)} | {NATION})
    for choice in (own, users):
        if len(choice) == 1:
            return next(iter(choice))
    return None


def _names_itself(read: Read, shelf: Shelf) -> bool:
    """A document that cites its own title or number cites nothing."""
    document = shelf.by_id.get(read.citation.doc)
    if document is None:
        return False
    if read.number and read.number == number_key(document.doc_number):
        return True
    return bool(
        read.title
        and read.title.place in (None, document.place)
        and any(title.key == read.title.key for title in names(document))
    )


def _by_number(read: Read, shelf: Shelf) -> list[Document]:
    """Documents of the same number in the jurisdiction that the citation proves, or of its own chain."""
    if read.number is None:
        return []
    above = {place.code for place in chain(read.home)} | {NATION}
    allowed = {read.place} if read.place else above
    found = [each for each in shelf.by_number.get(read.number, ()) if each.place in allowed]
    fits = [each for each in found if read.title is None or _is_same_work(read.title, each)]
    return _best(fits)


def _is_same_work(title: Title, document: Document) -> bool:
    """Whether a printed title can belong to the document of the number beside it."""
    if title.place not in (None, document.place):
        return False
    own = names(document)
    return not own or any(dice(title.core, name.core) >= _SAME_WORK for name in own)


def _by_title(read: Read, shelf: Shelf) -> list[Document]:
    """Documents of the very same name, years and place."""
    title = read.title
    if title is None or _number_disagrees(read, shelf):
        return []
    same = [(each, name) for each, name in shelf.by_core.get(title.core, ()) if name.key == title.key]
    if title.place_by == "none":
        return _best([each for each, _ in same if _is_national_norm(title, each)])
    if title.place is None or (is_generic(title) and not title.years):
        return []
    return _best([each for each, _ in same if each.place == title.place])


def _number_disagrees(read: Read, shelf: Shelf) -> bool:
    """Whether every document of this title and place bears another number than the one cited."""
    if read.title is None or read.number is None:
        return False
    own = [
        number_key(each.doc_number)
        for each, name in shelf.by_core.get(read.title.core, ())
        if name.key == read.title.key
    ]
    return bool(own) and all(key is not None and key != read.number for key in own)


def _is_national_norm(title: Title, document: Document) -> bool:
    """养老机构管理办法 without a place is the ministry's; 关于…的意见 without one may be anybody's."""
    return document.place == NATION and not title.needs_place and title.core.endswith(NORM_ENDINGS)


def _best(found: Iterable[Document]) -> list[Document]:
    """Each document once; a draft only where no issued edition is held."""
    unique = list({each.doc: each for each in found}.values())
    return [each for each in unique if each.status != "draft"] or unique


def _is_a_name(read: Read) -> bool:
    """Whether the citation names a document at all: 《实施方案》 alone does not."""
    if read.number is not None:
        return True
    title = read.title
    return (
        title is not None
        and bool(title.core)
        and not (is_generic(title) and (not title.place or not title.years))
    )


def _is_nearly_held(read: Read, shelf: Shelf) -> bool:
    """The same name of the same place, but years on one side only: neither link nor missing, unknown."""
    title = read.title
    if title is None or not title.place or read.number:
        return False
    return any(
        each.place == title.place and (not title.years or not name.years)
        for each, name in shelf.by_core.get(title.core, ())
    )
