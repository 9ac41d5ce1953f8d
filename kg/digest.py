"""What an agency owes by when: its duties in its own plans and in all plans above that address it.

Plans above speak to a bureau by name, or to all of its kind: 各级民政部门, 各县（区）人民政府. Both count,
and the digest says which. What is due are the targets and deadlines under the duty's heading.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg import queries
from kg.duties import covers
from kg.errors import UsageError
from kg.explain import Lang, value_of
from kg.extract.agency_grammar import FIELD
from kg.link.agencies import agency_key
from kg.link.titles import leading_place
from kg.listing import rows
from kg.messages import t
from kg.model import Assignment, Deadline, Document, Level, Quantity, Role, Task
from kg.places import by_code, is_within
from kg.report.words import metric_of, one_line, section_of, title_of
from kg.source import GraphSource
from kg.trajectories import levels_of

_ALL_LEVELS = re.compile(r"各级|上下级")
_COLLECTIVE = re.compile(r"各级|各|属地|市县|县区|地方")
_FIELD = re.compile(FIELD)
_GOVERNMENT = re.compile(r"政府$|管委会$")
_ANY_BUREAU = re.compile(r"(?:各|有关|相关|直属?|级)(?:部门|单位)$|各级各部门|各部门")


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency asked for: every name of it in the graph, its place, its field of duty (None: none)."""

    name: str
    names: frozenset[str]
    place: str | None
    level: Level | None
    field: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that a duty must bring about: a dated target or a deadline; time "" where it has none."""

    time: str
    what: str
    record: Quantity | Deadline


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty of the agency with what is due under it; addressed: the collective that it is one of."""

    document: Document
    duty: Assignment
    role: Role
    dues: tuple[Due, ...]
    addressed: str | None = None

    @property
    def first(self) -> str:
        """When its first thing is due; "9999" where nothing is dated."""
        return min((due.time for due in self.dues if due.time), default="9999")


def digest(source: GraphSource, name: str) -> tuple[Agency, tuple[Owed, ...]]:
    """The agency that `name` means and what it owes, the earliest first, undated duties last.

    Raises UsageError when no agency or several are called so; it lists them.
    """
    agency = find_agency(name, [each.name for each in queries.agencies(source)])
    documents = {each.doc: each for each in queries.documents(source) if each.trusted}
    chosen = [(duty, documents[duty.doc]) for duty in queries.assignments(source) if duty.doc in documents]
    held = [(*told, duty, document) for duty, document in chosen if (told := _told(agency, duty, document))]
    docs = dict.fromkeys(document.doc for *_, document in held)
    tasks = {doc: queries.tasks(source, doc) for doc in docs}
    dated = {doc: _dated(source, doc) for doc in docs}
    owed = [
        Owed(document, duty, role, tuple(_dues(duty, dated[document.doc], tasks[document.doc])), addressed)
        for role, addressed, duty, document in held
    ]
    return agency, tuple(sorted(owed, key=lambda each: (each.first, each.document.doc, each.duty.start)))


def find_agency(name: str, known: Sequence[str]) -> Agency:
    """The one agency that a name means: itself, another spelling of it, the only one whose name holds it."""
    plain = "".join(name.split())
    key = agency_key(plain)
    for fits in (
        [each for each in known if each == plain],
        [each for each in known if agency_key(each) == key and not key.startswith("·")],
        [each for each in known if plain in each],
    ):
        keys = {agency_key(each) for each in fits}
        if len(keys) == 1:
            return _agency(fits[0], known)
        if keys:
            raise _unclear(name, fits)
    place, _, rest = leading_place(plain, None)
    if place is None or not rest:
        raise _unclear(name, [each for each in known if plain[-3:] in each] or known)
    return _agency(plain, known)


def _unclear(name: str, known: Iterable[str]) -> UsageError:
    listed = "、".join(sorted(known)[:20])
    return UsageError(
        name, "不能确定是哪个单位 (which agency is not clear)", f"写出全名 (give its full name): {listed}"
    )


def _agency(name: str, known: Iterable[str]) -> Agency:
    key = agency_key(name)
    code, _, _ = leading_place(name, None)
    place = by_code(code) if code else None
    return Agency(
        name=name,
        names=frozenset({name, *(each for each in known if agency_key(each) == key)}),
        place=place.code if place else None,
        level=place.level if place else None,
        field=key.partition("·")[2] or None,
    )


