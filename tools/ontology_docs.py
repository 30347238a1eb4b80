"""docs/ontology.md from ontology/kg.ttl.

python tools/ontology_docs.py
"""

from collections import defaultdict
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from kg import namespaces as ns
from kg import resources

PAGE = Path(__file__).resolve().parent.parent / "docs" / "ontology.md"
_GROUPS = (
    ("Classes", ns.OWL + "Class"),
    ("Properties", ns.OWL + "ObjectProperty"),
    ("Properties with values", ns.OWL + "DatatypeProperty"),
    ("Roles of sections", ns.SKOS + "Concept"),
)
_ROWS = (
    ("a kind of", ns.RDFS + "subClassOf"),
    ("a kind of", ns.RDFS + "subPropertyOf"),
    ("used on", ns.SCHEMA + "domainIncludes"),
    ("its values", ns.SCHEMA + "rangeIncludes"),
)

Terms = dict[str, dict[str, list[str]]]


def terms() -> Terms:
    """Every subject of the ontology with its values, in the file's order."""
    found: Terms = defaultdict(lambda: defaultdict(list))
    for triple in parse(resources.ontology(), RdfFormat.TURTLE):
        value = getattr(triple.object, "value", "")
        found[str(triple.subject)[1:-1]][triple.predicate.value].append(value)
    return found


def render() -> str:
    """The page."""
    found = terms()
    parts = ["# The ontology", f"Own terms are in `{ns.KG}`, prefix `kg:`. The file is `ontology/kg.ttl`."]
    for title, kind in _GROUPS:
        parts.append(f"## {title}")
        parts += [_own(iri, values) for iri, values in found.items() if kind in values[ns.RDF + "type"]]
    parts += ["## Terms of other vocabularies", _reused(found)]
    return "\n\n".join(parts) + "\n"


def _own(iri: str, values: dict[str, list[str]]) -> str:
    lines = [f"### {_curie(iri)}", "", *values[ns.RDFS + "comment"], ""]
    lines += [f"- {name}: {', '.join(f'`{_curie(v)}`' for v in values[key])}" for name, key in _ROWS if values[key]]
    lines += ["", "```turtle", *values[ns.SKOS + "example"], "```"]
    return "\n".join(lines).replace("\n\n\n", "\n\n")


def _reused(found: Terms) -> str:
    notes = {iri: values[ns.SKOS + "scopeNote"] for iri, values in found.items()}
    rows = [f"| `{_curie(iri)}` | {note[0]} |" for iri, note in notes.items() if note]
    return "\n".join(["| term | what it means here |", "| --- | --- |", *rows])


def _curie(iri: str) -> str:
    return ns.compress(iri) or iri


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
