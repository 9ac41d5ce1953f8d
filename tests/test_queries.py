"""The query layer gives back the very records that were written, from disk, from memory, from a server."""

from dataclasses import fields

import pytest

from kg import queries
from kg.model import Knowledge
from kg.store import open_memory
from tests.graph_fixtures import TEXTS, knowledge


@pytest.fixture(scope="module")
def graph():
    return open_memory(knowledge(), TEXTS)


def key(value):
    """An order for records of one kind, whatever order they came in."""
    return str(value)


@pytest.mark.parametrize("part", [slot.name for slot in fields(Knowledge)])
def test_every_part_of_the_knowledge_comes_back_as_it_went_in(graph, part):
    found, expected = getattr(queries.knowledge(graph), part), getattr(knowledge(), part)
    if part == "concept_of":
        assert found == expected
    else:
        assert sorted(found, key=key) == sorted(expected, key=key)
