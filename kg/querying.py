"""Questions to the graph: named queries, their typed parameters, and what a query that finds nothing got wrong."""

import difflib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
)

from kg import namespaces as ns
from kg import resources
from kg.errors import UsageError
from kg.parameter_types import TYPES, is_iri
from kg.sparql import named_iris, names_dataset, parameters, refuse, replace_parameters
from kg.syntax import syntax_error

Answer = QuerySolutions | QueryBoolean | QueryTriples
_HEADER = re.compile(r"#\s*(?P<key>title|question|param|example)\s*:\s*(?P<value>.*?)\s*\Z")
_PARAM = re.compile(
    r"(?P<name>\w+)\s+\((?P<type>\w+)\)(?:\s*=\s*(?P<default>\S+))?\s*(?:[-\u2013\u2014]+\s*(?P<help>.*))?\Z"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a named query asks for."""

    name: str
    type: str
    default: str | None
    help: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that ships with kg, or any file with such a header."""

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    example: str
    text: str


def named_queries() -> list[NamedQuery]:
    """The queries that ship with kg, by name."""
    paths = sorted(resources.folder("queries").glob("*.rq"), key=lambda path: path.stem)
    return [read_query(path) for path in paths]


def read_query(path: Path) -> NamedQuery:
    """Read a query file.

    The lines of its header: ``# title: …``, ``# question: …``, ``# param: name (type) = default - help`` and
    ``# example: …``.

    Errors: UsageError for a file that can't be read or a parameter without a known type.
    """
    try:
        text = decoded(path.read_bytes(), str(path))
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from None
    header: dict[str, list[str]] = {}
    for line in text.splitlines():
        if match := _HEADER.match(line):
            header.setdefault(match["key"], []).append(match["value"])
    params = tuple(_parameter(path, value) for value in header.get("param", []))
    title, question, example = (" ".join(header.get(key, [])) for key in ("title", "question", "example"))
    return NamedQuery(path.stem, title, question, params, example, text)


def decoded(data: bytes, source: str) -> str:
    """The text of a query, a byte order mark off.

    Errors: UsageError with the line where it is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{source}:{line}: the query is not UTF-8: {error.reason}", "save it as UTF-8") from None


def _parameter(path: Path, value: str) -> Parameter:
    match = _PARAM.match(value)
    if match is None or match["type"] not in TYPES:
        raise UsageError(f"{path}: parameter {value!r}", f"write name (type), the type one of {', '.join(TYPES)}")
    return Parameter(match["name"], match["type"], match["default"], match["help"] or "")


def find_query(name: str) -> NamedQuery:
    """A named query, or the query in a file.

    Errors: UsageError naming the nearest where there is neither.
    """
    known = {query.name: query for query in named_queries()}
    if name in known:
        return known[name]
    if name and Path(name).exists():  # a pipe too, as a shell's <(…) is
        return read_query(Path(name))
    near = difflib.get_close_matches(name, known, 3, 0.5)
    help = f"did you mean {' or '.join(near)}?" if near else "kg queries lists the names; -e takes a query itself"
    raise UsageError(f'there is no query and no file called "{name}"', help)


def bind(query: NamedQuery, values: dict[str, str], base: str) -> str:
    """A query's text with its parameters bound as terms, the defaults where a value is missing.

    Errors: UsageError for a value that is missing, unknown or of the wrong type.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise UsageError(f"{query.name} has no parameter {name}", f"its parameters: {listed}")
    terms: dict[str, str] = {}
    for name, parameter in known.items():
        value = values.get(name, parameter.default)
        if value is None:
            raise UsageError(f"{query.name} needs a value for {name}: {parameter.help}", f"add -p {name}=…")
        terms[name] = TYPES[parameter.type](value, base)
    return replace_parameters(query.text, terms)


def bind_loose(text: str, values: dict[str, str], base: str) -> str:
    """A query's text with ``$name`` bound; ``name:type`` says the type of a value, else it is a string."""
    terms: dict[str, str] = {}
    for key, value in values.items():
        name, _, kind = key.partition(":")
        if (kind or "string") not in TYPES:
            raise UsageError(f"{kind} is no type of a parameter", f"the types: {', '.join(TYPES)}")
        terms[name] = TYPES[kind or "string"](value, base)
    unused = terms.keys() - parameters(text)
    if unused:
        raise UsageError(f"the query does not use ${', $'.join(sorted(unused))}", "write $name where the value goes")
    return replace_parameters(text, terms)


def run(store: Store, text: str, default_graphs: list[NamedNode] | None = None) -> Answer:
    """Ask the graphs that the query's FROM names, else the default dataset; the usual prefixes are known.

    Errors: UsageError for a syntax error, with the line and a caret, and for what kg does not run.
    """
    refuse(text)
    try:
        return store.query(text, prefixes=ns.PREFIXES, **dataset(text, default_graphs))
    except SyntaxError as error:
        raise syntax_error(text, str(error)) from None


def dataset(text: str, default_graphs: list[NamedNode] | None) -> dict[str, Any]:
    """How Oxigraph is told what a query is about: its own FROM, else the graphs given, else the union of all.

    Oxigraph passes over a query's FROM as soon as it is told anything.
    """
    if names_dataset(text):
        return {}
    return {"use_default_graph_as_union": True} if default_graphs is None else {"default_graph": default_graphs}


def names_outside_graphs(text: str) -> bool:
    """Whether a query names the ontology's graph or the build's, which no query sees else."""
    return not {ns.ONTOLOGY_GRAPH, ns.BUILD_GRAPH}.isdisjoint(named_iris(text, ns.PREFIXES))


def unknown_terms(store: Store, text: str) -> list[str]:
    """A sentence for each class or property of a query that occurs nowhere, with the nearest that do."""
    problems = []
    for iri, written in named_iris(text, ns.PREFIXES).items():
        node = NamedNode(iri) if is_iri(iri) else None
        if node is None or not _is_term(iri) or occurs(store, node):
            continue
        near = difflib.get_close_matches(iri, _present_terms(store), 3, 0.8)
        names = " or ".join(ns.compress(term) or term for term in near)
        problems.append(f"{written} occurs nowhere in the graph" + (f"; the nearest: {names}" if names else ""))
    return problems


def _is_term(iri: str) -> bool:
    """Whether an IRI is of a vocabulary, not of the garden or a datatype."""
    return any(iri.startswith(space) for space in ns.PREFIXES.values()) and not iri.startswith(ns.XSD)


def occurs(store: Store, node: NamedNode) -> bool:
    """Whether a node or property is anywhere in the graph."""
    found = (
        store.quads_for_pattern(None, node, None),
        store.quads_for_pattern(None, None, node),
        store.quads_for_pattern(node, None, None),
    )
    return any(next(iter(quads), None) is not None for quads in found)


def _present_terms(store: Store) -> list[str]:
    """The declared terms that occur in the graph."""
    declared = {str(t.subject)[1:-1] for t in parse(resources.ontology(), RdfFormat.TURTLE)}
    return sorted(iri for iri in declared if is_iri(iri) and occurs(store, NamedNode(iri)))
