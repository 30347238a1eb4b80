"""What the graph says of the corpus's evidence, beside the same numbers from the raw JSON by other means."""

import json
import re
from collections import defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QuerySolutions, Store

from kg.build import build
from kg.cli.common import open_store
from kg.garden import locate
from tests.shared import SHARED, need

CORPUS = SHARED / "corpus" / "garden"
_PREFIXES = """
PREFIX kg: <https://w3id.org/claimgraph/ns#> PREFIX schema: <https://schema.org/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX cito: <http://purl.org/spar/cito/> PREFIX dcterms: <http://purl.org/dc/terms/>
"""
_PUBLISHED = "?article schema:creativeWorkStatus 'published' ."


@cache
def _raw() -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in sorted(need(CORPUS).glob("*/artifact.json"))]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The corpus, with a base that is not its own address."""
    folder = tmp_path_factory.mktemp("corpus")
    build(locate((str(need(CORPUS)),), str(folder / "store")))
    return open_store(str(folder / "store"))[0]


def _count(store: Store, pattern: str, what: str = "*") -> int:
    found = store.query(
        f"{_PREFIXES} SELECT (COUNT({what}) AS ?n) WHERE {{ {pattern} }}", use_default_graph_as_union=True
    )
    assert isinstance(found, QuerySolutions)
    (solution,) = found
    return int(solution["n"].value)


def _address(url: str) -> str:
    """An own, plain reading of the rules for addresses."""
    url = re.sub(r"^https?://(www\.)?", "", url.strip(), flags=re.IGNORECASE).split("#")[0].rstrip("/")
    url = re.sub(r"^(dx\.)?doi\.org/|^.*/doi/(?:abs/|full/|pdf/)?(?=10\.)", "doi:", url)
    url = re.sub(r"^arxiv\.org/(?:abs|pdf|html)/([\d.]+?)(v\d+)?(\.pdf)?$", r"arxiv:\1", url)
    return url.lower() if url.startswith("doi:") else url


def _claims(published: bool = False) -> list[tuple[str, dict[str, Any]]]:
    kept = (a for a in _raw() if not published or a["status"] == "published")
    return [(article["slug"], claim) for article in kept for claim in article["claims"]]


def test_counts(store: Store) -> None:
    articles = _raw()
    claims = [claim for _, claim in _claims()]
    sources = [source for article in articles for source in article["sources"]]
    expected = {
        "?x a kg:Claim": len(claims),
        f"?x a kg:Claim ; schema:isPartOf ?article . {_PUBLISHED}": len(_claims(published=True)),
        "?x a kg:Evidence": sum(len(claim["evidence"]) for claim in claims),
        "?x a kg:Counterevidence": sum(len(claim["counterevidence"]) for claim in claims),
        "?x a kg:Source": len(sources),
        "?x a schema:CreativeWork": len({_address(source["url"]) for source in sources}),
        "?x kg:claimState kg:state-verified": sum(c["verification"]["status"] == "verified" for c in claims),
        "?x kg:claimState kg:state-stale": sum(c["verification"]["status"] == "stale" for c in claims),
        "?article dcterms:relation ?x . ?article a schema:Article": sum(len(a["related"]) for a in articles),
        "?x a kg:Claim FILTER NOT EXISTS { ?e cito:hasCitingEntity ?x ; kg:support kg:support-direct }": sum(
            all(e["supports"] != "direct" for e in claim["evidence"]) for claim in claims
        ),
        f"?article a schema:Article ; schema:about ?x . {_PUBLISHED}": sum(
            len(set(a["topics"])) for a in articles if a["status"] == "published"
        ),
        f"?x kg:confidence kg:confidence-high ; schema:isPartOf ?article . {_PUBLISHED}": sum(
            claim["confidence"] == "high" for _, claim in _claims(published=True)
        ),
        f"?x a kg:Source ; kg:typeAsWritten ?type ; schema:isPartOf ?article . {_PUBLISHED}": sum(
            len(a["sources"]) for a in articles if a["status"] == "published"
        ),
    }
    assert {pattern: _count(store, pattern) for pattern in expected} == expected
    assert list(expected.values()) == [336, 329, 698, 355, 515, 385, 329, 7, 320, 99, 319, 121, 510]


def test_source_ids_lie_and_addresses_tell(store: Store) -> None:
    works, ids = defaultdict(set), defaultdict(set)
    for article in _raw():
        for source in article["sources"]:
            works[source["id"]].add(_address(source["url"]))
            ids[_address(source["url"])].add(source["id"])
    several = (
        "{ SELECT ?k WHERE { ?s a kg:Source ; dcterms:identifier ?id ; kg:work ?w BIND(%s AS ?k) } "
        "GROUP BY ?k HAVING (COUNT(DISTINCT %s) > 1) }"
    )
    assert _count(store, "?s a kg:Source ; dcterms:identifier ?id", "DISTINCT ?id") == len(works) == 396
    assert _count(store, several % ("?id", "?w")) == sum(len(each) > 1 for each in works.values()) == 26
    assert _count(store, several % ("?w", "?id")) == sum(len(each) > 1 for each in ids.values()) == 31


def test_articles_and_claims_that_share_a_work(store: Store) -> None:
    citing, cited = defaultdict(set), defaultdict(set)
    for article in _raw():
        address = {source["id"]: _address(source["url"]) for source in article["sources"]}
        for work in address.values():
            citing[work].add(article["slug"])
        for claim in article["claims"]:
            for evidence in claim["evidence"]:
                cited[address[evidence["sourceId"]]].add((article["slug"], claim["id"]))
    pairs = {pair for slugs in citing.values() for pair in combinations(sorted(slugs), 2)}
    claims = {pair for each in cited.values() for pair in combinations(sorted(each), 2) if pair[0][0] != pair[1][0]}
    ends = "?a a kg:Source ; kg:work ?w ; schema:isPartOf ?x . ?b kg:work ?w ; schema:isPartOf ?y"
    assert (
        _count(store, f"{{ SELECT DISTINCT ?x ?y WHERE {{ {ends} FILTER(STR(?x) < STR(?y)) }} }}") == len(pairs) == 183
    )
    assert _count(store, f"{ends} FILTER(?x != ?y)", "DISTINCT ?x") == 54
    assert len({slug for pair in pairs for slug in pair}) == 54
    between = (
        "{ SELECT DISTINCT ?c ?d WHERE { ?c cito:citesAsEvidence ?w ; schema:isPartOf ?x . "
        "?d cito:citesAsEvidence ?w ; schema:isPartOf ?y FILTER(?x != ?y && STR(?c) < STR(?d)) } }"
    )
    assert _count(store, between) == len(claims) == 497


def test_topics(store: Store) -> None:
    topics = {topic for article in _raw() for topic in article["topics"]}
    about = "?article a schema:Article ; schema:about ?topic"
    assert _count(store, about, "DISTINCT ?topic") == len(topics) == 118


def test_no_triple_stands_in_two_graphs(store: Store) -> None:
    seen: set[str] = set()
    for quad in store:
        triple = str(quad.triple)
        assert triple not in seen
        seen.add(triple)


def test_slugs_are_those_of_the_corpus() -> None:
    assert [Path(article["slug"]).name for article in _raw()] == [path.name for path in sorted(CORPUS.iterdir())]
