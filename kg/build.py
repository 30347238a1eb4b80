"""The pipeline: find the files, read what changed, map it, load it, publish it, note what was seen."""

import gc
import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pyoxigraph import Store

from kg import __version__
from kg import namespaces as ns
from kg.checks import Finding, Found, check_dates, finding_lines, graded
from kg.diagnostics import Diagnostic, path_text
from kg.errors import KgError, UsageError
from kg.garden import Place
from kg.intake import Intake, Progress, Slugs, slugs_of
from kg.linking.decision_quads import decision_lines
from kg.linking.decisions import apply
from kg.linking.material import LinkedArticle, claims_of
from kg.linking.quads import link_lines
from kg.mapping import Mapped
from kg.mapping.labels import Labels
from kg.reading.discover import Candidate, discover, is_brief, read_file
from kg.record import FileRow, Record, is_damage
from kg.reviewed import reviewed_links
from kg.store import StoreFolder, bulk_load, environment, graph_lines
from kg.updating import Update

LINKED_AT_MOST = 400
"""Articles; a larger garden links its claims where kg.toml asks for it, for that takes seconds at every change."""


@dataclass(slots=True)
class Report:
    """What a build did."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)
    """What is wrong, findings among it, sorted by place."""
    accepted: list[Diagnostic] = field(default_factory=list)
    """The findings that the authors let stand."""
    files_read: int = 0
    graphs_written: int = 0
    full: bool = False
    unlinked: bool = False
    """Whether claims were not linked because the garden is large."""
    seconds: float = 0.0

    @property
    def articles(self) -> int:
        """How many articles the graph now holds."""
        return len(self.added) + len(self.changed) + len(self.moved) + self.unchanged

    def take(self, findings: list[Finding]) -> None:
        """Add findings, the accepted ones apart."""
        for finding in findings:
            (self.accepted if finding.accepted else self.diagnostics).append(finding.diagnostic())


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


def check(place: Place, take: Callable[[Mapped], None] | None = None, as_of: date | None = None) -> Report:
    """The diagnostics of the files at `place`, without a store.

    A brief named outright is read with the companion beside it, and the other way round; what the checks over all
    articles find is told where all are read. `take` is given each article that a build would store, in the order of
    their files. What depends on today is told as of a day, where one is given.
    """
    files, problems = discover(place.root, place.with_companions(), place.config.include)
    intake = Intake(place, {}, 0, lambda _: (), set())
    findings: list[Finding] = []
    for taken in intake.articles(files):
        if take:
            take(taken.mapped)
        findings += check_dates(taken.article, as_of) if as_of else ()
    found = intake.found(Found(), {})
    findings += [finding for each in found.by_path.values() for finding in each]
    if not place.narrowed and any(path.is_dir() for path in place.paths):
        findings += found.garden
        problems += _of_reviewed(place, intake)
    report = Report(diagnostics=problems + intake.diagnostics, unchanged=len(intake.now.briefs))
    report.take(graded(findings, place.config.levels))
    scopes = [_relative(path, place.root) for path in place.paths]
    report.diagnostics, report.accepted = (
        sorted((d for d in each if any(_within(d.path, scope) for scope in scopes)), key=lambda d: d.sort_key)
        for each in (report.diagnostics, report.accepted)
    )
    return report


def _of_reviewed(place: Place, intake: Intake) -> list[Diagnostic]:
    """What is to be told of the links that people reviewed."""
    reviewed = reviewed_links(place.root, place.config.base)
    return reviewed.diagnostics(intake.materials({})) if reviewed.hash else []


def fingerprint(place: Place) -> str:
    """What, besides the files, the graph depends on; another one makes a build start anew."""
    config = place.config
    aliases = sorted(config.aliases.items())
    levels = sorted((code, level or "off") for code, level in config.levels.items())
    bands = [config.links, config.bands.near_certain, config.bands.shown, config.bands.suggested]
    settings = [config.base, config.licence, config.language, config.audiences, aliases, levels, bands]
    parts = [__version__, str(place.root.absolute()), *settings]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


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
        self.old = slugs_of(self.known)
        if self.report.full:
            self.known = {}
        self.base = place.config.base
        self.reviewed = reviewed_links(place.root, self.base)
        self.reviewed_before, self.reviewed_problems = record.reviewed()

    def run(self) -> Report:
        candidates, outside = self._candidates()
        self.intake = Intake(self.place, self.known, self.last, self.record.diagnostics, outside)
        articles = (taken.mapped for taken in self.intake.articles(candidates, self.progress))
        if self.report.full:
            self._write_all(articles)
        else:
            self._write_changes(list(articles))
        self._summarise()
        return self.report

    def _candidates(self) -> tuple[list[Candidate], set[str]]:
        """What to look at, and which of it is known and not to be opened: what PATHS leave out."""
        place = self.place
        paths = (place.root,) if place.narrowed else place.paths
        found, problems = discover(place.root, paths, place.config.include)
        self.report.diagnostics += problems
        outside = self._out_of_reach(found, problems)
        found += [self._as_known(path) for path in outside]
        if place.narrowed:
            found, left = self._narrowed(found)
            outside |= left
        return sorted(found, key=lambda c: c.path), outside

    def _out_of_reach(self, found: list[Candidate], problems: list[Diagnostic]) -> set[str]:
        """The files known of below folders that can't be read now: they are not known to be gone."""
        closed = [problem.path for problem in problems if problem.code == "KG006"]
        below = {path for path in self.known if any(_within(path, folder) for folder in closed)} if closed else set()
        return below - {candidate.path for candidate in found}

    def _as_known(self, path: str) -> Candidate:
        row = self.known[path]
        return Candidate(path, str(self.place.root / path), row.stamp, row.brief)

    def _narrowed(self, found: list[Candidate]) -> tuple[list[Candidate], set[str]]:
        scopes = [_relative(path, self.place.root) for path in self.place.paths]
        inside = [c for c in found if any(_within(c.path, scope) for scope in scopes)]
        if not inside:
            names = ", ".join(str(path) for path in self.place.paths)
            raise UsageError(f"{names}: no brief of the garden in {self.place.root}", "kg check reads any file")
        self._refuse_strays(inside)
        if self.report.full:
            return found, set()
        there = {candidate.path: candidate for candidate in found}
        left = {path for path in self.known if not any(_within(path, scope) for scope in scopes)}
        return [*inside, *(there.get(path) or self._as_known(path) for path in left)], left

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

    def _graph(self, slug: str) -> str:
        return ns.article_graph(self.base, slug)

    def _write_all(self, articles: Iterator[Mapped]) -> None:
        self.record.soil()
        store = self.folder.open_writer(empty=True)
        labels = Labels()
        bulk_load(store, self._all_graphs(articles, labels))
        self.links = self._links_key()
        self._publish(store)

    def _all_graphs(self, articles: Iterator[Mapped], labels: Labels) -> Iterator[tuple[list[str], str]]:
        """The triples of each graph, and what makes quads of them."""
        for mapped in articles:
            end = f" <{self._graph(mapped.slug)}> .\n"
            self.report.graphs_written += 1
            labels.take(mapped.shared, mapped.status)
            yield mapped.lines, end
        yield labels.lines(), f" <{ns.shared_graph(self.base)}> .\n"
        self.found = self.intake.found(Found(), {})
        yield self._lines(self.found.all()), f" <{ns.findings_graph(self.base)}> .\n"
        for name, lines in self._linked({}).items():
            yield lines, f" <{name}> .\n"

    def _links_key(self) -> str:
        """What the links depend on, but for the settings."""
        return f"{self.intake.linking_key()} {self.reviewed.hash}"

    def _linked(self, recalled: dict[str, str]) -> dict[str, list[str]]:
        """The triples of the links between claims and of what people decided about them, by graph."""
        wanted = self._wants_links()
        articles = self.intake.materials(recalled) if wanted or self.reviewed.hash else []
        known = {key for key, _ in claims_of(articles)}
        self.reviewed_problems = self.reviewed.diagnostics(articles)
        return {
            ns.links_graph(self.base): self._links(articles) if wanted else [],
            ns.decisions_graph(self.base): decision_lines(self.reviewed.decisions, self.base, known),
        }

    def _links(self, articles: list[LinkedArticle]) -> list[str]:
        """The triples of the links that are computed."""
        from kg.linking.links import linker  # numpy and scipy take a while to load

        learned, decisions = linker(articles, self.place.config.bands), self.reviewed.decisions
        links = apply(learned.links(), decisions, learned.rows, learned.pair)
        return link_lines(learned, links, self.base, decisions)

    def _wants_links(self) -> bool:
        """Whether links are computed: not in a large garden that does not ask for them."""
        wanted = self.place.config.links
        articles = len(self.intake.now.briefs)
        self.report.unlinked = wanted is None and articles > LINKED_AT_MOST
        return articles > 1 and (wanted if wanted is not None else not self.report.unlinked)

    def _lines(self, findings: list[Finding]) -> list[str]:
        """The triples of findings, as the garden's settings grade them."""
        return finding_lines(graded(findings, self.place.config.levels), self.base)

    def _write_changes(self, articles: list[Mapped]) -> None:
        self.found = before = self.record.found()
        update = Update(self.base, self.record, self.intake.old, self.intake.now)
        self.links = self._links_key()
        relink, decided = self.links != self.record.links(), self.reviewed.hash != self.reviewed_before
        if articles or update.gone() or decided or (relink and self._wants_links()):
            store = self.folder.open_writer(empty=False)
            self.record.soil()
            self.report.graphs_written += len(articles)
            update.articles(store, articles)
            self.found = now = self.intake.found(before, self.record.facts())
            old, new = (set(self._lines(one.unlike(other))) for one, other in ((before, now), (now, before)))
            update.lines(ns.findings_graph(self.base), old, new)
            if relink:
                for name, lines in self._linked(self.record.materials()).items():
                    update.lines(name, set(graph_lines(store, name)), set(lines))
            if update.parts:
                store.update(update.text())
            self._publish(store)
        elif self.intake.fresh or self.known.keys() != self.intake.rows.keys():
            self._commit()

    def _publish(self, store: Store) -> None:
        self.folder.publish(store)
        self._commit()

    def _commit(self) -> None:
        if (state := self.folder.state()) is None:
            raise KgError(f"{self.place.store} was changed by somebody else during the build", "build again")
        intake = self.intake
        gone = self.known.keys() - intake.rows.keys()
        rows = [(intake.rows[path], detail) for path, detail in intake.fresh.items() if path in intake.rows]
        found = (self.found.garden, self.links, self.reviewed.hash, self.reviewed_problems)
        self.record.commit(self.fingerprint, state, self.time, rows, gone, *found, self.report.full)

    def _summarise(self) -> None:
        report = self.report
        old, new = ({row.slug or "": row for row in slugs.briefs.values()} for slugs in (self.old, self.intake.now))
        report.removed = sorted(old.keys() - new.keys())
        report.added = sorted(new.keys() - old.keys())
        for slug in sorted(new.keys() & old.keys()):
            if self._hashes(self.intake.now, new[slug]) != self._hashes(self.old, old[slug]):
                report.changed.append(slug)
            elif new[slug].path != old[slug].path:
                report.moved.append(slug)
            else:
                report.unchanged += 1
        report.files_read = self.intake.files_read
        report.take(graded(self.found.all(), self.place.config.levels))
        report.diagnostics = sorted(
            [*report.diagnostics, *self.intake.diagnostics, *self.reviewed_problems], key=lambda d: d.sort_key
        )

    @staticmethod
    def _hashes(slugs: Slugs, row: FileRow) -> tuple[str, str | None]:
        """What an article's files held."""
        companion = slugs.companion(row.slug)
        return row.hash, companion.hash if companion else None


def _relative(path: Path, root: Path) -> str:
    return path_text(path.absolute().relative_to(root.absolute()).as_posix())


def _within(path: str, scope: str) -> bool:
    return scope == "." or path == scope or path.startswith(scope + "/")
