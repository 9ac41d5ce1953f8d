"""发文字号 (document numbers, GB/T 9704-2012 §7.2.5) brought to one form, and what their heads prove.

Sources print them with spaces, any bracket, full-width digits, 第 and leading zeros; the key has none.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.places import agency_of_number, by_code, number_heads
from kg.places.gazetteer import NATION
from kg.text.characters import unified
from kg.text.numerals import small_number

_OPEN, _CLOSE = r"[〔\[【(〈《﹝<]", r"[〕\]】)〉》﹞>]"
_LEAD = re.compile(r"^(?:现?将|根据|依据|按照|遵照|贯彻|落实|原|和|及|以及|与|经|见|文号|发文字号|:)+")
#: an issuer's full name glued to its own code (苏州市住房和城乡建设局苏住建规〔2021〕3号)
_GLUED = re.compile(r"^.*(?:人民政府|委员会|办公厅|办公室|[局厅院])(?=[一-龥]{2,}$)")
_FORMS = (
    re.compile(rf"(?P<head>[一-龥A-Z]{{1,30}}){_OPEN}(?P<year>\d{{4}})年?{_CLOSE}第?(?P<serial>\d+)号?"),
    re.compile(r"(?P<head>[一-龥]{2,30}?)(?P<year>\d{4})年?第(?P<serial>\d+)号"),
    re.compile(r"(?P<head>[一-龥]{1,30}令)第?(?P<serial>[\d一二三四五六七八九十百]+)号?"),
    re.compile(
        r"(?P<head>[A-Z]{2,4}(?:/[A-Z])?|建标)(?P<serial>\d+(?:\.\d+)?)(?:[-—](?P<year>\d{4}))?(?!\d)"
    ),
)
#: national and trade standards, orders of the head of state
_NATIONAL_NORM = re.compile(r"(?:GB|JG|CJ|MZ|WS|YY|DL|HJ|LY|NY)(?:/[A-Z])?$|建标$|(?:中华人民共和国)?主席令$")


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A number without its spelling: ("洪府办发", 2022, "26"); year None where the form has none."""

    head: str
    year: int | None
    serial: str


@lru_cache(maxsize=65536)
def number_key(text: str | None) -> NumberKey | None:
    """The key of a printed number; None for what is no document's number (第九号, 总第3期)."""
    plain = re.sub(r"\s+", "", unified(text or ""))
    for form in _FORMS:
        if match := form.search(plain):
            head = _GLUED.sub("", _LEAD.sub("", match["head"]))
            year = match["year"] if "year" in form.groupindex else None
            serial = _serial(match["serial"])
            return NumberKey(head, int(year) if year else None, serial) if head and serial else None
    return None


def _serial(text: str) -> str:
    """Without leading zeros; 二十四 as 24."""
    if text[0].isdigit():
        return text.lstrip("0")
    number = small_number(text)
    return str(number) if number else ""


def number_places(key: NumberKey) -> frozenset[str]:
    """Codes of every place whose government or bureau may use this head; empty where none is known."""
    if _NATIONAL_NORM.match(key.head):
        return frozenset({NATION})
    return frozenset(place.code for place in number_heads(key.head))


def number_issuer(key: NumberKey, place: str | None) -> str | None:
    """The issuer's name, where head and place leave no choice."""
    return agency_of_number(key.head, by_code(place) if place else None)
