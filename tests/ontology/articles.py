"""Small articles that hold every term of the ontology, each in the way that its example in kg.ttl shows."""

import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyoxigraph import RdfFormat, Triple, parse

from kg.build import build
from kg.cli.common import open_store
from kg.garden import locate
from kg.mapping import map_article
from kg.mapping.article_graph import Garden, Mapped
from kg.reading import read_brief
from kg.reading.companion import read_companion
from tests.shared import ROOT, SHARED, need

_FRONT = """\
---
schemaVersion: 1
id: agent-brief:{slug}
articleId: article:{slug}
slug: {slug}
title: {title}
tokenBudget: 1200
status: published
updated: 2026-05-04
reviewCycle: yearly
---

"""

TIDES = (
    _FRONT.format(slug="tides", title='Agent Brief for "Tides by Hand"')
    + """\
Read this before the article.

## Thesis

A tide table for one harbour can be made by hand.

## Primary reader

- Harbour masters.

## Claims

All claims are about one harbour.

- `claim-001`: Spring tides follow the full and the new moon.
  - Neap tides follow the half moons.
- `claim-002`: High water comes later every day ![high water](/images/high-water.png).

Heights are in metres.

## Source Families

- Textbook: *Tides for Beginners* (second edition).

## Agent Involvement

An assistant drafted the brief.

## Recommended Queries

- What would weaken claim-001?

## Known Limits

- The moon has [an article](/articles/moon/) of its own.

## Agent Instructions

- Give times in local time.
"""
)
"""Each section in its usual place."""

MOON = (
    _FRONT.format(slug="moon", title="The Moon's Month")
    + """\
## Instructions

- Quote claim-001 with [its table](#table).
  - Give the year.

## Thesis

The moon keeps a simple calendar, as claim-001 and ![a dial](/images/dial.png "A dial of 29 days") show.

## Source Families

- Almanac: [*The Sailor's Year*](https://almanac.example/) (for claim-001).

## Recommended Queries

- Does [the tide](/articles/tides/ "By hand") follow from claim-001?
  - And at which hour?

## Known Limits

- What claim-001 says holds for [our century](#century).
  - It will change.

## Agent Involvement

Nobody but its author has read claim-001.

## Audience

- Sailors who know [the tides](/articles/tides/) but doubt claim-002.
  - Also rowers.

## Key Claims

- `claim-001`: The moon goes round in a [month](https://month.example/).
- `claim-002`: It turns once in the time that claim-001 gives.
"""
)
"""No section in its usual place, so that each has a node; links, notes and claims named wherever they can be."""

WIND = (
    _FRONT.format(slug="wind", title="Wind on Water")
    + """\
Thesis: Wind bends every tide table.

The claims are: (1) wind from the sea raises high water; and (2) calm air changes nothing.
"""
)
"""No section at all."""

BUOYS = _FRONT.format(slug="buoys", title="Buoys") + "## Known Limits\n\n- Chains stretch.\n"
"""Neither thesis nor claims."""

SHOALS = (
    _FRONT.format(slug="shoals", title="Shoals").replace("1200", "12")
    + """\
## Thesis

TODO: what a shoal is.

## Audience

- TODO: pilots.

## Claims

- `claim-001`: TODO: shoals move.

## Source Families

- TODO: charts.

## Agent Involvement

TODO: who drew the charts.

## Recommended Queries

- TODO: where are they?

## Known Limits

- TODO: depths.

## Agent Instructions

- TODO: which datum?
"""
)
"""A finding about each part of a brief."""


def _claim(number: int, text: str, state: str, **more: Any) -> dict[str, Any]:
    """A claim of a companion, verified or not."""
    return {"id": f"claim-{number:03d}", "claim": text, "status": state, **more}


