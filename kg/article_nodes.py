"""One article's nodes, read back from its triples."""

import json
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg import namespaces as ns
from kg.export.selection import Selection
from kg.model import Json


@dataclass(slots=True)
class Node:
    """A node and what is said of it."""

    iri: str
    values: dict[str, list[str]] = field(default_factory=dict)
    """Property IRI → literal values and IRIs, sorted."""

    @property
    def number(self) -> int:
        """The number at the end of its name."""
        return int(self.iri.rpartition("-")[2])

    def one(self, predicate: str) -> str:
        """The first value, or nothing."""
        return next(iter(self.values.get(predicate, ())), "")

    def all(self, predicate: str) -> list[str]:
        """All values, sorted."""
        return self.values.get(predicate, [])

    def json(self, predicate: str) -> dict[str, Json]:
        """All values as one JSON object."""
        found: dict[str, Json] = {}
        for value in self.all(predicate):
            found.update(json.loads(value))
        return found


class ArticleNodes:
    """The nodes of an article and those that it points to, by IRI."""

    def __init__(self, selection: Selection) -> None:
        assert selection.slug is not None
        self.base = selection.base
        self.root = ns.article(selection.base, selection.slug)
        self.nodes: dict[str, Node] = {}
        self.numbered: dict[str, list[Node]] = {}
        lines = "".join(f"{line} .\n" for line in selection.triples())
        for quad in parse(lines.encode(), RdfFormat.N_TRIPLES, lenient=True):
            node = self._at(str(quad.subject)[1:-1])
            value = quad.object.value if isinstance(quad.object, Literal | NamedNode) else ""
            node.values.setdefault(quad.predicate.value, []).append(value)

    def _at(self, iri: str) -> Node:
        if (node := self.nodes.get(iri)) is None:
            node = self.nodes[iri] = Node(iri)
            name, _, number = iri.rpartition("-")
            if number.isdecimal() and name.startswith(f"{self.root}#"):
                self.numbered.setdefault(name.partition("#")[2], []).append(node)
        return node

    @property
    def article(self) -> Node:
        """The article's own node."""
        return self.nodes[self.root]

    def node(self, name: str) -> Node:
        """A node of the article, empty where there is none."""
        iri = f"{self.root}#{name}"
        return self.nodes.get(iri) or Node(iri)

    def series(self, name: str) -> list[Node]:
        """The numbered nodes of a kind, in their order; nodes below them left out."""
        found = (node for node in self.numbered.get(name, ()) if node.iri in self.nodes)
        return sorted(found, key=lambda node: node.number)

    def get(self, iri: str) -> Node:
        """Any node, empty where nothing is said of it."""
        return self.nodes.get(iri) or Node(iri)
