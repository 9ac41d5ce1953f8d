"""What a general recogniser of Chinese numbers and times finds in the same plans, and how fast.

    python -m benchmarks.recognisers

recognizers-text-suite (with emoji<2) and jionlp are asked line by line; those that are not installed are
passed over. Held against the hand-made gold: how many printed numbers they find at all, in the first
`LIMIT` characters of each plan. None of them says what is measured, by when, or for whom: columns that ours
alone can fill are left to `python -m benchmarks.accuracy`.
"""

import importlib.util
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.extract.quantities import find_quantities
from kg.model import Document
from kg.text.plan import read_plan

ROOT = Path(__file__).parents[1]
LIMIT = 8000
Spans = set[tuple[int, int]]
#: a quote's start and end, and the number as printed in it
Printed = tuple[int, int, str]


def ours(text: str) -> Spans:
    """The numbers that we make quantities of."""
    plan = read_plan("d", text)
    found = find_quantities(plan, Document(doc="d", start=0, end=len(text), quote="", period=(2021, 2025)))
    return {
        (each.value_start, each.value_end)
        for each in found
        if each.value_start is not None and each.value_end is not None
    }


def recognizers_text(text: str) -> Spans:
    """Numbers, percentages, money, dimensions and times, as Microsoft's rules read Chinese."""
    import recognizers_suite as suite

    kinds = (
        suite.recognize_number,
        suite.recognize_percentage,
        suite.recognize_currency,
        suite.recognize_dimension,
        suite.recognize_datetime,
    )
    return {
        (start + each.start, start + each.end + 1)
        for start, line in _lines(text)
        for recognise in kinds
        for each in recognise(line, suite.Culture.Chinese)
    }


def jionlp(text: str) -> Spans:
    """Times and sums of money."""
    import jionlp as library

    return {
        (start + each["offset"][0], start + each["offset"][1])
        for start, line in _lines(text)
        for each in (*library.ner.extract_time(line), *library.ner.extract_money(line))
    }


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line that is not empty, with where it starts."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, line
        start += len(line)


def gold() -> Iterator[tuple[str, list[Printed]]]:
    """The first characters of each plan, and the numbers in them that mean something."""
    for path in sorted((ROOT / "tests" / "gold").glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        (file,) = (ROOT / "data" / "corpus").glob(f"{path.stem}-*.txt")
        printed = [
            (row["start"], row["end"], f"{row['value']:g}")
            for row in rows
            if row["kind"] == "quantity" and row["value"] is not None and row["end"] <= LIMIT
        ]
        text = file.read_bytes().decode("utf-8")[:LIMIT]
        yield text, [each for each in printed if each[2] in text[each[0] : each[1]]]


TOOLS: tuple[tuple[str, str, Callable[[str], Spans]], ...] = (
    ("policy-kg, quantities", "kg", ours),
    ("recognizers-text-suite", "recognizers_suite", recognizers_text),
    ("jionlp, times and money", "jionlp", jionlp),
)


def main() -> None:
    """One line a tool."""
    texts = list(gold())
    size, wanted = sum(len(text) for text, _ in texts), sum(len(numbers) for _, numbers in texts)
    print(f"{size} characters, {wanted} numbers of the gold")
    for name, module, read in TOOLS:
        if importlib.util.find_spec(module) is None:
            print(f"{name:26} not installed")
            continue
        read(texts[0][0][:500])
        start = time.process_time()
        found = [read(text) for text, _ in texts]
        seconds = time.process_time() - start
        pairs = zip(found, texts, strict=True)
        hits = sum(_holds(text, spans, each) for spans, (text, numbers) in pairs for each in numbers)
        marked = sum(map(len, found))
        print(
            f"{name:26}{size / seconds:>12,.0f} characters/s   {hits} of {wanted} numbers, {marked} stretches"
        )


def _holds(text: str, spans: Spans, number: Printed) -> bool:
    """Whether some stretch in the quote holds the number."""
    first, last, digits = number
    return any(first <= start and end <= last and digits in text[start:end] for start, end in spans)


if __name__ == "__main__":
    main()
