"""Signs that two claims that speak of one thing say opposite things.

A sign is a candidate, never a verdict: it keeps two claims out of one cluster and asks a person to look.
"""

from collections.abc import Iterable
from functools import cache
from itertools import chain

from kg.linking.figures import Figure
from kg.linking.opposites import FUNCTION_WORDS, OPPOSITES
from kg.linking.texts import Stems
from kg.linking.wording import Wording

_NEAR = 5
"""Words on either side of one of a pair of opposites in which both claims need a word in common."""
_COMPARED = 15
"""Words before ``than`` in which what is compared stands."""


def tensions(first: Wording, second: Wording, language: str = "english") -> tuple[str, ...]:
    """The signs between two claims, each as a short phrase; none where nothing speaks against the two.

    As ``negation: slow``, ``opposites: raises / lowers``, ``comparison turned round: rye / wheat``,
    ``figures: 40% / 70%``.
    """
    found = [
        *(f"negation: {stem}" for stem in _negated(first, second)),
        *(f"opposites: {one} / {other}" for one, other in _opposed(first, second, _opposites(language))),
        *(f"comparison turned round: {one} / {other}" for one, other in _turned(first, second)),
        *(f"figures: {one.written} / {other.written}" for one, other in _clashing(first, second)),
    ]
    return tuple(dict.fromkeys(found))


def own_figures(first: Wording, second: Wording) -> bool:
    """Whether each claim names a figure that the other doesn't: then neither restates the other."""
    left, right = ({figure.value for figure in claim.figures} for claim in (first, second))
    return bool(left - right) and bool(right - left)


def _negated(first: Wording, second: Wording) -> list[str]:
    """Stems that one claim negates and the other says plainly."""
    only, others = first.said - second.said, second.said - first.said
    return [stem for stem in first.denied if stem in others] + [stem for stem in second.denied if stem in only]


def _opposed(first: Wording, second: Wording, opposites: dict[str, frozenset[str]]) -> Iterable[tuple[str, str]]:
    """Opposite words that each stand in one claim only, near a word that both claims have there."""
    have, others = frozenset(first.stems), frozenset(second.stems)
    for place, stem in enumerate(first.stems):
        if stem in others or not (against := opposites.get(stem, frozenset()) & others - have):
            continue
        for spot, found in enumerate(second.stems):
            if found in against and _near(first, place) & _near(second, spot):
                yield first.words[place], second.words[spot]


@cache
def _opposites(language: str) -> dict[str, frozenset[str]]:
    """For each stem of the list the stems of its opposites."""
    stems = Stems(language)
    found: dict[str, frozenset[str]] = {}
    for pair in OPPOSITES.split(";"):
        one, other = stems(pair)
        found[one] = found.get(one, frozenset()) | {other}
        found[other] = found.get(other, frozenset()) | {one}
    return found


def _near(claim: Wording, place: int) -> frozenset[str]:
    return _content(claim, chain(range(max(0, place - _NEAR), place), range(place + 1, place + 1 + _NEAR)))


def _turned(first: Wording, second: Wording) -> Iterable[tuple[str, str]]:
    """Stems that stand on opposite sides of ``than`` in the two claims, where both compare them in one way."""
    for low, high in _comparisons(first):
        for other_low, other_high in _comparisons(second):
            up, down = (low & other_high) - high - other_low, (high & other_low) - low - other_high
            if up and down and low & other_low:
                yield min(up), min(down)


def _comparisons(claim: Wording) -> Iterable[tuple[frozenset[str], frozenset[str]]]:
    """The stems before and after each ``than``."""
    for place, word in enumerate(claim.words):
        if word == "than":
            before, after = range(max(0, place - _COMPARED), place), range(place + 1, place + 1 + _NEAR)
            yield _content(claim, before), _content(claim, after)


def _content(claim: Wording, places: Iterable[int]) -> frozenset[str]:
    """The stems at some places, without function words."""
    words = ((claim.words[at], claim.stems[at]) for at in places if at < len(claim.words))
    return frozenset(stem for word, stem in words if word not in FUNCTION_WORDS and len(word) > 1)


def _clashing(first: Wording, second: Wording) -> Iterable[tuple[Figure, Figure]]:
    """Figures of one unit and of one thing that differ, where neither claim has the other's."""
    agreed = {figure.value for figure in first.figures} & {figure.value for figure in second.figures}
    for one in first.figures:
        for other in second.figures:
            if one.unit == "year" or one.unit != other.unit or {one.value, other.value} & agreed:
                continue
            if (one.high < other.low or other.high < one.low) and _same_thing(one, other):
                yield one, other


def _same_thing(one: Figure, other: Figure) -> bool:
    """Whether two words that stand beside one figure stand beside the other too."""
    return len((one.beside & other.beside) - FUNCTION_WORDS) > 1
