"""A build after a change gives what a build from nothing gives, statement for statement."""

import random
import shutil
from pathlib import Path

import pytest

from benchmarks import country
from kg import queries, store
from kg.build import build
from kg.link.encoder import load_encoder
from kg.review import decide, finding_key
from kg.store import open_local

PLANS = 24


@pytest.fixture(scope="module", autouse=True)
def _one_encoder():
    """The model is loaded once; what it says of a text is the same in every build."""
    encoder = load_encoder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.link.encoder.load_encoder", lambda *_: encoder)
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder of generated plans and its build, to be copied."""
    folder = tmp_path_factory.mktemp("built")
    country.write(folder, PLANS, seed=11)
    build([folder / "plans"], folder / "build", workers=1)
    return folder


@pytest.fixture
def folder(built, tmp_path, monkeypatch):
    """A copy of it, in which every change is written into a copy of the store."""
    shutil.copytree(built, tmp_path / "copy")
    monkeypatch.setattr(store, "_WORTH_PATCHING", 1.0)
    return tmp_path / "copy"


def plans(folder):
    return sorted((folder / "plans").iterdir())


def rewrite(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def a_word(folder, chance):
    path = chance.choice([each for each in plans(folder) if "加强" in each.read_text("utf-8")])
    rewrite(path, "加强", "着力加强")


def every_number(folder, chance):
    path = chance.choice(plans(folder))
    path.write_text(path.read_text("utf-8").translate(str.maketrans("678", "786")), "utf-8")


def a_governing_plan(folder, chance):
    path = next(each for each in plans(folder) if each.stem.endswith(country.NATION))
    path.write_text(path.read_text("utf-8").translate(str.maketrans("679", "796")), "utf-8")


def a_title(folder, chance):
    path = chance.choice(plans(folder))
    rewrite(path, "规划" if "规划" in path.read_text("utf-8") else "计划", "方案")


def a_plan_less(folder, chance):
    chance.choice(plans(folder)).unlink()


def a_plan_more(folder, chance):
    path = chance.choice(plans(folder))
    text = path.read_text("utf-8").translate(str.maketrans("456", "564"))
    path.with_name("another.txt").write_text(text, "utf-8")


def a_copy_under_another_name(folder, chance):
    path = chance.choice(plans(folder))
    shutil.copy(path, path.with_name("zz-copy.txt"))


def a_new_name(folder, chance):
    path = chance.choice(plans(folder))
    path.rename(path.with_name("renamed.txt"))


def a_verdict_rejected(folder, chance):
    found = queries.findings(open_local(folder / "build"))
    finding = chance.choice([each for each in found if each.verdict == "short"])
    decide(
        folder / "plans" / "review.jsonl",
        "reject",
        "finding",
        finding_key(finding),
        who="甲",
        reason="口径不同",
    )


def a_record_corrected(folder, chance):
    quantity = chance.choice(queries.quantities(open_local(folder / "build")))
    decide(
        folder / "plans" / "review.jsonl",
        "correct",
        "record",
        f"{quantity.doc}/{quantity.id}",
        who="甲",
        reason="原文如此",
        field="value",
        value="77",
    )


CHANGES = (
    a_word,
    every_number,
    a_governing_plan,
    a_title,
    a_plan_less,
    a_plan_more,
    a_copy_under_another_name,
    a_new_name,
    a_verdict_rejected,
    a_record_corrected,
)


def lines(out):
    return [str(quad) for quad in open_local(out).quads()]


def must_patch(monkeypatch):
    """Writing everything anew fails the test from now on."""

    def never(folder, content):
        raise AssertionError("everything was written anew")

    monkeypatch.setattr(store, "_filled", never)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_gives_what_a_build_from_nothing_gives(folder, tmp_path, monkeypatch, change):
    chance = random.Random(change.__name__)
    before = lines(folder / "build")
    change(folder, chance)
    with monkeypatch.context() as patch:
        must_patch(patch)
        build([folder / "plans"], folder / "build", workers=1)
    build([folder / "plans"], tmp_path / "fresh", workers=1)
    assert lines(folder / "build") == lines(tmp_path / "fresh")
    assert names(folder / "build") == names(tmp_path / "fresh")
    assert lines(folder / "build") != before or change is a_copy_under_another_name


def names(out):
    """The name of the current store: the digest of all that it says."""
    return (out / "graph" / "CURRENT").read_text("utf-8")


def test_all_changes_one_after_another_and_back(folder, built):
    chance = random.Random(5)
    for change in chance.sample(CHANGES, len(CHANGES)):
        change(folder, chance)
        build([folder / "plans"], folder / "build", workers=1)
    shutil.rmtree(folder / "plans")
    shutil.copytree(built / "plans", folder / "plans")
    build([folder / "plans"], folder / "build", workers=1)
    assert lines(folder / "build") == lines(built / "build")
    assert names(folder / "build") == names(built / "build")


def test_a_small_change_leaves_the_old_store_readable(folder):
    old = open_local(folder / "build")
    before = [str(quad) for quad in old.quads()]
    a_word(folder, random.Random(1))
    build([folder / "plans"], folder / "build", workers=1)
    assert [str(quad) for quad in old.quads()] == before
    assert lines(folder / "build") != before


def test_a_damaged_store_is_written_anew(folder, tmp_path):
    current = Path(store.current(folder / "build"))
    (current / "CURRENT").write_text("nonsense")
    a_word(folder, random.Random(1))
    build([folder / "plans"], folder / "build", workers=1)
    build([folder / "plans"], tmp_path / "fresh", workers=1)
    assert lines(folder / "build") == lines(tmp_path / "fresh")


def test_a_damaged_cache_is_read_anew(folder, tmp_path):
    for path in (folder / "build" / "cache").iterdir():
        path.write_bytes(b"\x00nonsense")
    a_word(folder, random.Random(1))
    built = build([folder / "plans"], folder / "build", workers=1)
    assert built.read == PLANS
    build([folder / "plans"], tmp_path / "fresh", workers=1)
    assert lines(folder / "build") == lines(tmp_path / "fresh")
