"""The shapes hold for real briefs, and say in words what is broken."""

from collections import Counter
from functools import cache

import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH

from kg import namespaces as ns
from kg import resources
from tests.ontology.articles import articles, lines_of

_SHAPES = rdflib.Graph().parse(resources.folder("ontology") / "shapes.ttl", format="turtle")
_BASE = ns.DEFAULT_BASE
_KINDS = {str(SH.Violation): "", str(SH.Warning): "Warning: ", str(SH.Info): "Note: "}
_PREFIXES = {**ns.PREFIXES, "tides": f"{_BASE}articles/tides/#", "wind": f"{_BASE}articles/wind/#"}


def _graph(source: str = "own") -> rdflib.Graph:
    """Every sixth article of the corpus, for pySHACL takes its time; all of the others."""
    files = articles(source)[:: 6 if source == "corpus" else 1]
    return rdflib.Graph().parse(data="".join(lines_of(files)), format="nt")


def _told(data: rdflib.Graph, ontology: rdflib.Graph | None = None) -> Counter[str]:
    """What is wrong, in words, warnings and notes marked as such; given an ontology, also in what follows from it."""
    inference = "rdfs" if ontology else "none"
    conforms, report, _ = pyshacl.validate(data, shacl_graph=_SHAPES, ont_graph=ontology, inference=inference)
    assert isinstance(report, rdflib.Graph)
    results = list(report.subjects(rdflib.RDF.type, SH.ValidationResult))
    assert conforms == (not results)
    return Counter(_words(report, result) for result in results)


@cache
def _own_warnings() -> Counter[str]:
    """What is told of the test's own articles before anything is broken."""
    return _told(_graph())


def _words(report: rdflib.Graph, result: rdflib.term.Node) -> str:
    kind = _KINDS[str(report.value(result, SH.resultSeverity))]
    return f"{kind}{report.value(result, SH.resultMessage)}"


def _updated(change: str) -> rdflib.Graph:
    """The graph of the test's own briefs after a SPARQL Update."""
    data = _graph()
    before = set(data)
    data.update(f"BASE <{_BASE}> {change}", initNs=_PREFIXES)
    assert set(data) != before, "the update changes nothing"
    return data


@pytest.mark.parametrize("source", ["seeds", "corpus"])
def test_articles_conform(source: str) -> None:
    assert [message for message in _told(_graph(source)) if not message.startswith(("Warning: ", "Note: "))] == []


def test_what_is_missing_is_told() -> None:
    assert _own_warnings() == {
        "Warning: A word for confidence, status or support is none of the known ones.": 2,
        "Warning: The claim has no evidence.": 9,
        "Warning: The claim is held with high confidence or is a risk, and names nothing that speaks against it.": 2,
        "The evidence names no source that its article lists.": 1,
    }


