"""Characters a second of extraction on one core, part by part, and how its time grows with length.

`python benchmarks/extraction_speed.py` reads the corpus' plans and prints, best of several rounds, the
speed of preparing a text, of each finder and of the whole (bar: 300,000; quantities alone: 600,000).
`--growth` times adverse texts without sentences at two lengths: a ratio near their own ratio is linear.
Processor time is measured, so that other work on the machine counts little; still run it alone.
"""

import argparse
import gc
import time
from collections.abc import Callable
from pathlib import Path

from kg.extract import FINDERS, extract
from kg.extract.metadata import read_document
from kg.extract.quantities import find_quantities
from kg.model import Document
from kg.text.plan import PlanText, read_plan

CORPUS = Path(__file__).parents[1] / "data/corpus"
ROUNDS = 5
SHORT, LONG = 100_000, 400_000
SHAPES = {
    "no punctuation": "全市新建泵站10个建设床位达到50%较2023年增长5%"
    "到2025年培训人员200人次由水利局在社区与街道",
    "commas": "到2025年,新建泵站10个,合格率达到50%、60%,",
    "lists": "建设泵站5个、水库3个、",
    "brackets": '"一"(新建60%、改建50%)《甲》',
    "open brackets": "((((10个",
    "wholes": "所有机构均实现全覆盖全部完成",
    "digits": "1234567890",
    "prepositions": "的比例占在与比对将由从每",
}


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The shortest processor time of several rounds, in seconds."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def speeds(plans: list[PlanText]) -> dict[str, float]:
    """Characters a second of each part over all plans."""
    size = sum(plan.end - plan.start for plan in plans)
    documents = [read_document(plan) for plan in plans]
    pairs = list(zip(plans, documents, strict=True))
    parts: dict[str, Callable[[], object]] = {
        "prepare (view, outline, tables)": lambda: [read_plan(p.doc, p.raw, p.start, p.end) for p in plans],
        "document": lambda: [read_document(plan) for plan in plans],
    }
    for find in FINDERS:
        parts[find.__name__] = lambda find=find: [list(find(plan, doc)) for plan, doc in pairs]
    parts["whole"] = lambda: [extract(read_plan(p.doc, p.raw, p.start, p.end)) for p in plans]
    return {name: size / best(work) for name, work in parts.items()}


def growth(shape: str) -> tuple[float, float]:
    """Seconds for a short and a long text of one shape."""
    times = []
    for size in (SHORT, LONG):
        text = shape * (size // len(shape))
        plan = read_plan("d", text)
        document = Document(doc="d", start=0, end=len(text), quote="", period=(2021, 2025), issued="2022")
        times.append(best(lambda plan=plan, document=document: find_quantities(plan, document), rounds=2))
    return times[0], times[1]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--growth", action="store_true", help="time adverse texts at two lengths")
    options = parser.parse_args()
    texts = [(path.stem, path.read_bytes().decode("utf-8")) for path in sorted(CORPUS.glob("*.txt"))]
    plans = [read_plan(name, text) for name, text in texts]
    for name, speed in speeds(plans).items():
        print(f"{name:<34}{speed:>14,.0f} characters/s")
    for name, shape in SHAPES.items() if options.growth else ():
        short, long = growth(shape)
        print(f"{name:<34}{short:>8.2f} s {long:>8.2f} s   ×{long / short:.1f} for ×{LONG // SHORT}")


if __name__ == "__main__":
    main()
