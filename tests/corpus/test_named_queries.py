"""What the named queries say of the corpus's evidence, beside the same numbers from the raw JSON by other means."""

from collections import defaultdict
from itertools import combinations
from statistics import median

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, Store

from kg import namespaces as ns
from kg.querying import bind, find_query, run
from tests.corpus import test_companions as raw

store = raw.store


def _rows(store: Store, name: str, **values: str) -> list[QuerySolution]:
    query = find_query(name)
    limit = {"limit": "9999"} if any(parameter.name == "limit" for parameter in query.parameters) else {}
    answer = run(store, bind(query, {**limit, **values}, ns.DEFAULT_BASE))
    assert isinstance(answer, QuerySolutions)
    return list(answer)


def _total(rows: list[QuerySolution], column: str) -> int:
    return sum(int(value.value) for row in rows if isinstance(value := row[column], Literal))


def _pairs(rows: list[QuerySolution], *columns: str) -> set[tuple[str, ...]]:
    return {tuple(str(row[column]) for column in columns) for row in rows}


def _claims(published: bool, key: str, value: str) -> int:
    return sum(claim.get(key) == value for _, claim in raw._claims(published))


@pytest.mark.parametrize("status", ["published", "all"])
def test_the_catalogue(store: Store, status: str) -> None:
    articles = [a for a in raw._raw() if status in ("all", a["status"])]
    topics = {topic for article in articles for topic in article["topics"]}
    pairs = sum(len(set(article["topics"])) for article in articles)
    assert _total(_rows(store, "topics", status=status), "articles") == pairs
    assert sum(len(_rows(store, "articles-by-topic", status=status, topic=topic)) for topic in topics) == pairs
    types = {source["type"] for article in articles for source in article["sources"]}
    listed = sum(len(article["sources"]) for article in articles)
    assert _total(_rows(store, "source-types", status=status), "sources") == listed
    assert sum(len(_rows(store, "sources-by-type", status=status, type=kind)) for kind in types) == listed
    published = status == "published"
    high = _rows(store, "claims-by-confidence", status=status, confidence="high")
    assert len(high) == _claims(published, "confidence", "high")
    for state in ("verified", "stale"):
        told = [c for _, c in raw._claims(published) if c["verification"]["status"] == state]
        assert len(_rows(store, "claims-by-state", status=status, state=state)) == len(told)
    lacking = [c for _, c in raw._claims(published) if all(e["supports"] != "direct" for e in c["evidence"])]
    assert len(_rows(store, "claims-without-direct-evidence", status=status)) == len(lacking)


def test_works_shared_by_articles_and_claims(store: Store) -> None:
    articles, claims = defaultdict(set), defaultdict(set)
    for article in raw._raw():
        address = {source["id"]: raw._address(source["url"]) for source in article["sources"]}
        for work in address.values():
            articles[work].add(article["slug"])
        for claim in article["claims"]:
            for evidence in claim["evidence"]:
                claims[address[evidence["sourceId"]]].add((article["slug"], claim["id"]))
    pairs = {pair for slugs in articles.values() for pair in combinations(sorted(slugs), 2)}
    found = _pairs(_rows(store, "articles-sharing-work", most="999"), "article", "other")
    assert (len(found), len({one for pair in found for one in pair})) == (
        len(pairs),
        len({s for p in pairs for s in p}),
    )
    cited = {p for both in claims.values() for p in combinations(sorted(both), 2) if p[0][0] != p[1][0]}
    assert len(_pairs(_rows(store, "claims-sharing-work", most="999"), "claim", "other")) == len(cited)
    works = _rows(store, "cited-works")
    assert (len(works), _total(works, "articles")) == (len(articles), sum(map(len, articles.values())))
    assert _total(works, "claims") == sum(map(len, claims.values()))


def test_ids_lie(store: Store) -> None:
    ids, works = defaultdict(set), defaultdict(set)
    for article in raw._raw():
        for source in article["sources"]:
            ids[source["id"]].add(raw._address(source["url"]))
            works[raw._address(source["url"])].add(source["id"])
    several = (sum(len(each) > 1 for each in ids.values()), sum(len(each) > 1 for each in works.values()))
    asked = (len(_rows(store, "ids-of-several-works")), len(_rows(store, "works-of-several-ids")))
    assert asked == several


def test_relations_are_all_told(store: Store) -> None:
    assert len(_rows(store, "relations")) == sum(len(article["related"]) for article in raw._raw())


def test_few_articles_are_related_enough(store: Store) -> None:
    counts = [len(_rows(store, "articles-related", article=article["slug"])) for article in raw._raw()]
    assert 3 <= median(counts) < 12


def test_the_related_come_in_the_order_of_their_scores(store: Store) -> None:
    rows = _rows(store, "articles-related", article="fine-tuning", least="0.01")
    scores = [float(value.value) for row in rows if isinstance(value := row["score"], Literal)]
    assert len(scores) > 3
    assert scores == sorted(scores, reverse=True)
    assert all(isinstance(row["article"], NamedNode) and row["reasons"] for row in rows)
