"""The nodes that several articles point to: what they are called, and what their IRI alone tells."""

from kg.mapping import terms as t
from kg.works import named_work

_LABELS = {
    t.CREATIVE_WORK: t.TITLE,
    t.SERIES: t.TITLE,
    t.AUDIENCE_GROUP: t.AUDIENCE_TYPE,
    t.AGENT: t.NAME,
}
"""Class → the property of its label, where that is not skos:prefLabel."""


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
            lines.append(f"<{node}> {_LABELS.get(kind, t.PREF_LABEL)} {t.literal(label)}")
            if kind == t.CREATIVE_WORK:
                lines += _work(node)
        return lines


def _work(node: str) -> list[str]:
    work = named_work("/".join(node.rsplit("/", 2)[1:]))
    lines = [f"<{node}> {t.URL} {t.literal(work.url)}"]
    if work.registered:
        lines.append(f"<{node}> {t.SAME_AS} {t.iri(work.url)}")
    if work.weak:
        lines.append(f"<{node}> {t.WEAK} {t.literal('true', t.BOOLEAN)}")
    return lines
