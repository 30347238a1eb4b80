"""KG101: a claim that rests on nothing."""

from collections.abc import Iterator

from kg.checks.finding import Article, Finding


def check(article: Article) -> Iterator[Finding]:
    """Each claim of a companion without evidence; a brief alone is not asked for any."""
    help = "cite a source with a snippet, or drop the claim"
    for claim in article.claims:
        if not claim.evidence:
            yield article.in_companion("KG101", f"{claim.id} names no evidence", claim.id, claim.location, help)
