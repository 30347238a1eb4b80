"""kg render"""

import click

from kg.cli.common import HELP, open_store, store_option
from kg.cli.streams import write_text


@click.command(context_settings=HELP, short_help="Write a brief back from the graph.")
@click.argument("article", metavar="SLUG")
@click.option("--artifact", is_flag=True, help="Write the JSON companion instead of the brief.")
@store_option
def command(article: str, artifact: bool, store: str | None) -> None:
    """Write the brief of an article as front matter and Markdown, from the graph's nodes alone.

    Reading it again gives the same graph. Prose comes back as it was written.

    \b
    kg render sourdough-starters-as-ecosystems > agent.md
    kg render sourdough-starters-as-ecosystems --artifact > artifact.json
    """
    from kg.errors import UsageError
    from kg.export.selection import select_article
    from kg.render import render_brief
    from kg.render_companion import render_companion

    opened, base = open_store(store)
    selection = select_article(opened, base, article, "all")
    text = render_companion(selection) if artifact else render_brief(selection)
    if text is None:
        raise UsageError(f"the article {article} has no companion", "kg render without --artifact writes its brief")
    write_text(text)
