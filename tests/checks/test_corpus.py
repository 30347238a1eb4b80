"""The checks on a real garden, against the same counts made from its JSON by other means."""

import json
from collections import Counter, defaultdict
from functools import cache
from typing import Any

import pytest

from kg.checks import Article, Finding
from kg.works import work_of
from tests.checks.reading import articles_in, findings_of
from tests.shared import SHARED, need

CORPUS = SHARED / "corpus" / "garden"
BASE = "https://garden.example/"
"""Not the garden's own address: its own articles among the sources count as works."""


@cache
def _raw() -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in sorted(need(CORPUS).glob("*/artifact.json"))]


@cache
def _articles() -> list[Article]:
    return articles_in(need(CORPUS), BASE)


@cache
def _found() -> list[Finding]:
    return findings_of(_articles(), BASE)


def _named(code: str) -> set[tuple[str, str]]:
    """Article and node of the findings of a code."""
    iris = (finding.nodes[0] for finding in _found() if finding.code == code)
    return {(iri.split("/articles/")[1].split("/")[0], iri.partition("#")[2]) for iri in iris}


def _claims() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(whole, claim) for whole in _raw() for claim in whole["claims"]]


def test_claims_without_direct_evidence() -> None:
    expected = {
        (whole["slug"], claim["id"])
        for whole, claim in _claims()
        if "direct" not in [entry["supports"] for entry in claim["evidence"]]
    }
    assert len(expected) == 99
    assert _named("KG108") == expected


def test_sources_that_no_claim_cites() -> None:
    expected = set()
    for whole in _raw():
        text = json.dumps(whole["claims"])
        expected |= {(whole["slug"], f"record-{s['id']}") for s in whole["sources"] if f'"{s["id"]}"' not in text}
    assert len(expected) > 20
    assert _named("KG116") == expected


def test_low_source_diversity_is_what_the_garden_itself_accepts_as_such() -> None:
    expected = set()
    for whole, claim in _claims():
        cited = {entry["sourceId"] for entry in claim["evidence"]}
        listed = [source for source in whole["sources"] if source["id"] in cited]
        if 1 in (len({source["type"] for source in listed}), len({source["url"] for source in listed})):
            expected.add((whole["slug"], claim["id"]))
    assert _named("KG106") | _named("KG107") == expected
    accepting = {
        whole["slug"]
        for whole in _raw()
        for row in whole.get("diagnostics", {}).get("accepted", [])
        if row["rule"] == "low-source-diversity"
    }
    assert len(accepting) == 46
    assert accepting == {slug for slug, _ in expected} - {"the-substance-builder"}
    marked = {
        finding.path.split("/")[0] for finding in _found() if finding.code in ("KG106", "KG107") and finding.accepted
    }
    assert marked == accepting


@pytest.mark.parametrize(("code", "number"), [("KG122", 26), ("KG123", 31)])
def test_ids_and_works(code: str, number: int) -> None:
    pairs = {(s["id"], work.name) for whole in _raw() for s in whole["sources"] if (work := work_of(s["url"]))}
    one, other = (0, 1) if code == "KG122" else (1, 0)
    grouped = defaultdict(set)
    for pair in pairs:
        grouped[pair[one]].add(pair[other])
    assert sum(len(group) > 1 for group in grouped.values()) == number
    assert Counter(finding.code for finding in _found())[code] == number


def test_related_articles() -> None:
    slugs = {whole["slug"] for whole in _raw()}
    links = [
        (whole["slug"], row["id"].removeprefix("article:"))
        for whole in _raw()
        for row in whole["related"]
        if row["type"] == "article"
    ]
    assert len(links) == 268
    counts = Counter(finding.code for finding in _found())
    assert counts["KG124"] == sum(other not in slugs for _, other in links)
    assert counts["KG125"] == sum(other in slugs and (other, slug) not in links for slug, other in links)


def test_there_is_no_wall_of_warnings() -> None:
    """What is open and more than a note: fewer than one an article."""
    open_ones = [f for f in _found() if not f.accepted and f.severity != "note"]
    assert 0 < len(open_ones) < len(_articles())
    assert [f for f in open_ones if f.severity == "error"] == []
