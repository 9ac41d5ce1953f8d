"""A free query in a process of its own: it may take so long, so much memory and so many rows, and no more.

A running query cannot be interrupted from outside; its process can. Nothing outside the graph is asked:
SERVICE is refused, as the endpoint refuses it.
"""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.messages import t
from kg.server.protocol import keywords

SECONDS, ROWS, MEMORY_KB = 20, 1000, 6 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query, at most `ROWS`; cut: whether there are more."""

    rows: tuple[dict[str, Any], ...]
    cut: bool = False


def answer(graph: str, sparql: str, seconds: float = SECONDS) -> Answer:
    """The rows of a SELECT on the graph in that directory or at that address.

    Raises:
        UsageError: the query cannot be read, asks other hosts, or takes too long.
    """
    if "SERVICE" in keywords(sparql):
        raise UsageError("SERVICE", t("endpoint.no_service"), "SERVICE …")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "query.rq"
        path.write_text(sparql, "utf-8", "replace")
        command = [sys.executable, "-m", "kg", "query", str(path), "--graph", graph, "--format", "jsonl"]
        limited = ["/bin/sh", "-c", f'ulimit -v {MEMORY_KB}; exec "$@"', "sh", *command]
        try:
            done = subprocess.run(limited, capture_output=True, timeout=seconds, check=False, cwd=_root())
        except subprocess.TimeoutExpired as error:
            raise UsageError("query", t("query.too_slow", seconds=f"{seconds:g}"), "LIMIT 100") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError("query", said[0] if said else str(done.returncode), said[-1] if said else "")
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    return Answer(tuple(json.loads(line) for line in lines[:ROWS]), len(lines) > ROWS)


def _root() -> Path:
    """Where the package is found, also where it is not installed."""
    return Path(__file__).resolve().parents[2]


def chart_of(rows: tuple[dict[str, Any], ...]) -> list[tuple[str, float, str]] | None:
    """Rows as bars where they are a name and a number each: the first text and the first number column."""
    if not 1 < len(rows) <= 60:
        return None
    numbers = [name for name in rows[0] if all(_is_number(row[name]) for row in rows)]
    words = [name for name in rows[0] if name not in numbers]
    if len(numbers) != 1 or not words:
        return None
    return [
        (str(row[words[0]])[:40], float(row[numbers[0]]), f"{row[words[0]]}: {row[numbers[0]]}")
        for row in rows
    ]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
