"""Sentences that lay a duty on an agency: 由X牵头, X负责…, 各级…要…, 办公室设在X, 发挥X领导小组作用.

An agency that is only mentioned, relied on (依托) or encouraged (鼓励) has no duty here, and neither
has an unnamed one (有关部门要…).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from kg.extract.agencies import Name, leading_names, split_names
from kg.extract.agency_grammar import HAN, LEVEL, is_agency
from kg.extract.duties import Clause, Duty
from kg.model import Role

_BY_SHARE = r"[按根依]据?照?(?:各自|相关|部门|工作)*(?:职责|职能)(?:分工)?(?:和[^,。;]{1,6})?"
_WHEN = r"(?:每(?:月|周|季度?末?|半?年)|定期|及时|按时)"
#: what follows an agency that has a duty
_DUTY_WORD = (
    r"(?:(?P<must>(?:也|还|均|都)?(?:要(?![求素点件闻塞害领])|应当?(?![急用对收届尽])|必须|须(?!知)))|"
    r"(?P<lead>牵头(?!单位|部门|人|企业|的))|(?P<jointly>会同|联合(?=[省市县区各]))|"
    r"(?P<does>具体负责|负责(?!人|同志|单位|部门|的)|统筹(?![兼考城管])|承担(?!者)|履行|督促|"
    r"(?:组织(?:开展|协调|推进|推动)|落实(?![情到])|加强|强化|做好|抓好|制定)(?=[\u4e00-\u9fff\"《])|组织实施|对[^,。;:\n]{2,20}负(?:总)?责)|"
    rf"(?P<share>{_BY_SHARE}(?:负责|抓好|做好|落实|推进|组织|开展|积极|切实|密切))|"
    rf"(?P<reports>{_WHEN}?向[^,。;:\n]{{2,16}}(?:报送|报告|汇报|提交))|"
    r"(?P<answers>是[^,。;:\n]{2,30}(?:责任主体|责任单位|责任部门|牵头单位|牵头部门|主管部门)))"
)
#: the last character of an agency's name, where the clause's subject ends and its duty begins
_SUBJECT_END = re.compile(
    r"[局委厅部办署府会室院社联协门位作组议班区县市州镇乡道地级政处队行心旗盟街)]"
    rf"(?=(?P<etc>(?:等(?:有关|相关|各|[一二三四五六七八九十\d]+个?){{0,2}}(?:部门|单位)?)?:?){_DUTY_WORD})"
)
_BREAKS = '。;:!\n,"'
_OPENING = re.compile(
    r"(?:\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,2}(?:、|是)|"
    r"同时|其中|此外|另外|原则上|要求|交?由|以及|(?:到|至|自|从)?\d{4}年[底末起初]?)+"
)
_BY = re.compile(r"由(?![于此来内外])")
_NO_DUTY_AFTER_BY = re.compile(
    r"(?:主要|分管)?(?:负责人|负责同志|领导)|担?任|兼任|为|组成|构成|[的及与和向]|决定|指定"
)
_AT = re.compile(
    r"[在到](?P<at>[\u4e00-\u9fff]{3,20}?)(?:进行|办理)[^,。;:\n]{0,12}(?:审核|认定|审批|登记|备案|评审|受理)"
)
_SEAT = re.compile(r"办公室(?:设立?|挂靠|放)(?:在|于)")
_FORUM = re.compile(
    r"发挥(?P<body>[^,。;:\n]{2,30}(?:领导小组|协调小组|专班|联席会议|指挥部))[^,。;:\n]{0,8}作用"
)
_FULL_BODY = re.compile(f"{LEVEL}{HAN}{{3,24}}?(?:领导小组|协调小组|专班|联席会议|指挥部)")
#: a body that is set up under no level word: 成立由副市长任组长的设备更新工作专班
_SET_UP = re.compile(
    r"(?:成立|组建|设立|建立)了?(?:[^。;,\n]{2,40}?的)?"
    rf"(?P<body>(?:(?![的为由]){HAN}){{3,24}}?(?:领导小组|协调小组|专班|联席会议|指挥部))"
)
_SHORT_BODY = re.compile(r"(?:该|本|工作)?(?:领导小组|专班|联席会议|指挥部|小组)$")
_SENTENCE_END = re.compile(
    r"[。!\n|]|;(?!每)|,(?:引导|形成|从而|如不|营造|推动形成)|,[^,。;\n]{2,16}(?:负责人|负责同志|领导)[为是]第一责任人"
)
_LEADS = re.compile(
    r"[^,。;]{0,6}牵头(?:(?:单位|部门)的?(?:职责|作用|责任)|抓|负责|组织|推进|开展|制定|建立|做好|会同|职责|作用)"
)
_SUPPORTS = re.compile(r"(?:积极|主动|全力|密切|协同)*(?:配合|协助)")
_ASSISTS = re.compile(r"(?:积极|密切|协同|共同|分工)*(?:配合|参与|协助|协办|支持)")
#: 各镇具体实施 shares the lead's duty; 省财政厅负责完善投入机制 has one of its own
_CARRIES_OUT = re.compile(
    r"(?:按[^,。;]{0,6}(?:职责|分工))?(?:分别|共同|具体)?(?:负责|实施|落实|组织实施)+(?=[,。;)\n]|$)"
)
#: what an agency has done is no duty: 起草了, 制定印发了
_DONE = re.compile(r"[^。;:!\n]{0,30}?[\u4e00-\u9fff]了(?![解断])")
_AFTER_LEAD = re.compile(r"[^,。;\n]{0,12}[,;、](?P<with>会同)?|(?P<joined>会同)")
_CONDITION = re.compile(r"[^。;\n|]{0,120}的,$")
_BRACKET = re.compile(r"[()]")
_WINDOW = 160
_LONGEST = 600


class _Found(NamedTuple):
    """Duties that one sentence lays on agencies; start: of the clause, after: where the duty is told."""

    start: int
    after: int
    duties: tuple[Duty, ...]
    rule: str


def prose_clauses(text: str) -> list[Clause]:
    """Every sentence part that lays a duty on named agencies, in reading order."""
    bodies = _Bodies(text)
    found = [*_by(text), *_subjects(text, bodies), *_at(text), *_seats(text, bodies), *_forums(text)]
    found.sort(key=lambda part: part.start)
    clauses: list[Clause] = []
    for number, part in enumerate(found):
        following = found[number + 1].start if number + 1 < len(found) else len(text)
        end = _end(text, part.after, following)
        last = clauses[-1] if clauses else None
        if last and part.duties[0].name.start < last.end:
            continue
        if last and last.rule == "assignment.at" and not re.search("[。;\n]", text[last.end : part.start]):
            clauses[-1] = Clause(last.start, end, last.duties + part.duties, part.rule, None, 0.9)
        else:
            clauses.append(Clause(part.start, end, part.duties, part.rule, None, 0.9))
    return clauses


def _end(text: str, after: int, following: int) -> int:
    """Where a duty has been told: at the sentence's end, before its purpose, before the next duty."""
    limit = min(following if following > after else len(text), after + _LONGEST)
    stop = _SENTENCE_END.search(text, after, limit)
    end = _bracket_end(text, after, stop.start() if stop else limit)
    while end > after and text[end - 1] in ",;、。 \n\t":
        end -= 1
    return end


