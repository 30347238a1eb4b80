"""The shapes hold for real briefs, and say in words what is broken."""

import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH

from kg import namespaces as ns
from kg import resources
from tests.ontology.articles import SOURCES, articles, lines_of

_SHAPES = rdflib.Graph().parse(resources.folder("ontology") / "shapes.ttl", format="turtle")
_BASE = ns.DEFAULT_BASE
_PREFIXES = {**ns.PREFIXES, "tides": f"{_BASE}articles/tides/#", "wind": f"{_BASE}articles/wind/#"}


def _graph(source: str = "own") -> rdflib.Graph:
    return rdflib.Graph().parse(data="".join(lines_of(articles(source))), format="nt")


def _told(data: rdflib.Graph, ontology: rdflib.Graph | None = None) -> list[str]:
    """What is wrong, in words, warnings marked as such; given an ontology, also in what follows from it."""
    inference = "rdfs" if ontology else "none"
    conforms, report, _ = pyshacl.validate(data, shacl_graph=_SHAPES, ont_graph=ontology, inference=inference)
    assert isinstance(report, rdflib.Graph)
    results = list(report.subjects(rdflib.RDF.type, SH.ValidationResult))
    assert conforms == (not results)
    return sorted(_words(report, result) for result in results)


def _words(report: rdflib.Graph, result: rdflib.term.Node) -> str:
    kind = "Warning: " if report.value(result, SH.resultSeverity) == SH.Warning else ""
    return f"{kind}{report.value(result, SH.resultMessage)}"


def _updated(change: str) -> rdflib.Graph:
    """The graph of the test's own briefs after a SPARQL Update."""
    data = _graph()
    before = set(data)
    data.update(f"BASE <{_BASE}> {change}", initNs=_PREFIXES)
    assert set(data) != before, "the update changes nothing"
    return data


@pytest.mark.parametrize("source", SOURCES)
def test_briefs_conform(source: str) -> None:
    assert _told(_graph(source)) == []


def test_briefs_conform_after_inference_with_the_ontology() -> None:
    ontology = rdflib.Graph().parse(data=resources.ontology(), format="turtle")
    assert _told(_graph(), ontology) == []


def test_the_shapes_are_well_formed() -> None:
    conforms, _, text = pyshacl.validate(_SHAPES, shacl_graph=_SHAPES, meta_shacl=True)
    assert conforms, text


