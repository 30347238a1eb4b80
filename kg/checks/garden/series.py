"""The series of a garden, each with its articles by order."""

from collections import defaultdict

from kg.checks.facts import Facts
from kg.checks.garden.catalogue import Catalogue
from kg.diagnostics import visible
from kg.namespaces import fold

Orders = dict[int, list[Facts]]


def series_of(catalogue: Catalogue) -> dict[tuple[str, str | None], Orders]:
    """Series (as its node is named) and season → order → its articles, archived and superseded ones left out."""
    found: defaultdict[tuple[str, str | None], defaultdict[int, list[Facts]]]
    found = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for article in catalogue.articles:
        if (series := article.series) and series.order is not None and article.current:
            name = names.get(series.slug) or names.setdefault(series.slug, f"series/{fold(series.slug)}")
            found[name, series.season][series.order].append(article)
    return {key: dict(sorted(orders.items())) for key, orders in found.items()}


def called(article: Facts) -> str:
    """What a message calls an article's series."""
    series = article.series
    assert series is not None
    return visible(series.slug) + (f", {visible(series.season)}" if series.season else "")
