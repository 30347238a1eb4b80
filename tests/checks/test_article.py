"""Each check of one article, on the smallest change that it is about; the article without it has no finding."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.checks import Article, check_article, check_dates, check_wording
from kg.checks.article.placeholder import SCAFFOLD
from tests.checks.sample import BRIEF, Change, article, codes
from tests.cli import kg


def claim(key: str, value: Any) -> Change:
    return lambda companion: companion["claims"][0].__setitem__(key, value)


def evidence(key: str, value: Any, number: int = 0) -> Change:
    return lambda companion: companion["claims"][0]["evidence"][number].__setitem__(key, value)


def source(key: str, value: Any, number: int = 0) -> Change:
    return lambda companion: companion["sources"][number].__setitem__(key, value)


def whole(key: str, value: Any) -> Change:
    return lambda companion: companion.__setitem__(key, value)


def another_source(**keys: str) -> Change:
    return lambda companion: companion["sources"].append({"id": "source-third", "type": "data", **keys})


def reviews(*rows: dict[str, str]) -> Change:
    return whole("provenance", {"reviews": list(rows), "agents": [{"role": "drafting", "model": "Tidewright"}]})


def accepted(**keys: str) -> Change:
    return whole("diagnostics", {"accepted": [keys]})


def _again(companion: dict[str, Any]) -> None:
    rows = companion["claims"][0]["evidence"]
    rows.append(rows[0])


APPROVED = {"reviewer": "human", "status": "approved", "reviewedAt": "2026-05-02", "contentHash": "a1"}
OLDER = {"reviewer": "human", "status": "approved", "reviewedAt": "2026-05-01", "contentHash": "b2"}
GOOD: dict[str, Change] = {
    "snippet of 12 characters": evidence("snippet", "x" * 12),
    "snippet of 300 characters": evidence("snippet", "x" * 300),
    "the hash with its kind": whole("contentHash", "sha256:A1"),
    "the latest approval is not the last": reviews(APPROVED, OLDER),
    "approved by name": reviews({**APPROVED, "reviewer": "Ada Shore"}),
    "a home page is no identity": lambda c: [source("url", "https://example.org/", n)(c) for n in (0, 1)],
    "a word in code": claim("claim", "Spring tides follow the `{{full}}` moon."),
    "nothing said": lambda c: [c["claims"][0].pop(key) for key in ("confidence", "status")],
    "an acceptance": accepted(rule="low-source-diversity", scope="claim-002", rationale="There is but one harbour."),
    "an acceptance by code": accepted(rule="KG106", rationale="There is but one harbour."),
    "a draft may be unverified": lambda c: [whole("status", "draft")(c), c["claims"][0].pop("verification")],
    "a draft may hold a placeholder": lambda c: [whole("status", "draft")(c), claim("claim", "TODO")(c)],
}
BAD: list[tuple[Change, list[str]]] = [
    (claim("evidence", []), ["KG101", "KG113"]),
    (lambda c: [c["claims"][0].pop(key) for key in ("evidence", "verification")], ["KG101"]),
    (evidence("sourceId", "source-log1"), ["KG102", "KG106"]),
    (evidence("sourceId", ""), ["KG102", "KG106"]),
    (claim("counterevidence", [{"summary": "It is not so.", "sourceId": "source-gone"}]), ["KG102"]),
    (evidence("snippet", "x" * 11), ["KG103"]),
    (evidence("snippet", "x"), ["KG103"]),
    (evidence("snippet", ""), ["KG103"]),
    (evidence("snippet", " " * 12), ["KG103"]),
    (evidence("snippet", "x" * 301), ["KG104"]),
    (_again, ["KG105"]),
    (lambda c: c["claims"][0]["evidence"].pop(), ["KG106"]),
    (source("type", "BOOK"), ["KG107", "KG107"]),
    (source("url", "http://dx.doi.org/10.1000/ATLAS"), ["KG106", "KG106", "KG117"]),
    (evidence("supports", "analogous"), ["KG108"]),
    (lambda c: [evidence("supports", "analogous")(c), claim("confidence", "high")(c)], ["KG108", "KG109"]),
    (lambda c: [claim("confidence", "high")(c), claim("counterevidence", [])(c)], ["KG110"]),
    (lambda c: [claim("status", "risk")(c), claim("counterevidence", [])(c)], ["KG110"]),
    (claim("confidence", "hihg"), ["KG111"]),
    (claim("status", "hunch"), ["KG111"]),
    (evidence("supports", "obliquely", 1), ["KG111"]),
    (claim("verification", {"status": "seen"}), ["KG111", "KG112"]),
    (whole("maturity", "ripe"), ["KG111"]),
    (claim("verification", {"status": "draft"}), ["KG112"]),
    (lambda c: c["claims"][0].pop("verification"), ["KG112"]),
    (whole("contentHash", "b2"), ["KG114"]),
    (reviews(OLDER, APPROVED, {**OLDER, "reviewedAt": "2026-05-03"}), ["KG114"]),
    (reviews(), ["KG115"]),
    (reviews({**APPROVED, "reviewer": "sibling-agent"}), ["KG115"]),
    (reviews({**APPROVED, "reviewer": "tidewright"}), ["KG115"]),
    (reviews({**APPROVED, "status": "commented"}), ["KG115"]),
    (another_source(url="https://example.org/third"), ["KG116"]),
    (another_source(url="https://www.example.org/log/#top"), ["KG116", "KG117"]),
    (whole("thesis", "Lorem ipsum dolor."), ["KG119"]),
    (claim("counterevidence", [{"summary": "[Insert what speaks against it]"}]), ["KG119"]),
    (evidence("snippet", "{{ snippet }} of the log"), ["KG119"]),
    (lambda c: c["claims"].pop(), ["KG120"]),
    (lambda c: c["claims"][1].__setitem__("id", "claim-003"), ["KG120", "KG120"]),
    (accepted(rule="low-source-divercity", rationale="There is but one harbour."), ["KG121"]),
    (accepted(rule="low-source-diversity", scope="claim-009", rationale="There is but one harbour."), ["KG121"]),
    (accepted(rule="low-source-diversity", scope="everything", rationale="There is but one harbour."), ["KG121"]),
    (accepted(rule="low-source-diversity"), ["KG121"]),
    (accepted(rule="low-source-diversity", rationale=" "), ["KG121"]),
    (accepted(rule="KG043", rationale="There is but one harbour."), ["KG121"]),
]


def test_nothing_is_wrong_with_the_sample() -> None:
    assert check_article(article()) == []
    assert check_wording(article()) == []


@pytest.mark.parametrize("name", GOOD)
def test_nothing_is_found(name: str) -> None:
    assert check_article(article(GOOD[name])) == []


@pytest.mark.parametrize(("change", "expected"), BAD)
def test_each_rule_finds_what_it_is_about(change: Change, expected: list[str]) -> None:
    found = check_article(article(change))
    assert codes(found) == expected
    assert all(f.path == "tides/artifact.json" or f.code == "KG120" for f in found)
    assert all(str(f.location.line) not in f.message.split() for f in found)


def _alone(brief: str) -> Article:
    return Article(article(brief=brief).brief, None, "https://garden.example/")


def test_a_brief_alone_is_not_asked_for_evidence() -> None:
    assert check_article(_alone(BRIEF)) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("tokenBudget: 1200", "tokenBudget: 36", []),
        ("tokenBudget: 1200", "tokenBudget: 35", ["KG118"]),
        ("be made by hand", "be TODO", ["KG119"]),
        ("Tide tables can be made by hand.", "Say in one paragraph what the article holds.", ["KG119"]),
        ("## Claims", "## Notes\n\n```\nTODO\n```\n\n## Claims", []),
        ("## Claims", "## Notes\n\n[insert a table]\n\n## Claims", ["KG119"]),
    ],
)
def test_what_a_brief_holds(before: str, after: str, expected: list[str]) -> None:
    text = BRIEF.replace(before, after)
    assert text != BRIEF
    assert codes(check_article(_alone(text))) == expected


def test_words_are_counted_below_the_front_matter() -> None:
    """As `wc -w` counts them, marks and all: 26 words, 36 tokens."""
    assert article().brief.words == len(BRIEF.split("---\n")[2].split()) == 26


# brief and companion


@pytest.mark.parametrize(
    ("brief", "found"),
    [
        ("- `claim-001`: Spring tides follow the new moon.", 1),
        ("- `claim-001`: Spring  tides follow\n  the *full* moon.", 0),
        ("- Spring tides follow the new moon.", 0),
    ],
)
def test_a_difference_of_wording_has_both_places(brief: str, found: int) -> None:
    text = BRIEF.replace("- `claim-001`: Spring tides follow the full moon.", brief)
    problems = check_wording(article(brief=text))
    assert [(problem.code, problem.path, problem.line) for problem in problems] == [
        ("KG043", "tides/agent.md", 18)
    ] * found
    assert all("tides/artifact.json:9:" in str(problem.help) for problem in problems)


# as of a day


@pytest.mark.parametrize(("today", "found"), [(date(2028, 4, 30), 0), (date(2028, 5, 1), 2)])
def test_a_source_is_old_on_the_731st_day(today: date, found: int) -> None:
    assert codes(check_dates(article(), today)) == ["KG130"] * found


# what kg new writes


def test_each_sentence_of_a_new_brief_is_a_placeholder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the brief is past its draft; there are as many as kg knows of."""
    monkeypatch.chdir(tmp_path)
    assert kg("new", "tides").exit_code == 0
    new = (tmp_path / "tides" / "agent.md").read_text(encoding="utf-8")
    assert check_article(_alone(new)) == []
    found = check_article(_alone(new.replace("status: draft", "status: published")))
    assert codes(found) == ["KG119"] * len(SCAFFOLD)
    assert {finding.message.partition(": ")[2] for finding in found} == {f'"{sentence}"' for sentence in SCAFFOLD}
