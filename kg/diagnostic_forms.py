"""Diagnostics as JSON, SARIF and GitHub annotations."""

import json
from typing import Any

from kg import __version__
from kg.diagnostics import CODES, Diagnostic, Severity

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_text(diagnostics: list[Diagnostic]) -> str:
    """One problem a line, its help below it."""
    return "\n".join(str(diagnostic) for diagnostic in diagnostics)


def as_dict(diagnostic: Diagnostic) -> dict[str, Any]:
    """A problem as plain values."""
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "path": diagnostic.path,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "message": diagnostic.message,
        "help": diagnostic.advice,
        **({"accepted": diagnostic.accepted} if diagnostic.accepted else {}),
    }


def as_json(diagnostics: list[Diagnostic]) -> str:
    """A JSON list of problems."""
    return json.dumps([as_dict(diagnostic) for diagnostic in diagnostics], ensure_ascii=False, indent=2)


def as_sarif(diagnostics: list[Diagnostic]) -> str:
    """A SARIF log of one run. Source: SARIF 2.1.0 (OASIS)."""
    rules = [
        {"id": code, "shortDescription": {"text": CODES[code].title}, "help": {"text": f"kg explain {code}"}}
        for code in sorted({diagnostic.code for diagnostic in diagnostics})
    ]
    driver = {"name": "kg", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [_result(d) for d in diagnostics]}
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(diagnostic: Diagnostic) -> dict[str, Any]:
    text = f"{diagnostic.message}\n{diagnostic.advice}" if diagnostic.advice else diagnostic.message
    region = {"startLine": diagnostic.line, "startColumn": diagnostic.column}
    place = {"physicalLocation": {"artifactLocation": {"uri": _uri(diagnostic.path)}, "region": region}}
    accepted = [{"kind": "inSource", "justification": diagnostic.accepted}] if diagnostic.accepted else []
    return {
        "ruleId": diagnostic.code,
        "level": str(diagnostic.severity),
        "message": {"text": text},
        "locations": [place],
        **({"suppressions": accepted} if accepted else {}),
    }


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path)


def as_github(diagnostics: list[Diagnostic]) -> str:
    """Workflow commands that GitHub shows beside the lines."""
    return "\n".join(_annotation(diagnostic) for diagnostic in diagnostics)


def _annotation(diagnostic: Diagnostic) -> str:
    text = f"{diagnostic.message} ({diagnostic.advice})" if diagnostic.advice else diagnostic.message
    path = _data(diagnostic.path).replace(":", "%3A").replace(",", "%2C")
    place = f"file={path},line={diagnostic.line},col={diagnostic.column},title={diagnostic.code}"
    return f"::{_GITHUB[diagnostic.severity]} {place}::{_data(text)}"


def _data(text: str) -> str:
    """Text without what would end a workflow command; a property must do without ``:`` and ``,`` too."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


FORMS = {"text": as_text, "json": as_json, "sarif": as_sarif, "github": as_github}
