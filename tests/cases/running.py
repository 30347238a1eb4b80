"""Run the command line as a user would, in a process of its own, and measure it."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LIMIT = 120
_LAUNCHER = Path(__file__).with_name("measured.py")
_NOT_INHERITED = ("FORCE_COLOR", "KG_DEBUG", "PYTHONHASHSEED", "PYTHONPATH")


@dataclass(frozen=True, slots=True)
class Setting:
    """How a command is started."""

    before: tuple[str, ...] = ()
    """A command that runs it, as `unshare -n`."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """What is added to the environment."""


@dataclass(frozen=True, slots=True)
class Run:
    """A command that has ended."""

    arguments: tuple[str, ...]
    exit: int
    out: bytes
    err: bytes
    seconds: float
    megabytes: float

    @property
    def output(self) -> str:
        """What it wrote to standard output and standard error."""
        return (self.out + self.err).decode("utf-8", "replace")

    def __str__(self) -> str:
        return "kg " + " ".join(self.arguments)


def kg(arguments: tuple[str, ...], folder: Path, setting: Setting | None = None) -> Run:
    """Run ``kg`` in a folder.

    Errors: AssertionError where it does not end within two minutes.
    """
    setting = setting or Setting()
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
    with tempfile.TemporaryDirectory() as notes:
        note = Path(notes, "note.json")
        command = [*setting.before, sys.executable, "-m", "kg", *arguments]
        done = subprocess.run(
            [sys.executable, "-I", str(_LAUNCHER), str(note), str(LIMIT), *command],
            cwd=folder,
            env={**environment, **setting.environment},
            capture_output=True,
            timeout=LIMIT + 10,
        )
        measured = json.loads(note.read_text(encoding="utf-8"))
    assert measured["exit"] is not None, f"kg {' '.join(arguments)} did not end within {LIMIT} s"
    return Run(arguments, measured["exit"], done.stdout, done.stderr, measured["seconds"], measured["megabytes"])
