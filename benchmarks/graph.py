"""How the graph grows: build, load and every named question on a made-up corpus of plans.

Run `python -m benchmarks.graph [--documents 10000] [--rounds 20] [--rdflib]`. The corpus has the nation,
31 provinces, 340 cities, and counties for the rest; every plan has 12 targets, 4 citations, 5 duties,
2 deadlines and 2 goals, and is governed by the plan above it. --rdflib answers the same questions in
rdflib too (take a few hundred documents) and prints the ratio.
"""

import argparse
import random
import resource
import shutil
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from kg import queries
from kg.model import (
    AgencyRole,
    Assignment,
    Citation,
    Concept,
    Deadline,
    Document,
    Finding,
    Goal,
    Governs,
    Knowledge,
    Quantity,
    Record,
    Stub,
    identify,
)
from kg.named import values
from kg.source import GraphSource, bind
from kg.store import open_graph, write

METRICS = 300
#: seconds that one question may take in rdflib
PATIENCE = 20
PROVINCES, CITIES = 31, 340
VERDICTS = ("meets", "exceeds", "short", "late", "absent", "incomparable", "weaker", "contributes")


def main() -> None:
    """Build, then ask."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--rdflib", action="store_true")
    parser.add_argument("--keep", type=Path, help="leave the store here, or take the one that is there")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp())
    if not (folder / "CURRENT").exists():
        known = timed("made up", lambda: corpus(options.documents))
        timed("built", lambda: write(known, {}, folder))
        del known
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"disk {size / 1e6:.0f} MB, peak memory {memory / 1e3:.0f} MB")
    ask_all(open_graph(folder), options.documents, options.rounds, options.rdflib)
    if not options.keep:
        shutil.rmtree(folder)


def timed(name: str, work: Callable[[], Any]) -> Any:
    """What `work` gives; its time is printed."""
    start = time.perf_counter()
    result = work()
    print(f"{name}: {time.perf_counter() - start:.1f} s", flush=True)
    return result


# ---------------------------------------------------------------- questions


def ask_all(graph: GraphSource, count: int, rounds: int, with_rdflib: bool) -> None:
    """Every named question, with other parameters each round: p50 and p95 in milliseconds."""
    other = in_rdflib(graph) if with_rdflib else None
    print(f"{'question':26}{'rows':>7}{'p50 ms':>9}{'p95 ms':>9}{'rdflib p50, times':>19}")
    for name in queries.named_queries():
        spent, rows = [], []
        for number in range(rounds):
            given = parameters(name, number, count)
            start = time.perf_counter()
            rows.append(len(queries.named(graph, name, **given)))
            spent.append((time.perf_counter() - start) * 1000)
        ratio = other(name, parameters(name, 0, count), statistics.median(spent)) if other else ""
        p50, p95 = statistics.median(spent), sorted(spent)[max(0, round(len(spent) * 0.95) - 1)]
        print(f"{name:26}{statistics.median(rows):>7.0f}{p50:>9.1f}{p95:>9.1f}{ratio:>19}", flush=True)


def parameters(name: str, number: int, count: int) -> dict[str, str]:
    """What staff would ask with: a plan, a city, a metric, an agency; another one each round."""
    number = random.Random(f"{name} {number}").randrange(count)
    doc = f"plan-{number}"
    given = {
        "metric": f"指标{number % METRICS}",
        "doc": doc,
        "lower": doc,
        "agency": f"机关{number}-{number % 5}",
    }
    given["record"] = f"{doc}/{amounts(number)[0].id}"
    given["place"] = place(number)
    given["upper"] = f"plan-{above(number)}"
    wanted = {each.name for each in queries.named_queries()[name].parameters}
    return {key: value for key, value in given.items() if key in wanted}


def in_rdflib(graph: GraphSource) -> Callable[[str, dict[str, str], float], str]:
    """The same graph in rdflib: a function that asks once and says how many times longer it takes."""
    import rdflib

    from kg.export import graphs

    copy = rdflib.Graph()
    for _, triples in graphs(graph):
        copy.parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")
    copy.parse("ontology/policy.ttl")

    def ask(name: str, given: dict[str, str], ours: float) -> str:
        text = bind(queries.named_queries()[name].sparql, values(name, given))
        start = time.perf_counter()
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)
        try:
            list(copy.query(text))
        except TimeoutError:
            return f"> {PATIENCE * 1000 / ours:.0f}"
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return f"{(time.perf_counter() - start) * 1000 / ours:.0f}"

    signal.signal(signal.SIGALRM, give_up)
    return ask


def give_up(*_: object) -> None:
    """End a question that takes too long."""
    raise TimeoutError


# ---------------------------------------------------------------- a made-up corpus


def corpus(count: int) -> Knowledge:
    """Plans of all levels with records, links and verdicts; the same for the same count."""
    numbers = range(count)
    quantities = [each for number in numbers for each in amounts(number)]
    by_doc = {number: quantities[number * 12 : number * 12 + 12] for number in numbers}
    lacking = [f"stub-{number}" for number in range(max(1, count // 20))]
    return Knowledge(
        documents=tuple(each for number in numbers for each in named([document(number)])),
        quantities=tuple(quantities),
        citations=tuple(each for number in numbers for each in named(citations(number, lacking))),
        goals=tuple(each for number in numbers for each in named(goals(number))),
        assignments=tuple(each for number in numbers for each in named(duties(number))),
        deadlines=tuple(each for number in numbers for each in named(deadlines(number))),
        concepts=tuple(
            Concept(id=f"metric-{n}", label=f"指标{n}", names=(f"指标{n}", f"第{n}项指标"))
            for n in range(METRICS)
        ),
        concept_of={
            (each.doc, each.id): f"metric-{each.indicator.removeprefix('指标')}" for each in quantities
        },
        stubs=tuple(
            Stub(
                id=name,
                title=f"缺失文件{name}",
                number=None,
                cited_by=(f"plan-{n % count}", f"plan-{n * 7 % count}"),
            )
            for n, name in enumerate(lacking)
        ),
        governs=tuple(
            Governs(upper=f"plan-{above(n)}", lower=f"plan-{n}", basis="implied", reason="层级")
            for n in numbers
            if n
        ),
        findings=tuple(each for number in numbers if number for each in verdicts(number, by_doc)),
    )


def named(records: list[Any]) -> list[Any]:
    """Records with their ids."""
    return identify(records)


def above(number: int) -> int:
    """The plan that governs: cities under provinces, counties under cities, all under the nation."""
    if number <= PROVINCES:
        return 0
    if number <= PROVINCES + CITIES:
        return 1 + number % PROVINCES
    return 1 + PROVINCES + number % CITIES


def place(number: int) -> str:
    """A GB/T 2260 code of today; counties share the codes of those there are."""
    codes = codes_by_level()
    if number == 0:
        return "100000"
    level = "province" if number <= PROVINCES else "prefecture" if number <= PROVINCES + CITIES else "county"
    return codes[level][number % len(codes[level])]


@cache
def codes_by_level() -> dict[str, list[str]]:
    """Today's codes of each level."""
    from kg.places.gazetteer import all_places

    codes: dict[str, list[str]] = {}
    for each in all_places():
        if each.until is None:
            codes.setdefault(each.level, []).append(each.code)
    return codes


