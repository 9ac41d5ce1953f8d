"""Titles in 《》: where they begin and end, which name a document, and when two are the same title."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

#: the last words of documents' titles, the longer before the shorter that it ends in
GENRES = (
    "规划纲要|远景目标纲要|纲要|空间规划|专项规划|规划|三年行动计划|行动计划|实施计划|工作计划|计划|实施方案|行动方案|工作方案|"
    "总体方案|若干方案|方案|实施意见|指导意见|若干意见|意见|通知|通告|公告|公报|通报|决定|决议|命令|令|实施办法|管理办法|暂行办法|"
    "办法|若干规定|暂行规定|规定|实施条例|条例|实施细则|细则|宪法|民法典|法典|法|规则|规范|规程|技术标准|标准|导则|指南|指引|指标体系|"
    "指标|指导目录|目录|清单|工作要点|要点|政策措施|若干措施|措施|若干政策|政策|若干举措|举措|工作报告|研究报告|报告|纪要|批复|复函|"
    "函|章程|公约|协定|框架协议|协议|宣言|白皮书|蓝皮书|评定|准则|守则|总则|大纲|应急预案|预案|制度|技术要求|评价|战略|纲领|备忘录|"
    "倡议|提案|议案|建议|说明|任务分工|分工|手册|机制|攻坚战行动|专项行动|三年行动|行动|工程|图则|设计|体系|答复|任务|[一二三四五六七八九十百\\d]{1,3}条"
)
#: notes that may follow the last word: (试行), (2021—2025年), (征求意见稿)
_NOTE = r"(?:\s*[(〔\[【][^()〔〕\[\]【】]{1,40}[)〕\]】])*"
_DOCUMENT = re.compile(
    rf"(?:{GENRES})(?:稿|草案|征求意见稿|送审稿|讨论稿|修订版|\d{{4}}年?版|\d(?:\.\d)?版?)?{_NOTE}$"
)
#: forms, papers of one person or firm, and works of art and press: titles, but of no policy document
_NOT_A_DOCUMENT = re.compile(
    rf"(?:证书?|执照|许可|合同|[申登备审汇统一][^书]{{0,3}}表|表格?|[诺知任见认议托权议明定]书|协议书|名单|名录|台账|档案|卡|票|单据|账单|"
    rf"[日早晚周月时]报|周刊|月刊|杂志|期刊|歌曲?|曲|舞|剧|戏|电影|片|节目|栏目|小说|诗|赋|赞|颂|故事|传奇|典|史|图册|画册|丛书|教材|读本|"
    rf"营业执照){_NOTE}$"
)
_DRAFT = re.compile(
    r"[(〔\[【]?(?:草案|修订|修正)*(?:修改|公开|第?[一二三]次|再次)*"
    r"(?:(?:征求|征询)意见|送审|讨论|审议|报批|修订|修订草案|草案|初|论证)?(?:稿|草案)[)〕\]】]?$"
)
_LIMIT = 220  # characters between 《 and 》
_STOP = re.compile(r"[。;!?]|\n\s*\n")
#: where a title that nobody closed must end: its last word, then what can follow a title
_AFTER = r"(?=精神|要求|等|文件|规定|[和与及、,。;:()]|\n|$)"
_RECOVERED = re.compile(rf"[^《》。;,!?\n]{{2,80}}?(?:{GENRES}){_NOTE}{_AFTER}")
_OUTER_END = re.compile(rf"[^《》。;,!?\n]{{0,12}}?(?:{GENRES}){_NOTE}{_AFTER}")


class Title(NamedTuple):
    """A title where it stands: text[start:end] with its brackets; text: what is printed inside them."""

    start: int
    end: int
    text: str


def find_titles(text: str) -> list[Title]:
    """Every outermost 《》 in the text; unclosed ones as far as they can be read. Linear in length."""
    return [Title(start, end, _inside(text[start:end])) for start, end in _bracketed(text)]


def _inside(quoted: str) -> str:
    return re.sub(r"\s", "", quoted.removeprefix("《").removesuffix("》"))


def _bracketed(text: str) -> Iterator[tuple[int, int]]:
    """The spans of outermost titles: brackets are counted; a sentence's end inside means one was lost."""
    first = inner = depth = before = 0
    for bracket in re.finditer("[《》]", text):
        at = bracket.start()
        if depth and (at - first > _LIMIT or _STOP.search(text, before, at)):
            yield from _unclosed(text, first, inner, at)
            depth = 0
        before = at + 1
        if bracket[0] == "《":
            if depth == 1 and not inner and _was_lost(text, first, at):
                yield from _unclosed(text, first, 0, at)
                depth = 0
            first, inner = (first, inner) if depth else (at, 0)
            depth += 1
        elif depth:
            depth -= 1
            inner = at + 1
            if not depth:
                yield first, at + 1
    if depth:
        yield from _unclosed(text, first, inner, len(text))


def _was_lost(text: str, first: int, at: int) -> bool:
    """Whether the title opened at `first` ended before the next one opens at `at`, its bracket lost."""
    read = _RECOVERED.match(text, first + 1, at)
    return read is not None and bool(re.search(r"[,;:]|^[、和与及]+$", text[read.end() : at]))


def _unclosed(text: str, first: int, inner: int, limit: int) -> Iterator[tuple[int, int]]:
    """A title whose closing bracket is lost: up to its last word; inner: end of a title nested in it."""
    limit = min(limit, first + _LIMIT)
    if inner:
        end = _OUTER_END.match(text, inner, limit)
        start = first if end else text.rfind("《", first, inner)
        yield start, end.end() if end else inner
    elif end := _RECOVERED.match(text, first + 1, limit):
        yield first, end.end()


def is_document(title: str) -> bool | None:
    """Whether a title names a policy document: by its last words; None when they do not tell."""
    if _DOCUMENT.search(title):
        return True
    return False if _NOT_A_DOCUMENT.search(title) else "关于" in title[:30] or None


def is_draft(title: str) -> bool:
    """Whether a title carries the mark of a draft: (征求意见稿), (草案) and the like."""
    return bool(_DRAFT.search(title))


def genre_of(title: str) -> str | None:
    """The kind of document that a title ends in (行动计划, 实施方案, 意见 …), notes left aside."""
    bare = re.sub(rf"{_NOTE}$", "", _DRAFT.sub("", title))
    match = re.search(rf"(?:{GENRES})$", bare)
    return match[0] if match else None


def key_of(title: str) -> str:
    """A title's letters, digits and Han characters, its draft mark left out: the same title, the same key."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", _DRAFT.sub("", title.strip())))


#: who issued it, as the title itself says: 国务院办公厅|关于推进养老服务发展的意见
_ISSUED_BY = re.compile(
    r"(?P<issuer>[一-龥、]{2,40}?(?:国务院|政府|办公厅|办公室|委员会|委|局|厅|部|署|院|联合会|等\d{1,2}部门|党组|中央))(?=关于|印发)"
)


def issuer_of(title: str) -> str | None:
    """The issuer that a title begins with, None where it names none."""
    match = _ISSUED_BY.match(title)
    if match:
        return match["issuer"]
    return "国务院" if title.startswith("国务院关于") else None
