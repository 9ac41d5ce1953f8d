"""Taking a checked draft into the corpus: only when the officer says so, never over another file."""

from pathlib import Path

from kg.build import last_asked
from kg.errors import KgError, UsageError
from kg.explorer.reviewing import follow
from kg.files import write_bytes_whole

#: the folder in the corpus that drafts go to
DRAFTS = "drafts"


def home_of(where: str) -> Path | None:
    """Where a draft would go: a folder in the corpus that the graph was built from; None without one."""
    if where.startswith(("http://", "https://")):
        return None
    asked = last_asked(Path(where))
    folders = (path for path in asked.paths if path.is_dir()) if asked else iter(())
    folder = next(folders, None)
    return folder / DRAFTS if folder else None


def store(where: str, name: str, content: bytes) -> Path:
    """Write the draft into the corpus and build the graph again; the file it stands in.

    Raises UsageError when there is no folder to write to, or a file of that name is there; what the build
    raises where it fails, the draft being taken out again.
    """
    home = home_of(where)
    if home is None:
        fault = "图谱不是由目录构建的 (the graph was not built from a folder)"
        raise UsageError(where, fault, "用 kg build 目录 重新构建 (build it from a folder).")
    path = home / (Path(name).name or "draft.txt")
    try:
        home.mkdir(exist_ok=True)
        if path.exists():
            raise UsageError(path, "已有同名文件 (a file of this name is there)", "改名后再收录 (rename it).")
        write_bytes_whole(path, content)
    except OSError as error:
        fault = f"写不了 (cannot be written): {error.strerror}"
        raise UsageError(path, fault, "检查目录和权限 (check folder and permissions).") from error
    try:
        follow(where)
    except KgError:
        path.unlink()
        raise
    return path
