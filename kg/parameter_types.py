"""The types of a query's parameters: what is written on the command line → a term of SPARQL."""

import re
from collections.abc import Callable
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg import namespaces as ns
from kg.addresses import slug_of_address
from kg.errors import UsageError
from kg.works import work_of

ParameterType = Callable[[str, str], str]
"""From a value and the garden's base to the term, as SPARQL writes it.

Errors: UsageError for a value of the wrong type.
"""

SHARED = {
    "work": "mentions",
    "kind": "kinds",
    "topic": "topics",
    "audience": "audiences",
    "series": "series",
    "reviewer": "agents",
}
"""Each type of nodes that articles share, with the folder of their IRIs; a value is the name that articles write."""

CONCEPTS = ("state", "confidence", "support")
"""The types whose values are words of the ontology, such as kg:state-draft."""


def is_iri(value: str) -> bool:
    """Whether a text is an absolute IRI."""
    try:
        NamedNode(value)
    except (ValueError, UnicodeEncodeError):
        return False
    return True


def node(kind: str, value: str, base: str) -> NamedNode | None:
    """The node that a value stands for; None where its type says that it is a literal."""
    term = TYPES[kind](value, base)
    return NamedNode(term[1:-1]) if term.startswith("<") else None


def _known_iri(value: str, base: str) -> str | None:
    """A node of the garden by its IRI, or by the short form that tables show."""
    iri = base + value.removeprefix("garden:") if value.startswith("garden:") else value
    return f"<{iri}>" if iri.startswith(base) and is_iri(iri) else None


def _article(value: str, base: str) -> str:
    """An article by its slug or its IRI."""
    return _known_iri(value, base) or f"<{ns.article(base, value)}>"


def _claim(value: str, base: str) -> str:
    """A claim as ``slug#claim-001``, or by its IRI."""
    slug, _, claim = value.rpartition("#")
    return _known_iri(value, base) or f"<{ns.article(base, slug or value)}#{ns.segment(claim)}>"


def _shared(space: str) -> ParameterType:
    return lambda value, base: _known_iri(value, base) or f"<{base}{space}/{ns.fold(value)}>"


def _concept(scheme: str) -> ParameterType:
    return lambda value, base: f"<{ns.KG}{scheme}-{ns.fold(value)}>"


def _cited(value: str, base: str) -> str:
    """A cited work by its IRI, an address of it (a bare DOI too), or its title, which is a string.

    >>> _cited("10.1000/ABC", "https://g.example/"), _cited("Tide Tables", "https://g.example/")
    ('<https://g.example/works/doi/10.1000%2Fabc>', '"Tide Tables"')
    """
    if slug := slug_of_address(base, "", value):
        return f"<{ns.article(base, slug)}>"
    if known := _known_iri(value, base):
        return known
    work = work_of(value) or work_of(f"doi:{value}")
    return f"<{base}works/{work.name}>" if work else _string(value, base)


def _string(value: str, base: str) -> str:
    if not value.isprintable() and any("\ud800" <= char <= "\udfff" for char in value):
        raise UsageError("a value is not UTF-8", "write it in UTF-8")
    return str(Literal(value))


def _integer(value: str, base: str) -> str:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise UsageError(f'"{value}" is no whole number')
    return value


def _number(value: str, base: str) -> str:
    if not re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", value):
        raise UsageError(f'"{value}" is no number', "write it as 2 or 0.25")
    return value


def _date(value: str, base: str) -> str:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise UsageError(f'"{value}" is no date', "write YYYY-MM-DD") from None
    return str(Literal(value, datatype=NamedNode(ns.XSD + "date")))


def _iri(value: str, base: str) -> str:
    iri = ns.expand(value) or value
    if not is_iri(iri):
        raise UsageError(f'"{value}" is no IRI', "write a CURIE such as schema:text, or a whole address")
    return f"<{iri}>"


TYPES: dict[str, ParameterType] = {
    "string": _string,
    "integer": _integer,
    "number": _number,
    "date": _date,
    "iri": _iri,
    "article": _article,
    "claim": _claim,
    "cited": _cited,
    **{name: _shared(space) for name, space in SHARED.items()},
    **{name: _concept(name) for name in CONCEPTS},
}
