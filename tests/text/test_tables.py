"""Tables as plain text leaves them."""

import pytest

from kg.text.tables import tables
from kg.text.view import make_view


def cells(raw):
    return [
        ([c.text for c in table.header], [[c and c.text for c in row] for row in table.rows])
        for table in tables(make_view(raw))
    ]


PIPES = "表1指标体系\n类别 |\n序号 |\n指标名称 |\n2023年 |\n属性 |\n健康 |\n1 |\n寿命(岁) |\n77.8 |\n预期性 |\n|\n2 |\n收入(亿元) |\n35 |\n预期性 |\n||\n养老 |\n3 |\n探访率(%) |\n90 |\n约束性 |\n||"
CASES = [
    pytest.param(
        PIPES,
        [
            (
                ["类别", "序号", "指标名称", "2023年", "属性"],
                [
                    ["健康", "1", "寿命(岁)", "77.8", "预期性"],
                    ["健康", "2", "收入(亿元)", "35", "预期性"],
                    ["养老", "3", "探访率(%)", "90", "约束性"],
                ],
            )
        ],
        id="每行一格",
    ),
    pytest.param(
        "专栏1 主要指标\n指标\t2025 年\t属性\n探访率(%)\t100\t预期性指标\n参保率(%)\t95.5\t预期性指标\n正文。",
        [
            (
                ["指标", "2025年", "属性"],
                [["探访率(%)", "100", "预期性指标"], ["参保率(%)", "95.5", "预期性指标"]],
            )
        ],
        id="制表符分列",
    ),
    pytest.param(
        "指标    2025年    属性\n探访率(%)    100    预期性\n参保率(%)    95.5    预期性",
        [(["指标", "2025年", "属性"], [["探访率(%)", "100", "预期性"], ["参保率(%)", "95.5", "预期性"]])],
        id="空格对齐",
    ),
    pytest.param(
        "| 指标 | 2025年 |\n|---|---|\n| 探访率 | 100 |\n| 参保率 | 95.5 |",
        [(["指标", "2025年"], [["探访率", "100"], ["参保率", "95.5"]])],
        id="竖线分列",
    ),
    pytest.param(
        "\t产业类别\n\t牵头部门\n\t备注\n\t养老\n\t民政局\n卫健局\n\t无",
        [(["产业类别", "牵头部门", "备注"], [["养老", "民政局卫健局", "无"]])],
        id="制表符起头的单元",
    ),
    pytest.param(
        "类别\t序号\t指标\t2025年\n环境\t1\t优良天数比率\t97\n\t2\tPM2.5浓度\t≤22\n污染\t3\t治理率\t30\n\t4\t利用率\t35",
        [
            (
                ["类别", "序号", "指标", "2025年"],
                [
                    ["环境", "1", "优良天数比率", "97"],
                    ["环境", "2", "PM2.5浓度", "≤22"],
                    ["污染", "3", "治理率", "30"],
                    ["污染", "4", "利用率", "35"],
                ],
            )
        ],
        id="合并的类别留空",
    ),
    pytest.param(
        "领域 |\n主要指标 |\n2025年 |\n性质 |\n健康 |\n寿命(岁) |\n76 |\n预期性 |\n|\n死亡率(‰) |\n≤5 |\n预期性 |\n服务 |\n护士数(人) |\n3.8 |\n约束性 |",
        [
            (
                ["领域", "主要指标", "2025年", "性质"],
                [
                    ["健康", "寿命(岁)", "76", "预期性"],
                    ["健康", "死亡率(‰)", "≤5", "预期性"],
                    ["服务", "护士数(人)", "3.8", "约束性"],
                ],
            )
        ],
        id="属性一格收尾_无空行",
    ),
    pytest.param("一、总体要求\n二、主要任务", [], id="没有表"),
    pytest.param("第一章\t背景\t- 4-\n第二章\t要求\t- 8-", [], id="目录不是表"),
]


@pytest.mark.parametrize(("raw", "expected"), CASES)
def test_cells(raw, expected):
    assert cells(raw) == expected


def test_a_cell_knows_its_raw_characters():
    view = make_view(PIPES)
    (table,) = tables(view)
    assert table.caption == "表1指标体系"
    for row in table.rows:
        for cell in row:
            assert view.text[cell.start : cell.end] == cell.text
    assert table.rows[0][0] is table.rows[1][0], "a merged category cell is one cell"
