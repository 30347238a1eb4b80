"""Claims that a brief and its companion word differently: a problem with both places, no finding."""

from kg.checks.finding import Article
from kg.diagnostics import Diagnostic, visible
from kg.mapping.brief import differs


def check_wording(article: Article) -> list[Diagnostic]:
    """KG043 for each claim whose id is written in both files with other words in each.

    Prose abridges its claims, and an id that was given by counting may not be the companion's: neither is compared.
    """
    told = {claim.number: claim for claim in article.claims}
    found: list[Diagnostic] = []
    for claim in article.brief.claims:
        other = told.get(claim.number) if claim.written and claim.section is None else None
        if other is not None and article.companion and differs(other.text, claim.text.value):
            path, (line, column) = article.companion.path, other.text_location
            message = f"{claim.id} is worded otherwise in the companion: {visible(other.text, 300)}"
            help = f"the companion's words, at {path}:{line}:{column}, are taken; make the two the same"
            found.append(Diagnostic(article.brief.path, *claim.text.location, "KG043", message, help))
    return found
