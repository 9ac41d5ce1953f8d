"""The check before signature: the verdicts of a build, planted changes found, and what a colleague remarks."""

import json
import re
from dataclasses import replace

import pytest

from kg import queries
from kg.check import check, is_same_plan
from kg.cli import main
from kg.errors import DocumentError, UsageError
from kg.link.agencies import successor
from kg.model import AgencyRole, Assignment, Citation, Document, Quantity, Stub, Task
from kg.remarks import Seen, remarks
from kg.report import lint, render
from kg.store import open_memory
from tests.corpus_graph import XIHU, corpus, corpus_graph


def draft(tmp_path, *changes: tuple[str, str]):
    """A copy of the Xihu draft with some words changed."""
    text = XIHU.read_bytes().decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "draft.txt"
    path.write_bytes(text.encode())
    return path


def questions(checked) -> set[tuple[str, str, str | None]]:
    return {(each.verdict, each.upper.indicator, each.upper.time) for each in checked.findings}


@pytest.fixture(scope="module")
def original():
    (checked,) = check(XIHU, corpus_graph())
    return checked


# ---------------------------------------------------------------- verdicts


def test_a_draft_gets_the_verdicts_that_a_build_gives(original):
    built = queries.findings(corpus_graph(), lower="xihu")
    wanted = [
        (each.verdict, each.upper.id, each.lower.quote if each.lower else None, each.gap)
        for each in built
        if each.verdict != "benchmark"
    ]
    found = [
        (each.verdict, each.upper.id, each.lower.quote if each.lower else None, each.gap)
        for each in original.findings
    ]
    assert sorted(found, key=str) == sorted(wanted, key=str)


@pytest.mark.parametrize(
    ("pieces", "heard"),
    [
        (1, [("read", 0.0), ("extract", 0.25), ("link", 0.5), ("compare", 0.75)]),
        (
            2,
            [
                *[("read", 0.0), ("extract", 0.25)],
                *[("link", 0.5), ("compare", 0.625), ("link", 0.75), ("compare", 0.875)],
            ],
        ),
    ],
)
def test_each_stage_is_told_as_it_begins(tmp_path, pieces, heard):
    import zipfile

    path = draft(tmp_path)
    if pieces > 1:
        with zipfile.ZipFile(tmp_path / "drafts.zip", "w") as archive:
            for at in range(pieces):
                archive.write(path, f"draft-{at}.txt")
        path = tmp_path / "drafts.zip"
    told = []
    check(path, corpus_graph(), told=lambda stage, share: told.append((stage, share)))
    assert told == heard


def test_a_draft_is_never_held_against_itself(original):
    assert "xihu" not in original.material.documents
    assert {each.upper_doc for each in original.findings if each.verdict != "conflict"} == {
        "nanchang",
        "jiangxi",
    }


def test_nothing_is_added_to_the_graph(original):
    assert len(queries.documents(corpus_graph())) == 10


