"""What a metric's name says: its words by category, its whole, its denominator.

`parse("新建居住（小）区养老服务设施达标率", "%")` finds the deed 新, the scope 居住区, the thing
养老服务设施达标 and the measure 比率. Names that parse to the same are the same metric; where they
differ, the words that differ are the reason.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from kg.places.gazetteer import find
from kg.units import effective_unit, numerator, parse_unit

Category = Literal["quiet", "measure", "deed", "scope", "people", "thing", "number", "per", "since"]

#: the lexicon: canonical words by category, with the surface forms that mean the same
WORDS = Path(__file__).resolve().parent.parent / "data" / "metric_words.toml"

_SPELLING = str.maketrans("（）［］【】〔〕％，：；＋－Ⅴ", "()[][][]%,:;+-V")  # noqa: RUF001
_QUOTES = re.compile(r"[\"“”‘’'〃「」『』《》\s·]")
_UNIT_TAIL = re.compile(
    r"\((?:%|‰|[个张家所处人户次项万亿元平方米公里吨岁年件台套辆亩‱/数名]+)\)(?=(?:数量|个数)?$)"
)
_ITEM = re.compile(r"^(?:\(?\d{1,2}[).、](?!\d)|[①-⑳])")
#: a footnote's number that a table leaves inside a name: 地级及以上城市2空气质量优良天数比率
_FOOTNOTE = re.compile(
    r"(?<=[一-龥])[1-9](?=[一-龥])(?![个所家张岁年月日天次级类星批项条处座户万亿元分小百千甲倍成公平米里吨位名种支件台辆亩])"
)
_YEAR = re.compile(r"^(?:到|截至|至)?20\d\d年(?:底|末|以前|前)?,?")
_HERE = re.compile(
    r"^[省市县区](?=\d)|^(?:全|我|本|该)(?:国|省|市|县|区|州|盟|旗|镇|乡|街道|自治区)(?=[^域镇])"
)
_GOVERNMENTS = (
    r"设区的?市|地级市|市\(州\)|县\(市、区\)|县\(市\)|市、县\(市\)|市县|县区|区县|市州|县市区|县|市"
)
_PER_GOVERNMENT = re.compile(rf"/(?:{_GOVERNMENTS}|县\\(区\\)|乡镇|镇|乡|街道|社区|村)$")
_EACH = re.compile(rf"^(?:各|每个?)(?:(?:{_GOVERNMENTS})(?:至少|均|都)?|(?=乡|镇|街道|社区|村))")
_LISTED = re.compile(r"(?:[^、()等]{1,14}、){1,}[^、()等]{1,14}等(?:各类|领域)?(?=[^级第]{3})")
_SIZE = r"(?:十万|百万|[十百千万亿])"
_PERSON = re.compile(rf"(每{_SIZE})(?:名|位)?人(?![口均次])")
_BARE_PER = re.compile(rf"^(?={_SIZE}(?:名|位)?(?:人|老年人|老人|户|居民))(?!.{{1,3}}[次以])")
_SHARE = re.compile(
    r"^(?P<part>.+?)占(?P<whole>[^占]+?)(?:总数|总量|总额|总床位数|总人数)?的?(?:比例|比重|比率|占比|百分比)$"
)
#: single characters that say nothing at the end of a noun, and 中 of 技能人才中…占比
_TAIL = re.compile(
    r"总?[数量额值](?=$|占|比|增|较|降|下降|减|达|的|年均|\))|总(?=[面投产里收体装藏成用])|内(?=$|的)|等(?=$|的)|"
    r"(?<=[业才筑员项面构位村口量])中(?![医学小等央心])"
)
_AMONG = re.compile(
    r"^(?P<whole>.+?[^集其高初])中(?P<part>(?![医学小等央心型级期药]).+?)(?:数|量)?的?(?:占比|比例|比重)$"
)
_PLACE_END = re.compile(r"[省市州盟县区旗]")
#: the unit that a name's last words imply where none is printed
_IMPLIED_UNITS = (
    ("人次", "人次"),
    ("人数", "人"),
    ("户数", "户"),
    ("面积", "平方米"),
    ("金额", "元"),
    ("投资", "元"),
)
#: the dimension that the last word speaks of; the word is quiet where the unit says the same
_TOLD = {"面积": "area", "人次": "person-time", "户数": "household", "人数": "person"}
#: categories whose words say nothing of what is measured
_EMPTY = {"quiet", "measure", "per"}
_OLD = re.compile(r"[6-9]\d岁以上")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name in its canonical form, and what it does there."""

    text: str
    category: Category


