"""GraphML for Gephi, yEd and networkx: a node for each resource, an edge for each triple between two of them."""

import io
from typing import TYPE_CHECKING

from pyoxigraph import Literal, RdfFormat, parse

from kg import namespaces as ns
from kg.export.rdf import stand_in
from kg.export.selection import Selection

if TYPE_CHECKING:
    import networkx

_TYPE = ns.RDF + "type"
_LABELS = (ns.DCTERMS + "title", ns.SKOS + "prefLabel", ns.SCHEMA + "text", ns.DCTERMS + "identifier")
_LONGEST_LABEL = 80


def graph(selection: Selection) -> "networkx.MultiDiGraph[str]":
    """The selection as a networkx graph.

    Shape: node keys are IRIs; a node has `kind` (its class as CURIE), `label`, and each literal under its
    property's CURIE (several values joined by line ends); an edge has `label`, the property's CURIE.
    """
    import networkx

    out: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    literals: dict[str, dict[str, list[str]]] = {}
    edges: list[tuple[str, str, str]] = []
    for quad in parse(
        "".join(f"{line} .\n" for line in selection.triples()).encode(), RdfFormat.N_TRIPLES, lenient=True
    ):
        subject, predicate = str(quad.subject)[1:-1], quad.predicate.value
        values = literals.setdefault(subject, {})
        if isinstance(quad.object, Literal):
            values.setdefault(predicate, []).append(quad.object.value)
        elif predicate == _TYPE:
            values.setdefault(_TYPE, []).append(_curie(str(quad.object)[1:-1]))
        else:
            edges.append((subject, str(quad.object)[1:-1], _curie(predicate)))
    for subject, values in sorted(literals.items()):
        out.add_node(stand_in(subject), **_attributes(subject, values))
    for source, target, label in sorted(edges):
        if target not in literals and target not in out:
            out.add_node(target, kind="", label=target)
        out.add_edge(source, target, label=label)
    return out


def graphml(selection: Selection) -> bytes:
    """The graph as GraphML; a character that XML can't hold becomes its stand-in."""
    import networkx

    out = io.BytesIO()
    networkx.write_graphml_xml(graph(selection), out, encoding="utf-8", named_key_ids=True)
    return out.getvalue() + b"\n"


def _curie(iri: str) -> str:
    return ns.compress(iri) or iri


def _attributes(subject: str, values: dict[str, list[str]]) -> dict[str, str]:
    label = next((values[key][0] for key in _LABELS if key in values), subject)
    label = label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"
    found = {"kind": " ".join(values.get(_TYPE, [])), "label": stand_in(label)}
    for key, texts in values.items():
        if key != _TYPE:
            found[_curie(key)] = "\n".join(stand_in(text) for text in texts)
    return found
