"""Turtle, N-Triples, N-Quads, TriG and RDF/XML: Oxigraph's writers over sorted triples."""

import re
from collections.abc import Callable

from pyoxigraph import RdfFormat, parse, serialize

from kg.export.selection import Selection
from kg.mapping.terms import A

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPED_NOT_XML = re.compile(r"\\u(00(?:0[0-8BCEFbcef]|1[0-9A-Fa-f])|FFF[EFef]|fff[EFef])")


def turtle(selection: Selection) -> bytes:
    """Turtle with prefixes, a blank line between nodes, each node's class first."""
    return tidy(_serialize(class_first(selection.triples()), RdfFormat.TURTLE, selection.prefixes()))


def n_triples(selection: Selection) -> bytes:
    """Sorted N-Triples."""
    return "".join(f"{line} .\n" for line in selection.triples()).encode()


def n_quads(selection: Selection) -> bytes:
    """Sorted N-Quads."""
    return "".join(f"{line} .\n" for line in selection.quads()).encode()


def trig(selection: Selection) -> bytes:
    """TriG: one block a named graph."""
    lines = [f"{line} <{graph}>" for graph, lines in selection.graphs.items() for line in class_first(lines)]
    return tidy(_serialize(lines, RdfFormat.TRIG, selection.prefixes()))


def rdf_xml(selection: Selection) -> bytes:
    """RDF/XML; a character that XML can't hold becomes its stand-in."""
    lines = [stand_in_escaped(line) for line in selection.triples()]
    return _serialize(lines, RdfFormat.RDF_XML, selection.prefixes())


def class_first(lines: list[str]) -> list[str]:
    """Sorted lines with each subject's class before its other properties."""
    return sorted(lines, key=lambda line: (line[: line.index(" ")], f" {A} " not in line, line))


def tidy(turtle: bytes) -> bytes:
    """Oxigraph's Turtle with its prefixes sorted, the unused ones off, and a blank line between nodes.

    A line end never stands in a literal there, so lines can be taken as they are.
    """
    lines = turtle.decode().split("\n")
    body = [line for line in lines if not line.startswith("@prefix ")]
    text = "\n".join(body)
    heads = sorted(line for line in lines if line.startswith("@prefix ") and f"{line.split()[1]}" in text)
    blocks = [line if line.startswith(("\t", "}")) or not line else "\n" + line for line in body]
    return ("\n".join(heads) + "\n" + "\n".join(blocks)).encode()


def stand_in(text: str) -> str:
    """Show what XML 1.0 §2.2 can't hold as ``[U+0001]``.

    >>> stand_in("a" + chr(1))
    'a[U+0001]'
    """
    return _NOT_XML.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def stand_in_escaped(line: str) -> str:
    """The same in a line of N-Triples, where such a character may stand as an escape.

    >>> stand_in_escaped('"a' + chr(92) + 'u001B"')
    '"a[U+001B]"'
    """
    text = stand_in(line)
    return _ESCAPED_NOT_XML.sub(_unescaped, text) if "\\u" in text else text


def _unescaped(match: re.Match[str]) -> str:
    # an even number of backslashes before it: the escape is one, not the end of an escaped backslash
    before = match.string[: match.start()]
    slashes = len(before) - len(before.rstrip("\\"))
    return f"[U+{match[1].upper()}]" if slashes % 2 == 0 else match[0]


def has_stand_ins(selection: Selection) -> bool:
    """Whether RDF/XML and GraphML hold stand-ins for some characters."""
    return any(stand_in_escaped(line) != line for line in selection.triples())


def _serialize(lines: list[str], form: RdfFormat, prefixes: dict[str, str]) -> bytes:
    quads = parse("".join(f"{line} .\n" for line in lines).encode(), RdfFormat.N_QUADS, lenient=True)
    items = quads if form == RdfFormat.TRIG else (quad.triple for quad in quads)
    return serialize(items, format=form, prefixes=prefixes) or b""


WRITERS: dict[str, Callable[[Selection], bytes]] = {
    "turtle": turtle,
    "ntriples": n_triples,
    "nquads": n_quads,
    "trig": trig,
    "rdfxml": rdf_xml,
}
