"""The wheel, installed in a clean environment and run from another folder."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.shared import ROOT


def _run(*arguments: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(a) for a in arguments], cwd=cwd, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment's programs that has only the wheel in it."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("claimgraph-*.whl")
    venv.create(folder / "env", with_pip=True)
    programs = folder / "env" / "bin"
    _run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    return programs


def test_the_wheel_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    _run(installed / "kg", "init", "--title", "Elsewhere", cwd=tmp_path)
    _run(installed / "kg", "new", "a-first-brief", cwd=tmp_path)
    assert "1 brief: 1 added" in _run(installed / "kg", "build", "--strict", cwd=tmp_path)
    assert "claim-001" in _run(installed / "claimgraph", "query", "claims", "--format", "csv", cwd=tmp_path)
    assert "kg:Claim" in _run(installed / "kg", "export", "turtle", "--status", "all", "--verify", cwd=tmp_path)
    assert "@context" in _run(installed / "kg", "export", "jsonld", "--status", "all", cwd=tmp_path)


def test_the_wheel_holds_what_the_commands_read(installed: Path, tmp_path: Path) -> None:
    assert "KG014: a claim is defined twice" in _run(installed / "kg", "explain", "kg14", cwd=tmp_path)
    assert "claims-by-article" in _run(installed / "kg", "queries", cwd=tmp_path)
    code = "from kg import resources as r; print((r.folder('seeds') / 'kg.toml').is_file(), len(r.ontology()) > 1000)"
    assert _run(installed / "python", "-c", code, cwd=tmp_path).split() == ["True", "True"]
