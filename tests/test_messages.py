"""The catalogue: every sentence in both languages, with the same places to fill in, and every key that is used."""

import ast
import re
from pathlib import Path

import pytest

from kg.messages import CATALOGUE, t

ROOT = Path(__file__).parent.parent
SPEAKERS = {"t", "say"}
PLACES = re.compile(r"{(\w+)")


def used_keys():
    """Every key that stands as a plain text in a call of `t` or `say`."""
    for path in [*(ROOT / "kg").rglob("*.py"), ROOT / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and getattr(node.func, "id", None) in SPEAKERS:
                key = node.args[0]
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield pytest.param(key.value, id=f"{path.relative_to(ROOT)}:{key.value}")


@pytest.mark.parametrize("key", list(used_keys()))
def test_a_used_key_is_in_the_catalogue(key):
    assert key in CATALOGUE


@pytest.mark.parametrize("key", CATALOGUE)
def test_both_languages_say_it_with_the_same_places(key):
    zh, en = CATALOGUE[key]
    assert zh.strip()
    assert en.strip()
    assert set(PLACES.findall(zh)) == set(PLACES.findall(en))


def test_an_unknown_key_is_our_fault_and_says_so():
    with pytest.raises(KeyError):
        t("no.such.key")
