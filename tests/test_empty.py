"""An empty result says which pattern, or which join, is to blame."""

import pytest
from pyoxigraph import RdfFormat, Store

from kg.empty import explain
from tests.cli import kg
from tests.graphs import graph_of
from tests.ontology.articles import TIDES
from tests.shared import ROOT


def _store() -> Store:
    graph = graph_of(TIDES)
    assert graph is not None
    store = Store()
    store.load("".join(f"{line} .\n" for line in graph.selection.quads()).encode(), RdfFormat.N_QUADS)
    return store


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ("?c a kg:Claim ; kg:name ?x", "nothing in the graph matches ?c kg:name ?x"),
        ("?c a kg:Claims", "nothing in the graph matches ?c rdf:type kg:Claims"),
        ("?c a kg:Claim . OPTIONAL { ?c kg:x ?y } ?c kg:names ?w", "with ?c kg:names ?w none is left of those of"),
        ('?c schema:text ?t FILTER(?t = "x")', "a FILTER, MINUS, HAVING, LIMIT or GRAPH leaves none"),
        ("?c schema:isPartOf/kg:nothing ?t", "nothing in the graph matches"),
    ],
)
def test_the_cause_is_named(where: str, sentence: str) -> None:
    found = explain(_store(), f"SELECT * WHERE {{ {where} }}")
    assert len(found) == 1
    assert sentence in found[0]


def test_what_rdflib_cannot_read_is_left_unexplained() -> None:
    assert explain(_store(), "SELECT * WHERE { ?s ?p ?o LATERAL { ?s kg:x ?y } }") == []


def test_the_command_line_says_it(tmp_path: object) -> None:
    store = f"{tmp_path}/store"
    kg("build", str(ROOT / "seeds"), "--store", store)
    words = ("query", "-e", "SELECT ?c { ?c a kg:Claim ; kg:names ?w }", "--store", store)
    assert "no solution: each pattern has matches" in kg(*words, "--explain").stderr
    assert "no solution" not in kg(*words).stderr
    misspelt = kg("query", "-e", "SELECT ?c { ?c a kg:Claims }", "--store", store).stderr
    assert "kg:Claims occurs nowhere in the graph; the nearest: kg:Claim" in misspelt
