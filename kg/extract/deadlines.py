"""Dates by which something is due: 2025年底前完成…, 7月底前…, 到“十四五”末…, 完成时限:2025年6月.

A year stays a year ("2022年底前" → "2022", its end is meant); months and days are kept where printed.
Relative times count from the plan's year, or from the year of issue. No deadlines: what the text looks
back on (截至2020年底), starts (自2022年起), terms (五年内继续执行), forecasts, years in titles and headings.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.goal_clauses import has_figure
from kg.extract.headings import heading_above, note_sections
from kg.extract.tasks import is_background
from kg.extract.times import TimeMention, find_times
from kg.model import Deadline, Document
from kg.text.plan import PlanText
from kg.text.tables import Cell, Table

_TITLE = re.compile(r"《[^《》\n]{1,120}》")
_FORECAST = re.compile(r"预计|预测|预期寿命|有望|据.{0,8}测算")
_LOOKS_BACK = re.compile(
    r",?(?:已|全[国省市县区](?:共|已|累计)|共有|累计[^,。;]{0,4}(?:建成|完成)了|[^,。;]{0,12}(?:获批|荣获|入选|被列))"
)
#: a term during which something holds, and no date by which it is done
_TERM = re.compile(
    r",?(?:实行|继续|有效|免|减|不得|可|享受|适用|保持|不变|给予|每年|累计|连续|未|发生|出现|仍|对|按|取得|毕业|的)"
)
_DUE_LABEL = re.compile(
    r"(?<!开工)(?<!启动)(?<!开始)(?<!起始)(?:完成|办结|实施|推进|整改|工作|建设|任务)?(?:时限|时间节点|时间|期限|节点)(?:要求)?[:为]?$"
)
_DUE_COLUMN = re.compile(
    r"(?:任务|项目|计划)?(?:完成|办结|实施|整改|推进)?(?:时限|时间节点|时间|期限|节点|进度)(?:安排|要求|\([^()]*\))?"
)
_TASK_COLUMN = re.compile(r".{0,6}(?:任务|工作|事项|举措|措施|项目|内容|名称)(?:名称|内容|事项|清单)?")
_COUNTED = re.compile(r"[一二两三四五六七八九十\d]年")
_CLAUSE_START = "。;:,\n(、\t|"
_PART_END = re.compile(r"[。;!\n|]")
_START_LABEL = re.compile(r"(?:开工|启动|开始|起始)(?:时间|日期):?$")
#: what follows a bare year that opens a clause on something to be done
_ACTION = re.compile(
    r",|全[国省市县区]|各|每|所有|基本|全面|率先|初步|力争|争取|确保|计划|将|要|至少|累计|完成|实现|建成|建设|达到|达|启动|新[增建]|培育|引进|开展|出台|"
    r"制定|推[动进]|形成|改造|组织|投入|开工|竣工|打造|组建|创建|举办|培训|发展|建立|提[升高]|拓展|突破|安排"
)
_NOT_AFTER_YEAR = re.compile(
    r"(?:的|度)?(?:工作(?:要点|方案|计划|目标|任务)|目标|版|修订|以来|同期|基[数期年]|末?常住|以上|[-—~])"
)
_CLAUSE = re.compile(r"[^,。;\n|]+")
_NO_CONTEXT = re.compile(r"\d|^(?:按照|根据|围绕|聚焦|结合|坚持|依托|力争|确保)|[年月]底")
_ONLY_DONE = re.compile(
    r"(?:全面|全部|基本|组织|如期)?(?:完成|办结|落实|实施|落实到位|持续推进|推进)(?:任务|到位)?"
)
_SHORT = 12
_LONGEST = 600


class _Due(NamedTuple):
    """A time and the clause it governs, in view indices; context: what the clause leaves unsaid."""

    start: int
    end: int
    what: str
    iso: str
    rule: str


def find_deadlines(plan: PlanText, document: Document) -> list[Deadline]:
    """Every deadline of the plan with what is due, in reading order."""
    due = sorted(
        [*_in_text(plan, document), *_in_tables(plan, document)], key=lambda found: (found.start, found.end)
    )
    return [_deadline(plan, found) for found in due]


def _deadline(plan: PlanText, due: _Due) -> Deadline:
    start, end, quote = plan.span(due.start, due.end)
    return Deadline(
        doc=plan.doc,
        start=start,
        end=end,
        quote=quote,
        rule=due.rule,
        section=plan.path(due.start),
        what=due.what,
        time=due.iso,
    )


def _anchor(document: Document) -> int | None:
    """The year that 年内 and 三年内 count from: a one-year plan's own, else the year of issue."""
    if document.period and document.period[0] == document.period[1]:
        return document.period[0]
    return int(document.issued[:4]) if document.issued else None


