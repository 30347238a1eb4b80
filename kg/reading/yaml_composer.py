"""YAML text → nodes that keep every value as written.

YAML's own types are left aside, for they turn ``no`` into False, ``017`` into 15 and ``10:45`` into 645.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from kg.diagnostics import Location, visible
from kg.reading.yaml_errors import DEEPEST, TOO_DEEP, BlockError, syntax_problem
from kg.reading.yaml_nodes import Mapping, Node, Scalar, Sequence, as_text

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_HIDDEN = str.maketrans("\x85\u2028\u2029", "\ufdd0\ufdd1\ufdd2")
"""Characters at which libyaml ends a line, as YAML 1.1 did and YAML 1.2 §5.4 does not; noncharacters stand for them."""
_SHOWN = str.maketrans("\ufdd0\ufdd1\ufdd2", "\x85\u2028\u2029")


class Composer:
    """YAML events → nodes, without recursion, types or aliases."""

    def __init__(self, text: str, first_line: int, problems: list[BlockError]) -> None:
        self.text = text if text.isascii() else text.translate(_HIDDEN)
        self.is_json = text.lstrip().startswith("{")
        if self.is_json:  # it writes characters beyond U+FFFF as two escapes, YAML as one
            self.text = _SURROGATES.sub(_one_escape, self.text)
        self.first_line = first_line
        self.problems = problems

    def mapping(self) -> Mapping:
        """The keys and values.

        Errors: BlockError KG002 there are none, KG004 bad syntax, KG007 no mapping, KG008 an alias, KG009 too deep.
        """
        node = self._document()
        if node is None:
            raise BlockError("KG002", "the front matter is empty", Location(self.first_line, 1), "give at least a slug")
        if not isinstance(node, Mapping):
            help = "write one key a line, as in slug: my-article"
            raise BlockError("KG007", "the front matter is not a list of keys and values", node.location, help)
        return node

    def _document(self) -> Node | None:
        try:
            return self._compose(_events(self.text))
        except yaml.MarkedYAMLError as error:
            raise syntax_problem(error, self.text, self.first_line, self.is_json) from None
        except yaml.reader.ReaderError as error:
            message = f"the front matter holds the character U+{int(error.character or 0):04X}, which YAML can't hold"
            before = self.text.encode()[: error.position].decode("utf-8", "ignore")  # libyaml counts bytes
            raise BlockError("KG004", message, self._end_of(before), "delete it") from None
        except UnicodeEncodeError as error:
            message = "the front matter holds half of a surrogate pair"
            place = self._end_of(self.text[: error.start])
            raise BlockError("KG004", message, place, "write the character itself") from None

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
                    raise BlockError("KG004", "the front matter holds a second document", self._at(event), help)
            if node is not None and stack:
                stack[-1][1].append(node)
            elif node is not None and root is None:
                root = node
        return root

    def _opened(self, event: Any, depth: int) -> Location:
        """The place where a list or mapping begins."""
        self._refuse_tag(event)
        if depth >= DEEPEST:
            raise BlockError("KG009", TOO_DEEP, self._at(event), "flatten it")
        return self._at(event)

    def _scalar(self, event: Any) -> Scalar:
        if event.tag is not None:
            self._refuse_tag(event)
        value = event.value if event.value.isascii() else event.value.translate(_SHOWN)
        if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            raise BlockError(
                "KG004", "the value holds half of a surrogate pair", self._at(event), "write the character"
            )
        return Scalar(value, not event.style, self._at(event))

    def _entries(self, items: list[Node]) -> dict[str, tuple[Location, Node]]:
        entries: dict[str, tuple[Location, Node]] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar):
                entry = f"{as_text(key)}: {as_text(value)}"
                message = (
                    f"a key must be a word, not a list or a mapping; this is left out: {visible(entry, len(entry))}"
                )
                self._note("KG007", message, key.location, "write a word, or put quotation marks around the key")
            elif key.text in entries:
                first = entries[key.text][0]
                left = as_text(value)
                shown = visible(left, len(left))
                message = f"the key {visible(key.text)} is given twice; this value is left out: {shown}"
                self._note("KG003", message, key.location, f"first given on line {first.line}; keep one of the two")
            else:
                entries[key.text] = (key.location, value)
        return entries

    def _note(self, code: str, message: str, location: Location, help: str | None) -> None:
        self.problems.append(BlockError(code, message, location, help))

    def _alias(self, event: Any) -> BlockError:
        what = "alias" if isinstance(event, yaml.AliasEvent) else "anchor"
        mark = "*" if what == "alias" else "&"
        return BlockError(
            "KG008", f"the YAML {what} {mark}{event.anchor} is not allowed", self._at(event), "write the value out"
        )

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            message = f"the YAML tag {visible(event.tag)} is not read; the value stays as written"
            self._note("KG008", message, self._at(event), "leave the tag out")

    def _at(self, event: Any) -> Location:
        return self._place(event.start_mark)

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
