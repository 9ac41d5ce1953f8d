"""The chain from the province down: values, agencies, grounds, and what is missing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kg.errors import UsageError
from kg.link.citations import resolve
from kg.link.governs import governing
from kg.model import (
    AgencyRole,
    Alignment,
    Assignment,
    Citation,
    Concept,
    Document,
    Knowledge,
    Quantity,
    Task,
)
from kg.trace import find_metrics, render, trace

JIANGXI, NANCHANG, XIHU, JINGYUAN = "360000", "360100", "360103", "640424"


def plan(doc: str, place: str, title: str, level: str, **fields) -> Document:
    known = {"period": (2021, 2025)} | fields
    return Document(doc=doc, start=0, end=99, quote="", place=place, title=title, level=level, **known)


def states(doc: str, time: str, value: int, at: int, name: str = "月探访率", **fields) -> Quantity:
    return Quantity(
        doc=doc, start=at, end=at + 5, quote=f"{value}%", id=f"q{at}", indicator=name,
        value=Decimal(value), unit="%", comparator="=", time=time, **fields,
    )  # fmt: skip


@pytest.fixture
def knowledge() -> Knowledge:
    """Jiangxi says nothing, Nanchang asks, Xihu and far-away Jingyuan plan; Nanchang's own basis is missing."""
    documents = (
        plan("jiangxi", JIANGXI, "江西省养老服务规划", "province"),
        plan("nanchang", NANCHANG, "南昌市养老服务规划", "prefecture", doc_number="洪府办发〔2022〕26号"),
        plan("xihu", XIHU, "西湖区健康养老行动计划", "county"),
        plan("jingyuan", JINGYUAN, "泾源县健康养老工作方案", "county"),
    )
    cited = (
        Citation(
            doc="nanchang",
            start=1,
            end=20,
            quote="《江西省养老服务\n十年规划》",
            title="江西省养老服务十年规划",
            relation="basis",
        ),
        Citation(
            doc="nanchang",
            start=21,
            end=30,
            quote="《江西省养老条例》",
            title="江西省养老条例",
            relation="basis",
        ),
        Citation(
            doc="xihu",
            start=3,
            end=17,
            quote="洪府办发〔2022〕26号",
            number="洪府办发〔2022〕26号",
            relation="basis",
        ),
        Citation(
            doc="jingyuan",
            start=3,
            end=17,
            quote="《自治区方案》",
            title="自治区健康养老产业方案",
            relation="basis",
        ),
    )
    quantities = (
        states("nanchang", "2025", 100, 40, nature="binding"),
        states("nanchang", "2022", 100, 50, name="困难老年人月探访率"),
        states("nanchang", "2020", 80, 60, class_="baseline"),
        states("xihu", "2025", 100, 45),
        states("xihu", "2023", 90, 46),
        states("jingyuan", "2023", 80, 40),
        states("jingyuan", "2023", 60, 50, name="护理型床位占比"),
    )
    citations, stubs = resolve(documents, cited)
    kinds = {"月探访率": "visit", "困难老年人月探访率": "visit-poor", "护理型床位占比": "beds"}
    return Knowledge(
        documents=documents,
        quantities=quantities,
        citations=citations,
        stubs=stubs,
        governs=governing(documents, citations, stubs),
        concepts=tuple(Concept(id=ident, label=name, names=(name,)) for name, ident in kinds.items()),
        concept_of={(q.doc, q.id): kinds[q.indicator] for q in quantities},
        alignments=(
            Alignment(left="visit", right="visit-poor", relation="exact", score=1.0, method="structure", reason=""),
            Alignment(left="beds", right="visit", relation="close", score=0.8, method="structure", reason=""),
        ),
        tasks=(
            Task(doc="xihu", start=30, end=34, quote="一、居家", title="居家", body_end=90),
            Task(doc="xihu", start=40, end=44, quote="1.探访", title="探访", body_end=60),
            Task(doc="xihu", start=61, end=64, quote="2.床位", title="床位", body_end=80),
        ),
        assignments=(
            Assignment(doc="xihu", start=55, end=59, quote="…", agencies=(
                AgencyRole(name="西湖区卫健委", raw="区卫健委", role="support"),
                AgencyRole(name="西湖区民政局", raw="区民政局", role="lead"),
            )),
            Assignment(doc="xihu", start=75, end=79, quote="…", agencies=(
                AgencyRole(name="西湖区住建局", raw="区住建局", role="lead"),
            )),
        ),
    )  # fmt: skip


