"""KG105: a claim that cites one source twice."""

from collections.abc import Iterator

from kg.checks.finding import Article, Finding
from kg.diagnostics import visible


def check(article: Article) -> Iterator[Finding]:
    """Each second piece of evidence of a claim from the same source record."""
    help = "join the two snippets, or cite another source"
    for claim in article.claims:
        seen: set[str] = set()
        for number, entry in enumerate(claim.evidence, 1):
            if entry.source in seen:
                node, message = f"{claim.id}-evidence-{number:02d}", f"{claim.id} cites {visible(entry.source)} again"
                yield article.in_companion("KG105", message, node, entry.location, help)
            elif entry.source:
                seen.add(entry.source)
