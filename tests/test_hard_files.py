"""Files and folders that are hard to read: no regular files, names that are not UTF-8, closed folders, faults of kg."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kg.build import Report, build, check
from kg.garden import locate
from kg.reading import read_brief
from tests.briefs import write_brief
from tests.cli import kg
from tests.shared import ROOT


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    """Three briefs, two of them below one folder."""
    for name in ("a", "in/b", "in/deep/c"):
        write_brief(tmp_path / "garden" / name, name[-1])
    return tmp_path / "garden"


def _build(garden: Path) -> Report:
    return build(locate((str(garden),), str(garden.parent / "store")))


def _printed(report: Report) -> list[str]:
    return [str(diagnostic) for diagnostic in report.diagnostics]


# No regular files


def test_only_files_are_read(garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(garden / "pipe.md")
    (garden / "in" / "b" / "agent.md").unlink()
    os.mkfifo(garden / "in" / "b" / "agent.md")
    monkeypatch.chdir(garden)  # the address of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
    help = "\n  help: take it out of the garden, or save its text as a file"
    expected = [
        f"{name}:1:1: error[KG006]: it is {what}, not a file{help}"
        for name, what in (
            ("in/b/agent.md", "a named pipe"),
            ("pipe.md", "a named pipe"),
            ("socket.txt", "a socket"),
        )
    ]
    assert _printed(_build(garden)) == expected
    assert _printed(check(locate((), None))) == expected


def test_a_device_named_outright_is_not_read() -> None:
    (problem,) = check(locate(("/dev/zero",), None)).diagnostics
    assert problem.message.endswith("is a device, not a file")


def test_a_pipe_in_the_place_of_a_brief_takes_its_article(garden: Path) -> None:
    assert _build(garden).articles == 3
    (garden / "a" / "agent.md").unlink()
    os.mkfifo(garden / "a" / "agent.md")
    assert _build(garden).removed == ["a"]


# Names that are not UTF-8


@pytest.fixture
def latin(tmp_path: Path) -> Path:
    """A garden below a folder, with a folder and a file, whose names are Latin-1."""
    garden = tmp_path / os.fsdecode(b"gard\xe9n")
    write_brief(garden / os.fsdecode(b"caf\xe9"), "a", "One.\n- `claim-001`: Again.")
    write_brief(garden / "x", "b", "Two.\n- `claim-001`: Again.")
    (garden / "x" / "agent.md").rename(garden / "x" / os.fsdecode(b"b\xff.md"))
    return garden


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_a_name_that_is_not_utf8_is_told_in_every_form(form: str, latin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (latin, latin.parent):
        monkeypatch.chdir(folder)
        found = kg("check", str(latin), "--format", form)
        assert (found.exit_code, found.stdout.count("KG014") >= 2) == (1, True)
        assert ("caf%5Cxe9" if form == "sarif" else r"caf\\xe9" if form == "json" else r"caf\xe9") in found.stdout


def test_a_name_that_is_not_utf8_is_built(latin: Path) -> None:
    store = latin.parent / "store"
    place = locate((str(latin),), str(store))
    assert build(place).added == ["a", "b"]
    assert build(place).unchanged == 2
    write_brief(latin / os.fsdecode(b"caf\xe9"), "a", "Changed.")
    assert build(place).changed == ["a"]
    printed = json.loads(kg("build", str(latin), "--store", str(store), "--format", "json").stdout)
    assert printed["diagnostics"][-1]["path"].endswith(r"x/b\xff.md")
    told = kg("query", "-e", "SELECT ?s { GRAPH <urn:kg:build> { ?s kg:file ?o } }", "--store", str(store))
    assert told.exit_code == 0


def test_a_part_of_a_garden_whose_name_is_not_utf8(latin: Path) -> None:
    (latin / "kg.toml").touch()
    store = str(latin.parent / "store")
    build(locate((str(latin),), store))
    write_brief(latin / os.fsdecode(b"caf\xe9"), "a", "Changed.")
    part = build(locate((str(latin / os.fsdecode(b"caf\xe9")),), store))
    assert (part.changed, part.articles) == (["a"], 2)
    assert build(locate((str(latin / "x"),), store)).unchanged == 2


def test_a_store_whose_name_is_not_utf8_is_one_sentence(latin: Path) -> None:
    refused = kg("build", str(latin), "--store", str(latin / ".kg"))
    assert refused.exit_code == 3
    assert refused.stderr.startswith("error: the store's folder ")
    assert sorted(os.listdir(latin)) == [os.fsdecode(b"caf\xe9"), "x"]


# Folders that can't be read


@pytest.fixture
def closed(garden: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The garden, built; then its folder ``in`` can't be read. (Permissions would not stop root.)"""
    _build(garden)
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path == str(garden / "in"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr("os.scandir", refuse)
    return garden


def test_all_below_a_folder_that_cannot_be_read_keeps_its_graph(closed: Path) -> None:
    write_brief(closed / "a", "a", "Two.")
    for changed in (["a"], []):
        report = _build(closed)
        assert (report.articles, report.changed, report.removed) == (3, changed, [])
        assert [d.path for d in report.diagnostics] == ["in"]
    (closed / "a" / "agent.md").unlink()
    assert _build(closed).removed == ["a"]


def test_once_it_can_be_read_again_it_is(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _build(closed)
    monkeypatch.undo()
    write_brief(closed / "in" / "b", "b", "Two.")
    shutil.rmtree(closed / "in" / "deep")
    report = _build(closed)
    assert (report.changed, report.removed, report.diagnostics) == (["b"], ["c"], [])


def test_permissions_themselves(garden: Path) -> None:
    """As a user whom permissions stop."""
    if os.geteuid():
        pytest.skip("only root can become somebody else")
    _build(garden)
    for path in (garden.parent, garden, garden / "in"):
        path.chmod(0o755)
    (garden / "in" / "deep").chmod(0)
    (garden / "in" / "b").chmod(0o644)
    code = (
        "import os, sys, kg.build, kg.garden; os.setgroups([]); os.setgid(65534); os.setuid(65534);"
        "print(*kg.build.check(kg.garden.locate((sys.argv[1],), None)).diagnostics, sep='\\n')"
    )
    words = [sys.executable, "-c", code, str(garden)]
    for folder in garden.parents:
        folder.chmod(folder.stat().st_mode | 0o011) if str(folder).startswith("/tmp/") else None
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if "KG006" in line] == [
        "in/b/agent.md:1:1: error[KG006]: the file can't be read: Permission denied",
        "in/deep:1:1: error[KG006]: the folder can't be read: Permission denied",
    ]


def test_a_slug_whose_next_owner_cannot_be_read(garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first file of a slug goes while the second can't be read: the article goes too, and is told once."""
    write_brief(garden / "z" / "a", "a", "Second.")
    _build(garden)
    (garden / "a" / "agent.md").unlink()
    with monkeypatch.context() as patched:
        patched.setattr("kg.intake.read_file", _refuse)
        patched.setattr("kg.intake._RACY", 10**20)  # every file is looked at again
        report = _build(garden)
    assert report.removed == ["a"]
    assert [d.path for d in report.diagnostics] == ["in/b/agent.md", "in/deep/c/agent.md", "z/a/agent.md"]
    assert _build(garden).added == ["a"]


def _refuse(file: str) -> bytes:
    raise PermissionError(13, "Permission denied", file)


# Faults of kg


@pytest.mark.parametrize("error", [KeyError("moon"), RecursionError("deep"), BaseException("panic\x1b")])
def test_a_fault_of_kg_costs_one_article(error: BaseException, garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(data: bytes, path: str, aliases: object) -> object:
        if path == "in/b/agent.md":
            raise error
        return read_brief(data, path)

    monkeypatch.setattr("kg.intake.read_brief", fail)
    for _ in range(2):
        report = _build(garden)
        (problem,) = report.diagnostics
        assert (problem.path, problem.code, report.articles) == ("in/b/agent.md", "KG099", 2)
        assert problem.message.isprintable()
    assert kg("build", str(garden), "--store", str(garden.parent / "store")).exit_code == 1
    monkeypatch.setenv("KG_DEBUG", "1")
    with pytest.raises(type(error)):
        check(locate((str(garden),), None))


# Stores inside the garden


def test_a_store_inside_the_garden_is_passed_over(garden: Path) -> None:
    for name in ("graph", "other/graph"):
        for options in ((), ("--full",)):
            done = kg("build", str(garden), "--store", str(garden / name), *options)
            assert (done.exit_code, done.stderr) == (0, "")
    assert check(locate((str(garden),), None)).diagnostics == []
    (garden / "in" / "lock").write_text("mine", encoding="utf-8")
    (garden / "lock").mkdir()
    assert _build(garden).articles == 3
