"""An export read back, and the questions that checks ask of it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

PREFIXES = {
    "kg": "https://w3id.org/claimgraph/ns#",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
FORMS = {"ttl": "turtle", "nt": "ntriples", "jsonld": "jsonld", "graphml": "graphml"}
RDF_FORMS = ("ttl", "nt", "jsonld")
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
_OXIGRAPH = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
_RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld"}

Triples = frozenset[tuple[str, str, str]]


def iri(curie: str) -> str:
    """A CURIE's IRI."""
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


@dataclass(frozen=True, slots=True)
class Graph:
    """The triples of one store."""

    triples: tuple[Triple, ...]

    @classmethod
    def read(cls, data: bytes, form: str) -> "Graph":
        """Read an export with Oxigraph's parser."""
        return cls(tuple(quad.triple for quad in parse(data, _OXIGRAPH[form])))

    def nodes(self, kind: str) -> list[str]:
        """The IRIs of a class, sorted."""
        wanted, a = iri(kind), iri("rdf:type")
        found = (t.subject for t in self.triples if t.predicate.value == a and value(t.object) == wanted)
        return sorted(value(subject) for subject in found)

    def objects(self, subject: str, predicate: str) -> list[Literal | NamedNode]:
        """The objects of a node's property, in the order of their text."""
        wanted = iri(predicate)
        found = [
            t.object
            for t in self.triples
            if value(t.subject) == subject and t.predicate.value == wanted and isinstance(t.object, Literal | NamedNode)
        ]
        return sorted(found, key=value)

    def values(self, subject: str, predicate: str) -> list[str]:
        """The objects of a node's property as text."""
        return [value(term) for term in self.objects(subject, predicate)]

    def texts(self, kind: str) -> list[str]:
        """The texts of the nodes of a class, in the order of their IRIs."""
        return [text for node in self.nodes(kind) for text in self.values(node, "schema:text")]

    def literals(self) -> list[Literal]:
        """Every literal."""
        return [t.object for t in self.triples if isinstance(t.object, Literal)]

    def brief(self, name: str) -> str | None:
        """The IRI of the brief with an identifier such as ``agent-brief:tides``."""
        named = (node for node in self.nodes("kg:Brief") if self.values(node, "dcterms:identifier") == [name])
        return next(named, None)

    def fields(self, name: str) -> dict[str, list[str]]:
        """A brief's slug, title and status; each is one value if all is well."""
        brief = self.brief(name) or ""
        articles = self.values(brief, "schema:isBasedOn")
        return {
            "slug": [slug for article in articles for slug in self.values(article, "dcterms:identifier")],
            "title": self.values(brief, "dcterms:title"),
            "status": self.values(brief, "schema:creativeWorkStatus"),
        }

    def claims(self, name: str) -> dict[str, list[str]]:
        """The claims of a brief's article by identifier, each with its texts, a tab as one space."""
        articles = set(self.values(self.brief(name) or "", "schema:isBasedOn"))
        found: dict[str, list[str]] = {}
        for node in self.nodes("kg:Claim"):
            if articles.intersection(self.values(node, "schema:isPartOf")):
                texts = [text.replace("\t", " ") for text in self.values(node, "schema:text")]
                for identifier in self.values(node, "dcterms:identifier"):
                    found.setdefault(identifier, []).extend(texts)
        return found

    def as_set(self) -> Triples:
        """The triples as tuples that both parsers give alike."""
        return frozenset((value(t.subject), t.predicate.value, _term(t.object)) for t in self.triples)


def value(term: object) -> str:
    """A term's text."""
    return term.value if isinstance(term, NamedNode | Literal | BlankNode) else str(term)


def _term(term: object) -> str:
    if isinstance(term, Literal):
        return f"{term.value!r} {term.language or term.datatype.value}"
    return value(term)


def read_with_rdflib(data: bytes, form: str) -> tuple[Triples, list[str]]:
    """An export as rdflib reads it, and what rdflib complains of."""
    graph = rdflib.Graph()
    with _complaints() as complaints:
        graph.parse(data=data, format=_RDFLIB[form])
        found = frozenset((str(s), str(p), _rdflib_term(o)) for s, p, o in graph)
        graph.serialize(format="turtle")  # rdflib finds some IRIs odd only when it writes them
    return found, complaints


def _rdflib_term(term: object) -> str:
    if isinstance(term, rdflib.Literal):
        datatype = str(term.datatype or iri("xsd:string"))
        return f"{str(term)!r} {term.language or datatype}"
    return str(term)


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What is logged meanwhile."""
    messages: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("rdflib")
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)


def graphml_texts(data: bytes) -> list[str]:
    """The texts of a GraphML file."""
    return [element.text or "" for element in ElementTree.fromstring(data).iter(f"{GRAPHML}data")]
