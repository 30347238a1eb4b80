"""Claims that restate one another, as groups."""

from collections.abc import Iterable
from itertools import product

from kg.linking.bands import Band
from kg.linking.links import ClaimLink
from kg.linking.material import Key

_CLOSE_ENOUGH = (Band.NEAR_CERTAIN, Band.SHOWN)


def clusters(links: Iterable[ClaimLink]) -> list[tuple[Key, ...]]:
    """Groups of two and more claims, each of another article; members and groups sorted.

    Groups grow from near-certain links, the strongest first. Two groups join only if every claim of one is linked with
    every claim of the other, at least as surely as is shown and without a sign of tension: a chain of small
    differences never joins its ends, and opposites never stand together.
    """
    listed = sorted(links, key=lambda link: (-link.score, link.first, link.second))
    close = {_pair(link.first, link.second) for link in listed if link.band in _CLOSE_ENOUGH and not link.tensions}
    group: dict[Key, tuple[Key, ...]] = {}
    for link in listed:
        if link.band is not Band.NEAR_CERTAIN:
            continue
        one, other = group.get(link.first, (link.first,)), group.get(link.second, (link.second,))
        if one != other and all(_pair(*pair) in close for pair in product(one, other)):
            joined = tuple(sorted(one + other))
            group.update(dict.fromkeys(joined, joined))
    return sorted(set(group.values()))


def _pair(one: Key, other: Key) -> tuple[Key, Key]:
    return (one, other) if one < other else (other, one)
