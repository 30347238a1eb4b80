"""The links between the claims of a built garden, and what they were computed from."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import RdfFormat, Store, parse

from kg import namespaces as ns
from kg.export.selection import article_graphs
from kg.linking.articles import all_of
from kg.linking.material import Key, LinkedArticle
from kg.record import Record
from kg.store import graph_lines


@dataclass(frozen=True, slots=True)
class Linked:
    """One link as the graph holds it."""

    first: Key
    second: Key
    score: float
    band: str
    phrases: list[str] = field(default_factory=list)
    snippets: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    tensions: list[str] = field(default_factory=list)


def links_in(store: Store, base: str, status: str) -> list[Linked]:
    """The links between articles of a status (``all``: every one), the strongest first."""
    values: dict[str, dict[str, list[str]]] = {}
    lines = "".join(f"{line} .\n" for line in graph_lines(store, ns.links_graph(base)))
    for triple in parse(lines.encode(), RdfFormat.N_TRIPLES):
        value = getattr(triple.object, "value", "")
        values.setdefault(str(triple.subject), {}).setdefault(triple.predicate.value, []).append(value)
    shown = set(article_graphs(store, base, status).values())
    found = (_linked(said, base) for said in values.values() if ns.OWL + "annotatedSource" in said)
    kept = (each for each in found if {ns.article(base, k.article) for k in (each.first, each.second)} <= shown)
    return sorted(kept, key=lambda link: (-link.score, link.first, link.second))


def _linked(said: dict[str, list[str]], base: str) -> Linked:
    first, second = (_key(said[ns.OWL + name][0], base) for name in ("annotatedSource", "annotatedTarget"))
    texts = (said.get(ns.KG + name, []) for name in ("sharedPhrase", "sharedSnippet", "sharedFigure", "tension"))
    return Linked(first, second, float(said[ns.SSSOM + "similarity_score"][0]), said[ns.KG + "band"][0], *texts)


def _key(iri: str, base: str) -> Key:
    article, _, claim = iri.removeprefix(f"{base}articles/").partition("#")
    return Key(unquote(article.rstrip("/")), claim)


def material(store_folder: Path) -> list[LinkedArticle]:
    """The texts of a built garden that its claims are compared by.

    Errors: KgError where the graph was not built.
    """
    record = Record.read(store_folder / "record.db")
    try:
        return all_of(record.materials())
    finally:
        record.close()
