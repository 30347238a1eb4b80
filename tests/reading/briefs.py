"""A brief's body read behind front matter without fault."""

from kg.model import Brief
from kg.reading import read_brief

FRONT = """\
---
schemaVersion: 1
id: agent-brief:tides
articleId: article:tides
slug: tides
title: Tides
tokenBudget: 1200
status: published
updated: 2026-05-04
---

"""


def read(body: str) -> tuple[Brief, list[str]]:
    """The brief, and its diagnostics with their places and without their helps."""
    brief, found = read_brief((FRONT + body).encode(), "tides/agent.md")
    assert brief is not None
    return brief, [str(diagnostic).splitlines()[0].removeprefix("tides/agent.md:") for diagnostic in found]


def claims(body: str) -> list[str]:
    """The claims of a Claims section, as ``1 text (note; note)``."""
    return listed(read(f"## Thesis\n\nT.\n\n## Claims\n\n{body}\n")[0])


def listed(brief: Brief) -> list[str]:
    """A brief's claims, as ``1 text (note; note)``."""
    notes = [f" ({'; '.join(note.value for note in claim.notes)})" if claim.notes else "" for claim in brief.claims]
    return [f"{claim.number} {claim.text.value}{note}" for claim, note in zip(brief.claims, notes, strict=True)]
