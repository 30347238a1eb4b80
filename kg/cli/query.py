"""kg query"""

import math
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import HELP, format_option, open_store, plural, print_table, store_option, store_path, warn
from kg.cli.streams import read_input, write_bytes, write_text
from kg.diagnostics import printable

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store

_FORMS = ("table", "json", "csv", "tsv", "xml", "turtle", "ntriples", "jsonld")
_GRAPH_FORMS = ("turtle", "ntriples", "jsonld")
_LONGEST = 1_000_000
_MOST = 1 << 24


class _Seconds(click.FloatRange):
    """Seconds that a process can wait for: no infinity, and neither more nor less than any number."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        seconds = super().convert(value, param, ctx)
        return self.fail(f"{value} is no number of seconds.", param, ctx) if math.isnan(seconds) else seconds


@click.command(context_settings=HELP, short_help="Ask the graph with SPARQL.")
@click.argument("name", required=False)
@click.option("-e", "--execute", "text", metavar="SPARQL", help="The query itself.")
@click.option(
    "-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a parameter, $NAME in the query."
)
@click.option("--timeout", type=_Seconds(0.001, _LONGEST), default=30, show_default=True, help="Seconds it may take.")
@click.option("--max-rows", type=click.IntRange(min=0), help="Stop after so many solutions.  [default: no limit]")
@click.option("--memory", type=click.IntRange(64, _MOST), default=2048, show_default=True, help="MiB it may need.")
@click.option("--explain", is_flag=True, help="Where there is no solution, say why (on a terminal always).")
@click.option("--raw", is_flag=True, help="In csv, leave cells that a spreadsheet would run as formulas as they are.")
@format_option(*_FORMS)
@store_option
def command(
    name: str | None,
    text: str | None,
    params: tuple[str, ...],
    timeout: float,
    max_rows: int | None,
    memory: int,
    explain: bool,
    raw: bool,
    form: str | None,
    store: str | None,
) -> None:
    """Ask the graph: a named query (see kg queries), a file, - for standard input, or -e SPARQL.

    The prefixes kg, schema, dcterms, skos, prov, cito, rdf, rdfs, owl, xsd, sssom and semapv are known. A value
    given with -p is bound as a term, never pasted: $x in the query is its place, -p x:integer=5 gives it a type.
    Solutions are a table on a terminal and JSON in a pipe; triples are Turtle. In csv, a cell that starts with
    =, +, -, @ or a tab gets an apostrophe before it unless --raw is given. A query is about all articles, or about
    the graphs that its FROM names. The graph urn:kg:build tells the file and line of every node, urn:kg:ontology
    holds the ontology; only a query that names them, in GRAPH or FROM, sees them.

    A query runs in a process of its own, which can't reach the network and is ended at --timeout (exit code 3).

    \b
    kg query claims-by-article -p article=sourdough-starters-as-ecosystems
    kg query -e 'SELECT ?text { ?claim a kg:Claim ; schema:text ?text } LIMIT 5'
    kg query my.rq --format csv > out.csv
    kg query claims-by-article -p article=rye-starters --explain
    """
    from kg.empty import WhyEmpty
    from kg.querying import bind, bind_loose, names_outside_graphs, unknown_terms
    from kg.sparql import refuse
    from kg.worker import Question, Worker

    if (name is None) == (text is None):
        raise click.UsageError("give either the name or file of a query, or -e and its text")
    values = parameter_values(params)
    query = _named(name, text)
    path = store_path(store)
    worker = Worker(lambda: _open(path, names_outside_graphs(query.text)), memory)
    opened, base = open_store(store)
    question = bind(query, values, base) if query.parameters else bind_loose(query.text, values, base)
    refuse(question)
    for problem in _unknown_values(opened, base, {p.name: p.type for p in query.parameters}, values):
        warn(problem)
    form = form or ("table" if sys.stdout.isatty() else "json")
    asked = "raw-csv" if form == "csv" and raw else "table" if form in _GRAPH_FORMS else form
    count = _print(worker.ask(Question(question, asked, base, max_rows), timeout), form, base)
    limits = [values.get(p.name, p.default) for p in query.parameters if p.name == "limit"]
    if limits == [str(count)]:
        click.echo(
            f"{count:,} solutions, as many as limit lets through: there may be more; -p limit=… raises it", err=True
        )
    if count == 0 and (explain or sys.stdout.isatty()):
        for _, sentence in worker.ask(WhyEmpty(question), timeout):
            click.echo(f"no solution: {printable(sentence)}", err=True)
    if not query.title and not names_outside_graphs(query.text):
        for problem in unknown_terms(opened, question):
            warn(problem)
    worker.close()


def _named(name: str | None, text: str | None) -> Any:
    """The query to ask, with its parameters; none are declared for -e and standard input."""
    from kg.querying import NamedQuery, decoded, find_query

    if text is None and name != "-":
        return find_query(name or "")
    return NamedQuery("query", "", "", (), "", text if text is not None else decoded(read_input(), "standard input"))


def _open(path: Any, outside: bool) -> "tuple[Store, list[NamedNode] | None]":
    """In the worker: the published graph, with the outside graphs where the query names one."""
    from kg.origin import with_outside_graphs
    from kg.store import StoreFolder, base_of

    store = StoreFolder(path).open_published()
    return with_outside_graphs(store, path, base_of(store) or "") if outside else (store, None)


def parameter_values(params: tuple[str, ...]) -> dict[str, str]:
    """The values of -p NAME=VALUE."""
    values = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise click.UsageError(f"-p {param}: write NAME=VALUE")
        if name in values:
            raise click.UsageError(f"-p {name} is given twice")
        values[name] = value
    return values


def _unknown_values(store: "Store", base: str, types: dict[str, str], values: dict[str, str]) -> Iterator[str]:
    """Name an article, or what articles share, that is not in the graph, with the nearest that are."""
    import difflib

    from kg.export.selection import labels, slugs
    from kg.parameter_types import CONCEPTS, SHARED, node
    from kg.querying import occurs

    for name, value in values.items():
        kind = types.get(name, "")
        if kind not in ("article", "claim", "cited", *SHARED, *CONCEPTS):
            continue
        if (named := node(kind, value, base)) and not occurs(store, named):
            listed = (
                slugs(store) if kind == "article" else labels(store, f"{base}{SHARED[kind]}/") if kind in SHARED else []
            )
            near = difflib.get_close_matches(value, listed, 3, 0.6)
            hint = f"; the nearest: {' or '.join(near)}" if near else ""
            yield f'no {"cited work" if kind == "cited" else kind} "{value}"{hint}'


def _print(parts: Iterator[Any], form: str, base: str) -> int | None:
    """Print the parts of an answer as they come; return how many solutions or triples there are."""
    columns: list[str] = []
    rows: list[list[str]] = []
    count: int | None = None
    for kind, *part in parts:
        if kind == "text":
            write_text(part[0])
        elif kind == "triples":
            _print_triples(part[0], form, base)
            count = len(part[0])
        elif kind == "boolean":
            _only_tables(form)
            click.echo("yes" if part[0] else "no")
        elif kind == "columns":
            _only_tables(form)
            columns = part[0]
        elif kind == "rows":
            rows += part[0]
        elif kind == "count":
            count = part[0]
            _count(part[0], part[1], columns, rows)
    return count


def _only_tables(form: str) -> None:
    if form in _GRAPH_FORMS:
        raise click.UsageError(f"{form} is for CONSTRUCT and DESCRIBE; this query gives solutions")


def _count(count: int, cut: bool, columns: list[str], rows: list[list[str]]) -> None:
    from kg.errors import KgError

    if rows:
        print_table(columns, rows)
    if columns:
        click.echo(plural(count, "solution"), err=True)
    if cut:
        raise KgError(f"stopped after {plural(count, 'solution')}; there are more", "raise --max-rows")


def _print_triples(lines: list[str], form: str, base: str) -> None:
    from kg.export.jsonld import json_ld
    from kg.export.rdf import WRITERS
    from kg.export.selection import Selection

    selection = Selection(base, {"": lines})
    if form == "jsonld":
        write_bytes(json_ld(selection))
    else:
        write_bytes(WRITERS["ntriples" if form == "ntriples" else "turtle"](selection))
