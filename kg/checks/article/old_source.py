"""KG130: sources that nobody has looked at for two years."""

from collections.abc import Iterator
from datetime import date, timedelta

from kg.checks.finding import Article, Finding, record_name
from kg.diagnostics import visible

OLD = timedelta(days=730)


def check(article: Article, today: date) -> Iterator[Finding]:
    """Each source record that was looked at over 730 days before a day."""
    for source in article.sources.values():
        if source.accessed and today - source.accessed > OLD:
            message = (
                f"{visible(source.id)} was last looked at on {source.accessed}, over {OLD.days} days before {today}"
            )
            node, help = record_name(source.id), "look again whether it still says so, and write the day as accessed"
            yield article.in_companion("KG130", message, node, source.location, help)
