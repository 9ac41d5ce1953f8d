"""A document's title brought to one form: who issued it, of which place, what it is called, for which years.

Two titles mean one work when their names and years agree *and* their places do; a title alone never crosses
from one jurisdiction to another. Names stay whole: 养老服务体系建设规划 and 养老服务体系建设发展规划 differ.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from kg.places import gazetteer as places
from kg.places.gazetteer import NATION
from kg.text.characters import unified

#: how surely a title tells its place: printed, relative to who cites it, or not at all
PlaceBy = Literal["named", "relative", "none"]

_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九Oo", "000123456789OO")
_HAN_YEAR = re.compile(r"[二][〇○零Oo0][一二三四五六七八九〇○零0][一二三四五六七八九〇○零0](?=年|远|[-—~至])")
_QUOTES = re.compile(r"[\"'《》〈〉<>「」『』]")
_STATUS_NOTE = re.compile(
    r"[((〔\[](?:试行|暂行|征求意见稿|公开征求意见稿|送审稿|草案|讨论稿|审议稿|代拟稿|修订稿|全文)[))〕\]]"
)
_PRINTED = re.compile(
    r"^(?P<who>.{0,60}?)关于(?:印发|公布|发布|颁发|颁布|下达)(?P<what>.+?)(?:的(?:通知|公告|函))?$"
)
_GENRE = "规划纲要|纲要|规划|计划|方案|意见|办法|细则|措施|规定|条例|要点|政策|指引|标准"
_NOTICE_OF = re.compile(rf"(?P<what>.+(?:{_GENRE}))的通知$")
_AGENCY_END = r"(?:人民政府|政府|办公厅|办公室|委员会|领导小组|国务院|中共中央|中央|[委厅局部院])"
_ISSUED_BY = re.compile(rf"^(?P<who>[一-龥、]{{1,60}}?{_AGENCY_END})关于(?P<what>.+)$")
_FIVE_YEAR = re.compile(r"(?:第?十(?P<a>[一二三四五六])五|第十(?P<b>[一二三四五六])个五年)(?:时期|期间)?")
_YEARS = re.compile(r"(20\d\d)年?(?:\d{1,2}月)?(?:\d{1,2}日)?")
_NOISE = re.compile(r"[^0-9A-Za-z一-鿿]")

#: 全国文明城市, 国家级示范区 are titles that towns strive for, no sign of a national document
_HONOUR = "级|文明|卫生[城县]|示范|试点|模范|先进|森林城|园林|生态文明|创新型|健康城|中心城|历史文化名城"
_NATIONAL_WORD = re.compile(rf"^(?:中华人民共和国|(?:国家|全国)(?!{_HONOUR})|中国|国务院|中共中央|中央)")
_MINISTRY = re.compile(
    r"^(?:[一-龥]{2,12}部|国家[一-龥]{2,12}(?:局|委员会|委|总局))(?:办公厅)?(?:等.{1,3}部[门委])?$"
)
_RELATIVE = tuple(
    re.compile(rf"^[我本全]?{word}(?=.)")
    for word in (
        "自治区",
        "省(?![级际直内属道会市力])",
        "市(?![场级容民域内辖直值花县区]|政(?!府))",
        "州(?![县市])",
        "盟",
        "县(?![域级乡区城市内])",
        "区(?![域间块位划级内属县])",
        "旗",
    )
)
_TOKEN = re.compile(r"^[一-龥]{1,12}?(?:特别行政区|自治[区州县旗]|地区|[省市区县旗州盟])")

#: names that every government uses: they need a place that is printed, and a year
_GENERIC = re.compile(
    r"^(?:政府)?(?:工作报告|工作要点|工作方案|实施方案|实施意见|实施细则|指导意见|若干措施|若干意见|行动计划|行动方案|"
    r"三年行动计划|工作计划|发展规划|专项规划|总体规划|规划|计划|方案|意见|办法|通知|条例|决定|公报|"
    r"(?:年度)?重点工作(?:任务)?(?:分工)?(?:方案)?|(?:国民经济和社会发展)?(?:年度)?计划(?:执行情况.*)?|"
    r"国民经济和社会发展统计公报|国土空间(?:总体)?规划)$"
)
#: only the National People's Congress makes a 法 (Legislation Law, art. 10); 办法 and 看法 are none
_LAW = re.compile(r"^(?!.*关于).{2,}(?<![办做看用方想写语书])法$")
#: titles that only their place tells apart; without one they say nothing
_OUTLINE = re.compile(r"^(?:国民经济和社会发展|(?:规划和)?远景目标(?:规划)?纲要)")


@dataclass(frozen=True, slots=True)
class Title:
    """One title, read in the eyes of a document of some place.

    core: the name without issuer, place, years, quotes and notes. years: every year and five-year plan in it
    ("十四五"), sorted. place: the code it speaks of, None when unknown. place_by: what told it.
    issuer: the agency printed before 关于, None when there is none. needs_place: the name alone is no name.
    """

    core: str
    years: tuple[str, ...]
    place: str | None
    place_by: PlaceBy
    issuer: str | None = None
    needs_place: bool = False

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What two titles of one work share, apart from the place."""
        return self.core, self.years


