"""KG108: claims for which all evidence is indirect."""

from collections.abc import Iterator

from kg.checks.finding import Article, Finding
from kg.companion import CompanionClaim


def lacks_direct(claim: CompanionClaim) -> bool:
    """Whether a claim names evidence, but none that supports it directly."""
    return bool(claim.evidence) and all(entry.support != "direct" for entry in claim.evidence)


def check(article: Article) -> Iterator[Finding]:
    """Each claim with evidence, none of it direct."""
    help = "cite a source that says it itself, or soften the claim"
    for claim in article.claims:
        if lacks_direct(claim):
            yield article.in_companion("KG108", f"{claim.id} has no direct evidence", claim.id, claim.location, help)
