"""KG112: published claims that nobody verified."""

from collections.abc import Iterator

from kg.checks.finding import Article, Finding
from kg.claim_states import claim_state


def check(article: Article) -> Iterator[Finding]:
    """Each claim of a published article that is a draft, by its verification or for want of one."""
    if article.companion is None or article.status != "published":
        return
    help = "have it verified, or publish the article without it"
    for claim in article.claims:
        verdict = claim.verification.status if claim.verification else None
        if verdict == "draft" or claim_state(claim, article.companion) == "draft":
            message = f"{claim.id} is a draft, but the article is published"
            yield article.in_companion("KG112", message, claim.id, claim.location, help)
