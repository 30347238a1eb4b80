"""What the prose of the cases about reading says beyond their checks (01 to 12, 14, 17)."""

import re
from pathlib import Path

from tests.cases.case import Outcome
from tests.cases.graph import FORMS, RDF_FORMS, Graph, iri, value

_GATE_LAMP = {
    "claim-001": ["A lamp at the gate is seen from the outer buoy on clear nights."],
    "claim-002": ["The lamp needs a new wick every nine days."],
}


def _claim_count(outcome: Outcome, name: str, number: int) -> None:
    wanted = {f"claim-{n:03d}" for n in range(1, number + 1)}
    for graph in outcome.graphs():
        assert graph.claims(name).keys() == wanted
        assert len(graph.nodes("kg:Claim")) == number


def _lines(outcome: Outcome, file: str) -> list[str]:
    """The first lines of the diagnostics of a file."""
    found = [line for run in outcome.runs for line in run.output.split("\n")]
    return [line for line in found if re.search(rf"(?:^|/){re.escape(file)}:\d+:\d+: ", line)]


def norway_slug(outcome: Outcome) -> None:
    graph = outcome.graph()
    assert len(graph.nodes("kg:Brief")) == 2
    for name in ("no", "on"):
        assert len(graph.claims(f"agent-brief:{name}")) == 1
    assert not [t for t in graph.literals() if t.datatype.value == iri("xsd:boolean")]
    for form in FORMS:
        assert not re.search(rb"\b(?:True|False|boolean)\b", outcome.export(form))
    assert "0 errors, 0 warnings" in outcome.runs[0].output


def colon_in_title(outcome: Outcome) -> None:
    output = outcome.runs[0].output
    (line,) = _lines(outcome, "tide-primer/agent.md")
    assert "error[" in line
    assert "colon" in line
    assert "quot" in output
    assert "gate-lamp" not in output
    graph = outcome.graph()
    assert graph.claims("agent-brief:gate-lamp") == _GATE_LAMP
    assert not [t for t in graph.triples if "tide-primer" in f"{t.subject} {t.object}"]


def duplicate_yaml_key(outcome: Outcome) -> None:
    output = outcome.runs[0].output
    title, budget = re.findall(r"agent\.md:1[01]:.*\n.*", output)
    assert "title" in title
    assert re.search(r"\bline 6\b|:6\b", title)
    assert "Second title, added by mistake" in title
    assert "tokenBudget" in budget
    assert re.search(r"\bline 7\b|:7\b", budget)
    assert outcome.graph().fields("agent-brief:double-key")["title"] == ["First title, meant to stay"]


def bom_and_crlf(outcome: Outcome) -> None:
    plain, windows = outcome.graph("plain"), outcome.graph("windows")
    assert plain.as_set() == windows.as_set()
    _claim_count(outcome, "agent-brief:bom-note", 2)
    places = []
    for folder in ("briefs-plain", "briefs-windows"):
        _repeat_a_claim(outcome.case.folder / folder / "bom-note" / "agent.md")
        run = outcome.ask("check", folder)
        assert run.exit == 1
        places.append(run.output.replace(folder, ""))
    assert places[0] == places[1]
    assert ":25:" in places[0]


def _repeat_a_claim(file: Path) -> None:
    data = file.read_bytes()
    (line,) = [line for line in data.splitlines(keepends=True) if b"claim-002" in line]
    file.write_bytes(data.replace(line, line + line.replace(b"nobody", b"somebody")))


def thematic_break_in_body(outcome: Outcome) -> None:
    _claim_count(outcome, "agent-brief:ruled-page", 3)
    graph = outcome.graph()
    literals = [literal.value for literal in graph.literals()]
    for line in ("status: retracted", "slug: not-this-one"):
        assert any(line in text for text in literals)
    assert not [t for t in graph.triples if "not-this-one" in value(t.subject)]
    assert "retracted" not in literals
    (line,) = _lines(outcome, "ruled-page/agent.md")
    assert ":25:1:" in line


def alias_bomb_and_long_line(outcome: Outcome) -> None:
    bomb, rope = outcome.runs
    assert int(re.findall(r"knot-bomb/agent\.md:(\d+)", bomb.output)[0]) >= 10
    assert len(bomb.output) < 5_000
    assert max((len(literal.value) for literal in outcome.graph("bomb").literals()), default=0) < 1_000
    assert rope.exit == 0
    graph = outcome.graph("long")
    claims = graph.claims("agent-brief:long-rope")
    assert claims.keys() == {"claim-001", "claim-002", "claim-003"}
    assert claims["claim-002"][0].count("w") == 128


