"""Every export is read back by a library that is not ours and holds the same; same graph, same bytes."""

import csv
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal

import networkx as nx
import openpyxl
import pandas as pd
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse, serialize
from rdflib.compare import isomorphic

from kg.errors import UsageError
from kg.export import FORMATS, export
from kg.export_tables import disarmed
from kg.graph import quads
from kg.model import Document, Quantity, from_json
from kg.network import network
from kg.source import LocalGraph
from kg.store import open_memory
from kg.vocabulary import ONTOLOGY, graph_iri, iri
from tests.graph_fixtures import TEXTS, knowledge


@pytest.fixture(scope="module")
def graph():
    return open_memory(knowledge(), TEXTS)


def one(graph, form, folder):
    """The only file of an export."""
    [path] = export(graph, form, folder / f"out.{form}")
    return path


def expected():
    """What was written, as rdflib has it."""
    triples = (quad.triple for quad in quads(knowledge(), TEXTS))
    return rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_graph_gives_the_same_bytes(graph, tmp_path, form):
    first = export(graph, form, tmp_path / "a")
    second = export(open_memory(knowledge(), TEXTS), form, tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert all(path.stat().st_size for path in first)


def test_an_unknown_format_lists_the_known(graph, tmp_path):
    with pytest.raises(UsageError, match="turtle, jsonld, nquads"):
        export(graph, "word", tmp_path / "x")


# ---------------------------------------------------------------- RDF


def test_turtle_is_the_same_graph(graph, tmp_path):
    found = rdflib.Graph().parse(one(graph, "turtle", tmp_path), format="turtle")
    assert isomorphic(found, expected())


def test_nquads_keep_the_graph_of_each_document(graph, tmp_path):
    path = one(graph, "nquads", tmp_path)
    found = rdflib.Dataset()
    found.parse(path, format="nquads")
    for doc in TEXTS:
        own = [quad.triple for quad in quads(knowledge(), TEXTS) if quad.graph_name.value == graph_iri(doc)]
        want = rdflib.Graph().parse(data=serialize(own, format=RdfFormat.N_TRIPLES), format="nt")
        assert set(found.graph(rdflib.URIRef(graph_iri(doc)))) == set(want)
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) == len(set(lines)) == len(list(quads(knowledge(), TEXTS)))


@pytest.mark.parametrize("reader", ["rdflib", "pyoxigraph"])
def test_jsonld_says_the_same_with_nothing_to_fetch(graph, tmp_path, reader):
    path = one(graph, "jsonld", tmp_path)
    if reader == "rdflib":
        dataset = rdflib.Dataset()
        dataset.parse(path, format="json-ld")
        found = {(s, p, o) for s, p, o, _ in dataset.quads()}
        assert found == set(expected())
    else:
        found = {str(quad) for quad in parse(path=str(path), format=RdfFormat.JSON_LD)}
        assert found == {str(quad) for quad in quads(knowledge(), TEXTS)}


def test_jsonld_is_plain_to_read(graph, tmp_path):
    body = json.loads(one(graph, "jsonld", tmp_path).read_text("utf-8"))
    nodes = [node for part in body["@graph"] for node in part["@graph"]]
    target = next(node for node in nodes if node.get("indicator") == ["新增养老床位"])
    assert target["@type"] == ["kg:Quantity", "kg:Target"]
    assert target["value"] == [{"@value": "5", "@type": "xsd:decimal"}]
    assert target["inDocument"] == ["id:doc/city"]


def test_the_context_has_a_word_for_every_property_of_the_vocabulary():
    context = json.loads((ONTOLOGY / "context.jsonld").read_text("utf-8"))["@context"]
    words = {value["@id"]: value.get("@type") for value in context.values() if isinstance(value, dict)}
    vocabulary = rdflib.Graph().parse(ONTOLOGY / "policy.ttl")
    for kind, typed in ((rdflib.OWL.ObjectProperty, "@id"), (rdflib.OWL.DatatypeProperty, None)):
        for name in vocabulary.subjects(rdflib.RDF.type, kind):
            assert words["kg:" + name.removeprefix(iri("kg:"))] == typed


def test_remote_bookkeeping_and_vocabulary_are_left_out(graph, tmp_path):
    text = one(graph, "nquads", tmp_path).read_text("utf-8")
    assert "graph/manifest" not in text
    assert "graph/ontology" not in text


# ---------------------------------------------------------------- networks


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_come_back_whole(graph, tmp_path, form, read):
    path, want = one(graph, form, tmp_path), network(graph)
    found = read(path)
    assert set(found) == set(want)
    assert found.number_of_edges() == want.number_of_edges()
    assert found.nodes["document:city"]["label"] == "南昌市养老规划"
    kinds = sorted((a, b, data["kind"]) for a, b, data in found.edges(data=True))
    assert kinds == sorted(want.edges(keys=True))


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_every_edge_has_an_id_of_its_own(graph, tmp_path, form):
    edges = [each for each in ET.parse(one(graph, form, tmp_path)).iter() if each.tag.endswith("}edge")]
    assert len({each.get("id") for each in edges}) == len(edges) > 0


def test_characters_that_xml_cannot_carry_do_no_harm(tmp_path):
    known = knowledge()
    broken = replace(known.documents[0], title="南昌\x00市\x0b")
    damaged = open_memory(replace(known, documents=(broken, *known.documents[1:])), TEXTS)
    assert (
        nx.read_graphml(one(damaged, "graphml", tmp_path)).nodes["document:city"]["label"]
        == "南昌\ufffd市\ufffd"
    )
    assert (
        nx.read_gexf(one(damaged, "gexf", tmp_path)).nodes["document:city"]["label"] == "南昌\ufffd市\ufffd"
    )
    openpyxl.load_workbook(export(damaged, "xlsx", tmp_path / "out.xlsx")[0])


