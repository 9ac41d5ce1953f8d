"""The lists that first screens need: asked once a build, then kept beside it, so that a page opens at once.

A build of many plans keeps them as JSON in `BUILD/explorer/STORE-NAME.json`; small builds are asked again,
which takes less time than a file. Where nothing can be written (a server, a read-only folder) they are asked
once a process. Files of builds that are no more are removed.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from kg.explorer import lacking, lists, wording
from kg.explorer.lists import Metric, Plan
from kg.files import write_whole
from kg.source import GraphSource
from kg.store import current, open_graph
from kg.vocabulary import Iri

#: from so many plans on, lists are kept on disk
LARGE = 500


@dataclass(frozen=True, slots=True)
class _Form:
    """How a list is asked for, and how it stands in JSON."""

    ask: Callable[[GraphSource], Any]
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


FORMS: dict[str, _Form] = {
    "plans": _Form(
        lists.plans,
        lambda found: [asdict(each) for each in found.values()],
        lambda rows: {row["doc"]: Plan(**row) for row in rows},
    ),
    "totals": _Form(lists.totals, dict, Counter),
    "grave": _Form(
        lists.grave,
        lambda found: {doc: dict(each) for doc, each in found.items()},
        lambda rows: {doc: Counter(each) for doc, each in rows.items()},
    ),
    "lacking": _Form(
        lacking.lacking, dict, lambda rows: {Iri(name): tuple(docs) for name, docs in rows.items()}
    ),
    "metrics": _Form(
        lists.metrics,
        lambda found: [asdict(each) for each in found.values()],
        lambda rows: {row["id"]: Metric(**row | {"names": tuple(row["names"])}) for row in rows},
    ),
    "agencies": _Form(lists.agencies, dict, dict),
    "due": _Form(lists.due, dict, dict),
    "years": _Form(wording.years, list, list),
    "texts": _Form(wording.texts, dict, dict),
    "meanings": _Form(wording.meanings, list, list),
}

#: asked for when a search needs them
LATER = {"texts", "meanings"}

_held: dict[tuple[str, str], Any] = {}
_locks: dict[tuple[str, str], Lock] = {}


def first(name: str, source: Callable[[], GraphSource], where: str, version: str) -> Any:
    """The list of that name (see `FORMS`); not to be changed. version: what names the build."""
    key = version, name
    if key in _held:
        return _held[key]
    with _locks.setdefault(key, Lock()):
        if key not in _held:
            for old in [each for each in _held if each[0] != version]:
                _held.pop(old, None)
            _held[key] = _looked_up(name, source, where, version)
        return _held[key]


def prepare(where: str, begin: Callable[[], None] = lambda: None) -> None:
    """Ask once a build for what the first screens of a large graph need, before anybody waits for a page.

    begin: called once before work that takes long (16 s at 10,000 plans), and only then.
    """
    folder = kept_in(where)
    if folder is None:
        return
    version, source = str(current(Path(where))), open_graph(where)
    wanted = [name for name in FORMS if name not in LATER and not _file(folder, version, name).is_file()]
    if wanted and len(first("plans", lambda: source, where, version)) >= LARGE:
        begin()
        for name in wanted:
            first(name, lambda: source, where, version)


def warm(source: GraphSource, where: str, version: str) -> None:
    """Ask for every list in the background, so that the next pages find them."""
    key = version, "warm"
    if key not in _held:
        _held[key] = Thread(target=_all, args=(source, where, version), daemon=True)
        _held[key].start()


def _all(source: GraphSource, where: str, version: str) -> None:
    for name in set(FORMS) - LATER:
        first(name, lambda: source, where, version)


def _looked_up(name: str, source: Callable[[], GraphSource], where: str, version: str) -> Any:
    folder = kept_in(where)
    form, path = FORMS[name], _file(folder, version, name) if folder else None
    if path is not None and path.is_file():
        try:
            return form.read(json.loads(path.read_text("utf-8", "surrogatepass")))
        except (ValueError, KeyError, TypeError, OSError):
            pass  # half of a file, or one of another version: asked again
    found = form.ask(source())
    if (
        path is not None
        and len(first("plans", source, where, version) if name != "plans" else found) >= LARGE
    ):
        _keep(path, form.write(found))
    return found


def _file(folder: Path, version: str, name: str) -> Path:
    return folder / f"{Path(version).name}-{name}.json"


def _keep(path: Path, rows: Any) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        write_whole(path, json.dumps(rows, ensure_ascii=False))
        _sweep(path.parent)
    except OSError:
        pass  # a folder that only may be read: asked again by the next process


def _sweep(folder: Path) -> None:
    """Remove the lists of builds that are no more."""
    stores = {each.name for each in current(folder.parent).parent.glob("store-*")}
    for path in folder.glob("store-*.json"):
        if not any(path.name.startswith(f"{name}-") for name in stores):
            path.unlink(missing_ok=True)


def kept_in(where: str) -> Path | None:
    """The folder beside a build's graph for what the explorer keeps; None for a server."""
    if where.startswith(("http://", "https://")):
        return None
    graph = current(Path(where)).parent
    return (graph.parent if graph.name == "graph" else graph) / "explorer"
