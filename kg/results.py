"""Answers as text, solution by solution: the standard result forms, and cells for a table."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolution, Triple

from kg import namespaces as ns
from kg.diagnostics import printable
from kg.export.rdf import stand_in

NUMBERS = frozenset(
    ns.XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_RESULTS = "http://www.w3.org/2005/sparql-results#"

Term = NamedNode | BlankNode | Literal | Triple | None
Writer = Callable[[list[str], Iterable[QuerySolution]], Iterator[str]]


def as_json(names: list[str], solutions: Iterable[QuerySolution]) -> Iterator[str]:
    """Source: SPARQL 1.1 Query Results JSON Format."""
    yield f'{{"head":{{"vars":{json.dumps(names)}}},"results":{{"bindings":['
    for number, solution in enumerate(solutions):
        bound = {name: json_term(term) for name in names if (term := solution[name]) is not None}
        yield ("," if number else "") + "\n" + json.dumps(bound, ensure_ascii=False)
    yield "\n]}}\n"


def json_term(term: Term) -> dict[str, Any]:
    """A term in the JSON result form."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: json_term(part) for name, part in parts.items()}}
    assert isinstance(term, Literal)
    found = {"type": "literal", "value": term.value}
    if term.language:
        return {**found, "xml:lang": term.language}
    kind = term.datatype.value
    return found if kind == ns.XSD + "string" else {**found, "datatype": kind}


def as_tsv(names: list[str], solutions: Iterable[QuerySolution]) -> Iterator[str]:
    """Exact terms. Source: SPARQL 1.1 Query Results CSV and TSV Formats."""
    yield "\t".join(f"?{name}" for name in names) + "\n"
    for solution in solutions:
        terms = (solution[name] for name in names)
        yield "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in terms) + "\n"


def as_safe_csv(names: list[str], solutions: Iterable[QuerySolution]) -> Iterator[str]:
    """CSV in which a cell that a spreadsheet would run as a formula has an apostrophe before it."""
    return _csv(names, solutions, _safe_cell)


def as_raw_csv(names: list[str], solutions: Iterable[QuerySolution]) -> Iterator[str]:
    """CSV with the exact text of each term. Source: RFC 4180."""
    return _csv(names, solutions, plain)


def _csv(names: list[str], solutions: Iterable[QuerySolution], cell: Callable[[Term], str]) -> Iterator[str]:
    yield _csv_row(names)
    for solution in solutions:
        yield _csv_row([cell(solution[name]) for name in names])


def _csv_row(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _safe_cell(term: Term) -> str:
    text = plain(term)
    number = isinstance(term, Literal) and term.datatype.value in NUMBERS
    return "'" + text if text.startswith(_RISKY) and not number else text


def as_xml(names: list[str], solutions: Iterable[QuerySolution]) -> Iterator[str]:
    """What XML can't hold is written as ``[U+0001]``. Source: SPARQL Query Results XML Format."""
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    yield f'<?xml version="1.0"?>\n<sparql xmlns="{_RESULTS}"><head>{head}</head><results>'
    for solution in solutions:
        cells = ((name, solution[name]) for name in names)
        inside = "".join(f"<binding name={quoteattr(n)}>{_xml_term(t)}</binding>" for n, t in cells if t is not None)
        yield f"\n<result>{inside}</result>"
    yield "\n</results></sparql>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{term.value}</bnode>"
    if isinstance(term, Triple):
        parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
        return "<triple>" + "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts) + "</triple>"
    assert isinstance(term, Literal)
    text = escape(stand_in(term.value), {"\r": "&#13;"})
    kind = term.datatype.value
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    return (
        f"<literal>{text}</literal>"
        if kind == ns.XSD + "string"
        else f"<literal datatype={quoteattr(kind)}>{text}</literal>"
    )


def boolean(value: bool, form: str) -> str:
    """The answer of an ASK query."""
    word = "true" if value else "false"
    if form == "json":
        return f'{{"head":{{}},"boolean":{word}}}\n'
    if form == "xml":
        return f'<?xml version="1.0"?>\n<sparql xmlns="{_RESULTS}"><head/><boolean>{word}</boolean></sparql>\n'
    return f"{word}\n"


WRITERS: dict[str, Writer] = {
    "json": as_json,
    "tsv": as_tsv,
    "csv": as_safe_csv,
    "raw-csv": as_raw_csv,
    "xml": as_xml,
}


def plain(term: Term) -> str:
    """A term's value without quotes or brackets."""
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def shown(term: Term, prefixes: dict[str, str]) -> str:
    """A term as a table shows it: an IRI as CURIE where a prefix fits, a literal as its text."""
    if isinstance(term, NamedNode):
        return _short(term.value, prefixes)
    return printable(plain(term), keep="\n")


def _short(iri: str, prefixes: dict[str, str]) -> str:
    short = ns.compress(iri, prefixes)
    if short is None:
        short = next((f"{p}:{iri[len(i) :]}" for p, i in prefixes.items() if iri.startswith(i)), f"<{iri}>")
    return short


def n_triples(triples: Iterable[Triple]) -> list[str]:
    """Triples as N-Triples lines without the final dot, sorted, each once."""
    return sorted({f"{t.subject} {t.predicate} {t.object}" for t in triples})
