"""Every question that staff ask: its file is well-formed, and it gives the expected rows."""

import re
from dataclasses import replace

import pytest

from kg import queries
from kg.errors import UsageError
from kg.model import Finding
from kg.named import parse
from kg.store import open_memory
from tests.graph_fixtures import TEXTS, knowledge

NAMES = list(queries.named_queries())


def with_quarrels():
    """The fixture with two more verdicts and one doubtful reading, so that no question comes back empty."""
    base = knowledge()
    visits, own = base.quantities[0], base.quantities[3]
    sides = {"upper_doc": "city", "lower_doc": "district"}
    conflict = Finding(
        upper=own, lower=base.quantities[4], upper_doc="district", lower_doc="district", verdict="conflict"
    )
    unlike = Finding(**sides, upper=visits, lower=own, verdict="incomparable", reason="reason.scope")
    sure, *others = base.citations
    doubtful = replace(sure, confidence=0.5)
    return replace(
        base,
        findings=(*base.findings, replace(conflict, explanation="两个数值"), unlike),
        citations=(doubtful, *others),
    )


@pytest.fixture(scope="module")
def graph():
    return open_memory(with_quarrels(), TEXTS)


#: question, parameters, columns looked at, rows
CASES = [
    (
        "shortfalls",
        {"place": "360100"},
        "plan verdict indicator gap above upperQuote lowerQuote",
        [
            (
                "西湖区行动计划",
                "低于",
                "护理型床位占比",
                "低 5 个百分点",
                "南昌市养老规划",
                "到2025年，护理型床位占比不低于60%",
                "2025年护理型床位占比力争55%",
            ),
            (
                "西湖区行动计划",
                "滞后",
                "月探访率",
                "迟 3 年",
                "南昌市养老规划",
                "到2022年，月探访率达到100%（约束性指标）",
                "2025年月探访率100%",
            ),
        ],
    ),
    ("shortfalls", {}, "verdict", [("低于",), ("滞后",)]),
    ("shortfalls", {"place": "411400"}, "verdict", []),
    (
        "metric-over-time",
        {"metric": "月探访率"},
        "time plan value unit",
        [
            ("2022", "南昌市养老规划", 100, "%"),
            ("2023", "西湖区行动计划", 90, "%"),
            ("2025", "西湖区行动计划", 100, "%"),
        ],
    ),
    ("metric-over-time", {}, "value comparator", [(60, ">="), (55, "=")]),
    ("metric-over-time", {"metric": "不存在"}, "value", []),
    (
        "chain-above",
        {"doc": "district"},
        "above level below basis reason held",
        [
            ("江西省养老规划", "省级", "南昌市养老规划", "层级推定", "层级", False),
            ("南昌市养老规划", "市级", "西湖区行动计划", "明确引用", "下位规划引用", True),
        ],
    ),
    (
        "agency-load",
        {},
        "agency duties leads deadlines",
        [("南昌市民政局", 1, 1, 0), ("南昌市西湖区民政局", 1, 0, 0), ("南昌市财政局", 1, 0, 0)],
    ),
    ("deadlines-in-year", {"year": "2025"}, "due what plan", [("2025-06", "完成评估", "西湖区行动计划")]),
    ("deadlines-in-year", {"year": 2024}, "due", []),
    ("deadlines-in-year", {"year": 2025, "place": "411400"}, "due", []),
    (
        "missing-documents",
        {},
        "title number issuer level citing",
        [("江西省养老规划", "赣府发〔2021〕1号", "江西省人民政府", "省级", 1)],
    ),
    (
        "binding-became-expected",
        {"upper": "city"},
        "plan indicator lowerQuote",
        [("西湖区行动计划", "月探访率", "2025年月探访率100%")],
    ),
    (
        "peers-by-metric",
        {},
        "best unit place",
        [(60, "%", "江西省南昌市"), (58, "%", "河南省商丘市"), (55, "%", "江西省南昌市西湖区")],
    ),
    ("copied", {"doc": "city"}, "score other from", [(0.93, "2025年月探访率100%", "西湖区行动计划")]),
    (
        "conflicts",
        {},
        "plan one another explanation",
        [("西湖区行动计划", "2023年月探访率90%", "2025年月探访率100%", "两个数值")],
    ),
    ("untrusted-texts", {}, "title sign file", [("西湖区行动计划", "没有文号", "district.txt")]),
    (
        "not-comparable",
        {"lower": "district"},
        "above indicator other reason",
        [("南昌市养老规划", "月探访率", "月探访率", "reason.scope")],
    ),
    ("absent-metrics", {"lower": "district"}, "indicator quote", [("新增养老床位", "新增养老床位5万张")]),
    (
        "targets-of-plan",
        {"doc": "city"},
        "indicator comparator value unit time nature",
        [
            ("月探访率", "=", 100, "%", "2022", "约束性"),
            ("护理型床位占比", ">=", 60, "%", "2025", None),
            ("新增养老床位", "=", 5, "万张", "2025", None),
        ],
    ),
    (
        "duties-of-agency",
        {"agency": "南昌市财政局"},
        "plan task role quote",
        [("南昌市养老规划", "新增养老床位", "配合", "牵头单位：市民政局；配合单位：市财政局")],
    ),
    (
        "inferred-readings",
        {"doc": "district"},
        "confidence kind quote",
        [(0.5, "引用", "《南昌市养老规划》")],
    ),
    ("inferred-readings", {"doc": "city"}, "quote", []),
    (
        "provenance",
        {"record": "city/" + knowledge().quantities[2].id},
        "title quote rule version",
        [("南昌市养老规划", "新增养老床位5万张", "reach_by_year", "0.1.0")],
    ),
]


