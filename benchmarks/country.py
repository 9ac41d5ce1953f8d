"""A generated country: plans for real places with planted verdicts, and the truth about every pair.

Every division of GB/T 2260 (31 provinces with their prefectures and counties) has a plan in each field of
policy. The nation and the provinces ask for metrics; plans below answer with verdicts drawn beforehand, or
are silent. No two answers to one metric stand in one chain of places, so what every pair must come to is
known without comparing anything. Plans cite what governs them by title and number.

    python -m benchmarks.country OUT --documents 1000 --seed 1
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import islice, product
from pathlib import Path

from benchmarks import country_words as words
from benchmarks.country_words import FIELDS, Field
from kg.places import Place, all_places, ancestors, number_heads
from kg.places.gazetteer import NATION
from kg.source import GraphSource
from kg.vocabulary import iri, names_in
from tests.planted import PLANTS, PLANTS_OF_TOTALS, Ask, Planted, Statement

#: five-year plans in the order in which a larger country is filled, by their first years
PERIODS = {"十四五": 2021, "十三五": 2016, "十二五": 2011, "十五五": 2026}
_PLANTED_FROM = 2021
NATIONAL_ASKS, PROVINCIAL_ASKS = 5, 6
#: how many of the places below answer: a province for all in it, a prefecture for all in it, a county
ANSWERS = {"province": 0.1, "prefecture": 0.2, "county": 0.8}
TRUTH = "truth.jsonl"

#: a kind of plan: five-year period and field
Kind = tuple[str, int]


@dataclass(slots=True)
class Plan:
    """One plan: its names, and what it says as (metric, statement) in order."""

    doc: str
    place: Place
    period: str
    field: Field
    title: str
    number: str
    said: list[tuple[Ask, Statement]] = field(default_factory=list)

    @property
    def shift(self) -> int:
        """Years from the period that verdicts are planted in to this plan's."""
        return PERIODS[self.period] - _PLANTED_FROM


def write(out: Path, documents: int, seed: int = 1) -> int:
    """Write a corpus of that many plans under `out/plans` and the truth beside it; characters written."""
    folder = out / "plans"
    folder.mkdir(parents=True, exist_ok=True)
    characters = 0
    with (out / TRUTH).open("w", encoding="utf-8") as truth:
        for plans, planted in make(documents, seed):
            for plan in plans:
                text = text_of(plan, plans, seed)
                characters += len(text)
                (folder / f"{plan.doc}.txt").write_text(text, "utf-8")
            truth.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in map(_row, planted))
    return characters


def make(documents: int, seed: int = 1) -> Iterator[tuple[list[Plan], list[Planted]]]:
    """The plans of each kind with everything that comparing must find in them, benchmarks apart."""
    kinds: dict[Kind, list[Place]] = defaultdict(list)
    for period, place, number in islice(_keys(), documents):
        kinds[period, number].append(place)
    for (period, number), places in kinds.items():
        yield _filled(period, number, places, seed)


def truth_of(out: Path) -> Counter[tuple[str, ...]]:
    """What is planted in a corpus, as `told` counts what was found."""
    with (out / TRUTH).open(encoding="utf-8") as lines:
        return Counter(tuple(json.loads(line)) for line in lines)


_VERDICTS = """SELECT ?finding ?upper ?lower ?metric ?verdict ?gap WHERE {
  ?finding kg:verdict ?verdict ; kg:upperDocument ?upper ; kg:lowerDocument ?lower ;
           kg:upper/kg:indicator ?metric .
  OPTIONAL { ?finding kg:gapValue ?gap }
  FILTER(?verdict != kg:verdict-benchmark) }"""


def told(graph: GraphSource) -> Counter[tuple[str, ...]]:
    """What was found: (upper, lower, metric, verdict, gap); the gap where one is planted."""
    found: Counter[tuple[str, ...]] = Counter()
    for row in graph.select(_VERDICTS):
        verdict = row["verdict"].removeprefix(iri("kg:verdict-"))
        upper, lower = (names_in(row[side])[1] for side in ("upper", "lower"))
        found[_planted_row(upper, lower, metric_of(row["metric"]), verdict, row["gap"])] += 1
    return found


@cache
def metric_of(indicator: str) -> str:
    """The metric's name in the vocabulary of the generator; the indicator itself where it is none."""
    known = (metric for kind in FIELDS for metric in kind.metrics)
    return next((metric for metric in known if metric in indicator), indicator)


def _row(each: Planted) -> tuple[str, ...]:
    return _planted_row(each.upper, each.lower, each.metric, each.verdict, each.gap)


def _planted_row(upper: str, lower: str, metric: str, verdict: str, gap: Decimal | None) -> tuple[str, ...]:
    """Gaps count where the generator knows them: of verdicts in which a number differs."""
    sized = gap is not None and verdict in ("exceeds", "late", "short", "contributes")
    return upper, lower, metric, verdict, f"{gap.normalize():f}" if sized and gap is not None else ""


# ---------------------------------------------------------------- which plans there are


def _keys() -> Iterator[tuple[str, Place, int]]:
    """Period, place, field of every plan: province by province, upper places before lower ones."""
    for period, place in product(PERIODS, _places()):
        for number in range(len(FIELDS)):
            yield period, place, number


