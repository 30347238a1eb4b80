"""A companion read, mapped and rendered is the companion that was read."""

import json

import pytest

from kg.diagnostics import Diagnostic
from kg.export.selection import Selection
from kg.mapping import map_article
from kg.reading import read_brief
from kg.reading.companion import read_companion
from kg.render import render_brief
from kg.render_companion import render_companion
from tests.graphs import GARDEN, selection_of
from tests.shared import SHARED, need

SLUGS = sorted(path.parent.name for path in (SHARED / "corpus" / "garden").glob("*/artifact.json"))

BRIEF = b"""---
schemaVersion: 1
id: agent-brief:bread
articleId: article:bread
slug: bread
title: Bread
tokenBudget: 900
status: published
updated: 2026-03-01
---

## Claims

- `claim-001`: Dough rises.
"""


def rendered(data: bytes, brief: bytes = BRIEF) -> tuple[object, list[Diagnostic]]:
    """A companion through the graph and back, as JSON, and what the reader said."""
    text = render_companion(graph_of_files(brief, data))
    return (json.loads(text) if text else None), read_companion(data, "artifact.json")[1]


def graph_of_files(brief: bytes, companion: bytes) -> Selection:
    """What an article's two files say."""
    read, _ = read_brief(brief, "agent.md")
    assert read is not None
    return selection_of(map_article(read, read_companion(companion, "artifact.json")[0], GARDEN))


@pytest.mark.parametrize("slug", SLUGS or ["corpus"])
def test_the_corpus_comes_back_equal(slug: str) -> None:
    folder = need(SHARED / "corpus" / "garden" / slug)
    data = (folder / "artifact.json").read_bytes()
    back, problems = rendered(data, (folder / "agent.md").read_bytes())
    assert back == json.loads(data)
    assert problems == []


@pytest.mark.parametrize("slug", SLUGS or ["corpus"])
def test_brief_and_companion_rendered_and_read_give_the_same_graph(slug: str) -> None:
    folder = need(SHARED / "corpus" / "garden" / slug)
    first = graph_of_files((folder / "agent.md").read_bytes(), (folder / "artifact.json").read_bytes())
    brief, companion = render_brief(first), render_companion(first)
    assert companion is not None
    assert graph_of_files(brief.encode(), companion.encode()).triples() == first.triples()


SMALL = [
    {"slug": "bread"},
    {"slug": "bread", "title": "", "topics": [], "claims": [], "series": {}, "provenance": {}, "disclosure": {}},
    {"slug": "bread", "topics": ["b", "a", "a"], "audiences": ["Bakers", "bakers"], "unknown": {"a": [1, 2.5, None]}},
    {"slug": "bread", "series": {"slug": "Loaves & Rolls", "order": 0, "season": 2}, "status": "done"},
    {"slug": "bread", "related": [{"type": "topic", "id": "topic:Rye"}, {"type": "article", "id": "article:rye"}]},
    {"slug": "bread", "sources": [{"id": "b", "url": "none"}, {"id": "a", "x": 1}, {"id": "a b"}]},
    {"slug": "bread", "claims": [{"id": "claim-002", "claim": "B"}, {"id": "claim-001", "claim": "A", "why": "?"}]},
    {"slug": "bread", "claims": [{"id": "C1", "claim": "A", "confidence": "sure", "status": "odd", "evidence": []}]},
    {
        "slug": "bread",
        "claims": [{"id": "claim-001", "claim": "A", "evidence": [{"sourceId": "gone", "supports": "?"}]}],
    },
    {"slug": "bread", "provenance": {"reviews": [{"reviewer": "Ann B.", "scope": ["z", "a"]}, {}], "by": "x"}},
    {
        "slug": "bread",
        "diagnostics": {"accepted": [{"rule": "r", "scope": "s"}], "more": 1},
        "disclosure": {"note": "n"},
    },
    {"slug": "bread", "claims": "none", "topics": [1], "updatedAt": "soon", "agentInstructions": ["one", "two"]},
]


@pytest.mark.parametrize("companion", SMALL, ids=range(len(SMALL)))
def test_nothing_is_lost(companion: dict[str, object]) -> None:
    back, _ = rendered(json.dumps(companion).encode())
    assert back == companion
