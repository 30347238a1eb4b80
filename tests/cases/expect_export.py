"""What the prose of the cases about exports says beyond their checks (20 to 23)."""

import io
import json
import re
import socket
from pathlib import Path
from unittest.mock import patch

import networkx
from pyoxigraph import Literal, NamedNode

from tests.cases.case import Outcome
from tests.cases.graph import FORMS, RDF_FORMS, Graph, graphml_texts, iri, read_with_rdflib, value


def quotes_and_backslashes(outcome: Outcome) -> None:
    name = "agent-brief:quoted-words"
    wanted = outcome.case.checks["claims"][name]
    for form in RDF_FORMS:
        claims = Graph.read(outcome.export(form), form).claims(name)
        assert claims == {identifier: [text.replace("\t", " ")] for identifier, text in wanted.items()}
        found, _ = read_with_rdflib(outcome.export(form), form)
        assert len(found) == len(outcome.graph().triples)
    texts = {text.replace("\t", " ") for text in graphml_texts(outcome.export("graphml"))}
    assert texts.issuperset(text.replace("\t", " ") for text in wanted.values())
    graph = outcome.graph()
    for claim in graph.nodes("kg:Claim"):
        for term in graph.objects(claim, "schema:text"):
            assert isinstance(term, Literal)
            assert (term.language, term.datatype.value) == (None, iri("xsd:string"))
    _renders_the_same(outcome, "quoted-words")


def _renders_the_same(outcome: Outcome, slug: str) -> None:
    """The brief written back from the graph is read as the same graph."""
    text = outcome.ask("render", slug, "--store", "store").out
    again = outcome.case.folder / "rendered" / slug / "agent.md"
    again.parent.mkdir(parents=True)
    again.write_bytes(text)
    assert outcome.ask("build", "rendered", "--store", "rendered-store").exit == 0
    export = outcome.ask("export", "ntriples", "--status", "all", "--store", "rendered-store")
    assert Graph.read(export.out, "nt").as_set() == outcome.graph().as_set()


def control_characters(outcome: Outcome) -> None:
    build, export = outcome.runs[0], outcome.runs[-1]
    if build.exit:
        for line, mark in ((23, "U+0001"), (24, "U+001B")):
            assert re.search(rf"stray-marks/agent\.md:{line}:.*error.*{re.escape(mark)}", build.output)
        return
    for line, mark in ((23, "U+0001"), (24, "U+001B")):
        assert re.search(rf"stray-marks/agent\.md:{line}:.*warning.*{re.escape(mark)}", build.output)
    assert b"warning" in export.err
    for run in outcome.runs:
        assert "\x01" not in run.output
    wanted = [
        "A stray mark \x01 came in with the scan.",
        "A colour code \x1b[31mred\x1b[0m was pasted from a terminal.",
        "This one is clean.",
    ]
    for form in RDF_FORMS:
        assert Graph.read(outcome.export(form), form).texts("kg:Claim") == wanted
        found, _ = read_with_rdflib(outcome.export(form), form)
        assert found == outcome.graph().as_set()
    _drawn_whole(outcome)
    _texts_stay_apart(outcome)


def _drawn_whole(outcome: Outcome) -> None:
    """GraphML has each node and each edge of the graph, and the marks in sight."""
    drawn = networkx.read_graphml(io.BytesIO(outcome.export("graphml")), force_multigraph=True)
    triples = outcome.graph().triples
    edges = [t for t in triples if isinstance(t.object, NamedNode) and t.predicate.value != iri("rdf:type")]
    assert drawn.number_of_edges() == len(edges)
    assert set(drawn.nodes) == {value(t.subject) for t in triples} | {value(t.object) for t in edges}
    texts = graphml_texts(outcome.export("graphml"))
    assert "A stray mark [U+0001] came in with the scan." in texts
    assert "A colour code [U+001B][31mred[U+001B][0m was pasted from a terminal." in texts


def _texts_stay_apart(outcome: Outcome) -> None:
    """Texts that differ in such a mark alone differ in GraphML too."""
    file = outcome.brief("stray-marks")
    data = file.read_bytes()
    line = b"- `claim-003`: This one is clean.\n"
    marked = b"".join(b"- `claim-00%d`: One %cmark.\n" % (number, number) for number in (4, 5, 6))
    file.write_bytes(data.replace(line, line + marked + b"- `claim-007`: One mark.\n"))
    outcome.ask("build", "briefs", "--store", "store-apart")
    run = outcome.ask("export", "graphml", "--store", "store-apart")
    texts = {text for text in graphml_texts(run.out) if text.startswith("One ")}
    assert len(texts) == 4
    file.write_bytes(data)


def same_bytes_every_time(outcome: Outcome) -> None:
    first = next(iter(outcome.stores))
    for form in FORMS:
        data = outcome.export(form, first).decode()
        dates = set(re.findall(r"\d{4}-\d{2}-\d{2}(?:T\S*)?", data))
        assert dates == {"2026-05-04"}  # the date of the briefs, and no time stamp
    _one_claim_more(outcome, outcome.case.folder / "briefs" / "2-second" / "agent.md", first)


def _one_claim_more(outcome: Outcome, file: Path, store: str) -> None:
    before = set(outcome.export("nt", store).decode().splitlines())
    text = file.read_text(encoding="utf-8")
    line = "- `claim-002`: See also order-a.\n"
    file.write_text(text.replace(line, line + "- `claim-003`: Order B is one longer.\n"), encoding="utf-8")
    assert outcome.ask("build", "briefs", "--store", store).exit == 0
    after = set(outcome.ask("export", "ntriples", "--status", "all", "--store", store).out.decode().splitlines())
    assert before - after == set()
    assert after - before
    assert all("order-b/#claim-003>" in line for line in after - before)
    file.write_text(text, encoding="utf-8")


def jsonld_offline(outcome: Outcome) -> None:
    data = outcome.export("jsonld")
    assert isinstance(json.loads(data).get("@context", {}), dict)
    with patch.object(socket, "socket", side_effect=AssertionError("the network was asked")):
        graph = Graph.read(data, "jsonld")
        found, complaints = read_with_rdflib(data, "jsonld")
    assert complaints == []
    assert found == graph.as_set() == Graph.read(outcome.export("ttl"), "ttl").as_set()
    brief = graph.brief("agent-brief:gate-lamp") or ""
    assert graph.objects(brief, "kg:tokenBudget") == [Literal("1500", datatype=NamedNode(iri("xsd:integer")))]
    assert graph.objects(brief, "schema:dateModified") == [Literal("2026-05-04", datatype=NamedNode(iri("xsd:date")))]
    assert sorted(graph.texts("kg:Claim")) == [
        "A lamp at the gate is seen from the outer buoy on clear nights.",
        "The lamp needs a new wick every nine days.",
    ]
