"""Measures of the graph with networkx: over articles, claims, named works and kinds of source family."""

import itertools
import math
import operator
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, RdfFormat, parse

from kg import namespaces as ns
from kg.centrality import betweenness
from kg.export.selection import Selection

if TYPE_CHECKING:
    import networkx

_KINDS = {
    ns.SCHEMA + "Article": "article",
    ns.KG + "Claim": "claim",
    ns.KG + "NamedWork": "work",
    ns.SKOS + "Concept": "kind",
}
_LABELS = (ns.DCTERMS + "title", ns.SKOS + "prefLabel", ns.SCHEMA + "text")
_SEED = 0
PAIRS = 30_000
"""How many pairs of articles the works and kinds that they share may join into communities, the rarest first."""
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A node with a measure."""

    iri: str
    kind: str
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Community:
    """Articles that share more with each other than with the rest."""

    words: tuple[str, ...]
    """The words that tell its articles from the others."""
    articles: tuple[str, ...]
    """Their IRIs."""


@dataclass(slots=True)
class Analysis:
    """All measures of a selection."""

    counts: dict[str, int] = field(default_factory=dict)
    components: list[int] = field(default_factory=list)
    """The sizes of the connected components, the largest first."""
    degree: list[Ranked] = field(default_factory=list)
    pagerank: list[Ranked] = field(default_factory=list)
    betweenness: list[Ranked] = field(default_factory=list)
    betweenness_sources: int | None = None
    """From how many sources betweenness is estimated; None where it is exact."""
    communities: list[Community] = field(default_factory=list)
    widest_shared: int | None = None
    """What more articles than this name joins none into a community; None where all that they share does."""
    isolated: list[Ranked] = field(default_factory=list)
    """Articles that share no work, no kind and no link with another."""


def network(selection: Selection) -> "networkx.Graph[str]":
    """The articles, claims, named works and kinds of a selection, and what joins them.

    Shape: an undirected graph; node keys are IRIs, sorted, with `kind` (article, claim, work, kind), `label` and
    `text`. An article is joined to its claims, to the works and kinds that its source families name, and to the
    articles that it links to; a claim to the claims that it mentions.
    """
    import networkx

    types, labels, edges, parts = _read(selection)
    graph: networkx.Graph[str] = networkx.Graph()
    for iri in sorted(types):
        graph.add_node(iri, kind=types[iri], label=labels.get(iri, iri), text=labels.get(iri, ""))
    for source, target in sorted(edges):
        start = parts.get(source, source)
        if start in types and target in types and start != target:
            graph.add_edge(start, target)
    return graph


def _read(
    selection: Selection,
) -> tuple[dict[str, str], dict[str, str], set[tuple[str, str]], dict[str, str]]:
    """Kinds and labels of nodes, the pairs joined, and the article that each part belongs to."""
    types: dict[str, str] = {}
    labels: dict[str, str] = {}
    edges: set[tuple[str, str]] = set()
    parts: dict[str, str] = {}
    lines = "".join(f"{line} .\n" for line in selection.triples())
    for quad in parse(lines.encode(), RdfFormat.N_TRIPLES, lenient=True):
        subject, predicate = str(quad.subject)[1:-1], quad.predicate.value
        if isinstance(quad.object, Literal):
            if predicate in _LABELS:
                labels[subject] = quad.object.value
            continue
        target = str(quad.object)[1:-1]
        if predicate == ns.RDF + "type" and target in _KINDS:
            types[subject] = _KINDS[target]
        elif predicate != ns.RDF + "type":
            edges.add((subject, target))
        if "#" in subject and not subject.rpartition("#")[2].startswith("claim-"):
            parts[subject] = subject.partition("#")[0]
    return types, labels, edges, parts


def analyse(selection: Selection, top: int) -> Analysis:
    """Measure a selection; each ranking holds its first `top` nodes.

    PageRank counts a joining both ways. Betweenness is the share of shortest paths through a node, estimated in
    large graphs. The same graph always gives the same numbers.
    """
    import networkx as nx

    graph = network(selection)
    found = Analysis(counts=_counts(graph))
    found.components = sorted((len(part) for part in nx.connected_components(graph)), reverse=True)
    if not len(graph):
        return found
    found.degree = _ranked(graph, dict(graph.degree()), top)
    found.pagerank = _ranked(graph, pagerank(graph), top)
    between = betweenness(graph)
    found.betweenness, found.betweenness_sources = _ranked(graph, between.values, top), between.sources
    together = shared_network(graph)
    found.communities, found.widest_shared = _communities(graph, together), together.graph["widest"]
    found.isolated = [_rank(graph, iri, 0) for iri in _articles(graph, graph) if _is_isolated(graph, iri)]
    return found


def pagerank(graph: "networkx.Graph[str]", damping: float = 0.85) -> dict[str, float]:
    """PageRank by power iteration over a fixed node order, so that the numbers are the same everywhere."""
    place = {node: number for number, node in enumerate(graph)}
    near = [[place[other] for other in graph[node]] for node in graph]
    rank = [1 / len(near)] * len(near)
    for _ in range(100):
        shares = [value / len(others) if others else 0.0 for value, others in zip(rank, near, strict=True)]
        loose = math.fsum(value for value, others in zip(rank, near, strict=True) if not others)
        start = (1 - damping + damping * loose) / len(near)
        fresh = [start + damping * math.fsum(map(shares.__getitem__, others)) for others in near]
        change = math.fsum(map(abs, map(operator.sub, fresh, rank)))
        rank = fresh
        if change < 1e-9 * len(near):
            break
    return dict(zip(graph, rank, strict=True))


def shared_network(graph: "networkx.Graph[str]", pairs: int = PAIRS) -> "networkx.Graph[str]":
    """Articles joined by the works and kinds that they share, rare ones weighing more, and by their links.

    Shape: `weight` is the sum of 1 / log2(1 + articles that name it) over what two articles share, and 1 for a link.
    The graph's `widest` says how many articles may name a work or kind that joins them, None where all do: what joins
    more than `pairs` pairs, the rarest first, is left out.
    """
    import networkx

    near = {iri: _articles(graph, graph[iri]) for iri in graph if graph.nodes[iri]["kind"] in ("work", "kind")}
    widest = _widest([len(articles) for articles in near.values()], pairs)
    together: networkx.Graph[str] = networkx.Graph(widest=widest)
    together.add_nodes_from(_articles(graph, graph))
    for iri in together:
        _add(together, [(iri, other) for other in _articles(graph, graph[iri])], 1.0)
    for articles in near.values():
        if len(articles) > 1 and (widest is None or len(articles) <= widest):
            _add(together, itertools.combinations(articles, 2), 1 / math.log2(1 + len(articles)))
    return together


def _widest(widths: list[int], pairs: int) -> int | None:
    """The greatest width up to which all are taken, so that they join at most so many pairs; None where all are."""
    taken = 0
    for width, count in sorted(Counter(widths).items()):
        taken += count * width * (width - 1) // 2
        if taken > pairs:
            return width - 1
    return None


def _articles(graph: "networkx.Graph[str]", nodes: Iterable[str]) -> list[str]:
    return sorted(node for node in nodes if graph.nodes[node]["kind"] == "article")


def _is_isolated(graph: "networkx.Graph[str]", article: str) -> bool:
    """Whether no other article is linked with it or names a work or kind that it names."""
    shared = (node for node in graph[article] if graph.nodes[node]["kind"] in ("work", "kind"))
    return not _articles(graph, graph[article]) and all(len(_articles(graph, graph[node])) < 2 for node in shared)


def _add(graph: "networkx.Graph[str]", pairs: Iterable[tuple[str, str]], weight: float) -> None:
    for a, b in pairs:
        known = graph.get_edge_data(a, b, {"weight": 0.0})["weight"]
        graph.add_edge(a, b, weight=known + weight)


def _counts(graph: "networkx.Graph[str]") -> dict[str, int]:
    kinds = Counter(data["kind"] for _, data in graph.nodes(data=True))
    names = {"article": "articles", "claim": "claims", "work": "named works", "kind": "kinds of source family"}
    return {**{name: kinds[kind] for kind, name in names.items()}, "joinings": graph.number_of_edges()}


def _rank(graph: "networkx.Graph[str]", iri: str, value: float) -> Ranked:
    data = graph.nodes[iri]
    return Ranked(iri, data["kind"], data["label"], round(value, 6))


def _ranked(graph: "networkx.Graph[str]", values: dict[str, float], top: int) -> list[Ranked]:
    order = sorted(values, key=lambda iri: (-round(values[iri], 9), iri))
    return [_rank(graph, iri, values[iri]) for iri in order[:top]]


def _communities(graph: "networkx.Graph[str]", together: "networkx.Graph[str]") -> list[Community]:
    import networkx as nx

    if not together.number_of_edges():
        return []
    joined = together.subgraph([iri for iri in sorted(together) if together.degree(iri)])
    found = nx.community.louvain_communities(nx.Graph(joined), weight="weight", seed=_SEED)
    groups = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    words = {iri: _words(graph, iri) for iri in together}
    spread = Counter(word for counted in words.values() for word in counted)
    return [Community(_telling(group, words, spread, len(words)), tuple(group)) for group in groups]


def _words(graph: "networkx.Graph[str]", article: str) -> set[str]:
    texts = [graph.nodes[article]["text"]]
    texts += [graph.nodes[other]["text"] for other in graph[article] if graph.nodes[other]["kind"] == "claim"]
    return {word for text in texts for word in _WORD.findall(text.casefold())}


def _telling(group: list[str], words: dict[str, set[str]], spread: Counter[str], total: int) -> tuple[str, ...]:
    """The words that stand in many of the group's articles and in few others."""
    inside = Counter(word for iri in group for word in words[iri])
    score = {
        word: count / len(group) * math.log((1 + total) / spread[word])
        for word, count in inside.items()
        if count > 1 or len(group) == 1
    }
    return tuple(sorted(score, key=lambda word: (-round(score[word], 9), word))[:5])
