"""Responsibility clauses (责任单位, 牵头单位 …): who answers for which task.

Found here: labels with their lists (责任单位:…, 配合单位:…), brackets that hold a duty
((市发展改革委牵头,市财政局配合)) and lines that are one. Duty columns are read in `duty_tables`,
sentences that lay a duty on someone in `duty_prose`.
"""

import re
from collections.abc import Iterable, Iterator

from kg.extract.duties import Clause, Duty, agency_roles, read_duties
from kg.extract.duty_prose import prose_clauses
from kg.extract.duty_tables import table_clauses
from kg.extract.headings import heading_above
from kg.extract.homes import Home, home_of
from kg.model import Assignment, Document, Role
from kg.text.plan import PlanText

_SUPPORT = ("配合", "参与", "参加", "协办", "协同", "支持", "协作", "协助", "联合")
_WORDS = "牵头|责任|主责|配合|参与|参加|协办|主办|承办|主管|实施|落实|协同|支持|负责|协作|协助|联合|完成"
_KINDS = ("主要", "第一", "共同", "市级", "省级", "县级", "区级")
#: 责任单位: … and its kin; "责任单位为" counts only before proved names
LABEL = re.compile(
    rf"(?P<word>{_WORDS})(?:责任|实施|配合|负责|协办|牵头)?"
    r"(?:(?:单位|部门|机构|科室|专班|主体)(?:[/、](?:单位|部门))?(?:\([^()\n]{1,8}\))?[\]】]?(?P<sign>:\n?|[为是]:?|\n|\t)|(?P<short>:))"
)
#: where a label's list stops: sentence end, line end after a whole name, another kind of label
_STOP = re.compile(
    r"(?P<open>[(\[〔【])|(?P<close>[)\]〕】])|。|(?<![、,])\n|\||"
    r"[;,。]?(?:完成|办结|推进|整改|工作|实施)?(?:时限|时间|节点|期限|进度|目标)(?:要求)?[:为]|"
    r"(?:责任|牵头|分管|包抓|市级|联系)(?:领导|人)[:为]|[,;、]?[排列](?:名|在|第|首)|[,;]下同|[,;]以上|[,;]以下"
)
_BETWEEN = re.compile(r"[;,。、\s|)\]〕】(\[〔【]{0,4}(?:\d{1,2}[.、])?[(\[〔【]{0,2}")
_BRACKET = re.compile(r"[()\[\]〔〕【】]")
_OPENING = {")": "(", "]": "[", "〕": "〔", "】": "【"}
_FIRST_LEADS = re.compile(
    r"(?:[排列](?:名|在|位)*(?:首位|第一位?|最前)(?:的|者)?|第一(?:个|位)?)(?:责任单位|单位|部门)?(?:为|是)牵头"
)
_DUTY_LINE = re.compile(r"^[\u4e00-\u9fff、,()]{4,200}(?:负责|配合|牵头|落实|参与)(?=。?$)", re.MULTILINE)
_MARKED = re.compile("负责|牵头|配合|落实")
#: by when, said after who: (市税务局牵头;2024年9月底前完成)
_TIMED_END = re.compile(r"[;,。](?:20\d\d年|\d{1,2}月|年内|年底|全年|持续|长期)[^;,。()]{0,20}$")
_LONGEST = 600


def find_assignments(plan: PlanText, document: Document) -> list[Assignment]:
    """Every responsibility clause of the plan, in reading order, none twice."""
    home = home_of(document)
    found: list[Clause] = []
    for read in (labelled_clauses, bracket_clauses, line_clauses, prose_clauses):
        taken = found or table_clauses(plan)
        found = [*taken, *_outside(read(plan.text), taken)]
    found.sort(key=lambda clause: (clause.start, clause.end))
    return [_record(plan, document, home, clause) for clause in found]


def _outside(clauses: Iterable[Clause], taken: list[Clause]) -> list[Clause]:
    """Clauses that share no character with those found before."""
    covered = bytearray(max((clause.end for clause in taken), default=0))
    for clause in taken:
        covered[clause.start : clause.end] = b"\1" * (clause.end - clause.start)
    return [clause for clause in clauses if not any(covered[clause.start : clause.end])]


