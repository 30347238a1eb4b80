"""A change of the graph as one SPARQL Update, so as one transaction."""

from collections.abc import Iterable

from pyoxigraph import NamedNode, Store

from kg import namespaces as ns
from kg.intake import Slugs
from kg.mapping import Mapped
from kg.mapping.labels import Labels
from kg.record import Record


class Update:
    """The graphs that go, those that change, and what that means for the nodes that articles share."""

    def __init__(self, base: str, record: Record, old: Slugs, now: Slugs) -> None:
        self.base = base
        self.record = record
        self.old, self.now = old, now
        self.parts: list[str] = []

    def text(self) -> str:
        """The update."""
        return ";\n".join(self.parts)

    def gone(self) -> set[str]:
        """The graphs of the articles that are no more."""
        old, now = ({self._graph(row.slug) for row in slugs.briefs.values()} for slugs in (self.old, self.now))
        return old - now

    def articles(self, store: Store, changed: list[Mapped]) -> None:
        """Write the articles that changed, and drop those that are gone."""
        gone = self.gone()
        self.parts += [f"DROP SILENT GRAPH <{graph}>" for graph in sorted(gone)]
        for mapped in changed:
            graph = self._graph(mapped.slug)
            self.parts += [f"DROP SILENT GRAPH <{graph}>", _insert(graph, mapped.lines)]
        self._shared(store, changed, gone)

    def lines(self, graph: str, old: set[str], new: set[str]) -> None:
        """Bring a graph of the whole garden from some triples to others."""
        for word, lines in (("DELETE", old - new), ("INSERT", new - old)):
            if lines:
                self.parts.append(f"{word} DATA {_block(graph, sorted(lines))}")

    def _graph(self, slug: str | None) -> str:
        return ns.article_graph(self.base, slug or "")

    def _shared(self, store: Store, articles: list[Mapped], gone: set[str]) -> None:
        """Rewrite the shared nodes that the changed articles point to, or did."""
        changed = {self._graph(mapped.slug): mapped for mapped in articles}
        by_graph = {self._graph(row.slug): row for row in self.now.briefs.values()}
        touched = self._touched(changed, gone)
        if not touched:
            return
        labels = Labels()
        for mapped in articles:
            labels.take({n: mapped.shared[n] for n in mapped.shared.keys() & touched}, mapped.status)
        others = _pointing(store, touched) & by_graph.keys() - changed.keys() - gone
        for graph in sorted(others):
            row = by_graph[graph]
            shared = self.record.shared(row.path)
            labels.take({node: shared[node] for node in shared.keys() & touched}, row.status)
        name = ns.shared_graph(self.base)
        self.parts += [f"DELETE WHERE {{ GRAPH <{name}> {{ <{node}> ?p ?o }} }}" for node in sorted(touched)]
        self.parts.append(_insert(name, labels.lines()))

    def _touched(self, changed: dict[str, Mapped], gone: set[str]) -> set[str]:
        """The shared nodes whose label may be another now: those that an article words otherwise than before."""
        before: dict[str, set[tuple[str, str, bool]]] = {}
        for row in self.old.briefs.values():
            graph = self._graph(row.slug)
            if graph in changed or graph in gone:
                hidden = row.status != "published"
                before[graph] = {(node, label, hidden) for node, (_, label) in self.record.shared(row.path).items()}
        touched: set[str] = set()
        for graph in changed.keys() | gone:
            mapped = changed.get(graph)
            shared = mapped.shared.items() if mapped else ()
            hidden = mapped is None or mapped.status != "published"
            after = {(node, label, hidden) for node, (_, label) in shared}
            touched.update(node for node, _, _ in after ^ before.get(graph, set()))
        return touched


def _pointing(store: Store, nodes: Iterable[str]) -> set[str]:
    """The graphs that point to any of the nodes."""
    quads = (store.quads_for_pattern(None, None, NamedNode(node), None) for node in nodes)
    return {str(quad.graph_name)[1:-1] for found in quads for quad in found}


def _insert(graph: str, lines: Iterable[str]) -> str:
    return f"INSERT DATA {_block(graph, lines)}"


def _block(graph: str, lines: Iterable[str]) -> str:
    body = " .\n".join(lines)
    return f"{{ GRAPH <{graph}> {{\n{body}\n}} }}"
