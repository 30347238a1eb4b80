"""Rings in a directed graph: its strongly connected components. Source: Tarjan, SIAM J. Comput. 1 (1972) 146."""

from collections.abc import Iterator, Mapping, Sequence


def rings(edges: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The components of several nodes, and of one with an edge to itself; each sorted, in the order of their first.

    >>> rings({"a": ["b"], "b": ["c", "d"], "c": ["a"], "d": ["d"], "e": ["a"]})
    [['a', 'b', 'c'], ['d']]
    """
    return sorted(sorted(found) for found in _components(edges) if len(found) > 1 or found[0] in edges[found[0]])


def _components(edges: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Tarjan's algorithm without recursion, so that a long chain is no problem."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    done: set[str] = set()
    for start in edges:
        work = [(start, iter(edges[start]))] if start not in index else []
        if work:
            index[start] = low[start] = len(index)
            stack.append(start)
        while work:
            node, following = work[-1]
            step = next((other for other in following if other not in done), None)
            if step is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    found = _cut(stack, node)
                    done.update(found)
                    yield found
            elif step in index:
                low[node] = min(low[node], index[step])
            else:
                index[step] = low[step] = len(index)
                stack.append(step)
                work.append((step, iter(edges[step])))


def _cut(stack: list[str], node: str) -> list[str]:
    """Take a component off the stack: all down to its first node."""
    found = [stack.pop()]
    while found[-1] != node:
        found.append(stack.pop())
    return found
