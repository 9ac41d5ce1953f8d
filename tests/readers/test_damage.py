"""A small draw from the damaged files that benchmarks/damage.py makes by the thousand."""

import importlib.util
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks/damage.py"
FAST = ("notice.docx", "notice.ofd", "notice.pdf", "notice.html", "notice.txt", "notice.zip")


@pytest.fixture(scope="module")
def damage():
    spec = importlib.util.spec_from_file_location("damage", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_sixty_damaged_files_are_read_or_refused(damage, tmp_path, monkeypatch):
    """No other error comes out, no crash, no time limit met, and no temporary file stays."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    limits = replace(damage.LIMITS, ocr_pages=0)
    outcomes = [damage.attempt(job, limits)[:2] for job in damage.damaged(60, 7, FAST)]
    wrong = [pair for pair in outcomes if any(word in pair[1] for word in ("ESCAPED", "崩溃", "超过"))]
    assert wrong == []
    assert {outcome.partition(":")[0] for _, outcome in outcomes} >= {"read", "refused"}
    assert list(tmp_path.iterdir()) == []


def test_the_same_seed_damages_alike(damage):
    assert list(damage.damaged(12, 3)) == list(damage.damaged(12, 3))
    assert list(damage.damaged(12, 3)) != list(damage.damaged(12, 4))
