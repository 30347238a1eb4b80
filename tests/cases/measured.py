"""Run a command; note its exit code, seconds and peak memory: ``measured.py NOTE SECONDS COMMAND...``.

A process of its own, because a child's peak counts from its parent's (getrusage(2): it is kept over execve), and a
test's process can be larger than kg.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path


def main(note: str, limit: str, *command: str) -> None:
    """Write the note as JSON; the exit code is null where the command was ended at its limit."""
    started = time.perf_counter()
    try:
        code: int | None = subprocess.run(command, timeout=float(limit), stdin=subprocess.DEVNULL).returncode
    except subprocess.TimeoutExpired:
        code = None
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    Path(note).write_text(json.dumps({"exit": code, "seconds": seconds, "megabytes": peak}), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
