"""The pre-commit hook and the GitHub action run what they say."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from kg.cli.main import COMMANDS
from tests.shared import ROOT

BAD = "---\nid: agent-brief:a\nslug: a\ntitle: A\nstatus: gone\n---\n\n## Claims\n\n- `claim-001`: C.\n"


def _yaml(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_the_hook_checks_the_files_that_it_is_given(tmp_path: Path) -> None:
    (hook,) = _yaml(".pre-commit-hooks.yaml")
    program, command = hook["entry"].split()
    assert program == "kg"
    assert command in COMMANDS
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "agent.md").write_text(BAD, encoding="utf-8")
    words = [sys.executable, "-m", "kg", command, "a/agent.md"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "a/agent.md:5:9: error[KG011]" in done.stdout


def test_the_action_annotates(tmp_path: Path) -> None:
    step = _yaml("action.yml")["runs"]["steps"][1]
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b" / "agent.md").write_text(BAD, encoding="utf-8")
    (tmp_path / "kg").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', encoding="utf-8")
    (tmp_path / "kg").chmod(0o755)
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "KG_PATHS": ".", "KG_STRICT": "true", "PYTHONPATH": str(ROOT)}
    words = ["bash", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "::error file=a b/agent.md,line=5,col=9,title=KG011::status is" in done.stdout
