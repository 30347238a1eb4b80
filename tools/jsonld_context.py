"""ontology/context.jsonld from ontology/kg.ttl: names that a person would write, and what their values stand for.

python tools/jsonld_context.py

Exports name every property by its CURIE, so each has an entry that says what a plain string is; who writes JSON-LD by
hand has the bare name too, `evidence` inside a claim, and the known words: ``"support": "direct"``.
"""

import json
from pathlib import Path
from typing import Any

from kg import namespaces as ns
from tools import ontology_docs

FILE = Path(__file__).resolve().parent.parent / "ontology" / "context.jsonld"

_TYPE, _RANGE = ns.RDF + "type", ns.SCHEMA + "rangeIncludes"
_CONCEPTS = {ns.SKOS + "Concept", ns.SKOS + "ConceptScheme"}
_COERCED = {ns.XSD + "date", ns.XSD + "decimal", ns.RDF + "JSON"}
_NATIVE = {ns.XSD + "string", ns.XSD + "integer", ns.XSD + "boolean"}
"""Datatypes that need no coercion, for JSON has literals of them."""
_WORDS = {
    "kg:claimState": "state-",
    "kg:claimStatus": "status-",
    "kg:confidence": "confidence-",
    "kg:sectionRole": "role-",
    "kg:support": "support-",
}
"""Property → what its concepts begin with."""
_NESTED = {
    "claims": "schema:isPartOf",
    "counterevidence": "schema:about",
    "evidence": "cito:hasCitingEntity",
    "reviews": "schema:about",
    "sources": "schema:isPartOf",
    "verification": "schema:about",
}
"""Name of what stands inside another node → the property by which it points to that node."""


def render() -> str:
    """The file, an entry a line: prefixes, CURIEs, bare names."""
    lines = ",\n".join(f"    {json.dumps(key)}: {_inline(value)}" for key, value in context().items())
    return f'{{\n  "@context": {{\n{lines}\n  }}\n}}\n'


def context() -> dict[str, Any]:
    """The entries of the context, in the order of the file."""
    coerced = {curie: {"@type": kind} for curie, kind in sorted(_terms().items()) if kind}
    bare = {curie.split(":")[1]: _bare(curie, kind) for curie, kind in _terms().items()}
    nested = {name: {"@reverse": curie} for name, curie in _NESTED.items()}
    prefixes = dict(sorted(ns.PREFIXES.items()))
    return {"@version": 1.1, **prefixes, **coerced, **dict(sorted({**bare, **nested}.items()))}


def _terms() -> dict[str, str | None]:
    """The CURIE of every class and property of the data → what its strings stand for, where that is not text."""
    return {
        ns.compress(iri) or iri: _kind(values[_RANGE])
        for iri, values in ontology_docs.terms().items()
        if iri not in (_TYPE, ontology_docs.ONTOLOGY) and _CONCEPTS.isdisjoint(values[_TYPE])
    }


def _kind(values: list[str]) -> str | None:
    for iri in values:
        return ns.compress(iri) if iri in _COERCED else None if iri in _NATIVE else "@id"
    return None


def _bare(curie: str, kind: str | None) -> dict[str, Any]:
    if curie in _WORDS:
        return {"@id": curie, "@type": "@vocab", "@context": {"@vocab": ns.KG + _WORDS[curie]}}
    return {"@id": curie, "@type": kind} if kind else {"@id": curie}


def _inline(value: Any) -> str:
    return json.dumps(value).replace("{", "{ ").replace("}", " }")


if __name__ == "__main__":
    FILE.write_text(render(), encoding="utf-8")
