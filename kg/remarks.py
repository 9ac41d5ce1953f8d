"""What a careful colleague remarks on a draft beside the verdicts: duties, dates, citations, names.

Each rule is a small function over what was seen; it yields remarks and decides nothing else. A remark names
the characters it is about and leaves the answer to the author.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.duties import covers
from kg.link.agencies import agency_key, successor
from kg.link.citations import names, read_citation
from kg.link.numbers import NumberKey, number_key, number_places
from kg.link.periods import period
from kg.link.titles import Title, dice, read_title
from kg.messages import t
from kg.model import Assignment, Citation, Document, Quantity, Record, Stub, Task

#: below this, two names are those of two documents
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: its kind (a key of the catalogue), the record it is about, and what fills its sentence.

    record: None where it is about the whole draft.
    """

    kind: str
    record: Record | None = None
    values: tuple[tuple[str, str], ...] = ()

    def said(self, lang: str) -> str:
        """The sentence."""
        return t(f"remark.{self.kind}", lang, **dict(self.values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the rules look at: the draft's records, its citations resolved, and the documents of the graph.

    trusted: False where the draft's text is damaged or looks made up. concept_of: (document, quantity id) →
    metric. stubs: missing documents of the draft and of the graph. agencies: names that the graph knows.
    """

    document: Document
    trusted: bool = True
    quantities: tuple[Quantity, ...] = ()
    citations: tuple[Citation, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    tasks: tuple[Task, ...] = ()
    concept_of: Mapping[tuple[str, str], str] = field(default_factory=dict)
    held: tuple[Document, ...] = ()
    stubs: tuple[Stub, ...] = ()
    agencies: frozenset[str] = frozenset()

    @property
    def targets(self) -> dict[str, list[Quantity]]:
        """Its targets by metric, in the order of reading."""
        groups: dict[str, list[Quantity]] = defaultdict(list)
        for each in self.quantities:
            if each.class_ == "target":
                groups[self.concept_of.get((each.doc, each.id), each.id)].append(each)
        return groups

    @property
    def year(self) -> int | None:
        """The year that the draft is of: when its period begins, else its date."""
        return period(self.document).first


def remarks(seen: Seen) -> tuple[Remark, ...]:
    """Every remark, rule by rule, each in the order of reading."""
    return tuple(remark for rule in RULES for remark in rule(seen))


# ---------------------------------------------------------------- the draft as a whole


def _no_place(seen: Seen) -> Iterator[Remark]:
    """Without a place nothing governs it."""
    if seen.document.place is None:
        yield Remark("no_place")


def _untrusted(seen: Seen) -> Iterator[Remark]:
    """Signs of a damaged or made-up text; it is checked all the same."""
    if not seen.trusted:
        yield Remark("untrusted", values=(("signs", "；".join(seen.document.trust_signs)),))


# ---------------------------------------------------------------- targets


def _without_agency(seen: Seen) -> Iterator[Remark]:
    """Metrics that nobody answers for, wherever they are stated; one remark where no duty is read at all."""
    targets = seen.targets
    if targets and not seen.assignments:
        yield Remark("no_duties")
        return
    for stated in targets.values():
        if not any(_is_assigned(each, seen) for each in stated):
            yield _about("no_agency", stated[0])


def _is_assigned(target: Quantity, seen: Seen) -> bool:
    """Whether a duty stands under the same heading, within the same task, or names the metric."""
    metric = _bare(target.indicator)
    return any(covers(duty, target, seen.tasks) or metric in _bare(duty.task) for duty in seen.assignments)


def _without_deadline(seen: Seen) -> Iterator[Remark]:
    """Metrics without any date, wherever they are stated; comparing takes the plan's end for them."""
    for stated in seen.targets.values():
        if not any(each.time for each in stated):
            yield _about("no_deadline", stated[0])


def _about(kind: str, target: Quantity) -> Remark:
    return Remark(kind, target, (("metric", _bare(target.indicator)),))


# ---------------------------------------------------------------- citations


def _superseded(seen: Seen) -> Iterator[Remark]:
    """Bases that have run out, or that a later edition in the graph stands for."""
    held = {document.doc: document for document in seen.held}
    for citation in _bases(seen):
        cited = held.get(citation.resolves_to or "")
        if cited and (ended := _ended(cited, seen.year)):
            yield Remark("expired", citation, (("cited", _named(citation)), ("when", ended)))
        elif later := _later_edition(citation, seen):
            values = (("cited", _named(citation)), ("later", _title(later)))
            yield Remark("superseded", citation, values)


def _bases(seen: Seen) -> Iterator[Citation]:
    """The first citation of each basis."""
    found: set[str] = set()
    for citation in seen.citations:
        key = citation.resolves_to or _named(citation)
        if citation.relation == "basis" and key not in found:
            found.add(key)
            yield citation


def _ended(cited: Document, year: int | None) -> str | None:
    """When a document ended, where that is before the draft's first year."""
    if year is None:
        return None
    if cited.valid_until and int(cited.valid_until[:4]) < year:
        return cited.valid_until
    last = cited.period[1] if cited.period else None
    return str(last) if last is not None and last < year else None


def _later_edition(citation: Citation, seen: Seen) -> Document | None:
    """A document of the same name and place for later years that was in force when the draft begins."""
    read = read_citation(citation, seen.document.place).title
    if read is None or not read.years or read.place is None:
        return None
    later = [
        document
        for document in seen.held
        if document.trusted and document.place == read.place and _is_later(document, read, seen.year)
    ]
    return min(later, key=lambda document: document.doc, default=None)


def _is_later(document: Document, cited: Title, year: int | None) -> bool:
    first = period(document).first
    begun = year is None or first is None or first <= year
    return begun and any(
        name.core == cited.core and name.years and name.years > cited.years for name in names(document)
    )


def _disagreeing(seen: Seen) -> Iterator[Remark]:
    """A number and a title side by side that are not of one document."""
    reported: set[tuple[str, str]] = set()
    for citation in seen.citations:
        key = number_key(citation.number)
        if key is None or not citation.title or citation.relation in ("self", "plans"):
            continue
        other = _other_place(citation, key, seen) or _other_title(citation, key, seen)
        other = other or _other_number(citation, key, seen)
        if other and (citation.title, str(key)) not in reported:
            reported.add((citation.title, str(key)))
            said = (
                ("number", _bare(citation.number or "")),
                ("title", _bare(citation.title)),
                ("other", other),
            )
            yield Remark("disagree", citation, said)


def _other_place(citation: Citation, key: NumberKey, seen: Seen) -> str | None:
    """The number's head belongs to governments elsewhere than the title's."""
    title = read_citation(citation, seen.document.place).title
    users = number_places(key)
    if title is None or title.place_by != "named" or title.place is None or not users or title.place in users:
        return None
    return key.head


def _other_title(citation: Citation, key: NumberKey, seen: Seen) -> str | None:
    """The document of this number is called otherwise, in the graph or elsewhere in the draft."""
    read = read_citation(citation, seen.document.place)
    if read.title is None:
        return None
    for document in seen.held:
        own = names(document)
        same = number_key(document.doc_number) == key and read.place in (None, document.place)
        if same and own and all(dice(read.title.core, name.core) < _ALIKE for name in own):
            return _title(document)
    for stub in seen.stubs:
        same = number_key(stub.number) == key and stub.place == read.place
        if same and stub.title and dice(read.title.core, read_title(stub.title, stub.place).core) < _ALIKE:
            return _bare(stub.title)
    return None


def _other_number(citation: Citation, key: NumberKey, seen: Seen) -> str | None:
    """The document of this title bears another number."""
    title = read_citation(citation, seen.document.place).title
    if title is None or title.place is None:
        return None
    for document in seen.held:
        own = number_key(document.doc_number)
        same = any(name.key == title.key for name in names(document)) and document.place == title.place
        if same and own is not None and own != key:
            return document.doc_number
    return None


def _named(citation: Citation) -> str:
    return _bare(citation.title or "") or _bare(citation.number or "")


def _title(document: Document) -> str:
    return _bare(document.title or document.doc)


# ---------------------------------------------------------------- agencies


def _renamed_agencies(seen: Seen) -> Iterator[Remark]:
    """Bureaus under a name that a reform ended before the draft's year."""
    if seen.year is None:
        return
    told: set[str] = set()
    for duty in seen.assignments:
        for role in duty.agencies:
            change = successor(role.name, seen.year)
            if change and role.name not in told:
                told.add(role.name)
                values = (("name", _bare(role.raw)), ("year", str(change.year)), ("now", change.right))
                yield Remark("renamed_agency", duty, values)


def _misspelt_agencies(seen: Seen) -> Iterator[Remark]:
    """Bureaus of no known field whose name is one character off one that is known in this place."""
    own = {role.name: (duty, role.raw) for duty in reversed(seen.assignments) for role in duty.agencies}
    known = seen.agencies | set(own)
    for name, (duty, raw) in sorted(own.items(), key=lambda each: each[1][0].start):
        if name in seen.agencies or _is_of_a_field(name):
            continue
        near = [other for other in sorted(known) if _is_of_a_field(other) and _one_apart(name, other)]
        if near:
            yield Remark("misspelt_agency", duty, (("name", _bare(raw)), ("known", near[0])))


def _is_of_a_field(name: str) -> bool:
    """Whether it is the bureau of a field of duty that governments have."""
    return "·" in agency_key(name)


def _one_apart(left: str, right: str) -> bool:
    return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1


def _bare(text: str) -> str:
    return "".join(text.split())


RULES: tuple[Callable[[Seen], Iterable[Remark]], ...] = (
    _no_place,
    _untrusted,
    _superseded,
    _disagreeing,
    _renamed_agencies,
    _misspelt_agencies,
    _without_agency,
    _without_deadline,
)
