"""The ontology declares what is written, all of it and nothing else, and the JSON-LD context fits it."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable

import pytest
import rdflib
from pyld import jsonld
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg import namespaces as ns
from kg import resources
from kg.mapping import map_article, terms
from kg.mapping.article_graph import Garden
from kg.mapping.labels import Labels
from kg.reading import read_brief
from tests.shared import ROOT, SHARED, need
from tools import ontology_docs

_FRONT = """\
---
schemaVersion: 1
id: agent-brief:{slug}
articleId: article:{slug}
slug: {slug}
title: {title}
tokenBudget: 1200
status: published
updated: 2026-05-04
reviewCycle: yearly
---

"""

TIDES = (
    _FRONT.format(slug="tides", title='Agent Brief for "Tides by Hand"')
    + """\
Read this before the article.

## Thesis

A tide table for one harbour can be made by hand.

## Primary reader

- Harbour masters.

## Claims

All claims are about one harbour.

- `claim-001`: Spring tides follow the full and the new moon.
  - Neap tides follow the half moons.
- `claim-002`: High water comes later every day ![high water](/images/high-water.png).

Heights are in metres.

## Source Families

- Textbook: *Tides for Beginners* (second edition).

## Agent Involvement

An assistant drafted the brief.

## Recommended Queries

- What would weaken claim-001?

## Known Limits

- The moon has [an article](/articles/moon/) of its own.

## Agent Instructions

- Give times in local time.
"""
)
"""Each section in its usual place."""

MOON = (
    _FRONT.format(slug="moon", title="The Moon's Month")
    + """\
## Instructions