def plain(text: str) -> str:
    """One line, one form of every character, no quotes: what all later steps read."""
    joined = re.sub(r"\s+", "", unified(text))
    joined = _HAN_YEAR.sub(lambda match: match[0].translate(_HAN_DIGITS).replace("O", "0"), joined)
    return _QUOTES.sub("", joined)


@lru_cache(maxsize=65536)
def read_title(text: str, home: str | None = None, issuer: str | None = None) -> Title:
    """Read a title as a document of place `home` prints it; issuer: the agency named beside it, if any."""
    what, who = _unwrap(_STATUS_NOTE.sub("", plain(text)))
    who = who or (plain(issuer) if issuer else None)
    what, years = _take_years(what)
    place, place_by, core = leading_place(_NOISE.sub("", what), home)
    if who and place_by != "named":
        place, place_by = _issuer_place(who, home, (place, place_by))
    core = re.sub(r"^(?:关于|的)", "", core)
    if place_by == "none" and _LAW.search(core):
        place, place_by = NATION, "named"
    needs = bool(_GENERIC.match(core) or _OUTLINE.match(core) or len(core) < 4)
    return Title(core, years, place, place_by, who, needs)


def is_generic(title: Title) -> bool:
    """Whether the name needs a year beside its place (政府工作报告)."""
    return bool(_GENERIC.match(title.core))


@lru_cache(maxsize=65536)
def dice(left: str, right: str) -> float:
    """Dice coefficient of character bigrams, 0..1: how alike two names look."""
    a, b = Counter(pairwise(left)), Counter(pairwise(right))
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def _unwrap(text: str) -> tuple[str, str | None]:
    """The plan that a notice prints (关于印发X的通知 is X), and who issued it."""
    who: str | None = None
    if match := _PRINTED.match(text):
        who, text = match["who"] or None, match["what"]
    elif match := _NOTICE_OF.match(text):
        text = match["what"]
    if match := _ISSUED_BY.match(text):
        who, text = match["who"], match["what"]
    return _STATUS_NOTE.sub("", text), who