# ---------------------------------------------------------------- who is meant


def _told(agency: Agency, duty: Assignment, document: Document) -> tuple[Role, str | None] | None:
    """The agency's part in a duty, and the collective that it is meant by; None where it has none."""
    for role in duty.agencies:
        if role.name in agency.names:
            return role.role, None
    above = bool(agency.place and document.place and is_within(agency.place, document.place))
    for role in duty.agencies:
        if above and is_meant(role.raw, agency):
            return role.role, one_line(role.raw)
    return None


def is_meant(collective: str, agency: Agency) -> bool:
    """Whether 各级民政部门, 各县（区）人民政府 or 各级各部门 in a plan above speaks to the agency."""
    text = "".join(collective.split()).replace("人民政府", "政府")
    if not _COLLECTIVE.search(text):
        return False
    if not _ALL_LEVELS.search(text) and agency.level not in levels_of(text):
        return False
    if _GOVERNMENT.search(agency.name):
        return bool(_GOVERNMENT.search(text) or (levels_of(text) and text.startswith("各")))
    fields = {agency_key(f"{match[0]}局").partition("·")[2] for match in _FIELD.finditer(text)}
    if fields:
        return agency.field in fields
    return agency.field is not None and bool(_ANY_BUREAU.search(text))


# ---------------------------------------------------------------- what is due


def _dated(source: GraphSource, doc: str) -> list[Quantity | Deadline]:
    return [*queries.quantities(source, doc, class_="target"), *queries.deadlines(source, doc)]


def _dues(duty: Assignment, records: Iterable[Quantity | Deadline], tasks: Sequence[Task]) -> Iterator[Due]:
    """Targets and deadlines under the duty, undated last; a deadline of a target's clause stands once."""
    under = [each for each in records if covers(duty, each, tasks)]
    spans = [(each.start, each.end) for each in under if isinstance(each, Quantity)]
    found = [
        Due(each.time or "", _what(each), each)
        for each in under
        if isinstance(each, Quantity) or not any(a < each.end and each.start < b for a, b in spans)
    ]
    yield from sorted(found, key=lambda due: (due.time or "9999", due.record.start))


def _what(record: Quantity | Deadline) -> str:
    if isinstance(record, Deadline):
        return one_line(record.what)
    return f"{metric_of(record)} {one_line(value_of(record, 'zh'))}"


# ---------------------------------------------------------------- words


def listing(agency: Agency, owed: Sequence[Owed], form: str, lang: Lang = "zh") -> str:
    """The digest; form: lines, jsonl or csv."""
    if form != "lines":
        return rows([_row(each, due, lang) for each in owed for due in each.dues or (None,)], form)
    plans = len({each.document.doc for each in owed})
    head = t("digest.head", lang, name=agency.name, duties=len(owed), plans=plans)
    return "\n".join([head, *(line for each in owed for line in _lines(each, lang))]) + "\n"


def _lines(owed: Owed, lang: Lang) -> Iterator[str]:
    """The duty, what is due under it, and where it stands."""
    via = f"（{t('digest.via', lang, who=owed.addressed)}）" if owed.addressed else ""
    yield f"\n【{t(f'role.{owed.role}', lang)}】{one_line(owed.duty.task)}{via}"
    yield from (f"  {due.time or '—':<8}{due.what}" for due in owed.dues)
    number = f" {one_line(owed.document.doc_number)}" if owed.document.doc_number else ""
    place = f"{owed.duty.doc}[{owed.duty.start}:{owed.duty.end}]"
    yield f"  《{title_of(owed.document)}》{number} · {section_of(owed.duty.section)} · {place}"
    yield f"    「{one_line(owed.duty.quote)}」"


def _row(owed: Owed, due: Due | None, lang: Lang) -> dict[str, Any]:
    values: dict[str, Any] = {
        "time": due.time if due else "",
        "what": due.what if due else "",
        "task": one_line(owed.duty.task),
        "role": t(f"role.{owed.role}", lang),
        "addressed": owed.addressed or "",
        "title": title_of(owed.document),
        "number": owed.document.doc_number or "",
        "section": section_of(owed.duty.section),
        "doc": owed.duty.doc,
        "start": due.record.start if due else owed.duty.start,
        "end": due.record.end if due else owed.duty.end,
        "quote": one_line(due.record.quote if due else owed.duty.quote),
    }
    return values
