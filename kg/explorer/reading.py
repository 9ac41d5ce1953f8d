"""A plan's text with its facts marked: what to mark where, and the HTML of it."""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from kg.explain import Lang, value_of
from kg.explorer.style import KIND_COLOURS
from kg.messages import t
from kg.model import Assignment, Citation, Deadline, Goal, Quantity, Record, Task

#: kind → the question of kg.queries that lists it
KINDS = {
    "quantity": "quantities",
    "citation": "citations",
    "assignment": "assignments",
    "goal": "goals",
    "deadline": "deadlines",
    "task": "tasks",
}


def describe(record: Record, lang: Lang) -> str:
    """A record in one line."""
    if isinstance(record, Quantity):
        kind = t(f"class.{record.class_}", lang)
        said = f"{kind} {record.indicator} {value_of(record, lang)} {record.time or ''}"
    elif isinstance(record, Citation):
        said = f"{t('relation.' + record.relation, lang)} {record.title or ''} {record.number or ''}"
    elif isinstance(record, Assignment):
        who = "、".join(f"{a.name}({t('role.' + a.role, lang)})" for a in record.agencies)
        said = f"{record.task}: {who}"
    elif isinstance(record, Deadline):
        said = f"{record.time} {record.what}"
    elif isinstance(record, Goal):
        said = f"{record.quote} {record.time or ''}"
    elif isinstance(record, Task):
        said = record.title or record.quote
    else:
        said = record.quote
    return " ".join(said.split())


def marked(
    text: str,
    span: tuple[int, int],
    found: Iterable[Record],
    *,
    lang: Lang,
    where: Callable[[Record], str],
    on: str = "",
) -> str:
    """text[start:end] of the span as HTML, each record a link to where `where` says; overlaps give way.

    on: id of the record that is open. It is never overlapped. Runs of empty lines shrink to one.
    """
    parts: list[str] = []
    at, end = span
    for record in _apart(found, *span, on):
        parts.append(_plain(text[at : record.start]))
        style = f"background:{KIND_COLOURS[record.kind]}"
        opened = ' class="kg-on"' if record.id == on else ""
        parts.append(
            f'<a id="{escape(record.id)}"{opened} style="{style}" href="{escape(where(record))}" '
            f'target="_self" data-kg="" title="{escape(describe(record, lang))}">'
            f"{escape(text[record.start : record.end])}</a>"
        )
        at = record.end
    parts.append(_plain(text[at:end]))
    return "".join(parts)


def _apart(found: Iterable[Record], start: int, end: int, on: str) -> list[Record]:
    """The records that do not overlap: the open one, then the first to begin."""
    kept: list[Record] = []
    ordered = sorted(found, key=lambda record: (record.id != on, record.start, -record.end))
    taken: list[tuple[int, int]] = []
    for record in ordered:
        inside = start <= record.start < record.end <= end
        if inside and (not taken or _free(record, taken)):
            kept.append(record)
            taken.append((record.start, record.end))
            if len(taken) > 2:
                taken = [taken[0], taken[-1]]
    return sorted(kept, key=lambda record: record.start)


def _free(record: Record, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a record begins after the last one taken and leaves the open one alone."""
    first, last = taken[0], taken[-1]
    beside = record.end <= first[0] or record.start >= first[1]
    return beside and (last is first or record.start >= last[1])


def _plain(text: str) -> str:
    lines = text.split("\n")
    kept = [line for at, line in enumerate(lines) if line.strip() or at in (0, len(lines) - 1)]
    return escape("\n".join(kept))


def outline(tasks: Iterable[Record], found: Iterable[Record]) -> list[tuple[int, str, str]]:
    """The headings that records stand under, in reading order: depth, heading, id of the first record."""
    seen: dict[tuple[str, ...], str] = {}
    for record in sorted([*tasks, *found], key=lambda record: record.start):
        for depth in range(1, len(record.section) + 1):
            seen.setdefault(record.section[:depth], record.id)
    return [(len(path), path[-1], first) for path, first in seen.items()]