#: a field of a header as neo4j-admin reads it: name:type, or one of the marked fields
NEO4J_FIELD = re.compile(r"\w+(:(long|double|boolean|string))?(\[\])?|id:ID|:LABEL|:START_ID|:END_ID|:TYPE")


def test_neo4j_files_fit_together(graph, tmp_path):
    """Headers follow the import grammar, ids are unique, every relationship ends at a node."""
    written = export(graph, "neo4j", tmp_path / "neo4j")
    tables = {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in written
        if path.suffix == ".csv"
    }
    assert all(NEO4J_FIELD.fullmatch(name) for table in tables.values() for name in table.columns)
    nodes = [table for table in tables.values() if "id:ID" in table]
    edges = [table for table in tables.values() if ":START_ID" in table]
    ids = [name for table in nodes for name in table["id:ID"]]
    assert len(ids) == len(set(ids))
    ends = {name for table in edges for column in (":START_ID", ":END_ID") for name in table[column]}
    assert ends <= set(ids)
    assert all(
        list(table[":TYPE"]) == [name] * len(table) for name, table in tables.items() if ":TYPE" in table
    )
    assert len(tables["Finding"]) == len(tables["UPPER"]) == 4
    assert len(tables["LOWER"]) == 3
    assert tables["Quantity"].set_index("indicator").loc["新增养老床位", "value:double"] == "5"
    assert set(tables["Quantity"]["class"]) == {"target", "baseline"}


def test_neo4j_command_names_every_file(graph, tmp_path):
    *tables, script = export(graph, "neo4j", tmp_path / "neo4j")
    text = script.read_text("utf-8")
    assert re.findall(r"=(\w+\.csv)", text) == [path.name for path in tables]
    assert text.endswith("neo4j\n")


# ---------------------------------------------------------------- records and tables


def test_json_lines_are_the_records(graph, tmp_path):
    path = one(graph, "jsonl", tmp_path)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len(pd.read_json(path, lines=True)) == len(rows)
    known = knowledge()
    assert sorted(str(from_json(row)) for row in rows if row["kind"] == "quantity") == sorted(
        map(str, known.quantities)
    )
    assert [from_json(row) for row in rows if row["kind"] == "document"] == list(known.documents)
    kinds = {row["kind"] for row in rows}
    assert kinds >= {"citation", "goal", "assignment", "task", "deadline", "repair", "metric", "measures"}
    assert kinds >= {"alignment", "similar", "missing", "governs", "finding"}
    short = next(row for row in rows if row.get("verdict") == "short")
    assert (short["upper"]["value"], short["lower"]["value"], short["gap_value"]) == (60, 55, 5)


def test_tables_of_targets_and_findings(graph, tmp_path):
    targets, findings = (pd.read_csv(path, dtype=str) for path in export(graph, "csv", tmp_path / "csv"))
    assert list(targets.loc[targets["文件编号"] == "city", "数值"]) == ["100", "60", "5"]
    assert list(findings["结论"]) == ["滞后", "低于", "缺失", "同级对照"]
    short = findings.set_index("结论").loc["低于"]
    assert (short["上位数值"], short["下位数值"], short["差距"]) == ("≥60%", "55%", "低 5 个百分点")


def test_tables_open_in_a_spreadsheet_with_chinese_whole(graph, tmp_path):
    [first, _] = export(graph, "csv", tmp_path / "csv")
    assert first.read_bytes().startswith("\ufeff文件编号".encode())


def test_workbook_has_the_same_tables(graph, tmp_path):
    book = openpyxl.load_workbook(one(graph, "xlsx", tmp_path))
    assert book.sheetnames == ["目标值", "对照结论"]
    for sheet, path in zip(book, export(graph, "csv", tmp_path / "csv"), strict=True):
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.reader(file))
        found = [
            ["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
        assert found == table


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+86 10", "'+86 10"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-2.5", "-2.5"),
        ("+3", "+3"),
        (Decimal("-2.5"), "-2.5"),
        (Decimal("1E+3"), "1000"),
        ("达到60%", "达到60%"),
        ("1=1", "1=1"),
        (7, "7"),
        (None, ""),
    ],
)
def test_no_cell_is_a_formula(cell, expected):
    assert disarmed(cell) == expected


def test_a_formula_in_a_document_stays_text(tmp_path):
    known = knowledge()
    evil = Quantity(doc="peer", start=0, end=9, quote='=cmd|"/c calc"!A1', indicator="=1+1", id="quantity-x")
    title: Document = replace(known.documents[2], title="@evil")
    graph = open_memory(
        replace(known, quantities=(*known.quantities, evil), documents=(*known.documents[:2], title))
    )
    path, _ = export(graph, "csv", tmp_path / "csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = {cell for row in csv.reader(file) for cell in row}
    assert {"'=1+1", "'@evil", '\'=cmd|"/c calc"!A1'} <= cells
    book = openpyxl.load_workbook(export(graph, "xlsx", tmp_path / "out.xlsx")[0])
    assert {cell.data_type for row in book["目标值"].iter_rows() for cell in row} <= {"s", "n"}


def test_an_export_reads_any_source(graph, tmp_path):
    """What holds for the store in memory holds for any store that is asked the same way."""
    copied = LocalGraph(graph.store)
    assert one(copied, "nquads", tmp_path).read_bytes() == one(graph, "nquads", tmp_path).read_bytes()
