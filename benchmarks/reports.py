"""How long reports, the check and the difference take: on the corpus, and on a place with 200 plans.

    python -m benchmarks.reports [--plans 200] [--targets 25]

The corpus is `data/`; the place is a made-up province in which every plan has `--targets` targets. Each step
is run once from a graph on disk, as a command does; times are seconds, sizes kilobytes.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.check import check
from kg.digest import digest
from kg.draft import held_plan, read_drafts
from kg.editions import differences
from kg.knowledge import conclude
from kg.model import Knowledge
from kg.places import all_places, is_within
from kg.report import FORMATS, render
from kg.report.content import compose
from kg.report.material import Scope, gather
from kg.source import GraphSource
from kg.store import open_graph, write
from tests.corpus_graph import XIHU, corpus
from tests.planted import many


def main() -> None:
    """Build both graphs, then time what stands on them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plans", type=int, default=200)
    parser.add_argument("--targets", type=int, default=25)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _corpus(Path(folder) / "corpus")
        _place(Path(folder) / "place", options.plans, options.targets)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


def _corpus(folder: Path) -> None:
    """The five files."""
    print("five files")
    knowledge, texts = corpus()
    source = _stored(knowledge, texts, folder)
    _report(source, Scope(lower="xihu"))
    _report(source, Scope())
    _timed("  check Xihu", lambda: check(XIHU, source))
    (draft,) = read_drafts(XIHU)
    _timed("  diff Xihu, Xihu", lambda: differences(held_plan(source, "xihu"), draft))
    _timed("  digest", lambda: digest(source, "南昌市西湖区民政局"))


def _place(folder: Path, plans: int, targets: int) -> None:
    """One province with its prefectures and counties, a plan each."""
    knowledge = made(plans, targets)
    print(
        f"a place with {len(knowledge.documents)} documents, {len(knowledge.quantities)} targets, "
        f"{len(knowledge.findings)} findings"
    )
    source = _stored(knowledge, {}, folder)
    county = next(each.doc for each in knowledge.documents if each.level == "county")
    _report(source, Scope(place="510000"))
    _report(source, Scope(lower=county))


def made(plans: int, targets: int) -> Knowledge:
    """Plans of Sichuan (510000), the province first, then its prefectures and counties in order of codes."""
    inside = [place.code for place in all_places() if is_within(place.code, "510000") and not place.until]
    levels = {place.code: place.level for place in all_places()}
    inside.sort(key=lambda code: (levels[code] != "prefecture", code))
    corpus = many(["510000", *inside][:plans], 1, targets)
    return conclude([*corpus.documents, *corpus.quantities])


def _stored(knowledge: Knowledge, texts: dict[str, str], folder: Path) -> GraphSource:
    write(knowledge, texts, folder)
    return open_graph(folder)


def _report(source: GraphSource, scope: Scope) -> None:
    """One scope in every format."""
    name = scope.lower or scope.place or "all"
    material = _timed(f"  gather {name}", lambda: gather(source, scope))
    report = _timed("    compose", lambda: compose(material, "zh", "2026-01-31"))
    for ending in FORMATS:
        content = _timed(f"    {ending}", lambda ending=ending: render(report, ending), end=" ")
        print(f"{len(content) / 1024:8.0f} kB")


def _timed(name: str, work: Callable[[], Any], end: str = "\n") -> Any:
    start = time.perf_counter()
    result = work()
    print(f"{name:<28}{time.perf_counter() - start:8.2f} s", end=end)
    return result


if __name__ == "__main__":
    main()
