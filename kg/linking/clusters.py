"""Claims that restate one another, as groups."""

from collections.abc import Callable, Collection, Iterable, Set
from itertools import product
from typing import TYPE_CHECKING

from kg.linking.bands import Band
from kg.linking.decisions import Decision, Pair, apart, together
from kg.linking.material import Key

if TYPE_CHECKING:
    from kg.linking.links import ClaimLink

_CLOSE_ENOUGH = (Band.NEAR_CERTAIN, Band.SHOWN)


def clusters(links: Iterable["ClaimLink"], decisions: Collection[Decision] = ()) -> list[tuple[Key, ...]]:
    """Groups of two and more claims; members and groups sorted.

    Groups begin with the pairs that people found to be the same. They grow from near-certain links, the strongest
    first: two groups join only if every claim of one is linked with every claim of the other, at least as surely as is
    shown and without a sign of tension. So a chain of small differences never joins its ends, and opposites never
    stand together, nor do two claims that somebody found to contradict each other or not to belong together.
    """
    listed = sorted(links, key=lambda link: (-link.score, link.first, link.second))
    same, never = together(decisions), apart(decisions)
    close = {_pair(link.first, link.second) for link in listed if link.band in _CLOSE_ENOUGH and not link.tensions}
    close = (close | same) - never
    groups = _Groups()
    for pair in sorted(same):
        groups.join(pair, lambda across: not across & never)
    for link in listed:
        if link.band is Band.NEAR_CERTAIN:
            groups.join((link.first, link.second), lambda across: across <= close)
    return groups.all()


class _Groups:
    """Groups as they grow."""

    def __init__(self) -> None:
        self.group: dict[Key, tuple[Key, ...]] = {}

    def join(self, pair: Pair, may: Callable[[Set[Pair]], bool]) -> None:
        """Join the groups of two claims, if `may` says so of all pairs across."""
        one, other = (self.group.get(key, (key,)) for key in pair)
        if one != other and may({_pair(*across) for across in product(one, other)}):
            joined = tuple(sorted(one + other))
            self.group.update(dict.fromkeys(joined, joined))

    def all(self) -> list[tuple[Key, ...]]:
        """The groups, sorted."""
        return sorted(set(self.group.values()))


def _pair(one: Key, other: Key) -> Pair:
    return (one, other) if one < other else (other, one)
