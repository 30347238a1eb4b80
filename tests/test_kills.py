"""Builds that are killed: every reader sees one whole generation, and the next build needs no help."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from pyoxigraph import Literal, NamedNode

from kg import store as store_module
from kg.build import build
from kg.garden import locate
from kg.namespaces import SCHEMA
from kg.record import Record
from kg.store import StoreFolder
from tests.shared import ROOT

BRIEFS = 40
KILLS = 200
_TEXT = """\
---
schemaVersion: 1
id: agent-brief:b{number}
articleId: article:b{number}
slug: b{number}
title: Brief {number} of round {name}
tokenBudget: 1200
status: published
updated: 2026-05-04
---

## Thesis

Round {name}.

## Claims

- `claim-001`: Round {name}.
- `claim-002`: Round {name} again.

## Source Families

- Textbook: Round {name} by A; Round {name} by B.
"""


def _write(folder: Path, name: str, numbers: range = range(BRIEFS)) -> None:
    for number in numbers:
        path = folder / f"b{number}" / "agent.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_TEXT.format(number=number, name=name), encoding="utf-8")


def _rounds(store: Path) -> Counter[str]:
    """The words of the theses in the published graph, counted."""
    folder = StoreFolder(store)
    opened = folder.open_published()
    found: Counter[str] = Counter()
    for quad in opened.quads_for_pattern(None, NamedNode(SCHEMA + "text"), None):
        if str(quad.subject).endswith("#thesis>") and isinstance(quad.object, Literal):
            found[quad.object.value] += 1
    del opened
    folder.close()
    return found


def _is_whole(found: Counter[str]) -> bool:
    return len(found) == 1 and set(found.values()) == {BRIEFS}


def _start(garden: Path, store: Path, *options: str) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", "kg", "build", str(garden), "--store", str(store), "-q", *options]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    _write(tmp_path / "garden", "0")
    build(locate((str(tmp_path / "garden"),), str(tmp_path / "store")))
    return tmp_path / "garden"


class _Reader:
    """A thread that reads the published graph again and again."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.stop = Event()
        self.wrong: list[Counter[str]] = []
        self.times = 0
        self.thread = Thread(target=self._read)

    def _read(self) -> None:
        while not self.stop.is_set():
            found = _rounds(self.store)
            self.times += 1
            if not _is_whole(found):
                self.wrong.append(found)

    def __enter__(self) -> "_Reader":
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop.set()
        self.thread.join()


def test_killed_at_random_every_reader_sees_one_whole_graph(garden: Path) -> None:
    store = garden.parent / "store"
    chance = random.Random(4)
    began = time.monotonic()
    process = _start(garden, store, "--full")
    assert process.wait(60) == 0
    usual = time.monotonic() - began
    with _Reader(store) as reader:
        for number in range(KILLS):
            _write(garden, str(number))
            process = _start(garden, store, *(["--full"] if number % 2 else []))
            time.sleep(chance.uniform(0.3, 1.0) * usual)
            process.send_signal(signal.SIGKILL)
            process.wait()
            assert _is_whole(_rounds(store)), number
    assert reader.wrong == []
    assert reader.times > KILLS
    _write(garden, "last")
    assert _start(garden, store).wait(60) == 0
    assert _rounds(store) == {"Round last.": BRIEFS}
    assert len(list((store / "generations").iterdir())) == 1


class _Dying:
    """Every step that writes or switches, patched so that the process dies at one of them."""

    def __init__(self, die_at: int) -> None:
        self.count = 0
        self.die_at = die_at
        for owner, names in (
            (StoreFolder, ("open_writer", "publish")),
            (store_module._Loader, ("put", "__exit__", "_run")),
            (os, ("replace", "pwrite")),
            (store_module, ("delete_database", "_write_durably")),
            (Path, ("symlink_to", "unlink", "mkdir")),
            (Record, ("soil", "commit")),
        ):
            for name in names:
                setattr(owner, name, self._wrap(getattr(owner, name)))

    def _tick(self) -> None:
        self.count += 1
        if self.count == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def _wrap(self, function: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **options: object) -> object:
            self._tick()
            result = function(*arguments, **options)
            self._tick()
            return result

        return step


def build_dying(garden: str, full: bool, die_at: int) -> None:
    """Build, and die at a step; run in a process of its own."""
    _Dying(die_at)
    build(locate((garden,), str(Path(garden).parent / "store")), full)


def _build_dying(garden: Path, full: bool, die_at: int) -> bool:
    """Whether a build that is to die at a step got through."""
    code = f"from tests.test_kills import build_dying; build_dying({str(garden)!r}, {full}, {die_at})"
    code_of = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60, check=False).returncode
    assert code_of in (0, -signal.SIGKILL)
    return code_of == 0


@pytest.mark.parametrize("full", [True, False])
def test_killed_at_every_step_the_next_build_needs_no_help(garden: Path, full: bool) -> None:
    store = garden.parent / "store"
    for die_at in range(1, 200):
        _write(garden, f"{full}{die_at}")
        done = _build_dying(garden, full, die_at)
        assert _is_whole(_rounds(store)), die_at
        build(locate((str(garden),), str(store)))
        assert _rounds(store) == {f"Round {full}{die_at}.": BRIEFS}, die_at
        if done:
            break
    assert done
    assert die_at > 10


def test_a_reader_keeps_its_generation_through_later_builds(garden: Path) -> None:
    store = garden.parent / "store"
    folder = StoreFolder(store)
    opened = folder.open_published()
    for number in range(3):
        _write(garden, f"n{number}")
        build(locate((str(garden),), str(store)))
    assert len(list((store / "generations").iterdir())) == 2
    texts = {str(q.object) for q in opened.quads_for_pattern(None, NamedNode(SCHEMA + "text"), None)}
    assert '"Round 0."' in texts
    folder.close()
    _write(garden, "n3")
    build(locate((str(garden),), str(store)))
    assert len(list((store / "generations").iterdir())) == 1


def test_a_second_build_says_that_another_is_running(garden: Path) -> None:
    store = garden.parent / "store"
    with StoreFolder(store).lock():
        words = [sys.executable, "-m", "kg", "build", str(garden), "--store", str(store)]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3
    assert done.stderr.startswith("error: another build is running in ")


def test_a_full_disk_leaves_the_last_graph(garden: Path) -> None:
    store = garden.parent / "store"
    _write(garden, "x" * 20_000)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
        "from kg.cli.main import run; sys.exit(run(sys.argv[1:]))"
    )
    words = [sys.executable, "-c", code, "build", str(garden), "--store", str(store), "-q"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3, done.stderr
    assert "can't be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert _rounds(store) == {"Round 0.": BRIEFS}
    assert _start(garden, store).wait(60) == 0
    assert _is_whole(_rounds(store))


def test_a_folder_that_cannot_be_made_is_one_sentence(garden: Path) -> None:
    words = [sys.executable, "-m", "kg", "build", str(garden), "--store", "/dev/null/store"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3
    assert done.stderr.startswith("error: /dev/null/store can't be written: ")