@dataclass(frozen=True, slots=True)
class MetricName:
    """A metric's name taken apart.

    text: the name, cleaned. unit: its unit with the denominator that the name carries; kind: that
    unit's dimension, all counters of things being one. measure: 比率, 增长, 下降, 翻番, 每 (per head) or
    总量. words: its meaningful words, order forgotten (设立老年医学科的医院占比 = 医院设立老年医学科的比例).
    rest: the characters that no word of the lexicon covers, order forgotten, each repetition numbered.
    content: both together. bare: the text without its quiet words and its measure, in order. part, whole:
    the content of X and Y in "X占Y的比例" or "Y中X占比"; whole is empty where the name leaves it unsaid.
    key: what makes two names one metric: equal keys, equal metric.
    """

    text: str
    unit: str | None
    kind: str
    measure: str
    words: frozenset[Word]
    rest: frozenset[str]
    content: frozenset[str]
    bare: str
    part: frozenset[str]
    whole: frozenset[str]
    key: str

    def of(self, *categories: Category) -> frozenset[str]:
        """The canonical words of these categories."""
        return frozenset(word.text for word in self.words if word.category in categories)

    def only_here(self, other: "MetricName") -> str:
        """The words and characters that the other lacks, for people to read."""
        words = sorted(self.content - self.rest - other.content)
        missing = {ch[0] for ch in self.rest - other.rest}
        return "、".join(
            [*words, *re.findall(f"[{re.escape(''.join(sorted(missing)))}]+", self.text)]
            if missing
            else words
        )


@lru_cache(maxsize=65536)
def parse(name: str, unit: str | None = None) -> MetricName:
    """The name taken apart; `unit` decides between 总量 and 比率 where the name does not say."""
    text = clean(name)
    full = _unit(text, unit)
    kind = _kind(full)
    share = _SHARE.match(text) or _AMONG.match(text)
    words, rest, bare = _read_share(share) if share else _read(text)
    measure = _measure(words, kind)
    implied = _IMPLIED.get(measure, set())
    words = (words - implied) | _told(text, kind, measure)
    content = _content(words, rest)
    return MetricName(
        text=text,
        unit=full,
        kind=kind,
        measure=measure,
        words=frozenset(words),
        rest=rest,
        content=content,
        bare=bare,
        part=_side(share["part"], implied) if share else content,
        whole=_side(share["whole"], implied) if share else frozenset(),
        key=_key(measure, kind, words, rest),
    )


def _key(measure: str, kind: str, words: Iterable[Word], rest: Iterable[str]) -> str:
    told = sorted(f"{word.category}:{word.text}" for word in words if word.category not in _EMPTY)
    return "|".join([measure, kind, *told, "".join(sorted(rest))])


def _told(text: str, kind: str, measure: str) -> set[Word]:
    """What the name's last word counts, where the unit counts something else: 面积 in 个."""
    if measure != "总量" or not kind:
        return set()
    over = kind.split("/")[0]
    return {Word(word, "thing") for word, own in _TOLD.items() if text.endswith(word) and over != own}


def _side(text: str, implied: set[Word]) -> frozenset[str]:
    """The content of the part or the whole of a share."""
    words, rest, _ = _read(text)
    return _content(words - implied, rest)


def _unit(text: str, unit: str | None) -> str | None:
    """The unit with the name's denominator, or the one that the name's last word implies: 人次, 户数.

    One for each government (所/县区) is counted in the unit alone: the addressee is kept elsewhere.
    """
    implied = next((unit for ending, unit in _IMPLIED_UNITS if text.endswith(ending)), None)
    full = effective_unit(text, unit or implied)
    return numerator(full) if full and _PER_GOVERNMENT.search(full) else full


def clean(name: str) -> str:
    """The name without quotes, spaces, its unit in brackets, places, 每个县区, and lists that 等 sums up."""
    text = _FOOTNOTE.sub("", _ITEM.sub("", _QUOTES.sub("", name.translate(_SPELLING))))
    text = _YEAR.sub("", _UNIT_TAIL.sub("", text))
    text = _EACH.sub("", _HERE.sub("", _without_places(text)))
    text = _PERSON.sub(r"\1人口", _BARE_PER.sub("每", text))
    return _LISTED.sub(_opening_deed, text) or text


def _opening_deed(found: re.Match[str]) -> str:
    """What is done to all that is listed stays: 培训护理员、社工等从业人员 is 培训从业人员."""
    word = _PATTERN.match(found.group())
    return word.group() if word and _word(word).category == "deed" else ""


def _without_places(text: str) -> str:
    """The name without the places it begins with: 江西省南昌市养老床位数 → 养老床位数."""
    for found in _PLACE_END.finditer(text, 2, 12):
        if len(text) - found.end() >= 4 and find(text[: found.end()]):
            return _without_places(text[found.end() :])
    return text


