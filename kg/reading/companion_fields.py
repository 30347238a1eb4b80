"""The keys of a companion's objects: each checked by us, and what can't be read kept as it was written."""

import json
import re
from bisect import bisect_right
from datetime import date
from typing import Any

from kg.diagnostics import Diagnostic, Location, visible
from kg.model import Json
from kg.reading.json_text import Object, key_offset
from kg.reading.source import Source

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNICODE = re.compile(r"(?<!\\)(?:\\\\)*\\u([0-9a-fA-F]{4})")
_HALF = re.compile(r"((?<!\\)(?:\\\\)*)\\u(?:d[89ab]..(?!\\ud[c-f])|(?<!\\ud[89ab]..\\u)d[c-f]..)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_DAYS = frozenset({"assessedAt", "reviewedAt", "accessed", "documentedAt"})


class JsonSource:
    """The text of a companion, with the means to say where in it something stands."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self.lines = [0, *(match.end() for match in re.finditer("\n", source.text))]
        self.text = self._characters(source.text) if "\\u" in source.text else source.text

    def at(self, offset: int) -> Location:
        """The place of an offset."""
        line = bisect_right(self.lines, offset)
        return Location(line, offset - self.lines[line - 1] + 1)

    def problem(self, place: int | Location, code: str, message: str, help: str | None = None) -> None:
        """Note a problem at a place of the file."""
        at = self.at(place) if isinstance(place, int) else place
        self.diagnostics.append(self.source.problem(at, code, message, help))

    def _characters(self, text: str) -> str:
        """Report what escapes write: control characters, and halves of a pair, which become U+FFFD."""
        self.text = text
        for match in _UNICODE.finditer(text):
            number = int(match[1], 16)
            if _CONTROL.match(chr(number)):
                self.problem(match.end() - 6, "KG019", f"control character U+{number:04X}", "delete it")
        for match in _HALF.finditer(text):
            self.problem(match.end() - 6, "KG019", "half of a surrogate pair, read as U+FFFD", "write the character")
        return _HALF.sub(r"\1\\ufffd", text)


class Fields:
    """The keys of one object, taken out one by one as they are read; what is left has no term of its own."""

    def __init__(self, source: JsonSource, found: Object) -> None:
        self.source = source
        self.start = found.start
        self.left: dict[str, Any] = dict(found)
        self.location = source.at(found.start)

    def place(self, key: str) -> Location:
        """Where the value of a key stands."""
        return self.source.at(key_offset(self.source.text, self.start, key))

    def wrong(self, key: str, wanted: str) -> None:
        """Report a value of the wrong form; it stays where it is."""
        message = f"{key} is {shown(self.left[key])}, not {wanted}"
        self.source.problem(self.place(key), "KG011", message, f"write {wanted}; as it stands it is kept unread")

    def read(self, names: dict[str, str]) -> dict[str, Any]:
        """Texts and days, by the name that they are to have; the names' keys are given."""
        return {name: (self.date if key in _DAYS else self.text)(key) for name, key in names.items()}

    def text(self, key: str) -> str | None:
        """Text; where there is none, nothing."""
        value = self.left.get(key)
        if isinstance(value, str):
            return str(self.left.pop(key)) if value.strip() else None
        if value is not None:
            self.wrong(key, "text in double quotes")
        return None

    def date(self, key: str) -> date | None:
        """A day, written YYYY-MM-DD."""
        value = self.left.get(key)
        try:
            if isinstance(value, str) and _DATE.fullmatch(value):
                found = date.fromisoformat(value)
                del self.left[key]
                return found
        except ValueError:
            pass
        if value not in (None, ""):
            self.wrong(key, "a date as YYYY-MM-DD")
        return None

    def whole_number(self, key: str) -> int | None:
        """A whole number."""
        value = self.left.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return int(self.left.pop(key))
        if value is not None:
            self.wrong(key, "a whole number")
        return None

    def flag(self, key: str) -> bool | None:
        """True or false."""
        value = self.left.get(key)
        if isinstance(value, bool):
            return bool(self.left.pop(key))
        if value is not None:
            self.wrong(key, "true or false")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; one that is empty or holds anything else stays as it is."""
        value = self.left.get(key)
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(self.left.pop(key)) if value else ()
        if value is not None:
            self.wrong(key, "a list of texts")
        return ()

    def inner(self, key: str) -> "Fields | None":
        """An object; what is left of it when it is read goes back by `keep`."""
        value = self.left.get(key)
        if isinstance(value, Object):
            return Fields(self.source, self.left.pop(key)) if value else None
        if value is not None:
            self.wrong(key, "an object in braces")
        return None

    def objects(self, key: str) -> "list[Fields]":
        """A list of objects; what is none stays."""
        value = self.left.get(key)
        if not isinstance(value, list):
            if value is not None:
                self.wrong(key, "a list of objects")
            return []
        if value:
            del self.left[key]
        others = [item for item in value if not isinstance(item, Object)]
        if others:
            self.left[key] = others
            self.wrong(key, "a list of objects alone")
        return [Fields(self.source, item) for item in value if isinstance(item, Object)]

    def keep(self, key: str, value: Json) -> None:
        """Put back what has no term of its own."""
        if value:
            self.left[key] = value

    def refuse(self, key: str, value: "Fields") -> None:
        """Keep an object of a list that can't be read."""
        self.left.setdefault(key, []).append(value.left)


def shown(value: Json, limit: int = 80) -> str:
    """A value for a message, as JSON."""
    return visible(
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), limit, isinstance(value, str)
    )
