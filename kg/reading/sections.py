"""A brief's Markdown split at its section headings, each with its role, its items and what is left of it."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeAlias

import pyromark

from kg.model import HEADINGS, Item, Role, Text
from kg.reading.claim_ids import claim_id
from kg.reading.claims import has_id
from kg.reading.markdown import BLANK, Block, Folder, Piece, RunningText, running_text
from kg.reading.source import Source

Definitions: TypeAlias = "dict[str, Definition]"
"""Link reference definitions by folded label."""

_MORE_NAMES: dict[Role, tuple[str, ...]] = {
    Role.THESIS: ("the thesis", "thesis statement", "main thesis", "core thesis", "central thesis"),
    Role.AUDIENCE: (
        *("audiences", "primary audience", "target audience", "intended audience"),
        *("primary reader", "primary readers", "target readers", "intended readers", "readers"),
    ),
    Role.CLAIMS: (
        *("claim", "the claims", "key claims", "main claims", "core claims", "central claims", "principal claims"),
        *("numbered claims", "list of claims"),
    ),
    Role.SOURCES: ("source family", "source summary", "source types", "sources", "key sources", "main sources"),
    Role.INVOLVEMENT: (),
    Role.QUERIES: (
        *("queries", "recommended query", "suggested queries", "example queries"),
        *("recommended questions", "suggested questions", "questions to ask"),
    ),
    Role.LIMITS: (
        *("limits", "limitations", "known limitations", "known risks", "caveats", "known caveats"),
        *("cautions and limitations", "limits and risks", "known limits and risks"),
    ),
    Role.INSTRUCTIONS: ("instructions", "instructions for agents", "guidance for agents", "agent guidance"),
}
ALIASES: dict[str, Role] = {
    **{title.casefold(): role for role, title in HEADINGS.items()},
    **{name: role for role, names in _MORE_NAMES.items() for name in names},
}
"""Section names, case-folded, with the role that each plays."""

_EDGES = re.compile(r"^[\W_\d]+|(?:\s*\(\d+\)[\W_]*|[\W_]+)$")
_LIST_MARK = re.compile(r"\A\s*(\d{1,9}(?=[.)])|(?=[-+*]))([-+*.)])(?=\s|\Z)")
_BOLD = re.compile(rb"\*\*[^*\n]+\*\*:?|__[^_\n]+__:?")
_EMPTY = b"<!---->"
_BLANK = BLANK.encode()
_WORDY = re.compile(rb"[\s>*+-]*(?:\d+[.)]\s+)?[\w\x80-\xff]")
_COMMENT = re.compile(rb"<!--(?:-?>|.*?(?:-->|\Z))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Definition:
    """A link reference definition."""

    target: str
    markdown: str
    start: int
    """Where it stands."""


@dataclass(slots=True)
class Part:
    """One section as found: its heading, its blocks, and the byte range of its body."""

    number: int
    heading: Block | None
    title: RunningText | None
    role: Role | None
    blocks: list[Block]
    start: int
    end: int


def section_name(title: str) -> str:
    """A heading as it is looked up: without case, surrounding punctuation, and a number before or behind it.

    >>> section_name("**Key Claims:**"), section_name("3. Claims (12)")
    ('key claims', 'claims')
    """
    return " ".join(_EDGES.sub("", title).split()).casefold()


def split_sections(
    source: Source, blocks: list[Block], start: int, aliases: Mapping[str, Role]
) -> tuple[list[Part], int]:
    """Split blocks at section headings.

    Shape: the parts, the text before the first heading as number 0 (where there is any), and the heading level
    at which the known names stand: 2, unless they all stand at another.
    """
    level = section_level(blocks, aliases)
    starts = range(min(level, 2), max(level, 2) + 1)
    parts = [Part(0, None, None, None, [], start, len(source.data))]
    for block in blocks:
        if block.kind == "Heading" and block.level in starts:
            parts[-1].end = block.start
            title = running_text([block])
            role = aliases.get(section_name(title.value))
            parts.append(Part(len(parts), block, title, role, [], block.end, len(source.data)))
        else:
            parts[-1].blocks.append(block)
    return parts, level


def section_level(blocks: list[Block], aliases: Mapping[str, Role]) -> int:
    """The heading level at which the known names stand: 2, unless they all stand at another."""
    headings = [block for block in blocks if block.kind == "Heading"]
    known = [h.level for h in headings if section_name(running_text([h]).value) in aliases]
    if not known or 2 in known:
        return 2
    return Counter(known).most_common(1)[0][0]


def markdown_of(source: Source, start: int, end: int, blocks: list[Block], known: Definitions) -> str:
    """A stretch of the file as written, comments and blank edges off, the link definitions it needs added."""
    return _with_definitions(_without_comments(source, start, end, blocks), blocks, known)


def markdown_of_blocks(source: Source, blocks: list[Block], known: Definitions) -> str:
    """Blocks that need not stand together, each as written, the link definitions they need added once."""
    stretches = (_block_markdown(source, block) for block in blocks)
    return _with_definitions("\n\n".join(stretch for stretch in stretches if stretch), blocks, known)


def _with_definitions(own: str, blocks: list[Block], known: Definitions) -> str:
    if not known:
        return own
    used = dict.fromkeys(_label(label) for block in blocks for inner in block.walk() for label in inner.references)
    given = definitions(Source("", own), 0)
    needed = [label for label in used if label in known and label not in given]
    other = [label for label in used if label in given and given[label].target != known[label].target]
    return "\n\n".join([*(known[label].markdown for label in other), own, *(known[label].markdown for label in needed)])


def _block_markdown(source: Source, block: Block) -> str:
    """One block; what would read otherwise alone is written so that it doesn't."""
    markdown = _without_comments(source, _line_start(source, block.start), block.end, [block])
    if block.kind == "Heading" and block.level == 2:  # from within a list: it would begin a section
        markdown = "> " + markdown.replace("\n", "\n> ")
    if block.kind == "Paragraph":  # right behind a link definition, where neither list nor code begins
        markdown = _LIST_MARK.sub(r"\1\\\2", markdown.lstrip(BLANK))
    return markdown if markdown.replace(_EMPTY.decode(), "").strip(BLANK) else ""


