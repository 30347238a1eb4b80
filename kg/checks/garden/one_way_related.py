"""KG125: relations that only one side declares."""

from collections.abc import Iterator

from kg.checks.finding import Finding
from kg.checks.garden.catalogue import Catalogue
from kg.diagnostics import visible


def check(catalogue: Catalogue) -> Iterator[Finding]:
    """Each article that is declared related and doesn't declare it back."""
    declared = {(article.name, related.name) for article in catalogue.articles for related in article.related}
    for article in catalogue.articles:
        for related in article.related:
            one_way = related.name in catalogue.by_name and (related.name, article.name) not in declared
            if one_way and related.name != article.name:
                message = f"related to {visible(related.slug)}, which is not related back"
                names, help = (article.name, related.name), "name this article there too, if it holds both ways"
                yield catalogue.told("KG125", message, names, article, related.place, help)
