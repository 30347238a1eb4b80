"""The default on labelled pairs of a real garden: what it must reach."""

import csv
import json
from functools import cache
from typing import Any

import numpy as np
import pytest

from kg.linking import candidates as searching
from kg.linking.bands import Band, Bands
from kg.linking.clusters import clusters
from kg.linking.evaluation import Evaluation, LabelledPair, apart
from kg.linking.links import Linker, linker
from kg.linking.material import Key, LinkedArticle, LinkedClaim
from tests.shared import SHARED, need

CORPUS = SHARED / "corpus" / "garden"
GOLD = SHARED / "gold" / "links-dev.csv"


def _after_front_matter(text: str) -> str:
    return text.split("\n---", 1)[1] if text.startswith("---") else text


def _claim(claim: dict[str, Any], urls: dict[str, str], companions: bool) -> LinkedClaim:
    if not companions:
        return LinkedClaim(claim["id"], claim["claim"])
    against = claim.get("counterevidence", [])
    return LinkedClaim(
        claim["id"],
        claim["claim"],
        tuple(evidence.get("snippet") or "" for evidence in claim["evidence"]),
        tuple(f"{item.get('summary') or ''} {item.get('snippet') or ''}".strip() for item in against),
        tuple(urls[item["sourceId"]] for item in claim["evidence"] if item["sourceId"] in urls),
    )


@cache
def _linker(companions: bool = True, bodies: bool = True) -> Linker:
    articles = []
    for path in sorted(need(CORPUS).glob("*/artifact.json")):
        artifact = json.loads(path.read_text(encoding="utf-8"))
        brief = _after_front_matter((path.parent / "agent.md").read_text(encoding="utf-8"))
        body = _after_front_matter((path.parent / "article.md").read_text(encoding="utf-8")) if bodies else ""
        urls = {source["id"]: source["url"] for source in artifact["sources"]}
        claims = tuple(_claim(claim, urls, companions) for claim in artifact["claims"])
        series = (artifact.get("series") or {}).get("slug") or artifact["slug"]
        title, thesis = artifact["title"], artifact["thesis"]
        articles.append(LinkedArticle(artifact["slug"], claims, title, thesis, (brief,), body, series))
    return linker(articles)


@cache
def _gold() -> tuple[LabelledPair, ...]:
    series = {
        path.parent.name: (json.loads(path.read_text(encoding="utf-8")).get("series") or {}).get("slug")
        or path.parent.name
        for path in need(CORPUS).glob("*/artifact.json")
    }
    with need(GOLD).open(encoding="utf-8", newline="") as file:
        return tuple(
            LabelledPair(
                Key(row["a_article"], row["a_claim"]),
                Key(row["b_article"], row["b_claim"]),
                row["label"],
                series[row["a_article"]] == series[row["b_article"]],
            )
            for row in csv.DictReader(file)
        )


def _measured(found: Linker) -> dict[str, Evaluation]:
    pairs = _gold()
    return apart(pairs, [found.pair(pair.first, pair.second).score for pair in pairs])


@pytest.mark.parametrize(
    ("companions", "bodies", "linked", "same"),
    [(True, True, 0.86, 0.55), (True, False, 0.84, 0.52), (False, False, 0.77, 0.48), (False, True, 0.81, 0.55)],
)
def test_average_precision_of_the_default(companions: bool, bodies: bool, linked: float, same: float) -> None:
    found = _measured(_linker(companions, bodies))["all"]
    assert found.pairs == 486
    assert found.average_precision is not None
    assert found.average_precision_same is not None
    assert found.average_precision >= linked
    assert found.average_precision_same >= same


def test_pairs_across_series_are_found_too() -> None:
    found = _measured(_linker())["across series"].average_precision
    assert found is not None
    assert found >= 0.82


def test_nine_in_ten_of_what_is_shown_hold() -> None:
    found = _linker()
    pairs = [(pair, found.pair(pair.first, pair.second)) for pair in _gold()]
    shown = [pair.label != "none" for pair, link in pairs if link.band in (Band.SHOWN, Band.NEAR_CERTAIN)]
    assert sum(shown) / len(shown) >= 0.9
    assert sum(shown) / sum(pair.label != "none" for pair, _ in pairs) >= 0.43


def test_duplicates_are_near_certain_and_contradictions_never_in_one_cluster() -> None:
    found = _linker()
    links = found.links()
    assert sum(link.duplicate for link in links) >= 3
    assert all(link.band is Band.NEAR_CERTAIN for link in links if link.duplicate)
    groups = clusters(links)
    against = [pair for pair in _gold() if pair.label == "contradicts"]
    assert len(against) == 4
    assert not [pair for pair in against for group in groups if {pair.first, pair.second} <= set(group)]


def test_the_search_in_a_large_garden_would_lose_next_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _linker()
    least = Bands().shown
    whole = {(link.first, link.second) for link in found.links() if link.score >= least}
    monkeypatch.setattr(searching, "ALL_PAIRS_UP_TO", 0)
    searched = {(link.first, link.second) for link in found.links() if link.score >= least}
    assert searched <= whole
    assert len(searched) >= 0.98 * len(whole)


def test_the_mean_of_labelled_pairs_is_no_accident_of_a_few_articles() -> None:
    found = _linker()
    pairs = _gold()
    scores = np.array([found.pair(pair.first, pair.second).score for pair in pairs])
    slugs = sorted({pair.first.article for pair in pairs} | {pair.second.article for pair in pairs})
    for part in range(4):
        left_out = set(slugs[part::4])
        rest = [n for n, pair in enumerate(pairs) if not {pair.first.article, pair.second.article} & left_out]
        value = apart([pairs[n] for n in rest], scores[rest].tolist())["all"].average_precision
        assert value is not None
        assert value >= 0.82
