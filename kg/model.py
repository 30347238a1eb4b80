"""What a brief says, as frozen values, each with its place."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from kg.diagnostics import Location

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


class Role(StrEnum):
    """The sections that every tool knows, in their usual order."""

    THESIS = "thesis"
    AUDIENCE = "audience"
    CLAIMS = "claims"
    SOURCES = "sources"
    INVOLVEMENT = "involvement"
    QUERIES = "queries"
    LIMITS = "limits"
    INSTRUCTIONS = "instructions"


HEADINGS: dict[Role, str] = {
    Role.THESIS: "Thesis",
    Role.AUDIENCE: "Audience",
    Role.CLAIMS: "Claims",
    Role.SOURCES: "Source Families",
    Role.INVOLVEMENT: "Agent Involvement",
    Role.QUERIES: "Recommended Queries",
    Role.LIMITS: "Known Limits",
    Role.INSTRUCTIONS: "Agent Instructions",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image in running text."""

    text: str
    """The words that carry the link; an image's description."""
    url: str
    """The target as written."""
    image: bool = False
    title: str = ""
    """What is shown where the pointer rests on it."""


class Text(NamedTuple):
    """Plain text: entities decoded, marks off, white space folded to single spaces. (A tuple, for speed.)"""

    value: str
    location: Location
    links: tuple[Link, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it has neither words nor links."""
        return not (self.value or self.links)


@dataclass(frozen=True, slots=True)
class Item:
    """A bullet: of the audience, a recommended query, a known limit, an instruction."""

    text: Text
    notes: tuple[Text, ...] = ()
    """The bullets nested in it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A numbered claim."""

    number: int
    text: Text
    notes: tuple[Text, ...] = ()
    section: int | None = None
    """The number of the prose section that it was read from, else None."""
    written: bool = True
    """Whether its id is written; else it was given by counting."""

    @property
    def id(self) -> str:
        """The claim's id within its article, as ``claim-001``."""
        return f"claim-{self.number:03d}"


@dataclass(frozen=True, slots=True)
class SourceFamily:
    """A bullet that names sources: ``Kind: items (note).``"""

    text: Text
    kind: Text | None = None
    works: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Thesis:
    """What the article holds."""

    text: Text
    section: int | None = None
    """The number of the prose section that it was read from, else None."""


@dataclass(frozen=True, slots=True)
class Section:
    """A level-2 heading with the Markdown below it that has no nodes of its own."""

    number: int
    """Counts from 1 over the headings; 0 is the text before the first."""
    location: Location
    title: Text | None = None
    role: Role | None = None
    markdown: str = ""
    """As written; in a section of items, what stands before them."""
    markdown_after: str = ""
    """In a section of items, what stands after the first of them."""
    claims_named: tuple[int, ...] = ()
    """The claims named in the Markdown."""
    urls: tuple[str, ...] = ()
    """The link targets in the Markdown, as written."""


@dataclass(frozen=True, slots=True)
class Brief:
    """One agent brief."""

    path: str
    """Relative to the garden, with ``/``."""
    slug: str
    location: Location
    """Where the slug is written."""
    id: str | None = None
    title: Text | None = None
    schema_version: int | None = None
    token_budget: int | None = None
    status: str | None = None
    updated: date | None = None
    extra: tuple[tuple[str, Json], ...] = ()
    """Front-matter keys that have no term of their own, and values that can't be read."""
    thesis: Thesis | None = None
    audience: tuple[Item, ...] = ()
    claims: tuple[Claim, ...] = ()
    families: tuple[SourceFamily, ...] = ()
    queries: tuple[Item, ...] = ()
    limits: tuple[Item, ...] = ()
    instructions: tuple[Item, ...] = ()
    sections: tuple[Section, ...] = ()
    words: int = 0
    """How many words stand below the front matter, marks among them."""
