"""A store's folder: nothing of anybody else's is touched, and what was deleted or cut by hand is made anew."""

import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.ownership import MARK
from tests.briefs import write_brief
from tests.cli import Result, kg


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    """A garden of two briefs."""
    for slug in ("a", "b"):
        write_brief(tmp_path / "garden" / slug, slug)
    return tmp_path / "garden"


@pytest.fixture
def store(garden: Path, tmp_path: Path) -> Path:
    """Its store, changed once, so that the writer's database is no copy of a full build's."""
    _build(garden, tmp_path / "store")
    write_brief(garden / "c", "c")
    _build(garden, tmp_path / "store")
    return tmp_path / "store"


def _build(garden: Path, store: Path, *options: str) -> Result:
    return kg("build", str(garden), "--store", str(store), *options)


def _graph(store: Path) -> Result:
    return kg("export", "nquads", "--store", str(store))


# What is somebody else's


@pytest.mark.parametrize("name", ["novel.txt", "writer/novel.txt", "generations/novel.txt", "current", "record.db"])
def test_a_folder_of_somebody_elses_is_refused(name: str, garden: Path, tmp_path: Path) -> None:
    file = tmp_path / "other" / name
    file.parent.mkdir(parents=True)
    file.write_text("mine", encoding="utf-8")
    for options in ((), ("--full",)):
        refused = _build(garden, tmp_path / "other", *options)
        assert refused.exit_code == 3
        assert "which kg did not make" in refused.stderr
    assert [path for path in (tmp_path / "other").rglob("*") if path.is_file()] == [file]
    assert file.read_text("utf-8") == "mine"


