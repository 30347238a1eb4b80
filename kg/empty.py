"""Why a query finds nothing: the pattern that nothing matches, or the one that empties the join."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Store

from kg import namespaces as ns
from kg.querying import dataset

if TYPE_CHECKING:
    from rdflib import Graph

_THROUGH = ("Filter", "Extend", "Project", "Distinct", "Reduced", "Slice", "OrderBy", "Group", "AggregateJoin")


@dataclass(frozen=True, slots=True)
class WhyEmpty:
    """A question to a worker: sentences that say why a SELECT or CONSTRUCT has no solution, as ("text", …)."""

    text: str

    def __call__(self, store: Store, default_graphs: list[NamedNode] | None) -> Iterator[Any]:
        for sentence in explain(store, self.text, default_graphs):
            yield "text", sentence


def explain(store: Store, text: str, default_graphs: list[NamedNode] | None = None) -> list[str]:
    """Say which triple pattern has no match at all, or which one empties the join of those before it.

    Shape: sentences; none where the query can't be taken apart (rdflib reads it, and knows less than Oxigraph).
    """
    graphs, patterns = _taken_apart(text)
    if not patterns:
        return []

    def holds(some: list[str]) -> bool:
        question = f"ASK {graphs} {{ {' . '.join(some)} }}"
        return bool(store.query(question, prefixes=ns.PREFIXES, **dataset(question, default_graphs)))

    alone = [pattern for pattern in patterns if not holds([pattern])]
    if alone:
        where = "the graphs that FROM names" if graphs else "the graph"
        return [f"nothing in {where} matches {pattern}" for pattern in alone]
    for count in range(2, len(patterns) + 1):
        if not holds(patterns[:count]):
            before = " . ".join(patterns[: count - 1])
            return [f"each pattern has matches, but with {patterns[count - 1]} none is left of those of {before}"]
    return ["the patterns have solutions together; a FILTER, MINUS, HAVING, LIMIT or GRAPH leaves none"]


def _taken_apart(text: str) -> tuple[str, list[str]]:
    """As SPARQL: the FROM clauses, and the triple patterns that every solution must match, in their order."""
    from rdflib import Graph
    from rdflib.plugins.sparql import prepareQuery

    try:
        algebra = prepareQuery(text, initNs=ns.PREFIXES).algebra
    except Exception:  # whatever rdflib does not understand
        return "", []
    names = Graph(bind_namespaces="none")
    for prefix, space in ns.PREFIXES.items():
        names.bind(prefix, space)
    clauses = algebra.datasetClause or ()
    graphs = " ".join(f"FROM {c.default.n3()}" if c.default else f"FROM NAMED {c.named.n3()}" for c in clauses)
    return graphs, [_written(triple, names) for triple in _required(algebra)]


def _required(part: Any) -> Iterator[tuple[Any, Any, Any]]:
    name = getattr(part, "name", "")
    if name == "BGP":
        yield from part.triples
    elif name == "Join":
        yield from _required(part.p1)
        yield from _required(part.p2)
    elif name in ("LeftJoin", "Minus"):
        yield from _required(part.p1)
    elif name in ("SelectQuery", "ConstructQuery", *_THROUGH):
        yield from _required(part.p)


def _written(triple: tuple[Any, Any, Any], names: "Graph") -> str:
    return " ".join(term.n3(names.namespace_manager) for term in triple)
