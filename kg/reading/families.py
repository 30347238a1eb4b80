"""A source-family bullet: ``Kind: items (note).`` What can't be told apart stays whole, and a caveat names nothing."""

import re
from bisect import bisect_left
from typing import TypeAlias

from kg.model import SourceFamily, Text
from kg.reading.commas import AND, YEAR, Span, join_parts
from kg.reading.markdown import RunningText
from kg.reading.source import Source

_QUOTED = re.compile('"[^"]+"|\u201c[^\u201c\u201d]+\u201d')
_EXAMPLES = re.compile(r"(?:e\.g\.|i\.e\.|for example|for instance|such as|including|see|cf\.)[,:]?\s*", re.IGNORECASE)
_CAVEAT_LABEL = re.compile(
    r"(?:note|notes|caveat|caveats|caution|cautions|limitation|limitations|limits|disclaimer|gap|gaps|warning|remark)\Z",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|has been|have been|does|did|do not|draws on|relies on|should|must|cannot|can['\u2019]t"
    r"|restates)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"(?:no|none|nothing|without|n/a)\b", re.IGNORECASE)
_LABEL_ENDS = re.compile(r"[;!?]|\.(?:\s+[A-Z\u00c0-\u00de]|\Z)")
_LONGEST_LABEL = 12
Closed: TypeAlias = bytearray
"""For each character of a text, 1 where a separator separates nothing, else 0."""


def read_family(source: Source, running: RunningText) -> SourceFamily:
    """Read one bullet.

    Shape: a SourceFamily whose works are contiguous stretches of its text; none for a caveat.
    """
    text = running.value
    ranges = _closed_ranges(running)
    closed = _closed(text, ranges)
    label = _label(text, closed)
    kind = running.part(source, label.start, label.end) if label else None
    body = Span(label.end + 1 if label else 0, len(text))
    family = running.part(source)
    if _is_caveat(text, kind, body, closed):
        return SourceFamily(family, kind)
    if not label and (inner := _final_parenthesis(text, ranges)) and _lists_names(text, inner):
        kind = running.part(source, 0, inner.start - 1)
        body = inner
        closed = _closed(text, [c for c in ranges if inner.start <= c.start and c.end <= inner.end])
        label = inner
    items = _items(text, body, closed, running, split=label is not None)
    works, notes = [], []
    for item in items:
        work, note = _work_and_note(text, item, running)
        if work.end > work.start:
            works.append(running.part(source, work.start, work.end))
        if note is not None:
            notes.append(running.part(source, note.start, note.end))
    return SourceFamily(family, kind, tuple(w for w in works if w.value), tuple(n for n in notes if n.value))


def _closed_ranges(running: RunningText) -> list[Span]:
    """Where a separator separates nothing: italics, quotations, parentheses."""
    ranges = [Span(start, end) for start, end in running.titles]
    ranges += [Span(match.start(), match.end()) for match in _QUOTED.finditer(running.value)]
    depth, start = 0, 0
    for index, char in enumerate(running.value):
        if char in "([":
            start = index if depth == 0 else start
            depth += 1
        elif char in ")]" and depth:
            depth -= 1
            if depth == 0:
                ranges.append(Span(start, index + 1))
    return ranges


def _closed(text: str, ranges: list[Span]) -> Closed:
    closed = bytearray(len(text))
    for span in ranges:
        closed[span.start : span.end] = b"\1" * (span.end - span.start)
    return closed


def _label(text: str, closed: Closed) -> Span | None:
    for match in re.finditer(r":(?=\s|\Z)", text):
        if closed[match.start()]:
            continue
        label = text[: match.start()]
        if 0 < len(label.split()) <= _LONGEST_LABEL and not _LABEL_ENDS.search(label):
            return Span(0, match.start())
        return None
    return None


def _is_caveat(text: str, kind: Text | None, body: Span, closed: Closed) -> bool:
    if kind is not None:
        return bool(_CAVEAT_LABEL.match(kind.value)) or bool(_NOTHING.match(text[body.start :].lstrip()))
    if _NOTHING.match(text):
        return True
    return any(not closed[match.start()] for match in _SENTENCE.finditer(text))


def _final_parenthesis(text: str, ranges: list[Span]) -> Span | None:
    """The inside of a parenthesis that ends the bullet, the only one in it."""
    groups = [c for c in ranges if text[c.start] == "(" and text[c.end - 1] == ")"]
    if len(groups) != 1 or text[groups[0].end :].strip(" .;") or groups[0].start == 0:
        return None
    return Span(groups[0].start + 1, groups[0].end - 1)


def _lists_names(text: str, inner: Span) -> bool:
    """Whether a final parenthesis names things (capitals) rather than remarks on the words before it."""
    inside = _EXAMPLES.sub("", text[inner.start : inner.end], count=1).strip()
    if YEAR.fullmatch(inside):
        return False
    names = re.split(r"[,;]\s*(?:and\s+)?", inside)
    capital = sum(1 for name in names if re.match(r"[\"\u201c]?[A-Z\u00c0-\u00de0-9]", name))
    return capital > 0


def _items(text: str, body: Span, closed: Closed, running: RunningText, split: bool) -> list[Span]:
    stop = body.end
    while stop > body.start and (text[stop - 1] in " ;" or (text[stop - 1] == "." and not _abbreviated(text, stop))):
        stop -= 1
    body = Span(body.start, stop)
    if parts := _split(text, body, closed, ";"):
        return [_trimmed(text, part) for part in parts]
    if not split:
        return [_trimmed(text, body)]
    parts = _split(text, body, closed, ",") or [body]
    joined = join_parts([_trimmed(text, part, keep_and=True) for part in parts], running)
    return [_trimmed(text, item) for item in joined]


def _abbreviated(text: str, end: int) -> bool:
    return text.endswith(("et al.", "etc.", "Inc.", "Ltd.", "Jr."), 0, end)


def _split(text: str, body: Span, closed: Closed, mark: str) -> list[Span]:
    """The stretches between the marks outside italics, quotations and parentheses; none where there is no mark."""
    cuts = [i for i in range(body.start, body.end) if text[i] == mark and not closed[i]]
    cuts = [i for i in cuts if not (mark == "," and text[i + 1 : i + 2].isdigit())]
    if not cuts:
        return []
    starts, ends = [body.start, *(cut + 1 for cut in cuts)], [*cuts, body.end]
    return [Span(a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]


def _trimmed(text: str, span: Span, keep_and: bool = False) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    if match := _EXAMPLES.match(text, start, end):
        start = match.end()
    if not keep_and and (match := AND.match(text, start, end)):
        start = match.end()
    return Span(start, end)


def _work_and_note(text: str, item: Span, running: RunningText) -> tuple[Span, Span | None]:
    """Take a final parenthesis off an item as its note, unless it holds the year that tells the work apart."""
    if not text[item.start : item.end].endswith(")"):
        return item, None
    depth = 0
    for index in range(item.end - 1, item.start, -1):
        depth += (text[index] == ")") - (text[index] == "(")
        if depth == 0:
            break
    else:
        return item, None
    inside = Span(index + 1, item.end - 1)
    if YEAR.search(text[inside.start : inside.end]) or _titled(inside, running):
        return item, None
    end = index
    while end > item.start and text[end - 1] == " ":
        end -= 1
    return Span(item.start, end), inside


def _titled(span: Span, running: RunningText) -> bool:
    """Whether a title begins in a stretch."""
    after = bisect_left(running.titles, (span.start, 0))
    return after < len(running.titles) and running.titles[after][0] < span.end