@pytest.mark.parametrize(("name", "given", "columns", "expected"), CASES)
def test_question_is_answered(graph, name, given, columns, expected):
    rows = queries.named(graph, name, **given)
    assert [tuple(row[column] for column in columns.split()) for row in rows] == expected


def test_every_question_has_a_case():
    assert {name for name, *_ in CASES} == set(NAMES)
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_question_says_what_it_answers_in_both_languages(name):
    query = queries.named_queries()[name]
    assert re.search("[一-龥]", query.zh)
    assert query.en.isascii()
    assert all(re.search("[一-龥]", each.note) for each in query.parameters)


@pytest.mark.parametrize("name", NAMES)
def test_parameters_are_used_and_share_no_name_with_a_variable(name):
    """In SPARQL $x and ?x are one variable, so a parameter left open would join with its namesake."""
    query = queries.named_queries()[name]
    body = "\n".join(line for line in query.sparql.splitlines() if not line.startswith("#"))
    assert set(re.findall(r"\$(\w+)", body)) == {each.name for each in query.parameters}
    assert not {each.name for each in query.parameters} & set(re.findall(r"\?(\w+)", body))


@pytest.mark.parametrize("name", NAMES)
def test_questions_stand_alone_for_other_tools(graph, name):
    """Each file is whole SPARQL with its own prefixes: the bare store runs it as it is."""
    graph.store.query(queries.named_queries()[name].sparql, use_default_graph_as_union=True)


def test_unknown_names_and_parameters_list_the_known_ones(graph):
    with pytest.raises(UsageError, match="shortfalls"):
        queries.named(graph, "shortfall")
    with pytest.raises(UsageError, match="place"):
        queries.named(graph, "shortfalls", city="360100")


def test_what_must_be_given_is_asked_for(graph):
    with pytest.raises(UsageError, match="needs the parameter"):
        queries.named(graph, "provenance")


def test_heading_is_read():
    text = "# 问\n# ask\n# param: doc - 编号 id\n# param: year 2025 年\n# param: record ! 记录\nSELECT * {}"
    query = parse("x", text)
    assert (query.zh, query.en) == ("问", "ask")
    assert [(each.name, each.default, each.note, each.required) for each in query.parameters] == [
        ("doc", None, "编号 id", False),
        ("year", "2025", "年", False),
        ("record", None, "记录", True),
    ]
