"""Lists of agencies, taken apart into names: 、 and 和, brackets, fragments, what one list shares."""

import itertools
import re
from typing import NamedTuple

from kg.extract.agency_grammar import (
    AUTHORITY,
    FIELD,
    LEVEL,
    LONGEST,
    NAME,
    TAIL,
    TERRITORIES,
    is_agency,
)

#: endings that prove a listed name whole, so that 和 or 及 after it parts two names
_WHOLE = re.compile(
    f"(?:{TAIL}|公司|集团|银行|中心|部门|单位|大学|学院|医院|街道|乡镇|协会|学会|站|所|社|部|办)$|\\)$"
)
_GLUED = re.compile(f"{LEVEL}?{FIELD}(?:局|委|厅)(?![员分内])")
_SEPARATOR = re.compile(
    r"(?P<bracket>\([^()\n]*\))|(?P<breaks>\n+)|(?P<mark>[、,;/|\s]+)|(?P<word>以及|和|及|与|并)|"
    r"(?P<etc>等(?:[一二三四五六七八九十\d]{1,3}个?)?(?:省直|市直|县直|区直|各|有关|相关|成员|中央|驻.)*"
    r"(?:部门|单位|机构|地方)?(?:和单位)?)"
)
#: a piece that only goes on with the collective before it: 市直有关部门、单位
_FRAGMENT = re.compile(r"(?:有关|相关)?(?:单位|部门|机构)|直属机构|管委会|管理委员会")
_OPEN = re.compile(rf"各{TERRITORIES}")
_AUTHORITIES = re.compile(rf"{TERRITORIES}级?(?:{AUTHORITY})(?:\([^()]*\))?")
#: of these a place has many, so a 各 before holds for them too: 各镇人民政府、街道办事处
_ALL_AUTHORITIES = re.compile(rf"各{TERRITORIES}{AUTHORITY}")
_TOWNS = re.compile(rf"(?:街道|乡镇|街镇|镇|乡|苏木|社区|行政村|村)+(?:{AUTHORITY}|居委会|村委会)")
#: of these only what has counties has many
_ZONES = re.compile(rf"(?:开发区|园区|产业园区|功能区)(?:{AUTHORITY})")
_COUNTIES = re.compile(r"各[^镇乡街村社]*[县区市旗]")
_LEAD_IN = re.compile(r"^(?:由|以及|及|和|与|会同|并|其中|[:：)]|\d{1,2}[.)])+")
_BARE_FIELD = re.compile(rf"(?P<head>各{TERRITORIES}|各级|{LEVEL})?(?P<field>{FIELD})")
_LEAD_MARK = re.compile(r"\((?:牵头|牵头单位|牵头部门|主办|牵头负责)\)$")
_TAIL_OF = re.compile(r"(?:行政主管|行政|主管|监管)?部门$|局$")
#: a character that some name ends in; without one there is no need to look for names
_HINT = re.compile("[各局委厅部办署府会室院社联协门位组议班队行处心政级关]")
_NEXT = re.compile("[、,]|和|及|与|以及")
_ETC = re.compile(r"等(?:有关|相关|各|[一二三四五六七八九十\d]+个?)*(?:部门|单位)?")


class Name(NamedTuple):
    """One name of a list: where it stands, as printed, and completed by what its list shares.

    start/end: indices into the text that was read. text: as printed, without line breaks.
    full: with the organ word that a later name supplies (民政、财政部门 → 民政部门).
    leads: a bracket after the name marks it as the lead ("市民政局(牵头)").
    """

    start: int
    end: int
    text: str
    full: str
    leads: bool = False


def leading_names(text: str, start: int, end: int) -> tuple[list[Name], int]:
    """The proved names that text[start:end] begins with, and where the list ends.

    "市民政局、市财政局等部门制定办法" gives two names and the index of 制.
    """
    names: list[Name] = []
    at = start
    while match := _first_name(text, at, end):
        names.append(Name(at, match, text[at:match], text[at:match]))
        gap = _NEXT.match(text, match, end)
        at = match
        if not gap or not _first_name(text, gap.end(), end):
            break
        at = gap.end()
    etc = _ETC.match(text, at, end) if names else None
    return names, etc.end() if etc else at


def _first_name(text: str, start: int, end: int) -> int | None:
    if not _HINT.search(text, start, min(end, start + LONGEST)):
        return None
    match = NAME.match(text, start, min(end, start + LONGEST))
    return match.end() if match and is_agency(match.group()) else None