_REVIEW = {
    "reviewer": "agent",
    "reviewedAt": "2026-05-02",
    "status": "approved",
    "scope": ["thesis", "sources"],
    "notes": "All heights were looked up.",
    "contentHash": "sha256-0a1b",
}
_SOURCES = [
    {
        "id": "source-tables",
        "title": "Tide Tables Made Easy",
        "url": "https://doi.org/10.5555/tides",
        "type": "journal article",
        "accessed": "2026-05-01",
        "pages": "4-9",
    },
    {"id": "source-harbour", "title": "The Harbour", "url": "https://harbour.example/"},
    {"id": "source-moon", "title": "The Moon's Month", "url": "/articles/moon/", "type": "article"},
]
_EVIDENCE: list[dict[str, Any]] = [
    {
        "sourceId": "source-tables",
        "snippet": "The highest tides follow the full moon.",
        "supports": "direct",
        "assessedAt": "2026-05-01",
        "location": "page 4",
        "notes": "Measured over a year.",
        "weight": 2,
    },
    {"sourceId": "source-moon", "snippet": "The moon is full once a month.", "supports": "indirect"},
    {"sourceId": "source-harbour", "snippet": "Boats lie deeper at new moon.", "supports": "analogous"},
    {"sourceId": "source-tables", "snippet": "Tables are old as harbours.", "supports": "background"},
    {"sourceId": "source-lost", "snippet": "A page that nobody listed.", "supports": "hearsay"},
]
_COUNTER = [
    {
        "summary": "Wind can hide it.",
        "sourceId": "source-harbour",
        "snippet": "A storm took the spring tide away.",
        "assessedAt": "2026-05-01",
        "notes": "Seen once.",
        "weight": 1,
    },
    {"summary": "Small seas hardly show it.", "sourceId": "source-moon"},
]

TIDES_COMPANION: dict[str, Any] = {
    "slug": "tides",
    "title": "Tides by Hand",
    "thesis": "A tide table for one harbour can be made with pen and paper.",
    "status": "published",
    "maturity": "evergreen",
    "publishedAt": "2026-04-01",
    "updatedAt": "2026-05-04",
    "audiences": ["harbour masters", "Anglers"],
    "topics": ["tides", "Sea"],
    "series": {"slug": "sea", "title": "The Sea by Hand", "order": 2, "role": "chapter", "season": "one"},
    "sources": _SOURCES,
    "claims": [
        _claim(
            1,
            "Spring tides follow the full and the new moon.",
            "core",
            confidence="high",
            evidence=_EVIDENCE,
            counterevidence=_COUNTER,
            verification={
                "status": "verified",
                "reviewedAt": "2026-05-02",
                "reviewer": "Ada Shore",
                "note": "Checked against a year of tables.",
                "minutes": 20,
            },
            firstMade="2025",
        ),
        _claim(2, "High water comes about fifty minutes later every day, as claim-001 lets expect.", "hunch"),
        _claim(3, "With claim-001 in hand, no clock is needed.", "argument", confidence="medium-high"),
    ],
    "related": [{"type": "article", "id": "article:moon"}, {"type": "topic", "id": "topic:harbours"}],
    "agentInstructions": ["Say which harbour is meant."],
    "disclosure": {"aiAssistance": True, "note": "An assistant drew the tables."},
    "diagnostics": {
        "accepted": [
            {
                "rule": "unknown-word",
                "scope": "article",
                "rationale": "There is but one harbour.",
                "documentedAt": "2026-05-03",
                "by": "Ada",
            },
            {"rule": "no-evidence", "scope": "claim-009", "rationale": "No such claim."},
        ]
    },
    "provenance": {
        "createdAt": "2026-03-01",
        "reviews": [_REVIEW, {**_REVIEW, "reviewer": "Ada Shore", "minutes": 5}],
    },
    "contentHash": "sha256-0a1b",
}


_SEEN = [{"sourceId": "source-log", "snippet": "The gauge rose with the wind.", "supports": "direct"}]
_AGAINST = [{"summary": "One gauge is not a coast."}]


def _judged(status: str) -> dict[str, Any]:
    return {"evidence": _SEEN, "verification": {"status": status}}


BUOYS_COMPANION: dict[str, Any] = {
    "slug": "buoys",
    "thesis": "A buoy tells the height of water by its chain.",
    "series": {"slug": "sea", "title": "The Sea by Hand", "order": 5, "season": "one"},
    "sources": [{"id": "source-easy", "title": "Tide Tables Made Easy", "url": "https://doi.org/10.5555/tides"}],
    "claims": [
        _claim(
            1,
            "Spring tides follow the full and the new moon.",
            "core",
            evidence=[{**_EVIDENCE[0], "sourceId": "source-easy"}],
        ),
        _claim(2, "Gusts cannot be left out of a table of 29 days.", "risk"),
    ],
}
"""Says what another article says, and the opposite of what one says."""

