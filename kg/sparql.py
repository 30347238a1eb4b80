"""SPARQL's own tokens: enough to bind parameters, to refuse what may not run, and to name what a query speaks of.

Source: SPARQL 1.1 §19.8, the terminals. Words may touch other tokens, as Oxigraph's grammar allows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import UsageError

LONGEST = 64 * 1024
DEEPEST = 200
_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<comment>\#[^\r\n]*)
    |(?P<iri><[^<>"{}|^`\x00-\x20]*>)
    |(?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
        |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<blank>_:[\w.·-]*\w|\[[ \t\r\n]*\])
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<name>(?:[^\W\d_](?:[\w.·-]*[\w·-])?)?:(?:(?:[\w:·-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])
        (?:(?:[\w.:·-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*(?:[\w:·-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]))?)?)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    |(?P<word>[^\W\d]\w*)
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_SERVICE_NAME = re.compile(r"[^:]*service[^:]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """One terminal and where it stands."""

    kind: str
    text: str
    start: int


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query, white space and comments left out."""
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "mark"
        if kind not in ("space", "comment"):
            yield Token(kind, match[0], match.start())


def refuse(query: str) -> None:
    """Refuse what kg does not run: calls to other servers, updates, texts too long or nested too deeply.

    Errors: UsageError, one sentence.
    """
    if any("\ud800" <= char <= "\udfff" for char in query):
        raise UsageError("the query is not UTF-8", "write it in UTF-8, or é as \\u00E9")
    if len(query.encode()) > LONGEST:
        raise UsageError(f"the query is longer than {LONGEST // 1024} KB")
    found = list(tokens(query))
    _refuse_depth(found)
    _refuse_service(found)
    first = next((t.text.upper() for t in found if t.kind == "word" and t.text.upper() in _UPDATES | FORMS), "")
    if first in _UPDATES:
        raise UsageError(f"{first} would change the graph, which is made from the files alone", "edit the briefs")


def _refuse_depth(found: list[Token]) -> None:
    depth = 0
    for token in found:
        depth += (token.text in ("{", "(", "[")) - (token.text in ("}", ")", "]"))
        if depth > DEEPEST:
            raise UsageError(f"the query is nested over {DEEPEST} levels deep")


def _refuse_service(found: list[Token]) -> None:
    """SERVICE as a keyword, also where it touches the word or number before it, or the name behind it."""
    for index, token in enumerate(found):
        following = found[index + 1].text if index + 1 < len(found) else ""
        before = found[index - 1].text.upper() if index else ""
        touches = token.kind == "name" and _SERVICE_NAME.match(token.text) and following == "{" and before != "GRAPH"
        if touches or (token.kind == "word" and "SERVICE" in token.text.upper()):
            raise UsageError("SERVICE is not allowed: a query never leaves this machine", "ask this graph alone")


def names_dataset(query: str) -> bool:
    """Whether a query says with FROM or FROM NAMED which graphs it is about; the word may touch the one before it."""
    return any(token.kind == "word" and "FROM" in token.text.upper() for token in tokens(query))


def replace_parameters(query: str, terms: dict[str, str]) -> str:
    """Put serialised terms in the places of ``$name``; ``?name`` stays a variable.

    >>> replace_parameters("SELECT ?s { ?s ?p $x } # $x", {"x": '"a"'})
    'SELECT ?s { ?s ?p "a" } # $x'
    """
    parts, at = [], 0
    for token in tokens(query):
        if token.kind == "variable" and token.text[0] == "$" and token.text[1:] in terms:
            parts += [query[at : token.start], terms[token.text[1:]]]
            at = token.start + len(token.text)
    return "".join([*parts, query[at:]])


def parameters(query: str) -> set[str]:
    """The names that a query writes with ``$``."""
    return {token.text[1:] for token in tokens(query) if token.kind == "variable" and token.text[0] == "$"}


def declared(query: str) -> dict[str, str]:
    """The prefixes that a query declares, each with its IRI."""
    stream = list(tokens(query))
    return {
        name.text.removesuffix(":"): iri.text[1:-1]
        for word, name, iri in zip(stream, stream[1:], stream[2:], strict=False)
        if word.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri"
    }


def named_iris(query: str, prefixes: dict[str, str]) -> dict[str, str]:
    """The IRIs that a query names, each with the way it is written, those of its prologue left out."""
    known = {**prefixes, **declared(query)}
    found: dict[str, str] = {}
    stream = list(tokens(query))
    for index, token in enumerate(stream):
        before = stream[index - 1].text.upper() if index else ""
        before2 = stream[index - 2].text.upper() if index > 1 else ""
        if token.kind == "iri" and before2 != "PREFIX" and before != "BASE":
            found.setdefault(token.text[1:-1], token.text)
        elif token.kind == "name" and before != "PREFIX":
            prefix, _, local = token.text.partition(":")
            if prefix in known:
                found.setdefault(known[prefix] + re.sub(r"\\(.)", r"\1", local), token.text)
    return found
