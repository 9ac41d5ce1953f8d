"""Task items: numbered headings of what is to be done, not of background, principles or goals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.headings import LABEL_TITLE, heading_above, note_sections
from kg.extract.tasks import find_tasks, is_background
from kg.model import Document
from kg.text.plan import read_plan


def tasks(text):
    found = find_tasks(read_plan("d", text), Document(doc="d", start=0, end=len(text), quote=""))
    assert all(text[task.start : task.end] == task.quote and task.end <= task.body_end for task in found)
    return [(task.number, task.title) for task in found]


CASES = [
    pytest.param(
        "一、总体要求\n（一）指导思想\n坚持创新。\n（二）发展目标\n到2025年，体系更加健全。\n二、主要任务\n（一）建设平台\n1.完善功能。建成系统。\n"
        "2.推广应用。扩大范围。\n三、保障措施\n（一）加强领导\n建立机制。",
        [("(一)", "建设平台"), ("1.", "完善功能"), ("2.", "推广应用"), ("(一)", "加强领导")],
        id="a plan with all its parts",
    ),
    pytest.param(
        "一、实施设备更新行动\n（一）推进工业设备更新。支持改造。\n（二）加快建筑设备更新。更换电梯。\n二、实施回收利用行动\n（三）完善网络。布局网点。",
        [("(一)", "推进工业设备更新"), ("(二)", "加快建筑设备更新"), ("(三)", "完善网络")],
        id="chapters named for their action",
    ),
    pytest.param(
        "一、强化要素保障。落实用地。\n二、优化审批服务。压缩时限。",
        [("一、", "强化要素保障"), ("二、", "优化审批服务")],
        id="chapters without items are tasks themselves",
    ),
    pytest.param(
        "三、重点任务\n（一）推动产业融合。\n1.重点任务：支持发展产业。\n2.时间节点：2025年。\n3.责任单位：市民政局。",
        [("(一)", "推动产业融合")],
        id="labels are no tasks",
    ),
    pytest.param(
        "二、重点工作\n（一）强化监管。\n一是完善综合机制。加强协同。\n二是促进质量提升。开展评定。",
        [("(一)", "强化监管"), ("一是", "完善综合机制"), ("二是", "促进质量提升")],
        id="points",
    ),
    pytest.param(
        "一、发展基础\n（一）产业规模扩大。增长快。\n（二）存在问题。\n1.能力不足。短板多。\n二、面临形势\n（一）发展机遇。政策好。\n三、重点任务\n"
        "（一）夯实产业基础。做强链条。",
        [("(一)", "夯实产业基础")],
        id="background, and a task that speaks of 基础",
    ),
    pytest.param(
        "一、起草背景\n为了发展。\n二、起草依据\n根据文件。\n三、主要内容\n（一）总体要求。提出目标。\n（二）主要任务。提出举措。\n"
        "一、总体要求\n坚持创新。\n二、主要任务\n（一）提升服务。优化环境。",
        [("(一)", "提升服务")],
        id="a drafting note before the plan",
    ),
    pytest.param(
        "一、主要任务\n1.支持养老床位建设，新增500张，优化布局，加强管理，提升服务质量和水平，完善相关制度。\n2.加强管理。严格考核。",
        [("2.", "加强管理")],
        id="a numbered paragraph without a heading",
    ),
    pytest.param("各县区人民政府：\n现印发给你们，请认真执行。", [], id="no numbered heading"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_tasks(text, expected):
    assert tasks(text) == expected


BACKGROUND = [
    "规划背景",
    "发展基础",
    "面临形势",
    "存在问题",
    "发展机遇",
    "主要成就",
    '"十三五"时期的主要成就',
    '"十四五"时期的发展形势',
    "面临的挑战",
    "现状",
]
WORK = [
    "夯实居家养老基础",
    "解决突出问题",
    "优化发展环境",
    "建设任务",
    "夯实农业基础",
    "应对风险挑战",
    "补齐短板",
    "抢抓发展机遇",
]


@pytest.mark.parametrize(
    ("title", "expected"), [*((t, True) for t in BACKGROUND), *((t, False) for t in WORK)]
)
def test_background_headings(title, expected):
    assert is_background(title) is expected


LABELS = ["重点任务", "时间节点", "责任单位", "主要措施", "完成时限", "工作目标", "牵头单位", "实施步骤"]
HEADINGS = ["重点任务攻坚", "落实目标责任", "建设任务清单管理", "推进责任落实", "优化时间安排"]


@pytest.mark.parametrize(
    ("title", "expected"), [*((t, True) for t in LABELS), *((t, False) for t in HEADINGS)]
)
def test_label_headings(title, expected):
    assert bool(LABEL_TITLE.fullmatch(title)) is expected


def test_the_heading_above_a_paragraph_without_one_is_its_first_clause():
    text = (
        "一、主要任务\n1.支持养老床位建设，新增500张，优化布局，加强管理，提升服务质量和水平，完善相关制度。"
    )
    plan = read_plan("d", text)
    heading = heading_above(plan, plan.text.index("优化布局"))
    assert heading.title == "支持养老床位建设"
    assert plan.text[heading.start : heading.end] == heading.title


def test_a_plan_that_begins_with_its_basis_is_no_note():
    plan = read_plan("d", "一、编制背景\n为了发展。\n二、主要任务\n（一）提升服务。优化环境。")
    assert note_sections(plan) == frozenset()


@given(st.text(alphabet="一二三、（）().12是——任务背景建设服务。，：\n", max_size=80))
def test_any_text_is_read_with_true_quotes(text):
    tasks(text)
