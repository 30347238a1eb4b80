"""A source-family bullet: ``Kind: items (note).`` What can't be told apart stays whole, and a caveat names nothing."""

import re
from dataclasses import dataclass

from kg.model import SourceFamily, Text
from kg.reading.markdown import RunningText
from kg.reading.source import Source

_QUOTED = re.compile('"[^"]+"|\u201c[^\u201d]+\u201d')
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_SURNAME = re.compile(r"(?:(?:van|von|de|der|den|di|la|le)\s+)*[A-Z\u00c0-\u00de][\w'\u2019-]*(?:\s+et al\.?)?\Z")
_PERSON = re.compile(
    r"(?:[A-Z\u00c0-\u00de](?:[\w'\u2019-]*|\.)\s+){0,3}"
    r"(?:(?:van|von|de|der|den|di|la|le)\s+)*[A-Z\u00c0-\u00de][\w'\u2019-]*(?:\s+et al\.?)?\Z"
)
_LAST_AUTHOR = re.compile(
    r"(?:and|&)\s+(?:(?:van|von|de|der|den|di|la|le)\s+)*[A-Z\u00c0-\u00de][\w-]*"
    r"(?:['\u2019]s?\b|\s+\(?(?:1[5-9]|20)\d\d|\s*\Z|\s+[\"\u201c])"
)
_AND = re.compile(r"(?:and|or|&|plus)\s+", re.IGNORECASE)
_LINKING = re.compile(r"\b(?:of|on|for|about|between|into|in|to|from|with|such as|like|using|across|via)\b")
_GOES_ON = re.compile(
    r"(?:as|via|including|especially|notably|with|which|that|who|where|on|from|by|in|for|based|particularly|namely)\b"
)
_EXAMPLES = re.compile(r"(?:e\.g\.|i\.e\.|for example|for instance|such as|including|see|cf\.)[,:]?\s*", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\([^)]*\)")
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


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int


def read_family(source: Source, running: RunningText) -> SourceFamily:
    """Read one bullet.

    Shape: a SourceFamily whose works are contiguous stretches of its text; none for a caveat.
    """
    text = running.value
    closed = _closed_ranges(running)
    label = _label(text, closed)
    kind = running.part(source, label.start, label.end) if label else None
    body = _Span(label.end + 1 if label else 0, len(text))
    family = running.part(source)
    if _is_caveat(text, kind, body, closed):
        return SourceFamily(family, kind)
    if not label and (inner := _final_parenthesis(text, closed)) and _lists_names(text, inner):
        kind = running.part(source, 0, inner.start - 1)
        body = inner
        closed = [c for c in closed if inner.start <= c.start and c.end <= inner.end]
        closed = [c for c in closed if (c.start, c.end) != (inner.start - 1, inner.end + 1)]
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


def _closed_ranges(running: RunningText) -> list[_Span]:
    """Where a separator separates nothing: italics, quotations, parentheses."""
    ranges = [_Span(start, end) for start, end in running.titles]
    ranges += [_Span(match.start(), match.end()) for match in _QUOTED.finditer(running.value)]
    depth, start = 0, 0
    for index, char in enumerate(running.value):
        if char in "([":
            start = index if depth == 0 else start
            depth += 1
        elif char in ")]" and depth:
            depth -= 1
            if depth == 0:
                ranges.append(_Span(start, index + 1))
    return ranges


def _inside(index: int, ranges: list[_Span]) -> bool:
    return any(r.start <= index < r.end for r in ranges)


def _label(text: str, closed: list[_Span]) -> _Span | None:
    for match in re.finditer(r":(?=\s|\Z)", text):
        if _inside(match.start(), closed):
            continue
        label = text[: match.start()]
        if 0 < len(label.split()) <= _LONGEST_LABEL and not _LABEL_ENDS.search(label):
            return _Span(0, match.start())
        return None
    return None


def _is_caveat(text: str, kind: Text | None, body: _Span, closed: list[_Span]) -> bool:
    if kind is not None:
        return bool(_CAVEAT_LABEL.match(kind.value)) or bool(_NOTHING.match(text[body.start :].lstrip()))
    if _NOTHING.match(text):
        return True
    return any(not _inside(match.start(), closed) for match in _SENTENCE.finditer(text))


def _final_parenthesis(text: str, closed: list[_Span]) -> _Span | None:
    """The inside of a parenthesis that ends the bullet, the only one in it."""
    groups = [c for c in closed if text[c.start] == "(" and text[c.end - 1] == ")"]
    if len(groups) != 1 or text[groups[0].end :].strip(" .;") or groups[0].start == 0:
        return None
    return _Span(groups[0].start + 1, groups[0].end - 1)


def _lists_names(text: str, inner: _Span) -> bool:
    """Whether a final parenthesis names things (capitals) rather than remarks on the words before it."""
    inside = _EXAMPLES.sub("", text[inner.start : inner.end], count=1).strip()
    if _YEAR.fullmatch(inside):
        return False
    names = re.split(r"\s*[,;]\s*(?:and\s+)?", inside)
    capital = sum(1 for name in names if re.match(r"[\"\u201c]?[A-Z\u00c0-\u00de0-9]", name))
    return capital > 0