PLANTED = {
    "a target lowered": (
        [
            ("护理型床位占比达到60%以上", "护理型床位占比达到55%以上"),
            (">56 |\n>58 |\n>60", ">51 |\n>53 |\n>55"),
        ],
        {("meets", "护理型床位占比", "2025")},
        {("short", "护理型床位占比", "2025")},
    ),
    "a deadline moved": (
        [
            ("特殊困难老年人月探访率(%) |\n90 |\n95 |\n100", "特殊困难老年人月探访率(%) |\n80 |\n90 |\n95"),
            ("到2025年,月探访率保持在100%", "到2027年,月探访率达到100%"),
        ],
        {("meets", "月探访率", "2025"), ("conflict", "月探访率", "2024")},
        {("late", "月探访率", "2025")},
    ),
    "a metric removed": (
        [("社会工作者配比(‰) |\n>0.5 |\n>0.8 |\n>1", "社会工作者队伍 |\n— |\n— |\n—")],
        {("meets", "社会工作者", "2025")},
        {("absent", "社会工作者", "2025")},
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_change_is_found_and_nothing_else(name, original, tmp_path):
    changes, gone, come = PLANTED[name]
    (changed,) = check(draft(tmp_path, *changes), corpus_graph())
    assert_are(questions(original) - questions(changed), gone)
    assert_are(questions(changed) - questions(original), come)
    assert changed.grave


def assert_are(found, wanted):
    """Each wanted question is found, and no other; metrics are named by a part of their name."""
    assert len(found) == len(wanted)
    for verdict, metric, time in wanted:
        assert any(each[0] == verdict and metric in each[1] and each[2] == time for each in found)


def test_a_draft_in_another_format_is_read_the_same_way(original, tmp_path):
    import docx

    document = docx.Document()
    for line in XIHU.read_bytes().decode().splitlines():
        document.add_paragraph(line)
    path = tmp_path / "draft.docx"
    document.save(path)
    (checked,) = check(path, corpus_graph())
    assert questions(checked) == questions(original)
    assert not checked.plain


def test_a_missing_file_and_a_wrong_place_are_refused(tmp_path):
    with pytest.raises(DocumentError):
        check(tmp_path / "none.txt", corpus_graph())
    with pytest.raises(UsageError, match="six digits"):
        check(XIHU, corpus_graph(), place="12")


def test_a_place_can_be_stated_where_the_text_gives_none(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text("养老服务工作方案\n到2025年，养老机构护理型床位占比达到50%。\n")
    (lost,) = check(path, corpus_graph())
    assert [each.kind for each in lost.remarks][:1] == ["no_place"]
    assert not lost.findings
    (placed,) = check(path, corpus_graph(), place="360103")
    assert placed.document.jurisdiction == "江西省南昌市西湖区"
    assert any(verdict == "short" and "护理型床位占比" in metric for verdict, metric, _ in questions(placed))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({}, {}, True),
        ({"title": "甲市养老规划（征求意见稿）"}, {}, True),
        ({"title": "甲市养老服务规划"}, {}, False),
        (
            {"title": "别的规划", "doc_number": "洪府办发〔2022〕26号"},
            {"doc_number": "洪府办发[2022]26号"},
            True,
        ),
        ({"place": "360103"}, {"place": "330106"}, False),
        ({"title": "甲市养老规划（2021—2025年）"}, {"title": "甲市养老规划（2026—2030年）"}, False),
    ],
)
def test_an_edition_of_the_same_plan_is_known(one, other, same):
    base = {"doc": "a", "start": 0, "end": 1, "quote": "", "title": "甲市养老规划", "place": "360100"}
    assert is_same_plan(Document(**base | one), Document(**base | other)) is same


# ---------------------------------------------------------------- remarks


HOME = Document(
    doc="plan", start=0, end=999, quote="", title="西湖区养老规划", place="360103", level="county",
    period=(2023, 2025), jurisdiction="江西省南昌市西湖区",
)  # fmt: skip
CITY = Document(
    doc="city", start=0, end=9, quote="", title="南昌市养老服务“十三五”规划", place="360100", level="prefecture",
    doc_number="洪府办发〔2017〕26号", period=(2016, 2020), status="issued", issuer="南昌市人民政府办公室",
)  # fmt: skip
LATER = replace(
    CITY,
    doc="later",
    title="南昌市养老服务“十四五”规划",
    doc_number="洪府办发〔2022〕26号",
    period=(2021, 2025),
)


def cites(title, number=None, relation="basis", resolves_to=None):
    quote = f"《{title}》"
    return Citation(
        doc="plan", start=5, end=5 + len(quote), quote=quote, title=title, number=number, relation=relation,
        resolves_to=resolves_to,
    )  # fmt: skip


def duty(name, section=("任务", "一、床位"), task="床位"):
    roles = (AgencyRole(name=name, raw=name, role="lead"),)
    return Assignment(doc="plan", start=100, end=110, quote=name, section=section, task=task, agencies=roles)


def target(start=90, section=("任务", "一、床位"), **values):
    return Quantity(
        doc="plan",
        start=start,
        end=start + 5,
        quote="床位占比",
        indicator="床位占比",
        section=section,
        **values,
    )


def kinds(**seen) -> list[str]:
    return [each.kind for each in remarks(Seen(document=HOME, **seen))]


REMARKED = {
    # what is remarked on, then its near miss that is left alone
    "expired": ({"held": (CITY,), "citations": (cites(CITY.title, resolves_to="city"),)}, ["expired"]),
    "expired, only mentioned": (
        {"held": (CITY,), "citations": (cites(CITY.title, relation="mention", resolves_to="city"),)},
        [],
    ),
    "still running": ({"held": (LATER,), "citations": (cites(LATER.title, resolves_to="later"),)}, []),
    "superseded": ({"held": (LATER,), "citations": (cites(CITY.title, resolves_to="stub-1"),)}, ["superseded"]),
    "another plan of the city": (
        {"held": (LATER,), "citations": (cites("南昌市教育“十三五”规划", resolves_to="stub-1"),)},
        [],
    ),
    "the plan of another city": (
        {"held": (LATER,), "citations": (cites("商丘市养老服务“十三五”规划", resolves_to="stub-1"),)},
        [],
    ),
    "number of another place": ({"citations": (cites("江西省养老条例", "洪府发〔2021〕6号"),)}, ["disagree"]),
    "number of another document": (
        {"held": (LATER,), "citations": (cites("南昌市城市更新条例", "洪府办发〔2022〕26号"),)},
        ["disagree"],
    ),
    "number and title of one document": (
        {"held": (LATER,), "citations": (cites("南昌市养老服务“十四五”规划", "洪府办发〔2022〕26号"),)},
        [],
    ),
    "another number on a known title": (
        {"held": (LATER,), "citations": (cites(LATER.title, "洪府办发〔2022〕62号"),)},
        ["disagree"],
    ),
    "the notice that prints the plan": (
        {
            "held": (LATER,),
            "citations": (cites("关于印发南昌市养老服务“十四五”规划的通知", "洪府办发〔2022〕26号"),),
        },
        [],
    ),
    "another title for one number elsewhere": (
        {
            "stubs": (Stub(id="s", title="南昌市城市更新条例", number="洪府发〔2021〕6号", place="360100"),),
            "citations": (cites("南昌市养老服务发展纲要", "洪府发〔2021〕6号"),),
        },
        ["disagree"],
    ),
    "renamed": ({"assignments": (duty("南昌市西湖区卫计委"),)}, ["renamed_agency"]),
    "not renamed": ({"assignments": (duty("南昌市西湖区卫健委"),)}, []),
    "still called so somewhere": ({"assignments": (duty("南昌市西湖区林业局"),)}, []),
    "misspelt": ({"assignments": (duty("南昌市西湖区民证局"), duty("南昌市西湖区民政局"))}, ["misspelt_agency"]),
    "one character apart, both real": (
        {"assignments": (duty("南昌市西湖区财政局"), duty("南昌市西湖区民政局"))},
        [],
    ),
    "known to the graph": (
        {"assignments": (duty("南昌市西湖区民证局"),), "agencies": frozenset({"南昌市西湖区民证局", "南昌市西湖区民政局"})},
        [],
    ),
    "no agency": ({"quantities": (target(time="2025", section=("目标",)),), "assignments": (duty("甲"),)}, ["no_agency"]),
    "the agency stands under the heading": ({"quantities": (target(time="2025"),), "assignments": (duty("甲"),)}, []),
    "the agency stands in the chapter alone": (
        {"quantities": (target(time="2025"),), "assignments": (duty("甲", section=("任务",), task="落实"),)},
        ["no_agency"],
    ),
    "the agency answers for the metric by name": (
        {
            "quantities": (target(time="2025", section=("目标",)),),
            "assignments": (duty("甲", section=("分工",), task="提高床位占比"),),
        },
        [],
    ),
    "the agency stands in the task": (
        {
            "quantities": (target(time="2025", section=("甲",)),),
            "assignments": (duty("甲", section=("乙",)),),
            "tasks": (Task(doc="plan", start=80, end=85, quote="", body_end=120),),
        },
        [],
    ),
    "no agencies at all": ({"quantities": (target(time="2025"), target(time="2024"))}, ["no_duties"]),
    "no deadline": ({"quantities": (target(),), "assignments": (duty("甲"),)}, ["no_deadline"]),
    "dated elsewhere": (
        {
            "quantities": (target(), target(start=95, time="2025")),
            "concept_of": {("plan", ""): "beds"},
            "assignments": (duty("甲"),),
        },
        [],
    ),
    "a baseline needs no agency": ({"quantities": (target(class_="baseline"),), "assignments": (duty("甲"),)}, []),
}  # fmt: skip


@pytest.mark.parametrize("name", REMARKED)
def test_remarks_and_what_is_left_alone(name):
    seen, expected = REMARKED[name]
    assert kinds(**seen) == expected


@pytest.mark.parametrize(
    ("name", "year", "now"),
    [
        ("商丘市卫生计生委", 2018, None),
        ("商丘市卫生计生委", 2019, "商丘市卫生健康委"),
        ("西湖区国土资源局", 2023, "西湖区自然资源局"),
        ("西湖区扶贫办", 2023, "西湖区乡村振兴局"),
        ("西湖区扶贫办", 2025, "西湖区农业农村局"),
        ("西湖区民政局", 2025, None),
        ("西湖区人防办", 2025, None),
        ("各街道", 2025, None),
    ],
)
def test_a_reform_ends_a_name_when_all_places_have_made_it(name, year, now):
    change = successor(name, year)
    assert (change.right if change else None) == now


def test_signs_of_a_made_up_text_are_named():
    document = replace(HOME, trust_signs=("整段重复",))
    (remark,) = remarks(Seen(document=document, trusted=False))
    assert (remark.kind, "整段重复" in remark.said("zh")) == ("untrusted", True)


def test_the_corpus_draft_cites_nothing_wrong(original):
    assert {each.kind for each in original.remarks} <= {"no_agency", "no_deadline"}


# ---------------------------------------------------------------- formats


def test_lines_are_like_a_linters(original):
    lines = lint.lines([original], "zh").splitlines()
    late = next(line for line in lines if " 滞后 " in line)
    assert re.fullmatch(r".+\.txt:发展目标: 滞后 .+ \(《.+》「.+100%」 → 「.+100」\) 迟3年", late)
    absent = next(line for line in lines if " 缺失 " in line)
    assert re.match(r".+\.txt:全文: 缺失 .+ \(《.+》「.+」 → 无\)", absent)
    told = sum(each.verdict not in ("meets", "exceeds", "contributes") for each in original.findings)
    assert len(lines) == told + len(original.remarks) + 1
    assert "对照2份上位规划" in lines[-1]


def test_nothing_above_is_said_not_passed_over(tmp_path):
    (checked,) = check(XIHU, open_memory(replace(corpus()[0], documents=(), findings=(), governs=())))
    assert lint.lines([checked], "en").splitlines()[-1].endswith("nothing was compared")
    assert not checked.grave


def test_json_has_every_finding_and_remark(original):
    (row,) = json.loads(lint.as_json([original], "zh"))
    assert len(row["findings"]) == len(original.findings)
    assert [each["kind"] for each in row["remarks"]] == [each.kind for each in original.remarks]
    assert row["grave"] is True


def test_sarif_points_at_the_characters(original):
    made = json.loads(lint.sarif([original], "en"))
    assert made["version"] == "2.1.0"
    (run,) = made["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    text = XIHU.read_bytes().decode()
    for result in run["results"]:
        assert result["ruleId"] in rules
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].endswith("xihu-2023-elder-care-action-plan.txt")
        if region := place.get("region"):
            start = region["charOffset"]
            assert text[start : start + region["charLength"]] == region["snippet"]["text"]
    levels = {result["ruleId"]: result["level"] for result in run["results"]}
    assert (levels["late"], levels["absent"], levels["conflict"]) == ("error", "error", "warning")


def test_a_draft_that_is_no_plain_text_has_no_offsets_of_the_file(original):
    made = json.loads(lint.sarif([replace(original, plain=False)], "zh"))
    places = [result["locations"][0] for result in made["runs"][0]["results"]]
    assert not any("region" in place["physicalLocation"] for place in places)
    assert any("logicalLocations" in place for place in places)


@pytest.mark.parametrize("ending", [".docx", ".html", ".md", ".json", ".xlsx"])
def test_the_check_can_be_handed_on_as_a_report(original, ending):
    report = lint.report(original, "zh", "2026-01-31")
    assert report.title == "送签前核对报告"
    assert len(report.warnings) == len(original.remarks)
    assert render(report, ending) == render(lint.report(original, "zh", "2026-01-31"), ending)


def test_the_command_ends_with_1_where_something_is_short_late_or_absent(tmp_path, capsys, monkeypatch):
    from kg.store import write

    write(*corpus(), tmp_path / "graph")
    monkeypatch.setattr("kg.cli.encoder_of", lambda args: None)
    where = ["--graph", str(tmp_path)]
    assert main(["check", str(XIHU), *where]) == 1
    assert "滞后" in capsys.readouterr().out
    easy = tmp_path / "easy.txt"
    easy.write_text(
        "泾源县2024年养老工作方案\n泾源县人民政府\n到2025年，护理型床位占比达到60%。责任单位：县民政局。\n"
    )
    assert main(["check", str(easy), *where, "--format", "json", "--out", str(tmp_path / "out.json")]) == 0
    assert json.loads((tmp_path / "out.json").read_text())[0]["grave"] is False
    assert main(["check", str(XIHU), *where, "--format", "docx", "--out", str(tmp_path / "check.docx")]) == 1
    assert (tmp_path / "check.docx").read_bytes().startswith(b"PK")
    assert main(["check", str(XIHU), *where, "--place", "999999"]) == 2
