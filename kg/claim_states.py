"""The state of a claim, told from what its article says of it; nothing here depends on today."""

from datetime import timedelta

from kg.companion import Companion, CompanionClaim

STATES = ("verified", "contested", "stale", "needs-evidence", "missing-counterevidence", "draft")
SHORT_SNIPPET = 12
"""Characters; a shorter snippet is no evidence."""
OLD = timedelta(days=365)
"""How long before the article's update a source may have been looked at."""
_DISPUTED = ("contested", "risk")


def claim_state(claim: CompanionClaim, companion: Companion) -> str:
    """One of `STATES`: a reviewer's verdict where there is one, else what is missing first."""
    verdict = claim.verification.status if claim.verification else None
    if verdict in ("verified", "contested", "stale"):
        return verdict
    if not claim.evidence or any(len(e.snippet or "") < SHORT_SNIPPET for e in claim.evidence):
        return "needs-evidence"
    if lacks_counterevidence(claim):
        return "missing-counterevidence"
    return "stale" if looked_at_long_ago(claim, companion) else "draft"


def lacks_counterevidence(claim: CompanionClaim) -> bool:
    """Whether a claim that is sure or disputed names nothing against it."""
    wanted = claim.confidence == "high" or claim.status in _DISPUTED
    return wanted and not claim.counterevidence


def looked_at_long_ago(claim: CompanionClaim, companion: Companion) -> bool:
    """Whether a source of the claim was looked at over a year before the article was updated."""
    cited = {evidence.source for evidence in claim.evidence}
    dates = [source.accessed for source in companion.sources if source.id in cited and source.accessed]
    return companion.updated is not None and any(companion.updated - day > OLD for day in dates)