BROKEN = {
    # every node
    "INSERT DATA { [] a schema:Article }": "Every node has an IRI",
    # article
    "DELETE WHERE { <articles/tides/> dcterms:identifier ?slug }": "An article has one slug",
    "DELETE WHERE { <articles/tides/> dcterms:title ?title }": "Article and brief have one title each",
    "DELETE WHERE { <articles/tides/> schema:creativeWorkStatus ?status }": "Warning: The article has no status",
    "INSERT DATA { <articles/tides/> schema:creativeWorkStatus 'done' }": "A status is one of draft",
    "DELETE WHERE { <articles/tides/> schema:dateModified ?day }": "Warning: The article does not say when",
    "INSERT DATA { <articles/tides/> schema:dateModified 'in May' }": "The day of the last change is one date",
    "INSERT DATA { <articles/tides/> schema:inLanguage 'fr' }": "An article has at most one language",
    "INSERT DATA { <articles/tides/> dcterms:license 'free' }": "An article has at most one licence",
    "INSERT DATA { <articles/tides/> schema:citation 'The Moon' }": "An article cites another by its address",
    "INSERT DATA { tides:b a kg:Brief ; schema:isBasedOn <articles/tides/> }": "An article has exactly one brief",
    "INSERT DATA { tides:t a kg:Thesis ; schema:isPartOf <articles/tides/> }": "An article has at most one thesis",
    # brief
    "DELETE WHERE { tides:brief schema:isBasedOn ?article }": "A brief is about exactly one article",
    "DELETE WHERE { tides:brief dcterms:identifier ?id }": "A brief has one id",
    "INSERT DATA { tides:brief dcterms:conformsTo <format/2> }": "A brief is written in one version of the format",
    "DELETE WHERE { tides:brief dcterms:conformsTo ?format }": "Warning: The brief does not say which version",
    "INSERT DATA { tides:brief kg:tokenBudget 0 }": "A token budget is one whole number above 0",
    "DELETE WHERE { tides:brief kg:tokenBudget ?budget }": "Warning: The brief has no token budget",
    "INSERT DATA { tides:brief kg:extra '[1]'^^rdf:JSON }": "What a brief says beyond the known keys",
    "INSERT DATA { tides:brief kg:knownLimit tides:claim-001 }": "A known limit is a node of class kg:Limit",
    # thesis and claims
    "DELETE WHERE { tides:thesis schema:text ?text }": "The node has no text",
    "INSERT DATA { tides:thesis schema:text 'Gezeiten'@de }": "A node has one plain text",
    "DELETE WHERE { tides:thesis schema:isPartOf ?article }": "A thesis or claim is part of exactly one article",
    "INSERT DATA { wind:thesis prov:wasDerivedFrom wind:brief }": "What was found in running text",
    "DELETE WHERE { tides:claim-001 schema:text ?text }": "The node has no text",
    "INSERT DATA { tides:claim-001 skos:note '' }": "A note is plain text",
    "INSERT DATA { tides:claim-001 dcterms:identifier 'C1' }": "A claim has one id: claim- and its number",
    "INSERT DATA { tides:claim-001 kg:mentions tides:claim-009 }": "What a text names with claim- and a number",
    # what the brief says
    "DELETE WHERE { tides:audience-001 schema:text ?text }": "The audience note has no words",
    "DELETE WHERE { tides:query-001 schema:text ?text }": "The recommended query has no words",
    "DELETE WHERE { tides:limit-001 schema:text ?text }": "The limit has no words",
    "DELETE WHERE { tides:brief kg:knownLimit tides:limit-001 }": "A limit is a known limit of exactly one brief",
    "DELETE WHERE { tides:instruction-001 schema:text ?text }": "The instruction has no words",
    "DELETE WHERE { tides:query-001 schema:isPartOf ?brief }": "What a brief says is part of exactly one brief",
    "DELETE WHERE { tides:instruction-001 schema:isPartOf ?brief }": "An instruction is part of one brief, or",
    "DELETE WHERE { tides:family-001 schema:text ?text }": "The node has no text",
    "INSERT DATA { tides:family-001 kg:sourceKind 'Textbook' }": "A source family is of at most one kind",
    "INSERT DATA { tides:family-001 kg:names 'Tides for Beginners' }": "What a source family names",
    # sections
    "INSERT DATA { tides:section-005 dcterms:title 'Agents' }": "A section has at most one heading",
    "INSERT DATA { tides:section-005 kg:sectionRole kg:role-misc }": "A section has at most one role",
    "INSERT DATA { tides:section-005 kg:markdown '' }": "A section's Markdown is one text",
    "INSERT DATA { tides:section-005 kg:markdownAfter '' }": "The Markdown after a section's items is one text",
    # links and images
    "DELETE WHERE { tides:limit-001-link-01 schema:url ?url }": "A link or image has exactly one target",
    "DELETE WHERE { tides:claim-002-link-01 schema:isPartOf ?node }": "A link or image is part of the one node",
    # what articles share
    "DELETE WHERE { <mentions/tides%20for%20beginners> skos:prefLabel ?name }": "A named work has exactly one label",
    "INSERT DATA { <kinds/textbook> skos:prefLabel 'School book' }": "A kind of sources has exactly one label",
}
"""What is done to the graph of the test's own briefs → how what is told begins."""


@pytest.mark.parametrize("change", BROKEN)
def test_what_is_broken_is_told_in_words(change: str) -> None:
    told = _told(_updated(change))
    assert any(message.startswith(BROKEN[change]) for message in told), told


def test_a_message_is_one_sentence() -> None:
    messages = [str(message) for message in _SHAPES.objects(None, SH.message)]
    assert [text for text in messages if not text[0].isupper() or not text.endswith(".") or ". " in text] == []


def test_every_message_has_its_broken_graph() -> None:
    starts = tuple(start.removeprefix("Warning: ") for start in BROKEN.values())
    messages = [str(message) for message in _SHAPES.objects(None, SH.message)]
    assert [text for text in messages if not text.startswith(starts)] == []
