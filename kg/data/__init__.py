"""The tables beside this file: tab-separated, `#` begins a comment, the first other line names the columns.

They are opened by their path: `importlib.resources` would bring in zipfile, tempfile and more, 15 ms of a
command's start.
"""

from pathlib import Path

_FOLDER = Path(__file__).parent


def lines(name: str) -> list[str]:
    """The lines of one table that are neither empty nor comments, the column names first."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table as dictionaries; a cell left out at the end of a line is ""."""
    head, *body = (line.split("\t") for line in lines(name))
    return [dict(zip(head, [*cells, *[""] * (len(head) - len(cells))], strict=True)) for cells in body]
