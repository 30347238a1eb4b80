"""Measures of a graph small enough to reckon by hand, and of the sample garden."""

import itertools
import json
import random
from pathlib import Path

import networkx
import pytest
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python  # type: ignore[attr-defined]

from kg import centrality
from kg.analysis import analyse, network, pagerank, shared_network
from kg.centrality import betweenness
from kg.export.selection import Selection
from kg.mapping.terms import A
from tests.cli import kg
from tests.shared import ROOT

_G = "https://g.example/"
_KG, _S = "https://w3id.org/claimgraph/ns#", "https://schema.org/"


def _lines() -> list[str]:
    """Three articles; a and b name one work, c stands alone; a has two claims, c one."""
    lines = []
    for slug, claims in (("a", 2), ("b", 0), ("c", 1)):
        article = f"{_G}articles/{slug}/"
        lines.append(f"<{article}> {A} <{_S}Article>")
        for number in range(1, claims + 1):
            claim = f"<{article}#claim-00{number}>"
            lines += [f"{claim} {A} <{_KG}Claim>", f"{claim} <{_S}isPartOf> <{article}>"]
    lines.append(f"<{_G}mentions/w> {A} <{_KG}NamedWork>")
    lines += [f"<{_G}articles/{slug}/#family-001> <{_KG}names> <{_G}mentions/w>" for slug in "ab"]
    return sorted(lines)


@pytest.fixture
def selection() -> Selection:
    """The small graph."""
    return Selection(_G, {"g": _lines()})


def test_the_network_joins_articles_claims_and_works(selection: Selection) -> None:
    graph = network(selection)
    assert len(graph) == 7
    assert sorted(graph.degree(f"{_G}articles/{slug}/") for slug in "abc") == [1, 1, 3]
    together = shared_network(graph)
    assert list(together.edges) == [(f"{_G}articles/a/", f"{_G}articles/b/")]


def test_the_measures_are_right(selection: Selection) -> None:
    found = analyse(selection, 3)
    assert found.counts == {"articles": 3, "claims": 3, "named works": 1, "kinds of source family": 0, "joinings": 5}
    assert found.components == [5, 2]
    assert (found.degree[0].iri, found.degree[0].value) == (f"{_G}articles/a/", 3)
    assert found.betweenness[0].iri == f"{_G}articles/a/"
    assert [article.iri for article in found.isolated] == [f"{_G}articles/c/"]
    assert [group.articles for group in found.communities] == [(f"{_G}articles/a/", f"{_G}articles/b/")]


def test_pagerank_is_that_of_networkx() -> None:
    graph = networkx.karate_club_graph()
    plain: networkx.Graph[str] = networkx.relabel_nodes(networkx.Graph(graph.edges), str)
    ours, theirs = pagerank(plain), _pagerank_python(plain, tol=1e-10, max_iter=500)
    assert max(abs(ours[node] - theirs[node]) for node in plain) < 1e-5
    assert sum(ours.values()) == pytest.approx(1)


def test_an_empty_graph_has_no_measures() -> None:
    found = analyse(Selection(_G, {}), 3)
    assert (found.components, found.degree, found.communities) == ([], [], [])


def test_the_sample_garden_hangs_together_by_its_subjects(tmp_path: Path) -> None:
    kg("build", str(ROOT / "seeds"), "--store", str(tmp_path))
    words = ("analyze", "--format", "json", "--store", str(tmp_path))
    assert kg(*words).stdout == kg(*words).stdout
    found = json.loads(kg(*words).stdout)
    group = next(
        g["articles"] for g in found["communities"] if any("what-humus" in a or "hot-heaps" in a for a in g["articles"])
    )
    assert not any("bicycle" in article for article in group)
    assert found["counts"]["articles"] == 15
    assert "Communities of articles" in kg("analyze", "--store", str(tmp_path)).stdout


def _random_graph(seed: int) -> "networkx.Graph[str]":
    chance = random.Random(seed)
    nodes = [str(number) for number in range(chance.randrange(25))]
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(nodes)
    pairs = list(itertools.combinations(nodes, 2))
    graph.add_edges_from(chance.sample(pairs, min(len(pairs), chance.randrange(30))))
    return graph


@pytest.mark.parametrize("seed", range(40))
def test_exact_betweenness_is_that_of_networkx(seed: int) -> None:
    graph = _random_graph(seed)
    found = betweenness(graph)
    assert found.sources is None
    assert found.values == pytest.approx(networkx.betweenness_centrality(graph))


def test_sampled_betweenness_is_near_the_exact_and_always_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    graph: networkx.Graph[str] = networkx.relabel_nodes(networkx.barbell_graph(40, 1), str)
    exact = betweenness(graph).values
    monkeypatch.setattr(centrality, "STEPS", 1)
    sampled = betweenness(graph)
    assert sampled == betweenness(graph)
    assert sampled.sources == 32
    assert max(sampled.values, key=lambda node: sampled.values[node]) == "40"
    assert sampled.values["40"] == pytest.approx(exact["40"], rel=0.2)


def test_what_too_many_name_joins_no_community(selection: Selection) -> None:
    graph = network(selection)
    assert shared_network(graph).graph["widest"] is None
    narrow = shared_network(graph, pairs=0)
    assert (narrow.graph["widest"], narrow.number_of_edges()) == (1, 0)
