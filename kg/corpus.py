"""Which files make the corpus, which documents they hold, and what the user states about them.

The manifest (data/corpus.toml) gives ids and statements; everything else is read from the texts.
A file that it does not name is read all the same, its id made from its name.
"""

import csv
import hashlib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path
from typing import Any

from kg.errors import DocumentError, KgError, ManifestError
from kg.readers import Text, read_all
from kg.text.pieces import split

#: what a manifest entry may say besides its id, file and piece
STATEMENTS = (
    "jurisdiction",
    "place",
    "level",
    "status",
    "issued",
    "issuer",
    "trusted",
    "title",
    "doc_number",
    "period",
)
MANIFEST = "corpus.toml"
_SKIPPED = {MANIFEST, "README.md", "review.jsonl"}
_NOT_IN_AN_ID = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One manifest entry: a document of a file. piece: its number in a compilation, from 1."""

    id: str
    file: Path
    piece: int | None = None
    stated: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read and the entries that name its documents.

    name: the id of a document that no entry names; its file's name where nothing else has that.
    """

    path: Path
    entries: tuple[Entry, ...] = ()
    name: str = ""

    def digest(self) -> str:
        """The hash of what the file says and of what is stated about it: its key in the cache."""
        whole = hashlib.sha256(self.path.read_bytes())
        for entry in self.entries:
            whole.update(repr((entry.id, entry.piece, sorted(entry.stated.items()))).encode())
        whole.update(f"{self.path.name} {self.name}".encode())
        return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class Opened:
    """What one source holds: its documents, and the faults of archive members that gave none."""

    parts: tuple["Part", ...]
    faults: tuple[DocumentError, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One document's stretch of a file's text: raw[start:end] of `text.characters`."""

    doc: str
    text: Text
    start: int
    end: int
    stated: dict[str, str]


def find(paths: Sequence[Path]) -> tuple[list[Source], list[KgError]]:
    """The sources under the given files and folders, in order of their names, and what is wrong.

    A folder with a manifest is read by it; any other folder gives all its files. A pattern gives the
    files it matches, a .csv list those it names with what it says of them. A path that does not exist
    is reported and the rest still found.
    """
    sources: dict[Path, Source] = {}
    faults: list[KgError] = []
    folders: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            found, wrong = _in_folder(path)
        elif path.name == MANIFEST:
            found, wrong = _in_folder(path.parent)
        elif path.suffix.lower() == ".csv" and path.is_file():
            found, wrong = _listed(path)
        elif any(character in path.name for character in "*?["):
            found, wrong = _matching(path)
        elif path.is_file():
            found, wrong = [Source(path, _entries_of(path))], []
        else:
            found, wrong = [], [_no_such(path)]
        faults += wrong
        sources.update((_real(source.path, folders), source) for source in found)
    ordered = sorted(sources.values(), key=lambda source: source.path.as_posix())
    return _with_own_names(ordered), faults


def _real(path: Path, folders: dict[Path, Path]) -> Path:
    """`path.resolve()`; that of each folder is looked up once and noted in `folders`."""
    if path.is_symlink() or path.name == "..":
        return path.resolve()
    if path.parent not in folders:
        folders[path.parent] = path.parent.resolve()
    return folders[path.parent] / path.name


def _with_own_names(sources: list[Source]) -> list[Source]:
    """The sources with a name each that no other has: file name, then folder and file name, then a number."""
    taken = {entry.id for source in sources for entry in source.entries}
    named = []
    for source in sources:
        stem, folder = document_id(source.path.stem), document_id(source.path.parent.name)
        wanted = chain((stem, f"{folder}-{stem}"), (f"{stem}-{source.path.suffix[1:]}-{n}" for n in count(1)))
        name = next(name for name in wanted if name not in taken)
        if not source.entries:
            taken.add(name)
        named.append(replace(source, name=name))
    return named


def _matching(pattern: Path) -> tuple[list[Source], list[KgError]]:
    """The files that a pattern such as plans/2024*.docx matches."""
    files = sorted(path for path in pattern.parent.glob(pattern.name) if path.is_file())
    if not files:
        return [], [
            DocumentError(pattern, "没有文件符合 (no file matches)", "检查通配符 (check the pattern).")
        ]
    return [Source(path, _entries_of(path)) for path in files], []


def _listed(table: Path) -> tuple[list[Source], list[KgError]]:
    """The files of a CSV list with a column `file` and any of id, piece, reason and the statements."""
    try:
        lines = list(csv.DictReader(table.read_text("utf-8-sig").splitlines()))
    except UnicodeDecodeError:
        fault = "列表不是 UTF-8 (the list is not UTF-8)"
        return [], [ManifestError(table, fault, "另存为 UTF-8 编码的 CSV (save it as UTF-8).")]
    rows = [{name: value for name, value in line.items() if name and value} for line in lines]
    for row in rows:
        row.setdefault("id", document_id(Path(row.get("file", "")).stem))
    entries, faults = _checked(rows, table)
    return _by_file(entries), faults


def _no_such(path: Path) -> DocumentError:
    return DocumentError(path, "没有这个文件或目录 (no such file or folder)", "检查路径 (check the path).")


def open_source(source: Source) -> Opened:
    """Read one source and name its documents.

    Raises:
        DocumentError: nothing in the file can be read, or the manifest names a piece that it lacks.
    """
    reading = read_all(source.path)
    if not reading.texts:
        raise reading.faults[0]
    found = [(text, piece.start, piece.end) for text in reading.texts for piece in split(text.characters)]
    if source.entries:
        named = [_named(entry, found, source) for entry in source.entries]
    else:
        ids = _own_ids(source, reading.texts, found)
        named = [Part(doc, *where, {}) for doc, where in zip(ids, found, strict=True)]
    return Opened(tuple(named), reading.faults)


def _named(entry: Entry, found: list[tuple[Text, int, int]], source: Source) -> Part:
    number = entry.piece or 1
    if number > len(found):
        raise DocumentError(
            source.path,
            f"清单称本文件有第 {number} 篇，实际只有 {len(found)} 篇 (the manifest names a piece it lacks)",
            f"改正 {MANIFEST} 中 id = “{entry.id}” 的 piece (mend the entry's piece).",
        )
    if entry.piece is None and len({id(text) for text, _, _ in found}) == 1:
        return Part(entry.id, found[0][0], found[0][1], found[-1][2], entry.stated)
    return Part(entry.id, *found[number - 1], entry.stated)


def _own_ids(source: Source, texts: Sequence[Text], found: list[tuple[Text, int, int]]) -> Iterator[str]:
    """Ids from file names: the name itself, with a number where a file holds several documents."""
    for text in texts:
        plain = source.name or document_id(source.path.stem)
        stem = plain if len(texts) == 1 else document_id(Path(text.name).stem)
        pieces = sum(1 for other, _, _ in found if other is text)
        for number in range(1, pieces + 1):
            yield stem if pieces == 1 else f"{stem}-{number}"


def document_id(name: str) -> str:
    """A file's name as an id: letters, digits, Han characters, dots and hyphens."""
    return _NOT_IN_AN_ID.sub("-", name).strip("-.") or "document"


def _in_folder(folder: Path) -> tuple[list[Source], list[KgError]]:
    manifest = folder / MANIFEST
    entries, faults = _read_manifest(manifest) if manifest.is_file() else ([], [])
    sources = _by_file(entries)
    files = sorted(_files_in(folder), key=Path.as_posix)
    named = {source.path.resolve() for source in sources}
    return sources + [Source(path) for path in files if not named or path.resolve() not in named], faults


def _by_file(entries: Iterable[Entry]) -> list[Source]:
    groups: dict[Path, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.file, []).append(entry)
    return [Source(path, tuple(group)) for path, group in groups.items()]


def _files_in(folder: Path) -> Iterator[Path]:
    """The files under a folder, hidden ones and those that are about the corpus left out."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files_in(folder / entry.name)
            elif entry.is_file() and entry.name not in _SKIPPED:
                yield folder / entry.name


def _entries_of(path: Path) -> tuple[Entry, ...]:
    """The entries that a manifest beside the file, or above it, gives for it; () where none does."""
    for folder in list(path.resolve().parents)[:3]:
        if (folder / MANIFEST).is_file():
            entries, _ = _read_manifest(folder / MANIFEST)
            return tuple(entry for entry in entries if entry.file.resolve() == path.resolve())
    return ()


def _read_manifest(manifest: Path) -> tuple[list[Entry], list[KgError]]:
    try:
        rows = tomllib.loads(manifest.read_text("utf-8")).get("document", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        fault = f"清单不是有效的 TOML (not valid TOML): {error}"
        return [], [ManifestError(manifest, fault, "改正所指之处后重试 (mend the place it names).")]
    return _checked(rows, manifest)


def _checked(rows: Iterable[dict[str, Any]], manifest: Path) -> tuple[list[Entry], list[KgError]]:
    """The entries that hold, and what is wrong with the others."""
    entries: list[Entry] = []
    faults: list[KgError] = []
    for row in rows:
        fault = _fault(row, manifest, {entry.id for entry in entries})
        if fault:
            faults.append(fault)
        else:
            entries.append(_entry(row, manifest.parent))
    return entries, faults


def _fault(row: dict[str, Any], manifest: Path, taken: Iterable[str]) -> KgError | None:
    """What is wrong with one entry, or None."""
    name = str(row.get("id") or row.get("file") or "?")
    where = f"{manifest} [{name}]"
    if not row.get("id") or not row.get("file"):
        return ManifestError(where, "条目缺少 id 或 file (entry lacks id or file)", "补上二者 (give both).")
    if row["id"] in taken:
        return ManifestError(
            where, "id 重复 (this id is given twice)", "每个文件用不同的 id (make ids unique)."
        )
    unknown = set(row) - {"id", "file", "piece", "reason", *STATEMENTS}
    if unknown:
        known = ", ".join(STATEMENTS)
        return ManifestError(
            where, f"不认识的字段 (unknown field): {', '.join(sorted(unknown))}", f"可用 (known): {known}."
        )
    if not (manifest.parent / str(row["file"])).is_file():
        fault = f"清单所列文件不存在 (no such file): {row['file']}"
        return ManifestError(where, fault, "放入该文件，或从清单删去此条 (add the file or drop the entry).")
    return None


def _entry(row: dict[str, Any], folder: Path) -> Entry:
    stated = {key: str(row[key]) for key in (*STATEMENTS, "reason") if key in row}
    piece = row.get("piece")
    return Entry(
        str(row["id"]), folder / str(row["file"]), int(str(piece)) if piece is not None else None, stated
    )
