"""What the last build saw of each file, so that the next one reads only what changed.

One SQLite file beside the store. `clean` is false from before the first change to the graph until all is published:
a build that finds it false starts from nothing. So does one that finds a record of another layout, a broken one, or one
that tells of another state of the store than is there.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.checks import Facts, Finding, Found
from kg.diagnostics import Diagnostic
from kg.errors import KgError
from kg.linking.sssom import FILE as REVIEWED

_LAYOUT = (0x6B67, 4)
"""SQLite's application_id of a record, and its user_version: one more whenever the tables change."""
_TABLES = f"""
BEGIN;
CREATE TABLE build (fingerprint TEXT, time INTEGER, clean INTEGER, published TEXT, writer TEXT, written INTEGER);
CREATE TABLE file (
    path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER,
    hash TEXT, slug TEXT, status TEXT, line INTEGER, brief INTEGER, problems INTEGER);
CREATE TABLE detail (
    path TEXT PRIMARY KEY, diagnostics TEXT, shared TEXT, places TEXT, findings TEXT, facts TEXT,
    material TEXT);
CREATE TABLE garden (findings TEXT, links TEXT, reviewed TEXT, problems TEXT);
PRAGMA application_id = {_LAYOUT[0]};
PRAGMA user_version = {_LAYOUT[1]};
COMMIT;
"""
_SIDES = ("", "-journal", "-wal", "-shm")
"""What SQLite puts behind the name of a file for the files beside it."""


@dataclass(frozen=True, slots=True)
class State:
    """What tells one state of a store's folder from another."""

    published: str
    """The generation that readers open, and the names and sizes of its files."""
    writer: str
    """The writer's database and its list of files (RocksDB's manifest)."""
    written: int
    """The size of that list, which only grows."""

    def follows(self, earlier: "State") -> bool:
        """Whether nothing but RocksDB itself has been at the files since."""
        same = (self.published, self.writer) == (earlier.published, earlier.writer)
        return same and self.written >= earlier.written


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file as last read."""

    path: str
    stamp: tuple[int, int, int, int]
    hash: str
    slug: str | None
    """None where the file gave no brief."""
    status: str | None
    line: int
    """Where the slug is written."""
    brief: bool
    """Whether the file was taken for a brief, readable or not."""
    problems: int
    """How many diagnostics it has."""


@dataclass(frozen=True, slots=True)
class Detail:
    """What is needed of a file only now and then."""

    diagnostics: tuple[Diagnostic, ...] = ()
    shared: tuple[tuple[str, str, str], ...] = ()
    """Shared node, its class, and the file's wording of its label."""
    places: tuple[tuple[str, int], ...] = ()
    """Node and the line where it is written."""
    findings: tuple[Finding, ...] = ()
    """What the checks of one article found."""
    facts: Facts | None = None
    """What the checks over the garden need of the article."""
    material: str | None = None
    """What linking needs of the article, or of its body, as JSON."""


