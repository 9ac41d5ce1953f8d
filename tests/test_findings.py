"""Verdicts kept from an earlier build are those that comparing everything gives."""

import random
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest

from kg.findings import Findings, read_kept, write_kept
from kg.graph import parts
from kg.knowledge import conclude, link
from kg.review import Decision, finding_key
from tests.planted import make


def reworded(quantity, chance):
    return replace(quantity, indicator=quantity.indicator + chance.choice(["率", "数量", "（城镇）"]))


def revalued(quantity, chance):
    return replace(quantity, value=Decimal(chance.randint(1, 99)))


def retimed(quantity, chance):
    return replace(quantity, time=str(chance.randint(2022, 2027)))


def reunited(quantity, chance):
    return replace(quantity, unit=chance.choice(["%", "张", "人次", None]))


def rebased(quantity, _chance):
    return replace(quantity, class_="baseline")


def drafted(document, _chance):
    return replace(document, status="draft")


def distrusted(document, _chance):
    return replace(document, trusted=False)


def shifted(document, chance):
    return replace(document, period=(2021, chance.randint(2022, 2030)))


EDITS = {
    "quantity": (reworded, revalued, retimed, reunited, rebased),
    "document": (drafted, distrusted, shifted),
}
ALL_EDITS = [(kind, edit) for kind, edits in EDITS.items() for edit in edits]


def records_of(corpus):
    return [*corpus.documents, *corpus.quantities]


def marked(records):
    """A mark of each document's records, as a build takes it from the file."""
    told = defaultdict(str)
    for record in records:
        told[record.doc] += repr(record)
    return dict(told)


def by_document(knowledge):
    found = defaultdict(list)
    for finding in knowledge.findings:
        found[finding.lower_doc].append(finding)
    return found


def edited(corpus, kind, edit, chance):
    """The records with one of a kind edited."""
    records = records_of(corpus)
    at = chance.choice([n for n, each in enumerate(records) if each.kind == kind])
    records[at] = edit(records[at], chance)
    return records


@pytest.mark.parametrize(("kind", "edit"), ALL_EDITS, ids=lambda each: getattr(each, "__name__", each))
@pytest.mark.parametrize("seed", [1, 2])
def test_kept_verdicts_are_those_of_comparing_everything(kind, edit, seed):
    corpus, chance = make(seed), random.Random(f"{edit.__name__} {seed}")
    first = records_of(corpus)
    kept = Findings(link(first), marked(first)).kept
    for _ in range(3):
        records = edited(corpus, kind, edit, chance)
        want = by_document(conclude(records))
        findings = Findings(link(records), marked(records), kept=kept)
        assert {doc: list(findings.of(doc)) for doc in findings.kept} == {
            doc: want[doc] for doc in findings.kept
        }
        assert sum(kept[doc] == findings.kept[doc] for doc in kept) > 0, "something must be kept"


def test_the_same_mark_of_links_means_the_same_statements():
    corpus, chance = make(3), random.Random(3)
    before = links_graphs(records_of(corpus))
    same = 0
    for kind, edit in ALL_EDITS:
        after = links_graphs(edited(corpus, kind, edit, chance))
        for name, (mark, told) in after.items():
            if before[name][0] == mark:
                same += 1
                assert before[name][1] == told, (edit.__name__, name)
    assert same > len(before)


def links_graphs(records):
    """Name of each graph of links → its mark, its statements."""
    linked = link(records)
    findings = Findings(linked, marked(records))
    return {
        part.graph: (part.mark, [str(quad) for quad in part.content()])
        for part in parts(linked, {}, findings.of, findings)
        if "/graph/links/" in part.graph
    }


def test_what_a_person_said_on_a_verdict_changes_the_mark_and_the_verdict():
    records = records_of(make(1))
    whole = conclude(records)
    finding = next(each for each in whole.findings if each.verdict == "short")
    rejected = Decision(
        action="reject", subject="finding", key=finding_key(finding), who="a", reason="b", when="2026-01-01"
    )
    plain = Findings(link(records), marked(records))
    said = Findings(link(records), marked(records), [rejected], plain.kept)
    changed = {doc for doc in plain.kept if plain.kept[doc] != said.kept[doc]}
    assert changed == {finding.lower_doc}
    assert finding in plain.of(finding.lower_doc)
    assert finding not in said.of(finding.lower_doc)


def test_kept_verdicts_hold_for_one_code_only(tmp_path):
    records = records_of(make(1))
    kept = Findings(link(records), marked(records)).kept
    assert any(given for _, given in kept.values())
    write_kept(tmp_path / "kept", "one", kept)
    assert read_kept(tmp_path / "kept", "one") == kept
    assert read_kept(tmp_path / "kept", "two") == {}
    assert read_kept(tmp_path / "none", "one") == {}
    (tmp_path / "kept").write_bytes(b"nonsense")
    assert read_kept(tmp_path / "kept", "one") == {}
