"""KG102: evidence whose source is not among the companion's."""

import difflib
from collections.abc import Iterator

from kg.checks.finding import Article, Finding
from kg.checks.naming import counterevidence, evidence
from kg.diagnostics import Location, visible


def check(article: Article) -> Iterator[Finding]:
    """Each piece of evidence that names no source, or, for or against, one that is not listed."""
    known = article.sources.keys()
    for node, name, entry in evidence(article):
        if entry.source is None:
            message, help = f"{name} names no source", 'write "sourceId": "source-…"'
            yield article.in_companion("KG102", message, node, entry.location, help)
        elif entry.source not in known:
            yield _missing(article, node, name, entry.source, entry.location)
    for node, name, counter in counterevidence(article):
        if counter.source and counter.source not in known:
            yield _missing(article, node, name, counter.source, counter.location)


def _missing(article: Article, node: str, name: str, source: str, at: Location) -> Finding:
    near = difflib.get_close_matches(source, sorted(article.sources), 1)
    help = f"list it under sources{f', or name {visible(near[0])}' if near else ''}"
    return article.in_companion(
        "KG102", f"{name} names the source {visible(source)}, which is not listed", node, at, help
    )
