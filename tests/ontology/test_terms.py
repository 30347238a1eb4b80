"""The ontology declares what is written, all of it and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg import namespaces as ns
from kg.mapping import terms
from tests.ontology.articles import SOURCES, triples_of
from tests.shared import ROOT
from tools import ontology_docs

_RESOURCE = ns.RDFS + "Resource"
_TYPE, _IN_SCHEME = ns.RDF + "type", ns.SKOS + "inScheme"
_DOMAIN, _RANGE = ns.SCHEMA + "domainIncludes", ns.SCHEMA + "rangeIncludes"
_DATATYPES = {ns.XSD + "string", ns.XSD + "integer", ns.XSD + "date", ns.XSD + "boolean", ns.RDF + "JSON"}


_BUILD = {iri[1:-1] for iri in (terms.FILE, terms.SHA256, terms.LINE)}
"""What urn:kg:build says of nodes; tests/test_export.py reads it."""

SCHEMES: dict[str, Mapping[Any, str]] = {
    ns.KG + "roles": terms.ROLE_CONCEPTS,
    ns.KG + "confidences": terms.CONFIDENCE_CONCEPTS,
    ns.KG + "statuses": terms.STATUS_CONCEPTS,
    ns.KG + "supports": terms.SUPPORT_CONCEPTS,
    ns.KG + "states": terms.STATE_CONCEPTS,
}
"""Concept scheme → the words that the mapping knows, in the same order."""


def _predicate(triple: Triple) -> str:
    return str(triple.predicate.value)


def _types(triples: Iterable[Triple]) -> dict[str, set[str]]:
    """Node → its classes, those of the ontology's own concepts included."""
    types: dict[str, set[str]] = defaultdict(set)
    for iri, values in ontology_docs.terms().items():
        types[f"<{iri}>"].update(values[_TYPE])
    for triple in triples:
        if _predicate(triple) == _TYPE:
            types[str(triple.subject)].add(str(triple.object)[1:-1])
    return types


def _used(triples: Iterable[Triple]) -> set[str]:
    """The predicates, classes and own concepts in some triples."""
    found: set[str] = set()
    for triple in triples:
        found.add(_predicate(triple))
        if isinstance(triple.object, NamedNode):
            own = triple.object.value.startswith(ns.KG)
            found |= {triple.object.value} if own or _predicate(triple) == _TYPE else set()
    return found