def _bracket_end(text: str, start: int, end: int) -> int:
    """Where the bracket closes in which text[start:end] begins; `end` where it begins in none."""
    depth = 0
    for mark in _BRACKET.finditer(text, start, end):
        if mark[0] == ")" and not depth:
            return mark.start()
        depth += 1 if mark[0] == "(" else -1
    return end


def _duties(names: list[Name], role: Role) -> tuple[Duty, ...]:
    return tuple(Duty(name, role) for name in names)


def _proved(text: str, start: int, end: int) -> list[Name]:
    """The names of text[start:end] if every piece is an agency, else nothing."""
    names = split_names(text, start, end)
    return names if names and all(is_agency(name.full) for name in names) else []


# --- X要…, X负责…, X牵头, X会同Y …, X按职责…, X是责任主体 --------------------------------------------


def _subjects(text: str, bodies: "_Bodies") -> Iterator[_Found]:
    for match in _SUBJECT_END.finditer(text):
        start = _clause_start(text, match.end())
        end = match.end() + len(match["etc"] or "")
        names = _proved(text, start, end) if start is not None else []
        if start is None or not names or _DONE.match(text, end):
            continue
        start, names = _with_those_before(text, start, names)
        names = [_with_body(name, bodies) for name in names]
        after = match.end("etc") if match["etc"] else match.end()
        yield _Found(start, after, _subject_duties(text, names, match, after), f"assignment.{_rule(match)}")


