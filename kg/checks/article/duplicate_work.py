"""KG117: one work as two sources of an article."""

from collections.abc import Iterator

from kg.checks.finding import Article, Finding, record_name
from kg.checks.identity import root
from kg.diagnostics import visible


def check(article: Article) -> Iterator[Finding]:
    """Each source record whose work an earlier one points to; home pages are no identity, and not compared."""
    first: dict[str, str] = {}
    for source in article.sources.values():
        known = first.setdefault(root(source, article), source.id)
        if known != source.id:
            message = f"{visible(source.id)} is the same work as {visible(known)}"
            node, help = record_name(source.id), "keep one of the two, so that evidence from one work is seen as such"
            yield article.in_companion("KG117", message, node, source.location, help)
