"""What libyaml refuses, said in a writer's words."""

from typing import Any

import yaml

from kg.diagnostics import Location, visible

DEEPEST = 40
TOO_DEEP = f"the front matter is nested over {DEEPEST} levels deep"
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


class BlockError(Exception):
    """Why front matter, or a value in it, can't be read: a code, the words, the place and what to do."""

    def __init__(self, code: str, message: str, location: Location, help: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.location, self.help = code, message, location, help


def syntax_problem(error: yaml.MarkedYAMLError, text: str, first_line: int, is_json: bool) -> BlockError:
    """What libyaml refuses, in words about the file; `first_line`: the number of the text's first line in it."""
    return _Explainer(text, first_line, is_json).problem(error)


class _Explainer:
    def __init__(self, text: str, first_line: int, is_json: bool) -> None:
        self.lines = text.split("\n")
        self.first_line = first_line
        self.is_json = is_json

    def problem(self, error: yaml.MarkedYAMLError) -> BlockError:
        mark: Any = error.problem_mark or error.context_mark
        problem = (error.problem or str(error)).strip()
        if "nesting depth" in problem:
            return BlockError("KG009", TOO_DEEP, self._place(mark), "flatten it")
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
                return BlockError("KG004", message.format(shown), self._place(mark), help)
        return BlockError("KG004", f"the front matter is not valid YAML: {problem}", self._place(mark), None)

    def _bare_colon(self, mark: Any) -> BlockError:
        before = self._line(mark)[: mark.column]
        if before[:1].isspace() and ": " not in before:
            message = "the line is indented, so it goes on with the value above, which then holds a bare colon"
            help = "take the indent off if it is a key, else put quotation marks around the whole value"
            return BlockError("KG004", message, self._place(mark), help)
        return BlockError("KG004", "the value holds a bare colon", self._place(mark), _QUOTE)

    def _unclosed(self, mark: Any, opening: Any, bracket: str) -> BlockError:
        """A list or mapping in brackets: in YAML most often not closed, in JSON most often without a comma."""
        if self.is_json or opening is None or opening.line == mark.line:
            help = "add it" if self.is_json else "add it, or put quotation marks around the value"
            return BlockError("KG004", f"a comma or {bracket} is missing here", self._place(mark), help)
        message = f"the bracket that opens here is not closed with {bracket}"
        return BlockError("KG004", message, self._place(opening), "close it, or put quotation marks around the value")

    def _line(self, mark: Any) -> str:
        """The line of a place, as far as it goes."""
        return "".join(self.lines[mark.line : mark.line + 1])

    def _place(self, mark: Any) -> Location:
        return Location(self.first_line + mark.line, mark.column + 1)
