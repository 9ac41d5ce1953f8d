"""Two editions of a plan: exactly the planted changes are found, both ways; two builds: what each has more."""

import json
from dataclasses import replace

import pytest

from kg.builds import compare_builds
from kg.cli import main
from kg.draft import Draft, held_plan, read_drafts
from kg.editions import differences
from kg.errors import UsageError
from kg.model import Deadline, Quantity
from kg.report import changes
from kg.store import open_memory, write
from tests import graph_fixtures
from tests.corpus_graph import XIHU, corpus, corpus_graph

HEAD = "南昌市西湖区养老服务行动计划（2023—2025年）\n一、发展目标\n"
BASE = HEAD + (
    "到2025年，养老机构护理型床位占比不低于60%。到2025年，特殊困难老年人月探访率达到100%。\n"
    "到2025年，新增养老床位500张。到2024年，社区老年助餐点覆盖率达到90%。\n"
    "二、主要任务\n（一）推进信息化建设。2024年6月底前完成信息平台建设。\n"
)
#: name → (words before, words after, changes)
PLANTED = {
    "nothing": ("", "", []),
    "lowered": ("不低于60%", "不低于55%", [("lowered", "护理型床位占比", -1)]),
    "raised": ("不低于60%", "不低于65%", [("raised", "护理型床位占比", 1)]),
    "moved back": ("到2024年，社区", "到2025年，社区", [("later", "助餐点", -1)]),
    "moved forward": ("到2025年，特殊", "到2024年，特殊", [("earlier", "月探访率", 1)]),
    "dropped": ("到2025年，新增养老床位500张。", "", [("dropped", "新增养老床位", -1)]),
    "softened": ("到2025年，新增", "到2025年，力争新增", [("softened", "新增养老床位", -1)]),
    "a bound for a value": ("达到90%", "超过90%", [("hardened", "助餐点", 1)]),
    "a deadline without a number": ("2024年6月底前", "2024年9月底前", [("later", "信息平台", -1)]),
    "lowered and moved": (
        "到2025年，新增养老床位500张",
        "到2024年，新增养老床位400张",
        [("lowered", "新增养老床位", -1), ("earlier", "新增养老床位", 1)],
    ),
    "another wording alone": (
        "到2025年，特殊困难老年人月探访率达到100%",
        "2025年特殊困难老年人月探访率实现100%",
        [],
    ),
}
REVERSED = {
    "lowered": "raised",
    "raised": "lowered",
    "later": "earlier",
    "earlier": "later",
    "dropped": "added",
    "softened": "hardened",
    "hardened": "softened",
}


def plan(tmp_path, text: str, name: str = "plan") -> Draft:
    path = tmp_path / f"{name}.txt"
    path.write_text(text, "utf-8")
    (draft,) = read_drafts(path)
    return draft


@pytest.mark.parametrize("name", PLANTED)
def test_exactly_the_planted_change_is_found(name, tmp_path):
    old, new, wanted = PLANTED[name]
    assert old in BASE
    one, other = plan(tmp_path, BASE), plan(tmp_path, BASE.replace(old, new) if old else BASE, "new")
    assert_found(differences(one, other), wanted)
    back = [(REVERSED[change], metric, -strict) for change, metric, strict in wanted]
    assert_found(differences(other, one), back)


def assert_found(found, wanted):
    assert sorted(each.change for each in found) == sorted(change for change, _, _ in wanted)
    for change, metric, strict in wanted:
        assert any(
            each.change == change and metric in each.metric and each.strict == strict for each in found
        ), (change, metric, found)


def test_both_quotes_stand_where_they_are_said_to(tmp_path):
    new = BASE.replace("不低于60%", "不低于55%")
    (found,) = differences(plan(tmp_path, BASE), plan(tmp_path, new, "new"))
    for text, side in ((BASE, found.old), (new, found.new)):
        assert text[side.start : side.end] == side.quote
    assert "60%" in found.old.quote
    assert "55%" in found.new.quote


def test_a_plan_does_not_differ_from_its_copy(tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(XIHU.read_bytes())
    (draft,) = read_drafts(copy)
    assert differences(held_plan(corpus_graph(), "xihu"), draft) == ()


def test_one_of_two_statements_that_changes_is_a_contradiction(tmp_path):
    text = XIHU.read_bytes().decode().replace("护理型床位占比达到60%以上", "护理型床位占比达到55%以上")
    path = tmp_path / "draft.txt"
    path.write_bytes(text.encode())
    (draft,) = read_drafts(path)
    (found,) = differences(held_plan(corpus_graph(), "xihu"), draft)
    assert (found.change, found.new.value) == ("conflict", 55)
    (settled,) = differences(draft, held_plan(corpus_graph(), "xihu"))
    assert settled.change == "settled"


def test_one_of_two_statements_that_moves_is_moved(tmp_path):
    text = XIHU.read_bytes().decode()
    old, new = ("到2025年,养老机构医养结合", "到2027年,养老机构医养结合")
    assert old in text
    path = tmp_path / "draft.txt"
    path.write_bytes(text.replace(old, new).encode())
    (draft,) = read_drafts(path)
    (found,) = differences(held_plan(corpus_graph(), "xihu"), draft)
    assert (found.change, found.old.time, found.new.time) == ("later", "2025", "2027")


# ---------------------------------------------------------------- records made by hand


def statement(value, time="2025", **more):
    fields = {"indicator": "护理型床位占比", "unit": "%", "comparator": "=", "section": ("目标",)} | more
    quote = fields.pop("quote", f"{time}{value}")
    return Quantity(
        doc="plan",
        start=0,
        end=9,
        quote=quote,
        value=value,
        time=time,
        id=f"quantity-{quote}{more}",
        **fields,
    )


def edition(*records, doc="plan", period=(2021, 2025)) -> Draft:
    document = replace(graph_fixtures.documents()[0], doc=doc, period=period)
    return Draft(document, tuple(replace(each, doc=doc) for each in records))


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (statement(60, nature="binding"), statement(60, nature="expected"), [("softened", "nature")]),
        (statement(60, nature="binding"), statement(60), [("softened", "nature")]),
        (statement(60), statement(60, nature="expected"), []),
        (statement(60, nature="expected"), statement(60, nature="binding"), [("hardened", "nature")]),
        (statement(60, comparator=">"), statement(60), [("softened", "comparator")]),
        (statement(60), statement(60, comparator="~"), [("softened", "comparator")]),
        (statement(60, comparator=">="), statement(60), []),
        (statement(60), statement(None, comparator=None, unit=None), [("softened", "words")]),
        (statement(None, quote="明显增长"), statement(None, quote="有所增长"), [("restated", None)]),
        (statement(600, unit="‰"), statement(60), []),
    ],
)
def test_the_same_value_can_bind_less_or_more(old, new, wanted):
    found = differences(edition(old), edition(new, doc="new"))
    assert [(each.change, each.detail) for each in found] == wanted


