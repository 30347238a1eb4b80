"""What the prose of the cases about values given and printed says beyond their checks (26, 27)."""

import csv
import io
import json

from tests.cases.case import Outcome
from tests.cases.graph import RDF_FORMS, Graph
from tests.cases.steps import CELLS

_SEARCH = "SELECT ?text { ?claim a kg:Claim ; schema:text ?text FILTER(CONTAINS(?text, $words)) }"


def injection_by_argument(outcome: Outcome) -> None:
    for run in outcome.runs:
        assert run.exit in (0, 2, 3), f"{run}: {run.exit} {run.output}"
        if "-e" not in run.arguments or "-p" in run.arguments:
            assert "error: query:" not in run.output, f"{run}: {run.output}"
    _finds_the_text_as_typed(outcome)


def _finds_the_text_as_typed(outcome: Outcome) -> None:
    file = outcome.brief("gate-lamp")
    line = "- `claim-002`: The lamp needs a new wick every nine days.\n"
    more = '- `claim-003`: The word "tides" stands here.\n- `claim-004`: The tides stand here.\n'
    file.write_text(file.read_text(encoding="utf-8").replace(line, line + more), encoding="utf-8")
    assert outcome.ask("build", "briefs", "--store", "searched").exit == 0
    words = ("-p", 'words=tides"', "--format", "json", "--store", "searched")
    found = json.loads(outcome.ask("query", "-e", _SEARCH, *words).out)["results"]["bindings"]
    assert [row["text"]["value"] for row in found] == ['The word "tides" stands here.']


def csv_formula(outcome: Outcome) -> None:
    wanted = outcome.case.checks["claims"]["agent-brief:sheet-cells"]
    rows = _read(outcome.tables[0])
    assert outcome.tables[0].count(b"\r\n") == 6
    assert [row["id"] for row in rows] == sorted(wanted)
    assert [row["text"].removeprefix("'") for row in rows] == [wanted[row["id"]] for row in rows]
    assert {row["budget"] for row in rows} == {"1500"}
    exact = _read(_asked(outcome, CELLS, "--format", "csv", "--raw"))
    assert {row["id"]: row["text"] for row in exact} == wanted
    _exact_elsewhere(outcome, wanted)
    number = _asked(outcome, "SELECT (-5 AS ?n) (-0.5 AS ?d) { }", "--format", "csv")
    assert number.splitlines()[1] == b"-5,-0.5"
    assert "apostrophe" in outcome.ask("query", "--help").output


def _exact_elsewhere(outcome: Outcome, wanted: dict[str, str]) -> None:
    found = json.loads(_asked(outcome, CELLS, "--format", "json"))["results"]["bindings"]
    assert {row["id"]["value"]: row["text"]["value"] for row in found} == wanted
    tsv = _asked(outcome, CELLS, "--format", "tsv").decode().splitlines()[1:]
    terms = {cells[0].strip('"'): json.loads(cells[1]) for cells in (line.split("\t") for line in tsv)}
    assert terms == wanted
    for form in RDF_FORMS:
        claims = Graph.read(outcome.export(form), form).claims("agent-brief:sheet-cells")
        assert {identifier: texts[0] for identifier, texts in claims.items()} == wanted


def _asked(outcome: Outcome, question: str, *options: str) -> bytes:
    run = outcome.ask("query", "-e", question, *options, "--store", "store")
    assert run.exit == 0, run.output
    return run.out


def _read(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode(), newline="")))
