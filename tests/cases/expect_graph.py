"""What the prose of the cases about identity and change says beyond their checks (13, 15, 16)."""

import json
import re
import shutil

from tests.cases.case import Outcome
from tests.cases.graph import value


def illegal_iri_characters(outcome: Outcome) -> None:
    run = outcome.runs[0]
    if run.exit:
        for name in ("half-moon", "odd-marks"):
            assert re.search(rf"/{name}/agent\.md:[35]\b", run.output)
        return
    graph = outcome.graph()
    articles = graph.nodes("schema:Article")
    assert len(articles) == len(graph.nodes("kg:Brief")) == 3
    slugs = [graph.values(article, "dcterms:identifier") for article in articles]
    assert sorted(slugs) == [['half "moon" bay'], ["half%20%22moon%22%20bay"], ["reef<1>{a}|b^c`d"]]
    for article in articles:
        assert not re.search(r'[<>"{}|\\^`\s]|%(?![0-9A-F]{2})', article)
        assert len(graph.values(article, "dcterms:title")) == 1


def delete_and_rename(outcome: Outcome) -> None:
    first, second, _ = outcome.runs
    assert "3 added" in first.output
    assert "1 removed" in second.output
    numbers = re.findall(r"(\d+) (?:changed|moved)", second.output)
    assert sum(map(int, numbers)) == 1
    assert outcome.graph("store").as_set() == outcome.graph("fresh").as_set()
    for form in ("nquads", "trig"):
        exports = [outcome.ask("export", form, "--status", "all", "--store", store).out for store in outcome.stores]
        assert exports[0] == exports[1]
    origins = [outcome.ask("export", "ntriples", "--graph", "urn:kg:build", "--store", s).out for s in outcome.stores]
    assert origins[0] == origins[1]
    assert b"new-place" in origins[0]
    assert b"old-place" not in origins[0]
    asked = outcome.ask(
        "query",
        "-e",
        'SELECT * { ?b dcterms:identifier "agent-brief:keeper-b" }',
        "--format",
        "json",
        "--store",
        "store",
    )
    assert json.loads(asked.out)["results"]["bindings"] == []
    graph = outcome.graph()
    assert len(graph.nodes("kg:Brief")) == 2
    assert len(graph.claims("agent-brief:keeper-c")) == 2


def symlink_loop(outcome: Outcome) -> None:
    run = outcome.runs[0]
    assert "error[" not in run.output
    assert "dangling.md" in run.output
    graph = outcome.graph()
    assert len(graph.nodes("kg:Brief")) == 1
    assert len(graph.nodes("kg:Claim")) == 2
    _reads_nothing_outside(outcome)


def _reads_nothing_outside(outcome: Outcome) -> None:
    briefs = outcome.case.folder / "briefs"
    outside = outcome.case.folder / "outside"
    shutil.copytree(briefs / "gate-lamp", outside / "buoy", symlinks=True)
    file = outside / "buoy" / "agent.md"
    file.write_text(file.read_text(encoding="utf-8").replace("gate-lamp", "buoy"), encoding="utf-8")
    (briefs / "linked-folder").symlink_to(outside)
    (briefs / "linked.md").symlink_to(file)
    assert outcome.ask("build", "briefs", "--store", "linked").exit == 0
    found = outcome.ask("export", "ntriples", "--status", "all", "--store", "linked").out.decode()
    assert found == outcome.export("nt").decode()
    assert not [t for t in outcome.graph().triples if "buoy/" in value(t.subject)]