def test_a_metrics_chains_run_from_the_province_down(knowledge):
    found = trace(knowledge, "月探访率")
    assert [[step.title for step in chain] for chain in found.chains] == [
        ["江西省养老服务十年规划", "江西省养老服务规划", "南昌市养老服务规划", "西湖区健康养老行动计划"],
        ["自治区健康养老产业方案", "泾源县健康养老工作方案"],
    ]
    assert [step.held for step in found.chains[0]] == [False, True, True, True]
    assert [step.place for step in found.missing] == ["江西省", "宁夏回族自治区"]


def test_values_stand_in_the_order_of_time_with_aligned_metrics(knowledge):
    _, province, city, district = trace(knowledge, "月探访率").chains[0]
    assert [(q.time, q.value) for q in city.values] == [("2020", 80), ("2022", 100), ("2025", 100)]
    assert [(q.time, q.value) for q in district.values] == [("2023", 90), ("2025", 100)]
    assert province.values == ()


def test_each_step_says_what_ties_it_to_the_plan_below(knowledge):
    missing, province, city, district = trace(knowledge, "月探访率").chains[0]
    assert (missing.link.lower, missing.link_quote) == ("nanchang", "《江西省养老服务 十年规划》")
    assert (province.link.basis, province.link.lower, province.link_quote) == ("implied", "nanchang", None)
    assert (city.link.basis, city.link_quote) == ("cited", "洪府办发〔2022〕26号")
    assert district.link is None


def test_agencies_are_those_of_the_innermost_task_leads_first(knowledge):
    district = trace(knowledge, "月探访率").chains[0][-1]
    assert [(agency.name, agency.role) for agency in district.agencies] == [
        ("西湖区民政局", "lead"),
        ("西湖区卫健委", "support"),
    ]


def test_a_documents_chain_has_no_values(knowledge):
    found = trace(knowledge, "nanchang")
    assert [step.doc for step in found.chains[0]][-2:] == ["jiangxi", "nanchang"]
    assert all(step.values == () for step in found.chains[0])


NAMES = [
    ("月探访率", ["visit", "visit-poor"]),
    ("visit", ["visit", "visit-poor"]),
    ("困难老年人月探访率", ["visit", "visit-poor"]),
    ("护理型", ["beds"]),
    ("森林覆盖率", []),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_a_metric_is_found_by_any_name_with_those_it_may_be_compared_with(knowledge, name, expected):
    assert [metric.id for metric in find_metrics(knowledge, name)] == expected


def test_an_unknown_name_gets_the_nearest_ones(knowledge):
    with pytest.raises(UsageError, match="月探访率"):
        trace(knowledge, "每月探访率高")


def test_render_in_both_languages(knowledge):
    chinese, english = (render(trace(knowledge, "月探访率"), lang) for lang in ("zh", "en"))
    for line in (
        "指标：月探访率、困难老年人月探访率",
        "江西省 《江西省养老服务十年规划》 （语料缺失）",
        "· 未提及",
        "  · 2022 100% 目标 困难老年人月探访率 [50:55]",
        "  · 2025 100% 目标·约束性 月探访率 [40:45]",
        "  ↓ 下位文件以洪府办发〔2022〕26号为依据「洪府办发〔2022〕26号」",
        "    责任分工：西湖区民政局（牵头）、西湖区卫健委（配合）",
        "链上缺失的文件（2）：",
    ):
        assert line in chinese.splitlines()
    assert "  ↓ the lower plan cites 洪府办发〔2022〕26号 as its basis「洪府办发〔2022〕26号」" in english
    assert "未提及" not in english


def test_laws_that_are_missing_are_no_part_of_a_chain(knowledge):
    assert not any("条例" in (step.title or "") for step in trace(knowledge, "xihu").chains[0])


def test_the_order_of_governing_pairs_does_not_matter(knowledge):
    other = replace(knowledge, governs=knowledge.governs[::-1])
    assert trace(other, "月探访率").chains == trace(knowledge, "月探访率").chains