def split_names(text: str, start: int, end: int) -> list[Name]:
    """The pieces of a list of agencies, brackets kept whole, fragments joined to their collective.

    和 and 及 part names only where a whole name stands before them: 住房和城乡建设局 is one.
    """
    pieces, etc = _pieces(text, start, end)
    bare = [_trimmed(text, a, b) for a, b in _joined(text, pieces)]
    parts = [part for piece in bare if piece[1] > piece[0] for part in _unglued(text, *piece)]
    return _completed(text, parts, "部门" if etc else "")


def _pieces(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], bool]:
    """Spans between separators; whether the list closes with 等…部门."""
    pieces: list[tuple[int, int]] = []
    last, etc = start, False
    for match in _SEPARATOR.finditer(text, start, end):
        if _parts(text, last, match, end):
            etc = etc or (match["etc"] or "").endswith("部门")
            pieces.append((last, match.start()))
            last = match.end()
    pieces.append((last, end))
    return [(a, b) for a, b in pieces if text[a:b].strip()], etc


def _parts(text: str, start: int, separator: re.Match[str], end: int) -> bool:
    """Whether a separator ends the name that begins at `start`."""
    if separator["mark"] or separator["bracket"]:
        return separator["bracket"] is None
    before = text[max(start, separator.start() - LONGEST) : separator.start()]
    if separator["etc"] and _BARE_FIELD.fullmatch(before):
        return True
    if separator["word"] and separator.end() == end:
        return False
    return bool(_WHOLE.search(before)) or is_agency(before)


def _joined(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces with fragments of collectives joined: 各市、县(市、区)人民政府; 市直有关部门、单位."""
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and _goes_on(text, joined[-1], text[start:end]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _goes_on(text: str, last: tuple[int, int], piece: str) -> bool:
    """Whether a piece belongs to the collective name before it."""
    before = text[last[0] : last[1]]
    if before.endswith(("党委", "党工委")):
        return piece.startswith(("人民政府", "政府", "办事处", "管委会"))
    if text[last[1]] not in "、和":
        return False
    if _FRAGMENT.fullmatch(piece):
        return "部门" in before or "单位" in before or before.endswith("政府")
    return bool(_OPEN.fullmatch(before) and (_AUTHORITIES.fullmatch(piece) or _OPEN.fullmatch("各" + piece)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1] in " \t\n。;,、:":
        end -= 1
    lead = _LEAD_IN.match(text[start:end])
    return start + lead.end() if lead else start, end


def _unglued(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Names that lost the space between them: 市民政局市财政局."""
    spans = [match.span() for match in _GLUED.finditer(text, start, end)]
    whole = spans and spans[0][0] == start and spans[-1][1] == end
    if len(spans) > 1 and whole and all(a[1] == b[0] for a, b in itertools.pairwise(spans)):
        return spans
    return [(start, end)]


def _completed(text: str, parts: list[tuple[int, int]], tail: str) -> list[Name]:
    """Names of the parts, bare fields given the organ word that follows them in the list."""
    names: list[Name] = []
    for (start, end), head in reversed(list(zip(parts, _shared_heads(text, parts), strict=True))):
        printed = "".join(text[start:end].split())
        mark = _LEAD_MARK.search(printed)
        name = printed[: mark.start()] if mark else printed
        if _BARE_FIELD.fullmatch(name) and tail:
            full = name + tail
        else:
            full, found = name, _TAIL_OF.search(name)
            tail = found.group() if found else ""
        names.append(Name(start, end, name, head + full, bool(mark)))
    return names[::-1]


def _shared_heads(text: str, parts: list[tuple[int, int]]) -> list[str]:
    """What each part has from an earlier 各…: 各市民政、财政部门 → 各市 for 财政部门 too."""
    heads: list[str] = []
    head = many = ""
    for start, end in parts:
        part = text[start:end]
        if text[start - 1 : start] not in tuple("、和及与"):
            many = ""
        if (_TOWNS.fullmatch(part) and many) or (_ZONES.fullmatch(part) and _COUNTIES.match(many)):
            heads.append("各")
            continue
        many = part if _ALL_AUTHORITIES.fullmatch(part) else ""
        match = _BARE_FIELD.match(part)
        own = (match["head"] or "") if match else ""
        head = own if own.startswith("各") else head if match and not own else ""
        heads.append(head if match and not own else "")
    return heads
