"""What a check looks at and what it yields: an article with its files, and a finding with its nodes and its place."""

from dataclasses import dataclass
from typing import Any

from kg import namespaces as ns
from kg.companion import Companion, CompanionClaim, SourceRecord
from kg.diagnostics import CODES, Diagnostic, Location, Severity
from kg.model import Brief


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found."""

    code: str
    message: str
    """Holds no place: it stands in the graph, which says nothing of lines."""
    nodes: tuple[str, ...]
    """The IRIs of what it is about."""
    path: str
    """The file to mend, relative to the garden."""
    location: Location
    help: str | None = None
    level: Severity | None = None
    """The severity that the garden's settings give it, where they do."""
    accepted: str | None = None
    """Why the author lets it stand, where that is written."""

    @property
    def severity(self) -> Severity:
        """The garden's own severity, else that of its code."""
        return self.level or CODES[self.code].severity

    @property
    def rule(self) -> str | None:
        """The short name of its rule."""
        return CODES[self.code].rule

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Findings are shown in the order of their places."""
        return (self.path, *self.location, self.code, self.message)

    def diagnostic(self) -> Diagnostic:
        """The finding as a problem at its place."""
        line, column = self.location
        return Diagnostic(
            self.path,
            line,
            column,
            self.code,
            self.message,
            self.help,
            level=self.level,
            accepted=self.accepted,
        )

    def plain(self) -> list[Any]:
        """The finding as JSON can hold it; its level is left out, for settings may change."""
        return [self.code, self.message, self.nodes, self.path, self.location, self.help, self.accepted]

    @classmethod
    def read(cls, plain: list[Any]) -> "Finding":
        """The inverse of `plain`."""
        code, message, nodes, path, location, help, accepted = plain
        return cls(code, message, tuple(nodes), path, Location(*location), help, None, accepted)


@dataclass(frozen=True, slots=True)
class Article:
    """A brief with its companion, if it has one, below the garden's base."""

    brief: Brief
    companion: Companion | None
    base: str

    @property
    def iri(self) -> str:
        """The article's own IRI."""
        return ns.article(self.base, self.brief.slug)

    @property
    def status(self) -> str | None:
        """The companion's word where it has one, else the brief's."""
        return (self.companion.status if self.companion else None) or self.brief.status

    @property
    def place(self) -> tuple[str, Location]:
        """The path and place that stand for the whole: where the companion, else the brief, names its slug."""
        source = self.companion or self.brief
        return source.path, source.location

    @property
    def claims(self) -> tuple[CompanionClaim, ...]:
        """The companion's claims."""
        return self.companion.claims if self.companion else ()

    @property
    def sources(self) -> dict[str, SourceRecord]:
        """The companion's source records by their ids."""
        return {source.id: source for source in self.companion.sources} if self.companion else {}

    def in_companion(self, code: str, message: str, node: str, at: Location | None, help: str | None) -> Finding:
        """A finding about a node of the article (its name, "" for the article) at a place of the companion."""
        path, place = self.place
        return self._finding(code, message, node, path, at or place, help)

    def in_brief(self, code: str, message: str, node: str, at: Location, help: str | None) -> Finding:
        """A finding about a node of the article (its name, "" for the article) at a place of the brief."""
        return self._finding(code, message, node, self.brief.path, at, help)

    def _finding(self, code: str, message: str, node: str, path: str, at: Location, help: str | None) -> Finding:
        iri = f"{self.iri}#{node}" if node else self.iri
        return Finding(code, message, (iri,), path, at, help)


def record_name(source_id: str) -> str:
    """The name of a source record's node within its article."""
    return f"record-{ns.segment(source_id)}"
