"""Front matter: python-frontmatter's split, with a handler that keeps every value as written and its place.

YAML's own types are left aside, for they turn ``no`` into False, ``017`` into 15 and ``10:45`` into 645.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml
from frontmatter.default_handlers import YAMLHandler

from kg.diagnostics import Diagnostic, Location, visible
from kg.model import Json
from kg.reading.source import Source

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\Z")
_WORDS: dict[str, Json] = {"null": None, "~": None, "": None, "true": True, "false": False}
_DEEPEST = 40
_LONGEST = 2000  # what a message shows of a value that is nowhere else
_TOO_DEEP = f"the front matter is nested over {_DEEPEST} levels deep"
_FIRST_KEY = re.compile(r"\n[\w\"']+[ \t]*:")
_HIDDEN = str.maketrans("\x85\u2028\u2029", "\ufdd0\ufdd1\ufdd2")
"""Characters at which libyaml ends a line, as YAML 1.1 did and YAML 1.2 §5.4 does not; noncharacters stand for them."""
_SHOWN = str.maketrans("\ufdd0\ufdd1\ufdd2", "\x85\u2028\u2029")
_QUOTE = "put quotation marks around the value"
_SYNTAX: tuple[tuple[str, bool, str, str], ...] = (
    (
        "unexpected end of stream",
        True,
        "the quotation mark that opens here never closes",
        "close it; to write one inside, use the other kind around the value",
    ),
    (
        "could not find expected ':'",
        True,
        "the line has no key with a colon and a space behind it",
        "write key: value, indent what goes on with the line above, and close the keys with three hyphens",
    ),
    (
        "did not find expected key",
        False,
        "this is neither part of the value before it nor a key",
        "put quotation marks around the whole value, or give each key the same indent",
    ),
    ("tab character", False, "a tab indents the line", "indent with spaces"),
    ("cannot start any token", False, "a value can't begin with {}", _QUOTE),
    ("expected node content", False, "a value can't begin with {}", _QUOTE),
    ("alphabetic or numeric", True, "the value begins with {}, which YAML reads as an alias or anchor", _QUOTE),
    ("comment or line break", True, "the value begins with {}, which YAML reads as the start of a text block", _QUOTE),
    ("mapping keys are not allowed", False, "a value can't begin with a question mark and a space", _QUOTE),
    (
        "block sequence entries",
        False,
        "a list can't begin on the line of its key",
        "begin it on the next line, or put quotation marks around the value",
    ),
    (
        "unknown escape",
        False,
        "the backslash begins no escape that YAML knows",
        "write two backslashes, or put the value in single quotation marks",
    ),
    ("hexdecimal", False, "the escape names no character", "write the character itself"),
    ("Unicode character escape", False, "the escape names no character", "write the character itself"),
    (
        "<document start>",
        False,
        "text stands behind the end of the YAML",
        "delete the line above it that begins with three dots or a percent sign",
    ),
    (" tag", True, "the value begins with {}, which YAML reads as a tag", _QUOTE),
)
"""What libyaml says, whether the place is where the value begins, what is wrong in other words, and what to do."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value: the text as written, whether it was quoted, and its place."""

    text: str
    plain: bool
    location: Location


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: "tuple[Node, ...]"
    location: Location


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in their order; the first of two equal keys."""

    entries: "dict[str, tuple[Location, Node]]"
    location: Location


Node: TypeAlias = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys of a brief, and where its Markdown begins."""

    entries: dict[str, tuple[Location, Node]]
    """Each key's place and value."""
    body: int
    """The byte offset of the first line after the front matter."""


