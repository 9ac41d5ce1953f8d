"""The scheme of common metrics: `kg/data/metrics/*.toml`, one file a field, and its form in SKOS.

The tables are what people edit; `ontology/metrics.ttl` is written from them by
`python -m kg.link.metric_scheme > ontology/metrics.ttl`, and a test keeps the two the same.
"""

import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.link.metric_names import MetricName, parse

FOLDER = Path(__file__).resolve().parent.parent / "data" / "metrics"

_PREFIXES = """\
@prefix km: <https://w3id.org/policy-kg/metrics#> .
@prefix kg: <https://w3id.org/policy-kg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix qudt: <http://qudt.org/schema/qudt/> .
@prefix unit: <http://qudt.org/vocab/unit/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
#: the units that QUDT has a name for
_QUDT = {
    "%": "PERCENT",
    "‰": "PERMILLE",
    "年": "YR",
    "公里": "KiloM",
    "平方米": "M2",
    "公顷": "HA",
    "平方公里": "KiloM2",
    "吨": "TON_Metric",
    "微克/立方米": "MicroGM-PER-M3",
    "立方米": "M3",
    "千瓦": "KiloW",
    "千瓦时": "KiloW-HR",
    "小时": "HR",
}


@dataclass(frozen=True, slots=True)
class SchemeMetric:
    """One metric of the scheme; names holds its label first, then its other names."""

    id: str
    names: tuple[str, ...]
    en: str
    definition: str
    unit: str | None
    direction: int
    intensive: bool
    sectors: tuple[str, ...]
    source: str | None

    @property
    def zh(self) -> str:
        """The preferred label."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Scheme:
    """All metrics of the scheme and what is known between them.

    comparable: pairs (ids sorted) whose values may be compared, with the caution that goes along.
    different: pairs often taken for each other, with what sets them apart.
    """

    metrics: Mapping[str, SchemeMetric]
    comparable: Mapping[tuple[str, str], str]
    different: Mapping[tuple[str, str], str]
    by_key: Mapping[str, str]

    def find(self, name: MetricName) -> str | None:
        """The id of the metric that the name means, or None when the scheme has no such name.

        A name that came without a unit is found by its words alone.
        """
        return self.by_key.get(name.key) or self.by_key.get(f"?{name.key}")


@lru_cache(maxsize=1)
def load_scheme() -> Scheme:
    """The scheme of `kg/data/metrics`, read once; about 10 ms."""
    tables = [tomllib.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.toml"))]
    sources = next(table["source"] for table in tables if "source" in table)
    metrics = {
        ident: _metric(ident, row, table.get("sector"), sources)
        for table in tables
        for ident, row in table.get("metric", {}).items()
    }
    comparable = {_pair(row): row["caution"] for table in tables for row in table.get("comparable", ())}
    different = {_pair(row): row["reason"] for table in tables for row in table.get("different", ())}
    return Scheme(metrics, comparable, different, dict(_keys(metrics.values())))


def _metric(
    ident: str, row: Mapping[str, Any], sector: str | None, sources: Mapping[str, str]
) -> SchemeMetric:
    source = row.get("source")
    return SchemeMetric(
        id=ident,
        names=(row["zh"], *row.get("also", ())),
        en=row["en"],
        definition=row["definition"],
        unit=row.get("unit"),
        direction=row.get("direction", 1),
        intensive=row["intensive"],
        sectors=(*([sector] if sector else []), *row.get("sectors", ())),
        source=sources[source] if source else None,
    )


def _pair(row: Mapping[str, str]) -> tuple[str, str]:
    left, right = sorted((row["left"], row["right"]))
    return left, right


def _keys(metrics: Iterable[SchemeMetric]) -> Iterator[tuple[str, str]]:
    """Every key under which a metric is found: its names with its unit, and with no unit."""
    for metric in metrics:
        for name in metric.names:
            yield parse(name, metric.unit).key, metric.id
            yield f"?{parse(name, None).key}", metric.id


def as_turtle(scheme: Scheme) -> str:
    """The scheme as SKOS in Turtle, in a fixed order."""
    head = """
km: a skos:ConceptScheme ;
    dcterms:title "政府规划常用指标"@zh, "Common metrics of government plans"@en ;
    dcterms:license <https://www.apache.org/licenses/LICENSE-2.0> .
"""
    return "\n".join([_PREFIXES + head, *(_concept(metric, scheme) for metric in scheme.metrics.values())])


def _concept(metric: SchemeMetric, scheme: Scheme) -> str:
    """One concept as a block of Turtle."""
    rows = [
        "a skos:Concept, kg:Indicator",
        "skos:inScheme km:",
        f'skos:notation "{metric.id}"',
        f"skos:prefLabel {_text(metric.zh)}, {_text(metric.en, 'en')}",
        *(f"skos:altLabel {_text(name)}" for name in metric.names[1:]),
        f"skos:definition {_text(metric.definition)}",
        f"kg:direction {metric.direction}",
        f"kg:intensive {str(metric.intensive).lower()}",
        *([f'kg:usualUnit "{metric.unit}"'] if metric.unit else []),
        *([f"qudt:hasUnit unit:{_QUDT[metric.unit]}"] if metric.unit in _QUDT else []),
        *(f"kg:sector {_text(sector)}" for sector in metric.sectors),
        *([f"dcterms:source {_text(metric.source)}"] if metric.source else []),
        *_links(metric.id, scheme),
    ]
    return f"km:{metric.id} " + " ;\n    ".join(rows) + " .\n"


def _links(ident: str, scheme: Scheme) -> Iterator[str]:
    """Write closeMatch for what may be compared with a caution, related for what is often confused."""
    for relation, pairs in (("skos:closeMatch", scheme.comparable), ("skos:related", scheme.different)):
        for pair in pairs:
            if ident in pair:
                yield f"{relation} km:{pair[1] if pair[0] == ident else pair[0]}"


def _text(text: str, lang: str = "zh") -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"@{lang}'


if __name__ == "__main__":
    sys.stdout.write(as_turtle(load_scheme()))
