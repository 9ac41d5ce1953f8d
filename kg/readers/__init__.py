"""A file of any format an office has → its Text: characters, and where each stretch stands."""

import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from kg.errors import DocumentError
from kg.limits import Limits, configured
from kg.readers.base import Anchor, Reader, Text
from kg.readers.messages import note, refusal, too_large
from kg.readers.plain import is_chinese
from kg.readers.scratch import scratch
from kg.readers.sniff import EXTENSIONS, EncryptedError, ForeignFormatError, identify_format, looks_like_html

__all__ = ["Anchor", "Reading", "Text", "read", "read_all", "reader_of"]

#: format → module and function; imported when the first file of that format comes
_READERS = {
    "txt": ("kg.readers.plain", "read_txt"),
    "html": ("kg.readers.html", "read_html"),
    "docx": ("kg.readers.docx", "read_docx"),
    "doc": ("kg.readers.office", "read_doc"),
    "pdf": ("kg.readers.pdf", "read_pdf"),
    "scan": ("kg.readers.scan", "read_scan"),
    "ofd": ("kg.readers.ofd", "read_ofd"),
}
_FORMAT_OF = {suffix: fmt for fmt, suffixes in EXTENSIONS.items() for suffix in suffixes}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave: texts, and the faults of archive members that gave none."""

    texts: tuple[Text, ...]
    faults: tuple[DocumentError, ...] = ()


def read(path: Path, limits: Limits | None = None) -> list[Text]:
    """The texts of one file: one for a document, several for an archive of several.

    limits: those of `kg.limits.configured` when not given.
    Archive members that cannot be read are named in the notes of those that can; `read_all` keeps
    them as errors.

    Raises:
        DocumentError: nothing in the file can be read within `limits`; says why and what to do.
    """
    reading = read_all(path, limits)
    if not reading.texts:
        raise reading.faults[0]
    lost = tuple(note("lost_member", fault=f"{e.where}: {e.fault}") for e in reading.faults)
    return [replace(text, notes=text.notes + lost) for text in reading.texts]


def read_all(path: Path, limits: Limits | None = None) -> Reading:
    """Every text of one file and every fault of its members.

    Raises:
        DocumentError: the file itself cannot be read within `limits`.
    """
    with scratch() as folder:
        return read_named(Path(path), str(path), limits or configured(), folder, 0)


def read_named(path: Path, where: str, limits: Limits, folder: Callable[[], Path], depth: int) -> Reading:
    """Read a file that messages call `where`; depth: archives it lies inside; folder: makes one for us."""
    fmt = _format(path, where, limits)
    if fmt == "zip":
        from kg.readers.archive import read_archive

        return read_archive(path, where, limits, folder(), depth)
    text = _read_document(path, where, fmt, limits, folder)
    if not text.characters.strip():
        raise refusal(where, "no_text")
    if len(text.characters) > limits.characters:
        what = {"what": "字数", "what_en": "characters", "setting": "characters"}
        raise refusal(where, "too_many", count=len(text.characters), limit=limits.characters, **what)
    suffix = path.suffix.lower()
    if _FORMAT_OF.get(suffix, fmt) != fmt:
        text = replace(text, notes=(note("wrong_extension", suffix=suffix, format=fmt), *text.notes))
    return Reading((replace(text, name=_name(where, path)),))


def reader_of(fmt: str) -> Reader:
    """The function that reads one format, imported now."""
    module, function = _READERS[fmt]
    reader: Reader = getattr(import_module(module), function)
    return reader


def _name(where: str, path: Path) -> str:
    """The file's name; for an archive's member the archive's name and the member's path in it."""
    archive, mark, member = where.partition("!/")
    return f"{Path(archive).name}/{member.replace('!/', '/')}" if mark else path.name


def _read_document(path: Path, where: str, fmt: str, limits: Limits, folder: Callable[[], Path]) -> Text:
    """Read in this process what is small and simple, anything else in a child."""
    if not _is_light(path, where, fmt, limits):
        from kg.readers.child import read_in_child

        room = folder() / f"child-{sum(1 for _ in folder().iterdir())}"
        room.mkdir()
        return read_in_child(path, where, fmt, limits, room)
    try:
        return reader_of(fmt)(path, where, limits)
    except DocumentError:
        raise
    except MemoryError as e:
        raise refusal(where, "memory", limit=limits.memory_bytes // 2**20) from e
    except Exception as e:
        raise refusal(where, "crashed", reason=f"{type(e).__name__}: {e}"[:200]) from e


def _is_light(path: Path, where: str, fmt: str, limits: Limits) -> bool:
    """Whether reading needs no child: all txt, and html and docx with little markup."""
    if fmt == "docx":
        from kg.readers.package import Package  # lxml, which a plain text needs not

        with Package(path, where, fmt, limits) as package:
            markup = sum(i.file_size for name, i in package.members.items() if name.endswith(".xml"))
        return markup <= limits.in_process_bytes
    return fmt == "txt" or (fmt == "html" and path.stat().st_size <= limits.in_process_bytes)


def _format(path: Path, where: str, limits: Limits) -> str:
    """The file's format by its content, after the checks that hold for every file."""
    _check_file(path, where, limits)
    try:
        with path.open("rb") as stream:
            fmt = identify_format(stream)
    except ForeignFormatError as e:
        raise refusal(where, "binary", what=e.args[0], what_en=e.args[1]) from e
    except EncryptedError as e:
        raise refusal(where, "encrypted") from e
    except PermissionError as e:
        raise refusal(where, "forbidden") from e
    except OSError as e:
        raise refusal(where, "unreadable", reason=e.strerror) from e
    return _check_plain(path, where, limits) if fmt == "txt" else fmt


def _check_file(path: Path, where: str, limits: Limits) -> None:
    """Refuse what is no ordinary file of a size we read."""
    try:
        status = path.stat()
    except PermissionError as e:
        raise refusal(where, "forbidden") from e
    except (OSError, ValueError) as e:
        raise refusal(where, "missing") from e
    if stat.S_ISDIR(status.st_mode):
        raise refusal(where, "directory")
    if not stat.S_ISREG(status.st_mode):
        raise refusal(where, "special")
    if status.st_size == 0:
        raise refusal(where, "empty")
    if status.st_size > limits.file_bytes:
        raise too_large(where, status.st_size, limits.file_bytes, "file_bytes")


def _check_plain(path: Path, where: str, limits: Limits) -> str:
    """Txt or html for bytes without a mark of their own; a broken pdf or docx is no text."""
    claimed = _FORMAT_OF.get(path.suffix.lower(), "txt")
    if claimed == "txt":
        return "txt"
    data = path.read_bytes()
    if claimed == "html" and looks_like_html(data):
        return "html"
    if not is_chinese(data):
        raise refusal(where, "broken", format=claimed, reason="no signature")
    return "txt"
