"""One document's text → its records. Extraction of a document knows nothing of any other."""

from dataclasses import replace

from kg.extract.assignments import find_assignments
from kg.extract.citations import find_citations
from kg.extract.deadlines import find_deadlines
from kg.extract.goals import find_goals
from kg.extract.metadata import read_document
from kg.extract.quantities import find_quantities
from kg.extract.tasks import find_tasks
from kg.model import Record, identify
from kg.text.plan import PlanText

#: every finder: (plan, document) → records of one kind
FINDERS = (find_quantities, find_citations, find_goals, find_tasks, find_assignments, find_deadlines)


def extract(plan: PlanText) -> list[Record]:
    """The document and all its records, in the order in which they stand in the text.

    Raises AssertionError when a record does not quote its own characters: a fault of ours, never of
    the text, so it must not pass silently.
    """
    document = replace(read_document(plan), file=plan.file)
    found: list[Record] = [record for find in FINDERS for record in find(plan, document)]
    found.sort(key=lambda record: (record.start, record.end, record.kind))
    for record in found:
        if plan.raw[record.start : record.end] != record.quote:
            raise AssertionError(
                f"{plan.doc} {record.rule}: {record.quote!r} is not at {record.start}:{record.end}"
            )
    return identify([document, *found])
