"""All measurements, one after another: `make bench`, or `python -m benchmarks [--sizes 100 1000 10000]`.

Prints each table and writes the plots of docs/performance.md anew from what this run measured.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.plots import growth
from benchmarks.scale import SIZES, exponent

DOCS = Path(__file__).parents[1] / "docs"
#: what runs before the builds at scale: (title, module and its options, a program that it needs)
FIRST: tuple[tuple[str, list[str], str], ...] = (
    ("Extraction, characters a second on one core", ["benchmarks.extraction_speed"], ""),
    ("Extraction, one process and two", ["benchmarks.processes"], ""),
    ("General recognisers on the same texts", ["benchmarks.recognisers"], ""),
    ("Exact neighbours, approximate ones", ["benchmarks.neighbours"], ""),
    ("Readers of other formats", ["benchmarks.readers"], "soffice"),
    (
        "Questions, against rdflib in memory",
        ["benchmarks.graph", "--documents", "100", "--rounds", "10", "--rdflib"],
        "",
    ),
)


def main() -> int:
    """Run everything; the exit code of the worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    args = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    worst = 0
    for title, command, needed in FIRST:
        if needed and not shutil.which(needed):
            print(f"\n## {title}\npassed over: {needed} is not installed", flush=True)
        else:
            worst = max(worst, _run(title, command))
    with tempfile.TemporaryDirectory() as folder:
        worst = max(worst, _at_scale(args.sizes, Path(folder)))
        builds = [f"{folder}/{size}/build" for size in args.sizes]
        pages = ["--pages", "overview", "compare all", "review facts", "search", "graph"]
        for build in ([], *([build] for build in builds)):
            worst = max(worst, _run("The explorer's pages", ["benchmarks.explorer", *build, *pages]))
    return worst


def _run(title: str, command: list[str]) -> int:
    print(f"\n## {title}\n$ python -m {' '.join(command)}", flush=True)
    return subprocess.run([sys.executable, "-m", *command], check=False).returncode


def _at_scale(sizes: list[int], folder: Path) -> int:
    """The generated country at each size; its table and its plots."""
    print("\n## Builds of a generated country", flush=True)
    command = [sys.executable, "-m", "benchmarks.scale", "--folder", str(folder)]
    command += ["--sizes", *map(str, sizes)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))
    builds = [row for row in rows if row["measure"] == "build"]
    for name, unit, scale in (
        ("wall", "seconds", 1.0),
        ("cpu", "processor seconds", 1.0),
        ("peak", "peak memory, MB", 1e-6),
    ):
        points = [(row["documents"], row[name] * scale) for row in builds]
        if len(points) > 1:
            print(f"{unit}: exponent {exponent(points):.2f} between the two largest sizes")
            (DOCS / f"growth-{name}.svg").write_text(growth(points, f"Build: {unit}"), "utf-8")
    return done.returncode


if __name__ == "__main__":
    raise SystemExit(main())
