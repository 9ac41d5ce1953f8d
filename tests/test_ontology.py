"""The vocabulary covers all that the graph says, in both languages, and contradicts nothing."""

import importlib.util
import re

import owlrl
import pytest
from pyoxigraph import NamedNode, RdfFormat, serialize
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from kg.graph import quads
from kg.messages import CATALOGUE
from kg.vocabulary import ONTOLOGY, PREFIXES, QUANTITY_CLASSES, SLOTS, iri, record_iri
from tests.graph_fixtures import TEXTS, knowledge

KG = Namespace(PREFIXES["kg"])
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
TERMS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


@pytest.fixture(scope="module")
def vocabulary():
    return Graph().parse(ONTOLOGY / "policy.ttl")


def own(names):
    return {str(name).removeprefix(KG) for name in names if str(name).startswith(KG)}


def declared(vocabulary):
    schemes = own(vocabulary.subjects(RDF.type, SKOS.ConceptScheme)) | own(
        vocabulary.subjects(RDF.type, SKOS.Concept)
    )
    return schemes | {name for kind in TERMS for name in own(vocabulary.subjects(RDF.type, kind))}


def data():
    triples = (quad.triple for quad in quads(knowledge(), TEXTS))
    return serialize(triples, format=RdfFormat.N_TRIPLES)


def mentioned(text):
    """The own names that a Turtle or SPARQL text uses."""
    return set(re.findall(r"\bkg:([\w-]+)", text))


def test_everything_the_graph_says_is_declared(vocabulary):
    used = {
        str(name) for quad in quads(knowledge(), TEXTS) for name in (quad.predicate.value, quad.object.value)
    }
    assert own(used) <= declared(vocabulary)


def test_every_slot_is_declared_with_the_right_kind(vocabulary):
    nodes = ("term", "agency", "place", "document", "concept", "node")
    for slot in (slot for slots in SLOTS.values() for slot in slots):
        if slot.property.startswith("kg:"):
            kind = OWL.ObjectProperty if slot.form in nodes else OWL.DatatypeProperty
            assert (URIRef(iri(slot.property)), RDF.type, kind) in vocabulary, slot


@pytest.mark.parametrize(
    "path", sorted([*ONTOLOGY.glob("queries/*.rq"), ONTOLOGY / "metrics.ttl"]), ids=lambda p: p.stem
)
def test_files_beside_it_use_declared_names_only(vocabulary, path):
    assert mentioned(path.read_text("utf-8")) <= declared(vocabulary)


def test_shapes_use_declared_names_only(vocabulary):
    shapes = {
        name for name in mentioned((ONTOLOGY / "shapes.ttl").read_text("utf-8")) if not name.endswith("Shape")
    }
    assert shapes <= declared(vocabulary)


def test_nothing_is_declared_that_nothing_uses(vocabulary):
    """A term without a use is a promise that the graph does not keep."""
    used = own(
        str(name) for quad in quads(knowledge(), TEXTS) for name in (quad.predicate.value, quad.object.value)
    )
    used |= {slot.property.removeprefix("kg:") for slots in SLOTS.values() for slot in slots}
    used |= {name.removeprefix("kg:") for name in QUANTITY_CLASSES.values()} | {"digest", "Record"}
    terms = {name for kind in TERMS for name in own(vocabulary.subjects(RDF.type, kind))}
    assert terms - used == set()


def test_every_term_has_names_and_definitions_in_both_languages(vocabulary):
    named = {name for kind in (*TERMS, SKOS.Concept) for name in vocabulary.subjects(RDF.type, kind)}
    for name in named:
        labels = [*vocabulary.objects(name, RDFS.label), *vocabulary.objects(name, SKOS.prefLabel)]
        assert {text.language for text in labels} == {"zh", "en"}, name
        definitions = list(vocabulary.objects(name, SKOS.definition))
        assert {text.language for text in definitions} == {"zh", "en"}, name
        assert all(re.search("[一-龥]", text) for text in [*labels, *definitions] if text.language == "zh"), (
            name
        )


@pytest.mark.parametrize(
    "key", [key for key in CATALOGUE if key.split(".")[0] in ("verdict", "level", "role", "basis")]
)
def test_schemes_and_user_interface_say_the_same(vocabulary, key):
    name = KG[key.replace(".", "-")]
    labels = {text.language: str(text) for text in vocabulary.objects(name, SKOS.prefLabel)}
    assert labels["zh"] == CATALOGUE[key][0]


def contradictions(turtle):
    """What an OWL 2 RL reasoner finds wrong with the vocabulary, the data and `turtle` together."""
    graph = Graph().parse(ONTOLOGY / "policy.ttl").parse(data=data(), format="nt")
    if turtle:
        graph.parse(data=turtle, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return sorted(str(text) for text in graph.objects(None, ERROR))


def test_vocabulary_and_data_are_consistent():
    assert contradictions("") == []


def test_the_reasoner_would_see_a_contradiction():
    target = NamedNode(record_iri("city", knowledge().quantities[0].id))
    assert contradictions(f"{target} a <{KG.Baseline}> .")
    assert contradictions(f"{target} <{KG.citedBy}> {target} .")


@pytest.mark.parametrize(
    ("own_term", "standard"),
    [
        ("Document", "eli:LegalResource"),
        ("Agency", "org:FormalOrganization"),
        ("Indicator", "skos:Concept"),
        ("Quantity", "qudt:QuantityValue"),
        ("Section", "eli:LegalResourceSubdivision"),
        ("Place", "dcterms:Location"),
        ("Finding", "prov:Entity"),
        ("AgencyRole", "prov:Association"),
    ],
)
def test_classes_refine_standard_ones(vocabulary, own_term, standard):
    assert (KG[own_term], RDFS.subClassOf, URIRef(iri(standard))) in vocabulary


def test_the_page_is_generated_from_it():
    spec = importlib.util.spec_from_file_location("page", ONTOLOGY / "page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text("utf-8") == module.page()


def test_values_are_of_the_declared_type(vocabulary):
    """A text with a language is no xsd:string: a DL reasoner takes it for a contradiction."""
    graph = Graph().parse(data=data(), format="nt").parse(ONTOLOGY / "metrics.ttl")
    for name in vocabulary.subjects(RDF.type, OWL.DatatypeProperty):
        declared_type = vocabulary.value(name, RDFS.range)
        for value in graph.objects(None, name):
            kind = value.datatype or (RDF.langString if value.language else URIRef(iri("xsd:string")))
            assert declared_type in (None, kind), (name, value)
