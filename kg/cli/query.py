"""kg query"""

import sys
from typing import TYPE_CHECKING

import click

from kg.cli.common import format_option, open_store, plural, print_table, store_option, store_path, write_bytes

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions, QueryTriples, Store

_FORMS = ("table", "json", "csv", "tsv", "xml", "turtle", "ntriples", "jsonld")


@click.command(short_help="Ask the graph with SPARQL.")
@click.argument("name", required=False)
@click.option("-e", "--execute", "text", metavar="SPARQL", help="The query itself.")
@click.option(
    "-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a parameter, $NAME in the query."
)
@click.option("--raw", is_flag=True, help="In csv, leave cells that a spreadsheet would run as formulas as they are.")
@format_option(*_FORMS)
@store_option
def command(
    name: str | None, text: str | None, params: tuple[str, ...], raw: bool, form: str | None, store: str | None
) -> None:
    """Ask the graph: a named query (see kg queries), a file, - for standard input, or -e SPARQL.

    The prefixes kg, schema, dcterms, skos, prov, cito, rdf, rdfs, owl, xsd, sssom and semapv are known. A value
    given with -p is bound as a term, never pasted: $x in the query is its place, -p x:integer=5 gives it a type.
    Solutions are a table on a terminal and JSON in a pipe; triples are Turtle. In csv, a cell that starts with
    =, +, -, @ or a tab gets an apostrophe before it unless --raw is given. GRAPH <urn:kg:build> tells the file and
    line of every node, GRAPH <urn:kg:ontology> holds the ontology; no other query sees them.

    \b
    kg query claims-by-article -p article=sourdough
    kg query -e 'SELECT ?text { ?claim a kg:Claim ; schema:text ?text } LIMIT 5'
    kg query my.rq --format csv > out.csv
    """
    from kg.querying import bind, bind_loose, find_query, names_outside_graphs, run, unknown_terms

    if (name is None) == (text is None):
        raise click.UsageError("give either the name or file of a query, or -e and its text")
    values = _values(params)
    opened, base = open_store(store)
    if text is not None or name == "-":
        question = bind_loose(text if text is not None else sys.stdin.read(), values, base)
    else:
        query = find_query(name or "")
        question = bind(query, values, base) if query.parameters or not values else bind_loose(query.text, values, base)
        _unknown_articles(opened, base, {p.name: p.type for p in query.parameters}, values)
    default_graphs = None
    if names_outside_graphs(question):
        from kg.origin import with_outside_graphs

        opened, default_graphs = with_outside_graphs(opened, store_path(store), base)
    answer = run(opened, question, default_graphs)
    for problem in unknown_terms(opened, question):
        click.echo(f"{click.style('warning', fg='yellow')}: {problem}", err=True)
    _print(answer, form, raw, base)


def _values(params: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise click.UsageError(f"-p {param}: write NAME=VALUE")
        values[name] = value
    return values


def _unknown_articles(store: "Store", base: str, types: dict[str, str], values: dict[str, str]) -> None:
    """Name a slug that no article has, with the nearest that one has."""
    from kg.export.selection import nearest_slugs, printable, slugs

    for name, value in values.items():
        if types.get(name) == "article" and not value.startswith(base) and value not in slugs(store):
            near = nearest_slugs(store, base, value)
            hint = f"; the nearest: {' or '.join(near)}" if near else ""
            click.echo(f'{click.style("warning", fg="yellow")}: no article "{printable(value)}"{hint}', err=True)


def _print(answer: "QuerySolutions | QueryTriples | object", form: str | None, raw: bool, base: str) -> None:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

    from kg.results import serialize_solutions

    if isinstance(answer, QueryTriples):
        _print_triples(answer, form or "turtle", base)
        return
    if form in ("turtle", "ntriples", "jsonld"):
        raise click.UsageError(f"{form} is for CONSTRUCT and DESCRIBE; this query gives solutions")
    form = form or ("table" if sys.stdout.isatty() else "json")
    assert isinstance(answer, QuerySolutions | QueryBoolean)
    if form != "table":
        write_bytes(serialize_solutions(answer, form, raw) + (b"\n" if form in ("json", "xml") else b""))
    elif isinstance(answer, QueryBoolean):
        click.echo("yes" if answer else "no")
    else:
        _print_solutions(answer, base)


def _print_solutions(answer: "QuerySolutions", base: str) -> None:
    from kg import namespaces as ns
    from kg.results import rows

    columns, cells = rows(answer, {**ns.PREFIXES, "garden": base})
    if cells:
        print_table(columns, cells)
    click.echo(plural(len(cells), "solution"), err=True)


def _print_triples(answer: "QueryTriples", form: str, base: str) -> None:
    from kg.export.selection import Selection
    from kg.results import n_triples

    lines = [line.removesuffix(" .") for line in n_triples(answer).decode().split("\n") if line]
    selection = Selection(base, {"": lines})
    if form == "jsonld":
        from kg.export.jsonld import json_ld

        write_bytes(json_ld(selection))
    elif form in ("turtle", "ntriples"):
        from kg.export.rdf import WRITERS

        write_bytes(WRITERS[form](selection))
    else:
        raise click.UsageError(f"{form} is for SELECT and ASK; this query gives triples: turtle, ntriples or jsonld")
