"""The claims of a Claims section: bullets, numbered items or paragraphs that bear an id."""

import itertools
import re
from dataclasses import dataclass, field

from kg.diagnostics import Diagnostic, Location, visible
from kg.model import Claim, Link, Text
from kg.reading.claim_ids import claim_id, only_trailing_id, trailing_id
from kg.reading.markdown import Block, RunningText, running_text
from kg.reading.nothing import says_nothing
from kg.reading.source import Source

Notes = tuple[Text, ...]
_LABEL = re.compile(r"(?:claim|text|statement|wording)\s*:\s*(?=\S)", re.IGNORECASE)


@dataclass(slots=True)
class FoundClaims:
    """The claims read so far, and what stood between them."""

    claims: list[Claim] = field(default_factory=list)
    unnumbered: list[tuple[Text, Notes]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    trailing: bool | None = None
    """Whether ids stand behind their claims; the first id decides."""
    _places: dict[int, Location] = field(default_factory=dict)

    def add(
        self, source: Source, number: int, text: Text, at: Location, notes: Notes = (), section: int | None = None
    ) -> None:
        """Take in a claim with an id; refuse a second one of the same id, and one without text."""
        name, text = f"claim-{number:03d}", _begun(text)
        left = _whole(text, *notes)
        if (first := self._places.get(number)) is not None:
            message = f"{name} is defined twice; this text is left out: {left}"
            help = f"first defined on line {first.line}; give the second its own number"
            self.diagnostics.append(source.problem(at, "KG014", message, help))
            return
        if not text.value:
            message = f"{name} has no text" + (
                f"; what stands with it is left out: {left}" if notes or text.links else ""
            )
            self.diagnostics.append(source.problem(at, "KG015", message, "write the claim behind its id"))
            return
        self._places[number] = at
        self.claims.append(Claim(number, text, notes, section))

    def number_the_rest(self, source: Source, section: int | None = None) -> None:
        """Give claims without an id the next free numbers, after the written ids."""
        taken = max(self._places, default=0)
        for number, (text, notes) in enumerate(self.unnumbered, taken + 1):
            message = f"a claim without an id is read as claim-{number:03d}"
            help = "write the id, so that the claim keeps it when others come or go"
            self.diagnostics.append(source.problem(text.location, "KG016", message, help))
            self._places[number] = text.location
            self.claims.append(Claim(number, text, notes, section, written=False))
        self.unnumbered.clear()


def _whole(*texts: Text) -> str:
    """Words that stand nowhere else, and where their links lead, for a message."""
    shown = (
        " ".join([text.value, *(f"(link: {link.url} {link.title}".rstrip() + ")" for link in text.links)]).strip()
        for text in texts
    )
    words = "; ".join(text for text in shown if text)
    return visible(words, len(words))


def _begun(text: Text) -> Text:
    """A claim begins with a word: white space of any kind before it belongs to the id."""
    if not text.value[:1].isspace():
        return text
    links = tuple(Link(link.text.lstrip(), link.url, link.image) for link in text.links)
    return text._replace(value=text.value.lstrip(), links=links)


def take_items(source: Source, item: Block, found: FoundClaims) -> list[Block]:
    """Read one list item of a Claims section; return the blocks in it that are no claim.

    An item that only groups nested items, with ids or below no words of its own, gives those, and its own words back.
    """
    own, nested = _apart(item)
    running = running_text(own)
    head = claim_id(running.value)
    if head is None and nested and (not running.value or any(has_id(child) for child in nested)):
        return own + [block for child in nested for block in take_items(source, child, found)]
    if not nested and says_nothing(running.value):
        return [item]
    at = source.location(own[0].start if own else item.start)
    if head is not None and head[1] == len(running.value) and (labelled := _labelled(source, nested)):
        found.add(source, head[0], labelled[0], at, _notes(source, labelled[1]))
    else:
        _take(source, running, head, at, _notes(source, nested), found)
    return []


def _labelled(source: Source, nested: list[Block]) -> tuple[Text, list[Block]] | None:
    """The claim among bullets below a bare id, which a label tells, and the other bullets."""
    for item in nested:
        running = running_text(item.children)
        if match := _LABEL.match(running.value):
            return running.part(source, match.end()), [other for other in nested if other is not item]
    return None


def _apart(block: Block) -> tuple[list[Block], list[Block]]:
    """The blocks of an item that are its own words, and the items nested in it."""
    own = [child for child in block.children if child.kind != "List"]
    return own, [item for child in block.children if child.kind == "List" for item in child.children]


def _notes(source: Source, nested: list[Block]) -> Notes:
    return tuple(text for child in nested if not (text := running_text(child.children).part(source)).is_empty)


def has_id(item: Block) -> bool:
    """Whether an item's own words begin or end with a claim's id."""
    text = running_text(_apart(item)[0]).value
    return claim_id(text) is not None or trailing_id(text) is not None


def _take(
    source: Source, running: RunningText, head: tuple[int, int] | None, at: Location, notes: Notes, found: FoundClaims
) -> None:
    if head is not None:
        found.trailing = found.trailing or False
        found.add(source, head[0], running.part(source, head[1], whole=True), at, notes)
    elif found.trailing is not False and (tail := trailing_id(running.value)):
        found.trailing = True
        text = running.part(source, 0, tail[1], whole=True)
        found.add(source, tail[0], text._replace(value=text.value + tail[2]), at, notes)
    elif running.value.strip():
        found.unnumbered.append((_begun(running.part(source)), notes))
    else:
        left = _whole(running.part(source)) if running.links else ""
        message = "the item is empty" + (f"; it is left out, with {left}" if left else "")
        found.diagnostics.append(source.problem(at, "KG024", message, "write it or delete it"))


def take_paragraph(source: Source, block: Block, found: FoundClaims) -> bool:
    """Read a paragraph of a Claims section as claims if it begins with an id: one for each line that does.

    A heading that bears an id comes with the blocks below it; bullets among them are the claim's notes. Where ids stand
    behind claims, a paragraph with one at its end is a claim.
    """
    own, nested = _apart(block) if block.kind == "Heading" else ([block], [])
    running = running_text(own)
    heads = _heads(source, running)
    if not heads and found.trailing and only_trailing_id(running.value):
        _take(source, running, None, source.location(running.offset), _notes(source, nested), found)
        return True
    if not heads:
        return False
    found.trailing = found.trailing or False
    for (start, number, words), (end, *_) in itertools.pairwise([*heads, (len(running.value), 0, 0)]):
        notes = _notes(source, nested) if end == len(running.value) else ()
        at = source.location(running.offset_at(start))
        found.add(source, number, running.part(source, words, end), at, notes)
    return True


def _heads(source: Source, running: RunningText) -> list[tuple[int, int, int]]:
    """The ids that a text and its lines begin with: where each stands, its number, where its words begin.

    Behind the first, an id counts that is new, set off by a mark, and written like the first.
    """
    text = running.value
    heads: dict[int, tuple[int, int, int]] = {}
    for start in line_starts(source, running):
        head = claim_id(text, start)
        if head is None or head[0] in heads:
            continue
        set_off = text[start : head[1]].rstrip()[-1:] in tuple(":.,;)]-|>\u2013\u2014\u2192")
        if start == 0 or (heads and set_off and text[start].casefold() == text[0].casefold()):
            heads[head[0]] = (start, *head)
    return list(heads.values())


def line_starts(source: Source, running: RunningText) -> list[int]:
    """The indices of a running text at which a line of the file begins, the first included."""
    starts = [0]
    for (_, before), (index, offset) in itertools.pairwise(running.anchors):
        if b"\n" in source.data[before:offset] and running.value[index : index + 1].strip():
            starts.append(index)
    return starts