def _read(text: str) -> tuple[set[Word], frozenset[str], str]:
    """The words of the text, the characters that no word covers, and the text bare of empty words."""
    words: set[Word] = set()
    uncovered: list[str] = []
    bare: list[str] = []
    end = 0
    for start, stop, word in _words(text):
        uncovered.append(text[end:start])
        bare.append(text[end:start])
        end = stop
        if word.category != "quiet":
            words.add(word)
        if word.category not in _EMPTY:
            bare.append(word.text)
    uncovered.append(text[end:])
    bare.append(text[end:])
    if any(_OLD.fullmatch(word.text) for word in words):
        words = (words - {Word("人口", "people")}) | {Word("老年人", "people")}
    return words, _characters("".join(uncovered)), "".join(bare)


def _characters(text: str) -> frozenset[str]:
    """The characters of the text; one that comes again in another word is numbered.

    工业企业 is 工, 业, 企, 业2, so it is not 企业 with 工 somewhere; 企业 twice is 企业.
    """
    beside: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for before, ch, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if ch.isalnum() and all(before != b and after != a for b, a in beside[ch]):
            beside[ch].append((before, after))
    return frozenset(
        ch if n == 0 else f"{ch}{n + 1}" for ch, seen in beside.items() for n in range(len(seen))
    )


def _read_share(share: re.Match[str]) -> tuple[set[Word], frozenset[str], str]:
    """X and Y of a share read apart, so that no word reaches over 占 (占地区生产总值 is no 占地)."""
    words, rest, bare = _read(share["part"])
    others, more, under = _read(share["whole"])
    return words | others | {Word("比率", "measure")}, rest | more, f"{bare}占{under}"


def _words(text: str) -> Iterator[tuple[int, int, Word]]:
    """Every word found from left to right, the longest first at each place."""
    for found in _PATTERN.finditer(text):
        yield found.start(), found.end(), _word(found)


def _word(found: re.Match[str]) -> Word:
    """The canonical word of one match."""
    surface = found.group()
    match found.lastgroup:
        case "tail":
            return Word("", "quiet")
        case "per":
            return Word("每", "per")
        case "age":
            return Word(re.sub(r"周(?=岁)|及(?=以)", "", re.sub(r"[—~至]", "-", surface)), "people")
        case "since":
            return Word("自" + re.sub(r"\D", "", surface), "since")
        case "number":
            return Word(surface, "number")
    return _LEXICON[surface]


def _measure(words: Iterable[Word], kind: str) -> str:
    """增长 and 下降 before 比率, as in 增长比例; by the unit where the name does not say."""
    said = {word.text for word in words if word.category == "measure"}
    for measure in ("增长", "下降", "翻番"):
        if measure in said:
            return measure
    if "/" in kind or any(word.category == "per" for word in words):
        return "每"
    return "比率" if "比率" in said or kind in ("ratio", "points") else "总量"


def _kind(unit: str | None) -> str:
    """The dimension of the unit; all counters of things are one dimension."""
    if unit is None:
        return ""
    over, _, under = parse_unit(unit).kind.partition("/")
    return ("count" if over.startswith("count:") else over) + (f"/{under}" if under else "")


def _content(words: Iterable[Word], rest: frozenset[str]) -> frozenset[str]:
    """What a name is about: all its words but those of measure and denominator, and its other characters."""
    return frozenset(word.text for word in words if word.category not in _EMPTY) | rest


def _surfaces() -> Iterator[tuple[str, Word]]:
    """Every surface form with its word; the canonical form is a surface form too."""
    for category, table in tomllib.loads(WORDS.read_text("utf-8")).items():
        for canonical, others in table.items():
            word = Word(canonical, cast(Category, category))
            yield from ((surface.translate(_SPELLING), word) for surface in [canonical, *others.split()])


#: a rate of what is built is the rate of what there is (配套建设…达标率 = …达标率); the people of 每千人口
#: stand in the unit
_IMPLIED = {"比率": {Word("建设", "deed")}, "每": {Word("人口", "people")}}
_LEXICON: dict[str, Word] = dict(_surfaces())
_PATTERN = re.compile(
    "|".join(
        [
            rf"(?P<tail>{_TAIL.pattern})",
            "(?P<word>" + "|".join(map(re.escape, sorted(_LEXICON, key=len, reverse=True))) + ")",
            r"(?P<since>[较比与]?20\d\d年(?:相比|底|末|基础上)?)",
            r"(?P<age>\d+(?:[-—~至]\d+)?(?:周岁|岁)(?:及?以上|及?以下)?)",
            r"(?P<per>每[百千万]户|每(?:十万|百万|[百千万亿])?(?:名|位)?(?=[人老户个城常儿残居就从农])|人均|户均)",
            r"(?P<number>\d+(?:\.\d+)?)",
        ]
    )
)
