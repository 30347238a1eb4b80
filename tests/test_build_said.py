"""What a build says that it did, and what it refuses rather than pass over."""

from pathlib import Path

import pytest

from tests.cli import kg

BRIEF = "---\nid: agent-brief:a\nslug: a\ntitle: A\nstatus: draft\n---\n\n## Claims\n\n- `claim-001`: B.\n"


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A garden of one brief with a note beside it, as the current folder."""
    (tmp_path / "kg.toml").write_text('title = "G"\n', encoding="utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "agent.md").write_text(BRIEF, encoding="utf-8")
    (tmp_path / "notes.md").write_text("Notes.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _first(*arguments: str) -> str:
    return kg("build", *arguments).stdout.split(" (")[0]


def test_briefs_are_added_once_then_unchanged_and_read_again_where_the_settings_changed(garden: Path) -> None:
    assert _first() == "G: 1 brief: 1 added"
    assert _first() == "G: 1 brief: 1 unchanged"
    (garden / "kg.toml").write_text('title = "G"\nbase = "https://e.example/"\n', encoding="utf-8")
    assert _first() == "G: 1 brief: 1 read again"
    (garden / "kg.toml").write_text('title = "G"\n', encoding="utf-8")
    (garden / "a" / "agent.md").unlink()
    assert _first() == "G: 0 briefs: 1 removed"
    assert _first() == "G: 0 briefs"


def test_a_file_that_is_no_brief_is_not_passed_over_in_silence(garden: Path) -> None:
    for _ in range(2):
        refused = kg("build", "notes.md", "a")
        assert refused.exit_code == 2
        assert "notes.md is no brief, so not of the garden" in refused.stderr
        assert kg("build").exit_code == 0
    (garden / "notes.md").write_text(BRIEF.replace("slug: a", "slug: b"), encoding="utf-8")
    assert "1 added" in kg("build", "notes.md").stdout
    (garden / "notes.md").write_text("Notes.\n", encoding="utf-8")
    assert "1 removed" in kg("build", "notes.md").stdout


def test_no_briefs_is_said_only_where_there_are_none(garden: Path) -> None:
    brief = garden / "a" / "agent.md"
    brief.write_text("---\nnever closed\n", encoding="utf-8")
    assert "no briefs" not in kg("build").stdout
    brief.unlink()
    assert "no briefs found" in kg("build").stdout
    (garden / "kg.toml").write_text("include = ['articles/**']\n", encoding="utf-8")
    brief.write_text(BRIEF, encoding="utf-8")
    assert "no briefs among the files that include in kg.toml names" in kg("build").stdout


def test_paths_of_different_gardens_are_all_named(garden: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    refused = kg("check", "a", str(other))
    assert refused.exit_code == 2
    assert f"different gardens: {garden / 'kg.toml'} and none" in refused.stderr
