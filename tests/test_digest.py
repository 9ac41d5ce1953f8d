"""What an agency owes by when: which agency is meant, what a plan above puts on it, what is due under a duty."""

import json

import pytest

from kg.cli import main
from kg.digest import Agency, digest, find_agency, is_meant, listing
from kg.duties import covers
from kg.errors import UsageError
from kg.model import AgencyRole, Assignment, Deadline, Document, Governs, Knowledge, Quantity, Task
from kg.store import open_memory, write

CIVIL = Agency("南昌市西湖区民政局", frozenset(), "360103", "county", "民政")
GOVERNMENT = Agency("南昌市西湖区人民政府", frozenset(), "360103", "county", None)
CITY = Agency("南昌市民政局", frozenset(), "360100", "prefecture", "民政")


@pytest.mark.parametrize(
    ("collective", "agency", "meant"),
    [
        ("各级民政部门", CIVIL, True),
        ("各级民政部门", CITY, True),
        ("各县（区）民政局", CIVIL, True),
        ("各县(市、区)民政部门", CITY, False),
        ("各级财政部门", CIVIL, False),
        ("各级各部门", CIVIL, True),
        ("市直各部门", CIVIL, False),
        ("各县（区）人民政府", CIVIL, False),
        ("属地县(区)人民政府", GOVERNMENT, True),
        ("各县（区）", GOVERNMENT, True),
        ("各设区市", GOVERNMENT, False),
        ("各级民政部门", GOVERNMENT, False),
        ("市民政局", CIVIL, False),
        ("各设区市民政局", CITY, True),
    ],
)
def test_a_collective_of_a_plan_above_speaks_to_its_members(collective, agency, meant):
    assert is_meant(collective, agency) is meant


KNOWN = ["南昌市西湖区民政局", "南昌市西湖区卫健委", "泾源县民政局", "民政部"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("南昌市西湖区民政局", "南昌市西湖区民政局"),
        ("西湖区民政局", "南昌市西湖区民政局"),
        ("南昌市西湖区卫生健康委员会", "南昌市西湖区卫健委"),
        ("泾源县 民政局", "泾源县民政局"),
        ("民政部", "民政部"),
        ("南昌市西湖区医疗保障局", "南昌市西湖区医疗保障局"),
    ],
)
def test_an_agency_is_found_under_its_usual_names(name, found):
    assert find_agency(name, KNOWN).name == found


@pytest.mark.parametrize("name", ["民政局", "财政局", "某某局"])
def test_a_name_that_fits_several_or_none_is_refused_with_what_there_is(name):
    with pytest.raises(UsageError, match="南昌市西湖区民政局"):
        find_agency(name, KNOWN)


def test_the_place_and_the_field_are_read_from_the_name():
    agency = find_agency("南昌市西湖区民政局", KNOWN)
    assert (agency.place, agency.level, agency.field) == ("360103", "county", "民政")


# ---------------------------------------------------------------- what a duty covers


def duty(start, section, doc="district", raw="区民政局", name="南昌市西湖区民政局"):
    roles = (AgencyRole(name=name, raw=raw, role="lead"),)
    quote = f"责任单位：{raw}"
    return Assignment(
        doc=doc, start=start, end=start + len(quote), quote=quote, section=section, task="推进床位建设",
        agencies=roles, id=f"assignment-{doc}-{start}",
    )  # fmt: skip


def target(start, section, time, doc="district", value=60, **more):
    return Quantity(
        doc=doc, start=start, end=start + 8, quote="床位占比达到六成", section=section, indicator=f"占比{start}",
        value=value, unit="%", comparator="=", time=time, id=f"quantity-{doc}-{start}", **more,
    )  # fmt: skip


TASKS = (
    Task(doc="district", start=0, end=9, quote="", body_end=500),
    Task(doc="district", start=100, end=109, quote="", body_end=200),
)