def _mentions(text: str, document: Document) -> Iterator[TimeMention]:
    """Every time of a text, months and 年底 in the year that their own sentence names, if it does."""
    anchor = _anchor(document)
    named: TimeMention | None = None
    for mention in find_times(text, anchor or 1):
        if not mention.anchored:
            named = mention if mention.role != "base" else named
            yield mention
        elif named and not _COUNTED.search(text, mention.start, mention.end) and _same(text, named, mention):
            yield mention._replace(iso=named.iso[:4] + mention.iso[4:])
        elif anchor:
            yield mention


def _same(text: str, first: TimeMention, second: TimeMention) -> bool:
    """Whether two times stand in one sentence."""
    return second.start - first.end < _LONGEST and not re.search(r"[。\n]", text[first.end : second.start])


# --- running text -----------------------------------------------------------------------------


def _in_text(plan: PlanText, document: Document) -> Iterator[_Due]:
    text = plan.text
    closed = _closed_spans(plan)
    notes = note_sections(plan)
    mentions = [m for m in _mentions(text, document) if not _covered(closed, m.start)]
    for number, mention in enumerate(mentions):
        following = _next_start(mentions, number, len(text))
        if following == mention.end or not _is_due(plan, document, mention):
            continue
        if plan.section_index(mention.start) in notes:
            continue
        if due := _governed(plan, mention, following):
            yield due


def _next_start(mentions: list[TimeMention], number: int, length: int) -> int:
    """Where the next time begins that may govern a clause of its own; past the text where none does."""
    for mention in mentions[number + 1 : number + 6]:
        if mention.role in ("by", "at", "asof"):
            return mention.start
    return length + 1


def _closed_spans(plan: PlanText) -> bytearray:
    """A mark for every character of titles in 《》, of headings and of tables' headers."""
    closed = bytearray(len(plan.text))
    spans = [match.span() for match in _TITLE.finditer(plan.text)]
    spans += [(s.title_start, s.title_end) for s in plan.sections if s.end > s.title_end + 2]
    spans += [(cell.start, cell.end) for table in plan.tables for cell in _header_and_due(table)]
    for start, end in spans:
        closed[start:end] = b"\1" * (end - start)
    return closed


def _header_and_due(table: Table) -> list[Cell]:
    """The cells that are read as a table and not as text: the header and the deadline column."""
    due = _column(table, _DUE_COLUMN)
    rows = table.rows if due is not None and _column(table, _TASK_COLUMN) is not None else ()
    return [*table.header, *(cell for row in rows if due is not None and (cell := row[due]))]


def _column(table: Table, pattern: re.Pattern[str]) -> int | None:
    return next((i for i, cell in enumerate(table.header) if pattern.fullmatch(cell.text)), None)


def _covered(closed: bytearray, at: int) -> bool:
    return at < len(closed) and bool(closed[at])


def _is_due(plan: PlanText, document: Document, mention: TimeMention) -> bool:
    """Whether a time is one by which something must be done."""
    text = plan.text
    if mention.role not in ("by", "at") or _NOT_AFTER_YEAR.match(text, mention.end):
        return False
    before = text[max(0, mention.start - 12) : mention.start]
    clause = text[mention.start : mention.end + 30]
    if (
        _FORECAST.search(before)
        or _FORECAST.search(clause.split("。")[0])
        or _LOOKS_BACK.match(text, mention.end)
    ):
        return False
    if "内" in text[mention.start : mention.end] and _TERM.match(text, mention.end):
        return False
    if any(is_background(section.title) for section in plan.sections_at(mention.start)):
        return False
    if _START_LABEL.search(before):
        return False
    return mention.role == "by" or bool(_DUE_LABEL.search(before)) or _lies_ahead(text, document, mention)


def _lies_ahead(text: str, document: Document, mention: TimeMention) -> bool:
    """Whether a bare year that opens a clause belongs to the plan's own time ("2020年,…达到…")."""
    opens = mention.start == 0 or text[mention.start - 1] in _CLAUSE_START
    closes = text[mention.end - 1] in "底末"  # 3月底做好前期准备
    opens = opens and (closes or bool(_ACTION.match(text, mention.end)))
    first = document.period[0] if document.period else None
    issued = int(document.issued[:4]) if document.issued else first
    known = [year for year in (first, issued) if year is not None]
    return opens and bool(known) and mention.year >= min(known)


