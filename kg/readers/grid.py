"""Tables of every format: cells on a grid → rows of texts, merged cells standing once."""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.readers.messages import note

#: a grid beyond this is a damaged or hostile one, never a table of a plan; further cells share the last
_COLUMNS = 256


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, first row and column (from 0), rows and columns it spans.

    continued: it only continues the cell above, so its text is not repeated.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    continued: bool = False


def rows_of(cells: Iterable[Cell], limit: int, place: str, notes: list[str]) -> list[list[str]]:
    """The rows of a table, every row as wide as the table; "" where a merged cell goes on.

    limit: characters of one cell; a longer one is left out and named in `notes`. place: the table's
    name in those notes.
    """
    cells = list(cells)
    height = max((cell.row + 1 for cell in cells), default=0)
    width = min(_COLUMNS, max((cell.column + cell.columns for cell in cells), default=0))
    rows = [[""] * width for _ in range(height)]
    for cell in cells:
        if len(cell.text) > limit:
            notes.append(note("cell", place=f"{place}第{cell.row + 1}行", limit=limit))
        elif not cell.continued:
            column = min(cell.column, _COLUMNS - 1)
            text = cell.text.replace("\t", " ").replace("\n", " ")
            rows[cell.row][column] = f"{rows[cell.row][column]} {text}".strip()
    return rows
