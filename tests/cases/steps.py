"""The steps of the cases: most build ``briefs`` once; the others have a function of their own."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.cases import values
from tests.cases.case import Case, Outcome
from tests.cases.graph import FORMS
from tests.cases.running import Setting

Step = Callable[[Outcome], None]

# Started by Python itself in every process of a run: notes each use of a socket, and moves the clock by some days.
_STARTUP = """
import os, sys, time

def _note(event, arguments):
    if event.startswith("socket.") and "CASE_SOCKETS" in os.environ:
        with open(os.environ["CASE_SOCKETS"], "a") as notes:
            notes.write(f"{event} {arguments}\\n")

sys.addaudithook(_note)
_shift = int(os.environ.get("CASE_DAYS", "0")) * 86400
_time, _time_ns = time.time, time.time_ns
time.time = lambda: _time() + _shift
time.time_ns = lambda: _time_ns() + _shift * 10**9
"""


def perform(case: Case) -> Outcome:
    """Do a case's steps."""
    outcome = Outcome(case)
    STEPS.get(case.number, _build_once)(outcome)
    return outcome


def _build_once(outcome: Outcome) -> None:
    outcome.build("briefs")


def _two_spellings(outcome: Outcome) -> None:
    outcome.build("briefs-plain", "plain")
    outcome.build("briefs-windows", "windows")


def _bomb_and_rope(outcome: Outcome) -> None:
    outcome.build("briefs-bomb", "bomb")
    outcome.build("briefs-long", "long")


def _swap(outcome: Outcome) -> None:
    briefs = outcome.case.folder / "briefs"
    shutil.copytree(outcome.case.folder / "before", briefs)
    outcome.build("briefs")
    shutil.rmtree(briefs)
    shutil.copytree(outcome.case.folder / "after", briefs)
    outcome.build("briefs")
    outcome.build("briefs", "fresh")


def _links(outcome: Outcome) -> None:
    subprocess.run(["sh", "setup.sh"], cwd=outcome.case.folder, check=True)
    outcome.build("briefs")


def _stray_marks(outcome: Outcome) -> None:
    outcome.build("briefs")
    outcome.run("check", "briefs")
    outcome.run("query", "-e", "SELECT ?t { ?c schema:text ?t }", "--format", "table", "--store", "store")
    outcome.run("analyze", "--store", "store")
    outcome.runs.append(outcome.export_run("graphml"))


def _many_days(outcome: Outcome) -> None:
    for number, seed in enumerate(("1", "2", "77")):
        outcome.build("briefs", f"seed-{seed}", _started(outcome, PYTHONHASHSEED=seed, CASE_DAYS=str(number * 40)))
    outcome.build("briefs-swapped", "swapped", _started(outcome, PYTHONHASHSEED="5"))


def _offline(outcome: Outcome) -> None:
    notes = outcome.case.folder / "sockets.txt"
    setting = _cut_off(_started(outcome, CASE_SOCKETS=str(notes)))
    outcome.build("briefs", setting=setting)
    outcome.runs += [outcome.export_run(form) for form in FORMS]
    outcome.sockets = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []


def _started(outcome: Outcome, **environment: str) -> Setting:
    """A setting in which Python starts with what is above."""
    place = outcome.case.folder / "startup"
    place.mkdir(exist_ok=True)
    (place / "sitecustomize.py").write_text(_STARTUP, encoding="utf-8")
    return Setting(environment={"PYTHONPATH": str(place), **environment})


def _cut_off(setting: Setting) -> Setting:
    """Without network: in a namespace that has none, or where that is not allowed behind a closed port."""
    for before in (("unshare", "-n"), ("unshare", "-rn")):
        if shutil.which("unshare") and subprocess.run([*before, "true"], capture_output=True).returncode == 0:
            return Setting(before, setting.environment)
    closed = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    return Setting((), {**setting.environment, **closed})


def _values(outcome: Outcome) -> None:
    outcome.build("briefs")
    outcome.snapshots.append(outcome.export("nt"))
    lines = Path(outcome.case.folder, "values.txt").read_text(encoding="utf-8").splitlines()
    for question, run in values.ask_everything(lines, outcome.case.folder):
        outcome.runs.append(run)
        outcome.rows[question] = values.rows(run)
    outcome.snapshots.append(outcome.ask("export", "ntriples", "--status", "all", "--store", "store").out)


CELLS = """SELECT ?id ?text ?title ?budget {
  ?claim a kg:Claim ; dcterms:identifier ?id ; schema:text ?text ; schema:isPartOf ?article .
  ?brief schema:isBasedOn ?article ; dcterms:title ?title ; kg:tokenBudget ?budget } ORDER BY ?id"""


def _cells(outcome: Outcome) -> None:
    outcome.build("briefs")
    run = outcome.run("query", "-e", CELLS, "--format", "csv", "--store", "store")
    outcome.tables.append(run.out)


STEPS: dict[str, Step] = {
    "04": _two_spellings,
    "06": _bomb_and_rope,
    "15": _swap,
    "16": _links,
    "21": _stray_marks,
    "22": _many_days,
    "23": _offline,
    "26": _values,
    "27": _cells,
}
