"""What is linked: the claims of a garden with the texts around them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Key(NamedTuple):
    """A claim's name across the garden; keys sort as articles and claims do."""

    article: str
    """The article's slug."""
    claim: str
    """The claim's id within it, as ``claim-001``."""


@dataclass(frozen=True, slots=True)
class LinkedClaim:
    """A claim with what its article says for and against it."""

    id: str
    text: str
    evidence: tuple[str, ...] = ()
    """The snippets quoted for it."""
    counter: tuple[str, ...] = ()
    """What is said against it."""
    works: tuple[str, ...] = ()
    """The works cited for it, as canonical URLs or IRIs: equal strings are one work."""


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """An article: its claims, and the texts that its words are learned from."""

    slug: str
    claims: tuple[LinkedClaim, ...]
    title: str = ""
    thesis: str = ""
    sections: tuple[str, ...] = ()
    """The sections of its brief, as Markdown."""
    body: str = ""
    """The article itself, as Markdown, where it stands beside the brief; else empty."""
    series: str = ""
    """Only told apart when measuring, never scored."""


def in_order(articles: Iterable[LinkedArticle]) -> list[LinkedArticle]:
    """The articles by slug, so that nothing depends on the order of files."""
    return sorted(articles, key=lambda article: article.slug)


def claims_of(articles: Iterable[LinkedArticle]) -> list[tuple[Key, LinkedClaim]]:
    """Every claim with its key, in order."""
    found = [(Key(article.slug, claim.id), claim) for article in articles for claim in article.claims]
    return sorted(found, key=lambda pair: pair[0])