def _with_those_before(text: str, start: int, names: list[Name]) -> tuple[int, list[Name]]:
    """The clause's subjects and those before a comma: 各县(市、区)人民政府,各开发区管委会要…."""
    goes_on = text[start - 1 : start] == "," and not text.startswith(("会同", "联合"), start)
    before = _clause_start(text, start - 1) if goes_on else None
    earlier = _proved(text, before, start - 1) if before is not None else []
    return (before, earlier + names) if before is not None and earlier else (start, names)


def _rule(match: re.Match[str]) -> str:
    return next(
        name for name in ("must", "lead", "jointly", "does", "share", "reports", "answers") if match[name]
    )


def _clause_start(text: str, end: int) -> int | None:
    """Where the clause that reaches `end` begins, words like 同时 and 由 left out; None if too far back."""
    window = max(0, end - _WINDOW)
    start = max(text.rfind(mark, window, end) for mark in _BREAKS) + 1
    bracket = text.rfind("(", window, end)
    if bracket >= start and text.find(")", bracket, end) < 0:
        start = bracket + 1
    if start == 0 and window:
        return None
    opening = _OPENING.match(text, start, end)
    return opening.end() if opening else start


def _subject_duties(text: str, names: list[Name], match: re.Match[str], after: int) -> tuple[Duty, ...]:
    """Roles of a clause's subject and of those named with it (会同…, …配合)."""
    told = match.end() + len(match["etc"] or "") + len(match[_rule(match)])
    if match["must"] and text.startswith("会同", told):
        told += 2
    elif match["lead"]:
        return _duties(names, "lead") + _partners(text, told)
    elif not match["jointly"]:
        partners = [duty for duty in _partners(text, told) if duty.role == "support"] if match["does"] else []
        return (*_duties(names, _told_role(text, told, names, match)), *partners)
    return _duties(names, "lead") + _duties(leading_names(text, told, len(text))[0], "support")


def _told_role(text: str, told: int, names: list[Name], match: re.Match[str]) -> Role:
    """The role that the words after an agency give it: 要牵头, 负责牵头, 要积极配合 …."""
    if _LEADS.match(text, told) or (match["answers"] and "牵头" in match["answers"]):
        return "lead"
    if match["must"] and "牵头" in names[-1].text:
        return "lead"
    return "support" if match["must"] and _SUPPORTS.match(text, told) else "responsible"


def _partners(text: str, at: int) -> tuple[Duty, ...]:
    """Who is named after a lead: ",市财政局、市人社局配合", ",会同市财政局", ",各镇具体实施"."""
    gap = _AFTER_LEAD.match(text, at)
    if not gap:
        return ()
    names, end = leading_names(text, gap.end(), len(text))
    if gap["with"] or gap["joined"] or _ASSISTS.match(text, end):
        return _duties(names, "support")
    return _duties(names, "responsible") if _CARRIES_OUT.match(text, end) else ()


# --- 由X…, 在X进行审核 -------------------------------------------------------------------------


