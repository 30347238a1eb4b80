"""``kg build --watch``: a save is published, and only the findings of the file saved are shown."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.store import StoreFolder
from tests.briefs import write_brief
from tests.cli import kg
from tests.shared import ROOT


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "nothing happened for 30 s"
        time.sleep(0.02)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Path, Path, Path]]:
    """A garden with a watcher at work: the garden, its store, and what the watcher printed so far."""
    garden, store, printed = tmp_path / "garden", tmp_path / "store", tmp_path / "printed"
    for slug in ("a", "b"):
        write_brief(garden / slug, slug, "One.")
    words = [sys.executable, "-m", "kg", "build", str(garden), "--store", str(store), "--watch"]
    with printed.open("wb") as out:
        process = subprocess.Popen(words, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
        _until(lambda: b"watching" in printed.read_bytes())
        time.sleep(0.3)  # until the system's own watch stands
        yield garden, store, printed
        process.terminate()
        process.wait(20)


def _claims(store: Path) -> str:
    return kg("export", "ntriples", "--store", str(store)).stdout


def test_every_save_is_published(watched: tuple[Path, Path, Path]) -> None:
    garden, store, printed = watched
    assert StoreFolder(store).generation() == 1
    write_brief(garden / "a", "a", "Two.")
    _until(lambda: "Two." in _claims(store))
    _until(lambda: b"changed: a" in printed.read_bytes())
    write_brief(garden / "c", "c", "Three.")
    _until(lambda: "Three." in _claims(store))
    (garden / "b" / "agent.md").unlink()
    _until(lambda: "/articles/b/" not in _claims(store))
    _until(lambda: b"removed: b" in printed.read_bytes())


def test_only_the_findings_of_the_saved_file_are_shown(watched: tuple[Path, Path, Path]) -> None:
    garden, _, printed = watched
    write_brief(garden / "a", "a", "One.\n- `claim-001`: Again.")
    _until(lambda: b"a/agent.md:19:3: error[KG014]" in printed.read_bytes())
    before = len(printed.read_bytes())
    write_brief(garden / "b", "b", "Fine.")
    _until(lambda: b"changed: b" in printed.read_bytes()[before:])
    assert b"KG014" not in printed.read_bytes()[before:]
