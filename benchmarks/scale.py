"""How a build grows with the country: time, memory, store size, verdicts, one changed plan, named questions.

    python -m benchmarks.scale --sizes 100 1000 10000 --folder /tmp/country

Each measurement runs in a process of its own, so that its memory and its start-up are its own. Wall time
suffers from whatever else the machine does; processor time stands beside it. Results are printed as JSON
lines; `python -m benchmarks` makes the tables and plots of them.
"""

import argparse
import json
import math
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import country
from benchmarks.country_words import FIELDS

SIZES = (100, 1000, 10_000)
ROUNDS = 20
#: stages that are timed one by one: module, function
STAGES = (
    ("kg.corpus", "find"),
    ("kg.build", "gather"),
    ("kg.knowledge", "resolve"),
    ("kg.knowledge", "build_concepts"),
    ("kg.knowledge", "align"),
    ("kg.knowledge", "governing"),
    ("kg.knowledge", "_similar"),
    ("kg.findings", "known_peers"),
    ("kg.findings", "Findings"),
    ("kg.graph", "parts"),
    ("kg.store", "write_parts"),
    ("kg.findings", "write_kept"),
)

Row = dict[str, Any]


def built(folder: Path, size: int, workers: int) -> Row:
    """A build from nothing, its stages, and what it found against what is planted."""
    from kg.build import build
    from kg.store import open_graph

    characters = country.write(folder, size)
    with measured() as cost, stages() as parts:
        done = build([folder / "plans"], folder / "build", workers=workers)
    graph = open_graph(folder / "build")
    planted, told = country.truth_of(folder), country.told(graph)
    return {
        "measure": "build",
        "documents": done.documents,
        "characters": characters,
        **cost,
        "stages": parts,
        "store": _size(folder / "build" / "graph"),
        "quantities": graph.select(_HOW_MANY.format(name="kg:Quantity"))[0]["n"],
        "findings": graph.select(_HOW_MANY.format(name="kg:Finding"))[0]["n"],
        "planted": planted.total(),
        "missed": (planted - told).total(),
        "invented": (told - planted).total(),
    }


_HOW_MANY = "SELECT (COUNT(*) AS ?n) WHERE {{ ?s a {name} }}"


def updated(folder: Path, _documents: int, workers: int) -> Row:
    """One plan changes; the build that follows, its graph held against that of a build from nothing."""
    from kg.build import build

    changed = sorted((folder / "plans").iterdir())[-1]
    changed.write_text(changed.read_text("utf-8").replace("加强", "着力加强", 1) + "附则。\n", "utf-8")
    os.sync()  # or the update waits for what the build before it still writes
    with measured() as cost, stages() as parts:
        done = build([folder / "plans"], folder / "build", workers=workers)
    row = {"measure": "update", "documents": done.documents, "read": done.read, **cost, "stages": parts}
    build([folder / "plans"], folder / "full", workers=workers)
    return row | {"equal": _current(folder / "build") == _current(folder / "full")}


def asked(folder: Path, size: int, _workers: int) -> Row:
    """Every named question, other parameters each round: p50, p95 of wall and of processor time, ms."""
    from kg import queries
    from kg.store import open_graph

    graph = open_graph(folder / "build")
    times: dict[str, list[float]] = {}
    for name, query in queries.named_queries().items():
        wall, cpu = [], []
        for given in parameters(folder, graph, [each.name for each in query.parameters], name):
            start, began = time.perf_counter(), time.process_time()
            queries.named(graph, name, **given)
            wall.append((time.perf_counter() - start) * 1000)
            cpu.append((time.process_time() - began) * 1000)
        times[name] = [*_spread(wall), *_spread(cpu)]
    return {"measure": "query", "documents": size, "questions": times}


def _spread(spent: Sequence[float]) -> tuple[float, float]:
    """p50 and p95."""
    return round(statistics.median(spent), 1), round(statistics.quantiles(spent, n=20)[-1], 1)


