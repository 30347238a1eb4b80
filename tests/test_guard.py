"""Queries that try to call out: the tokeniser's wall and the sandbox's, each alone, with a canary listening."""

import os
import random
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from pyoxigraph import RdfFormat, Store

from kg import namespaces as ns
from kg import querying
from kg.errors import KgError, UsageError
from kg.sparql import refuse, tokens
from kg.worker import Question, Worker

STRINGS = 100_000
DATA = b'<urn:a> <urn:p> "1" <urn:g> .\n<urn:a> <urn:q> <urn:b> <urn:g> .\n'


@dataclass(slots=True)
class Canary:
    """A server that counts who comes."""

    port: int
    hits: int = 0


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    listener = socket.create_server(("127.0.0.1", 0))
    found = Canary(listener.getsockname()[1])

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                found.hits += 1
                connection.close()

    Thread(target=serve, daemon=True).start()
    yield found
    listener.close()


def _store() -> Store:
    store = Store()
    store.load(DATA, RdfFormat.N_QUADS)
    return store


class Grammar:
    """Makes queries, hostile ones with a real call and harmless ones that only speak of it."""

    def __init__(self, seed: int, port: int) -> None:
        self.chance = random.Random(seed)
        self.iri = f"http://127.0.0.1:{port}/"

    def case(self, word: str) -> str:
        return "".join(c.upper() if self.chance.random() < 0.6 else c.lower() for c in word)

    def space(self) -> str:
        return self.chance.choice([" ", "\n", "\t", "\r", "\r\n", " # x\n", " # SERVICE <urn:x> {}\n", "#'\"{\r", "  "])

    def maybe(self) -> str:
        return self.space() if self.chance.random() < 0.5 else ""

    def call(self) -> str:
        """A real call, with what may stand right before it."""
        word = self.case("service") + self.chance.choice(["", self.space() + self.case("silent")])
        target = self.chance.choice([f"<{self.iri}>", f"<{self.iri}>", "x:y", ":y", "?e"])
        gap = self.maybe() if target[0] in "<:?" else self.space()
        body = f"{word}{gap}{target}{self.maybe()}{{{self.maybe()}?s ?p ?o{self.maybe()}}}"
        before = self.chance.choice(
            ["", "", "?s ?p 1", "?s ?p true", '?s ?p "x"', "?s ?p <urn:o>", "?s ?p 1.5", "?s ?p ?o ."]
        )
        bind = f"BIND(<{self.iri}> AS ?e) " if target == "?e" else ""
        glue = self.chance.choice(["", self.space()]) if not bind else " "
        return f"{bind}{before if not bind else ''}{glue}{body}"

    def harmless(self) -> str:
        """The word in a place where it calls nothing."""
        word = self.case("service")
        return self.chance.choice(
            [
                f"# {word} <{self.iri}> {{ ?s ?p ?o }}\n",
                f"# it's {word}\r",
                f'?s ?p "{word} <{self.iri}> {{}}"',
                f"?s ?p '{word} \\' {word}'",
                f'?s ?p """{word} " "" \n {word} \\""" x"""',
                f"?s ?p '''a ' '' {word}'''",
                f"?s <http://e.example/{word}> ?o",
                f"?s x:{word} ?o",
                f"?{word} ?p ?o",
                f"?s ?p ${word}",
                f"GRAPH service:{word} {{ ?s ?p ?o }}",
                f"?s service:{word} ?o",
                f'?s ?p "x"@en-{word[:4]}',
                f'?s ?p "\\u0027{word}"',
                "?s ?p ?o FILTER(?o > 1 && ?o<2)",
                "?s ?p ?o FILTER(?o<?p && ?s>?p)",
            ]
        )

    def wrap(self, inner: str) -> str:
        """Put a pattern at some depth into others."""
        for _ in range(self.chance.randrange(4)):
            shape = self.chance.choice(
                ["{{ {} }}", "OPTIONAL {{ {} }}", "{{ {} }} UNION {{ ?s ?p ?o }}", "{{ SELECT * WHERE {{ {} }} }}"]
            )
            inner = shape.format(inner.replace("{", "{{").replace("}", "}}")).replace("{{", "{").replace("}}", "}")
        return inner

    def query(self, hostile: bool) -> str:
        inner = self.call() if hostile else self.harmless()
        prologue = f"PREFIX x: <{self.iri}>{self.space()}PREFIX : <{self.iri}>{self.space()}PREFIX service: <urn:s>\n"
        return f"{prologue}SELECT * WHERE {{{self.maybe()}{self.wrap(inner)}{self.maybe()}}}"

    def mutated(self, text: str) -> str:
        """A text with some of its parts dropped, doubled or swapped."""
        parts = [token.text for token in tokens(text)]
        for _ in range(self.chance.randrange(1, 4)):
            at = self.chance.randrange(len(parts))
            parts[at : at + 1] = self.chance.choice([[], [parts[at]] * 2, [parts[at], self.chance.choice(parts)]])
        return self.chance.choice([" ", "", "\r"]).join(parts)


