"""kg.toml: what it sets, and what is refused with its line."""

from pathlib import Path

import pytest

from kg.config import find_config, read_config
from kg.diagnostics import Severity
from kg.errors import UsageError
from kg.model import Role
from kg.namespaces import DEFAULT_BASE
from tests.cli import kg

_BRIEF = """\
---
schemaVersion: 1
id: agent-brief:{slug}
articleId: article:{slug}
slug: {slug}
title: "A"
tokenBudget: 1200
status: published
updated: 2026-05-04
---

## Thesis

T.

## Claims

- `claim-001`: C.

## What we do not know

- Much.
"""


def _config(folder: Path, text: str) -> Path:
    (folder / "kg.toml").write_text(text, encoding="utf-8")
    return folder / "kg.toml"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("bas = 'https://e.example/'", 1, "bas is unknown; did you mean base?"),
        ("title = 'x'\nbase = 'https://e.example/garden'", 2, "must be an http address that ends with /"),
        ("base = 'e.example'", 1, "base must be an IRI"),
        ("licence = 'CC BY'", 1, "licence must be an IRI"),
        ("title = ''", 1, "title must be text"),
        ("include = ['articles/**', '../other/**']", 1, "can't leave the garden"),
        ("include = ['~/x']", 1, "can't leave the garden"),
        ("include = 'articles'", 1, "must be a list of patterns"),
        ("[sections]\nlimit = ['x']", 2, "limit is no section; the sections are thesis"),
        ("[sections]\nlimits = 'x'", 2, "must be a list of headings"),
        ("licence = 'https://e.example/l'\nlicense = 'https://e.example/l'", 2, "license is given beside licence"),
        ("title = 'x'\nlicense = 'CC BY'", 2, "license must be an IRI"),
        ("language = 'English'", 1, 'language must be a language tag, not "English"'),
        ("language = 'en_GB'", 1, "must be a language tag"),
        (
            "[sections]\nlimits = ['Gaps']\nqueries = ['GAPS:']",
            3,
            'claims the heading "GAPS:", which stands for limits',
        ),
        ("[sections]\nlimits = ['Thesis']", 2, 'claims the heading "Thesis", which stands for thesis'),
        ("[sections]\nlimits = ['---']", 2, "limits holds no heading"),
        ("[findings]\nlow-source-divercity = 'off'", 2, "is no rule; did you mean low-source-diversity?"),
        ("[findings]\nKG014 = 'off'", 2, "KG014 is no rule"),
        ("[findings]\nlow-source-diversity = 'loud'", 2, "must be one of error, warning, note, off"),
        ("findings = 'off'", 1, "findings must be a table"),
        ("base = ", 1, "Invalid value"),
        ("\ninclude = ['!']", 2, 'include holds no pattern: "!"'),
        ("include = ['**/[z-a]']", 1, "include holds no pattern"),
        ('store = "\\u0000"', 1, "store is no name of a folder"),
        ('"\\u001b[31m\\nfake" = 1', 1, "\\u001b[31m\\u000afake is unknown"),
        ('[sections]\n"\\u001b" = []', 1, "\\u001b is no section"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, words: str, tmp_path: Path) -> None:
    path = _config(tmp_path, text)
    with pytest.raises(UsageError) as caught:
        read_config(path)
    assert f"kg.toml:{line}:" in caught.value.message
    assert words in caught.value.message


@pytest.mark.parametrize("text", ["x = " + "[" * 5000 + "]" * 5000, "x = " + "9" * 5000])
def test_what_is_too_long_or_too_deep_is_told(text: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="too long or lists too deep"):
        read_config(_config(tmp_path, text))


def test_a_title_reaches_the_terminal_as_escapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _config(tmp_path, 'title = "A\\u001b[31m\\nB"')
    monkeypatch.chdir(tmp_path)
    assert kg("build").stdout.startswith("A\\u001b[31m\\u000aB: 0 briefs")


def test_new_says_when_the_garden_leaves_the_brief_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _config(tmp_path, "include = ['articles/**']")
    monkeypatch.chdir(tmp_path)
    assert "include in kg.toml leaves it out" in kg("new", "tides").stderr


def test_the_nearest_one_governs_and_the_defaults_stand_else(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find_config(tmp_path / "a" / "b").base == DEFAULT_BASE
    _config(tmp_path, "base = 'https://e.example/'\nlicense = 'https://e.example/l'")
    found = find_config(tmp_path / "a" / "b")
    assert (found.base, found.licence, found.folder) == ("https://e.example/", "https://e.example/l", tmp_path)


def test_aliases_includes_and_the_rest_reach_the_graph(tmp_path: Path) -> None:
    settings = "base = 'https://e.example/'\nlanguage = 'en'\ninclude = ['in/**']\nstore = 'graph'\n"
    config = read_config(_config(tmp_path, settings + "[sections]\nlimits = ['What we do NOT know:']\n"))
    assert config.aliases["what we do not know"] is Role.LIMITS
    for folder, slug in (("in/a", "a"), ("out/b", "b")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "agent.md").write_text(_BRIEF.format(slug=slug), encoding="utf-8")
    assert kg("build", str(tmp_path)).exit_code == 0
    text = kg("export", "ntriples", "--store", str(tmp_path / "graph")).stdout
    assert "<https://e.example/articles/a/#limit-001>" in text
    assert '<https://schema.org/inLanguage> "en"' in text
    assert "/articles/b/" not in text


def test_init_writes_what_can_be_read_and_new_what_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (
        kg("init", "--base", "https://e.example/", "--title", 'A "b"', "--licence", "https://e.example/l").exit_code
        == 0
    )
    assert read_config(tmp_path / "kg.toml").title == 'A "b"'
    assert kg("init").exit_code == 2
    assert kg("new", "été", "--title", "L'été: one").exit_code == 0
    assert kg("new", "été").exit_code == 2
    for bad in ("a b", "..", ".x", "a/b", ""):
        assert kg("new", bad).exit_code == 2
    checked = kg("check", "--strict")
    assert (checked.exit_code, checked.stdout) == (0, "")
    assert kg("init", "elsewhere", "--base", "nonsense").exit_code == 2
    assert not (tmp_path / "elsewhere" / "kg.toml").exists()


def test_findings_are_graded_by_rule_and_by_code(tmp_path: Path) -> None:
    config = read_config(
        _config(tmp_path, "[findings]\nlow-source-diversity = 'warning'\nKG106 = 'error'\nKG125 = 'off'")
    )
    assert config.levels == {"KG106": Severity.ERROR, "KG107": Severity.WARNING, "KG125": None}
