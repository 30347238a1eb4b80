"""KG122: one source id for several works."""

from collections import defaultdict
from collections.abc import Iterator

from kg.checks.facts import Facts, SourceFact
from kg.checks.finding import Finding
from kg.checks.garden.catalogue import Catalogue
from kg.diagnostics import visible


def check(catalogue: Catalogue) -> Iterator[Finding]:
    """Each source id under which articles list different works, at the first record."""
    records: defaultdict[str, list[tuple[Facts, SourceFact]]] = defaultdict(list)
    for article, source in catalogue.sources():
        if source.target:
            records[source.id].append((article, source))
    for name, listed in records.items():
        works = {source.target for _, source in listed}
        if len(works) > 1:
            article, source = listed[0]
            nodes = tuple(catalogue.record(*each) for each in listed)
            message = f"{visible(name)} names {len(works)} works in {len(listed)} articles"
            help = "nothing is joined by it; give ids that tell the work, if tools join by them"
            yield Finding("KG122", message, nodes, article.path, source.place, help)
