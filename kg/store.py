"""The embedded Oxigraph store on disk: one writer's store, and generations that readers open.

A folder holds ``writer/`` (the store that builds change), ``generations/N/`` (snapshots by hard links) and
``current``, a symbolic link to the generation that readers open. The link is switched by one rename, so a reader
sees one whole generation and never waits for a build.
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread

from pyoxigraph import NamedNode, RdfFormat, Store

from kg.errors import KgError
from kg.namespaces import RDF, SCHEMA

_CHUNK = 50_000
_AHEAD = 3
_OWN = {"writer", "generations", "current", "current.new", "lock", "record.db", "record.db-journal"}
"""What a store's folder holds."""


class StoreFolder:
    """The folder that holds a graph (``.kg`` by default)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer = path / "writer"
        self.generations = path / "generations"
        self.current = path / "current"
        self.held: list[int] = []

    def generation(self) -> int:
        """The number of the published generation, 0 where there is none."""
        try:
            return int(os.readlink(self.current).rsplit("/", 1)[-1])
        except (OSError, ValueError):
            return 0

    def is_whole(self) -> bool:
        """Whether the published generation and the writer's store are there to build upon."""
        published = self.generations / str(self.generation())
        return (published / "CURRENT").exists() and (self.writer / "CURRENT").exists()

    def open_published(self) -> Store:
        """The graph as last published, read-only; it stays whole until `close`, whatever builds do meanwhile.

        Errors: KgError where nothing was ever built here.
        """
        while number := self.generation():
            folder = self.generations / str(number)
            if (handle := _hold(folder)) is None:
                if self.generation() == number:  # nothing was published meanwhile: it was deleted by hand
                    raise KgError(f"the graph in {self.path} is gone", "run kg build")
                continue  # another generation was published and this one deleted in between
            self.held.append(handle)
            try:
                return Store.read_only(str(folder))
            except OSError as error:
                raise KgError(f"the graph in {self.path} can't be opened: {error}", "run kg build --full") from None
        raise KgError(f"there is no graph in {self.path}", "run kg build first, or name its folder with --store")

    def close(self) -> None:
        """Let go of the generations that were opened; builds may delete them now."""
        while self.held:
            os.close(self.held.pop())

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the right to build; it ends with this process, however that ends.

        Errors: KgError where another build holds it, or the folder can't be written.
        """
        with environment(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            self._refuse_foreign()
            handle = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise KgError(f"another build is running in {self.path}", "wait for it to end") from None
            self._refuse_held()
            yield
        finally:
            os.close(handle)

    def open_writer(self, empty: bool) -> Store:
        """The store that builds change; emptied first if asked.

        Errors: KgError where the disk refuses.
        """
        with environment(self.path):
            if empty:
                shutil.rmtree(self.writer, ignore_errors=True)
            self.writer.mkdir(parents=True, exist_ok=True)
            return Store(str(self.writer))

    def _refuse_foreign(self) -> None:
        """A build empties folders in here, so nothing in here may be anybody else's."""
        found = set(os.listdir(self.path))
        foreign = found - _OWN if "record.db" in found else found - {"lock"}
        if foreign:
            message = f"{self.path} is no folder of a graph: it holds {sorted(foreign)[0]!r}, which kg did not make"
            raise KgError(message, "name an empty or new folder with --store")

    def _refuse_held(self) -> None:
        """RocksDB's own lock, a POSIX one: held by a program other than kg that has the store open."""
        try:
            handle = os.open(self.writer / "LOCK", os.O_RDWR)
        except OSError:
            return
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            message = f"another process holds the store {self.writer}"
            raise KgError(message, "end that process, then build again") from None
        finally:
            os.close(handle)

    def publish(self, store: Store, number: int) -> None:
        """Make a snapshot of the writer's store the generation that readers open."""
        with environment(self.path):
            self.generations.mkdir(exist_ok=True)
            target = self.generations / str(number)
            shutil.rmtree(target, ignore_errors=True)
            store.backup(str(target))
            link = self.path / "current.new"
            link.unlink(missing_ok=True)
            link.symlink_to(f"generations/{number}")
            os.replace(link, self.current)
            for old in self.generations.iterdir():
                if old.name != str(number):
                    _delete_unless_held(old)


def _hold(folder: Path) -> int | None:
    """A shared lock on a generation; None where it is deleted or about to be."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if (folder / "CURRENT").exists():
            return handle
    except BlockingIOError:
        pass
    os.close(handle)
    return None


def _delete_unless_held(folder: Path) -> None:
    """Delete an old generation; one that a reader has open is left to a later build."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        pass
    finally:
        os.close(handle)


@contextmanager
def environment(path: Path) -> Iterator[None]:
    """Turn the system's refusals into one sentence."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise KgError(f"{path} can't be written: {reason}", "mend that, or name another folder with --store") from None


def bulk_load(store: Store, graphs: Iterable[tuple[list[str], str]]) -> None:
    """Load triples in chunks that a second thread loads while the next is made.

    `graphs`: N-Triples lines without the final dot, and what ends each to make it a line of N-Quads.
    """
    loader = _Loader(store)
    chunk: list[str] = []
    size = 0
    for lines, end in graphs:
        if lines:
            chunk += [end.join(lines), end]
            size += len(lines)
        if size >= _CHUNK:
            loader.put(chunk)
            chunk, size = [], 0
    loader.put(chunk)
    loader.finish()


class _Loader:
    """A thread that bulk-loads chunks; its error is raised where the chunks are made."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.chunks: Queue[bytes | None] = Queue(_AHEAD)
        self.error: BaseException | None = None
        self.loaded = 0
        self.thread = Thread(target=self._run, daemon=True)
        self.thread.start()

    def put(self, texts: list[str]) -> None:
        if texts:
            self.chunks.put("".join(texts).encode())
        if self.error:
            raise self.error

    def finish(self) -> None:
        self.chunks.put(None)
        self.thread.join()
        if self.error:
            raise self.error
        if self.loaded > 1:
            self.store.optimize()

    def _run(self) -> None:
        while (chunk := self.chunks.get()) is not None:
            if self.error is None:
                try:
                    self.store.bulk_load(chunk, RdfFormat.N_QUADS, lenient=True)
                    self.loaded += 1
                except BaseException as error:
                    self.error = error


def graph_lines(store: Store, graph: str) -> list[str]:
    """The triples of one named graph as sorted N-Triples lines without the final dot."""
    dumped = store.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(graph)) or b""
    return sorted(line[:-2] for line in dumped.decode().split("\n") if line)


def base_of(store: Store) -> str | None:
    """The base of a graph's IRIs, from the address of one of its articles; None in an empty graph."""
    article = NamedNode(SCHEMA + "Article")
    for quad in store.quads_for_pattern(None, NamedNode(RDF + "type"), article):
        return str(quad.subject)[1:-1].rstrip("/").rpartition("/")[0].removesuffix("articles")
    return None
