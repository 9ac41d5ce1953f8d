"""What 省, 市, 县, 区 mean in one document, and agency names completed with their place.

A district is named with its prefecture (南昌市西湖区民政局), because districts of one name are many;
a county, a county-level city, a prefecture, a province by its own name alone (泾源县民政局).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kg.extract.agency_grammar import FIELD, PLACELESS
from kg.model import Document
from kg.places.gazetteer import Place, ancestors, by_code, find, short_names

#: words that name a level; the longest first
_LEVEL_WORD = re.compile(
    r"自治[区州县]|地区|省|州|盟|旗|乡(?!镇|村|、|\()|街道|"
    r"市(?!场|容|域|县|区|内|、|\(|民(?:服务|中心|热线)|政(?!府|协|法|务|数|策|研|办))|"
    r"县(?!域|区|市(?![场监政容])|乡(?!村)|、|\(|城(?!管|市|建|投|乡))|区(?!域|块|县|市(?![场监政容])|、|\()|镇(?!、|\()"
)
#: bodies of the nation, or of a company that spans it: they carry no place of the document's
_NATIONAL = re.compile(
    r"国家|国务院|中央|中共中央|中国|全国|人(?:民银)?行|国网|南方电网|中石[油化]|农发行|国开行|中铁|中建|(?:工商|农业|建设|交通)银行|三大运营商"
)
_FOREIGN = re.compile(r"(?:公司|集团|银行|大学|学院|协会|学会|商会|运营商|企业|院校|机构)$")
_PARTY = re.compile(
    r"(?:(?:组织|宣传|统战|社会工作)部(?!门)|政法委|老干部局|党校|政研室|直属机关工委|机关工委)"
)
_COLLECTIVE_LEAD = re.compile(r"^[全我本](?:自治)?[省市区县州旗盟]")
_LOCAL = re.compile(r"^属地(?=各|县|区|市|乡|镇|街道)")
#: governments below the document's own, named without 各: 街道办事处; in a province's plan 市人民政府
_BELOW = re.compile(
    r"(?:(?P<one>[市县区旗州盟])|街道|乡|镇|村|社区)"
    r"(?:党工委|党委|办事处|人民政府|政府|行政公署|居委会|村委会)"
)
_FIELD = re.compile(FIELD)
_SUBORDINATE = re.compile(r"[\u4e00-\u9fff]{1,9}?(?:区|县|市|旗|州)")


@dataclass(frozen=True, slots=True, eq=False)
class Home:
    """The place a document speaks for.

    own: how its place stands in front of an agency ("南昌市西湖区"), "" when unknown or the nation.
    words: what a bare level word means ("市" → "南昌市"). chain: full and short names of the place and
    of those above it. code: GB/T 2260 code. party: how the place's party committee is called.
    """

    own: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    chain: Mapping[str, str] = field(default_factory=dict)
    code: str | None = None
    party: str = ""


def home_of(document: Document) -> Home:
    """The home of a document; an empty one for the nation and where the place is unknown."""
    place, township = _place(document)
    if place is None or place.level == "national":
        return Home(code=place.code if place else None)
    line = [p for p in reversed(ancestors(place.code)) if p.level != "national"] + [place]
    words: dict[str, str] = {}
    chain: dict[str, str] = {}
    for step in line:
        words |= {word: display(step) for word in _level_words(step)}
        chain |= dict.fromkeys((step.name, step.full_name, display(step)), display(step))
        chain |= dict.fromkeys(short_names(step), "")
    own = display(place) + township
    if township:
        words |= {word: own for word in ("街道", "镇", "乡") if township.endswith(word)}
        chain |= {township: own}
    return Home(own, words, chain, place.code, own + ("党委" if own.endswith("自治区") else "委"))


def _place(document: Document) -> tuple[Place | None, str]:
    """The document's place and the name of its township, if it is one's."""
    place = by_code(document.place) if document.place else None
    chain = document.jurisdiction or ""
    if place is None:
        for end in range(len(chain), 1, -1):
            if found := find(chain[:end]):
                place = found[0] if len(found) == 1 else None
                break
    township = ""
    if place and document.level == "township" and chain.startswith(place.full_name):
        township = chain[len(place.full_name) :]
    return place, township


def display(place: Place) -> str:
    """A place as it stands in front of an agency's name: 南昌市西湖区, 泾源县, 南昌市."""
    parent = by_code(place.parent) if place.parent else None
    district = place.level == "county" and place.name.endswith("区")
    if district and parent and (parent.level == "prefecture" or parent.name.endswith("市")):
        return parent.name + place.name
    return place.name


