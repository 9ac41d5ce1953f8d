"""Indicator tables in the layouts that text exports give, and tables that hold none."""

from decimal import Decimal

import pytest

from kg.extract.quantities import find_quantities
from kg.extract.table_layout import layout_of
from kg.extract.table_values import CellValue, read_value, split_unit
from kg.model import Document
from kg.text.plan import read_plan


def read(text, period=(2023, 2025)):
    plan = read_plan("d", text)
    document = Document(doc="d", start=0, end=len(text), quote="", period=period)
    found = find_quantities(plan, document)
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.quote
        assert quantity.start <= quantity.value_start < quantity.value_end <= quantity.end
    return found


def say(quantity):
    sign = "" if quantity.comparator in ("=", "range", None) else quantity.comparator
    high = f"~{quantity.value_high}" if quantity.value_high is not None else ""
    nature = f" {quantity.nature}" if quantity.nature else ""
    value = "词" if quantity.value is None else f"{sign}{quantity.value}{high}{quantity.unit or ''}"
    return f"{quantity.class_} {quantity.indicator} {value} @{quantity.time}{nature}"


PIPES = """表1 发展指标
指标类别 |
序号 |
指标名称 |
2023年 |
2024年 |
2025年 |
指标属性 |
绿色低碳 |
1 |
单位GDP能耗降低率（%） |
>3 |
>3.2 |
>3.5 |
约束性 |
|
2 |
新能源汽车保有量
（万辆） |
1.2 |
1.8 |
2.5 |
预期性 |
"""
TABS = (
    "专栏1 主要指标\n"
    "指标\t单位\t2022年现状值\t2025年目标值\t属性\n"
    "优良天数比率\t%\t86.3\t≥87.5\t约束性\n"
    "PM2.5平均浓度\t微克/立方米\t37\t≤35\t约束性\n"
    "受污染耕地安全利用率\t%\t—\t93左右\t预期性\n"
    "数据中心机架数\t架\t3.5万\t8~10万\t预期性\n"
    "生态环境满意度\t%\t85\t持续提升\t预期性\n"
)
MARKDOWN = """主要指标
|类别|指标|单位|2022年|2025年|
|---|---|---|---|---|
|创新|研发投入强度|%|2.1|2.6|
||每万人发明专利拥有量|件|8|12以上|
|民生|劳动年龄人口平均受教育年限|年|10.8|[11.3]|
"""
UNITS = "附表（单位：万元）\n项目名称\t2024年目标\t2025年目标\n技改补贴\t200\t300\n以奖代补资金\t50\t80\n"
GROWTH = (
    "指标\t单位\t2020年\t2025年\t年均增长\n地区生产总值\t亿元\t500\t700\t7%左右\n粮食产量增长\t%\t—\t—\t2\n"
)

CASES = [
    (
        PIPES,
        [
            "target 单位GDP能耗降低率 >3% @2023 binding",
            "target 单位GDP能耗降低率 >3.2% @2024 binding",
            "target 单位GDP能耗降低率 >3.5% @2025 binding",
            "target 新能源汽车保有量 1.2万辆 @2023 expected",
            "target 新能源汽车保有量 1.8万辆 @2024 expected",
            "target 新能源汽车保有量 2.5万辆 @2025 expected",
        ],
    ),
    (
        TABS,
        [
            "baseline 优良天数比率 86.3% @2022",
            "target 优良天数比率 >=87.5% @2025 binding",
            "baseline PM2.5平均浓度 37微克/立方米 @2022",
            "target PM2.5平均浓度 <=35微克/立方米 @2025 binding",
            "target 受污染耕地安全利用率 ~93% @2025 expected",
            "baseline 数据中心机架数 3.5万架 @2022",
            "target 数据中心机架数 8~10万架 @2025 expected",
            "baseline 生态环境满意度 85% @2022",
            "target 生态环境满意度 词 @2025 expected",
        ],
    ),
    (
        MARKDOWN,
        [
            "baseline 研发投入强度 2.1% @2022",
            "target 研发投入强度 2.6% @2025",
            "baseline 每万人发明专利拥有量 8件 @2022",
            "target 每万人发明专利拥有量 >=12件 @2025",
            "baseline 劳动年龄人口平均受教育年限 10.8年 @2022",
            "target 劳动年龄人口平均受教育年限 11.3年 @2025",
        ],
    ),
    (
        UNITS,
        [
            "target 技改补贴 200万元 @2024",
            "target 技改补贴 300万元 @2025",
            "target 以奖代补资金 50万元 @2024",
            "target 以奖代补资金 80万元 @2025",
        ],
    ),
    (
        GROWTH,
        [
            "baseline 地区生产总值 500亿元 @2020",
            "target 地区生产总值 700亿元 @2025",
            "target 地区生产总值年均增长 ~7% @2025",
            "target 粮食产量增长 2% @2025",
        ],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), CASES, ids=["pipes", "tabs", "markdown", "caption unit", "growth"]
)
def test_tables(text, expected):
    assert [say(quantity) for quantity in read(text)] == expected


def test_every_field_of_a_cell():
    quantity = read(PIPES)[0]
    assert (quantity.source, quantity.rule, quantity.time_from) == ("table", "table", "table")
    assert quantity.category == "绿色低碳"
    assert quantity.quote == "单位GDP能耗降低率（%） |\n>3"
    assert PIPES[quantity.value_start : quantity.value_end] == "3"


