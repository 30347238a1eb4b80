"""The pipeline: find the files, read what changed, map it, load it, publish it, note what was seen."""

import gc
import hashlib
import json
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import NamedNode, Store

from kg import __version__
from kg import namespaces as ns
from kg.diagnostics import Diagnostic, path_text, printable, visible
from kg.errors import KgError, UsageError
from kg.garden import Place
from kg.mapping import Mapped, map_article
from kg.mapping.labels import Labels
from kg.reading import read_brief
from kg.reading.discover import Candidate, NotAFileError, discover, is_brief, read_file, unreadable
from kg.record import Detail, FileRow, Record, is_damage
from kg.store import StoreFolder, bulk_load, environment

_RACY = 2_000_000_000  # nanoseconds: a file as new as the record may change again within the same stamp
_PLAIN_SLUG = re.compile(r"[a-z0-9-]+")
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Report:
    """What a build did."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)
    files_read: int = 0
    graphs_written: int = 0
    full: bool = False
    seconds: float = 0.0

    @property
    def articles(self) -> int:
        """How many articles the graph now holds."""
        return len(self.added) + len(self.changed) + len(self.moved) + self.unchanged


def build(place: Place, full: bool = False, progress: Progress | None = None) -> Report:
    """Bring the store up to date with the garden.

    Shape: a Report with every diagnostic of the garden, those of unchanged files included.
    Errors: KgError where another build runs or the folder can't be written.
    """
    started = time.perf_counter()
    _refuse_around(place)
    folder = StoreFolder(place.store)
    with folder.lock(), _no_search_for_cycles():
        report = _mended(place, folder, full, progress)
    report.seconds = time.perf_counter() - started
    return report


def _refuse_around(place: Place) -> None:
    """A store's folder is kg's alone, so no garden can lie in it."""
    store, root = Path(os.path.realpath(place.store)), Path(os.path.realpath(place.root))
    if root.is_relative_to(store):
        raise UsageError(f"the store's folder {place.store} holds the garden", "give the store a folder of its own")


class _DamagedError(KgError):
    """The store or the record can't be built upon."""


def _mended(place: Place, folder: StoreFolder, full: bool, progress: Progress | None) -> Report:
    """One run, and a full one where damage is found that only such a one mends."""
    try:
        return _attempt(place, folder, full, progress)
    except _DamagedError:
        if full:
            raise
    return _attempt(place, folder, True, progress)  # out here the error no longer holds the store open


