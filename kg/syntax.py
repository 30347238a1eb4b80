"""A query that Oxigraph can't read: the place, the line with a caret, and what is wrong in words."""

import difflib
import re
from itertools import pairwise

from kg import namespaces as ns
from kg.diagnostics import printable
from kg.errors import UsageError
from kg.sparql import FORMS, Token, declared, tokens

_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<what>.*)", re.DOTALL)
_KEYWORD = re.compile(r"[A-Za-z_]{2,}")
_SENTENCE = re.compile(r"[A-Z\\*][A-Za-z\\*]*(?: [A-Za-z*.]+){2,}")
_MORE = 60
"""How many characters of a long line are shown to either side of the place."""


def syntax_error(text: str, message: str) -> UsageError:
    """What Oxigraph's message means: an error with line, column, the line itself and a caret below the place."""
    if next(tokens(text), None) is None:
        return UsageError("the query is empty", "kg queries lists some to begin with")
    match = _PLACE.match(message)
    if match is None:
        return UsageError(f"the query can't be read: {message}")
    at = _start(text, int(match["line"]), int(match["column"]), match["what"])
    if (unknown := _undeclared(text)) is not None:
        return _unknown_prefix(text, unknown)
    return UsageError(_shown(text, at, _words(text, at, match["what"])), _form(text))


def _start(text: str, line: int, column: int, what: str) -> int:
    """The offset of the place. Where a keyword could stand, Oxigraph gives the place behind the longest read."""
    lines = text.split("\n")
    at = sum(len(before) + 1 for before in lines[: line - 1]) + column - 1
    items = [item for item in what.split(", ") if item != "[_]"]
    if items and all(_KEYWORD.fullmatch(item) for item in items):
        at -= min(len(item) for item in items)
    return max(0, min(at, len(text)))


def _words(text: str, at: int, what: str) -> str:
    """Oxigraph's sentence, where its list of what it expected holds one: the list itself only misleads."""
    for item in what.split(", "):
        if _SENTENCE.fullmatch(item):
            return item.rstrip(".")
    marks = [token.text for token in tokens(text) if token.kind == "mark"]
    closed = sum(marks.count(mark) for mark in "})]") > sum(marks.count(mark) for mark in "{([")
    return "the query can't be read here" if text[at:].strip() or closed else "the query ends too early"


def _form(text: str) -> str | None:
    """Help for a query whose first word is none that a query begins with."""
    words = [token.text.upper() for token in tokens(text) if token.kind == "word"]
    if not FORMS.isdisjoint(words):
        return None
    near = difflib.get_close_matches(words[0], FORMS, 1) if words else []
    return f"did you mean {near[0]}?" if near else "a query has SELECT, ASK, CONSTRUCT or DESCRIBE"


def _shown(text: str, at: int, words: str) -> str:
    line, column = text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1)
    whole = text.split("\n")[line - 1].rstrip("\r")
    start = max(0, column - _MORE)
    before, after = whole[start:column].replace("\t", " "), whole[column : column + _MORE].replace("\t", " ")
    indent = " " * len(printable(before))
    return f"query:{line}:{column + 1}: {words}\n  {printable(before + after)}\n  {indent}^"


def _undeclared(text: str) -> Token | None:
    """The first prefixed name whose prefix is unknown; what merely looks like one in a broken IRI or string is none."""
    known = ns.PREFIXES.keys() | declared(text).keys()
    for before, token in pairwise([Token("mark", "", 0), *tokens(text)]):
        if token.kind == "name" and before.text.upper() != "PREFIX" and before.text not in ("<", '"', "'"):
            prefix = token.text.partition(":")[0]
            address = text.startswith("//", token.start + len(token.text))
            if prefix not in known and not address:
                return token
    return None


def _unknown_prefix(text: str, name: Token) -> UsageError:
    prefix = name.text.partition(":")[0]
    near = difflib.get_close_matches(prefix, ns.PREFIXES, 1, 0.5)
    hint = f"did you mean {near[0]}:? " if near else ""
    known = f"write PREFIX {prefix}: <…> before the query; known without: {', '.join(ns.PREFIXES)}"
    return UsageError(_shown(text, name.start, f"the prefix {printable(prefix)}: is unknown"), hint + known)
