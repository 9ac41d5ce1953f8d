"""Finding place names in running text, in one pass.

Counted: every full name with its suffix (江西省, 西湖区, 泾源县, 延边州), today's and former; of short names
only those of provinces and prefectures (江西, 南昌). Chains join to one mention: 江西省南昌市西湖区.
Left alone: names that ordinary words contain, as `kg/data/guards.tsv` lists them with a text found and a
text left each; two-character counties inside a run of text (范县 in 示范县); short names of counties
(和平, 公安, 通道); 全国.
"""

import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from kg.data import rows
from kg.places.gazetteer import Place, all_places, find, is_within, short_names

_STREET = re.compile(r"[东西南北中]?(?:路(?!径|线|桥)|街(?!道)|大道|大街)")
#: what may not follow a name, by its last character: 南昌市场 is no 南昌市, 平安区域 no 平安区
_NOT_BEFORE = {"市": "场", "区": "域间块位别分段", "旗": "帜", "盟": "友约"}
#: names of two characters, and those that end like a common word (任城区 in 责任城区, 梁园区 in 桥梁园区)
_EDGE = re.compile(r"..|.[城林园军海港边陵市]区")
_COUNTY_TAILS = "级域乡城区市"
_EDGE_WORDS = "在与及"


class Mention(NamedTuple):
    """A place name in a text: text[start:end] == name; candidates: every place that it may mean."""

    start: int
    end: int
    name: str
    candidates: tuple[Place, ...]


class _Name(NamedTuple):
    """One entry of the lexicon: which places it names and where it does not count."""

    text: str
    candidates: tuple[Place, ...]
    short: bool
    rule: str
    not_after: str
    not_before: str


def mentions(text: str) -> list[Mention]:
    """Every place named in the text, in order; linear in the text's length."""
    pairs = _pairs()
    found: list[Mention] = []
    open_: Mention | None = None
    last = 0
    for at, pair in enumerate(map("".join, pairwise(text))):
        if pair not in pairs or at < last:
            continue
        before = open_ if open_ is not None and open_.end == at else None
        token = _read(_names(pair), text, at, before)
        if token is None:
            continue
        last = token.end
        joined = _join(before, token, text) if before else None
        if joined is None and open_ is not None:
            found.append(open_)
        open_ = joined or token
    return [*found, open_] if open_ is not None else found


def _read(names: tuple[_Name, ...], text: str, at: int, before: Mention | None) -> Mention | None:
    """The longest name that stands at `at` and counts there."""
    for name in names:
        if text.startswith(name.text, at) and _counts(name, text, at, before):
            return Mention(at, at + len(name.text), name.text, name.candidates)
    return None


def _counts(name: _Name, text: str, at: int, before: Mention | None) -> bool:
    """Whether the name is meant here; right after another name its left side needs no proof."""
    end = at + len(name.text)
    after = text[end : end + 1]
    if after and after in name.not_before:
        return False
    if before is not None and _inside(before, name.candidates):
        return True
    if name.rule == "chain" or (name.short and _STREET.match(text, end)):
        return False
    left = text[at - 1] if at and before is None else ""
    if name.rule == "edge":
        return _at_edge(left) and not (name.text[-1] == "县" and after and after in _COUNTY_TAILS)
    return not left or left not in name.not_after


def _at_edge(left: str) -> bool:
    """Whether a run of text begins after this character."""
    return not "㐀" <= left <= "鿿" or left in _EDGE_WORDS


def _inside(before: Mention, candidates: tuple[Place, ...]) -> tuple[Place, ...]:
    """The candidates that lie in a place of the mention before them."""
    return tuple(c for c in candidates if any(is_within(c.code, outer.code) for outer in before.candidates))


def _join(before: Mention, token: Mention, text: str) -> Mention | None:
    """One mention for two that follow each other as a chain, None where they do not."""
    inner = _inside(before, token.candidates)
    return Mention(before.start, token.end, text[before.start : token.end], inner) if inner else None


@cache
def _pairs() -> dict[str, list[str]]:
    """Every name that the scan knows, by its first two characters."""
    by_pair: dict[str, list[str]] = defaultdict(list)
    for text in _scannable():
        by_pair[text[:2]].append(text)
    return dict(by_pair)


@cache
def _names(pair: str) -> tuple[_Name, ...]:
    """The names that begin with these two characters, the longest first."""
    return tuple(map(_entry, sorted(_pairs()[pair], key=lambda text: (-len(text), text))))


def _entry(text: str) -> _Name:
    """What the lexicon says of one name; made when a text first shows its beginning."""
    short, row = _scannable()[text], _guards().get(text, {})
    rule = row.get("rule", "") or ("edge" if not short and _EDGE.fullmatch(text) else "")
    not_before = row.get("not_before", "") + ("" if short else _NOT_BEFORE.get(text[-1], ""))
    return _Name(text, _meant(text, short), short, rule, row.get("not_after", ""), not_before)


@cache
def _guards() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in rows("guards.tsv")}


@cache
def _scannable() -> dict[str, bool]:
    """Name → whether it is a short one, for every name worth looking for."""
    names: dict[str, bool] = {}
    for place in all_places()[1:]:
        names[place.name] = False
        for short in short_names(place):
            suffixed = short[-1] in "州县旗" and short != place.name[: len(short)]
            if suffixed:
                names.setdefault(short, False)
            elif place.level in ("province", "prefecture") and place.until is None:
                names.setdefault(short, True)
    for row in (*rows("former.tsv"), *rows("aliases.tsv")):
        names[row["name"]] = False
    return names


def _meant(name: str, short: bool) -> tuple[Place, ...]:
    """The places of a name; a bare 吉林 or 海南 is the province, as documents use it."""
    places = find(name)
    if not short:
        return places
    level = "province" if any(place.level == "province" for place in places) else "prefecture"
    return tuple(place for place in places if place.level == level)
