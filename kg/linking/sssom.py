r"""Reviewed decisions as a file: SSSOM's TSV, one line a pair, sorted, to be read and merged by people.

A cell with a quotation mark stands in quotation marks, doubled inside, as spreadsheets and SSSOM's tools read it; tabs
and line breaks are ``\t``, ``\n`` and ``\r``, and a backslash is doubled, so that a pair stays on its line.
Source: SSSOM, "SSSOM/TSV"; RFC 4180 §2 for quotation marks.
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

import yaml

from kg import namespaces as ns
from kg.diagnostics import Diagnostic, visible
from kg.linking.decisions import Decision, Relation, ordered
from kg.linking.material import Key

FILE = "links.sssom.tsv"
"""Beside kg.toml, or in the garden's folder where there is none."""
COLUMNS = (
    "subject_id",
    "predicate_modifier",
    "predicate_id",
    "object_id",
    "mapping_justification",
    "reviewer_label",
    "mapping_date",
    "comment",
    "subject_label",
    "object_label",
)
_NEEDED = ("subject_id", "predicate_id", "object_id")
PREDICATES = {
    Relation.SAME: ns.KG + "sameClaimAs",
    Relation.SUPPORTS: ns.CITO + "supports",
    Relation.CONTRADICTS: ns.KG + "contradicts",
    Relation.RELATED: ns.DCTERMS + "relation",
}
_RELATIONS = {iri: relation for relation, iri in PREDICATES.items()}
_REVIEWED = ns.SEMAPV + "ManualMappingCuration"
_CELL = re.compile(r'"((?:[^"]|"")*)"(?=\t|\Z)|([^\t]*)')
_CLAIM = re.compile(r"([^/#]+)/?#(claim-[0-9]{3,})")
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_PLAIN = {escape: char for char, escape in _ESCAPES.items()}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the file holds."""

    decisions: tuple[Decision, ...] = ()
    header: tuple[str, ...] = ()
    """The lines above the columns, each with its ``#``: YAML about the whole, prefixes among it."""


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    column: int


class _WrongError(Exception):
    """What is wrong with a line, and where in it."""

    def __init__(self, column: int, message: str, help: str) -> None:
        super().__init__(message)
        self.column, self.help = column, help


def write(reviewed: Reviewed, base: str) -> str:
    """The file's text: the same decisions give the same bytes, whatever their order."""
    header = reviewed.header or _header(base)
    prefixes = _prefixes(header) or {}
    more = sorted({column for each in reviewed.decisions for column, _ in each.more})
    columns = [*COLUMNS, *more]
    rows = [_row(each, prefixes, base) for each in sorted(map(ordered, reviewed.decisions), key=lambda d: d.pair)]
    lines = ["\t".join(columns), *("\t".join(_quoted(row.get(column, "")) for column in columns) for row in rows)]
    return "\n".join((*header, *lines)) + "\n"


def _header(base: str) -> tuple[str, ...]:
    names = {"garden": f"{base}articles/", **{name: ns.PREFIXES[name] for name in ("cito", "dcterms", "kg", "semapv")}}
    return ("# curie_map:", *(f"#   {name}: {space}" for name, space in names.items()))


def _row(decision: Decision, prefixes: Mapping[str, str], base: str) -> dict[str, str]:
    first, second = (
        _short(f"{ns.article(base, key.article)}#{key.claim}", prefixes) for key in (decision.first, decision.second)
    )
    known = (
        first,
        "Not" if decision.rejected else "",
        _short(PREDICATES[decision.predicate], prefixes),
        second,
        _short(_REVIEWED, prefixes),
        decision.by,
        decision.on.isoformat() if decision.on else "",
        decision.why,
        decision.first_text,
        decision.second_text,
    )
    return {**dict(decision.more), **dict(zip(COLUMNS, known, strict=True))}


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    fitting = [name for name, space in prefixes.items() if space and iri.startswith(space)]
    best = max(fitting, key=lambda name: (len(prefixes[name]), name), default=None)
    return iri if best is None else f"{best}:{iri[len(prefixes[best]) :]}"


def _quoted(text: str) -> str:
    escaped = re.sub(r"[\\\t\n\r]", lambda match: _ESCAPES[match[0]], text)
    return '"' + escaped.replace('"', '""') + '"' if '"' in escaped else escaped


def read(data: bytes, path: str, base: str) -> tuple[Reviewed, list[Diagnostic]]:
    """Read the file; a line that can't be read costs no other.

    Pure; `path` only names the source in diagnostics, and `base` is the garden's.
    Units: lines and columns count from 1; columns are code points.
    Errors: KG046 for each line that is no decision, or one about a pair that was decided above.
    """
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    head = 0
    while lines[head].startswith(b"#") and head + 1 < len(lines):
        head += 1
    header = tuple(line.decode("utf-8", "replace").rstrip("\r") for line in lines[:head])
    prefixes = _prefixes(header)
    table = _Table(path, base, {"garden": f"{base}articles/", **ns.PREFIXES, **(prefixes or {})})
    if prefixes is None:
        help = "write the prefixes as: # curie_map: and below it #   garden: " + f"{base}articles/"
        table.tell(1, _WrongError(1, "the lines above the columns are not YAML", help))
    if any(line.strip() for line in lines[head:]):
        table.take(head + 1, lines[head:])
    return Reviewed(tuple(table.decisions.values()), header), table.problems


def _prefixes(header: Iterable[str]) -> dict[str, str] | None:
    """The prefixes that a header names; None where it can't be read."""
    try:
        told = yaml.safe_load("\n".join(line.removeprefix("#") for line in header))
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    names = told.get("curie_map") if isinstance(told, dict) else None
    return {str(name): str(space) for name, space in names.items()} if isinstance(names, dict) else {}


