"""All articles of a garden, in an order that depends on nothing but their slugs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg import namespaces as ns
from kg.checks.facts import Facts, SourceFact
from kg.checks.finding import Finding
from kg.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The facts of every article below the garden's base."""

    base: str
    articles: tuple[Facts, ...]
    """By slug."""
    by_name: dict[str, Facts]

    @classmethod
    def of(cls, facts: Iterable[Facts], base: str) -> "Catalogue":
        """The catalogue of facts in any order."""
        articles = tuple(sorted(facts, key=lambda each: each.name))
        return cls(base, articles, {each.name: each for each in articles})

    def sources(self) -> Iterator[tuple[Facts, SourceFact]]:
        """Each source record after its article."""
        for article in self.articles:
            for source in article.sources:
                yield article, source

    def record(self, article: Facts, source: SourceFact) -> str:
        """The IRI of a source record."""
        return f"{self.base}{article.name}#record-{ns.segment(source.id)}"

    def told(
        self, code: str, message: str, names: Iterable[str], article: Facts, at: Location, help: str | None
    ) -> Finding:
        """A finding about nodes, by their names below the base, at a place of an article's file."""
        return Finding(code, message, tuple(self.base + name for name in names), article.path, at, help)
