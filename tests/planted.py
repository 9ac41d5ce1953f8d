"""Plans with planted verdicts: four levels, one metric asked by one plan, answered by plans that do not nest.

Each upper plan asks for metrics of its own. Some plans below answer, each with a verdict drawn beforehand; all
others are silent, so for them the metric is absent. Since no two answers to one metric stand in one chain of
places, what every pair must come to is known without comparing anything.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kg.model import Document, Quantity, identify
from kg.places import ancestors, by_code

NATION = "100000"
#: places of the corpus, upper before lower: the nation, provinces, prefectures, counties
PLACES = (
    NATION, "360000", "640000", "360100", "360200", "360700", "640100", "640400",
    "360102", "360103", "360121", "360202", "360222", "360281", "360703", "360722",
    "640104", "640121", "640402", "640424", "640425",
)  # fmt: skip
RATES = (
    "养老机构护理型床位占比", "特殊困难老年人月探访率", "新建居住区养老服务设施达标率", "社区老年助餐点覆盖率",
    "街道综合养老服务中心覆盖率", "养老护理员持证上岗率", "老年人电子健康档案建档率", "养老机构医养结合签约率",
    "农村幸福院运营率", "失能老年人评估率", "养老机构消防达标率", "老年大学乡镇覆盖率", "居家适老化改造完成率",
    "老年人意外伤害保险参保率", "高龄津贴发放率", "养老服务满意度", "养老机构等级评定率", "老年食堂智能化率",
    "认知障碍筛查率", "家庭养老床位签约率", "养老服务投诉办结率", "社会力量运营床位占比", "老年人优待证办理率",
    "公办养老机构入住率", "长期护理保险覆盖率", "安宁疗护服务县区覆盖率", "老年友善医疗机构占比", "银龄志愿者注册率",
)  # fmt: skip
TOTALS = (
    "新增养老床位", "培训养老护理员", "建设示范性社区食堂", "改造乡镇敬老院", "创建老年友好型社区", "引进康养企业",
    "发放养老消费券", "举办银龄招聘会",
)  # fmt: skip
UNITS = {"新增养老床位": "张", "培训养老护理员": "人次", "发放养老消费券": "万元"}
FEWER = ("养老机构床位空置率", "养老服务投诉率", "护理员流失率", "老年人跌倒发生率")


@dataclass(frozen=True, slots=True)
class Planted:
    """What one pair must come to; metric is the name that the upper plan uses."""

    upper: str
    lower: str
    metric: str
    verdict: str
    gap: Decimal | None = None


@dataclass(slots=True)
class Corpus:
    """Documents, their quantities and everything that comparing must find in them, benchmarks apart."""

    documents: list[Document] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ask:
    """One target of an upper plan."""

    metric: str
    value: int
    year: int
    comparator: str
    unit: str
    nature: str | None = None
    per: str | None = None

    @property
    def sign(self) -> int:
        """-1 where less is better."""
        return -1 if self.comparator in ("<=", "<") else 1


Statement = dict[str, object]
Answer = tuple[list[Statement], Decimal | None]


def make(seed: int) -> Corpus:
    """A corpus of one seed: 21 plans, some 350 pairs with an answer and many more with silence."""
    chance = random.Random(seed)
    corpus = Corpus([_plan(code) for code in PLACES])
    said: dict[str, list[Quantity]] = {document.doc: [] for document in corpus.documents}
    names = iter(chance.sample(RATES, len(RATES)) + chance.sample(TOTALS, len(TOTALS)) + list(FEWER))
    askers = [code for code in PLACES if code == NATION or code.endswith("0000")]
    for metric, asker in zip(names, chance.choices(askers, k=99), strict=False):
        ask = _ask(metric, chance)
        _state(said[asker], asker, [_as_asked(ask)], ask, chance)
        _answers(corpus, said, asker, ask, chance)
    for doc, quantities in said.items():
        corpus.quantities += identify(_placed(doc, quantities))
    return corpus


def many(places: Sequence[str], seed: int, targets: int = 25) -> Corpus:
    """A plan for each place with targets of its own and no planted verdicts: for measuring speed."""
    chance = random.Random(seed)
    corpus = Corpus([_plan(code) for code in places])
    for code in places:
        said: list[Quantity] = []
        for metric in chance.sample(RATES + TOTALS + FEWER, targets):
            ask = _ask(metric, chance)
            _state(said, code, [_as_asked(ask)], ask, chance)
        corpus.quantities += identify(_placed(code, said))
    return corpus


def _answers(
    corpus: Corpus, said: dict[str, list[Quantity]], asker: str, ask: Ask, chance: random.Random
) -> None:
    """Let plans that do not nest answer one target, and write down what follows for every plan below."""
    below = [code for code in PLACES if _inside(code, asker)]
    answering: dict[str, str] = {}
    for code in chance.sample(below, len(below)):
        if not any(code == other or _inside(code, other) or _inside(other, code) for other in answering):
            answering[code] = ""
    for code in answering:
        name, plant = chance.choice(PLANTS_OF_TOTALS if ask.metric in TOTALS else PLANTS)
        statements, gap = plant(ask, chance)
        verdict = name.partition(" ")[0]
        _state(said[code], code, statements, ask, chance)
        corpus.planted.append(Planted(asker, code, ask.metric, verdict, gap))
        corpus.planted += [
            Planted(code, lower, ask.metric, "absent") for lower in below if _inside(lower, code)
        ]
        if name == "meets conflict":
            corpus.planted.append(Planted(code, code, ask.metric, "conflict"))
    corpus.planted += [Planted(asker, code, ask.metric, "absent") for code in below if code not in answering]


# ---------------------------------------------------------------- what can be planted


def _meets(ask: Ask, chance: random.Random) -> Answer:
    """The value in time, in one of several ways of saying it."""
    earlier = _steps(ask, chance, ask.year - 2, ask.year)
    own = {"value": ask.value, "year": chance.choice([ask.year, ask.year - 1] if not earlier else [ask.year])}
    return [*earlier, own], None


def _meets_in_other_units(ask: Ask, _chance: random.Random) -> Answer:
    return [{"value": ask.value * 10, "year": ask.year, "unit": "‰"}], None


def _meets_with_conflict(ask: Ask, chance: random.Random) -> Answer:
    """The table says the value, the text another one."""
    other = ask.value - ask.sign * chance.randint(3, 9)
    return [
        {"value": ask.value, "year": ask.year, "source": "table"},
        {"value": other, "year": ask.year},
    ], None


def _exceeds(ask: Ask, chance: random.Random) -> Answer:
    more = chance.randint(1, 5)
    return [{"value": ask.value + ask.sign * more, "year": ask.year}], Decimal(more)


def _late(ask: Ask, chance: random.Random) -> Answer:
    """Values on the way that are not there yet when the target is due."""
    years = 2025 - ask.year
    return [*_steps(ask, chance, ask.year, 2025), {"value": ask.value, "year": 2025}], Decimal(years)


def _short(ask: Ask, chance: random.Random) -> Answer:
    less = chance.randint(1, 15)
    return [{"value": ask.value - ask.sign * less, "year": 2025}], Decimal(less)


def _short_all_the_way(ask: Ask, chance: random.Random) -> Answer:
    less = chance.randint(1, 5)
    best = {"value": ask.value - ask.sign * less, "year": 2025}
    return [*_steps(ask, chance, 2023, 2025, start=ask.value - ask.sign * (less + 9)), best], Decimal(less)


def _weaker_nature(ask: Ask, _chance: random.Random) -> Answer:
    return [{"value": ask.value, "year": ask.year, "nature": "expected"}], None


def _weaker_verb(ask: Ask, chance: random.Random) -> Answer:
    return [{"value": ask.value, "year": ask.year, "soft": chance.choice(["力争", "争取"])}], None


def _weaker_about(ask: Ask, _chance: random.Random) -> Answer:
    return [{"value": ask.value, "year": ask.year, "comparator": "~"}], None


def _incomparable_unit(ask: Ask, _chance: random.Random) -> Answer:
    return [{"value": ask.value, "year": ask.year, "unit": "平方米"}], None


def _incomparable_words(ask: Ask, _chance: random.Random) -> Answer:
    return [{"value": None, "year": ask.year, "unit": None}], None


def _incomparable_bound(ask: Ask, _chance: random.Random) -> Answer:
    return [{"value": ask.value + 5, "year": ask.year, "comparator": "<=" if ask.sign > 0 else ">="}], None


def _contributes(ask: Ask, chance: random.Random) -> Answer:
    part = chance.randint(1, 99)
    return [{"value": part, "year": ask.year}], round(Decimal(part) / ask.value * 100, 1)


def _contributes_by_year(ask: Ask, chance: random.Random) -> Answer:
    parts = sorted((chance.randint(1, 50) for _ in range(3)), reverse=True)
    parts[2] = max(1, parts[0] - 1)
    statements: list[Statement] = [
        {"value": part, "year": ask.year - 2 + at} for at, part in enumerate(parts)
    ]
    return statements, round(Decimal(sum(parts)) / ask.value * 100, 1)


Plant = tuple[str, Callable[[Ask, random.Random], Answer]]
PLANTS: tuple[Plant, ...] = (
    ("meets", _meets),
    ("meets converted", _meets_in_other_units),
    ("meets conflict", _meets_with_conflict),
    ("exceeds", _exceeds),
    ("late", _late),
    ("late again", _late),
    ("short", _short),
    ("short trajectory", _short_all_the_way),
    ("weaker nature", _weaker_nature),
    ("weaker verb", _weaker_verb),
    ("weaker about", _weaker_about),
    ("incomparable unit", _incomparable_unit),
    ("incomparable words", _incomparable_words),
    ("incomparable bound", _incomparable_bound),
)
PLANTS_OF_TOTALS: tuple[Plant, ...] = (
    ("contributes", _contributes),
    ("contributes by year", _contributes_by_year),
)


# ---------------------------------------------------------------- how it is said


def _ask(metric: str, chance: random.Random) -> Ask:
    """A target: value, year, bound, nature."""
    if metric in TOTALS:
        return Ask(
            metric,
            chance.randint(10, 900) * 100,
            chance.choice([2023, 2024, 2025]),
            ">=",
            UNITS.get(metric, "个"),
        )
    comparator = "<=" if metric in FEWER else chance.choice(["=", ">="])
    return Ask(metric, chance.randint(30, 80), chance.choice([2022, 2023, 2024]), comparator, "%", "binding")


def _as_asked(ask: Ask) -> Statement:
    return {"value": ask.value, "year": ask.year, "comparator": ask.comparator, "nature": ask.nature}


def _steps(
    ask: Ask, chance: random.Random, first: int, last: int, start: int | None = None
) -> list[Statement]:
    """Values on the way, none of them there yet: years from `first` up to but without `last`."""
    if last - first < 1:
        return []
    worst = start if start is not None else ask.value - ask.sign * chance.randint(9, 20)
    return [{"value": worst + ask.sign * at, "year": year} for at, year in enumerate(range(first, last))]


def _state(
    said: list[Quantity], doc: str, statements: list[Statement], ask: Ask, chance: random.Random
) -> None:
    """Write statements into a plan in varied words; `said` takes them without their places."""
    for statement in statements:
        value, year = statement["value"], statement["year"]
        name = chance.choice(("{}", "{}", "全市{}", "{}（%）" if ask.unit == "%" else "{}数")).format(
            ask.metric
        )
        comparator = statement.get("comparator") or ("=" if ask.sign > 0 else "<=")
        if value is None:
            comparator = None
        verb = {"=": "达到", ">=": "不低于", "<=": "控制在…以内", "~": "约", None: "明显提升"}[comparator]
        unit = statement.get("unit", ask.unit)
        quote = f"到{year}年，{name}{verb}{value or ''}{unit or ''}"
        said.append(
            Quantity(
                doc=doc, start=0, end=0, quote=quote, indicator=name, comparator=comparator, unit=unit,
                value=None if value is None else Decimal(value), time=str(year), per=ask.per,
                nature=statement.get("nature"), soft=statement.get("soft"), source=statement.get("source", "text"),
            )
        )  # fmt: skip


def _placed(doc: str, quantities: list[Quantity]) -> Iterator[Quantity]:
    """The statements one after another."""
    at = 0
    for quantity in quantities:
        yield replace(quantity, start=at, end=at + len(quantity.quote))
        at += len(quantity.quote) + 1


def _plan(code: str) -> Document:
    """An elder-care plan of one place."""
    place = by_code(code)
    assert place is not None
    return Document(
        doc=code, start=0, end=9999, quote="", place=code, level=place.level, jurisdiction=place.full_name,
        title=f"{place.full_name}养老服务体系建设“十四五”规划", period=(2021, 2025), status="issued",
    )  # fmt: skip


def _inside(inner: str, outer: str) -> bool:
    return any(place.code == outer for place in ancestors(inner))


# ---------------------------------------------------------------- the same plans as texts


def texts(corpus: Corpus, seed: int) -> dict[str, str]:
    """Each plan as a text: an indicator table for what has a nature, sentences in varied words for the rest."""
    chance = random.Random(seed)
    said: dict[str, list[Quantity]] = {document.doc: [] for document in corpus.documents}
    for quantity in corpus.quantities:
        said[quantity.doc].append(quantity)
    return {d.doc: _text(d, said[d.doc], chance) for d in corpus.documents}


def _text(document: Document, quantities: list[Quantity], chance: random.Random) -> str:
    tabled = [quantity for quantity in quantities if _is_tabled(quantity)]
    sentences = [_sentence(quantity, chance) for quantity in quantities if not _is_tabled(quantity)]
    masthead = ["国务院办公厅文件", "国办发〔2021〕99号", ""] if document.place == NATION else []
    lines = [
        *masthead,
        document.title,
        "",
        "一、总体要求",
        "坚持以人民为中心，推进养老服务体系建设。",
        "二、发展目标",
    ]
    return "\n".join([*lines, *sentences, *_table(tabled), "三、保障措施", "加强组织领导。", ""])


def _is_tabled(quantity: Quantity) -> bool:
    """In the indicator table: what has a nature, is in words, or is planted as a cell."""
    return quantity.nature is not None or quantity.value is None or quantity.source == "table"


def _table(quantities: list[Quantity]) -> Iterator[str]:
    """Rows of an indicator table with a column a year."""
    years = sorted({str(quantity.time) for quantity in quantities})
    if not years:
        return
    yield "表1 主要指标"
    yield "\t".join(["指标", *(f"{year}年" for year in years), "属性"])
    for quantity in quantities:
        sign = {">=": "≥", "<=": "≤"}.get(quantity.comparator or "", "")
        cell = "明显提升" if quantity.value is None else f"{sign}{quantity.value}"
        unit = f"（{quantity.unit}）" if quantity.unit else ""
        nature = {"binding": "约束性", "expected": "预期性"}.get(quantity.nature or "", "")
        cells = [cell if year == quantity.time else "—" for year in years]
        yield "\t".join([quantity.indicator.removesuffix("（%）") + unit, *cells, nature])


_WORDS = {
    "=": ("到{y}年，{soft}{n}达到{v}", "{y}年底前，{soft}{n}达到{v}", "{soft}到{y}年，{n}达到{v}"),
    ">=": ("到{y}年，{soft}{n}不低于{v}", "到{y}年，{soft}{n}达到{v}以上"),
    "<=": ("到{y}年，{soft}{n}控制在{v}以内", "到{y}年，{soft}{n}不超过{v}"),
    "~": ("到{y}年，{soft}{n}达到{v}左右", "到{y}年，{soft}{n}约{v}"),
}


def _sentence(quantity: Quantity, chance: random.Random) -> str:
    """One statement in one of several ways of saying it."""
    words = chance.choice(_WORDS[quantity.comparator or "="])
    name = quantity.indicator.removesuffix("（%）")
    value = f"{quantity.value}{quantity.unit or ''}"
    return words.format(y=quantity.time, n=name, v=value, soft=quantity.soft or "") + "。"
