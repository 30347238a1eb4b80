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
    if opening is None or source.text[: opening.start()].strip():
        help = "begin the file with a line of three hyphens, the keys, and a second such line"
        return None, [source.problem(Location(1, 1), "KG002", "the file has no front matter", help)]
    closing = _FENCE.search(source.text, opening.end())
    line = source.text.count("\n", 0, opening.start()) + 1
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


class _Composer:
    """YAML events → nodes, without recursion, types or aliases."""

    def __init__(self, text: str, first_line: int, problems: list[_BlockError]) -> None:
        self.text = text
        if text.lstrip().startswith("{"):  # JSON writes characters beyond U+FFFF as two escapes, YAML as one
            self.text = _SURROGATES.sub(_one_escape, text)
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
            position = error.position if isinstance(error.position, int) else 0
            line = self.text.count("\n", 0, position)
            message = f"the front matter holds the character U+{int(error.character or 0):04X}, which YAML can't hold"
            raise _BlockError("KG004", message, Location(self.first_line + line, 1), "delete it") from None
        except UnicodeEncodeError as error:
            line = self.text.count("\n", 0, error.start)
            message = "the front matter holds half of a surrogate pair"
            raise _BlockError(
                "KG004", message, Location(self.first_line + line, 1), "write the character itself"
            ) from None

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
                    raise _BlockError("KG004", "the front matter holds a second document", self._at(event), None)
            if node is not None and stack:
                stack[-1][1].append(node)
            elif node is not None and root is None:
                root = node
        return root

    def _opened(self, event: Any, depth: int) -> Location:
        """The place where a list or mapping begins."""
        self._refuse_tag(event)
        if depth >= _DEEPEST:
            message = f"the front matter is nested over {_DEEPEST} levels deep"
            raise _BlockError("KG009", message, self._at(event), "flatten it")
        return self._at(event)

    def _scalar(self, event: Any) -> Scalar:
        if event.tag is not None:
            self._refuse_tag(event)
        value = event.value
        if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            raise _BlockError(
                "KG004", "the value holds half of a surrogate pair", self._at(event), "write the character"
            )
        return Scalar(value, not event.style, self._at(event))

    def _entries(self, items: list[Node]) -> dict[str, tuple[Location, Node]]:
        entries: dict[str, tuple[Location, Node]] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar):
                self._note("KG007", "a key must be a word, not a list or a mapping", key.location, None)
            elif key.text in entries:
                first = entries[key.text][0]
                message = f"the key {visible(key.text)} is given twice; this value is left out: {_shown(value)}"
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
        return Location(self.first_line + event.start_mark.line, event.start_mark.column + 1)

    def _syntax_problem(self, error: yaml.MarkedYAMLError) -> _BlockError:
        mark: Any = error.problem_mark or error.context_mark
        location = Location(self.first_line + (mark.line if mark else 0), (mark.column if mark else 0) + 1)
        problem = (error.problem or str(error)).strip()
        if "nesting depth" in problem:
            return _BlockError("KG009", "the front matter is nested too deeply", location, "flatten it")
        if "mapping values are not allowed" in problem:
            help = "put quotation marks around the value"
            return _BlockError("KG004", "the value holds a bare colon", location, help)
        return _BlockError("KG004", f"the front matter is not valid YAML: {problem}", location, None)


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


def _shown(node: Node) -> str:
    return visible(node.text) if isinstance(node, Scalar) else visible(json.dumps(as_json(node), ensure_ascii=False))


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
