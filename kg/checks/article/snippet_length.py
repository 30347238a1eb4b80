"""KG103 and KG104: snippets that are too short to check, or so long that they are hard to."""

from collections.abc import Iterator

from kg.checks.finding import Article, Finding
from kg.checks.naming import evidence
from kg.claim_states import SHORT_SNIPPET

LONG_SNIPPET = 300
"""Characters."""


def check(article: Article) -> Iterator[Finding]:
    """Each piece of evidence whose snippet is missing or out of bounds."""
    for node, name, entry in evidence(article):
        length = len(entry.snippet or "")
        if length < SHORT_SNIPPET:
            has = f"a snippet of {length} character{'s' * (length > 1)}" if length else "no snippet"
            help = f"quote at least {SHORT_SNIPPET} characters of what the source says"
            yield article.in_companion("KG103", f"{name} has {has}", node, entry.location, help)
        elif length > LONG_SNIPPET:
            help = f"quote the {LONG_SNIPPET} characters that bear the claim"
            message = f"{name} has a snippet of {length} characters"
            yield article.in_companion("KG104", message, node, entry.location, help)
