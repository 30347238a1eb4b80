"""KG126: series in which places are empty."""

import itertools
from collections.abc import Iterable, Iterator

from kg.checks.finding import Finding
from kg.checks.garden.catalogue import Catalogue
from kg.checks.garden.series import called, series_of

_SHOWN = 8


def check(catalogue: Catalogue) -> Iterator[Finding]:
    """Each series (or season of one) whose orders leave some out, at its first article."""
    for (name, _), orders in series_of(catalogue).items():
        if gaps := list(_gaps(orders)):
            first = orders[min(orders)][0]
            more = f" and {len(gaps) - _SHOWN} more gaps" if len(gaps) > _SHOWN else ""
            message = f"in the series {called(first)}, nothing stands at {', '.join(gaps[:_SHOWN])}{more}"
            help = "renumber it, or let it stand until the others are written"
            yield catalogue.told("KG126", message, (name,), first, first.place, help)


def _gaps(orders: Iterable[int]) -> Iterator[str]:
    for before, after in itertools.pairwise(orders):
        if after - before == 2:
            yield str(before + 1)
        elif after - before > 2:
            yield f"{before + 1} to {after - 1}"
