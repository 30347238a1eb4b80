"""What is said of a query that can't be read."""

import pytest
from pyoxigraph import Store

from kg.errors import UsageError
from kg.querying import run
from kg.sparql import refuse


def _error(text: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        run(Store(), text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { ?s shema:text ?o }", "query:1:15: the prefix shema: is unknown"),
        ("SELECT * { ?s ?p ?o FILTER(foo:f(?o)) }", "query:1:28: the prefix foo: is unknown"),
        ("PREFIX foo: <urn:> SELECT * { ?s foo:a foo }", "query:1:43: the query can't be read here"),
        ("SELECT * { <http://a b> ?p ?o }", "query:1:24: IRI parsing failed"),
        ("SELECT * { ?s ?p 'http://x }", "query:1:29: the query ends too early"),
        ("SELECT * {\n ?s 'é😀' ?o }", "query:2:2: the query can't be read here"),
        ("SELECT * { 'x' GRAPH 'x' }", "query:1:21: the query can't be read here"),
        ("SELECT * { ?s ?p ?o } }", "query:1:24: the query can't be read here"),
        ("SELECT * { ?s ?p ?o", "query:1:20: the query ends too early"),
        ("SELECT ?a (COUNT(*) AS ?n) {}", "query:1:30: The SELECT contains a variable that is unbound"),
        ("SLECT * {}", "query:1:1: the query can't be read here"),
        (" # only a comment", "the query is empty"),
    ],
)
def test_the_place_and_the_cause_are_told(text: str, message: str) -> None:
    assert _error(text).message.split("\n")[0] == message


def test_an_unknown_prefix_gets_the_nearest_and_all_that_are_known() -> None:
    help = _error("SELECT * { ?s shema:text ?o }").help or ""
    assert help.startswith("did you mean schema:?")
    assert "kg, schema, prov" in help
    assert _error("SLECT * {}").help == "did you mean SELECT?"


def test_the_line_reaches_the_terminal_as_escapes_with_the_caret_below_its_place() -> None:
    _, line, caret = _error("SELECT * { ?s \x1b[31m ?p ?p ?o }").message.split("\n")
    assert line == "  SELECT * { ?s \\u001b[31m ?p ?p ?o }"
    assert line[caret.index("^")] == "?"


def test_of_a_long_line_only_the_place_is_shown() -> None:
    _, line, caret = _error("SELECT * " + " " * 500 + "{ GRAPH 'x' {} }" + " " * 500).message.split("\n")
    assert line[caret.index("^") :].startswith("GRAPH")
    assert len(line) < 130


def test_text_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(UsageError, match="not UTF-8"):
        refuse("ASK { ?s ?p '\udce9' }")
