"""Markdown → a tree of blocks whose text knows where it stands. The parser decides what is what, nothing else.

Source: CommonMark 0.31 by pulldown-cmark, with tables.
"""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from operator import itemgetter
from typing import Any, TypeAlias

import pyromark

from kg.diagnostics import Diagnostic
from kg.model import Link, Text
from kg.reading.source import Source

BLANK = " \t\n"
"""What Markdown takes for white space; a no-break space, say, is a character like any other."""
_SPACE = re.compile(r"[ \t\n\r]+")
_MARKS = re.compile(r"[*_`\[\]<&\\|~]|^\s*(?:[-+#>=]|\d+[.)])", re.MULTILINE)
_FOLDS = ("  ", "\n", "\t", "\r")
_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:-->|\Z))", re.DOTALL)
_TAG = re.compile(
    r"(?P<comment><!--(?:-?>|.*?(?:-->|\Z)))"
    r"|<!\[CDATA\[(?P<text>.*?)(?:\]\]>|\Z)"
    r"|<(?:[!?][^>]*|/?[A-Za-z](?:[^>\"']+|\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z))*)(?:(?P<closed>>)|\Z)",
    re.DOTALL,
)
"""What HTML holds beside text. What never closes is matched to the end, so that no stretch is searched twice."""
_BREAK = re.compile(r"<br\s*/?>\Z", re.IGNORECASE)
_EMPHASIS_TAG = re.compile(r"<(/?)(?:em|i|cite)>\Z", re.IGNORECASE)
_BLOCKS = frozenset({"Paragraph", "Heading", "List", "Item", "BlockQuote", "CodeBlock", "HtmlBlock", "Table"})
_CELLS = frozenset({"TableHead", "TableRow", "TableCell"})
_OPTIONS: Any = pyromark.Options.ENABLE_TABLES
LinkRange: TypeAlias = tuple[int, int, tuple[str, bool, str]]
"""Where a link begins and ends; its target, whether it is an image, its title."""
_STRETCH = 1000
"""How far apart the places are, at most, that a text notes: more would make each search for one between them long."""
_DEEPEST = 100
"""How many blocks stand one in another, at most: what lies deeper is kept side by side, so that all may recurse."""


@dataclass(slots=True)
class Piece:
    """A run of text and the byte offset where it stands in the file."""

    text: str
    offset: int
    title: bool = False
    """Whether it is set in italics."""


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list, item, quotation, code block, table, or piece of HTML."""

    kind: str
    start: int
    end: int
    level: int = 0
    pieces: list[Piece] = field(default_factory=list)
    links: list[LinkRange] = field(default_factory=list)
    """Counted in pieces."""
    children: "list[Block]" = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    """Byte ranges of the HTML comments right in it."""
    tags: list[tuple[int, int]] = field(default_factory=list)
    """Byte ranges of the HTML tags right in it."""
    references: list[str] = field(default_factory=list)
    """Labels of the link definitions that its links use."""

    def walk(self) -> "Iterator[Block]":
        """This block and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class RunningText:
    """Folded plain text, and where its parts stand."""

    value: str
    anchors: list[tuple[int, int]]
    """Pairs of an index into the value and the byte offset there."""
    titles: list[tuple[int, int]]
    """Ranges of the value set in italics."""
    links: list[LinkRange]
    """Counted in characters of the value, in the order of their ends."""
    offset: int
    """Where the text begins."""

    def offset_at(self, index: int) -> int:
        """The byte offset of a character of the value."""
        before = bisect_right(self.anchors, index, key=itemgetter(0))
        at, offset = self.anchors[before - 1] if before else (0, self.offset)
        return offset + len(self.value[at:index].encode())

    def part(self, source: Source, start: int = 0, end: int | None = None, whole: bool = False) -> Text:
        """A stretch of the text as a value of its own, white space at its ends left out.

        Of a link that begins or ends outside it has the words within; `whole`: links wholly outside are kept too,
        without words.
        """
        end = len(self.value) if end is None else end
        while start < end and self.value[start] == " ":
            start += 1
        while end > start and self.value[end - 1] == " ":
            end -= 1
        links = tuple(self._links(start, end, whole)) if self.links else ()
        return Text(self.value[start:end], source.location(self.offset_at(start)), links)

    def _links(self, start: int, end: int, whole: bool) -> "Iterator[Link]":
        begin = 0 if whole else bisect_left(self.links, start, key=itemgetter(1))
        for at in range(begin, len(self.links)):
            first, last, how = self.links[at]
            if first > end and not whole:
                break
            if whole or (first < end and start < last) or (start <= first and last <= end):
                words = self.value[max(first, start) : max(min(last, end), start)]
                yield Link(words.strip(" "), *how)


def parse_blocks(source: Source, start: int) -> tuple[list[Block], list[Diagnostic]]:
    """The blocks of a file's Markdown, which begins at a byte offset.

    Errors: KG009 nested too deeply; every block is kept, those below the limit side by side.
    """
    root = Block("Document", start, len(source.data))
    stack = [root]
    text = source.data[start:].decode()
    builder = _Builder(source.data)
    for event, span in pyromark.events_with_range(text, options=_OPTIONS):
        builder.take(event, span["start"] + start, span["end"] + start, stack)
    return root.children, _too_deep(source, builder)


