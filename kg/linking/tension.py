"""Signs that two claims that speak of one thing say opposite things.

A sign is a candidate, never a verdict: it keeps two claims out of one cluster and asks a person to look.
"""

from collections.abc import Iterable
from functools import cache

from kg.linking.figures import Figure
from kg.linking.opposites import FUNCTION_WORDS, OPPOSITES
from kg.linking.texts import Stems
from kg.linking.wording import Wording

_NEAR = 5
"""Words on either side of one of a pair of opposites in which both claims need a word in common."""


def tensions(first: Wording, second: Wording, language: str = "english") -> tuple[str, ...]:
    """The signs between two claims, each as a short phrase: ``negation: slow``, ``opposites: raises / lowers``,
    ``figures: 40% / 70%``; none where nothing speaks against the two.
    """
    found = [
        *(f"negation: {stem}" for stem in _negated(first, second)),
        *(f"opposites: {one} / {other}" for one, other in _opposed(first, second, _opposites(language))),
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


def _near(claim: Wording, place: int) -> set[str]:
    around = [*range(max(0, place - _NEAR), place), *range(place + 1, min(len(claim.words), place + 1 + _NEAR))]
    return {claim.stems[at] for at in around if claim.words[at] not in FUNCTION_WORDS and len(claim.words[at]) > 1}


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
