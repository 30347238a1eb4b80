"""KG106 and KG107: claims that rest on a single source, or on sources that are all of one kind."""

from collections.abc import Iterator

from kg.checks.finding import Article, Finding
from kg.checks.identity import root
from kg.diagnostics import visible
from kg.namespaces import folded


def check(article: Article) -> Iterator[Finding]:
    """Each claim whose evidence is from one source, or of one type; two records of one work are one source."""
    sources = article.sources
    for claim in article.claims:
        cited = [sources[entry.source] for entry in claim.evidence if entry.source in sources]
        roots = {root(source, article) for source in cited}
        kinds = {folded(source.type) if source.type else None for source in cited}
        if len(roots) == 1:
            message, help = (
                f"{claim.id} rests on a single source",
                "cite a second source that does not rest on the first",
            )
            yield article.in_companion("KG106", message, claim.id, claim.location, help)
        elif len(kinds) == 1 and cited[0].type:
            message = f"{claim.id} rests on {len(roots)} sources of one kind, {visible(cited[0].type)}"
            yield article.in_companion("KG107", message, claim.id, claim.location, "cite a source of another kind")
