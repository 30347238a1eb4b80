"""Where a limit may have cut an answer, that is said."""

from pathlib import Path

import pytest

from tests.briefs import write_brief
from tests.cli import kg


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One article with three claims."""
    write_brief(tmp_path / "a", "a", "One.", "Two.", "Three.")
    monkeypatch.chdir(tmp_path)
    kg("build")


@pytest.mark.usefixtures("garden")
@pytest.mark.parametrize(("limit", "told"), [(2, True), (3, True), (4, False)])
def test_as_many_solutions_as_the_limit_lets_through(limit: int, told: bool) -> None:
    asked = kg("query", "claims", "-p", f"limit={limit}", "--format", "csv")
    assert asked.stdout.count("\n") == 1 + min(limit, 3)
    assert ("there may be more" in asked.stderr) == told
