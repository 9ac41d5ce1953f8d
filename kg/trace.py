"""From the province down: who set a metric, who answers for it, on what basis, and which links are missing.

A chain runs from the highest plan to one plan at the bottom. Cited bases that the corpus lacks stand in it,
at the level of their place, so that the chain shows what to obtain next.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.errors import UsageError
from kg.explain import value_of
from kg.link.citations import NORM_ENDINGS
from kg.link.governs import distance
from kg.link.titles import dice
from kg.messages import t
from kg.model import AgencyRole, Concept, Document, Governs, Knowledge, Quantity, Stub, Task
from kg.places import by_code

Item = TypeVar("Item")

#: quantities that a chain shows: what is asked, and where things stand
_SHOWN = ("target", "standard", "baseline")


@dataclass(frozen=True, slots=True)
class Step:
    """One document of a chain.

    doc: its id, or a stub's. held: whether the corpus has it. place: name of its place, None where unknown.
    values: what it says of the metric, in the order of time. agencies: who answers for that. link: what ties
    it to the plan below; None at the bottom. link_quote: the citation's characters, None where implied.
    """

    doc: str
    title: str | None
    number: str | None
    level: str | None
    place: str | None
    held: bool
    values: tuple[Quantity, ...] = ()
    agencies: tuple[AgencyRole, ...] = ()
    link: Governs | None = None
    link_quote: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """Every chain that a question leads to, highest plan first; metrics: what the name was taken for."""

    query: str
    metrics: tuple[Concept, ...]
    chains: tuple[tuple[Step, ...], ...]

    @property
    def missing(self) -> tuple[Step, ...]:
        """The documents of the chains that the corpus lacks, each once."""
        steps = {step.doc: step for chain in self.chains for step in chain if not step.held}
        return tuple(steps.values())


def trace(knowledge: Knowledge, query: str) -> Trace:
    """The chains of a metric (by any of its names) or of a document (by id).

    A document's chain shows every plan above it. A metric's chains end in the lowest plans that state it.

    Raises:
        UsageError: the corpus has neither such a metric nor such a document.
    """
    tree = _Tree(knowledge)
    if query in tree.documents:
        return Trace(query, (), (tree.chain(query, ()),))
    metrics = find_metrics(knowledge, query)
    if not metrics:
        raise UsageError(query, t("trace.unknown"), _like(knowledge, query))
    wanted = [metric.id for metric in metrics]
    chains = tuple(tree.chain(doc, wanted) for doc in tree.lowest(wanted))
    return Trace(query, metrics, chains)


def find_metrics(knowledge: Knowledge, name: str) -> tuple[Concept, ...]:
    """The metric of a name and those that may be compared with it; the first test that finds decides."""
    tests = (
        lambda each: name == each.id,
        lambda each: name == each.label,
        lambda each: name in each.names,
        lambda each: any(name in other for other in (each.label, *each.names)),
    )
    found = next((hits for test in tests if (hits := [c.id for c in knowledge.concepts if test(c)])), [])
    same = {link.right for link in knowledge.alignments if link.relation == "exact" and link.left in found}
    same |= {link.left for link in knowledge.alignments if link.relation == "exact" and link.right in found}
    return tuple(each for each in knowledge.concepts if each.id in same or each.id in found)


def _like(knowledge: Knowledge, query: str) -> str:
    """What a person may have meant: the metrics most like the question, then documents."""
    labels = sorted((-dice(query, concept.label), concept.label) for concept in knowledge.concepts)
    near = [label for alike, label in labels[:5] if alike]
    names = [*near, *sorted(document.doc for document in knowledge.documents)]
    return t("trace.try", names="、".join(names[:12]))


def _by(records: Iterable[Item], key: Callable[[Item], str]) -> dict[str, list[Item]]:
    """Records by a key, in their order."""
    groups: dict[str, list[Item]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return groups


class _Tree:
    """The knowledge indexed by document."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.documents = {document.doc: document for document in knowledge.documents}
        self.stubs = {stub.id: stub for stub in knowledge.stubs}
        self.above = _by(
            (pair for pair in knowledge.governs if self._is_plan(pair.upper)), lambda pair: pair.lower
        )
        self.quantities = _by((q for q in knowledge.quantities if q.class_ in _SHOWN), lambda q: q.doc)
        self.assignments = _by(knowledge.assignments, lambda assignment: assignment.doc)
        self.tasks = _by(knowledge.tasks, lambda task: task.doc)

    def _is_plan(self, upper: str) -> bool:
        """Laws and standards that are missing set no targets: `kg missing` lists them."""
        stub = self.stubs.get(upper)
        return stub is None or not (stub.title or "").removesuffix("(试行)").endswith(NORM_ENDINGS)

    def lowest(self, metrics: Sequence[str]) -> list[str]:
        """The documents that state a metric and govern no other that does, in the order of their places."""
        stating = {doc for doc in self.quantities if doc in self.documents and self._values(doc, metrics)}
        upper = {pair.upper for doc in stating for pair in self.above.get(doc, ())}
        return sorted(stating - upper, key=lambda doc: (self.documents[doc].place or "", doc))

    def chain(self, bottom: str, metrics: Sequence[str]) -> tuple[Step, ...]:
        """Every document above `bottom` and itself, the highest first; what a held one lacks included."""
        lower = self.documents[bottom]
        above = {pair.upper for pair in self.above.get(bottom, ())}
        above |= {
            pair.upper for held in above for pair in self.above.get(held, ()) if pair.upper in self.stubs
        }
        ordered = sorted(above, key=lambda doc: (-self._height(doc, lower), doc in self.documents, doc))
        members = [*ordered, bottom]
        return tuple(
            self._step(doc, self._link(doc, members[at + 1 :]), metrics) for at, doc in enumerate(members)
        )

    def _height(self, upper: str, lower: Document) -> int:
        """Steps from the bottom's place up to an upper document's."""
        if upper in self.documents:
            return distance(self.documents[upper], lower)
        place = self.stubs[upper].place
        return distance(Document(doc=upper, start=0, end=0, quote="", place=place), lower)

    def _link(self, doc: str, below: Sequence[str]) -> Governs | None:
        """What ties a document to the nearest one below it in the chain."""
        pairs = (pair for lower in below for pair in self.above.get(lower, ()) if pair.upper == doc)
        return next(pairs, None)

    def _step(self, doc: str, link: Governs | None, metrics: Sequence[str]) -> Step:
        """One document with its values and agencies, or a missing one."""
        quote = self._quote(link)
        if doc not in self.documents:
            return _missing_step(self.stubs[doc], link, quote)
        document = self.documents[doc]
        values = self._values(doc, metrics)
        return Step(
            doc=doc,
            title=document.title,
            number=document.doc_number,
            level=document.level,
            place=_name(document.place),
            held=True,
            values=tuple(values),
            agencies=self._answerable(values),
            link=link,
            link_quote=quote,
        )

    def _values(self, doc: str, metrics: Sequence[str]) -> list[Quantity]:
        """What a document says of the metrics, in the order of time, undated last."""
        said = self.quantities.get(doc, ())
        found = [q for q in said if self.knowledge.concept_of.get((q.doc, q.id)) in metrics]
        return sorted(found, key=lambda q: (q.time or "9999", q.start))

    def _quote(self, link: Governs | None) -> str | None:
        """The characters of the citation that a link rests on."""
        if link is None or link.start is None:
            return None
        same = (
            c
            for c in self.knowledge.citations
            if (c.doc, c.start, c.end) == (link.lower, link.start, link.end)
        )
        return next((" ".join(citation.quote.split()) for citation in same), None)

    def _answerable(self, values: Iterable[Quantity]) -> tuple[AgencyRole, ...]:
        """The agencies of the tasks in which the values stand, leads first, each once."""
        found: dict[tuple[str, str], AgencyRole] = {}
        for quantity in values:
            task = self._task_of(quantity)
            for assignment in self.assignments.get(quantity.doc, ()):
                if task and task.start <= assignment.start <= task.body_end:
                    found |= {(agency.name, agency.role): agency for agency in assignment.agencies}
        order = ("lead", "responsible", "support")
        return tuple(sorted(found.values(), key=lambda agency: order.index(agency.role)))

    def _task_of(self, quantity: Quantity) -> Task | None:
        """The innermost task whose text holds a quantity."""
        around = [
            task for task in self.tasks.get(quantity.doc, ()) if task.start <= quantity.start < task.body_end
        ]
        return max(around, key=lambda task: task.start, default=None)


