"""KG113: a verdict on evidence that isn't there."""

from collections.abc import Iterator

from kg.checks.finding import Article, Finding


def check(article: Article) -> Iterator[Finding]:
    """Each claim that is called verified, but names no evidence."""
    help = "add the evidence that was checked, or take the verdict back"
    for claim in article.claims:
        if claim.verification and claim.verification.status == "verified" and not claim.evidence:
            node, at = f"{claim.id}-verification", claim.verification.location
            yield article.in_companion("KG113", f"{claim.id} is called verified, but names no evidence", node, at, help)
