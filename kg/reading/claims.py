"""The claims of a Claims section: bullets, numbered items, table rows or paragraphs that bear an id."""

import re
from dataclasses import dataclass, field

from kg.diagnostics import Diagnostic, Location, visible
from kg.model import Claim, Text
from kg.reading.markdown import Block, RunningText, running_text
from kg.reading.source import Source

_WORD = "(?:claim[-\u2010\u2011_ #]?)"
_LEADING = re.compile(
    rf"[\[(]?{_WORD}0*(?P<word>\d{{1,6}})(?!\w|\.\w)[\])]?\s*(?::|[\u2013\u2014]|[-.](?=\s|\Z))?\s*"
    r"|[\[(]C0*(?P<boxed>\d{1,6})[\])]\s*(?::|[\u2013\u2014]|[-.](?=\s|\Z))?\s*"
    r"|C0*(?P<letter>\d{1,6})\s*(?::|[\u2013\u2014]|[-.](?=\s|\Z))\s*"
    r"|\((?P<bare>\d{1,3})\)\s*:?\s*",
    re.IGNORECASE,
)
_TRAILING = re.compile(rf"\s*[\[(]\s*(?:{_WORD}|C)0*(\d{{1,6}})\s*[\])]\s*(\.?)\Z", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w-])claim[-\u2010\u2011]0*(\d{1,6})(?!\w)", re.IGNORECASE)


@dataclass(slots=True)
class FoundClaims:
    """The claims read so far, and what stood between them."""

    claims: list[Claim] = field(default_factory=list)
    unnumbered: list[tuple[Text, tuple[Text, ...]]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    trailing: bool | None = None
    """Whether ids stand behind their claims; the first id decides."""
    _places: dict[int, Location] = field(default_factory=dict)

    def add(self, source: Source, number: int, text: Text, at: Location, notes: tuple[Text, ...] = ()) -> None:
        """Take in a claim with an id; refuse a second one of the same id, and one without text."""
        name, text = f"claim-{number:03d}", _begun(text)
        left = visible("; ".join(part.value for part in (text, *notes) if part.value), 2000)
        if (first := self._places.get(number)) is not None:
            message = f"{name} is defined twice; this text is left out: {left}"
            help = f"first defined at {source.path}:{first.line}:{first.column}; give the second its own number"
            self.diagnostics.append(source.problem(at, "KG014", message, help))
            return
        if not text.value:
            message = f"{name} has no text" + (f"; what is nested in it is left out: {left}" if notes else "")
            self.diagnostics.append(source.problem(at, "KG015", message, "write the claim behind its id"))
            return
        self._places[number] = at
        self.claims.append(Claim(number, text, notes))

    def number_the_rest(self, source: Source, section: int | None = None) -> None:
        """Give claims without an id the next free numbers, after the written ids."""
        taken = max(self._places, default=0)
        for number, (text, notes) in enumerate(self.unnumbered, taken + 1):
            message = f"a claim without an id is read as claim-{number:03d}"
            help = "write the id, so that the claim keeps it when others come or go"
            self.diagnostics.append(source.problem(text.location, "KG016", message, help))
            self._places[number] = text.location
            self.claims.append(Claim(number, text, notes, section))
        self.unnumbered.clear()


def claim_id(text: str) -> tuple[int, int] | None:
    """The number of a claim id that text begins with, and the index where the claim's words begin.

    ``claim-1``, ``C1:`` and ``claim-001`` are one id; ``C4 plants`` is none.

    >>> claim_id("claim-001: Salt slows yeast."), claim_id("C4 plants thrive."), claim_id("(2) Rye keeps.")
    ((1, 11), None, (2, 4))
    """
    match = _LEADING.match(text)
    return (int(next(number for number in match.groups() if number)), match.end()) if match else None


def claims_named(text: str) -> tuple[int, ...]:
    """The numbers of the claims that running text names as ``claim-…``, each once, in order.

    >>> claims_named("What would weaken claim-004, or claim-2?")
    (4, 2)
    """
    if "laim" not in text and "LAIM" not in text:
        return ()
    return tuple(dict.fromkeys(int(number) for number in _MENTION.findall(text)))


def take_items(source: Source, item: Block, found: FoundClaims) -> list[Block]:
    """Read one list item of a Claims section; return the blocks in it that are no claim.

    An item that only groups nested items, with ids or below no words of its own, gives those, and its own words back.
    """
    own = [block for block in item.children if block.kind != "List"]
    nested = [child for block in item.children if block.kind == "List" for child in block.children]
    running = running_text(own)
    head = claim_id(running.value)
    if head is None and nested and (not running.value or any(_has_id(child) for child in nested)):
        rest = [block for child in nested for block in take_items(source, child, found)]
        return own + rest
    notes = tuple(text for child in nested if (text := running_text(child.children).part(source)).value)
    at = source.location(own[0].start if own else item.start)
    _take(source, running, head, at, notes, found)
    return []


def _has_id(item: Block) -> bool:
    running = running_text([block for block in item.children if block.kind != "List"])
    return claim_id(running.value) is not None or _TRAILING.search(running.value) is not None


def _take(
    source: Source,
    running: RunningText,
    head: tuple[int, int] | None,
    at: Location,
    notes: tuple[Text, ...],
    found: FoundClaims,
) -> None:
    if head is not None:
        found.trailing = found.trailing or False
        found.add(source, head[0], running.part(source, head[1]), at, notes)
    elif found.trailing is not False and (tail := _TRAILING.search(running.value)):
        found.trailing = True
        text = running.part(source, 0, tail.start())
        found.add(source, int(tail[1]), _ended(text, tail[2]), at, notes)
    elif running.value.strip():
        found.unnumbered.append((_begun(running.part(source)), notes))
    else:
        found.diagnostics.append(source.problem(at, "KG024", "the item is empty", "write it or delete it"))


def _begun(text: Text) -> Text:
    """A claim begins with a word: white space of any kind before it belongs to the id."""
    return text if not text.value[:1].isspace() else text._replace(value=text.value.lstrip())


def _ended(text: Text, mark: str) -> Text:
    return text if mark != "." else Text(text.value + ".", text.location, text.links)


def take_paragraph(source: Source, block: Block, found: FoundClaims) -> bool:
    """Read a paragraph of a Claims section as a claim if it begins with an id."""
    running = running_text([block])
    head = claim_id(running.value)
    if head is None:
        return False
    _take(source, running, head, source.location(running.offset), (), found)
    return True


def take_table(source: Source, table: Block, found: FoundClaims) -> bool:
    """Read a table of two columns, id and text, as claims; return whether it is one."""
    rows = [row for row in table.children if row.kind == "TableRow"]
    cells = [[running_text([cell]) for cell in row.children] for row in rows]
    ids = [claim_id(row[0].value) if len(row) == 2 else None for row in cells]
    if not rows or any(head is None or head[1] != len(row[0].value) for head, row in zip(ids, cells, strict=True)):
        return False
    for head, row in zip(ids, cells, strict=True):
        assert head is not None
        found.add(source, head[0], row[1].part(source), source.location(row[0].offset))
    return True