def _too_deep(source: Source, builder: "_Builder") -> list[Diagnostic]:
    if builder.too_deep is None:
        return []
    message = f"lists and quotations are nested over {_DEEPEST} levels deep"
    return [source.problem(builder.too_deep, "KG009", message, "flatten them; all below is read as one level")]


class _Builder:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.emphasis = 0
        self.open_links: list[tuple[int, tuple[str, bool, str]]] = []
        self.too_deep: int | None = None
        """Where the first block begins that is nested too deeply."""

    def take(self, event: Any, start: int, end: int, stack: list[Block]) -> None:
        if isinstance(event, str):
            self._word(event, start, end, stack)
            return
        ((kind, value),) = event.items()
        if kind == "Text" and start == end and stack[-1].kind == "HtmlBlock":
            return  # the indent before a block of HTML, which its range leaves out
        if kind == "Text":
            self._inline(stack, start - self._escaped(start), end).pieces.append(Piece(value, start, self.emphasis > 0))
        elif kind == "Start":
            self._start(value, start, end, stack)
        elif kind == "End":
            self._end(value, start, end, stack)
        else:
            self._leaf(kind, value, start, end, stack)

    def _escaped(self, start: int) -> int:
        """1 where a backslash before the text belongs to it, else 0."""
        return int(self.data[start - 1 : start] == b"\\")

    def _word(self, event: str, start: int, end: int, stack: list[Block]) -> None:
        if event in ("SoftBreak", "HardBreak"):
            self._inline(stack, start, end).pieces.append(Piece(" ", start, self.emphasis > 0))
        elif event == "Rule":
            self._home(stack, start).children.append(Block("Rule", start, end))

    def _start(self, value: Any, start: int, end: int, stack: list[Block]) -> None:
        tag: str
        detail: Any
        tag, detail = (value, None) if isinstance(value, str) else next(iter(value.items()))
        if tag in _BLOCKS:
            level = int(detail["level"][1]) if tag == "Heading" else 0
            self._open(Block(tag, start, end, level), stack)
        elif tag in _CELLS:
            self._open(Block(tag, start, end), stack)
        elif tag == "Emphasis":
            self._inline(stack, start, end)
            self.emphasis += 1
        elif tag == "Strong":
            self._inline(stack, start, end)
        elif tag in ("Link", "Image"):
            block = self._inline(stack, start, end)
            self.open_links.append((len(block.pieces), (detail["dest_url"], tag == "Image", detail["title"])))
            if detail["id"]:
                block.references.append(detail["id"])

    def _open(self, block: Block, stack: list[Block]) -> None:
        self._home(stack, block.start).children.append(block)
        stack.append(block)

    def _home(self, stack: list[Block], start: int) -> Block:
        """The block that holds what begins now: the innermost that is not nested too deeply."""
        if len(stack) <= _DEEPEST + 1:
            return stack[-1]
        if self.too_deep is None:
            self.too_deep = start
        return stack[_DEEPEST]

    def _inline(self, stack: list[Block], start: int, end: int) -> Block:
        """The block that running text goes to; a tight list item's gets a paragraph of its own, as long as it goes."""
        if stack[-1].kind != "Item":
            return stack[-1]
        home = self._home(stack, start)
        if not home.children or home.children[-1].kind != "Text":
            home.children.append(Block("Text", start, end))
        home.children[-1].end = max(home.children[-1].end, end)
        return home.children[-1]

    def _end(self, value: Any, start: int, end: int, stack: list[Block]) -> None:
        tag = value if isinstance(value, str) else next(iter(value))
        if tag in _BLOCKS or tag in _CELLS:
            block = stack.pop()
            self.emphasis = 0
            if tag == "List" and block.children:
                block.end = block.children[-1].end  # the parser counts link definitions right behind it as its own
            if tag == "HtmlBlock":
                _as_paragraph(block)
        elif tag == "Emphasis":
            self.emphasis -= 1
        elif tag in ("Link", "Image"):
            first, how = self.open_links.pop()
            block = self._inline(stack, start, end)
            block.links.append((first, len(block.pieces), how))

    def _leaf(self, kind: str, value: str, start: int, end: int, stack: list[Block]) -> None:
        if kind == "Html":
            stack[-1].pieces.append(Piece(value, start))
        elif kind == "InlineHtml":
            self._inline_html(value, start, end, self._inline(stack, start, end))
        elif kind == "Code":
            offset = start + (end - start - len(value.encode())) // 2  # the range includes its backticks
            self._inline(stack, start, end).pieces.append(Piece(value, offset, self.emphasis > 0))

    def _inline_html(self, value: str, start: int, end: int, block: Block) -> None:
        if value.startswith("<!--"):
            block.comments.append((start, end))
        elif _BREAK.match(value):
            block.pieces.append(Piece(" ", start))
        elif match := _EMPHASIS_TAG.match(value):
            self.emphasis = max(0, self.emphasis + (-1 if match[1] else 1))
        elif value.startswith("<![CDATA["):
            block.pieces.append(Piece(value[9:-3], start + 9, self.emphasis > 0))
        else:
            block.tags.append((start, end))


