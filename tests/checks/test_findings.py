"""What holds for findings of any kind: acceptance, severities, triples."""

import json

import pytest
from pyoxigraph import RdfFormat, parse

from kg.checks import Finding, check_article, finding_lines, graded
from kg.diagnostics import CODES, Severity
from tests.checks.sample import Change, article, codes

BASE = "https://garden.example/"


def _single(*scopes: str | None) -> Change:
    """Both claims rest on one source; acceptances of that in some scopes."""
    rows = [{"rule": "low-source-diversity", "scope": scope, "rationale": f"Because of {scope}."} for scope in scopes]

    def change(companion: dict[str, object]) -> None:
        claims = companion["claims"]
        assert isinstance(claims, list)
        for claim in claims:
            claim["evidence"].pop()
        companion["diagnostics"] = {"accepted": rows}

    return change


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        ((), [None, None]),
        (("article",), ["Because of article."] * 2),
        ((None,), ["Because of None."] * 2),
        (("claim-002",), [None, "Because of claim-002."]),
        (("claim-002", "article"), ["Because of article.", "Because of claim-002."]),
        (("source-log",), [None, None]),
    ],
)
def test_an_acceptance_marks_what_it_covers(scopes: tuple[str | None, ...], expected: list[str | None]) -> None:
    found = [finding for finding in check_article(article(_single(*scopes))) if finding.code == "KG106"]
    assert [finding.accepted for finding in found] == expected
    assert [finding.diagnostic().accepted for finding in found] == expected


def test_an_acceptance_of_a_source_and_of_evidence() -> None:
    def change(companion: dict[str, object]) -> None:
        sources, claims = companion["sources"], companion["claims"]
        assert isinstance(sources, list)
        assert isinstance(claims, list)
        sources.append({"id": "a b"})
        claims[0]["evidence"][0]["snippet"] = "short"
        rows = [("unused-source", "a b"), ("short-snippet", "claim-001")]
        companion["diagnostics"] = {"accepted": [{"rule": r, "scope": s, "rationale": "Yes."} for r, s in rows]}

    found = check_article(article(change))
    assert codes(found) == ["KG103", "KG116"]
    assert [finding.accepted for finding in found] == ["Yes.", "Yes."]


def test_a_garden_has_severities_of_its_own() -> None:
    found = check_article(article(_single()))
    assert codes(found) == ["KG106", "KG106", "KG116"]
    louder = graded(found, {"KG106": Severity.ERROR})
    assert [finding.severity for finding in louder if finding.code == "KG106"] == [Severity.ERROR] * 2
    assert {finding.diagnostic().severity for finding in louder} == {Severity.ERROR, Severity.NOTE}
    assert codes(graded(found, {"KG106": None})) == ["KG116"]
    assert graded(found, {}) == found


def test_json_holds_findings() -> None:
    found = check_article(article(_single("claim-001")))
    assert [Finding.read(json.loads(json.dumps(finding.plain()))) for finding in found] == found


def test_the_graph_says_what_was_found_and_not_where() -> None:
    found = check_article(article(_single("claim-001")))
    lines = finding_lines(found, BASE)
    assert lines == finding_lines(found[::-1], BASE) == sorted(set(lines))
    triples = list(parse("".join(f"{line} .\n" for line in lines).encode(), RdfFormat.N_TRIPLES))
    assert len({str(triple.subject) for triple in triples}) == len(found) == 3
    assert len(triples) == 3 * 5 + 1
    assert "artifact.json" not in "".join(lines)


def test_two_findings_on_one_node_are_two_nodes() -> None:
    def change(companion: dict[str, object]) -> None:
        claims = companion["claims"]
        assert isinstance(claims, list)
        claims[0] |= {"confidence": "sure", "status": "hunch"}

    found = check_article(article(change))
    assert [(finding.code, finding.nodes) for finding in found] == [
        ("KG111", (f"{BASE}articles/tides/#claim-001",))
    ] * 2
    assert len({line.split()[0] for line in finding_lines(found, BASE)}) == 2


def test_codes_of_findings_have_rules() -> None:
    assert {code for code in CODES if CODES[code].rule} == {code for code in CODES if code >= "KG101"}
    assert all(rule == rule.lower() and " " not in rule for rule in (CODES[c].rule or "" for c in CODES))
