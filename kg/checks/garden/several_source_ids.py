"""KG123: one work under several source ids."""

from collections.abc import Iterator

from kg.checks.finding import Finding
from kg.checks.garden.catalogue import Catalogue
from kg.diagnostics import visible


def check(catalogue: Catalogue) -> Iterator[Finding]:
    """Each work (or article of the garden) that articles list under different ids, at the first record."""
    for work, listed in catalogue.records_by(lambda source: source.target).items():
        ids = sorted({source.id for _, source in listed})
        if len(ids) > 1:
            article, source = listed[0]
            shown = ", ".join(map(visible, ids[:5])) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")
            help = "they are one work all the same; one id for it is easier to follow"
            yield catalogue.told("KG123", f"one work has the ids {shown}", (work,), article, source.place, help)
