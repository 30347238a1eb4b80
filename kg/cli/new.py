"""kg new"""

import datetime
import json
import os
import unicodedata
from pathlib import Path

import click

from kg.cli.common import HELP, OUTPUT_HELP, Text, warn
from kg.diagnostics import printable

_TEMPLATE = """\
---
schemaVersion: 1
id: {id}
articleId: {article_id}
slug: {slug}
title: {title}
tokenBudget: 1200
status: draft
updated: {today}
---

## Thesis

Say in one paragraph what the article holds.

## Audience

- Who it is for, and what they know already.

## Claims

- `claim-001`: One claim of the article, in one sentence that can be true or false.

## Source Families

- Textbook: Author, *Title* (what it is used for).

## Agent Involvement

Say what agents did and what a person decided.

## Recommended Queries

- A question that the article answers?

## Known Limits

- What the article leaves out or can't show.
"""


@click.command(context_settings=HELP, short_help="Begin a brief that is valid as it stands.")
@click.argument("slug", type=Text())
@click.option("--title", type=Text(), help="The article's title.  [default: made from SLUG]")
def command(slug: str, title: str | None) -> None:
    """Write SLUG/agent.md beside kg.toml, or here where there is none.

    \b
    kg new rye-starters --title "Rye starters"
    """
    from kg.config import find_config
    from kg.errors import UsageError
    from kg.namespaces import segment
    from kg.reading.discover import SKIPPED, includes
    from kg.store import environment

    slug = unicodedata.normalize("NFC", slug)
    if segment(slug) != slug or not slug or slug.startswith(("-", ".")) or slug in SKIPPED:
        raise UsageError(f'"{slug}" is no slug', "use letters, digits and hyphens, as in rye-starters")
    config = find_config(Path())
    path = Path(os.path.relpath((config.folder or Path()) / slug / "agent.md"))
    if path.exists():
        raise UsageError(f"{path} is already there", "edit it, or choose another slug")
    text = _TEMPLATE.format(
        id=_yaml(f"agent-brief:{slug}"),
        article_id=_yaml(f"article:{slug}"),
        slug=_yaml(slug),
        title=_yaml(title or slug.replace("-", " ").capitalize()),
        today=datetime.date.today().isoformat(),
    )
    with environment(path, OUTPUT_HELP):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    click.echo(f"wrote {printable(str(path))}")
    if config.include and not includes(config.include, f"{slug}/agent.md"):
        warn("include in kg.toml leaves it out, so no build reads it")


def _yaml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
