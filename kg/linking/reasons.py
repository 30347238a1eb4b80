"""Why two claims are linked, in things that a person can look up in both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.linking.opposites import FUNCTION_WORDS
from kg.linking.wording import Wording

_MOST_PHRASES = 5
_LEAST_SNIPPET = 6
"""Words; a shorter snippet inside another one says little."""
_Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """What two claims share, the rarest first."""

    phrases: tuple[str, ...] = ()
    """Words in a row that both claims have, beginning and ending with one that few claims of the garden have."""
    works: tuple[str, ...] = ()
    """Works that both cite."""
    snippets: tuple[str, ...] = ()
    """Evidence that both quote, in lower case and without marks."""
    figures: tuple[str, ...] = ()
    """Figures that both name."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many claims have a stem, and how many cite a work."""

    claims: int
    with_stem: Mapping[str, int]
    citing: Mapping[str, int]

    def is_rare(self, stem: str) -> bool:
        """Whether at most one claim in twenty has the stem (or five, in a small garden); bare numbers are not."""
        few = self.with_stem.get(stem, 0) <= max(5, self.claims / 20)
        return few and stem not in FUNCTION_WORDS and not stem.isdigit()


def reasons(first: Wording, second: Wording, rarity: Rarity) -> Reasons:
    """What the two share; symmetric but for spelling, which is the first's."""
    same = {figure.value for figure in second.figures}
    named = dict.fromkeys(figure.written for figure in first.figures if figure.value in same)
    cited = sorted(first.works & second.works, key=lambda work: (rarity.citing.get(work, 0), work))
    quoted = [" ".join(snippet) for snippet in first.snippets if any(_overlap(snippet, o) for o in second.snippets)]
    return Reasons(tuple(_phrases(first, second, rarity)), tuple(cited), tuple(quoted), tuple(named))


def _phrases(first: Wording, second: Wording, rarity: Rarity) -> list[str]:
    """The longest runs of stems in both, those of the rarest words first."""
    found: dict[_Run, tuple[float, int, str]] = {}
    for start, end in _runs(first.stems, second.stems):
        low, high = _trimmed(first.stems, start, end, rarity)
        if low < high:
            run = first.stems[low:high]
            weight = sum(1 / rarity.with_stem.get(stem, 1) for stem in run)
            found.setdefault(run, (-weight, low, " ".join(first.words[low:high])))
    kept = [run for run in found if not any(run != other and _within(run, other) for other in found)]
    return [phrase for *_, phrase in sorted(found[run] for run in kept)][:_MOST_PHRASES]


def _runs(left: _Run, right: _Run) -> Iterable[tuple[int, int]]:
    """Start and end in `left` of every run that both have and that can't be made longer."""
    places: dict[str, list[int]] = {}
    for other, stem in enumerate(right):
        places.setdefault(stem, []).append(other)
    for start, stem in enumerate(left):
        for other in places.get(stem, ()):
            if start and other and left[start - 1] == right[other - 1]:
                continue
            end, last = start + 1, other + 1
            while end < len(left) and last < len(right) and left[end] == right[last]:
                end, last = end + 1, last + 1
            yield start, end


def _trimmed(stems: _Run, low: int, high: int, rarity: Rarity) -> tuple[int, int]:
    """The run without the common words at its ends."""
    while low < high and not rarity.is_rare(stems[low]):
        low += 1
    while low < high and not rarity.is_rare(stems[high - 1]):
        high -= 1
    return low, high


def _within(run: _Run, other: _Run) -> bool:
    return any(other[start : start + len(run)] == run for start in range(len(other) - len(run) + 1))


def _overlap(one: _Run, other: _Run) -> bool:
    """Whether one is the other, or a long part of it."""
    short, long = sorted((one, other), key=len)
    return bool(short) and (short == long or (len(short) >= _LEAST_SNIPPET and _within(short, long)))