def _record(plan: PlanText, document: Document, home: Home, clause: Clause) -> Assignment:
    start, end, quote = plan.span(clause.start, clause.end)
    heading = clause.heading or heading_above(plan, clause.start)
    task = plan.span(heading.start, heading.end) if heading else (None, None, "")
    return Assignment(
        doc=plan.doc,
        start=start,
        end=end,
        quote=quote,
        rule=clause.rule,
        section=plan.path(clause.start),
        confidence=clause.confidence,
        task=heading.title if heading else document.title or "",
        agencies=agency_roles(clause.duties, home),
        task_start=task[0],
        task_end=task[1],
    )


# --- labels -------------------------------------------------------------------------------------


def labelled_clauses(text: str) -> list[Clause]:
    """责任单位:…; labels that follow each other (责任单位, 配合单位) make one clause."""
    clauses: list[Clause] = []
    firsts_lead = bool(_FIRST_LEADS.search(text))
    for clause in _single_labels(text):
        last = clauses[-1] if clauses else None
        if last and _BETWEEN.fullmatch(text, last.end, clause.start) and clause.start - last.end < 12:
            clauses[-1] = last._replace(end=clause.end, duties=last.duties + clause.duties)
        else:
            clauses.append(clause)
    return [_first_as_lead(clause) for clause in clauses] if firsts_lead else clauses


def _single_labels(text: str) -> Iterator[Clause]:
    labels = list(LABEL.finditer(text))
    starts = [
        match.start() - (2 if text[match.start() - 2 : match.start()] in _KINDS else 0) for match in labels
    ]
    following_starts = [*starts[1:], len(text)] if starts else []
    for match, start, following in zip(labels, starts, following_starts, strict=True):
        end = _list_end(text, match.end(), min(following, match.end() + _LONGEST, len(text)))
        proved = match["short"] is not None or not (match["sign"] or "").startswith(":")
        if duties := read_duties(text, match.end(), end, _label_role(match), proved=proved):
            yield Clause(start, end, tuple(duties), "assignment.label")


def _label_role(match: re.Match[str]) -> Role:
    label = match.group()
    if "牵头" in label or match["word"] in ("主办", "主责"):
        return "lead"
    return "support" if match["word"] in _SUPPORT else "responsible"


def _list_end(text: str, start: int, limit: int) -> int:
    """Where the list that begins at `start` ends, trailing marks left out."""
    depth, end = 0, limit
    for match in _STOP.finditer(text, start, limit):
        if match["open"]:
            depth += 1
        elif match["close"] and depth:
            depth -= 1
        elif not depth:
            end = match.start()
            break
    while end > start and text[end - 1] in "。;,、:|(\t\n ":
        end -= 1
    return end


def _first_as_lead(clause: Clause) -> Clause:
    """The clause under a remark that in every list the first agency leads (排第一位的为牵头单位)."""
    first, *others = clause.duties
    if any(duty.role != "responsible" for duty in clause.duties):
        return clause
    return clause._replace(duties=(Duty(first.name, "lead"), *others))


# --- brackets and lines -----------------------------------------------------------------------


def bracket_clauses(text: str) -> Iterator[Clause]:
    """(市发展改革委牵头,市财政局配合): a bracket at a sentence's end that holds proved agencies only."""
    for start, end in _brackets(text):
        duties = read_duties(text, start, end, None, proved=True)
        if duties and (_MARKED.search(text, start, end) or _closes_sentence(text, start, end, len(duties))):
            timed = _TIMED_END.search(text, start, end)
            yield Clause(start, timed.start() if timed else end, tuple(duties), "assignment.bracket")


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """The insides of brackets of 4 to 600 characters, inner ones before those around them."""
    open_: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text):
        mark = match.group()
        if mark not in _OPENING:
            open_.append((mark, match.end()))
            continue
        while open_ and open_[-1][0] != _OPENING[mark]:
            open_.pop()
        if open_:
            _, start = open_.pop()
            if 4 <= match.start() - start <= _LONGEST:
                yield start, match.start()


def _closes_sentence(text: str, start: int, end: int, count: int) -> bool:
    """Whether a bracket without a role word stands where duties stand: after or before a full stop."""
    before = text[start - 2] if start > 1 else "\n"
    after = text[end + 1] if end + 1 < len(text) else "\n"
    return before in "。;" or (after in "。;\n" and count > 1)


def line_clauses(text: str) -> Iterator[Clause]:
    """市民政局牵头,市财政局配合。: a line that is a duty and nothing else."""
    for match in _DUTY_LINE.finditer(text):
        if duties := read_duties(text, match.start(), match.end(), None, proved=True):
            yield Clause(match.start(), match.end(), tuple(duties), "assignment.line")
