"""All findings of a garden: those of each article, and those over all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.checks.finding import Finding


@dataclass(frozen=True, slots=True)
class Found:
    """Findings as the checks gave them, before the garden's settings grade them."""

    by_path: dict[str, list[Finding]] = field(default_factory=dict)
    """The findings of each article, by the path of its brief."""
    garden: list[Finding] = field(default_factory=list)

    def all(self) -> list[Finding]:
        """Every finding."""
        return [*(finding for findings in self.by_path.values() for finding in findings), *self.garden]

    def unlike(self, other: "Found") -> list[Finding]:
        """The findings of the articles, or of the garden, that are not the same in another."""
        paths = (path for path, findings in self.by_path.items() if findings != other.by_path.get(path))
        own: Iterable[Finding] = () if self.garden == other.garden else self.garden
        return [*(finding for path in paths for finding in self.by_path[path]), *own]
