"""kg render"""

import click

from kg.cli.common import HELP, open_store, store_option
from kg.cli.streams import write_text


@click.command(context_settings=HELP, short_help="Write a brief back from the graph.")
@click.argument("article", metavar="SLUG")
@store_option
def command(article: str, store: str | None) -> None:
    """Write the brief of an article as front matter and Markdown, from the graph's nodes alone.

    Reading it again gives the same graph. Prose comes back as it was written.

    \b
    kg render sourdough-starters-as-ecosystems > agent.md
    """
    from kg.export.selection import select_article
    from kg.render import render_brief

    opened, base = open_store(store)
    write_text(render_brief(select_article(opened, base, article, "all")))
