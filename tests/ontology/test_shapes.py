"""The shapes hold for real briefs, and tell what is broken."""

from pathlib import Path

import pyshacl
import pytest
import rdflib

from kg import resources
from tests.cli import kg
from tests.graphs import graph_of
from tests.ontology.test_terms import ALL_TERMS, PROSE
from tests.shared import ROOT, SHARED, need

SHAPES = (resources.folder("ontology") / "shapes.ttl").read_text("utf-8")


def _report(lines: list[str]) -> tuple[bool, str]:
    data = rdflib.Graph().parse(data="".join(f"{line} .\n" for line in lines), format="nt")
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes)
    return bool(conforms), str(text)


def _lines(*texts: str) -> list[str]:
    graphs = [graph_of(text) for text in texts]
    return sorted({line for graph in graphs if graph for line in graph.lines})


def _built(folder: Path, store: Path) -> list[str]:
    """All triples of a garden, as a build joins them."""
    kg("build", str(folder), "--store", str(store))
    lines = kg("export", "ntriples", "--status", "all", "--store", str(store)).stdout.splitlines()
    return [line.removesuffix(" .") for line in lines]


def test_briefs_with_every_term_conform() -> None:
    assert _report(_lines(ALL_TERMS, PROSE)) == (True, _CONFORMS)


def test_the_sample_garden_conforms(tmp_path: Path) -> None:
    assert _report(_built(ROOT / "seeds", tmp_path)) == (True, _CONFORMS)


def test_the_corpus_conforms(tmp_path: Path) -> None:
    assert _report(_built(need(SHARED / "corpus" / "garden"), tmp_path)) == (True, _CONFORMS)


_CONFORMS = "Validation Report\nConforms: True\n"
_A, _NS, _S = "https://garden.example/articles/all/", "https://w3id.org/claimgraph/ns#", "https://schema.org/"
_D = "http://purl.org/dc/terms/"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (f'<{_A}> <{_D}title> "All"', "", "An article has one title."),
        ('creativeWorkStatus> "published"', 'creativeWorkStatus> "gone"', "An article is a draft, in review"),
        ('"2026-05-04"^^<http://www.w3.org/2001/XMLSchema#date>', '"2026-05-04"', "on which day it was updated"),
        ('"1200"', '"0"', "A brief has a token budget, a whole number above 0."),
        ('identifier> "claim-001"', 'identifier> "c1"', "A claim's id is claim- and at least three digits."),
        (f'<{_A}#claim-001> <{_S}text> "One im."', "", "A claim has one text."),
        (f"<{_A}#thesis> <{_S}isPartOf> <{_A}>", "", "A thesis is part of one article."),
        (f"<{_A}#query-001> <{_S}isPartOf> <{_A}#brief>", "", "A bullet is part of one brief."),
        (
            "names> <https://garden.example/mentions/a>",
            "names> <urn:x>",
            "What a source family names is a kg:NamedWork.",
        ),
        ('prefLabel> "Textbook"', 'prefLabel> ""', "A named work or kind has one label."),
        (f"<{_NS}role-sources>", "<urn:x>", "A section's role is one"),
        (f'<{_S}url> "/x.png"', f'<{_S}name> "x"', "A link has one target."),
    ],
)
def test_what_is_broken_is_told(old: str, new: str, message: str) -> None:
    lines = _lines(ALL_TERMS)
    text = "\n".join(lines)
    assert old in text
    broken = [line for line in text.replace(old, new).split("\n") if line.strip()]
    conforms, report = _report(broken)
    assert not conforms
    assert message in report
