"""KG111: words that are none of those a key can hold."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from kg.checks.finding import Article, Finding
from kg.checks.naming import evidence
from kg.companion import CLAIM_STATUSES, CONFIDENCES, SUPPORTS
from kg.diagnostics import Location, visible

MATURITIES = ("seed", "sprout", "evergreen", "contested", "superseded")
VERDICTS = ("verified", "draft", "contested", "stale")


@dataclass(frozen=True, slots=True)
class _Word:
    node: str
    what: str
    written: str | None
    known: tuple[str, ...]
    location: Location | None


def check(article: Article) -> Iterator[Finding]:
    """Each word that stands where only known ones count; nothing is said where there is no word."""
    for word in _words(article):
        if word.written and word.written not in word.known:
            near = difflib.get_close_matches(word.written.lower(), word.known, 1)
            help = f"did you mean {near[0]}?" if near else f"write one of {', '.join(word.known)}"
            message = f"{word.what} is {visible(word.written)}, which is no known word"
            yield article.in_companion("KG111", message, word.node, word.location, help)


def _words(article: Article) -> Iterator[_Word]:
    if companion := article.companion:
        yield _Word("", "the maturity of the article", companion.maturity, MATURITIES, None)
    for claim in article.claims:
        yield _Word(claim.id, f"the confidence of {claim.id}", claim.confidence, CONFIDENCES, claim.location)
        yield _Word(claim.id, f"the status of {claim.id}", claim.status, CLAIM_STATUSES, claim.location)
        if verdict := claim.verification:
            name = f"{claim.id}-verification"
            yield _Word(name, f"the verification of {claim.id}", verdict.status, VERDICTS, verdict.location)
    for node, name, entry in evidence(article):
        yield _Word(node, f"the support of {name}", entry.support, SUPPORTS, entry.location)