@cache
def _places() -> tuple[Place, ...]:
    """The nation, then each province with all that lies in it; without Taiwan, Hong Kong and Macao."""
    held = [each for each in all_places() if each.until is None and each.code < "700000"]
    return tuple(sorted(held, key=lambda each: (each.code != NATION, each.code)))


def _plan(period: str, kind: Field, place: Place) -> Plan:
    full = "" if place.code == NATION else place.full_name
    title = f"{'国家' if place.code == NATION else full}{kind.subject}“{period}”规划"
    number = _number(place, PERIODS[period], 10 + FIELDS.index(kind))
    return Plan(f"{PERIODS[period]}-{kind.name}-{place.code}", place, period, kind, title, number)


def _number(place: Place, year: int, serial: int) -> str:
    """A document number that can be the place's; "" where no head is surely its own."""
    return f"{head}〔{year}〕{serial}号" if (head := _head(place)) else ""


@cache
def _head(place: Place) -> str:
    """The head of a government's numbers, the shortest that leads back to the place first."""
    if place.code == NATION:
        return "国办发"
    signs = (
        ("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新")
        if place.level == "province"
        else ""
    )
    starts = [*signs, place.name[:1], place.name[:2], place.name]
    heads = [f"{start}{seat}发" for start in starts for seat in "府政"]
    return next((head for head in heads if number_heads(head)[:1] == (place,)), "")


# ---------------------------------------------------------------- what is planted


def _filled(period: str, number: int, places: Sequence[Place], seed: int) -> tuple[list[Plan], list[Planted]]:
    """The plans of one kind, everything asked and answered, and what must follow."""
    chance = random.Random(f"{seed} {period} {number}")
    kind = FIELDS[number]
    plans = {place.code: _plan(period, kind, place) for place in places}
    planted: list[Planted] = []
    metrics = chance.sample(kind.metrics, len(kind.metrics))
    askers = [place.code for place in places if place.level in ("national", "province")]
    for code in askers:
        mine = metrics[:NATIONAL_ASKS] if code == NATION else metrics[NATIONAL_ASKS:]
        below = [inner for inner in plans if _is_below(inner, code)]
        for metric in mine if code == NATION else chance.sample(mine, PROVINCIAL_ASKS):
            ask = _ask(metric, kind, chance)
            plans[code].said.append((ask, _as_asked(ask)))
            planted += _answers(plans, code, below, ask, chance)
    for plan in plans.values():
        chance.shuffle(plan.said)
    return list(plans.values()), planted


def _answers(
    plans: Mapping[str, Plan], asker: str, below: Sequence[str], ask: Ask, chance: random.Random
) -> Iterator[Planted]:
    """Let plans that do not nest answer one target; what follows for every plan below."""
    answering: set[str] = set()
    for code in below:
        place = plans[code].place
        spoken_for = next((each.code for each in ancestors(code) if each.code in answering), None)
        if spoken_for is None and chance.random() < ANSWERS[place.level]:
            answering.add(code)
            yield from _answer(plans[asker].doc, plans[code], ask, chance)
            continue
        yield Planted(plans[asker].doc, plans[code].doc, ask.metric, "absent")
        if spoken_for is not None:
            yield Planted(plans[spoken_for].doc, plans[code].doc, ask.metric, "absent")


def _answer(upper: str, plan: Plan, ask: Ask, chance: random.Random) -> Iterator[Planted]:
    """One answer, written into the plan, and the verdict that it was drawn for."""
    name, plant = chance.choice(PLANTS_OF_TOTALS if ask.metric in plan.field.totals else PLANTS)
    statements, gap = plant(ask, chance)
    plan.said += [(ask, statement) for statement in statements]
    yield Planted(upper, plan.doc, ask.metric, name.partition(" ")[0], gap)
    if name == "meets conflict":
        yield Planted(plan.doc, plan.doc, ask.metric, "conflict")


def _ask(metric: str, kind: Field, chance: random.Random) -> Ask:
    """A target: value, year, bound, nature."""
    if metric in kind.totals:
        year = chance.choice([2023, 2024, 2025])
        return Ask(metric, chance.randint(10, 900) * 100, year, ">=", words.UNITS[metric])
    bound = "<=" if metric in kind.fewer else chance.choice(["=", ">="])
    return Ask(metric, chance.randint(30, 80), chance.choice([2022, 2023, 2024]), bound, "%", "binding")


def _as_asked(ask: Ask) -> Statement:
    return {"value": ask.value, "year": ask.year, "comparator": ask.comparator, "nature": ask.nature}


def _is_below(inner: str, outer: str) -> bool:
    return any(place.code == outer for place in ancestors(inner))


# ---------------------------------------------------------------- how it is said


