"""The head of a document: masthead, notice, addressees, the plan's own heading. All indices count the view.

GB/T 9704-2012 §7.2–7.3 gives the order: masthead (X文件), number, title, addressees, text, signature,
date.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kg.extract.titles import GENRES, find_titles, is_document, issuer_of, key_of
from kg.places import mentions
from kg.text.outline import is_contents_line
from kg.text.view import NUMBERED

#: how far into a text its heading may stand: a drafting note can go before it
_LINES, _CHARACTERS, _NEAR = 140, 12_000, 800
_BODY = re.compile(r"[。;!?]")
_MASTHEAD = re.compile(
    r"(?P<issuer>[一-龥、()]{3,60}?(?:委员会|政府|办公厅|办公室|总局|[一-龥][局厅部]|署|院|党组|[省市县区]委))文件$"
)
_AGENCY_LINE = re.compile(
    r"[一-龥、()\s]{2,60}(?:委员会|政府|办公厅|办公室|总局|局|厅|部|署|院|党组|委|处|中心|集团|公司|联合会)$"
)
_ADDRESSEES = re.compile(r"[^。]{2,300}:$")
#: kinds that a bare heading may also end in: a title that ends so must show more
_WEAK = re.compile(
    r"(?:体系|工程|设计|标准|法|函|机制|建议|任务|分工|评价|制度|战略|规范|准则|政策|行动|目录|清单|报告|令|公报|协议|指标|守则|手册|规则|总则|"
    r"大纲|评定|条|举措)$"
)
_SHOWS_MORE = re.compile(r"关于|20\d\d|\"十[一二三四五六]五\"?|[省市县区州]|国家|全国")
_NO_TITLE = re.compile(
    r"附[件表录]|目录$|《|第[一二三四五六七八九十\d]+[章节条]|表\d|专栏|[①-⑳●▪◆■•·—-]|.*[|\t]"
)
PROMULGATES = re.compile(
    r"(?P<issuer>[^《》]{0,60}?)关于(?:印发|发布|公布|下达|批准发布|批准|实施)(?:实施)?(?P<inner>.+?)的?(?:通知|公告|通告|决定|函|命令|令)"
    r"(?:[(][^()]{1,30}[)])*$"
)
ASKS_FOR_OPINIONS = re.compile(
    r"(?P<issuer>[^《》]{0,60}?)(?:关于|就)?(?:公开|向社会|广泛|再次)*(?:征求|征集)(?:对|关于)?《?(?P<inner>.+?)》?(?:\((?:公开)?征求意见稿\))?的?"
    r"(?:公众|社会|修改)?(?:意见)?(?:建议)?(?:和建议|与建议)?的?(?:通知|公告|通告|函|启事)$"
)


#: a headline of the press: 中共中央办公厅 国务院办公厅印发《X》
_HEADLINE = re.compile(
    r"^(?P<issuer>[^《》\n。,]{2,60}?(?:厅|室|委员会|委|局|部|院|府|中央))(?:联合)?"
    r"印发《(?P<inner>[^《》\n]{4,110})》(?=$|近日|日前|新华社|\()",
    re.MULTILINE,
)


class Heading(NamedTuple):
    """A title that stands on lines of its own: text without blanks, view span."""

    text: str
    start: int
    end: int


class Line(NamedTuple):
    """One line of the view."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """One past its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Front:
    """The first lines of a document and the headings among them; text: the whole view."""

    text: str
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, text: str) -> "Front":
        """The first lines of a view's text."""
        return cls(text, tuple(_first_lines(text)))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Titles on lines of their own, each of one to four lines."""
        return tuple(_headings(self.lines))

    @cached_property
    def masthead(self) -> Heading | None:
        """The issuer's name in X文件 near the top, with those on the lines above it."""
        for number, line in enumerate(self.lines[:12]):
            if match := _MASTHEAD.match(line.text):
                first = number
                while first and _AGENCY_LINE.fullmatch(self.lines[first - 1].text):
                    first -= 1
                names = [above.text for above in self.lines[first:number]] + [match["issuer"]]
                return Heading("、".join(names), self.lines[first].start, line.start + match.end("issuer"))
        return None

    @cached_property
    def headline(self) -> re.Match[str] | None:
        """A headline near the top that says who issued what: groups issuer and inner."""
        return _HEADLINE.search(self.text, 0, self.lines[8].end if len(self.lines) > 8 else len(self.text))

    @cached_property
    def notice(self) -> Heading | None:
        """The title of the notice that carries the plan: 关于印发《X》的通知."""
        return next((h for h in self.headings if PROMULGATES.match(h.text)), None)

    def _is_own(self, heading: Heading) -> bool:
        """Whether a heading is the document's: near the top, or named in 《》 before it by a note."""
        if heading.start <= _NEAR or self.notice:
            return True
        return any(same_title(one.text, heading.text) for one in find_titles(self.text[: heading.start]))

    @cached_property
    def plan(self) -> Heading | None:
        """The plan's own heading: the first title after the notice, or the first of all."""
        after = self.notice.end if self.notice else -1
        later = [heading for heading in self.headings if heading.start > after]
        found = [heading for heading in later if not _is_a_cover(heading.text) and self._is_own(heading)]
        inner = forwarded_title(found[0].text) if found else None
        carried = [h for h in found[1:] if inner and same_title(h.text, inner)]
        return carried[0] if carried else found[0] if found else None