def _attempt(place: Place, folder: StoreFolder, full: bool, progress: Progress | None) -> Report:
    try:
        with environment(place.store):
            record = Record(place.store / "record.db", anew=full)
        try:
            return _Build(place, folder, record, full, progress).run()
        finally:
            record.close()
    except (sqlite3.Error, OSError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and type(error) is not RuntimeError:
            raise
        kind = _DamagedError if _is_damage(error) else KgError
        raise kind(f"{place.store} can't be written: {error}", "the last graph is still there") from None


def _is_damage(error: Exception) -> bool:
    """Whether SQLite or RocksDB finds a file broken or missing (a plain RuntimeError is how pyoxigraph tells it)."""
    if isinstance(error, sqlite3.Error):
        return is_damage(error)
    return type(error) is RuntimeError or str(error).startswith("IO error: No such file")


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Nothing here makes cycles of objects, and looking for them takes a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def check(place: Place, take: Callable[[Mapped], None] | None = None) -> Report:
    """The diagnostics of the files at `place`, without a store.

    `take` is given each article that a build would store, in the order of their files.
    """
    found, problems = discover(place.root, place.paths, place.config.include)
    report = Report(diagnostics=problems)
    owners: dict[str, FileRow] = {}
    for candidate in found:
        seen = _read(candidate, place, report)
        if seen is not None:
            row, detail, mapped = seen
            refused = _claim_slug(owners, row)
            report.diagnostics += [*detail.diagnostics, *refused]
            report.unchanged += row.slug is not None
            if take and mapped and not refused:
                take(mapped)
    report.diagnostics.sort(key=lambda d: d.sort_key)
    return report


def fingerprint(place: Place) -> str:
    """What, besides the files, the graph depends on; another one makes a build start anew."""
    config = place.config
    aliases = sorted(config.aliases.items())
    parts = [__version__, str(place.root.absolute()), config.base, config.licence, config.language, aliases]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def slug_key(slug: str) -> str:
    """The form in which two slugs are one."""
    return slug if _PLAIN_SLUG.fullmatch(slug) else ns.folded(slug)


def _claim_slug(owners: dict[str, FileRow], row: FileRow) -> list[Diagnostic]:
    """Give a slug to the first file that has it, by path; the next one is an error."""
    if row.slug is None:
        return []
    owner = owners.setdefault(slug_key(row.slug), row)
    if owner is row:
        return []
    other = owner.slug or ""
    alike = "differs only in case from" if other.casefold() == row.slug.casefold() else "counts as the same as"
    how = "is" if other == row.slug else f"{alike} {visible(other)}, which is"
    message = f"the slug {visible(row.slug)} {how} taken; this file is not built"
    return [Diagnostic(row.path, row.line, 1, "KG013", message, "give one of the two another slug", other=owner.path)]


def _read(candidate: Candidate, place: Place, report: Report) -> tuple[FileRow, Detail, Mapped | None] | None:
    """Read and map one file; None where it is no brief or can't be reached."""
    try:
        data = read_file(candidate.file)
    except OSError as error:
        report.diagnostics.append(unreadable(candidate.path, error))
        return None
    return read_data(candidate, data, place) if candidate.certain or is_brief(data) else None


def read_data(candidate: Candidate, data: bytes, place: Place) -> tuple[FileRow, Detail, Mapped | None]:
    """What a file says and what is to be remembered of it.

    Errors: KG099 where kg fails on it, so that one file never keeps the others from being built (KG_DEBUG=1: raised).
    """
    try:
        brief, diagnostics = read_brief(data, candidate.path, place.config.aliases)
        mapped = map_article(brief, None, place.config.garden) if brief else None
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in native code is no Exception
        if os.environ.get("KG_DEBUG"):
            raise
        brief, diagnostics, mapped = None, [_own_fault(candidate.path, error)], None
    detail = Detail(
        tuple(diagnostics),
        tuple((node, *rest) for node, rest in mapped.shared.items()) if mapped else (),
        tuple(mapped.places.items()) if mapped else (),
    )
    slug, status, line = (brief.slug, brief.status, brief.location.line) if brief else (None, None, 0)
    digest = hashlib.sha256(data).hexdigest()
    stamp = candidate.stamp or (0, 0, 0, 0)
    return FileRow(candidate.path, stamp, digest, slug, status, line, True, len(diagnostics)), detail, mapped


def _own_fault(path: str, error: BaseException) -> Diagnostic:
    message = f"kg itself is at fault: {type(error).__name__}: {printable(str(error))[:200]}"
    return Diagnostic(path, 1, 1, "KG099", message, "please report it, with the file; KG_DEBUG=1 shows where")


class _Build:
    """One run over a garden, incremental where the record allows."""

    def __init__(
        self, place: Place, folder: StoreFolder, record: Record, full: bool, progress: Progress | None
    ) -> None:
        self.place = place
        self.folder = folder
        self.record = record
        self.progress = progress
        self.time = time.time_ns()
        self.fingerprint = fingerprint(place)
        self.known, self.last = record.begin(self.fingerprint, folder.state())
        self.report = Report(full=full or not self.last)
        self.old_owners: dict[str, FileRow] = {}
        for path in sorted(self.known):
            _claim_slug(self.old_owners, self.known[path])
        if self.report.full:
            self.known = {}
        self.base = place.config.base
        self.outside: set[str] = set()  # files that PATHS leave out, taken as they were
        self.rows: dict[str, FileRow] = {}
        self.fresh: dict[str, Detail | None] = {}  # the files whose rows are to be written
        self.owners: dict[str, FileRow] = {}

    def run(self) -> Report:
        candidates = self._candidates()
        if self.report.full:
            self._write_all(self._mapped(candidates))
        else:
            self._write_changes(list(self._mapped(candidates)))
        self._summarise()
        return self.report

    def _candidates(self) -> list[Candidate]:
        """What to look at: the garden, or PATHS alone where the rest is known."""
        place = self.place
        paths = (place.root,) if place.narrowed else place.paths
        found, problems = discover(place.root, paths, place.config.include)
        self.report.diagnostics += problems
        found += self._out_of_reach(found, problems)
        if place.narrowed:
            found = self._narrowed(found)
        return sorted(found, key=lambda c: c.path)

    def _out_of_reach(self, found: list[Candidate], problems: list[Diagnostic]) -> list[Candidate]:
        """The files known of below folders that can't be read now: they are not known to be gone."""
        closed = [problem.path for problem in problems if problem.code == "KG006"]
        below = {path for path in self.known if any(_within(path, folder) for folder in closed)} if closed else set()
        self.outside = below - {candidate.path for candidate in found}
        return [self._as_known(path) for path in self.outside]

    def _as_known(self, path: str) -> Candidate:
        row = self.known[path]
        return Candidate(path, str(self.place.root / path), row.stamp, row.brief)

    def _narrowed(self, found: list[Candidate]) -> list[Candidate]:
        scopes = [_relative(path, self.place.root) for path in self.place.paths]
        inside = [c for c in found if any(_within(c.path, scope) for scope in scopes)]
        if not inside:
            names = ", ".join(str(path) for path in self.place.paths)
            raise UsageError(f"{names}: no brief of the garden in {self.place.root}", "kg check reads any file")
        self._refuse_strays(inside)
        if self.report.full:
            return found
        there = {candidate.path: candidate for candidate in found}
        left = {path for path in self.known if not any(_within(path, scope) for scope in scopes)}
        self.outside |= left
        return [*inside, *(there.get(path) or self._as_known(path) for path in left)]

    def _refuse_strays(self, inside: list[Candidate]) -> None:
        """A file named outright that is no brief, nor was one, would be passed over in silence."""
        named = {_relative(path, self.place.root) for path in self.place.paths}
        for candidate in inside:
            row = self.known.get(candidate.path)
            if candidate.path in named and not candidate.certain and not (row and row.brief):
                with suppress(OSError):  # told when it is read
                    if not is_brief(read_file(candidate.file)):
                        help = "a brief has an agent-brief: id in its front matter; kg check reads any file"
                        raise UsageError(f"{candidate.path} is no brief, so not of the garden", help)

    def _mapped(self, candidates: list[Candidate]) -> Iterator[Mapped]:
        """The articles to write, in the order of their files."""
        for number, candidate in enumerate(candidates):
            if self.progress and number % 16 == 0:
                self.progress(number, len(candidates))
            mapped = self._look(candidate)
            row = self.rows.get(candidate.path)
            if row is None:
                continue
            refused = _claim_slug(self.owners, row)
            self.report.diagnostics += refused
            if refused or row.slug is None:
                continue
            before = self.old_owners.get(slug_key(row.slug))
            if mapped is None and (before is None or before.path != row.path):
                mapped = self._again(candidate)  # it was another file's slug until now
            if mapped is not None:
                yield mapped
        if self.progress:
            self.progress(len(candidates), len(candidates))

    def _look(self, candidate: Candidate) -> Mapped | None:
        """Take one file in; its triples where it changed."""
        row = self.known.get(candidate.path)
        if row and candidate.path in self.outside:
            self._unchanged(row)
            return None
        certain = row is None or row.brief or not candidate.certain
        if row and certain and row.stamp == candidate.stamp and max(row.stamp[1:3]) < self.last - _RACY:
            self._unchanged(row)
            return None
        try:
            data = read_file(candidate.file)
        except OSError as error:
            self.report.diagnostics.append(unreadable(candidate.path, error))
            if row and not isinstance(error, (FileNotFoundError, NotAFileError)):
                self._unchanged(row)
            return None
        self.report.files_read += 1
        if row and certain and row.hash == hashlib.sha256(data).hexdigest():
            row = replace(row, stamp=candidate.stamp or row.stamp)
            self.fresh[row.path] = None  # a later record, so that the file need not be hashed again
            self._unchanged(row)
            return None
        return self._changed(candidate, data)

    def _unchanged(self, row: FileRow) -> None:
        self.rows[row.path] = row
        if row.problems:
            self.report.diagnostics += self.record.diagnostics(row.path)

    def _changed(self, candidate: Candidate, data: bytes) -> Mapped | None:
        if not candidate.certain and not is_brief(data):
            digest = hashlib.sha256(data).hexdigest()
            self.rows[candidate.path] = FileRow(
                candidate.path, candidate.stamp or (0, 0, 0, 0), digest, None, None, 0, False, 0
            )
            self.fresh[candidate.path] = Detail()
            return None
        row, detail, mapped = read_data(candidate, data, self.place)
        self.rows[row.path] = row
        self.fresh[row.path] = detail
        self.report.diagnostics += detail.diagnostics
        return mapped

    def _again(self, candidate: Candidate) -> Mapped | None:
        """Read a file whose article is to be written though the file is as it was; it is dropped where that fails."""
        self.report.files_read += 1
        try:
            data = read_file(candidate.file)
        except OSError as error:
            problem = unreadable(candidate.path, error)
            if problem not in self.report.diagnostics:
                self.report.diagnostics.append(problem)
            del self.owners[slug_key(self.rows.pop(candidate.path).slug or "")]
            return None
        row, detail, mapped = read_data(candidate, data, self.place)
        self.rows[row.path] = row
        self.fresh[row.path] = detail
        return mapped

    def _graph(self, slug: str) -> str:
        return ns.article_graph(self.base, slug)

    def _write_all(self, articles: Iterator[Mapped]) -> None:
        self.record.soil()
        store = self.folder.open_writer(empty=True)
        labels = Labels()
        bulk_load(store, self._all_graphs(articles, labels))
        self._publish(store)

    def _all_graphs(self, articles: Iterator[Mapped], labels: Labels) -> Iterator[tuple[list[str], str]]:
        """The triples of each graph, and what makes quads of them."""
        for mapped in articles:
            end = f" <{self._graph(mapped.slug)}> .\n"
            self.report.graphs_written += 1
            labels.take(mapped.shared, mapped.status)
            yield mapped.lines, end
        yield labels.lines(), f" <{ns.shared_graph(self.base)}> .\n"

    def _write_changes(self, articles: list[Mapped]) -> None:
        gone = self._gone_graphs()
        if articles or gone:
            store = self.folder.open_writer(empty=False)
            self.record.soil()
            for _mapped in articles:
                self.report.graphs_written += 1
            store.update(self._update(store, articles, gone))
            self._publish(store)
        elif self.fresh or self.known.keys() != self.rows.keys():
            self._commit()

    def _gone_graphs(self) -> set[str]:
        kept = {self._graph(row.slug) for row in self.owners.values() if row.slug}
        return {self._graph(row.slug) for row in self.old_owners.values() if row.slug} - kept

    def _update(self, store: Store, articles: list[Mapped], gone: set[str]) -> str:
        """One SPARQL Update, so one transaction: the graphs that go, those that change, the shared nodes."""
        parts = [f"DROP SILENT GRAPH <{graph}>" for graph in sorted(gone)]
        for mapped in articles:
            graph = self._graph(mapped.slug)
            parts.append(f"DROP SILENT GRAPH <{graph}>")
            parts.append(_insert(graph, mapped.lines))
        parts += self._shared_changes(store, articles, gone)
        return ";\n".join(parts)

    def _shared_changes(self, store: Store, articles: list[Mapped], gone: set[str]) -> list[str]:
        """Rewrite the shared nodes that the changed articles point to, or did."""
        changed = {self._graph(mapped.slug): mapped for mapped in articles}
        by_graph = {self._graph(row.slug): row for row in self.owners.values() if row.slug}
        touched = self._touched(changed, gone)
        if not touched:
            return []
        labels = Labels()
        for mapped in articles:
            labels.take({n: mapped.shared[n] for n in mapped.shared.keys() & touched}, mapped.status)
        others = self._pointing(store, touched) - changed.keys() - gone
        for graph in sorted(others):
            row = by_graph[graph]
            shared = self.record.shared(row.path)
            labels.take({node: shared[node] for node in shared.keys() & touched}, row.status)
        shared_graph = ns.shared_graph(self.base)
        nodes = sorted(touched)
        clear = [f"DELETE WHERE {{ GRAPH <{shared_graph}> {{ <{node}> ?p ?o }} }}" for node in nodes]
        return [*clear, _insert(shared_graph, labels.lines())]

    def _touched(self, changed: dict[str, Mapped], gone: set[str]) -> set[str]:
        """The shared nodes whose label may be another now: those that an article words otherwise than before."""
        before: dict[str, set[tuple[str, str, bool]]] = {}
        for row in self.old_owners.values():
            graph = self._graph(row.slug or "")
            if graph in changed or graph in gone:
                hidden = row.status != "published"
                before[graph] = {(node, label, hidden) for node, (_, label) in self.record.shared(row.path).items()}
        touched: set[str] = set()
        for graph in changed.keys() | gone:
            mapped = changed.get(graph)
            shared = mapped.shared.items() if mapped else ()
            hidden = mapped is None or mapped.status != "published"
            after = {(node, label, hidden) for node, (_, label) in shared}
            touched.update(node for node, _, _ in after ^ before.get(graph, set()))
        return touched

    def _pointing(self, store: Store, nodes: set[str]) -> set[str]:
        """The article graphs that point to any of the nodes."""
        graphs: set[str] = set()
        for node in nodes:
            for quad in store.quads_for_pattern(None, None, NamedNode(node), None):
                graphs.add(str(quad.graph_name)[1:-1])
        return graphs

    def _publish(self, store: Store) -> None:
        self.folder.publish(store)
        self._commit()

    def _commit(self) -> None:
        if (state := self.folder.state()) is None:
            raise KgError(f"{self.place.store} was changed by somebody else during the build", "build again")
        gone = self.known.keys() - self.rows.keys()
        rows = [(self.rows[path], detail) for path, detail in self.fresh.items() if path in self.rows]
        self.record.commit(self.fingerprint, state, self.time, rows, gone, self.report.full)

    def _summarise(self) -> None:
        report = self.report
        old, new = ({row.slug: row for row in owners.values() if row.slug} for owners in (self.old_owners, self.owners))
        report.removed = sorted(old.keys() - new.keys())
        report.added = sorted(new.keys() - old.keys())
        for slug in sorted(new.keys() & old.keys()):
            if new[slug].hash != old[slug].hash:
                report.changed.append(slug)
            elif new[slug].path != old[slug].path:
                report.moved.append(slug)
            else:
                report.unchanged += 1
        report.diagnostics.sort(key=lambda d: d.sort_key)


def _relative(path: Path, root: Path) -> str:
    return path_text(path.absolute().relative_to(root.absolute()).as_posix())


def _within(path: str, scope: str) -> bool:
    return scope == "." or path == scope or path.startswith(scope + "/")


def _insert(graph: str, lines: list[str]) -> str:
    body = " .\n".join(lines)
    return f"INSERT DATA {{ GRAPH <{graph}> {{\n{body}\n}} }}"