def _by(text: str) -> Iterator[_Found]:
    for match in _BY.finditer(text):
        names, end = leading_names(text, match.end(), min(len(text), match.end() + _WINDOW))
        if not names or _NO_DUTY_AFTER_BY.match(text, end):
            continue
        start = _condition_start(text, match.start())
        if text.startswith("会同", end):
            partners = leading_names(text, end + 2, len(text))[0]
            duties = _duties(names, "lead") + _duties(partners, "support")
        elif text.startswith("牵头", end):
            duties = _duties(names, "lead") + _partners(text, end + 2)
        else:
            duties = _duties(names, "responsible")
        yield _Found(start, end, duties, "assignment.by")


def _condition_start(text: str, at: int) -> int:
    """The start of the conditions before 由 (对…的,因…的,由…), else 由 itself."""
    window = max(0, at - 122)
    broken = max(text.rfind(mark, window, at) for mark in "。;\n|")
    start = broken + 1 if broken >= window else at
    return start if start < at and _CONDITION.fullmatch(text, start, at) else at


def _at(text: str) -> Iterator[_Found]:
    for match in _AT.finditer(text):
        if names := _proved(text, *match.span("at")):
            yield _Found(match.start(), match.end(), _duties(names, "responsible"), "assignment.at")


# --- bodies ------------------------------------------------------------------------------------


def _seats(text: str, bodies: "_Bodies") -> Iterator[_Found]:
    """办公室设在市民政局: the office and its seat."""
    for match in _SEAT.finditer(text):
        names, end = leading_names(text, match.end(), len(text))
        if not names:
            continue
        start = _clause_start(text, match.start() + 1)
        if start is None:
            continue
        office = Name(start, match.start() + 3, text[start : match.start() + 3], "")
        office = office._replace(full=_office(office, bodies))
        yield _Found(
            start, end, (Duty(office, "responsible"), *_duties(names, "responsible")), "assignment.seat"
        )


def _office(office: Name, bodies: "_Bodies") -> str:
    """The office with the body it serves, which an earlier sentence names in full."""
    body = office.text.removesuffix("办公室")
    if body and not _SHORT_BODY.fullmatch(body):
        return office.text
    return (bodies.before(office.start) or body) + "办公室"


def _forums(text: str) -> Iterator[_Found]:
    """发挥市养老服务体系建设发展领导小组作用,强化…: the body is to act."""
    for match in _FORUM.finditer(text):
        if not is_agency(match["body"]):
            continue
        start, end = match.span("body")
        name = Name(start, end, match["body"], match["body"])
        before = 2 if text.startswith("充分", max(0, match.start() - 2)) else 0
        yield _Found(match.start() - before, match.end(), _duties([name], "responsible"), "assignment.forum")


def _with_body(name: Name, bodies: "_Bodies") -> Name:
    """各成员单位 and 工作专班 completed with the body that an earlier sentence names in full."""
    if name.text.endswith("成员单位") and name.text.startswith("各"):
        return name._replace(full=(bodies.before(name.start) or "") + name.text)
    if _SHORT_BODY.fullmatch(name.text):
        return name._replace(full=bodies.before(name.start) or name.text)
    return name


class _Bodies:
    """The full names of joint bodies in a text, looked for when one is first asked for."""

    def __init__(self, text: str) -> None:
        """Keep the text; nothing is read yet."""
        self._text = text

    @cached_property
    def _named(self) -> list[tuple[int, str]]:
        found = [(match.start(), _own_name(match.group())) for match in _FULL_BODY.finditer(self._text)]
        found += [(match.start("body"), match["body"]) for match in _SET_UP.finditer(self._text)]
        return sorted((start, name) for start, name in found if name)

    def before(self, at: int) -> str | None:
        """The nearest full name before an index."""
        number = bisect_left(self._named, (at, "")) - 1
        return self._named[number][1] if number >= 0 else None


def _own_name(text: str) -> str:
    """The name itself in what was found: its last part that begins with a level word, if any is one."""
    starts = [match.start() for match in re.finditer(LEVEL, text)]
    return next((text[start:] for start in starts if is_agency(text[start:])), "")
