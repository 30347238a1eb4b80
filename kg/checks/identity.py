"""What a source record points to, as a name below the garden's base: an article of the garden, or a work."""

from kg import namespaces as ns
from kg.addresses import slug_of_address
from kg.checks.finding import Article
from kg.companion import SourceRecord
from kg.works import work_of

ARTICLES = "articles/"
"""What the name of an article begins with."""


def target(source: SourceRecord, article: Article) -> str | None:
    """The name of what a record points to: ``articles/tides/``, ``works/doi/…``; None where its address tells none."""
    if not source.url:
        return None
    if slug := slug_of_address(article.base, article.iri, source.url):
        return ns.article("", slug)
    work = work_of(source.url)
    return f"works/{work.name}" if work else None


def root(source: SourceRecord, article: Article) -> str:
    """What makes two records one source: the work that both point to; a home page tells too little, so there the id."""
    work = work_of(source.url) if source.url else None
    return work.name if work and not work.weak else f"#{source.id}"
