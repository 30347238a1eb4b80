"""How sure a link is, by its score."""

from dataclasses import dataclass
from enum import StrEnum


class Band(StrEnum):
    """From the surest to the least sure; a pair in none is no link."""

    NEAR_CERTAIN = "near-certain"
    """As good as the same claim."""
    SHOWN = "shown"
    """Shown to readers: about nine in ten hold on the labelled pairs."""
    SUGGESTED = "suggested"
    """For an author to look at."""
    ACCEPTED = "accepted"
    """Below all others by its score, and there because somebody decided so."""


@dataclass(frozen=True, slots=True)
class Bands:
    """The least score of each band."""

    near_certain: float = 0.52
    shown: float = 0.365
    suggested: float = 0.26

    def band(self, score: float) -> Band | None:
        """The band of a score.

        >>> [Bands().band(score) for score in (0.6, 0.4, 0.3, 0.1)]
        [<Band.NEAR_CERTAIN: 'near-certain'>, <Band.SHOWN: 'shown'>, <Band.SUGGESTED: 'suggested'>, None]
        """
        if score >= self.near_certain:
            return Band.NEAR_CERTAIN
        if score >= self.shown:
            return Band.SHOWN
        return Band.SUGGESTED if score >= self.suggested else None
