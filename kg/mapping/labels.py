"""The labels of the nodes that several articles point to."""

from kg.mapping import terms as t


class Labels:
    """The shared nodes: one label each, the smallest by code point among published articles, else among all."""

    def __init__(self) -> None:
        self.nodes: dict[str, tuple[str, bool, str]] = {}

    def take(self, shared: dict[str, tuple[str, str]], status: str | None) -> None:
        """Add an article's wordings: IRI → class and label."""
        hidden = status != "published"
        for node, (kind, label) in shared.items():
            known = self.nodes.get(node)
            if known is None or (hidden, label) < known[1:]:
                self.nodes[node] = (kind, hidden, label)

    def lines(self) -> list[str]:
        """The triples of the shared graph, as N-Triples without the final dot."""
        lines: list[str] = []
        for node, (kind, _, label) in sorted(self.nodes.items()):
            lines.append(f"<{node}> {t.A} {kind}")
            lines.append(f"<{node}> {t.PREF_LABEL} {t.literal(label)}")
        return lines