WIND_COMPANION: dict[str, Any] = {
    "slug": "wind",
    "updatedAt": "2026-05-04",
    "sources": [
        {"id": "source-log", "title": "A Harbour Log", "url": "https://log.example/1"},
        {"id": "source-old", "title": "An Old Log", "url": "https://log.example/0", "accessed": "2020-01-01"},
    ],
    "claims": [
        _claim(1, "Wind from the sea raises high water.", "landscape", **_judged("contested")),
        _claim(2, "Calm air changes nothing.", "design", **_judged("stale")),
        _claim(3, "Gusts can be left out of a table of 29 days.", "risk", confidence="low", evidence=_SEEN),
        _claim(4, "A table with wind needs two columns.", "framing", evidence=_SEEN, counterevidence=_AGAINST),
        _claim(5, "Write the wind beside the height.", "proposal", confidence="medium"),
        _claim(6, "Begin with the strongest wind.", "strategy"),
        _claim(7, "Gauges will tell the wind by themselves.", "forecast"),
        _claim(8, "A harbour owes its boats a table.", "normative"),
        _claim(9, "Sailors look at the sky first.", "behavioral"),
    ],
}
"""The statuses and states of claims that the first article has no example of."""

SHOALS_COMPANION: dict[str, Any] = {
    "slug": "shoals",
    "claims": [
        _claim(
            1,
            "TODO: shoals move.",
            "core",
            counterevidence=[{"summary": "Some are rock.", "sourceId": "source-lost"}],
            verification={"status": "verified", "reviewer": "Ada Shore"},
        ),
    ],
    "provenance": {"reviews": [{**_REVIEW, "contentHash": "sha256-0c2d"}]},
    "contentHash": "sha256-0a1b",
}
"""A finding about each part of a companion that the others have none about."""

OWN = (
    (TIDES, TIDES_COMPANION),
    (MOON, None),
    (WIND, WIND_COMPANION),
    (BUOYS, BUOYS_COMPANION),
    (SHOALS, SHOALS_COMPANION),
)
DECISIONS = """\
subject_id\tpredicate_modifier\tpredicate_id\tobject_id\treviewer_label\tmapping_date\tcomment\tsubject_label\tobject_label
buoys#claim-001\t\tkg:sameClaimAs\ttides#claim-001\tAda\t2026-05-05\tWord for word.\tSpring tides.\tTides in spring.
buoys#claim-002\t\tkg:contradicts\twind#claim-003
wind#claim-001\t\tcito:supports\twind#claim-005
tides#claim-002\t\tdcterms:relation\tmoon#claim-001
wind#claim-002\tNot\tdcterms:relation\tbuoys#claim-002
"""
"""What somebody decided about the claims of this module's own articles."""

GARDEN = Garden(licence="https://creativecommons.org/licenses/by/4.0/", language="en")
SOURCES = ["own", "seeds", "corpus"]
Files = tuple[bytes, bytes | None]
"""A brief, and its companion where there is one."""


def articles(source: str) -> list[Files]:
    """The articles of this module, those of the sample garden, or those of the corpus."""
    if source == "own":
        return [(text.encode(), json.dumps(told).encode() if told else None) for text, told in OWN]
    folder = ROOT / "seeds" if source == "seeds" else need(SHARED / "corpus" / "garden")
    return [_files(path) for path in sorted(folder.glob("*/agent.md"))]


def _files(path: Path) -> Files:
    beside = path.parent / "artifact.json"
    return path.read_bytes(), beside.read_bytes() if beside.exists() else None


def mapped(files: Files) -> Mapped | None:
    """The graph of one article; None where its brief can't be read."""
    brief, _ = read_brief(files[0], "agent.md")
    companion = read_companion(files[1], "artifact.json")[0] if files[1] else None
    return map_article(brief, companion, GARDEN) if brief else None


def lines_of(files: Iterable[Files]) -> list[str]:
    """What a build stores of some articles, in whatever graph, as sorted N-Triples."""
    with TemporaryDirectory() as folder:
        garden = Path(folder) / "garden"
        for number, (brief, companion) in enumerate(files):
            place = garden / f"{number:03d}"
            place.mkdir(parents=True)
            (place / "agent.md").write_bytes(brief)
            if companion:
                (place / "artifact.json").write_bytes(companion)
        (garden / "kg.toml").write_text(f'licence = "{GARDEN.licence}"\nlanguage = "{GARDEN.language}"\n', "utf-8")
        (garden / "links.sssom.tsv").write_text(DECISIONS, "utf-8")
        build(locate((str(garden),), f"{folder}/store"))
        store, _ = open_store(f"{folder}/store")
        return sorted({f"{quad.triple} .\n" for quad in store})


def triples_of(source: str) -> list[Triple]:
    """The same, for the articles of a source, as values."""
    text = "".join(lines_of(articles(source)))
    return [quad.triple for quad in parse(text.encode(), RdfFormat.N_TRIPLES)]
