"""Betweenness: exact where the graph's core is small, else estimated from sampled sources.

Source: U. Brandes, "A faster algorithm for betweenness centrality" (2001); folding nodes of one joining into their
neighbours after A. Sarıyüce et al., "Graph manipulations for fast centrality computation" (2017).
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

STEPS = 4_000_000
"""How many nodes and joinings all sources may look at together; where that is too few for every node of the core to be
a source, sources are sampled."""
_FEWEST = 32
_SEED = 0


@dataclass(frozen=True, slots=True)
class Betweenness:
    """The share of shortest paths that lead through each node."""

    values: dict[str, float]
    sources: int | None
    """From how many sources it is estimated; None where it is exact."""


@dataclass(slots=True)
class _Folded:
    """A graph without its trees: what hung on a node counts as part of it."""

    core: dict[str, dict[str, None]]
    """The neighbours of each node, in a fixed order."""
    weight: dict[str, int]
    """How many nodes a node stands for, itself counted."""
    pairs: Counter[str] = field(default_factory=Counter)
    """How many pairs of nodes are joined through a node alone, for those found so far."""


def betweenness(graph: "networkx.Graph[str]") -> Betweenness:
    """The betweenness of every node, normalised by the number of pairs of other nodes.

    Claims, and works that one article names, hang on one node each: folded into it, they cost nothing. Of what is
    left, the core, every node is a source as long as that takes 4 million steps at most (about 1,000 nodes); else
    sources are sampled, always the same ones.
    """
    folded = _fold(graph)
    order = sorted(folded.core)
    wanted = _sources(folded)
    sources = order if wanted == len(order) else random.Random(_SEED).sample(order, wanted)
    through = dict.fromkeys(graph, 0.0)
    for source in sources:
        _add_paths(folded, source, through)
    scale = len(order) / len(sources) / 2 if sources else 0
    most = (len(graph) - 1) * (len(graph) - 2) / 2 or 1
    values = {node: (folded.pairs[node] + through[node] * scale) / most for node in graph}
    return Betweenness(values, None if len(sources) == len(order) else len(sources))


def _sources(folded: _Folded) -> int:
    size = len(folded.core) + sum(map(len, folded.core.values())) // 2 or 1
    return min(len(folded.core), max(_FEWEST, STEPS // size))


def _fold(graph: "networkx.Graph[str]") -> _Folded:
    """Take nodes of one joining off until there are none, counting the pairs that this tells of."""
    import networkx

    core: dict[str, dict[str, None]] = {node: dict.fromkeys(graph[node]) for node in graph}
    folded = _Folded(core, dict.fromkeys(graph, 1))
    size = {node: len(part) for part in networkx.connected_components(graph) for node in part}
    ends = [node for node in graph if len(core[node]) == 1]
    for node in ends:
        if len(core[node]) != 1:
            continue  # the last node of a tree
        (neighbour,) = core.pop(node)
        del core[neighbour][node]
        _fold_into(folded, node, neighbour)
        if len(core[neighbour]) == 1:
            ends.append(neighbour)
    for node, weight in folded.weight.items():
        folded.pairs[node] += (weight - 1) * (size[node] - weight)
    return folded


def _fold_into(folded: _Folded, node: str, neighbour: str) -> None:
    """The pairs between what hangs on a node by way of another and what hung on it before lead through it."""
    weight = folded.weight
    folded.pairs[neighbour] += weight[node] * (weight[neighbour] - 1)
    weight[neighbour] += weight[node]


def _add_paths(folded: _Folded, source: str, through: dict[str, float]) -> None:
    """Add the shortest paths from a source and all that it stands for."""
    order, count, before = _paths_from(folded.core, source)
    behind = dict.fromkeys(order, 0.0)
    for node in reversed(order):
        share = (folded.weight[node] + behind[node]) / count[node]
        for earlier in before[node]:
            behind[earlier] += count[earlier] * share
        if node != source:
            through[node] += behind[node] * folded.weight[source]


def _paths_from(
    core: dict[str, dict[str, None]], source: str
) -> tuple[list[str], dict[str, int], dict[str, list[str]]]:
    """The nodes in order of distance, how many shortest paths lead to each, and the nodes right before it on them."""
    distance, count = {source: 0}, Counter({source: 1})
    before: dict[str, list[str]] = {source: []}
    order = [source]
    for node in order:
        for other in core[node]:
            if other not in distance:
                distance[other] = distance[node] + 1
                before[other] = []
                order.append(other)
            if distance[other] == distance[node] + 1:
                count[other] += count[node]
                before[other].append(node)
    return order, count, before
