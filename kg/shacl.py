"""Articles held against ontology/shapes.ttl by pySHACL; what it finds, as diagnostics with places."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg import namespaces as ns
from kg import resources
from kg.diagnostics import Diagnostic, Severity, visible
from kg.errors import KgError
from kg.mapping import Mapped
from kg.mapping.labels import Labels

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SHACL = "http://www.w3.org/ns/shacl#"
_SEVERITIES = {_SHACL + "Warning": Severity.WARNING, _SHACL + "Info": Severity.NOTE}
Place = tuple[str, int]
"""A file and a line in it."""


def findings(articles: list[Mapped]) -> list[Diagnostic]:
    """What the shapes find in the graph of some articles, sorted by place.

    Errors: KgError where pySHACL is not installed; KG045 for each result, with the severity that its shape has.
    """
    validate = _validator()
    data = _graph(articles)
    if not articles:
        return []
    _, report, _ = validate(data, shacl_graph=_shapes())
    places = _places(articles)
    found = {_diagnostic(result, _place(str(result["focusNode"]), data, places)) for result in _results(report)}
    return sorted(found, key=lambda d: d.sort_key)


def _validator() -> Any:
    try:
        from pyshacl import validate
    except ImportError:
        raise KgError("kg check --shacl needs pySHACL", "python -m pip install 'claimgraph[shacl]'") from None
    return validate


def _graph(articles: list[Mapped]) -> "Graph":
    from rdflib import Graph

    labels = Labels()
    lines: dict[str, None] = {}
    for article in articles:
        labels.take(article.shared, article.status)
        lines.update(dict.fromkeys(article.lines))
    text = "".join(f"{line} .\n" for line in (*lines, *labels.lines()))
    return Graph().parse(data=text, format="nt")


def _shapes() -> "Graph":
    from rdflib import Graph

    return Graph().parse(resources.folder("ontology") / "shapes.ttl", format="turtle")


def _results(report: "Graph") -> Iterator[dict[str, "Node"]]:
    """The results of a report: each property of SHACL by its local name."""
    from rdflib import URIRef

    for result in report.objects(None, URIRef(_SHACL + "result")):
        yield {str(name).removeprefix(_SHACL): value for name, value in report.predicate_objects(result)}


def _places(articles: list[Mapped]) -> dict[str, Place]:
    """IRI of a node → where it is written."""
    found: dict[str, Place] = {}
    for article in articles:
        found |= {node: (article.companion_file, line) for node, line in article.companion_places.items()}
        found |= {node: (article.file, line) for node, line in article.places.items()}
    return found


def _place(focus: str, data: "Graph", places: dict[str, Place]) -> Place:
    """Where a node is written; of a node that articles share, where one of them points to it first."""
    if place := places.get(focus):
        return place
    from rdflib import URIRef

    pointing = (places.get(str(node)) for node in data.subjects(None, URIRef(focus)))
    return min((place for place in pointing if place), default=min(places.values()))


def _diagnostic(result: dict[str, "Node"], place: Place) -> Diagnostic:
    severity = _SEVERITIES.get(str(result["resultSeverity"]), Severity.ERROR)
    said = str(result["resultMessage"]).removesuffix(".")
    message = f"{_name(str(result['focusNode']))}: {said[0].lower()}{said[1:]}{_value(result)}"
    return Diagnostic(*place, 1, "KG045", message, level=severity)


def _name(node: str) -> str:
    """A node of an article by what stands behind its ``#``, another by its IRI."""
    return node.partition("#")[2] or f"<{node}>"


def _value(result: dict[str, "Node"]) -> str:
    """The value that is wrong, where one is."""
    value = result.get("value")
    if value is None or value == result["focusNode"]:
        return ""
    path = ns.compress(str(result.get("resultPath"))) or "the value"
    return f"; {path} is {visible(str(value))}"
