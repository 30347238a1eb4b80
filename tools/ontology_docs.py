"""docs/ontology.md from ontology/kg.ttl.

python tools/ontology_docs.py
"""

from collections import defaultdict
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from kg import namespaces as ns
from kg import resources

PAGE = Path(__file__).resolve().parent.parent / "docs" / "ontology.md"
ONTOLOGY = ns.KG.rstrip("#")

_TYPE = ns.RDF + "type"
_COMMENT = ns.RDFS + "comment"
_DEFINED_BY = ns.RDFS + "isDefinedBy"
_EXAMPLE = ns.SKOS + "example"
_DOMAIN = ns.SCHEMA + "domainIncludes"
_HAS = "has"
"""Not in the file: the properties of a class, the other way round than schema:domainIncludes."""

_GROUPS: dict[str, tuple[str, ...]] = {
    "Classes": (ns.OWL + "Class",),
    "Properties": (ns.OWL + "DatatypeProperty", ns.OWL + "ObjectProperty"),
    "Concepts": (ns.SKOS + "ConceptScheme", ns.SKOS + "Concept"),
}
_REUSED = "Terms of other vocabularies"
_ROWS = {
    "a kind of": (ns.RDFS + "subClassOf", ns.RDFS + "subPropertyOf"),
    "in": (ns.SKOS + "inScheme",),
    "has": (_HAS,),
    "used on": (_DOMAIN,),
    "values": (ns.SCHEMA + "rangeIncludes",),
}
_INTRODUCTION = """\
{description}

Own terms begin with `{space}`, prefix `kg:`, and stand in `ontology/kg.ttl`, from which this page is
made. "Used on" and "values" tell where a property is found and what it leads to; they give no node a type. Examples are
Turtle with the base `https://garden.example/`; `tides:`, `moon:` and `wind:` stand for the nodes of three small
articles, as `<articles/tides/#>`. `ontology/shapes.ttl` says in SHACL what must and what can be there, and `kg check
--shacl` holds a garden against it. With `ontology/context.jsonld` JSON-LD can be written by hand in bare names,
evidence inside its claim and known words as they are: `"evidence": {{"snippet": "…", "support": "direct"}}`.

{comment}"""

Terms = dict[str, dict[str, list[str]]]
"""IRI of a term → property → its values, each in the order of the file."""


def terms() -> Terms:
    """Every subject of the ontology with its values, in the file's order."""
    found: Terms = defaultdict(lambda: defaultdict(list))
    for triple in parse(resources.ontology(), RdfFormat.TURTLE):
        value = getattr(triple.object, "value", "")
        found[str(triple.subject)[1:-1]][triple.predicate.value].append(value)
    return found


def render() -> str:
    """The page: introduction, list of terms, then each term by group."""
    found = terms()
    groups = grouped(found)
    about = found[ONTOLOGY]
    introduction = _INTRODUCTION.format(
        description=about[ns.DCTERMS + "description"][0], space=ns.KG, comment="\n\n".join(about[_COMMENT])
    )
    parts = ["# The ontology", introduction, *(_contents(title, members) for title, members in groups.items())]
    for title, members in groups.items():
        parts += [f"## {title}", *(_term(iri, values) for iri, values in members.items())]
    return "\n\n".join(parts) + "\n"


def grouped(found: Terms) -> dict[str, Terms]:
    """The terms by the heading they stand under; the ontology itself under none."""
    groups: dict[str, Terms] = {}
    for title, kinds in _GROUPS.items():
        groups[title] = {iri: values for iri, values in found.items() if not set(kinds).isdisjoint(values[_TYPE])}
    groups[_REUSED] = {iri: values for iri, values in found.items() if values[_DEFINED_BY]}
    return {title: _with_properties(members, found) for title, members in groups.items()}


def _with_properties(members: Terms, found: Terms) -> Terms:
    """Terms, the classes among them with their properties."""
    return {
        iri: {**values, _HAS: [name for name, other in found.items() if iri in other.get(_DOMAIN, ())]}
        for iri, values in members.items()
    }


def _contents(title: str, members: Terms) -> str:
    """A line of links to the terms of a group."""
    names = (_curie(iri) for iri in members)
    return f"{title}: " + ", ".join(f"[{name}](#{name.replace(':', '').lower()})" for name in names)


def _term(iri: str, values: dict[str, list[str]]) -> str:
    """A term's heading, definition, what it is related to, and example."""
    words = values.get(ns.SKOS + "scopeNote") or values[_COMMENT]
    example = "\n".join(["```turtle", *values[_EXAMPLE], "```"])
    return "\n\n".join(part for part in (f"### {_curie(iri)}", *words, _rows(values), example) if part)


def _rows(values: dict[str, list[str]]) -> str:
    """A list of the terms that a term is related to."""
    rows = []
    for name, keys in _ROWS.items():
        related = [f"`{_curie(iri)}`" for key in keys for iri in values.get(key, ())]
        rows += [f"- {name}: {', '.join(related)}"] if related else []
    rows += [f"- defined by: <{iri}>" for iri in values.get(_DEFINED_BY, ())]
    return "\n".join(rows)


def _curie(iri: str) -> str:
    """An IRI as it is written in the page."""
    return ns.compress(iri) or iri


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
