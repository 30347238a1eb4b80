"""Problems as values: a code, a place, what is wrong and what to do."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding matters: only an error makes the exit code 1 (``--strict``: a warning too)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for a note."""
        return list(Severity).index(self)


class Location(NamedTuple):
    """A place in a file; line and column count from 1, columns in code points. (A tuple, for speed.)"""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem."""

    severity: Severity
    title: str
    rule: str | None = None
    """The short name of a finding's rule, for kg.toml and a companion's `diagnostics.accepted`; codes may share one."""


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CODES: dict[str, Code] = {
    "KG001": Code(E, "front matter never closes"),
    "KG002": Code(E, "no front matter"),
    "KG003": Code(E, "a key is given twice"),
    "KG004": Code(E, "front matter is not valid YAML"),
    "KG005": Code(E, "the file is not UTF-8"),
    "KG006": Code(E, "the file can't be read"),
    "KG007": Code(E, "front matter is not a list of keys and values"),
    "KG008": Code(E, "a YAML anchor, alias or tag"),
    "KG009": Code(E, "nested too deeply"),
    "KG010": Code(E, "a required key is missing or empty"),
    "KG011": Code(E, "a value has the wrong form"),
    "KG012": Code(E, "the names of a brief disagree"),
    "KG013": Code(E, "two briefs have one slug"),
    "KG014": Code(E, "a claim is defined twice"),
    "KG015": Code(E, "a claim has no text"),
    "KG016": Code(W, "a claim has no id"),
    "KG017": Code(W, "claims in prose can't be told apart"),
    "KG018": Code(W, "a claim is named that is not there"),
    "KG019": Code(W, "a control character"),
    "KG020": Code(E, "an HTML comment never closes"),
    "KG021": Code(N, "text that is no item of its section"),
    "KG022": Code(W, "a brief without thesis or claims"),
    "KG023": Code(N, "a symbolic link is not followed"),
    "KG024": Code(N, "a section or item is empty"),
    "KG025": Code(N, "HTML tags are left out"),
    "KG026": Code(W, "a key that looks like a misspelling"),
    "KG027": Code(E, "two names differ only in their Unicode form"),
    "KG028": Code(W, "the folder is named otherwise than the slug"),
    "KG029": Code(W, "a section stands twice"),
    "KG030": Code(N, "sections do not start at heading level 2"),
    "KG031": Code(W, "an expected key is missing or empty"),
    "KG032": Code(W, "a link definition that no link uses"),
    "KG033": Code(W, "a kg.toml inside a garden is not read"),
    "KG040": Code(E, "a companion is not valid JSON"),
    "KG041": Code(W, "a companion has no brief"),
    "KG042": Code(E, "two companions have one slug"),
    "KG043": Code(W, "brief and companion word a claim differently"),
    "KG044": Code(E, "a source is listed twice"),
    "KG045": Code(E, "the graph does not fit its shapes"),
    "KG046": Code(E, "a line of reviewed links can't be read"),
    "KG047": Code(N, "a reviewed claim has changed"),
    "KG099": Code(E, "kg itself fails on the file"),
    "KG101": Code(W, "a claim names no evidence", "no-evidence"),
    "KG102": Code(E, "evidence names a source that is not listed", "missing-source"),
    "KG103": Code(W, "a snippet is too short to check", "short-snippet"),
    "KG104": Code(N, "a snippet is long", "long-snippet"),
    "KG105": Code(N, "a claim cites one source twice", "duplicate-evidence-source"),
    "KG106": Code(N, "a claim rests on a single source", "low-source-diversity"),
    "KG107": Code(N, "a claim rests on a single kind of source", "low-source-diversity"),
    "KG108": Code(N, "no evidence for a claim is direct", "no-direct-evidence"),
    "KG109": Code(W, "high confidence without direct evidence", "overconfident-claim"),
    "KG110": Code(W, "nothing is said against a claim that calls for it", "missing-counterevidence"),
    "KG111": Code(W, "a word is none of those known", "unknown-word"),
    "KG112": Code(W, "a published article holds a claim that nobody verified", "draft-claim"),
    "KG113": Code(W, "a claim is called verified, but names no evidence", "verified-without-evidence"),
    "KG114": Code(W, "the latest approval is of another version", "outdated-approval"),
    "KG115": Code(W, "no person approved a published article", "no-human-approval"),
    "KG116": Code(N, "no claim cites a source", "unused-source"),
    "KG117": Code(W, "a work is listed twice", "duplicate-work"),
    "KG118": Code(W, "a brief is over its token budget", "over-budget"),
    "KG119": Code(W, "words of a template are left", "placeholder"),
    "KG120": Code(W, "a claim stands in only one of brief and companion", "claim-in-one-file"),
    "KG121": Code(W, "an acceptance that accepts nothing", "bad-acceptance"),
    "KG122": Code(N, "one source id names several works", "ambiguous-source-id"),
    "KG123": Code(N, "a work has several source ids", "several-source-ids"),
    "KG124": Code(N, "a related article is not in the garden", "dangling-related"),
    "KG125": Code(N, "articles are related one way only", "one-way-related"),
    "KG126": Code(N, "a series has gaps", "series-gap"),
    "KG127": Code(W, "two articles have one place in a series", "doubled-series-order"),
    "KG128": Code(W, "an article relies on one that is superseded", "superseded-source"),
    "KG129": Code(W, "articles cite each other in a ring", "citation-ring"),
    "KG130": Code(N, "a source was looked at long ago", "old-source"),
}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem at one place."""

    path: str
    """The file, relative to the garden, with ``/``."""
    line: int
    column: int
    code: str
    message: str
    help: str | None = None
    other: str | None = None
    """A second file that the problem is about, as `path`; a place in the same file is a line number in the words."""
    level: Severity | None = None
    """Its severity, where that is not the one of its code."""
    accepted: str | None = None
    """Why the author lets it stand, where that is written."""

    @property
    def advice(self) -> str | None:
        """What to do, the other file named first."""
        named = f"the other is {printable(self.other)}" if self.other else None
        return "; ".join(part for part in (named, self.help) if part) or None

    @property
    def severity(self) -> Severity:
        """How much it matters: the severity of its code, unless it has one of its own."""
        return self.level or CODES[self.code].severity

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Diagnostics are shown in the order of their places."""
        return (self.path, self.line, self.column, self.code, self.message)

    def relocated(self, name: Callable[[str], str]) -> "Diagnostic":
        """The same problem, its files named otherwise."""
        return replace(self, path=name(self.path), other=name(self.other) if self.other else None)

    def __str__(self) -> str:
        """The problem as a compiler would show it, its help on a second line."""
        head = f"{printable(self.path)}:{self.line}:{self.column}: {self.severity}[{self.code}]: {self.message}"
        lines = [head, f"  accepted: {printable(self.accepted)}" if self.accepted else ""]
        return "\n".join([line for line in lines if line] + ([f"  help: {self.advice}"] if self.advice else []))


def visible(text: str, limit: int = 80, quoted: bool = True) -> str:
    """Quote text from a file for a message: control characters shown as escapes, long text cut.

    >>> visible("a" + chr(27) + "[31m")
    '"a\\\\u001b[31m"'
    """
    shown = printable(text if len(text) <= limit else text[: limit - 1] + "…")
    return f'"{shown}"' if quoted else shown


def path_text(path: str) -> str:
    r"""A path as text that every form of output can hold: bytes that are not UTF-8 shown as escapes.

    >>> path_text("caf" + chr(0xDCE9) + "/agent.md")
    'caf\\xe9/agent.md'
    """
    try:
        path.encode()
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return path


def printable(text: str, keep: str = "") -> str:
    """Text as it may go to a terminal: all but printable characters and those of `keep` shown as escapes."""
    return text if text.isprintable() else "".join(c if c in keep else _escaped(c) for c in text)


def _escaped(char: str) -> str:
    if char.isprintable():
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def exceeds(diagnostics: list[Diagnostic], strict: bool) -> bool:
    """Whether the findings make the exit code 1."""
    limit = Severity.WARNING if strict else Severity.ERROR
    return any(d.severity.rank <= limit.rank for d in diagnostics)
