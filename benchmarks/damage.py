"""Damaged files: seeded, thousands if wanted, from the samples; what the readers make of each.

`python benchmarks/damage.py --count 1000` prints, for each format, how many were read, how many
refused and why, the slowest, and fails if any file crashed a reader's process or was read past its
time. The generator is also what tests/readers/test_damage.py draws its smaller set from.
"""

import argparse
import io
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from kg.errors import DocumentError
from kg.limits import GB, MB, Limits
from kg.readers import read_all

FILES = Path(__file__).parents[1] / "tests/files"
SAMPLES = ("notice.docx", "notice.ofd", "notice.pdf", "notice.html", "notice.txt", "notice.zip", "notice.png")
SAMPLES += ("notice.doc", "notice.rtf", "notice.odt")
LIMITS = Limits(seconds=60, unpacked_bytes=64 * MB, memory_bytes=4 * GB)


def flip(data: bytearray, dice: random.Random) -> None:
    """Change single bits in up to 20 places."""
    for _ in range(dice.randint(1, 20)):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def overwrite(data: bytearray, dice: random.Random) -> None:
    """Write noise over one stretch."""
    start = dice.randrange(len(data))
    size = min(len(data) - start, dice.randint(1, 200))
    data[start : start + size] = dice.randbytes(size)


def cut(data: bytearray, dice: random.Random) -> None:
    """Lose the end."""
    del data[dice.randrange(1, len(data)) :]


def lose(data: bytearray, dice: random.Random) -> None:
    """Lose a stretch in the middle."""
    start = dice.randrange(len(data))
    del data[start : start + dice.randint(1, max(2, len(data) // 4))]


def swap(data: bytearray, dice: random.Random) -> None:
    """Exchange two stretches."""
    size = dice.randint(1, max(1, len(data) // 8))
    a, b = sorted(dice.randrange(max(1, len(data) - size)) for _ in range(2))
    if b >= a + size:
        data[a : a + size], data[b : b + size] = data[b : b + size], data[a : a + size]


def repeat(data: bytearray, dice: random.Random) -> None:
    """Write a stretch twice."""
    start = dice.randrange(len(data))
    data[start:start] = data[start : start + dice.randint(1, 2000)]


def zero(data: bytearray, dice: random.Random) -> None:
    """A lost disk block: 512 zeros."""
    start = dice.randrange(len(data)) // 512 * 512
    end = min(len(data), start + 512)
    data[start:end] = bytes(end - start)


WAYS = (flip, overwrite, cut, lose, swap, repeat, zero)


def sample(name: str) -> bytes:
    """The bytes of one sample; the zip is made of two others."""
    if name != "notice.zip":
        return (FILES / name).read_bytes()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for member in ("notice.txt", "notice.docx"):
            package.writestr(zipfile.ZipInfo(member, (2024, 1, 1, 0, 0, 0)), (FILES / member).read_bytes())
    return buffer.getvalue()


def damaged(count: int, seed: int = 2024, samples: tuple[str, ...] = SAMPLES) -> Iterator[tuple[str, bytes]]:
    """`count` damaged files as (name, bytes); the same seed gives the same files.

    A name tells the sample, the number and the ways of damage: "17-cut-flip-notice.docx".
    """
    for number in range(count):
        dice = random.Random(f"{seed}-{number}")
        source = samples[number % len(samples)]
        data = bytearray(sample(source))
        ways = dice.sample(WAYS, dice.choice((1, 1, 1, 2, 3)))
        for way in ways:
            if data:
                way(data, dice)
        yield f"{number}-{'-'.join(way.__name__ for way in ways)}-{source}", bytes(data)


def attempt(job: tuple[str, bytes], limits: Limits = LIMITS) -> tuple[str, str, float]:
    """Read one damaged file: its name, the outcome, and the seconds it took."""
    name, data = job
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        start = time.perf_counter()
        try:
            reading = read_all(path, limits)
            outcome = "read" if reading.texts else "members refused"
        except DocumentError as e:
            outcome = f"refused: {e.fault.split(' (')[0].split('（')[0][:30]}"
        except BaseException as e:  # what the benchmark is for: nothing else may come out
            outcome = f"ESCAPED: {type(e).__name__}: {e}"
        return name, outcome, time.perf_counter() - start


def main() -> int:
    """Read them all and print the table; 1 when any fault escaped."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    outcomes: dict[str, Counter[str]] = {}
    slowest: list[tuple[float, str]] = []
    with ProcessPoolExecutor(args.workers) as pool:
        for name, outcome, seconds in pool.map(attempt, damaged(args.count, args.seed)):
            outcomes.setdefault(name.rpartition(".")[2], Counter())[outcome] += 1
            slowest = sorted([*slowest, (seconds, name)], reverse=True)[:5]
            if "ESCAPED" in outcome or "崩溃" in outcome or "超过" in outcome:
                print(f"  {name}: {outcome} ({seconds:.1f} s)", flush=True)
    for fmt, counts in outcomes.items():
        print(fmt, ", ".join(f"{outcome} {count}" for outcome, count in counts.most_common()))
    print("slowest:", ", ".join(f"{name} {seconds:.1f} s" for seconds, name in slowest))
    return int(any("ESCAPED" in outcome for counts in outcomes.values() for outcome in counts))


if __name__ == "__main__":
    sys.exit(main())
