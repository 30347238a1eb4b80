"""A process of its own for each asker's queries: killed at its deadline, and held by kg.sandbox to this machine.

A query can't crash, stop or outlive its asker: whatever becomes of the worker, the asker gets an answer or a sentence.
"""

import faulthandler
import multiprocessing
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any

from pyoxigraph import NamedNode, QueryBoolean, QuerySolution, QuerySolutions, Store

from kg import namespaces as ns
from kg.errors import KgError, UsageError
from kg.querying import Answer, run
from kg.results import WRITERS, boolean, n_triples, shown
from kg.sandbox import lock_down

SECONDS = 30.0
MEMORY = 2048
_BATCH = 200
_PART = 1 << 16
_OWN_FAULT = re.compile(r"The custom (?:aggregate )?function \S+ is not supported")
"""What Oxigraph says of a query only once it runs it, though no other graph would help."""

Opener = Callable[[], tuple[Store, list[NamedNode] | None]]
Job = Callable[[Store, "list[NamedNode] | None"], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and how its answer is wanted."""

    text: str
    form: str
    """table, json, csv, raw-csv, tsv or xml for solutions; triples come as N-Triples lines."""
    base: str
    """The base of the graph's IRIs, for short names in a table."""
    max_rows: int | None = None

    def __call__(self, store: Store, default_graphs: list[NamedNode] | None) -> Iterator[Any]:
        """Answer in parts: ("columns", names), ("rows", cells), ("text", …), ("triples", lines), ("rest", count)."""
        answer = run(store, self.text, default_graphs)
        if isinstance(answer, QuerySolutions):
            yield from self._solutions(answer)
        elif isinstance(answer, QueryBoolean):
            yield ("boolean", bool(answer)) if self.form == "table" else ("text", boolean(bool(answer), self.form))
        else:
            yield from self._triples(answer)

    def _solutions(self, answer: QuerySolutions) -> Iterator[Any]:
        names = [variable.value for variable in answer.variables]
        counted = _Counted(answer, self.max_rows)
        if self.form == "table":
            yield "columns", names
            prefixes = {**ns.PREFIXES, "garden": self.base}
            while batch := [[shown(s[name], prefixes) for name in names] for s in islice(counted, _BATCH)]:
                yield "rows", batch
        else:
            if self.form not in WRITERS:
                raise UsageError(f"{self.form} is for CONSTRUCT and DESCRIBE; this query gives solutions")
            yield from _parts(WRITERS[self.form](names, counted))
        yield "count", counted.count, counted.cut

    def _triples(self, answer: Answer) -> Iterator[Any]:
        if self.form in ("csv", "raw-csv", "tsv", "xml"):
            raise UsageError(f"{self.form} is for SELECT and ASK; this query gives triples")
        yield "triples", n_triples(answer)  # type: ignore[arg-type]


class _Counted:
    """Solutions up to a number, and whether there were more."""

    def __init__(self, solutions: QuerySolutions, limit: int | None) -> None:
        self.solutions = solutions
        self.limit = limit
        self.count = 0
        self.cut = False

    def __iter__(self) -> Iterator[QuerySolution]:
        for solution in self.solutions:
            if self.limit is not None and self.count >= self.limit:
                self.cut = True
                return
            self.count += 1
            yield solution


def _parts(texts: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Texts put together into parts of some size."""
    waiting: list[str] = []
    size = 0
    for text in texts:
        waiting.append(text)
        size += len(text)
        if size > _PART:
            yield "text", "".join(waiting)
            waiting, size = [], 0
    yield "text", "".join(waiting)


class Worker:
    """One process that answers questions, one after the other."""

    def __init__(self, opener: Opener, memory: int | None = MEMORY) -> None:
        """Start it; `opener` runs in it, and gives the store and the default dataset.

        It is forked, so nothing may have opened a store in this process before.
        """
        context = multiprocessing.get_context("fork")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, opener, memory), daemon=True)
        self.process.start()
        theirs.close()

    def ask(self, job: Job, seconds: float | None = SECONDS) -> Iterator[Any]:
        """The parts of an answer, as they come.

        Errors: KgError at the deadline and where the worker dies; the query's own UsageError.
        """
        deadline = time.monotonic() + seconds if seconds is not None else None
        with suppress(BrokenPipeError):  # a worker that is gone is told below
            self.connection.send(job)
        while True:
            part = self._receive(deadline, seconds)
            if part[0] == "done":
                return
            if part[0] == "error":
                raise part[1](*part[2])
            yield part

    def _receive(self, deadline: float | None, seconds: float | None) -> Any:
        wait = max(0.0, deadline - time.monotonic()) if deadline is not None else None
        try:
            if not self.connection.poll(wait):
                self.close()
                raise KgError(
                    f"the query was stopped at its limit of {seconds:g} s", "ask for less, or raise --timeout"
                )
            return self.connection.recv()
        except (EOFError, ConnectionResetError):
            self.process.join()
            raise KgError(_death(self.process.exitcode), "ask for less at once, or raise --memory") from None

    def close(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.connection.close()


def _death(code: int | None) -> str:
    name = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
    return f"the query ended its worker ({name}): it needed more memory or depth than it may have"


def _serve(connection: Connection, opener: Opener, memory: int | None) -> None:
    """The worker's life: open, give up what it won't need, answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a crash in native code writes there; the asker is told in words
    faulthandler.disable()
    try:
        store, default_graphs = opener()
    except KgError as error:
        _answer_all(connection, error)
        return
    except Exception as error:  # the asker is told, whatever it is
        _answer_all(connection, KgError(f"the graph can't be opened: {error}"))
        return
    lock_down(memory)
    while True:
        try:
            job = connection.recv()
        except EOFError:
            return
        _answer(connection, job, store, default_graphs)


def _answer(connection: Connection, job: Job, store: Store, default_graphs: list[NamedNode] | None) -> None:
    try:
        for part in job(store, default_graphs):
            connection.send(part)
        connection.send(("done",))
    except KgError as error:
        connection.send(("error", type(error), (error.message, error.help)))
    except (OSError, RuntimeError, ValueError) as error:
        kind = UsageError if _OWN_FAULT.match(str(error)) else KgError
        connection.send(("error", kind, (f"the query failed: {error}", None)))
    except MemoryError:
        connection.send(("error", KgError, ("the query needed more memory than it may have", "ask for less at once")))


def _answer_all(connection: Connection, error: KgError) -> None:
    while True:
        try:
            connection.recv()
        except EOFError:
            return
        connection.send(("error", type(error), (error.message, error.help)))
