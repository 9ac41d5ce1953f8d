"""The five files of the corpus as one graph in memory, read and linked by structure alone; made once."""

from functools import cache
from pathlib import Path

from kg.corpus import find
from kg.knowledge import conclude
from kg.model import Knowledge
from kg.stage import read_source
from kg.store import open_memory

DATA = Path(__file__).parent.parent / "data"
XIHU = DATA / "corpus" / "xihu-2023-elder-care-action-plan.txt"


@cache
def corpus() -> tuple[Knowledge, dict[str, str]]:
    """The knowledge and the text of each document's file, by document id."""
    sources, faults = find([DATA])
    assert not faults
    files = [read_source(source) for source in sources]
    knowledge = conclude(
        [record for file in files for record in file.records],
        [pair for file in files for pair in file.repairs],
    )
    texts = {doc: file.texts[key] for file in files for doc, key in file.text_of.items()}
    return knowledge, texts


@cache
def corpus_graph():
    """The graph of it."""
    return open_memory(*corpus())