class _BlockError(Exception):
    def __init__(self, code: str, message: str, location: Location, help: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.location, self.help = code, message, location, help


class _Handler(YAMLHandler):
    """Splits at the first closing fence, composes without constructing, and notes the places."""

    FM_BOUNDARY = _FENCE

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[_BlockError] = []
        self.first_line = 1

    def load(self, fm: str, **kwargs: object) -> Any:
        """The YAML block as a Mapping."""
        return _Composer(fm, self.first_line, self.problems).mapping()


def read_front_matter(source: Source) -> tuple[FrontMatter | None, list[Diagnostic]]:
    """Read the YAML between a file's first two ``---`` lines.

    Errors: KG001 to KG004, KG007 to KG009. A key given twice keeps its first value.
    Source: YAML 1.2.2 §3.2.1.1 (keys are unique).
    """
    opening = _FENCE.search(source.text)
    line = source.text.count("\n", 0, opening.start()) + 1 if opening else 1
    if opening is None or source.text[: opening.start()].strip():
        return None, [_no_front_matter(source, opening, line)]
    closing = _FENCE.search(source.text, opening.end())
    if closing is None:
        help = "close it with a line of three hyphens before the first heading"
        return None, [source.problem(Location(line, 1), "KG001", "the front matter never closes", help)]
    handler = _Handler()
    handler.first_line = line
    end = min(closing.end() + 1, len(source.text))
    try:
        # only the block itself: the library would strip the Markdown and so shift its lines
        block = handler.split(source.text[opening.start() : closing.end()])[0]
        mapping = handler.load(block)
    except _BlockError as problem:
        return None, [source.problem(problem.location, problem.code, problem.message, problem.help)]
    problems = [source.problem(p.location, p.code, p.message, p.help) for p in handler.problems]
    return FrontMatter(mapping.entries, len(source.text[:end].encode())), problems


def _no_front_matter(source: Source, fence: re.Match[str] | None, line: int) -> Diagnostic:
    if fence and _FIRST_KEY.match(source.text, fence.end()):
        help = "begin the file with this line"
        return source.problem(Location(line, 1), "KG002", "text stands before the front matter", help)
    help = "begin the file with a line of three hyphens, the keys, and a second such line"
    return source.problem(Location(1, 1), "KG002", "the file has no front matter", help)


class _Composer:
    """YAML events → nodes, without recursion, types or aliases."""

    def __init__(self, text: str, first_line: int, problems: list[_BlockError]) -> None:
        self.text = text if text.isascii() else text.translate(_HIDDEN)
        self.is_json = text.lstrip().startswith("{")
        if self.is_json:  # it writes characters beyond U+FFFF as two escapes, YAML as one
            self.text = _SURROGATES.sub(_one_escape, self.text)
        self.first_line = first_line
        self.problems = problems

    def mapping(self) -> Mapping:
        node = self._document()
        if node is None:
            raise _BlockError(
                "KG002", "the front matter is empty", Location(self.first_line, 1), "give at least a slug"
            )
        if not isinstance(node, Mapping):
            help = "write one key a line, as in slug: my-article"
            raise _BlockError("KG007", "the front matter is not a list of keys and values", node.location, help)
        return node

    def _document(self) -> Node | None:
        try:
            return self._compose(_events(self.text))
        except yaml.MarkedYAMLError as error:
            raise self._syntax_problem(error) from None
        except yaml.reader.ReaderError as error:
            message = f"the front matter holds the character U+{int(error.character or 0):04X}, which YAML can't hold"
            before = self.text.encode()[: error.position].decode("utf-8", "ignore")  # libyaml counts bytes
            raise _BlockError("KG004", message, self._end_of(before), "delete it") from None
        except UnicodeEncodeError as error:
            message = "the front matter holds half of a surrogate pair"
            place = self._end_of(self.text[: error.start])
            raise _BlockError("KG004", message, place, "write the character itself") from None

    def _end_of(self, before: str) -> Location:
        """The place behind a beginning of the text."""
        return Location(self.first_line + before.count("\n"), len(before) - before.rfind("\n"))

    def _compose(self, events: Iterator[Any]) -> Node | None:
        stack: list[tuple[Location, list[Node]]] = []
        root: Node | None = None
        documents = 0
        for event in events:
            node: Node | None = None
            if isinstance(event, yaml.NodeEvent) and event.anchor:
                raise self._alias(event)
            if isinstance(event, yaml.ScalarEvent):
                node = self._scalar(event)
            elif isinstance(event, yaml.MappingEndEvent):
                at, items = stack.pop()
                node = Mapping(self._entries(items), at)
            elif isinstance(event, yaml.SequenceEndEvent):
                at, items = stack.pop()
                node = Sequence(tuple(items), at)
            elif isinstance(event, yaml.CollectionStartEvent):
                stack.append((self._opened(event, len(stack)), []))
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    help = "close the front matter with --- alone on its line, or take the dashes out"
                    raise _BlockError("KG004", "the front matter holds a second document", self._at(event), help)
            if node is not None and stack:
                stack[-1][1].append(node)
            elif node is not None and root is None:
                root = node
        return root

    def _opened(self, event: Any, depth: int) -> Location:
        """The place where a list or mapping begins."""
        self._refuse_tag(event)
        if depth >= _DEEPEST:
            raise _BlockError("KG009", _TOO_DEEP, self._at(event), "flatten it")
        return self._at(event)

    def _scalar(self, event: Any) -> Scalar:
        if event.tag is not None:
            self._refuse_tag(event)
        value = event.value if event.value.isascii() else event.value.translate(_SHOWN)
        if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            raise _BlockError(
                "KG004", "the value holds half of a surrogate pair", self._at(event), "write the character"
            )
        return Scalar(value, not event.style, self._at(event))

    def _entries(self, items: list[Node]) -> dict[str, tuple[Location, Node]]:
        entries: dict[str, tuple[Location, Node]] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar):
                entry = f"{_as_text(key)}: {_as_text(value)}"
                message = f"a key must be a word, not a list or a mapping; this is left out: {visible(entry, _LONGEST)}"
                self._note("KG007", message, key.location, "write a word, or put quotation marks around the key")
            elif key.text in entries:
                first = entries[key.text][0]
                shown = visible(_as_text(value), _LONGEST)
                message = f"the key {visible(key.text)} is given twice; this value is left out: {shown}"
                self._note("KG003", message, key.location, f"first given on line {first.line}; keep one of the two")
            else:
                entries[key.text] = (key.location, value)
        return entries

    def _note(self, code: str, message: str, location: Location, help: str | None) -> None:
        self.problems.append(_BlockError(code, message, location, help))

    def _alias(self, event: Any) -> _BlockError:
        what = "alias" if isinstance(event, yaml.AliasEvent) else "anchor"
        mark = "*" if what == "alias" else "&"
        return _BlockError(
            "KG008", f"the YAML {what} {mark}{event.anchor} is not allowed", self._at(event), "write the value out"
        )

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            message = f"the YAML tag {visible(event.tag)} is not read; the value stays as written"
            self._note("KG008", message, self._at(event), "leave the tag out")

    def _at(self, event: Any) -> Location:
        return self._place(event.start_mark)

    def _syntax_problem(self, error: yaml.MarkedYAMLError) -> _BlockError:
        """What libyaml refuses, in words about the file."""
        mark: Any = error.problem_mark or error.context_mark
        problem = (error.problem or str(error)).strip()
        if "nesting depth" in problem:
            return _BlockError("KG009", _TOO_DEEP, self._place(mark), "flatten it")
        if "mapping values are not allowed" in problem:
            return self._bare_colon(mark)
        if "did not find expected ','" in problem:
            return self._unclosed(mark, error.context_mark, problem[-2])
        if self._line(mark)[mark.column : mark.column + 1] == "\t":
            problem = "tab character"
        for words, at_start, message, help in _SYNTAX:
            if words in f"{error.context}, {problem}":
                mark = error.context_mark if at_start and error.context_mark else mark
                shown = visible(self._line(mark)[mark.column : mark.column + 1])
                return _BlockError("KG004", message.format(shown), self._place(mark), help)
        return _BlockError("KG004", f"the front matter is not valid YAML: {problem}", self._place(mark), None)

    def _bare_colon(self, mark: Any) -> _BlockError:
        before = self._line(mark)[: mark.column]
        if before[:1].isspace() and ": " not in before:
            message = "the line is indented, so it goes on with the value above, which then holds a bare colon"
            help = "take the indent off if it is a key, else put quotation marks around the whole value"
            return _BlockError("KG004", message, self._place(mark), help)
        return _BlockError("KG004", "the value holds a bare colon", self._place(mark), _QUOTE)

    def _unclosed(self, mark: Any, opening: Any, bracket: str) -> _BlockError:
        """A list or mapping in brackets: in YAML most often not closed, in JSON most often without a comma."""
        if self.is_json or opening is None or opening.line == mark.line:
            help = "add it" if self.is_json else "add it, or put quotation marks around the value"
            return _BlockError("KG004", f"a comma or {bracket} is missing here", self._place(mark), help)
        message = f"the bracket that opens here is not closed with {bracket}"
        return _BlockError("KG004", message, self._place(opening), "close it, or put quotation marks around the value")

    def _line(self, mark: Any) -> str:
        """The line of a place, as far as it goes."""
        return "".join(self.text.split("\n")[mark.line : mark.line + 1])

    def _place(self, mark: Any) -> Location:
        return Location(self.first_line + mark.line, mark.column + 1)


def _events(text: str) -> Iterator[Any]:
    loader = Loader(text)
    try:
        while (event := loader.get_event()) is not None:
            yield event
    finally:
        loader.dispose()


def _one_escape(match: re.Match[str]) -> str:
    high, low = int(match[1], 16), int(match[2], 16)
    return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"


def _as_text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else json.dumps(as_json(node), ensure_ascii=False)


def as_json(node: Node) -> Json:
    """A value as JSON: a bare word or number is one where JSON would write it in just that way, else text.

    ``1.10`` and ``no`` stay the strings that were written.
    """
    if isinstance(node, Sequence):
        return [as_json(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key: as_json(value) for key, (_, value) in node.entries.items()}
    if node.plain and node.text in _WORDS:
        return _WORDS[node.text]
    if node.plain and _JSON_NUMBER.match(node.text):
        number: int | float = json.loads(node.text[:400]) if len(node.text) < 400 else 0
        if json.dumps(number) == node.text and abs(number) < 2**53:
            return number
    return node.text
