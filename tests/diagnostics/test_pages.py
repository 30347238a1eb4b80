"""Every code has a page; the words on it are what kg prints for its example."""

import re
from datetime import date
from pathlib import Path

import pytest

from kg.build import check
from kg.checks.article.unknown_word import MATURITIES, VERDICTS
from kg.companion import CLAIM_STATUSES, CONFIDENCES, SUPPORTS
from kg.diagnostics import CODES
from kg.garden import locate
from kg.mapping import Mapped
from kg.shacl import findings
from tests.shared import ROOT

PAGES = ROOT / "docs" / "diagnostics"
_EXAMPLE = re.compile(r"^`([^`\n]+)`:\n\n````(?:markdown|json|tsv)\n(.*?)````$", re.DOTALL | re.MULTILINE)
_WORDS = re.compile(r"^kg prints:\n\n```text\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
_ROW = re.compile(r"^\| (.+?) \| `(\w.*?)` \| `(.+?)` \|$", re.MULTILINE)
_GOOD = """\
---
schemaVersion: 1
id: agent-brief:tides
articleId: article:tides
slug: tides
title: "Tides"
tokenBudget: 1200
status: published
updated: 2026-05-04
---

## Thesis

Tide tables can be made by hand.

## Claims

- `claim-001`: Spring tides follow the full moon.
"""


def _page(code: str) -> str:
    return (PAGES / f"{code}.md").read_text(encoding="utf-8")


def _head(code: str) -> str:
    """How a page begins; that of a finding names its rule."""
    kind = CODES[code]
    called = "as kg.toml's `[findings]` and a companion's `diagnostics.accepted` call it"
    rule = f"Rule: `{kind.rule}`, {called}.\n\n" if kind.rule else ""
    return f"# {code}: {kind.title}\n\nSeverity: {kind.severity}\n\n{rule}## What it means\n\n"


def _printed(*paths: Path, shacl: bool = False, as_of: date | None = None) -> str:
    articles: list[Mapped] = []
    report = check(locate(tuple(str(path) for path in paths), None), articles.append, as_of)
    found = report.diagnostics + (findings(articles) if shacl else [])
    return "\n".join(str(diagnostic) for diagnostic in sorted(found, key=lambda d: d.sort_key))


def _brief(folder: Path, text: str = _GOOD, encoding: str = "utf-8") -> None:
    (folder / "tides").mkdir()
    (folder / "tides" / "agent.md").write_text(text, encoding=encoding)


def _make_by_hand(code: str, folder: Path) -> tuple[Path, ...]:
    """The examples that no Markdown block can show."""
    if code == "KG005":
        _brief(folder, _GOOD.replace('"Tides"', '"Café tides"'), "latin-1")
    elif code == "KG006":
        (folder / "gone.md").symlink_to("/nowhere")
        return (folder / "gone.md",)
    elif code == "KG019":
        _brief(folder, _GOOD.replace("tides follow", "tides \x1b[31mfollow"))
    elif code == "KG033":
        (folder / "gardens").mkdir()
        (folder / "gardens" / "kg.toml").write_text('base = "https://example.org/"\n', encoding="utf-8")
    elif code == "KG099":
        _brief(folder)
    else:
        _brief(folder)
        (folder / "again").symlink_to("tides")
    return (folder,)


def _fail(*arguments: object) -> None:
    raise KeyError("moon")


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_page_says_what_kg_prints(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if code == "KG099":
        monkeypatch.setattr("kg.intake.read_brief", _fail)
    page = _page(code)
    assert page.startswith(_head(code))
    files = _EXAMPLE.findall(page)
    for name, text in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = (tmp_path,) if files else _make_by_hand(code, tmp_path)
    (words,) = _WORDS.findall(page)
    assert f"[{code}]" in words
    as_of = date(2029, 1, 1) if code == "KG130" else None
    assert _printed(*paths, shacl=code == "KG045", as_of=as_of) == words


def test_the_page_of_unknown_words_lists_the_known_ones() -> None:
    rows = re.findall(r"^\| .+ \| (`.+`) \|$", _page("KG111"), re.MULTILINE)
    listed = [tuple(row.strip("`").split("`, `")) for row in rows]
    assert listed == [CONFIDENCES, CLAIM_STATUSES, SUPPORTS, VERDICTS, MATURITIES]


def test_the_table_of_codes_is_whole() -> None:
    table = (PAGES / "README.md").read_text(encoding="utf-8")
    assert [c for c in CODES if f"| [{c}]({c}.md) | {CODES[c].severity} | {CODES[c].title} |" not in table] == []


def test_the_table_of_yaml_mistakes_is_true(tmp_path: Path) -> None:
    rows = _ROW.findall(_page("KG004"))
    assert len(rows) > 8
    _brief(tmp_path)
    for message, wrong, right in rows:
        for line, words in ((wrong, f": error[KG004]: {message.replace('a bracket', ']')}"), (right, "")):
            text = _GOOD.replace('title: "Tides"', f"title: Tides\n{line}" if "title" not in line else line)
            (tmp_path / "tides" / "agent.md").write_text(text, encoding="utf-8")
            printed = _printed(tmp_path)
            assert words in printed if words else printed == "", line
