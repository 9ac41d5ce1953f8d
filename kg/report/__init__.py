"""Findings for people: one report, laid out as html, docx, xlsx, markdown or json."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path

from kg.errors import UsageError
from kg.report.parts import Report

#: ending of the file → the module that lays the report out
FORMATS = {".html": "html", ".docx": "docx", ".xlsx": "xlsx", ".md": "markdown", ".json": "json"}
_CHINA = timezone(timedelta(hours=8))


def render(report: Report, ending: str) -> bytes:
    """The report as the bytes of a file with this ending (".html" …); the same report gives the same bytes.

    Raises UsageError for an ending that is not in `FORMATS`.
    """
    if ending not in FORMATS:
        raise UsageError(
            ending or "-", "没有这种格式 (no such format)", f"可用 (known): {', '.join(FORMATS)}"
        )
    lay_out: Callable[[Report], bytes] = import_module(f"kg.report.{FORMATS[ending]}").render
    return lay_out(report)


def dated(graph: str | Path, given: str | None = None) -> str | None:
    """The day that a report bears: the given one, else SOURCE_DATE_EPOCH's, else that of the graph.

    Never the clock: a report made again from the same graph is the same. The graph's day is when its build
    was finished, in China's time; None for a graph behind a server.
    """
    from kg.store import POINTER

    if given:
        return _day(given)
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    for pointer in (Path(graph) / POINTER, Path(graph) / "graph" / POINTER):
        if pointer.is_file():
            return datetime.fromtimestamp(pointer.stat().st_mtime, _CHINA).date().isoformat()
    return None


def _day(text: str) -> str:
    """An ISO date, checked."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(text, "不是日期 (not a date)", "写作 2026-01-31 (write it so).") from error
