"""The named queries: complete headers, no row for what is absent or hostile, and golden answers.

KG_GOLDEN=write writes the golden files anew.
"""

import os
import re
import shlex
import shutil
from collections.abc import Iterable
from pathlib import Path

import click
import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QueryTriples, Store

from kg import namespaces as ns
from kg.build import build
from kg.cli.query import command
from kg.config import read_config
from kg.errors import UsageError
from kg.garden import locate
from kg.querying import Answer, NamedQuery, bind, named_queries, run
from kg.results import as_tsv, n_triples
from kg.sparql import parameters
from kg.store import StoreFolder
from tests.queries import evidence
from tests.shared import ROOT
from tools import query_docs

GOLDEN = Path(__file__).parent / "golden"
QUERIES = {query.name: query for query in named_queries()}
PARAMETERS = [(name, parameter.name) for name, query in QUERIES.items() for parameter in query.parameters]

ABSENT = {
    "article": "no-such-article",
    "claim": "no-such-article#claim-001",
    "work": "No Such Work",
    "kind": "No Such Kind",
    "string": "words that stand nowhere",
    "date": "9999-12-31",
    "cited": "https://doi.org/10.5555/no-such-work",
    "topic": "no such topic",
    "audience": "no such readers",
    "series": "no-such-series",
    "reviewer": "No Such Reviewer",
    "state": "no-such-state",
    "confidence": "no-such-confidence",
    "support": "no-such-support",
    "least": "999999999",
    "most": "0",
    "tokens": "0",
    "limit": "0",
}
"""A value that nothing has, by a parameter's type; of a number by its name."""

HOSTILE = [
    "\"'",
    '" . } UNION { ?claim ?p ?text } #',
    "x> ?p ?o } UNION { ?s ?p ?o } #",
    "x/> ?p ?o . <https://seeds.example/articles/what-humus-was",
    "what-humus-was/> . #",
    "what-humus-was\\",
    '\\" || true) #',
    "\\u0022 || true) #",
    "\\u003E ?p ?o } UNION { ?s ?p ?o } #",
    '""" } UNION { ?s ?p ?o } #',
    "{{{}}}",
    "$article $words ?text",
    "; DROP ALL",
    "x\n} INSERT DATA { <a:b> <a:b> <a:b> } #",
    "SERVICE <https://seeds.example/> { ?s ?p ?o }",
    "\x00\x01\x7f",
    "1 OFFSET 0",
    "1e3",
    "-1",
    "2026-01-01T00:00:00",
    "\u00a0",
]

GAPS = """\
---
schemaVersion: 1
id: agent-brief:baking-stones
articleId: article:baking-stones
slug: baking-stones
title: Baking Stones
tokenBudget: 600
status: draft
updated: 2026-05-02
---

## Thesis

A stone lends its heat to the loaf, as does the lid in [Pots and Lids](/articles/pots-and-lids/).
"""
OVER_GAPS = {
    "articles-by-claim-state",
    "articles-sharing-work",
    "articles-without-claims",
    "cited-works",
    "claims-by-state",
    "claims-sharing-work",
    "claims-without-direct-evidence",
    "evidence-by-support",
    "findings-accepted",
    "findings-by-code",
    "ids-of-several-works",
    "links-broken",
    "works-of-several-ids",
}
"""What the sample garden has none of is asked of the brief above and the garden of evidence.py."""
NUMBERS = ("integer", "number")

SEARCHED = {
    "audiences-search": (ns.KG + "AudienceNote", ns.SCHEMA + "text"),
    "cited-works-search": (ns.KG + "Source", ns.DCTERMS + "title"),
    "claims-search": (ns.KG + "Claim", ns.SCHEMA + "text"),
    "queries-search": (ns.KG + "RecommendedQuery", ns.SCHEMA + "text"),
    "works-search": (ns.KG + "NamedWork", ns.SKOS + "prefLabel"),
}
"""The class and property that a search looks into."""


CONFIG = read_config(ROOT / "seeds" / "kg.toml")


def _built(folder: Path, store: Path) -> list[Quad]:
    """All quads of a garden's graph, as a build stores them."""
    build(locate((str(folder),), str(store)))
    opened = StoreFolder(store)
    quads = sorted(opened.open_published(), key=str)
    opened.close()
    return quads


@pytest.fixture(scope="module")
def quads(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, list[Quad]]:
    """The sample garden (False) and the garden that fills its gaps (True)."""
    gaps = tmp_path_factory.mktemp("gaps")
    shutil.copy(ROOT / "seeds" / "kg.toml", gaps)
    (gaps / "agent.md").write_text(GAPS, encoding="utf-8")
    evidence.write(gaps)
    places = {False: ROOT / "seeds", True: gaps}
    return {which: _built(place, tmp_path_factory.mktemp("store") / "kg") for which, place in places.items()}


@pytest.fixture(scope="module")
def stores(quads: dict[bool, list[Quad]]) -> dict[bool, Store]:
    return {which: _store(found) for which, found in quads.items()}


@pytest.fixture(scope="module")
def backwards(quads: dict[bool, list[Quad]]) -> dict[bool, Store]:
    """The same graphs, their quads loaded in the other order."""
    return {which: _store(reversed(found)) for which, found in quads.items()}


