"""发文字号 (document numbers, GB/T 9704-2012 §7.2.5) brought to one form, and what their heads prove.

Sources print them with spaces, any bracket, full-width digits, 第 and leading zeros; the key has none.
"""

import re
from dataclasses import dataclass

from kg.places import gazetteer as places
from kg.places.gazetteer import NATION
from kg.text.characters import UNIFIED
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

#: heads of national bodies; a province's code always begins with its own one-character name
_NATIONAL = {
    "国发": "国务院",
    "国办发": "国务院办公厅",
    "国函": "国务院",
    "国办函": "国务院办公厅",
    "国令": "国务院",
    "国务院令": "国务院",
    "中华人民共和国国务院令": "国务院",
    "中发": "中共中央",
    "中办发": "中共中央办公厅",
    "厅字": "中共中央办公厅",
    "主席令": "全国人民代表大会",
    "中华人民共和国主席令": "全国人民代表大会",
    "民发": "民政部",
    "民办发": "民政部办公厅",
    "民函": "民政部",
    "财社": "财政部",
    "财综": "财政部",
    "发改社会": "国家发展改革委",
    "国卫老龄发": "国家卫生健康委",
    "国卫办老龄发": "国家卫生健康委",
}
_MINISTRY_ORDER = re.compile(
    r"^(?:中华人民共和国)?(?P<who>[一-龥]{2,14}部|国家[一-龥]{2,14}(?:总局|局|委员会|委))令$"
)
_GOVERNMENT = re.compile(r"(?:府|政)(?P<office>办)?(?:发|函|字|规|办发|办函|规发|电)?$")


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A number without its spelling: ("洪府办发", 2022, "26"); year None where the form has none."""

    head: str
    year: int | None
    serial: str


def number_key(text: str | None) -> NumberKey | None:
    """The key of a printed number; None for what is no document's number (第九号, 总第3期)."""
    plain = re.sub(r"\s+", "", (text or "").translate(UNIFIED))
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


def national_issuer(key: NumberKey) -> str | None:
    """The national body whose head this is, where the head belongs to nobody else."""
    if key.head in _NATIONAL:
        return _NATIONAL[key.head]
    match = _MINISTRY_ORDER.match(key.head)
    return match["who"] if match else None


def number_place(key: NumberKey) -> str | None:
    """Code of the one place whose government uses this head; None if unknown or shared (惠府, 宁政办发)."""
    if national_issuer(key):
        return NATION
    if re.match(r"(?:GB|JG|CJ|MZ|WS|YY|DL|HJ)", key.head) or key.head == "建标":
        return NATION
    return None


def number_issuer(key: NumberKey, place: str | None) -> str | None:
    """The issuer's name, where head and place leave no choice.

    A government's office is 办公厅 in a province and 办公室 in a county; in between both occur.
    """
    if issuer := national_issuer(key):
        return issuer
    here = places.by_code(place) if place else None
    match = _GOVERNMENT.search(key.head)
    if here is None or match is None or here.level == "national":
        return None
    government = f"{here.full_name if here.level == 'county' else here.name}人民政府"
    if not (match["office"] or "办" in match[0]):
        return government
    return {"province": f"{government}办公厅", "county": f"{government}办公室"}.get(here.level)
