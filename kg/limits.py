"""What a single file may cost: beyond these a reader refuses it and says so, instead of trying."""

import os
from dataclasses import dataclass, fields, replace

from kg.errors import UsageError

KB = 1024
MB = 1024 * KB
GB = 1024 * MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds one file is read within; every one of them can be set (see `configured`).

    file_bytes: size on disk. unpacked_bytes: all members of a package (docx, ofd, zip) together;
    ratio: unpacked to packed, counted once a package unpacks to more than 1 MB (plain XML of a long
    table packs 60:1, a bomb 1,000:1); members: files in a package; archive_depth: archives inside
    archives. xml_bytes: one XML part or HTML page; xml_depth: elements inside elements. pages: of a
    pdf, scan or ofd; ocr_pages: pages that must be recognised as images. cell: characters of one
    table cell. characters: of the whole text. seconds: wall time of one file read in a child
    process, counted anew from each recognised page; memory_bytes: address space of that child,
    office_memory_bytes: of LibreOffice. in_process_bytes: packages and pages larger than this
    are read in a child process too.
    """

    file_bytes: int = 200 * MB
    unpacked_bytes: int = 400 * MB
    ratio: int = 200
    members: int = 5_000
    archive_depth: int = 2
    xml_bytes: int = 64 * MB
    xml_depth: int = 256
    pages: int = 2_000
    ocr_pages: int = 300
    cell: int = 20_000
    characters: int = 20_000_000
    seconds: float = 180.0
    memory_bytes: int = 4 * GB
    office_memory_bytes: int = 8 * GB
    in_process_bytes: int = 4 * MB


DEFAULT = Limits()
VARIABLE = "KG_LIMITS"


def configured() -> Limits:
    """The default limits, changed by the environment: KG_LIMITS="seconds=600 pages=5000".

    Raises:
        UsageError: the variable names no limit, or gives it no positive number.
    """
    known = {field.name: type(getattr(DEFAULT, field.name)) for field in fields(Limits)}
    changes: dict[str, float] = {}
    for setting in os.environ.get(VARIABLE, "").replace(",", " ").split():
        name, _, value = setting.partition("=")
        try:
            changes[name] = known[name](value)
        except (KeyError, ValueError) as e:
            fault = f"没有 {setting} 这样的上限 (no such limit)"
            raise UsageError(VARIABLE, fault, f"可用 known: {', '.join(known)}") from e
        if not changes[name] > 0:
            raise UsageError(VARIABLE, f"{setting} 应大于零 (must be above zero)", f"{name}=1")
    return replace(DEFAULT, **changes)  # type: ignore[arg-type]
