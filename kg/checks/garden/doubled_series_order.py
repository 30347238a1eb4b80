"""KG127: two articles at one place of a series."""

from collections.abc import Iterator

from kg.checks.finding import Finding
from kg.checks.garden.catalogue import Catalogue
from kg.checks.garden.series import called, series_of
from kg.diagnostics import visible


def check(catalogue: Catalogue) -> Iterator[Finding]:
    """Each place of a series that several articles have, at each but the first."""
    for orders in series_of(catalogue).values():
        for order, (first, *others) in orders.items():
            for article in others:
                message = f"{visible(first.slug)} stands at {order} of the series {called(article)} already"
                names, help = (first.name, article.name), "give one of the two another order"
                yield catalogue.told("KG127", message, names, article, article.place, help)
