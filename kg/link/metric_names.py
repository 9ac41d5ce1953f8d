"""What a metric's name says: its words by category, its whole, its denominator.

`parse("新建居住（小）区养老服务设施达标率", "%")` finds the deed 新, the scope 居住区, the thing
养老服务设施达标 and the measure 比率. Names that parse to the same are the same metric; where they
differ, the words that differ are the reason.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from kg.units import effective_unit, parse_unit

Category = Literal["quiet", "measure", "deed", "scope", "people", "thing", "number", "per", "since"]

#: the lexicon: canonical words by category, with the surface forms that mean the same
WORDS = Path(__file__).resolve().parent.parent / "data" / "metric_words.toml"

_BRACKETS = str.maketrans("（）［］【】〔〕％，：；＋－Ⅴ", "()[][][]%,:;+-V")  # noqa: RUF001
_QUOTES = re.compile(r"[\"“”‘’'〃「」『』《》\s·]")
_UNIT_TAIL = re.compile(r"\((?:%|‰|[个张家所处人户次项万亿元平方米公里吨岁年件台套辆亩‱/数名/]+)\)$")
_LEAD = re.compile(
    r"^(?:(?:到|截至|至)?20\d\d年(?:底|末|以前|前)?,?|(?:全|我|本|该)(?:国|省|市|县|区|州|盟|旗|镇|乡|街道|自治区)(?=[^域镇]))"
)
_EACH = re.compile(
    r"^(?:各|每个?|全部|所有)(?:设区的?市|地级市|县\(市、区\)|县\(市\)|市、县\(市\)|市县|县区|区县|县|市|乡镇|街道|社区|村)"
    r"(?:\(街道\)|\(镇\))?(?:至少|均|都)?"
)
_LISTED = re.compile(r"(?:[^、()等]{1,14}、){1,}[^、()等]{1,14}等(?:各类|领域)?(?=[^级第]{3})")
_PER = re.compile(
    r"每(?:十万|百万|[百千万亿])?(?:名|位)?(?=人|老|户|个|城|常|户|儿|残|居|就|从|农)|人均|户均"
)
_AGE = re.compile(r"(\d+)(?:[-—~至](\d+))?(?:周岁|岁)(?:及)?(以上|以下)?")
_SINCE = re.compile(r"(?:较|比|与)?(20\d\d)年(?:相比|底|末|基础上)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PERSON = re.compile(r"(每(?:十万|百万|[百千万亿]))(?:名|位)?人(?![口均次])")
_SHARE = re.compile(
    r"^(?P<part>.+?)占(?P<whole>[^占]+?)(?:总数|总量|总额|总床位数|总人数)?的?(?:比例|比重|比率|占比|百分比)$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name in its canonical form, and what it does there."""

    text: str
    category: Category


@dataclass(frozen=True, slots=True)
class MetricName:
    """A metric's name taken apart.

    words: its meaningful words, order forgotten (设立老年医学科的医院占比 = 医院设立老年医学科的比例).
    rest: the characters that no word of the lexicon covers, order forgotten. whole: the words of Y in
    "X占Y的比例", empty where the name leaves the whole unsaid. kind: dimension of its unit with the
    denominator that the name carries; "" where there is no unit. measure: 比率, 增长, 下降 or 总量.
    """

    text: str
    words: frozenset[Word]
    rest: frozenset[str]
    whole: frozenset[str]
    kind: str
    measure: str

    def of(self, *categories: Category) -> frozenset[str]:
        """The canonical words of these categories."""
        return frozenset(word.text for word in self.words if word.category in categories)

    @property
    def key(self) -> str:
        """What makes two names one metric: equal keys, equal metric."""
        words = sorted(f"{w.category}:{w.text}" for w in self.words if w.category != "measure")
        return "|".join([self.measure, self.kind, *words, "".join(sorted(self.rest))])


@lru_cache(maxsize=65536)
def parse(name: str, unit: str | None = None) -> MetricName:
    """The name taken apart; `unit` decides between 总量 and 比率 where the name does not say."""
    text = clean(name)
    share = _SHARE.match(text)
    words, rest = _read(text)
    whole = frozenset(word.text for word in _read(share["whole"])[0]) if share else frozenset()
    rest -= {"占"} if share else set()
    kind = _kind(text, unit)
    measure = _measure(words, kind)
    if measure == "比率":
        words -= _IMPLIED
    return MetricName(text, frozenset(words), rest, whole, kind, measure)


def clean(name: str) -> str:
    """The name without quotes, spaces, its unit in brackets, 全市, 每个县区, and lists that 等 sums up."""
    text = _QUOTES.sub("", name.translate(_BRACKETS))
    text = _PERSON.sub(r"\1人口", _UNIT_TAIL.sub("", text))
    text = _EACH.sub("", _LEAD.sub("", text))
    return _LISTED.sub("", text) or text


def _read(text: str) -> tuple[set[Word], frozenset[str]]:
    """The words of the text and the characters that no word covers."""
    words: set[Word] = set()
    rest: set[str] = set()
    end = 0
    for start, stop, word in _words(text):
        rest.update(text[end:start])
        end = stop
        if word.category != "quiet":
            words.add(word)
    rest.update(text[end:])
    return words, frozenset(ch for ch in rest if ch.isalnum())


def _words(text: str) -> Iterator[tuple[int, int, Word]]:
    """Every word found from left to right, the longest first at each place."""
    for found in _PATTERN.finditer(text):
        yield found.start(), found.end(), _word(found)


def _word(found: re.Match[str]) -> Word:
    """The canonical word of one match."""
    surface = found.group()
    match found.lastgroup:
        case "per":
            return Word("每", "per")
        case "age":
            return Word(
                _AGE.sub(lambda m: f"{m[1]}{'-' + m[2] if m[2] else ''}岁{m[3] or ''}", surface), "people"
            )
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
    if any(word.category == "per" for word in words):
        return "每"
    return "比率" if "比率" in said or kind in ("ratio", "points") else "总量"


def _kind(text: str, unit: str | None) -> str:
    """The dimension of the unit; all counters of things are one dimension, so are rates per people."""
    full = effective_unit(text, unit)
    if full is None:
        return ""
    over, _, under = parse_unit(full).kind.partition("/")
    return ("count" if over.startswith("count:") else over) + (f"/{under}" if under else "")


def _surfaces() -> Iterator[tuple[str, Word]]:
    """Every surface form with its word; the canonical form is a surface form too."""
    for category, table in tomllib.loads(WORDS.read_text("utf-8")).items():
        for canonical, others in table.items():
            word = Word(canonical, cast(Category, category))
            yield from ((surface, word) for surface in [canonical, *others.split()])


#: a rate of what is built is the rate of what there is: 配套建设…达标率 = …达标率
_IMPLIED = {Word("建", "deed")}
_LEXICON: dict[str, Word] = dict(_surfaces())
_PATTERN = re.compile(
    "|".join(
        [
            "(?P<word>" + "|".join(map(re.escape, sorted(_LEXICON, key=len, reverse=True))) + ")",
            r"(?P<since>[较比与]?20\d\d年(?:相比|底|末|基础上)?)",
            r"(?P<age>\d+(?:[-—~至]\d+)?(?:周岁|岁)(?:及?以上|及?以下)?)",
            r"(?P<per>每(?:十万|百万|[百千万亿])?(?:名|位)?(?=[人老户个城常儿残居就从农])|人均|户均)",
            r"(?P<number>\d+(?:\.\d+)?)",
        ]
    )
)
