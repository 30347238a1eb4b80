"""KG128: articles that rely on one that is superseded."""

from collections.abc import Iterator

from kg.checks.finding import Finding
from kg.checks.garden.catalogue import Catalogue
from kg.diagnostics import visible


def check(catalogue: Catalogue) -> Iterator[Finding]:
    """Each source record of a current article that is a superseded article, and each relation to one."""
    old = {article.name: article for article in catalogue.articles if article.maturity == "superseded"}
    if not old:
        return
    for article in catalogue.articles:
        if not article.current:
            continue
        cited = [(old[s.target], s.place, "cites") for s in article.sources if s.target in old]
        related = [(old[r.name], r.place, "is related to") for r in article.related if r.name in old]
        for other, at, verb in cited + related:
            message = f"{visible(article.slug)} {verb} {visible(other.slug)}, which is superseded"
            help = "point to the article that takes its place"
            yield catalogue.told("KG128", message, (article.name, other.name), article, at, help)
