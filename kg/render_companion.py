"""The JSON companion written back from the graph's nodes alone, equal to the one that was read."""

import json
from typing import Any
from urllib.parse import unquote

from kg import namespaces as ns
from kg.article_nodes import ArticleNodes, Node
from kg.export.selection import Selection
from kg.model import Json

KG, SCHEMA, DCTERMS = ns.KG, ns.SCHEMA, ns.DCTERMS


def render_companion(selection: Selection) -> str | None:
    """One article's companion as JSON, or None where the graph holds none.

    Shape: equal as JSON to the artifact.json that was read; keys in the format's own order.
    """
    renderer = _Renderer(ArticleNodes(selection))
    if not renderer.is_there():
        return None
    return json.dumps(renderer.whole(), ensure_ascii=False, indent=2) + "\n"


class _Renderer:
    def __init__(self, nodes: ArticleNodes) -> None:
        self.nodes = nodes
        self.article = nodes.article
        self.companion = nodes.node("companion")
        self.listed = self.companion.json(KG + "asListed")

    def is_there(self) -> bool:
        return bool(self.companion.values)

    def whole(self) -> dict[str, Json]:
        found: dict[str, Json] = {
            "schemaVersion": None,
            "id": None,
            "slug": self.article.one(DCTERMS + "identifier"),
            "title": self.article.one(DCTERMS + "title"),
            "canonicalPath": None,
            "sourcePath": None,
            "agentBriefPath": None,
            "thesis": self.nodes.node("thesis").one(SCHEMA + "text"),
            "status": self.article.one(SCHEMA + "creativeWorkStatus"),
            "maturity": self.article.one(KG + "maturity"),
            "publishedAt": self.article.one(SCHEMA + "datePublished"),
            "updatedAt": self.article.one(SCHEMA + "dateModified"),
            "audiences": self._names("audiences", SCHEMA + "audience"),
            "topics": self._names("topics", SCHEMA + "about"),
            "series": self._series(),
            "claims": self._claims(),
            "sources": self._sources(),
            "related": self._related(),
            "agentInstructions": [node.one(SCHEMA + "text") for node in self.nodes.series("agent-instruction")],
            "disclosure": self._disclosure(),
            "diagnostics": _object({"accepted": [_accepted(node) for node in self.nodes.series("accepted")]}),
            "provenance": self._provenance(),
            "contentHash": self.article.one(KG + "contentHash"),
        }
        told = {key: value for key, value in found.items() if key not in self._listed("absent", [])}
        return _merged(_object(told), self.companion.json(KG + "extra"))

    def _listed(self, key: str, otherwise: list[str]) -> list[str]:
        """A list as it was written, where the graph can't tell its order."""
        value = self.listed.get(key)
        return [str(item) for item in value] if isinstance(value, list) else otherwise

    def _names(self, key: str, predicate: str) -> Json:
        return [*self._listed(key, [_name(iri) for iri in self.article.all(predicate)])]

    def _series(self) -> Json:
        start = f"{self.nodes.base}series/"
        series = next((iri for iri in self.article.all(SCHEMA + "isPartOf") if iri.startswith(start)), None)
        if series is None:
            return None
        values: dict[str, Json] = {
            "slug": _name(series),
            "title": self.article.one(KG + "seriesTitle"),
            "order": _number(self.article.one(SCHEMA + "position")),
            "role": self.article.one(KG + "seriesRole"),
        }
        return _object(values)

    def _claims(self) -> Json:
        claims = {_id(node): node for node in self.nodes.series("claim") if node.one(KG + "claimState")}
        return [self._claim(claims[name]) for name in self._listed("claims", list(claims))]

    def _claim(self, node: Node) -> Json:
        name = _id(node)
        values: dict[str, Json] = {
            "id": name,
            "claim": node.one(SCHEMA + "text"),
            **_described(node, confidence="confidence", claimStatus="status"),
            "evidence": [self._evidence(child) for child in self.nodes.series(f"{name}-evidence")],
            "counterevidence": [self._counterevidence(child) for child in self.nodes.series(f"{name}-counter")],
            "verification": self._verification(self.nodes.node(f"{name}-verification")),
        }
        return _merged(_object(values), node.json(KG + "extra"))

    def _source_id(self, node: Node) -> str:
        return self.nodes.get(node.one(KG + "source")).one(DCTERMS + "identifier")

    def _evidence(self, node: Node) -> Json:
        values: dict[str, Json] = {
            "sourceId": self._source_id(node),
            "snippet": node.one(KG + "snippet"),
            **_described(node, support="supports"),
            "assessedAt": node.one(KG + "assessed"),
            "location": node.one(KG + "location"),
            "notes": node.one(ns.SKOS + "note"),
        }
        return _merged(_object(values), node.json(KG + "extra"))

    def _counterevidence(self, node: Node) -> Json:
        values: dict[str, Json] = {
            "summary": node.one(SCHEMA + "text"),
            "sourceId": self._source_id(node),
            "snippet": node.one(KG + "snippet"),
            "assessedAt": node.one(KG + "assessed"),
            "notes": node.one(ns.SKOS + "note"),
        }
        return _merged(_object(values), node.json(KG + "extra"))

    def _verification(self, node: Node) -> Json:
        values: dict[str, Json] = {
            "status": node.one(KG + "verdict"),
            "reviewedAt": node.one(DCTERMS + "date"),
            "reviewer": _reviewer(node),
            "note": node.one(ns.SKOS + "note"),
        }
        return _merged(_object(values), node.json(KG + "extra"))

    def _sources(self) -> Json:
        start = f"{self.nodes.root}#record-"
        found = {
            node.one(DCTERMS + "identifier"): node for iri, node in self.nodes.nodes.items() if iri.startswith(start)
        }
        return [_source(found[name]) for name in self._listed("sources", sorted(found))]

    def _related(self) -> Json:
        names = self._listed("related", [self._relation(iri) for iri in self.article.all(DCTERMS + "relation")])
        return [{"type": name.partition(":")[0], "id": name} for name in names]

    def _relation(self, iri: str) -> str:
        return f"{'topic' if iri.startswith(f'{self.nodes.base}topics/') else 'article'}:{_name(iri)}"

    def _disclosure(self) -> Json:
        assisted = self.article.one(KG + "aiAssistance")
        values: dict[str, Json] = {
            "aiAssistance": assisted == "true" if assisted else None,
            "note": self.article.one(KG + "disclosure"),
        }
        return _object(values)

    def _provenance(self) -> Json:
        values: dict[str, Json] = {
            "createdAt": self.article.one(SCHEMA + "dateCreated"),
            "reviews": [_review(node) for node in self.nodes.series("review")],
        }
        return _object(values)


