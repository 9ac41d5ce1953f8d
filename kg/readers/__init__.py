"""A file of any format an office has → its Text: characters, and where each stretch stands."""

from pathlib import Path

from kg.limits import DEFAULT, Limits
from kg.readers.base import Anchor, Text

__all__ = ["Anchor", "Text", "read"]


def read(path: Path, limits: Limits = DEFAULT) -> list[Text]:
    """The texts of one file: one for a document, several for an archive of several.

    Raises:
        DocumentError: the file cannot be read within `limits`; says why and what to do.
    """
    data = path.read_bytes()
    characters = data.decode("utf-8-sig")
    return [Text(path.name, characters, "txt", "utf-8")]
