"""Answers as text: tables for people, the standard result forms for programs."""

import csv
import io
from collections.abc import Iterable

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
)

from kg import namespaces as ns

SOLUTION_FORMATS = {
    "json": QueryResultsFormat.JSON,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
}
NUMBERS = frozenset(
    ns.XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)
_RISKY = ("=", "+", "-", "@", "\t", "\r")

Term = NamedNode | BlankNode | Literal | Triple | None


def serialize_solutions(answer: QuerySolutions | QueryBoolean, form: str, raw: bool = False) -> bytes:
    """Solutions or a boolean in a SPARQL result form.

    In csv a cell that a spreadsheet would run as a formula gets an apostrophe before it, unless `raw`.
    Source: SPARQL 1.1 Query Results JSON, CSV and TSV, XML.
    """
    if form == "csv" and not raw and isinstance(answer, QuerySolutions):
        return _safe_csv(answer)
    return answer.serialize(format=SOLUTION_FORMATS[form]) or b""


def _safe_csv(solutions: QuerySolutions) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = [variable.value for variable in solutions.variables]
    writer.writerow(names)
    for solution in solutions:
        writer.writerow([_cell(solution[name]) for name in names])
    return out.getvalue().encode()


def _cell(term: Term) -> str:
    text = plain(term)
    number = isinstance(term, Literal) and term.datatype.value in NUMBERS
    return "'" + text if text.startswith(_RISKY) and not number else text


def plain(term: Term) -> str:
    """A term's value without quotes or brackets."""
    if term is None:
        return ""
    if isinstance(term, NamedNode | Literal):
        return term.value
    return str(term)


def shown(term: Term, prefixes: dict[str, str]) -> str:
    """A term as a table shows it: an IRI as CURIE where a prefix fits, a literal as its text."""
    if isinstance(term, NamedNode):
        short = ns.compress(term.value, prefixes)
        if short is None:
            short = next((f"{p}:{term.value[len(i) :]}" for p, i in prefixes.items() if term.value.startswith(i)), None)
        return short or f"<{term.value}>"
    return "".join(char if char.isprintable() or char == "\n" else f"\\u{ord(char):04x}" for char in plain(term))


def rows(solutions: QuerySolutions, prefixes: dict[str, str]) -> tuple[list[str], list[list[str]]]:
    """The variables, and each solution as cells."""
    names = [variable.value for variable in solutions.variables]
    return names, [[shown(solution[name], prefixes) for name in names] for solution in solutions]


def n_triples(triples: Iterable[Triple]) -> bytes:
    """Triples as N-Triples in one order, each once."""
    lines = sorted({f"{t.subject} {t.predicate} {t.object} .\n" for t in triples})
    return "".join(lines).encode()


GRAPH_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdfxml": RdfFormat.RDF_XML,
}
