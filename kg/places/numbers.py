"""Whose document number is it: from the agency code (洪府办发) to the government or ministry.

A local code is a head (洪), an organ (府, 政, 发改 …) and a kind (办, 发, 函 …). Heads come from `kg/data`:
one sign a province, customary signs of cities, and, since most governments simply use the first characters
of their name, every division that such a head fits. Codes are not registered anywhere: one code often
belongs to several governments, so all candidates are given and the document's place decides.
"""

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from kg.data import rows
from kg.places.gazetteer import NATION, Place, all_places, by_code, gazetteer, is_within, short_names

#: a government's code: head, 府 or 政, then what it is (洪 府 办发)
_GOVERNMENT = re.compile(
    r"(?P<head>[一-龥]{1,7}?)(?P<seat>[府政])"
    r"(?P<rest>[厅办]?[发字函规令通电告文秘阅批任人传明复补奖综建社农工民改特]*)"
)
#: a bureau's or committee's code: head, field, then anything (洪 发改 服务字)
_BUREAU = re.compile(
    r"(?P<head>[一-龥]{1,7}?)(?:发改|住建|人社|卫健|卫计|工信|自然资|应急|市监|医保|审计|"
    r"[民财教卫商交水农文环科林体委办]).*"
)
#: provinces whose governments write 府 in their numbers; the others write 政, but for cities in heads.tsv
_FU = {"310000", "360000", "440000", "460000", "500000", "510000", "520000"}
#: cities of deputy provincial rank whose office is still a 办公厅
_HALL = {"320100", "330100", "330200", "350200", "370100", "370200", "420100", "440100", "440300", "510100"}
_HALL |= {"610100"}
#: cities whose office has had both names since 2010: no name is given
_UNSURE = {"130100", "130200", "130400", "140100", "140200", "150100", "150200", "210100", "210200", "210300"}
_UNSURE |= {
    "210400",
    "210500",
    "220100",
    "220200",
    "230100",
    "230200",
    "320200",
    "320300",
    "320500",
    "340100",
}
_UNSURE |= {
    "340400",
    "350100",
    "370300",
    "410100",
    "410300",
    "430100",
    "450100",
    "460100",
    "520100",
    "530100",
}
_UNSURE |= {"540100", "620100", "630100", "640100", "650100", "654000"}
_BRACKETS = re.compile(r"[\s　]|[〔［\[【（(﹝〈《].*$")


class Ministry(NamedTuple):
    """A national body and the pattern of its agency codes."""

    pattern: re.Pattern[str]
    name: str


def number_heads(code_text: str) -> tuple[Place, ...]:
    """Every place whose government or bureau may write this agency code; () when none is known.

    A whole number (洪府办发〔2022〕26号) will do. The owner of a customary sign comes first, then others.
    """
    code = agency_code(code_text)
    seat = _GOVERNMENT.fullmatch(code)
    if seat is not None and (owners := _owners(seat["head"], seat["seat"])):
        return owners
    if ministry_of(code):
        return (gazetteer().places[NATION],)
    bureau = _BUREAU.fullmatch(code)
    return _owners(bureau["head"], "") if bureau is not None else ()


def ministry_of(code_text: str) -> str | None:
    """The Party centre's, State Council's or ministry's name for an agency code, or None."""
    code = agency_code(code_text)
    return next((row.name for row in _ministries() if row.pattern.fullmatch(code)), None)


def agency_of_number(number: str, place: Place | None = None) -> str | None:
    """The issuer that a number names when that is sure: 洪府办发 with 南昌市 is 南昌市人民政府办公室.

    place: the jurisdiction that the document shows; it must be one of the code's candidates. None where
    the code leaves more than one issuer possible, or the office's name varied (办公室, 办公厅).
    """
    code = agency_code(number)
    seat = _GOVERNMENT.fullmatch(code)
    owners = _owners(seat["head"], seat["seat"]) if seat is not None else ()
    if seat is None or not owners:
        return ministry_of(code)
    owner = owners[0] if place is None and len(owners) == 1 else place
    if owner is None or owner not in owners:
        return None
    office = _office(owner, seat["rest"])
    return None if office is None else f"{_formal(owner)}{_government(owner)}{office}"


def agency_code(number: str) -> str:
    """The agency code of a number: what stands before the year's bracket, without spaces."""
    return _BRACKETS.sub("", number)


