"""The checks over all articles of a garden, in the order of their codes; each takes time in step with the garden."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from kg.checks.acceptance import accept
from kg.checks.facts import Facts
from kg.checks.finding import Finding
from kg.checks.garden import (
    ambiguous_source_id,
    citation_ring,
    dangling_related,
    doubled_series_order,
    one_way_related,
    series_gap,
    several_source_ids,
    superseded_source,
)
from kg.checks.garden.catalogue import Catalogue

Check: TypeAlias = Callable[[Catalogue], Iterator[Finding]]

GARDEN_CHECKS: tuple[Check, ...] = (
    ambiguous_source_id.check,
    several_source_ids.check,
    dangling_related.check,
    one_way_related.check,
    series_gap.check,
    doubled_series_order.check,
    superseded_source.check,
    citation_ring.check,
)


def check_garden(facts: Iterable[Facts], base: str) -> list[Finding]:
    """What is found over all articles, in whatever order they come; accepted findings marked; sorted by place."""
    catalogue = Catalogue.of(facts, base)
    by_path: defaultdict[str, list[Finding]] = defaultdict(list)
    for check in GARDEN_CHECKS:
        for finding in check(catalogue):
            by_path[finding.path].append(finding)
    accepted = {article.path: article.accepted for article in catalogue.articles}
    found = (finding for path, findings in by_path.items() for finding in accept(findings, accepted[path]))
    return sorted(found, key=lambda finding: finding.sort_key)
