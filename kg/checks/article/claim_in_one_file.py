"""KG120: claims that only one of brief and companion knows."""

from collections.abc import Iterator

from kg.checks.finding import Article, Finding


def check(article: Article) -> Iterator[Finding]:
    """Each claim that stands in one of the two files; ids that were given by counting may be any claim's."""
    if article.companion is None:
        return
    told = {claim.number for claim in article.claims}
    own = {claim.number for claim in article.brief.claims}
    help = "write it in both, or take it out of this one"
    for claim in article.brief.claims:
        if claim.written and claim.number not in told:
            message = f"{claim.id} stands in the brief, not in the companion"
            yield article.in_brief("KG120", message, claim.id, claim.text.location, help)
    for other in article.claims:
        if other.number not in own:
            message = f"{other.id} stands in the companion, not in the brief"
            yield article.in_companion("KG120", message, other.id, other.location, help)
