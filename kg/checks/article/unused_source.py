"""KG116: sources that are listed and never cited."""

from collections.abc import Iterator

from kg.checks.facts import cited_ids
from kg.checks.finding import Article, Finding, record_name
from kg.diagnostics import visible


def check(article: Article) -> Iterator[Finding]:
    """Each source record that no claim cites, for or against."""
    cited = cited_ids(article)
    for source in article.sources.values():
        if source.id not in cited:
            message = f"no claim cites the source {visible(source.id)}"
            node, help = record_name(source.id), "cite it, or take it off the list"
            yield article.in_companion("KG116", message, node, source.location, help)
