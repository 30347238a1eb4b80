"""A small garden whose companions hold what the sample garden rightly lacks: gaps, doubles and accepted findings."""

import json
from pathlib import Path
from typing import Any

_BRIEF = """\
---
schemaVersion: 1
id: agent-brief:{slug}
articleId: article:{slug}
slug: {slug}
title: {title}
tokenBudget: 600
status: {status}
updated: 2026-05-02
---

## Claims

{claims}
"""
_HOT = "A heavy iron pan holds its heat when cold food is laid into it, and a thin steel pan loses it within seconds."
_SNIPPET = "The heavier pan lost four degrees, the thin one thirty."
_SERIES = {"slug": "the-stove", "title": "The Stove"}


def _source(name: str, title: str, url: str, kind: str = "book") -> dict[str, Any]:
    return {"id": name, "title": title, "url": url, "type": kind, "accessed": "2026-04-01"}


def _evidence(source: str, support: str = "direct") -> dict[str, Any]:
    return {"sourceId": source, "snippet": _SNIPPET, "supports": support, "assessedAt": "2026-04-02"}


def _claim(number: int, text: str, evidence: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"id": f"claim-{number:03d}", "claim": text, "evidence": evidence, "counterevidence": [], **more}


_SEEN = {"status": "verified", "reviewer": "Ada Cook", "reviewedAt": "2026-04-03"}
ARTICLES: list[dict[str, Any]] = [
    {
        "slug": "pans",
        "title": "Pans",
        "status": "published",
        "maturity": "evergreen",
        "audiences": ["cooks"],
        "topics": ["heat"],
        "series": {**_SERIES, "order": 1},
        "related": [{"type": "article", "id": "article:lids"}],
        "sources": [
            _source("source-heat", "Heat in the Kitchen", "https://doi.org/10.5555/heat"),
            _source("source-notes", "Notes on Iron", "https://iron.example/notes", "article"),
        ],
        "claims": [
            _claim(1, _HOT, [_evidence("source-heat")], confidence="medium", status="core", verification=_SEEN),
            _claim(2, "Enamel chips where a spoon is struck on it.", [], confidence="low", status="core"),
            _claim(
                3,
                "Rust comes off with salt and a potato.",
                [_evidence("source-notes", "background"), _evidence("source-notes", "background")],
                confidence="high",
                status="core",
                counterevidence=[{"summary": "Deep rust stays."}],
            ),
        ],
        "diagnostics": {
            "accepted": [
                {"rule": "duplicate-evidence-source", "scope": "article", "rationale": "Both pages were read."}
            ]
        },
    },
    {
        "slug": "lids",
        "title": "Lids",
        "status": "published",
        "maturity": "seed",
        "audiences": ["cooks"],
        "topics": ["heat", "steam"],
        "series": {**_SERIES, "order": 2},
        "sources": [
            _source("source-warmth", "Heat in the Kitchen", "https://dx.doi.org/10.5555/HEAT"),
            _source("source-notes", "Notes on Steam", "https://steam.example/notes", "article"),
        ],
        "claims": [_claim(1, _HOT, [_evidence("source-warmth", "analogous")], confidence="medium", status="core")],
    },
]


def write(folder: Path) -> None:
    """Write the garden's briefs and companions."""
    for article in ARTICLES:
        place = folder / article["slug"]
        place.mkdir(parents=True)
        claims = "\n".join(f"- `{claim['id']}`: {claim['claim']}" for claim in article["claims"])
        fields = {name: article[name] for name in ("slug", "title", "status")}
        (place / "agent.md").write_text(_BRIEF.format(**fields, claims=claims), encoding="utf-8")
        companion = {"schemaVersion": 3, "id": f"article:{article['slug']}", "updatedAt": "2026-05-02", **article}
        (place / "artifact.json").write_text(json.dumps(companion, indent=1), encoding="utf-8")
