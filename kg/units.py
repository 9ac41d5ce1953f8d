"""Units as plans print them, and the arithmetic between them: the only place where values are scaled.

A unit is a multiplier (百 千 万 亿), a base unit and perhaps a denominator: 万平方米, 亿元, 平方米/百户.
Two units convert when their dimensions agree: ‰ and 人/万人 are both people per people, 亩 and 公顷
both areas, 个 and 家 both counts of the same things. Percentage points are no percent, 人次 no 人,
工作日 no 天: such pairs do not convert.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from kg.unit_table import BASE_UNITS, COUNT_GROUPS, SPELLINGS

_MULTIPLIERS = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_PEOPLE = {"人", "人口", "老年人", "老年人口", "名", "位"}
#: 每千名老年人, 每万常住人口, 每百户: what the number stands against, read from the metric's name
_PER = re.compile(
    r"每(?P<size>[十百千万亿]{0,2})(?P<counter>[名位个户人])?"
    r"(?P<whom>(?:城镇|农村|户籍|常住|服务|就业)*(?:老年人口|老年人|人口|从业人员|劳动力|居民)?)"
)
_GDP = re.compile(r"(?P<size>[百万亿]?)元(?:GDP|地区生产总值|国内生产总值|(?:工业|规模以上工业)增加值)")
_PER_HEAD = re.compile(r"人均|每人")
_NOT_PER_HEAD = {"month", "age"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit taken apart: `kind` names its dimension, `factor` how many base units it is.

    kind: "ratio", "money", "area" …; "count:张" for counted things; "area/household" for norms.
    """

    kind: str
    factor: Fraction


def convert(value: Decimal, unit_from: str | None, unit_to: str | None) -> Decimal | None:
    """The value in another unit, or None where no conversion is known.

    Exact where a decimal can be (亿元 → 万元); otherwise rounded to 12 significant digits (亩 → 公顷).
    """
    if normal_unit(unit_from) == normal_unit(unit_to):
        return value
    if not same_dimension(unit_from, unit_to):
        return None
    scaled = Fraction(value) * parse_unit(unit_from or "").factor / parse_unit(unit_to or "").factor
    with localcontext() as context:
        context.prec = 12
        result = Decimal(scaled.numerator) / Decimal(scaled.denominator)
    return _plain(result)


def same_dimension(a: str | None, b: str | None) -> bool:
    """Whether values in the two units can be compared by arithmetic alone."""
    left, right = normal_unit(a), normal_unit(b)
    if left == right:
        return True
    if not left or not right:
        return False
    kinds = parse_unit(left).kind.split("/"), parse_unit(right).kind.split("/")
    return len(kinds[0]) == len(kinds[1]) and all(map(_same_kind, *kinds))


def normal_unit(unit: str | None) -> str | None:
    """The unit in its usual spelling: ㎡ → 平方米, 名 → 人, 个百分点 → 百分点; None and "" → None."""
    if unit is None or not unit.strip():
        return None
    return _normal(unit)


def effective_unit(indicator: str, unit: str | None) -> str | None:
    """The unit with the denominator that the metric's name carries.

    每万老年人口拥有社会工作者数 in 人 is 人/万人; 每百户…面积 in 平方米 is 平方米/百户. A ratio or a unit
    with its own denominator stays as it is.
    """
    plain = normal_unit(unit)
    if plain is None or "/" in plain or parse_unit(plain).kind in ("ratio", "points"):
        return plain
    denominator = _denominator(indicator, plain)
    return f"{plain}/{denominator}" if denominator else plain


def numerator(unit: str | None) -> str | None:
    """The unit without its denominator: 所/县区 → 所, for targets put on each government."""
    plain = normal_unit(unit)
    return plain.split("/")[0] if plain else None


def is_ratio(unit: str | None) -> bool:
    """Whether the unit is a part of a whole or people per people: %, ‰, 人/万人."""
    return unit is not None and parse_unit(unit).kind == "ratio"


@lru_cache(maxsize=4096)
def parse_unit(unit: str) -> Unit:
    """A unit taken apart; one that is not in the table is a dimension of its own."""
    plain = _normal(unit)
    if plain in BASE_UNITS:
        return Unit(*BASE_UNITS[plain])
    top, _, bottom = plain.partition("/")
    if not bottom:
        return _scaled(plain)
    over, under = parse_unit(top), parse_unit(bottom)
    kind = "ratio" if over.kind == under.kind else f"{over.kind}/{under.kind}"
    return Unit(kind, over.factor / under.factor)


def _scaled(plain: str) -> Unit:
    """万平方米 → 10,000 平方米; 百万吨 → 1,000,000 吨."""
    if plain in BASE_UNITS:
        return Unit(*BASE_UNITS[plain])
    if len(plain) > 1 and plain[0] in _MULTIPLIERS:
        inner = _scaled(_normal(plain[1:]))
        return Unit(inner.kind, inner.factor * _MULTIPLIERS[plain[0]])
    return Unit("count:个" if plain in _MULTIPLIERS else f"own:{plain}", Fraction(_MULTIPLIERS.get(plain, 1)))


def _same_kind(a: str, b: str) -> bool:
    """Equal dimensions, or counters that count the same things; 个 counts anything that is a thing."""
    if a == b:
        return True
    if not (a.startswith("count:") and b.startswith("count:")):
        return False
    left, right = a.removeprefix("count:"), b.removeprefix("count:")
    return "个" in (left, right) or any(left in group and right in group for group in COUNT_GROUPS)


def _denominator(indicator: str, unit: str) -> str | None:
    """The denominator that a name carries, as a unit: 千人, 百户, 万元; None when it carries none."""
    if found := _GDP.search(indicator):
        return f"{found['size']}元"
    if (found := _PER.search(indicator)) and (found["size"] or found["whom"]):
        return found["size"] + ("户" if found["counter"] == "户" else "人")
    if _PER_HEAD.search(indicator) and parse_unit(unit).kind not in _NOT_PER_HEAD:
        return "人"
    return None


@lru_cache(maxsize=4096)
def _normal(unit: str) -> str:
    """Spelling only: full-width signs, spaces, 个工作日 → 工作日, m2 → 平方米."""
    text = re.sub(r"\s+", "", unit).replace("％", "%").replace("／", "/").replace("每", "/")
    text = text.removeprefix("/") if text.startswith("/") and "万" not in text else text
    top, slash, bottom = text.partition("/")
    return SPELLINGS.get(text) or (_spell(top) + slash + _spell(bottom) if slash else _spell(text))


def _spell(part: str) -> str:
    """One side of a unit in its usual spelling, multipliers kept."""
    if part in SPELLINGS:
        return SPELLINGS[part]
    head = re.match(r"[百千万亿]*", part)
    digits = head.group() if head else ""
    rest = part[len(digits) :]
    return digits + SPELLINGS.get(rest, "人" if rest in _PEOPLE else rest)


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent: 1E+4 → 10000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
