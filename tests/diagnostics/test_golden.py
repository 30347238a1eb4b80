"""Bad input beside the exact words shown: a file holds a brief, a line of %%%, and what kg says of it.

``KG_GOLDEN=write`` writes the words anew.
"""

import os
from pathlib import Path

import pytest

from kg.diagnostics import CODES
from kg.reading import read_brief

GOLDEN = sorted(Path(__file__).with_name("golden").glob("*.txt"))
_MARK = "\n%%%\n"


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_exact_words(path: Path) -> None:
    text, mark, words = path.read_bytes().decode().partition(_MARK)
    _, found = read_brief(text.encode() + b"\n", "tides/agent.md")
    printed = "\n".join(str(diagnostic) for diagnostic in found) + "\n"
    if os.environ.get("KG_GOLDEN") == "write":
        path.write_bytes((text + _MARK + printed).encode())
    else:
        assert mark
        assert printed == words


def test_each_file_is_named_after_a_code_that_it_reaches() -> None:
    wrong = [path.name for path in GOLDEN if f"[{path.stem[:5]}]" not in path.read_bytes().decode()]
    assert wrong == []
    assert {path.stem[:5] for path in GOLDEN} <= set(CODES)
