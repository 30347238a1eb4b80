"""Streams that are closed, full or of another encoding change what is shown, never the meaning of the exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli import kg
from tests.shared import ROOT

BRIEF = """---
id: agent-brief:été
slug: été
title: "É 😀"
status: published
---

## Claims

- `claim-001`: Ça 😀.
"""
COMMANDS = ["queries", "check --format json", "export turtle", "render été", "query articles --format table", "analyze"]
BAD = ("Traceback", "Exception ignored", "kg itself")


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("garden")
    (folder / "agent.md").write_text(BRIEF, encoding="utf-8")
    assert _shell(folder, "kg build").returncode == 0
    return folder


def _shell(folder: Path, line: str, data: bytes = b"", **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of the shell in which ``kg`` is the command under test."""
    script = f'set -o pipefail; kg() {{ "{sys.executable}" -m kg "$@"; }}; {line}'
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, input=data, env=environment, capture_output=True, check=False, timeout=120
    )
    assert not any(word in (done.stdout + done.stderr).decode(errors="replace") for word in BAD), done
    return done


@pytest.mark.parametrize("command", COMMANDS)
def test_a_pipe_that_ends_early_is_no_error(command: str, garden: Path) -> None:
    assert _shell(garden, f"kg {command} | true").returncode == 0
    assert _shell(garden, f"kg {command} 2>&1 | true").returncode == 0


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_no_error(command: str, closed: str, garden: Path) -> None:
    assert _shell(garden, f"kg {command} {closed}").returncode == 0


def test_a_closed_stream_is_never_written_into_a_file_that_took_its_place(garden: Path) -> None:
    assert (
        _shell(garden, "kg export turtle --out out.ttl >&- 2>&-; kg build --full >&- 2>&-; kg check >&-").returncode
        == 0
    )
    assert (garden / "out.ttl").read_text(encoding="utf-8").startswith("@prefix")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_the_environments_fault(command: str, garden: Path) -> None:
    done = _shell(garden, f"kg {command} > /dev/full")
    assert done.returncode == 3
    assert b"the output can't be written: No space left on device" in done.stderr
    assert _shell(garden, f"kg {command} > /dev/full 2>&1").returncode == 3


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_encoding_lacks_a_way_to_show_a_character(command: str, encoding: str, garden: Path) -> None:
    assert _shell(garden, f"kg {command}", PYTHONIOENCODING=encoding).returncode == 0


def test_what_programs_read_is_utf_8_whatever_the_terminal(garden: Path) -> None:
    shown = _shell(garden, "kg query claims --format json", PYTHONIOENCODING="ascii").stdout
    assert "Ça 😀." in str(json.loads(shown.decode()))
    assert "É 😀" in _shell(garden, "kg render été", PYTHONIOENCODING="ascii").stdout.decode()
    assert json.loads(_shell(garden, "kg check --format json", PYTHONIOENCODING="ascii").stdout.decode())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"ASK {}", 0),
        (b"\xef\xbb\xbfASK {}", 0),
        (b"ASK {} # \xe9", 2),
        (b"", 2),
        (b'ASK { ?s ?p "\\uD800" }', 2),
        (b"SELECT (<urn:f>(1) AS ?x) {}", 2),
    ],
)
def test_a_query_from_standard_input(data: bytes, code: int, garden: Path) -> None:
    assert _shell(garden, "kg query -", data).returncode == code
    (garden / "q.rq").write_bytes(data)
    assert _shell(garden, "kg query q.rq").returncode == code
    assert _shell(garden, "kg query <(cat q.rq)").returncode == code


@pytest.mark.parametrize(
    "line",
    [
        "kg query -e $'SELECT \\xe9'",
        "kg query .",
        "kg query ''",
        *(f"kg query --timeout {value} -e 'ASK {{}}'" for value in ("inf", "nan", "-1", "0", "1e400", "1e300")),
        *(f"kg query --memory {value} -e 'ASK {{}}'" for value in ("-1", "0", "9" * 30)),
        "kg new --title $'\\xe9' new",
        "kg new node_modules",
        "kg new __pycache__",
        "kg new -- -h",
        "kg init --title $'\\xe9' new",
        "kg init --base $'https://\\xe9/' new",
        "kg init ''",
        "kg build ''",
        "kg check ''",
        "kg export --out ''",
        "kg export --article ''",
        "kg export --query ''",
        "kg export --graph ''",
    ],
)
def test_what_the_user_got_wrong_is_2_and_writes_nothing(line: str, garden: Path) -> None:
    before = sorted(garden.iterdir())
    done = _shell(garden, line)
    assert done.returncode == 2, done
    assert sorted(garden.iterdir()) == before


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    for command in ("build", "check", "query articles", "new x", "init"):
        done = _shell(tmp_path, f"mkdir -p gone; cd gone; rmdir ../gone; kg {command}")
        assert done.returncode == 3
        assert b"the current folder is gone" in done.stderr


@pytest.mark.parametrize("columns", ["0", "1", "20", "-1", "x", ""])
def test_any_width_will_do(columns: str, garden: Path) -> None:
    for command in ("query claims --format table", "analyze", "query --help"):
        assert _shell(garden, f"kg {command}", COLUMNS=columns, TERM="dumb").returncode == 0


def test_usage_errors_reach_the_terminal_as_escapes() -> None:
    for arguments in (
        ("query", "-e", "ASK {}", "-p", "\x1b]0;x\x07"),
        ("\x9b1m",),
        ("build", "\x9b1m"),
        ("new", "\x9b1m"),
    ):
        shown = kg(*arguments).stderr.replace("\n", "")
        assert "\\" in shown
        assert shown.isprintable()


def test_a_table_of_many_columns_is_a_line_a_cell_on_a_narrow_terminal(garden: Path) -> None:
    shown = _shell(garden, "kg query articles --format table", COLUMNS="40").stdout.decode()
    assert "slug: été\n" in shown
    assert "title: É 😀\n" in shown