def document(number: int) -> Document:
    """One plan."""
    level = "national" if number == 0 else "province" if number <= PROVINCES else "county"
    return Document(
        doc=f"plan-{number}",
        start=0,
        end=20_000,
        quote="",
        rule="masthead",
        title=f"某地{number}养老服务体系建设规划",
        doc_number=f"某府发〔2022〕{number}号",
        issuer=f"机关{number}-0",
        jurisdiction=f"某地{number}",
        place=place(number),
        level=level,
        issued="2022-03-01",
        status="issued",
        period=(2021, 2025),
        genre="规划",
        trusted=bool(number % 50),
        trust_signs=() if number % 50 else ("没有文号",),
        file=f"{number}.txt",
    )


@cache
def amounts(number: int) -> tuple[Quantity, ...]:
    """Twelve targets."""
    chosen = random.Random(number)
    return tuple(
        named(
            [
                Quantity(
                    **at(number, n * 100, f"到2025年，指标达到{n}%"),
                    rule="reach_by_year",
                    indicator=f"指标{chosen.randrange(METRICS)}",
                    value=Decimal(chosen.randrange(1, 1000)) / 10,
                    comparator=">=",
                    unit="%",
                    time=str(chosen.choice((2023, 2024, 2025))),
                    nature=chosen.choice((None, "binding", "expected")),
                )
                for n in range(12)
            ]
        )
    )


def at(number: int, start: int, quote: str) -> dict[str, Any]:
    """Where a made-up record stands."""
    section = ("二、发展目标", f"（{start // 500}）目标")
    return {
        "doc": f"plan-{number}",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "section": section,
    }


def citations(number: int, lacking: list[str]) -> list[Record]:
    """Four citations: two held, one missing, one unknown."""
    targets = [f"plan-{above(number)}", "plan-0", lacking[number % len(lacking)], None]
    return [
        Citation(
            **at(number, 5000 + n * 50, f"《文件{n}》"),
            title=f"文件{n}",
            relation="basis",
            resolves_to=target,
        )
        for n, target in enumerate(targets)
    ]


def goals(number: int) -> list[Record]:
    """Two goals."""
    return [Goal(**at(number, 6000 + n * 50, f"体系{n}更加健全"), time="2025") for n in range(2)]


def duties(number: int) -> list[Record]:
    """Five duties of two agencies each."""
    parts = [
        (
            AgencyRole(name=f"机关{number}-{n}", raw="民政局", role="lead"),
            AgencyRole(name=f"机关{number}-{n + 1}", raw="财政局", role="support"),
        )
        for n in range(5)
    ]
    return [
        Assignment(**at(number, 7000 + n * 100, f"牵头单位：民政局{n}"), task=f"任务{n}", agencies=both)
        for n, both in enumerate(parts)
    ]


def deadlines(number: int) -> list[Record]:
    """Two deadlines."""
    return [
        Deadline(
            **at(number, 9000 + n * 50, f"{2024 + n}年6月底前完成"),
            what=f"完成事项{n}",
            time=f"{2024 + n}-06",
        )
        for n in range(2)
    ]


def verdicts(number: int, by_doc: dict[int, list[Quantity]]) -> Iterator[Finding]:
    """Eight verdicts a plan against the one above it."""
    uppers, lowers = by_doc[above(number)], by_doc[number]
    for n, verdict in enumerate(VERDICTS):
        yield Finding(
            upper=uppers[n],
            lower=None if verdict == "absent" else lowers[n],
            upper_doc=uppers[n].doc,
            lower_doc=lowers[n].doc,
            verdict=verdict,
            gap="低 5 个百分点" if verdict == "short" else None,
            basis="implied",
            rule=verdict,
            reason="reason.scope" if verdict == "incomparable" else None,
            explanation="一句话说明。",
            explanation_en="One sentence.",
        )


if __name__ == "__main__":
    main()
