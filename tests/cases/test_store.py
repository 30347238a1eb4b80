"""The cases of the store and of queries from strangers (18, 19, 24, 25), as far as the command line goes.

Their parts that need a server come with it.
"""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.shared import ROOT, SHARED, need


def _case(number: str, tmp_path: Path) -> Path:
    (folder,) = need(SHARED / "cases").glob(f"{number}-*")
    target = tmp_path / folder.name
    shutil.copytree(folder, target)
    return target


def _kg(*words: str | Path, seconds: float = 60) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "kg", *(str(word) for word in words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False)


@contextmanager
def _running(*words: str | Path, cwd: Path) -> Iterator["subprocess.Popen[str]"]:
    """A helper program of the case, ended with the block."""
    command = [sys.executable, *(str(word) for word in words)]
    process = subprocess.Popen(command, cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_18_a_store_that_another_process_holds(tmp_path: Path) -> None:
    case, store = _case("18", tmp_path), tmp_path / "S"
    assert _kg("build", case / "briefs", "--store", store).returncode == 0
    before = _kg("export", "nquads", "--store", store).stdout
    with _running("hold_store.py", store / "writer", cwd=case) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().startswith("held")
        began = time.monotonic()
        second = _kg("build", case / "briefs", "--store", store)
        assert _kg("build", case / "briefs", "--full", "--store", store).returncode == 3
        assert time.monotonic() - began < 10
        assert second.returncode == 3
        assert "another process holds the store" in second.stderr
        assert str(store) in second.stderr
        assert "Traceback" not in second.stderr
        assert _kg("query", "claims", "--store", store).returncode == 0
    assert _kg("export", "nquads", "--store", store).stdout == before
    assert _kg("build", case / "briefs", "--store", store).returncode == 0
    assert _kg("export", "nquads", "--store", store).stdout == before


def _rounds(store: Path) -> Counter[str]:
    text = (
        "SELECT ?word (COUNT(*) AS ?n) { ?c a kg:Claim ; schema:text ?t "
        'BIND(IF(CONTAINS(?t, "first"), "first", "second") AS ?word) } GROUP BY ?word'
    )
    done = _kg("query", "-e", text, "--format", "csv", "--store", store)
    assert done.returncode == 0, done.stderr
    return Counter({word: int(number) for word, number in (line.split(",") for line in done.stdout.split()[1:])})


def test_19_kills_during_a_long_build(tmp_path: Path) -> None:
    case, store, briefs = _case("19", tmp_path), tmp_path / "S", tmp_path / "briefs"

    def write(name: str) -> None:
        subprocess.run([sys.executable, case / "make_briefs.py", briefs, "1500", name], check=True)

    write("first")
    began = time.monotonic()
    assert _kg("build", briefs, "--store", store, "-q").returncode == 0
    usual = time.monotonic() - began
    assert _rounds(store) == {"first": 30_000}
    write("second")
    for part in range(10):
        words = [sys.executable, "-m", "kg", "build", str(briefs), "--store", str(store), "-q"]
        process = subprocess.Popen(words, cwd=ROOT)
        time.sleep(usual * (0.1 + 0.85 * part / 9) * random.Random(part).uniform(0.9, 1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = _rounds(store)
        assert sorted(found.values()) == [30_000], found
    assert _kg("build", briefs, "--store", store, "-q").returncode == 0
    assert _rounds(store) == {"second": 30_000}
    assert sorted(path.name for path in store.iterdir()) == ["current", "generations", "lock", "record.db", "writer"]
    assert len(list((store / "generations").iterdir())) == 1


def test_24_no_query_reaches_another_server(tmp_path: Path) -> None:
    case, store = _case("24", tmp_path), tmp_path / "S"
    assert _kg("build", case / "briefs", "--store", store).returncode == 0
    with _running("canary.py", cwd=case) as canary:
        assert canary.stdout is not None
        port = canary.stdout.readline().strip().encode()
        for number in range(1, 8):
            path = case / f"q{number}.rq"
            path.write_bytes(path.read_bytes().replace(b"PORT", port))
            done = _kg("query", path, "--store", store)
            assert (done.returncode, done.stdout) == (2, ""), path.name
            assert "SERVICE is not allowed" in done.stderr
        assert _kg("query", case / "harmless.rq", "--store", store).returncode == 0
        nested = subprocess.run(
            [sys.executable, "make_nested.py", "20000"], cwd=case, capture_output=True, text=True, check=True
        ).stdout
        (case / "nested.rq").write_text(nested, encoding="utf-8")
        done = _kg("query", case / "nested.rq", "--store", store)
        assert done.returncode == 2
        assert done.stderr.count("\n") <= 2
        assert _kg("query", "claims", "--store", store).returncode == 0
    assert (case / "hits.txt").read_text("utf-8") == ""


@pytest.mark.parametrize("name", ["cross.rq", "path.rq"])
def test_25_a_query_that_never_ends(name: str, tmp_path: Path) -> None:
    case, store = _case("25", tmp_path), tmp_path / "S"
    subprocess.run([sys.executable, case / "make_briefs.py", tmp_path / "briefs", "100", "round"], check=True)
    assert _kg("build", tmp_path / "briefs", "--store", store, "-q").returncode == 0
    began = time.monotonic()
    done = _kg("query", case / name, "--timeout", "3", "--store", store)
    assert time.monotonic() - began < 8
    assert done.returncode == 3
    assert "stopped at its limit of 3 s" in done.stderr
    assert _kg("query", "claims", "--store", store).returncode == 0