def _refused(text: str) -> bool:
    try:
        refuse(text)
    except UsageError as error:
        return error.message.startswith("SERVICE")
    return False


def _in_process(store: Store, text: str) -> None:
    """Run a query with no wall at all."""
    with suppress(SyntaxError, OSError, RuntimeError, ValueError):
        for _ in store.query(text, prefixes=ns.PREFIXES, use_default_graph_as_union=True):  # type: ignore[union-attr]
            pass


def test_the_canary_sings(canary: Canary) -> None:
    grammar = Grammar(1, canary.port)
    before, store = canary.hits, _store()
    for _ in range(200):
        _in_process(store, grammar.query(hostile=True))
    assert canary.hits - before > 20


def test_the_tokeniser_alone_lets_no_call_through_and_refuses_nothing_harmless(canary: Canary) -> None:
    grammar = Grammar(2, canary.port)
    before, store = canary.hits, _store()
    let_through, refused = [], []
    for number in range(STRINGS):
        kind = number % 3
        text = grammar.query(hostile=kind == 0)
        if kind == 2:
            text = grammar.mutated(grammar.query(hostile=number % 2 == 0))
        if _refused(text):
            if kind == 1:
                refused.append(text)
        elif kind == 0:
            let_through.append(text)
        elif kind == 2 or number % 10 == 1:
            _in_process(store, text)
    assert let_through == []
    assert refused == []
    assert canary.hits == before


def test_the_sandbox_alone_lets_no_call_through(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(querying, "refuse", lambda text: None)
    grammar = Grammar(3, canary.port)
    before = canary.hits
    worker = Worker(lambda: (_store(), None), memory=512)
    failed = 0
    for _ in range(2_000):
        with suppress(UsageError):
            try:
                list(worker.ask(Question(grammar.query(hostile=True), "json", "urn:x/"), 10))
            except KgError as error:
                if isinstance(error, UsageError):
                    raise
                failed += 1
    worker.close()
    assert failed > 100
    assert canary.hits == before


HARD = {
    "20,000 braces": "SELECT * WHERE " + "{" * 20_000 + "}" * 20_000,
    "many negations": "SELECT * WHERE { FILTER(" + "!" * 30_000 + "true) }",
    "many unary minuses": "SELECT * WHERE { FILTER(" + "- " * 20_000 + "1 > 0) }",
    "a long path": "SELECT * WHERE { ?s " + "^" * 15_000 + "<urn:p> ?o }",
    "many unions": "SELECT * WHERE { {} " + "UNION {} " * 6_000 + "}",
    "a long text": "SELECT * WHERE { ?s ?p '" + "x" * 100_000 + "' }",
    "a cross product": "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(40)) + " }",
    "a big regex": 'SELECT * { ?s ?p ?o FILTER(REGEX("' + "a" * 60 + '", "(a*)*b{1,900}")) }',
    "a long string": 'SELECT (STRLEN(CONCAT(?a,?a)) AS ?n) { BIND("x" AS ?x) '
    + " ".join(
        f"BIND(CONCAT(?{'x' if n == 0 else f'y{n - 1}'},?{'x' if n == 0 else f'y{n - 1}'}) AS ?y{n})" for n in range(45)
    )
    + " BIND(?y44 AS ?a) }",
}


@pytest.mark.parametrize("name", sorted(HARD))
def test_a_hard_query_ends_its_own_worker_at_most(name: str) -> None:
    worker = Worker(lambda: (_store(), None), memory=512)
    with suppress(KgError):
        list(worker.ask(Question(HARD[name], "json", "urn:x/"), 2))
    if worker.process.is_alive():
        worker.close()
    fresh = Worker(lambda: (_store(), None), memory=512)
    answer = "".join(part[1] for part in fresh.ask(Question("ASK { <urn:a> ?p ?o }", "json", "urn:x/"), 10))
    fresh.close()
    assert '"boolean":true' in answer


def test_updates_are_refused_in_one_sentence() -> None:
    for text in (
        "INSERT DATA { <urn:a> <urn:b> 1 }",
        "DROP ALL",
        "LOAD <http://127.0.0.1/>",
        "PREFIX x: <urn:x> CLEAR ALL",
    ):
        with pytest.raises(UsageError, match="would change the graph"):
            refuse(text)


@dataclass(frozen=True, slots=True)
class Probe:
    """A job that tries what a worker may not do."""

    path: str

    def __call__(self, store: Store, default_graphs: object) -> Iterator[tuple[str, str]]:
        for attempt in (lambda: open(self.path, "w"), socket.socket, lambda: os.execv("/bin/true", ["true"])):  # noqa: SIM115
            try:
                attempt()
                yield "text", "done"
            except OSError as error:
                yield "text", type(error).__name__


def test_a_worker_writes_no_files_opens_no_sockets_and_starts_no_programs(tmp_path: Path) -> None:
    worker = Worker(lambda: (_store(), None))
    found = [part[1] for part in worker.ask(Probe(str(tmp_path / "probe")), 10)]
    worker.close()
    assert found == ["PermissionError"] * 3
    assert not (tmp_path / "probe").exists()
