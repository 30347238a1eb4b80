"""The JSON Schema of the front matter says the same as the reader."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from kg.diagnostics import Severity
from kg.reading import read_brief
from kg.reading.frontmatter import read_front_matter
from kg.reading.source import decode
from kg.reading.yaml_nodes import as_json
from tests.shared import ROOT, SHARED, need

SCHEMA: dict[str, Any] = json.loads((ROOT / "schemas" / "front-matter.schema.json").read_text(encoding="utf-8"))
GOOD = {
    "schemaVersion": 1,
    "id": "agent-brief:a",
    "articleId": "article:a",
    "slug": "a",
    "title": "A",
    "tokenBudget": 1200,
    "status": "draft",
    "updated": "2026-05-04",
}


def _valid(values: dict[str, Any]) -> bool:
    return bool(jsonschema.Draft202012Validator(SCHEMA).is_valid(values))


def _front(path: Path) -> Any:
    source, _ = decode(path.read_bytes(), path.name)
    assert source is not None
    front, _ = read_front_matter(source)
    assert front is not None
    return {key: as_json(node) for key, (_, node) in front.entries.items()}


def test_the_sample_garden_is_valid() -> None:
    files = [*(ROOT / "seeds").glob("*/agent.md"), *(ROOT / "seeds").glob("*.txt")]
    assert len(files) >= 14
    assert [path.name for path in files if not _valid(_front(path))] == []


def test_the_corpus_is_valid() -> None:
    files = sorted(need(SHARED / "corpus" / "garden").glob("*/agent.md"))
    assert [str(path) for path in files if not _valid(_front(path))] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tokenBudget", 0),
        ("tokenBudget", "many"),
        ("status", "Published"),
        ("updated", "2026-7-5"),
        ("slug", ""),
        ("title", ""),
        ("schemaVersion", 2),
        ("id", "brief:a"),
        ("articleId", "a"),
        ("title", ["A"]),
        ("tokenBudget", "007"),
        ("reviewCycle", "yearly"),
    ],
)
def test_schema_and_reader_agree(key: str, value: Any) -> None:
    front = {**GOOD, key: value}
    text = f"---\n{yaml.safe_dump(front, sort_keys=False)}---\n\n## Thesis\n\nT.\n\n## Claims\n\n- `claim-001`: C.\n"
    _, found = read_brief(text.encode(), "x.md")
    assert _valid(front) == (not any(d.severity is Severity.ERROR for d in found)), [str(d) for d in found]


@pytest.mark.parametrize("key", sorted(GOOD))
def test_a_missing_key_is_told_by_both(key: str) -> None:
    front = {name: value for name, value in GOOD.items() if name != key}
    text = f"---\n{yaml.safe_dump(front, sort_keys=False)}---\n\n## Thesis\n\nT.\n\n## Claims\n\n- `claim-001`: C.\n"
    _, found = read_brief(text.encode(), "x.md")
    assert not _valid(front)
    assert [d.code for d in found if d.code in ("KG010", "KG031")]
