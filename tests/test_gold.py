"""The hand-made gold of three documents is a floor below which the reader never falls again.

The bars are those the project set itself; raise them when the reader gets better, never lower them.
"""

import json
from pathlib import Path

import pytest

from benchmarks.scoring import DOCUMENT_FIELDS, measures
from kg.corpus import find
from kg.model import to_json
from kg.stage import read_source, with_citations_resolved

ROOT = Path(__file__).parent.parent
GOLD = {path.stem: path for path in sorted((Path(__file__).parent / "gold").glob("*.jsonl"))}
BARS = {
    "quantity (value+unit)": 0.98,
    "quantity complete": 0.95,
    "target complete": 0.95,
    "citation": 0.98,
    "  relation right": 0.95,
    "  resolves_to right": 1.0,
    "assignment clause": 0.98,
    "assignment agency+role": 0.98,
    "goal": 0.90,
}


@pytest.fixture(scope="module")
def tables():
    """Every measure of every gold document."""
    sources, _ = find([ROOT / "data"])
    records = [record for source in sources for record in read_source(source).records]
    rows = [to_json(record) for record in with_citations_resolved(records)]
    return {
        doc: measures([json.loads(line) for line in path.read_text("utf-8").splitlines()], rows)
        for doc, path in GOLD.items()
    }


def test_there_is_gold():
    assert sorted(GOLD) == ["jingyuan", "nanchang", "xihu"]


@pytest.mark.parametrize("doc", GOLD)
@pytest.mark.parametrize(("measure", "bar"), BARS.items(), ids=lambda value: str(value).strip())
def test_bar(tables, doc, measure, bar):
    assert tables[doc][measure].score >= bar


@pytest.mark.parametrize("doc", GOLD)
@pytest.mark.parametrize("field", DOCUMENT_FIELDS)
def test_every_document_field_is_right(tables, doc, field):
    assert tables[doc][f"document {field}"].score == 1.0
