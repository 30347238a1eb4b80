"""The sample garden: what its README says agrees is linked, and what disagrees is never taken for one claim."""

import re
from functools import cache

import pytest

from kg.checks import Article
from kg.linking.articles import material_of
from kg.linking.bands import Band
from kg.linking.clusters import clusters
from kg.linking.links import Linker, linker
from kg.linking.material import Key
from kg.reading import read_brief
from kg.reading.companion import read_companion
from tests.shared import ROOT

SEEDS = ROOT / "seeds"
either = pytest.mark.parametrize("companions", [False, True], ids=["briefs", "companions"])
_PAIR = re.compile(r"^\| (\S+)#(claim-\d+) \| (\S+)#(claim-\d+) \|", re.MULTILINE)


@cache
def _seeds(companions: bool) -> Linker:
    """The sample garden's briefs alone, or with what their companions add."""
    found = []
    for path in sorted([*SEEDS.glob("*/agent.md"), *SEEDS.glob("*.txt")]):
        brief = read_brief(path.read_bytes(), path.name)[0]
        assert brief is not None
        beside = path.with_name("artifact.json")
        told = read_companion(beside.read_bytes(), "")[0] if companions and beside.exists() else None
        found.append(material_of(Article(brief, told, "https://seeds.example/")))
    return linker(found)


def _pairs(heading: str) -> list[tuple[Key, Key]]:
    section = (SEEDS / "README.md").read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return [(Key(*found[:2]), Key(*found[2:])) for found in _PAIR.findall(section)]


@either
def test_pairs_that_say_the_same_are_linked(companions: bool) -> None:
    found = _seeds(companions)
    bands = [found.pair(*pair).band for pair in _pairs("Pairs that say the same")]
    assert len(bands) >= 6
    assert sum(band in (Band.NEAR_CERTAIN, Band.SHOWN) for band in bands) >= 0.8 * len(bands)


@either
def test_pairs_that_disagree_stand_in_no_cluster_and_many_show_a_tension(companions: bool) -> None:
    found = _seeds(companions)
    groups = clusters(found.links())
    against = _pairs("Pairs that disagree")
    assert len(against) >= 12
    assert not [pair for pair in against for group in groups if set(pair) <= set(group)]
    signs = [found.pair(*pair).tensions for pair in against]
    assert sum(map(bool, signs)) >= len(signs) / 3


@either
def test_only_what_says_the_same_is_in_a_cluster(companions: bool) -> None:
    same = {frozenset(pair) for pair in _pairs("Pairs that say the same")}
    groups = [frozenset(group) for group in clusters(_seeds(companions).links())]
    assert groups
    assert sum(group in same for group in groups) >= 0.8 * len(groups)