def parameters(folder: Path, graph: Any, wanted: Sequence[str], name: str) -> Iterator[dict[str, str]]:
    """What staff would ask with: a plan, a place, a metric, an agency, a record; others each round."""
    chance = random.Random(name)
    plans = sorted(path.stem for path in (folder / "plans").iterdir())
    agencies = [str(row["agency"]) for row in graph.select(_AGENCIES)] if "agency" in wanted else [""]
    for _ in range(ROUNDS):
        doc = chance.choice(plans)
        period, field, code = doc.split("-")
        known = {
            "doc": doc,
            "lower": doc,
            "upper": f"{period}-{field}-{country.NATION}",
            "place": code,
            "year": str(chance.randint(2022, 2025)),
            "metric": chance.choice(chance.choice(FIELDS).metrics),
            "agency": chance.choice(agencies),
        }
        if "record" in wanted:
            known["record"] = _record(graph, doc, chance)
        yield {key: value for key, value in known.items() if key in wanted}


_AGENCIES = """SELECT DISTINCT ?agency WHERE {
  ?node a kg:Agency ; skos:prefLabel ?agency } ORDER BY ?agency LIMIT 2000"""


def _record(graph: Any, doc: str, chance: random.Random) -> str:
    """Any quantity of a plan."""
    from kg import queries

    held = queries.quantities(graph, doc=doc)
    return f"{doc}/{chance.choice(held).id}" if held else doc


# ---------------------------------------------------------------- measuring


@contextmanager
def measured() -> Iterator[Row]:
    """Wall and processor seconds (children included) and the peak memory in bytes of what runs inside."""
    cost: Row = {}
    wall, cpu = time.perf_counter(), sum(os.times()[:4])
    yield cost
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cost["wall"] = round(time.perf_counter() - wall, 2)
    cost["cpu"] = round(sum(os.times()[:4]) - cpu, 2)
    cost["peak"] = peaks[0] * 1024
    cost["peak_worker"] = peaks[1] * 1024


@contextmanager
def stages() -> Iterator[dict[str, float]]:
    """Processor seconds of each stage of a build, in this process."""
    import importlib

    parts: dict[str, float] = {}
    kept = [(importlib.import_module(module), name) for module, name in STAGES]
    before = [getattr(module, name) for module, name in kept]
    for (module, name), function in zip(kept, before, strict=True):
        setattr(module, name, _timed(function, name.strip("_"), parts))
    try:
        yield parts
    finally:
        for (module, name), function in zip(kept, before, strict=True):
            setattr(module, name, function)


def _timed(function: Callable[..., Any], name: str, parts: dict[str, float]) -> Callable[..., Any]:
    def run(*args: Any, **kwargs: Any) -> Any:
        start = sum(os.times()[:4])
        result = function(*args, **kwargs)
        result = list(result) if isinstance(result, Iterator) else result
        parts[name] = round(sum(os.times()[:4]) - start, 2)
        return result

    return run


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _current(out: Path) -> str:
    """The digest of all quads of the current graph."""
    return (out / "graph" / "CURRENT").read_text("utf-8")


def exponent(rows: Sequence[tuple[float, float]]) -> float:
    """The power of documents that a cost grows with, between the two largest sizes."""
    (n, before), (m, after) = sorted(rows)[-2:]
    return math.log(after / before) / math.log(m / n)


MEASURES: dict[str, Callable[[Path, int, int], Row]] = {"build": built, "update": updated, "query": asked}


def main() -> None:
    """Measure each size, every measurement in a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/country"))
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", choices=MEASURES, help="one measurement, in this very process")
    args = parser.parse_args()
    for size in args.sizes:
        folder = args.folder / str(size)
        folder.mkdir(parents=True, exist_ok=True)
        for name in [args.only] if args.only else MEASURES:
            if args.only:
                print(json.dumps(MEASURES[name](folder, size, args.workers), ensure_ascii=False), flush=True)
            else:
                command = [sys.executable, "-m", "benchmarks.scale", "--only", name, "--sizes", str(size)]
                command += ["--folder", str(args.folder), "--workers", str(args.workers)]
                subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