@pytest.mark.parametrize(
    ("held", "asked", "covered"),
    [
        (duty(120, ("任务", "一")), target(10, ("任务", "一"), None), True),
        (duty(120, ("任务", "一")), target(10, ("任务", "一", "1"), None), True),
        (duty(120, ("任务",)), target(10, ("任务", "二"), None), False),
        (duty(120, ("甲",)), target(150, ("乙",), None), True),
        (duty(120, ("甲",)), target(300, ("乙",), None), False),
        (duty(400, ("甲",)), target(300, ("乙",), None), True),
        (duty(120, ()), target(600, (), None), False),
    ],
)
def test_a_duty_covers_its_heading_and_its_innermost_task(held, asked, covered):
    assert covers(held, asked, TASKS) is covered


# ---------------------------------------------------------------- the digest


def document(doc, place, level, jurisdiction):
    return Document(
        doc=doc, start=0, end=999, quote="", title=f"{jurisdiction}规划", place=place, level=level,
        jurisdiction=jurisdiction, id=f"document-{doc}", status="issued",
    )  # fmt: skip


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    above = duty(50, ("保障", "一"), doc="city", raw="各级民政部门", name="南昌市各级民政部门")
    other = duty(70, ("保障", "二"), doc="city", raw="各级财政部门", name="南昌市各级财政部门")
    elsewhere = duty(50, ("保障", "一"), doc="peer", raw="各级民政部门", name="商丘市各级民政部门")
    due = Deadline(
        doc="district", start=310, end=318, quote="2023年底前完成", section=("任务", "二"), what="完成评估",
        time="2023", id="deadline-1",
    )  # fmt: skip
    return Knowledge(
        documents=(
            document("city", "360100", "prefecture", "江西省南昌市"),
            document("district", "360103", "county", "江西省南昌市西湖区"),
            document("peer", "411400", "prefecture", "河南省商丘市"),
        ),
        quantities=(
            target(200, ("任务", "一"), "2025"),
            target(220, ("任务", "一"), None),
            target(300, ("任务", "二"), "2024"),
            target(20, ("保障", "一"), "2022", doc="city"),
            target(240, ("任务", "一"), "2020", class_="baseline"),
        ),
        assignments=(duty(260, ("任务", "一")), duty(330, ("任务", "二")), above, other, elsewhere),
        deadlines=(due,),
        governs=(Governs(upper="city", lower="district", basis="implied", reason="上级"),),
    )


def test_duties_of_all_plans_above_stand_by_their_first_date(knowledge):
    agency, owed = digest(open_memory(knowledge), "西湖区民政局")
    assert agency.name == "南昌市西湖区民政局"
    assert [(each.document.doc, each.addressed, [due.time for due in each.dues]) for each in owed] == [
        ("city", "各级民政部门", ["2022"]),
        ("district", None, ["2023", "2024"]),
        ("district", None, ["2025", ""]),
    ]


def test_a_deadline_whose_clause_is_a_targets_is_not_said_twice(knowledge):
    from dataclasses import replace

    clause = replace(knowledge.deadlines[0], start=300, end=308)
    _, owed = digest(open_memory(replace(knowledge, deadlines=(clause,))), "南昌市西湖区民政局")
    assert [due.time for due in owed[1].dues] == ["2024"]


def test_the_digest_is_listed_for_people_and_for_programs(knowledge, tmp_path, capsys):
    agency, owed = digest(open_memory(knowledge), "南昌市西湖区民政局")
    text = listing(agency, owed, "lines", "zh")
    assert text.startswith("南昌市西湖区民政局：2份规划中的3项任务")
    assert "上级规划以“各级民政部门”称之" in text
    assert "district[260:" in text
    rows = [json.loads(line) for line in listing(agency, owed, "jsonl", "en").splitlines()]
    assert [row["time"] for row in rows] == ["2022", "2023", "2024", "2025", ""]
    assert listing(agency, owed, "csv").splitlines()[0].startswith("time,what,task,role")
    write(knowledge, {}, tmp_path / "graph")
    assert main(["digest", "西湖区民政局", "--graph", str(tmp_path)]) == 0
    assert capsys.readouterr().out == text
    assert main(["digest", "某某局", "--graph", str(tmp_path)]) == 2
