"""How much findings matter in one garden: kg.toml's ``[findings]`` over the severities of the codes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from kg.checks.finding import Finding
from kg.diagnostics import Severity

Levels: TypeAlias = Mapping[str, Severity | None]
"""Code → its severity in this garden; None: such findings are left out."""


def graded(findings: Iterable[Finding], levels: Levels) -> list[Finding]:
    """The findings with the garden's own severities, without those that it turns off; sorted by place."""
    kept = [
        replace(finding, level=levels[finding.code]) if finding.code in levels else finding
        for finding in findings
        if levels.get(finding.code, finding.severity) is not None
    ]
    return sorted(kept, key=lambda finding: finding.sort_key)