def _level_words(place: Place) -> tuple[str, ...]:
    """The bare words that mean this place in its own documents."""
    for ending in ("自治区", "自治州", "自治县", "地区", "省", "市", "县", "区", "旗", "盟"):
        if place.name.endswith(ending):
            return (ending, ending[-1]) if ending.startswith("自治") else (ending,)
    return ()


@lru_cache(maxsize=4096)
def complete(name: str, home: Home, carried: str | None = None) -> tuple[str, str | None]:
    """An agency's name with its place, and the level word it was printed with.

    carried: the level word of the name before it in one list ("县卫健局、民政局": 县 holds for both).
    Brackets come out full-width. Names that hold a place of their own, national bodies and companies
    stay as printed.
    """
    name = _COLLECTIVE_LEAD.sub("", _LOCAL.sub("各", name)).replace("各各", "各")
    if not home.own or _NATIONAL.match(name):
        return _wide(name), None
    if placed := _placed(name, home):
        return _wide(placed), None
    word = None if PLACELESS.fullmatch(name) else _LEVEL_WORD.match(name)
    if word and (youth := _youth_league(name, home)):
        return youth, None
    if word:
        return _wide(_with_level(name, word.group(), home)), word.group()
    if youth := _youth_league(name, home):
        return youth, None
    if _FOREIGN.search(name) and not name.startswith("各"):
        return _wide(name), None
    level = home.own if not carried or name.startswith("各") else home.words.get(carried, home.own)
    return _wide(_joined(level, name, home)), carried


def _placed(name: str, home: Home) -> str | None:
    """The name with its own place written in full, if it starts with one."""
    for place in sorted(home.chain, key=len, reverse=True):
        if name.startswith(place) and len(name) > len(place) + 1:
            shown = home.chain[place]
            return shown + name[len(place) :] if shown else name
    if _FIELD.match(name):
        return None
    if (match := _SUBORDINATE.match(name)) and (found := find(match.group(), within=home.code)):
        return display(found[0]) + name[match.end() :] if len(found) == 1 else name
    if any(len(name) > size + 2 and find(name[:size], within=home.code) for size in (2, 3)):
        return name
    return None


def _with_level(name: str, word: str, home: Home) -> str:
    rest = name[len(word) :]
    if word == "区" and rest.endswith("厅"):
        region = next((shown for key, shown in home.words.items() if key == "自治区"), None)
        return region + rest if region else name
    place = home.words.get(word)
    if place:
        return _joined(place, rest, home)
    below = _BELOW.fullmatch(name)
    return home.own + ("各" if below["one"] else "") + name if below else name


def _joined(place: str, rest: str, home: Home) -> str:
    """Place and name; a party department gets the committee it belongs to (泾源县委组织部)."""
    if _PARTY.match(rest):
        return place + ("党委" if place.endswith("自治区") else "委") + rest
    return place + rest


def _youth_league(name: str, home: Home) -> str | None:
    """团市委 in full: 共青团南昌市委."""
    match = re.fullmatch(r"(?:共青)?团(自治区|[省市区县州旗盟])(党?委)", name)
    place = home.words.get(match[1]) if match else None
    return f"共青团{place}{match[2]}" if match and place else None


def _wide(name: str) -> str:
    return name.replace("(", "（").replace(")", "）")
