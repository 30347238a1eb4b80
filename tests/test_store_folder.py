"""A store's folder: nothing of anybody else's is touched, and what was deleted by hand is made anew."""

import shutil
from pathlib import Path

import pytest

from tests.cli import kg
from tests.shared import ROOT


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    """A copy of the sample garden."""
    shutil.copytree(ROOT / "seeds", tmp_path / "garden", ignore=shutil.ignore_patterns(".kg"))
    return tmp_path / "garden"


@pytest.mark.parametrize("name", ["writer", "generations"])
def test_a_folder_of_somebody_elses_is_refused(name: str, garden: Path, tmp_path: Path) -> None:
    for folder in (garden, tmp_path / "other"):
        (folder / name).mkdir(parents=True)
        (folder / name / "novel.txt").write_text("mine", encoding="utf-8")
        refused = kg("build", str(garden), "--store", str(folder), "--full")
        assert refused.exit_code == 3
        assert "which kg did not make" in refused.stderr
        assert (folder / name / "novel.txt").read_text("utf-8") == "mine"


def test_an_empty_name_is_refused(garden: Path) -> None:
    assert kg("build", str(garden), "--store", "").exit_code == 2


@pytest.mark.parametrize("name", ["writer", "generations"])
def test_what_was_deleted_by_hand_is_made_anew(name: str, garden: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    kg("build", str(garden), "--store", str(store))
    wanted = kg("export", "nquads", "--store", str(store)).stdout
    shutil.rmtree(store / name)
    if name == "generations":
        gone = kg("query", "articles", "--store", str(store))
        assert (gone.exit_code, gone.stdout) == (3, "")
    assert kg("build", str(garden), "--store", str(store)).exit_code == 0
    assert kg("export", "nquads", "--store", str(store)).stdout == wanted
