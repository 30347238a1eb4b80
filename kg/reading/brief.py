"""One brief: front matter, then sections, each read by its role."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import TypeAlias

from kg.diagnostics import Diagnostic, Location, visible
from kg.model import HEADINGS, Brief, Item, Role, Section, SourceFamily, Thesis
from kg.reading import sections as split
from kg.reading.claim_ids import claim_id, claims_named, only_trailing_id
from kg.reading.claim_tables import is_header, take_table
from kg.reading.claims import FoundClaims, take_items, take_paragraph
from kg.reading.families import read_family
from kg.reading.fields import Fields, read_fields
from kg.reading.frontmatter import read_front_matter
from kg.reading.markdown import Block, html_tags, parse_blocks, running_text, unclosed_comment
from kg.reading.mentions import dangling, texts
from kg.reading.nothing import says_nothing
from kg.reading.prose import holds_run, read_prose
from kg.reading.sections import Definitions, Part
from kg.reading.source import Source, decode, escaped_controls

_ORDER = list(Role)
_BARE_TAG = re.compile(r"</?[A-Za-z][^\s>]*\s*/?>")
"""A tag that says nothing but its name."""
Left: TypeAlias = tuple[list[Block], list[Block]]
"""The blocks of a section that have no nodes of their own: those before its first item, and those after."""


def read_brief(
    data: bytes, path: str, aliases: Mapping[str, Role] = split.ALIASES
) -> tuple[Brief | None, list[Diagnostic]]:
    """Read one brief: YAML front matter between ``---`` lines, then Markdown.

    Pure; `path` only names the source in diagnostics.
    Shape: one Brief, or None when no front matter can be read or nothing in it names the brief.
    Units: lines and columns count from 1; columns are code points.
    Errors: KG001 to KG031, sorted by place; raises nothing.
    """
    source, diagnostics = decode(data, path)
    if source is None:
        return None, diagnostics
    front, found = read_front_matter(source)
    diagnostics += found
    if front is None:
        return None, diagnostics
    fields, found = read_fields(source, front)
    diagnostics += found
    brief = None
    if fields is not None:
        body = _Body(source, front.body, aliases)
        brief = body.brief(fields)
        diagnostics += body.diagnostics + _folder_disagrees(source, fields)
    return brief, sorted(diagnostics, key=lambda d: d.sort_key)


def _folder_disagrees(source: Source, fields: Fields) -> list[Diagnostic]:
    folder = PurePosixPath(source.path).parent.name
    named = unicodedata.normalize("NFC", folder) == unicodedata.normalize("NFC", fields.slug)
    if PurePosixPath(source.path).name != "agent.md" or folder in ("", "..") or named:
        return []
    message = f"the folder is {visible(folder)}, but the slug is {visible(fields.slug)}"
    return [source.problem(fields.slug_location, "KG028", message, "name the folder as the slug")]


class _Body:
    """Reads the Markdown of one brief, section by section."""

    def __init__(self, source: Source, start: int, aliases: Mapping[str, Role]) -> None:
        self.source = source
        self.words = len(source.data[start:].split())
        blocks, self.diagnostics = parse_blocks(source, start)
        self.parts, self.level = split.split_sections(source, blocks, start, aliases)
        self.firsts = {part.role: part.start for part in reversed(self.parts)}
        """Where the first section of each role begins."""
        self.roles = Counter(part.role for part in self.parts)
        self.definitions: Definitions = split.definitions(source, start)
        self.kept: list[tuple[int, int]] = []
        """The stretches kept as Markdown."""
        self.blocks = blocks
        self.names: set[str] = set()
        """The names of the sections read so far."""
        self.claims = FoundClaims()
        self.thesis: Thesis | None = None
        self.items: dict[Role, list[Item]] = {role: [] for role in Role}
        self.families: list[SourceFamily] = []
        self.sections: list[Section] = []

    def brief(self, fields: Fields) -> Brief:
        self._hidden_rest()
        self._read_parts()
        self._unused_definitions()
        if not self.claims.claims and not self.claims.unnumbered:
            self._prose()
        self.claims.number_the_rest(self.source)
        self.diagnostics += self.claims.diagnostics
        brief = Brief(
            path=self.source.path,
            slug=fields.slug,
            location=fields.slug_location,
            id=fields.id,
            title=fields.title,
            schema_version=fields.schema_version,
            token_budget=fields.token_budget,
            status=fields.status,
            updated=fields.updated,
            extra=tuple(fields.extra),
            thesis=self.thesis,
            audience=tuple(self.items[Role.AUDIENCE]),
            claims=tuple(self.claims.claims),
            families=tuple(self.families),
            queries=tuple(self.items[Role.QUERIES]),
            limits=tuple(self.items[Role.LIMITS]),
            instructions=tuple(self.items[Role.INSTRUCTIONS]),
            sections=tuple(self.sections),
            words=self.words,
        )
        self._missing(brief)
        if brief.claims:
            self.diagnostics += dangling(self.source, brief, [block for part in self.parts for block in part.blocks])
        written = (*texts(brief), *(section.title for section in brief.sections if section.title))
        self.diagnostics += escaped_controls(self.source, "&#", written)
        return brief

    def _problem(self, place: int | Location, code: str, message: str, help: str | None = None) -> None:
        self.diagnostics.append(self.source.problem(place, code, message, help))

    def _read_parts(self) -> None:
        """Read each section; it becomes a Section where a word in it has no node of its own."""
        number, highest = 0, -1
        for part in self.parts:
            known = part.role is not None
            order = _ORDER.index(part.role) if part.role else -1
            canonical = part.role is not None and self._title(part) == HEADINGS[part.role]
            plain = part.title is None or not part.title.links
            usual = canonical and plain and order > highest and self.roles[part.role] == 1
            part.number = number + 1 if part.heading else 0
            nodes = self._count()
            section = self._read_part(part)
            self._heading(part)
            if known and self._count() == nodes and not section.markdown:
                if not running_text(part.blocks).value:
                    self._empty(part)
                if usual:
                    continue
            highest = max(highest, order)
            if section.markdown or section.markdown_after or (part.heading and not usual):
                self.sections.append(section)
            number = part.number

    def _heading(self, part: Part) -> None:
        """Tell a heading without words, and a second one of a known section."""
        if part.heading is None:
            return
        title = self._title(part)
        name = split.section_name(title)
        if not title:
            self._problem(part.heading.start, "KG024", "the heading is empty", "write the section's name, or delete it")
        elif part.role not in (None, Role.THESIS) and name in self.names:
            self._problem(part.heading.start, "KG029", f"a second section {visible(title)}", "put the two together")
        self.names.add(name)

    def _title(self, part: Part) -> str:
        return part.title.value if part.title else ""

    def _count(self) -> int:
        """How many nodes there are so far."""
        bullets = sum(map(len, self.items.values()))
        found = self.claims
        return bullets + len(self.families) + len(found.claims) + len(found.unnumbered) + (self.thesis is not None)

    def _read_part(self, part: Part) -> Section:
        reader = _READERS.get(part.role)
        if reader is None:
            self.kept.append((part.start, part.end))
            whole = split.markdown_of(self.source, part.start, part.end, part.blocks, self.definitions)
            self._left_out_tags(part, part.blocks)
            return self._section(part, whole, "", part.blocks)
        before, after = reader(self, part)
        if self._stands_before(part):
            before, after = before + after, []  # items are written back in the first section of their role
        self.kept += ((block.start, block.end) for block in before + after)
        markdown, markdown_after = (split.markdown_of_blocks(self.source, b, self.definitions) for b in (before, after))
        self._left_out_tags(part, before + after)
        no_items = [block for block in before + after if not is_header(block)]
        if (markdown or markdown_after) and no_items and part.role is not Role.THESIS:
            self._no_items(part, no_items)
        return self._section(part, markdown, markdown_after, before + after)

    def _stands_before(self, part: Part) -> bool:
        """Whether an earlier section has the same role."""
        return self.firsts[part.role] < part.start

    def _section(self, part: Part, markdown: str, after: str, kept: list[Block]) -> Section:
        running = running_text(kept)
        place = part.heading or (part.blocks[0] if part.blocks else None)
        return Section(
            number=part.number,
            location=self.source.location(place.start if place else part.start),
            title=part.title.part(self.source) if part.title and (part.title.value or part.title.links) else None,
            role=part.role,
            markdown=markdown,
            markdown_after=after,
            claims_named=claims_named(running.value),
            urls=tuple(dict.fromkeys(url for _, _, (url, _, _) in running.links)),
        )

    def _thesis(self, part: Part) -> Left:
        text = running_text(part.blocks).part(self.source)
        if text.is_empty:
            return [], []
        if self.thesis is not None:
            help = "keep one of the two; the second is kept as a section"
            self._problem(text.location, "KG029", "a second Thesis section", help)
            return part.blocks, []
        self.thesis = Thesis(text)
        return [], []

    def _items(self, part: Part) -> Left:
        assert part.role is not None
        kept, left = [], []
        for block in split.list_items(part.blocks, paragraphs=not self._stands_before(part)):
            item = split.read_item(self.source, block)
            if says_nothing(item.text.value) and not item.notes:
                left.append(block)
            elif item.notes or not item.text.is_empty:
                self.items[part.role].append(item)
                kept.append(block)
            else:
                self._problem(block.start, "KG024", "the item is empty", "write it or delete it")
        return split.leftovers(part.blocks, kept, left)

    def _families(self, part: Part) -> Left:
        blocks = split.headed_lists(self.source, part.blocks)
        kept, left = [], []
        for block in split.list_items(blocks, paragraphs=not self._stands_before(part)):
            running = split.flat_text(block)
            if says_nothing(running.value):
                left.append(block)
            elif running.value or running.links:
                self.families.append(read_family(self.source, running))
                kept.append(block)
            else:
                self._problem(block.start, "KG024", "the item is empty", "write it or delete it")
        return split.leftovers(blocks, kept, left)

    def _claims(self, part: Part) -> Left:
        before: list[Block] = []
        after: list[Block] = []
        nodes = self._count()
        alone = self.roles[Role.CLAIMS] == 1
        if alone and _is_prose(part.blocks):
            before = part.blocks
        if self.claims.trailing is None and sum(map(_ends_with_id, part.blocks)) > 1:
            self.claims.trailing = True
        for block in split.headed_claims(part.blocks) if not before else ():
            for unit in block.children if block.kind == "List" else [block]:
                left = before if self._count() == nodes else after
                left += self._claim_unit(unit)
        if self._count() == nodes and before and alone:
            read_prose(self.source, before, part.number, self.claims)
        return before, after

    def _claim_unit(self, block: Block) -> list[Block]:
        """Read one item or other block of a Claims section; return what of it is no claim."""
        if block.kind == "Item":
            return take_items(self.source, block, self.claims)
        if block.kind == "Table" and (rest := take_table(self.source, block, self.claims)) is not None:
            return rest
        if block.kind in ("Paragraph", "Heading") and take_paragraph(self.source, block, self.claims):
            return []
        return [block]

    def _prose(self) -> None:
        for part in self.parts:
            if part.role is None and part.blocks:
                thesis = read_prose(self.source, part.blocks, part.number, self.claims)
                self.thesis = self.thesis or thesis

    def _hidden_rest(self) -> None:
        for part in self.parts if self.source.may_hold_html else ():
            for block in part.blocks:
                for inner in block.walk():
                    if inner.kind == "HtmlBlock" and unclosed_comment(inner):
                        self._unclosed(inner)
        if self.level != 2:
            heading = next((part.heading for part in self.parts if part.heading), None)
            message = f"the sections stand at heading level {self.level}"
            self._problem(heading.start if heading else 0, "KG030", message, "begin each with ## and a name")

    def _unclosed(self, html: Block) -> None:
        rest = self.source.data[html.end :].strip()
        last = self.source.location(html.start + len(self.source.data[html.start : html.end].rstrip())).line
        left_out = f"what stands behind it up to line {last}" if rest else "everything behind it"
        start = self.source.data.rfind(b"<!--", html.start, html.end)
        help = f"close it with -->; {left_out} is left out"
        self._problem(start, "KG020", "an HTML comment never closes", help)

    def _empty(self, part: Part) -> None:
        assert part.heading is not None
        message = f"the section {visible(self._title(part))} is empty"
        self._problem(part.heading.start, "KG024", message, "write it or delete its heading")

    def _unused_definitions(self) -> None:
        for definition in split.unused(self.definitions, self.blocks, self.kept) if self.definitions else ():
            written = visible(definition.markdown, len(definition.markdown))
            message = f"no link uses this definition; it is left out: {written}"
            help = "use it or delete it; if it is text, leave out the brackets"
            self._problem(definition.start, "KG032", message, help)

    def _no_items(self, part: Part, kept: list[Block]) -> None:
        message = f"text in {visible(self._title(part))} that is none of its items"
        self._problem(kept[0].start, "KG021", message, "it is kept as the section's Markdown")

    def _left_out_tags(self, part: Part, kept: list[Block]) -> None:
        if not self.source.may_hold_html:
            return
        kept_ids = {id(inner) for block in kept for inner in block.walk()}
        blocks = part.blocks if part.heading is None else [part.heading, *part.blocks]
        within = (inner for block in blocks for inner in block.walk() if id(inner) not in kept_ids)
        tags = [tag for inner in within for tag in self._tags(inner)]
        if tags:
            told = " ".join(tag for _, tag in tags if not _BARE_TAG.fullmatch(tag))
            message = "HTML tags are left out, their text is kept"
            message += f"; left out are {visible(told, len(told))}" if told else ""
            self._problem(tags[0][0], "KG025", message, "write Markdown")

    def _tags(self, block: Block) -> list[tuple[int, str]]:
        """The HTML tags right in a block, each with its place."""
        if block.kind == "HtmlBlock":
            return [(block.start, tag) for tag in html_tags("".join(piece.text for piece in block.pieces))]
        return [(start, self.source.data[start:end].decode()) for start, end in block.tags]

    def _missing(self, brief: Brief) -> None:
        if brief.thesis is None and brief.claims and all(claim.section is None for claim in brief.claims):
            self._lacks(brief, Role.THESIS, "thesis", "write it below the heading")
        spoken = any(d.code in ("KG014", "KG015", "KG017") for d in self.diagnostics)
        if not brief.claims and not spoken:
            self._lacks(brief, Role.CLAIMS, "claims", "write each as a bullet with its id: - `claim-001`: …")

    def _lacks(self, brief: Brief, role: Role, what: str, help: str) -> None:
        """Say so at the section that should hold it, or at the slug where there is no such section."""
        part = next((part for part in self.parts if part.role is role), None)
        if part is not None and part.heading:
            self._problem(part.heading.start, "KG022", f"no {what} can be read in {visible(self._title(part))}", help)
        else:
            help = f"write a section with the heading ## {HEADINGS[role]}"
            self._problem(brief.location, "KG022", f"the brief has no {what}", help)


def _is_prose(blocks: list[Block]) -> bool:
    """Whether a Claims section is running text whose one paragraph with an id at its start goes on to further ids."""
    texts = [running_text([block]).value for block in blocks]
    begun = [text for text in texts if claim_id(text)]
    return all(block.kind == "Paragraph" for block in blocks) and len(begun) == 1 and holds_run(begun[0])


def _ends_with_id(block: Block) -> bool:
    return block.kind == "Paragraph" and only_trailing_id(running_text([block]).value)


_READERS: dict[Role | None, Callable[[_Body, Part], Left]] = {
    Role.THESIS: _Body._thesis,
    Role.CLAIMS: _Body._claims,
    Role.SOURCES: _Body._families,
    Role.AUDIENCE: _Body._items,
    Role.QUERIES: _Body._items,
    Role.LIMITS: _Body._items,
    Role.INSTRUCTIONS: _Body._items,
}
"""How each section is read; a section of another role is kept as Markdown."""