def _office(place: Place, rest: str) -> str | None:
    """What follows the government's name: nothing, 办公室, 办公厅, or None when it is not sure."""
    if rest.startswith("厅"):
        return "办公厅"
    if not rest.startswith("办"):
        return ""
    if place.level == "province" or place.code in _HALL:
        return "办公厅"
    return None if place.code in _UNSURE else "办公室"


def _government(place: Place) -> str:
    """人民政府, or 行政公署 in leagues and prefectures without a congress."""
    return "行政公署" if place.name.endswith(("地区", "盟")) else "人民政府"


def _formal(place: Place) -> str:
    """The place as an issuer's name begins: a district with its city, all others by their own name."""
    parent = by_code(place.parent or "")
    if place.level == "county" and place.name.endswith("区") and parent and parent.name.endswith("市"):
        return parent.name + place.name
    return place.name


@lru_cache(maxsize=4096)
def _owners(head: str, seat: str) -> tuple[Place, ...]:
    """The candidates of one head: owners of a customary sign, then divisions whose name begins so.

    Inside one division codes are kept apart, so what lies in an owner of the head does not use it too.
    """
    signed = tuple(
        dict.fromkeys(p for p, organ in _signs().get(head, ()) if seat in ("", organ) or not organ)
    )
    named = [place for place in _named(head) if not seat or seat in _seats(place)]
    users = [*signed, *(place for place in named if place.code not in _renamed_by_sign())]
    inner = {place for place in named for user in users if is_within(place.code, user.code)}
    rest = {*named, *_compound(head, seat)} - {*signed} - (inner if len(head) == 1 else set())
    return (*signed, *sorted(rest, key=lambda place: place.code))


@lru_cache(maxsize=1)
def _renamed_by_sign() -> frozenset[str]:
    """Codes of the places that write a sign instead of their name's first character (南昌: 洪)."""
    return frozenset(code for row in rows("heads.tsv") for code in row["codes"].split())


def _seats(place: Place) -> str:
    """The characters for government that the place's province uses in numbers."""
    top = place.code[:2] + "0000"
    return "府" if top in _FU else "政"


def _named(head: str) -> list[Place]:
    """Divisions below the provinces that would use this head by their name's first characters."""
    bare = re.sub(r"(?<=.)[市县区旗州盟]$", "", head)
    suffix = head[len(bare) :]
    return [place for place in _by_start().get(bare, ()) if not suffix or place.name.endswith(suffix)]


def _compound(head: str, seat: str) -> list[Place]:
    """Districts that write their city's sign before their own (深龙府 is 深圳市龙岗区 or 龙华区)."""
    if len(head) < 2:
        return []
    cities = {p.code for p, _ in _signs().get(head[0], ()) if p.name.endswith("市")}
    cities |= {p.code for p in _named(head[0]) if p.level == "prefecture"}
    return [p for p in _named(head[1:]) if p.parent in cities and (not seat or seat in _seats(p))]


@lru_cache(maxsize=1)
def _signs() -> dict[str, tuple[tuple[Place, str], ...]]:
    """Customary heads with the organ that goes with them."""
    signs: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    places = gazetteer().places
    for row in rows("provinces.tsv"):
        for sign in row["signs"].split():
            organ = "府" if row["code"] in _FU else "政"
            signs[sign].append((places[row["code"]], "" if row["code"] == "510000" else organ))
    for row in rows("heads.tsv"):
        signs[row["head"]] += [(places[code], row["organ"]) for code in row["codes"].split()]
    return {head: tuple(found) for head, found in signs.items()}


@lru_cache(maxsize=1)
def _by_start() -> dict[str, tuple[Place, ...]]:
    """Divisions below the provinces by every beginning of their short name."""
    starts: dict[str, list[Place]] = defaultdict(list)
    for place in all_places():
        if place.level in ("prefecture", "county"):
            stem = min((place.name, *short_names(place)), key=len)
            for size in range(1, len(stem) + 1):
                starts[stem[:size]].append(place)
    return {start: tuple(found) for start, found in starts.items()}


@lru_cache(maxsize=1)
def _ministries() -> tuple[Ministry, ...]:
    """The national bodies, in the table's order."""
    return tuple(Ministry(re.compile(row["pattern"]), row["name"]) for row in rows("ministries.tsv"))
