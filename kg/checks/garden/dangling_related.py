"""KG124: relations that lead nowhere."""

from collections.abc import Iterator

from kg.checks.finding import Finding
from kg.checks.garden.catalogue import Catalogue
from kg.diagnostics import visible


def check(catalogue: Catalogue) -> Iterator[Finding]:
    """Each article declared related that the garden doesn't hold."""
    for article in catalogue.articles:
        for related in article.related:
            if related.name not in catalogue.by_name:
                message = f"related to {visible(related.slug)}, which is not in the garden"
                names = (article.name, related.name)
                yield catalogue.told("KG124", message, names, article, related.place, "mend the slug, or delete it")
