"""What people decided about pairs of claims, and what that means for the links that are computed."""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import takewhile
from typing import TYPE_CHECKING

from kg.diagnostics import Diagnostic, printable, visible
from kg.linking.bands import Band
from kg.linking.material import Key

if TYPE_CHECKING:
    from kg.linking.links import ClaimLink

Pair = tuple[Key, Key]


class Relation(StrEnum):
    """How two claims belong together, in the words of commands."""

    SAME = "same"
    SUPPORTS = "supports"
    """The first is a reason for the second: the one relation with a direction."""
    CONTRADICTS = "contradicts"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about two claims."""

    first: Key
    second: Key
    """The one that sorts later, but for `supports`."""
    predicate: Relation
    rejected: bool
    """Whether the relation was found not to hold; such a pair is no link of any kind."""
    by: str = ""
    on: datetime.date | None = None
    why: str = ""
    first_text: str = ""
    """The words of the first claim as they were reviewed; empty where they were not noted."""
    second_text: str = ""
    more: tuple[tuple[str, str], ...] = ()
    """What stands in columns that say nothing to kg, by column."""
    line: int = field(default=0, compare=False)
    """Where it is written."""

    @property
    def pair(self) -> Pair:
        """The two claims in order."""
        return _in_order(self.first, self.second)

    @property
    def sides(self) -> tuple[tuple[Key, str], tuple[Key, str]]:
        """Each claim with its words as reviewed."""
        return (self.first, self.first_text), (self.second, self.second_text)


def ordered(decision: Decision) -> Decision:
    """The same decision as it is kept: claims in order, unless the relation has a direction."""
    if decision.predicate is Relation.SUPPORTS or decision.first <= decision.second:
        return decision
    (first, first_text), (second, second_text) = reversed(decision.sides)
    return replace(decision, first=first, second=second, first_text=first_text, second_text=second_text)


def together(decisions: Iterable[Decision]) -> set[Pair]:
    """The pairs that are one claim, as somebody decided."""
    return {each.pair for each in decisions if each.predicate is Relation.SAME and not each.rejected}


def apart(decisions: Iterable[Decision]) -> set[Pair]:
    """The pairs that can be no one claim, as somebody decided."""
    return {each.pair for each in decisions if each.rejected or each.predicate is Relation.CONTRADICTS}


def apply(
    links: Iterable["ClaimLink"],
    decisions: Collection[Decision],
    known: Collection[Key],
    pair: Callable[[Key, Key], "ClaimLink"],
) -> list["ClaimLink"]:
    """The links without the rejected pairs, and with the accepted ones that the scores alone would leave out.

    `known` are the claims of the garden, and `pair` compares any two of them.
    Shape: the links as they came, the strongest first; what decisions add has the band ``accepted``.
    """
    rejected = {each.pair for each in decisions if each.rejected}
    kept = [link for link in links if (link.first, link.second) not in rejected]
    there = {(link.first, link.second) for link in kept} | rejected
    missing = {each.pair for each in decisions if each.first.article != each.second.article} - there
    added = [pair(*keys) for keys in missing if keys[0] in known and keys[1] in known]
    kept += [replace(link, band=Band.ACCEPTED) for link in added]
    return sorted(kept, key=lambda link: (-link.score, link.first, link.second))


def looks(decisions: Iterable[Decision], texts: Mapping[Key, str], path: str) -> list[Diagnostic]:
    """The decisions that somebody should look at again, with what changed since.

    Errors: KG047 a claim that is gone, or is worded otherwise than when the pair was reviewed.
    """
    return [
        Diagnostic(path, each.line, 1, "KG047", said, "look at the pair again: kg links accept or reject notes it anew")
        for each in decisions
        for key, text in each.sides
        if (said := _changed(key, text, texts.get(key)))
    ]


def _changed(key: Key, before: str, now: str | None) -> str | None:
    """What became of a claim since it was reviewed."""
    name = printable(f"{key.article}#{key.claim}")
    if now is None:
        return f"{name} is not in the garden; it was {visible(before)}"
    old, new = before.split(), now.split()
    if not before or old == new:
        return None
    start = _alike(old, new)
    end = min(_alike(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    gone, came = (" ".join(words[start : len(words) - end]) for words in (old, new))
    if not gone or not came:
        where = f"added: {visible(came)}" if came else f"left out: {visible(gone)}"
        return f"{name} is worded otherwise since it was reviewed; {where}"
    return f"{name} is worded otherwise since it was reviewed; {visible(gone)} is now {visible(came)}"


def _alike(one: list[str], other: list[str]) -> int:
    """How many words two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _in_order(one: Key, other: Key) -> Pair:
    return (one, other) if one <= other else (other, one)
