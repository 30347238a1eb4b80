"""kg queries"""

import click

from kg.cli.common import HELP, format_option
from kg.cli.streams import write_json


@click.command(context_settings=HELP, short_help="List the named queries.")
@format_option("text", "json", default="text")
def command(form: str) -> None:
    """List the queries that ship with kg: what each answers, its parameters, an example.

    \b
    kg queries
    kg query claims-by-article -p article=sourdough-starters-as-ecosystems
    """
    from kg.querying import named_queries

    found = named_queries()
    if form == "json":
        fields = ("name", "title", "question", "example")
        listed = [
            {
                **{name: getattr(query, name) for name in fields},
                "parameters": [
                    {"name": p.name, "type": p.type, "default": p.default, "help": p.help} for p in query.parameters
                ],
            }
            for query in found
        ]
        write_json(listed)
        return
    for query in found:
        click.echo(click.style(query.name, bold=True))
        click.echo(f"  {query.question}")
        for p in query.parameters:
            default = f" [default: {p.default}]" if p.default is not None else ""
            click.echo(f"  -p {p.name}=…  {p.help} ({p.type}){default}")
