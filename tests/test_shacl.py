"""kg check --shacl: each result of pySHACL at its place in the files."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.diagnostics import Diagnostic, Severity
from kg.mapping import Garden, Mapped, map_article
from kg.reading import read_brief
from kg.reading.companion import read_companion
from kg.shacl import findings
from tests.cli import kg
from tests.ontology.articles import MOON, TIDES

_GOOD = """\
{
  "slug": "tides",
  "status": "published",
  "updatedAt": "2026-05-04",
  "sources": [
    { "id": "source-log", "title": "A Harbour Log", "url": "https://log.example/1" }
  ],
  "claims": [
    {
      "id": "claim-001", "claim": "Spring tides follow the full and the new moon.",
      "confidence": "medium",
      "status": "core",
      "evidence": [
        { "sourceId": "source-log", "snippet": "Water was high at full moon.", "supports": "direct" }
      ],
      "counterevidence": [],
      "verification": { "status": "verified", "reviewer": "Ada Shore" }
    }
  ]
}
"""


def _article(companion: str | None = None, brief: str = TIDES) -> Mapped:
    found, _ = read_brief(brief.encode(), "tides/agent.md")
    told, _ = read_companion(companion.encode(), "tides/artifact.json") if companion else (None, [])
    assert found is not None
    return map_article(found, told, Garden())


def _told(*articles: Mapped) -> list[str]:
    return [str(diagnostic) for diagnostic in findings(list(articles))]


def test_what_is_fine_is_not_told() -> None:
    assert _told(_article(_GOOD), _article(brief=MOON)) == []
    assert _told() == []


_AT = "tides/artifact.json"
BROKEN = {
    ("Water was high at full moon.", "High."): f"{_AT}:14:1: warning[KG045]: "
    'claim-001-evidence-01: the snippet is shorter than 12 characters; kg:snippet is "High."',
    ('"sourceId": "source-log"', '"sourceId": "source-lost"'): f"{_AT}:14:1: error[KG045]: "
    "claim-001-evidence-01: the evidence names no source that its article lists",
    ('"title": "A Harbour Log", ', ""): f"{_AT}:6:1: warning[KG045]: record-source-log: the source record has no title",
    ("https://log.example/1", "in the attic"): f"{_AT}:6:1: warning[KG045]: "
    "record-source-log: the source record leads to no work, for it has no address of the web, DOI or ISBN",
    ('"medium"', '"high"'): "tides/agent.md:27:1: warning[KG045]: "
    "claim-001: the claim is held with high confidence or is a risk, and names nothing that speaks against it",
    ('"verified"', '"seen"'): f"{_AT}:17:1: warning[KG045]: "
    "claim-001-verification: the verdict on a claim is none of verified, draft, contested and stale"
    '; kg:verdict is "seen"',
}
"""What is changed in a good companion → what is told."""


@pytest.mark.parametrize("change", BROKEN)
def test_what_is_broken_is_told_where_it_is_written(change: tuple[str, str]) -> None:
    text = _GOOD.replace(*change)
    assert text != _GOOD
    assert _told(_article(text)) == [BROKEN[change]]


def test_a_node_that_articles_share_is_told_where_one_points_to_it() -> None:
    article = _article(_GOOD)
    (agent,) = (node for node in article.shared if "/agents/" in node)
    article.shared[agent] = (article.shared[agent][0], "")
    (told,) = _told(article)
    assert told.startswith(f"{_AT}:17:1: error[KG045]: <{agent}>: an agent has exactly one name that is shown")


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a brief that has no token budget, as the current folder."""
    (tmp_path / "tides").mkdir()
    text = TIDES.replace("tokenBudget: 1200\n", "")
    (tmp_path / "tides" / "agent.md").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_form_tells_it_with_its_severity(garden: Path) -> None:
    words = "brief: the brief has no token budget"
    assert f"tides/agent.md:1:1: warning[KG045]: {words}\n" in kg("check", "--shacl").stdout
    (found,) = (d for d in json.loads(kg("check", "--shacl", "--format", "json").stdout) if d["code"] == "KG045")
    assert (found["severity"], found["message"]) == ("warning", words)
    assert f"::warning file=tides/agent.md,line=1,col=1,title=KG045::{words}\n" in (
        kg("check", "--shacl", "--format", "github").stdout
    )
    (run,) = json.loads(kg("check", "--shacl", "--format", "sarif").stdout)["runs"]
    assert [r["level"] for r in run["results"] if r["ruleId"] == "KG045"] == ["warning"]


def test_it_is_told_only_when_asked_and_counts_as_its_severity(garden: Path) -> None:
    assert "KG045" not in kg("check").stdout
    assert kg("check", "--shacl").exit_code == 0
    assert kg("check", "--shacl", "--strict").exit_code == 1


def test_without_pyshacl_the_message_says_how_to_get_it(garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    result = kg("check", "--shacl")
    assert result.exit_code == 3
    assert "kg check --shacl needs pySHACL" in result.stderr
    assert "pip install 'claimgraph[shacl]'" in result.stderr
    assert kg("check").exit_code == 0


def test_a_diagnostic_has_the_severity_of_its_code_unless_it_has_its_own() -> None:
    found = Diagnostic("a.md", 1, 1, "KG045", "x")
    assert str(found) == "a.md:1:1: error[KG045]: x"
    assert str(replace(found, level=Severity.NOTE)) == "a.md:1:1: note[KG045]: x"
