"""From articles to links: the one function that the rest of the project calls."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from kg.linking.bands import Band, Bands
from kg.linking.candidates import candidates
from kg.linking.material import Key, LinkedArticle, LinkedClaim
from kg.linking.reasons import Rarity, Reasons, reasons
from kg.linking.scoring import Space, features, learn, scores
from kg.linking.tension import own_figures, tensions
from kg.linking.texts import Stems
from kg.linking.wording import Wording, wording

_READ_AT_MOST = 10_000


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """Two claims of different articles that belong together."""

    first: Key
    second: Key
    """The one that sorts later."""
    score: float
    band: Band | None
    """None only for a pair that was asked for by name and is no link."""
    features: tuple[float, ...]
    """In the order of ``scoring.FEATURES``; the score is their mean."""
    duplicate: bool
    """Whether both say the same in the same words."""
    tensions: tuple[str, ...]
    """Signs that the two say opposite things; such a pair is a candidate tension, in no cluster."""


@dataclass(frozen=True, slots=True)
class Linker:
    """A garden that was learned once and can be asked for its links and for any pair."""

    space: Space
    bands: Bands
    stems: Stems
    rarity: Rarity
    rows: dict[Key, int] = field(repr=False)
    read: dict[int, Wording] = field(default_factory=dict, repr=False)
    """Claims that were read lately, by row."""

    def links(self) -> list[ClaimLink]:
        """All links, the strongest first."""
        left, right = candidates(self.space)
        found = features(self.space, left, right)
        values = scores(found)
        _, wording = np.unique(np.array(self.space.folded, dtype=object), return_inverse=True)
        alike = wording[left] == wording[right]
        kept = np.flatnonzero((values >= self.bands.suggested) | alike)
        links = [self._link(int(left[row]), int(right[row]), found[row].tolist(), float(values[row])) for row in kept]
        return sorted(links, key=lambda link: (-link.score, link.first, link.second))

    def pair(self, one: Key, other: Key) -> ClaimLink:
        """Any two claims of the garden, linked or not; KeyError for a claim that is not in it."""
        left, right = sorted((self.rows[one], self.rows[other]))
        found = features(self.space, [left], [right])
        return self._link(left, right, found[0].tolist(), float(scores(found)[0]))

    def _link(self, left: int, right: int, found: list[float], score: float) -> ClaimLink:
        first, second = self._wording(left), self._wording(right)
        same = self.space.folded[left] == self.space.folded[right]
        signs = () if same else tensions(first, second, self.stems.language)
        band = Band.NEAR_CERTAIN if same else self.bands.band(score)
        if band is Band.NEAR_CERTAIN and (signs or own_figures(first, second)):
            band = Band.SHOWN
        return ClaimLink(self.space.keys[left], self.space.keys[right], score, band, tuple(found), same, signs)

    def reasons(self, link: ClaimLink) -> Reasons:
        """What a person can look up in both claims. (Apart from the link, since most links are never looked at.)"""
        first, second = self._wording(self.rows[link.first]), self._wording(self.rows[link.second])
        return reasons(first, second, self.rarity)

    def _wording(self, row: int) -> Wording:
        if row not in self.read:
            if len(self.read) >= _READ_AT_MOST:
                self.read.clear()
            self.read[row] = wording(self.space.claims[row], self.stems)
        return self.read[row]


def linker(articles: Iterable[LinkedArticle], bands: Bands | None = None, language: str = "english") -> Linker:
    """Learn a garden: words weighed, meanings learned, claims ready to be compared."""
    space = learn(articles, language)
    stems = Stems(language)
    return Linker(
        space, bands or Bands(), stems, _rarity(space.claims, stems), {k: i for i, k in enumerate(space.keys)}
    )


def _rarity(claims: tuple[LinkedClaim, ...], stems: Stems) -> Rarity:
    with_stem = Counter(stem for claim in claims for stem in set(stems(claim.text)))
    citing = Counter(work for claim in claims for work in set(claim.works))
    return Rarity(len(claims), with_stem, citing)
