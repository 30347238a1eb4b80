"""kg export"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import HELP, OUTPUT_HELP, FilePath, open_store, plural, status_option, store_option, warn
from kg.cli.streams import write_bytes
from kg.diagnostics import printable

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.export.selection import Selection

_ENDINGS = {
    "turtle": "ttl",
    "ntriples": "nt",
    "nquads": "nq",
    "trig": "trig",
    "rdfxml": "rdf",
    "jsonld": "jsonld",
    "graphml": "graphml",
}
_XML = ("rdfxml", "graphml")
_ALIASES = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "rdf": "rdfxml", "xml": "rdfxml", "json-ld": "jsonld"}
FORMATS = [*_ENDINGS, *_ALIASES]


@click.command(context_settings=HELP, short_help="Write the graph as Turtle, JSON-LD and other formats.")
@click.argument("form", metavar="[FORMAT]", type=click.Choice(FORMATS), required=False)
@click.option("-f", "--format", "option_form", metavar="FORMAT", type=click.Choice(FORMATS), help="The same.")
@click.option("--article", metavar="SLUG", help="One article alone.")
@click.option("--query", "query_name", metavar="QUERY", help="What a CONSTRUCT query gives: a named query, or a file.")
@click.option("--graph", metavar="IRI", help="urn:kg:ontology or urn:kg:build, which no other export holds.")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a parameter of --query.")
@click.option("-o", "--out", type=FilePath(path_type=Path), help="A file, or with --per-article a folder.")
@click.option("--per-article", is_flag=True, help="One file an article, in the folder --out.")
@click.option("--verify", is_flag=True, help="Read the result with a second parser, and fail if it differs.")
@status_option
@store_option
def command(
    form: str | None,
    option_form: str | None,
    article: str | None,
    query_name: str | None,
    graph: str | None,
    params: tuple[str, ...],
    out: Path | None,
    per_article: bool,
    verify: bool,
    status: str,
    store: str | None,
) -> None:
    """Write the graph in FORMAT: turtle, ntriples, nquads, trig, rdfxml, jsonld or graphml (default: turtle).

    Published articles only, unless --status all. The same briefs give the same bytes, whatever the machine.
    RDF/XML and GraphML can't hold some control characters: they show U+0001 as [U+0001], with a warning.

    \b
    kg export turtle > garden.ttl
    kg export jsonld --article sourdough-starters-as-ecosystems
    kg export turtle --per-article --out public/graph
    """
    form = _form(form, option_form)
    _refuse_conflicts(article, query_name, graph, params, out, per_article)
    opened, base = open_store(store)
    if per_article:
        assert out is not None
        _write_each(opened, base, form, status, out, verify)
        return
    if graph is not None:
        selection = _outside(graph, store, base)
    else:
        selection = _select(opened, base, article, query_name, params, status)
    data = _written(selection, form, verify)
    if out is None:
        write_bytes(data)
    else:
        _write_file(out, data)


def _form(argument: str | None, option: str | None) -> str:
    """The format, given as an argument or with -f."""
    given = {_ALIASES.get(form, form) for form in (argument, option) if form is not None}
    if len(given) > 1:
        raise click.UsageError(f"the format is given twice: {argument} and {option}")
    return given.pop() if given else "turtle"


def _refuse_conflicts(
    article: str | None,
    query_name: str | None,
    graph: str | None,
    params: tuple[str, ...],
    out: Path | None,
    per_article: bool,
) -> None:
    """Refuse options of which one would have to be passed over."""
    parts = {"--article": article, "--query": query_name, "--graph": graph, "--per-article": per_article or None}
    given = [name for name, value in parts.items() if value is not None]
    if len(given) > 1:
        raise click.UsageError(f"give one of {' and '.join(given)}")
    if per_article and out is None:
        raise click.UsageError("--per-article needs --out DIR")
    if params and query_name is None:
        raise click.UsageError("-p is for --query")


def _select(
    store: "Store", base: str, article: str | None, query_name: str | None, params: tuple[str, ...], status: str
) -> "Selection":
    from kg.export import selection as parts

    if article is not None:
        return parts.select_article(store, base, article, status)
    whole = parts.select(store, base, status)
    return _constructed(whole, base, query_name, params) if query_name is not None else whole


def _outside(graph: str, store: str | None, base: str) -> "Selection":
    from kg.cli.common import store_path
    from kg.export.selection import Selection
    from kg.origin import GRAPHS, graph_lines

    if graph not in GRAPHS:
        raise click.UsageError(f"--graph takes {' or '.join(GRAPHS)}")
    return Selection(base, {graph: graph_lines(graph, store_path(store), base)})


def _constructed(whole: "Selection", base: str, name: str, params: tuple[str, ...]) -> "Selection":
    """The triples of a CONSTRUCT query over the selected articles alone."""
    from pyoxigraph import RdfFormat, Store

    from kg.cli.query import parameter_values
    from kg.errors import UsageError
    from kg.export.rdf import n_quads
    from kg.export.selection import Selection
    from kg.querying import bind, find_query, names_outside_graphs
    from kg.worker import Question, Worker

    query = find_query(name)
    if names_outside_graphs(query.text):
        raise UsageError("an export of a query holds articles alone", "kg query gives what the other graphs hold")
    question = Question(bind(query, parameter_values(params), base), "json", base)
    store = Store()
    store.bulk_load(n_quads(whole), RdfFormat.N_QUADS)
    worker = Worker(lambda: (store, None))
    lines: list[str] = []
    for kind, *part in worker.ask(question):
        if kind != "triples":
            raise click.UsageError(f"{query.name} gives no triples; an export needs a CONSTRUCT or DESCRIBE query")
        lines = part[0]
    worker.close()
    return Selection(base, {f"{base}graph/constructed": lines})


def _written(selection: "Selection", form: str, verify: bool) -> bytes:
    from kg.export.rdf import WRITERS, has_stand_ins

    if form in _XML and has_stand_ins(selection):
        warn(f"{form} can't hold some control characters; they are written as [U+0001] and the like")
    if form == "jsonld":
        from kg.export.jsonld import json_ld

        data = json_ld(selection)
    elif form == "graphml":
        from kg.export.graphml import graphml

        data = graphml(selection)
    else:
        data = WRITERS[form](selection)
    if verify:
        from kg.export.verify import verify as verify_export

        verify_export(data, form, selection)
    return data


def _write_each(store: "Store", base: str, form: str, status: str, out: Path, verify: bool) -> None:
    from kg import namespaces as ns
    from kg.export import selection as parts

    names = parts.slugs_of(store, base, status)
    for slug in names:
        data = _written(parts.select_article(store, base, slug, status), form, verify)
        _write_file(out / f"{ns.file_name(slug)}.{_ENDINGS[form]}", data)
    click.echo(printable(f"{plural(len(names), 'file')} in {out}"), err=True)


def _write_file(path: Path, data: bytes) -> None:
    from kg.store import environment

    with environment(path, OUTPUT_HELP):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
