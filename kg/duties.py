"""What a duty covers: the targets and deadlines that stand under its heading or in its task."""

from collections.abc import Iterable

from kg.model import Assignment, Record, Task


def covers(duty: Assignment, record: Record, tasks: Iterable[Task]) -> bool:
    """Whether a record of the same document is part of what the duty's agencies answer for."""
    return under_heading(duty, record) or in_task(duty, record, tasks)


def under_heading(duty: Assignment, record: Record) -> bool:
    """The duty's heading is the record's own or one above it; a chapter alone assigns nothing."""
    depth = len(duty.section)
    if duty.section == record.section:
        return depth > 0
    return depth > 1 and record.section[:depth] == duty.section


def in_task(duty: Assignment, record: Record, tasks: Iterable[Task]) -> bool:
    """The record stands in the innermost numbered task that the duty stands in."""
    around = [task for task in tasks if task.start <= duty.start < task.body_end]
    inner = min(around, key=lambda task: task.body_end - task.start, default=None)
    return inner is not None and inner.start <= record.start < inner.body_end