def impossible_dates(outcome: Outcome) -> None:
    output = outcome.runs[0].output
    for name, written in (("zero", "0000-00-00"), ("feb", "2026-02-30"), ("short", "2026-7-5")):
        (found,) = re.findall(rf"date-{name}/agent\.md:9:.*\n.*", output)
        assert "error[" in found
        assert written in found
        assert "YYYY-MM-DD" in found
    assert "3 errors" in output
    for form in RDF_FORMS:
        literals = Graph.read(outcome.export(form), form).literals()
        dates = {literal.value for literal in literals if literal.datatype.value == iri("xsd:date")}
        assert dates <= {"2026-05-04"}
    assert outcome.graph().claims("agent-brief:gate-lamp") == _GATE_LAMP


def blank_title_empty_sections(outcome: Outcome) -> None:
    assert outcome.runs[0].exit == 1
    graph = outcome.graph()
    assert graph.texts("kg:RecommendedQuery") == ["Who named the sheet?"]
    for kind in ("kg:AudienceNote", "kg:Section", "kg:Limit", "kg:SourceFamily", "kg:NamedWork"):
        assert graph.nodes(kind) == []
    claims = graph.claims("agent-brief:blank-title")
    assert claims.pop("claim-002", []) == []
    assert claims.keys() == {"claim-001", "claim-003"}
    assert graph.fields("agent-brief:blank-title")["title"] == []


def heading_inside_fence(outcome: Outcome) -> None:
    _claim_count(outcome, "agent-brief:fenced-sample", 2)
    graph = outcome.graph()
    assert len(graph.nodes("kg:SourceFamily")) == 2
    (thesis,) = graph.nodes("kg:Thesis")
    assert "The thesis goes on after the fence." in graph.values(thesis, "schema:text")[0]
    holders = {value(t.subject) for t in graph.triples if "PHANTOM" in value(t.object)}
    assert holders <= {thesis}
    assert "PHANTOM" not in outcome.runs[0].output


def html_comments(outcome: Outcome) -> None:
    _claim_count(outcome, "agent-brief:commented-out", 3)
    exports = [outcome.export(form) for form in FORMS]
    exports.append(outcome.ask("export", "turtle", "--graph", "urn:kg:build", "--store", "store").out)
    exports.append(outcome.ask("render", "commented-out", "--store", "store").out)
    for data in exports:
        assert data
        assert b"HIDDEN" not in data
    assert "HIDDEN" not in outcome.runs[0].output


def lazy_continuation(outcome: Outcome) -> None:
    _claim_count(outcome, "agent-brief:wrapped-lines", 5)
    texts = outcome.graph().texts("kg:Claim")
    assert len({"*" in text for text in texts}) == 1  # the same way for every claim


def nfc_and_nfd(outcome: Outcome) -> None:
    run = outcome.runs[0]
    if run.exit:
        (line,) = [line for line in _lines(outcome, "cafe-quay/agent.md") if "slug and id " in line]
        assert ":5:" in line
        assert "U+0301" in line
        assert "U+00E9" in line
    graph = outcome.graph()
    assert len(graph.nodes("kg:Claim")) in (0, 2)
    assert not [t for t in graph.triples if "e\u0301" in value(t.subject)]
    for slug in ("caf\u00e9-quay", "cafe\u0301-quay"):
        found = outcome.ask("export", "ntriples", "--article", slug, "--store", "store")
        assert (found.exit == 0) == bool(graph.nodes("kg:Brief"))


def duplicate_claim_in_file(outcome: Outcome) -> None:
    run = outcome.runs[0]
    assert run.exit == 1
    (found,) = re.findall(r"gauge-readings/agent\.md:26:.*\n.*", run.output)
    assert "error[" in found
    assert "agent.md:24" in found or "line 24" in found
    assert "The morning reading is the better one." in found
    graph = outcome.graph()
    assert graph.claims("agent-brief:gauge-readings") == {
        "claim-001": ["The tide gauge is read twice a day."],
        "claim-002": ["The evening reading is the better one."],
        "claim-003": ["Rain does not move the gauge."],
    }
    nodes = graph.nodes("kg:Claim")
    assert [node.rpartition("#")[2] for node in nodes] == ["claim-001", "claim-002", "claim-003"]
    assert not [literal for literal in graph.literals() if "morning" in literal.value]


def not_utf8(outcome: Outcome) -> None:
    (line,) = _lines(outcome, "old-sheet/agent.md")
    offset = outcome.brief("old-sheet").read_bytes().index(b"\x92")
    assert "UTF-8" in line
    assert "0x92" in line
    assert re.search(rf"\b{offset}\b", line)
    graph = outcome.graph()
    assert graph.claims("agent-brief:gate-lamp") == _GATE_LAMP
    for mark in ("\x92", "\u2019", "\x80", "\u20ac", "\u00e2"):
        assert not [literal for literal in graph.literals() if mark in literal.value]
    assert graph.brief("agent-brief:old-sheet") is None