def _items(text: str, body: _Span, closed: list[_Span], running: RunningText, split: bool) -> list[_Span]:
    stop = body.end
    while stop > body.start and (text[stop - 1] in " ;" or (text[stop - 1] == "." and not _abbreviated(text[:stop]))):
        stop -= 1
    body = _Span(body.start, stop)
    if parts := _split(text, body, closed, ";"):
        return [_trimmed(text, part) for part in parts]
    if not split:
        return [_trimmed(text, body)]
    parts = _split(text, body, closed, ",") or [body]
    return _joined(text, [_trimmed(text, part, keep_and=True) for part in parts], running)


def _abbreviated(text: str) -> bool:
    return text.endswith(("et al.", "etc.", "Inc.", "Ltd.", "Jr."))


def _split(text: str, body: _Span, closed: list[_Span], mark: str) -> list[_Span]:
    """The stretches between the marks outside italics, quotations and parentheses; none where there is no mark."""
    cuts = [i for i in range(body.start, body.end) if text[i] == mark and not _inside(i, closed)]
    cuts = [i for i in cuts if not (mark == "," and text[i + 1 : i + 2].isdigit())]
    if not cuts:
        return []
    starts, ends = [body.start, *(cut + 1 for cut in cuts)], [*cuts, body.end]
    return [_Span(a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]


def _trimmed(text: str, span: _Span, keep_and: bool = False) -> _Span:
    start, end = span.start, span.end
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    if match := _EXAMPLES.match(text, start, end):
        start = match.end()
    if not keep_and and (match := _AND.match(text, start, end)):
        start = match.end()
    return _Span(start, end)


def _joined(text: str, parts: list[_Span], running: RunningText) -> list[_Span]:
    """Put together what a comma does not separate: authors and their title, a phrase that goes on."""
    items: list[_Span] = []
    index = 0
    while index < len(parts):
        last = _authors_end(text, parts, index, running)
        if last is None:
            last = index
        while last + 1 < len(parts) and _goes_on(text, parts, index, last + 1, running):
            last += 1
        items.append(_trimmed(text, _Span(parts[index].start, parts[last].end)))
        index = last + 1
    return items


def _authors_end(text: str, parts: list[_Span], index: int, running: RunningText) -> int | None:
    """Where ``A, B, and C (2001)``, ``A, B, and C's …`` or ``A, B, and C, *Title*`` ends, if it begins here."""
    titled_next = index + 1 < len(parts) and _is_titled(text, parts[index + 1], running)
    if titled_next and _PERSON.match(text[parts[index].start : parts[index].end]):
        return index + 1
    at = index
    while at < len(parts) and _SURNAME.match(text[parts[at].start : parts[at].end]):
        at += 1
        if at < len(parts) and _is_titled(text, parts[at], running):
            return at
    if at >= len(parts):
        return None
    part = text[parts[at].start : parts[at].end]
    names = re.sub(r"\s*\([^)]*\)\Z", "", part)
    pair = re.match(r"[A-Z\u00c0-\u00de][\w-]*\s+(?:and|&)\s+[A-Z\u00c0-\u00de][\w-]*\Z", names)
    if at > index and _LAST_AUTHOR.match(part) and (names != part or not re.fullmatch(r"(?:and|&)\s+\S+", part)):
        return at
    last_name = re.fullmatch(r"(?:and|&)\s+[A-Z\u00c0-\u00de][\w-]*", part) or (at == index and pair)
    if last_name and at + 1 < len(parts) and _is_titled(text, parts[at + 1], running):
        return at + 1
    return None


def _is_titled(text: str, part: _Span, running: RunningText) -> bool:
    starts = {start for start, _ in running.titles}
    return part.start in starts or text[part.start] in '"\u201c'


def _goes_on(text: str, parts: list[_Span], first: int, at: int, running: RunningText) -> bool:
    """Whether the part after a comma belongs to the phrase before it."""
    part = text[parts[at].start : parts[at].end]
    if _GOES_ON.match(part):
        return True
    before = text[parts[first].start : parts[at - 1].end]
    if before.endswith("et al.") and (part[0].islower() or _is_titled(text, parts[at], running)):
        return True
    if not _LINKING.search(_PARENTHESIS.sub("", before)):
        return False
    rest = text[parts[at].start : parts[-1].end]
    lower = rest == rest.lower() and not _YEAR.search(rest)
    return lower or _is_enumeration(text, parts[at:], running)


def _is_enumeration(text: str, parts: list[_Span], running: RunningText) -> bool:
    """Whether parts are bare words that end with ``and …``: what a phrase as ``entries on A, B, and C`` speaks of."""
    words = [text[part.start : part.end] for part in parts]
    bare = not any(_LINKING.search(word) or _YEAR.search(word) or "(" in word for word in words)
    return bare and bool(_AND.match(words[-1])) and not any(_is_titled(text, part, running) for part in parts)


def _work_and_note(text: str, item: _Span, running: RunningText) -> tuple[_Span, _Span | None]:
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
    inside = _Span(index + 1, item.end - 1)
    if _YEAR.search(text[inside.start : inside.end]) or any(inside.start <= a < inside.end for a, _ in running.titles):
        return item, None
    end = index
    while end > item.start and text[end - 1] == " ":
        end -= 1
    return _Span(item.start, end), inside
