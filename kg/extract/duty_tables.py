"""Duty columns of tables (牵头部门 · 配合部门 · 责任单位): one clause a row."""

import re
from collections.abc import Iterator

from kg.extract.duties import Clause, Duty, read_duties
from kg.extract.headings import Heading
from kg.model import Role
from kg.text.plan import PlanText
from kg.text.tables import Cell, Table

_COLUMNS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("lead", re.compile(r"(?:牵头|主办|主责)(?:责任|负责)?(?:单位|部门|科室)?(?:\([^()]*\))?")),
    ("support", re.compile(r"(?:配合|参与|协办|协同|协助|支持)(?:责任)?(?:单位|部门|科室)?(?:\([^()]*\))?")),
    ("responsible", re.compile(r"(?:责任|负责|实施|承办|主管|落实)(?:单位|部门|主体|科室)(?:\([^()]*\))?")),
)
_TASK = re.compile(
    r"(?:重点|主要|工作|具体|年度|改革|目标)?(?:任务|工作|事项|举措|措施|项目)(?:名称|内容|事项|清单|及内容)?|项目名称|任务名称|工作内容|主要内容|建设内容|内容|指标名称|名称"
)


def table_clauses(plan: PlanText) -> list[Clause]:
    """The duty of every row of every table that has a duty column."""
    return [clause for table in plan.tables for clause in _clauses(plan, table)]


def _clauses(plan: PlanText, table: Table) -> Iterator[Clause]:
    columns = [(index, role) for index, cell in enumerate(table.header) if (role := _role(cell.text))]
    if not columns:
        return
    seen: set[tuple[int, int, str]] = set()
    for row in table.rows:
        for shift in (0, 1):  # a header cell merged over two columns moves the row by one
            if clause := _clause(plan, table, row, columns, shift):
                key = (clause.start, clause.end, clause.heading.title if clause.heading else "")
                if key not in seen:
                    seen.add(key)
                    yield clause
                break


def row_shift(text: str, table: Table, row: tuple[Cell | None, ...]) -> int:
    """By how many columns a row stands to the right of its headers: 1 below a merged first header.

    Only duty columns can tell, because agencies know each other by their names; 0 without them.
    """
    columns = [(index, role) for index, cell in enumerate(table.header) if (role := _role(cell.text))]
    return next((shift for shift in (0, 1) if columns and _row_duties(text, row, columns, shift)), 0)


def _role(header: str) -> Role | None:
    return next((role for role, pattern in _COLUMNS if pattern.fullmatch(header)), None)


def _row_duties(
    text: str, row: tuple[Cell | None, ...], columns: list[tuple[int, Role]], shift: int
) -> list[tuple[Cell, list[Duty]]]:
    """The duty cells of a row with what they say; [] when one of them holds no agencies."""
    told: list[tuple[Cell, list[Duty]]] = []
    for index, role in columns:
        cell = row[index + shift] if index + shift < len(row) else None
        if cell is None or not cell.text.strip("-—/|"):
            continue
        duties = read_duties(text, cell.start, cell.end, role, proved=True)
        if not duties:
            return []
        told.append((cell, duties))
    return told


def _clause(
    plan: PlanText, table: Table, row: tuple[Cell | None, ...], columns: list[tuple[int, Role]], shift: int
) -> Clause | None:
    """The clause of one row, or None when its duty columns hold no agencies."""
    told = _row_duties(plan.text, row, columns, shift)
    if not told:
        return None
    start, end = min(cell.start for cell, _ in told), max(cell.end for cell, _ in told)
    while end > start and plan.text[end - 1] in "|\t\n 。;":
        end -= 1
    heading = _heading(plan, table, row, columns[0][0] + shift, shift)
    duties = tuple(duty for _, cell_duties in told for duty in cell_duties)
    return Clause(start, end, duties, "assignment.table", heading)


def _heading(
    plan: PlanText, table: Table, row: tuple[Cell | None, ...], before: int, shift: int
) -> Heading | None:
    """What the row is about: its task cell, else the caption with the row's category."""
    for index, header in enumerate(table.header):
        cell = row[index + shift] if index + shift < len(row) else None
        if cell and cell.text and index + shift < before and _TASK.fullmatch(header.text):
            return Heading(cell.text, cell.start, cell.end)
    lead = [cell for cell in row[: min(before, 1 + shift)] if cell and cell.text]
    category = f"（{lead[-1].text}）" if lead else ""
    if table.caption:
        start = plan.text.rfind(table.caption, 0, table.start)
        return Heading(table.caption + category, start, start + len(table.caption))
    return Heading(lead[-1].text, lead[-1].start, lead[-1].end) if lead else None
