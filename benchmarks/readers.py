"""The Nanchang plan in six formats: facts extracted from each against those from its txt.

`python benchmarks/readers.py` makes docx, pdf, a scan of every page, a web page and an ofd of the
plan (LibreOffice needed), reads and extracts each, and prints per format and kind of record how many
of the txt's facts come out the same, what is lost and what is new. A fact is the same when its kind
and content agree; quotes and offsets may differ, since spaces and line ends do.
The bars: text formats 0.98 of the txt's facts, the scan 0.90.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from kg.extract import extract
from kg.model import Assignment, Citation, Deadline, Document, Goal, Quantity, Record, Task
from kg.readers import Text, read
from kg.text.plan import read_plan

ROOT = Path(__file__).parents[1]
PLAN = ROOT / "data/corpus/nanchang-2022-elder-care-plan.txt"
FORMATS = {"docx": 0.98, "html": 0.98, "pdf": 0.98, "ofd": 0.98, "doc": 0.98, "scan": 0.90}
NAMES = {"scan": "nanchang-scan.pdf"}
#: signs that print alike; OCR gives the ideographic ones for the Latin ones in the txt
ALIKE = str.maketrans("，；：（）！？“”〃％", ',;:()!?"""%')

Fact = tuple[object, ...]


def plain(value: object) -> object:
    """A text without spaces and with one form for each sign; other values as they are."""
    return "".join(value.translate(ALIKE).split()) if isinstance(value, str) else value


def fact(record: Record) -> Fact | None:
    """What a record says, without where and in which characters it says it."""
    match record:
        case Quantity():
            row: Fact = (
                record.class_,
                record.indicator,
                record.value,
                record.value_high,
                record.unit,
                record.time,
            )
        case Document():
            row = (record.title, record.doc_number, record.issuer, record.jurisdiction, record.issued)
        case Citation():
            row = (record.title, record.number, record.relation)
        case Goal():
            row = (record.quote, record.time)
        case Assignment():
            row = (record.task, *(agency.name for agency in record.agencies))
        case Task():
            row = (record.title, record.number)
        case Deadline():
            row = (record.what, record.time)
        case _:
            return None
    return (record.kind, *map(plain, row))


def facts(text: Text) -> Counter[Fact]:
    """Every fact of one text."""
    records = extract(read_plan("nanchang", text.characters, 0, len(text.characters), file=PLAN.name))
    return Counter(found for record in records if (found := fact(record)))


def make(folder: Path) -> None:
    """The plan in every format."""
    subprocess.run([sys.executable, ROOT / "tests/files/make.py", folder], check=True)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
    arguments = ["doc:MS Word 97", "--outdir", folder, folder / "nanchang.docx"]
    subprocess.run([*command, *arguments], check=True, capture_output=True)


def compare(fmt: str, path: Path, wanted: Counter[Fact], verbose: bool) -> bool:
    """Print one format's row; whether it reaches its bar."""
    start = time.perf_counter()
    (text,) = read(path)
    seconds = time.perf_counter() - start
    found = facts(text)
    kinds = sorted({str(key[0]) for key in wanted})
    same = wanted & found
    shares = [f"{_count(same, kind)}/{_count(wanted, kind)}" for kind in kinds]
    share = same.total() / wanted.total()
    row = [
        fmt,
        f"{share:.3f}",
        *shares,
        str((found - wanted).total()),
        str(len(text.characters)),
        f"{seconds:.1f} s",
    ]
    print(" | ".join(row))
    if verbose:
        print(
            *(f"  lost {key}" for key in wanted - found),
            *(f"  new  {key}" for key in found - wanted),
            sep="\n",
        )
    return share >= FORMATS[fmt]


def _count(counter: Counter[Fact], kind: str) -> int:
    return sum(count for key, count in counter.items() if key[0] == kind)


def main() -> int:
    """Print the table; 1 when a format misses its bar."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--folder", type=Path, help="where samples are kept between runs")
    parser.add_argument("--formats", nargs="+", default=list(FORMATS), choices=FORMATS)
    parser.add_argument("-v", "--verbose", action="store_true", help="list what is lost and what is new")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        if not (folder / "nanchang.doc").exists():
            folder.mkdir(parents=True, exist_ok=True)
            make(folder)
        (text,) = read(PLAN)
        wanted = facts(text)
        kinds = sorted({str(key[0]) for key in wanted})
        print(" | ".join(["format", "same", *kinds, "new", "characters", "time"]))
        names = {fmt: NAMES.get(fmt, f"nanchang.{fmt}") for fmt in args.formats}
        reached = [compare(fmt, folder / name, wanted, args.verbose) for fmt, name in names.items()]
    return int(not all(reached))


if __name__ == "__main__":
    sys.exit(main())
