"""What the checks over a garden need of one article: small, and such that JSON can hold it, for the build's record."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from kg import namespaces as ns
from kg.checks.acceptance import Accepted, accepted_in
from kg.checks.finding import Article
from kg.checks.identity import target
from kg.diagnostics import Location


class SourceFact(NamedTuple):
    """One source record."""

    id: str
    target: str | None
    """The name below the base of the work or article that it points to."""
    line: int
    column: int

    @property
    def place(self) -> Location:
        """Where it is listed."""
        return Location(self.line, self.column)


class RelatedFact(NamedTuple):
    """One article that is declared related."""

    slug: str
    name: str
    """Its name below the base."""
    line: int
    column: int

    @property
    def place(self) -> Location:
        """Where it is listed."""
        return Location(self.line, self.column)


class SeriesFact(NamedTuple):
    """The place in a series."""

    slug: str
    season: str | None
    order: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """One article, as the others see it."""

    slug: str
    name: str
    """The article's name below the base."""
    path: str
    """Where the next two count: the companion, else the brief."""
    line: int
    column: int
    status: str | None = None
    maturity: str | None = None
    updated: str | None = None
    sources: tuple[SourceFact, ...] = ()
    cited: tuple[str, ...] = ()
    """The ids of the sources that its claims cite."""
    related: tuple[RelatedFact, ...] = ()
    series: SeriesFact | None = None
    accepted: tuple[Accepted, ...] = ()

    @property
    def place(self) -> Location:
        """The place that stands for the whole article."""
        return Location(self.line, self.column)

    @property
    def current(self) -> bool:
        """Whether the article is more than kept for the record."""
        return self.status != "archived" and self.maturity != "superseded"

    def plain(self) -> list[Any]:
        """The facts as JSON can hold them."""
        return [getattr(self, name) for name in self.__slots__]

    @classmethod
    def read(cls, plain: list[Any]) -> "Facts":
        """The inverse of `plain`."""
        values: list[Any] = [
            *plain[:8],
            tuple(SourceFact(*row) for row in plain[8]),
            tuple(plain[9]),
            tuple(RelatedFact(*row) for row in plain[10]),
            SeriesFact(*plain[11]) if plain[11] else None,
            tuple(Accepted(*row) for row in plain[12]),
        ]
        return cls(*values)


def facts_of(article: Article) -> Facts:
    """The facts of one article."""
    path, place = article.place
    return Facts(
        article.brief.slug,
        ns.article("", article.brief.slug),
        path,
        *place,
        status=article.status,
        maturity=article.companion.maturity if article.companion else None,
        updated=_updated(article),
        sources=tuple(SourceFact(s.id, target(s, article), *s.location) for s in article.sources.values()),
        cited=tuple(sorted(cited_ids(article))),
        related=_related(article),
        series=_series(article),
        accepted=accepted_in(article.companion),
    )


def cited_ids(article: Article) -> set[str]:
    """The ids that the article's claims name as sources, for or against."""
    pros = (entry.source for claim in article.claims for entry in claim.evidence)
    cons = (entry.source for claim in article.claims for entry in claim.counterevidence)
    return {source for source in (*pros, *cons) if source}


def _updated(article: Article) -> str | None:
    day = (article.companion.updated if article.companion else None) or article.brief.updated
    return day.isoformat() if day else None


def _related(article: Article) -> tuple[RelatedFact, ...]:
    listed = article.companion.related if article.companion else ()
    return tuple(
        RelatedFact(each.name, ns.article("", each.name), *each.location) for each in listed if each.type == "article"
    )


def _series(article: Article) -> SeriesFact | None:
    series = article.companion.series if article.companion else None
    if series is None:
        return None
    season = series.extra.get("season")
    return SeriesFact(series.slug, None if season is None else str(season), series.order)
