"""FROM and FROM NAMED say which graphs a query is about; without them it is about all."""

from pathlib import Path

import pytest
from pyoxigraph import QueryBoolean, QuerySolutions, RdfFormat, Store

from kg.empty import explain
from kg.querying import run
from kg.sparql import names_dataset
from tests.cli import kg

DATA = b"""<urn:a> <urn:p> "1" <urn:g> .
<urn:a> <urn:p> "2" <urn:h> .
<urn:b> <urn:p> "3" <urn:h> .
"""
BRIEF = "---\nid: agent-brief:a\nslug: a\ntitle: A\nstatus: draft\n---\n\n## Claims\n\n- `claim-001`: B.\n"


def _store() -> Store:
    store = Store()
    store.load(DATA, RdfFormat.N_QUADS)
    return store


def _rows(text: str) -> int:
    answer = run(_store(), text)
    assert isinstance(answer, QuerySolutions)
    return len(list(answer))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT * { ?s ?p ?o }", 3),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", 3),
        ("SELECT * { GRAPH <urn:h> { ?s ?p ?o } }", 2),
        ("SELECT * FROM <urn:g> { ?s ?p ?o }", 1),
        ("SELECT *FROM<urn:g>{ ?s ?p ?o }", 1),
        ("PREFIX u: <urn:> SELECT * from u:g FROM u:h { ?s ?p ?o }", 3),
        ("SELECT * FROM <urn:nowhere> { ?s ?p ?o }", 0),
        ("SELECT * FROM NAMED <urn:h> { ?s ?p ?o }", 0),
        ("SELECT * FROM NAMED <urn:h> { GRAPH ?g { ?s ?p ?o } }", 2),
        ("SELECT * FROM <urn:g> FROM NAMED <urn:h> { ?s ?p ?o GRAPH ?g { ?s ?p ?q } }", 1),
        ('SELECT * { ?s ?p ?o FILTER(?o != "FROM") } # FROM <urn:g>', 3),
        ("SELECT ?from { ?s ?p ?from }", 3),
    ],
)
def test_a_query_is_about_the_graphs_that_it_names(text: str, rows: int) -> None:
    assert _rows(text) == rows


def test_a_word_that_touches_the_one_before_it_still_counts() -> None:
    answer = run(_store(), "ASKFROM<urn:g>{ <urn:b> ?p ?o }")
    assert isinstance(answer, QueryBoolean)
    assert not answer


def test_a_name_or_a_variable_is_no_clause() -> None:
    assert not names_dataset("SELECT ?from $FROM { kg:FROM <urn:FROM> 'FROM' }")


def test_an_empty_answer_is_explained_in_the_same_graphs() -> None:
    (found,) = explain(_store(), "SELECT * FROM <urn:g> { <urn:b> <urn:p> ?o }")
    assert found == "nothing in the graphs that FROM names matches <urn:b> <urn:p> ?o"


def test_the_graphs_outside_the_default_dataset_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "agent.md").write_text(BRIEF, encoding="utf-8")
    assert kg("build", str(tmp_path), "--store", str(tmp_path / ".kg")).exit_code == 0
    for graph, where, found in (
        ("urn:kg:ontology", "kg:Claim a owl:Class", "true"),
        ("urn:kg:ontology", "?s a kg:Claim", "false"),
        ("urn:kg:build", "?s kg:line 10", "true"),
        ("urn:kg:build", "?s a kg:Claim", "false"),
    ):
        asked = kg("query", "--store", str(tmp_path / ".kg"), "-e", f"ASK FROM <{graph}> {{ {where} }}")
        assert f'"boolean":{found}' in asked.stdout, (graph, where, asked)
