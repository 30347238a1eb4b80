"""A file's text with the means to say where in it something stands."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.diagnostics import Diagnostic, Location
from kg.model import Text

_LINE_END = re.compile(r"\r\n?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


_LONG = 1000


def _characters(data: bytes) -> int:
    return len(data) if data.isascii() else len(data.decode("utf-8", "ignore"))


@dataclass(slots=True)
class Source:
    """Decoded text with ``\\n`` line ends and no byte-order mark."""

    path: str
    text: str
    data: bytes = b""
    """The text in UTF-8, which the Markdown parser's offsets count."""
    may_hold_html: bool = False
    """Whether there is any ``<`` in it."""
    _starts: list[int] = field(default_factory=list)
    _last: tuple[int, int, int] = (0, 0, 0)
    """The line, byte offset and column, counted from 0, that were asked for last: the next is often just behind."""

    def __post_init__(self) -> None:
        self.data = self.text.encode()
        self.may_hold_html = "<" in self.text

    def location(self, offset: int) -> Location:
        """The place of a byte offset."""
        line, start = self._line(offset)
        if offset - start > _LONG:
            return self._far(line, start, offset)
        before = self.data[start:offset]
        return Location(line, _characters(before) + 1)

    def _far(self, line: int, start: int, offset: int) -> Location:
        """A place far into a line, counted from the one before it."""
        at, column = self._last[1:] if self._last[0] == line and self._last[1] <= offset else (start, 0)
        column += _characters(self.data[at:offset])
        self._last = (line, offset, column)
        return Location(line, column + 1)

    def line_start(self, offset: int) -> int:
        """The byte offset at which the line of another begins."""
        return self._line(offset)[1]

    def _line(self, offset: int) -> tuple[int, int]:
        if not self._starts:
            self._starts = [0, *(match.end() for match in re.finditer(b"\n", self.data))]
        line = bisect_right(self._starts, offset)
        return line, self._starts[line - 1]

    def problem(self, place: Location | int, code: str, message: str, help: str | None = None) -> Diagnostic:
        """A diagnostic at a place of this file."""
        at = self.location(place) if isinstance(place, int) else place
        return Diagnostic(self.path, at.line, at.column, code, message, help)


def decode(data: bytes, path: str) -> tuple[Source | None, list[Diagnostic]]:
    """Decode UTF-8, with or without a byte-order mark, and any line ends.

    Errors: KG005 not UTF-8 (at the first bad byte); KG019 control characters, once a line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(data, path, error)]
    source = Source(path, _LINE_END.sub("\n", text) if "\r" in text else text)
    return source, _control_characters(source)


def _not_utf8(data: bytes, path: str, error: UnicodeDecodeError) -> Diagnostic:
    # utf-8-sig counts offsets behind the mark that it took off
    offset = error.start + (3 if data.startswith(b"\xef\xbb\xbf") and error.object[:3] != b"\xef\xbb\xbf" else 0)
    before = _LINE_END.sub("\n", data[:offset].decode("utf-8", "replace").removeprefix("\ufeff"))
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    message = f"the file is not UTF-8: byte 0x{data[offset]:02x} at offset {offset}"
    return Diagnostic(path, line, column, "KG005", message, "save the file as UTF-8")


def _control_characters(source: Source) -> list[Diagnostic]:
    if not _CONTROL.search(source.text):
        return []
    found: list[Diagnostic] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        if match := _CONTROL.search(line):
            found.append(_control(source, Location(number, match.start() + 1), match[0]))
    return found


def escaped_controls(source: Source, mark: str, texts: Iterable[Text]) -> list[Diagnostic]:
    """KG019 for control characters that stand in the file as escapes, which begin with a mark."""
    if mark not in source.text:
        return []
    matches = [(text.location, match[0]) for text in texts if (match := _CONTROL.search(text.value))]
    return [_control(source, at, char, ", as an escape") for at, char in matches if char not in source.text]


def _control(source: Source, at: Location, char: str, how: str = "") -> Diagnostic:
    help = "delete it" if "\x7f" <= char <= "\x9f" else "delete it; RDF/XML and GraphML can't hold it"
    return source.problem(at, "KG019", f"control character U+{ord(char):04X}{how}", help)