def _line_start(source: Source, offset: int) -> int:
    """The start of the line, where only white space stands before: an indented block's indent counts."""
    return offset if _before(source, offset) else source.line_start(offset)


def _without_comments(source: Source, start: int, end: int, blocks: list[Block]) -> str:
    cuts = sorted(set(_comments(source, blocks))) if source.may_hold_html else []
    kept, at = [], start
    for cut_start, cut_end, instead in cuts:
        if at <= cut_start and cut_end <= end:
            kept += [source.data[at:cut_start], instead]
            at = cut_end
    kept.append(source.data[at:end])
    lines = b"".join(kept).decode().rstrip(BLANK).split("\n")
    while lines and not lines[0].strip(BLANK):
        lines.pop(0)
    return "\n".join("" if not line.strip(BLANK) else line for line in lines)


def _comments(source: Source, blocks: list[Block]) -> Iterable[tuple[int, int, bytes]]:
    """The comments in blocks, and what is written in their place: an empty one where the text would read otherwise."""
    for block, before in zip(blocks, [None, *blocks], strict=False):
        for start, end in block.comments:
            around = source.data[start - 1 : start] + source.data[end : end + 1]
            apart = (
                start > block.start
                and not around.strip(_BLANK)
                and _WORDY.match(source.data, source.line_start(start), start)
            )
            yield start, end, b"" if apart else _EMPTY
        if block.kind == "HtmlBlock":
            rest = _COMMENT.sub(b"", source.data[block.start : block.end]).strip(_BLANK) or _before(source, block.start)
            kept = _EMPTY if rest or (before and before.kind == "List") else b""
            for match in _COMMENT.finditer(source.data, block.start, block.end):
                yield match.start(), match.end(), kept + b"\n" * match[0].endswith(b"\n")
        yield from _comments(source, block.children)


def _before(source: Source, offset: int) -> bytes:
    """What stands before on the same line, white space off."""
    return source.data[source.line_start(offset) : offset].strip(_BLANK)


def definitions(source: Source, start: int) -> Definitions:
    """The link reference definitions in a file's Markdown."""
    if b"]:" not in source.data:
        return {}
    found = pyromark.reference_definitions(source.data[start:].decode())
    return {_label(label): _definition(source, start, label, entry) for label, entry in found.items()}


def _definition(source: Source, base: int, label: str, entry: Any) -> Definition:
    """One definition; over several lines, which may begin with the marks of a list or quotation, it is written anew."""
    start, end = (base + entry["span"][edge] for edge in ("start", "end"))
    markdown = source.data[start:end].decode().strip(BLANK)
    if "\n" in markdown:
        target = re.sub(r"([<>\\&])", r"\\\1", entry["dest"])
        title = re.sub(r'(["\\&])', r"\\\1", " ".join((entry["title"] or "").split("\n")))
        markdown = f"[{' '.join(label.split())}]: <{target}>" + (f' "{title}"' if title else "")
    return Definition(entry["dest"], markdown, start)


