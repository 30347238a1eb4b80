"""Which reviews approve an article, and who gave them."""

import re

from kg.companion import Companion, Review

_MACHINE = re.compile(r"\b(?:ai|agents?|assistant|bot|cli|gpt|llm|model)\b")


def approvals(companion: Companion) -> list[Review]:
    """The reviews that approve the article, the latest last; undated ones first."""
    approved = [review for review in companion.reviews if (review.status or "").casefold() == "approved"]
    return sorted(approved, key=lambda review: review.reviewed.isoformat() if review.reviewed else "")


def is_by_a_person(review: Review, companion: Companion) -> bool:
    """Whether a review has a reviewer that is not called a machine: by its name, or as one of the article's agents."""
    name = (review.reviewer or "").casefold()
    return bool(name) and not _MACHINE.search(name.replace("_", "-")) and name not in _agents(companion)


def _agents(companion: Companion) -> set[str]:
    """What the companion's own provenance calls its agents."""
    provenance = companion.extra.get("provenance")
    agents = provenance.get("agents") if isinstance(provenance, dict) else None
    rows = [agent for agent in agents if isinstance(agent, dict)] if isinstance(agents, list) else []
    names = (row.get(key) for row in rows for key in ("name", "model"))
    return {name.casefold() for name in names if isinstance(name, str)}
