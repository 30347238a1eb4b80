"""Reading an export back with a second parser: rdflib for RDF, an XML parser for GraphML."""

from kg.errors import KgError
from kg.export.rdf import stand_in_escaped
from kg.export.selection import Selection

_RDFLIB = {
    "turtle": "turtle",
    "ntriples": "nt",
    "nquads": "nquads",
    "trig": "trig",
    "rdfxml": "xml",
    "jsonld": "json-ld",
}


def verify(data: bytes, form: str, selection: Selection) -> None:
    """Compare what a second parser reads with what was to be written.

    Errors: KgError where they differ.
    """
    lines = selection.triples()
    wanted = {stand_in_escaped(line) for line in lines} if form == "rdfxml" else set(lines)
    found = _graphml_size(data) if form == "graphml" else _triples(data, form)
    expected = _graphml_expected(selection) if form == "graphml" else len(wanted)
    if found != expected:
        raise KgError(f"the {form} export reads back as {found} statements instead of {expected}", "please report this")


def _triples(data: bytes, form: str) -> int:
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=data, format=_RDFLIB[form])
    return len({(s, p, o) for s, p, o, _ in dataset.quads()})


def _graphml_size(data: bytes) -> int:
    from xml.etree import ElementTree

    root = ElementTree.fromstring(data)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    return sum(1 for _ in root.iter(f"{space}node")) + sum(1 for _ in root.iter(f"{space}edge"))


def _graphml_expected(selection: Selection) -> int:
    from kg.export.graphml import graph

    built = graph(selection)
    return built.number_of_nodes() + built.number_of_edges()
