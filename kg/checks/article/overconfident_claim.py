"""KG109: high confidence that no direct evidence carries."""

from collections.abc import Iterator

from kg.checks.article.no_direct_evidence import lacks_direct
from kg.checks.finding import Article, Finding


def check(article: Article) -> Iterator[Finding]:
    """Each claim of high confidence whose evidence is all indirect."""
    help = "cite direct evidence, or lower the confidence"
    for claim in article.claims:
        if claim.confidence == "high" and lacks_direct(claim):
            message = f"the confidence of {claim.id} is high, but none of its evidence is direct"
            yield article.in_companion("KG109", message, claim.id, claim.location, help)
