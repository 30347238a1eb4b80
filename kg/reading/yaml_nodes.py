"""The values of front matter as they were written, each with its place."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from kg.diagnostics import Location
from kg.model import Json, Text

_JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\Z")
_WORDS: dict[str, Json] = {"null": None, "~": None, "": None, "true": True, "false": False}


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


def as_text(node: Node) -> str:
    """A value for a message: a scalar's text, anything else as JSON."""
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


def strings(node: Node) -> Iterator[Text]:
    """All keys and values below a node, each with its place."""
    if isinstance(node, Scalar):
        yield Text(node.text, node.location)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from strings(item)
    else:
        for key, (at, value) in node.entries.items():
            yield Text(key, at)
            yield from strings(value)