def _take_years(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without years and five-year plans, wherever they stand, and which they were."""
    found: list[str] = []

    def five_year(match: re.Match[str]) -> str:
        found.append(f"十{match['a'] or match['b']}五")
        return ""

    def year(match: re.Match[str]) -> str:
        found.append(match[1])
        return ""

    text = _YEARS.sub(year, _FIVE_YEAR.sub(five_year, text))
    return re.sub(r"[((][-—~至到]*[))]", "", text), tuple(sorted(found))


def leading_place(text: str, home: str | None) -> tuple[str | None, PlaceBy, str]:
    """The place that a title begins with, what told it, and the rest of the title."""
    if match := _NATIONAL_WORD.match(text):
        return NATION, "named", text[match.end() :]
    for reader in (_own_chain, _printed_chain, _relative):
        place, rest = reader(text, home)
        if rest != text:
            return place, "relative" if reader is _relative else "named", rest
    return None, "none", text


@lru_cache(maxsize=8192)
def chain(home: str | None) -> tuple[places.Place, ...]:
    """The place itself, then what contains it, up to but not with the nation; () for an unknown place."""
    here = places.by_code(home) if home else None
    if here is None or here.code == NATION:
        return ()
    return (here, *(place for place in places.ancestors(here.code) if place.code != NATION))


def _own_chain(text: str, home: str | None) -> tuple[str | None, str]:
    """A name of the citing place or of what contains it: 南昌市西湖区, 西湖区, 江西省, 宁夏."""
    rest, found = text, None
    for place in reversed(chain(home)):
        for name in _names(place):
            if rest.startswith(name) and _ends_well(rest, name):
                rest, found = rest[len(name) :], place.code
                break
    deeper, rest_deeper = _below(rest, found)
    return (deeper, rest_deeper) if deeper else (found, rest)


def _names(place: places.Place) -> tuple[str, ...]:
    """What a title may call a place; a county's short name is a word too often (新建区 and 新建居住区)."""
    short = () if place.level == "county" else places.short_names(place)
    return (place.full_name, place.name, *short)


def _ends_well(text: str, name: str) -> bool:
    """Whether a name ends where it says it does: not 江西 in 江西省 nor 南昌 in 南昌县."""
    follower = text[len(name) : len(name) + 1]
    return name[-1] in "省市县区旗州盟" or follower not in tuple("省市县区旗州盟")


def _below(text: str, outer: str | None) -> tuple[str | None, str]:
    """A place inside `outer` that the text goes on with: 西湖区 after 南昌市."""
    match = _TOKEN.match(text)
    while outer and match:
        found = places.find(match[0], within=outer)
        if len(found) != 1:
            break
        outer, text = found[0].code, text[match.end() :]
        deeper = _TOKEN.match(text)
        if deeper is None or not places.find(deeper[0], within=outer):
            return outer, text
        match = deeper
    return None, text


def _printed_chain(text: str, _home: str | None) -> tuple[str | None, str]:
    """Any other place, if it can be only one: 山西省朔州市, 朔州市; never 西湖区 alone."""
    for length in range(min(16, len(text)), 1, -1):
        head = text[:length]
        found = [place for place in places.find(head) if _stands_alone(place, head)]
        if len(found) == 1 and _ends_well(text, head):
            deeper, rest = _below(text[length:], found[0].code)
            return (deeper, rest) if deeper else (found[0].code, text[length:])
    return None, text


def _stands_alone(place: places.Place, name: str) -> bool:
    """Whether a name out of the blue can be trusted: a province's always, 老城区 or 东方 never."""
    if place.level == "national":
        return False
    if place.level == "province" or name == place.full_name:
        return True
    return name.endswith(("市", "州", "盟", "地区", "县", "旗")) and len(name) > 2


def _relative(text: str, home: str | None) -> tuple[str | None, str]:
    """自治区…, 省…, 市…, 区… stand for the citing document's own chain; unknown where it has two such."""
    for pattern in _RELATIVE:
        if match := pattern.match(text):
            fits = [place for place in chain(home) if _is_called(place, match[0].lstrip("我本全"))]
            return (fits[0].code if len(fits) == 1 else None), text[match.end() :]
    return None, text


def _is_called(place: places.Place, word: str) -> bool:
    """Whether people of a place call it so: 市 is a prefecture and a county-level city, too."""
    return place.name.endswith(word) and (word != "区" or place.level == "county")


def _issuer_place(who: str, home: str | None, told: tuple[str | None, PlaceBy]) -> tuple[str | None, PlaceBy]:
    """The place of the agency printed beside a title that names none, or only 省…, 市…."""
    place, by, _ = leading_place(_NOISE.sub("", who), home)
    if by == "none" and _MINISTRY.match(who):
        return NATION, "named"
    if by == "none" or (by == "relative" and told[1] == "relative"):
        return told
    return (place, by) if told[0] in (None, place) else (None, "relative")