def _is_a_cover(title: str) -> bool:
    return bool(PROMULGATES.match(title) or ASKS_FOR_OPINIONS.match(title))


def _first_lines(text: str) -> Iterator[Line]:
    start = 0
    for number, line in enumerate(text[: _CHARACTERS * 2].split("\n")):
        if number >= _LINES or start > _CHARACTERS:
            return
        yield Line(line, start)
        start += len(line) + 1


def _headings(lines: Sequence[Line]) -> Iterator[Heading]:
    number = 0
    while number < len(lines):
        size = _heading_size(lines, number)
        if size:
            block = lines[number : number + size]
            yield Heading("".join(line.text for line in block), block[0].start, block[-1].end)
        number += size or 1


def _heading_size(lines: Sequence[Line], first: int) -> int:
    """How many lines from `first` on make one title; 0 where none begins."""
    joined = ""
    for size, line in enumerate(lines[first : first + 4], 1):
        if not _may_be_of_a_title(line.text) or (size > 1 and not _may_go_on(joined)):
            return 0
        if size > 1 and issuer_of(line.text) and is_title(line.text):
            return 0  # the next line is a whole title with its own issuer
        joined += line.text
        if is_title(joined):
            more = lines[first + size].text if first + size < len(lines) else ""
            return size + 1 if _belongs(more, joined) else size
    return 0


def _may_be_of_a_title(line: str) -> bool:
    bare = re.sub(r"《[^《》]*》", "", line)
    return bool(line) and len(line) <= 110 and not _BODY.search(bare) and not line.endswith(":")


def _may_go_on(begun: str) -> bool:
    """Whether a title can go on after this line: it names a place, a body or a matter, and is no masthead."""
    if begun.endswith(("文件", "号", "日", ")")) or NUMBERED.match(begun) or ":" in begun or "\t" in begun:
        return False
    opens = begun.count("《") > begun.count("》")
    return opens or begun.startswith(("关于", "国家", "中国", "全国")) or _names_someone(begun)


def _names_someone(line: str) -> bool:
    if _AGENCY_LINE.fullmatch(line) or "关于" in line:
        return True
    return any(mention.start == 0 for mention in mentions(line[:16]))


def _belongs(following: str, title: str) -> bool:
    """Whether the next line is still the title: a note in brackets alone, or the rest of a broken word."""
    return bool(re.fullmatch(r"[(][^()]{2,30}[)]", following)) and not re.search(
        r"公开|年\d{1,2}月(?:\d{1,2}日)?[)通过批]|[〔\[]\d{4}", following
    )


def is_title(line: str) -> bool:
    """Whether a line, or lines joined, are the title of a document."""
    if line == "政府工作报告":
        return True
    if not 4 <= len(line) <= 120 or line.count(",") > 3 or NUMBERED.match(line) or _NO_TITLE.match(line):
        return False
    if (
        is_contents_line(line)
        or _BODY.search(re.sub(r"《[^《》]*》", "", line))
        or is_document(line) is not True
    ):
        return False
    if re.search(r"起草说明|编制说明|情况说明|政策解读|解读$", line) or ":" in line:
        return False
    bare = re.sub(r"(?:[(][^()]{1,40}[)])+$", "", line)
    if not re.search(rf"(?:{GENRES})$", bare):
        return False
    return not _WEAK.search(bare) or bool(_SHOWS_MORE.search(bare))


def forwarded_title(notice: str) -> str | None:
    """X of 关于转发…《X》的通知: the plan itself where its text follows, else another's document."""
    match = re.search(r"关于(?:批转|转发)[^《》]*《(?P<inner>[^《》]+)》的?通知$", notice)
    return match["inner"] if match else None


def inner_title(notice: str) -> str | None:
    """What a notice promulgates or submits, when it is one document: X of 关于印发《X》的通知."""
    match = PROMULGATES.match(notice) or ASKS_FOR_OPINIONS.match(notice)
    if not match:
        return None
    inner = match["inner"].strip()
    bracketed = re.findall(r"《([^《》]+)》", inner)
    if len(bracketed) > 1:
        return None
    return bracketed[0] if bracketed else inner.strip("《》") or None


def same_title(one: str, other: str) -> bool:
    """Whether two titles are one, letter for letter but for draft marks and punctuation."""
    return key_of(one) == key_of(other)
