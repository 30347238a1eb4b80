"""A small article in which nothing is wrong, and the same with changes."""

import copy
import json
from collections.abc import Callable
from typing import Any

from kg.checks import Article, Finding
from kg.namespaces import DEFAULT_BASE
from kg.reading import read_brief
from kg.reading.companion import read_companion

BRIEF = """\
---
schemaVersion: 1
id: agent-brief:{slug}
articleId: article:{slug}
slug: {slug}
title: Tides
tokenBudget: 1200
status: published
updated: 2026-05-04
---

## Thesis

Tide tables can be made by hand.

## Claims

- `claim-001`: Spring tides follow the full moon.
- `claim-002`: Wind can hide a tide.
"""


def _evidence(source: str, **changes: Any) -> dict[str, Any]:
    return {"sourceId": source, "snippet": "High water came a day late.", "supports": "direct", **changes}


def _claim(number: int, text: str) -> dict[str, Any]:
    return {
        "id": f"claim-{number:03d}",
        "claim": text,
        "confidence": "medium",
        "status": "core",
        "evidence": [_evidence("source-log"), _evidence("source-atlas", supports="indirect")],
        "counterevidence": [{"summary": "Some harbours have one tide a day."}],
        "verification": {"status": "verified", "reviewedAt": "2026-05-04", "reviewer": "Ada Shore"},
    }


COMPANION: dict[str, Any] = {
    "slug": "tides",
    "status": "published",
    "maturity": "seed",
    "updatedAt": "2026-05-04",
    "claims": [_claim(1, "Spring tides follow the full moon."), _claim(2, "Wind can hide a tide.")],
    "sources": [
        {"id": "source-log", "url": "https://example.org/log", "type": "data", "accessed": "2026-05-01"},
        {"id": "source-atlas", "url": "https://doi.org/10.1000/atlas", "type": "book", "accessed": "2026-05-01"},
    ],
    "provenance": {"reviews": [{"reviewer": "human", "status": "approved", "contentHash": "a1"}]},
    "contentHash": "a1",
}
Change = Callable[[dict[str, Any]], object]


def read(brief: str, companion: str | None, base: str = DEFAULT_BASE) -> Article:
    """An article read from the text of its files."""
    found, _ = read_brief(brief.encode(), "tides/agent.md")
    assert found is not None
    told, _ = read_companion(companion.encode(), f"{found.slug}/artifact.json") if companion else (None, [])
    return Article(found, told, base)


def article(*changes: Change, slug: str = "tides", brief: str = BRIEF) -> Article:
    """The sample article, its companion changed."""
    companion = copy.deepcopy(COMPANION) | {"slug": slug}
    for change in changes:
        change(companion)
    return read(brief.format(slug=slug), json.dumps(companion, indent=1))


def codes(findings: list[Finding]) -> list[str]:
    """The codes of findings, each as often as it was found."""
    return sorted(finding.code for finding in findings)
