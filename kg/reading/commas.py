"""What a comma sets apart in a source-family bullet, and what not: authors and their title, a phrase that goes on.

What is asked of the parts again and again is found once, so that a bullet twice as long takes twice the time.
"""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.reading.markdown import RunningText

YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
AND = re.compile(r"(?:and|or|&|plus)\s+", re.IGNORECASE)
_SURNAME = re.compile(r"(?:(?:van|von|de|der|den|di|la|le)\s+)*[A-Z\u00c0-\u00de][\w'\u2019-]*(?:\s+et al\.?)?\Z")
_PERSON = re.compile(
    r"(?:[A-Z\u00c0-\u00de](?:[\w'\u2019-]*|\.)\s+){0,3}"
    r"(?:(?:van|von|de|der|den|di|la|le)\s+)*[A-Z\u00c0-\u00de][\w'\u2019-]*(?:\s+et al\.?)?\Z"
)
_LAST_AUTHOR = re.compile(
    r"(?:and|&)\s+(?:(?:van|von|de|der|den|di|la|le)\s+)*[A-Z\u00c0-\u00de][\w-]*"
    r"(?:['\u2019]s?\b|\s+\(?(?:1[5-9]|20)\d\d|\s*\Z|\s+[\"\u201c])"
)
_LAST_NAME = re.compile(r"(?:and|&)\s+[A-Z\u00c0-\u00de][\w-]*\Z")
_PAIR = re.compile(r"[A-Z\u00c0-\u00de][\w-]*\s+(?:and|&)\s+[A-Z\u00c0-\u00de][\w-]*\Z")
_LINKING = re.compile(r"\b(?:of|on|for|about|between|into|in|to|from|with|such as|like|using|across|via)\b")
_GOES_ON = re.compile(
    r"(?:as|via|including|especially|notably|with|which|that|who|where|on|from|by|in|for|based|particularly|namely)\b"
)
_PARENTHESIS = re.compile(r"\([^)]*\)")
_FINAL_PARENTHESIS = re.compile(r"(?<!\s)\s*\([^()]*\)\Z")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text."""

    start: int
    end: int


def join_parts(parts: list[Span], running: RunningText) -> list[Span]:
    """The stretches between commas, those put together that a comma does not set apart."""
    if len(parts) < 2:
        return parts
    found = _Parts(running, parts)
    items: list[Span] = []
    index = 0
    while index < len(parts):
        last = found.authors_end(index)
        while last + 1 < len(parts) and found.goes_on(index, last + 1):
            last += 1
        items.append(Span(parts[index].start, parts[last].end))
        index = last + 1
    return items


@dataclass(slots=True)
class _Parts:
    running: RunningText
    parts: list[Span]
    words: list[str] = field(default_factory=list)
    titled: list[bool] = field(default_factory=list)
    """Whether a part begins with a title."""
    listed: list[int] = field(default_factory=list)
    """The index of the part that ends the list of surnames that begins here: a title, or no surname."""
    ends: dict[int, tuple[bool, bool]] = field(default_factory=dict)
    """By index of a part: whether it holds a list's last author and more, and whether it is a last name alone."""
    linking: list[int] = field(default_factory=list)
    """Where the linking words outside parentheses begin."""
    telling: int = -1
    """Where the last capital or year begins."""
    bare: int = 0
    """The index of the first of the last parts that are bare words."""

    def __post_init__(self) -> None:
        text = self.running.value
        titles = {start for start, _ in self.running.titles}
        self.words = [text[part.start : part.end] for part in self.parts]
        self.titled = [p.start in titles or text.startswith(('"', "\u201c"), p.start, p.end) for p in self.parts]
        self.listed = self._lists()
        body = Span(self.parts[0].start, self.parts[-1].end)
        edges = [body.start, *(part.end for part in self.parts)]
        self.linking = [at for start, end in itertools.pairwise(edges) for at in _linking_words(text, start, end)]
        capitals = (i for i in range(body.end - 1, body.start - 1, -1) if text[i] != text[i].lower())
        years = (match.start() for match in YEAR.finditer(text, body.start, body.end))
        self.telling = max(next(capitals, -1), *years, -1)
        self.bare = len(self.parts)
        while self.bare and self._is_bare(self.bare - 1):
            self.bare -= 1

    def _lists(self) -> list[int]:
        ends = list(range(len(self.parts)))
        for index in range(len(self.parts) - 1, -1, -1):
            if _SURNAME.match(self.words[index]):
                after = index + 1
                ends[index] = after if after == len(ends) or self.titled[after] else ends[after]
        return ends

    def _is_bare(self, index: int) -> bool:
        word = self.words[index]
        return not (self.titled[index] or _LINKING.search(word) or YEAR.search(word) or "(" in word)

    def authors_end(self, index: int) -> int:
        """Where ``A, B, and C (2001)``, ``A, B, and C's …`` or ``A, B, and C, *Title*`` ends, if it begins here."""
        if self._titled(index + 1) and _PERSON.match(self.words[index]):
            return index + 1
        end = self.listed[index]
        if end >= len(self.parts):
            return index
        if end > index and self.titled[end]:
            return end
        more, alone = self._author(end)
        if end > index and more:
            return end
        alone = alone or (end == index and bool(_PAIR.match(_without_note(self.words[end]))))
        return end + 1 if alone and self._titled(end + 1) else index

    def _titled(self, index: int) -> bool:
        return index < len(self.parts) and self.titled[index]

    def _author(self, index: int) -> tuple[bool, bool]:
        if index not in self.ends:
            word = self.words[index]
            alone = bool(_LAST_NAME.match(word))
            more = bool(_LAST_AUTHOR.match(word)) and (
                _without_note(word) != word or not re.fullmatch(r"(?:and|&)\s+\S+", word)
            )
            self.ends[index] = (more, alone)
        return self.ends[index]

    def goes_on(self, first: int, at: int) -> bool:
        """Whether a part belongs to the phrase that ends before it and begins with the part `first`."""
        text, part = self.running.value, self.parts[at]
        start, end = self.parts[first].start, self.parts[at - 1].end
        if _GOES_ON.match(self.words[at]):
            return True
        if text.endswith("et al.", start, end) and (self.titled[at] or self.words[at][:1].islower()):
            return True
        here = bisect_left(self.linking, start)
        if here == len(self.linking) or self.linking[here] >= end:
            return False
        # else the rest may be bare words that end with "and …": what a phrase as "entries on A, B, and C" speaks of
        return part.start > self.telling or (at >= self.bare and bool(AND.match(self.words[-1])))


def _without_note(word: str) -> str:
    return _FINAL_PARENTHESIS.sub("", word)


def _linking_words(text: str, start: int, end: int) -> Iterator[int]:
    """Where the linking words begin, those in parentheses left out."""
    closing = text.rfind(")", start, end) + 1 or start  # behind it no parenthesis closes
    for hidden in _PARENTHESIS.finditer(text, start, closing):
        yield from (match.start() for match in _LINKING.finditer(text, start, hidden.start()))
        start = hidden.end()
    yield from (match.start() for match in _LINKING.finditer(text, start, end))
