"""What the last build saw of each file, so that the next one reads only what changed.

One SQLite file beside the store. `clean` is false from before the first change to the graph until all is published:
a build that finds it false starts from nothing.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.diagnostics import Diagnostic

_TABLES = """
CREATE TABLE IF NOT EXISTS build (fingerprint TEXT, time INTEGER, clean INTEGER);
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER,
    hash TEXT, slug TEXT, status TEXT, line INTEGER, brief INTEGER, problems INTEGER);
CREATE TABLE IF NOT EXISTS detail (path TEXT PRIMARY KEY, diagnostics TEXT, shared TEXT, places TEXT);
"""


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


class Record:
    """The record of one store folder."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, isolation_level=None, timeout=60)
        self.db.executescript(_TABLES)

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def begin(self, fingerprint: str) -> tuple[dict[str, FileRow], int]:
        """The files of the last build and its time in nanoseconds; nothing where it can't be built upon."""
        row = self.db.execute("SELECT fingerprint, time, clean FROM build").fetchone()
        if row is None or row[0] != fingerprint or not row[2]:
            return {}, 0
        columns = "path, size, mtime, ctime, inode, hash, slug, status, line, brief, problems"
        rows = self.db.execute(f"SELECT {columns} FROM file")
        return {r[0]: FileRow(r[0], r[1:5], r[5], r[6], r[7], r[8], bool(r[9]), r[10]) for r in rows}, row[1]

    def soil(self) -> None:
        """Note that the graph is about to change."""
        self.db.execute("UPDATE build SET clean = 0")

    def commit(
        self,
        fingerprint: str,
        time: int,
        rows: Iterable[tuple[FileRow, Detail | None]],
        gone: Iterable[str],
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
                self.db.execute("INSERT OR REPLACE INTO detail VALUES (?,?,?,?)", (row.path, *_dump(detail)))
        self.db.execute("DELETE FROM build")
        self.db.execute("INSERT INTO build VALUES (?,?,1)", (fingerprint, time))
        self.db.execute("COMMIT")

    def diagnostics(self, path: str) -> list[Diagnostic]:
        """The diagnostics of a file as last read."""
        row = self.db.execute("SELECT diagnostics FROM detail WHERE path = ?", (path,)).fetchone()
        return [Diagnostic(path, *values) for values in json.loads(row[0])] if row else []

    def shared(self, path: str) -> dict[str, tuple[str, str]]:
        """A file's shared nodes, each with its class and wording."""
        row = self.db.execute("SELECT shared FROM detail WHERE path = ?", (path,)).fetchone()
        return {node: (kind, label) for node, kind, label in json.loads(row[0])} if row else {}

    def places(self) -> Iterable[tuple[str, str, str, dict[str, int]]]:
        """Each built file with its path, hash, slug and the lines of its nodes."""
        query = (
            "SELECT path, hash, slug, places FROM file JOIN detail USING (path) WHERE slug IS NOT NULL ORDER BY path"
        )
        for path, digest, slug, places in self.db.execute(query):
            yield path, digest, slug, dict(json.loads(places))


def _dump(detail: Detail) -> tuple[str, str, str]:
    found = [(d.line, d.column, d.code, d.message, d.help) for d in detail.diagnostics]
    return json.dumps(found), json.dumps(detail.shared), json.dumps(detail.places)
