"""JSON that knows where each object stands and forgets no key.

Source: RFC 8259; §4 leaves it open what a key given twice means: here the first counts and the second is reported.
"""

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kg.model import Json

Plan = Mapping[str, "Plan"]
"""The keys whose objects, alone or in lists, are to know their places."""
Twice = Callable[[int, str, Json], None]
"""Told of a key given twice in one object: where, its name and the value that is left out."""

_SPACE = re.compile(r"[ \t\n\r]*")
_COMMA = re.compile(r"[ \t\n\r]*,[ \t\n\r]*")
_COLON = re.compile(r"[ \t\n\r]*:[ \t\n\r]*")


class Object(dict[str, Any]):
    """A JSON object and the offset at which it opens."""

    __slots__ = ("start",)
    start: int


class NotJsonError(Exception):
    """Text that is no JSON."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message, self.offset = message, offset


def read_json(text: str, plan: Plan, twice: Twice) -> Any:
    """Decode a whole text; an object that the plan reaches is an `Object`.

    Errors: NotJsonError; RecursionError where it is nested too deeply.
    """
    reader = _Reader(text, twice)
    start = _space(text, 0)
    value, end = reader.value(start, plan)
    if _space(text, end) < len(text):
        raise NotJsonError("text behind the end of the value", _space(text, end))
    if reader.repeated:
        _Reader(text, twice, slow=True).value(start, {})
    return value


def key_offset(text: str, start: int, key: str) -> int:
    """Where the value of a key stands, in the object that opens at an offset; the object itself without it."""
    for name, _, at, _ in _Reader(text, lambda *_: None).entries(start):
        if name == key:
            return at
    return start


class _Reader:
    """Walks the objects of the plan in Python and leaves what is below them to the C scanner."""

    def __init__(self, text: str, twice: Twice, slow: bool = False) -> None:
        self.text = text
        self.twice = twice
        self.slow = slow
        self.repeated = False
        decoder = json.JSONDecoder(
            object_pairs_hook=self._pairs, parse_float=_float, parse_int=_int, parse_constant=_constant
        )
        self.scan = decoder.raw_decode

    def _pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(reversed(pairs)) if len(pairs) > len({key for key, _ in pairs}) else dict(pairs)
        self.repeated = self.repeated or len(found) < len(pairs)
        return found

    def value(self, at: int, plan: Plan | None) -> tuple[Any, int]:
        first = self.text[at : at + 1]
        if first == "{" and (plan or self.slow):
            return self._object(at, plan or {})
        if first == "[" and (plan is not None or self.slow):
            return self._array(at, plan)
        value, end = self._scan(at)
        if plan is not None and isinstance(value, dict):
            value = Object(value)
            value.start = at
        return value, end

    def _scan(self, at: int) -> tuple[Any, int]:
        try:
            return self.scan(self.text, at)
        except json.JSONDecodeError as error:
            raise NotJsonError(error.msg[:1].lower() + error.msg[1:], error.pos) from None
        except ValueError as error:
            raise NotJsonError(str(error), at) from None

    def _object(self, at: int, plan: Plan) -> tuple[Object, int]:
        found = Object()
        found.start = at
        end = _space(self.text, at + 1) + 1
        for key, value, place, after in self.entries(at, plan):
            end = after
            if key not in found:
                found[key] = value
                continue
            self.repeated = True
            if self.slow:
                self.twice(place, key, value)
        return found, end

    def entries(self, at: int, plan: Plan | None = None) -> Iterator[tuple[str, Any, int, int]]:
        """Each key of an object, its value, where that stands, and the offset behind the brace if it is the last."""
        at = _space(self.text, at + 1)
        if self.text.startswith("}", at):
            return
        while True:
            if not self.text.startswith('"', at):
                raise NotJsonError("expecting a key in double quotes", at)
            key, at = self._scan(at)
            start = self._mark(_COLON, at, "expecting ':'")
            value, at = self.value(start, (plan or {}).get(key))
            end = _space(self.text, at)
            yield key, value, start, end + 1
            if self.text.startswith("}", end):
                return
            at = self._mark(_COMMA, at, "expecting ',' or '}'")

    def _array(self, at: int, plan: Plan | None) -> tuple[list[Any], int]:
        found: list[Any] = []
        at = _space(self.text, at + 1)
        if self.text[at : at + 1] == "]":
            return found, at + 1
        while True:
            value, at = self.value(at, plan)
            found.append(value)
            if self.text.startswith("]", _space(self.text, at)):
                return found, _space(self.text, at) + 1
            at = self._mark(_COMMA, at, "expecting ',' or ']'")

    def _mark(self, pattern: re.Pattern[str], at: int, message: str) -> int:
        match = pattern.match(self.text, at)
        if match is None:
            raise NotJsonError(message, _space(self.text, at))
        return match.end()


def _space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _int(digits: str) -> int:
    if len(digits) > 400:
        raise ValueError("a number with more than 400 digits")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError("a number too large to hold")
    return number


def _constant(name: str) -> None:
    raise ValueError(f"{name}, which is no JSON")
