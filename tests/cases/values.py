"""Hostile values given to everything on the command line that takes a value."""

import itertools
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import click
from pyoxigraph import RdfFormat, parse

from kg.cli.main import COMMANDS, cli
from kg.querying import named_queries
from tests.cases.running import Run, kg

_ALL = "SELECT * { ?s ?p ?o }"
_BOUND = "SELECT ?s { ?s ?p ?o FILTER(?o = $x || ?s = $x || ?p = $x) }"
_SAMPLES = {
    "string": "lamp",
    "integer": "1",
    "date": "2026-05-04",
    "iri": "schema:text",
    "article": "gate-lamp",
    "claim": "gate-lamp#claim-001",
    "work": "Tides for Beginners",
    "kind": "Textbook",
    "number": "1",
    "cited": "10.5555/tides",
    "topic": "tides",
    "audience": "students",
    "series": "the-sea",
    "reviewer": "Ada Shore",
    "state": "draft",
    "confidence": "high",
    "support": "direct",
}
"""Each type that a parameter of a query can have, with a value that the brief knows."""

NOT_ASKED = {
    ("query", "store"): "names the store, which then is another",
    ("export", "store"): "names the store, which then is another",
    ("analyze", "store"): "names the store, which then is another",
    ("render", "store"): "names the store, which then is another",
}
"""Parameters that are left alone, each with its reason."""

ASK_NOTHING = ("init", "new", "check", "explain", "build", "queries")
"""Commands that look nothing up in the graph: one value each is enough."""

NEEDED: dict[str, dict[str, list[str]]] = {
    "query": {"": ["-e", _ALL], "name": [], "text": [], "params": ["-e", _BOUND]},
    "render": {"": ["gate-lamp"], "article": []},
    "new": {"": ["gate-post"], "slug": []},
    "export": {"params": ["--query", "asked.rq"]},
}
"""What a command needs beside the parameter that is tried; the key "" is for any other."""


@dataclass(frozen=True, slots=True)
class Question:
    """A command line with a hostile value in it."""

    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return "kg " + " ".join(self.arguments)


def ask_everything(values: list[str], folder: Path) -> Iterator[tuple[str, Run]]:
    """Each question with what came of it; each is asked in a folder of its own."""
    questions = [*_by_parameter(values), *_by_type(values), *_by_named_query(values)]
    places = [folder / "asked" / str(number) for number in range(len(questions))]
    with ThreadPoolExecutor(4) as pool:
        runs = pool.map(_ask, questions, places, itertools.repeat(folder / "store"))
        yield from zip(map(str, questions), runs, strict=True)


def _ask(question: Question, place: Path, store: Path) -> Run:
    place.mkdir(parents=True)
    (place / "asked.rq").write_text("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?o = $x) }", encoding="utf-8")
    takes_store = any("--store" in option.opts for option in _parameters(question.arguments[0]))
    given = takes_store and "--store" not in question.arguments
    end = ["--store", str(store)] if given else []
    return kg((*question.arguments[:1], *end, *question.arguments[1:]), place)


def _parameters(command: str) -> list[click.Parameter]:
    found = cli.get_command(click.Context(cli), command)
    assert found is not None
    return found.params


def _by_parameter(values: list[str]) -> Iterator[Question]:
    """Every option and argument of every command that takes a value; all values where it is text for a look-up."""
    turns = itertools.cycle(values)
    for command in COMMANDS:
        for parameter in _parameters(command):
            if (isinstance(parameter, click.Option) and parameter.is_flag) or (command, parameter.name) in NOT_ASKED:
                continue
            needed = NEEDED.get(command, {})
            beside = needed.get(parameter.name or "", needed.get("", []))
            looked_up = parameter.type is click.STRING and command not in ASK_NOTHING
            for value in values if looked_up else [next(turns)]:
                yield Question((command, *beside, *_given(parameter, value)))


def _given(parameter: click.Parameter, value: str) -> list[str]:
    if isinstance(parameter, click.Argument):
        return ["--", value]
    return [parameter.opts[0], f"x={value}" if parameter.name == "params" else value]


def _by_type(values: list[str]) -> Iterator[Question]:
    """Every type that a parameter of a query can have."""
    for kind, value in itertools.product(_SAMPLES, values):
        yield Question(("query", "-e", _BOUND, "-p", f"x:{kind}={value}"))


def _by_named_query(values: list[str]) -> Iterator[Question]:
    """Every parameter of every query that ships with kg, two values in turn; numbers and dates are types above."""
    turns = itertools.cycle(values)
    for query in named_queries():
        for parameter in query.parameters:
            others = [p for p in query.parameters if p is not parameter and p.default is None]
            beside = [part for p in others for part in ("-p", f"{p.name}={_SAMPLES[p.type]}")]
            for value in itertools.islice(turns, 0 if parameter.type in ("integer", "number", "date") else 2):
                yield Question(("query", query.name, *beside, "-p", f"{parameter.name}={value}"))


def rows(run: Run) -> int:
    """How many solutions, triples, or mentions of the brief a run printed."""
    text = run.out.decode("utf-8", "replace")
    if text.startswith("{"):
        answer = json.loads(text)
        solutions: Iterable[object] = answer.get("results", {}).get("bindings", ())
        return len(list(solutions)) + bool(answer.get("boolean"))
    if text.startswith("@prefix"):
        return sum(1 for _ in parse(run.out, RdfFormat.TURTLE))
    return text.count("gate-lamp")
