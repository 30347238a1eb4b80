"""A claim read once for the many comparisons that follow."""

from dataclasses import dataclass

from kg.linking.figures import Figure, figures
from kg.linking.material import LinkedClaim
from kg.linking.opposites import FUNCTION_WORDS, NEGATIONS
from kg.linking.texts import Stems, words


@dataclass(frozen=True, slots=True)
class Wording:
    """How a claim says what it says."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    """One for each word."""
    figures: tuple[Figure, ...]
    denied: tuple[str, ...]
    """The stems that follow a negation."""
    said: frozenset[str]
    """The other stems, without function words and adverbs."""
    snippets: tuple[tuple[str, ...], ...]
    """The words of each snippet of its evidence."""
    works: frozenset[str]


def wording(claim: LinkedClaim, stems: Stems) -> Wording:
    """Read a claim."""
    spelt, cut = words(claim.text), stems(claim.text)
    denied, said = _said(spelt, cut)
    snippets = tuple(tuple(words(snippet)) for snippet in claim.evidence)
    works = frozenset(claim.works)
    return Wording(tuple(spelt), tuple(cut), figures(claim.text, stems), denied, said, snippets, works)


def _said(spelt: list[str], stems: list[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The stems that follow a negation, in order, and the others; function words and adverbs left out."""
    denied: list[str] = []
    plain: set[str] = set()
    negating = False
    for word, stem in zip(spelt, stems, strict=True):
        if word in NEGATIONS:
            negating = True
        elif word not in FUNCTION_WORDS and len(word) > 1 and not word.endswith("ly"):
            (denied.append if negating else plain.add)(stem)
            negating = False
    return tuple(denied), frozenset(plain)