def unused(known: Definitions, blocks: list[Block], kept: list[tuple[int, int]]) -> list[Definition]:
    """The definitions that no link of the blocks uses and that stand in no stretch kept as written."""
    used = {_label(label) for block in blocks for inner in block.walk() for label in inner.references}
    kept = sorted(kept)
    return [known[label] for label in known.keys() - used if not _within(known[label].start, kept)]


def _within(offset: int, stretches: list[tuple[int, int]]) -> bool:
    after = bisect_right(stretches, offset, key=itemgetter(0))
    return after > 0 and offset < stretches[after - 1][1]


def _label(label: str) -> str:
    return " ".join(label.split()).casefold()


def headed_claims(blocks: list[Block]) -> list[Block]:
    """The blocks of a Claims section, a heading that is a claim's id put together with the text below it."""
    joined: list[Block] = []
    open_heading = False
    for block in blocks:
        if block.kind == "Heading":
            open_heading = claim_id(running_text([block]).value) is not None
            joined.append(Block("Heading", block.start, block.end, children=[block]) if open_heading else block)
        elif open_heading and (block.kind in ("Paragraph", "BlockQuote") or _is_notes(block)):
            joined[-1].children.append(block)
            joined[-1].end = block.end
        else:
            open_heading = False
            joined.append(block)
    return joined


def _is_notes(block: Block) -> bool:
    return block.kind == "List" and not any(has_id(item) for item in block.children)


def list_items(blocks: list[Block], paragraphs: bool) -> list[Block]:
    """The items of the lists among blocks; where there is no list with words in it, the paragraphs too, if asked."""
    items = [item for block in blocks if block.kind == "List" for item in block.children]
    if not paragraphs or any(running_text([item]).value for item in items):
        return items
    return sorted([*items, *(block for block in blocks if block.kind == "Paragraph")], key=lambda block: block.start)


def headed_lists(source: Source, blocks: list[Block]) -> list[Block]:
    """The blocks of a section, a heading and the list right below it put together as one item with nested ones."""
    joined: list[Block] = []
    for block in blocks:
        if block.kind == "List" and joined and names_list(source, joined[-1]):
            heading = joined.pop()
            item = Block("Item", heading.start, block.end, children=[heading, block])
            joined.append(Block("List", heading.start, block.end, children=[item]))
        else:
            joined.append(block)
    return joined


def names_list(source: Source, block: Block) -> bool:
    """Whether a block names the list right below it: a heading, or a paragraph all in bold type."""
    bold = block.kind == "Paragraph" and _BOLD.fullmatch(source.data[block.start : block.end].strip())
    return block.kind == "Heading" or bool(bold)


def leftovers(blocks: list[Block], items: list[Block], no_items: list[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks that are no items nor lists, and the list items that are none: those before the first, and after."""
    taken = {id(block) for block in (*items, *no_items)}
    first = min((item.start for item in items), default=None)
    rest = [b for b in blocks if id(b) not in taken and b.kind != "List"]
    rest = sorted([*rest, *no_items], key=lambda block: block.start)
    if first is None:
        return rest, []
    return [b for b in rest if b.start < first], [b for b in rest if b.start > first]


def read_item(source: Source, item: Block) -> Item:
    """A bullet and the bullets nested in it."""
    if item.kind != "Item":
        return Item(running_text([item]).part(source))
    own = running_text([block for block in item.children if block.kind != "List"])
    text = own.part(source)
    return Item(Text("", source.location(item.start)) if text.is_empty else text, nested_notes(source, item))


def nested_notes(source: Source, item: Block) -> tuple[Text, ...]:
    """The bullets nested in a bullet, each with all its words."""
    nested = [child for block in item.children if block.kind == "List" for child in block.children]
    return tuple(text for child in nested if not (text := running_text(child.children).part(source)).is_empty)


def flat_text(item: Block) -> RunningText:
    """A family bullet as one line: nested bullets are its items, set apart by semicolons."""
    if item.kind != "Item":
        return running_text([item])
    folder = Folder()
    separator = ":"
    for block in item.children:
        if block.kind != "List":
            folder.block(block)
            continue
        for child in block.children:
            if separator == ";" or not "".join(folder.parts).rstrip().endswith(":"):
                folder.add(Piece(separator, child.start))
            folder.add(Piece(" ", child.start))
            folder.block(Block("Paragraph", child.start, child.end, children=child.children))
            separator = ";"
    return folder.finish()
