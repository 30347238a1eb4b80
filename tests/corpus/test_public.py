"""What is public, and where triples stand."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from kg.cli.export import _ENDINGS
from tests.cli import kg
from tests.shared import ROOT

_DRAFT = """\
---
schemaVersion: 1
id: agent-brief:secret
articleId: article:secret
slug: secret
title: "CANARY title"
tokenBudget: 1200
status: {status}
updated: 2026-05-04
note: CANARY note
---

## Thesis

CANARY thesis.

## Audience

- CANARY audience.

## Claims

- `claim-001`: CANARY claim.

## Source Families

- Textbook: AAA CANARY work; Harold McGee, *On Food and Cooking* (CANARY remark).
- AAA CANARY kind: AAA CANARY other work.

## CANARY section

CANARY prose with a [link](/articles/why-bread-goes-stale/).
"""


@pytest.fixture(params=["draft", "review", "archived"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The sample garden with an article that is not published."""
    shutil.copytree(ROOT / "seeds", tmp_path / "garden", ignore=shutil.ignore_patterns(".kg"))
    (tmp_path / "garden" / "secret").mkdir()
    (tmp_path / "garden" / "secret" / "agent.md").write_text(_DRAFT.format(status=request.param), encoding="utf-8")
    assert kg("build", str(tmp_path / "garden"), "--store", str(tmp_path / "store")).exit_code == 0
    return str(tmp_path / "store")


def test_a_draft_is_in_no_export_unless_asked(store: str, tmp_path: Path) -> None:
    for form in _ENDINGS:
        assert "CANARY" not in kg("export", form, "--store", store).stdout
        assert "CANARY" in kg("export", form, "--store", store, "--status", "all").stdout
    query = tmp_path / "all.rq"
    query.write_text("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", encoding="utf-8")
    assert "CANARY" not in kg("export", "turtle", "--query", str(query), "--store", store).stdout
    assert "CANARY" in kg("export", "turtle", "--query", str(query), "--store", store, "--status", "all").stdout
    assert "CANARY" not in kg("analyze", "--format", "json", "--top", "999", "--store", store).stdout
    kg("export", "turtle", "--per-article", "--out", str(tmp_path / "out"), "--store", store)
    assert [path.name for path in (tmp_path / "out").iterdir() if "CANARY" in path.read_text("utf-8")] == []
    refused = kg("export", "turtle", "--article", "secret", "--store", store)
    assert (refused.exit_code, refused.stdout) == (2, "")


def test_no_triple_stands_in_two_graphs(store: str) -> None:
    quads = kg("export", "nquads", "--status", "all", "--store", store).stdout.splitlines()
    triples = Counter(quad.removesuffix(" .").rpartition(" ")[0] for quad in quads)
    assert len(quads) > 1000
    assert [triple for triple, count in triples.items() if count > 1] == []