def _ends(triples: Iterable[Triple]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Property → the classes it is found on, and the classes or datatypes it leads to."""
    triples = list(triples)
    types = _types(triples)
    domains: dict[str, set[str]] = defaultdict(set)
    ranges: dict[str, set[str]] = defaultdict(set)
    for triple in triples:
        if (name := _predicate(triple)) != _TYPE:
            domains[name] |= types[str(triple.subject)]
            ranges[name] |= _kinds(triple, types)
    return domains, ranges


def _kinds(triple: Triple, types: dict[str, set[str]]) -> set[str]:
    """The datatype or the classes of what a triple leads to; of a node without class, that it is one."""
    if isinstance(triple.object, Literal):
        return {str(triple.object.datatype.value)}
    return types[str(triple.object)] or {_RESOURCE}


def _declared() -> ontology_docs.Terms:
    """The terms of the ontology, without the node that stands for itself."""
    return {iri: values for iri, values in ontology_docs.terms().items() if iri != ontology_docs.ONTOLOGY}


def _own() -> ontology_docs.Terms:
    return {iri: values for iri, values in _declared().items() if iri.startswith(ns.KG)}


# what is written and what is declared


@pytest.mark.parametrize("source", SOURCES)
def test_every_term_that_is_written_is_declared(source: str) -> None:
    assert _used(triples_of(source)) - _declared().keys() == set()


def test_every_declared_term_is_written() -> None:
    assert _declared().keys() - _used(triples_of("own")) == {*SCHEMES, *_BUILD}


def test_every_scheme_holds_the_concepts_that_the_mapping_knows() -> None:
    found = defaultdict(list)
    for iri, values in _own().items():
        for scheme in values[_IN_SCHEME]:
            found[scheme].append(f"<{iri}>")
    assert found == {scheme: list(concepts.values()) for scheme, concepts in SCHEMES.items()}


@pytest.mark.parametrize("source", SOURCES)
def test_every_node_has_one_class(source: str) -> None:
    triples = triples_of(source)
    types = _types(triples)
    assert [str(triple.subject) for triple in triples if len(types[str(triple.subject)]) != 1] == []


@pytest.mark.parametrize("source", ["seeds", "corpus"])
def test_properties_are_found_where_the_ontology_says(source: str) -> None:
    domains, ranges = _ends(triples_of(source))
    declared = _declared()
    for name in domains:
        assert domains[name] <= set(declared[name][_DOMAIN]), name
        to_nodes = _DATATYPES.isdisjoint(declared[name][_RANGE])  # of a node elsewhere the graph says no class
        assert ranges[name] <= set(declared[name][_RANGE]) | ({_RESOURCE} if to_nodes else set()), name


def test_properties_are_found_nowhere_else() -> None:
    domains, ranges = _ends(triples_of("own"))
    said = {iri: values for iri, values in _declared().items() if values[_DOMAIN]}
    assert {iri: set(values[_DOMAIN]) for iri, values in said.items()} == domains
    assert {iri: set(values[_RANGE]) for iri, values in said.items()} == ranges


# how terms are declared


@pytest.mark.parametrize("iri", _own())
def test_an_own_term_has_label_definition_and_example(iri: str) -> None:
    values = _own()[iri]
    for key in (ns.RDFS + "label", ns.RDFS + "comment", ns.SKOS + "example"):
        assert len(values[key]) == 1, key
    assert not values[ns.RDFS + "isDefinedBy"]


def test_an_own_class_is_a_kind_of_a_well_known_one() -> None:
    classes = {iri: values for iri, values in _own().items() if ns.OWL + "Class" in values[_TYPE]}
    for iri, values in classes.items():
        above = values[ns.RDFS + "subClassOf"]
        assert above, iri
        assert not any(name.startswith(ns.KG) for name in above), iri


@pytest.mark.parametrize("iri", sorted(_declared().keys() - _own().keys()))
def test_a_reused_term_names_its_vocabulary_and_its_use(iri: str) -> None:
    values = _declared()[iri]
    (vocabulary,) = values[ns.RDFS + "isDefinedBy"]
    assert vocabulary in ns.PREFIXES.values()
    assert iri.startswith(vocabulary)
    assert len(values[ns.SKOS + "scopeNote"]) == len(values[ns.SKOS + "example"]) == 1
    assert not values[ns.RDFS + "comment"]


def test_nobody_elses_data_gets_types() -> None:
    used = {key for values in ontology_docs.terms().values() for key in values}
    assert used.isdisjoint({ns.RDFS + "domain", ns.RDFS + "range"})


def _example(iri: str) -> list[Triple]:
    slugs = ("tides", "moon", "wind", "buoys")
    prefixes = ns.PREFIXES | {slug: ns.article(ns.DEFAULT_BASE, slug) + "#" for slug in slugs}
    head = "".join(f"PREFIX {name}: <{space}>\n" for name, space in prefixes.items())
    (text,) = _declared()[iri][ns.SKOS + "example"]
    quads = parse((head + text).encode(), RdfFormat.TURTLE, base_iri=ns.DEFAULT_BASE)
    return [quad.triple for quad in quads]


@pytest.mark.parametrize("iri", _declared())
def test_an_example_shows_its_term_and_is_true(iri: str) -> None:
    example = _example(iri)
    assert iri in {str(term)[1:-1] for triple in example for term in (triple.predicate, triple.object)}
    if iri not in {*SCHEMES, *_BUILD}:
        assert set(example) <= set(triples_of("own"))


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "ontology.md").read_text("utf-8") == ontology_docs.render(), "run make docs"
