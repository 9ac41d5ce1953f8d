"""The review ledger: append-only, applied at each build, undone by an entry of its own."""

from decimal import Decimal

import pytest

from kg.errors import ManifestError, UsageError
from kg.model import Alignment, Finding, Quantity, identify
from kg.review import (
    alignment_key,
    apply_to_alignments,
    apply_to_findings,
    apply_to_records,
    decide,
    finding_key,
    read_ledger,
    record_key,
    undo,
)


def quantity(doc="xihu", value="90", **fields):
    made = Quantity(
        doc=doc, start=0, end=2, quote="月探", indicator="月探访率", value=Decimal(value), unit="%", **fields
    )
    return identify([made])[0]


@pytest.fixture
def ledger(tmp_path):
    return tmp_path / "review.jsonl"


SIGNED = {"who": "李静", "reason": "核对原文"}


def test_no_ledger_is_no_decision(ledger):
    assert read_ledger(ledger) == []


def test_a_rejected_record_is_gone_and_comes_back_when_that_is_undone(ledger):
    record = quantity()
    entry = decide(ledger, "reject", "record", record_key(record), **SIGNED)
    assert apply_to_records([record], read_ledger(ledger)) == []
    undo(ledger, entry, **SIGNED)
    assert apply_to_records([record], read_ledger(ledger)) == [record]
    assert len(ledger.read_text("utf-8").splitlines()) == 2, "nothing is deleted"


def test_a_correction_changes_the_field_and_names_itself_in_the_rule(ledger):
    record = quantity(confidence=0.6, rule="clause")
    entry = decide(ledger, "correct", "record", record_key(record), field="value", value="95", **SIGNED)
    (mended,) = apply_to_records([record], read_ledger(ledger))
    assert (mended.value, mended.confidence, mended.id) == (Decimal("95"), 1.0, record.id)
    assert entry.id in mended.rule


def test_the_last_word_on_a_field_counts(ledger):
    record = quantity()
    for value in ("91", "92"):
        decide(ledger, "correct", "record", record_key(record), field="value", value=value, **SIGNED)
    assert apply_to_records([record], read_ledger(ledger))[0].value == Decimal("92")


def test_other_records_are_left_alone(ledger):
    decide(ledger, "reject", "record", "xihu/quantity-000000000000", **SIGNED)
    assert apply_to_records([quantity()], read_ledger(ledger)) == [quantity()]


def test_a_link_between_metrics_is_made_and_unmade(ledger):
    link = Alignment(left="a", right="b", relation="close", score=0.7, method="embedding", reason="")
    decide(ledger, "accept", "alignment", alignment_key("c", "a"), **SIGNED)
    decide(ledger, "reject", "alignment", alignment_key("b", "a"), **SIGNED)
    (made,) = apply_to_alignments([link], read_ledger(ledger))
    assert (made.left, made.right, made.relation, made.method) == ("a", "c", "exact", "review")


def test_an_accepted_verdict_is_sure_and_signed_and_a_rejected_one_is_gone(ledger):
    short = Finding(
        upper=quantity("city", "100"),
        lower=quantity(),
        upper_doc="city",
        lower_doc="xihu",
        verdict="short",
        confidence=0.7,
    )
    absent = Finding(
        upper=quantity("city", "100"), lower=None, upper_doc="city", lower_doc="xihu", verdict="absent"
    )
    decide(ledger, "accept", "finding", finding_key(short), **SIGNED)
    decide(ledger, "reject", "finding", finding_key(absent), **SIGNED)
    (kept,) = apply_to_findings([short, absent], read_ledger(ledger))
    assert (kept.verdict, kept.confidence) == ("short", 1.0)
    assert "李静" in kept.notes[-1]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"who": " "}, "姓名"),
        ({"reason": ""}, "理由"),
        ({"field": "doc", "value": "x"}, "不能更正"),
        ({"field": "value", "value": "九成"}, "不是数"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_not_written(ledger, changes, said):
    with pytest.raises(UsageError, match=said):
        decide(ledger, "correct", "record", "a/b", **{**SIGNED, "field": "unit", "value": "%"} | changes)
    assert not ledger.exists()


def test_a_broken_line_is_named(ledger):
    ledger.write_text('{"action": "reject"}\n', "utf-8")
    with pytest.raises(ManifestError, match=r"review\.jsonl:1"):
        read_ledger(ledger)