def test_somebody_elses_lock_is_refused(garden: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    lock = tmp_path / "other" / "lock"
    lock.write_text("4711\n", encoding="utf-8")
    assert "holds 'lock', which kg did not make" in _build(garden, lock.parent).stderr
    lock.unlink()
    lock.symlink_to(tmp_path / "precious")
    assert _build(garden, lock.parent).exit_code == 3
    assert not (tmp_path / "precious").exists()


def test_the_garden_is_no_folder_for_its_store(garden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(garden)
    (tmp_path / "link").symlink_to(garden)
    for folder in (".", "..", str(tmp_path / "link"), str(garden / "a" / "..")):
        refused = kg("build", ".", "--store", folder)
        assert (refused.exit_code, refused.stderr.count("holds the garden")) == (2, 1)
    (garden / "kg.toml").write_text('store = "."\n', encoding="utf-8")
    assert kg("build").exit_code == 2
    assert sorted(os.listdir(garden)) == ["a", "b", "kg.toml"]


def test_an_empty_name_is_refused(garden: Path) -> None:
    assert kg("build", str(garden), "--store", "").exit_code == 2


def test_an_empty_folder_or_lock_is_a_beginning(garden: Path, tmp_path: Path) -> None:
    for name in ("empty", "locked"):
        (tmp_path / name).mkdir()
        if name == "locked":
            (tmp_path / name / "lock").touch()
        assert _build(garden, tmp_path / name).exit_code == 0


def test_a_store_without_the_mark_is_known_by_its_link(garden: Path, store: Path) -> None:
    """As earlier versions left it."""
    wanted = _graph(store).stdout
    (store / "lock").write_bytes(b"")
    assert _build(garden, store).exit_code == 0
    assert (store / "lock").read_bytes() == MARK
    assert _graph(store).stdout == wanted


def test_a_link_to_a_store_is_the_store(garden: Path, store: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(store)
    write_brief(garden / "d", "d")
    assert _build(garden, tmp_path / "link").exit_code == 0
    assert "articles/d/" in _graph(store).stdout


@pytest.mark.parametrize("name", ["novel.txt", "writer/novel.txt", "writer/old/1.sst", "generations/novel/1.txt"])
def test_a_file_put_into_a_store_outlives_all_builds(name: str, garden: Path, store: Path) -> None:
    file = store / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("mine", encoding="utf-8")
    wanted = _graph(store).stdout
    full = _build(garden, store, "--full")
    if name.startswith("writer"):
        assert full.exit_code == 3
        assert "which kg did not make" in full.stderr
    else:
        assert full.exit_code == 0
    assert _graph(store).stdout == wanted
    assert file.read_text("utf-8") == "mine"


def test_a_file_put_into_a_generation_stays(garden: Path, store: Path) -> None:
    file = (store / "current" / "novel.txt").resolve()
    file.write_text("mine", encoding="utf-8")
    write_brief(garden / "d", "d")
    assert _build(garden, store).exit_code == 0
    assert file.read_text("utf-8") == "mine"
    assert "articles/d/" in _graph(store).stdout


def test_a_writer_that_is_a_link_is_not_emptied(garden: Path, store: Path, tmp_path: Path) -> None:
    (store / "writer").rename(tmp_path / "elsewhere")
    (store / "writer").symlink_to(tmp_path / "elsewhere")
    before = sorted(os.listdir(tmp_path / "elsewhere"))
    assert _build(garden, store, "--full").exit_code == 3
    assert sorted(os.listdir(tmp_path / "elsewhere")) == before


def test_left_overs_of_a_killed_build_are_cleared(garden: Path, store: Path) -> None:
    wanted = _graph(store).stdout
    (store / "current.new").symlink_to("generations/77")
    for name in ("generations/3", "generations/77.tmp"):
        (store / name).mkdir()
        (store / name / "000009.sst").write_bytes(b"half")
    for side in ("-journal", "-wal", "-shm"):
        (store / f"record.db{side}").write_bytes(b"old")
    assert _build(garden, store, "--full").exit_code == 0
    assert _graph(store).stdout == wanted
    assert sorted(os.listdir(store)) == ["current", "generations", "lock", "record.db", "writer"]
    assert set(os.listdir(store / "generations")) - {"2"} == {"78"}  # this process has the second open still


# What was deleted or cut


def _delete(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _empty(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
        path.touch()
    elif path.is_dir():
        for inner in list(path.iterdir()):
            _delete(inner)
    else:
        path.write_bytes(b"")


def _cut(path: Path) -> None:
    """Half of each file, of the lists of files too."""
    if path.is_symlink():
        path.unlink()
        path.symlink_to("generations/")
    for file in [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]:
        data = file.read_bytes()
        file.unlink()  # the same file stands in the other database too, by a hard link
        file.write_bytes(data[: len(data) // 2])


_PARTS = ("writer", "generations", "current", "record.db")
_SETS = [parts for size in range(1, 5) for parts in itertools.combinations(_PARTS, size)]


@pytest.mark.parametrize("harm", [_delete, _empty, _cut])
@pytest.mark.parametrize("parts", _SETS, ids="+".join)
def test_any_part_harmed_by_hand_is_made_anew(
    harm: Callable[[Path], None], parts: tuple[str, ...], garden: Path, store: Path
) -> None:
    wanted = _graph(store).stdout
    for part in parts:
        harm(store / part)
    asked = _graph(store)
    assert (asked.exit_code, asked.stdout) in ((3, ""), (0, wanted))
    assert (asked.exit_code == 0) == (not {"generations", "current"} & set(parts))
    if asked.exit_code:
        assert (asked.stderr.count("error: "), asked.stderr.count("help: run kg build")) == (1, 1)
    assert _build(garden, store).exit_code == 0
    assert _graph(store).stdout == wanted
    write_brief(garden / "d", "d")
    assert _build(garden, store).exit_code == 0
    assert "articles/d/" in _graph(store).stdout


@pytest.mark.parametrize("harm", [_delete, _empty, _cut])
@pytest.mark.parametrize("place", ["writer", "current"])
def test_any_file_of_a_database_harmed_by_hand(
    harm: Callable[[Path], None], place: str, garden: Path, store: Path
) -> None:
    """The next change finds what the harm left, and the graph is whole again or still."""
    for number in range(len(os.listdir(store / place))):
        names = sorted(os.listdir(store / place))
        if number >= len(names):
            break
        harm((store / place).resolve() / names[number])
        asked = _graph(store)
        assert asked.exit_code in (0, 3), names[number]
        write_brief(garden / f"n{number}", f"n{number}")
        assert _build(garden, store).exit_code == 0, names[number]
        graph = _graph(store).stdout
        shutil.rmtree(store.parent / "clean", ignore_errors=True)
        _build(garden, store.parent / "clean")
        assert graph == _graph(store.parent / "clean").stdout, names[number]


# Records of another kind


def _garbage(record: Path) -> None:
    record.write_bytes(b"no database at all " * 500)


def _broken_inside(record: Path) -> None:
    data = bytearray(record.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 100] = b"\xff" * 100
    record.write_bytes(bytes(data))


def _other_layout(record: Path) -> None:
    record.unlink()
    with sqlite3.connect(record) as db:
        db.execute("CREATE TABLE build (fingerprint TEXT, time INTEGER, clean INTEGER)")
        db.execute("PRAGMA application_id = 27495")
        db.execute("PRAGMA user_version = 99")
    db.close()


def _somebody_elses(record: Path) -> None:
    other = record.parent.parent / "other-store"
    _build(record.parent.parent / "garden", other)
    shutil.copy(other / "record.db", record)


def _its_own_of_an_earlier_day(record: Path) -> None:
    garden = record.parent.parent / "garden"
    old = record.read_bytes()
    (garden / "c" / "agent.md").rename(garden / "c.md")
    (garden / "b" / "agent.md").unlink()
    _build(garden, record.parent)
    write_brief(garden / "again" / "b", "b")
    record.write_bytes(old)


@pytest.mark.parametrize("options", [(), ("--full",)])
@pytest.mark.parametrize("harm", [_garbage, _broken_inside, _other_layout, _somebody_elses, _its_own_of_an_earlier_day])
def test_a_record_that_is_none_is_made_anew(
    harm: Callable[[Path], None], options: tuple[str, ...], garden: Path, store: Path, tmp_path: Path
) -> None:
    harm(store / "record.db")
    if harm in (_garbage, _other_layout):
        asked = kg("query", "-e", "SELECT * { GRAPH <urn:kg:build> { ?s ?p ?o } }", "--store", str(store))
        assert (asked.exit_code, asked.stderr.count("run kg build")) == (3, 1)
    assert _build(garden, store, *options).exit_code == 0
    _build(garden, tmp_path / "clean")
    assert _graph(store).stdout == _graph(tmp_path / "clean").stdout
    assert '"full": false' in _build(garden, store, "--format", "json").stdout


def test_a_record_that_is_a_folder_is_one_sentence(garden: Path, store: Path) -> None:
    (store / "record.db").unlink()
    (store / "record.db").mkdir()
    refused = _build(garden, store)
    assert (refused.exit_code, refused.stderr.count("error: ")) == (3, 1)
