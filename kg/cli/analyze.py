"""kg analyze"""

import dataclasses
from typing import TYPE_CHECKING

import click

from kg.cli.common import HELP, format_option, open_store, print_table, status_option, store_option
from kg.cli.streams import write_json
from kg.diagnostics import printable

if TYPE_CHECKING:
    from kg.analysis import Analysis, Ranked


@click.command(context_settings=HELP, short_help="Measure the graph: counts, centrality, communities.")
@click.option("--top", type=click.IntRange(1), default=10, show_default=True, help="How many nodes a ranking shows.")
@format_option("table", "json", default="table")
@status_option
@store_option
def command(top: int, form: str, status: str, store: str | None) -> None:
    """Measure how articles, claims, named works and kinds of source family hang together.

    Prints counts, connected components, degree, PageRank, betweenness, communities of articles with the words
    that name them, and articles that share nothing with another. In large graphs betweenness is estimated from a
    sample (always the same) and what very many articles name is left out of communities; the output says so.

    \b
    kg analyze
    kg analyze --format json | jq '.communities[].words'
    """
    from kg.analysis import analyse
    from kg.export.selection import select

    opened, base = open_store(store)
    found = analyse(select(opened, base, status), top)
    if form == "json":
        write_json(dataclasses.asdict(found))
    else:
        _print(found, base)


def _print(found: "Analysis", base: str) -> None:
    print_table(["what", "how many"], [[name, f"{number:,}"] for name, number in found.counts.items()], "Counts")
    sizes = ", ".join(f"{size:,}" for size in found.components[:10]) + (" …" if len(found.components) > 10 else "")
    click.echo(f"Components: {len(found.components):,} (nodes in each: {sizes or 'none'})\n")
    _ranking("Degree: nodes joined to it", found.degree, "{:.0f}")
    _ranking("PageRank", found.pagerank, "{:.4f}")
    sampled = f" (estimated from {found.betweenness_sources:,} nodes)" if found.betweenness_sources else ""
    _ranking(f"Betweenness: share of shortest paths through it{sampled}", found.betweenness, "{:.4f}")
    rows = [
        [
            str(number),
            str(len(group.articles)),
            ", ".join(group.words),
            ", ".join(_short(a, base) for a in group.articles),
        ]
        for number, group in enumerate(found.communities, 1)
    ]
    if rows:
        wide = f" (what over {found.widest_shared:,} articles name left out)" if found.widest_shared is not None else ""
        print_table(["", "articles", "words", "members"], rows, f"Communities of articles{wide}")
    names = ", ".join(_short(article.iri, base) for article in found.isolated)
    click.echo(printable(f"Articles that share nothing with another: {names or 'none'}"))


def _ranking(title: str, ranked: "list[Ranked]", form: str) -> None:
    if ranked:
        print_table(["kind", "node", "value"], [[r.kind, r.label, form.format(r.value)] for r in ranked], title)


def _short(iri: str, base: str) -> str:
    return iri.removeprefix(f"{base}articles/").rstrip("/")