def _missing_step(stub: Stub, link: Governs | None, quote: str | None) -> Step:
    return Step(
        doc=stub.id,
        title=stub.title,
        number=stub.number,
        level=stub.level,
        place=_name(stub.place),
        held=False,
        link=link,
        link_quote=quote,
    )


def _name(code: str | None) -> str | None:
    place = by_code(code) if code else None
    return place.name if place else None


# ---------------------------------------------------------------- for reading


def render(found: Trace, lang: str = "zh") -> str:
    """The chains as indented lines, the highest plan first."""
    lines: list[str] = []
    if found.metrics:
        names = "、".join(metric.label for metric in found.metrics)
        lines.append(t("trace.metric", lang, names=names))
    for chain in found.chains:
        lines.append("")
        places = list(dict.fromkeys(step.place for step in chain))
        for step in chain:
            indent = "  " * places.index(step.place)
            lines += [indent + line for line in _lines(step, bool(found.metrics), lang)]
    if found.missing:
        lines += ["", t("trace.missing", lang, count=len(found.missing))]
        lines += [f"  - {_titled(step)}" for step in found.missing]
    return "\n".join(lines)


def _titled(step: Step) -> str:
    """江西省 《…规划》 赣府发〔2021〕1号."""
    title = f"《{''.join(step.title.split())}》" if step.title else None
    return " ".join(part for part in (step.place, title, step.number) if part) or step.doc


def _lines(step: Step, with_values: bool, lang: str) -> list[str]:
    """One step: its title, its values, its agencies, and the tie to the plan below."""
    head = f"{_titled(step)} [{step.doc}]" if step.held else f"{_titled(step)} {t('trace.lacking', lang)}"
    lines = [head]
    if with_values and step.held:
        lines += [f"· {_value(quantity, lang)}" for quantity in step.values] or [t("trace.silent", lang)]
    if step.agencies:
        roles = "、".join(f"{each.name}（{t(f'role.{each.role}', lang)}）" for each in step.agencies)
        lines.append(t("trace.agencies", lang, names=roles))
    if step.link is not None:
        reason = step.link.reason if lang == "zh" else step.link.reason_en or step.link.reason
        quote = f"「{step.link_quote}」" if step.link_quote else ""
        lines.append(f"↓ {reason}{quote}")
    return lines


def _value(quantity: Quantity, lang: str) -> str:
    """2025 100% 目标·约束性 《indicator》 [doc:start:end]."""
    kind = t(f"class.{quantity.class_}", lang)
    nature = f"·{t(f'nature.{quantity.nature}', lang)}" if quantity.nature else ""
    said = value_of(quantity, "zh" if lang == "zh" else "en")
    when = quantity.time or t("trace.undated", lang)
    return f"{when} {said} {kind}{nature} {quantity.indicator} [{quantity.start}:{quantity.end}]"