- Quote claim-001 with [its table](#table).
  - Give the year.

## Thesis

The moon keeps a simple calendar, as claim-001 and ![a dial](/images/dial.png) show.

## Source Families

- Almanac: [*The Sailor's Year*](https://almanac.example/) (for claim-001).

## Recommended Queries

- Does [the tide](/articles/tides/) follow from claim-001?
  - And at which hour?

## Known Limits

- What claim-001 says holds for [our century](#century).
  - It will change.

## Agent Involvement

Nobody but its author has read claim-001.

## Audience

- Sailors who know [the tides](/articles/tides/) but doubt claim-002.
  - Also rowers.

## Key Claims

- `claim-001`: The moon goes round in a [month](https://month.example/).
- `claim-002`: It turns once in the time that claim-001 gives.
"""
)
"""No section in its usual place, so that each has a node; links, notes and claims named wherever they can be."""

WIND = (
    _FRONT.format(slug="wind", title="Wind on Water")
    + """\
Thesis: Wind bends every tide table.

The claims are: (1) wind from the sea raises high water; and (2) calm air changes nothing.
"""
)
"""No section at all."""

OWN = (TIDES, MOON, WIND)
ALL_TERMS = TIDES
GARDEN = Garden(licence="https://creativecommons.org/licenses/by/4.0/", language="en")
SOURCES = ["own", "seeds", "corpus"]

_RESOURCE, _ROLES = ns.RDFS + "Resource", ns.KG + "roles"
_TYPE, _IN_SCHEME = ns.RDF + "type", ns.SKOS + "inScheme"
_DOMAIN, _RANGE = ns.SCHEMA + "domainIncludes", ns.SCHEMA + "rangeIncludes"
_DATATYPES = {ns.XSD + "string", ns.XSD + "integer", ns.XSD + "date", ns.RDF + "JSON"}


_BUILD = {iri[1:-1] for iri in (terms.FILE, terms.SHA256, terms.LINE)}
"""What urn:kg:build says of nodes; tests/test_export.py reads it."""


def briefs(source: str) -> list[bytes]:
    """The test's own briefs, those of the sample garden, or those of the corpus."""
    if source == "own":
        return [text.encode() for text in OWN]
    folder = ROOT / "seeds" if source == "seeds" else need(SHARED / "corpus" / "garden")
    found = [path.read_bytes() for path in sorted(folder.glob("*/agent.md"))]
    if not found:
        pytest.skip(f"no briefs in {folder.name}")
    return found


def lines_of(files: Iterable[bytes]) -> list[str]:
    """What a build would store of some briefs, as sorted N-Triples."""
    lines: set[str] = set()
    labels = Labels()
    for data in files:
        brief, _ = read_brief(data, "x.md")
        if brief is not None:
            mapped = map_article(brief, None, GARDEN)
            labels.take(mapped.shared, mapped.status)
            lines.update(mapped.lines)
    return sorted(f"{line} .\n" for line in lines.union(labels.lines()))


def _triples(files: Iterable[bytes]) -> list[Triple]:
    return [quad.triple for quad in parse("".join(lines_of(files)).encode(), RdfFormat.N_TRIPLES)]


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
    assert _used(_triples(briefs(source))) - _declared().keys() == set()


def test_every_declared_term_is_written() -> None:
    assert _declared().keys() - _used(_triples(briefs("own"))) == {_ROLES, *_BUILD}
    assert all(values[_IN_SCHEME] == [_ROLES] for iri, values in _own().items() if iri.startswith(ns.KG + "role-"))


@pytest.mark.parametrize("source", SOURCES)
def test_every_node_has_one_class(source: str) -> None:
    triples = _triples(briefs(source))
    types = _types(triples)
    assert [str(triple.subject) for triple in triples if len(types[str(triple.subject)]) != 1] == []


@pytest.mark.parametrize("source", ["seeds", "corpus"])
def test_properties_are_found_where_the_ontology_says(source: str) -> None:
    domains, ranges = _ends(_triples(briefs(source)))
    declared = _declared()
    for name in domains:
        assert domains[name] <= set(declared[name][_DOMAIN]), name
        to_nodes = _DATATYPES.isdisjoint(declared[name][_RANGE])  # of a node elsewhere the graph says no class
        assert ranges[name] <= set(declared[name][_RANGE]) | ({_RESOURCE} if to_nodes else set()), name


def test_properties_are_found_nowhere_else() -> None:
    domains, ranges = _ends(_triples(briefs("own")))
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
    slugs = ("tides", "moon", "wind")
    prefixes = ns.PREFIXES | {slug: ns.article(ns.DEFAULT_BASE, slug) + "#" for slug in slugs}
    head = "".join(f"PREFIX {name}: <{space}>\n" for name, space in prefixes.items())
    (text,) = _declared()[iri][ns.SKOS + "example"]
    quads = parse((head + text).encode(), RdfFormat.TURTLE, base_iri=ns.DEFAULT_BASE)
    return [quad.triple for quad in quads]


@pytest.mark.parametrize("iri", _declared())
def test_an_example_shows_its_term_and_is_true(iri: str) -> None:
    example = _example(iri)
    assert iri in {str(term)[1:-1] for triple in example for term in (triple.predicate, triple.object)}
    if iri not in {_ROLES, *_BUILD}:
        assert set(example) <= set(_triples(briefs("own")))


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "ontology.md").read_text("utf-8") == ontology_docs.render(), "run make docs"


# the JSON-LD context


def _context() -> dict[str, object]:
    context: dict[str, object] = json.loads(resources.context())["@context"]
    return context


def _plain(triples: Iterable[Triple]) -> str:
    """Triples as JSON-LD the way a person would write it, with the context to say what strings stand for."""
    nodes: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        node, name = nodes[str(triple.subject)[1:-1]], ns.compress(_predicate(triple)) or ""
        text = triple.object.value if isinstance(triple.object, Literal | NamedNode) else ""
        number = isinstance(triple.object, Literal) and triple.object.datatype.value == ns.XSD + "integer"
        node["@type" if name == "rdf:type" else name].append(int(text) if number else text)
    graph = [{"@id": iri, **values} for iri, values in nodes.items()]
    return json.dumps({"@context": _context(), "@graph": graph})


def _by_pyld(document: str) -> str:
    return str(jsonld.to_rdf(json.loads(document), {"format": "application/n-quads"}))


def _by_rdflib(document: str) -> str:
    return rdflib.Graph().parse(data=document, format="json-ld").serialize(format="nt")


def _by_oxigraph(document: str) -> str:
    return "".join(f"{quad.triple} .\n" for quad in parse(document.encode(), RdfFormat.JSON_LD))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own use of it
@pytest.mark.parametrize("read", [_by_pyld, _by_rdflib, _by_oxigraph])
def test_the_context_says_what_plain_values_stand_for(read: Callable[[str], str]) -> None:
    triples = _triples(briefs("own"))
    found = parse(read(_plain(triples)).encode(), RdfFormat.N_TRIPLES)
    assert sorted(str(quad.triple) for quad in found) == sorted(map(str, triples))


def test_the_context_has_every_prefix_and_every_coercion_that_is_needed() -> None:
    wanted: dict[str, object] = {"@version": 1.1, **ns.PREFIXES}
    plain = (ns.XSD + "string", ns.XSD + "integer", ns.RDFS + "Literal")
    for iri, values in _declared().items():
        for kind in values[_RANGE]:
            if kind not in plain:
                coerced = ns.compress(kind) if kind in _DATATYPES else "@id"
                wanted[ns.compress(iri) or iri] = {"@type": coerced}
    assert _context() == wanted
