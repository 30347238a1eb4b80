"""A small brief in which nothing is wrong, for tests that are about files rather than about what briefs say."""

from pathlib import Path

_BRIEF = """\
---
schemaVersion: 1
id: agent-brief:{slug}
articleId: article:{slug}
slug: {slug}
title: "{slug}"
tokenBudget: 1200
status: {status}
updated: 2026-05-04
---

## Thesis

T.

## Claims

{claims}
"""


def brief(slug: str, *claims: str, status: str = "published") -> str:
    """The text of a brief with some claims, numbered from 1."""
    listed = "\n".join(f"- `claim-{number:03d}`: {claim}" for number, claim in enumerate(claims or ("One.",), 1))
    return _BRIEF.format(slug=slug, status=status, claims=listed)


def write_brief(folder: Path, slug: str, *claims: str, status: str = "published") -> Path:
    """Write a brief into a folder of its own, made if need be, and return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "agent.md"
    path.write_text(brief(slug, *claims, status=status), encoding="utf-8")
    return path
