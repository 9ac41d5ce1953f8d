"""What a text names: titles joined with their numbers, numbers alone, proved titles, short names, laws."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.extract.aliases import Alias, find_aliases
from kg.extract.document_numbers import NumberMention, find_numbers
from kg.extract.laws import find_laws
from kg.extract.titles import GENRES, Title, find_titles, is_document, key_of


class Named(NamedTuple):
    """A document named at text[start:end]; its title without brackets at text[title_start:title_end].

    number: normal form. alias: whether the title is a short name, alias_of: the full title behind it.
    """

    start: int
    end: int
    title_start: int = 0
    title_end: int = 0
    number: str | None = None
    alias_of: str | None = None
    rule: str = "title"
    confidence: float = 1.0

    def title(self, text: str) -> str:
        """The title's characters without blanks; "" for a number alone."""
        return re.sub(r"\s", "", text[self.title_start : self.title_end])


def find_named(text: str) -> list[Named]:
    """Every document that the text names, in order, none inside another."""
    numbers = find_numbers(text)
    titles = find_titles(text)
    aliases = find_aliases(text)
    joined, free = _join(titles, numbers, text)
    named = [one for one in joined if _counts(one, aliases, text)]
    named += [_proved(number, text) for number in free]
    named += _proved_by_alias(aliases, named, text)
    named += [Named(a, b, a, b, rule="law", confidence=0.9) for a, b in find_laws(text)]
    return _with_aliases(_apart(named), aliases, text)


def _apart(named: list[Named]) -> list[Named]:
    """In order of place, the longer before the shorter, none that begins inside another."""
    apart: list[Named] = []
    for one in sorted(named, key=lambda one: (one.start, -one.end)):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


# --- titles and numbers -------------------------------------------------------------------------------

_BRACKET = r"[(\[【〔]"
#: 《X》(国办发〔2020〕23号), 《X》国办发〔2020〕23号, 关于印发《X》的通知(国办发〔2020〕23号)
_GAP = re.compile(rf"(?:的?(?:通知|决定|公告|函|意见|批复))?{_BRACKET}[^()《》,。;、\n]{{0,18}}|")
_CLOSING = re.compile(r"(?:文件?)?[)\]】〕]")
_NUMBER_FIRST = re.compile(r"(?:文件?)?[)]?(?:印发的)?")
_TITLED_STANDARD = re.compile(
    r"等?(?:国家|行业|地方|团体|企业|推荐性|强制性)标准|等?(?:文件|法律|法规|规章|政策)"
)
_LEADS_TO_A_TITLE = re.compile(r"(?:根据|依据|按照|依照|遵照|贯彻|落实|参照)$")


def _join(
    titles: Sequence[Title], numbers: Sequence[NumberMention], text: str
) -> tuple[list[Named], list[NumberMention]]:
    """Titles with the number beside them as one, and the numbers that stand alone."""
    starts = [number.start for number in numbers]
    used: set[int] = set()
    joined = []
    for title in titles:
        at = bisect_left(starts, title.end)
        start, end = title.start, title.end
        if at < len(numbers) and _GAP.fullmatch(text, title.end, numbers[at].start):
            closing = _CLOSING.match(text, numbers[at].end)
            end = closing.end() if closing else numbers[at].end
        elif at and at - 1 not in used and _NUMBER_FIRST.fullmatch(text, numbers[at - 1].end, title.start):
            at -= 1
            start = numbers[at].start
        else:
            at = -1
        used.add(at)
        joined.append(_titled(title, start, end, numbers[at].number if at >= 0 else None, text))
    outside = [number for at, number in enumerate(numbers) if at not in used and not _inside(number, titles)]
    return joined, outside


def _titled(title: Title, start: int, end: int, number: str | None, text: str) -> Named:
    closed = text[title.end - 1] == "》"
    return Named(start, end, title.start + 1, title.end - closed, number)


def _inside(number: NumberMention, titles: Sequence[Title]) -> bool:
    at = bisect_left(titles, number.end, key=lambda title: title.end)
    return at < len(titles) and titles[at].start <= number.start


def _counts(named: Named, aliases: Sequence[Alias], text: str) -> bool:
    """Whether a title in 《》 names a document: by its words, its number, its alias or its company."""
    verdict = is_document(named.title(text))
    if verdict or named.number:
        return True
    if verdict is False:
        return False
    return (
        bool(_TITLED_STANDARD.match(text, named.end))
        or bool(_LEADS_TO_A_TITLE.search(text, max(0, named.start - 2), named.start))
        or any(alias.before == named.end for alias in aliases)
    )


# --- titles without 《》 that a number or a short name proves --------------------------------------------

_OPENS = re.compile(r"[,。;、:!?\n\t》)|]")
_BEFORE_TITLE = re.compile(
    r"[一-龥]{0,6}?(?:根据|依据|按照|依照|遵照|贯彻落实|贯彻|落实|执行|参照|转发|现将|印发的?|关于印发|对照|以及|和)"
)
_PROVED = re.compile(rf"[^《》]*(?:{GENRES})(?:\([^()]{{1,30}}\))?")


def _proved(number: NumberMention, text: str) -> Named:
    """The number with the title before its bracket, or alone."""
    if number.form != "standard" and text[number.start - 1 : number.start] in ("(", "["):
        start = _title_start(text, number.start - 1)
        if start is not None:
            closing = _CLOSING.match(text, number.end)
            end = closing.end() if closing else number.end
            return Named(start, end, start, number.start - 1, number.number, rule="number", confidence=0.9)
    return Named(number.start, number.end, number=number.number, rule="number")


def _proved_by_alias(aliases: Sequence[Alias], named: Sequence[Named], text: str) -> Iterator[Named]:
    """Titles that only (以下简称…) proves."""
    ends = {one.end for one in named}
    for alias in aliases:
        if alias.before not in ends and (start := _title_start(text, alias.before)) is not None:
            yield Named(start, alias.before, start, alias.before, rule="alias", confidence=0.8)


def _title_start(text: str, end: int) -> int | None:
    """Where a title that ends at `end` begins in its clause; None when what stands there is no title."""
    window = max(0, end - 90)
    clause = max((match.end() for match in _OPENS.finditer(text, window, end)), default=window)
    about = text.find("关于", clause, end)
    lead = _BEFORE_TITLE.match(text, clause, about if about >= 0 else end)
    start = lead.end() if lead else clause
    title = text[start:end]
    if len(title) < 6 or title.startswith(("本", "该", "此")) or not _PROVED.fullmatch(title):
        return None
    return start


# --- short names --------------------------------------------------------------------------------------


def _with_aliases(named: list[Named], aliases: Sequence[Alias], text: str) -> list[Named]:
    """The same with the full title behind each short name, from its definition on."""
    if not aliases:
        return named
    full = {one.end: one.title(text) or one.number for one in named}
    meaning: dict[str, str] = {}
    waiting = list(aliases)
    told = []
    for one in named:
        while waiting and waiting[0].start <= one.title_start:
            alias = waiting.pop(0)
            meaning[key_of(alias.name)] = full.get(alias.before) or ""
        behind = meaning.get(key_of(one.title(text)))
        told.append(one._replace(alias_of=behind, rule="short name") if behind else one)
    return told
