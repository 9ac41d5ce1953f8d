"""A zip of several documents: each member read as if it lay in a folder, none ever unpacked by name."""

from pathlib import Path, PurePosixPath

from kg.errors import DocumentError
from kg.limits import Limits
from kg.readers import Reading, read_named
from kg.readers.base import Text
from kg.readers.messages import refusal
from kg.readers.package import Package

#: what operating systems put into archives for themselves
_LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def read_archive(path: Path, where: str, limits: Limits, folder: Path, depth: int) -> Reading:
    """Every document of a zip, in the order of their names, and the fault of every other member.

    depth: how many archives this one lies in. folder: members are unpacked there one at a time,
    under names of ours, so that a member's own name can lead nowhere.

    Raises:
        DocumentError: the archive breaks a limit, or holds nothing to read.
    """
    if depth >= limits.archive_depth:
        limit = limits.archive_depth
        raise refusal(where, "too_deep", depth=depth + 1, limit=limit, setting="archive_depth")
    texts: list[Text] = []
    faults: list[DocumentError] = []
    with Package(path, where, "zip", limits) as package:
        for name in sorted(package.members):
            if _is_litter(name):
                continue
            try:
                reading = _read_member(package, name, folder, depth)
            except DocumentError as e:
                faults.append(e)
                continue
            texts += reading.texts
            faults += reading.faults
    if not texts and not faults:
        raise refusal(where, "no_member")
    return Reading(tuple(texts), tuple(faults))


def _is_litter(name: str) -> bool:
    lowered = name.lower()
    return lowered.startswith(_LITTER[0]) or PurePosixPath(lowered).name in _LITTER


def _read_member(package: Package, name: str, folder: Path, depth: int) -> Reading:
    """One member, unpacked into a folder of its own that goes when it is read."""
    if _leads_outside(name):
        raise refusal(package.where, "unsafe_name", member=name)
    room = folder / f"member-{sum(1 for _ in folder.iterdir())}"
    room.mkdir()
    copy = room / f"document{_suffix(name)}"
    copy.write_bytes(package.read(name))
    try:
        return read_named(copy, f"{package.where}!/{name}", package.limits, lambda: room, depth + 1)
    finally:
        copy.unlink()


def _leads_outside(name: str) -> bool:
    """Whether a member's name is absolute, climbs out of its folder, or names a drive."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0] or "\0" in name


def _suffix(name: str) -> str:
    """The member's extension where it is a plain one."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix[1:].isalnum() and suffix.isascii() and len(suffix) < 8 else ""
