"""All articles of a garden, in an order that depends on nothing but their slugs."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from kg.checks.facts import Facts, SourceFact
from kg.checks.finding import Finding
from kg.diagnostics import Location

Listed: TypeAlias = tuple[Facts, SourceFact]


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

    def records_by(self, key: Callable[[SourceFact], str | None]) -> dict[str, list[Listed]]:
        """The source records that point somewhere, each after its article, by a key; keys with one record left out."""
        found: defaultdict[str | None, list[Listed]] = defaultdict(list)
        for article in self.articles:
            for source in article.sources:
                if source.target:
                    found[key(source)].append((article, source))
        return {name: listed for name, listed in found.items() if name and len(listed) > 1}

    def told(
        self, code: str, message: str, names: Iterable[str], article: Facts, at: Location, help: str | None
    ) -> Finding:
        """A finding about nodes, by their names below the base, at a place of an article's file."""
        return Finding(code, message, tuple(self.base + name for name in names), article.path, at, help)
