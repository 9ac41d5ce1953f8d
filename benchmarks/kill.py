"""A build killed at any moment leaves the old graph whole: `python -m benchmarks.kill [TIMES] [--seed N]`.

Builds the corpus once, changes a file, then starts builds and kills each (SIGKILL) at a random moment; after
each kill the graph must open and hold what the old or the new build holds, and at the end one build must give
exactly what a fresh build gives. Exit code 1 if any of that fails.
"""

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from kg.store import open_graph

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Run and print what was seen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("times", nargs="?", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, out = folder / "data", folder / "out"
        shutil.copytree(ROOT / "data", data)
        started = time.monotonic()
        run(data, out)
        whole = time.monotonic() - started
        seen: Counter[str] = Counter()
        old = content(out)
        for number in range(options.times):
            change(data, number)
            seen[killed_build(data, out, chance.uniform(0, whole))] += 1
            seen["opened whole" if content(out) else "BROKEN"] += 1
        run(data, out)
        run(data, folder / "fresh")
        seen["last build equals a fresh one" if content(out) == content(folder / "fresh") else "BROKEN"] += 1
        seen["changed since the first build"] += content(out) != old
    for what, times in sorted(seen.items()):
        print(f"{times:>4}  {what}")
    return 1 if seen["BROKEN"] else 0


def command(data: Path, out: Path) -> list[str]:
    """The build as a person runs it."""
    return [sys.executable, "-m", "kg", "build", str(data), "--out", str(out), "--quiet"]


def run(data: Path, out: Path) -> None:
    """One build to its end."""
    subprocess.run(command(data, out), check=True, cwd=ROOT)


def change(data: Path, number: int) -> None:
    """Give one file another ending, so that there is something to build."""
    path = sorted((data / "corpus").glob("*.txt"))[number % 5]
    text = path.read_text("utf-8").split("\n第")[0]
    path.write_text(f"{text}\n第{number}次改动。", "utf-8")


def killed_build(data: Path, out: Path, seconds: float) -> str:
    """Start a build, kill it after `seconds`; whether it was still at work."""
    process = subprocess.Popen(command(data, out), cwd=ROOT)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return "killed at work"
    return "ended before its kill"


def content(out: Path) -> list[str]:
    """Every statement of the graph, sorted."""
    rows = open_graph(out).select("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")
    return sorted(str(sorted(row.items())) for row in rows)


if __name__ == "__main__":
    sys.exit(main())