def _as_paragraph(block: Block) -> None:
    """Make a paragraph of a block of HTML that is but plain text behind a comment."""
    html = "".join(piece.text for piece in block.pieces)
    text = _COMMENT.sub("", html)
    if _MARKS.search(text) or not text.strip(BLANK):
        return
    found = [match.span() for match in _COMMENT.finditer(html)]
    edges = [0, *(edge for span in found for edge in span), len(html)]
    starts = list(itertools.accumulate((len(piece.text) for piece in block.pieces), initial=0))

    def offset(index: int) -> int:
        at = bisect_right(starts, index) - 1
        return block.pieces[at].offset + len(html[starts[at] : index].encode())

    block.comments += [(offset(start), offset(end - 1) + 1) for start, end in found]
    stretches = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    block.pieces = [Piece(html[a:b], offset(a)) for a, b in stretches]
    block.kind = "Paragraph"


def html_text(html: str) -> str:
    """What a reader sees of a piece of HTML: comments and tags off, entities decoded."""
    return unescape(_TAG.sub(_shown, html))


def _shown(match: re.Match[str]) -> str:
    if match["comment"] is not None:
        return ""
    return " " if match["closed"] is not None else match["text"] or match[0]


def html_tags(html: str) -> list[str]:
    """The tags in a piece of HTML, as written, and what else of it is neither text nor comment."""
    return [match[0] for match in _TAG.finditer(html) if match["closed"] is not None]


def unclosed_comment(block: Block) -> bool:
    """Whether an HTML block opens a comment that nothing closes."""
    html = "".join(piece.text for piece in block.pieces)
    return html.rfind("<!--") > html.rfind("-->")


def running_text(blocks: "list[Block]") -> RunningText:
    """The visible text of blocks: marks off, every run of white space one space, blocks a space apart."""
    folder = Folder()
    for block in blocks:
        folder.block(block)
    return folder.finish()


class Folder:
    """Puts visible text together, folding white space and noting where each stretch stands."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.space = True  # whether white space at this point would be a second or a leading space
        self.anchors: list[tuple[int, int]] = []
        self.titles: list[tuple[int, int]] = []
        self.links: list[LinkRange] = []

    def block(self, block: Block) -> None:
        """Add a block and what is below it, a space before each."""
        if not self.space:
            self.parts.append(" ")
            self.length += 1
            self.space = True
        if block.kind == "HtmlBlock":
            self.add(Piece(html_text("".join(p.text for p in block.pieces)), block.start))
        else:
            self._pieces(block)
        for child in block.children:
            self.block(child)

    def _pieces(self, block: Block) -> None:
        starts: list[int] = []
        for piece in block.pieces:
            starts.append(self.length)
            self.add(piece)
        starts.append(self.length)
        for first, last, how in block.links:
            self.links.append((starts[first], starts[last], how))

    def add(self, piece: Piece) -> None:
        """Add a run of text, its white space folded into what stands before."""
        if not any(run in piece.text for run in _FOLDS):
            skipped = 1 if self.space and piece.text[:1] == " " else 0
            if len(piece.text) > skipped:
                self._append(piece.text[skipped:] if skipped else piece.text, piece.offset + skipped, piece.title)
                self.space = piece.text[-1] == " "
            return
        at, offset = 0, piece.offset
        for match in _SPACE.finditer(piece.text):
            self._append(piece.text[at : match.start()], offset, piece.title)
            offset += len(piece.text[at : match.start()].encode())
            if not self.space:
                self._append(" ", offset, piece.title)
            self.space = True
            at = match.end()
            offset += at - match.start()
        self._append(piece.text[at:], offset, piece.title)

    def _append(self, text: str, offset: int, title: bool) -> None:
        if not text:
            return
        self.anchors.append((self.length, offset))
        for at in range(_STRETCH, len(text), _STRETCH):
            offset += len(text[at - _STRETCH : at].encode())
            self.anchors.append((self.length + at, offset))
        if title:
            self._title(self.length, self.length + len(text))
        self.parts.append(text)
        self.length += len(text)
        self.space = False

    def _title(self, start: int, end: int) -> None:
        if self.titles and self.titles[-1][1] == start:
            start = self.titles.pop()[0]
        self.titles.append((start, end))

    def finish(self) -> RunningText:
        """The text so far."""
        value = "".join(self.parts).rstrip(" ")
        offset = self.anchors[0][1] if self.anchors else 0
        titles = [(start, min(end, len(value))) for start, end in self.titles if start < len(value)]
        links = [(min(start, len(value)), min(end, len(value)), how) for start, end, how in self.links]
        return RunningText(value, self.anchors, titles, links, offset)
