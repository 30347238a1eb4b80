"""KG115: a published article that only machines have seen."""

from collections.abc import Iterator

from kg.checks.approvals import approvals, is_by_a_person
from kg.checks.finding import Article, Finding


def check(article: Article) -> Iterator[Finding]:
    """A published article with a companion in which no person's review approves it."""
    companion = article.companion
    if companion is None or article.status != "published":
        return
    if not any(is_by_a_person(review, companion) for review in approvals(companion)):
        help = 'write who approved it under provenance.reviews, with "status": "approved"'
        yield article.in_companion("KG115", "the article is published, but no person approved it", "", None, help)