def text_of(plan: Plan, plans: Sequence[Plan], seed: int) -> str:
    """The plan as a text: masthead, bases, goals, sentences and a table of indicators, tasks with duties."""
    chance = random.Random(f"{seed} {plan.doc}")
    tabled = [pair for pair in plan.said if _is_tabled(pair[1])]
    lines = [
        *_masthead(plan),
        plan.title,
        "",
        "".join(_bases(plan, plans[0], chance)),
        "一、总体要求",
        chance.choice(words.OPENINGS),
        "二、发展目标",
        *_goals(plan, chance),
        *(_sentence(plan, *pair, chance) for pair in plan.said if not _is_tabled(pair[1])),
        *_table(plan, tabled),
        "三、主要任务",
        *_tasks(plan, chance),
        "四、保障措施",
        *chance.sample(words.CLOSINGS, 3),
        "",
    ]
    return "\n".join(line for line in lines if line is not None)


def _masthead(plan: Plan) -> list[str]:
    """Whose paper it is and its number, where it has one."""
    seat = "国务院办公厅" if plan.place.code == NATION else f"{plan.place.name}人民政府"
    return [f"{seat}文件", plan.number, ""] if plan.number else []


def _bases(plan: Plan, national: Plan, chance: random.Random) -> Iterator[str]:
    """The national plan and the province's, by title and number."""
    above = [place for place in ancestors(plan.place.code) if place.level in ("national", "province")]
    for place in reversed(above):
        upper = national if place.code == NATION else _plan(plan.period, plan.field, place)
        if upper.number:
            yield chance.choice(words.BASES).format(title=upper.title, number=upper.number)


def _goals(plan: Plan, chance: random.Random) -> Iterator[str]:
    for thing in chance.sample(plan.field.things, 2):
        yield chance.choice(words.GOALS).format(y=2025 + plan.shift, thing=thing)


def _is_tabled(statement: Statement) -> bool:
    """In the indicator table: what has a nature, is in words, or is planted as a cell."""
    return bool(statement.get("nature")) or statement["value"] is None or statement.get("source") == "table"


def _name(plan: Plan, ask: Ask, chance: random.Random) -> str:
    """The metric in one of its ways."""
    whole = "全国" if plan.place.code == NATION else f"全{plan.place.name[-1]}"
    return chance.choice(("", "", whole if whole[-1] in "国省市县区州" else "")) + ask.metric


def _sentence(plan: Plan, ask: Ask, statement: Statement, chance: random.Random) -> str:
    """One statement in one of several ways of saying it."""
    comparator = str(statement.get("comparator") or ("=" if ask.sign > 0 else "<="))
    value = f"{statement['value']}{statement.get('unit', ask.unit)}"
    sentence = chance.choice(words.WORDS[comparator]).format(
        y=int(str(statement["year"])) + plan.shift,
        n=_name(plan, ask, chance),
        v=value,
        soft=statement.get("soft") or "",
    )
    return sentence + "。"


def _table(plan: Plan, tabled: Sequence[tuple[Ask, Statement]]) -> Iterator[str]:
    """Rows of an indicator table with a column a year."""
    years = sorted({int(str(statement["year"])) + plan.shift for _, statement in tabled})
    if not years:
        return
    yield "表1 主要指标"
    yield "\t".join(["指标", *(f"{year}年" for year in years), "属性"])
    for ask, statement in tabled:
        sign = {">=": "≥", "<=": "≤"}.get(_bound(ask, statement), "")
        cell = "明显提升" if statement["value"] is None else f"{sign}{statement['value']}"
        unit = statement.get("unit", ask.unit)
        nature = {"binding": "约束性", "expected": "预期性"}.get(str(statement.get("nature")), "")
        year = int(str(statement["year"])) + plan.shift
        cells = [cell if each == year else "—" for each in years]
        yield "\t".join([ask.metric + (f"（{unit}）" if unit else ""), *cells, nature])


def _bound(ask: Ask, statement: Statement) -> str:
    """The bound as stated; an answer to an upper bound is one itself."""
    return str(statement.get("comparator") or ("=" if ask.sign > 0 else "<="))


def _tasks(plan: Plan, chance: random.Random) -> Iterator[str]:
    """Numbered tasks, each with who answers for it, some with a date."""
    rank = {"national": "", "province": "省", "prefecture": "市"}.get(plan.place.level, "县")
    lead = f"{rank}{plan.field.bureau}局"
    for number, thing in enumerate(chance.sample(plan.field.things, 5), 1):
        others = [f"{rank}{each}局" for each in chance.sample(words.OTHER_BUREAUS, 2)]
        until = f"{chance.randint(2022, 2025) + plan.shift}年{chance.choice([6, 9, 12])}月底前完成。"
        body = chance.choice(words.BODIES).format(thing=thing)
        duty = chance.choice(words.DUTIES).format(a=lead, b=others[0], c=others[1])
        yield f"{number}.{chance.choice(words.DEEDS)}{thing}。{body}{chance.choice(['', until])}{duty}"


def main() -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(description="Write a generated country.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(f"{write(args.out, args.documents, args.seed)} characters")


def differences(planted: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> Iterable[str]:
    """Each verdict that is planted and not found, or found and not planted."""
    yield from (f"planted, not found: {row} × {n}" for row, n in sorted((planted - found).items()))
    yield from (f"found, not planted: {row} × {n}" for row, n in sorted((found - planted).items()))


if __name__ == "__main__":
    main()