class Record:
    """The record of one store folder."""

    def __init__(self, path: Path, anew: bool = False) -> None:
        """Open the record for a build; one that is no record of this layout is made anew, as is any if asked."""
        self.db = _connect(path)
        if anew or not _is_record(self.db):
            self.db.close()
            _delete(path)
            self.db = _connect(path)
            self.db.executescript(_TABLES)

    @classmethod
    def read(cls, path: Path) -> "Record":
        """Open the record of a built graph; nothing is written.

        Errors: KgError where there is none that can be read.
        """
        record = cls.__new__(cls)
        try:
            record.db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=60)
            usable = _is_record(record.db)
        except sqlite3.Error:
            usable = False
        if not usable:
            raise KgError(f"{path} can't be read, so files and lines are not known", "run kg build")
        return record

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def begin(self, fingerprint: str, state: State | None) -> tuple[dict[str, FileRow], int]:
        """The files of the last build, and its time in nanoseconds; 0 where it can't be built upon."""
        row = self.db.execute("SELECT fingerprint, clean, published, writer, written, time FROM build").fetchone()
        lost = row is None or state is None or row[:2] != (fingerprint, 1) or not state.follows(State(*row[2:5]))
        columns = "path, size, mtime, ctime, inode, hash, slug, status, line, brief, problems"
        rows = self.db.execute(f"SELECT {columns} FROM file")
        return {
            r[0]: FileRow(r[0], r[1:5], r[5], r[6], r[7], r[8], bool(r[9]), r[10]) for r in rows
        }, 0 if lost else row[5]

    def soil(self) -> None:
        """Note that the graph is about to change."""
        self.db.execute("UPDATE build SET clean = 0")

    def commit(
        self,
        fingerprint: str,
        state: State,
        time: int,
        rows: Iterable[tuple[FileRow, Detail | None]],
        gone: Iterable[str],
        garden: Iterable[Finding],
        links: str,
        reviewed: str,
        problems: Iterable[Diagnostic],
        full: bool,
    ) -> None:
        """Write what this build saw, in one transaction; a file without detail keeps its own."""
        self.db.execute("BEGIN")
        if full:
            self.db.execute("DELETE FROM file")
            self.db.execute("DELETE FROM detail")
        self.db.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in gone])
        self.db.executemany("DELETE FROM detail WHERE path = ?", [(path,) for path in gone])
        for row, detail in rows:
            values = (row.path, *row.stamp, row.hash, row.slug, row.status, row.line, row.brief, row.problems)
            self.db.execute("INSERT OR REPLACE INTO file VALUES (?,?,?,?,?,?,?,?,?,?,?)", values)
            if detail is not None:
                self.db.execute("INSERT OR REPLACE INTO detail VALUES (?,?,?,?,?,?,?)", (row.path, *_dump(detail)))
        self.db.execute("DELETE FROM garden")
        self.db.execute(
            "INSERT INTO garden VALUES (?,?,?,?)", (_findings_text(garden), links, reviewed, _problems_text(problems))
        )
        self.db.execute("DELETE FROM build")
        self.db.execute("INSERT INTO build VALUES (?,?,1,?,?,?)", (fingerprint, time, *_columns(state)))
        self.db.execute("COMMIT")

    def diagnostics(self, path: str) -> list[Diagnostic]:
        """The diagnostics of a file as last read."""
        row = self.db.execute("SELECT diagnostics FROM detail WHERE path = ?", (path,)).fetchone()
        return [Diagnostic(path, *values) for values in json.loads(row[0])] if row else []

    def found(self) -> Found:
        """What the checks found."""
        rows = self.db.execute("SELECT path, findings FROM detail WHERE findings != '[]'")
        by_path = {path: _read_findings(text) for path, text in rows}
        garden = self.db.execute("SELECT findings FROM garden").fetchone()
        return Found(by_path, _read_findings(garden[0]) if garden else [])

    def links(self) -> str:
        """What the links were computed from, as a hash."""
        row = self.db.execute("SELECT links FROM garden").fetchone()
        return row[0] if row else ""

    def reviewed(self) -> tuple[str, list[Diagnostic]]:
        """The hash of the file of reviewed links, and what was told of it."""
        row = self.db.execute("SELECT reviewed, problems FROM garden").fetchone()
        return (row[0], [Diagnostic(REVIEWED, *values) for values in json.loads(row[1])]) if row else ("", [])

    def materials(self) -> dict[str, str]:
        """What linking needs, by the path of the file."""
        return dict(self.db.execute("SELECT path, material FROM detail WHERE material IS NOT NULL"))

    def facts(self) -> dict[str, Facts]:
        """The facts of each article, by the path of its brief."""
        rows = self.db.execute("SELECT path, facts FROM detail WHERE facts IS NOT NULL")
        return {path: Facts.read(json.loads(text)) for path, text in rows}

    def shared(self, path: str) -> dict[str, tuple[str, str]]:
        """A file's shared nodes, each with its class and wording."""
        row = self.db.execute("SELECT shared FROM detail WHERE path = ?", (path,)).fetchone()
        return {node: (kind, label) for node, kind, label in json.loads(row[0])} if row else {}

    def places(self) -> Iterable[tuple[str, str, str, dict[str, int]]]:
        """Each file that is in the graph with its path, hash, slug and the lines of its nodes."""
        query = "SELECT path, hash, slug, places FROM file JOIN detail USING (path) WHERE places != '[]' ORDER BY path"
        for path, digest, slug, places in self.db.execute(query):
            yield path, digest, slug, dict(json.loads(places))


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=60)


def _is_record(db: sqlite3.Connection) -> bool:
    try:
        return (db.execute("PRAGMA application_id").fetchone()[0], _version(db)) == _LAYOUT
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return False
        raise


def _version(db: sqlite3.Connection) -> int:
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file is broken, rather than locked or on a full disk."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _delete(path: Path) -> None:
    for side in _SIDES:
        path.with_name(path.name + side).unlink(missing_ok=True)


def _columns(state: State) -> tuple[str, str, int]:
    return state.published, state.writer, state.written


def _dump(detail: Detail) -> tuple[str, str, str, str, str | None, str | None]:
    facts = json.dumps(detail.facts.plain()) if detail.facts else None
    shared, places = json.dumps(detail.shared), json.dumps(detail.places)
    return _problems_text(detail.diagnostics), shared, places, _findings_text(detail.findings), facts, detail.material


def _problems_text(problems: Iterable[Diagnostic]) -> str:
    """Diagnostics of one file."""
    return json.dumps([(d.line, d.column, d.code, d.message, d.help, d.other) for d in problems])


def _findings_text(findings: Iterable[Finding]) -> str:
    return json.dumps([finding.plain() for finding in findings])


def _read_findings(text: str) -> list[Finding]:
    return [Finding.read(plain) for plain in json.loads(text)]
