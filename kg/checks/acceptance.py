"""Findings that the author knows of and lets stand: a companion's ``diagnostics.accepted``."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from kg.checks.finding import Finding, record_name
from kg.companion import Companion

WHOLE = "article"
"""The scope that takes in all findings of an article."""


class Accepted(NamedTuple):
    """A rule (or code), the scope in which its findings stand, and why."""

    rule: str
    scope: str
    reason: str


def accepted_in(companion: Companion | None) -> tuple[Accepted, ...]:
    """The acceptances of a companion that give a reason; without one, nothing is accepted."""
    listed = companion.accepted if companion else ()
    return tuple(Accepted(each.rule, each.scope or WHOLE, each.reason) for each in listed if each.reason)


def accept(findings: Iterable[Finding], accepted: tuple[Accepted, ...]) -> list[Finding]:
    """Mark the findings of one article that are accepted with the reason; none is dropped."""
    return [_marked(finding, accepted) for finding in findings] if accepted else list(findings)


def _marked(finding: Finding, accepted: tuple[Accepted, ...]) -> Finding:
    names = (finding.rule, finding.code)
    reasons = (each.reason for each in accepted if each.rule in names and _covers(each.scope, finding))
    reason = next(reasons, None)
    return replace(finding, accepted=reason) if reason else finding


def _covers(scope: str, finding: Finding) -> bool:
    """Whether a finding is about what a scope names: the article, a claim with all that belongs to it, or a source."""
    if scope == WHOLE:
        return True
    names = [node.partition("#")[2] for node in finding.nodes]
    return any(name in (scope, record_name(scope)) or name.startswith(f"{scope}-") for name in names)
