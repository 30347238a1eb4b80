"""The standard streams: closed ones, encodings that lack a character, pipes that end early, full disks."""

import json
import os
import sys
from typing import Any

from kg.errors import UsageError

_MODES = {"stdin": "r", "stdout": "w", "stderr": "w"}


def prepare() -> None:
    """Give a stream that is closed the null device, and make no character fatal on any."""
    for number, (name, mode) in enumerate(_MODES.items()):
        if getattr(sys, name) is None:
            _close_gap(number)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
        if mode == "w":
            getattr(sys, name).reconfigure(errors="backslashreplace")


def _close_gap(number: int) -> None:
    """Occupy a closed descriptor, so that no file opened later takes it and is written to by mistake."""
    null = os.open(os.devnull, os.O_RDWR)
    if null != number:
        os.dup2(null, number)
        os.close(null)


def silence() -> None:
    """Send to the null device what a stream can't take, lest the interpreter fail on it at its end."""
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def write_bytes(data: bytes) -> None:
    """Write to standard output as it is, after what was printed before."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_text(text: str) -> None:
    """Write in UTF-8 whatever the terminal's encoding: text that other programs read."""
    write_bytes(text.encode("utf-8", "backslashreplace"))


def write_json(value: Any) -> None:
    """Write a value as JSON."""
    write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def read_input() -> bytes:
    """All of standard input.

    Errors: UsageError where it can't be read.
    """
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise UsageError(f"standard input can't be read: {error.strerror}") from None