@dataclass(slots=True)
class _Table:
    """The lines below the header, as they are read."""

    path: str
    base: str
    prefixes: dict[str, str]
    decisions: dict[tuple[Key, Key], Decision] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def take(self, number: int, lines: list[bytes]) -> None:
        """Read the columns, then each line below them."""
        columns = [cell.text.strip() for cell in _cells(lines[0].decode("utf-8", "replace"))]
        missing = [name for name in _NEEDED if name not in columns]
        if missing or len(set(columns)) < len(columns):
            what = f"there is no column {', '.join(missing)}" if missing else "a column is named twice"
            self.tell(number, _WrongError(1, what, f"the columns are {', '.join(COLUMNS)}"))
            return
        for place, line in enumerate(lines[1:], number + 1):
            if line.strip():
                try:
                    self._line(place, line, columns)
                except _WrongError as wrong:
                    self.tell(place, wrong)

    def tell(self, line: int, wrong: _WrongError) -> None:
        """Note what is wrong with a line."""
        self.problems.append(Diagnostic(self.path, line, wrong.column, "KG046", str(wrong), wrong.help))

    def _line(self, number: int, line: bytes, columns: list[str]) -> None:
        try:
            cells = _cells(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise _WrongError(error.start + 1, "the line is not UTF-8", "save the file as UTF-8") from None
        if len(cells) > len(columns):
            what = f"the line has {len(cells)} cells, and there are {len(columns)} columns"
            raise _WrongError(cells[len(columns)].column, what, "put cells apart by one tab each")
        row = dict(zip(columns, cells, strict=False))
        decision = ordered(self._decision(number, row))
        if (above := self.decisions.setdefault(decision.pair, decision)) is not decision:
            help = f"it was on line {above.line}, which counts; delete one of the two lines"
            raise _WrongError(1, "the pair was decided before", help)

    def _decision(self, number: int, row: dict[str, _Cell]) -> Decision:
        first, second = self._claim(row, "subject_id"), self._claim(row, "object_id")
        if first == second:
            raise _WrongError(row["object_id"].column, "the claim is compared with itself", "name two claims")
        self._is_reviewed(row)
        known = {name: row[name].text if name in row else "" for name in (*COLUMNS, "author_label")}
        unread = {"author_label"} if not known["reviewer_label"] else set()
        more = ((name, cell.text) for name, cell in row.items() if name not in {*COLUMNS, *unread} and cell.text)
        return Decision(
            first=first,
            second=second,
            predicate=self._relation(row["predicate_id"]),
            rejected=self._rejected(row.get("predicate_modifier")),
            by=known["reviewer_label"] or known["author_label"],
            on=self._day(row.get("mapping_date")),
            why=known["comment"],
            first_text=known["subject_label"],
            second_text=known["object_label"],
            more=tuple(sorted(more)),
            line=number,
        )

    def _claim(self, row: dict[str, _Cell], column: str) -> Key:
        cell = row.get(column)
        told = cell.text.strip() if cell else ""
        start = f"{self.base}articles/"
        match = _CLAIM.fullmatch(self._iri(told).removeprefix(start))
        if match is None:
            help = f"write garden:SLUG/#claim-001, or its IRI below {start}"
            raise _WrongError(cell.column if cell else 1, f"{column} names no claim: {visible(told)}", help)
        return Key(unquote(match[1]), match[2])

    def _iri(self, text: str) -> str:
        return ns.expand(text, self.prefixes) or text

    def _is_reviewed(self, row: dict[str, _Cell]) -> None:
        cell = row.get("mapping_justification")
        if cell and cell.text.strip() and self._iri(cell.text.strip()) != _REVIEWED:
            what = f"nobody decided this: its justification is {visible(cell.text)}"
            raise _WrongError(cell.column, what, "a decision's is semapv:ManualMappingCuration")

    def _relation(self, cell: _Cell) -> Relation:
        relation = _RELATIONS.get(self._iri(cell.text.strip()))
        if relation is None:
            named = ", ".join(str(ns.compress(iri)) for iri in PREDICATES.values())
            raise _WrongError(cell.column, f"the predicate is unknown: {visible(cell.text)}", f"write one of {named}")
        return relation

    @staticmethod
    def _rejected(cell: _Cell | None) -> bool:
        if cell and cell.text.strip() not in ("", "Not"):
            what = f"the modifier is unknown: {visible(cell.text)}"
            raise _WrongError(cell.column, what, "write Not where the pair is rejected, and else nothing")
        return bool(cell and cell.text.strip())

    @staticmethod
    def _day(cell: _Cell | None) -> datetime.date | None:
        if cell is None or not cell.text.strip():
            return None
        try:
            return datetime.date.fromisoformat(cell.text.strip())
        except ValueError:
            raise _WrongError(cell.column, f"no date: {visible(cell.text)}", "write it as 2026-05-04") from None


def _cells(line: str) -> list[_Cell]:
    r"""The cells of a line, what was escaped in them as it was.

    >>> [cell.text for cell in _cells('a\t"say ""b"" now"\tone\\ntwo')]
    ['a', 'say "b" now', 'one\ntwo']
    """
    found, place, line = [], 0, line.removesuffix("\r")
    while place <= len(line):
        match = _CELL.match(line, place)
        assert match
        text = match[2] if match[1] is None else match[1].replace('""', '"')
        found.append(_Cell(re.sub(r"\\[\\tnr]", lambda escape: _PLAIN[escape[0]], text), place + 1))
        place = match.end() + 1
    return found
