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
        cited = ((source.target, source.place, "cites") for source in article.sources)
        related = ((each.name, each.place, "is related to") for each in article.related)
        for name, at, verb in (*cited, *related):
            if name in old:
                message = f"{visible(article.slug)} {verb} {visible(old[name].slug)}, which is superseded"
                help = "point to the article that takes its place"
                yield catalogue.told("KG128", message, (article.name, old[name].name), article, at, help)
