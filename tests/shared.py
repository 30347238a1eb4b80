"""Where the shared corpus and cases lie, and the skip where they are missing (never in CI)."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
REQUIRED = bool(os.environ.get("KG_REQUIRE_SHARED"))


def need(path: Path) -> Path:
    """The path, or a skip where it is missing; a failure where the switch KG_REQUIRE_SHARED is set."""
    if not path.exists():
        if REQUIRED:
            pytest.fail(f"{path.name} is missing and KG_REQUIRE_SHARED is set")
        pytest.skip(f"the shared folder is not beside the project: no {path.name}")
    return path
