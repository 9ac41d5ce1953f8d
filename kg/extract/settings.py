"""What the sections above a place say about it: background, goals, a named project, a year in the heading."""

import re
from typing import NamedTuple

from kg.extract.times import find_times
from kg.text.outline import Section
from kg.text.plan import PlanText

_BACKGROUND = re.compile(
    r"背景|基础(?!设施|教育|养老|研究|性|工作|能力|服务|支撑|保障|地位)|现状|成就|成效|回顾|形势|问题|"
    r"挑战|机遇|概况|基本情况|进展|发展环境|取得的|面临|短板"
)
_NOT_BACKGROUND = re.compile(r"目标|任务|举措|措施|夯实|强化|巩固|推进|建设|行动|工程|解决|整治|打造|构建")
_GOALS = re.compile(r"目标|指标|时间节点|预期成效|工作要求.*目标|愿景")
_PROJECT = re.compile(r"(?:项目|工程)(?:\(.*\))?$")


class Setting(NamedTuple):
    """What holds for all text of a section.

    project: title of the named project ("" for none). year: iso time in a heading. asof: the end of the
    five-year period whose achievements a background section tells.
    """

    background: bool = False
    goals: bool = False
    project: str = ""
    year: str | None = None
    asof: str | None = None


OPEN = Setting()


def settings(plan: PlanText) -> list[Setting]:
    """The setting of each section of a plan, what stands above it included."""
    found: list[Setting] = []
    for section in plan.sections:
        above = found[section.parent] if section.parent >= 0 else OPEN
        found.append(_setting(section, above))
    return found


def _setting(section: Section, above: Setting) -> Setting:
    title = section.title
    if not title:
        return Setting(above.background, above.goals, "", above.year, above.asof)
    background = bool(_BACKGROUND.search(title)) and not _NOT_BACKGROUND.search(title)
    goals = bool(_GOALS.search(title)) and not background
    project = title if section.rank >= 9 and _PROJECT.search(title) else ""
    year, asof = above.year, above.asof
    for time in find_times(title):
        if time.role == "span" and "时期" in title[time.start : time.end + 1] and background:
            asof = time.iso
        elif time.role in ("at", "by") and goals:
            year = time.iso
    if section.rank < 8 and not goals and not above.goals:
        year = None
    return Setting(
        background or (above.background and not goals),
        goals or (above.goals and not background),
        project,
        year,
        asof,
    )
