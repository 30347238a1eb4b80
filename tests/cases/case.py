"""A case as it lies in the shared folder, and what came of its steps."""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cases.graph import FORMS, Graph
from tests.cases.running import Run, Setting, kg
from tests.shared import SHARED, need


@dataclass(frozen=True, slots=True)
class Case:
    """A copy of a case's folder, and its case.json."""

    number: str
    folder: Path
    checks: Mapping[str, Any]
    expect: str


def load_case(number: str, place: Path) -> Case:
    """Copy a case to a folder where its steps may change it."""
    (source,) = need(SHARED / "cases").glob(f"{number}-*")
    folder = place / source.name
    shutil.copytree(source, folder, symlinks=True, copy_function=shutil.copyfile)
    for parent, _, _ in os.walk(folder):
        os.chmod(parent, 0o755)
    said = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    return Case(number, folder, said["checks"], said["expect"])


@dataclass(slots=True)
class Outcome:
    """What the steps of a case gave."""

    case: Case
    runs: list[Run] = field(default_factory=list)
    """The commands that the checks are about."""
    stores: dict[str, Setting] = field(default_factory=dict)
    """The stores that were built, each with the setting that its exports run in too."""
    snapshots: list[bytes] = field(default_factory=list)
    """Exports before and after, which are to be the same."""
    rows: dict[str, int] = field(default_factory=dict)
    """How much each question gave."""
    tables: list[bytes] = field(default_factory=list)
    """CSV for people."""
    sockets: list[str] | None = None
    """What the network was asked for; None where nobody watched."""
    _exports: dict[tuple[str, str], Run] = field(default_factory=dict)

    def run(self, *arguments: str, setting: Setting | None = None) -> Run:
        """Run kg in the case's folder; the checks are about this run."""
        run = kg(arguments, self.case.folder, setting)
        self.runs.append(run)
        return run

    def build(self, path: str, store: str = "store", setting: Setting | None = None) -> Run:
        """Build a folder of the case into a store of the case."""
        self.stores[store] = setting or Setting()
        self._exports = {key: run for key, run in self._exports.items() if key[0] != store}
        return self.run("build", path, "--store", store, setting=setting)

    def ask(self, *arguments: str) -> Run:
        """Run kg in the case's folder beside its steps."""
        return kg(arguments, self.case.folder)

    def export_run(self, form: str, store: str = "store") -> Run:
        """Export a store whole, drafts too, once a form."""
        key = (store, form)
        if key not in self._exports:
            arguments = ("export", FORMS[form], "--status", "all", "--store", store)
            run = kg(arguments, self.case.folder, self.stores[store])
            assert run.exit == 0, f"{run}: {run.output}"
            self._exports[key] = run
        return self._exports[key]

    def export(self, form: str, store: str = "store") -> bytes:
        """The bytes of an export."""
        return self.export_run(form, store).out

    def graph(self, store: str = "store") -> Graph:
        """The triples of a store."""
        return Graph.read(self.export("nt", store), "nt")

    def graphs(self) -> list[Graph]:
        """The triples of each store."""
        return [self.graph(store) for store in self.stores]

    def brief(self, name: str) -> Path:
        """A brief's file in the folder that is built."""
        return self.case.folder / "briefs" / name / "agent.md"
