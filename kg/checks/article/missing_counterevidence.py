"""KG110: claims that are sure or disputed, with nothing against them."""

from collections.abc import Iterator

from kg.checks.finding import Article, Finding
from kg.claim_states import lacks_counterevidence


def check(article: Article) -> Iterator[Finding]:
    """Each claim of high confidence, or with the status contested or risk, without counter-evidence."""
    help = "say what speaks against it, or what would"
    for claim in article.claims:
        if lacks_counterevidence(claim):
            why = "confidence is high" if claim.confidence == "high" else f"status is {claim.status}"
            message = f"the {why.replace(' is', f' of {claim.id} is', 1)}, but it names no counter-evidence"
            yield article.in_companion("KG110", message, claim.id, claim.location, help)
