"""What a brief's JSON companion says, as frozen values, each with its place."""

from dataclasses import dataclass, field
from datetime import date

from kg.diagnostics import Location
from kg.model import Json

Extra = dict[str, Json]
"""Keys that have no term of their own, and values that can't be read, as they were written."""

CONFIDENCES = ("low", "medium", "medium-high", "high")
CLAIM_STATUSES = (
    "core",
    "argument",
    "landscape",
    "design",
    "framing",
    "risk",
    "proposal",
    "strategy",
    "forecast",
    "normative",
    "behavioral",
)
SUPPORTS = ("direct", "indirect", "analogous", "background")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a source says for a claim."""

    location: Location
    source: str | None = None
    """The id of a source record of the same companion."""
    snippet: str | None = None
    support: str | None = None
    assessed: date | None = None
    place: str | None = None
    """Where in the source it stands, as written."""
    note: str | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counterevidence:
    """What speaks against a claim."""

    location: Location
    summary: str | None = None
    source: str | None = None
    snippet: str | None = None
    assessed: date | None = None
    note: str | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verification:
    """Somebody's verdict on a claim and its evidence."""

    location: Location
    status: str | None = None
    reviewed: date | None = None
    reviewer: str | None = None
    note: str | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CompanionClaim:
    """A claim with what it rests on."""

    location: Location
    number: int
    text: str
    text_location: Location
    confidence: str | None = None
    """As written, be it a known word or not; so is the status."""
    status: str | None = None
    evidence: tuple[Evidence, ...] = ()
    counterevidence: tuple[Counterevidence, ...] = ()
    verification: Verification | None = None
    extra: Extra = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The claim's id within its article, as ``claim-001``."""
        return f"claim-{self.number:03d}"


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source as one article lists it."""

    location: Location
    id: str
    title: str | None = None
    url: str | None = None
    type: str | None = None
    accessed: date | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Series:
    """The article's place in a series."""

    slug: str
    title: str | None = None
    order: int | None = None
    role: str | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Related:
    """Another article, or a topic, that the article declares itself related to."""

    location: Location
    type: str
    """``article`` or ``topic``."""
    name: str
    """Its slug."""


@dataclass(frozen=True, slots=True)
class Review:
    """Somebody's look at the article."""

    location: Location
    status: str | None = None
    reviewed: date | None = None
    reviewer: str | None = None
    note: str | None = None
    scope: tuple[str, ...] = ()
    content_hash: str | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding that the author knows of and lets stand, with the reason."""

    location: Location
    rule: str
    scope: str | None = None
    reason: str | None = None
    documented: date | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Companion:
    """One ``artifact.json``."""

    path: str
    """Relative to the garden, with ``/``."""
    slug: str
    location: Location
    """Where the slug is written."""
    title: str | None = None
    thesis: str | None = None
    status: str | None = None
    maturity: str | None = None
    published: date | None = None
    updated: date | None = None
    created: date | None = None
    content_hash: str | None = None
    disclosure: str | None = None
    ai_assistance: bool | None = None
    series: Series | None = None
    audiences: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()
    claims: tuple[CompanionClaim, ...] = ()
    sources: tuple[SourceRecord, ...] = ()
    related: tuple[Related, ...] = ()
    reviews: tuple[Review, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    as_listed: Extra = field(default_factory=dict)
    """Lists whose order the graph can't tell, as they were written."""
    extra: Extra = field(default_factory=dict)
