"""The clauses of a passage on goals: which of them are goals, and by when.

A sentence part names one goal: in its first clause, lead-ins left out ("按照全县布局,实施…项目"), or, where
that clause is a figure, in the first that states a result ("新增床位5万张,养老服务市场全面放开").
Clauses with figures are quantities and no goals.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_YEAR = r"(?:19|20)\d\d"
_PLAN_END = r"\"?十(?P<five>[二三四五六])五\"?(?:时期|规划)?期?末"
#: the years of a plan, which a goal is due by the end of: "十五五"期间
_PLAN_SPAN = r"\"?十(?P<during>[四五六])五\"?(?:规划)?(?:时期|期间)"
_BY_YEAR = re.compile(
    rf"(?:到|至|力争|确保|争取)*(?P<year>{_YEAR})年(?:底|末|年底)?前?|(?:到|至)?{_PLAN_END}|{_PLAN_SPAN}"
)
#: a time to come that opens a goal: what stands before it is preamble
_TOWARD = re.compile(
    rf"(?:到|至|力争|利用){_YEAR}年|{_YEAR}年(?:底|末)前?,|(?:到|至){_PLAN_END}|(?<=[。;:\n]){_YEAR}年,|"
    rf"(?<![^。;:\n]){_PLAN_SPAN},"
)
#: a sentence on what guides the work, and no goal
_GUIDING = re.compile(
    r"(?:始终|全面)?(?:坚持|以习近平|以[^,]{4,40}为指导|(?:为|全面|深入)?(?:学习)?贯彻|遵循)"
)
_TIME_ALONE = re.compile(
    rf"(?:力争|争取|确保|计划|预计|展望)*(?:用|利用|到|至|在|截至)?(?:{_YEAR}年(?:底|末|年底|上半年)?前?|{_PLAN_END}|{_PLAN_SPAN}|年内|年底前?|今年|本年度|"
    r"[一二两三五十\d]{1,2}年(?:左右)?(?:的?时间|内))"
)
_LEAD_IN = re.compile(
    r"(?:通过|经过|按照|围绕|聚焦|坚持|依托|立足|根据|结合|对标|为(?!民|老)|以(?![上下内外])|在(?!全|本)|紧扣|锚定|着眼|其中|届时|深入贯彻|认真贯彻|贯彻)"
)
_OPENING = re.compile(
    rf"(?:力争|争取|确保|同时|展望(?={_YEAR})|实现(?={_YEAR})|(?:到|至|在|截至)?{_YEAR}年(?:底|末|年底|上半年)?前?|(?:到|至)?{_PLAN_END}|年内|年底前?|今年)+"
)
_UNIT = "%‰个家所张套间处次期名人户万亿元亩件座条项辆台吨米公岁天批类支部届场倍层级分小千百成方辆艘班篇届片"
_FIGURE = re.compile(
    rf"(?<![\d+A-Za-z])\d[\d.,]*(?:[-—~至到]\d[\d.,]*)?(?:余|多|以上)?(?:[{_UNIT}]|$)(?!钟)|"
    r"(?<![第之唯进统逐同万均])[一二两三四五六七八九十百千]+(?:多|余)?(?:个(?![方中]|性|别|人)|家(?![庭政具])|所|张|倍|成以上|亿|万(?!物))|翻[一两]番|百分之"
)
#: a sentence that only points to figures elsewhere
_POINTER = re.compile(
    r"(?:指标|目标|任务|清单)[^,。]{0,6}(?:见|如)|[见如](?:下表|表\d|附[件表]|专栏)|如下[:。]?$"
)
_STATE = re.compile(
    r"(?:更加?|进一步|显著|明显|全面|持续|不断|基本|大幅|稳步|有效|逐步|初步|日益|深度|充分|走在)[\u4e00-\u9fff、\"]{1,12}$|"
    r"(?:健全|完善|提升|提高|改善|增强|优化|形成|建立|建成|凸显|放开|普及|覆盖|成型|多元|壮大|合理|优越|浓厚|领先|前列|达标)$"
)
_ASIDE = re.compile(r"(?:表|专栏|图)[一二三四五六七八九十\d]|附[件表]|\||[\t]|注:|备注")
_SENTENCE = re.compile(r"[^。!\n]+")
_PART = re.compile(r"[^;]+")
_CLAUSE = re.compile(r"(?:[^,:()]|\([^()]*\)|[()])+:?")
_PLAN_YEARS = {han: str(1960 + 5 * number) for number, han in enumerate("一二三四五六", start=10)}
_LONGEST = 60


class GoalClause(NamedTuple):
    """A goal in view indices; year: as its passage prints it, None where it prints none."""

    start: int
    end: int
    year: str | None


def printed_year(text: str, start: int, end: int) -> str | None:
    """The first year to come that text[start:end] names (到2025年, 到"十四五"末)."""
    match = _TOWARD.search(text, start, end)
    found = _BY_YEAR.search(text, match.start(), end) if match else None
    return _year(found) if found else None


def _year(match: re.Match[str]) -> str:
    return match["year"] or _PLAN_YEARS[match["five"] or match["during"]]


def goal_clauses(text: str, start: int, end: int, *, forward: bool = True) -> Iterator[GoalClause]:
    """The goals that text[start:end] names clause by clause.

    forward: leave out the sentences before the first that names a year to come, if there is one.
    """
    toward = _TOWARD.search(text, start, end) if forward else None
    year: str | None = None
    for sentence in _SENTENCE.finditer(text, start, end):
        if (toward and sentence.end() <= toward.start()) or _ASIDE.match(sentence.group()):
            continue
        if _GUIDING.match(sentence.group()) and not printed_year(text, *sentence.span()):
            continue
        for part in _PART.finditer(text, *sentence.span()):
            year = printed_year(text, *part.span()) or year
            if found := _goal_of(text, *part.span()):
                yield GoalClause(*found, year)


def _goal_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the goal that a sentence part names, if any."""
    figure_first = False
    for match in _CLAUSE.finditer(text, start, end):
        first, last = _bare(text, *match.span())
        clause = text[first:last]
        if not clause or _TIME_ALONE.fullmatch(clause) or (_LEAD_IN.match(clause) and not figure_first):
            continue
        if _POINTER.search(clause):
            return None
        if clause.endswith(":"):  # 取得显著成效: introduces the goals that follow
            continue
        if _FIGURE.search(clause):
            figure_first = True
        elif 4 <= len(clause) <= _LONGEST and (not figure_first or _STATE.search(clause)):
            return first, last
        elif not figure_first:
            return None
    return None


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A clause without its opening time and soft words, without marks at its ends."""
    while start < end and text[start] in " \t—-·●、:":
        start += 1
    if (opening := _OPENING.match(text, start, end)) and opening.end() < end:
        start = opening.end()
    while end > start and text[end - 1] in " \t、":
        end -= 1
    return start, end


def has_figure(text: str) -> bool:
    """Whether a clause states a figure, which makes it a quantity and no goal."""
    return bool(_FIGURE.search(text))
