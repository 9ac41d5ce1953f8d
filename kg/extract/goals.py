"""Development goals: what the goals section of a plan (发展目标, 主要目标, 工作目标) says will be reached.

A goals section names its goals as headings or opening phrases (政策制度更加健全。), else clause by clause;
a table names them in its goals column.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.extract.duty_tables import row_shift
from kg.extract.goal_clauses import GoalClause, goal_clauses, has_figure, printed_year
from kg.extract.headings import note_sections
from kg.model import Document, Goal
from kg.text.outline import Section
from kg.text.plan import PlanText
from kg.text.tables import Table

_YEAR = r"(?:19|20)\d\d"
#: a heading that opens a goals section: 发展目标, 2023年目标, "十四五"时期主要目标, 总体要求和目标任务
GOALS_TITLE = re.compile(
    rf"(?:(?:到)?{_YEAR}年(?:度|的)?)?(?:[\u4e00-\u9fff\"]{{0,14}}?)目标(?:任务|定位|[和与及](?:主要)?(?:任务|指标|要求)|要求|体系|愿景)?"
    r"(?:\([^()]{1,20}\))?"
)
#: a goals heading that also names something else
_MIXED = re.compile(r"思想|原则|要求|思路|背景|形势|基础")
_NO_GOAL = re.compile(r"责任目标|目标责任|考核目标|政策目标|控制目标")
_GENERAL = re.compile(r"总体要求|总体思路|总体部署|总的要求")
_ASIDE = re.compile(r"专栏|表\d|附[件表]|指标体系|主要指标|具体指标")
#: 总体目标:到2025年… without a number, alone on its line or opening a paragraph
_UNNUMBERED = re.compile(r"^(?P<title>[\u4e00-\u9fff]{0,8}目标)(?P<mark>[:。]|\n)", re.MULTILINE)
#: a later horizon that opens a paragraph of its own
_OUTLOOK = re.compile(rf"^(?:远景)?(?:展望)?到?(?P<year>{_YEAR})年,", re.MULTILINE)
_GOAL_COLUMN = re.compile(r".{0,10}目标(?!企业|客户|市场|群体|人群|值|对象|单位|责任|名称|类别).{0,10}")
_NUMBERED_GOAL = re.compile(
    r"(?:工作|年度)?目标[一二三四五六七八九十\d]{1,2}[:、.]|(?:^|(?<=[\n。;]))\d{1,2}[.、](?!\d)",
    re.MULTILINE,
)
_TITLE_YEAR = re.compile(rf"{_YEAR}(?=年|\)|$)")
_TITLED_KINDS = ("named", "point", "item", "chapter")


def find_goals(plan: PlanText, document: Document) -> list[Goal]:
    """Every named goal of the goals sections and goals columns, in reading order.

    time: the year printed with the goal, before it in its section or in a heading; else the plan's last.
    """
    last_year = str(document.period[1]) if document.period else None
    found: dict[int, Goal] = {}
    for rule, clauses in (("goal.section", _in_sections(plan)), ("goal.table", _in_tables(plan))):
        for clause in clauses:
            found.setdefault(clause.start, _goal(plan, clause, rule, clause.year or last_year))
    return [found[start] for start in sorted(found)]


def _goal(plan: PlanText, clause: GoalClause, rule: str, year: str | None) -> Goal:
    start, end, quote = plan.span(clause.start, clause.end)
    return Goal(
        doc=plan.doc, start=start, end=end, quote=quote, rule=rule, section=plan.path(clause.start), time=year
    )


def is_goals_title(title: str) -> bool:
    """Whether a heading opens a goals section."""
    return bool(GOALS_TITLE.fullmatch(title)) and not _NO_GOAL.search(title)


# --- sections -----------------------------------------------------------------------------------


def _in_sections(plan: PlanText) -> Iterator[GoalClause]:
    notes = note_sections(plan)
    indices = [i for i, s in enumerate(plan.sections) if is_goals_title(s.title) and i not in notes]
    parents = {plan.sections[i].parent for i in indices}
    innermost = [i for i in indices if i not in parents]
    pure = [i for i in innermost if not _MIXED.search(plan.sections[i].title)]
    children = _children(plan) if innermost else {}
    for index in pure or innermost:
        yield from _section_goals(plan, index, children.get(index, []))
    unnumbered = [] if pure else list(_unnumbered(plan))
    yield from unnumbered
    if not innermost and not unnumbered:
        yield from _in_general_section(plan, notes)


def _children(plan: PlanText) -> dict[int, list[Section]]:
    """The sections right below each section."""
    children: dict[int, list[Section]] = defaultdict(list)
    for section in plan.sections:
        children[section.parent].append(section)
    return children


def _section_goals(plan: PlanText, index: int, children: list[Section]) -> Iterator[GoalClause]:
    """Goals named by headings below the section, else by the clauses of its text."""
    section = plan.sections[index]
    lead_end = _lead_end(plan, section, children)
    year = printed_year(plan.text, section.title_end, lead_end) or _heading_year(plan, index)
    named = [s for s in children if s.kind in _TITLED_KINDS and not _ASIDE.search(s.title)]
    if any(s.title for s in named):
        yield from _named_goals(plan, named, year)
        yield from _outlooks(plan, section, lead_end)
        return
    for start, end in [(section.title_end, lead_end), *((s.title_start, s.end) for s in named)]:
        for clause in goal_clauses(plan.text, start, _before_tables(plan, start, end)):
            yield GoalClause(clause.start, clause.end, clause.year or year)


def _lead_end(plan: PlanText, section: Section, children: list[Section]) -> int:
    end = min((s.start for s in children), default=section.end)
    return _before_tables(plan, section.title_end, end)


def _before_tables(plan: PlanText, start: int, end: int) -> int:
    """The end of running text: where the first table of the stretch begins."""
    return min((t.start for t in plan.tables if start <= t.start < end), default=end)


def _heading_year(plan: PlanText, index: int) -> str | None:
    """The last year in the section's heading or in one above it: 2023年目标, 近期目标(2023—2025年)."""
    while index >= 0:
        if years := _TITLE_YEAR.findall(plan.sections[index].title):
            return str(years[-1])
        index = plan.sections[index].parent
    return None


