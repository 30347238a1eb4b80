"""KG122: one source id for several works."""

from collections.abc import Iterator

from kg.checks.finding import Finding, record_name
from kg.checks.garden.catalogue import Catalogue
from kg.diagnostics import visible


def check(catalogue: Catalogue) -> Iterator[Finding]:
    """Each source id under which articles list different works, at the first record."""
    for name, listed in catalogue.records_by(lambda source: source.id).items():
        works = {source.target for _, source in listed}
        if len(works) > 1:
            article, source = listed[0]
            node = record_name(name)
            message = f"{visible(name)} names {len(works)} works in {len(listed)} articles"
            help = "nothing is joined by it; give ids that tell the work, if tools join by them"
            names = [f"{other.name}#{node}" for other, _ in listed]
            yield catalogue.told("KG122", message, names, article, source.place, help)
