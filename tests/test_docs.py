"""The docs say what the program does: generated pages are up to date, and documented commands run."""

import importlib
import io
import re
import shlex
import shutil
from pathlib import Path

import pytest

from kg.cli.main import COMMANDS
from kg.diagnostics import CODES
from tests.cli import kg
from tests.shared import ROOT
from tools import cli_docs

_SLUG = "sourdough-starters-as-ecosystems"
_PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_LONG = {"build --watch"}


def test_cli_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == cli_docs.render(), "run make docs"


def test_every_command_is_documented_with_an_example() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"## kg {name}\n" not in page] == []
    without = [path for path, command in cli_docs.every_command() if path not in (command.help or "")]
    assert without == []


def test_the_list_of_commands_says_what_each_says_of_itself() -> None:
    for name, short in COMMANDS.items():
        assert importlib.import_module(f"kg.cli.{name}").command.short_help == short


def test_every_code_has_its_page() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "diagnostics").glob("KG*.md")}
    assert pages == set(CODES)


def test_links_between_pages_lead_somewhere() -> None:
    broken = [
        f"{page.name}: {target}"
        for page in [*_PAGES, *(ROOT / "docs").glob("*/*.md")]
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not target.startswith("/") and not (page.parent / target).exists()
    ]
    assert broken == []


def _documented_commands() -> list[str]:
    """The ``kg …`` lines of console blocks in the docs and of the examples in the commands' help."""
    found: list[str] = []
    for page in _PAGES:
        for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            found += re.findall(r"^\$ (kg .*)$", block, re.MULTILINE)
    for _, command in cli_docs.every_command():
        text = command.help or ""
        found += re.findall(r"^ *(kg [a-z].*)$", text.split("\b")[-1], re.MULTILINE)
    return list(dict.fromkeys(found))


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample garden with what the examples name, built, as the current folder."""
    folder = tmp_path / "garden"
    shutil.copytree(ROOT / "seeds", folder, ignore=shutil.ignore_patterns(".kg"))
    shutil.copytree(folder / _SLUG, folder / "articles" / _SLUG)
    shutil.rmtree(folder / _SLUG)
    (folder / "notes").mkdir()
    shutil.copy(folder / "chain-care-and-lost-watts.txt", folder / "notes" / "brief.txt")
    (folder / "my.rq").write_text("SELECT ?claim { ?claim a kg:Claim } LIMIT 3", encoding="utf-8")
    pairs = "a_article,a_claim,b_article,b_claim,label\nwhat-humus-was,claim-001,ryes-other-rules,claim-001,none\n"
    (folder / "pairs.csv").write_text(pairs, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    monkeypatch.chdir(folder)
    kg("new", "rye-starters")
    kg("build")
    return folder


@pytest.mark.parametrize("line", _documented_commands())
def test_documented_commands_run(line: str, garden: Path) -> None:
    words = shlex.split(re.split(r" [|>] ", line)[0])[1:]
    if words[0] == "init":
        (garden / "kg.toml").unlink()
    if words[:2] == ["new", "rye-starters"]:
        shutil.rmtree(garden / "rye-starters")
    if " ".join(words[:2]) in _LONG:
        pytest.skip("runs until it is stopped; tests/test_watch.py runs it")
    assert kg(*words).exit_code in (0, 1), line


def test_help_fits_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    for name in COMMANDS:
        result = kg(name, "--help")
        assert result.exit_code == 0
        lines = result.stdout.split("Options:")[1].splitlines()
        assert [line for line in lines if len(line) > 60 and "|" not in line] == []  # a choice of words can't wrap
