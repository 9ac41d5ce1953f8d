"""Writes docs/ontology.md from policy.ttl: `python ontology/page.py`. A test keeps the two the same."""

from collections.abc import Iterator
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "ontology.md"
KG = "https://w3id.org/policy-kg/ontology#"

HEAD = """# 词汇 · Vocabulary

由 `ontology/policy.ttl` 生成（`python ontology/page.py`），请勿手改。命名空间 `kg:` = <{kg}>。
Generated from `ontology/policy.ttl`; do not edit by hand.

一份文件两个命名图：原文所载在 `…/id/graph/doc/ID`，链接与比对所得在 `…/id/graph/links/ID`；
各文件共有的机关、区划、指标在 `…/id/graph/shared`。
Two named graphs a document: what it says, and what linking and comparing found about it; what documents share
stands in a third.
"""


def page() -> str:
    """The whole page as Markdown."""
    graph = Graph().parse(ROOT / "ontology" / "policy.ttl")
    return "\n".join([HEAD.format(kg=KG), *_classes(graph), *_properties(graph), *_schemes(graph)]) + "\n"


def _classes(graph: Graph) -> Iterator[str]:
    yield "## 类 · Classes\n"
    yield "| 名称 | 中文 | English | 上位类 · subclass of | 定义 · definition |\n|---|---|---|---|---|"
    for name in _of_type(graph, OWL.Class):
        cells = [*_names(graph, name), _all(graph, name, RDFS.subClassOf), _definition(graph, name)]
        yield "| " + " | ".join(cells) + " |"


def _properties(graph: Graph) -> Iterator[str]:
    for kind, title in (
        (OWL.ObjectProperty, "对象属性 · Properties between nodes"),
        (OWL.DatatypeProperty, "数据属性 · Properties with values"),
    ):
        yield f"\n## {title}\n"
        yield "| 名称 | 中文 | English | 用于 · of | 取值 · value | 细化 · refines | 定义 · definition |"
        yield "|---|---|---|---|---|---|---|"
        for name in _of_type(graph, kind):
            ends = [_all(graph, name, each) for each in (RDFS.domain, RDFS.range, RDFS.subPropertyOf)]
            yield "| " + " | ".join([*_names(graph, name), *ends, _definition(graph, name)]) + " |"


def _schemes(graph: Graph) -> Iterator[str]:
    yield "\n## 取值表 · Closed lists"
    for scheme in _of_type(graph, SKOS.ConceptScheme):
        members = sorted(graph.subjects(SKOS.inScheme, scheme))
        if members:
            yield f"\n### {_label(graph, scheme, 'zh')} · {_label(graph, scheme, 'en')}\n"
            yield "| 名称 | 中文 | English | 定义 · definition |\n|---|---|---|---|"
        for name in members:
            yield "| " + " | ".join([*_names(graph, name), _definition(graph, name)]) + " |"


def _of_type(graph: Graph, kind: URIRef) -> list[URIRef]:
    return sorted(name for name in graph.subjects(RDF.type, kind) if isinstance(name, URIRef))


def _names(graph: Graph, name: URIRef) -> list[str]:
    return [f"`{_short(graph, name)}`", _label(graph, name, "zh"), _label(graph, name, "en")]


def _short(graph: Graph, name: object) -> str:
    return str(graph.namespace_manager.normalizeUri(str(name))).strip("<>")


def _all(graph: Graph, name: URIRef, property_: URIRef) -> str:
    return ", ".join(_short(graph, each) for each in sorted(graph.objects(name, property_)))


def _label(graph: Graph, name: URIRef, language: str) -> str:
    found = [*graph.objects(name, RDFS.label), *graph.objects(name, SKOS.prefLabel)]
    return next(str(text) for text in found if getattr(text, "language", None) == language)


def _definition(graph: Graph, name: URIRef) -> str:
    texts = {getattr(text, "language", ""): str(text) for text in graph.objects(name, SKOS.definition)}
    return f"{texts['zh']}<br>{texts['en']}".replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
