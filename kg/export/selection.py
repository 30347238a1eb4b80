"""Which part of the graph an export holds: published articles, all, or one, with the shared nodes they point to."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg import namespaces as ns
from kg.diagnostics import printable
from kg.errors import UsageError
from kg.store import graph_lines

_STATUS = NamedNode(ns.SCHEMA + "creativeWorkStatus")
_LABELS = [
    NamedNode(name)
    for name in (ns.SKOS + "prefLabel", ns.DCTERMS + "title", ns.SCHEMA + "audienceType", ns.SCHEMA + "name")
]
_OBJECT = re.compile(r" <([^<>]*)>\Z")
_PREFIX_NAME = re.compile(r"[^\W\d_](?:[\w-]|\.(?=[\w-]))*\Z")


@dataclass(frozen=True, slots=True)
class Selection:
    """Sorted N-Triples lines without the final dot, by named graph."""

    base: str
    graphs: dict[str, list[str]]
    """Named graph → its lines; the graphs sorted by name."""
    slug: str | None = None
    """The one article's slug, where the selection is one article."""

    def triples(self) -> list[str]:
        """All lines, sorted, each once."""
        return sorted({line for lines in self.graphs.values() for line in lines})

    def quads(self) -> list[str]:
        """All lines with their graph, sorted."""
        return sorted(f"{line} <{graph}>" for graph, lines in self.graphs.items() for line in lines)

    def prefixes(self) -> dict[str, str]:
        """The prefixes that the lines use; an article's own slug stands for its nodes."""
        text = "\n".join(self.triples())
        used = {name: space for name, space in ns.PREFIXES.items() if f"<{space}" in text}
        return {**used, **self.article_prefix()}

    def article_prefix(self) -> dict[str, str]:
        """The prefix of the one article's nodes: its slug, or ``a`` where that is no legal prefix."""
        if self.slug is None:
            return {}
        legal = _PREFIX_NAME.match(self.slug) and self.slug not in ns.PREFIXES and self.slug.isascii()
        return {self.slug if legal else "a": ns.article(self.base, self.slug) + "#"}


def article_graphs(store: Store, base: str, status: str) -> dict[str, str]:
    """The articles of a status (``all``: every one): named graph → article IRI, sorted."""
    root = f"{base}articles/"
    value = None if status == "all" else Literal(status)
    if value is None:
        names = (str(graph)[1:-1] for graph in store.named_graphs())
        start = f"{base}graph/article/"
        return {name: f"{root}{name[len(start) :]}/" for name in sorted(names) if name.startswith(start)}
    quads = store.quads_for_pattern(None, _STATUS, value)
    found = {str(q.graph_name)[1:-1]: str(q.subject)[1:-1] for q in quads if str(q.subject).endswith("/>")}
    return dict(sorted(found.items()))


def select(store: Store, base: str, status: str = "published") -> Selection:
    """The articles of a status, whole."""
    return _with_shared(store, base, article_graphs(store, base, status), None)


def select_article(store: Store, base: str, slug: str, status: str = "published") -> Selection:
    """One article.

    Errors: UsageError where there is none of that slug, or it is not published and `status` is not ``all``.
    """
    graph = ns.article_graph(base, slug)
    if graph not in article_graphs(store, base, "all"):
        raise no_article(store, base, slug)
    if graph not in article_graphs(store, base, status):
        raise UsageError(f"the article {slug} is not {status}", "add --status all")
    return _with_shared(store, base, {graph: ns.article(base, slug)}, slug)


def no_article(store: Store, base: str, slug: str) -> UsageError:
    """The error for a slug that no article has, with the nearest that one has."""
    near = nearest_slugs(store, base, slug)
    help = f"did you mean {' or '.join(near)}?" if near else "kg query articles lists the articles"
    return UsageError(f'there is no article "{printable(slug)}"', help)


def nearest_slugs(store: Store, base: str, slug: str) -> list[str]:
    """The slugs most like one, or that hold it."""
    known = slugs(store)
    return difflib.get_close_matches(slug, known, 3, 0.6) or [name for name in known if slug and slug in name][:3]


def slugs(store: Store) -> list[str]:
    """The slugs of all articles, as written."""
    article = NamedNode(ns.SCHEMA + "Article")
    kind, name = NamedNode(ns.RDF + "type"), NamedNode(ns.DCTERMS + "identifier")
    found = []
    for quad in store.quads_for_pattern(None, kind, article):
        for identifier in store.quads_for_pattern(quad.subject, name, None):
            if isinstance(identifier.object, Literal):
                found.append(identifier.object.value)
    return sorted(found)


def labels(store: Store, start: str) -> list[str]:
    """The labels of the shared nodes whose IRIs begin so, each once."""
    found = {
        quad.object.value
        for predicate in _LABELS
        for quad in store.quads_for_pattern(None, predicate, None)
        if isinstance(quad.object, Literal) and _starts(quad, start)
    }
    return sorted(found)


def _starts(quad: Quad, start: str) -> bool:
    return str(quad.subject).startswith(f"<{start}")


def slugs_of(store: Store, base: str, status: str) -> list[str]:
    """The slugs of the articles of a status (``all``: every one), as written."""
    chosen = set(article_graphs(store, base, status).values())
    return [slug for slug in slugs(store) if ns.article(base, slug) in chosen]


def _with_shared(store: Store, base: str, graphs: dict[str, str], slug: str | None) -> Selection:
    """Article graphs, and the lines of the shared nodes that they point to."""
    found = _dumped(store, set(graphs)) if len(graphs) > 1 else {name: graph_lines(store, name) for name in graphs}
    pointed = _pointed(found.values())
    shared_name = ns.shared_graph(base)
    shared = [line for line in graph_lines(store, shared_name) if line[1 : line.index(">")] in pointed]
    if shared:
        found[shared_name] = shared
    return Selection(base, dict(sorted(found.items())), slug)


def _dumped(store: Store, names: set[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (store.dump(format=RdfFormat.N_QUADS) or b"").decode().split("\n"):
        triple, space, graph = line.removesuffix(" .").rpartition(" ")
        if space and graph[1:-1] in names:
            found.setdefault(graph[1:-1], []).append(triple)
    return {name: sorted(lines) for name, lines in found.items()}


def _pointed(graphs: Iterable[list[str]]) -> set[str]:
    return {match[1] for lines in graphs for line in lines if (match := _OBJECT.search(line))}
