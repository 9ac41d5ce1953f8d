"""Goals of plans of many domains: named, told in clauses, in cells; and what a goals section also holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.goal_clauses import goal_clauses, has_figure
from kg.extract.goals import find_goals, is_goals_title
from kg.model import Document
from kg.text.plan import read_plan


def goals(text, period=(2023, 2027)):
    plan = read_plan("d", text)
    found = find_goals(plan, Document(doc="d", start=0, end=len(text), quote="", period=period))
    assert all(text[goal.start : goal.end] == goal.quote for goal in found)
    return [(goal.time, goal.quote.replace("\n", "")) for goal in found]


CASES = [
    pytest.param(
        "二、发展目标\n到2025年，数字政府建设迈上新台阶。\n数据要素有效流通。公共数据开放共享，数据交易规模扩大，企业获得感不断提升。\n"
        "数字治理更加精准。城市运行一网统管，基层治理数字化水平明显提高，群众办事更加便捷。\n三、重点任务\n（一）建设平台。",
        [("2025", "数据要素有效流通"), ("2025", "数字治理更加精准")],
        id="opening phrases",
    ),
    pytest.param(
        "（二）发展目标\n到2024年，数字经济成为新引擎，治理体系更加完善。\n"
        "1.数字产业化水平显著提升。到2024年，核心产业增加值占比达到10%以上。\n2.产业数字化转型加快推进。培育示范企业100家。\n"
        "（三）基本原则\n坚持创新。",
        [("2024", "数字产业化水平显著提升"), ("2024", "产业数字化转型加快推进")],
        id="numbered goals",
    ),
    pytest.param(
        "三、主要目标\n到2027年，全市设备投资规模较2023年增长25%以上；重点行业能效基本达到节能水平，环保绩效达到A级的产能比例大幅提升；"
        "报废汽车回收量增加约一倍；再生资源回收利用体系基本健全，回收网点超过500个。\n四、主要任务",
        [("2027", "重点行业能效基本达到节能水平"), ("2027", "再生资源回收利用体系基本健全")],
        id="clauses among figures",
    ),
    pytest.param(
        "一、主要目标\n围绕扩大投资，实施四大行动，释放消费潜力。\n到2027年，设备投资增长25%以上。能效水平和本质安全水平得到显著提升，"
        "回收利用体系进一步优化。\n二、任务",
        [("2027", "能效水平和本质安全水平得到显著提升")],
        id="preamble before the year",
    ),
    pytest.param(
        "（二）发展目标。到2025年，我市数字化转型取得显著成效：数字经济快速发展，产业集群壮大；数字生活成为新风尚，服务便捷。\n二、任务",
        [("2025", "数字经济快速发展"), ("2025", "数字生活成为新风尚")],
        id="a colon opens the parts",
    ),
    pytest.param(
        "一、工作目标\n——空气质量持续改善。到2025年，优良天数比率达到88%。\n——水环境质量稳步提升。国考断面优良比例达到100%。\n二、任务",
        [("2025", "空气质量持续改善"), ("2025", "水环境质量稳步提升")],
        id="dashes",
    ),
    pytest.param(
        "一、工作目标\n——到2024年底，营商环境制度体系基本建立；\n——到2025年底，市场主体满意度显著提升。\n二、任务",
        [("2024", "营商环境制度体系基本建立"), ("2025", "市场主体满意度显著提升")],
        id="dashes with years of their own",
    ),
    pytest.param(
        "一、2024年目标\n按照全市部署，建成高标准农田项目；完成粮食烘干中心建设，力争年底投用；新建冷库20座。\n二、任务",
        [("2024", "建成高标准农田项目"), ("2024", "完成粮食烘干中心建设")],
        id="the heading's year",
    ),
    pytest.param(
        "总体目标：到2026年，学前教育普及普惠水平全面提高，毛入园率达到95%。\n重点任务：扩大资源。",
        [("2026", "学前教育普及普惠水平全面提高")],
        id="a label without a number",
    ),
    pytest.param(
        "一、总体要求\n坚持以人民为中心，统筹推进。到2026年，县域商业体系基本健全，农村流通渠道进一步畅通。\n二、主要任务\n（一）完善网络。",
        [("2026", "县域商业体系基本健全")],
        id="general requirements where no section is on goals",
    ),
    pytest.param(
        "二、发展目标\n到“十四五”末，现代物流体系基本形成，成本持续下降。\n三、任务",
        [("2025", "现代物流体系基本形成")],
        id="end of a plan",
    ),
    pytest.param(
        "二、发展目标\n基本实现政务服务一网通办。\n三、任务",
        [("2027", "基本实现政务服务一网通办")],
        id="the plan's last year",
    ),
    pytest.param(
        "二、发展目标\n到2025年，各项事业全面发展。\n服务体系更加健全。服务网络持续完善，服务质量不断提升。\n"
        "展望2035年，全面建成现代化服务体系，人民生活更加美好。\n三、任务",
        [("2025", "服务体系更加健全"), ("2035", "全面建成现代化服务体系")],
        id="a later horizon",
    ),
    pytest.param(
        "序号\t任务\t2025年目标\t责任单位\n1\t建设充电桩\t公共充电网络基本覆盖城区，新增1000个\t市能源局\n2\t更新公交\t更新50辆\t市交通局\n",
        [("2025", "公共充电网络基本覆盖城区")],
        id="a goals column",
    ),
    pytest.param(
        "一、总体目标和要求\n坚持以习近平新时代中国特色社会主义思想为指导，落实省委省政府关于营商环境改革的工作要求。\n"
        "2023年，开展营商环境攻坚行动，解决一批堵点；2024年，打造一批改革示范点；2025年，体制机制更加完善，获得感显著提升。\n二、任务",
        [("2023", "开展营商环境攻坚行动"), ("2024", "打造一批改革示范点"), ("2025", "体制机制更加完善")],
        id="a goal a year",
    ),
    pytest.param(
        "（一）近期目标（2023—2025年）\n基本建成布局合理的物流枢纽。\n（二）远期目标（2026—2030年）\n全面建成现代流通体系。\n二、任务",
        [("2025", "基本建成布局合理的物流枢纽"), ("2030", "全面建成现代流通体系")],
        id="years in the heading's bracket",
    ),
    pytest.param(
        "一、指导思想\n坚持新发展理念。\n二、基本原则\n——政府引导、市场驱动。强化职责，发挥作用。\n三、主要任务\n（一）实现目标任务。",
        [],
        id="principles and tasks",
    ),
    pytest.param(
        "二、发展目标\n到2025年，覆盖率达到90%，新增床位500张。具体指标如表1所示：\n三、任务",
        [],
        id="figures only",
    ),
    pytest.param(
        "一、主要目标\n“十四五”期间，产业结构优化取得明显进展，用能更加高效。到2025年，非化石能源消费比重提高到12%。\n"
        "“十五五”期间，清洁低碳的能源体系初步建立。到2030年，碳达峰目标顺利实现。\n二、任务",
        [
            ("2025", "产业结构优化取得明显进展"),
            ("2030", "清洁低碳的能源体系初步建立"),
            ("2030", "碳达峰目标顺利实现"),
        ],
        id="the years of a plan open the sentence",
    ),
    pytest.param("四、落实目标责任。各县区要签订目标责任书，加强考核。", [], id="目标责任"),
    pytest.param(
        "一、起草背景\n为贯彻部署，制定本计划。\n二、主要目标\n到2025年，体系更加健全。\n一、发展目标\n到2025年，供给能力更加强劲。\n二、主要任务",
        [("2025", "供给能力更加强劲")],
        id="a drafting note repeats the goals",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_goals(text, expected):
    assert goals(text) == expected


TITLES = [
    "发展目标",
    "主要目标",
    "2023年目标",
    "总体目标",
    "工作目标",
    "目标任务",
    '"十四五"时期主要目标',
    "总体要求和发展目标",
]
OTHER_TITLES = [
    "主要任务",
    "指导思想",
    "目标责任考核",
    "落实目标责任",
    "发展目标任务分解表",
    "指导思想、基本原则与发展目标",
    "组织保障",
]


@pytest.mark.parametrize(
    ("title", "expected"), [*((t, True) for t in TITLES), *((t, False) for t in OTHER_TITLES)]
)
def test_headings_of_goals_sections(title, expected):
    assert is_goals_title(title) is expected


FIGURES = [
    "达到90%",
    "新增500张",
    "突破百亿元",
    "2个以上",
    "增长一倍",
    "万元产值能耗下降5%",
    "举办2期培训班",
    "培育龙头企业三家",
]
NO_FIGURES = [
    "全面覆盖",
    "15分钟服务圈基本建成",
    '"1+3+X"产业布局更加完善',
    "万众创新",
    "第一方阵",
    "5G网络深度覆盖",
    "一体化发展",
    "统一大市场",
]


@pytest.mark.parametrize(
    ("clause", "expected"), [*((t, True) for t in FIGURES), *((t, False) for t in NO_FIGURES)]
)
def test_figures(clause, expected):
    assert has_figure(clause) is expected


@given(st.text(alphabet="到2025年，。；：目标发展更加完善、()（）\n一二三——%个", max_size=80))
def test_any_passage_gives_spans_of_itself(text):
    for clause in goal_clauses(text, 0, len(text)):
        assert 0 <= clause.start < clause.end <= len(text)


@given(st.text(alphabet="到2025年，。；：目标发展更加完善、()（）\n一二三—— \t|序号%个", max_size=80))
def test_any_text_is_read_with_true_quotes(text):
    goals("二、发展目标\n" + text)
