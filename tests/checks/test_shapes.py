"""The shapes and the checks come to the same verdicts where both speak."""

from collections.abc import Iterable

import pytest

from kg.checks import Article, Finding, check_article
from kg.diagnostics import Diagnostic, Severity
from kg.mapping import Garden, map_article
from kg.shacl import findings
from tests.checks.reading import articles_in
from tests.checks.sample import article
from tests.checks.test_article import BAD, GOOD
from tests.shared import ROOT

_SEEDS = articles_in(ROOT / "seeds")
_SAID = {
    "the claim has no evidence": "KG101",
    "the evidence names no source that its article lists": "KG102",
    "the evidence does not say what the source says": "KG103",
    "the snippet is shorter than 12 characters": "KG103",
    "the snippet is longer than 300 characters": "KG104",
    "the claim is held with high confidence or is a risk, and names nothing that speaks against it": "KG110",
    "the maturity is none of seed, sprout, evergreen, contested and superseded": "KG111",
    "the verdict on a claim is none of verified, draft, contested and stale": "KG111",
    "a word for confidence, status or support is none of the known ones": "KG111",
    "the acceptance gives no reason": "KG121",
}
"""What a shape says → the code of the check that says it too."""
Verdict = tuple[str, str, Severity]
"""Code, node and severity."""


def _of_shapes(told: Iterable[Diagnostic]) -> set[Verdict]:
    """What the shapes say that a check says too; they say more, of sources without title for one."""
    verdicts: set[Verdict] = set()
    for diagnostic in told:
        node, _, said = diagnostic.message.partition("; ")[0].rpartition(": ")
        if code := _SAID.get(said):
            verdicts.add((code, node.strip("<>"), diagnostic.severity))
    return verdicts


def _of_checks(found: Iterable[Finding]) -> set[Verdict]:
    """What the checks find that a shape can see."""
    named = [(f, f.nodes[0].partition("#")[2] or f.nodes[0]) for f in found if f.code in _SAID.values()]
    return {(f.code, node, f.severity) for f, node in named if _is_seen(f, node)}


def _is_seen(finding: Finding, node: str) -> bool:
    """Whether a shape sees it: not which source against a claim is missing, nor which rules and scopes there are."""
    if finding.code == "KG102":
        return "-counter-" not in node
    return finding.code != "KG121" or finding.message.startswith("no reason")


def _verdicts(one: Article) -> tuple[set[Verdict], set[Verdict]]:
    mapped = map_article(one.brief, one.companion, Garden(base=one.base))
    return _of_shapes(findings([mapped])), _of_checks(check_article(one))


def test_a_sample_in_which_nothing_is_wrong() -> None:
    assert _verdicts(article()) == (set(), set())


@pytest.mark.parametrize("name", GOOD)
def test_what_is_good(name: str) -> None:
    shapes, checks = _verdicts(article(GOOD[name]))
    assert shapes == checks == set()


@pytest.mark.parametrize("number", range(len(BAD)))
def test_what_is_broken(number: int) -> None:
    change, codes = BAD[number]
    shapes, checks = _verdicts(article(change))
    assert shapes == checks
    assert {code for code, _, _ in shapes} <= set(codes)


def test_each_verdict_is_come_to() -> None:
    found = [check_article(article(change)) for change, _ in BAD]
    assert {code for each in found for code, _, _ in _of_checks(each)} == set(_SAID.values())


@pytest.mark.parametrize("one", _SEEDS, ids=lambda one: one.brief.slug)
def test_the_sample_garden(one: Article) -> None:
    shapes, checks = _verdicts(one)
    assert shapes == checks