def test_articles_conform_after_inference_with_the_ontology() -> None:
    ontology = rdflib.Graph().parse(data=resources.ontology(), format="turtle")
    assert _told(_graph(), ontology) == _own_warnings()


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
    "INSERT DATA { <articles/tides/> schema:datePublished 'in May' }": "The day of publication is one date",
    "INSERT DATA { <articles/tides/> schema:dateCreated 'in May' }": "The day on which the article was begun",
    "INSERT DATA { <articles/tides/> kg:maturity 'seed' }": "An article has at most one maturity",
    "INSERT DATA { <articles/wind/> kg:maturity 'tree' }": "Warning: The maturity is none of",
    "INSERT DATA { <articles/tides/> kg:contentHash '' }": "A hash of the content is one plain text",
    "INSERT DATA { <articles/tides/> kg:aiAssistance 'yes' }": "Whether programs helped",
    "INSERT DATA { <articles/tides/> kg:disclosure '' }": "What an article discloses",
    "INSERT DATA { <articles/tides/> schema:audience 'Anglers' }": "An article is meant for groups of readers",
    "INSERT DATA { <articles/tides/> schema:about 'the sea' }": "A topic of an article",
    "INSERT DATA { <articles/tides/> dcterms:relation 'The Moon' }": "An article is related to another",
    "INSERT DATA { <articles/tides/> schema:isPartOf <articles/moon/> }": "An article is part of at most one series",
    "INSERT DATA { <articles/tides/> schema:position 'second' }": "An article has at most one place in its series",
    "INSERT DATA { <articles/tides/> kg:seriesRole 'guide' }": "An article has at most one role in its series",
    "INSERT DATA { <articles/tides/> kg:seriesTitle 'The Sea' }": "An article words the title of its series",
    # brief
    "DELETE WHERE { tides:brief schema:isBasedOn ?article }": "A brief is about exactly one article",
    "DELETE WHERE { tides:companion schema:isBasedOn ?article }": "A companion is about exactly one article",
    "DELETE WHERE { tides:brief dcterms:identifier ?id }": "A brief has one id",
    "INSERT DATA { tides:brief dcterms:conformsTo <format/2> }": "A brief is written in one version of the format",
    "DELETE WHERE { tides:brief dcterms:conformsTo ?format }": "Warning: The brief does not say which version",
    "INSERT DATA { tides:brief kg:tokenBudget 0 }": "A token budget is one whole number above 0",
    "DELETE WHERE { tides:brief kg:tokenBudget ?budget }": "Warning: The brief has no token budget",
    "INSERT DATA { tides:brief kg:knownLimit tides:claim-001 }": "A known limit is a node of class kg:Limit",
    # thesis and claims
    "DELETE WHERE { tides:thesis schema:text ?text }": "The node has no text",
    "INSERT DATA { tides:thesis schema:text 'Gezeiten'@de }": "A node has one plain text",
    "DELETE WHERE { tides:thesis schema:isPartOf ?article }": "A thesis, claim, source record",
    "INSERT DATA { wind:thesis prov:wasDerivedFrom wind:brief }": "What was found in running text",
    "DELETE WHERE { tides:claim-001 schema:text ?text }": "The node has no text",
    "INSERT DATA { tides:claim-001 kg:briefText '' }": "The brief's own wording is one plain text",
    "INSERT DATA { tides:claim-001 kg:confidence kg:confidence-total }": "A claim has at most one confidence",
    "INSERT DATA { tides:claim-001 kg:claimStatus kg:status-risk }": "A claim has at most one status",
    "INSERT DATA { tides:claim-001 kg:claimState 'verified' }": "A claim is in at most one state",
    "INSERT DATA { tides:claim-001 cito:citesAsEvidence 'The Sea' }": "A claim rests on a work by its IRI",
    "INSERT DATA { tides:claim-001 cito:disagreesWith 'The Sea' }": "A claim names a work that speaks against it",
    "INSERT DATA { tides:v a kg:Verification ; schema:about tides:claim-001 }": "A claim has at most one verification",
    "DELETE WHERE { ?node cito:hasCitingEntity wind:claim-001 }": "Warning: The claim has no evidence",
    "DELETE WHERE { ?node a kg:Counterevidence }": "Warning: The claim is held with high",
    # what claims rest on
    "DELETE WHERE { tides:record-source-moon dcterms:identifier ?id }": "A source record has one id",
    "INSERT DATA { tides:record-source-moon dcterms:title '' }": "A source record has at most one title",
    "DELETE WHERE { tides:record-source-moon dcterms:title ?title }": "Warning: The source record has no title",
    "INSERT DATA { tides:record-source-moon schema:url <articles/moon/> }": "A source record has at most one address",
    "INSERT DATA { tides:record-source-moon kg:work 'The Moon' }": "A source record leads to at most one work",
    "DELETE WHERE { tides:record-source-moon kg:work ?work }": "Warning: The source record leads to no work",
    "INSERT DATA { tides:record-source-moon kg:typeAsWritten 'book' }": "A source record has at most one type",
    "INSERT DATA { tides:record-source-moon kg:accessed 'in May' }": "The day on which a source was open",
    "DELETE WHERE { tides:record-source-moon schema:isPartOf ?article }": "A thesis, claim, source record",
    "DELETE WHERE { tides:claim-001-evidence-01 cito:hasCitingEntity ?claim }": "Evidence is for exactly one claim",
    "INSERT DATA { tides:claim-001-evidence-01 kg:source 'source-moon' }": "Evidence for or against a claim comes from",
    "DELETE WHERE { tides:claim-001-evidence-01 kg:source ?record }": "The evidence names no source",
    "INSERT DATA { tides:claim-001-evidence-01 cito:hasCitedEntity 'M' }": "Evidence for or against a claim cites",
    "INSERT DATA { tides:claim-001-evidence-01 kg:snippet '' }": "A snippet is one plain text",
    "DELETE WHERE { tides:claim-001-evidence-01 kg:snippet ?text }": "Warning: The evidence does not say",
    "INSERT DATA { tides:claim-001-evidence-01 kg:snippet 'It rises.' }": "Warning: The snippet is shorter than 12",
    f"INSERT DATA {{ tides:claim-001-evidence-01 kg:snippet '{'It rises. ' * 31}' }}": "Note: The snippet is longer",
    "INSERT DATA { tides:claim-001-evidence-01 kg:support kg:support-moral }": "Evidence is of at most one kind",
    "INSERT DATA { tides:claim-001-evidence-01 kg:assessed 'in May' }": "The day on which evidence was looked at",
    "INSERT DATA { tides:claim-001-evidence-01 kg:location 'page 5' }": "Evidence has at most one location",
    "DELETE WHERE { tides:claim-001-counter-01 schema:about ?claim }": "Counter-evidence or a verification is about",
    "DELETE WHERE { tides:claim-001-counter-01 schema:text ?text }": "Warning: The counter-evidence does not say",
    "INSERT DATA { tides:claim-001-counter-01 cito:hasCitingEntity tides:brief }": "Counter-evidence that names",
    # who looked at it
    "INSERT DATA { tides:claim-001-verification kg:verdict 'stale' }": "A verification or review has at most",
    "INSERT DATA { tides:claim-001-verification kg:verdict 'good' }": "Warning: The verdict on a claim is none of",
    "DELETE WHERE { tides:review-01 kg:verdict ?word }": "Warning: The verification or review does not say",
    "DELETE WHERE { tides:review-01 schema:about ?article }": "A review is about exactly one article",
    "INSERT DATA { tides:review-01 dcterms:date 'in May' }": "A verification, review or acceptance has",
    "INSERT DATA { tides:review-01 prov:wasAssociatedWith 'Ada' }": "A verification or review was done by",
    "INSERT DATA { tides:review-01 kg:reviewerAsWritten '' }": "The reviewer's name as written",
    "INSERT DATA { tides:review-01 kg:scope '' }": "What a review or acceptance goes for",
    "DELETE WHERE { tides:accepted-01 kg:rule ?rule }": "An acceptance names one kind of finding",
    "DELETE WHERE { tides:accepted-01 schema:text ?reason }": "Warning: The acceptance gives no reason",
    # what has no term of its own
    "INSERT DATA { tides:brief kg:extra '[1]'^^rdf:JSON }": "What is said beyond the known keys",
    "INSERT DATA { tides:review-01 kg:asListed '[1]'^^rdf:JSON }": "Lists are kept as they were written",
    "INSERT DATA { tides:claim-002 kg:notInBrief false }": "What the brief does not state is said to be so",
    "INSERT DATA { tides:claim-002 kg:unknownWord 'hunch' }": "A word that is not known is kept",
    "INSERT DATA { tides:claim-001 kg:unknownWord '{}'^^rdf:JSON }": "Warning: A word for confidence, status or",
    "INSERT DATA { tides:claim-001 skos:note '' }": "A note is plain text",
    "INSERT DATA { tides:claim-001 dcterms:identifier 'C1' }": "A claim has one id: claim- and its number",
    "INSERT DATA { tides:claim-001 kg:mentions tides:claim-009 }": "What a text names with claim- and a number",
    # what checks found
    "DELETE WHERE { <findings/KG1010da8f833bfa00391> kg:code ?code }": "A finding has one code",
    "INSERT DATA { <findings/KG1010da8f833bfa00391> kg:severity 'grave' }": "A finding has one severity",
    "DELETE WHERE { <findings/KG1010da8f833bfa00391> schema:text ?text }": "A finding says once",
    "INSERT DATA { <findings/KG1010da8f833bfa00391> schema:about 'wind' }": "A finding is about one node or several",
    "INSERT DATA { <findings/KG1115a344027bcac5330> kg:accepted '' }": "Why a finding is let stand",
    # what the brief says
    "DELETE WHERE { tides:audience-001 schema:text ?text }": "The audience note has no words",
    "DELETE WHERE { tides:query-001 schema:text ?text }": "The recommended query has no words",
    "DELETE WHERE { tides:limit-001 schema:text ?text }": "The limit has no words",
    "DELETE WHERE { tides:brief kg:knownLimit tides:limit-001 }": "A limit is a known limit of exactly one brief",
    "INSERT DATA { tides:audience-001 kg:audienceGroup 'anglers' }": "The group that an audience note speaks of",
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
    "INSERT DATA { tides:limit-001-link-01 dcterms:title '' }": "A link or image has at most one title",
    "DELETE WHERE { tides:claim-002-link-01 schema:isPartOf ?node }": "A link or image is part of the one node",
    # what articles share
    "DELETE WHERE { <works/doi/10.5555%2Ftides> dcterms:title ?title }": "A work has exactly one title",
    "DELETE WHERE { <works/doi/10.5555%2Ftides> schema:url ?address }": "A work has exactly one title and one address",
    "INSERT DATA { <works/doi/10.5555%2Ftides> schema:sameAs 'doi' }": "A work has at most one DOI",
    "INSERT DATA { <works/doi/10.5555%2Ftides> kg:weakIdentity 'no' }": "Whether a work is known by a home page",
    "DELETE WHERE { <series/sea> dcterms:title ?title }": "A series has exactly one title",
    "DELETE WHERE { <audiences/anglers> schema:audienceType ?name }": "A group of readers has exactly one name",
    "DELETE WHERE { <agents/agent> schema:name ?name }": "An agent has exactly one name",
    "DELETE WHERE { <mentions/tides%20for%20beginners> skos:prefLabel ?name }": "A named work has exactly one label",
    "INSERT DATA { <kinds/textbook> skos:prefLabel 'School book' }": "A kind of sources or a topic has exactly one",
}
"""What is done to the graph of the test's own briefs → how what is told begins."""


@pytest.mark.parametrize("change", BROKEN)
def test_what_is_broken_is_told_in_words(change: str) -> None:
    told = _told(_updated(change)) - _own_warnings()
    assert any(message.startswith(BROKEN[change]) for message in told), told


def test_a_message_is_one_sentence() -> None:
    messages = [str(message) for message in _SHAPES.objects(None, SH.message)]
    assert [text for text in messages if not text[0].isupper() or not text.endswith(".") or ". " in text] == []


def test_every_message_has_its_broken_graph() -> None:
    starts = tuple(start.removeprefix("Warning: ").removeprefix("Note: ") for start in BROKEN.values())
    messages = [str(message) for message in _SHAPES.objects(None, SH.message)]
    assert [text for text in messages if not text.startswith(starts)] == []
