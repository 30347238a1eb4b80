"""Running the command line in this process, as its users would."""

import contextlib
import io
import sys
from dataclasses import dataclass

from kg.cli.main import run


@dataclass(frozen=True, slots=True)
class Result:
    """What a command printed, and its exit code."""

    exit_code: int
    stdout: str
    stderr: str


class _Stream(io.TextIOWrapper):
    """Text and bytes alike, kept in memory."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="", write_through=True)

    def text(self) -> str:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode()


def kg(*arguments: str) -> Result:
    """Run one command."""
    out, err = _Stream(), _Stream()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(list(arguments))
    sys.stdout.flush()
    return Result(code, out.text(), err.text())
