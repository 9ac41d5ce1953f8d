"""Zip packages (docx, ofd, archives) opened within limits: sizes as really unpacked, names checked."""

import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.limits import MB, Limits
from kg.readers.messages import refusal, too_large
from kg.readers.xml import Element, parse_xml

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_CHUNK = 64 * 1024
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


class Package:
    """An open zip; every byte it unpacks is counted against the limits.

    where: what messages call the file. format: its name in messages.
    """

    def __init__(self, path: Path, where: str, fmt: str, limits: Limits) -> None:
        """Open and check the directory; nothing is unpacked yet."""
        self.where, self.format, self.limits = where, fmt, limits
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(path)
        except _FAULTS as e:
            raise refusal(where, "broken", format=fmt, reason=str(e)) from e
        self.members = {member_name(info): info for info in self._zip.infolist() if not info.is_dir()}
        try:
            self._check()
        except BaseException:
            self._zip.close()
            raise

    def _check(self) -> None:
        """Refuse by what the directory promises; `read` holds it to that."""
        infos = list(self.members.values())
        if len(infos) > self.limits.members:
            what = {"what": "压缩包内文件", "what_en": "files in the archive", "setting": "members"}
            raise refusal(self.where, "too_many", count=len(infos), limit=self.limits.members, **what)
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise refusal(self.where, "encrypted")
        unpacked = sum(info.file_size for info in infos)
        packed = max(1, sum(info.compress_size for info in infos))
        if unpacked > MB and unpacked > packed * self.limits.ratio:
            raise refusal(self.where, "bomb", ratio=unpacked // packed, limit=self.limits.ratio)
        if unpacked > self.limits.unpacked_bytes:
            raise too_large(self.where, unpacked, self.limits.unpacked_bytes, "unpacked_bytes")

    def read(self, name: str) -> bytes:
        """One member's bytes; a member that unpacks to more than it promised is refused."""
        info = self.members.get(name)
        if info is None:
            raise refusal(self.where, "broken", format=self.format, reason=f"{name}: missing")
        chunks: list[bytes] = []
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self._count(len(chunk))
                    chunks.append(chunk)
        except _FAULTS as e:
            raise refusal(self.where, "broken", format=self.format, reason=f"{name}: {e}") from e
        return b"".join(chunks)

    def _count(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > self.limits.unpacked_bytes:
            raise too_large(self.where, self._unpacked, self.limits.unpacked_bytes, "unpacked_bytes")

    def read_xml(self, name: str) -> Element:
        """One member as XML."""
        return parse_xml(self.read(name), f"{self.where}!/{name}", self.limits)

    def unpacked_bytes(self) -> int:
        """What the directory says all members take unpacked."""
        return sum(info.file_size for info in self.members.values())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, e: BaseException | None, tb: TracebackType | None
    ) -> None:
        self._zip.close()


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name as its maker wrote it.

    Without the UTF-8 flag zipfile reads names as code page 437; Chinese tools wrote UTF-8 or GB18030.
    """
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
