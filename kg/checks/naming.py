"""The pieces of evidence of an article with the names of their nodes, and as messages call them."""

from collections.abc import Iterator

from kg.checks.finding import Article
from kg.companion import Counterevidence, Evidence


def evidence(article: Article) -> Iterator[tuple[str, str, Evidence]]:
    """Each piece of evidence, after the name of its node and what a message calls it."""
    for claim in article.claims:
        for number, entry in enumerate(claim.evidence, 1):
            yield f"{claim.id}-evidence-{number:02d}", f"evidence {number} of {claim.id}", entry


def counterevidence(article: Article) -> Iterator[tuple[str, str, Counterevidence]]:
    """Each piece of counter-evidence, after the name of its node and what a message calls it."""
    for claim in article.claims:
        for number, entry in enumerate(claim.counterevidence, 1):
            yield f"{claim.id}-counter-{number:02d}", f"counter-evidence {number} of {claim.id}", entry