def _governed(plan: PlanText, mention: TimeMention, following: int) -> _Due | None:
    """The clause after a time up to its part's end or the next time; what precedes it in a label."""
    text = plan.text
    labelled = _DUE_LABEL.search(text, max(0, mention.start - 12), mention.start)
    closes = _PART_END.match(text, mention.end) or text[mention.end : mention.end + 1] in ("", ")", "]", "〕")
    if labelled and closes:
        return _of_task(plan, mention, mention.end, "deadline.label")
    following = min(following, mention.end + _LONGEST, len(text))
    stop = _PART_END.search(text, mention.end, following)
    start, end = _bare(text, mention.end, stop.start() if stop else following)
    if end - start < 2:
        return _closing(text, mention)
    what = text[start:end].replace("\t", "")
    if _ONLY_DONE.fullmatch(what):
        return _of_task(plan, mention, end, "deadline.clause")
    if len(what) <= _SHORT and not has_figure(what) and (context := _context(text, mention.start)):
        what = f"{context},{what}"
    return _Due(mention.start, end, what, mention.iso, "deadline.clause")


def _of_task(plan: PlanText, mention: TimeMention, end: int, rule: str) -> _Due | None:
    """The deadline of the whole task above, for a time that stands alone or with 完成 only."""
    heading = heading_above(plan, mention.start)
    return _Due(mention.start, end, heading.title, mention.iso, rule) if heading else None


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A clause without marks at its ends, without the 力争 that belongs to the next time."""
    while start < end and text[start] in ",、: ":
        start += 1
    while end > start and (text[end - 1] in ",、:( \t" or _unopened(text, start, end)):
        end -= 1
    return start, _without_soft_word(text, start, end)


def _unopened(text: str, start: int, end: int) -> bool:
    """Whether the last character closes a bracket that the clause does not open."""
    return text[end - 1] in ")]〕】" and text.count("(", start, end) < text.count(")", start, end)


def _without_soft_word(text: str, start: int, end: int) -> int:
    """The clause's end without the 力争 that belongs to the next time."""
    match = re.search(r",?(?:力争|争取|确保|并|且|其中|到|至)$", text[start:end])
    return start + match.start() if match else end


def _closing(text: str, mention: TimeMention) -> _Due | None:
    """A time that closes its clause: "…建成投用,时间为2025年6月", "(2025年底前)"."""
    start = _back(text, "。;\n|", mention.start, 120)
    what = text[start : mention.start].strip(",、( \t")
    if len(what) < 4:
        return None
    return _Due(start, mention.end, what, mention.iso, "deadline.closing")


def _context(text: str, at: int) -> str:
    """The clause that a short governed clause goes on from: the nearest without time or figure."""
    start = _back(text, "。\n|", at, 160)
    clauses = [match.group().split(":")[-1] for match in _CLAUSE.finditer(text, start, at)]
    return next((c for c in reversed(clauses) if 4 <= len(c) <= 40 and not _NO_CONTEXT.search(c)), "")


def _back(text: str, marks: str, at: int, farthest: int) -> int:
    """One past the nearest of the marks before `at`, at most `farthest` characters back."""
    window = max(0, at - farthest)
    return max(window, *(text.rfind(mark, window, at) + 1 for mark in marks))


# --- tables -----------------------------------------------------------------------------------


def _in_tables(plan: PlanText, document: Document) -> Iterator[_Due]:
    """Cells of a deadline column (完成时限) with the row's task."""
    for table in plan.tables:
        due, task = _column(table, _DUE_COLUMN), _column(table, _TASK_COLUMN)
        if due is not None and task is not None:
            yield from _rows(plan, document, table, task, due)


def _rows(plan: PlanText, document: Document, table: Table, task: int, due: int) -> Iterator[_Due]:
    for row in table.rows:
        work, cell = row[task], row[due]
        mention = _first_time(cell, document) if cell else None
        if work and cell and mention and work.text:
            yield _Due(cell.start, cell.end, work.text, mention.iso, "deadline.table")


def _first_time(cell: Cell, document: Document) -> TimeMention | None:
    mentions = [m for m in _mentions(cell.text, document) if m.role in ("by", "at", "span")]
    return mentions[-1] if mentions else None
