"""Findings → the triples of the graph of findings; they hold no places."""

import hashlib

from kg.checks.finding import Finding
from kg.mapping import terms as t


def finding_iri(finding: Finding, base: str) -> str:
    """The finding's IRI: its code, and a hash of what it is about and of what it says."""
    told = "\n".join([*sorted(finding.nodes), finding.message])
    return f"{base}findings/{finding.code}{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def finding_lines(findings: list[Finding], base: str) -> list[str]:
    """All that the graph says of the findings: sorted N-Triples without the final dot, each once."""
    return sorted({line for finding in findings for line in _lines(finding, t.iri(finding_iri(finding, base)))})


def _lines(finding: Finding, node: str) -> list[str]:
    said = [
        (t.A, t.FINDING),
        (t.CODE, t.literal(finding.code)),
        (t.SEVERITY, t.literal(finding.severity)),
        (t.TEXT, t.literal(finding.message)),
        *((t.ABOUT, t.iri(about)) for about in finding.nodes),
    ]
    if finding.accepted:
        said.append((t.ACCEPTED, t.literal(finding.accepted)))
    return [f"{node} {predicate} {value}" for predicate, value in said]