def _store(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def _values(query: NamedQuery) -> dict[str, str]:
    """The parameters of a query's example, read as the command line reads them."""
    program, name, *words = shlex.split(query.example)
    assert (program, name) == ("kg", "query")
    context: click.Context = command.make_context("query", words)
    assert context.params["name"] == query.name
    return dict(param.split("=", 1) for param in context.params["params"])


def _ask(store: Store, query: NamedQuery, changed: dict[str, str]) -> Answer:
    return run(store, bind(query, {**_values(query), **changed}, CONFIG.base))


def _written(answer: Answer) -> str:
    """An answer as its golden file holds it."""
    assert not isinstance(answer, QueryBoolean)
    if isinstance(answer, QueryTriples):
        return "".join(f"{line} .\n" for line in n_triples(answer))
    return "".join(as_tsv([variable.value for variable in answer.variables], answer))


def _rows(answer: Answer) -> list[object]:
    assert not isinstance(answer, QueryBoolean)
    return list(answer)


def _golden(query: NamedQuery) -> Path:
    return GOLDEN / f"{query.name}{'.nt' if 'CONSTRUCT' in query.text else '.tsv'}"


@pytest.mark.parametrize("name", QUERIES)
def test_header_is_complete(name: str) -> None:
    query = QUERIES[name]
    assert query.title
    assert not query.title.endswith(".")
    assert query.question.endswith("?")
    assert query.example.startswith(f"kg query {name}")
    assert all(parameter.help for parameter in query.parameters)
    assert parameters(query.text) == {parameter.name for parameter in query.parameters}


@pytest.mark.parametrize("name", QUERIES)
def test_example_gives_what_the_golden_file_holds(name: str, stores: dict[bool, Store]) -> None:
    query = QUERIES[name]
    answer = _written(_ask(stores[name in OVER_GAPS], query, {}))
    if os.environ.get("KG_GOLDEN") == "write":
        _golden(query).write_text(answer, encoding="utf-8", newline="")
    assert answer.encode() == _golden(query).read_bytes(), "read the diff, then make golden"
    assert answer.count("\n") > 1


@pytest.mark.parametrize("name", QUERIES)
def test_order_does_not_depend_on_the_store(name: str, stores: dict[bool, Store], backwards: dict[bool, Store]) -> None:
    query, which = QUERIES[name], name in OVER_GAPS
    assert _written(_ask(stores[which], query, {})) == _written(_ask(backwards[which], query, {}))


def test_every_golden_file_has_its_query() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(_golden(query).name for query in QUERIES.values())


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_absent_value_gives_nothing(name: str, parameter: str, stores: dict[bool, Store]) -> None:
    query = QUERIES[name]
    types = {known.name: known.type for known in query.parameters}
    value = ABSENT[parameter if types[parameter] in NUMBERS else types[parameter]]
    assert _rows(_ask(stores[name in OVER_GAPS], query, {parameter: value})) == []


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_empty_value_gives_nothing(name: str, parameter: str, stores: dict[bool, Store]) -> None:
    assert _answer(stores[name in OVER_GAPS], QUERIES[name], parameter, "") == _expected(QUERIES[name], parameter)


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_hostile_value_gives_nothing(name: str, parameter: str, stores: dict[bool, Store]) -> None:
    store, query = stores[name in OVER_GAPS], QUERIES[name]
    answers = {value: _answer(store, query, parameter, value) for value in HOSTILE}
    assert answers == dict.fromkeys(HOSTILE, _expected(query, parameter))


def _expected(query: NamedQuery, parameter: str) -> str:
    """A number or a date that is none is refused; of any other value there is nothing."""
    (type_,) = (known.type for known in query.parameters if known.name == parameter)
    return "refused" if type_ in (*NUMBERS, "date") else "nothing"


def _answer(store: Store, query: NamedQuery, parameter: str, value: str) -> str:
    try:
        rows = _rows(_ask(store, query, {parameter: value}))
    except UsageError as error:
        return "refused" if re.search(r"is no (whole number|number|date)", error.message) else error.message
    return f"{len(rows)} rows" if rows else "nothing"


@pytest.mark.parametrize("words", ['"', "'", "%", "OF THE", "é", "\u00b0c"])
@pytest.mark.parametrize("name", SEARCHED)
def test_search_takes_words_as_they_are(name: str, words: str, stores: dict[bool, Store]) -> None:
    found = _rows(_ask(stores[False], QUERIES[name], {"words": words, "limit": "1000"}))
    assert len(found) == sum(words.lower() in text.lower() for text in _texts(stores[False], *SEARCHED[name]))


def _texts(store: Store, kind: str, predicate: str) -> list[str]:
    """The texts of all nodes of a class."""
    nodes = {quad.subject for quad in store.quads_for_pattern(None, NamedNode(ns.RDF + "type"), NamedNode(kind))}
    quads = store.quads_for_pattern(None, NamedNode(predicate), None)
    return [quad.object.value for quad in quads if quad.subject in nodes and isinstance(quad.object, Literal)]


def test_every_search_is_tested() -> None:
    assert {name for name, parameter in PARAMETERS if parameter == "words"} == set(SEARCHED)


def test_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "queries.md").read_text(encoding="utf-8") == query_docs.render(), "run make docs"
