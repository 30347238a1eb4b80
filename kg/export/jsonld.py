"""JSON-LD 1.1: compact, its context inline, written from sorted triples, so that the bytes are always the same."""

import json
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg import namespaces as ns
from kg import resources
from kg.export.selection import Selection

_TYPE = ns.RDF + "type"
_INTEGER = ns.XSD + "integer"
_BOOLEAN = ns.XSD + "boolean"
_STRING = ns.XSD + "string"
_SAFE = 2**53


def json_ld(selection: Selection) -> bytes:
    """One document with a ``@graph``, nodes in the order of their IRIs."""
    quads = parse("".join(f"{line} .\n" for line in selection.triples()).encode(), RdfFormat.N_TRIPLES, lenient=True)
    own = {"garden": selection.base, **selection.article_prefix()}
    return document((quad.triple for quad in quads), own)


def document(triples: Iterable[Triple], own_prefixes: dict[str, str]) -> bytes:
    """Triples, sorted by subject, as a JSON-LD document; `own_prefixes` join those of context.jsonld."""
    writer = _Writer(own_prefixes)
    nodes: dict[str, dict[str, list[Any]]] = {}
    for triple in triples:
        node = nodes.setdefault(str(triple.subject), {})
        node.setdefault(triple.predicate.value, []).append(triple.object)
    graph = [writer.node(subject, values) for subject, values in nodes.items()]
    text = json.dumps({"@context": writer.used_context(), "@graph": graph}, ensure_ascii=False, indent=2)
    return (text + "\n").encode()


class _Writer:
    """Writes nodes, and remembers which entries of the context they use."""

    def __init__(self, own_prefixes: dict[str, str]) -> None:
        context: dict[str, Any] = json.loads(resources.context())["@context"]
        self.spaces = {key: value for key, value in context.items() if isinstance(value, str)}
        # bare names are for people; an article's own prefix may be called as one of them
        self.context = {key: value for key, value in context.items() if key in self.spaces or ":" in key}
        # the longest first, so that an article's own prefix wins over the garden's
        self.prefixes = dict(sorted({**self.spaces, **own_prefixes}.items(), key=lambda p: -len(p[1])))
        self.own = own_prefixes
        self.used: set[str] = set()

    def used_context(self) -> dict[str, Any]:
        """The prefixes and coercions that the nodes written so far need."""
        terms = {key: value for key, value in self.context.items() if key in self.used}
        for value in terms.values():
            if isinstance(value, dict) and ":" in str(value.get("@type", "")):
                self.used.add(value["@type"].split(":")[0])
        self.used |= {key.split(":")[0] for key in terms if ":" in key}
        merged = {**self.own, **self.context}
        return {key: value for key, value in merged.items() if key in self.used}

    def node(self, subject: str, values: dict[str, list[Any]]) -> dict[str, Any]:
        node: dict[str, Any] = {"@id": self._id(subject)}
        types = values.pop(_TYPE, [])
        if types:
            node["@type"] = _one_or_many([self._short(kind.value) for kind in types])
        for predicate, objects in values.items():
            key = self._short(predicate)
            if key in self.context:
                self.used.add(key)
            node[key] = _one_or_many([self._value(key, value) for value in objects])
        return node

    def _id(self, term: str) -> str:
        return self._short(term[1:-1]) if term.startswith("<") else term

    def _short(self, iri: str) -> str:
        for prefix, space in self.prefixes.items():
            rest = iri[len(space) :] if iri.startswith(space) else ""
            if rest and not rest.startswith("//"):
                self.used.add(prefix)
                return f"{prefix}:{rest}"
        return iri

    def _value(self, key: str, value: Any) -> Any:
        entry = self.context.get(key)
        coerced = entry.get("@type") if isinstance(entry, dict) else None
        if not isinstance(value, Literal):
            short = self._short(value.value) if isinstance(value, NamedNode) else str(value)
            return short if coerced == "@id" else {"@id": short}
        if value.language:
            return {"@language": value.language, "@value": value.value}
        kind = value.datatype.value
        if kind == _STRING:
            return {"@value": value.value} if coerced else value.value
        if coerced and coerced != "@id" and self._expand(coerced) == kind:
            return value.value
        if kind == _INTEGER and not coerced and _is_plain_integer(value.value):
            return int(value.value)
        if kind == _BOOLEAN and not coerced and value.value in ("true", "false"):
            return value.value == "true"
        return {"@type": self._short(kind), "@value": value.value}

    def _expand(self, curie: str) -> str:
        prefix, _, local = curie.partition(":")
        return self.spaces.get(prefix, prefix + ":") + local


def _is_plain_integer(text: str) -> bool:
    return len(text) < 17 and text.lstrip("-").isdigit() and str(int(text)) == text and abs(int(text)) < _SAFE


def _one_or_many(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
