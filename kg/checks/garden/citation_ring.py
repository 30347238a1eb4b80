"""KG129: articles that are each other's sources."""

from collections.abc import Iterator

from kg.checks.finding import Finding
from kg.checks.garden.catalogue import Catalogue
from kg.checks.garden.rings import rings
from kg.diagnostics import visible

_SHOWN = 6


def check(catalogue: Catalogue) -> Iterator[Finding]:
    """Each largest set of articles of which every one leads to every other by its sources, at the first of them."""
    cites = {
        article.name: [s.target for s in article.sources if s.target in catalogue.by_name]
        for article in catalogue.articles
    }
    for ring in rings(cites):
        first, members = catalogue.by_name[ring[0]], set(ring)
        source = next(source for source in first.sources if source.target in members)
        help = "cite what stands outside the ring; within it, claims rest on themselves"
        yield catalogue.told("KG129", _message(catalogue, ring), ring, first, source.place, help)


def _message(catalogue: Catalogue, ring: list[str]) -> str:
    slugs = [visible(catalogue.by_name[name].slug) for name in ring]
    if len(slugs) == 1:
        return f"{slugs[0]} is a source of itself"
    more = f" and {len(slugs) - _SHOWN} more" if len(slugs) > _SHOWN else ""
    return f"articles are each other's sources: {', '.join(slugs[:_SHOWN])}{more}"