def _named_goals(plan: PlanText, sections: Iterable[Section], year: str | None) -> Iterator[GoalClause]:
    for section in sections:
        if not section.title:
            for clause in goal_clauses(plan.text, section.title_start, section.end):
                yield GoalClause(clause.start, clause.end, clause.year or year)
            continue
        for clause in goal_clauses(plan.text, section.title_start, section.title_end, forward=False):
            if not has_figure(section.title):
                year = year or printed_year(plan.text, section.title_end, section.end)
                yield GoalClause(clause.start, clause.end, clause.year or year)
            break


def _outlooks(plan: PlanText, section: Section, start: int) -> Iterator[GoalClause]:
    """Goals of a paragraph on a later horizon that follows the named goals (展望2035年,…)."""
    for match in _OUTLOOK.finditer(plan.text, start, section.end):
        if "展望" not in match.group() and int(match["year"]) < 2030:
            continue
        end = plan.text.find("\n", match.start(), section.end)
        for clause in goal_clauses(plan.text, match.start(), end if end >= 0 else section.end):
            yield GoalClause(clause.start, clause.end, match["year"])


def _unnumbered(plan: PlanText) -> Iterator[GoalClause]:
    """总体目标:到2025年,… where the label has no number and so opens no section."""
    for match in _UNNUMBERED.finditer(plan.text):
        if plan.table_at(match.start()) or not is_goals_title(match["title"]):
            continue
        end = plan.text.find("\n", match.end())
        end = len(plan.text) if end < 0 else end
        yield from goal_clauses(plan.text, match.end(), end)


def _in_general_section(plan: PlanText, notes: frozenset[int]) -> Iterator[GoalClause]:
    """A plan without a goals section: what its general requirements say will be reached by a year."""
    for index, section in enumerate(plan.sections):
        if _GENERAL.fullmatch(section.title) and index not in notes:
            end = _before_tables(plan, section.title_end, section.end)
            if printed_year(plan.text, section.title_end, end):
                yield from goal_clauses(plan.text, section.title_end, end)


# --- tables -------------------------------------------------------------------------------------


def _in_tables(plan: PlanText) -> Iterator[GoalClause]:
    for table in plan.tables:
        columns = [i for i, cell in enumerate(table.header) if _GOAL_COLUMN.fullmatch(cell.text)]
        for index in columns:
            yield from _column_goals(plan, table, index)


def _column_goals(plan: PlanText, table: Table, index: int) -> Iterator[GoalClause]:
    years = _TITLE_YEAR.findall(table.header[index].text)
    for row in table.rows:
        at = index + row_shift(plan.text, table, row)
        cell = row[at] if at < len(row) else None
        if cell is None or not cell.text:
            continue
        for clause in _cell_goals(plan.text, cell.start, cell.end):
            yield GoalClause(clause.start, clause.end, clause.year or (years[-1] if years else None))


def _cell_goals(text: str, start: int, end: int) -> Iterator[GoalClause]:
    """One goal a numbered item; where the cell numbers none, one a sentence part."""
    labels = list(_NUMBERED_GOAL.finditer(text, start, end))
    if not labels:
        yield from goal_clauses(text, start, end, forward=False)
    for number, label in enumerate(labels):
        stop = labels[number + 1].start() if number + 1 < len(labels) else end
        yield from list(goal_clauses(text, label.end(), stop, forward=False))[:1]
