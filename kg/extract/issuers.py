"""Who issued a document, alone or jointly, as signature, masthead, title or label say."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.dates import Found, signature_dates
from kg.extract.front import Front
from kg.extract.titles import issuer_of
from kg.text.plan import PlanText

_BODY_END = (
    r"(?:人民政府办公[厅室]|政府办公[厅室]|人民政府|委员会办公[厅室]|委员会|办公[厅室]|国务院|[一-龥][局厅部]|总署|"
    r"法院|检察院|党组|[省市县区]委|改革委|健康委|国资委|发改委|卫健委|管委会|总工会|联合会|集团|公司|银行|总行|分行|中心|大队|支队)"
)
_SIGNED = re.compile(rf"[一-龥、()]{{2,200}}{_BODY_END}|[一-龥]{{2}}部")
_ONE = re.compile(rf"[一-龥()]{{2,30}}?{_BODY_END}(?!的|办公[厅室])")
_LABEL = re.compile(
    r"(?:发文机关|发文单位|发布机构|发布单位|制发机关|制定机关|发文机构|公开责任部门|印发单位)[:\s|】]{0,4}(?P<name>[一-龥、]{3,40})"
)
#: national bodies whose branches bear their name before the place: one body, not two
_VERTICAL = re.compile(r"国家(?:税务总局|统计局|金融监督管理总局|外汇管理局|邮政局)|中国人民银行")
_AND_OTHERS = re.compile(
    r"(?P<first>.+?)等(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:个|家)?(?:部门|单位|部委)?$"
)


class Issuers(NamedTuple):
    """The issuer (the first of several), those who issue with it, and where the view prints them."""

    name: str
    joint: tuple[str, ...]
    start: int
    end: int
    rule: str


class Signature(NamedTuple):
    """A date of signature and the view span of the names above or before it (empty where unsigned)."""

    date: Found
    start: int
    end: int


def signatures(text: str) -> Iterator[Signature]:
    """Every signature block: date lines with the bodies on the same line or the lines above."""
    for date, before, line_start in signature_dates(text):
        if before.strip("()"):
            yield Signature(date, line_start, line_start + len(before))
        else:
            yield Signature(date, *_bodies_above(text, line_start))


def _bodies_above(text: str, line_start: int) -> tuple[int, int]:
    """The span of the lines above that hold nothing but names of bodies."""
    start = end = line_start
    for _ in range(12):
        above = text.rfind("\n", 0, max(0, start - 1)) + 1
        if start == 0 or not _SIGNED.fullmatch(re.sub(r"\s", "", text[above : start - 1])):
            break
        end = max(end if end < line_start else 0, start - 1)
        start = above
    return (start, end) if start < line_start else (line_start, line_start)


def find_issuers(
    plan: PlanText, front: Front, signature: Signature | None, title: str | None
) -> Issuers | None:
    """The document's issuers, from the surest place that names them with their own place (not 市政府)."""
    found = [named for span in _spans(plan.text, front, signature, title) if (named := _named(plan, *span))]
    placed = (one for one in found if _names_its_place(one.name))
    return next(placed, found[0] if found else None)


def _names_its_place(name: str) -> bool:
    return not re.match(r"(?:省|市|县|区|州|旗|盟|自治[区州县])(?![一-龥]{1,3}[省市县区州旗])|本|我", name)


def _spans(
    text: str, front: Front, signature: Signature | None, title: str | None
) -> Iterator[tuple[int, int, str]]:
    """Where issuers are named, the surest place first: view spans and what each is."""
    if signature and signature.start < signature.end:
        yield signature.start, signature.end, "signature"
    if front.masthead:
        yield front.masthead.start, front.masthead.end, "masthead"
    for heading in (front.notice, front.plan):
        if heading and (name := issuer_of(heading.text)):
            yield heading.start, heading.start + _length(text, heading.start, name), "title"
    if front.headline:
        yield *front.headline.span("issuer"), "headline"
    if label := _LABEL.search(text[:3000]):
        yield *label.span("name"), "label"
    if title and (name := issuer_of(title)) and (at := text.find(name)) >= 0:
        yield at, at + len(name), "title"


def _length(text: str, start: int, name: str) -> int:
    """How many view characters, line breaks among them, `name` takes from `start` on."""
    at, left = start, len(name)
    while left and at < len(text):
        left -= text[at] != "\n"
        at += 1
    return at - start


def _named(plan: PlanText, start: int, end: int, rule: str) -> Issuers | None:
    names = _split(plan.span(start, end)[2])
    return Issuers(names[0], tuple(names[1:]), start, end, rule) if names else None


def _split(printed: str) -> list[str]:
    """The bodies in a printed list: parted by blanks, 、 or nothing but their own last words."""
    names: list[str] = []
    for part in _parts(printed):
        if others := _AND_OTHERS.match(part):
            names.append(others["first"])
            continue
        ones = [] if _VERTICAL.match(part) else _ONE.findall(part)
        names += ones if len(ones) > 1 and "".join(ones) == part else [part]
    return [name for name in dict.fromkeys(names) if len(name) >= 2]


def _parts(printed: str) -> list[str]:
    """Split at 、, line ends and blanks between whole names; other blanks only space a name out."""
    parts: list[str] = []
    for line in re.split(r"[、\n]", printed.strip()):
        pieces = line.split()
        whole = all(len(piece) >= 3 and re.search(rf"{_BODY_END}(?:文件)?$", piece) for piece in pieces)
        parts += pieces if whole else ["".join(pieces)]
    return [part for part in parts if part]
