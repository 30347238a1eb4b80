"""The links between the claims of a built garden, and what they were computed from."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from kg import namespaces as ns
from kg.export.selection import article_graphs
from kg.linking.articles import all_of
from kg.linking.material import Key, LinkedArticle
from kg.record import Record
from kg.store import graph_lines

_ENDS = ("annotatedSource", "annotatedTarget")


@dataclass(frozen=True, slots=True)
class Linked:
    """One link as the graph holds it."""

    first: Key
    second: Key
    first_text: str
    second_text: str
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
    found = []
    for said in values.values():
        ends = [said[ns.OWL + name][0] for name in _ENDS if ns.OWL + name in said]
        if ends and {end.partition("#")[0] for end in ends} <= shown:
            found.append(_linked(said, ends, [_text(store, end) for end in ends], base))
    return sorted(found, key=lambda link: (-link.score, link.first, link.second))


def _linked(said: dict[str, list[str]], ends: list[str], texts: list[str], base: str) -> Linked:
    first, second = (_key(end, base) for end in ends)
    return Linked(
        first=first,
        second=second,
        first_text=texts[0],
        second_text=texts[1],
        score=float(said[ns.SSSOM + "similarity_score"][0]),
        band=said[ns.KG + "band"][0],
        phrases=said.get(ns.KG + "sharedPhrase", []),
        snippets=said.get(ns.KG + "sharedSnippet", []),
        figures=said.get(ns.KG + "sharedFigure", []),
        tensions=said.get(ns.KG + "tension", []),
    )


def _text(store: Store, claim: str) -> str:
    quads = store.quads_for_pattern(NamedNode(claim), NamedNode(ns.SCHEMA + "text"), None)
    return next((quad.object.value for quad in quads if isinstance(quad.object, Literal)), "")


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