def _object(values: dict[str, Json]) -> dict[str, Json]:
    """An object without the keys that nothing was said of."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _merged(values: dict[str, Json], extra: dict[str, Json]) -> dict[str, Json]:
    """An object with the keys beside it that have no term; objects and lists in both are joined."""
    merged: dict[str, Any] = dict(values)
    for key, value in extra.items():
        own = merged.get(key)
        if isinstance(own, dict) and isinstance(value, dict):
            merged[key] = _merged(own, value)
        elif isinstance(own, list) and isinstance(value, list):
            merged[key] = own + value
        else:
            merged[key] = value
    return merged


def _name(iri: str) -> str:
    return unquote(iri.rstrip("/").rpartition("/")[2])


def _id(node: Node) -> str:
    return node.iri.rpartition("#")[2]


def _number(text: str) -> int | None:
    return int(text) if text else None


def _described(node: Node, **keys: str) -> dict[str, Json]:
    """The words of a node's concepts, by key of the companion; a word that is no concept as it was written."""
    unknown = node.json(KG + "unknownWord")
    found = {key: node.one(KG + term).rpartition("#")[2].partition("-")[2] for term, key in keys.items()}
    return {key: found[key] or unknown.get(key) for key in found}


def _reviewer(node: Node) -> str:
    return node.one(KG + "reviewerAsWritten") or _name(node.one(ns.PROV + "wasAssociatedWith"))


def _source(node: Node) -> Json:
    values: dict[str, Json] = {
        "id": node.one(DCTERMS + "identifier"),
        "title": node.one(DCTERMS + "title"),
        "url": node.one(SCHEMA + "url"),
        "type": node.one(KG + "typeAsWritten"),
        "accessed": node.one(KG + "accessed"),
    }
    return _merged(_object(values), node.json(KG + "extra"))


def _review(node: Node) -> Json:
    values: dict[str, Json] = {
        "reviewer": _reviewer(node),
        "reviewedAt": node.one(DCTERMS + "date"),
        "status": node.one(KG + "verdict"),
        "scope": node.json(KG + "asListed").get("scope") or list(node.all(KG + "scope")),
        "notes": node.one(ns.SKOS + "note"),
        "contentHash": node.one(KG + "contentHash"),
    }
    return _merged(_object(values), node.json(KG + "extra"))


def _accepted(node: Node) -> Json:
    values: dict[str, Json] = {
        "rule": node.one(KG + "rule"),
        "scope": node.one(KG + "scope"),
        "rationale": node.one(SCHEMA + "text"),
        "documentedAt": node.one(DCTERMS + "date"),
    }
    return _merged(_object(values), node.json(KG + "extra"))
