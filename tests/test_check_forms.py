"""The forms of kg check."""

import json
from pathlib import Path

import pytest

from kg.diagnostic_forms import as_github
from kg.diagnostics import Diagnostic
from tests.cli import kg

_BAD = "---\nid: agent-brief:a\nslug: a\ntitle: A\nstatus: gone\n---\n\n## Claims\n\n- No id: 100% sure.\n"


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a bad brief, as the current folder."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "agent.md").write_text(_BAD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_text_names_the_path_from_here(garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "a/agent.md:5:9: error[KG011]: status is" in kg("check").stdout
    monkeypatch.chdir(garden / "a")
    assert kg("check", "..").stdout.startswith("agent.md:")


def test_every_file_is_named_from_here(garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (garden / "b.md").write_text(_BAD, encoding="utf-8")
    monkeypatch.chdir(garden / "a")
    for arguments in (("check", ".."), ("build", "..", "--store", "../.kg"), ("check", "..", "--format", "github")):
        result = kg(*arguments)
        assert "../b.md" in result.stdout + result.stderr
        assert "the other is agent.md; give one of the two another slug" in result.stdout + result.stderr
    (found,) = [d for d in json.loads(kg("check", "..", "--format", "json").stdout) if d["code"] == "KG013"]
    assert found["help"].startswith("the other is agent.md")


def test_json(garden: Path) -> None:
    result = kg("check", "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {"code": "KG011", "severity": "error", "path": "a/agent.md", "line": 5, "column": 9}.items() <= found[
        [d["code"] for d in found].index("KG011")
    ].items()


def test_sarif(garden: Path) -> None:
    log = json.loads(kg("check", "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {result["ruleId"] for result in run["results"]}
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a/agent.md"


def test_github_escapes_what_would_end_a_command() -> None:
    (line,) = as_github([Diagnostic("a,b:c\r\n%.md", 3, 4, "KG014", "100% of\nit", None)]).split("\n")
    assert line == "::error file=a%2Cb%3Ac%0D%0A%25.md,line=3,col=4,title=KG014::100%25 of%0Ait"


def test_exit_codes(garden: Path) -> None:
    assert kg("check").exit_code == 1
    (garden / "a" / "agent.md").write_text(_BAD.replace("gone", "draft"), encoding="utf-8")
    assert kg("check").exit_code == 0
    assert kg("check", "--strict").exit_code == 1
    assert kg("check", "nowhere").exit_code == 2
