"""Which heading a passage stands under, which are only labels (重点任务), which open a note on the plan."""

import re
from typing import NamedTuple

from kg.text.plan import PlanText

#: words that name a part of a task and no task: a task's own heading stands above them
LABEL_TITLE = re.compile(
    r"(?:主要|重点|工作|具体|年度|总体|实施|建设|改革|目标)?(?:任务|措施|举措|内容|目标|要求|步骤|安排|做法|标准)(?:分工|和措施|及措施|任务)?|"
    r"(?:任务|工作)?(?:时间|进度|完成)(?:节点|时限|安排|要求|期限)|"
    r"(?:牵头|责任|主责|配合|协办|主办|参与|承办|实施)(?:单位|部门|主体|领导|人)|(?:整改|完成)(?:时限|目标|措施)|备注|(?:重点|主要)?(?:发展)?方向|(?:实施|发展)路径|发展重点|年度目标"
)
_NOTE_TITLE = re.compile(
    r"(?:起草|制定|编制|出台)(?:的)?(?:背景|依据|过程|说明|目的)(?:和.{2,6})?|公示.{1,4}|(?:意见)?反馈.{1,6}|征求意见.{0,6}"
)
_FIRST_CLAUSE = re.compile(r"[^,。;:!?\n|(〔【\[]{2,60}")


class Heading(NamedTuple):
    """A heading's words and their view span."""

    title: str
    start: int
    end: int


def heading_above(plan: PlanText, at: int) -> Heading | None:
    """The innermost heading that says what a passage is about; labels are passed over.

    A numbered paragraph without a heading is known by its first clause ("3.支持家庭养老床位建设,…").
    """
    label: Heading | None = None
    for section in reversed(plan.sections_at(at)):
        heading = Heading(section.title, section.title_start, section.title_end)
        if not section.title and section.kind in ("item", "point", "chapter"):
            heading = _first_clause(plan.text, section.title_start, min(section.end, at))
        if not heading.title:
            continue
        if not LABEL_TITLE.fullmatch(heading.title):
            return heading
        label = label or heading
    return label


def _first_clause(text: str, start: int, end: int) -> Heading:
    match = _FIRST_CLAUSE.match(text, start, end)
    return Heading(match.group(), *match.span()) if match else Heading("", start, start)


def note_sections(plan: PlanText) -> frozenset[int]:
    """Indices of the sections of drafting and consultation notes, which only speak about the plan.

    A note is a run of top headings counted from one, with a heading of its kind (起草背景, 公示期限), before
    the plan's own run starts the count again.
    """
    runs: list[list[int]] = []
    last = 0
    for index, section in enumerate(plan.sections):
        if section.parent < 0:
            ordinal = section.ordinal or 0
            if not runs or ordinal <= last:
                runs.append([])
            runs[-1].append(index)
            last = ordinal
    notes = {
        i for run in runs[:-1] if any(_NOTE_TITLE.fullmatch(plan.sections[i].title) for i in run) for i in run
    }
    return frozenset(i for i in range(len(plan.sections)) if _top(plan, i) in notes) if notes else frozenset()


def _top(plan: PlanText, index: int) -> int:
    while plan.sections[index].parent >= 0:
        index = plan.sections[index].parent
    return index
