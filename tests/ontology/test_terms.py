"""Every term that is written is declared, and every declared term is written."""

import json

from pyoxigraph import NamedNode, RdfFormat, parse

from kg import namespaces as ns
from kg import resources
from kg.mapping import map_brief, terms
from kg.mapping.brief import Garden
from kg.reading import read_brief
from tests.graphs import graph_of
from tests.shared import ROOT
from tools import ontology_docs

ALL_TERMS = """\
---
schemaVersion: 1
id: agent-brief:all
articleId: article:all
slug: all
title: Agent Brief for "All"
tokenBudget: 1200
status: published
updated: 2026-05-04
own: key
---

Before the first heading.

## Thesis

One.

## Primary reader

- Readers of claim-001.

## Claims

Intro.

- `claim-001`: One ![im](/x.png).
  - Nested.

After.

## Sources

- Textbook: *A* (remark).

## Known Limits

- See [another](/articles/another/).

## Recommended Queries

- Which?

## Instructions

- Do.

## Agent Involvement

None.
"""
PROSE = ALL_TERMS.split("Before")[0].replace("all", "prose") + "The claims are: (1) one; and (2) two.\n"
IN_BUILD_GRAPH = {terms.FILE, terms.SHA256, terms.LINE}


def _written() -> set[str]:
    """The predicates, classes and role concepts that two briefs give, and those of the build's graph."""
    found = {iri[1:-1] for iri in IN_BUILD_GRAPH}
    for text in (ALL_TERMS, PROSE):
        brief, _ = read_brief(text.encode(), "x.md")
        assert brief is not None
        mapped = map_brief(brief, Garden(licence="https://e.example/l", language="en"))
        graph = graph_of(text)
        assert graph is not None
        lines = {*mapped.lines, *graph.lines}
        for quad in parse("".join(f"{line} .\n" for line in lines).encode(), RdfFormat.N_TRIPLES):
            found.add(quad.predicate.value)
            own_concept = isinstance(quad.object, NamedNode) and quad.object.value.startswith(ns.KG)
            if isinstance(quad.object, NamedNode) and (quad.predicate.value == ns.RDF + "type" or own_concept):
                found.add(quad.object.value)
    roles = {iri[1:-1] for iri in terms.ROLE_CONCEPTS.values()}
    return found | roles


def _declared() -> set[str]:
    scheme, ontology = ns.KG + "roles", ns.KG.rstrip("#")
    return {iri for iri in ontology_docs.terms() if iri not in (scheme, ontology)}


def test_written_and_declared_terms_are_the_same() -> None:
    assert _written() - _declared() == set()
    assert _declared() - _written() == set()


def test_own_terms_have_label_definition_and_example() -> None:
    for iri, values in ontology_docs.terms().items():
        if iri.startswith(ns.KG):
            for key in (ns.RDFS + "label", ns.RDFS + "comment", ns.SKOS + "example"):
                assert values[key], f"{iri} has no {key}"


def test_nobody_elses_data_gets_types() -> None:
    used = {key for values in ontology_docs.terms().values() for key in values}
    assert used.isdisjoint({ns.RDFS + "domain", ns.RDFS + "range"})


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "ontology.md").read_text("utf-8") == ontology_docs.render(), "run make docs"


def test_the_context_knows_every_property_that_points_to_a_node() -> None:
    context = json.loads(resources.context())["@context"]
    graph = graph_of(ALL_TERMS)
    assert graph is not None
    for quad in parse("".join(f"{line} .\n" for line in graph.lines).encode(), RdfFormat.N_TRIPLES):
        key = ns.compress(quad.predicate.value) or ""
        if isinstance(quad.object, NamedNode) and key != "rdf:type":
            assert context[key] == {"@type": "@id"}, key