def test_sentences_in_the_cells_of_a_duty_table_are_read():
    text = "任务清单\n任务\t内容\t责任单位\n扩容\t新建泵站5座，总长度12公里\t水利局\n提质\t合格率达到98%以上\t水利局\n"
    assert [(say(q), q.source) for q in read(text)] == [
        ("target 新建泵站数量 5座 @None", "table"),
        ("target 总长度 12公里 @None", "table"),
        ("target 合格率 >=98% @None", "table"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "附表\n序号\t任务\t责任单位\t完成时限\n1\t制定方案\t县发改局\t2024年\n2\t开展督查\t县政府办\t2025年\n",
        "名单\n姓名\t单位\t电话\n张三\t民政局\t0791-86589707\n李四\t住建局\t0791-86589708\n",
    ],
)
def test_tables_without_indicators(text):
    assert read(text) == []


def test_columns_are_found_in_any_order():
    text = "属性\t2025年\t单位\t指标\n约束性\t60\t%\t达标率\n预期性\t12\t家\t企业数\n"
    plan = read_plan("d", text)
    layout = layout_of(plan.tables[0], Document(doc="d", start=0, end=len(text), quote=""))
    assert (layout.name, layout.unit, layout.attribute, [c.index for c in layout.values]) == (3, 2, 0, [1])
    assert [say(q) for q in read(text)] == [
        "target 达标率 60% @2025 binding",
        "target 企业数 12家 @2025 expected",
    ]


@pytest.mark.parametrize(
    ("years", "classes"),
    [
        ("2020年\t2025年", ["baseline", "target"]),
        ("2023年\t2024年\t2025年", ["target"] * 3),
        ("2022年实际\t2023年目标", ["baseline", "target"]),
        ("基期值\t目标值", ["baseline", "target"]),
    ],
)
def test_the_first_column_may_be_the_base(years, classes):
    count = len(years.split("\t"))
    text = (
        f"指标\t{years}\n达标率（%）\t"
        + "\t".join(["50"] * count)
        + "\n合格率（%）\t"
        + "\t".join(["60"] * count)
        + "\n"
    )
    assert [q.class_ for q in read(text, period=None)] == classes * 2


VALUES = [
    ("25", CellValue(Decimal(25), "=", None, "25")),
    (">25", CellValue(Decimal(25), ">", None, "25")),
    ("≥90", CellValue(Decimal(90), ">=", None, "90")),
    ("<1.0", CellValue(Decimal("1.0"), "<", None, "1.0")),
    ("80%以上", CellValue(Decimal(80), ">=", "%", "80")),
    ("超过1人", CellValue(Decimal(1), ">", "人", "1")),
    ("15左右", CellValue(Decimal(15), "~", None, "15")),
    ("控制在5%以内", CellValue(Decimal(5), "<=", "%", "5")),
    ("[5.5]", CellValue(Decimal("5.5"), "=", None, "5.5")),
    ("〔18〕", CellValue(Decimal(18), "=", None, "18")),
    ("-3.2", CellValue(Decimal("-3.2"), "=", None, "-3.2")),
    ("1,200", CellValue(Decimal(1200), "=", None, "1,200")),
    ("3.5万", CellValue(Decimal("3.5"), "=", "万", "3.5")),
    ("10-15家", CellValue(Decimal(10), "range", "家", "10-15", Decimal(15))),
    ("明显增长", CellValue()),
    ("完成市下达任务", CellValue()),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_read_value(text, value):
    assert read_value(text) == value


@pytest.mark.parametrize("text", ["", "—", "-", "/", "--", "无", "见附件2第3条"])
def test_cells_without_a_value(text):
    assert read_value(text) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("森林覆盖率（%）".replace("（", "(").replace("）", ")"), ("森林覆盖率", "%")),
        ("1.新增机构(个数)", ("新增机构个数", "个")),
        ("新建居住(小)区达标率(%)", ("新建居住(小)区达标率", "%")),
        ("托位数(个)", ("托位数", "个")),
        ("发明专利(件/万人)", ("发明专利", "件/万人")),
        ("投入(万元)*", ("投入", "万元")),
        ("公办社会福利院(中心)", ("公办社会福利院(中心)", None)),
        ("达标率", ("达标率", None)),
    ],
)
def test_split_unit(name, expected):
    assert split_unit(name) == expected


SHARED_OUT = (
    "附件1 2024年目标任务分解表\n"
    "序号\t县区\t新增托位（个）\t改造老旧小区（户）\t覆盖率（%）\t备注\n"
    "1\t东山区\t300\t1200\t80\t\n"
    "2\t西河县\t200\t—\t75以上\t重点县\n"
    "\t合计\t500\t1200\t\t\n"
)


def test_a_table_may_share_targets_out_over_places():
    assert [(say(q), q.scope) for q in read(SHARED_OUT)] == [
        ("target 东山区新增托位 300个 @2024", "东山区"),
        ("target 东山区改造老旧小区户数 1200户 @2024", "东山区"),
        ("target 东山区覆盖率 80% @2024", "东山区"),
        ("target 西河县新增托位 200个 @2024", "西河县"),
        ("target 西河县覆盖率 >=75% @2024", "西河县"),
        ("target 新增托位 500个 @2024", "新增"),
        ("target 改造老旧小区户数 1200户 @2024", "老旧"),
    ]


def test_a_list_of_units_shares_nothing_out():
    assert read("名单\n单位\t负责人\t职务\n民政局\t张三\t局长\n住建局\t李四\t科长\n") == []
