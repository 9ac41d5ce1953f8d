"""Task items: the numbered headings of the sections that say what is to be done.

Plans word those sections freely (主要任务, 重点工程, 实施设备更新行动, 保障措施), so every numbered heading
counts that does not stand under one of the few that hold none: background, principles, goals.
"""

import re

from kg.extract.goals import is_goals_title
from kg.extract.headings import LABEL_TITLE, note_sections
from kg.model import Document, Task
from kg.text.outline import Section
from kg.text.plan import PlanText

#: headings below which nothing is a task: what is, and not what is to be done
_BACKGROUND = re.compile(
    r"(?!优化|改善|营造|提升|夯实|应对|抢抓|补齐|解决|打造|创造|加强|强化|筑牢|巩固)(?:"
    r"(?:规划|发展|编制|起草|政策|时代|现实|工作|产业|形成|主要|面临的?|存在的?|当前)*"
    r"(?:背景|现状|基础|成就|成效|机遇|挑战|问题|意义|回顾|环境分析|短板)(?:[与和].{2,6})?|"
    r".{0,14}(?:的(?:主要)?(?:成就|成效|成绩)|面临的?.{0,4}形势|发展形势|发展环境|发展背景).{0,20}|面临.{0,2}形势.{0,6})"
)
_NO_TASKS = re.compile(
    r"指导思想|(?:基本|工作|总体|实施)原则|总体要求|总体思路|总要求|(?:发展|功能)定位|(?:总体|产业|空间|发展)布局|"
    r"(?:编制|起草|政策|法律)?依据|适用范围|名词解释|术语.{0,4}|附则|意见建议|有关说明|指标解释|"
    r"(?:指导思想|总体要求).{0,14}"
)
#: top headings that only gather tasks: 主要任务, 主要任务及重点工程, 保障措施, 组织实施
_GATHERS = re.compile(
    r"(?:主要|重点|工作|具体|目标)*(?:任务|工程|举措|措施|项目|工作|行动|内容|方向|安排)(?:[及和与、].{2,8})*|"
    r"(?:组织|保障|政策|工作)(?:实施|保障|措施|领导|支持|要求)+|重点.{2,8}"
)


def find_tasks(plan: PlanText, document: Document) -> list[Task]:
    """Every numbered task heading of the plan, in reading order; label headings left out.

    A chapter is a task itself only where no numbered heading below it is one.
    """
    notes = note_sections(plan)
    found = [i for i in range(len(plan.sections)) if i not in notes and _is_task(plan, i)]
    parents = {ancestor for index in found for ancestor in _ancestors(plan, index)}
    kept = [i for i in found if not (i in parents and _gathers(plan.sections[i]))]
    return [_task(plan, plan.sections[index]) for index in kept]


def _is_task(plan: PlanText, index: int) -> bool:
    section = plan.sections[index]
    numbered = section.ordinal is not None or section.number.endswith(("是", ")"))
    if section.kind not in ("chapter", "item", "point") or not numbered or not section.title:
        return False
    if LABEL_TITLE.fullmatch(section.title) or (section.rank <= 4 and _GATHERS.fullmatch(section.title)):
        return False
    above = [plan.sections[i].title for i in (index, *_ancestors(plan, index))]
    return not any(
        is_background(title) or _NO_TASKS.fullmatch(title) or is_goals_title(title) for title in above
    )


def is_background(title: str) -> bool:
    """Whether a heading opens a section on what is: background, achievements, problems, outlook."""
    return bool(_BACKGROUND.fullmatch(title))


def _ancestors(plan: PlanText, index: int) -> list[int]:
    above = []
    while (index := plan.sections[index].parent) >= 0:
        above.append(index)
    return above


def _gathers(section: Section) -> bool:
    """Whether a heading with tasks below it only gathers them: a chapter of the top ranks."""
    return section.kind == "chapter" and (section.rank <= 4 or bool(_GATHERS.fullmatch(section.title)))


def _task(plan: PlanText, section: Section) -> Task:
    start, end, quote = plan.span(section.title_start, section.title_end)
    body_end = plan.span(section.start, section.end)[1]
    return Task(
        doc=plan.doc,
        start=start,
        end=end,
        quote=quote,
        rule=f"task.{section.kind}",
        section=plan.path(section.start),
        title=section.title,
        number=section.number or None,
        body_end=body_end,
    )
