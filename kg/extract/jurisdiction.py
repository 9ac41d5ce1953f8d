"""Which place a document governs, by issuer, title, number and, for anonymised texts, its mentions.

Names decide first (南昌市人民政府办公室, 泾源县2023年…方案); a name that several places have is decided by
the rest of the text (kg.places.resolve). A text that says only 我市 is placed by the places and platforms
it names, with a confidence below 1; where these disagree the place stays unknown.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.data import rows
from kg.model import Level
from kg.places import Place, ancestors, by_code, mentions, ministry_of, resolve
from kg.places.gazetteer import NATION

_NATIONAL_ISSUER = re.compile(
    r"(?:中共中央|党中央|国务院|全国人大|全国人民代表大会|全国老龄|国家[一-龥]{2,}?(?:总局|局|委员会|委|署)|最高人民)|"
    r"(?:中华人民共和国)?(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|民政|司法|财政|人力资源和?社会保障|自然资源|生态环境|住房和?城乡建设|"
    r"交通运输|水利|农业农村|商务|文化和旅游|退役军人事务|应急管理)部"
)
_NATIONAL_TITLE = re.compile(r"(?:国家|全国|中国|中华人民共和国)(?!级)")
#: how a text speaks of the government whose plan it is
_OWN_WORDS: dict[Level, re.Pattern[str]] = {
    "province": re.compile(
        r"全省|我省|本省|省直|省级|全自治区|我区党委|各设区市|各市州|市县政府|各市、县|省内"
    ),
    "prefecture": re.compile(r"全市|我市|本市|市直|市级|各县\(?[市区]|各区\(?县|市本级|各区、县"),
    "county": re.compile(
        r"全县|我县|本县|县直|全区|我区|本区|区直|县级|各乡\(?镇|各镇\(?街|各街道|区级|我旗|全旗"
    ),
}
_TOWNSHIP = re.compile(
    r"(?:[省市县区旗]|^)(?P<name>[^省市县区旗]{2,6}?(?:镇|乡|街道))(?:人民政府|办事处|党委|党工委|20\d\d年|\"十)"
)
_SHARE = 0.7  # of all clues that the winner must hold


class Seat(NamedTuple):
    """Where a document governs. confidence and rule tell how it was read; quotes are the clues, in order.

    start, end: view span of the first clue, both 0 when it is no name in the text. township: its name when
    the document is a township's, whose code is not known; place is then the county.
    """

    place: Place
    level: Level
    confidence: float
    rule: str
    start: int = 0
    end: int = 0
    clues: tuple[str, ...] = ()
    township: str = ""

    @property
    def full_name(self) -> str:
        """The chain of names from the province down, 全国 for the nation."""
        return self.place.full_name + self.township


def seat_of(text: str, names: list[tuple[str, int, str]], number: str | None) -> Seat | None:
    """The seat of a document.

    names: the names that may tell it, surest first, as (name, view start, what it is: issuer, title).
    number: its document number. text: the whole view, from which homonyms and anonymous texts are decided.
    """
    township = next((match["name"] for name, _, _ in names if (match := _TOWNSHIP.search(name))), "")
    for name, start, rule in names:
        if seat := _by_name(name, start, rule, text):
            return seat._replace(level="township", township=township) if township else seat
    ministry = ministry_of(number) if number else None
    nation = by_code(NATION)
    if ministry and nation:
        return Seat(nation, "national", 0.95, "number", clues=(ministry,))
    if township:
        seat = _by_mentions(text, "county")
        return seat._replace(level="township", township=township) if seat else None
    level = _level_spoken(text)
    return _by_mentions(text, level) if level else None


def _by_name(name: str, start: int, rule: str, text: str) -> Seat | None:
    nation = by_code(NATION)
    national = _NATIONAL_ISSUER if rule != "title" else _NATIONAL_TITLE
    match = national.match(name)
    if nation and match and not any(mention.start == match.end() for mention in mentions(name)):
        return Seat(nation, "national", 1.0, rule, start, start + match.end(), (match[0],))
    for mention in mentions(name):
        if mention.start > _far(name, rule):
            return None
        found = resolve(mention.name, [text])
        if found.place is None:
            return None
        at = start + mention.start
        return Seat(
            found.place,
            found.place.level,
            found.confidence,
            rule,
            at,
            at + len(mention.name),
            (mention.name, *found.evidence),
        )
    return None


def _far(name: str, rule: str) -> int:
    """How far into a name its own place may stand: at its start, after its year, after 关于."""
    if rule != "title":
        return 5 if name.startswith("中国共产党") else 6 if name.startswith("国家税务总局") else 2
    year = re.match(r"(?:20\d\d(?:[-—~至]20\d\d)?年度?|\"?十[一二三四五六]五\"?(?:时期|期间)?)", name)
    return 8 if name.startswith("关于") else (year.end() if year else 0) + 2


# --- texts that do not say whose they are --------------------------------------------------------------


def _by_mentions(text: str, level: Level) -> Seat | None:
    """The place of an anonymous text that speaks at a level: lifted from the places that it names."""
    clues = [clue for clue in _clues(text) if not (clue[2].level == level and _is_a_model(text, clue[1]))]
    votes = Counter(home for _, _, place in clues for home in _homes(place) if home.level == level)
    if not votes:
        return None
    best, count = votes.most_common(1)[0]
    if count < _SHARE * votes.total():
        return None
    inside = [(start, quote) for quote, start, place in clues if best in _homes(place)]
    around = [(start, quote) for quote, start, place in clues if place in ancestors(best.code)]
    seen = tuple(dict.fromkeys(quote for _, quote in (*inside, *around)))
    confidence = round(min(0.9, 0.4 + 0.15 * len(seen) + 0.02 * count), 2)
    first, quote = inside[0]
    return Seat(best, level, confidence, "mentions", first, first + len(quote), seen)


def _is_a_model(text: str, at: int) -> bool:
    """学习浙江省经验: another government of the same level, held up as an example."""
    return bool(re.search(r"借鉴|学习|对标|赶超|考察", text[max(0, at - 8) : at]))


def _homes(place: Place) -> tuple[Place, ...]:
    """The place and all that it lies in."""
    return (place, *ancestors(place.code))


def _level_spoken(text: str) -> Level | None:
    """The level of government whose words the text uses most, clearly more than any other's."""
    counts = {level: len(words.findall(text)) for level, words in _OWN_WORDS.items()}
    (level, most), (_, second) = Counter(counts).most_common(2)
    return level if most >= 3 and most >= 1.5 * second else None


def _clues(text: str) -> Iterator[tuple[str, int, Place]]:
    for mention in mentions(text):
        if len(mention.candidates) == 1:
            yield mention.name, mention.start, mention.candidates[0]
    for name, place in _landmarks():
        at = text.find(name)
        if at >= 0:
            yield name, at, place


@lru_cache(maxsize=1)
def _landmarks() -> tuple[tuple[str, Place], ...]:
    found = ((row["name"], by_code(row["code"])) for row in rows("landmarks.tsv"))
    return tuple((name, place) for name, place in found if place)
