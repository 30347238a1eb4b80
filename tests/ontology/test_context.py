"""The JSON-LD context: plain values, under CURIEs or bare names, say what the graph says."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable

import pytest
import rdflib
from pyld import jsonld
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg import namespaces as ns
from kg import resources
from kg.export.jsonld import document
from tests.ontology.articles import triples_of
from tools import jsonld_context, ontology_docs

_NATIVE = (ns.XSD + "integer", ns.XSD + "boolean")
"""The datatypes that JSON has literals for."""
_NESTED = """
{
  "@id": "https://garden.example/articles/tides/",
  "@type": "Article",
  "title": "Tides by Hand",
  "datePublished": "2026-04-01",
  "aiAssistance": true,
  "claims": {
    "@id": "https://garden.example/articles/tides/#claim-001",
    "@type": "Claim",
    "claimStatus": "core",
    "evidence": {
      "@id": "https://garden.example/articles/tides/#claim-001-evidence-01",
      "@type": "Evidence",
      "snippet": "The highest tides follow the full moon.",
      "support": "direct",
      "assessed": "2026-05-01"
    },
    "counterevidence": {
      "@id": "https://garden.example/articles/tides/#claim-001-counter-01",
      "text": "Wind can hide it."
    }
  }
}
"""


def _by_pyld(text: str) -> str:
    return str(jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"}))


def _by_rdflib(text: str) -> str:
    return rdflib.Graph().parse(data=text, format="json-ld").serialize(format="nt")


def _by_oxigraph(text: str) -> str:
    return "".join(f"{quad.triple} .\n" for quad in parse(text.encode(), RdfFormat.JSON_LD))


Reader = Callable[[str], str]
every_reader = pytest.mark.parametrize("read", [_by_pyld, _by_rdflib, _by_oxigraph])
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own use of it


def _read(read: Reader, written: dict[str, object]) -> list[str]:
    """The triples of a document that has the context, sorted."""
    context = json.loads(resources.context())
    found = parse(read(json.dumps({**context, **written})).encode(), RdfFormat.N_TRIPLES)
    return sorted(str(quad.triple) for quad in found)


def _curie(iri: str) -> str:
    return ns.compress(iri) or iri


def _bare(iri: str) -> str:
    return _curie(iri).split(":")[1]


def _plain(triples: Iterable[Triple], name: Callable[[str], str]) -> dict[str, object]:
    """Triples as JSON-LD in which the context alone says what strings stand for."""
    nodes: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        value = triple.object
        assert isinstance(value, Literal | NamedNode)
        node, is_type = nodes[str(triple.subject)[1:-1]], triple.predicate.value == ns.RDF + "type"
        native = isinstance(value, Literal) and value.datatype.value in _NATIVE
        key = "@type" if is_type else name(triple.predicate.value)
        node[key].append(json.loads(value.value) if native else name(value.value) if is_type else value.value)
    return {"@graph": [{"@id": iri, **values} for iri, values in nodes.items()]}


@every_reader
@pytest.mark.parametrize("name", [_curie, _bare])
def test_the_context_says_what_plain_values_stand_for(read: Reader, name: Callable[[str], str]) -> None:
    triples = triples_of("own")
    assert _read(read, _plain(triples, name)) == sorted(map(str, triples))


@every_reader
def test_what_is_written_by_hand_is_what_kg_writes(read: Reader) -> None:
    found = _read(read, json.loads(_NESTED))
    assert len(found) == 14
    assert set(found) - {str(triple) for triple in triples_of("own")} == set()


def test_no_two_terms_have_one_bare_name() -> None:
    kinds = {ns.SKOS + "Concept", ns.SKOS + "ConceptScheme"}
    own = [iri for iri, values in ontology_docs.terms().items() if kinds.isdisjoint(values[ns.RDF + "type"])]
    named = [iri for iri in own if iri not in (ns.RDF + "type", ontology_docs.ONTOLOGY)]
    entries = [value for key, value in jsonld_context.context().items() if ":" not in key and isinstance(value, dict)]
    assert sorted(entry["@id"] for entry in entries if "@id" in entry) == sorted(map(_curie, named))


def test_the_file_is_up_to_date() -> None:
    assert resources.context() == jsonld_context.render(), "run make docs"


def test_an_article_called_like_a_bare_name_keeps_its_prefix() -> None:
    own = {"evidence": ns.article(ns.DEFAULT_BASE, "evidence") + "#"}
    triple = Triple(NamedNode(own["evidence"] + "claim-001"), NamedNode(ns.RDF + "type"), NamedNode(ns.KG + "Claim"))
    written = document([triple], own).decode()
    assert json.loads(written)["@graph"] == [{"@id": "evidence:claim-001", "@type": "kg:Claim"}]
    assert _by_oxigraph(written) == f"{triple} .\n"
