"""Cited documents that the corpus lacks: one stub a work, with what number and title prove about it."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.link.numbers import NumberKey, number_issuer, number_key
from kg.link.titles import Title, leading_place, plain
from kg.model import Citation, Document, Stub
from kg.places import gazetteer as places


@dataclass(frozen=True, slots=True)
class Read:
    """A citation with its names read: what identifies the document it means."""

    citation: Citation
    home: str | None
    number: NumberKey | None
    title: Title | None
    place: str | None


def stubs_of(
    missing: Sequence[tuple[int, Read]], documents: Iterable[Document]
) -> list[tuple[Stub, list[int]]]:
    """One stub a work: by number and place; a title joins the one numbered work of its name and place."""
    groups: dict[tuple[object, ...], list[tuple[int, Read]]] = defaultdict(list)
    numbered: dict[tuple[object, ...], set[tuple[object, ...]]] = defaultdict(set)
    key: tuple[object, ...]
    for number, read in missing:
        if read.number is not None:
            key = ("number", read.number, _where(read))
            groups[key].append((number, read))
            if read.title is not None:
                numbered[(read.title.key, _where(read))].add(key)
    placed = _placed(missing)
    for number, read in missing:
        if read.number is None and read.title is not None:
            where = _where(read) if read.place else _elsewhere(read, placed)
            homes = numbered.get((read.title.key, where), set())
            key = next(iter(homes)) if len(homes) == 1 else ("title", read.title.key, where)
            groups[key].append((number, read))
    heads = _proven_heads(documents)
    return [
        (_stub(key, [read for _, read in members], heads), [number for number, _ in members])
        for key, members in groups.items()
    ]


def _where(read: Read) -> str:
    """The jurisdiction; where it is unknown, only the citing document's own citations can be one work."""
    return read.place or f"?{read.citation.doc}"


def _placed(missing: Iterable[tuple[int, Read]]) -> dict[tuple[object, ...], set[str]]:
    """(document, title) → the places that it gives this title anywhere."""
    placed: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for _, read in missing:
        if read.place and read.title:
            placed[read.citation.doc, read.title.key].add(read.place)
    return placed


def _elsewhere(read: Read, placed: Mapping[tuple[object, ...], set[str]]) -> str:
    """The place that the same document gives the same title in another passage, if it is only one."""
    told = placed.get((read.citation.doc, read.title.key), set()) if read.title else set()
    return next(iter(told)) if len(told) == 1 else _where(read)


def _proven_heads(documents: Iterable[Document]) -> dict[tuple[str, str], str]:
    """(head of a number, place) → issuer, as the corpus' own mastheads prove it."""
    issuers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for document in documents:
        key = number_key(document.doc_number)
        if key and document.place and document.issuer:
            issuers[(key.head, document.place)].add(document.issuer)
    return {head: found.pop() for head, found in issuers.items() if len(found) == 1}


def _stub(key: tuple[object, ...], members: Sequence[Read], heads: dict[tuple[str, str], str]) -> Stub:
    """The node of a missing document: best printed names, and what they prove."""
    place = next((read.place for read in members if read.place), None)
    number = next((read.number for read in members if read.number), None)
    here = places.by_code(place) if place else None
    return Stub(
        id="stub-" + hashlib.sha256(repr(key).encode()).hexdigest()[:12],
        title=_best_title(members),
        number=min((_one_line(r.citation.number) for r in members if r.citation.number), default=None),
        issuer=_issuer(members, number, place, heads),
        level=here.level if here else None,
        place=place,
        cited_by=tuple(sorted({read.citation.doc for read in members})),
    )


def _best_title(members: Sequence[Read]) -> str | None:
    """The printed title that says most plainly which plan of which place it is."""
    printed = [
        (read.title.place_by != "named", len(text), text)
        for read in members
        if read.title is not None and (text := _one_line(read.citation.alias_of or read.citation.title or ""))
    ]
    return min(printed)[2] if printed else None


def _one_line(text: str) -> str:
    """Without the line breaks and spaces of the page."""
    return "".join(text.split())


def _issuer(
    members: Sequence[Read], number: NumberKey | None, place: str | None, heads: dict[tuple[str, str], str]
) -> str | None:
    """Who issued it, where number and place, the corpus or the title itself leave no doubt."""
    if number and place and (number.head, place) in heads:
        return heads[(number.head, place)]
    if number and (issuer := number_issuer(number, place)):
        return issuer
    told = {
        read.title.issuer
        for read in members
        if read.title and read.title.issuer and read.title.place == place
    }
    here = places.by_code(place) if place else None
    full = {_full_name(issuer, here) for issuer in told} if here else set()
    return full.pop() if len(full) == 1 else None


def _full_name(issuer: str, here: places.Place) -> str:
    """An agency's name with its place: 省民政厅 is 江西省民政厅; a district's begins with its city."""
    _, told_by, rest = leading_place(plain(issuer), here.code)
    if told_by != "relative":
        return plain(issuer)
    city = places.by_code(here.parent or "")
    district = here.level == "county" and here.name.endswith("区") and city is not None
    rest = re.sub(r"^政府", "人民政府", rest)
    return f"{city.name if district and city else ''}{here.name}{rest}"