def test_an_upper_bound_that_rises_is_easier():
    old, new = statement(50, comparator="<="), statement(60, comparator="<=")
    (found,) = differences(edition(old), edition(new, doc="new"))
    assert (found.change, found.strict) == ("raised", -1)


def test_in_the_next_period_dates_are_expected_to_move():
    old = edition(statement(40, "2018"), statement(50, "2020"), period=(2016, 2020))
    new = edition(statement(55, "2023"), statement(60, "2025"), doc="new")
    (found,) = differences(old, new)
    assert (found.change, found.old.value, found.new.value) == ("raised", 50, 60)
    assert differences(old, edition(statement(50, "2025"), doc="new")) == ()


def test_deadlines_of_the_last_period_are_not_missed():
    due = Deadline(doc="plan", start=20, end=30, quote="2020年底前完成", what="完成", time="2020")
    assert differences(edition(due, period=(2016, 2020)), edition(doc="new")) == ()
    assert [each.change for each in differences(edition(due), edition(doc="new"))] == ["dropped"]


# ---------------------------------------------------------------- words


def test_lines_show_both_sides(tmp_path):
    found = differences(plan(tmp_path, BASE), plan(tmp_path, BASE.replace("不低于60%", "不低于55%"), "new"))
    head, old, new = changes.editions(found, "lines", "zh").splitlines()
    assert head.startswith("数值降低 ")
    assert head.endswith("2025 不低于60% → 2025 不低于55% [要求降低]")
    assert (old[:3], new[:3]) == ("  -", "  +")
    row = json.loads(changes.editions(found, "jsonl", "zh"))
    assert (row["change"], row["old"]["value"], row["new"]["value"]) == ("lowered", 60, 55)
    assert changes.editions((), "lines", "en") == "no difference\n"


def test_the_command_takes_files_and_ids(tmp_path, capsys, monkeypatch):
    write(*corpus(), tmp_path / "graph")
    monkeypatch.setattr("kg.cli.encoder_of", lambda args: None)
    path = tmp_path / "draft.txt"
    path.write_bytes(XIHU.read_bytes().replace("不低于".encode(), "不低于".encode()))
    assert main(["diff", "xihu", str(path), "--graph", str(tmp_path)]) == 0
    assert "没有差异" in capsys.readouterr().out
    assert main(["diff", "xihu", "nanchang", "--graph", str(tmp_path)]) == 1
    assert main(["diff", "xihu", "nowhere", "--graph", str(tmp_path)]) == 2


def test_a_plan_that_is_not_there_is_refused():
    with pytest.raises(UsageError):
        held_plan(corpus_graph(), "nowhere")


# ---------------------------------------------------------------- builds


def test_a_build_does_not_differ_from_itself():
    graph = open_memory(graph_fixtures.knowledge())
    found = compare_builds(graph, graph)
    assert not found
    assert changes.builds(found, "lines", "zh") == "没有差异\n"


def test_what_a_build_has_more_and_less_is_counted():
    old = graph_fixtures.knowledge()
    late = next(each for each in old.findings if each.verdict == "late")
    others = [each for each in old.findings if each.verdict not in ("late", "absent")]
    new = replace(
        old,
        tasks=(),
        findings=(replace(late, verdict="meets"), *others),
    )
    found = compare_builds(open_memory(old), open_memory(new))
    assert [(each.kind, each.added, each.lost, each.documents) for each in found.counts] == [
        ("task", 0, 1, 1)
    ]
    assert [(a.verdict, b.verdict) for a, b in found.findings_changed] == [("late", "meets")]
    assert [each.verdict for each in found.findings_lost] == ["absent"]
    assert not found.findings_added
    lines = changes.builds(found, "lines", "en").splitlines()
    assert lines[0] == "task: +0 −1 in 1 documents"
    assert any(line.startswith("~ meets") and line.endswith("(was late)") for line in lines)
    assert (
        json.loads(changes.builds(found, "jsonl", "en"))["findings_changed"][0]["before"]["verdict"] == "late"
    )


def test_the_command_compares_two_builds(tmp_path, capsys):
    knowledge = graph_fixtures.knowledge()
    write(knowledge, {}, tmp_path / "old" / "graph")
    write(replace(knowledge, tasks=()), {}, tmp_path / "new" / "graph")
    assert main(["diff", str(tmp_path / "old"), str(tmp_path / "new")]) == 1
    assert "task: +0 −1" in capsys.readouterr().out
    assert main(["diff", str(tmp_path / "old"), str(tmp_path / "old")]) == 0
