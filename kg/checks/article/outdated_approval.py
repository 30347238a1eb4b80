"""KG114: an approval of words that have changed since."""

from collections.abc import Iterator

from kg.checks.approvals import approvals
from kg.checks.finding import Article, Finding


def check(article: Article) -> Iterator[Finding]:
    """The latest approval, where the hash that it approves is not the article's."""
    companion = article.companion
    approved = approvals(companion) if companion else []
    if companion is None or not approved:
        return
    latest, now = approved[-1], companion.content_hash
    if now and latest.content_hash and _digest(latest.content_hash) != _digest(now):
        number = companion.reviews.index(latest) + 1
        message = "the latest approval is of another version of the article"
        help = "have this version approved; the contentHash of both is then the same"
        yield article.in_companion("KG114", message, f"review-{number:02d}", latest.location, help)


def _digest(written: str) -> str:
    return written.casefold().removeprefix("sha256:")
