"""A brief's graph, as a build would store it, without a store."""

from dataclasses import dataclass

from kg.export.selection import Selection
from kg.mapping import Garden, Mapped, map_article
from kg.mapping.labels import Labels
from kg.model import Brief
from kg.namespaces import article_graph, shared_graph
from kg.reading import read_brief

GARDEN = Garden()


@dataclass(frozen=True, slots=True)
class Graph:
    """The quads of one brief."""

    brief: Brief
    selection: Selection

    @property
    def lines(self) -> list[str]:
        """All triples, sorted."""
        return self.selection.triples()

    def literals(self) -> list[str]:
        """The values of all literals."""
        from pyoxigraph import Literal, RdfFormat, parse

        data = "".join(f"{line} .\n" for line in self.lines).encode()
        return [quad.object.value for quad in parse(data, RdfFormat.N_TRIPLES) if isinstance(quad.object, Literal)]


def graph_of(text: str | bytes, path: str = "x.md") -> Graph | None:
    """The graph of a brief, or None where it can't be read."""
    brief, _ = read_brief(text.encode() if isinstance(text, str) else text, path)
    if brief is None:
        return None
    return Graph(brief, selection_of(map_article(brief, None, GARDEN)))


def selection_of(mapped: Mapped) -> Selection:
    """One article's graph with the shared nodes that it points to."""
    labels = Labels()
    labels.take(mapped.shared, "published")
    graphs = {
        article_graph(GARDEN.base, mapped.slug): sorted(mapped.lines),
        shared_graph(GARDEN.base): sorted(labels.lines()),
    }
    return Selection(GARDEN.base, graphs, mapped.slug)
